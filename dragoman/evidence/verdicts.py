"""What a ledger holds for and against predictions whose time has come, and the record of those who made them.

A prediction is weighed by its own events: those that its words name. An event of the same type between the same sides, told
later to have happened within the horizon, speaks for it; one that is told not to have happened speaks against it. A prediction
that something will not be turns both round. Nothing found is no verdict: ledgers do not hold everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dragoman.evidence.lexicon import language_of, marks_of
from dragoman.types import Actor, Prediction, Span, Trace, Weighed

CAME_ABOUT = frozenset(("happened", "ongoing", "historical"))
LEAST_DECIDED = 5
"""Decided predictions from which somebody's record is shown: fewer say nothing."""


class TrackRecord(NamedTuple):
    """How often what somebody foretold came about, of what could be decided."""

    predictor: Actor
    made: int
    due: int
    came_about: int
    did_not: int


def weigh(
    prediction: Prediction,
    foretold: Sequence[Trace],
    later: Iterable[Trace],
    *,
    told: str | None,
    today: str | None,
    negated: bool = False,
) -> Weighed:
    """What speaks for and against a prediction that an article of the date ``told`` makes.

    ``foretold`` are the traces of its own events, ``later`` those of other articles that may be the same, ``today`` the latest
    date that the ledger knows. ``negated``: it says that something will not be.
    """
    due = prediction.horizon is not None and today is not None and prediction.horizon[1] < today
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for trace in later:
        if trace.telling.article == prediction.article or not _after(trace, told, prediction.horizon):
            continue
        if any(_same(one, trace) for one in foretold) and trace.status in (*CAME_ABOUT, "denied"):
            found[(trace.status != "denied") is not negated].add(trace.event)
    return Weighed(
        prediction=prediction.id, due=due, events_for=tuple(sorted(found[True])), events_against=tuple(sorted(found[False]))
    )


def track_records(weighed: Iterable[tuple[Prediction, Weighed]]) -> tuple[TrackRecord, ...]:
    """A record of each predictor with at least LEAST_DECIDED predictions that are due and decided; the most decided first.

    Decided is one for which the ledger holds something for or against it, and not both.
    """
    by_actor: dict[str, list[tuple[Prediction, Weighed]]] = defaultdict(list)
    for prediction, found in weighed:
        if prediction.predictor is not None:
            by_actor[prediction.predictor.id].append((prediction, found))
    records = []
    for made in by_actor.values():
        due = [found for _, found in made if found.due]
        came = sum(bool(found.events_for) and not found.events_against for found in due)
        not_so = sum(bool(found.events_against) and not found.events_for for found in due)
        actor = made[0][0].predictor
        if actor is not None and came + not_so >= LEAST_DECIDED:
            records.append(TrackRecord(actor, len(made), len(due), came, not_so))
    return tuple(sorted(records, key=lambda record: (-record.came_about - record.did_not, record.predictor.name)))


def is_negated(text: str, span: Span, language: str | None = None) -> bool:
    """Whether a stretch of text says that something is not so."""
    return any(mark.kind == "negation" for mark in marks_of(text[slice(*span)], language_of(text, language)))


def _after(trace: Trace, told: str | None, horizon: tuple[str, str] | None) -> bool:
    """Whether an event was told after the prediction, and took place within the horizon if there is one."""
    if trace.day is None or told is None or trace.day <= told:
        return False
    when = trace.start or trace.day
    return horizon is None or (horizon[0] <= (trace.end or when) and when <= horizon[1])


def _same(one: Trace, other: Trace) -> bool:
    """Whether two events are of one type, between the same sides as far as these are known."""
    if one.type != other.type or not (one.actors & other.actors or one.recipients & other.recipients):
        return False
    sides = ((one.actors, other.actors), (one.recipients, other.recipients))
    return all(not ours or not theirs or ours & theirs for ours, theirs in sides)
