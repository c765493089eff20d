"""Word lists in data files, and how words of a text are looked up in them.

A list is words and phrases separated by ``|``; ``*`` at the end of a word stands for any ending. Letters that a language
writes on to the next word (Arabic *wa*, *bi*, *al*; Hebrew *ha*, *be*) are looked through.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from dragoman.config import LANGUAGES
from dragoman.resources import read_text, read_toml
from dragoman.types import Span

_MARK = r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0655\u0670]"
"""Vowel marks, dots of *shin* and *sin*, and signs of cantillation. Punctuation among them (maqaf, paseq) is none."""
WORD = re.compile(rf"[^\W_]+(?:{_MARK}+[^\W_]*)*(?:[-'’.][^\W_]+(?:{_MARK}+[^\W_]*)*)*")
"""A word with the vowel marks that may stand in it."""
_GLUED = {"ar": re.compile(r"[وف]?[بكل]?(?:ال)?(?=\w{3})"), "he": re.compile(r"[ו]?[שכלמב]?[ה]?(?=\w{3})")}
_FOLDED = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "أ": "ا", "إ": "ا", "آ": "ا", "ۀ": "ه", "\u0640": None, "\u200c": " "})
_MARKS = re.compile(_MARK)
SHORTEST_STEM = 2
REMEMBERED = 1 << 15
"""Words that a list remembers at most."""


class Found(NamedTuple):
    """A word or phrase of a list at text[b:e], and the labels that it has there."""

    b: int
    e: int
    labels: tuple[str, ...]


@lru_cache(maxsize=16)
def load(name: str) -> dict[str, Any]:
    """The TOML file ``name`` of this room's data; read once, and not to be altered."""
    return read_toml(__package__, f"data/{name}")


def read(name: str) -> str:
    """The text of a file of this room's data."""
    return read_text(__package__, f"data/{name}")


def language_of(language: str | None) -> str:
    """The language whose lists are used for a text: its own, or English where there are none."""
    return language if language in LANGUAGES else "en"


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """A word as lists have it: without case, vowel marks, and letters that writers use for one another."""
    return _MARKS.sub("", word.casefold().translate(_FOLDED).replace("’", "'"))


class Lexicon:
    """The lists of one language, by label. Looking up costs a few steps a word, however long the lists are."""

    def __init__(self, lists: Mapping[str, str], language: str) -> None:
        """``lists`` has words for each label, separated by ``|``."""
        self._glued = _GLUED.get(language)
        self._whole: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for label, words in lists.items():
            for entry in filter(None, (fold(word.strip()) for word in words.split("|"))):
                self._add(entry, label)
        self._longest = max(map(len, self._stems), default=0)
        self._openings = max((len(first) - 1 for first in self._phrases if first.endswith("*")), default=0)
        self._known: dict[str, tuple[tuple[str, ...], tuple[tuple[tuple[str, ...], str], ...]]] = {}

    def _add(self, entry: str, label: str) -> None:
        first, *rest = entry.split()
        if rest:
            self._phrases[first].append((tuple(rest), label))
        elif first.endswith("*"):
            self._stems[first[:-1]].add(label)
        else:
            self._whole[first].add(label)

    def labels(self, word: str) -> set[str]:
        """The labels of a single word, as written."""
        folded = fold(word)
        found = self._labels(folded)
        if self._glued and (match := self._glued.match(folded)) and match.end():
            found = found | self._labels(folded[match.end() :])
        return found

    def _labels(self, word: str) -> set[str]:
        found = set(self._whole.get(word, ()))
        for end in range(SHORTEST_STEM, min(len(word), self._longest) + 1):
            if stems := self._stems.get(word[:end]):
                found |= stems
        return found

    def find(self, text: str, span: Span, *, before: int | None = None) -> Iterator[Found]:
        """Every word and phrase of the lists in text[b:e], in order; where several begin at one word, each for itself. With
        ``before``, those that begin before that place.
        """
        words = list(WORD.finditer(text, *span))
        known, look_up = self._known, self._looked_up
        for n, match in enumerate(words):
            if before is not None and match.start() >= before:
                break
            labels, phrases = known.get(match[0]) or look_up(match[0])
            if labels:
                yield Found(*match.span(), labels)
            if not phrases:
                continue
            for rest, label in phrases:
                behind = words[n + 1 : n + 1 + len(rest)]
                if len(behind) == len(rest) and all(_is_like(fold(w[0]), r) for w, r in zip(behind, rest, strict=True)):
                    yield Found(match.start(), behind[-1].end(), (label,))

    def _looked_up(self, word: str) -> tuple[tuple[str, ...], tuple[tuple[tuple[str, ...], str], ...]]:
        """The labels of a word and the phrases that it may open; remembered, as few words make up most of a text."""
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        found = tuple(sorted(self.labels(word))), tuple(self._phrases_at(fold(word)))
        self._known[word] = found
        return found

    def _phrases_at(self, word: str) -> Iterable[tuple[tuple[str, ...], str]]:
        yield from self._phrases.get(word, ())
        for end in range(SHORTEST_STEM, min(len(word), self._openings) + 1):
            yield from self._phrases.get(f"{word[:end]}*", ())


def _is_like(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
