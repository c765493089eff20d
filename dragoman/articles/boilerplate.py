"""What a line says of itself: share links, trailers, captions, section labels …, by the phrases of boilerplate.toml."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from dragoman.resources import read_toml

LONGEST = 220
"""Characters of the longest line that can be boilerplate by its beginning or end; longer ones are text."""
_DECORATION = ' \t\u00a0\u200e\u200f=*#:_~•·.[]<>|»«-–—!…"“”'


class Phrases(msgspec.Struct, frozen=True):
    """The phrases of one label; see boilerplate.toml."""

    whole: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    closes: bool = False


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Phrases]:
    data = read_toml(__package__, "boilerplate.toml")
    return msgspec.convert(data, dict[str, Phrases])


@lru_cache(maxsize=1)
def _whole() -> dict[str, str]:
    return {bare(phrase): label for label, phrases in reversed(_phrases().items()) for phrase in phrases.whole}


@lru_cache(maxsize=1)
def _starts() -> tuple[re.Pattern[str], dict[str, str]]:
    labels = {phrase.casefold(): label for label, phrases in reversed(_phrases().items()) for phrase in phrases.starts}
    longest_first = sorted(labels, key=lambda p: (-len(p), p))
    return re.compile("|".join(re.escape(p) for p in longest_first)), labels


@lru_cache(maxsize=1)
def _ends() -> dict[str, str]:
    return {phrase.casefold(): label for label, phrases in _phrases().items() for phrase in phrases.ends}


def bare(line: str) -> str:
    """``line`` without case and decoration."""
    return " ".join(line.casefold().split()).strip(_DECORATION)


def boilerplate_label(line: str) -> str | None:
    """The zone label of a line by what it says, or None."""
    if len(line) > LONGEST:
        return "caption" if re.match(r"[(\[](?:photo|image)\b[^)\]]{0,80}[)\]]", line, re.IGNORECASE) else None
    if (label := _whole().get(bare(line))) is not None:
        return label
    folded = " ".join(line.casefold().split())
    pattern, labels = _starts()
    if (match := pattern.match(folded)) and _ends_a_word(folded, match.end()):
        return labels[match[0]]
    ends = _ends()
    tail = folded.rstrip(".")
    if not tail.endswith(tuple(ends)):
        return None
    return next(label for phrase, label in ends.items() if tail.endswith(phrase))


def _ends_a_word(text: str, at: int) -> bool:
    return at >= len(text) or not (text[at - 1].isalnum() and text[at].isalnum())


def closes(label: str | None) -> bool:
    """Whether the short lines that follow such a line belong to its zone."""
    phrases = _phrases().get(label or "")
    return phrases is not None and phrases.closes
