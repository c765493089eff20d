"""``export --format jsonl``: one file a kind, one record a line; the contract is docs/export.md.

Spans are ``{"b", "e", "text"}`` with offsets into the article's stored text; of what is not coded yet there is no file.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from dragoman.errors import DragomanError, UsageError
from dragoman.exchange.registers import ActorRegister, BlocRegister, Quoted
from dragoman.types import (
    Actor,
    Article,
    Certainty,
    Claim,
    CodedArticle,
    Event,
    EventPlace,
    Participant,
    Polarity,
    Relation,
    RelationKind,
    RelationStatus,
    SourceKind,
    Span,
    Status,
    Zone,
)

ARTICLES, CLAIMS, EVENTS, RELATIONS, BLOCS, ACTORS = (
    f"{kind}.jsonl" for kind in ("articles", "claims", "events", "relations", "blocs", "actors")
)
FILES = (ARTICLES, CLAIMS, EVENTS, RELATIONS, BLOCS, ACTORS)
_ENCODER = msgspec.json.Encoder()


class ArticleLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of articles.jsonl; fields in the order of the contract."""

    id: str
    page: str
    n: int
    title: str | None
    author: str | None
    outlet: str | None
    republisher: str | None
    date: str | None
    date_basis: str | None
    language: str | None
    translation_of: str | None
    text: str
    page_spans: tuple[Span, ...]
    zones: tuple[Zone, ...]


class ClaimLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of claims.jsonl; fields in the order of the contract."""

    id: str
    article: str
    source: Quoted | None
    source_actor: Actor | None
    source_kind: SourceKind
    cue: Quoted | None
    content: list[Quoted]
    chain: tuple[str, ...]
    certainty: Certainty
    polarity: Polarity
    direct: bool
    score: float


class SideLine(msgspec.Struct, frozen=True, kw_only=True):
    """An actor or recipient of an event."""

    span: Quoted | None
    actor: Actor


class DateLine(msgspec.Struct, frozen=True, kw_only=True):
    """When: ISO dates, both inclusive, and what they were read from."""

    start: str | None
    end: str | None
    basis: str


class PlaceLine(msgspec.Struct, frozen=True, kw_only=True):
    """Where."""

    name: str
    lat: float | None
    lon: float | None
    country: str | None
    span: Quoted


class EventLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of events.jsonl; fields in the order of the contract. An event that nothing else tells has no incident."""

    id: str
    article: str
    sentence: Quoted
    trigger: Quoted
    type: str
    mode: str | None
    status: Status
    actors: list[SideLine]
    recipients: list[SideLine]
    date: DateLine | None
    place: PlaceLine | None
    chain: tuple[str, ...]
    incident: str | None = None
    score: float
    contexts: tuple[str, ...]
    cameo: str | None
    goldstein: float | None
    mentions: list[Quoted]


class RelationLine(msgspec.Struct, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """A line of relations.jsonl; fields in the order of the contract."""

    id: str
    article: str
    span: Quoted
    source: Actor
    target: Actor
    kind: RelationKind
    sign: int
    status: RelationStatus
    chain: tuple[str, ...]
    score: float


class Exported(msgspec.Struct, frozen=True):
    """How many records of each kind were written."""

    articles: int
    claims: int
    events: int
    relations: int
    blocs: int
    actors: int
    more: tuple[tuple[str, int], ...] = ()

    def counts(self) -> list[tuple[str, int]]:
        """(kind, how many), in the order of the files."""
        return [*((kind, getattr(self, kind)) for kind in self.__struct_fields__[:-1]), *self.more]


def article_line(article: Article) -> ArticleLine:
    """An article in the shape of the contract."""
    return ArticleLine(**{name: getattr(article, name) for name in ArticleLine.__struct_fields__})


def claim_line(claim: Claim, text: str) -> ClaimLine:
    """A claim in the shape of the contract; ``text`` is its article's."""
    same = {name: getattr(claim, name) for name in ClaimLine.__struct_fields__ if name not in ("source", "cue", "content")}
    content = [_quote(span, text) for span in claim.content]
    return ClaimLine(source=_quoted(claim.source, text), cue=_quoted(claim.cue, text), content=content, **same)


def event_line(event: Event, text: str, incident: str | None = None) -> EventLine:
    """An event in the shape of the contract; ``text`` is its article's, ``incident`` the id of the incident it belongs to."""
    date, place = event.date, event.place
    names = ("id", "article", "type", "mode", "contexts", "cameo", "goldstein", "status", "chain", "score")
    same = {name: getattr(event, name) for name in names}
    return EventLine(
        sentence=_quote(event.sentence, text),
        trigger=_quote(event.trigger, text),
        mentions=[_quote(span, text) for span in event.mentions],
        actors=[_side(participant, text) for participant in event.actors],
        recipients=[_side(participant, text) for participant in event.recipients],
        date=DateLine(start=date.start, end=date.end, basis=date.basis) if date and date.start else None,
        place=_place(place, text) if place else None,
        incident=incident,
        **same,
    )


def relation_line(relation: Relation, text: str) -> RelationLine:
    """A relation in the shape of the contract; ``text`` is its article's."""
    names = ("id", "article", "source", "target", "kind", "sign", "status", "chain", "score")
    return RelationLine(span=_quote(relation.span, text), **{name: getattr(relation, name) for name in names})


def _place(place: EventPlace, text: str) -> PlaceLine:
    return PlaceLine(name=place.name, lat=place.lat, lon=place.lon, country=place.country, span=_quote(place.span, text))


def _side(participant: Participant, text: str) -> SideLine:
    return SideLine(span=_quote(participant.span, text), actor=participant.actor)


def encode_line(record: msgspec.Struct) -> bytes:
    """A record as one line of JSON, with its line end."""
    return _ENCODER.encode(record) + b"\n"


def export_jsonl(
    records: Iterable[CodedArticle],
    folder: Path,
    *,
    more: Mapping[str, Iterable[msgspec.Struct]] | None = None,
    incident_of: Callable[[str], str | None] = lambda event: None,
) -> Exported:
    """Write what is known of the articles to ``folder``, which is made if it is not there.

    ``more`` holds the lines of further files by name: what several articles together tell. ``incident_of`` gives the id of the
    incident to which the event of an id belongs.
    The files appear once all are whole, in the place of those of an earlier export; an error leaves the folder as it was.
    Raises UsageError if something else is in the way, DragomanError if the disk does not take the files.
    """
    further = more or {}
    names = (*FILES, *further)
    _require_room(folder, names)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _replaced(folder, names) as files:
            return _write(records, further, dict(zip(names, files, strict=True)), incident_of)
    except OSError as error:
        raise DragomanError(f"{folder}: cannot be written: {error.strerror or error}; choose another folder with -o") from error


def _write(
    records: Iterable[CodedArticle],
    more: Mapping[str, Iterable[msgspec.Struct]],
    files: Mapping[str, BinaryIO],
    incident_of: Callable[[str], str | None],
) -> Exported:
    cast, blocs = ActorRegister(), BlocRegister()
    counts: Counter[str] = Counter()

    def write(name: str, lines: Iterable[msgspec.Struct]) -> None:
        for line in lines:
            files[name].write(encode_line(line))
            counts[name] += 1

    for coded in records:
        text = coded.article.text
        write(ARTICLES, [article_line(coded.article)])
        write(CLAIMS, (claim_line(claim, text) for claim in coded.claims))
        write(EVENTS, (event_line(event, text, incident_of(event.id)) for event in coded.events))
        write(RELATIONS, (relation_line(relation, text) for relation in coded.relations))
        cast.add(coded)
        blocs.add(coded)
    write(BLOCS, blocs.lines())
    write(ACTORS, cast.lines())
    for name, lines in more.items():
        write(name, lines)
    written = {name.removesuffix(".jsonl"): counts[name] for name in (*FILES, *more)}
    return msgspec.convert({**written, "more": list(written.items())[len(FILES) :]}, Exported)


def _quote(span: Span, text: str) -> Quoted:
    return Quoted(span[0], span[1], text[slice(*span)])


def _quoted(span: Span | None, text: str) -> Quoted | None:
    return None if span is None else _quote(span, text)


def _require_room(folder: Path, names: Iterable[str]) -> None:
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise UsageError(f"{place}: expected a folder, found a file; move it away or name another folder with -o")
    for name in names:
        if (folder / name).is_dir():
            raise UsageError(f"{folder / name}: expected a file or nothing, found a folder; name another folder with -o")


@contextlib.contextmanager
def _replaced(folder: Path, names: Sequence[str]) -> Iterator[Sequence[BinaryIO]]:
    """Files beside those of ``names`` that take their places at the end, or go if there is an error."""
    mark = secrets.token_hex(4)  # two exports to one folder do not write into each other's files
    parts = [folder / f".{name}.{mark}.part" for name in names]
    try:
        with contextlib.ExitStack() as stack:
            files = [stack.enter_context(part.open("xb")) for part in parts]
            yield files
            for file in files:
                file.flush()
                os.fsync(file.fileno())
        for part, name in zip(parts, names, strict=True):
            part.replace(folder / name)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
