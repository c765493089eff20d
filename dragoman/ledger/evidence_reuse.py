"""Reuse and translations in the ledger: which articles hold a shingle or an anchor, and what was found to be reused.

Articles go through the evidence stage in the order in which they were stored, each once; ``number`` is that order (``seq``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError
from dragoman.ledger import rows
from dragoman.ledger.connection import paged, translated
from dragoman.ledger.filters import Filters, reuse_condition
from dragoman.ledger.schema import ARTICLE_COLUMNS
from dragoman.types import Anchor, Article, Difference, Passage, Reuse, Span

if TYPE_CHECKING:
    from dragoman.ledger.ledger import Ledger

_NO_FILTERS = Filters()
_ARTICLE = ", ".join(ARTICLE_COLUMNS)
_HOLDERS = "SELECT article FROM shingles WHERE hash = ? ORDER BY article LIMIT ?"
_NEAR = "SELECT article FROM anchor_index WHERE language = ? AND name = ? AND day BETWEEN ? AND ? ORDER BY day, article LIMIT ?"
# Skips from one language to the next, whatever the number of rows.
_LANGUAGES = (
    "WITH RECURSIVE each (language) AS (SELECT min(language) FROM anchor_index UNION ALL"
    " SELECT (SELECT min(i.language) FROM anchor_index i WHERE i.language > each.language) FROM each"
    " WHERE each.language IS NOT NULL) SELECT language FROM each WHERE language IS NOT NULL"
)
_COLUMNS = ("id", "kind", "basis", "a", "a_b", "a_e", "b", "b_b", "b_e", "ratio")
_INSERT = f"INSERT OR IGNORE INTO reuse ({', '.join(_COLUMNS)}, sum) VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})"
_DIFFERENCES = "SELECT n, what, a_b, a_e, b_b, b_e FROM reuse_differences WHERE reuse = ? ORDER BY n"
_REUSE = (
    "SELECT r.seq, r.id, r.kind, r.basis, one.id, r.a_b, r.a_e, two.id, r.b_b, r.b_e, r.ratio"
    " FROM reuse r JOIN articles one ON one.seq = r.a JOIN articles two ON two.seq = r.b"
)


class ReuseShelf:
    """What the evidence stage looks up about articles that it has seen, and where it puts what it found.

    For one Ledger, in its transactions: what belongs together goes into one ``Ledger.batch``.
    """

    def __init__(self, ledger: Ledger, db: sqlite3.Connection) -> None:
        """For ``Ledger.reuse_shelf``: a ledger and its open connection."""
        self._ledger = ledger
        self._db = db

    # -- how far the stage has come ----------------------------------------------------------------------------------------

    def next_article(self) -> tuple[int, str] | None:
        """Number and id of the first article that has not been through the evidence stage; None if all have."""
        found = self._all(
            "SELECT seq, id FROM articles WHERE seq > coalesce((SELECT max(article) FROM gathered), -1) ORDER BY seq LIMIT 1"
        )
        return (int(found[0][0]), str(found[0][1])) if found else None

    def left(self) -> int:
        """How many articles have not been through the evidence stage."""
        after = "SELECT count(*) FROM articles WHERE seq > coalesce((SELECT max(article) FROM gathered), -1)"
        return int(self._all(after)[0][0])

    def finish(self, number: int, *, failure: str | None = None) -> None:
        """Note that the article of this number has been through the stage; ``failure`` says why in vain."""
        with self._ledger.batch():
            self._db.execute("INSERT INTO gathered (article, failure) VALUES (?, ?)", (number, failure))

    # -- looking up --------------------------------------------------------------------------------------------------------

    def holders(self, shingles: Iterable[int], most: int) -> dict[int, list[int]]:
        """For each shingle the numbers of the articles that hold it, the first stored first, at most ``most``."""
        with translated(self._ledger.path):
            run = self._db.execute
            return {shingle: [number for (number,) in run(_HOLDERS, (shingle, most))] for shingle in shingles}

    def languages(self) -> list[str]:
        """The languages of the articles whose anchors are entered."""
        return [language for (language,) in self._all(_LANGUAGES)]

    def holders_of_anchors(self, language: str, names: Iterable[str], days: Sequence[Span], most: int) -> list[list[int]]:
        """For each anchor the numbers of the articles in a language that hold it and are dated within one of ``days``.

        At most ``most`` for each of ``days``, which are intervals of ordinals.
        """
        with translated(self._ledger.path):
            run = self._db.execute
            return [
                [number for interval in days for (number,) in run(_NEAR, (language, name, *interval, most))] for name in names
            ]

    def article(self, number: int) -> Article:
        """The article of this number, without its zones and page spans."""
        found = self._all(f"SELECT {_ARTICLE} FROM articles WHERE seq = ?", number)
        if not found:
            raise UsageError(f"{self._ledger.path}: there is no article of number {number}")
        return rows.article_of(found[0], (), ())

    def number(self, article: str) -> int | None:
        """The number of the article of this id, if it is stored."""
        found = self._all("SELECT seq FROM articles WHERE id = ?", article)
        return int(found[0][0]) if found else None

    def stated_translations(self, number: int) -> list[int]:
        """Articles that have been through the stage and that a page calls the original of this one, or its translation."""
        found = self._all(
            "SELECT o.seq FROM articles a JOIN articles o ON o.id = a.translation_of JOIN gathered g ON g.article = o.seq"
            " WHERE a.seq = ?1 UNION SELECT t.seq FROM articles a JOIN articles t ON t.translation_of = a.id"
            " JOIN gathered g ON g.article = t.seq WHERE a.seq = ?1",
            number,
        )
        return [other for (other,) in found]

    def said(self, number: int) -> list[Span]:
        """Where the article of this number gives others' own words, by its claims."""
        return self._all(
            "SELECT s.b, s.e FROM claims c JOIN claim_spans s ON s.article = c.article AND s.claim = c.n"
            " WHERE c.article = ? AND c.direct ORDER BY s.b",
            number,
        )

    def anchors(self, number: int) -> tuple[Anchor, ...]:
        """The anchors of the article of this number, in the order of its text."""
        found = self._all("SELECT b, e, kind, name FROM anchors WHERE article = ? ORDER BY n", number)
        return tuple(Anchor(b=b, e=e, kind=kind, name=name) for b, e, kind, name in found)

    # -- writing -----------------------------------------------------------------------------------------------------------

    def add_shingles(self, number: int, shingles: Iterable[int]) -> None:
        """Enter the shingles of the article of this number."""
        with self._ledger.batch():
            self._db.executemany("INSERT OR IGNORE INTO shingles VALUES (?, ?)", [(shingle, number) for shingle in shingles])

    def add_anchors(self, number: int, anchors: Sequence[Anchor], *, language: str, day: int, names: Iterable[str]) -> None:
        """Enter the anchors of the article of this number, and the names by which they lead to it."""
        with self._ledger.batch():
            self._db.executemany(
                "INSERT INTO anchors VALUES (?, ?, ?, ?, ?, ?)",
                [(number, n, anchor.b, anchor.e, anchor.kind, anchor.name) for n, anchor in enumerate(anchors)],
            )
            self._db.executemany(
                "INSERT INTO anchor_index VALUES (?, ?, ?, ?)", [(language, name, day, number) for name in sorted(set(names))]
            )

    def add_reuse(self, found: Iterable[Reuse]) -> None:
        """Store what was found; a record of an id that is there changes nothing."""
        with self._ledger.batch():
            for reuse in found:
                self._insert(reuse)

    def _insert(self, reuse: Reuse) -> None:
        a, b = self.number(reuse.a.article), self.number(reuse.b.article)
        if a is None or b is None:
            raise UsageError(f"reuse {reuse.id}: expected two stored articles, found {reuse.a.article} and {reuse.b.article}")
        row = (reuse.id, reuse.kind, reuse.basis, a, reuse.a.b, reuse.a.e, b, reuse.b.b, reuse.b.e, float(reuse.ratio))
        parts = [
            (n, part.what, *(part.a or (None, None)), *(part.b or (None, None))) for n, part in enumerate(reuse.differences)
        ]
        done = self._db.execute(_INSERT, (*row, rows.checksum(row, {"reuse_differences": parts})))
        if done.rowcount:
            values = [(done.lastrowid, *part) for part in parts]
            self._db.executemany("INSERT INTO reuse_differences VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    # -- reading what was found --------------------------------------------------------------------------------------------

    def records(self, filters: Filters = _NO_FILTERS) -> Iterator[Reuse]:
        """What was found to be reused, in the order of finding; filters on articles hold for either side."""
        where = reuse_condition(filters)
        select = f"{_REUSE} WHERE {where.sql} AND r.seq > ? ORDER BY r.seq"
        return map(self._reuse_of, paged(self._all, select, where.values, limit=filters.limit))

    def of_article(self, article: str) -> tuple[Reuse, ...]:
        """What the article of this id shares with others, in the order of finding."""
        number = self.number(article)
        if number is None:
            return ()
        found = self._all(
            f"{_REUSE} WHERE r.seq IN (SELECT seq FROM reuse WHERE a = ?1 UNION SELECT seq FROM reuse WHERE b = ?1)"
            " ORDER BY r.seq",
            number,
        )
        return tuple(map(self._reuse_of, found))

    def _reuse_of(self, row: Sequence[Any]) -> Reuse:
        seq, id_, kind, basis, a, a_b, a_e, b, b_b, b_e, ratio = row
        parts = self._all(_DIFFERENCES, seq)
        return Reuse(
            id=id_,
            kind=kind,
            basis=basis,
            a=Passage(article=a, b=a_b, e=a_e),
            b=Passage(article=b, b=b_b, e=b_e),
            ratio=ratio,
            differences=tuple(
                Difference(what=what, a=_span(a_b, a_e), b=_span(b_b, b_e)) for _, what, a_b, a_e, b_b, b_e in parts
            ),
        )

    def _all(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        with translated(self._ledger.path):
            return self._db.execute(sql, values).fetchall()


def wrong_reuse(db: sqlite3.Connection) -> Iterator[str]:
    """What is not as it was stored, in words."""
    for expected, seq, *row in db.execute(f"SELECT sum, seq, {', '.join(_COLUMNS)} FROM reuse ORDER BY seq"):
        if rows.checksum(tuple(row), {"reuse_differences": db.execute(_DIFFERENCES, (seq,)).fetchall()}) != expected:
            yield f"reuse {row[0]} is not as it was stored"


def _span(b: int | None, e: int | None) -> Span | None:
    return None if b is None or e is None else (b, e)
