"""Incidents: events that several articles tell are joined into one where enough speaks for it; each join says what.

What speaks for and against is added up as log-odds. The weights of the words (trigger, sentence, article) were fitted by
logistic regression on the pairs of event mentions in the training part of ECB+; there is no such set for actors, days and
places, whose weights are ours, set so that none of them joins alone. Precision goes first: what is plainly another event
(another day, another place, roles turned round) is never joined, whatever else the two share.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from dragoman.evidence.speakers import Speakers
from dragoman.evidence.terms import names_in, terms_in
from dragoman.types import CodedArticle, Event, Incident, Join, Telling, Trace, content_id

LEAST_JOIN = 0.5
"""Probability from which two events are joined."""
MOST_TERMS = 60
"""Words that stand for what an article is about: those it uses most."""
MOST_NAMES = 6
MOST_KEYS = 2
"""Sides of an event, names of its sentence and names of its article that it is looked up by."""
DAYS_AROUND = 21
"""Days between the dates of two articles within which their events are compared."""
MOST_TELLINGS = 200
"""Events that one incident may hold, so that what one more costs stays bounded."""
LONGEST_INCIDENT = 14
"""Days that the tellings of one incident may lie apart: a chain of joins goes no further."""

# Log-odds. The first group is fitted (python -m bench.incidents --fit), but that one word told twice by one article is held
# lower, as news tells of several strikes, talks or sanctions at once; the second group is ours.
BIAS = -4.4
SAME_TRIGGER, SENTENCE_SAME, ARTICLE_SAME = 1.1, 2.2, 10.0
SENTENCE_OTHER, ARTICLE_OTHER = 1.7, 1.5
SAME_ARTICLE, SAME_ARTICLE_TRIGGER = 0.6, 2.6

SAME_TYPE, SAME_SIDE, OTHER_SIDES, NO_SIDE = 0.3, 1.0, -2.5, -1.5
SAME_DAY, NEAR_DAY, SAME_PLACE, OTHER_PLACE, FAR_APART = 1.2, -1.0, 0.8, -1.5, -1.5
SYMMETRIC = frozenset(("CONSULT", "AGREE", "COOPERATE"))
"""Types of events in which the sides may change places from one telling to the next."""
A_WEEK = 7


class TraceShelf(Protocol):
    """What the ledger can look up of the events of earlier articles."""

    def traces_with(self, keys: Sequence[str], *, day: str | None, around: int, most: int) -> Iterable[Trace]:
        """Traces that have one of the keys, of articles dated within ``around`` days; of each key the ``most`` latest."""
        ...

    def incidents_of(self, events: Sequence[str]) -> Iterable[Incident]:
        """The incidents to which the events of these ids belong."""
        ...


class Gathered(NamedTuple):
    """The joins of an article's events, the incidents that came of them, and the ids of those that they take the place of."""

    joins: tuple[Join, ...]
    incidents: tuple[Incident, ...]
    replaced: tuple[str, ...]


def traces_of(coded: CodedArticle) -> tuple[Trace, ...]:
    """A trace of each event of an article."""
    article, speakers = coded.article, Speakers(coded)
    if not coded.events:
        return ()
    topic = topic_of(f"{article.title or ''}\n{article.text}")
    return tuple(_trace(event, coded, speakers, topic) for event in coded.events)


def topic_of(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """(the MOST_TERMS words that a text uses most, its MOST_NAMES most frequent names in order)."""

    def most(words: Iterable[str], count: int) -> list[str]:
        ranked = sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
        return [word for word, _ in ranked[:count]]

    names = most((form for _, form in names_in(text, (0, len(text)))), MOST_NAMES)
    return frozenset(most(terms_in(text), MOST_TERMS)), tuple(names)


def _trace(event: Event, coded: CodedArticle, speakers: Speakers, topic: tuple[frozenset[str], tuple[str, ...]]) -> Trace:
    article, (about, matter) = coded.article, topic
    trigger = frozenset(terms_in(article.text, event.trigger)) or frozenset((article.text[slice(*event.trigger)].lower(),))
    names = frozenset(form for _, form in names_in(article.text, event.sentence))
    dated = event.date if event.date is not None and event.date.basis == "text" else None
    speaker = speakers.at(event.trigger)
    claim = speaker.claim if speaker.claim is not None and speaker.claim.source_kind != "author" else None
    return Trace(
        event=event.id, type=event.type, status=event.status, day=article.date,
        start=dated.start if dated else None, end=dated.end if dated else None,
        actors=frozenset(side.actor.id for side in event.actors),
        recipients=frozenset(side.actor.id for side in event.recipients),
        place=event.place.name if event.place else None, country=event.place.country if event.place else None,
        trigger=trigger, names=names, terms=frozenset(terms_in(article.text, event.sentence)) - names - trigger,
        about=about, matter=matter,
        telling=Telling(
            record=event.id, article=article.id, span=event.sentence,
            actor=claim.source_actor if claim else None, source_kind=claim.source_kind if claim else "author",
            outlet=article.outlet or article.author, chain=event.chain,
        ),
    )  # fmt: skip


def keys_of_trace(trace: Trace) -> tuple[str, ...]:
    """What the trace of the same event in another article would be looked up by."""
    sides = sorted(trace.actors | trace.recipients)[:MOST_KEYS]
    here = sorted(trace.names, key=lambda name: (name not in trace.matter, -len(name), name))[:MOST_KEYS]
    keys = [f"{trace.type} {side}" for side in sides if trace.type]
    keys += [f"{word} {name}" for word in sorted(trace.trigger) for name in (*here, *trace.matter[:MOST_KEYS])]
    if trace.place is not None and trace.type:
        keys.append(f"{trace.type} . {trace.place.casefold()}")
    return tuple(dict.fromkeys(keys))


def find_incidents(traces: Sequence[Trace], shelf: TraceShelf, *, most: int = 8) -> Gathered:
    """Join the events of one article to each other and to those of earlier articles.

    An article costs the same however large the ledger: of each key the shelf gives at most ``most`` traces.
    """
    seen = {trace.event: trace for trace in traces}
    joins: dict[tuple[str, str], Join] = {}
    for k, trace in enumerate(traces):
        earlier = shelf.traces_with(keys_of_trace(trace), day=trace.day, around=DAYS_AROUND, most=most)
        for other in (*traces[:k], *earlier):
            pair = (min(trace.event, other.event), max(trace.event, other.event))
            if other.event != trace.event and pair not in joins and (join := compare_events(other, trace)) is not None:
                joins[pair] = join
                seen.setdefault(other.event, other)
    return _merged(list(joins.values()), seen, shelf)


def _merged(joins: Sequence[Join], seen: Mapping[str, Trace], shelf: TraceShelf) -> Gathered:
    """Incidents out of joins, the surest first; a join that would stretch an incident over too many days is left out."""
    known = {i.id: i for i in shelf.incidents_of(sorted({event for join in joins for event in (join.a, join.b)}))}
    now, home = dict(known), {event: incident.id for incident in known.values() for event in incident.events}
    into: dict[str, str] = {}

    def incident_of(event: str) -> Incident:
        id_ = home.get(event)
        while id_ in into:
            id_ = into[id_]
        return now[id_] if id_ is not None else _alone(seen[event])

    kept = []
    for join in sorted(joins, key=lambda join: (-join.score, join.a, join.b)):
        one, other = incident_of(join.a), incident_of(join.b)
        whole = one if one.id == other.id else _together(one, other)
        if whole is None:
            continue
        kept.append(join)
        for part in (one, other):
            now.pop(part.id, None)
            if part.id != whole.id:
                into[part.id] = whole.id
        now[whole.id] = whole
        home.setdefault(join.a, whole.id)
        home.setdefault(join.b, whole.id)
    made = (incident for id_, incident in sorted(now.items()) if known.get(id_) != incident)
    return Gathered(tuple(kept), tuple(made), tuple(sorted(known.keys() - now.keys())))


def _alone(trace: Trace) -> Incident:
    """An incident of one telling: its own days, or that of the article."""
    return Incident(
        id=content_id("incident", trace.event), type=trace.type, events=(trace.event,), articles=(trace.telling.article,),
        start=trace.start or trace.day, end=trace.end or trace.day, place=trace.place,
    )  # fmt: skip


def _together(one: Incident, other: Incident) -> Incident | None:
    """Two incidents as one; None if their tellings would be too many, or lie too many days apart."""
    first, second = sorted((one, other), key=lambda incident: (-len(incident.events), incident.id))
    starts, ends = (sorted(filter(None, (getattr(one, end), getattr(other, end)))) for end in ("start", "end"))
    days = _days(starts[0], starts[-1]) if starts else 0
    if days is not None and days > LONGEST_INCIDENT:
        return None
    events = tuple(sorted({*one.events, *other.events}))
    if len(events) > MOST_TELLINGS:
        return None
    return Incident(
        id=content_id("incident", events[0]), type=first.type, events=events,
        articles=tuple(sorted({*one.articles, *other.articles})),
        start=starts[0] if starts else None, end=ends[-1] if ends else None, place=first.place or second.place,
    )  # fmt: skip


# -- two events ------------------------------------------------------------------------------------------------------------


def compare_events(a: Trace, b: Trace) -> Join | None:
    """The join of two events, with what they share; None if too little speaks for it, or anything shows them to be two."""
    evidence = [*_words(a, b)]
    for rule in (_kinds, _sides, _times, _places):
        found = rule(a, b)
        if found is None:
            return None
        evidence.extend(found)
    odds = BIAS + sum(weight for weight, _ in evidence)
    score = 1 / (1 + math.exp(-odds))
    if score < LEAST_JOIN:
        return None
    one, other = sorted((a.event, b.event))
    why = [text for weight, text in sorted(evidence, key=lambda item: -item[0]) if weight > 0 and text]
    return Join(a=one, b=other, score=round(score, 4), why=tuple(why))


Evidence = list[tuple[float, str]]
"""Log-odds, and what speaks for (or against) in words."""


def _words(a: Trace, b: Trace) -> Evidence:
    same = a.trigger & b.trigger
    one_sentence = (a.telling.article, a.telling.span) == (b.telling.article, b.telling.span)
    around = 0.0 if one_sentence else sentence_likeness(a, b)
    shared = sorted(a.terms & b.terms)[:6]
    found: Evidence = [(around * (SENTENCE_SAME if same else SENTENCE_OTHER), f"sentences share {', '.join(shared)}")]
    if same:
        found.append((SAME_TRIGGER, f"the same word: {', '.join(sorted(same))}"))
    if a.telling.article == b.telling.article:
        found.append((SAME_ARTICLE + (SAME_ARTICLE_TRIGGER if same else 0.0), "in one article"))
    else:
        about = article_likeness(a, b)
        found.append((about * (ARTICLE_SAME if same else ARTICLE_OTHER), f"articles on one matter ({about:.2f})"))
    return found


def sentence_likeness(a: Trace, b: Trace) -> float:
    """The cosine of the words around two triggers, 0 to 1."""
    return _cosine((a.terms | a.names) - a.trigger, (b.terms | b.names) - b.trigger)


def article_likeness(a: Trace, b: Trace) -> float:
    """The cosine of the words that two articles use most, 0 to 1."""
    return _cosine(a.about, b.about)


def _kinds(a: Trace, b: Trace) -> Evidence | None:
    if not a.type or not b.type:
        return []
    if a.type == b.type:
        return [(SAME_TYPE, f"both {a.type}")]
    return [] if a.trigger & b.trigger else None


def _sides(a: Trace, b: Trace) -> Evidence | None:
    """Who does it to whom: shared sides speak for, sides without anybody in common against; roles turned round forbid."""
    found: Evidence = []
    if a.type == b.type and a.type in SYMMETRIC:
        ours, theirs = a.actors | a.recipients, b.actors | b.recipients
        sides = [(ours, theirs, "side")]
    else:
        sides = [(a.actors, b.actors, "actor"), (a.recipients, b.recipients, "recipient")]
        turned = a.actors & b.recipients and a.recipients & b.actors
        if turned and not (a.actors & b.actors and a.recipients & b.recipients):
            return None
    for ours, theirs, role in sides:
        if ours & theirs:
            found.append((SAME_SIDE, f"the same {role}"))
        elif ours and theirs:
            found.append((OTHER_SIDES, ""))
    if len(found) == len(sides) and not any(weight > 0 for weight, _ in found):
        return None  # all sides are known, and nobody is in both
    return found or ([(NO_SIDE, "")] if a.type and b.type else [])


def _times(a: Trace, b: Trace) -> Evidence | None:
    if a.start and b.start:
        apart = _gap(a, b)
        if apart is None:
            return []
        if apart > 1:
            return None
        short = max(_days(a.start, a.end or a.start) or 0, _days(b.start, b.end or b.start) or 0) < A_WEEK
        return [(NEAR_DAY, "")] if apart else [(SAME_DAY, f"both dated {max(a.start, b.start)}")] if short else []
    days = _days(a.day, b.day) if a.day and b.day else None
    if days is None or a.telling.article == b.telling.article:
        return []
    if days > DAYS_AROUND:
        return None
    return [(FAR_APART, "")] if days > A_WEEK else [(0.0, "")]


def _places(a: Trace, b: Trace) -> Evidence | None:
    if a.place is None or b.place is None:
        return []
    if a.place.casefold() == b.place.casefold():
        return [(SAME_PLACE, f"both in {a.place}")]
    if a.country and b.country and a.country != b.country:
        return None
    return [(OTHER_PLACE, "")]


def _gap(a: Trace, b: Trace) -> int | None:
    """Days between two intervals, 0 if they touch."""
    first, second = sorted(((a.start or "", a.end or a.start or ""), (b.start or "", b.end or b.start or "")))
    return 0 if second[0] <= first[1] else _days(first[1], second[0])


def _days(one: str, other: str) -> int | None:
    """Days between two ISO dates; None if one of them is no day."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return None


def _cosine(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0
