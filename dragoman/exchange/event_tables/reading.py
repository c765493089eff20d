"""Files to events: the format is seen from the first line, or told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, Protocol, get_args

from dragoman.errors import InputError, TableError, UsageError
from dragoman.exchange.event_tables.cells import Flaws
from dragoman.exchange.event_tables.codes import Codes
from dragoman.exchange.event_tables.gdelt import ID, MENTIONS, WIDTHS, GdeltRows
from dragoman.exchange.event_tables.lines import Lines, Row, opened, read_rows
from dragoman.exchange.event_tables.named import IcewsRows, OwnRows, PolecatRows
from dragoman.exchange.event_tables.parquet import is_parquet, read_parquet
from dragoman.exchange.event_tables.records import Rejected, TableEvent

Format = Literal["polecat", "icews", "gdelt1", "gdelt2", "dragoman"]
FORMATS: tuple[Format, ...] = get_args(Format)
_NAMED: dict[Format, type[PolecatRows] | type[IcewsRows] | type[OwnRows]] = {
    "polecat": PolecatRows,
    "icews": IcewsRows,
    "dragoman": OwnRows,
}
_VERSIONS: tuple[Format, ...] = ("gdelt1", "gdelt2")
_SHOWN = 200


class _Rows(Protocol):
    def event(self, line: int, cells: list[str], flaws: Flaws) -> TableEvent: ...


def read_events(paths: Iterable[Path | str], *, format_: Format | None = None) -> Iterator[TableEvent | Rejected]:
    """The events of tables, one after the other, each row either an event or rejected with its reason.

    A file may be plain, .gz or .zip, in UTF-8; Parquet that dragoman wrote is read too. Nothing is held but the row at hand.
    Raises UsageError for an unknown format, TableError for a file that is no table of the format, or of any that is known.
    """
    if format_ is not None and format_ not in FORMATS:
        raise UsageError(f"expected a format of event table, one of {', '.join(FORMATS)}; found {format_!r}")
    for path in map(Path, paths):
        if is_parquet(path):
            yield from read_parquet(path)
        else:
            yield from _read(path, format_)


def _read(path: Path, format_: Format | None) -> Iterator[TableEvent | Rejected]:
    with opened(path) as stream:
        table = read_rows(path, stream)
        format_ = format_ or _format_of(path, table)
        rows = iter(table.rows)
        reader: _Rows
        if format_ in _NAMED:
            kind = _NAMED[format_]
            if not kind.fit(table.header):
                missing = [name for name in kind.needed if name not in table.header]
                raise TableError(f"{path}: expected a line of names as {format_} has it, found none of: {', '.join(missing)}")
            reader = kind(str(path), table.header, Codes.shipped())
            rows = _behind_names(rows, table.header)
        else:
            _require_width(path, table, format_)
            reader = GdeltRows(str(path), format_, Codes.shipped())
            if table.header[0].casefold() == ID:
                rows = _behind_names(rows, table.header)
        for row in rows:
            yield _event(str(path), reader, row)


def _event(table: str, reader: _Rows, row: Row) -> TableEvent | Rejected:
    if row.reason is not None:
        return Rejected(table=table, line=row.line, reason=row.reason, text=_begin(row))
    try:
        return reader.event(row.line, row.cells, Flaws(row.flaw))
    except InputError as error:
        return Rejected(table=table, line=row.line, reason=str(error), text=_begin(row))


def _begin(row: Row) -> str:
    return row.text.rstrip("\r\n")[:_SHOWN]


def _behind_names(rows: Iterator[Row], header: Sequence[str]) -> Iterator[Row]:
    """The rows but the line of names, also where joined files repeat it."""
    for row in rows:
        if row.cells != header:
            yield row


def _format_of(path: Path, table: Lines) -> Format:
    header = table.header
    for format_, kind in _NAMED.items():
        if kind.fit(header):
            return format_
    for version in _VERSIONS:  # the first row may be a broken one
        if any(_is_gdelt(row, version) for row in table.sample):
            return version
    if len(header) == MENTIONS and header[0].isdigit():
        raise TableError(f"{path}: expected events, found GDELT's table of mentions; give the file of events (.export.CSV)")
    begin = ", ".join(cell[:20] for cell in header[:4])
    raise TableError(
        f"{path}: expected a table of POLECAT, ICEWS, GDELT 1.0 (57 or 58 columns) or 2.0 (61), or one that dragoman wrote; "
        f"found {len(header)} columns: {begin} …; name the format with --format"
    )


def _require_width(path: Path, table: Lines, version: Format) -> None:
    if not any(_is_gdelt(row, version) for row in table.sample):
        expected = " or ".join(map(str, WIDTHS[version]))
        raise TableError(f"{path}: expected {expected} columns as in {version}, found {len(table.header)} on the first line")


def _is_gdelt(row: Sequence[str], version: Format) -> bool:
    return len(row) in WIDTHS[version] and (row[0].isdigit() or row[0].casefold() == ID)
