"""The words that mark future, condition, denial, doubt and the ends of scales, in every language that the room serves.

They live in ``data/cues.toml`` and ``data/poles.toml``. A text is gone over once for all of them: what a word can mark is
looked up by the word, and only phrases that it may open are tried.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from dragoman.config import LANGUAGES
from dragoman.resources import read_toml

PLUS, MINUS = "plus", "minus"
WORD = re.compile(r"[^\W_]+(?:['’\u200c][^\W_]+)*")
_SCRIPTS = {"ar": "\u0600-\u06ff", "ru": "\u0400-\u04ff", "he": "\u0590-\u05ff"}
_PERSIAN = re.compile("[پچژگ]")
_GLUED = {"ar": "[وف]?", "he": "ו?"}
"""Conjunctions that are written together with the word behind them."""


class Mark(NamedTuple):
    """Words at text[b:e] that a list holds. ``kind`` is the list's name; of a scale its name, with ``end`` plus or minus."""

    b: int
    e: int
    kind: str
    end: str = ""


class _Entry(NamedTuple):
    kind: str
    end: str
    whole: re.Pattern[str]
    opening: re.Pattern[str] | None
    """Of a phrase, what its first word must begin with; None for an entry of one word."""


class _Openings(NamedTuple):
    """What a word marks by itself, and the phrases that it may open."""

    alone: tuple[tuple[str, str], ...]
    phrases: tuple[_Entry, ...]


def marks_of(text: str, language: str) -> list[Mark]:
    """Everything in ``text`` that the lists of ``language`` hold, in order; marks of different kinds may overlap."""
    found: list[Mark] = []
    for word in WORD.finditer(text):
        b, e = word.span()
        openings = _openings(word.group().lower(), language)
        found.extend(Mark(b, e, kind, end) for kind, end in openings.alone)
        for entry in openings.phrases:
            if match := entry.whole.match(text, b):
                found.append(Mark(b, match.end(), entry.kind, entry.end))
    return found


@cache
def stop_words() -> frozenset[str]:
    """Words of all languages that carry no topic, in lower case."""
    return frozenset(word for words in _load("terms")["stop"].values() for word in words.split())


@cache
def irregular_forms() -> dict[str, str]:
    """Irregular forms, and the forms that they stand for."""
    forms: dict[str, str] = {}
    for words in _load("terms")["forms"].values():
        pairs = iter(words.split())
        forms.update(zip(pairs, pairs, strict=True))
    return forms


def language_of(text: str, known: str | None = None) -> str:
    """The language whose lists to use: the known one if the room serves it, else by the script; English for Latin script."""
    if known in LANGUAGES:
        return str(known)
    head = text[:2000]
    counted = ((len(re.findall(f"[{letters}]", head)), language) for language, letters in _SCRIPTS.items())
    most, language = max(counted)
    if 2 * most <= sum(c.isalpha() for c in head):
        return "en"
    return "fa" if language == "ar" and _PERSIAN.search(head) else language


@lru_cache(maxsize=1 << 16)
def _openings(word: str, language: str) -> _Openings:
    alone, phrases = [], []
    for entry in _entries(language):
        if entry.opening is not None:
            if entry.opening.match(word):
                phrases.append(entry)
        elif entry.whole.fullmatch(word) and (entry.kind, entry.end) not in alone:
            alone.append((entry.kind, entry.end))
    return _Openings(tuple(alone), tuple(phrases))


@cache
def _entries(language: str) -> tuple[_Entry, ...]:
    lists = [(kind, "", words.get(language, ())) for kind, words in _load("cues").items()]
    lists += [(kind, end, ends[end].get(language, ())) for kind, ends in _load("poles").items() for end in (PLUS, MINUS)]
    return tuple(_entry(kind, end, written, language) for kind, end, words in lists for written in words)


def _entry(kind: str, end: str, written: str, language: str) -> _Entry:
    pattern = _GLUED.get(language, "") + f"(?:{written})".replace(r"\S", r"[\w\u200c'’-]")
    first = _first_word(written)
    opening = None if first == written else re.compile(_GLUED.get(language, "") + f"(?:{first})", re.IGNORECASE)
    return _Entry(kind, end, re.compile(rf"{pattern}(?!\w)", re.IGNORECASE), opening)


def _first_word(pattern: str) -> str:
    """A pattern up to its first space, hyphen or ``(?=`` that stands in no group: what its first word must match."""
    depth, inside = 0, False
    for k, char in enumerate(pattern):
        if pattern[k - 1 : k] == "\\":
            continue
        if inside:
            inside = char != "]"
        elif char == "[":
            inside = True
        elif char == "(":
            if depth == 0 and pattern.startswith(("(?=", "(?!"), k) and k:
                return pattern[:k]
            depth += 1
        elif char == ")":
            depth -= 1
        elif char in " -\u200c" and depth == 0:
            return pattern[:k]
    return pattern


@cache
def _load(name: str) -> dict[str, Any]:
    return read_toml(__package__, f"data/{name}.toml")


@cache
def poles_named() -> frozenset[str]:
    """The names of the scales of ``poles.toml``."""
    return frozenset(_load("poles"))
