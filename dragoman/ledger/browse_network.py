"""What stands between actors: every event and stance with two sides, as plain columns for the network."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.ledger.browse import Browser
from dragoman.types import Status


class Deed(NamedTuple):
    """``source`` did something of ``kind`` (a PLOVER type) to ``target``, or holds it (a kind of relation)."""

    source: str
    target: str
    kind: str
    status: Status
    start: str | None
    end: str | None
    evidence: str


def deeds(browser: Browser, *, coded: bool = False) -> list[Deed]:
    """All deeds, in the order of storing; of a relation the date is its article's. ``coded``: between known actors only."""
    events = """SELECT s.actor_id, t.actor_id, e.type, e.status, e.date_start, e.date_end, e.id
        FROM event_sides s JOIN event_sides t ON t.article = s.article AND t.event = s.event AND t.role = 'recipient'
        JOIN events e ON e.article = s.article AND e.n = s.event WHERE s.role = 'actor' AND s.actor_id <> t.actor_id"""
    stances = """SELECT r.source_id, r.target_id, r.kind, 'happened', a.date, a.date, r.id
        FROM relations r JOIN articles a ON a.seq = r.article WHERE r.source_id <> r.target_id"""
    if coded:
        events += " AND s.actor_code IS NOT NULL AND t.actor_code IS NOT NULL"
        stances += " AND r.source_code IS NOT NULL AND r.target_code IS NOT NULL"
    return [Deed(*row) for row in (*browser.rows(events), *browser.rows(stances))]
