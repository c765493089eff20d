"""One noun phrase taken apart: its head, the known names in the head, and what follows it."""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.actors.folding import Word
from dragoman.actors.scan import Hit, Scan

_BREAK = re.compile(r"[,;:()،؛\n]")


class Phrase(NamedTuple):
    """A span's words ``first`` to ``last``, of which those before ``cut`` are its head.

    ``hits`` are those of the head that count, ``leaning`` those that only tell an attitude (pro-X, X-backed), ``behind`` those
    after the head. ``owner`` says that a possessive pronoun opens it.
    """

    first: int
    last: int
    cut: int
    hits: tuple[Hit, ...]
    leaning: tuple[Hit, ...]
    behind: tuple[Hit, ...]
    owner: bool

    def capitals(self, scan: Scan, first: int, last: int) -> list[Word]:
        """The words from ``first`` to ``last`` that are written as names are and that nothing else explains."""
        known = {number for hit in (*self.hits, *self.leaning) for number in range(hit.first, hit.last)}
        skipped = scan.gazetteer.words.honorifics
        return [
            word
            for number in range(max(first, self.first), last)
            if number not in known and (word := scan.words[number]).raw[0].isupper() and word.form not in skipped
        ]


def phrase_at(scan: Scan, b: int, e: int) -> Phrase:
    """The phrase of the span from ``b`` to ``e``."""
    first, last = scan.within(b, e)
    hits = scan.hits_in(first, last)
    cut = _end_of_head(scan, first, last, hits)
    words = scan.gazetteer.words
    head = [hit for hit in hits if hit.last <= cut]
    leaning = [hit for hit in head if _leans(scan, hit, first, last)]
    return Phrase(
        first,
        last,
        cut,
        tuple(hit for hit in head if hit not in leaning),
        tuple(leaning),
        tuple(hit for hit in hits if hit.first >= cut),
        last - first > 1 and scan.words[first].form in words.possessives,
    )


def _end_of_head(scan: Scan, first: int, last: int, hits: list[Hit]) -> int:
    """The number of the word at which the head ends: a preposition, a relative pronoun, or the word after a comma."""
    inside = {number for hit in hits for number in range(hit.first + 1, hit.last)}
    starts = {hit.first for hit in hits}
    cuts = scan.gazetteer.words.cuts
    for number in range(first + 1, last):
        if number in inside:
            continue
        if number not in starts and scan.words[number].form in cuts and not _hyphened(scan, number):
            return number
        if _BREAK.search(scan.text, scan.words[number - 1].e, scan.words[number].b):
            return number
    return last


def _hyphened(scan: Scan, number: int) -> bool:
    return scan.text[scan.words[number - 1].e : scan.words[number].b] in ("-", "‑")


def _leans(scan: Scan, hit: Hit, first: int, last: int) -> bool:
    before, after = scan.gazetteer.words.leaning
    words = scan.words
    if hit.first > first and words[hit.first - 1].form in before:
        return True
    return hit.last < last and words[hit.last].form in after and hit.e + 1 >= words[hit.last].b
