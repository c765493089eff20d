"""Tables — CSV, TSV, JSON lines, Parquet — become pages of kind ``record``, a row at a time."""

from __future__ import annotations

import csv
import importlib
import io
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Literal

import msgspec

from dragoman.config import TableColumns
from dragoman.errors import InputError, TableError
from dragoman.sources.columns import Role, delimiter_of, find_columns, page_fields
from dragoman.sources.decoding import clean, decode, decode_line, public_name, sniff_encoding
from dragoman.sources.inputs import read_limited, rejected
from dragoman.sources.pages import clean_field, make_page
from dragoman.types import Outcome, Page

_FIRST_ROWS = 20  # rows of JSON lines whose keys together tell the columns
_SAMPLE = 256 * 1024
_PARQUET_ROWS = 64


class _BadRowError(InputError):
    """One row cannot be used."""


def read_csv(origin: str, stream: BinaryIO, columns: TableColumns, limit: int, *, tabs: bool) -> Iterator[Page | Outcome]:
    """The rows of a table with a line of names; ``tabs`` says that tabs part them, else that is seen from the first line.

    Raises TableError if there is no such line or no column for the text.
    """
    sample = _peek(stream)
    codec, lines = _text_lines(stream, limit)
    header = next((line for line in lines if line.strip()), "")
    delimiter = "\t" if tabs else delimiter_of(header)
    # A field may be as long as a page. This is csv's own limit for the whole process; there is no other way to set it.
    csv.field_size_limit(max(limit, csv.field_size_limit()))
    marks = None if delimiter == "\t" and _is_unquoted(sample) else '"'
    quoting: Literal[0, 3] = 0 if marks else 3  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE
    rows = csv.reader(itertools.chain([header], lines), delimiter=delimiter, quotechar=marks, quoting=quoting, strict=True)
    try:
        names = [name.strip() for name in next(rows, [])]
    except csv.Error as error:
        raise TableError(f"expected a line with the names of the columns, found one that cannot be read: {error}") from error
    places = {role: names.index(name) for role, name in find_columns(names, columns).items()}
    number = 0
    for row in _numbered(rows):
        if row == []:
            continue
        number += 1
        try:
            if isinstance(row, csv.Error):
                raise _BadRowError(f"the row cannot be read: {row}")
            if len(row) != len(names):
                raise _BadRowError(f"expected {len(names)} values, found {len(row)}")
            yield _record(f"{origin}#{number}", {role: row[place] for role, place in places.items()}, codec, limit)
        except _BadRowError as error:
            yield rejected(f"{origin}#{number}", str(error))
    if not number:
        raise TableError(f"the table has no rows, only the names of its columns: {', '.join(names)}")


def read_jsonl(origin: str, stream: BinaryIO, columns: TableColumns, limit: int) -> Iterator[Page | Outcome]:
    """The objects of a stream of JSON lines, or of a JSON array of at most ``limit`` bytes.

    Raises TableError if none of the first rows has the text's column.
    """
    codec = sniff_encoding(_peek(stream))
    if codec.startswith(("utf-16", "utf-32")):
        raise TableError(f"expected JSON in UTF-8, found {codec}: save it as UTF-8")
    rows = _json_rows(stream, limit)
    first = list(itertools.islice(rows, _FIRST_ROWS))
    names = list(dict.fromkeys(name for row in first if isinstance(row, dict) for name in row))
    if not first:
        raise TableError("the table has no rows")
    found = find_columns(names, columns) if names else {}
    for number, row in enumerate(itertools.chain(first, rows), start=1):
        try:
            if isinstance(row, InputError):
                raise row
            if not isinstance(row, dict):
                raise _BadRowError(f"expected a JSON object, found {type(row).__name__}")
            if not found or found["text"] not in row:
                found = find_columns(list(row), columns)
            yield _record(f"{origin}#{number}", {role: row.get(name) for role, name in found.items()}, "utf-8", limit)
        except InputError as error:
            yield rejected(f"{origin}#{number}", str(error))


def read_parquet(origin: str, path: Path, columns: TableColumns, limit: int) -> Iterator[Page | Outcome]:
    """The rows of a Parquet file. Needs pyarrow; raises TableError if that is missing or the file cannot be read."""
    try:
        arrow: Any = importlib.import_module("pyarrow")
        parquet: Any = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise TableError("Parquet needs one more package: pip install 'dragoman[parquet]'") from error
    number = 0
    try:
        with parquet.ParquetFile(path, pre_buffer=False) as file:
            found = find_columns(file.schema_arrow.names, columns)
            for batch in file.iter_batches(batch_size=_PARQUET_ROWS, columns=sorted(set(found.values()))):
                for row in batch.to_pylist():
                    number += 1
                    try:
                        values = {role: row[name] for role, name in found.items()}
                        yield _record(f"{origin}#{number}", values, "utf-8", limit)
                    except _BadRowError as error:
                        yield rejected(f"{origin}#{number}", str(error))
    except (arrow.ArrowException, OSError, ValueError, KeyError) as error:
        lost = f"; the {number} rows before are read" if number else ""
        raise TableError(f"cannot be read as Parquet: {str(error).splitlines()[0][:200]}{lost}") from error
    if not number:
        raise TableError("the table has no rows")


def starts_like_jsonl(head: bytes) -> bool:
    """Whether the first line is a JSON object."""
    line = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return False
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return len(line) > 60_000 and line.startswith(b'{"')  # the line is longer than what was looked at


def _record(origin: str, values: Mapping[Role, object], codec: str, limit: int) -> Page:
    text = values["text"]
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    if not isinstance(text, str):
        found = "nothing" if text is None else f"{type(text).__name__}"
        raise _BadRowError(f"expected a text, found {found}")
    if not text.strip():
        raise _BadRowError("the text is empty")
    truncated = None
    if len(text.encode("utf-8", "surrogatepass")) > limit:
        text = text.encode("utf-8", "surrogatepass")[:limit].decode("utf-8", "ignore")
        truncated = f"longer than {limit:,} bytes: the rest was cut off"
    text, encoding = clean(text, codec)
    if not text.strip():
        raise _BadRowError("the text is empty")
    fields = page_fields({role: clean_field(_plain(value)) for role, value in values.items() if role != "text"})
    return make_page(origin, "record", text, encoding=encoding, fields=fields, truncated=truncated)


def _plain(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list):  # several authors
        return ", ".join(filter(None, map(_plain, value))) or None
    if isinstance(value, dict):
        return None
    return str(value)


def _is_unquoted(sample: bytes) -> bool:
    """Whether a table parted by tabs uses quotation marks as letters: if none of them encloses a whole value."""
    lines = [line.rstrip(b"\r") for line in sample.split(b"\n")[:-1]]
    tabs = lines[0].count(b"\t") if lines else 0
    return all(line.count(b"\t") == tabs for line in lines if line) and not any(
        value.startswith(b'"') and value.endswith(b'"') and len(value) > 1 for line in lines for value in line.split(b"\t")
    )


def _numbered(rows: Iterator[list[str]]) -> Iterator[list[str] | csv.Error]:
    """The rows, with the error in place of one that cannot be read."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _text_lines(stream: BinaryIO, limit: int) -> tuple[str, Iterator[str]]:
    """The encoding of a stream of text and its lines with their ends, none longer than ``limit`` bytes."""
    sample = _peek(stream)
    codec = sniff_encoding(sample)
    if codec.startswith(("utf-16", "utf-32")):
        wrapped = io.TextIOWrapper(stream, encoding=codec, errors="replace", newline="")
        return codec, _without_mark(iter(lambda: wrapped.readline(limit), ""))
    return public_name(codec), _without_mark(decode_line(line, codec) for line in _byte_lines(stream, limit))


def _byte_lines(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    while line := stream.readline(limit):
        yield line


def _without_mark(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line.removeprefix("\ufeff").replace("\0", "")
        break
    for line in lines:
        yield line.replace("\0", "")


def _peek(stream: BinaryIO) -> bytes:
    if isinstance(stream, io.BufferedReader):
        return stream.peek(_SAMPLE)[:_SAMPLE]
    return b""


def _json_rows(stream: BinaryIO, limit: int) -> Iterator[object]:
    """The values of JSON lines or of one array; an InputError in place of each that cannot be read."""
    first = b""
    while not first.strip(b"\xef\xbb\xbf \t\r\n"):
        first = stream.readline(limit)
        if not first:
            return
    beginning = first.lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning.startswith(b"[") or _is_one_object(beginning):
        yield from _whole_json(first, stream, limit)
        return
    yield _json_line(first, stream, limit)
    while line := stream.readline(limit):
        if line.strip():
            yield _json_line(line, stream, limit)


def _is_one_object(line: bytes) -> bool:
    """An object that goes on behind its first line, as printed for people."""
    return line.rstrip() == b"{"


def _whole_json(first: bytes, stream: BinaryIO, limit: int) -> Sequence[object]:
    rest, cut = read_limited(stream, limit)
    if cut:
        raise TableError(f"a JSON array longer than {limit:,} bytes: write it as JSON lines, one object a line")
    value = _json(first + rest)
    if isinstance(value, InputError):
        raise TableError(f"cannot be read as JSON: {value}")
    return value if isinstance(value, list) else [value]


def _json_line(line: bytes, stream: BinaryIO, limit: int) -> object:
    if len(line) >= limit and not line.endswith(b"\n"):
        while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
            pass
        return _BadRowError(f"the line is longer than {limit:,} bytes")
    return _json(line)


def _json(data: bytes) -> object:
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as strict_error:
        try:  # lone surrogates, NaN, other encodings
            return json.loads(decode(data).text)
        except (ValueError, InputError, RecursionError):
            return _BadRowError(f"no valid JSON: {strict_error}")
