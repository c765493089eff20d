"""Incidents in the ledger: what events are compared by, which were joined and why, and the incidents that came of it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.ledger.connection import paged, translated
from dragoman.ledger.filters import Filters, cast_condition, event_condition, incident_condition
from dragoman.types import Incident, Join, Span, Trace

if TYPE_CHECKING:
    from dragoman.ledger.ledger import Ledger

UNDATED = -1
"""The day of an article without a date, in the indexes of this room: what has none is found whatever the day asked for."""
_NO_FILTERS = Filters()
_TRACES = msgspec.json.Decoder(Trace)
_NEAR = (
    "SELECT t.data, p.about, p.matter FROM trace_index i JOIN event_traces t ON t.seq = i.trace"
    " JOIN article_topics p ON p.article = t.article"
    " WHERE i.key = ? AND (i.day BETWEEN ? AND ?) ORDER BY i.day DESC, i.trace DESC LIMIT ?"
)
_TRACE = "SELECT t.data, p.about, p.matter FROM event_traces t JOIN article_topics p ON p.article = t.article"
_INCIDENT = "SELECT i.seq, i.id, i.type, i.start_day, i.end_day, i.place FROM incidents i"


class IncidentShelf:
    """What the evidence stage looks up about the events that it has seen, and where it puts what it joined.

    For one Ledger, in its transactions: what belongs together goes into one ``Ledger.batch``.
    """

    def __init__(self, ledger: Ledger, db: sqlite3.Connection) -> None:
        """For ``Ledger.incident_shelf``: a ledger and its open connection."""
        self._ledger = ledger
        self._db = db
        self._decoded: dict[tuple[str, str, str], Trace] = {}  # a shelf lives for one article, whose events ask for the same

    # -- looking up --------------------------------------------------------------------------------------------------------

    def traces_with(self, keys: Sequence[str], *, day: str | None, around: int, most: int) -> list[Trace]:
        """Traces that have one of the keys, of articles dated within ``around`` days; of each key the ``most`` latest."""
        found: dict[tuple[str, str, str], None] = {}
        windows = windows_around(self._db, day, around)
        for key in keys:
            for window in windows:
                found.update(dict.fromkeys(self._all(_NEAR, key_number(key), *window, most)))
        return [self._decoded.get(row) or self._decoded.setdefault(row, _trace(*row)) for row in found]

    def incidents_of(self, events: Sequence[str]) -> list[Incident]:
        """The incidents to which the events of these ids belong."""
        ids = {
            found[0] for event in events for found in self._all("SELECT incident FROM incident_events WHERE event = ?", event)
        }
        return [incident for id_ in sorted(ids) if (incident := self.incident(id_)) is not None]

    def incident(self, incident: str) -> Incident | None:
        """The incident of this id, or None."""
        found = self._all(f"{_INCIDENT} WHERE i.id = ?", incident)
        return self._incident_of(found[0]) if found else None

    def incident_of(self, event: str) -> str | None:
        """The id of the incident to which an event belongs, or None."""
        found = self._all("SELECT incident FROM incident_events WHERE event = ?", event)
        return str(found[0][0]) if found else None

    def traces(self, events: Sequence[str]) -> list[Trace]:
        """The traces of the events of these ids, in their order."""
        found = (self._all(f"{_TRACE} WHERE t.event = ?", event) for event in events)
        return [_trace(*rows[0]) for rows in found if rows]

    def traces_in(self, article: str, span: Span) -> list[Trace]:
        """The traces of the events of an article that are named within a span, in the order of its text."""
        found = self._all(
            f"{_TRACE} JOIN events e ON e.id = t.event"
            " WHERE t.article = (SELECT seq FROM articles WHERE id = ?) AND e.trigger_b >= ? AND e.trigger_e <= ? ORDER BY e.n",
            article,
            *span,
        )
        return [_trace(*row) for row in found]

    def latest_day(self) -> str | None:
        """The latest date of an article, to the day; None where none has such a date."""
        found = self._all("SELECT max(date) FROM articles WHERE length(date) = 10")
        return found[0][0] if found else None

    def namings(self, filters: Filters = _NO_FILTERS) -> Iterator[tuple[str, str, str | None, str, str, Span]]:
        """(id, name, outlet, words, article, span) of each place where an article names an actor; pronouns are left out."""
        where = cast_condition(filters)
        found = self._rows(
            "SELECT m.actor_id, m.actor, coalesce(a.outlet, a.author), substr(a.text, s.b + 1, s.e - s.b), a.id, s.b, s.e"
            " FROM articles a JOIN cast_members m ON m.article = a.seq"
            " JOIN cast_namings s ON s.article = m.article AND s.member = m.n WHERE (s.form IN ('name', 'seat')"
            f" OR s.form = 'reference' AND instr(substr(a.text, s.b + 1, s.e - s.b), ' ')) AND {where.sql}"
            " ORDER BY a.seq, s.b",
            *where.values,
        )
        return ((of, name, outlet, words, article, (b, e)) for of, name, outlet, words, article, b, e in found)

    def triggers(self, filters: Filters = _NO_FILTERS) -> Iterator[tuple[str, str, str | None, str, str, Span]]:
        """(incident, its type, outlet, words, article, span) of each place where an article names the event of an incident."""
        where = event_condition(filters)
        found = self._rows(
            "SELECT i.id, i.type, coalesce(a.outlet, a.author), substr(a.text, e.trigger_b + 1, e.trigger_e - e.trigger_b),"
            " a.id, e.trigger_b, e.trigger_e FROM incidents i JOIN incident_events m ON m.incident = i.id"
            f" JOIN events e ON e.id = m.event JOIN articles a ON a.seq = e.article WHERE {where.sql} ORDER BY a.seq, e.n",
            *where.values,
        )
        return ((of, name, outlet, words, article, (b, e)) for of, name, outlet, words, article, b, e in found)

    def joins(self, incident: Incident) -> list[Join]:
        """Why the events of an incident are one, the surest join first."""
        inside = set(incident.events)
        found = (self._all("SELECT a, b, score, why FROM event_joins WHERE a = ?", event) for event in incident.events)
        joins = (
            Join(a=a, b=b, score=score, why=tuple(msgspec.json.decode(why))) for rows in found for a, b, score, why in rows
        )
        return sorted((join for join in joins if join.b in inside), key=lambda join: (-join.score, join.a, join.b))

    # -- writing -----------------------------------------------------------------------------------------------------------

    def add_traces(self, number: int, traces: Sequence[Trace], keys: Sequence[Sequence[str]]) -> None:
        """Enter the traces of the article of this number, which share its topic, each with its keys."""
        if not traces:
            return
        with self._ledger.batch():
            topic = (" ".join(sorted(traces[0].about)), " ".join(traces[0].matter))
            self._db.execute("INSERT INTO article_topics VALUES (?, ?, ?)", (number, *topic))
            for trace, own in zip(traces, keys, strict=True):
                bare = msgspec.structs.replace(trace, about=frozenset(), matter=())
                data = msgspec.json.encode(bare, order="deterministic").decode()
                done = self._db.execute(
                    "INSERT INTO event_traces (event, article, data) VALUES (?, ?, ?)", (trace.event, number, data)
                )
                day = day_number(trace.day)
                rows = [(key_number(key), day, done.lastrowid) for key in own]
                self._db.executemany("INSERT OR IGNORE INTO trace_index VALUES (?, ?, ?)", rows)

    def add_incidents(self, joins: Iterable[Join], incidents: Iterable[Incident], replaced: Iterable[str]) -> None:
        """Store joins and incidents; those that are ``replaced`` go, as they are part of others now."""
        with self._ledger.batch():
            rows = [(join.a, join.b, float(join.score), msgspec.json.encode(join.why).decode()) for join in joins]
            self._db.executemany("INSERT OR IGNORE INTO event_joins VALUES (?, ?, ?, ?)", rows)
            self._db.executemany("DELETE FROM incidents WHERE id = ?", [(id_,) for id_ in replaced])
            for incident in incidents:
                self._db.execute(
                    "INSERT INTO incidents (id, type, start_day, end_day, place) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET type = excluded.type, start_day = excluded.start_day,"
                    " end_day = excluded.end_day, place = excluded.place",
                    (incident.id, incident.type, incident.start, incident.end, incident.place),
                )
                members = [(event, incident.id) for event in incident.events]
                self._db.executemany("INSERT OR REPLACE INTO incident_events (event, incident) VALUES (?, ?)", members)

    # -- reading what was found --------------------------------------------------------------------------------------------

    def records(self, filters: Filters = _NO_FILTERS) -> Iterator[Incident]:
        """Incidents in the order of finding; filters on articles and events hold for one of the tellings."""
        where = incident_condition(filters)
        select = f"{_INCIDENT} WHERE {where.sql} AND i.seq > ? ORDER BY i.seq"
        return map(self._incident_of, paged(self._all, select, where.values, limit=filters.limit))

    def _incident_of(self, row: Sequence[Any]) -> Incident:
        _, id_, type_, start, end, place = row
        members = self._all(
            "SELECT m.event, a.id FROM incident_events m JOIN event_traces t ON t.event = m.event"
            " JOIN articles a ON a.seq = t.article WHERE m.incident = ? ORDER BY m.event",
            id_,
        )
        return Incident(
            id=id_,
            type=type_,
            events=tuple(event for event, _ in members),
            articles=tuple(sorted({article for _, article in members})),
            start=start,
            end=end,
            place=place,
        )

    def _rows(self, sql: str, *values: str | int) -> Iterator[tuple[Any, ...]]:
        with translated(self._ledger.path):
            yield from self._db.execute(sql, values)

    def _all(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        with translated(self._ledger.path):
            return self._db.execute(sql, values).fetchall()


def _trace(data: str, about: str, matter: str) -> Trace:
    return msgspec.structs.replace(_TRACES.decode(data), about=frozenset(about.split()), matter=tuple(matter.split()))


def key_number(key: str) -> int:
    """A key as a number: 63 bits of its hash, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def day_number(day: str | None) -> int:
    """The day as a number; of a month or year its first; UNDATED without one."""
    if day is None:
        return UNDATED
    try:
        return date.fromisoformat(day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day).toordinal()
    except ValueError:
        return UNDATED


def windows_around(db: sqlite3.Connection, day: str | None, around: int) -> tuple[tuple[int, int], ...]:
    """The ranges of days to look through: those within ``around`` days of one, and that of what has no date, if any."""
    first, last = days_around(day, around)
    if day is None:
        return ((UNDATED, last),)
    undated = db.execute("SELECT 1 FROM articles WHERE date IS NULL LIMIT 1").fetchone()
    return ((first, last), (UNDATED, UNDATED)) if undated else ((first, last),)


def days_around(day: str | None, around: int) -> tuple[int, int]:
    """The first and last day within ``around`` days of one; all days without one."""
    number = day_number(day)
    if number == UNDATED:
        return 0, date.max.toordinal()
    return number - timedelta(around).days, number + timedelta(around).days
