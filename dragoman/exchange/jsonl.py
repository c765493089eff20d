"""``export --format jsonl``: one file a kind, one record a line; the contract is docs/export.md.

Spans are ``{"b", "e", "text"}`` with offsets into the article's stored text; of what is not coded yet there is no file.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from dragoman.errors import DragomanError, UsageError
from dragoman.types import Actor, Article, Certainty, Claim, Polarity, SourceKind, Span, Zone

ARTICLES, CLAIMS, ACTORS = "articles.jsonl", "claims.jsonl", "actors.jsonl"
_ENCODER = msgspec.json.Encoder()


class Quoted(msgspec.Struct, frozen=True):
    """A span with its words."""

    b: int
    e: int
    text: str


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


class ActorLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of actors.jsonl; fields in the order of the contract. Roles are not coded yet."""

    id: str
    name: str
    code: str | None
    kind: str
    names: list[str]
    roles: tuple[()] = ()


class Exported(msgspec.Struct, frozen=True):
    """How many records of each kind were written."""

    articles: int
    claims: int
    actors: int


def article_line(article: Article) -> ArticleLine:
    """An article in the shape of the contract."""
    return ArticleLine(**{name: getattr(article, name) for name in ArticleLine.__struct_fields__})


def claim_line(claim: Claim, text: str) -> ClaimLine:
    """A claim in the shape of the contract; ``text`` is its article's."""
    same = {name: getattr(claim, name) for name in ClaimLine.__struct_fields__ if name not in ("source", "cue", "content")}
    content = [_quote(span, text) for span in claim.content]
    return ClaimLine(source=_quoted(claim.source, text), cue=_quoted(claim.cue, text), content=content, **same)


def encode_line(record: msgspec.Struct) -> bytes:
    """A record as one line of JSON, with its line end."""
    return _ENCODER.encode(record) + b"\n"


def export_jsonl(records: Iterable[tuple[Article, Sequence[Claim]]], folder: Path) -> Exported:
    """Write articles, claims and actors to ``folder``, which is made if it is not there.

    The files appear once all are whole, in the place of those of an earlier export; an error leaves the folder as it was.
    Raises UsageError if something else is in the way, DragomanError if the disk does not take the files.
    """
    _require_room(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _replaced(folder, (ARTICLES, CLAIMS, ACTORS)) as (articles, claims, actors):
            return _write(records, articles, claims, actors)
    except OSError as error:
        raise DragomanError(f"{folder}: cannot be written: {error.strerror or error}; choose another folder with -o") from error


def _write(
    records: Iterable[tuple[Article, Sequence[Claim]]], articles: BinaryIO, claims: BinaryIO, actors: BinaryIO
) -> Exported:
    cast = _Cast()
    articles_written = claims_written = 0
    for article, own in records:
        articles.write(encode_line(article_line(article)))
        articles_written += 1
        for claim in own:
            claims.write(encode_line(claim_line(claim, article.text)))
            claims_written += 1
            cast.add(claim)
    actors_written = 0
    for actor in cast.lines():
        actors.write(encode_line(actor))
        actors_written += 1
    return Exported(articles_written, claims_written, actors_written)


class _Cast:
    """The actors that claims name as their sources, in the order in which they first appear."""

    def __init__(self) -> None:
        self._actors: dict[str, Actor] = {}
        self._names: dict[str, dict[str, None]] = {}
        self._kinds: dict[str, Counter[str]] = {}

    def add(self, claim: Claim) -> None:
        actor = claim.source_actor
        if actor is None:
            return
        self._actors.setdefault(actor.id, actor)
        self._names.setdefault(actor.id, {})[actor.name] = None
        self._kinds.setdefault(actor.id, Counter())[claim.source_kind] += 1

    def lines(self) -> Iterator[ActorLine]:
        for id_, actor in self._actors.items():
            kind = min(self._kinds[id_].items(), key=lambda item: (-item[1], item[0]))[0]  # the most frequent
            yield ActorLine(id=id_, name=actor.name, code=actor.code, kind=kind, names=list(self._names[id_]))


def _quote(span: Span, text: str) -> Quoted:
    return Quoted(span[0], span[1], text[slice(*span)])


def _quoted(span: Span | None, text: str) -> Quoted | None:
    return None if span is None else _quote(span, text)


def _require_room(folder: Path) -> None:
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise UsageError(f"{place}: expected a folder, found a file; move it away or name another folder with -o")
    for name in (ARTICLES, CLAIMS, ACTORS):
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
