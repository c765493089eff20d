"""Articles to look through, and what a ledger holds as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from dragoman.ledger.browse import (
    FIRST,
    ArticlesWanted,
    Browser,
    Choice,
    Listing,
    Paging,
    Words,
    choices,
    searched,
    tally,
    where,
)
from dragoman.types import Record


class TextsWanted(ArticlesWanted, frozen=True, kw_only=True):
    """Filters on articles; all that are set must hold."""

    q: Words | None = None
    """Words of title and text."""
    sort: Literal["newest", "oldest", "best"] = "newest"


ALL = TextsWanted()
"""No filter."""


class ArticleRow(Record, frozen=True, kw_only=True):
    """An article without its text: ``beginning`` has the first characters of it."""

    id: str
    date: str | None
    outlet: str | None
    republisher: str | None
    language: str | None
    title: str | None
    author: str | None
    translation_of: str | None
    characters: int
    claims: int
    events: int
    beginning: str


class ArticleChoices(Record, frozen=True, kw_only=True):
    """What the articles that match could be narrowed by."""

    outlet: tuple[Choice, ...]
    language: tuple[Choice, ...]


class Overview(Record, frozen=True, kw_only=True):
    """What a ledger holds. ``first`` and ``last`` are the dates of the oldest and the newest article."""

    pages: int
    articles: int
    claims: int
    events: int
    relations: int
    rejected: int
    first: str | None
    last: str | None
    undated: int
    outlets: tuple[Choice, ...]
    outlets_known: int
    languages: tuple[Choice, ...]
    types: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    certainties: tuple[Choice, ...]
    denied: int


_COLUMNS = """a.id, a.date, a.outlet, a.republisher, a.language, a.title, a.author, a.translation_of, length(a.text),
    (SELECT count(*) FROM claims c WHERE c.article = a.seq), (SELECT count(*) FROM events e WHERE e.article = a.seq),
    substr(a.text, 1, 240)"""
_ORDERS = {"newest": "a.date DESC, a.seq DESC", "oldest": "a.date, a.seq", "best": "articles_fts.rank, a.seq"}
_SEARCHED = "articles_fts JOIN articles a ON a.seq = articles_fts.rowid"


def articles(browser: Browser, wanted: TextsWanted = ALL, *, paging: Paging = FIRST) -> Listing[ArticleRow]:
    """The articles that match."""
    condition = where(_parts(wanted))
    tables = _SEARCHED if wanted.q else "articles a"
    order = _ORDERS[wanted.sort if wanted.q or wanted.sort != "best" else "newest"]
    total = browser.count(f"SELECT count(*) FROM {tables} WHERE {condition.sql}", condition.values)
    sql = f"SELECT {_COLUMNS} FROM {tables} WHERE {condition.sql} ORDER BY {order} {paging.sql}"
    return Listing(total=total, rows=tuple(map(_article, browser.rows(sql, condition.values))))


def article_choices(browser: Browser, wanted: TextsWanted) -> ArticleChoices:
    """What the articles that match could be narrowed by."""
    condition = where(_parts(wanted))
    tables = _SEARCHED if wanted.q else "articles a"
    rows = browser.rows(
        f"SELECT a.outlet, a.language, count(*) FROM {tables} WHERE {condition.sql} GROUP BY 1, 2", condition.values
    )
    return ArticleChoices(outlet=tally(rows, 0), language=tally(rows, 1))


def overview(browser: Browser) -> Overview:
    """What the ledger holds."""
    counts = {
        table: browser.count(f"SELECT count(*) FROM {table}")
        for table in ("pages", "articles", "claims", "events", "relations")
    }
    first, last, undated = browser.rows("SELECT min(date), max(date), sum(date IS NULL) FROM articles")[0]
    kinds = browser.rows("SELECT type, status, count(*) FROM events GROUP BY 1, 2")
    manners = browser.rows("SELECT certainty, polarity, count(*) FROM claims GROUP BY 1, 2")
    outlets = browser.rows("SELECT outlet, count(*) FROM articles GROUP BY 1")
    languages = browser.rows("SELECT language, count(*) FROM articles GROUP BY 1")
    return Overview(
        **counts,
        rejected=browser.count("SELECT count(*) FROM outcomes WHERE status = 'rejected'"),
        first=first,
        last=last,
        undated=undated or 0,
        outlets=choices(outlets, most=10),
        outlets_known=sum(outlet is not None for outlet, _ in outlets),
        languages=choices(languages),
        types=tally(kinds, 0, most=16),
        statuses=tally(kinds, 1),
        certainties=tally(manners, 0),
        denied=sum(count for _, polarity, count in manners if polarity == "neg"),
    )


def _parts(wanted: TextsWanted) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    yield from wanted.article_parts()
    if wanted.q:
        query = searched(wanted.q)
        yield ("articles_fts MATCH ?", (query,)) if query else ("0", ())


def _article(row: tuple[Any, ...]) -> ArticleRow:
    return ArticleRow(**dict(zip(ArticleRow.__struct_fields__, row, strict=True)))
