"""Event tables as columns of numbers: who did what to whom, and when; what the network needs, and no more."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import UsageError
from dragoman.exchange.event_tables.parquet import EPOCH, batches, is_parquet, numbers_of, rows_of
from dragoman.exchange.event_tables.reading import Format, read_events
from dragoman.exchange.event_tables.records import Rejected, TableEvent

Level = Literal["country", "code", "actor"]
LEVELS: tuple[Level, ...] = get_args(Level)
_PIECE = 1 << 16
_MOST_REASONS = 1000
_FAR = 1 << 30
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, eq=False)
class EventColumns:
    """The pairs of event tables in columns of one length: who did what to whom, and when.

    ``names`` and ``types`` name the numbers in ``source``, ``target`` and ``type``; ``day`` counts from 1970-01-01.
    ``evidence`` gives ``table#line``. Of ``rows`` rows, ``rejected`` could not be read (see ``reasons``), ``outside`` lie
    outside the dates asked for, ``untyped`` have no PLOVER type, ``unpaired`` do not name two different actors.
    """

    names: Sequence[str]
    types: Sequence[str]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    type: NDArray[np.int32]
    day: NDArray[np.int32]
    evidence: Sequence[str]
    rows: int = 0
    rejected: int = 0
    outside: int = 0
    untyped: int = 0
    unpaired: int = 0
    reasons: tuple[Rejected, ...] = ()


def read_columns(
    paths: Iterable[Path | str], *, by: Level = "country", format_: Format | None = None, since: str | None = None,
    until: str | None = None, progress: Callable[[int], None] | None = None,
) -> EventColumns:  # fmt: skip
    """The pairs of actors in event tables, in columns; about 20 bytes an event are held.

    ``by`` says what an actor is: its ``country``, its ``code`` (country and sector), or the ``actor`` by name, where a state is
    one whatever the name. ``since`` and ``until`` are ISO dates (YYYY, YYYY-MM, YYYY-MM-DD), both inclusive. Raises UsageError
    for another ``by``, and what ``read_events`` raises.
    """
    if by not in LEVELS:
        raise UsageError(f"expected actors by one of {', '.join(LEVELS)}; found {by!r}")
    pairs = _Pairs(by, *_bounds(since, until))
    for path in map(Path, paths):
        if is_parquet(path):
            pairs.add_parquet(path)
            if progress is not None:
                progress(pairs.rows)
        else:
            rows = iter(read_events([path], format_=format_))
            while piece := list(islice(rows, _PIECE)):
                pairs.add(piece)
                if progress is not None:
                    progress(pairs.rows)
    return pairs.columns()


class _Evidence(Sequence[str]):
    """``table#line`` of each event, made when it is asked for."""

    def __init__(self, tables: Sequence[str], table: NDArray[np.int32], line: NDArray[np.int64]) -> None:
        self._tables, self._table, self._line = tables, table, line

    def __len__(self) -> int:
        return len(self._line)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[n] for n in range(*place.indices(len(self)))]
        return f"{self._tables[self._table[place]]}#{self._line[place]}"


@dataclass
class _Pairs:
    """Columns that grow."""

    by: Level
    first: int
    last: int
    rows: int = 0
    rejected: int = 0
    outside: int = 0
    untyped: int = 0
    unpaired: int = 0
    reasons: list[Rejected] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    source: array[int] = field(default_factory=lambda: array("i"))
    target: array[int] = field(default_factory=lambda: array("i"))
    type: array[int] = field(default_factory=lambda: array("i"))
    day: array[int] = field(default_factory=lambda: array("i"))
    table: array[int] = field(default_factory=lambda: array("i"))
    line: array[int] = field(default_factory=lambda: array("q"))

    def add(self, piece: Iterable[TableEvent | Rejected]) -> None:
        names, types, tables = self.names, self.types, self.tables
        for event in piece:
            self.rows += 1
            if isinstance(event, Rejected):
                self.rejected += 1
                if len(self.reasons) < _MOST_REASONS:
                    self.reasons.append(event)
                continue
            day = _day_of(event.date)
            if not self.first <= day <= self.last:
                self.outside += 1
                continue
            if event.type is None:
                self.untyped += 1
                continue
            if self.by == "country":
                source, target = event.actor_country, event.recipient_country
            elif self.by == "code":
                source, target = event.actor_code, event.recipient_code
            else:
                source = _named(event.actor, event.actor_code, event.actor_country)
                target = _named(event.recipient, event.recipient_code, event.recipient_country)
            if source is None or target is None or source == target:
                self.unpaired += 1
                continue
            self.source.append(names.setdefault(source, len(names)))
            self.target.append(names.setdefault(target, len(names)))
            self.type.append(types.setdefault(event.type, len(types)))
            self.day.append(day)
            self.table.append(tables.setdefault(event.table, len(tables)))
            self.line.append(event.line)

    def add_parquet(self, path: Path) -> None:
        """The same, without a record for each event."""
        sides = {
            "country": ("actor_country", "recipient_country"),
            "code": ("actor_code", "recipient_code"),
            "actor": ("actor", "actor_code", "actor_country", "recipient", "recipient_code", "recipient_country"),
        }[self.by]
        counted = rows_of(path)
        self.rows += counted
        seen = 0
        for batch in batches(path, (*sides, "date", "type", "table", "line"), self.first, self.last):
            seen += batch.num_rows
            column = dict(zip(batch.schema.names, batch.columns, strict=True))
            day = column["date"].cast("int32").to_numpy(zero_copy_only=False)
            inside = (day >= self.first) & (day <= self.last)
            kind = numbers_of(column["type"], self.types)
            ends = [numbers_of(column[name], self.names) for name in sides] if self.by != "actor" else self._ends(column)
            typed = inside & (kind >= 0)
            kept = typed & (ends[0] >= 0) & (ends[1] >= 0) & (ends[0] != ends[1])
            self.outside += int((~inside).sum())
            self.untyped += int((inside & (kind < 0)).sum())
            self.unpaired += int((typed & ~kept).sum())
            for into, values in zip((self.source, self.target, self.type, self.day), (*ends, kind, day), strict=True):
                into.frombytes(values[kept].astype(np.int32).tobytes())
            self.table.frombytes(numbers_of(column["table"], self.tables)[kept].tobytes())
            self.line.frombytes(column["line"].to_numpy(zero_copy_only=False)[kept].astype(np.int64).tobytes())
        self.outside += counted - seen

    def _ends(self, column: dict[str, Any]) -> list[NDArray[np.int32]]:
        """Actors by name, a state by its code whatever the name."""
        ends = []
        for side in ("actor", "recipient"):
            cells = (column[name].to_pylist() for name in (side, f"{side}_code", f"{side}_country"))
            named = (_named(*cell) for cell in zip(*cells, strict=True))
            numbers = (-1 if name is None else self.names.setdefault(name, len(self.names)) for name in named)
            ends.append(np.fromiter(numbers, dtype=np.int32, count=len(column[side])))
        return ends

    def columns(self) -> EventColumns:
        def numbers(values: array[int]) -> NDArray[np.int32]:
            return np.frombuffer(values, dtype=np.int32) if values else np.zeros(0, dtype=np.int32)

        lines = np.frombuffer(self.line, dtype=np.int64) if self.line else np.zeros(0, dtype=np.int64)
        return EventColumns(
            names=tuple(self.names), types=tuple(self.types), source=numbers(self.source), target=numbers(self.target),
            type=numbers(self.type), day=numbers(self.day), evidence=_Evidence(tuple(self.tables), numbers(self.table), lines),
            rows=self.rows, rejected=self.rejected, outside=self.outside, untyped=self.untyped, unpaired=self.unpaired,
            reasons=tuple(self.reasons),
        )  # fmt: skip


def _named(name: str | None, code: str | None, country: str | None) -> str | None:
    """An actor's own name, with its code where there is one; of a state its code alone."""
    if country is not None and code == country:
        return country
    return f"{name} ({code})" if name and code else name or code


@lru_cache(maxsize=65_536)
def _day_of(iso: str) -> int:
    return date.fromisoformat(iso).toordinal() - EPOCH


def _bounds(since: str | None, until: str | None) -> tuple[int, int]:
    """The first and the last day from ``since`` to ``until``, both inclusive."""
    return -_FAR if since is None else _span(since)[0], _FAR if until is None else _span(until)[1]


def _span(text: str) -> tuple[int, int]:
    """The first and the last day of a year, month or day."""
    found = _DATE.fullmatch(text)
    try:
        if found is not None:
            year, month, day = (int(part) if part else None for part in found.groups())
            first = date(year or 0, month or 1, day or 1).toordinal()
            if day:
                return first - EPOCH, first - EPOCH
            months = (year or 0) * 12 + (month or 12)
            return first - EPOCH, date(months // 12, months % 12 + 1, 1).toordinal() - EPOCH - 1
    except ValueError:
        pass
    raise UsageError(f"expected a date as YYYY, YYYY-MM or YYYY-MM-DD, found {text!r}")
