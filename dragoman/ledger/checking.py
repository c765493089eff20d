"""Is the ledger whole, and do two ledgers hold the same?

Both questions read everything: about a minute for a gigabyte, half of it for the second.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator

from dragoman.ledger.evidence_reuse import wrong_reuse
from dragoman.ledger.folding import fold
from dragoman.ledger.rows import Coded, Row, checksum
from dragoman.ledger.schema import ARTICLE_COLUMNS, ARTICLE_TABLES, OUTCOME_COLUMNS, PAGE_COLUMNS
from dragoman.ledger.search import claim_documents

_ARTICLES = ", ".join(ARTICLE_COLUMNS)
_PAGES = ", ".join(PAGE_COLUMNS)
_OUTCOMES = ", ".join(OUTCOME_COLUMNS)


def load_coded(db: sqlite3.Connection, seq: int) -> Coded:
    """The rows of all that hangs on the article with this ``seq``."""
    return {table.name: db.execute(table.select, (seq,)).fetchall() for table in ARTICLE_TABLES}


def problems(db: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the file, in words; nothing if it is whole."""
    for (message,) in db.execute("PRAGMA integrity_check(10)"):
        if message != "ok":
            yield str(message)
    for table, _, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"a row of {table} belongs to no row of {parent}"
    yield from _wrong_totals(db)
    yield from _wrong_sums(db)
    yield from wrong_reuse(db)
    yield from _wrong_index(db)


def digest(db: sqlite3.Connection) -> str:
    """A hash over the logical content: the same for ledgers that hold the same, in whatever order it was stored."""
    whole = hashlib.sha256()
    # An article's sum covers all that hangs on it; it is recomputed here, never trusted.
    for row in db.execute(f"SELECT {_PAGES} FROM pages ORDER BY id"):
        whole.update(f"page {checksum(row)}\n".encode())
    for seq, *values in db.execute(f"SELECT seq, {_ARTICLES} FROM articles ORDER BY id"):
        whole.update(f"article {checksum(tuple(values), load_coded(db, seq))}\n".encode())
    for row in db.execute(f"SELECT {_OUTCOMES} FROM outcomes ORDER BY origin, page, reason, status"):
        whole.update(f"outcome {checksum(row)}\n".encode())
    return whole.hexdigest()


def _wrong_totals(db: sqlite3.Connection) -> Iterator[str]:
    for table in ("pages", "articles", "outcomes"):
        expected, found = db.execute(f"SELECT (SELECT {table} FROM totals), (SELECT count(*) FROM {table})").fetchone()
        if expected != found:
            yield f"expected {expected} {table}, found {found}"


def _wrong_sums(db: sqlite3.Connection) -> Iterator[str]:
    for expected, *values in db.execute(f"SELECT sum, {_PAGES} FROM pages ORDER BY seq"):
        row: Row = tuple(values)
        if checksum(row) != expected:
            yield f"page {row[0]} is not as it was stored"
    for expected, seq, *values in db.execute(f"SELECT sum, seq, {_ARTICLES} FROM articles ORDER BY seq"):
        row = tuple(values)
        if checksum(row, load_coded(db, seq)) != expected:
            yield f"article {row[0]}, or what was coded from it, is not as it was stored"
    for expected, *values in db.execute(f"SELECT sum, {_OUTCOMES} FROM outcomes ORDER BY seq"):
        row = tuple(values)
        if checksum(row) != expected:
            yield f"the outcome of {row[0]} is not as it was stored"


def _wrong_index(db: sqlite3.Connection) -> Iterator[str]:
    stored = db.execute("SELECT seq, title, text FROM articles")
    articles = ((seq, fold(title or ""), fold(text)) for seq, title, text in stored)
    yield from _unlike(db, "articles_fts", ("title", "text"), articles, "articles")
    coded = db.execute("SELECT seq, text FROM articles")
    claims = (document for seq, text in coded for document in claim_documents(seq, text, load_coded(db, seq)))
    yield from _unlike(db, "claims_fts", ("source", "content"), claims, "claims")


def _unlike(
    db: sqlite3.Connection, index: str, columns: tuple[str, str], documents: Iterable[tuple[int, str, str]], what: str
) -> Iterator[str]:
    """Compare a search index, term by term, with one that is built anew from ``documents``."""
    names = ", ".join(columns)
    db.execute(f"CREATE VIRTUAL TABLE temp.fresh USING fts5 ({names}, content='', tokenize='unicode61 remove_diacritics 2')")
    db.execute("CREATE VIRTUAL TABLE temp.fresh_terms USING fts5vocab (temp, fresh, instance)")
    db.execute(f"CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, {index}, instance)")
    try:
        db.executemany(f"INSERT INTO temp.fresh (rowid, {names}) VALUES (?, ?, ?)", documents)
        expected = db.execute("SELECT term, doc, col, offset FROM temp.fresh_terms")
        found = db.execute("SELECT term, doc, col, offset FROM temp.terms")
        for row in expected:
            if found.fetchone() != row:
                yield f"the search index is not that of the {what}"
                return
        if found.fetchone() is not None:
            yield f"the search index holds more than the {what}"
    finally:
        expected = found = None  # type: ignore[assignment]  # open cursors would keep the tables locked
        for table in ("terms", "fresh_terms", "fresh"):
            db.execute(f"DROP TABLE temp.{table}")
