"""What a piece of input is, by its first bytes, its name and, for text, how it begins."""

from __future__ import annotations

import re

from dragoman.types import PageKind

HEAD_BYTES = 64 * 1024
"""How much of an input is looked at."""

_LEDGER_APPLICATION_ID = b"DRAG"  # as in dragoman.ledger.schema; stages do not import each other (a test compares them)

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "a PDF document: save its text first"),
    (0, b"\x1f\x8b", "a gzip archive: unpack it first"),
    (0, b"x\x9c", "zlib-compressed data: unpack it first"),
    (0, b"x\xda", "zlib-compressed data: unpack it first"),
    (0, b"BZh", "a bzip2 archive: unpack it first"),
    (0, b"\xfd7zXZ\x00", "an xz archive: unpack it first"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive: unpack it first"),
    (0, b"\x04\x22\x4d\x18", "an LZ4 archive: unpack it first"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it first"),
    (0, b"Rar!\x1a\x07", "a RAR archive: unpack it first"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (257, b"ustar", "a tar archive: unpack it first"),
    (0, b"\x89PNG\r\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a sound file"),
    (8, b"AVI ", "a video"),
    (4, b"ftyp", "a video or image (MPEG-4 family)"),
    (0, b"\x1a\x45\xdf\xa3", "a video (Matroska)"),
    (0, b"OggS", "a sound or video file (Ogg)"),
    (0, b"ID3", "a sound file (MP3)"),
    (0, b"fLaC", "a sound file (FLAC)"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document: save it as text first"),
    (0, b"{\\rtf", "an RTF document: save it as plain text first"),
    (0, b"%!PS", "a PostScript document"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\x00", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"\x00asm", "a program (WebAssembly)"),
    (0, b"wOF", "a font"),
    (0, b"\x89HDF\r\n", "an HDF5 file"),
    (0, b"ARROW1", "an Arrow file: save the table as Parquet, CSV or JSONL"),
    (0, b"ORC", "an ORC file: save the table as Parquet, CSV or JSONL"),
    (0, b"\x80\x04\x95", "a Python pickle, which is never loaded"),
    (0, b"WARC/", "a WARC web archive: not read yet; extract its pages as HTML files"),
)
_ZIPPED = (
    (b"word/", "a Word document: save it as plain text first"),
    (b"xl/", "an Excel workbook: save the table as CSV"),
    (b"ppt/", "a PowerPoint document"),
    (b"mimetypeapplication/epub", "an EPUB book"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file: save it as plain text first"),
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,20000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|div|article|section|main|header|table|p|h[1-6]|span|a|br)"
    r"(?:[\s/>]|$)",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|br)[\s/>]", re.IGNORECASE)
_FEED_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.{0,20000}?-->\s*)*<(rss|feed|rdf:RDF|opml)[\s>]", re.DOTALL
)
_XML_START = re.compile(r"\s*<\?xml\s")

HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml", ".mhtml")


def is_ledger(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a ledger of dragoman."""
    return head.startswith(b"SQLite format 3\0") and head[68:72] == _LEDGER_APPLICATION_ID


def binary_kind(head: bytes) -> str | None:
    """What a binary file is that begins with ``head``, and what to do about it; None if it may be text or a table."""
    if is_ledger(head):
        return "a ledger of dragoman, not a page"
    if head.startswith(b"SQLite format 3\0"):
        return "an SQLite database: save the table as CSV, JSONL or Parquet"
    if head.startswith(b"PK\x03\x04"):
        return next((name for mark, name in _ZIPPED if mark in head), "a ZIP archive: unpack it first")
    for offset, magic, name in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return name
    if b"%PDF-" in head[:1024]:  # readers of PDF allow rubbish before it
        return "a PDF document: save its text first"
    return None


def feed_kind(text: str) -> str | None:
    """What sort of feed a text is, or None."""
    found = _FEED_START.match(text[:HEAD_BYTES])
    if found is None:
        return None
    names = {"rss": "an RSS feed", "feed": "an Atom feed", "rdf:RDF": "an RSS 1.0 feed", "opml": "an OPML list of feeds"}
    return names[found.group(1)]


def page_kind(name: str, text: str) -> PageKind:
    """``html`` or ``text``, from the file's ``name`` and how its decoded ``text`` begins."""
    head = text[:HEAD_BYTES]
    if _HTML_START.match(head) or _XML_START.match(head):
        return "html"
    if name.lower().endswith(HTML_NAMES) and _HTML_TAG.search(head):
        return "html"
    return "text"
