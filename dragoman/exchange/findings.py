"""Incidents, disputes, predictions and wordings as lines of JSON and rows of CSV."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dragoman.exchange.registers import Quoted
from dragoman.exchange.tables import CHAIN_LINK, Cell
from dragoman.types import (
    Actor,
    Article,
    Certainty,
    Disputant,
    Dispute,
    DisputeKind,
    Incident,
    Join,
    Origin,
    Prediction,
    Span,
    Weighed,
    Wording,
)

INCIDENTS, DISPUTES, PREDICTIONS = "incidents.jsonl", "disputes.jsonl", "predictions.jsonl"
INCIDENT_COLUMNS = ("id", "type", "start", "end", "place", "events", "articles", "origins", "known", "unknown")
DISPUTE_COLUMNS = (
    "id", "kind", "topic", "score", "why",
    "a_article", "a_date", "a_outlet", "a_chain", "a_b", "a_e", "a",
    "b_article", "b_date", "b_outlet", "b_chain", "b_b", "b_e", "b",
)  # fmt: skip
PREDICTION_COLUMNS = (
    "id", "article", "told", "outlet", "language", "predictor", "predictor_code", "words", "horizon_start", "horizon_end",
    "condition", "certainty", "due", "for", "against", "claim",
)  # fmt: skip
WORDING_COLUMNS = ("of", "name", "outlet", "form", "count", "links")
_JOINT = " + "


class DayLine(msgspec.Struct, frozen=True, kw_only=True):
    """First and last day, ISO, both inclusive."""

    start: str
    end: str


class OriginLine(msgspec.Struct, frozen=True, kw_only=True):
    """An origin: tellings that count once."""

    name: str
    known: bool
    articles: tuple[str, ...]
    events: tuple[str, ...]
    why: tuple[str, ...]


class IncidentLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of incidents.jsonl; fields in the order of the contract, then who the origins are and why the events are one."""

    id: str
    type: str
    events: tuple[str, ...]
    articles: int
    origins: int
    date: DayLine | None
    place: str | None
    sources: list[OriginLine]
    joins: tuple[Join, ...]


class SideLine(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a dispute."""

    claim: str | None
    article: str
    span: Quoted
    chain: tuple[str, ...]


class DisputeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of disputes.jsonl; fields in the order of the contract, then what sets the sides against each other."""

    id: str
    kind: DisputeKind
    topic: str
    a: SideLine
    b: SideLine
    score: float
    why: str


class PredictionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of predictions.jsonl; fields in the order of the contract, then what the ledger holds for and against."""

    id: str
    claim: str | None
    article: str
    span: Quoted
    predictor: Actor | None
    horizon: DayLine | None
    condition: Quoted | None
    certainty: Certainty
    due: bool
    events_for: tuple[str, ...]
    events_against: tuple[str, ...]


def incident_line(incident: Incident, origins: Sequence[Origin], joins: Sequence[Join]) -> IncidentLine:
    """An incident in the shape of the contract."""
    return IncidentLine(
        id=incident.id,
        type=incident.type,
        events=incident.events,
        articles=len(incident.articles),
        origins=sum(origin.known for origin in origins),
        date=DayLine(start=incident.start, end=incident.end) if incident.start and incident.end else None,
        place=incident.place,
        sources=[OriginLine(name=o.name, known=o.known, articles=o.articles, events=o.records, why=o.why) for o in origins],
        joins=tuple(joins),
    )


def incident_row(incident: Incident, origins: Sequence[Origin]) -> list[Cell]:
    """The row of ``INCIDENT_COLUMNS``; names of several origins stand in one cell, with `` + `` between them."""
    known = [origin.name for origin in origins if origin.known]
    unknown = [origin.name for origin in origins if not origin.known]
    return [
        incident.id, incident.type, incident.start, incident.end, incident.place, len(incident.events), len(incident.articles),
        len(known), _JOINT.join(known), _JOINT.join(unknown),
    ]  # fmt: skip


def dispute_line(dispute: Dispute, a: Article, b: Article) -> DisputeLine:
    """A dispute in the shape of the contract; ``a`` and ``b`` are its articles."""
    return DisputeLine(
        id=dispute.id,
        kind=dispute.kind,
        topic=dispute.topic,
        a=_side(dispute.a, a.text),
        b=_side(dispute.b, b.text),
        score=dispute.score,
        why=dispute.why,
    )


def dispute_row(dispute: Dispute, a: Article, b: Article) -> list[Cell]:
    """The row of ``DISPUTE_COLUMNS``."""
    sides: list[Cell] = []
    for side, article in ((dispute.a, a), (dispute.b, b)):
        chain = CHAIN_LINK.join(side.chain)
        sides += [article.id, article.date, article.outlet, chain, *side.span, article.text[slice(*side.span)]]
    return [dispute.id, dispute.kind, dispute.topic, round(dispute.score, 4), dispute.why, *sides]


def prediction_line(prediction: Prediction, article: Article, weighed: Weighed) -> PredictionLine:
    """A prediction in the shape of the contract."""
    horizon = prediction.horizon
    return PredictionLine(
        id=prediction.id,
        claim=prediction.claim,
        article=prediction.article,
        span=_quote(prediction.span, article.text),
        predictor=prediction.predictor,
        horizon=DayLine(start=horizon[0], end=horizon[1]) if horizon else None,
        condition=_quote(prediction.condition, article.text) if prediction.condition else None,
        certainty=prediction.certainty,
        due=weighed.due,
        events_for=weighed.events_for,
        events_against=weighed.events_against,
    )


def prediction_row(prediction: Prediction, article: Article, weighed: Weighed) -> list[Cell]:
    """The row of ``PREDICTION_COLUMNS``."""
    who, horizon, text = prediction.predictor, prediction.horizon or (None, None), article.text
    return [
        prediction.id, article.id, article.date, article.outlet, article.language, who and who.name, who and who.code,
        text[slice(*prediction.span)], *horizon, text[slice(*prediction.condition)] if prediction.condition else None,
        prediction.certainty, int(weighed.due), len(weighed.events_for), len(weighed.events_against), prediction.claim,
    ]  # fmt: skip


def wording_row(wording: Wording) -> list[Cell]:
    """The row of ``WORDING_COLUMNS``; links as article:b-e."""
    links = (f"{article}:{b}-{e}" for article, (b, e) in wording.links)
    return [wording.of, wording.name, wording.outlet, wording.form, wording.count, " ".join(links)]


def _side(side: Disputant, text: str) -> SideLine:
    return SideLine(claim=side.claim, article=side.article, span=_quote(side.span, text), chain=side.chain)


def _quote(span: Span, text: str) -> Quoted:
    return Quoted(span[0], span[1], text[slice(*span)])
