"""The map: outlines of countries and spots, projected to one plane 1,000 wide, and the part of it that is worth showing.

The projection is Equal Earth (Šavrič, Patterson and Jenny 2018, https://doi.org/10.1080/13658816.2018.1504949): areas are
true, so that a shaded country does not look more than it is. Outlines are Natural Earth's (public domain), de facto borders.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from pathlib import Path

import msgspec

from dragoman.ledger.browse_events import Spot, Spots
from dragoman.types import Record

WIDTH = 1000.0
WORLD = Path(__file__).parent / "data/world.json"
CREDIT = "Outlines: Natural Earth 1:50m. Borders are drawn as they are held, which is no statement on whose they should be."

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
_SCALE = WIDTH / (2 * math.pi / (_M * _A1))
_TOP = 1.3173627591574  # the northern end of the projection, in its own units
HEIGHT = 2 * _TOP * _SCALE
_MARGIN, _LEAST = 0.12, 90.0

Box = tuple[float, float, float, float]


class Country(Record, frozen=True, kw_only=True):
    """The outline of a country; ``code`` is its ISO3 code, ``box`` (left, top, right, bottom) of ``path``."""

    code: str | None
    name: str
    box: Box
    path: str


class Dot(Record, frozen=True, kw_only=True):
    """A spot on the map: ``share`` of its events are conflict."""

    spot: Spot
    x: float
    y: float
    r: float
    share: float
    named: bool


class Sheet(Record, frozen=True, kw_only=True):
    """A drawing of the part ``box`` (left, top, width, height) of the map. ``shades`` counts events by country."""

    box: Box
    countries: tuple[Country, ...]
    dots: tuple[Dot, ...]
    shades: dict[str, int]


def project(lat: float, lon: float) -> tuple[float, float]:
    """Degrees (WGS 84) to the plane: x to the right, y down."""
    parameter = math.asin(_M * math.sin(math.radians(lat)))
    square = parameter * parameter
    sixth = square**3
    x = math.radians(lon) * math.cos(parameter) / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    y = parameter * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return round(WIDTH / 2 + x * _SCALE, 2), round((_TOP - y) * _SCALE, 2)


@functools.cache
def world() -> tuple[Country, ...]:
    """The outlines that ship with the package."""
    return msgspec.json.decode(WORLD.read_bytes(), type=tuple[Country, ...])


def sheet(found: Spots, *, whole: bool = False) -> Sheet:
    """The map of ``found``: the part that holds nearly all of it, or the ``whole`` world."""
    places = [(spot, *project(spot.lat, spot.lon)) for spot in found.spots]
    box: Box = (0.0, 0.0, WIDTH, round(HEIGHT * 0.86, 1))  # below is Antarctica
    if places and not whole:
        box = _around([(x, y, spot.count) for spot, x, y in places])
    most = max((spot.count for spot in found.spots), default=1)
    unit = box[2] / 1000
    dots = tuple(
        Dot(
            spot=spot,
            x=x,
            y=y,
            r=round(unit * (3.5 + 15 * math.sqrt(spot.count / most)), 3),
            share=spot.conflict / spot.count,
            named=n < 14,
        )
        for n, (spot, x, y) in enumerate(places)
    )
    seen = tuple(country for country in world() if _meet(country.box, box))
    shades = {choice.value: choice.count for choice in found.countries}
    return Sheet(box=box, countries=seen, dots=tuple(_apart(dots, unit)), shades=shades)


def _apart(dots: tuple[Dot, ...], unit: float) -> Iterable[Dot]:
    """Dots of which only those are named whose name has room; the most frequent come first."""
    taken: list[Box] = []
    for dot in dots:
        left, top = dot.x + dot.r, dot.y - 9 * unit
        name = (left, top, left + (len(dot.spot.place) * 8 + 10) * unit, top + 20 * unit)
        free = not any(_overlap(name, other) for other in taken)
        if dot.named and free:
            taken.append(name)
        yield msgspec.structs.replace(dot, named=dot.named and free)


def _around(points: list[tuple[float, float, int]]) -> Box:
    """The box of the middle 96 of a hundred events, with a margin, in the shape of the drawing."""
    spans = []
    for axis in (0, 1):
        ordered = sorted((point[axis], point[2]) for point in points)
        total, passed = sum(count for _, count in ordered), 0
        inner = []
        for value, count in ordered:
            if passed + count > total * 0.02 and passed < total * 0.98:
                inner.append(value)
            passed += count
        spans.append((min(inner), max(inner)))
    (left, right), (top, bottom) = spans
    width = max(right - left, (bottom - top) * 1.9, _LEAST) * (1 + 2 * _MARGIN)
    height = width / 1.9
    x = min(max(0.0, (left + right - width) / 2), max(0.0, WIDTH - width))
    y = min(max(0.0, (top + bottom - height) / 2), max(0.0, HEIGHT - height))
    return (round(x, 1), round(y, 1), round(min(width, WIDTH), 1), round(min(height, HEIGHT), 1))


def _meet(box: Box, view: Box) -> bool:
    """Whether ``box`` (left, top, right, bottom) and ``view`` (left, top, width, height) share a point."""
    return _overlap(box, (view[0], view[1], view[0] + view[2], view[1] + view[3]))


def _overlap(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and a[2] >= b[0] and a[1] <= b[3] and a[3] >= b[1]
