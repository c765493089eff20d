"""Spans of an article -> actors: names, adjectives, seats, offices, patterns of words, short forms and pronouns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from dragoman.actors.casting import Casting
from dragoman.actors.folding import Word, key_of, loose, words_of
from dragoman.actors.gazetteer import LEAST_LOOSE, Entry, Gazetteer
from dragoman.actors.memory import Memory, Told
from dragoman.actors.phrase import Phrase, phrase_at
from dragoman.actors.runs import runs_of
from dragoman.actors.scan import Choice, Hit, Scan
from dragoman.types import Actor, CastMember, Record, content_id

Basis = Literal[
    "name", "adjective", "seat", "surname", "short form", "spelling", "office", "pattern", "anaphora", "pronoun", "provisional"
]
NO_ACTORS = frozenset(("weapon", "money", "time"))
NAMED = frozenset(("person", "organisation", "armed_group"))
LOCATIVE = frozenset(("in", "at", "near", "from", "to", "into", "around", "outside", "over", "towards", "toward", "в", "في"))
TOWARDS = frozenset(("from", "to", "into", "towards", "toward", "over"))
WHOLE = frozenset(("STATE", "GROUP", "MEMBERS"))
"""Sectors of nouns that name the whole of which they speak, no part of it."""
FORCES = frozenset(("MIL", "REB", "PRM"))
PERSON_WORDS = 3
"""An unknown name of two words up to so many, of which nothing else tells, is taken for a person's."""
HEADS = ("supreme leader", "president", "king", "prime minister", "chancellor")
LED_BY = frozenset(("leader", "commander"))
DOMESTIC = frozenset(("REB", "CVL", "CRM", "OPP", "REF", "UAF"))
AT_HOME = DOMESTIC | {"LAB", "EDU", "REL", "MED"}
"""Sectors of people who, where one country alone is named, are most likely of it."""
OF_ONE_COUNTRY = AT_HOME | FORCES | {"COP", "JUD", "LEG"}
"""Sectors of bodies that, where one country alone is named, are most likely its own; officials and media are often others'."""
_BRACKETED = re.compile(r"\s?\(([\"“]?)([A-Z][A-Za-z.]{1,8}|[\u0400-\u042f]{2,6})[\"”]?[),;]")
_EDGES = " \t\n'’‘\"“”«».,;:()[]-–—"

_ONE = re.compile(r"(?:an?|one)\s", re.I)
"""Opens the words for one of a people, who is not that people (*an Arab diplomat*)."""
LEAST_FOR_PLACE = 0.3
"""Score of a name that the reader took for a place and no state bears."""


class Resolved(Record, frozen=True, kw_only=True):
    """The actor that a span names, its kind, what that rests on, how sure it is, and the actors it may be, the best first."""

    actor: Actor
    kind: str
    basis: Basis
    score: float
    candidates: tuple[tuple[Actor, float], ...] = ()


class Resolver:
    """Resolves the spans of one article, written on ``date`` (ISO, or None) in ``language``."""

    def __init__(self, gazetteer: Gazetteer, *, date: str | None, language: str | None) -> None:
        self._gazetteer = gazetteer
        self._words = gazetteer.words
        self._date = date
        self._language = language

    def resolve_all(self, text: str, spans: Sequence[tuple[int, int, str]]) -> list[Resolved | None]:
        """For each (begin, end, mention type, or `role` for any noun phrase) the actor that it names, or None."""
        return self.resolve_article(text, spans)[0]

    def resolve_article(
        self, text: str, spans: Sequence[tuple[int, int, str]]
    ) -> tuple[list[Resolved | None], tuple[CastMember, ...]]:
        """What ``resolve_all`` gives, and everybody whom the article names, in these spans or elsewhere."""
        scan = Scan(self._gazetteer, text, self._date)
        reading = _Reading(self._gazetteer, scan, self._date, self._language)
        resolved: list[Resolved | None] = [None] * len(spans)
        casting = Casting(self._gazetteer, self._date)
        before: tuple[int, Resolved] | None = None
        wanted = [
            (b, -e, number) for number, (b, e, kind) in enumerate(spans) if kind not in NO_ACTORS and 0 <= b < e <= len(text)
        ]
        runs = list(runs_of(scan))
        for b, end, number in sorted([*wanted, *((run.b, -run.e, number - len(runs)) for number, run in enumerate(runs))]):
            relative = False
            if number >= 0:
                found = resolved[number] = reading.resolve(b, -end, spans[number][2])
            else:
                relative = before is not None and text[before[0] : b] in (" ", ", ") and reading.is_relative(b)
                found = before[1] if before and relative else reading.resolve(runs[number].wide_b, -end, "role", aside=True)
            if found and (number < 0 or words_of(text[b:-end])):  # not a mention of just “the”
                before = -end, found
                basis = "pronoun" if number < 0 and relative else found.basis
                casting.add((b, -end), found.actor, found.kind, basis, run=number < 0)
        return resolved, casting.members()


class _Reading:
    """One article as it is gone through from beginning to end."""

    def __init__(self, gazetteer: Gazetteer, scan: Scan, date: str | None, language: str | None) -> None:
        self._gazetteer = gazetteer
        self._words = gazetteer.words
        self._scan = scan
        self._date = date
        self._language = language
        self._memory = Memory()
        self._next_hit = 0
        self._short: dict[str, Resolved] = {}
        self._surnames: dict[str, Resolved] = {}
        self._brackets = list(_BRACKETED.finditer(scan.text))

    def resolve(self, b: int, e: int, span_type: str, *, aside: bool = False) -> Resolved | None:
        """The actor of one span; spans must come in the order of the text. ``aside``: nothing is remembered of it."""
        self._remember_hits_before(b)
        phrase = phrase_at(self._scan, b, e)
        if phrase.first >= phrase.last:
            return None
        found = self._pronoun(phrase, b) if phrase.last - phrase.first == 1 and not phrase.hits else None
        if found is None and not self._is_pronoun(phrase):
            found = self._phrase(phrase, b, e, span_type)
            if found and not aside:
                self._remember(b, e, found, phrase)
                self._learn_short_forms(phrase, e, found)
        return found

    # what was told

    def _remember_hits_before(self, offset: int) -> None:
        hits = self._scan.hits
        while self._next_hit < len(hits) and hits[self._next_hit].e <= offset:
            hit = hits[self._next_hit]
            self._next_hit += 1
            choice = self._scan.choose(hit) if hit.has("name", "seat", "surname") else None
            if choice and choice.score > 0.5:
                title = self._title_before(hit) if choice.entry.kind == "person" else ""
                self._note(hit.b, hit.e, choice.entry.actor(self._date), choice.entry.kind, _sex(choice.entry), title)

    def _title_before(self, hit: Hit) -> str:
        before = self._scan.hits[self._next_hit - 2] if self._next_hit > 1 else None
        return (before.word("title") or "") if before and hit.first - before.last <= 2 else ""

    def _remember(self, b: int, e: int, found: Resolved, phrase: Phrase) -> None:
        title = next((word for hit in phrase.hits if (word := hit.word("title"))), "")
        entry = self._gazetteer.named(found.actor.name) if found.kind == "person" else None
        self._note(b, e, found.actor, found.kind, _sex(entry) if entry else "", title if found.kind == "person" else "")

    def _note(self, b: int, e: int, actor: Actor, kind: str, sex: str, title: str) -> None:
        sentence = self._scan.sentence(b)
        ends = self._scan.sentence_ends
        opens = b - (ends[sentence - 1] if sentence else 0) <= 6
        self._memory.add(Told(b, e, sentence, opens, actor, kind, sex, title))

    def _learn_short_forms(self, phrase: Phrase, e: int, found: Resolved) -> None:
        """Remember the last word of a person's name, and an acronym that follows a name in brackets."""
        for bracket in self._brackets:
            if bracket.start() in (e, e - 1) or (
                bracket.start() < e <= bracket.end() and bracket.start() > self._scan.words[phrase.first].b
            ):
                key = key_of(bracket[2])
                if key not in self._gazetteer.index:  # “(Iran, Syria)” are others
                    self._short.setdefault(key, _short_form(found))
        if found.kind == "person" and found.basis == "provisional":
            words = words_of(found.actor.name)
            if len(words) > 1:
                self._surnames[words[-1].form] = _short_form(found)

    # pronouns and other words for what was told

    def _is_pronoun(self, phrase: Phrase) -> bool:
        return (
            phrase.last - phrase.first == 1 and not phrase.hits and self._scan.words[phrase.first].form in self._words.pronouns
        )

    def is_relative(self, b: int) -> bool:
        """Whether the word at ``b`` is a relative pronoun."""
        word = self._scan.words[self._scan.within(b, b + 1)[0]]
        return self._words.pronouns.get(word.form) in ("who", "which")

    def _pronoun(self, phrase: Phrase, b: int) -> Resolved | None:
        form = self._scan.words[phrase.first].form
        kind = self._words.pronouns.get(form, "none")
        if kind == "none" or (self._language and self._words.only.get(form, self._language) != self._language):
            return None
        sentence = self._scan.sentence(b)
        if kind in ("who", "which"):
            told = self._memory.just_before(b) or self._memory.nearest("he" if kind == "who" else "it", sentence, reach=1)
            return _again(told, "pronoun", 0.6)
        opens = self._opens_sentence(phrase.first)
        return _again(self._memory.nearest(kind, sentence, opens=opens), "pronoun", 0.5)

    def _owner(self, phrase: Phrase, b: int) -> Told | None:
        form = self._scan.words[phrase.first].form
        return self._memory.nearest(self._words.pronouns[form], self._scan.sentence(b))

    # noun phrases

    def _phrase(self, phrase: Phrase, b: int, e: int, span_type: str) -> Resolved | None:
        key = key_of(self._scan.text[b:e].strip(_EDGES))
        if key in self._short:
            return self._short[key]
        if phrase.owner and not any(hit.has("adjective") for hit in phrase.hits):
            return self._owned(phrase, b)
        choices = [(hit, choice) for hit in phrase.hits if (choice := self._scan.choose(hit, span_type))]
        if _ONE.match(self._scan.text, b):
            choices = [(hit, choice) for hit, choice in choices if choice.entry.kind != "people"]
        titles = [hit for hit in phrase.hits if hit.has("title")]
        nouns = [hit for hit in phrase.hits if hit.has("noun")]
        named = [
            (hit, choice) for hit, choice in choices if choice.form in ("name", "surname") and choice.entry.kind != "state"
        ]
        states = [(hit, choice) for hit, choice in choices if choice.entry.kind == "state"]
        if span_type == "place":
            return self._place(phrase, states, named)
        if named:
            return self._of_named(phrase, named, nouns, titles, states, span_type)
        stranger = self._stranger(phrase, states, titles, nouns, span_type)
        if stranger:
            return stranger
        if titles and (not nouns or titles[-1].last >= nouns[-1].last):
            return self._office(phrase, titles[-1], states, b)
        if nouns:
            return self._by_noun(phrase, nouns[-1], [choice for _, choice in states], b)
        if choices:
            return self._chosen(choices[-1][0], choices[-1][1])
        return self._unknown(phrase, key, span_type)

    def _chosen(self, hit: Hit, choice: Choice) -> Resolved:
        score = choice.score
        before = self._scan.words[hit.first - 1].form if hit.first else ""
        if choice.form == "seat" and before in LOCATIVE:
            score -= 0.4
        basis: Basis = choice.form if choice.form in ("adjective", "seat", "surname") else "name"
        return self._known(choice.entry, basis, score, choice.candidates)

    def _known(self, entry: Entry, basis: Basis, score: float, candidates: tuple[tuple[Entry, float], ...] = ()) -> Resolved:
        others = tuple((entry.actor(self._date), score) for entry, score in candidates) if len(candidates) > 1 else ()
        return Resolved(actor=entry.actor(self._date), kind=entry.kind, basis=basis, score=round(score, 3), candidates=others)

    def _place(self, phrase: Phrase, states: list[tuple[Hit, Choice]], named: list[tuple[Hit, Choice]]) -> Resolved | None:
        """The state of a place; where the words are all of somebody's name and hardly a place's, that somebody (*Trump*)."""
        if states:
            return self._chosen(*states[-1])
        whole = [(h, c) for h, c in named if (h.first, h.last) == (phrase.first, phrase.cut) and c.score >= LEAST_FOR_PLACE]
        return self._chosen(*whole[-1]) if whole else None

    def _of_named(
        self,
        phrase: Phrase,
        named: list[tuple[Hit, Choice]],
        nouns: list[Hit],
        titles: list[Hit],
        states: list[tuple[Hit, Choice]],
        span_type: str,
    ) -> Resolved:
        """The actor of a phrase that holds the name of a person or group."""
        hit, choice = named[-1]
        if namesake := self._namesake(hit, choice.entry, states):
            return namesake
        if choice.form == "surname" and span_type != "organisation":
            strangers = phrase.capitals(self._scan, phrase.first, hit.first)
            if strangers and not titles:
                return self._provisional(self._scan.text[strangers[0].b : hit.e], "person", states, "")
        noun = next((other for other in nouns if other.first >= hit.last), None)
        if noun is None:
            later = [other for other in titles if other.first >= hit.last and choice.entry.kind != "person"]
            if later and (holder := self._holder(later[-1].word("title") or "", choice.entry)):
                return holder
            return self._chosen(hit, choice)
        return self._belonging(choice.entry.actor(self._date), choice.entry, noun)

    def _namesake(self, hit: Hit, entry: Entry, states: list[tuple[Hit, Choice]]) -> Resolved | None:
        """A body that another state's adjective stands before: *the Peruvian Congress* is not whose bare name is Congress."""
        other = next((c.entry for h, c in states if h.last == hit.first and c.form == "adjective"), None)
        if other is None or entry.kind != "agency" or entry.country in (None, other.code):
            return None
        name = f"{other.adjective} {self._scan.text[hit.b : hit.e]}"
        code = f"{other.code} {(entry.code or '').partition(' ')[2]}".strip()
        return Resolved(actor=_actor(name, code), kind="agency", basis="pattern", score=0.6)

    def _belonging(self, owner: Actor, entry: Entry | None, noun_hit: Hit) -> Resolved:
        """Whom `Trump administration`, `Hezbollah fighters`, `Haftar’s forces` or `its army` name."""
        noun = self._words.nouns[noun_hit.word("noun") or ""]
        if entry and entry.kind not in ("person", "state"):
            return self._known(entry, "pattern", 0.8)
        country = (owner.code or "").split(" ")[0]
        state = self._gazetteer.entry_of(country)
        if noun.sector in ("MIL", "REB") and entry and entry.kind == "person":
            for office in entry.offices:
                led = self._gazetteer.named(office.of)
                if led and led.kind != "state" and (self._date is None or office.held(self._date)):
                    return self._known(led, "office", 0.7)
        if state and noun.sector == "STATE":
            return self._known(state, "pattern", 0.8)
        if state:
            rebel = noun.sector == "MIL" and (owner.code or "").endswith(("REB", "PRM"))
            return self._pattern(state, (owner.code or "").split(" ")[-1] if rebel else noun.sector, noun.label)
        name = f"{owner.name} {noun.label}"
        return Resolved(actor=_actor(name, owner.code), kind="group", basis="provisional", score=0.3)

    def _owned(self, phrase: Phrase, b: int) -> Resolved | None:
        owner = self._owner(phrase, b)
        noun = next((hit for hit in phrase.hits if hit.has("noun")), None)
        named = [c for hit in phrase.hits if hit.has("name") and (c := self._scan.choose(hit))]
        if named:
            return self._known(named[-1].entry, "name", 0.8)
        if owner is None:
            return None
        title = next((hit for hit in phrase.hits if hit.has("title")), None)
        entry = self._gazetteer.named(owner.actor.name) or self._gazetteer.entry_of((owner.actor.code or "").split(" ")[0])
        if title and entry and (holder := self._holder(title.word("title") or "", entry)):
            return holder
        if title and not noun:
            state = self._gazetteer.entry_of((owner.actor.code or "").split(" ")[0])
            return self._untold(state, title.word("title") or "") if state else None
        return self._belonging(owner.actor, entry, noun) if noun else None

    def _untold(self, state: Entry, title: str) -> Resolved:
        """Who holds an office of a state, if it is not known who that is."""
        code = state.code if len(state.code or "") > 3 else f"{state.code} {'REB' if title == 'commander' else 'GOV'}"
        return Resolved(actor=_actor(f"{state.adjective} {title}", code), kind="person", basis="pattern", score=0.5)

    def _holder(self, title: str, of: Entry) -> Resolved | None:
        """Who holds the office on the article's date; with several, those that the article names come first."""
        found = self._gazetteer.holders(title, of.key, self._date)
        told = [entry for entry in found if content_id("actor", entry.key) in self._memory.count]
        if not found or (self._date is None and len(told) != 1 and len(found) > 1):
            return None
        best = told or found
        return self._known(best[0], "office", 0.85 / len(best), tuple((entry, 0.85 / len(best)) for entry in best))

    def _office(self, phrase: Phrase, title_hit: Hit, states: list[tuple[Hit, Choice]], b: int) -> Resolved | None:
        """Whom `the Libyan prime minister`, `president of Egypt` or `the president` names."""
        title = title_hit.word("title") or ""
        of = [choice.entry for _, choice in states]
        of += [c.entry for hit in phrase.behind if (c := self._scan.choose(hit)) and c.entry.kind != "person"][:1]
        for entry in of:
            if holder := self._holder(title, entry):
                return holder
        if title == "leader" and of and of[0].kind == "state":
            heads = reversed(HEADS) if of[0].key in self._words.premiers else HEADS
            for head in heads:
                if holder := self._holder(head, of[0]):
                    return holder
        if of:
            told = self._memory.nearest("he", self._scan.sentence(b), country=of[0].code) if title in LED_BY else None
            if told:
                return _again(told, "anaphora", 0.5)
            return self._untold(of[0], title)
        told = self._memory.last_titled(title)
        if told:
            return _again(told, "anaphora", 0.7)
        person = self._memory.nearest("his", self._scan.sentence(b))
        holders = {
            content_id("actor", entry.key)
            for country in self._scan.countries
            for entry in self._gazetteer.holders(title, country, self._date)
        }
        if person and person.actor.id in holders:
            return _again(person, "anaphora", 0.6)
        state = self._memory.nearest("state", self._scan.sentence(b))
        near = self._gazetteer.entry_of(state.actor.code) if state and state.actor.code else None
        return self._holder(title, near) if near else None

    def _by_noun(self, phrase: Phrase, noun_hit: Hit, states: list[Choice], b: int) -> Resolved | None:
        """Whom `Turkish forces`, `the government of Syria`, `pro-Iranian militia` or `the movement` names."""
        noun = self._words.nouns[noun_hit.word("noun") or ""]
        behind = [c for hit in phrase.behind if (c := self._scan.choose(hit))]
        sentence = self._scan.sentence(b)
        if behind and (seated := self._seated(phrase.behind[0], noun_hit)):
            return self._known(seated, "name", 0.7)
        if behind and not states and behind[0].entry.kind != "state":
            return self._belonging(behind[0].entry.actor(self._date), behind[0].entry, noun_hit)
        if noun.sector == "GROUP":
            country = states[-1].entry.code if states else None
            told = self._memory.nearest("group", sentence, reach=8, country=country)
            if told or not states:
                return _again(told, "anaphora", 0.6)
            return self._known(states[-1].entry, "pattern", 0.4)
        if states:
            return self._by_sector(states[-1].entry, noun.sector, noun.label, 0.8)
        if behind:
            return self._by_sector(behind[0].entry, noun.sector, noun.label, 0.7)
        leaning = [c for hit in phrase.leaning if (c := self._scan.choose(hit))]
        if leaning:
            sector = "PRM" if noun.sector in FORCES else "GOV" if noun.sector in WHOLE else noun.sector
            state = self._gazetteer.entry_of(leaning[0].entry.country or "")
            name = self._scan.text[self._scan.words[phrase.first].b : self._scan.words[phrase.cut - 1].e]
            return Resolved(
                actor=_actor(name, f"{state.code} {sector}" if state else sector), kind="group", basis="pattern", score=0.5
            )
        return self._anaphoric_noun(noun.sector, noun.label, phrase, sentence)

    def _seated(self, place: Hit, noun: Hit) -> Entry | None:
        """Whom “the government in Tripoli” names, if “the Tripoli government” is somebody's name."""
        words = (" ".join(word.raw for word in self._scan.words[hit.first : hit.last]) for hit in (place, noun))
        return self._gazetteer.named(" ".join(words))

    def _is_definite(self, phrase: Phrase) -> bool:
        """Whether `the` opens the phrase; in other scripts that is not asked."""
        word = self._scan.words[phrase.first]
        return word.e - word.b > len(word.raw) or not word.raw.isascii()

    def _home(self, phrase: Phrase) -> Entry | None:
        """The state of the place that stands right behind a phrase: *police* / *in Lima*."""
        words = self._scan.words
        if phrase.last + 1 >= len(words) or words[phrase.last].form not in LOCATIVE - TOWARDS:
            return None
        hit = next(iter(self._scan.hits_in(phrase.last + 1, phrase.last + 2)), None)
        choice = self._scan.choose(hit, "place") if hit and hit.first == phrase.last + 1 else None
        return choice.entry if choice and choice.entry.kind == "state" else None

    def _anaphoric_noun(self, sector: str, label: str, phrase: Phrase, sentence: int) -> Resolved | None:
        """Whom a noun alone names: `the country`, `the army`, `protesters`."""
        definite = self._is_definite(phrase)
        if sector == "MEMBERS" or label == "people" or (sector == "STATE" and not definite):
            return None
        if home := self._home(phrase):
            return self._by_sector(home, sector, label, 0.5)
        located = self._gazetteer.entry_of(self._scan.located(sentence) or "")
        if located and located.kind == "state" and not definite and sector in AT_HOME:
            return self._by_sector(located, sector, label, 0.4)
        if not definite and sector not in DOMESTIC:
            only = self._gazetteer.entry_of(self._scan.only_country(sentence) or "")
            if only and only.kind == "state" and sector in OF_ONE_COUNTRY:
                return self._by_sector(only, sector, label, 0.3)
            return Resolved(actor=_actor(label, sector), kind="group", basis="provisional", score=0.2)
        if label == "kingdom":
            told_of = (country for country, _ in self._scan.countries.most_common())
            kingdom = next((c for c in told_of if self._gazetteer.holders("king", c, self._date)), None)
            entry = self._gazetteer.entry_of(kingdom or "")
            return self._known(entry, "anaphora", 0.4) if entry else None
        told = self._memory.nearest("state", sentence) if sector not in DOMESTIC else None
        state = self._gazetteer.entry_of(told.actor.code) if told and told.actor.code else None
        if state is None:
            state = self._gazetteer.entry_of(self._scan.country_of(sentence) or "")
        if state is None:
            return (
                None if sector in WHOLE else Resolved(actor=_actor(label, sector), kind="group", basis="provisional", score=0.2)
            )
        found = self._by_sector(state, sector, label, 0.4)
        return Resolved(actor=found.actor, kind=found.kind, basis="anaphora", score=found.score)

    def _by_sector(self, state: Entry, sector: str, label: str, score: float) -> Resolved:
        if sector in WHOLE:
            return self._known(state, "pattern", score)
        found = self._pattern(state, sector, label)
        return Resolved(actor=found.actor, kind=found.kind, basis=found.basis, score=min(score, found.score))

    def _pattern(self, state: Entry, sector: str, label: str) -> Resolved:
        name = f"{state.adjective} {label}"
        known = self._gazetteer.named(name)
        if known:
            return self._known(known, "pattern", 0.8)
        kind = {"MIL": "military", "JRN": "media", "CVL": "people"}.get(sector, "group" if sector in DOMESTIC else "agency")
        return Resolved(actor=_actor(name, f"{state.code} {sector}"), kind=kind, basis="pattern", score=0.75)

    def _stranger(
        self, phrase: Phrase, states: list[tuple[Hit, Choice]], titles: list[Hit], nouns: list[Hit], span_type: str
    ) -> Resolved | None:
        """An unknown name beside a known state, title or noun: `Turkish envoy Ali Demir`, `Demir’s forces`; else None."""
        if not phrase.hits:
            return None
        first, last = phrase.hits[0], phrase.hits[-1]
        before = phrase.capitals(self._scan, phrase.first, last.first)
        if len(before) == 1 and span_type != "person" and self._opens_sentence(phrase.first):
            before = []
        behind = phrase.capitals(self._scan, last.last, phrase.cut)
        if behind and not self._scan.text[first.b : last.e].isupper():
            sector = "GOV" if titles else self._words.nouns[nouns[-1].word("noun") or ""].sector if nouns else ""
            person = span_type == "person" or bool(titles) or (bool(nouns) and len(behind) > 1)
            told = self._surnames.get(behind[-1].form)
            return told or self._provisional(self._slice(behind), _kind(person), states, "" if sector in WHOLE else sector)
        if before and span_type == "person" and states and states[-1][1].form == "name":
            return self._provisional(self._scan.text[before[0].b : last.e], "person", [], "")
        if before and not states and not phrase.leaning and last.has("noun"):
            return self._surnames.get(before[-1].form) or self._provisional(
                self._slice(before), "group", [], "", home=self._home_of_people(last, before)
            )
        return None

    def _home_of_people(self, noun_hit: Hit, before: list[Word]) -> str | None:
        """The code of people whom an unknown name tells apart from others of their country: *Shona rebels*."""
        sector = self._words.nouns[noun_hit.word("noun") or ""].sector
        only = self._scan.only_country(self._scan.sentence(before[0].b))
        return f"{only} {sector}" if only and sector in AT_HOME else None

    def _slice(self, words: list[Word]) -> str:
        """The text from the first to the last of some words, without the article before it."""
        return re.sub(r"^[Tt]he\s+", "", self._scan.text[words[0].b : words[-1].e])

    def _opens_sentence(self, number: int) -> bool:
        scan = self._scan
        return number == 0 or scan.sentence(scan.words[number - 1].b) != scan.sentence(scan.words[number].b)

    def _provisional(
        self, name: str, kind: str, states: list[tuple[Hit, Choice]], sector: str, *, home: str | None = None
    ) -> Resolved:
        known = self._spelling(name, kind)
        if known:
            return known
        country = states[0][1].entry.code if states else None
        code = f"{country} {sector}".strip() if country else home
        return Resolved(actor=_actor(name, code), kind=kind, basis="provisional", score=0.4)

    def _spelling(self, name: str, kind: str) -> Resolved | None:
        """A known actor whose name differs only in how Arabic is written in other letters."""
        key = key_of(name)
        number = self._gazetteer.loose_index.get(loose(key)) if len(key) >= LEAST_LOOSE else None
        if number is None:
            return None
        entry = self._gazetteer.entries[number]
        if (kind == "person" and entry.kind not in ("person", "armed group")) or entry.kind in ("state", "media"):
            return None
        return self._known(entry, "spelling", 0.6)

    def _unknown(self, phrase: Phrase, key: str, span_type: str) -> Resolved | None:
        """A phrase in which nothing is known: a short form, another spelling, or a provisional actor if it looks like one."""
        scan = self._scan
        last = scan.words[phrase.cut - 1]
        if last.form in self._surnames and span_type in ("person", "role"):
            return self._surnames[last.form]
        text = scan.text[scan.words[phrase.first].b : last.e].strip(_EDGES)
        capitals = phrase.capitals(scan, phrase.first, phrase.cut)
        cased = text[:1].lower() != text[:1].upper()
        if span_type not in NAMED and (not cased or len(capitals) < 2):
            return None
        name = self._slice(capitals) if capitals and span_type == "role" else text
        kind = {"person": "person", "armed_group": "armed group", "organisation": "organisation"}.get(span_type, "group")
        if span_type == "role" and 2 <= len(capitals) <= PERSON_WORDS and capitals[-1].e == last.e:
            kind = "person"
        states = [(hit, choice) for hit in phrase.behind if (choice := scan.choose(hit)) and choice.entry.kind == "state"]
        return self._provisional(name, kind, states[:1], "REB" if span_type == "armed_group" else "")


def _actor(name: str, code: str | None) -> Actor:
    """A provisional actor: its id hashes the folded name."""
    name = name.strip(_EDGES) or name
    return Actor(id=content_id("actor", key_of(name)), name=name, code=code)


def _again(told: Told | None, basis: Basis, score: float) -> Resolved | None:
    return Resolved(actor=told.actor, kind=told.kind, basis=basis, score=score) if told else None


def _short_form(found: Resolved) -> Resolved:
    return Resolved(actor=found.actor, kind=found.kind, basis="short form", score=found.score)


def _sex(entry: Entry) -> str:
    return entry.sex or ("m" if entry.kind == "person" else "")


def _kind(person: bool) -> str:
    return "person" if person else "group"
