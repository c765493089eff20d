"""``read_pages``: inputs in, pages and outcomes out. To read a new kind of input, add a reader to ``READERS``."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from dragoman.config import Limits, TableColumns
from dragoman.errors import InputError
from dragoman.sources.columns import header_names
from dragoman.sources.decoding import decode
from dragoman.sources.inputs import Input, Peeked, expand, read_limited, rejected
from dragoman.sources.pages import make_page
from dragoman.sources.sniffing import HEAD_BYTES, HTML_NAMES, binary_kind, feed_kind, page_kind
from dragoman.sources.tables import read_csv, read_jsonl, read_parquet, starts_like_jsonl
from dragoman.types import Outcome, Page


class Options(NamedTuple):
    """What the caller asked for."""

    columns: TableColumns
    limits: Limits


class Reader(NamedTuple):
    """A way to read one kind of input: does it fit an input that begins so, and what are its pages.

    ``read`` yields pages and outcomes and raises InputError if the input as a whole cannot be used.
    """

    fits: Callable[[Input, bytes, Options], bool]
    read: Callable[[Input, BinaryIO, Options], Iterator[Page | Outcome]]


def read_pages(
    inputs: Sequence[str],
    *,
    columns: TableColumns | None = None,
    stdin: BinaryIO | None = None,
    limits: Limits | None = None,
) -> Iterator[Page | Outcome]:
    """The pages of ``inputs``, in order, and a ``rejected`` outcome with its reason for each that gives none.

    ``inputs`` are files, folders (read with all folders in them, sorted; hidden files and ledgers are passed over), patterns
    (``*``, ``?``, ``[…]``, ``**``) and ``-`` for ``stdin``. An input named twice is read once.

    A text or HTML file is one page. A table (.csv, .tsv, .jsonl, .ndjson, .json with an array or lines, .parquet) gives a page
    of kind ``record`` for each row, with origin ``table.csv#ROW``, counting rows of data from 1; a bad row costs itself.
    ``columns`` names its columns; those left at their default are found under usual names too, see ``columns.find_columns``.
    Tables are streamed: memory stays flat. From standard input, CSV is recognised by its line of names.

    Pages longer than ``limits.page_bytes`` are cut, and say so in ``truncated``. Raises nothing for bad input.
    """
    options = Options(columns or TableColumns(), limits or Limits())
    for found in expand(iter(inputs), stdin):
        if isinstance(found, Outcome):
            yield found
        else:
            yield from _read_one(found, options)


def _read_one(found: Input, options: Options) -> Iterator[Page | Outcome]:
    try:
        stream = found.open()
        try:
            yield from _dispatch(found, stream, options)
        finally:
            if found.path is not None:  # standard input belongs to the caller
                stream.close()
    except InputError as error:
        yield rejected(found.origin, str(error))
    except OSError as error:
        yield rejected(found.origin, f"cannot be read: {error.strerror or error}")
    except MemoryError:
        yield rejected(found.origin, "needs more memory than there is")


def _dispatch(found: Input, stream: BinaryIO, options: Options) -> Iterator[Page | Outcome]:
    peeked = Peeked(stream)
    if not peeked.head:
        raise InputError("the file is empty" if found.path else "standard input is empty")
    for reader in READERS:
        if reader.fits(found, peeked.head, options):
            yield from reader.read(found, io.BufferedReader(peeked, HEAD_BYTES), options)
            return


def _fits_parquet(found: Input, head: bytes, options: Options) -> bool:
    return head.startswith(b"PAR1") or found.suffix in {".parquet", ".pq"}


def _fits_binary(found: Input, head: bytes, options: Options) -> bool:
    return binary_kind(head) is not None


def _refuse_binary(found: Input, stream: BinaryIO, options: Options) -> Iterator[Page | Outcome]:
    raise InputError(f"expected text, HTML or a table, found {binary_kind(stream.read(HEAD_BYTES))}")
    yield  # a reader is a generator


def _fits_csv(found: Input, head: bytes, options: Options) -> bool:
    if found.suffix in {".csv", ".tsv", ".tab"}:
        return True
    return found.path is None and options.columns.text in header_names(head)


def _fits_jsonl(found: Input, head: bytes, options: Options) -> bool:
    if found.suffix in {".jsonl", ".ndjson", ".json"}:
        return True
    return found.path is None and starts_like_jsonl(head)


def _read_csv(found: Input, stream: BinaryIO, options: Options) -> Iterator[Page | Outcome]:
    return read_csv(found.origin, stream, options.columns, options.limits.page_bytes, tabs=found.suffix in {".tsv", ".tab"})


def _read_jsonl(found: Input, stream: BinaryIO, options: Options) -> Iterator[Page | Outcome]:
    return read_jsonl(found.origin, stream, options.columns, options.limits.page_bytes)


def _read_parquet(found: Input, stream: BinaryIO, options: Options) -> Iterator[Page | Outcome]:
    if found.path is None:
        raise InputError("found Parquet on standard input: save it to a file and name that")
    return read_parquet(found.origin, found.path, options.columns, options.limits.page_bytes)


def _read_document(found: Input, stream: BinaryIO, options: Options) -> Iterator[Page | Outcome]:
    limit = options.limits.page_bytes
    data, cut = read_limited(stream, limit)
    may_be_html = found.suffix in HTML_NAMES or b"<" in data[:1024]
    text, encoding = decode(data, html=may_be_html)
    if cut:
        text = text.rstrip("\ufffd")  # the character that the cut went through
    if not text.strip():
        raise InputError("holds nothing but white space")
    feed = feed_kind(text)
    if feed:
        raise InputError(f"found {feed}: feeds cannot be read yet; save its pages as HTML files")
    kind = page_kind(found.path.name if found.path else "", text)
    truncated = f"longer than {limit:,} bytes: the rest was cut off" if cut else None
    yield make_page(found.origin, kind, text, encoding=encoding, truncated=truncated)


# The first that fits reads; the last fits everything. Feeds, web archives and newspaper databases come before it.
READERS: tuple[Reader, ...] = (
    Reader(_fits_parquet, _read_parquet),
    Reader(_fits_binary, _refuse_binary),
    Reader(_fits_csv, _read_csv),
    Reader(_fits_jsonl, _read_jsonl),
    Reader(lambda found, head, options: True, _read_document),
)
