"""Claims to look through: searched in their own words, filtered, counted, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec

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
    searched,
    tally,
    where,
)
from dragoman.ledger.filters import Condition
from dragoman.ledger.schema import CLAIM_BITS
from dragoman.ledger.search import CLAIM_MASK
from dragoman.types import Actor, Certainty, Polarity, Record, SourceKind


class ClaimsWanted(ArticlesWanted, frozen=True, kw_only=True):
    """Filters on claims; all that are set must hold."""

    q: Words | None = None
    """Words of the claim or of its source."""
    source: Id | None = None
    """Id of the actor who makes the claim."""
    kind: SourceKind | None = None
    certainty: Certainty | None = None
    polarity: Polarity | None = None
    chain: Words | None = None
    """Name of somebody in the chain of sources."""
    links: Annotated[int, msgspec.Meta(ge=1, le=20)] | None = None
    """Links in the chain: 1 is the article's own voice or its direct source, 3 and more is hearsay of hearsay."""
    sort: Literal["newest", "oldest", "best"] = "newest"
    """``best``: nearest to the words searched for first."""


ALL = ClaimsWanted()
"""No filter."""


class ClaimRow(Record, frozen=True, kw_only=True):
    """A claim with the words that it consists of and the article it stands in. ``at`` is where it begins in the text."""

    id: str
    article: str
    title: str | None
    outlet: str | None
    date: str | None
    language: str | None
    source: str | None
    source_actor: Actor | None
    source_kind: SourceKind
    cue: str | None
    content: tuple[str, ...]
    chain: tuple[str, ...]
    certainty: Certainty
    polarity: Polarity
    direct: bool
    score: float
    at: int | None


class ClaimChoices(Record, frozen=True, kw_only=True):
    """What the claims that match could be narrowed by."""

    kind: tuple[Choice, ...]
    certainty: tuple[Choice, ...]
    polarity: tuple[Choice, ...]
    source: tuple[Choice, ...]
    outlet: tuple[Choice, ...]
    language: tuple[Choice, ...]


_COLUMNS = """c.id, a.id, a.title, coalesce(a.outlet, a.republisher), a.date, a.language,
    substr(a.text, c.source_b + 1, c.source_e - c.source_b), c.source_actor_id, c.source_actor, c.source_actor_code,
    c.source_kind, substr(a.text, c.cue_b + 1, c.cue_e - c.cue_b),
    (SELECT json_group_array(said) FROM (
        SELECT substr(a.text, s.b + 1, s.e - s.b) AS said FROM claim_spans s
        WHERE s.article = c.article AND s.claim = c.n ORDER BY s.n)),
    (SELECT json_group_array(name) FROM (
        SELECT h.name FROM claim_chain h WHERE h.article = c.article AND h.claim = c.n ORDER BY h.n)),
    c.certainty, c.polarity, c.direct, c.score,
    min(coalesce(c.source_b, 1e9), coalesce(c.cue_b, 1e9), coalesce((
        SELECT min(s.b) FROM claim_spans s WHERE s.article = c.article AND s.claim = c.n), 1e9))"""
_ORDERS = {"newest": "a.date DESC, a.seq DESC, c.n", "oldest": "a.date, a.seq, c.n", "best": "claims_fts.rank, c.article, c.n"}


def claims(browser: Browser, wanted: ClaimsWanted = ALL, *, paging: Paging = FIRST) -> Listing[ClaimRow]:
    """The claims that match."""
    tables, condition = _matching(wanted)
    found = _tables(wanted, counted=True)
    total = browser.count(f"SELECT count(*) FROM {found} WHERE {condition.sql}", condition.values)
    sort = wanted.sort if wanted.q or wanted.sort != "best" else "newest"
    order = _ORDERS[sort]
    sql = f"SELECT {_COLUMNS} FROM {tables} WHERE {condition.sql} ORDER BY {order} {paging.sql}"
    return Listing(total=total, rows=tuple(map(_claim, browser.rows(sql, condition.values))))


def claim_choices(browser: Browser, wanted: ClaimsWanted) -> ClaimChoices:
    """What the claims that match could be narrowed by, with how many each choice leaves."""
    condition = _matching(wanted)[1]
    tables = _tables(wanted, counted=True)
    manner = browser.rows(
        f"SELECT c.source_kind, c.certainty, c.polarity, count(*) FROM {tables} WHERE {condition.sql} GROUP BY 1, 2, 3",
        condition.values,
    )
    sources = browser.rows(
        f"SELECT c.source_actor_id, max(c.source_actor), count(*) FROM {tables} WHERE ({condition.sql})"
        " AND c.source_actor_id IS NOT NULL GROUP BY 1 ORDER BY 3 DESC LIMIT 12",
        condition.values,
    )
    about = browser.rows(
        f"SELECT b.outlet, b.language, sum(k) FROM (SELECT c.article AS seq, count(*) AS k FROM {tables} WHERE {condition.sql}"
        " GROUP BY c.article) JOIN articles b USING (seq) GROUP BY 1, 2",
        condition.values,
    )
    return ClaimChoices(
        kind=tally(manner, 0),
        certainty=tally(manner, 1),
        polarity=tally(manner, 2),
        source=choices(sources),
        outlet=tally(about, 0),
        language=tally(about, 1),
    )


def _matching(wanted: ClaimsWanted) -> tuple[str, Condition]:
    return _tables(wanted), where(_parts(wanted))


def _tables(wanted: ClaimsWanted, *, counted: bool = False) -> str:
    """The tables of a query; where only claims are ``counted``, without the articles unless a filter needs them."""
    tables = "claims c"
    if wanted.q:
        tables = (
            f"claims_fts CROSS JOIN claims c ON c.article = claims_fts.rowid >> {CLAIM_BITS}"
            f" AND c.n = claims_fts.rowid & {CLAIM_MASK}"
        )
    if counted and not wanted.on_articles:
        return tables
    if wanted.q or wanted.source or wanted.chain or wanted.article:
        return f"{tables} JOIN articles a ON a.seq = c.article"
    return "articles a CROSS JOIN claims c ON c.article = a.seq"  # in the order of the articles' dates, without sorting


def _parts(wanted: ClaimsWanted) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    yield from wanted.article_parts()
    if wanted.q:
        query = searched(wanted.q)
        yield ("claims_fts MATCH ?", (query,)) if query else ("0", ())
    if wanted.source:
        yield "c.source_actor_id = ?", (wanted.source,)
    for column, value in (("source_kind", wanted.kind), ("certainty", wanted.certainty), ("polarity", wanted.polarity)):
        if value:
            yield f"c.{column} = ?", (value,)
    if wanted.chain:
        inside = "SELECT h.article, h.claim FROM claim_chain h WHERE h.name = ?"
        yield f"(c.article, c.n) IN ({inside})", (wanted.chain,)
    if wanted.links is not None:
        inside = "SELECT count(*) FROM claim_chain h WHERE h.article = c.article AND h.claim = c.n"
        yield f"({inside}) >= ?", (wanted.links,)


def _claim(row: tuple[Any, ...]) -> ClaimRow:
    return ClaimRow(
        id=row[0], article=row[1], title=row[2], outlet=row[3], date=row[4], language=row[5], source=row[6],
        source_actor=None if row[7] is None else Actor(id=row[7], name=row[8], code=row[9]),
        source_kind=row[10], cue=row[11], content=names(row[12]), chain=names(row[13]), certainty=row[14], polarity=row[15],
        direct=bool(row[16]), score=round(row[17], 3), at=None if row[18] >= 1e9 else int(row[18]),
    )  # fmt: skip
