"""Cells of a row: dates, numbers, coordinates. What cannot be read is a reason (of the row) or a flaw (of the cell)."""

from __future__ import annotations

import math
import re
from datetime import date
from functools import lru_cache

from dragoman.exchange.event_tables.codes import known
from dragoman.exchange.event_tables.records import BadRowError

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[ T]?[\d:.]*Z?)?")
_SHOWN = 40


@lru_cache(maxsize=65_536)
def day(cell: str, name: str) -> str:
    """YYYY-MM-DD of a cell that writes a day so, or as YYYYMMDD, with or without a time. Raises BadRowError."""
    found = _DAY.fullmatch(cell.strip())
    try:
        if found is not None:
            return date(*map(int, found.groups())).isoformat()
    except ValueError:
        pass
    raise BadRowError(f"{name}: expected a day such as 20150218 or 2015-02-18, found {_quoted(cell)}")


class Flaws:
    """Reads the cells of one row that it can do without, and notes those that cannot be read."""

    __slots__ = ("_found",)

    def __init__(self, found: str | None) -> None:
        """``found`` is what was wrong with the row as a whole, if anything."""
        self._found: list[str] | None = [found] if found else None

    def number(self, cell: str, name: str, least: float = -math.inf, most: float = math.inf) -> float | None:
        """A finite number within bounds; None if the cell is empty, or cannot be read."""
        try:
            value = float(cell)
            if least <= value <= most and math.isfinite(value) and "_" not in cell:
                return value
        except ValueError:
            if known(cell) is None:
                return None
        self._note(cell, name)
        return None

    def count(self, cell: str, name: str) -> int | None:
        """A whole number from 0; None if the cell is empty, or cannot be read."""
        if cell.isascii() and cell.isdigit() and len(cell) < 16:
            return int(cell)
        if known(cell):
            self._note(cell, name)
        return None

    def day(self, cell: str, name: str) -> str | None:
        """A day; None if the cell is empty, or cannot be read."""
        if known(cell) is None:
            return None
        try:
            return day(cell, name)
        except BadRowError:
            self._note(cell, name)
        return None

    def country(self, found: str | None, cell: str, name: str) -> str | None:
        """The country that was ``found`` for a cell; it is a flaw if the cell says one and it is not known."""
        if found is None and known(cell):
            self._note(cell, name)
        return found

    def told(self) -> str | None:
        """What could not be read, None if all could."""
        return "; ".join(self._found) if self._found else None

    def _note(self, cell: str, name: str) -> None:
        self._found = [*(self._found or ()), f"{name} {_quoted(cell)}"]


def _quoted(cell: str) -> str:
    return repr(cell if len(cell) <= _SHOWN else cell[:_SHOWN] + "…")
