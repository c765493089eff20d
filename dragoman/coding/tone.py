"""How a content is given: its certainty, its polarity, and whether in the source's own words."""

from __future__ import annotations

import re

from dragoman.coding import cues
from dragoman.coding.intervals import Intervals
from dragoman.types import Certainty, Polarity, Span

_OPENING = {"“": "”", "«": "»", "„": "“", '"': '"', "״": "״", "‹": "›", "‘": "’", "❝": "❞"}
_WORD = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*")

MAIN_CLAUSE_WORDS = 14
"""A negation or modal counts only within so many words of the content's beginning, and before its second clause."""
QUOTED_SHARE = 0.8


def quoted_stretches(text: str) -> list[Span]:
    """(begin, end) between double quotation marks, paragraph by paragraph.

    A mark that its paragraph leaves open quotes the rest of it if it is curly or a guillemet (a quotation that goes on
    in the next paragraph), and nothing if it is straight. ‘Single’ marks never count: they are apostrophes too.
    """
    stretches = []
    opened: int | None = None
    closing = ""
    for k, char in enumerate(text):
        if opened is None:
            if char in _OPENING and char not in "‘‹":
                opened, closing = k, _OPENING[char]
        elif char == closing or (closing == "“" and char == "”"):
            stretches.append((opened + 1, k))
            opened = None
        elif char == "\n":
            if closing not in ('"', "״"):
                stretches.append((opened + 1, k))
            opened = None
    if opened is not None and closing not in ('"', "״"):
        stretches.append((opened + 1, len(text)))
    return stretches


def is_direct(text: str, content: tuple[Span, ...], quoted: Intervals) -> bool:
    """Whether nearly all words of the content stand between quotation marks."""
    words = [m.span() for b, e in content for m in _WORD.finditer(text, b, e)]
    inside = sum(quoted.holds(word) for word in words)
    return bool(words) and inside >= QUOTED_SHARE * len(words)


def main_clause(content: str) -> str:
    """The beginning of a content up to its second clause, at most MAIN_CLAUSE_WORDS words."""
    words = list(_WORD.finditer(content))
    if not words:
        return content
    end = words[min(len(words), MAIN_CLAUSE_WORDS) - 1].end()
    start = words[1].end() if len(words) > 1 else 0  # an opening “that” or “if” is no second clause
    second = cues.CLAUSE.search(content, start, end)
    stop = re.compile(r"[;:.!?—–](?:\s|$)").search(content, start, end)
    return content[: min(m.start() for m in (second, stop) if m)] if second or stop else content[:end]


def polarity_of(cue: str, content: str) -> Polarity:
    """neg where the cue denies or doubts, or the content's main clause is negated."""
    if cues.WITHHELD.search(cue):
        return "pos"
    if cues.DENIAL.search(cue) or cues.DOUBT.search(cue):
        return "neg"
    return "neg" if cues.NEGATION.search(main_clause(content)) else "pos"


def certainty_of(cue: str, content: str) -> Certainty:
    """How surely the source stands by the content: by the cue first, then by the content's main clause."""
    if cues.WITHHELD.search(cue):
        return "hedged"
    if cues.SPECULATION.search(cue):
        return "speculative"
    if cues.DOUBT.search(cue) or cues.HEDGE.search(cue):
        return "hedged"
    clause = main_clause(content)
    if cues.POSSIBLE.search(clause):
        return "speculative"
    return "hedged" if cues.LIKELY.search(clause) else "asserted"
