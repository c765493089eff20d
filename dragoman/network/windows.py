"""Windows: days, weeks, months, years, the whole, or sliding ones such as four years long, one a year (``4y/1y``)."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import UsageError
from dragoman.network.acts import iso_of
from dragoman.network.records import Window

WHOLE = "all"
_UNITS = {"d": "D", "w": "W", "m": "M", "y": "Y"}
_NAMED = {"day": (1, 1, "D"), "week": (1, 1, "W"), "month": (1, 1, "M"), "year": (1, 1, "Y")}
_SLIDING = re.compile(r"([1-9]\d{0,4})([dwmy])/([1-9]\d{0,4})\2", re.ASCII)
_MONDAY = np.datetime64("1970-01-05", "D")
"""Weeks of numpy start on Thursday, the day of 1970-01-01; ours on Monday."""


class Windows(NamedTuple):
    """Windows in order: their names, first and last days (since 1970-01-01, inclusive). Both columns rise."""

    names: list[str]
    first: NDArray[np.int64]
    last: NDArray[np.int64]

    def record(self, number: int) -> Window:
        """The window as a record."""
        return Window(name=self.names[number], start=iso_of(int(self.first[number])), end=iso_of(int(self.last[number])))


def windows_of(first: int, last: int, by: str) -> Windows:
    """The windows that cover the days ``first`` to ``last``, those of the calendar.

    ``by`` is ``day``, ``week`` (from Monday), ``month``, ``year``, ``all``, or LENGTH/STEP in days, weeks, months or years:
    ``90d/30d``, ``4y/1y``. Sliding windows end with the first that reaches ``last``. Raises UsageError for another ``by``.
    """
    if by == WHOLE:
        return Windows([WHOLE], np.array([first]), np.array([last]))
    length, step, unit = _rule(by)
    begin, stop = _unit_of(first, unit), _unit_of(last, unit)
    count = max(0, -((begin + length - 1 - stop) // step)) + 1
    starts = begin + step * np.arange(count)
    firsts, lasts = _first_day(starts, unit), _first_day(starts + length, unit) - 1
    return Windows([_name(int(a), int(z), unit, length) for a, z in zip(firsts, lasts, strict=True)], firsts, lasts)


def _rule(by: str) -> tuple[int, int, str]:
    if by in _NAMED:
        return _NAMED[by]
    match = _SLIDING.fullmatch(by)
    if not match:
        raise UsageError(
            f"expected windows as {', '.join(_NAMED)}, {WHOLE}, or LENGTH/STEP in one unit like 4y/1y or 90d/30d, found {by!r}"
        )
    length, unit, step = int(match[1]), match[2], int(match[3])
    if step > length:
        raise UsageError(f"expected windows at least as long as their step, found {by!r}: days between would be lost")
    return length, step, _UNITS[unit]


def _unit_of(day: int, unit: str) -> int:
    if unit == "W":
        return (day - int(_MONDAY.astype(np.int64))) // 7
    return int(np.datetime64(day, "D").astype(f"datetime64[{unit}]").astype(np.int64))


def _first_day(units: NDArray[np.int64], unit: str) -> NDArray[np.int64]:
    if unit == "W":
        return units * 7 + int(_MONDAY.astype(np.int64))
    return units.astype(f"datetime64[{unit}]").astype("datetime64[D]").astype(np.int64)


def _name(first: int, last: int, unit: str, length: int) -> str:
    start = iso_of(first)
    if length > 1:
        return f"{start}..{iso_of(last)}"
    if unit == "W":
        year, week, _ = np.datetime64(first, "D").astype(object).isocalendar()
        return f"{year}-W{week:02}"
    return start[: {"D": 10, "M": 7, "Y": 4}[unit]]
