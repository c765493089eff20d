"""Days and intervals of days: weeks begin on Monday; the Iranian calendar goes by the 33-year rule of leap years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Interval = tuple[date, date]
"""First and last day."""

FIRST, LAST = 1000, 2999
"""Years that are reckoned with."""
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
"""Months of the longer units."""
DAYS = {"hour": 0, "day": 1, "week": 7}


def days_of(year: int, month: int, day: int | None = None) -> Interval | None:
    """A day, or a whole month; None if the calendar has none such."""
    if not (FIRST <= year <= LAST and 1 <= month <= 12):
        return None
    last = monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, last)
    return (date(year, month, day), date(year, month, day)) if 1 <= day <= last else None


def years_of(first: int, last: int) -> Interval | None:
    """Whole years."""
    return (date(first, 1, 1), date(last, 12, 31)) if FIRST <= first <= last <= LAST else None


def whole(unit: str, day: date) -> Interval | None:
    """The week, month, quarter, year or decade that ``day`` lies in."""
    if unit in ("hour", "day"):
        return day, day
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "quarter":
        return quarter_of(day.year, (day.month - 1) // 3 + 1)
    if unit == "month":
        return days_of(day.year, day.month)
    first = day.year if unit == "year" else day.year // 10 * 10
    return years_of(first, day.year if unit == "year" else first + 9)


def shift(day: date, unit: str, n: int) -> date | None:
    """The day ``n`` units later, or earlier if ``n`` is negative; None beyond the years that are reckoned with."""
    if unit in DAYS:
        days = DAYS[unit] * n
        return day + timedelta(days=days) if abs(days) < 365 * 500 else None
    months = day.year * 12 + day.month - 1 + MONTHS[unit] * n
    year, month = divmod(months, 12)
    if not FIRST <= year <= LAST:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def quarter_of(year: int, n: int) -> Interval | None:
    """A quarter of a year, from 1."""
    first, last = days_of(year, 3 * n - 2), days_of(year, 3 * n)
    return (first[0], last[1]) if first and last else None


def season_of(year: int, n: int) -> Interval | None:
    """Winter (0; that which begins in the year before), spring, summer, autumn."""
    first = days_of(year, 3 * n) if n else days_of(year - 1, 12)
    last = days_of(year, 3 * n + 2)
    return (first[0], last[1]) if first and last else None


def part_of(interval: Interval, part: str) -> Interval:
    """The early, middle or late third of an interval."""
    first, last = interval
    third = ((last - first).days + 1) // 3
    if part == "early":
        return first, first + timedelta(days=max(third - 1, 0))
    if part == "late":
        return last - timedelta(days=max(third - 1, 0)), last
    return first + timedelta(days=third), last - timedelta(days=third)


def solar_days(year: int, month: int, day: int | None) -> Interval | None:
    """A day or a month of the Iranian calendar, of the years that the rule holds for."""
    length = 31 if month <= 6 else 30
    if not 1245 <= year <= 1471 or not 1 <= month <= 12 or not 1 <= (day or 1) <= length:
        return None
    leaps = sum(1 for y in range(1244, year) if y % 33 in (1, 5, 9, 13, 17, 22, 26, 30))
    past = (year - 1244) * 365 + leaps + (month - 1) * 30 + min(month - 1, 6)
    first = date(1865, 3, 21) + timedelta(days=past + (day or 1) - 1)
    return first, first if day else first + timedelta(days=length - 1)
