"""What to show: filters on articles and claims, turned into SQL conditions."""

from __future__ import annotations

import msgspec

from dragoman.ledger.folding import fold, match_query
from dragoman.types import Certainty, DisputeKind, Polarity, ReuseKind, SourceKind, Status


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Which articles or claims are wanted; all that are given must hold. Upper and lower case never matter.

    Of articles, the filters on claims keep those with at least one such claim.
    """

    article: str | None = None
    """An article's id, or how it begins."""
    language: str | None = None
    """Language code of the article."""
    outlet: str | None = None
    """Outlet or republisher of the article."""
    since: str | None = None
    """Earliest date, ISO (YYYY, YYYY-MM or YYYY-MM-DD); an article dated by month or year counts if it may be as late."""
    until: str | None = None
    """Latest date, ISO, in the same way."""
    search: str | None = None
    """Words of title and text, see ``match_query``."""
    source: str | None = None
    """Part of the name, or of the words, of the claim's source."""
    source_kind: SourceKind | None = None
    certainty: Certainty | None = None
    polarity: Polarity | None = None
    kind: str | None = None
    """Kind of the actor: state, person …"""
    actor: str | None = None
    """Part of the name, or of the code, of somebody in the event or relation."""
    event_type: str | None = None
    """PLOVER type of the event."""
    status: Status | None = None
    """Status of the event."""
    min_score: float | None = None
    """How sure the event must be, from 0 to 1."""
    reuse_kind: ReuseKind | None = None
    """Kind of a reused passage."""
    dispute_kind: DisputeKind | None = None
    """Kind of a dispute."""
    limit: int | None = None
    """At most so many."""


class Condition(msgspec.Struct, frozen=True):
    """An SQL condition over ``a`` (articles) and ``c`` (claims) with its parameters; ``sql`` is never empty."""

    sql: str
    values: tuple[str | int, ...]


_Part = tuple[str, tuple[str, ...]]


def article_condition(filters: Filters) -> Condition:
    """The condition on articles ``a``, with those on claims as ``EXISTS``."""
    parts = _article_parts(filters)
    claim_parts = _claim_parts(filters)
    if claim_parts:
        inner = _join([("c.article = a.seq", ()), *claim_parts])
        parts.append((f"EXISTS (SELECT 1 FROM claims c WHERE {inner.sql})", tuple(str(value) for value in inner.values)))
    return _join(parts)


def claim_condition(filters: Filters) -> Condition:
    """The condition on claims ``c`` joined with their articles ``a``."""
    return _join([*_article_parts(filters), *_claim_parts(filters)])


def event_condition(filters: Filters) -> Condition:
    """The condition on events ``e`` joined with their articles ``a``; filters on claims do not matter."""
    parts = _article_parts(filters)
    if filters.actor is not None:
        name = fold(filters.actor)
        inside = "SELECT 1 FROM event_sides s WHERE s.article = e.article AND s.event = e.n"
        parts.append((f"EXISTS ({inside} AND (instr(fold(s.actor), ?) OR instr(fold(s.actor_code), ?)))", (name, name)))
    for column, value in (("type", filters.event_type and filters.event_type.upper()), ("status", filters.status)):
        if value is not None:
            parts.append((f"e.{column} = ?", (value,)))
    if filters.min_score is not None:
        parts.append(("e.score >= CAST(? AS REAL)", (str(filters.min_score),)))
    return _join(parts)


def relation_condition(filters: Filters) -> Condition:
    """The condition on relations ``r`` joined with their articles ``a``; filters on claims and events do not matter."""
    parts = _article_parts(filters)
    if filters.actor is not None:
        names = ("source", "source_code", "target", "target_code")
        wanted = " OR ".join(f"instr(fold(r.{name}), ?)" for name in names)
        parts.append((wanted, (fold(filters.actor),) * len(names)))
    return _join(parts)


def bloc_condition(filters: Filters) -> Condition:
    """The condition on blocs ``b`` joined with their articles ``a``; an actor may be the bloc or one of its members."""
    parts = _article_parts(filters)
    if filters.actor is not None:
        name = fold(filters.actor)
        inside = "SELECT 1 FROM bloc_members m WHERE m.article = b.article AND m.bloc = b.n"
        wanted = f"instr(fold(b.actor), ?) OR EXISTS ({inside} AND (instr(fold(m.actor), ?) OR instr(fold(m.actor_code), ?)))"
        parts.append((wanted, (name, name, name)))
    return _join(parts)


def cast_condition(filters: Filters) -> Condition:
    """The condition on the actors ``m`` of articles ``a``: part of a name that an article uses, or of the code."""
    parts = _article_parts(filters)
    if filters.actor is not None:
        name = fold(filters.actor)
        words = "substr(a.text, s.b + 1, s.e - s.b)"
        inside = f"SELECT 1 FROM cast_namings s WHERE s.article = m.article AND s.member = m.n AND instr(fold({words}), ?)"
        parts.append((f"instr(fold(m.actor), ?) OR instr(fold(m.actor_code), ?) OR EXISTS ({inside})", (name, name, name)))
    if filters.kind is not None:
        parts.append(("m.kind = ?", (filters.kind,)))
    return _join(parts)


def reuse_condition(filters: Filters) -> Condition:
    """The condition on reuse ``r``: what is asked of articles must hold for one of the two."""
    parts = _either_article("r", filters)
    if filters.reuse_kind is not None:
        parts.append(("r.kind = ?", (filters.reuse_kind,)))
    return _join(parts)


def incident_condition(filters: Filters) -> Condition:
    """The condition on incidents ``i``: what is asked of articles and events must hold for one of the tellings."""
    inner = event_condition(filters)
    if inner.sql == "1":
        return inner
    tellings = "incident_events t JOIN events e ON e.id = t.event JOIN articles a ON a.seq = e.article"
    return Condition(f"EXISTS (SELECT 1 FROM {tellings} WHERE t.incident = i.id AND {inner.sql})", inner.values)


def dispute_condition(filters: Filters) -> Condition:
    """The condition on disputes ``d``: what is asked of articles must hold for one of the sides."""
    parts = _either_article("d", filters)
    if filters.dispute_kind is not None:
        parts.append(("d.kind = ?", (filters.dispute_kind,)))
    return _join(parts)


def prediction_condition(filters: Filters) -> Condition:
    """The condition on predictions ``p`` joined with their articles ``a``; the source is the predictor."""
    parts = _article_parts(filters)
    if filters.source is not None:
        name = fold(filters.source)
        parts.append(("instr(fold(p.predictor), ?) OR instr(fold(p.predictor_code), ?)", (name, name)))
    if filters.certainty is not None:
        parts.append(("p.certainty = ?", (filters.certainty,)))
    return _join(parts)


def _join(parts: list[_Part]) -> Condition:
    sql = " AND ".join(f"({part})" for part, _ in parts) or "1"
    return Condition(sql, tuple(value for _, values in parts for value in values))


def _either_article(letter: str, filters: Filters) -> list[_Part]:
    """That one of the two articles of a record, its columns ``a`` and ``b``, is as asked for."""
    if not (parts := _article_parts(filters)):
        return []
    inner = _join(parts)
    values = tuple(str(value) for value in inner.values)
    return [(f"EXISTS (SELECT 1 FROM articles a WHERE a.seq IN ({letter}.a, {letter}.b) AND {inner.sql})", values)]


def _article_parts(filters: Filters) -> list[_Part]:
    parts: list[_Part] = []
    if filters.article is not None:
        prefix = filters.article.lower()
        parts.append(("a.id >= ? AND a.id < ?", (prefix, prefix + "~")))
    if filters.language is not None:
        parts.append(("fold(a.language) = ?", (fold(filters.language),)))
    if filters.outlet is not None:
        outlet = fold(filters.outlet)
        parts.append(("fold(a.outlet) = ? OR fold(a.republisher) = ?", (outlet, outlet)))
    # '~' sorts behind every digit and '-': a bound of a month or year takes in all its days, and so does such a date.
    if filters.since is not None:
        parts.append(("a.date || '~' >= ?", (filters.since,)))
    if filters.until is not None:
        parts.append(("a.date <= ?", (filters.until + "~",)))
    if filters.search is not None:
        parts.append(("a.seq IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)", (match_query(filters.search),)))
    return parts


def _claim_parts(filters: Filters) -> list[_Part]:
    parts: list[_Part] = []
    if filters.source is not None:
        name = fold(filters.source)
        words = "substr(a.text, c.source_b + 1, c.source_e - c.source_b)"
        parts.append((f"instr(fold(c.source_actor), ?) OR instr(fold({words}), ?)", (name, name)))
    for column, value in (
        ("source_kind", filters.source_kind),
        ("certainty", filters.certainty),
        ("polarity", filters.polarity),
    ):
        if value is not None:
            parts.append((f"c.{column} = ?", (value,)))
    return parts
