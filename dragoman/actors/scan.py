"""Known names in a whole article: found once, longest first, and what each most likely means there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from dragoman.actors.folding import Word, unglued, words_of
from dragoman.actors.gazetteer import Entry, Form, Gazetteer, Sense

SURENESS: dict[Form, float] = {"name": 0.95, "adjective": 0.85, "seat": 0.8, "surname": 0.6, "noun": 0.5, "title": 0.5}
"""How surely a hit of a form is meant, before its context is weighed."""
IN_OFFICE = 0.05
OF_THE_COUNTRIES = 0.1
"""What speaks for a candidate: that it holds an office on the date, and that the article tells of its country."""
WITHIN = frozenset(("in", "at", "near", "в", "في", "à"))
"""Words before a place in which something is."""
_SENTENCE_END = re.compile(r"[.!?؟…]['\"”’»)]*\s+|\n+")


class Hit(NamedTuple):
    """Words ``first`` to ``last`` (exclusive) of the article, from ``b`` to ``e``, are a known name or noun."""

    first: int
    last: int
    b: int
    e: int
    senses: tuple[Sense, ...]

    def has(self, *forms: Form) -> bool:
        """Whether one of the senses is of one of the forms."""
        return any(sense.form in forms for sense in self.senses)

    def word(self, form: Form) -> str | None:
        """The noun or title that the hit is, or None."""
        return next((sense.word for sense in self.senses if sense.form == form), None)


class Choice(NamedTuple):
    """The entry that a hit means, with its form and score, and all entries it may mean, the best first."""

    entry: Entry
    form: Form
    score: float
    candidates: tuple[tuple[Entry, float], ...]


class Scan:
    """The words and hits of one article."""

    def __init__(self, gazetteer: Gazetteer, text: str, date: str | None) -> None:
        self.gazetteer = gazetteer
        self.text = text
        self.date = date
        self.words = words_of(text)
        self.begins = [word.b for word in self.words]
        self._other = self._homonyms()
        self.hits = self._find(0, len(self.words))
        self.hit_begins = [hit.b for hit in self.hits]
        self.countries = Counter(country for hit in self.hits if (country := self._country(hit)))
        self.in_full = self._surnames_told()

    @cached_property
    def sentence_ends(self) -> list[int]:
        """Where the sentences end, roughly."""
        return [found.end() for found in _SENTENCE_END.finditer(self.text)]

    def _country(self, hit: Hit) -> str | None:
        """The country of what a hit names beyond doubt."""
        (first, *others) = {sense.entry for sense in hit.senses} or {-1}
        return self.gazetteer.entries[first].country if not others and first >= 0 else None

    def country_of(self, sentence: int) -> str | None:
        """The one country that a sentence names; else the one that the article names as often as all others together."""
        return self.only_country(sentence) or self._mostly

    def only_country(self, sentence: int) -> str | None:
        """The one country that a sentence names."""
        return _only(self._in_sentences.get(sentence))

    def located(self, sentence: int) -> str | None:
        """The one country in which a sentence says that something is: *in Honiara*, *near the Malian town of*."""
        return _only(self._located.get(sentence))

    @cached_property
    def _in_sentences(self) -> dict[int, set[str]]:
        """The countries that each sentence names."""
        return self._by_sentence(self.hits)

    @cached_property
    def _located(self) -> dict[int, set[str]]:
        """The countries behind *in*, *at* or *near*, by sentence."""
        return self._by_sentence(hit for hit in self.hits if hit.first and self.words[hit.first - 1].form in WITHIN)

    def _by_sentence(self, hits: Iterable[Hit]) -> dict[int, set[str]]:
        """The countries of hits, by sentence."""
        found: dict[int, set[str]] = {}
        for hit in hits:
            if country := self._country(hit):
                found.setdefault(self.sentence(hit.b), set()).add(country)
        return found

    @cached_property
    def _mostly(self) -> str | None:
        """The country that the article names as often as all others together."""
        most = self.countries.most_common(1)
        return most[0][0] if most and 2 * most[0][1] >= self.countries.total() else None

    def sentence(self, offset: int) -> int:
        """The number of the sentence at ``offset``."""
        return bisect_right(self.sentence_ends, offset)

    def within(self, b: int, e: int) -> tuple[int, int]:
        """The numbers (first, last) of the words from ``b`` to ``e``, last exclusive."""
        first = bisect_left(self.begins, b)
        if first and self.words[first - 1].e > b:  # a span that begins after the article: "al-|Assad"
            first -= 1
        return first, bisect_left(self.begins, e)

    def hits_in(self, first: int, last: int) -> list[Hit]:
        """The hits in these words. Where they cut a hit of the article in two, they are looked through by themselves."""
        if first >= last:
            return []
        start = bisect_right(self.hit_begins, self.words[first].b) - 1
        stop = bisect_left(self.hit_begins, self.words[last - 1].e)
        touched = [hit for hit in self.hits[max(start, 0) : stop] if hit.last > first]
        if all(first <= hit.first and hit.last <= last for hit in touched):
            return touched
        return self._find(first, last)

    def choose(self, hit: Hit, span_type: str = "role") -> Choice | None:
        """What the hit most likely means, or None if it is but a noun or title."""
        scored: dict[int, tuple[float, Form]] = {}
        for sense in hit.senses:
            if sense.entry < 0:
                continue
            entry = self.gazetteer.entries[sense.entry]
            score = self._score(sense, entry, hit, span_type)
            if score > scored.get(sense.entry, (0.0, "name"))[0]:
                scored[sense.entry] = score, sense.form
        if not scored:
            return None
        ranked = sorted(scored.items(), key=lambda item: (-item[1][0], item[0]))
        best, (score, form) = ranked[0]
        candidates = tuple((self.gazetteer.entries[number], round(min(s, 1.0), 3)) for number, (s, _) in ranked)
        return Choice(self.gazetteer.entries[best], form, min(score, 1.0), candidates)

    def _score(self, sense: Sense, entry: Entry, hit: Hit, span_type: str) -> float:
        score = SURENESS[sense.form]
        if sense.form == "surname" and self.in_full.get(self.words[hit.last - 1].form) == sense.entry:
            score += 0.3
        if self.countries[entry.country or ""] > (sense.form == "name"):
            score += OF_THE_COUNTRIES
        if self.date and any(office.held(self.date) for office in entry.offices):
            score += IN_OFFICE
        if span_type == "person" and entry.kind != "person":
            score -= 0.3
        if span_type in ("place", "people") and entry.kind not in ("state", "people", "bloc"):
            score -= 0.4
        return score

    def _find(self, first: int, last: int) -> list[Hit]:
        """The hits among these words, from left to right, each as long as can be."""
        hits = []
        number = first
        while number < last:
            found = self._hit_at(number, last)
            if found and not self._is_forename(found):
                hits.append(found)
                number = found.last
            else:
                number += 1
        return hits

    def _hit_at(self, number: int, last: int) -> Hit | None:
        longest, index, words = self.gazetteer.longest, self.gazetteer.index, self.words
        word = words[number]
        for form in (word.form, *unglued(word)):
            for length in range(min(longest.get(form, 0), last - number), 0, -1):
                key = " ".join((form, *(other.form for other in words[number + 1 : number + length])))
                senses = tuple(sense for sense in index.get(key, ()) if _written_so(words[number : number + length], sense))
                end = words[number + length - 1].e
                if senses and key not in self._other and not (length > 1 and _is_broken(self.text[word.b : end])):
                    return Hit(number, number + length, word.b, end, senses)
        return None

    def _is_forename(self, hit: Hit) -> bool:
        """Whether a hit that is but somebody's surname stands before another capital, as in Ali Demir, and so is none."""
        if hit.last - hit.first > 1 or hit.last >= len(self.words) or not all(s.form == "surname" for s in hit.senses):
            return False
        behind = self.words[hit.last]
        return behind.raw[0].isupper() and self.text[hit.e : behind.b] == " " and self._hit_at(hit.last, hit.last + 1) is None

    def _homonyms(self) -> frozenset[str]:
        """Names that mean something else here: a cue of the word lists stands in the text, and nothing else of the actor."""
        homonyms = self.gazetteer.words.homonyms
        forms = {word.form for word in self.words}
        told = [name for name in homonyms if name in forms]
        flat = " " + " ".join(word.form for word in self.words) + " " if told else ""
        other = []
        for name in told:
            if any(f" {cue} " in flat for cue in homonyms[name]):
                entries = {sense.entry for sense in self.gazetteer.index.get(name, ())}
                alike = {s.entry for form in forms - {name} for s in self.gazetteer.index.get(form, ()) if s.form != "surname"}
                if not entries & alike:
                    other.append(name)
        return frozenset(other)

    def _surnames_told(self) -> dict[str, int]:
        """The last word of each person's name that the article gives in full, with the person."""
        told: dict[str, int] = {}
        for hit in self.hits:
            for sense in hit.senses:
                if sense.form == "name" and hit.last - hit.first > 1 and self.gazetteer.entries[sense.entry].kind == "person":
                    told.setdefault(self.words[hit.last - 1].form, sense.entry)
        return told


def _only(countries: set[str] | None) -> str | None:
    """The one country that there is."""
    return next(iter(countries)) if countries and len(countries) == 1 else None


def _written_so(words: list[Word], sense: Sense) -> bool:
    """Whether the words are written as a name of this sense is: with a capital, an acronym in capitals."""
    first = words[0].raw
    if sense.case == "any" or not _has_case(first):
        return True
    if sense.case == "article":
        return words[0].e - words[0].b > len(first)
    if sense.case == "acronym":
        return sum(map(str.isupper, first)) * 2 > sum(map(str.isalpha, first))
    return any(map(str.isupper, first)) or any(word.raw[0].isupper() for word in words[1:])


def _has_case(word: str) -> bool:
    return word[0].lower() != word[0].upper()


def _is_broken(text: str) -> bool:
    """Whether a stretch runs over the end of a line or clause, and so is no one name."""
    return any(mark in text for mark in ("\n", ",", ";", ":", "،", "؛", "?", "!", "(", ")", "“", "”", '"'))
