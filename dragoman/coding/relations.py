"""The relations that an article tells: who stands with or against whom, as its words say, as the reader sees it, or as an
event states it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from dragoman.coding.blocs import blocs_in, code_blocs, with_blocs
from dragoman.coding.claims import Account, Actors
from dragoman.coding.frames import Frame, Slot, frames_of
from dragoman.coding.macros import ASKED, expand, standing
from dragoman.coding.relation_words import BY_LANGUAGE, Row
from dragoman.coding.telling import Telling
from dragoman.types import (
    Actor,
    Article,
    Bloc,
    CastMember,
    Event,
    Reading,
    Relation,
    RelationBasis,
    RelationKind,
    RelationStatus,
    Span,
    content_id,
)

WORDS_SCORE = 0.8
"""Score of a relation that a pattern of words tells: there is no probability to give."""
REFERENCE_SCORE = 0.6
"""… if one of the two is only referred to."""
LEAST_STANCE = 0.75
"""Probability that a stance must have."""
LEAST_EVENT = 0.34
"""How sure an event must be that a relation follows from."""
GROUPS = frozenset(("organisation", "party", "armed group", "military", "agency", "international", "alliance", "bloc", "group"))
"""Kinds of actors that one can be a member of."""
SPEAKING: Mapping[str, tuple[RelationKind, int]] = {
    "SUPPORT": ("supports", 1),
    "THREATEN": ("opposes", -1),
    "SANCTION": ("opposes", -1),
}
"""PLOVER types of events that by themselves state how the actor stands to the recipient."""
TOLD = frozenset(("happened", "ongoing"))
_DESCRIBED = re.compile(
    r"[- ](?:(?:\w+ly )?(?:recogni[sz]ed|backed|led|supported|brokered|mediated|drafted|sponsored|held|occupied|based"
    r"|born|made)\b|(?:\w+ )?(?:resolution|draft|vote|bill|summit|meeting|conference|report|newspaper)\b)"
)
_ADJECTIVE_OF = re.compile(
    r" (?!(?:and|or|in|to|as|against|with|over|on|for|by|at|from|after|before|who|which|that|has|have|is|are|was|were|will)\b"
    r"|imperialis|actions|polic|aggression|interests)[^\W\d_A-Z]"
)
SIGNING = re.compile(r"\b(?:signed|inked|concluded|sealed)\b")


class Found(NamedTuple):
    """One pair of slots that a pattern finds, with the bounds of the match in its frame."""

    row: Row
    source: Slot
    target: Slot
    b: int
    e: int


KINDS = frozenset(("group", "person"))
"""What a pattern may ask of a side’s kind; other marks, such as ``one``, are of its form."""


class Pattern(NamedTuple):
    """A row with its compiled pattern, and the kinds that its two sides must be of (group, person), if any."""

    row: Row
    regex: re.Pattern[str]
    wanted: Mapping[str, str]


@cache
def rows_of(language: str) -> tuple[Sequence[Row], Mapping[str, tuple[int, ...]]]:
    """The rows of a language, and their numbers by stem; the English ones for a language that has none."""
    rows = BY_LANGUAGE.get(language, BY_LANGUAGE["en"])
    stems = dict.fromkeys(stem for row in rows for stem in row.stems)
    by_stem = {stem: tuple(number for number, row in enumerate(rows) if stem in row.stems) for stem in stems}
    return rows, by_stem


@cache
def compiled(language: str, number: int) -> Pattern:
    """The pattern of a row, made when a text first has one of its stems: all of them would take the better part of a second."""
    row = rows_of(language)[0][number]
    wanted = {side: kind for side, kind in ASKED.findall(row.pattern) if kind in KINDS}
    return Pattern(row, re.compile(expand(row.pattern), re.IGNORECASE), wanted)


def code_relations(
    article: Article,
    reading: Reading,
    accounts: Sequence[Account],
    actors: Actors,
    cast: Sequence[CastMember] = (),
    events: Iterable[Event] = (),
) -> tuple[tuple[Relation, ...], tuple[Bloc, ...]]:
    """The relations and the blocs that an article tells, each in the order of its text; a relation once for a sentence.

    ``cast`` is everybody whom the article names, ``events`` what else was coded from it: a threat states enmity.
    """
    telling = Telling(article, reading, accounts, actors)
    kinds = {member.actor.id: member.kind for member in cast}
    frames, told_blocs = [], []
    for frame in frames_of(article.text, reading.sentences or ((0, len(article.text)),), cast):
        told = list(blocs_in(frame, kinds))
        told_blocs += told
        kinds |= {bloc.actor.id: "alliance" for bloc in told if bloc.whole}
        frames.append(with_blocs(frame, told))
    of_words = [*_of_words(telling, frames, cast, kinds)]
    blocs = code_blocs(telling, told_blocs, cast, of_words)
    found: dict[str, Relation] = {}
    for relation in (*of_words, *_of_blocs(telling, blocs), *_of_events(telling, events), *_of_stances(telling)):
        known = found.get(relation.id)
        if known is None or known.score < relation.score:
            found[relation.id] = relation
    return tuple(sorted(found.values(), key=lambda r: (r.span, r.id))), blocs


def _of_words(
    telling: Telling, frames: Sequence[Frame], cast: Sequence[CastMember], kinds: Mapping[str, str]
) -> Iterator[Relation]:
    """What patterns of words tell, sentence by sentence."""
    states = {member.actor.code: member.actor for member in cast if member.kind == "state"}
    for frame in frames:
        for found in matches(frame, telling.article.language or "en", kinds):
            yield from _relations(telling, frame, found, states)


def matches(frame: Frame, language: str, kinds: Mapping[str, str]) -> Iterator[Found]:
    """The pairs that the patterns of a language find in a frame."""
    if sum(len(slot.actors) for slot in frame.slots.values()) < 2:
        return
    low = frame.text.lower()
    _, by_stem = rows_of(language)
    tried = sorted({number for stem, numbers in by_stem.items() if stem in low for number in numbers})
    for row, regex, wanted in (compiled(language, number) for number in tried):
        for match in regex.finditer(frame.text):
            for source, target in _sides(frame, match):
                if _is_of(source, wanted.get("A"), kinds) and _is_of(target, wanted.get("B"), kinds):
                    yield Found(row, source, target, match.start(), match.end())


def _sides(frame: Frame, match: re.Match[str]) -> Iterator[tuple[Slot, Slot]]:
    """The pairs (A, B) of a match; of a list that stands so to each other, all pairs."""
    groups = match.groupdict()
    if both := groups.get("M"):
        slots = frame.named(both)
        if len(slots) == 1 and len(slots[0].actors) > 1:
            one, other = slots[0].actors
            yield Slot(slots[0].span, (one,), slots[0].form), Slot(slots[0].span, (other,), slots[0].form)
        yield from combinations(slots, 2)
        return
    targets = [slot for slot in frame.named(groups["B"] or "") if not _describes(frame, slot, match.end())]
    for source in frame.named(groups["A"] or ""):
        for target in targets:
            yield source, target


def _describes(frame: Frame, slot: Slot, end: int) -> bool:
    """Whether the last name of a match only describes what follows: “supports Syrian refugees”, “the UN-recognised …”."""
    if frame.slots.get(frame.text[end - 1]) is not slot:
        return False
    behind = frame.text[end : end + 24]
    return _DESCRIBED.match(behind) is not None or (slot.form == "adjective" and _ADJECTIVE_OF.match(behind) is not None)


def _is_of(slot: Slot, wanted: str | None, kinds: Mapping[str, str]) -> bool:
    if wanted is None:
        return True
    kind = kinds.get(slot.actors[0].id, "")
    return kind in GROUPS if wanted == "group" else kind == wanted


def _relations(telling: Telling, frame: Frame, found: Found, states: Mapping[str | None, Actor]) -> Iterator[Relation]:
    span = frame.span(found.b, found.e)
    status, sign = standing(frame.text, found.b, found.e, found.row.sign)
    score = REFERENCE_SCORE if "reference" in (found.source.form, found.target.form) else WORDS_SCORE
    for source in found.source.actors:
        for target in found.target.actors:
            one, other = (_principal(actor, frame.text[found.b : found.e], states) for actor in (source, target))
            if one.id != other.id:
                yield _relation(telling, span, one, other, found.row.kind, sign, status, score)


def _principal(actor: Actor, words: str, states: Mapping[str | None, Actor]) -> Actor:
    """For whom an actor acts: whoever holds an office signs for the state."""
    code = actor.code or ""
    return states.get(code[:3], actor) if code.endswith(" GOV") and SIGNING.search(words) else actor


def _of_blocs(telling: Telling, blocs: Iterable[Bloc]) -> Iterator[Relation]:
    """Membership in a bloc, and whom the bloc stands against, as its words say."""
    for bloc in blocs:
        for member in bloc.members if bloc.form == "bloc" else ():
            if member.span and member.status != "background" and member.actor.id != bloc.actor.id:
                status: RelationStatus = "proposed" if member.status == "proposed" else "stated"
                gone = member.status in ("left", "denied")
                yield _relation(
                    telling, member.span, member.actor, bloc.actor, "member_of", -1 if gone else 1,
                    "negated" if gone else status, bloc.score,
                )  # fmt: skip
        for other in bloc.opposed_to:
            yield _relation(telling, bloc.spans[0], bloc.actor, other, "opposes", -1, "stated", bloc.score)


def _relation(
    telling: Telling,
    span: Span,
    source: Actor,
    target: Actor,
    kind: RelationKind,
    sign: int,
    status: RelationStatus,
    score: float,
    basis: RelationBasis = "words",
) -> Relation:
    sentence = telling.sentence_at(span)
    return Relation(
        id=content_id("relation", telling.article.id, sentence, source.id, target.id, kind, sign),
        article=telling.article.id,
        span=span,
        source=source,
        target=target,
        kind=kind,
        sign=1 if sign > 0 else -1 if sign < 0 else 0,
        status=status,
        basis=basis,
        chain=telling.chain_at(span),
        score=score,
    )


def _of_events(telling: Telling, events: Iterable[Event]) -> Iterator[Relation]:
    """Events that by themselves state how the actor stands to the recipient."""
    for event in events:
        stated = SPEAKING.get(event.type)
        if stated is None or event.status not in TOLD:
            continue
        for one in event.actors:
            for other in event.recipients:
                if one.actor.id != other.actor.id and one.actor.code and other.actor.code and event.score >= LEAST_EVENT:
                    kind, sign = stated
                    span = min(one.span[0], other.span[0], event.trigger[0]), max(one.span[1], other.span[1], event.trigger[1])
                    yield _relation(telling, span, one.actor, other.actor, kind, sign, "stated", event.score, "event")


def _is_named(actor: Actor) -> bool:
    """Whether an actor is known, or has a name of at least two words."""
    words = actor.name.split()
    return actor.code is not None or (len(words) > 1 and not any(words[at].islower() for at in (0, -1)))


def _of_stances(telling: Telling) -> Iterator[Relation]:
    for stance in telling.reading.stances:
        source, target = (telling.actor(span) for span in (stance.source, stance.target))
        if source is None or target is None or source.id == target.id or stance.score < LEAST_STANCE:
            continue
        if not (_is_named(source) and _is_named(target)):
            continue  # of those whom nobody names, too many stances are made up
        if telling.sentence_at(stance.source) != telling.sentence_at(stance.target):
            continue  # over sentences too many are made up
        span = (min(stance.source[0], stance.target[0]), max(stance.source[1], stance.target[1]))
        kind: RelationKind = "supports" if stance.sign > 0 else "opposes"
        yield _relation(telling, span, source, target, kind, stance.sign, "stated", stance.score, "stance")
