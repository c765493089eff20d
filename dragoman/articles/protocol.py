"""What parent and child say to each other: messages of a length (four bytes, big endian) and that many bytes.

A request is HTML or TEXT and the page in UTF-8, an answer MessagePack of ``Answer``. The child's first message
is empty: it is ready.
"""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from dragoman.articles.assemble import Draft

OUT_OF_MEMORY = "memory"
HTML, TEXT = b"h", b"t"


class WebPage(msgspec.Struct, kw_only=True):
    """What is read from a page: the rendition of HTML (empty for text, which its sender has), and drafts that index it."""

    text: str
    drafts: list[Draft]


class Answer(msgspec.Struct, kw_only=True):
    """A page, or why there is none: OUT_OF_MEMORY or a sentence."""

    page: WebPage | None = None
    error: str | None = None


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next message, None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    return data if len(data) == size else None


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Send one message."""
    stream.write(len(data).to_bytes(4, "big"))
    stream.write(data)
    stream.flush()
