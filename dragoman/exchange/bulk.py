"""Event tables in bulk: to Parquet or CSV, a piece at a time, with what was rejected beside it.

Parquet needs pyarrow (the extra ``parquet``); CSV needs nothing, and is safe to open in a spreadsheet.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from dragoman.errors import DragomanError, UsageError
from dragoman.exchange.event_tables.parquet import COLUMNS, DAYS, arrow
from dragoman.exchange.event_tables.records import Rejected, TableEvent
from dragoman.exchange.files import replacing
from dragoman.exchange.tables import Cell, safe
from dragoman.types import Record

REJECTED_COLUMNS = Rejected.__struct_fields__

_PIECE = 1 << 16
"""Events held at a time, and rows of a row group in Parquet."""
_MOST_REASONS = 1000
_REALS = frozenset(("intensity", "lat", "lon"))
_WHOLE = frozenset(("line", "reports"))
_FREE = frozenset(("id", "source", "flaw"))
"""Text that seldom comes twice; all other text is kept once and pointed at."""


class Imported(Record, frozen=True, kw_only=True):
    """What an import did: ``rows`` were read, ``events`` written, ``rejected`` not. No row is in neither.

    ``flawed`` events lack a cell that could not be read, ``untyped`` ones have no PLOVER type. ``reasons`` counts rejections by
    reason, the values that were found left out; ``rejects`` is the file that lists them, None if there are none.
    """

    rows: int
    events: int
    rejected: int
    flawed: int
    untyped: int
    reasons: dict[str, int]
    rejects: str | None


def write_events(
    found: Iterable[TableEvent | Rejected], output: Path, *, raw: bool = False, progress: Callable[[int], None] | None = None
) -> Imported:
    """Write events to ``output`` (.parquet or .csv), and what was rejected to a CSV beside it, ``NAME.rejected.csv``.

    The files appear once they are whole. ``raw`` leaves cells of CSV as they are, formulas too. ``progress`` is told now and
    then how many rows were read. Raises UsageError for another ending, DragomanError if the disk does not take the file.
    """
    beside = output.with_name(f"{output.name}.rejected.csv")
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()

    def events(reject: Callable[[Sequence[Cell]], object]) -> Iterator[TableEvent]:
        for item in found:
            if isinstance(item, Rejected):
                counts["rejected"] += 1
                kind = _kind(item.reason)
                if kind in reasons or len(reasons) < _MOST_REASONS:
                    reasons[kind] += 1
                reject(msgspec.structs.astuple(item))
                continue
            counts["flawed"] += item.flaw is not None
            counts["untyped"] += item.type is None
            counts["events"] += 1
            yield item

    try:
        with replacing(output) as part, _Rejects(beside, REJECTED_COLUMNS) as rejects:
            write = {".parquet": _write_parquet, ".csv": _write_csv}.get(output.suffix.lower())
            if write is None:
                raise UsageError(f"{output}: expected a file that ends in .parquet or .csv")
            for _ in write(events(rejects.row), part, raw):
                if progress is not None:
                    progress(counts["events"] + counts["rejected"])
    except OSError as error:
        raise DragomanError(f"{output}: cannot be written: {error.strerror or error}; choose another place with -o") from error
    return Imported(
        rows=counts["events"] + counts["rejected"], events=counts["events"], rejected=counts["rejected"],
        flawed=counts["flawed"], untyped=counts["untyped"], reasons=dict(reasons.most_common()),
        rejects=str(beside) if counts["rejected"] else None,
    )  # fmt: skip


def _kind(reason: str) -> str:
    """A reason without what was found, so that reasons can be counted."""
    return reason.split(", found ")[0][:200]


def _schema(pa: Any) -> Any:
    def kind(name: str) -> Any:
        if name in _REALS:
            return pa.float64()
        if name in _WHOLE:
            return pa.int64()
        if name in DAYS:
            return pa.date32()
        return pa.string() if name in _FREE else pa.dictionary(pa.int32(), pa.string())

    return pa.schema([(name, kind(name)) for name in COLUMNS], metadata={"dragoman": "events 1"})


def _write_parquet(events: Iterator[TableEvent], part: Path, raw: bool) -> Iterator[None]:
    pa = arrow()
    schema = _schema(pa)
    with pa.parquet.ParquetWriter(part, schema, compression="zstd") as writer:
        while piece := list(islice(events, _PIECE)):
            cells = dict(zip(COLUMNS, zip(*map(msgspec.structs.astuple, piece), strict=True), strict=True))
            arrays = []
            for column in schema:
                if column.name in DAYS:
                    arrays.append(pa.array(cells[column.name], pa.string()).cast(pa.date32()))
                elif pa.types.is_dictionary(column.type):
                    arrays.append(pa.array(cells[column.name], pa.string()).dictionary_encode())
                else:
                    arrays.append(pa.array(cells[column.name], column.type))
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))
            yield


def _write_csv(events: Iterator[TableEvent], part: Path, raw: bool) -> Iterator[None]:
    with part.open("w", encoding="utf-8", newline="") as stream:
        rows = _Rows(stream, raw=raw)
        rows.row(COLUMNS)
        while piece := list(islice(events, _PIECE)):
            for event in piece:
                rows.row(msgspec.structs.astuple(event))
            yield


class _Rows:
    """Rows of CSV, safe in a spreadsheet unless ``raw``."""

    def __init__(self, stream: Any, *, raw: bool) -> None:
        self._writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        self._clean: Callable[[Cell], Cell] = (lambda cell: cell) if raw else lru_cache(maxsize=65_536)(safe)

    def row(self, cells: Sequence[Cell]) -> None:
        clean = self._clean
        self._writer.writerow(["" if cell is None else clean(cell) if isinstance(cell, str) else cell for cell in cells])


class _Rejects:
    """Rows for a file that is made with the first of them, and takes its place if all goes well; an older one goes."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path, self._columns = path, columns
        self._stack = ExitStack()
        self._rows: _Rows | None = None

    def __enter__(self) -> _Rejects:
        return self

    def row(self, cells: Sequence[Cell]) -> None:
        if self._rows is None:
            part = self._stack.enter_context(replacing(self._path))
            self._rows = _Rows(self._stack.enter_context(part.open("w", encoding="utf-8", newline="")), raw=False)
            self._rows.row(self._columns)
        self._rows.row(cells)

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)
        if self._rows is None and error[0] is None:
            self._path.unlink(missing_ok=True)
