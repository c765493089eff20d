"""Words and paragraphs: the units that the reader labels.

A word is a run of letters, digits and combining marks (with inner apostrophes, dots, hyphens and ampersands), or a single
other sign. A possessive ending is a word of its own, so that “Clinton” and “’s claim” can have different labels.
"""

from __future__ import annotations

import re

from dragoman.types import Span

# Python's \w leaves out combining marks, so vowelled Arabic and pointed Hebrew would fall to pieces;
# U+200C joins the parts of Persian words.
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u200c\u200d"
)
_LETTERS = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
_WORD = re.compile(rf"['’]s\b|{_LETTERS}(?:(?!['’]s\b)['’.\-&]{_LETTERS})*|[^\s]")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")

LONGEST_WORD = 200
"""A longer run of letters (a data URI, script without spaces) is cut into words of this many characters."""


def paragraphs_of(text: str) -> list[Span]:
    """(begin, end) of each line of ``text`` that is not blank, without the white space around it."""
    spans = []
    for match in _PARAGRAPH.finditer(text):
        line = match.group()
        begin = match.start() + len(line) - len(line.lstrip())
        spans.append((begin, begin + len(line.strip())))
    return spans


def words_of(text: str, begin: int = 0, end: int | None = None) -> list[Span]:
    """(begin, end) of each word of ``text[begin:end]``, as offsets into ``text``."""
    words: list[Span] = []
    for match in _WORD.finditer(text, begin, len(text) if end is None else end):
        b, e = match.span()
        while e - b > LONGEST_WORD:
            words.append((b, b + LONGEST_WORD))
            b += LONGEST_WORD
        words.append((b, e))
    return words
