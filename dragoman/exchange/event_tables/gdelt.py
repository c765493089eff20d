"""Rows of GDELT 1.0 (57 columns, 58 with the address since April 2013) and 2.0 (61), both without a line of names."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from dragoman.exchange.event_tables.cells import Flaws, day
from dragoman.exchange.event_tables.codes import Codes
from dragoman.exchange.event_tables.records import BadRowError, TableEvent

WIDTHS = {"gdelt1": (57, 58), "gdelt2": (61,)}
"""Columns of each version; joined files of 1.0 have rows of both widths."""
ID = "globaleventid"
"""The first name, in small letters, of tables that were given names by another program."""
MENTIONS = 16
"""Columns of GDELT 2.0's table of mentions, which holds no events."""

_ID, _DAY, _ACTOR, _RECIPIENT, _CODE, _GOLDSTEIN, _ARTICLES = 0, 1, 5, 15, 26, 30, 33
_NAME, _COUNTRY, _GROUP, _TYPES = 0, 1, 2, slice(6, 9)
"""Of the nine columns behind an actor's code."""


class _Side(NamedTuple):
    name: str | None
    code: str | None
    country: str | None


class GdeltRows:
    """Reads rows of one version of GDELT: ``gdelt1`` or ``gdelt2``."""

    def __init__(self, table: str, version: str, codes: Codes) -> None:
        self._table = table
        self._widths = WIDTHS[version]
        self._codes = codes
        self._side = lru_cache(maxsize=65_536)(self._read_side)
        # The places of two actors, then of the act, in seven columns each; 2.0 has the second division beside the first.
        step = 8 if version == "gdelt2" else 7
        self._place = 35 + 2 * step
        self._lat = self._place + step - 3
        self._added = self._place + step

    def event(self, line: int, cells: list[str], flaws: Flaws) -> TableEvent:
        """The event of a row. Raises BadRowError if its number, day or code cannot be read."""
        if len(cells) not in self._widths:
            raise BadRowError(f"expected {' or '.join(map(str, self._widths))} cells, found {len(cells)}")
        if not cells[_ID].isdigit():
            raise BadRowError(f"GLOBALEVENTID: expected a number, found {cells[_ID][:40]!r}")
        act = self._codes.event(cells[_CODE])
        actor, recipient = self._side(*cells[_ACTOR : _ACTOR + 10]), self._side(*cells[_RECIPIENT : _RECIPIENT + 10])
        place, lat, added = self._place, self._lat, self._added
        fips = cells[place + 2]
        return TableEvent(
            table=self._table,
            line=line,
            id=cells[_ID],
            date=day(cells[_DAY], "SQLDATE"),
            type=act.type,
            mode=act.mode,
            contexts=act.contexts,
            cameo=cells[_CODE],
            intensity=flaws.number(cells[_GOLDSTEIN], "GoldsteinScale", -10, 10),
            actor=actor.name,
            actor_code=actor.code,
            actor_country=actor.country,
            recipient=recipient.name,
            recipient_code=recipient.code,
            recipient_country=recipient.country,
            place=cells[place + 1] or None,
            lat=flaws.number(cells[lat], "ActionGeo_Lat", -90, 90),
            lon=flaws.number(cells[lat + 1], "ActionGeo_Long", -180, 180),
            country=flaws.country(self._codes.fips.get(fips), fips, "ActionGeo_CountryCode"),
            source=cells[added + 1] if len(cells) > added + 1 else None,
            told=flaws.day(cells[added], "DATEADDED"),
            reports=flaws.count(cells[_ARTICLES], "NumArticles"),
            flaw=flaws.told(),
        )

    def _read_side(self, code: str, *cells: str) -> _Side:
        """The actor of its code, which strings together what the nine columns behind it tell, and of these."""
        country = self._codes.iso3.get(cells[_COUNTRY])
        sectors = self._codes.sectors["cameo"]
        found = (sectors[kind] for kind in (*cells[_TYPES], cells[_GROUP]) if kind in sectors)
        parts = [part for part in (country, next(found, None)) if part]
        return _Side(cells[_NAME] or code.strip() or None, " ".join(parts) or None, country)
