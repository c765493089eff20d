"""Plain signed edge lists: a tie on each line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from dragoman.errors import TableError
from dragoman.exchange.event_tables.cells import Flaws
from dragoman.exchange.event_tables.lines import Row, opened, read_rows
from dragoman.exchange.event_tables.records import BadRowError, Rejected
from dragoman.types import Record

COLUMNS = ("a", "b", "sign")
_SIGNS: dict[str, Literal[1, -1]] = {
    "1": 1, "+1": 1, "+": 1, "1.0": 1, "pos": 1, "positive": 1,
    "-1": -1, "-": -1, "−1": -1, "-1.0": -1, "neg": -1, "negative": -1,
}  # fmt: skip


class ListedTie(Record, frozen=True, kw_only=True):
    """A tie of an edge list: who with whom, 1 for or -1 against, how strongly (above 0), in which window if one is named."""

    table: str
    line: int
    a: str
    b: str
    sign: Literal[1, -1]
    weight: float = 1.0
    window: str | None = None


def is_edge_list(path: Path) -> bool:
    """Whether a table names the columns a, b and sign. Raises TableError if it is no table at all."""
    with opened(path) as stream:
        return {name.strip().lower() for name in read_rows(path, stream).header} >= set(COLUMNS)


def read_edges(path: Path | str) -> Iterator[ListedTie | Rejected]:
    """The ties of a table with the columns a, b and sign, and if it has them weight and window; other columns are passed over.

    The table is parted by tabs or commas, plain or compressed. A row that is no tie is rejected with its reason. Raises
    TableError if a column is missing.
    """
    path = Path(path)
    with opened(path) as stream:
        table = read_rows(path, stream)
        places = {name.strip().lower(): place for place, name in enumerate(table.header)}
        missing = [name for name in COLUMNS if name not in places]
        if missing:
            raise TableError(f"{path}: expected the columns a, b and sign, found {', '.join(table.header)[:200]}")
        rows = iter(table.rows)
        next(rows)
        for row in rows:
            try:
                yield _tie(str(path), row, places, len(table.header))
            except BadRowError as error:
                yield Rejected(table=str(path), line=row.line, reason=str(error), text=row.text.rstrip("\r\n")[:200])


def _tie(table: str, row: Row, places: dict[str, int], width: int) -> ListedTie:
    if row.reason is not None:
        raise BadRowError(row.reason)
    if len(row.cells) != width:
        raise BadRowError(f"expected {width} cells, found {len(row.cells)}")
    a, b, sign = (row.cells[places[name]].strip() for name in COLUMNS)
    if not a or not b:
        raise BadRowError("expected two names, found an empty one")
    if a == b:
        raise BadRowError(f"expected two different names, found {a[:40]!r} twice")
    if sign.lower() not in _SIGNS:
        raise BadRowError(f"sign: expected 1 or -1, found {sign[:40]!r}")
    weight = row.cells[places["weight"]].strip() if "weight" in places else ""
    flaws = Flaws(None)
    size = flaws.number(weight, "weight", 0) if weight else 1.0
    if not size:
        raise BadRowError(f"weight: expected a number above 0, found {weight[:40]!r}")
    window = row.cells[places["window"]].strip() if "window" in places else ""
    return ListedTie(table=table, line=row.line, a=a, b=b, sign=_SIGNS[sign.lower()], weight=size, window=window or None)
