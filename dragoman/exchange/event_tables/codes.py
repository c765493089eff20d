"""Codes of other tables in dragoman's terms: countries to ISO3, CAMEO to PLOVER, sectors to PLOVER sectors.

The files: ``countries.tsv`` (ISO 3166-1, FIPS 10-4, CAMEO's country codes, English names of CLDR and of the tables),
``cameo.tsv`` (the mapping of the PLOVER project, 17 September 2021; Goldstein scores as ICEWS and GDELT print them),
``sectors.toml``.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, Self

from dragoman.errors import InputError
from dragoman.resources import read_text, read_toml

_NOTHING = frozenset(("", "NA", "N/A", "None", "null", "NULL", "nan", "---"))


class Cameo(NamedTuple):
    """What a CAMEO code says in PLOVER; ``type`` is None for statements and appeals."""

    type: str | None
    mode: str | None
    contexts: str | None
    goldstein: float | None


class Codes:
    """The tables of codes. Made once by ``shipped``, and then only read."""

    def __init__(
        self, *, names: Mapping[str, str], fips: Mapping[str, str], spellings: Mapping[str, str], iso3: Mapping[str, str],
        cameo: Mapping[str, Cameo], sectors: Mapping[str, Mapping[str, str]],
    ) -> None:  # fmt: skip
        self.names = names
        """ISO3 code -> English name."""
        self.fips = fips
        """FIPS 10-4 code -> ISO3."""
        self.iso3 = iso3
        """ISO3 code, or CAMEO's country code -> ISO3. Regions (EUR, AFR) have none."""
        self.cameo = cameo
        """CAMEO code -> what it says in PLOVER."""
        self.sectors = sectors
        """``cameo`` and ``icews`` -> their sectors -> PLOVER sector."""
        self._spellings = spellings

    @classmethod
    @cache
    def shipped(cls) -> Self:
        """The codes that come with the package."""
        names: dict[str, str] = {}
        fips: dict[str, str] = {}
        spellings: dict[str, str] = {}
        iso3: dict[str, str] = {}
        for row in _rows("countries.tsv"):
            code = row["iso3"]
            names[code] = row["name"]
            fips.update(dict.fromkeys(_items(row["fips"]), code))
            iso3.update(dict.fromkeys([code, *_items(row["cameo"])], code))
            spellings.update(dict.fromkeys(map(_plain, [row["name"], *_items(row["names"])]), code))
        cameo = {
            row["code"]: Cameo(
                row["type"] or None, row["mode"] or None, row["contexts"] or None,
                float(row["goldstein"]) if row["goldstein"] else None,
            )
            for row in _rows("cameo.tsv")
        }  # fmt: skip
        sectors = read_toml(__package__, "data/sectors.toml")
        return cls(names=names, fips=fips, spellings=spellings, iso3=iso3, cameo=cameo, sectors=sectors)

    def country(self, name: str) -> str | None:
        """The ISO3 code of a country by its English name or code, None if it is not known."""
        return self.iso3.get(name) or self._spellings.get(_plain(name))

    def event(self, code: str) -> Cameo:
        """What a CAMEO code says; one that ends deeper than the table goes is read as the code above it.

        Raises InputError for what is no CAMEO code.
        """
        known = code
        while len(known) > 1:
            found = self.cameo.get(known)
            if found is not None:
                return found
            known = known[:-1]
        raise InputError(f"expected a CAMEO code such as 0211 or 190, found {code[:20]!r}")


def known(cell: str) -> str | None:
    """What a cell says, None for the ways in which tables say nothing."""
    return None if cell in _NOTHING else cell


def _rows(name: str) -> list[dict[str, str]]:
    lines = read_text(__package__, f"data/{name}").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _items(cell: str) -> list[str]:
    return [item for item in cell.split(";") if item]


def _plain(name: str) -> str:
    """A name without accents, case and curled quotation marks."""
    letters = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).casefold().split())
