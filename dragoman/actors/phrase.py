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
    """The phrase of the span from ``b`` to ``e``; of *tens of thousands of teachers*, that of the teachers."""
    first, last = scan.within(b, e)
    words = scan.gazetteer.words
    first = _with_people(scan, first, last)
    hits = scan.hits_in(first, last)
    cut = _end_of_head(scan, first, last, hits)
    while cut + 1 < last and scan.words[cut].form in words.of and _counts(scan, first, cut, hits):
        first = cut + 1
        hits = [hit for hit in hits if hit.first >= first]
        cut = _end_of_head(scan, first, last, hits)
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


def _with_people(scan: Scan, first: int, last: int) -> int:
    """The number of the first word, or of the people's name right before a noun: *Congolese* / *militiamen*."""
    if not 0 < first < last or not scan.words[first].raw.islower():
        return first
    before = scan.hits_in(first - 1, first)
    beside = before and before[0].last == first and before[0].has("adjective") and not before[0].has("name", "surname")
    return before[0].first if beside and scan.text[before[0].e : scan.words[first].b] == " " else first


def _counts(scan: Scan, first: int, cut: int, hits: list[Hit]) -> bool:
    """Whether a head only says how many there are, or that they stand together (*dozens*, *a group*)."""
    if any(hit.first < cut and hit.has("name", "adjective", "seat", "surname") for hit in hits):
        return False
    quantities = scan.gazetteer.words.quantities
    return scan.words[cut - 1].form in quantities or scan.words[cut - 1].raw.isdigit()


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
