"""One sentence as words that are told apart by a few lists, and as phrases that may name somebody.

The lists are ``data/sides.toml``; phrases are made of mentions, of nouns for people and bodies, and of pronouns.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dragoman.coding.lexicon import WORD, Lexicon, language_of, load
from dragoman.types import Mention, Span

ACTING = frozenset({"person", "organisation", "place", "people", "armed_group", "title"})
"""Types of mentions that may name somebody who acts."""
LABELS = (
    "by", "target", "with", "whose", "between", "and", "relative", "clause", "be", "aux", "other", "determiner", "pronoun",
    "noun_before", "light", "suffered", "governing", "nouns", "nominative", "to", "from", "particle", "sanctions", "locative",
    "speech", "stative", "speaker", "besides", "given",
    "expletive", "expletive_that", "things", "naming", "two_people", "two_states", "possessive", "formula",
)  # fmt: skip
GAP = 1
"""Words of no list that may stand between the pieces of one phrase (*the Libyan armed forces*)."""
LONGEST_NAME = 3
"""Words of a name behind a title that the reader did not mark."""
_TOKEN = re.compile(rf"{WORD.pattern}|[,;:()«»“”\"—–-]|\.\.\.|…")
POSSESSIVE = re.compile(r"['’]s?$")
_PEOPLE = r"(?:[A-Z]\.?[A-Z]\.?[A-Z]?\.?|Saudi|French|Greek|Dutch|Thai|Czech|[A-Z][a-z]+(?:ish|an|ese|[iq]i|li|ni|ti|iti|ari))"
_PEOPLES = re.compile(rf"(?<![\w-])(?!A(?:fric|si)an-)({_PEOPLE})[-‐–]({_PEOPLE})(?:[-‐–]({_PEOPLE}))?(?![\w-])")
"""English names of peoples that a hyphen joins; *African-American* is one."""


class Phrase(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) that may name somebody; ``kind``: name, noun or pronoun."""

    first: int
    last: int
    kind: str


@lru_cache(maxsize=8)
def _lexicon(language: str) -> Lexicon:
    lists = load("sides.toml")[language]
    return Lexicon({label: lists[label] for label in LABELS if lists.get(label)}, language)


@lru_cache(maxsize=8)
def _endings(language: str) -> tuple[str, ...]:
    """Of nouns for people."""
    return tuple(filter(None, load("sides.toml")[language].get("endings", "").split("|")))


def names_people(words: str, language: str | None) -> bool:
    """Whether one of the words is a noun for people or bodies."""
    lexicon, endings = _lexicon(language_of(language)), _endings(language_of(language))
    return any("nouns" in lexicon.labels(word) or word.endswith(endings) for word in words.split())


class Sentence:
    """One sentence with its words, their labels and its phrases. Numbers of words count from 0."""

    def __init__(self, text: str, span: Span, mentions: Sequence[Mention], language: str | None) -> None:
        self.language = language_of(language)
        self._lists = load("sides.toml")[self.language]
        self.order: str = self._lists["order"]
        self.is_behind = bool(self._lists.get("behind"))
        self.text = text
        found = list(_TOKEN.finditer(text, *span))
        self.words = [match.group() for match in found]
        self.begins = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.labels: list[set[str]] = [set() for _ in found]
        for item in _lexicon(self.language).find(text, span):
            first = bisect_left(self.begins, item.b)
            for n in range(first, bisect_left(self.ends, item.e) + 1):
                self.labels[n].update(item.labels)
        self._endings = _endings(self.language)
        self.phrases = self._build(mentions)

    def at(self, span: Span) -> tuple[int, int]:
        """The numbers (first, last exclusive) of the words that a span touches."""
        return bisect_right(self.ends, span[0]), bisect_left(self.begins, span[1])

    def span(self, phrase: Phrase) -> Span:
        """Where a phrase stands in the text, without a possessive ending."""
        b, e = self.begins[phrase.first], self.ends[phrase.last - 1]
        ending = POSSESSIVE.search(self.text, b, e)
        return (b, ending.start()) if ending and ending.start() > b else (b, e)

    def phrase_at(self, span: Span) -> Span:
        """The phrase that a span is part of (*Saudi* / *Saudi warplanes*), else the span itself."""
        first, last = self.at(span)
        found = [p for p in self.phrases if p.first < last and first < p.last]
        if len(found) != 1 or not (found[0].first <= first and last <= found[0].last):
            return span
        return self.span(found[0])

    def parts(self, span: Span) -> list[Span]:
        """The phrases of a list that a span holds (*France, Egypt and Russia*); the span itself if it is none."""
        first, last = self.at(span)
        inside = [p for p in self.phrases if first <= p.first and p.last <= last]
        covered = {n for p in inside for n in range(p.first, p.last)}
        rest = [n for n in range(first, last) if n not in covered]
        is_list = len(inside) > 1 and all(self.words[n] == "," or self.has(n, "and", "determiner") for n in rest)
        return [self.span(p) for p in inside] if is_list and rest else [span]

    def peoples(self, span: Span) -> list[Span]:
        """The peoples of a joint body or deed that a span names (*the Saudi-Emirati coalition*), or the word before it; none if
        it is of one.
        """
        if self.language != "en":
            return []
        first, last = self.at(span)
        if first >= last:
            return []  # named in another sentence
        found = _PEOPLES.search(self.text, self.begins[max(0, first - 1)], span[1])
        return [found.span(n) for n in (1, 2, 3) if found[n]] if found else []

    def within(self, trigger: Span) -> list[Span]:
        """The phrases between the words of a trigger (*gave the emir a hand*)."""
        first, last = self.at(trigger)
        return [self.span(p) for p in self.phrases if first < p.first and p.last < last]

    def has(self, n: int, *labels: str) -> bool:
        """Whether the word with number n is there and has one of the labels."""
        return 0 <= n < len(self.words) and not self.labels[n].isdisjoint(labels)

    def is_governed(self, span: Span, *labels: str) -> bool:
        """Whether a word with one of the labels stands before a span, or before the list that it is part of."""
        n = self.at(span)[0] - 1
        while n >= 0 and not self.has(n, *labels):
            before = next((p for p in self.phrases if p.last == n), None)
            if self.has(n, "determiner"):
                n -= 1
            elif before and (self.words[n] == "," or self.has(n, "and")):
                n = before.first - 1
            else:
                return False
        return n >= 0

    def _build(self, mentions: Sequence[Mention]) -> list[Phrase]:
        kinds = {"title": "noun", "people": "noun"}  # they belong to the words beside them
        pieces = [Phrase(*self._whole(m), kinds.get(m.type, "name")) for m in mentions if m.type in ACTING]
        taken = {n for first, last, _ in pieces for n in range(first, last)}
        self.places, self.peoples_at = (self._words_of(mentions, kind) for kind in ("place", "people"))
        for n in range(len(self.words)):
            if n not in taken and (self.has(n, "nouns") or self._is_person(n)) and not self.has(n, "things"):
                pieces.append(Phrase(n, self._end_of_name(n + 1, taken), "noun"))
            elif n not in taken and self.has(n, "pronoun") and not self.has(n, "determiner") and not self.is_expletive(n):
                pieces.append(Phrase(n, n + 1, "pronoun"))
        pieces = sorted(p for p in pieces if p.first < p.last and not self._is_empty(p))
        joined: list[Phrase] = []
        for piece in pieces:
            if joined and piece.first < joined[-1].last:
                joined[-1] = joined[-1]._replace(last=max(joined[-1].last, piece.last))
            elif joined and self._is_one(joined[-1], piece):
                kind = "name" if "name" in (joined[-1].kind, piece.kind) else piece.kind
                joined[-1] = Phrase(joined[-1].first, piece.last, kind)
            else:
                joined.append(self._with_determiner(piece))
        return joined

    def _words_of(self, mentions: Sequence[Mention], kind: str) -> set[int]:
        """The numbers of the words of the mentions of a type."""
        return {n for m in mentions if m.type == kind for n in range(*self.at((m.b, m.e)))}

    def is_expletive(self, n: int) -> bool:
        """Whether a pronoun stands for nobody: *it is obvious that*, *it seems that*."""
        if self.words[n].casefold() != "it":
            return False
        told = n + 1
        while self.has(told, "be", "aux") and told - n < 4:
            told += 1
        if self.has(told, "expletive"):
            return told > n + 1
        return self.has(told, "expletive_that") and "that" in (w.casefold() for w in self.words[told + 1 : told + 3])

    def _is_empty(self, piece: Phrase) -> bool:
        """Whether a mention is but an article or a preposition."""
        return piece.kind == "name" and all(
            self.has(n, "determiner", "other", "target", "be", "and") and self.words[n].islower()
            for n in range(piece.first, piece.last)
        )

    def _whole(self, mention: Mention) -> tuple[int, int]:
        """The words of a mention; of an adjective (*Turkish*) with the noun that it belongs to, where that is plain to see."""
        first, last = self.at((mention.b, mention.e))
        if mention.type == "people" and self.order != "VSO" and self._is_plain(last) and not self._is_plain(last + 1):
            return first, last + 1
        return first, last

    def _end_of_name(self, n: int, taken: set[int]) -> int:
        """The number of the word behind the name that follows a title (*President* / *Nadia Karam*), if one does."""
        last = n
        while last < min(len(self.words), n + LONGEST_NAME) and last not in taken and self.words[last][0].isupper():
            if self.labels[last] or self.order != "SVO":
                break
            last += 1
        return last

    def _is_plain(self, n: int) -> bool:
        """Whether a word is written small and stands in no list."""
        return n < len(self.words) and not self.labels[n] and self.words[n].isalpha() and self.words[n].islower()

    def _is_person(self, n: int) -> bool:
        word = self.words[n]
        return bool(self._endings) and len(word) > 5 and word.islower() and word.endswith(self._endings)

    def _is_one(self, before: Phrase, piece: Phrase) -> bool:
        """Whether two pieces are one phrase: *Turkish* / *president*, *the forces* of *the emir*."""
        if "pronoun" in (before.kind, piece.kind):
            return False
        if self.order != "SVO" and "noun" not in (before.kind, piece.kind):
            return False  # two names that stand together may be the two sides
        between = range(before.last, piece.first)
        if before.kind == "noun" and between and self.has(before.last, "whose"):
            return all(self.has(n, "determiner") for n in between[1:])
        plain = all(not self.labels[n] and self.words[n][0].islower() and self.words[n].isalpha() for n in between)
        cased = self.words[piece.first][0].isupper() or piece.kind == "noun"
        return len(between) <= GAP * (piece.kind == "noun") and plain and cased and not self._marks(before.last, piece.first)

    def _marks(self, first: int, last: int) -> bool:
        """Whether anything but spaces stands between the words."""
        return any(not word[0].isalnum() for word in self.words[first:last])

    def _with_determiner(self, piece: Phrase) -> Phrase:
        if piece.kind == "pronoun":
            return piece
        first = piece.first
        while first and self.has(first - 1, "determiner") and piece.first - first < 2:
            first -= 1
        return piece._replace(first=first)
