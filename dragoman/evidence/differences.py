"""Where two tellings of one passage part in something that can be checked: a number, a name, a negation."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from dragoman.evidence.alignment import Block, Region
from dragoman.evidence.lexicon import language_of, marks_of
from dragoman.evidence.passages import Words, is_bound
from dragoman.types import Difference, DifferenceKind, Span

FEW = 4
"""Words of a change in which a number or negation that only one side has is a difference."""
Told = tuple[str, Words]
"""A text with its words."""


class Parting(NamedTuple):
    """A difference of two texts that are not yet ordered by date."""

    what: DifferenceKind
    mine: Span | None
    theirs: Span | None

    def difference(self, *, turned: bool) -> Difference:
        """The record; ``turned`` if the other text is the earlier."""
        a, b = (self.theirs, self.mine) if turned else (self.mine, self.theirs)
        return Difference(what=self.what, a=a, b=b)


def differences_of(region: Region, mine: Told, theirs: Told, *, language: str | None) -> list[Parting]:
    """Where the two sides of a region differ in a number, a name or a negation, in order.

    A number or negation may stand on one side only, if few words stand beside it: what was left out whole is no difference,
    nor is a number that only changed its place. Of names, only one in the place of another counts: “Mr Zarif” for “Zarif” does
    not.
    """
    spoken = language_of(mine[0], language)
    found = [part for block in region.blocks if not block.same for part in _of_block(block, mine, theirs, spoken)]
    lone = Counter(mine[0][slice(*part.mine)].casefold() for part in found if part.mine and not part.theirs)
    moved = lone & Counter(theirs[0][slice(*part.theirs)].casefold() for part in found if part.theirs and not part.mine)
    return [part for part in found if (part.mine and part.theirs) or _words_of(part, mine, theirs) not in moved]


def _words_of(part: Parting, mine: Told, theirs: Told) -> str:
    (text, _), span = (mine, part.mine) if part.mine else (theirs, part.theirs)
    return text[slice(*span)].casefold() if span else ""


def _of_block(block: Block, mine: Told, theirs: Told, language: str) -> list[Parting]:
    found: list[Parting] = []
    small = max(block.a[1] - block.a[0], block.b[1] - block.b[0]) <= FEW
    ours, other = _numbers(mine, block.a), _numbers(theirs, block.b)
    if _read(mine[0], ours) != _read(theirs[0], other) and (small or (ours and other)):
        found.append(Parting("number", *_first(ours, other)))
    ours, other = _names(mine, block.a), _names(theirs, block.b)
    if ours and other and not _read(mine[0], ours) & _read(theirs[0], other):
        found.append(Parting("name", _around(ours), _around(other)))
    ours, other = _negations(mine, block.a, language), _negations(theirs, block.b, language)
    if small and bool(ours) != bool(other):
        found.append(Parting("negation", *_first(ours, other)))
    return found


def _first(ours: list[Span], other: list[Span]) -> tuple[Span | None, Span | None]:
    return (ours[0] if ours else None, other[0] if other else None)


def _numbers(told: Told, part: tuple[int, int]) -> list[Span]:
    text, words = told
    spans = [words.span(n, n + 1) for n in range(*part)]
    return [span for span in spans if any(sign.isdigit() for sign in text[slice(*span)])]


def _names(told: Told, part: tuple[int, int]) -> list[Span]:
    """Words with a capital that do not begin a sentence, in scripts that have capitals."""
    text, words = told
    return [words.span(n, n + 1) for n in range(*part) if text[words.b[n]].isupper() and not is_bound(text, words, n)]


def _negations(told: Told, part: tuple[int, int], language: str) -> list[Span]:
    text, words = told
    if part[0] == part[1]:
        return []
    b, e = words.span(*part)
    return [(b + mark.b, b + mark.e) for mark in marks_of(text[b:e], language) if mark.kind == "negation"]


def _read(text: str, spans: list[Span]) -> frozenset[str]:
    return frozenset(text[b:e].casefold() for b, e in spans)


def _around(spans: list[Span]) -> Span | None:
    return (spans[0][0], spans[-1][1]) if spans else None
