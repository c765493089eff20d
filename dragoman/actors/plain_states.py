"""States that a text names plainly and the reader passed over, as in the lists of allies that news is full of."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from dragoman.resources import read_text
from dragoman.types import Mention, Span

SCORE = 0.5
"""Of a mention that a list found: there is no probability to give."""
ALSO_OTHER = frozenset({"America", "Chad", "Georgia", "Guinea", "Ireland", "Jordan", "Macedonia", "Palestine", "عمان", "مالي"})
"""Names that are as often a person's, a region's or another state's."""
LEAST_FOREIGN = 4
"""Letters of a name in another script or with accents: shorter ones are often words (*مالي*)."""
GLUED = "وبل"
_WORD = re.compile(r"(?<![\w'’.-])[^\W\d_a-z][\w.]*")
"""A word that does not begin with a small Latin letter, as names do not."""
_NAME_BEFORE = re.compile(r"\b[A-ZÀ-ÞА-Я][\w.’'-]* $")
_NAME_BEHIND = re.compile(r"[-‑]\w| [A-ZÀ-ÞА-Я]")
_OPENING = re.compile(
    r"a|across|after|against|also|although|an|and|as|at|because|before|between|both|but|by|can|"
    r"could|despite|did|does|either|even|for|from|has|how|however|if|in|inside|instead|is|it|its|"
    r"like|meanwhile|neither|not|now|of|on|once|only|or|over|should|since|so|still|that|the|then|"
    r"these|this|though|to|today|under|unlike|via|was|when|where|whether|while|will|with|without|"
    r"would|yet",
    re.I,
)
"""Words that may open a sentence before a name without being part of it."""


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[str, ...]]:
    """The names of the states by their first word, the longest first; those in other languages if they are long enough."""
    found: dict[str, set[str]] = {}
    states = _rows("data/states.csv")
    for row in states:
        for name in (row["name"], *row["names"].split(";")):
            if name not in ALSO_OTHER and (len(name) > 2 or name.isupper()):
                _add(found, name)
    codes = {row["code"] for row in states}
    for row in _rows("data/territories.csv"):
        for name in row["names"].split(";") if row["code"] in codes else ():
            if len(name) >= LEAST_FOREIGN and not name.isascii():
                _add(found, name)
    return MappingProxyType({first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()})


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read_text(__package__, name))))


def _add(found: dict[str, set[str]], name: str) -> None:
    if first := _WORD.match(name):
        found.setdefault(first.group(), set()).add(name)


def plain_states(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """A mention for each plain name of a state that none of ``mentions`` (in the order of the text) touches."""
    begins = [mention.b for mention in mentions]
    names, end = _names(), 0
    for match in _WORD.finditer(text):
        found = _name_at(text, match, names) if match.start() >= end else None
        if found is None:
            continue
        b, end = found
        before = mentions[bisect_right(begins, end - 1) - 1] if begins else None
        if (before is None or before.e <= b or before.b >= end) and not _is_part(text, b, end):
            yield Mention(b=b, e=end, type="place", score=SCORE)


def _name_at(text: str, match: re.Match[str], names: Mapping[str, tuple[str, ...]]) -> Span | None:
    """Where a state's name that begins with a word stands; a glued Arabic *wa*, *bi* or *li* is no part of it."""
    word, b = match.group(), match.start()
    known = names.get(word) or names.get(word.rstrip("."))
    if known is None and word[0] in GLUED:
        known, b = names.get(word[1:]), b + 1
    for name in known or ():
        e = b + len(name)
        if text.startswith(name, b) and not text[e : e + 1].isalnum():
            return None if name.isupper() and _is_heading(text, b) else (b, e)
    return None


def _is_part(text: str, b: int, e: int) -> bool:
    """Whether a name belongs to a longer one: *Air France*, *New Mexico*, *Iran-Contra*, *America First*."""
    window = text[max(0, b - 40) : b]
    word = _NAME_BEFORE.search(window)
    return bool(_NAME_BEHIND.match(text, e)) or (word is not None and not _OPENING.fullmatch(word.group().strip()))


def _is_heading(text: str, b: int) -> bool:
    """Whether a line is written in capitals, so that they say nothing of a word (*US* / *us*)."""
    line = text[text.rfind("\n", 0, b) + 1 : (text.find("\n", b) + 1 or len(text) + 1) - 1]
    return line.isupper()
