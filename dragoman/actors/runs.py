"""Where an article names somebody: known names with the titles and nouns around them, and words that refer back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from dragoman.actors.scan import Hit, Scan

Form = Literal["name", "adjective", "seat", "reference"]
JOINTS = frozenset((" ", "’s ", "'s ", "’ ", "' ", "\u00a0"))
"""What may stand between the words of one phrase."""
OF = frozenset((" of ", " in ", " de ", " du "))
"""What may stand between an office, a noun and whose it is."""
DEFINITE = frozenset(("this", "these", "those", "le", "la", "les", "cette", "этот", "эта"))
COMMON = frozenset(("that",))
"""Pronouns that mostly are something else."""
ADJECTIVES = 2
"""So many words may stand between an article and its noun."""
RULING = frozenset(("STATE", "GOV", "MIL", "LEG"))
"""Sectors of the nouns that a place behind “in” singles out: “the government in Tripoli”."""


class Run(NamedTuple):
    """A phrase from ``b`` to ``e``; what it stands for is resolved from ``wide_b`` on, where “X-backed” goes before it."""

    b: int
    e: int
    wide_b: int
    form: Form


def runs_of(scan: Scan) -> Iterator[Run]:
    """The phrases in the order of the text; none overlaps another."""
    hits = [hit for hit in scan.hits if not _is_attribute(scan, hit)]
    groups: list[list[Hit]] = []
    for hit in hits:
        if groups and _joined(scan, groups[-1], hit):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    pronouns = _pronouns(scan, hits)
    yield from sorted([*_phrases(scan, groups), *pronouns])


def _phrases(scan: Scan, groups: list[list[Hit]]) -> Iterator[Run]:
    for before, group in pairwise([[], *groups]):
        b, e = group[0].b, group[-1].e
        named = [hit for hit in group if _names(hit)]
        if named:
            yield Run(b, e, b, _form(named[-1], group))
            continue
        begin = _leaning(scan, before[-1], group[0]) if before else None
        begin = _definite_from(scan, group[0]) if begin is None else begin
        if begin is not None:
            yield Run(b, e, begin, "reference")


def _names(hit: Hit) -> bool:
    return hit.has("name", "surname", "seat", "adjective")


def _form(last: Hit, group: list[Hit]) -> Form:
    if last is not group[-1] or last.has("name", "surname"):
        return "name"
    return "seat" if last.has("seat") else "adjective"


def _joined(scan: Scan, group: list[Hit], hit: Hit) -> bool:
    """Whether a hit goes on with the phrase before it: “Egyptian President Sisi”, “the president of Egypt”."""
    last = group[-1]
    gap = scan.text[last.e : hit.b]
    if gap in JOINTS and not _is_leant_on(scan, last):
        # two names side by side are two actors; an adjective, a title or a noun goes with what follows
        return not (last.has("name", "surname") and hit.has("name", "surname", "adjective") and not hit.has("title", "noun"))
    if gap in OF and _names(hit) and not any(_names(known) for known in group):
        noun = last.word("noun")
        if gap.startswith(" in"):
            return noun is not None and scan.gazetteer.words.nouns[noun].sector in RULING
        return (last.has("title") or noun is not None) and not _opens_list(scan, hit)
    return False


def _opens_list(scan: Scan, hit: Hit) -> bool:
    """Whether more names follow: “the presidents of Iran, Turkey and Russia” are no one phrase."""
    number = hit.last
    if number >= len(scan.words):
        return False
    gap = scan.text[hit.e : scan.words[number].b]
    if gap == " " and scan.words[number].form in ("and", "et", "и"):
        number += 1
    elif gap != ", ":
        return False
    return any(other.first == number and _names(other) for other in scan.hits_in(number, min(number + 4, len(scan.words))))


def _is_attribute(scan: Scan, hit: Hit) -> bool:
    """Whether a noun only describes the next word, which is no actor: “military support”, “government efforts”."""
    if _names(hit) or hit.has("title") or hit.last >= len(scan.words):
        return False
    behind = scan.words[hit.last]
    return scan.text[hit.e : behind.b] == " " and behind.form in scan.gazetteer.words.deeds


def _leaning(scan: Scan, before: Hit, hit: Hit) -> int | None:
    """Where “X-backed” or “pro-X” begins before the noun, or None if there is no such thing."""
    number = hit.first - 1
    backed = before.last == number and scan.words[number].form in scan.gazetteer.words.leaning[1]
    if backed and _names(before) and scan.text[before.e : scan.words[number].b] in ("-", "‑", " "):
        return before.b
    if _is_leant_on(scan, before) and scan.text[before.e : hit.b] in JOINTS:
        return scan.words[before.first - 1].b
    return None


def _is_leant_on(scan: Scan, hit: Hit) -> bool:
    """Whether “pro-” or its like stands before the name."""
    return hit.first > 0 and _names(hit) and scan.words[hit.first - 1].form in scan.gazetteer.words.leaning[0]


def _definite_from(scan: Scan, hit: Hit) -> int | None:
    """Where the phrase begins if it is definite: “the group”, “the controversial field marshal”, “this country”; else None."""
    for number in range(hit.first, max(hit.first - 1 - ADJECTIVES, -1), -1):
        word = scan.words[number]
        if word.b < word.e - len(word.raw):  # the English and the Arabic article belong to the word
            return word.b
        before = scan.words[number - 1] if number else None
        if before is None or scan.text[before.e : word.b] != " " or (number < hit.first and not word.raw.islower()):
            return None
        if before.form in DEFINITE:
            return word.b
    return None


def _pronouns(scan: Scan, hits: list[Hit]) -> Iterator[Run]:
    taken = {number for hit in hits for number in range(hit.first, hit.last)}
    kinds = scan.gazetteer.words.pronouns
    for number, word in enumerate(scan.words):
        if number not in taken and word.form not in COMMON and kinds.get(word.form, "none") != "none":
            yield Run(word.b, word.e, word.b, "reference")
