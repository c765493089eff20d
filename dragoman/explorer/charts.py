"""Charts as geometry: what stands where on a drawing of fixed size, for templates to draw as SVG.

Cooperation goes up from the line and conflict goes down, the material part nearest to it: the sign can be read without colour.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable

from dragoman.config import QUADS
from dragoman.ledger.browse_events import History
from dragoman.types import Record

WIDTH, HEIGHT = 960.0, 190.0
_LABELS = 22.0  # room for the labels of the axis under the bars
_ORDER = ("material cooperation", "verbal cooperation", "material conflict", "verbal conflict")
MOST_BARS = 130
_WIDEST = 44.0


class Rect(Record, frozen=True, kw_only=True):
    """A rectangle of a bar: ``quad`` names its colour."""

    x: float
    y: float
    width: float
    height: float
    quad: str


class Bar(Record, frozen=True, kw_only=True):
    """What happened in one period. ``x`` and ``width`` are those of the whole column, which can be clicked."""

    period: str
    x: float
    width: float
    cooperation: int
    conflict: int
    rects: tuple[Rect, ...]


class Tick(Record, frozen=True, kw_only=True):
    """A label under the axis, or a height beside it."""

    at: float
    label: str


class Chart(Record, frozen=True, kw_only=True):
    """A drawing of ``width`` x ``height``; ``zero`` is where the line is, ``before`` and ``after`` count what is not drawn."""

    width: float
    height: float
    zero: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    heights: tuple[Tick, ...]
    before: int
    after: int
    first: str
    last: str


def timeline(history: History) -> Chart | None:
    """Events over time; None where none has a date. A few that lie far from the others are counted, not drawn."""
    if not history.counts:
        return None
    by_period: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for count in history.counts:
        by_period[count.period][QUADS.get(count.type, "verbal cooperation")] += count.count
    periods = _periods(by_period, history.step)
    drawn = set(periods)
    outside = {period: sum(quads.values()) for period, quads in by_period.items() if period not in drawn}
    up = {period: _sum(by_period.get(period), "cooperation") for period in periods}
    down = {period: _sum(by_period.get(period), "conflict") for period in periods}
    highest, lowest = max(up.values(), default=0), max(down.values(), default=0)
    room = HEIGHT - _LABELS - 8
    scale = room / max(1, highest + lowest)
    zero = 4 + highest * scale
    step = min(WIDTH / len(periods), _WIDEST)
    bars = tuple(
        Bar(
            period=period,
            x=round(n * step, 2),
            width=round(step, 2),
            cooperation=up[period],
            conflict=down[period],
            rects=tuple(_rects(by_period.get(period, {}), n * step, step, zero, scale)),
        )
        for n, period in enumerate(periods)
    )
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        zero=round(zero, 2),
        bars=bars,
        ticks=tuple(_ticks(periods, step)),
        heights=tuple(
            Tick(at=round(zero - sign * size * scale, 2), label=f"{size:,}")
            for sign, size in ((1, highest), (-1, lowest))
            if size
        ),
        before=sum(count for period, count in outside.items() if period < periods[0]),
        after=sum(count for period, count in outside.items() if period > periods[-1]),
        first=periods[0],
        last=periods[-1],
    )


def _periods(by_period: dict[str, dict[str, int]], step: str) -> list[str]:
    """All periods, also empty ones, of the stretch that holds nearly all events."""
    dated = sorted((period, sum(quads.values())) for period, quads in by_period.items())
    total, passed = sum(count for _, count in dated), 0
    kept: list[str] = []
    for period, count in dated:
        if passed + count > total * 0.02 and passed < total * 0.98:
            kept.append(period)
        passed += count
    kept = kept or [dated[-1][0]]
    length = {"year": 4, "month": 7, "day": 10}[step]
    if all(len(period) == length for period, _ in dated):
        every = list(_between(dated[0][0], dated[-1][0], step))
        if len(every) <= MOST_BARS:
            return every
    first, last = kept[0], kept[-1]
    if min(len(first), len(last)) < length:  # dates that are known to the year only stand among finer ones
        return [period for period in kept if len(period) == length][-MOST_BARS:] or kept[-MOST_BARS:]
    return list(_between(first, last, step))[-MOST_BARS:]


def _between(first: str, last: str, step: str) -> Iterable[str]:
    if step == "year":
        return (f"{year:04}" for year in range(int(first), int(last) + 1))
    if step == "month":
        start, end = (int(period[:4]) * 12 + int(period[5:7]) - 1 for period in (first, last))
        return (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1))
    day = datetime.date.fromisoformat(first)
    days = (datetime.date.fromisoformat(last) - day).days
    return ((day + datetime.timedelta(days=n)).isoformat() for n in range(days + 1))


def _sum(quads: dict[str, int] | None, kind: str) -> int:
    return sum(count for quad, count in (quads or {}).items() if quad.endswith(kind))


def _rects(quads: dict[str, int], x: float, step: float, zero: float, scale: float) -> Iterable[Rect]:
    gap = min(1.5, step * 0.2)
    top = bottom = zero
    for quad in _ORDER:
        height = quads.get(quad, 0) * scale
        if not height:
            continue
        if quad.endswith("cooperation"):
            top -= height
        y = top if quad.endswith("cooperation") else bottom
        yield Rect(x=round(x + gap / 2, 2), y=round(y, 2), width=round(step - gap, 2), height=round(height, 2), quad=quad)
        if quad.endswith("conflict"):
            bottom += height


def _ticks(periods: list[str], step: float) -> Iterable[Tick]:
    every = max(1, math.ceil(84 / step))
    for n in range(0, len(periods), every):
        if n * step <= WIDTH - 60:
            yield Tick(at=round(n * step, 2), label=periods[n])


SPARK_WIDTH, SPARK_HEIGHT = 120.0, 30.0


def spark(history: History, *, columns: int = 24) -> tuple[Rect, ...]:
    """A timeline the size of a word: cooperation up, conflict down, in even columns from the first to the last period."""
    if not history.counts:
        return ()
    periods = sorted({count.period for count in history.counts})
    place = {period: n * min(columns, len(periods)) // len(periods) for n, period in enumerate(periods)}
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for count in history.counts:
        sums[place[count.period], QUADS.get(count.type, "verbal cooperation")] += count.count
    most = max(
        sum(size for (column, quad), size in sums.items() if column == n and quad.endswith(kind))
        for n in set(place.values())
        for kind in ("cooperation", "conflict")
    )
    step, scale = SPARK_WIDTH / columns, (SPARK_HEIGHT / 2 - 1) / max(1, most)
    rects: list[Rect] = []
    for n in sorted(set(place.values())):
        quads = {quad: size for (column, quad), size in sums.items() if column == n}
        rects += _rects(quads, n * step, step, SPARK_HEIGHT / 2, scale)
    return tuple(rects)
