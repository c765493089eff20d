"""The lines of ``annotate``: requests in, annotations out. The contract is docs/annotate.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

import msgspec

from dragoman.types import Actor, Certainty, Polarity, Reading, Span

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes that a line may have."""
Identifier = str | int | None


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two spans whose relation is asked for; taken, not answered yet."""

    source: Span
    target: Span


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


class _Annotation(msgspec.Struct, frozen=True, kw_only=True):
    id: str | int
    language: str | None
    sentences: tuple[Span, ...]
    mentions: list[_Named]
    attributions: Sequence[Attributed]
    # Not coded yet: always empty, so that programs may rely on them being there.
    events: tuple[()] = ()
    relations: tuple[()] = ()
    times: tuple[()] = ()
    places: tuple[()] = ()
    pairs: tuple[()] = ()


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
    if len(request.text) > most:
        return _failure(
            request.id, f"line {number}: expected a text of at most {most:,} characters, found {len(request.text):,}: divide it"
        )
    return request


def failure_line(failure: Failure) -> bytes:
    """The failure as a line of JSON."""
    return _ENCODER.encode(failure)


def annotation_line(request: Request, language: str | None, reading: Reading, attributions: Sequence[Attributed]) -> bytes:
    """The annotation of a request as a line of JSON."""
    text = request.text
    mentions = [_Named(b=m.b, e=m.e, text=text[m.b : m.e], type=m.type) for m in reading.mentions]
    return _ENCODER.encode(
        _Annotation(id=request.id, language=language, sentences=reading.sentences, mentions=mentions, attributions=attributions)
    )


def _id_of(line: bytes) -> Identifier:
    try:
        return _ID.decode(line).id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _failure(identifier: Identifier, error: str) -> Failure:
    return Failure(id=identifier, error=error)
