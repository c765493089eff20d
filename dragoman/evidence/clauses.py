"""Sentences cut into clauses by their marks and punctuation: enough to say what a marked word governs, in any language."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from dragoman.evidence.lexicon import Mark
from dragoman.types import Span

OPENERS = frozenset(("clause", "condition", "contrast"))
"""Kinds of marks that open a clause."""
_ASIDE = re.compile(r"[()\[\]{}]|\s?[–—-]+\s?")
"""What may set off words that belong to the clause around them."""
_BREAK = re.compile(r"[;:!?؟؛…()\[\]{}]|\s[–—-]+\s|[–—]|(?:(?<=^)|(?<=[,:.!?،]\s)|(?<=[,:.!?،]))[“”«»„\"]|\n")
"""Punctuation that bounds a clause. A comma alone does not, as it may stand in a list; nor do quotation marks around a word."""
_PARTNERS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
_EDGES = ' \t\n\u00a0,;:.!?؟،؛–—-«»“”„"…()[]'


class Marked:
    """The marks of one text by place."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = marks
        self._begins = [mark.b for mark in marks]

    def inside(self, span: Span) -> Sequence[Mark]:
        """The marks that begin in a span, in order."""
        return self.marks[bisect_left(self._begins, span[0]) : bisect_left(self._begins, span[1])]

    def opening(self, clause: Span) -> Mark | None:
        """The mark that opens a clause: the longest at its very beginning; a contrast before a mere conjunction."""
        here = (mark for mark in self.inside((clause[0], clause[0] + 1)) if mark.kind in OPENERS)
        return max(here, key=lambda mark: (mark.e, mark.kind), default=None)


def clauses_of(text: str, sentence: Span, marked: Marked, *, asides: bool = True) -> list[Span]:
    """The clauses of a sentence in order, trimmed. A clause that a conjunction opens begins with it.

    ``asides``: whether what stands in brackets or between dashes is a clause of its own, or part of the one around it.
    """
    bounds = {sentence[0], sentence[1]}
    before: Mark | None = None
    for mark in marked.inside(sentence):
        if mark.kind not in OPENERS:
            continue
        joined = before is not None and before.kind == "condition" and not text[before.e : mark.b].strip()
        if not joined:  # “if that were so” is one clause
            bounds.add(mark.b)
        before = mark
    for found in _BREAK.finditer(text, *sentence):
        if asides or not _ASIDE.fullmatch(found.group()):
            bounds.update(found.span())
    places = sorted(bounds)
    cut = (trimmed(text, span) for span in pairwise(places))
    return [span for span in cut if any(c.isalnum() for c in text[slice(*span)])]


def trimmed(text: str, span: Span) -> Span:
    """The span without white space and punctuation at its edges."""
    b, e = span
    while b < e and text[b] in _EDGES:
        b += 1
    while b < e and text[e - 1] in _EDGES:
        e -= 1
    inside = text[b:e]
    for opening, closing in _PARTNERS:
        if inside.count(opening) > inside.count(closing) and text[e : e + 1] == closing:
            return b, e + 1
    return b, e
