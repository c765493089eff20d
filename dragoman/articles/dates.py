"""Dates as bylines and datelines write them, in nine languages; never a guess from running prose.

``find_dates`` gives every full date (day, month and year), and every month with its year, with its place in the text. Which of
them dates an article is decided by the caller, who knows what kind of line it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from dragoman.resources import read_toml

MONTH_FIRST, DAY_FIRST = "month first", "day first"
YEARS = range(1900, 2101)
_HIJRI_YEARS = range(1300, 1500)
_SPACE = r"[ \t\u00a0\u202f\u200e\u200f]"

_NUMERIC = rf"""
      (?P<iy>\d{{4}}) (?P<isep>[-/.]) (?P<im>\d{{1,2}}) (?P=isep) (?P<id>\d{{1,2}})           # 2019-04-03
    | (?P<na>\d{{1,2}}) {_SPACE}? (?P<nsep>[-/.]) {_SPACE}? (?P<nb>\d{{1,2}})
        {_SPACE}? (?P=nsep) {_SPACE}? (?P<ny>\d{{4}}|\d{{2}})                                 # 03.04.2019, 3/4/19
    | (?P<cy>\d{{4}}) {_SPACE}? 年 {_SPACE}? (?P<cm>\d{{1,2}}) {_SPACE}? 月
        {_SPACE}? (?P<cd>\d{{1,2}}) {_SPACE}? 日
"""
_MAYBE = re.compile(r"\d{4}|\d[-/.]\d")
_ORDINAL = r"(?:st|nd|rd|th|er|º|°|-?го|\.)?"
_OF = r"(?:of|de|del|d['’]|من)"


class FoundDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date at text[b:e]. ``month`` and ``day`` are None if not said; ``order`` is how a number such as 3/4/2019 was read.

    ``other`` is the date under the other order of day and month, where both are possible.
    """

    b: int
    e: int
    year: int
    month: int | None
    day: int | None
    order: str | None = None
    other: tuple[int, int] | None = None

    @property
    def iso(self) -> str:
        """YYYY-MM-DD, YYYY-MM or YYYY."""
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
            if self.day:
                parts.append(f"{self.day:02}")
        return "-".join(parts)


@lru_cache(maxsize=1)
def _months() -> tuple[dict[str, int], dict[str, int]]:
    """Month name (casefolded) -> number, of the Gregorian and of the Iranian calendar."""
    data = read_toml(__package__, "months.toml")

    def number(calendar: dict[str, list[list[str]]]) -> dict[str, int]:
        return {name.casefold(): n for months in calendar.values() for n, names in enumerate(months, 1) for name in names}

    return number(data["names"]), number(data["solar_hijri"])


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    gregorian, hijri = _months()
    names = "|".join(re.escape(name) for name in sorted({*gregorian, *hijri}, key=lambda n: (-len(n), n)))
    month = rf"(?<![^\W\d_])(?:{names})(?![^\W\d_])\.?"
    doubled = rf"{month}(?:{_SPACE}?[/(]{_SPACE}?{month}\)?)?"  # Arabic often gives both names of a month
    year = r"(?P<{}>\d{{4}})"
    worded = rf"""
          (?P<da>\d{{1,2}}){_ORDINAL}{_SPACE}*(?:{_OF}{_SPACE}*)?[-/]?(?P<ma>{doubled}){_SPACE}*[-,،/]?{_SPACE}*(?:{_OF}{_SPACE}*)?{year.format("ya")}
        | (?P<mb>{doubled}){_SPACE}*(?P<db>\d{{1,2}}){_ORDINAL}{_SPACE}*[,،]?{_SPACE}*{year.format("yb")}
        | (?P<mc>{doubled}){_SPACE}*[-,،]?{_SPACE}*(?:{_OF}{_SPACE}*)?{year.format("yc")}
    """
    return re.compile(rf"(?<!\d)(?<!\d[./-])(?:{_NUMERIC}|{worded})(?!\d|[./-]\d)", re.VERBOSE | re.IGNORECASE)


def find_dates(text: str, *, order: str | None = None) -> list[FoundDate]:
    """Every date in ``text``, in order. ``order`` reads numbers such as 3/4/2019: MONTH_FIRST, DAY_FIRST or, if unknown, None.

    With dots and dashes the day comes first. With slashes and no ``order`` only the year of an ambiguous date is kept.
    """
    if not _MAYBE.search(text):
        return []
    found = []
    for match in _pattern().finditer(text):
        hit = _read(match, order)
        if hit:
            found.append(hit)
    return found


def _read(match: re.Match[str], order: str | None) -> FoundDate | None:
    part = match.groupdict()
    b, e = match.span()
    for year, month, day in (("iy", "im", "id"), ("cy", "cm", "cd")):
        if part[year]:
            return _make(b, e, int(part[year]), int(part[month]), int(part[day]))
    if part["ny"]:
        return _numeric(b, e, part, order)
    for year, month, day in (("ya", "ma", "da"), ("yb", "mb", "db"), ("yc", "mc", "")):
        if part[year]:
            name = re.split(r"[/(]", part[month].casefold())[0].strip().rstrip(".")
            number = int(part[day]) if day else None
            gregorian, hijri = _months()
            if name in hijri and int(part[year]) in _HIJRI_YEARS:
                return _from_hijri(b, e, int(part[year]), hijri[name], number)
            return _make(b, e, int(part[year]), gregorian[name], number) if name in gregorian else None
    return None


def _numeric(b: int, e: int, part: dict[str, str], order: str | None) -> FoundDate | None:
    """A date of three numbers with the year last."""
    first, second, year = int(part["na"]), int(part["nb"]), int(part["ny"])
    if len(part["ny"]) == 2:
        if part["nsep"] == "-":
            return None  # a score or a range sooner than a date
        year += 1900 if year >= 70 else 2000
    by_day, by_month = _make(b, e, year, second, first), _make(b, e, year, first, second)
    if part["nsep"] != "/":
        return by_day
    if not by_day or not by_month:
        known = by_day or by_month
        return known and msgspec.structs.replace(known, order=DAY_FIRST if by_day else MONTH_FIRST)
    if first == second or order == DAY_FIRST:
        return by_day
    if order == MONTH_FIRST:
        return by_month
    return FoundDate(b=b, e=e, year=year, month=None, day=None, other=(first, second))


def _make(b: int, e: int, year: int, month: int, day: int | None) -> FoundDate | None:
    """The date if the calendar has it, else None."""
    if year not in YEARS:
        return None
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return FoundDate(b=b, e=e, year=year, month=month, day=day)


def _from_hijri(b: int, e: int, year: int, month: int, day: int | None) -> FoundDate | None:
    """An Iranian date by the 33-year rule of leap years, which holds for the years 1244 to 1472."""
    if day is None:
        return None  # a month of that calendar lies in two of ours
    if not 1 <= day <= (31 if month <= 6 else 30):
        return None
    leaps = sum(1 for y in range(1244, year) if y % 33 in (1, 5, 9, 13, 17, 22, 26, 30))
    days = (year - 1244) * 365 + leaps + (month - 1) * 30 + min(month - 1, 6) + day - 1
    ours = date(1865, 3, 21) + timedelta(days=days)
    return FoundDate(b=b, e=e, year=ours.year, month=ours.month, day=ours.day)


def page_order(texts: Iterable[str]) -> str | None:
    """How a page writes 3/4/2019, if its unambiguous dates agree; else None."""
    orders = {hit.order for text in texts if "/" in text for hit in find_dates(text)} - {None}
    return orders.pop() if len(orders) == 1 else None


def parse_date(text: str) -> str | None:
    """The ISO date of a table's field or a page's metadata: one date or timestamp, a month, or a year; None if unreadable."""
    text = text.strip()
    if re.fullmatch(r"\d{4}", text) and int(text) in YEARS:
        return f"{int(text):04}"
    if (short := re.fullmatch(r"(\d{4})[-/.](\d{1,2})", text)) and int(short[1]) in YEARS and 1 <= int(short[2]) <= 12:
        return f"{int(short[1]):04}-{int(short[2]):02}"
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T?\d{6}Z?)?", text)
    if compact:
        made = _make(0, 0, int(compact[1]), int(compact[2]), int(compact[3]))
        return made.iso if made else None
    stamp = re.match(r"(\d{4}-\d\d-\d\d)(?=[T ]\d|$)", text)
    if stamp:
        text = stamp[1]
    found = find_dates(text)
    return found[0].iso if len({hit.iso for hit in found}) == 1 else None
