"""Statements in the article's own voice that a cue marks as less than plain fact: “may”, “reportedly”, “it seems that”.

What the author simply asserts is no claim record: without a source or a cue there is nothing that sets it apart from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.coding import cues
from dragoman.coding.intervals import Intervals
from dragoman.types import Span

_IMPERSONAL = re.compile(
    r"\bit (?:is|was|remains|has become|seems|appears|would seem|would appear)(?: \w+ly)?"
    r"(?: (?:evident|clear|obvious|likely|unlikely|possible|probable|unclear))?(?: to \w+)? that\b"
    r"|\b(?:in reality|no doubt|undoubtedly|in all likelihood|in my (?:view|opinion)|it (?:seems|appears))\b"
    r"|من (?:الواضح|المحتمل|المرجح|الممكن) أن|يبدو أن|очевидно,? что|вполне возможно"
    r"|il est (?:clair|évident|probable|possible) que|il semble que"
    r"|açıktır ki|ברור ש|روشن است که|es (?:claro|evidente|probable|posible) que",
    re.IGNORECASE,
)
_MARKS = (_IMPERSONAL, cues.POSSIBLE, cues.LIKELY)
_SUBJECT = (
    r"(?=(?:the|a|an|it|he|she|they|this|these|those|its|his|her|their|we|you|there|some|many|"
    r"il|elle|ils|le|la|les|он|она|они|это)\b|(?-i:[^\Wa-zà-ÿа-я\d_]))"
)
"""What opens a clause of its own behind “and”: a pronoun, an article, a name; or any word of a script without capitals."""
_LEFT = re.compile(
    r"(?:[;:–—]|,\s+(?:but|so|while|whereas|although|which|who|yet|но|mais|ama|ولكن|لكن))\s+"
    r"|,\s+(?:and|or|и|а|et|ve|و)\s+" + _SUBJECT + r"|\s(?:that|because|что|que|car|çünkü|لأن)\s",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"[;–—]\s|,\s+(?:but|so|while|whereas|although|which|who|yet|with|as|но|mais|ama|ولكن|لكن)\s"
    r"|,\s+(?:and|or|и|а|et|ve|و)\s+" + _SUBJECT,
    re.IGNORECASE,
)

FEWEST_WORDS = 5


def marked_statements(text: str, sentences: Sequence[Span], covered: Intervals) -> Iterator[tuple[Span, Span]]:
    """(cue, content) of each marked statement of the author, at most one a sentence, none that touches a ``covered`` span."""
    for b, e in sentences:
        if text[b:e].rstrip().endswith("?"):
            continue
        for pattern in _MARKS:
            cue = next((m for m in pattern.finditer(text, b, e) if not _idle(m) and not covered.touches(m.span())), None)
            if cue is None:
                continue
            content = (
                (cue.end(), e)
                if pattern is _IMPERSONAL and cue.group().endswith(("that", "أن", "que", "что"))
                else _clause(text, (b, e), cue)
            )
            content = _strip(text, content)
            if len(text[slice(*content)].split()) >= FEWEST_WORDS and not covered.touches(content):
                yield cue.span(), content
            break


def _idle(match: re.Match[str]) -> bool:
    """Words of the lists that mark nothing by themselves in the author's own prose, and the month of May."""
    word = match.group()
    return word.casefold() in ("if", "would", "إذا", "если") or word == "May"


def _clause(text: str, sentence: Span, cue: re.Match[str]) -> Span:
    """The clause around a cue."""
    left = max(
        (m.end() for m in _LEFT.finditer(text, sentence[0], cue.start() + 1) if m.end() <= cue.start()), default=sentence[0]
    )
    right = next((m.start() for m in _RIGHT.finditer(text, cue.end(), sentence[1])), sentence[1])
    return left, right


def _strip(text: str, span: Span) -> Span:
    b, e = span
    while b < e and text[b] in " \t\n,;:–—":
        b += 1
    while b < e and text[e - 1] in " \t\n,;:–—.":
        e -= 1
    return b, e
