"""Places: the coordinates and the country of a name, from a gazetteer that ships with the package.

A name has candidates: countries, provinces, districts, cities, regions, waters, bases. Each starts with how well known it is
(the logarithm of its population) and gains by what else the article names: its country and its province.
The table is built from GeoNames (CC BY 4.0) and from ``data/places.txt``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.actors.capitals import capital_in
from dragoman.resources import open_bytes

COUNTRY_GAIN, PROVINCE_GAIN, OUTER_GAIN = 2.5, 1.5, 5.0
"""What a candidate gains, in powers of ten of population: where all other names of the article lie in its country, where one
lies in its province, and where its province or country stands behind its own name (*London, Ontario*)."""
ALIAS_LOSS = 1.2
"""What it loses where the name is not its first one."""
WELL_KNOWN = 5.0
"""How well known, in powers of ten of population, what a longer name only holds must be (*Manila Cathedral*)."""
MAX_NAME = 100
"""Characters; what is longer is no name."""

_ARTICLE = re.compile(r"\b(?:al|el|ul|a[dnrstz]|ash|e[dnrstz]|esh)-(?=\w)|\b(?:al|the) (?=\w)|\bال(?=\w{3})")
_DROPPED = re.compile(r"(?<=\w)['’]s\b|[.'’‘ʿʾʼ`´\u0640\u200c-\u200f]")
_NOT_WORD = re.compile(r"[\W_]+")
_LETTERS = str.maketrans(
    {
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ٱ": "ا",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
    }
)
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_GENERIC = (
    "province|governorate|governate|district|subdistrict|county|region|state|city|town|village|area|countryside|suburbs?|"
    "outskirts|canton|oblast|republic|prefecture|municipality|airport|air ?base|airbase|border|crossing|metropolitan"
)
_COMPASS = "(?:north|south|east|west|central|mid|upper|lower|greater|downtown|inner|rural)"
_WORN = re.compile(
    rf"^(?:{_COMPASS}(?:ern)?(?:[ -](?:eastern|western|east|west))?|(?:north|south)(?:east|west)(?:ern)?|old|coastal|"
    rf"(?:city|town|village|province|state|district|governorate|port|gulf|outskirts|suburbs|county) of|"
    "محافظه|مدينه|منطقه|ولايه|ريف|بلده|قريه|مخيم|شمال|جنوب|شرق|غرب|وسط|провинци[яию]|город[еа]?|область|"
    "province de|ville de) "
    rf"| (?:{_GENERIC}|ili|şehri|область|провинция)$"
)
_NO_NAMES = frozenset(
    {
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "centre", "center"),
        *("middle", "upper", "lower", "inner", "outer", "coast", "state", "valley", "street", "road", "avenue", "square"),
        *("park", "island", "islands", "river", "lake", "bridge", "station", "house", "wing", "capitol", "congress"),
    }
)
"""Words that are part of many names, and by themselves the name of none that reporting means."""
_PREFIXED = re.compile(r"^(?:لل|[بوفكل](?:ال)?)(?=\w{3})")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place as the gazetteer has it: degrees north and east of its middle, and the ISO 3166 alpha-3 code of its country.

    ``country`` is None for what belongs to no one state: seas, continents, regions across borders.
    """

    name: str
    lat: float
    lon: float
    country: str | None


class Candidate(msgspec.Struct, frozen=True):
    """A place that a name may mean. ``province`` is 0 where none is known; ``prior`` is in powers of ten of population.

    ``area`` is whether it is a country or a province itself.
    """

    place: int
    country: str | None
    province: int
    prior: float
    area: bool


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """``name`` without case, accents, articles, hyphens, and the letters that Arabic writers use for one another."""
    text = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = _ARTICLE.sub("", _DROPPED.sub("", text.replace("‐", "-").replace("–", "-")))
    return " ".join(_SHORT.get(word, word) for word in _NOT_WORD.sub(" ", text).split())


class Places:
    """The gazetteer: sorted folded names, each with the places that bear it. Read-only, so that threads may share it."""

    def __init__(self, table: Mapping[str, NDArray[np.generic]]) -> None:
        """``table`` holds the arrays that the builder writes (``dragoman/actors/data/places.npz``)."""
        self._keys, self._key_at = _texts(table, "key")
        self._names, self._name_at = _texts(table, "name")
        self._candidates = table["candidates"]
        self._candidates_at = _starts(table["key_candidates"])
        self._countries = [str(code) or None for code in table["countries"]]
        self._country, self._province, self._prior = table["country"], table["province"], table["prior"]
        self._area = table["area"]
        self._lat, self._lon = table["lat"], table["lon"]

    @classmethod
    def shipped(cls) -> Self:
        """The gazetteer that ships with the package."""
        with open_bytes(__package__, "data/places.npz") as file, np.load(file, allow_pickle=False) as table:
            return cls({name: table[name] for name in table.files})

    def candidates(self, name: str) -> list[Candidate]:
        """All places that ``name`` may mean; of *northern Idlib province* and of *Idlib Hospital*, those of *Idlib*."""
        found = next((found for key in _forms(name) if key not in _NO_NAMES and (found := self._exact(key))), [])
        return found or next((found for key in _within(name) if key not in _NO_NAMES and (found := self._known(key))), [])

    def resolve(self, names: Sequence[str], *, countries: Mapping[str, int] | None = None) -> list[Place | None]:
        """The place of each of an article's ``names``, None where it is unknown.

        ``countries`` says how often the article names a country (ISO 3166 alpha-3) by other words than ``names``.
        """
        called = {name: capital_in(name) or name for name in dict.fromkeys(names)}
        parts = {name: [part.strip() for part in meant.split(",") if part.strip()] for name, meant in called.items()}
        known = {
            name: [] if _is_common(name) else self._whole(called[name]) or self.candidates(part[0] if part else "")
            for name, part in parts.items()
        }
        outer = [(name, self.candidates(part[-1])) for name, part in parts.items() if len(part) > 1]
        context = Context(countries or {}, [(name, found) for name, found in known.items() if found])
        chosen = {}
        for name, found in outer:
            context.follow(name, found)
        for name, found in known.items():
            best = max(found, key=lambda one: (context.score(name, one), -one.place), default=None)
            chosen[name] = self._place(best.place) if best else None
        return [chosen[name] for name in names]

    def _whole(self, name: str) -> list[Candidate]:
        """What a name means as it is written, commas and all."""
        key = next(_forms(name), "")
        return [] if key in _NO_NAMES else self._exact(key)

    def _exact(self, key: str) -> list[Candidate]:
        wanted = key.encode("utf-8", "surrogatepass")
        at, keys = self._key_at, self._keys
        n = bisect_left(range(len(at) - 1), wanted, key=lambda i: keys[at[i] : at[i + 1]])
        if not wanted or n == len(at) - 1 or keys[at[n] : at[n + 1]] != wanted:
            return []
        return [self._candidate(int(code)) for code in self._candidates[self._candidates_at[n] : self._candidates_at[n + 1]]]

    def _known(self, key: str) -> list[Candidate]:
        return [one for one in self._exact(key) if one.prior >= WELL_KNOWN]

    def _candidate(self, code: int) -> Candidate:
        place, alias = code >> 1, code & 1
        prior = float(self._prior[place]) - ALIAS_LOSS * alias
        return Candidate(
            place, self._countries[self._country[place]], int(self._province[place]), prior, bool(self._area[place])
        )

    def _place(self, n: int) -> Place:
        name = self._names[self._name_at[n] : self._name_at[n + 1]].decode("utf-8")
        lat, lon = round(float(self._lat[n]) / 1e4, 4), round(float(self._lon[n]) / 1e4, 4)
        return Place(name=name, lat=lat, lon=lon, country=self._countries[self._country[n]])


class Context:
    """Which countries and provinces an article is about, by all of its names; a name does not speak for itself."""

    def __init__(self, countries: Mapping[str, int], known: Iterable[tuple[str, list[Candidate]]]) -> None:
        self._votes: Counter[str | int] = Counter()
        self._own: dict[str, Counter[str | int]] = {}
        self._behind: dict[str, set[str | int]] = {}
        self._total = 0.0
        for country, times in countries.items():
            self._votes[country] += times
            self._total += times
        for name, found in known:
            self._own[name] = own = _shares(found)
            self._votes.update(own)
            self._total += 1

    def follow(self, name: str, found: Iterable[Candidate]) -> None:
        """Take note that ``name`` ends with the name of what it lies in, one of the candidates ``found``."""
        areas = {one.province or one.country for one in found if one.area}
        self._behind.setdefault(name, set()).update(area for area in areas if area)

    def score(self, name: str, candidate: Candidate) -> float:
        """How likely ``name`` means ``candidate``: more is more."""
        others = max(self._total - 1, 1)
        own = self._own[name]
        country = (self._votes[candidate.country] - own[candidate.country]) / others if candidate.country else 0.0
        province = self._votes[candidate.province] - own[candidate.province] if candidate.province else 0.0
        inside = not candidate.area and not self._behind.get(name, set()).isdisjoint((candidate.country, candidate.province))
        return candidate.prior + COUNTRY_GAIN * country + PROVINCE_GAIN * min(province, 1.0) + OUTER_GAIN * inside


def _shares(found: Sequence[Candidate]) -> Counter[str | int]:
    """How one vote falls on the countries and provinces of the candidates, by how well known these are."""
    shares: Counter[str | int] = Counter()
    top = max((one.prior for one in found), default=0.0)
    weights = [10 ** (one.prior - top) for one in found]
    for one, weight in zip(found, weights, strict=True):
        for area in (one.country, one.province):
            if area:
                shares[area] += weight / sum(weights)  # type: ignore[assignment]  # typeshed's Counter holds whole numbers
    return shares


def _is_common(name: str) -> bool:
    """Whether the words are written as common nouns are: *the region*, *the villages*, whatever towns are called so."""
    return name.lower() == name != name.upper()


def _forms(name: str) -> Iterator[str]:
    """The folded ``name``, and then what is left of it without the words that say which part or kind of a place it is."""
    if len(name) > MAX_NAME:
        return
    key = fold(name)
    yield key
    if (bare := _PREFIXED.sub("", name)) != name:
        yield fold(bare)
    while (worn := _WORN.sub("", key, count=1)) != key:
        key = worn
        yield key


def _within(name: str) -> Iterator[str]:
    """What a folded name of several words begins with, and what it ends with, the longest first."""
    words = fold(name).split() if len(name) <= MAX_NAME else []
    for n in range(len(words) - 1, 0, -1):
        yield " ".join(words[:n])
        yield " ".join(words[-n:])


def _texts(table: Mapping[str, NDArray[np.generic]], what: str) -> tuple[bytes, list[int]]:
    """The texts of one kind, joined, and where each begins."""
    return table[f"{what}_text"].tobytes(), _starts(table[f"{what}_lengths"])


def _starts(lengths: NDArray[np.generic]) -> list[int]:
    starts: list[int] = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))).tolist()
    return starts
