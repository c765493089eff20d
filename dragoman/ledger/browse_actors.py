"""Actors to look through: who takes part how often, under which names, and what stands between two of them."""

from __future__ import annotations

from typing import Literal

from dragoman.ledger.browse import FIRST, Browser, Choice, Listing, Paging, Words, choices, folded
from dragoman.types import Actor, Record


class ActorsWanted(Record, frozen=True, kw_only=True):
    """Filters on actors."""

    q: Words | None = None
    """Part of a name or code."""
    sort: Literal["most", "name"] = "most"


ALL = ActorsWanted()
"""No filter."""


class ActorRow(Record, frozen=True, kw_only=True):
    """An actor with how often it acts, is acted upon, is for or against somebody or the aim of that, and makes a claim."""

    id: str
    name: str
    code: str | None
    acts: int
    suffers: int
    stances: int
    claims: int


class Dossier(Record, frozen=True, kw_only=True):
    """An actor: the names and words used for it, what it does and suffers by type, with whom, and who speaks of it."""

    actor: ActorRow
    names: tuple[Choice, ...]
    does: tuple[Choice, ...]
    suffers: tuple[Choice, ...]
    partners: tuple[Choice, ...]
    first: str | None
    last: str | None


_CAST = """WITH parts AS (
        SELECT actor_id AS id, max(actor) AS name, max(actor_code) AS code, sum(role = 'actor') AS acts,
            sum(role = 'recipient') AS suffers, 0 AS stances, 0 AS claims FROM event_sides GROUP BY actor_id
        UNION ALL SELECT source_id, max(source), max(source_code), 0, 0, count(*), 0 FROM relations GROUP BY source_id
        UNION ALL SELECT target_id, max(target), max(target_code), 0, 0, count(*), 0 FROM relations GROUP BY target_id
        UNION ALL SELECT source_actor_id, max(source_actor), max(source_actor_code), 0, 0, 0, count(*) FROM claims
            WHERE source_actor_id IS NOT NULL GROUP BY source_actor_id),
    cast_ AS (SELECT id, max(name) AS name, max(code) AS code, sum(acts) AS acts, sum(suffers) AS suffers,
        sum(stances) AS stances, sum(claims) AS claims FROM parts GROUP BY id)"""


def actors(browser: Browser, wanted: ActorsWanted = ALL, *, paging: Paging = FIRST) -> Listing[ActorRow]:
    """The actors that match, of events, relations and claims."""
    matching, values = "1", []
    if wanted.q:
        name = folded(wanted.q)
        matching, values = "instr(fold(name), ?) OR instr(fold(code), ?)", [name, name]
    order = "acts + suffers + stances + claims DESC, name, id" if wanted.sort == "most" else "fold(name), id"
    sql = f"{_CAST} SELECT *, count(*) OVER () FROM cast_ WHERE {matching} ORDER BY {order} {paging.sql}"
    rows = browser.rows(sql, values)
    total = rows[0][-1] if rows else 0
    if not rows and paging.start:
        total = browser.count(f"{_CAST} SELECT count(*) FROM cast_ WHERE {matching}", values)
    return Listing(total=total, rows=tuple(_actor(row) for row in rows))


def dossier(browser: Browser, id_: str) -> Dossier | None:
    """What the ledger holds of the actor of this id; None if it knows nobody of that id."""
    rows = browser.rows(
        """SELECT actor, actor_code, sum(role = 'actor'), sum(role = 'recipient'), 0, 0 FROM event_sides
            WHERE actor_id = ?1 GROUP BY 1, 2
        UNION ALL SELECT source, source_code, 0, 0, count(*), 0 FROM relations WHERE source_id = ?1 GROUP BY 1, 2
        UNION ALL SELECT target, target_code, 0, 0, count(*), 0 FROM relations WHERE target_id = ?1 GROUP BY 1, 2
        UNION ALL SELECT source_actor, source_actor_code, 0, 0, 0, count(*) FROM claims
            WHERE source_actor_id = ?1 GROUP BY 1, 2""",
        (id_,),
    )
    if not rows:
        return None
    name, code, *_ = max(rows, key=lambda row: (sum(row[2:]), row[0]))
    sums = [sum(row[k] for row in rows) for k in range(2, 6)]
    by_type = {
        role: browser.rows(
            "SELECT e.type, count(*) FROM event_sides s JOIN events e ON e.article = s.article AND e.n = s.event"
            " WHERE s.actor_id = ? AND s.role = ? GROUP BY 1",
            (id_, role),
        )
        for role in ("actor", "recipient")
    }
    partners = browser.rows(
        "SELECT o.actor_id, max(o.actor), count(*) FROM event_sides s JOIN event_sides o ON o.article = s.article"
        " AND o.event = s.event AND o.role <> s.role WHERE s.actor_id = ?1 AND o.actor_id <> ?1"
        " GROUP BY 1 ORDER BY 3 DESC LIMIT 12",
        (id_,),
    )
    first, last = browser.rows(
        "SELECT min(e.date_start), max(e.date_start) FROM event_sides s JOIN events e ON e.article = s.article"
        " AND e.n = s.event WHERE s.actor_id = ?",
        (id_,),
    )[0]
    words = browser.rows(
        "SELECT substr(a.text, s.b + 1, s.e - s.b), count(*) FROM event_sides s JOIN articles a ON a.seq = s.article"
        " WHERE s.actor_id = ? GROUP BY 1 ORDER BY 2 DESC LIMIT 24",
        (id_,),
    )
    acts, suffers, stances, claims = sums
    return Dossier(
        actor=ActorRow(id=id_, name=name, code=code, acts=acts, suffers=suffers, stances=stances, claims=claims),
        names=choices(words, most=24),
        does=choices(by_type["actor"], most=16),
        suffers=choices(by_type["recipient"], most=16),
        partners=choices(partners),
        first=first,
        last=last,
    )


def actor_names(browser: Browser, ids: tuple[str, ...]) -> dict[str, Actor]:
    """The actors of these ids, as events, relations or claims name them."""
    found: dict[str, Actor] = {}
    for table, column in (
        ("event_sides", "actor"),
        ("relations", "source"),
        ("relations", "target"),
        ("claims", "source_actor"),
    ):
        missing = [id_ for id_ in ids if id_ not in found]
        if not missing:
            break
        marks = ", ".join("?" * len(missing))
        key = f"{column}_id"
        rows = browser.rows(
            f"SELECT {key}, max({column}), max({column}_code) FROM {table} WHERE {key} IN ({marks}) GROUP BY {key}", missing
        )
        found |= {id_: Actor(id=id_, name=name, code=code) for id_, name, code in rows}
    return found


def _actor(row: tuple[object, ...]) -> ActorRow:
    return ActorRow(**dict(zip(ActorRow.__struct_fields__, row, strict=False)))  # type: ignore[arg-type]
