"""Rows of tables with a line of names: ICEWS, POLECAT, and dragoman's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dragoman.config import QUADS
from dragoman.exchange.event_tables.cells import Flaws, day
from dragoman.exchange.event_tables.codes import Codes, known
from dragoman.exchange.event_tables.records import BadRowError, TableEvent
from dragoman.exchange.tables import safe

ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
    "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Contexts", "Actor Name", "Actor Country",
    "Primary Actor Sector", "Recipient Name", "Recipient Country", "Primary Recipient Sector", "Placename", "City", "Province",
    "Country", "Latitude", "Longitude", "Source", "Publication Date",
)  # fmt: skip
"""The columns that are read; POLECAT's files have twice as many."""
OWN = TableEvent.__struct_fields__
"""The columns of a table that dragoman wrote. An event goes on to say which table it came from."""

_THREE = re.compile(r"[A-Z]{3}")


class NamedRows:
    """Cells by the names of the columns that are needed, wherever they stand."""

    needed: Sequence[str]

    def __init__(self, table: str, header: Sequence[str], codes: Codes) -> None:
        self._table = table
        self._width = len(header)
        self._codes = codes
        places = {name.strip(): place for place, name in enumerate(header)}
        self._places = [places[name] for name in self.needed]
        self._country = lru_cache(maxsize=65_536)(codes.country)

    @classmethod
    def fit(cls, header: Sequence[str]) -> bool:
        """Whether a line of names has all that are needed."""
        return {name.strip() for name in header} >= set(cls.needed)

    def _cells(self, cells: list[str]) -> list[str]:
        if len(cells) != self._width:
            raise BadRowError(f"expected {self._width} cells, found {len(cells)}")
        return [cells[place] for place in self._places]


class IcewsRows(NamedRows):
    """Reads rows of ICEWS."""

    needed = ICEWS

    def __init__(self, table: str, header: Sequence[str], codes: Codes) -> None:
        super().__init__(table, header, codes)
        self._sector = lru_cache(maxsize=65_536)(self._read_sector)

    def event(self, line: int, cells: list[str], flaws: Flaws) -> TableEvent:
        """The event of a row. Raises BadRowError if its number, day or code cannot be read."""
        (
            id_, date, actor, actor_sectors, actor_country, _, code, intensity, recipient, recipient_sectors, recipient_country,
            _, _, publisher, city, district, province, country, lat, lon,
        ) = self._cells(cells)  # fmt: skip
        if not id_:
            raise BadRowError("Event ID: expected an id, found none")
        if code.isdigit() and len(code) < 3:  # a spreadsheet or statistics program has taken the zero in front away
            code = code.zfill(3)
        act = self._codes.event(code)
        source, target = self._country(actor_country), self._country(recipient_country)
        return TableEvent(
            table=self._table,
            line=line,
            id=id_,
            date=day(date, "Event Date"),
            type=act.type,
            mode=act.mode,
            contexts=act.contexts,
            cameo=code,
            intensity=flaws.number(intensity, "Intensity", -10, 10),
            actor=known(actor),
            actor_code=_code(source, self._sector(actor_sectors)),
            actor_country=flaws.country(source, actor_country, "Source Country"),
            recipient=known(recipient),
            recipient_code=_code(target, self._sector(recipient_sectors)),
            recipient_country=flaws.country(target, recipient_country, "Target Country"),
            place=known(city) or known(district) or known(province),
            lat=flaws.number(lat, "Latitude", -90, 90),
            lon=flaws.number(lon, "Longitude", -180, 180),
            country=flaws.country(self._country(country), country, "Country"),
            source=known(publisher),
            flaw=flaws.told(),
        )

    def _read_sector(self, cell: str) -> str | None:
        sectors = self._codes.sectors["icews"]
        return next((sectors[name] for name in map(str.strip, cell.split(",")) if name in sectors), None)


class PolecatRows(NamedRows):
    """Reads rows of POLECAT, which has PLOVER types, ISO3 codes and PLOVER sectors already."""

    needed = POLECAT

    def event(self, line: int, cells: list[str], flaws: Flaws) -> TableEvent:
        """The event of a row. Raises BadRowError if its id, day or type cannot be read."""
        (
            id_, date, type_, mode, intensity, contexts, actor, actor_country, actor_sector, recipient, recipient_country,
            recipient_sector, placename, city, province, country, lat, lon, source, published,
        ) = self._cells(cells)  # fmt: skip
        if not id_:
            raise BadRowError("Event ID: expected an id, found none")
        if type_ not in QUADS:
            raise BadRowError(f"Event Type: expected one of the sixteen types of PLOVER, found {type_[:40]!r}")
        doer, target = self._country(actor_country), self._country(recipient_country)
        return TableEvent(
            table=self._table,
            line=line,
            id=id_,
            date=day(date, "Event Date"),
            type=type_,
            mode=known(mode),
            contexts=known(contexts),
            intensity=flaws.number(intensity, "Intensity", -10, 10),
            actor=known(actor),
            actor_code=_code(doer, _sector(actor_sector)),
            actor_country=flaws.country(doer, actor_country, "Actor Country"),
            recipient=known(recipient),
            recipient_code=_code(target, _sector(recipient_sector)),
            recipient_country=flaws.country(target, recipient_country, "Recipient Country"),
            place=known(placename) or known(city) or known(province),
            lat=flaws.number(lat, "Latitude", -90, 90),
            lon=flaws.number(lon, "Longitude", -180, 180),
            country=flaws.country(self._country(country), country, "Country"),
            source=known(source),
            told=flaws.day(published, "Publication Date"),
            flaw=flaws.told(),
        )


class OwnRows(NamedRows):
    """Reads rows of a CSV that dragoman wrote."""

    needed = OWN

    def event(self, line: int, cells: list[str], flaws: Flaws) -> TableEvent:
        """The event of a row. Raises BadRowError if its id, day or type cannot be read."""
        row: dict[str, str | None] = {
            name: _unguarded(cell) or None for name, cell in zip(OWN, self._cells(cells), strict=True)
        }
        for name in ("table", "line", "id", "date"):
            if row[name] is None:
                raise BadRowError(f"{name}: expected a value, found none")
        if row["type"] is not None and row["type"] not in QUADS:
            raise BadRowError(f"type: expected one of the sixteen types of PLOVER or nothing, found {row['type'][:40]!r}")
        line_there = flaws.count(row["line"] or "", "line")
        if line_there is None:
            raise BadRowError(f"line: expected a number, found {(row['line'] or '')[:40]!r}")
        values = {
            "line": line_there,
            "date": day(row["date"] or "", "date"),
            "intensity": flaws.number(row["intensity"] or "", "intensity", -10, 10),
            "lat": flaws.number(row["lat"] or "", "lat", -90, 90),
            "lon": flaws.number(row["lon"] or "", "lon", -180, 180),
            "told": flaws.day(row["told"] or "", "told"),
            "reports": flaws.count(row["reports"] or "", "reports"),
        }
        for side in ("actor_country", "recipient_country", "country"):
            cell = row[side] or ""
            values[side] = flaws.country(cell if _THREE.fullmatch(cell) else None, cell, side)
        values["flaw"] = "; ".join(filter(None, (row["flaw"], flaws.told()))) or None
        return TableEvent(**{**row, **values})  # type: ignore[arg-type]


def _code(country: str | None, sector: str | None) -> str | None:
    return f"{country} {sector}" if country and sector else country or sector


def _sector(cell: str) -> str | None:
    """The sector of a cell, its first three capitals: POLECAT also strings them together."""
    found = _THREE.match(cell)
    return found[0] if found else None


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) == cell else cell
