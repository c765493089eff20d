"""Events to look through: filtered, counted, a page at a time; over time and on the map. Relations likewise."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec

from dragoman.config import QUADS
from dragoman.ledger.browse import (
    FIRST,
    ArticlesWanted,
    Browser,
    Choice,
    Id,
    Listing,
    Paging,
    Words,
    choices,
    names,
    tally,
    where,
)
from dragoman.ledger.filters import Condition
from dragoman.types import Actor, Record, Status

Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Role = Literal["actor", "recipient"]
PloverType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip


class EventsWanted(ArticlesWanted, frozen=True, kw_only=True):
    """Filters on events; all that are set must hold. ``since`` and ``until`` bound the day of the event."""

    actor: Id | None = None
    """Id of an actor who takes part."""
    role: Role | None = None
    """As what the actor takes part."""
    other: Id | None = None
    """Id of a second actor who takes part."""
    type: PloverType | None = None
    quad: Quad | None = None
    status: Status | None = None
    country: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")] | None = None
    """ISO3 code of the country where it took place."""
    place: Words | None = None
    sort: Literal["newest", "oldest"] = "newest"


ALL = EventsWanted()
"""No filter."""


class EventRow(Record, frozen=True, kw_only=True):
    """An event with its words and the article it stands in. ``marked`` is the trigger's place in ``sentence``."""

    id: str
    article: str
    title: str | None
    outlet: str | None
    told: str | None
    language: str | None
    type: str
    mode: str | None
    quad: str | None
    status: Status
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    start: str | None
    end: str | None
    date_basis: str | None
    place: str | None
    lat: float | None
    lon: float | None
    country: str | None
    sentence: str
    marked: tuple[int, int]
    chain: tuple[str, ...]
    score: float
    at: int


class EventChoices(Record, frozen=True, kw_only=True):
    """What the events that match could be narrowed by."""

    quad: tuple[Choice, ...]
    type: tuple[Choice, ...]
    status: tuple[Choice, ...]
    actor: tuple[Choice, ...]
    country: tuple[Choice, ...]
    outlet: tuple[Choice, ...]
    language: tuple[Choice, ...]


class Count(Record, frozen=True, kw_only=True):
    """How many events of a type fell into a stretch of time: a year, month or day, as ISO."""

    period: str
    type: str
    count: int


class History(Record, frozen=True, kw_only=True):
    """Events over time. ``undated`` of the ``total`` have no day and are in no count."""

    step: Literal["year", "month", "day"]
    counts: tuple[Count, ...]
    total: int
    undated: int


class Spot(Record, frozen=True, kw_only=True):
    """A place with its coordinates (WGS 84) and how many events took place there, by quad category."""

    place: str
    lat: float
    lon: float
    country: str | None
    count: int
    conflict: int


class Spots(Record, frozen=True, kw_only=True):
    """Events on the map. ``unplaced`` of the ``total`` have no coordinates; ``left_out`` spots were too many to send."""

    spots: tuple[Spot, ...]
    countries: tuple[Choice, ...]
    total: int
    unplaced: int
    left_out: int


class RelationRow(Record, frozen=True, kw_only=True):
    """Who is for or against whom, in what words, and the article they stand in."""

    id: str
    article: str
    title: str | None
    outlet: str | None
    told: str | None
    language: str | None
    source: Actor
    target: Actor
    kind: str
    sign: int
    words: str
    chain: tuple[str, ...]
    score: float
    at: int


MOST_SPOTS = 300
MOST_CAST = 20_000
"""Events of a filter beyond which their actors are not counted: it would take longer than a person waits gladly."""
_SIDES = """(SELECT json_group_array(json_array(actor_id, actor, actor_code)) FROM (
        SELECT s.actor_id, s.actor, s.actor_code FROM event_sides s
        WHERE s.article = e.article AND s.event = e.n AND s.role = '{}' ORDER BY s.n))"""
_COLUMNS = f"""e.id, a.id, a.title, coalesce(a.outlet, a.republisher), a.date, a.language, e.type, e.mode, e.status,
    {_SIDES.format("actor")}, {_SIDES.format("recipient")}, e.date_start, e.date_end, e.date_basis,
    e.place, e.lat, e.lon, e.country,
    substr(a.text, e.sentence_b + 1, e.sentence_e - e.sentence_b), e.trigger_b - e.sentence_b, e.trigger_e - e.sentence_b,
    (SELECT json_group_array(name) FROM (
        SELECT h.name FROM event_chain h WHERE h.article = e.article AND h.event = e.n ORDER BY h.n)),
    e.score, e.trigger_b"""
_ORDERS = {"newest": "e.date_start DESC, e.article DESC, e.n", "oldest": "e.date_start IS NULL, e.date_start, e.article, e.n"}
_STEPS: tuple[tuple[Literal["year", "month", "day"], int], ...] = (("day", 10), ("month", 7), ("year", 4))


def events(browser: Browser, wanted: EventsWanted = ALL, *, paging: Paging = FIRST) -> Listing[EventRow]:
    """The events that match."""
    condition = _matching(wanted)
    total = browser.count(f"SELECT count(*) FROM {_tables(wanted)} WHERE {condition.sql}", condition.values)
    # The page is found among the narrow rows first: the wide ones are made for it alone.
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT e.article AS seq, e.n AS k FROM {_tables(wanted)} WHERE {condition.sql}"
        f" ORDER BY {_ORDERS[wanted.sort]} {paging.sql}) found"
        " JOIN events e ON e.article = found.seq AND e.n = found.k JOIN articles a ON a.seq = e.article"
        f" ORDER BY {_ORDERS[wanted.sort]}"
    )
    return Listing(total=total, rows=tuple(map(_event, browser.rows(sql, condition.values))))


def events_by_id(browser: Browser, ids: tuple[str, ...]) -> dict[str, EventRow]:
    """The events of these ids, by id."""
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT {_COLUMNS} FROM events e JOIN articles a ON a.seq = e.article WHERE e.id IN ({marks})"
    return {row.id: row for row in map(_event, browser.rows(sql, ids))}


def event_choices(browser: Browser, wanted: EventsWanted) -> EventChoices:
    """What the events that match could be narrowed by, with how many each choice leaves."""
    condition = _matching(wanted)
    kinds = browser.rows(
        f"SELECT e.type, e.status, e.country, count(*) FROM {_tables(wanted)} WHERE {condition.sql} GROUP BY 1, 2, 3",
        condition.values,
    )
    about = browser.rows(
        f"SELECT b.outlet, b.language, sum(k) FROM (SELECT e.article AS seq, count(*) AS k FROM {_tables(wanted)}"
        f" WHERE {condition.sql} GROUP BY e.article) JOIN articles b USING (seq) GROUP BY 1, 2",
        condition.values,
    )
    cast = ""
    if condition.sql == "1":
        cast = "SELECT actor_id, max(actor), count(*) FROM event_sides GROUP BY 1 ORDER BY 3 DESC LIMIT 12"
    elif sum(row[-1] for row in kinds) <= MOST_CAST:
        cast = (
            f"SELECT w.actor_id, max(w.actor), count(*) FROM {_tables(wanted)} JOIN event_sides w ON w.article = e.article"
            f" AND w.event = e.n WHERE {condition.sql} GROUP BY 1 ORDER BY 3 DESC LIMIT 12"
        )
    return EventChoices(
        quad=tally([(QUADS.get(row[0]), row[-1]) for row in kinds], 0),
        type=tally(kinds, 0, most=16),
        status=tally(kinds, 1),
        actor=choices(browser.rows(cast, condition.values) if cast else ()),
        country=tally(kinds, 2),
        outlet=tally(about, 0),
        language=tally(about, 1),
    )


def history(browser: Browser, wanted: EventsWanted = ALL, *, most: int = 120) -> History:
    """The events that match over time, in the shortest steps of which no more than ``most`` are filled."""
    condition = _matching(wanted)
    tables = _tables(wanted)
    total = browser.count(f"SELECT count(*) FROM {tables} WHERE {condition.sql}", condition.values)
    days = browser.rows(
        f"SELECT e.date_start, e.type, count(*) FROM {tables} WHERE ({condition.sql}) AND e.date_start NOTNULL GROUP BY 1, 2",
        condition.values,
    )
    step, length = _step([day for day, _, _ in days], most)
    counts: dict[tuple[str, str], int] = {}
    for day, type_, count in days:
        counts[day[:length], type_] = counts.get((day[:length], type_), 0) + count
    found = tuple(Count(period=period, type=type_, count=count) for (period, type_), count in sorted(counts.items()))
    return History(step=step, counts=found, total=total, undated=total - sum(count.count for count in found))


def histories(browser: Browser, *, actor: str, others: tuple[str, ...]) -> dict[str, History]:
    """The months of the events that an actor shares with each of ``others``, in one look at the actor's events."""
    marks = ", ".join("?" * len(others))
    rows = browser.rows(
        f"""SELECT o.actor_id, substr(e.date_start, 1, 7), e.type, count(*)
            FROM event_sides s JOIN event_sides o ON o.article = s.article AND o.event = s.event AND o.actor_id <> s.actor_id
            JOIN events e ON e.article = s.article AND e.n = s.event
            WHERE s.actor_id = ? AND o.actor_id IN ({marks}) GROUP BY 1, 2, 3""",
        (actor, *others),
    )
    found = {}
    for other in others:
        counts = [(period, type_, count) for of, period, type_, count in rows if of == other]
        found[other] = History(
            step="month",
            counts=tuple(Count(period=period, type=type_, count=count) for period, type_, count in counts if period),
            total=sum(count for *_, count in counts),
            undated=sum(count for period, _, count in counts if not period),
        )
    return found


def spots(browser: Browser, wanted: EventsWanted = ALL) -> Spots:
    """Where the events that match took place, the most frequent first."""
    condition = _matching(wanted)
    sql = (
        f"SELECT e.place, e.lat, e.lon, e.country, e.type, count(*) FROM {_tables(wanted)} WHERE {condition.sql}"
        " GROUP BY 1, 2, 3, 4, 5"
    )
    places: dict[tuple[Any, ...], list[int]] = {}
    total = unplaced = 0
    rows = browser.rows(sql, condition.values)
    for *where_, type_, count in rows:
        total += count
        if where_[1] is None or where_[2] is None:
            unplaced += count
            continue
        both = places.setdefault(tuple(where_), [0, 0])
        both[0] += count
        both[1] += count * QUADS.get(type_, "").endswith("conflict")
    found = sorted(
        (
            Spot(place=place, lat=lat, lon=lon, country=country, count=count, conflict=conflict)
            for (place, lat, lon, country), (count, conflict) in places.items()
        ),
        key=lambda spot: (-spot.count, spot.place),
    )
    return Spots(
        spots=tuple(found[:MOST_SPOTS]),
        countries=tally(rows, 3, most=300),
        total=total,
        unplaced=unplaced,
        left_out=max(0, len(found) - MOST_SPOTS),
    )


def relations(browser: Browser, *, actor: str, other: str | None = None, paging: Paging = FIRST) -> Listing[RelationRow]:
    """What articles tell of an actor's stance and of stances toward it; only those with ``other``, if given."""
    if other:
        matching, values = "(r.source_id = ? AND r.target_id = ?) OR (r.source_id = ? AND r.target_id = ?)", (
            actor, other, other, actor,
        )  # fmt: skip
    else:
        matching, values = "r.source_id = ? OR r.target_id = ?", (actor, actor)  # type: ignore[assignment]
    total = browser.count(f"SELECT count(*) FROM relations r WHERE {matching}", values)
    sql = f"""SELECT r.id, a.id, a.title, coalesce(a.outlet, a.republisher), a.date, a.language,
            r.source_id, r.source, r.source_code, r.target_id, r.target, r.target_code, r.kind, r.sign,
            substr(a.text, r.b + 1, r.e - r.b),
            (SELECT json_group_array(name) FROM (
                SELECT h.name FROM relation_chain h WHERE h.article = r.article AND h.relation = r.n ORDER BY h.n)),
            r.score, r.b
        FROM relations r JOIN articles a ON a.seq = r.article WHERE {matching}
        ORDER BY a.date DESC, r.article DESC, r.n {paging.sql}"""
    return Listing(total=total, rows=tuple(map(_relation, browser.rows(sql, values))))


def _matching(wanted: EventsWanted) -> Condition:
    return where(_parts(wanted))


def _tables(wanted: EventsWanted) -> str:
    if wanted.outlet or wanted.language or wanted.article:
        return "events e JOIN articles a ON a.seq = e.article"
    return "events e"


def _parts(wanted: EventsWanted) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    # Of the article's filters those on its date do not apply: an event has its own.
    yield from msgspec.structs.replace(wanted, since=None, until=None).article_parts()
    role = (f" AND s.role = '{wanted.role}'") if wanted.role else ""
    if wanted.actor:
        yield f"(e.article, e.n) IN (SELECT s.article, s.event FROM event_sides s WHERE s.actor_id = ?{role})", (wanted.actor,)
    if wanted.other:
        yield "(e.article, e.n) IN (SELECT s.article, s.event FROM event_sides s WHERE s.actor_id = ?)", (wanted.other,)
    if wanted.type:
        yield "e.type = ?", (wanted.type,)
    if wanted.quad:
        types = tuple(type_ for type_, quad in QUADS.items() if quad == wanted.quad)
        yield f"e.type IN ({', '.join('?' * len(types))})", types
    for column, value in (("status", wanted.status), ("country", wanted.country), ("place", wanted.place)):
        if value:
            yield f"e.{column} = ?", (value,)
    if wanted.since:
        yield "e.date_end >= ? OR e.date_start >= ?", (wanted.since, wanted.since)
    if wanted.until:
        yield "e.date_start <= ?", (wanted.until + "~",)


def _step(days: list[str], most: int) -> tuple[Literal["year", "month", "day"], int]:
    """The shortest step of which ``most`` reach over nine tenths of the days: a few of long ago do not make it coarse."""
    days = sorted(days)
    if not days:
        return _STEPS[-1]
    inner = [days[len(days) // 20], days[len(days) - 1 - len(days) // 20]]
    if min(map(len, inner)) >= 10:
        first, last = (datetime.date.fromisoformat(day) for day in inner)
        if (last - first).days < most:
            return _STEPS[0]
    if min(map(len, inner)) >= 7:
        first_month, last_month = (int(day[:4]) * 12 + int(day[5:7]) for day in inner)
        if last_month - first_month < most:
            return _STEPS[1]
    return _STEPS[2]


def _actors(cell: str) -> tuple[Actor, ...]:
    return tuple(Actor(id=id_, name=name, code=code) for id_, name, code in msgspec.json.decode(cell))


def _event(row: tuple[Any, ...]) -> EventRow:
    return EventRow(
        id=row[0], article=row[1], title=row[2], outlet=row[3], told=row[4], language=row[5], type=row[6], mode=row[7],
        quad=QUADS.get(row[6]), status=row[8], actors=_actors(row[9]), recipients=_actors(row[10]), start=row[11], end=row[12],
        date_basis=row[13], place=row[14], lat=row[15], lon=row[16], country=row[17], sentence=row[18],
        marked=(row[19], row[20]), chain=names(row[21]), score=round(row[22], 3), at=row[23],
    )  # fmt: skip


def _relation(row: tuple[Any, ...]) -> RelationRow:
    return RelationRow(
        id=row[0], article=row[1], title=row[2], outlet=row[3], told=row[4], language=row[5],
        source=Actor(id=row[6], name=row[7], code=row[8]), target=Actor(id=row[9], name=row[10], code=row[11]),
        kind=row[12], sign=row[13], words=row[14], chain=names(row[15]), score=round(row[16], 3), at=row[17],
    )  # fmt: skip
