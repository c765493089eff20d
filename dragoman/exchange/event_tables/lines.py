"""Files to rows of cells: compressed or not, parted by tabs or commas, quoted or not. What cannot be read costs itself."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import itertools
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from dragoman.errors import TableError

MOST_BYTES = 1024 * 1024
"""Longest row that is read. A row of the tables known here has a few hundred bytes."""
_LOOKED_AT = 64
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Row(NamedTuple):
    """A row: its line, from 1, and its cells, or the reason why there are none; ``text`` is how it begins.

    ``flaw`` says that it was read although its bytes are not UTF-8.
    """

    line: int
    cells: list[str]
    reason: str | None = None
    text: str = ""
    flaw: str | None = None


class Lines(NamedTuple):
    """The rows of a table. ``header`` is the first row and ``sample`` the first few, which ``rows`` gives again."""

    header: list[str]
    rows: Iterator[Row]
    sample: list[list[str]]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file; those inside of a .gz, or of a .zip that holds one file. Raises TableError if there are none."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            if start[:2] == b"\x1f\x8b":
                with gzip.GzipFile(fileobj=file) as inner:
                    yield io.BufferedReader(inner)
            elif start == b"PK\x03\x04":
                with zipfile.ZipFile(file) as archive, archive.open(_only_file(path, archive)) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield file
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:  # RuntimeError: a password is needed
        raise TableError(f"{path}: expected a .zip that can be read, found: {error}") from error
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise TableError(f"{path}: the compressed file is damaged or cut off: {error}; fetch it again") from error
    except FileNotFoundError:
        raise TableError(f"{path}: expected an event table, found no such file") from None
    except IsADirectoryError:
        raise TableError(f"{path}: expected an event table, found a folder; name the files in it") from None


def read_rows(path: Path, stream: BinaryIO) -> Lines:
    """The rows of ``stream``, which is read as they are taken. Raises TableError if it is empty or no text."""
    begin = stream.readline(MOST_BYTES)
    if begin.startswith(_WIDE):
        raise TableError(f"{path}: expected a table in UTF-8, found UTF-16; save it as UTF-8")
    lines = _numbered(begin.removeprefix(codecs.BOM_UTF8), stream)
    first = list(itertools.islice(lines, _LOOKED_AT))
    sound = [row for row in first if row.reason is None and row.text.strip()]
    if not sound:
        raise TableError(f"{path}: expected an event table, found none: {(first and first[0].reason) or 'the file is empty'}")
    header = sound[0].text.rstrip("\r\n")
    delimiter = "\t" if "\t" in header else max(",;|", key=header.count)
    again = itertools.chain(first, lines)
    if delimiter == "\t" and not _are_quoted(sound):
        return Lines(header.split("\t"), _plain_rows(again), [row.text.rstrip("\r\n").split("\t") for row in sound])
    try:
        names = next(csv.reader([header], delimiter=delimiter, strict=True))
        second = next(csv.reader((row.text for row in sound[1:]), delimiter=delimiter), [])
    except csv.Error as error:
        raise TableError(f"{path}: expected a table, found first lines that cannot be read: {error}") from error
    return Lines(names, _quoted_rows(again, delimiter), [names, second])


def _are_quoted(rows: Sequence[Row]) -> bool:
    """Whether quotation marks enclose cells where tabs part them: in half of the rows; else they are letters."""
    quoted = sum(
        any(len(cell) > 1 and cell.startswith('"') and cell.endswith('"') for cell in row.text.rstrip("\r\n").split("\t"))
        for row in rows
    )
    return quoted > 0 and quoted * 2 >= len(rows) - 1


def _only_file(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    inside = [info for info in archive.infolist() if not info.is_dir() and not info.filename.startswith("__MACOSX/")]
    if len(inside) != 1:
        raise TableError(f"{path}: expected a .zip with one table in it, found {len(inside)} files; unpack it")
    return inside[0]


def _numbered(begin: bytes, stream: BinaryIO) -> Iterator[Row]:
    """The line ``begin`` and those behind it as rows without cells: the words in ``text``, or the reason."""
    readline = stream.readline
    behind = iter(lambda: readline(MOST_BYTES), b"")
    for number, line in enumerate(itertools.chain([begin] if begin else [], behind), 1):
        if len(line) >= MOST_BYTES and not line.endswith(b"\n"):
            while (rest := readline(MOST_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield Row(number, [], f"the line is longer than {MOST_BYTES:,} bytes", line[:200].decode("utf-8", "replace"))
            continue
        flaw = None
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            text = line.decode("cp1252", "replace")
            flaw = f"no UTF-8 (byte {line[error.start]:#04x}): read as Windows-1252"
        reason = f"found a NUL character at {text.index(chr(0))}" if "\0" in text else None
        yield Row(number, [], reason, text, flaw)


def _plain_rows(lines: Iterator[Row]) -> Iterator[Row]:
    """Rows of cells parted by tabs, where a quotation mark is a letter; blank lines are passed over."""
    for line in lines:
        text = line.text.rstrip("\r\n")
        if line.reason is not None:
            yield line
        elif text:
            yield Row(line.line, text.split("\t"), None, text, line.flaw)


def _quoted_rows(lines: Iterator[Row], delimiter: str) -> Iterator[Row]:
    """Rows of cells of which some stand in quotation marks; such a cell may hold line ends."""
    taken: list[Row] = []  # the lines of the row that is being read
    broken: list[Row] = []

    def texts() -> Iterator[str]:
        for line in lines:
            if line.reason is not None:
                broken.append(line)
            elif line.text.strip():
                taken.append(line)
                yield line.text

    reader = csv.reader(texts(), delimiter=delimiter, strict=True)
    while True:
        reason, cells = None, None
        try:
            cells = next(reader, None)
        except csv.Error as error:
            reason = f"lines {taken[0].line} to {taken[-1].line} cannot be read: {error}"
        yield from broken
        broken.clear()
        if cells is None and reason is None:
            return
        text = taken[0].text.rstrip("\r\n")
        flaw = next((line.flaw for line in taken if line.flaw), None)
        yield Row(taken[0].line, cells or [], reason, text, flaw)
        taken.clear()
