"""What a row of somebody else's table becomes: an event, or a rejection with its reason."""

from __future__ import annotations

from dragoman.errors import InputError
from dragoman.types import Record


class TableEvent(Record, frozen=True, kw_only=True):
    """One event of a table, in one vocabulary whatever the table. None where the table says nothing.

    ``line`` is the row's line in ``table`` (its path), from 1. ``date`` is YYYY-MM-DD. ``type`` is a PLOVER type; None for the
    statements and appeals of CAMEO (01, 02), which PLOVER leaves out. ``cameo`` is the code as the table has it. ``intensity``
    is the Goldstein score, -10 to 10, or POLECAT's. Names are as the table writes them; a code is an ISO3 code with a PLOVER
    sector (``USA GOV``), and the country is that ISO3 code. ``lat`` and ``lon`` are degrees (WGS 84). ``source`` is the
    publisher or address, ``told`` the day of publication, ``reports`` counts articles. ``flaw`` names the cells that could not
    be read and are therefore None.
    """

    table: str
    line: int
    id: str
    date: str
    type: str | None = None
    mode: str | None = None
    contexts: str | None = None
    cameo: str | None = None
    intensity: float | None = None
    actor: str | None = None
    actor_code: str | None = None
    actor_country: str | None = None
    recipient: str | None = None
    recipient_code: str | None = None
    recipient_country: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    source: str | None = None
    told: str | None = None
    reports: int | None = None
    flaw: str | None = None


class Rejected(Record, frozen=True, kw_only=True):
    """A row that is no event: where it stands, why, and how it begins."""

    table: str
    line: int
    reason: str
    text: str


class BadRowError(InputError):
    """One row cannot be used; the message is the reason."""
