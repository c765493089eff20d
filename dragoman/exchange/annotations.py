"""The lines of ``annotate``: requests in, annotations out. The contract is docs/annotate.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import msgspec

from dragoman.config import QUADS
from dragoman.types import (
    Actor,
    Certainty,
    Event,
    EventDate,
    EventPlace,
    PairAnswer,
    Polarity,
    Reading,
    Relation,
    RelationKind,
    RelationStatus,
    Span,
    Status,
)

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes that a line may have."""
Identifier = str | int | None


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two spans of which the PLOVER type is asked: what the source does to the target. A side may be null: not named."""

    source: Span | None = None
    target: Span | None = None


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A text to be annotated, and what the caller knows of it."""

    id: str | int
    text: str
    date: str | None = None
    title: str | None = None
    outlet: str | None = None
    language: str | None = None
    pairs: tuple[Pair, ...] = ()


class Attributed(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution with what coding adds to it. Fields in the order of the contract."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    source_actor: Actor | None
    chain: tuple[str, ...]
    certainty: Certainty
    polarity: Polarity
    direct: bool
    score: float


class _Named(msgspec.Struct, frozen=True, kw_only=True):
    b: int
    e: int
    text: str
    type: str
    actor: Actor | None = None


class _Side(msgspec.Struct, frozen=True, kw_only=True):
    b: int
    e: int
    actor: Actor


class _When(msgspec.Struct, frozen=True, kw_only=True):
    start: str | None
    end: str | None
    b: int | None
    e: int | None


class _Where(msgspec.Struct, frozen=True, kw_only=True):
    b: int
    e: int
    name: str
    lat: float | None = None
    lon: float | None = None
    country: str | None = None


class Timed(msgspec.Struct, frozen=True, kw_only=True):
    """An expression of time with its first and last day."""

    b: int
    e: int
    start: str | None
    end: str | None
    type: str


class _EventLine(msgspec.Struct, frozen=True, kw_only=True):
    trigger: Span
    type: str
    mode: str | None
    status: Status
    actors: list[_Side]
    recipients: list[_Side]
    date: _When | None
    place: _Where | None
    chain: tuple[str, ...]
    score: float
    contexts: tuple[str, ...]
    cameo: str | None
    goldstein: float | None
    mentions: tuple[Span, ...]


class _RelationLine(msgspec.Struct, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    source: Actor
    target: Actor
    kind: RelationKind
    sign: int
    status: RelationStatus
    b: int
    e: int
    chain: tuple[str, ...]
    score: float


class _PairLine(msgspec.Struct, frozen=True, kw_only=True):
    type: str | None
    quad: str | None
    score: float
    stance: str | None
    stance_score: float


class _Annotation(msgspec.Struct, frozen=True, kw_only=True):
    id: str | int
    language: str | None
    sentences: tuple[Span, ...]
    mentions: list[_Named]
    attributions: Sequence[Attributed]
    events: list[_EventLine]
    relations: list[_RelationLine]
    times: Sequence[Timed]
    places: list[_Where]
    pairs: list[_PairLine]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the place of an annotation that cannot be given."""

    id: Identifier
    error: str


class _OnlyId(msgspec.Struct, frozen=True):
    id: str | int


_REQUEST = msgspec.json.Decoder(Request)
_ID = msgspec.json.Decoder(_OnlyId)
_ENCODER = msgspec.json.Encoder()
_TOO_DEEP = "expected a JSON object with id and text, found JSON that is nested too deep"


def read_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream, without line ends. A line longer than LONGEST_LINE is given cut short, which
    no longer is JSON: it costs itself, and memory stays bounded.
    """
    while line := stream.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
        yield line.rstrip(b"\r\n")


def parse_request(line: bytes, *, number: int, most: int) -> Request | Failure:
    """The request on line ``number`` (from 1), or why there is none. ``most``: characters that a text may have."""
    try:
        request = _REQUEST.decode(line)
    except msgspec.ValidationError as error:
        return _failure(_id_of(line), f"line {number}: {error}")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _failure(None, f"line {number}: expected a JSON object with id and text, found what is no JSON: {error}")
    except RecursionError:
        return _failure(None, f"line {number}: {_TOO_DEEP}")
    size = len(request.text)
    for side in (side for pair in request.pairs for side in (pair.source, pair.target) if side is not None):
        if not 0 <= side[0] <= side[1] <= size:
            return _failure(request.id, f"line {number}: expected pairs within the text, 0 to {size:,}, found {list(side)}")
    if len(request.text) > most:
        return _failure(
            request.id, f"line {number}: expected a text of at most {most:,} characters, found {len(request.text):,}: divide it"
        )
    return request


def failure_line(failure: Failure) -> bytes:
    """The failure as a line of JSON."""
    return _ENCODER.encode(failure)


def annotation_line(
    request: Request,
    language: str | None,
    reading: Reading,
    *,
    actors: Mapping[Span, Actor],
    attributions: Sequence[Attributed],
    events: Sequence[Event],
    relations: Sequence[Relation],
    times: Sequence[Timed],
    places: Mapping[Span, EventPlace],
) -> bytes:
    """The annotation of a request as a line of JSON."""
    text = request.text
    return _ENCODER.encode(
        _Annotation(
            id=request.id,
            language=language,
            sentences=reading.sentences,
            mentions=[
                _Named(b=m.b, e=m.e, text=text[m.b : m.e], type=m.type, actor=actors.get((m.b, m.e))) for m in reading.mentions
            ],
            attributions=attributions,
            events=[_event_line(event) for event in events],
            relations=[_relation_line(relation) for relation in relations],
            times=times,
            places=[
                _placed(places.get((m.b, m.e)) or EventPlace(span=(m.b, m.e), name=text[m.b : m.e]))
                for m in reading.mentions
                if m.type == "place"
            ],
            pairs=[_pair_line(pair) for pair in reading.pairs],
        )
    )


def _event_line(event: Event) -> _EventLine:
    return _EventLine(
        trigger=event.trigger,
        mentions=event.mentions,
        type=event.type,
        mode=event.mode,
        contexts=event.contexts,
        cameo=event.cameo,
        goldstein=event.goldstein,
        status=event.status,
        actors=[_Side(b=p.span[0], e=p.span[1], actor=p.actor) for p in event.actors],
        recipients=[_Side(b=p.span[0], e=p.span[1], actor=p.actor) for p in event.recipients],
        date=_when(event.date) if event.date else None,
        place=_placed(event.place) if event.place else None,
        chain=event.chain,
        score=event.score,
    )


def _relation_line(relation: Relation) -> _RelationLine:
    return _RelationLine(
        source=relation.source,
        target=relation.target,
        kind=relation.kind,
        sign=relation.sign,
        status=relation.status,
        b=relation.span[0],
        e=relation.span[1],
        chain=relation.chain,
        score=relation.score,
    )


def _pair_line(pair: PairAnswer) -> _PairLine:
    return _PairLine(
        type=pair.type, quad=QUADS.get(pair.type or ""), score=pair.score, stance=pair.stance, stance_score=pair.stance_score
    )


def _when(date: EventDate) -> _When:
    b, e = date.span or (None, None)
    return _When(start=date.start, end=date.end, b=b, e=e)


def _placed(place: EventPlace) -> _Where:
    return _Where(b=place.span[0], e=place.span[1], name=place.name, lat=place.lat, lon=place.lon, country=place.country)


def _where(span: Span, text: str) -> _Where:
    return _Where(b=span[0], e=span[1], name=text[slice(*span)])


def _id_of(line: bytes) -> Identifier:
    try:
        return _ID.decode(line).id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _failure(identifier: Identifier, error: str) -> Failure:
    return Failure(id=identifier, error=error)
