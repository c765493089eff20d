"""What the reader saw happen becomes events and relations: actors are named, and the chain of sources is that of the claim in
which they are told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from dragoman.coding.cast import Cast
from dragoman.coding.claims import Account, Actors
from dragoman.coding.cues import PRONOUNS_MANY, PRONOUNS_ONE
from dragoman.coding.intervals import Intervals
from dragoman.coding.sources import Introductions, actor_of, voice_of
from dragoman.coding.times import Time
from dragoman.types import (
    Actor,
    Argument,
    Article,
    Event,
    EventDate,
    EventPlace,
    Happening,
    Participant,
    Reading,
    Relation,
    Span,
    content_id,
)

Places = Mapping[Span, EventPlace]
LEAST_AS_CUE = 0.5
"""Probability of an event that a trigger must have if its words are the cue of an attribution."""
NOWHERE: Places = MappingProxyType({})


def code_events(
    article: Article,
    reading: Reading,
    accounts: Sequence[Account],
    actors: Actors,
    places: Places = NOWHERE,
    times: Sequence[Time] = (),
) -> tuple[Event, ...]:
    """The events of an article, in the order of its text.

    ``accounts`` are those of its attributions; ``actors`` says whom spans of the text name, ``places`` where the known ones
    among its places are, ``times`` what its words of time come to (``find_times``).
    """
    coder = _Coder(article, reading, accounts, actors, places, times)
    return tuple(coder.event(happening) for happening in reading.events if coder.is_event(happening))


def code_relations(article: Article, reading: Reading, accounts: Sequence[Account], actors: Actors) -> tuple[Relation, ...]:
    """The relations that an article tells, in the order of its text: each once for a sentence."""
    coder = _Coder(article, reading, accounts, actors)
    found: dict[str, Relation] = {}
    for relation in coder.relations():
        known = found.get(relation.id)
        if known is None or known.score < relation.score:
            found[relation.id] = relation
    return tuple(sorted(found.values(), key=lambda r: r.span))


class _Coder:
    def __init__(
        self,
        article: Article,
        reading: Reading,
        accounts: Sequence[Account],
        actors: Actors,
        places: Places = NOWHERE,
        times: Sequence[Time] = (),
    ) -> None:
        self.article = article
        self.places = places
        self.times = times
        self.cast = Cast(article.text, actors)
        self.reading = reading
        self.introductions = Introductions(article, reading.mentions)
        self.voice = (voice_of(article),)
        self.cues = Intervals([cue for account in accounts for cue in account.attribution.cue])
        self._begins = [b for b, _ in reading.sentences]
        # the shortest content that holds a place is the innermost account of it
        told = ((e - b, b, e, account.chain) for account in accounts for b, e in account.content)
        self.told = sorted(told, key=lambda t: t[:3])

    def chain_at(self, span: Span) -> tuple[str, ...]:
        """The chain of the innermost claim whose content holds the span; the article's own voice if there is none."""
        return next((chain for _, b, e, chain in self.told if b <= span[0] and span[1] <= e), self.voice)

    def is_event(self, happening: Happening) -> bool:
        """Plain speech is no event: a trigger that is a cue as well must be a sure one (*accused*, not *said*)."""
        return happening.score >= LEAST_AS_CUE or not self.cues.touches(happening.trigger)

    def sentence_at(self, span: Span) -> Span:
        """The sentence in which the span begins."""
        number = bisect_right(self._begins, span[0]) - 1
        return self.reading.sentences[number] if number >= 0 else span

    def actor(self, span: Span) -> Actor | None:
        """Whoever the words name; None for a pronoun that nobody stands for."""
        if resolved := self.cast.at(span):
            return resolved
        source = self.introductions.source(span, span[0])
        nobody = not source.key or any(pronoun.fullmatch(source.name) for pronoun in (PRONOUNS_ONE, PRONOUNS_MANY))
        return None if nobody else actor_of(source)

    def event(self, happening: Happening) -> Event:
        trigger = happening.trigger
        sentence = self.sentence_at(trigger)
        when, where = _nearest(happening, "time"), _nearest(happening, "place")
        sides = {role: tuple(self._participants(happening, role)) for role in ("actor", "recipient")}
        return Event(
            id=content_id("event", self.article.id, trigger, happening.type),
            article=self.article.id,
            sentence=sentence,
            trigger=trigger,
            type=happening.type,
            status=happening.status,
            actors=sides["actor"],
            recipients=sides["recipient"],
            date=self._date(when, sentence),
            place=self._place(where) if where else None,
            chain=self.chain_at(trigger),
            score=happening.score,
        )

    def _date(self, when: Span | None, sentence: Span) -> EventDate | None:
        """What the words that say when come to; without them, the one date that the sentence names."""
        if when is None:
            named = [t for t in self.times if sentence[0] <= t.b and t.e <= sentence[1] and t.type == "date" and t.start]
            if len(named) != 1:
                return None
            when = (named[0].b, named[0].e)
        found = next((t for t in self.times if t.b < when[1] and when[0] < t.e and t.start), None)
        if found is None:
            return EventDate(start=None, end=None, basis="text", span=when)
        return EventDate(start=found.start, end=found.end, basis="text", span=when)

    def _place(self, where: Span) -> EventPlace:
        """The place at the span, or a known one within it: “the outskirts of Sirte”."""
        inside = (place for span, place in self.places.items() if where[0] <= span[0] and span[1] <= where[1])
        known = self.places.get(where) or next(inside, None)
        return known or EventPlace(span=where, name=self.article.text[slice(*where)])

    def _participants(self, happening: Happening, role: str) -> Iterator[Participant]:
        for argument in happening.arguments:
            span = (argument.b, argument.e)
            if argument.role == role and (actor := self.actor(span)):
                yield Participant(span=span, actor=actor)

    def relations(self) -> Iterator[Relation]:
        for stance in self.reading.stances:
            source, target = self.actor(stance.source), self.actor(stance.target)
            if source is None or target is None or source.id == target.id:
                continue
            sentence = self.sentence_at(stance.source)
            if sentence != self.sentence_at(stance.target):
                continue  # over sentences too many are made up
            span = (min(stance.source[0], stance.target[0]), max(stance.source[1], stance.target[1]))
            yield Relation(
                id=content_id("relation", self.article.id, sentence, source.id, target.id, stance.sign),
                article=self.article.id,
                span=span,
                source=source,
                target=target,
                kind="supports" if stance.sign > 0 else "opposes",
                sign=stance.sign,
                chain=self.chain_at(span),
                score=stance.score,
            )


def _nearest(happening: Happening, role: str) -> Span | None:
    """The words in a role that stand nearest to the trigger."""

    def distance(argument: Argument) -> int:
        return max(argument.b - happening.trigger[1], happening.trigger[0] - argument.e)

    found = min((a for a in happening.arguments if a.role == role), key=distance, default=None)
    return (found.b, found.e) if found else None
