"""What the reader saw happen becomes events: actors are named, type, mode and contexts give the codes, time and place are
settled, and the chain of sources is that of the claim in which they are told.

The events of the reading are those that ``completion.complete`` has mended.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from types import MappingProxyType

import msgspec

from dragoman.coding.cast import SECTORS
from dragoman.coding.claims import Account, Actors
from dragoman.coding.lexicon import language_of, load
from dragoman.coding.merging import merged
from dragoman.coding.modes import contexts_of, mode_of
from dragoman.coding.ontology import ontology
from dragoman.coding.phrases import names_people
from dragoman.coding.settings import CODE_OF_STATE, NOWHERE, Dates, Places, Placing
from dragoman.coding.status import FACTS
from dragoman.coding.sureness import sureness
from dragoman.coding.telling import Telling
from dragoman.coding.times import Time
from dragoman.types import (
    Actor,
    Article,
    Event,
    EventDate,
    EventPlace,
    Happening,
    Participant,
    Reading,
    Role,
    Span,
    Status,
    content_id,
)

__all__ = ["NOWHERE", "Places", "code_events"]

SURE = 0.6
"""Chance of an event from which on a side that its words leave open is taken from its sentence: who a doubtful event would face
is a guess upon a guess (set on our own agency leads).
"""
LEAST_CHANCE = 0.25
"""Chance of an event with an open side below which it is left out: most of such are none (set on our own passages, leads and
sentences: type F1 .668 to .675, .734 to .738, .880 to .888).
"""
_OWNED = re.compile(r"\b(?:the|this|that|these|those|its|their|his|her|our|an?)\s+\Z", re.IGNORECASE)
_BEHIND = frozenset({"en", "tr"})
"""Languages in which a thing stands behind the place that lends it its name."""
LOOK_BACK = 24
"""Characters before a name among which its article or owner stands, or what it lends its name to."""
LONG_AGO = 1
"""Years between an event and its article from which on it is background."""


def code_events(
    article: Article,
    reading: Reading,
    accounts: Sequence[Account],
    actors: Actors,
    places: Places = NOWHERE,
    times: Sequence[Time] = (),
) -> tuple[Event, ...]:
    """The events of an article, in the order of its text; one that is told several times is one event with its mentions.

    ``accounts`` are those of its attributions; ``actors`` says whom spans of the text name, ``places`` where the known ones
    among its places are, ``times`` what its words of time come to (``find_times``).
    """
    coder = _Coder(article, reading, accounts, actors, places, times)
    told = merged([coder.facing(coder.event(h)) for h in reading.events], article)
    return tuple(_coded(event) for event in told if _is_whole(event) or event.score >= LEAST_CHANCE)


class _Coder(Telling):
    def __init__(
        self,
        article: Article,
        reading: Reading,
        accounts: Sequence[Account],
        actors: Actors,
        places: Places,
        times: Sequence[Time],
    ) -> None:
        super().__init__(article, reading, accounts, actors)
        self.dates = Dates(article, times)
        self.placing = Placing(article, reading, places)
        self._contexts: dict[Span, tuple[str, ...]] = {}

    def _contexts_at(self, sentence: Span) -> tuple[str, ...]:
        """The contexts of a sentence, which several events may share."""
        if sentence not in self._contexts:
            self._contexts[sentence] = contexts_of(self.article.text, sentence, self.article.language)
        return self._contexts[sentence]

    def event(self, happening: Happening) -> Event:
        trigger, text, language = happening.trigger, self.article.text, self.article.language
        sentence = self.sentence_at(trigger)
        sides = self._sides(happening)
        mode = mode_of(text, happening.type, trigger, sentence, language)
        date = self.dates.of(happening, sentence)
        return Event(
            id=content_id("event", self.article.id, trigger, happening.type),
            article=self.article.id,
            sentence=sentence,
            trigger=trigger,
            mentions=(trigger,),
            type=happening.type,
            mode=mode,
            contexts=self._contexts_at(sentence),
            status=self._status(happening.status, date),
            actors=sides["actor"],
            recipients=sides["recipient"],
            date=date,
            place=self.placing.of(happening, sentence, mode) or self._at_host(happening, sentence, sides),
            chain=self.chain_at(trigger),
            score=sureness(happening.score),
        )

    @cached_property
    def _named_in(self) -> Mapping[Span, Sequence[Span]]:
        """The spans of the mentions of each sentence: few articles have an event that needs them."""
        found: dict[Span, list[Span]] = defaultdict(list)
        for mention in self.reading.mentions:
            span = (mention.b, mention.e)
            found[self.sentence_at(span)].append(span)
        return found

    def facing(self, event: Event) -> Event:
        """The event, and if a state does it to nobody of any state, the only other state that its sentence names.

        *Kalby closed its ports after Sorla had refused to explain*: the words around a sure event leave no other reading.
        """
        doing, done_to = (_states(participant.actor for participant in side) for side in (event.actors, event.recipients))
        if event.score < SURE or not doing or done_to:
            return event
        others = [
            Participant(span=span, actor=actor)
            for span in self._named_in.get(event.sentence, ())
            if (actor := self.cast.at(span)) and _states([actor]) - doing and not self._names_a_thing(span, actor)
        ]
        if len(_states(participant.actor for participant in others)) != 1:
            return event
        return msgspec.structs.replace(event, recipients=(*event.recipients, others[0]))

    def _names_a_thing(self, span: Span, actor: Actor) -> bool:
        """Whether a place lends its name to something (*the Astana process*, *its Doha bureau*) and stands for no state."""
        text, language = self.article.text, language_of(self.article.language)
        begin = max(0, span[0] - LOOK_BACK)
        thing = _lent(language)
        if thing.match(text, span[1]) if language in _BEHIND else thing.search(text, begin, span[0]):
            return True
        owned = _OWNED.search(text, begin, span[0])
        return owned is not None and text[slice(*span)].casefold() not in actor.name.casefold()

    def _at_host(self, happening: Happening, sentence: Span, sides: Mapping[Role, Sequence[Participant]]) -> EventPlace | None:
        """The place of whoever hosts it, if that is a state or a place."""
        places = {(m.b, m.e) for m in self.placing.named}
        hosts = {
            participant.span: participant.actor
            for side in sides.values()
            for participant in side
            if participant.span in places or len(participant.actor.code or "") == CODE_OF_STATE
        }
        return self.placing.at_host(happening, sentence, hosts)

    def _status(self, status: Status, date: EventDate | None) -> Status:
        """What is told as a fact but dated years before the article is background."""
        if status not in FACTS or date is None or date.basis != "text" or not date.end or not self.article.date:
            return status
        return "historical" if int(date.end[:4]) < int(self.article.date[:4]) - LONG_AGO else status

    def _sides(self, happening: Happening) -> Mapping[Role, tuple[Participant, ...]]:
        """The actors and the recipients: each actor once, and nobody on both sides."""
        found: dict[Role, list[Participant]] = {"actor": [], "recipient": []}
        seen: set[str] = set()
        for role in found:
            for participant in self._participants(happening, role):
                if participant.actor.id not in seen:
                    seen.add(participant.actor.id)
                    found[role].append(participant)
        return MappingProxyType({role: tuple(self._named(participants)) for role, participants in found.items()})

    def _named(self, participants: Sequence[Participant]) -> Iterator[Participant]:
        """Those of a side that are somebody: beside known actors, a thing in common words is none (*sent jets to Syria*)."""
        known = any(participant.actor.code for participant in participants)
        for participant in participants:
            name, written = participant.actor.name, self.article.text[slice(*participant.span)]
            common = name == name.lower() != name.upper() and not names_people(written, self.article.language)
            if participant.actor.code or not known or not common:
                yield participant

    def _participants(self, happening: Happening, role: Role) -> Iterator[Participant]:
        for argument in happening.arguments:
            span: Span = (argument.b, argument.e)
            actor = self.actor(span) if argument.role == role else None
            # *riots* name those who riot, if it is known of which country they are
            if actor and (span != happening.trigger or " " in (actor.code or "")):
                yield Participant(span=span, actor=actor)


@lru_cache(maxsize=8)
def _lent(language: str) -> re.Pattern[str]:
    """A thing that a place lends its name to, behind the name or before it."""
    words = "|".join(re.escape(w).replace(r"\*", r"\w*") for w in load("sides.toml")[language]["place_lent"].split("|"))
    if language in _BEHIND:
        return re.compile(rf"\s+(?:{words})\b", re.IGNORECASE)
    glued = "[وفبكل]?(?:ال)?" if language == "ar" else ""
    return re.compile(rf"(?<!\w){glued}(?:{words})\s+(?:\w{{1,4}}\s+|d['’])?\Z", re.IGNORECASE)


def _states(actors: Iterable[Actor]) -> set[str]:
    """The codes of the states to which actors belong."""
    return {actor.code[:CODE_OF_STATE] for actor in actors if actor.code and actor.code not in SECTORS}


def _is_whole(event: Event) -> bool:
    """Whether somebody does it to somebody, or several do it together."""
    return bool(event.actors) and (bool(event.recipients) or len(event.actors) > 1)


def _coded(event: Event) -> Event:
    """The event with its CAMEO code and Goldstein score."""
    code = ontology().code_of(event.type, event.mode, event.contexts)
    return event if code is None else msgspec.structs.replace(event, cameo=code.code, goldstein=code.goldstein)
