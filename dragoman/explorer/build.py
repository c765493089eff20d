"""Makes what the explorer ships but did not write, outlines and fonts: ``python -m dragoman.explorer.build FOLDER``.

FOLDER holds the unpacked npm packages, fetched by ``npm pack``; users need neither them nor npm. Needs Babel.

    world-atlas@2.0.2                                  package/countries-50m.json (Natural Earth 1:50m as TopoJSON)
    @fontsource-variable/inter@5.3.0                   package/files/inter-latin-wght-normal.woff2
    @fontsource-variable/source-serif-4@5.3.1          package/files/source-serif-4-latin-wght-normal.woff2, …-italic.woff2
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.explorer.worldmap import WORLD, Country, project

HERE = Path(__file__).parent
TOLERANCE = 0.05
"""How far, in units of a map 1,000 wide, a simplified outline may lie from the true one."""
FONTS = {
    "inter-latin-wght-normal.woff2": "sans.woff2",
    "source-serif-4-latin-wght-normal.woff2": "serif.woff2",
}


def main(folder: Path) -> None:
    """Write ``data/world.json`` and the fonts."""
    topology = msgspec.json.decode(next(folder.rglob("countries-50m.json")).read_bytes())
    (HERE / "data").mkdir(exist_ok=True)
    WORLD.write_bytes(msgspec.json.encode(countries(topology, codes())))
    for found, name in FONTS.items():
        shutil.copyfile(next(folder.rglob(found)), HERE / "static" / name)


def codes() -> dict[str, str]:
    """ISO3 codes of states by ISO 3166 number, from CLDR as Babel ships it."""
    from babel.core import get_global

    aliases = {alias: found[0] for alias, found in get_global("territory_aliases").items() if len(found) == 1}
    letters = {short: alias for alias, short in aliases.items() if len(alias) == 3 and alias.isalpha()}
    return {alias: letters[short] for alias, short in aliases.items() if alias.isdigit() and short in letters}


def countries(topology: dict[str, Any], iso3: dict[str, str]) -> list[Country]:
    """The countries of a TopoJSON topology as simplified paths on the projected map, Antarctica left out."""
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [simplified(unwrapped(np.cumsum(np.array(arc), axis=0) * scale + shift)) for arc in topology["arcs"]]
    found = []
    for shape in topology["objects"]["countries"]["geometries"]:
        if shape["properties"]["name"] == "Antarctica" or shape["type"] is None:
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = [
            points
            for polygon in polygons
            for numbers in polygon
            for part in within(ring(arcs, numbers))
            if len(points := tidy(projected(part))) > 2
        ]
        if not rings:
            continue
        every = np.concatenate(rings)
        low, high = every.min(axis=0), every.max(axis=0)
        found.append(
            Country(
                code=iso3.get(shape.get("id") or ""),
                name=shape["properties"]["name"],
                box=(float(low[0]), float(low[1]), float(high[0]), float(high[1])),
                path="".join(map(path, rings)),
            )
        )
    return sorted(found, key=lambda country: country.name)


def projected(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (n, 2) of longitude and latitude as points of the map."""
    return np.array([project(lat, lon) for lon, lat in degrees]).reshape(-1, 2)


def unwrapped(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (n, 2) whose longitudes go on beyond 180 instead of jumping to -180."""
    return np.stack([np.unwrap(degrees[:, 0], period=360), degrees[:, 1]], axis=1)


def within(points: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """The parts of a ring between -180 and 180 degrees, each moved to where it is drawn."""
    turns = range(int(np.floor((points[:, 0].min() + 180) / 360)), int(np.ceil((points[:, 0].max() + 180) / 360)))
    for turn in turns:
        part = points - np.array([360.0 * turn, 0.0])
        for sign in (1, -1):
            part = clipped(part, sign)
        if len(part) > 2:
            yield part


def clipped(points: NDArray[np.float64], sign: int) -> NDArray[np.float64]:
    """The part of a ring where ``sign`` times the longitude is at most 180 (Sutherland and Hodgman 1974)."""
    kept: list[NDArray[np.float64]] = []
    for here, there in zip(points, np.roll(points, -1, axis=0), strict=True):
        inside, next_inside = sign * here[0] <= 180, sign * there[0] <= 180
        if inside:
            kept.append(here)
        if inside != next_inside:
            share = (sign * 180 - here[0]) / (there[0] - here[0])
            kept.append(here + share * (there - here))
    return np.array(kept).reshape(-1, 2)


def tidy(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points rounded to hundredths, without those that fall together."""
    rounded = np.round(points, 2)
    new = np.ones(len(rounded), dtype=bool)
    new[1:] = np.any(rounded[1:] != rounded[:-1], axis=1)
    return rounded[new]


def simplified(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points without those that the others show on the map to within TOLERANCE (Douglas and Peucker 1973). Ends stay."""
    points = projected(degrees)
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    waiting = [(0, len(points) - 1)]
    while waiting:
        b, e = waiting.pop()
        if e - b < 2:
            continue
        chord, away = points[e] - points[b], points[b + 1 : e] - points[b]
        length = float(np.hypot(*chord))
        off = np.hypot(away[:, 0], away[:, 1])
        if length > 0:
            off = np.abs(away[:, 0] * chord[1] - away[:, 1] * chord[0]) / length
        furthest = int(off.argmax())
        if off[furthest] > TOLERANCE:
            middle = b + 1 + furthest
            keep[middle] = True
            waiting += [(b, middle), (middle, e)]
    return degrees[keep]


def ring(arcs: list[NDArray[np.float64]], numbers: list[int]) -> NDArray[np.float64]:
    """The points of a ring of arcs; a number ~n stands for arc n backwards. Longitudes do not jump."""
    pieces = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return unwrapped(np.concatenate([piece[1:] if k else piece for k, piece in enumerate(pieces)]))


def path(points: NDArray[np.float64]) -> str:
    """A closed ring as SVG path data, in steps from point to point, which is shorter."""
    steps = np.round(np.diff(points, axis=0), 2)
    moves = "".join(f"{_short(x)} {_short(y)} " for x, y in steps)
    return f"M{_short(points[0][0])} {_short(points[0][1])}l{moves.strip()}z".replace(" -", "-")


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return {"-0": "0"}.get(text, text).replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text or "0"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
