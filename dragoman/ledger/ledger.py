"""``Ledger``: records in, records out."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from dragoman.errors import InputError, LedgerDamagedError, LedgerFullError, UsageError
from dragoman.ledger import rows, society
from dragoman.ledger.checking import digest, load_coded, problems
from dragoman.ledger.connection import connect, copy_log, paged, translated
from dragoman.ledger.evidence_incidents import IncidentShelf
from dragoman.ledger.evidence_reuse import ReuseShelf
from dragoman.ledger.evidence_statements import StatementShelf
from dragoman.ledger.filters import (
    Condition,
    Filters,
    article_condition,
    bloc_condition,
    cast_condition,
    claim_condition,
    event_condition,
    relation_condition,
)
from dragoman.ledger.folding import fold
from dragoman.ledger.schema import (
    ARTICLE_COLUMNS,
    ARTICLE_TABLES,
    CLAIM_COLUMNS,
    EVENT_COLUMNS,
    OUTCOME_COLUMNS,
    PAGE_COLUMNS,
    RELATION_COLUMNS,
)
from dragoman.ledger.search import index_claims
from dragoman.types import (
    OUTCOME_STATUSES,
    ActorSummary,
    Article,
    Attribution,
    Bloc,
    Claim,
    CodedArticle,
    Dispute,
    Event,
    Incident,
    Mention,
    Outcome,
    Page,
    Prediction,
    Reading,
    Relation,
    Reuse,
)

BUSY_SECONDS = 30.0
"""How long a writer waits for another one."""

_NO_FILTERS = Filters()
# What the page itself says; else what the evidence stage found. The stored row is never altered.
_TRANSLATION_OF = (
    "coalesce(a.translation_of, (SELECT o.id FROM reuse r JOIN articles o ON o.seq = r.a"
    " WHERE r.b = a.seq AND r.kind = 'translation' ORDER BY r.ratio DESC, r.seq LIMIT 1))"
)


def _insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


class Ledger:
    """The database file of what was read: SQLite, open to other readers while one process writes.

    A write has been taken when its call, or the outermost ``batch``, returns: the disk has been told to keep it, and it stands
    in the file itself, not only in its write-ahead log, unless a reader still looks at an older state. That costs some
    milliseconds of waiting for the disk, so writes that belong together go into one ``batch``. All errors of the file are
    LedgerErrors: LedgerFullError (disk full or read-only), LedgerDamagedError, LedgerVersionError; a LedgerError also says
    that another process has been writing for longer than ``timeout`` seconds.

    Use one Ledger per thread.
    """

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        """For ``open``: takes over an open connection."""
        self.path = path
        self._db = db

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, read_only: bool = False, create: bool = True, timeout: float = BUSY_SECONDS
    ) -> Ledger:
        """Open the ledger at ``path``; make it if it is not there, unless ``read_only`` or not ``create``.

        Opening looks over header, version, schema, length and log, whatever the size of the file; ``check`` reads all of it.
        Raises LedgerVersionError (written by a newer dragoman), LedgerDamagedError (damaged, or no ledger),
        LedgerFullError (cannot be written), LedgerError (no such folder, no ledger there, busy).
        """
        place = Path(path)
        return cls(place, connect(place, read_only=read_only, create=create, timeout=timeout))

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        with translated(self.path):
            self._db.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # -- writing -----------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Take all writes inside in one transaction: all or, if an error leaves it, none.

        It holds the lock that other writers wait for: compute first, then write. A write that raises InputError and is caught
        inside leaves the others standing. Batches may nest; the outermost commits.
        """
        if self._db.in_transaction:
            with self._savepoint():
                yield
            return
        with translated(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                if not self._db.in_transaction:  # a full disk rolled all of it back, and the caller went on
                    raise LedgerFullError(f"{self.path}: the disk is full; nothing of this batch was stored")
                self._db.execute("UPDATE totals SET writes = writes + 1")
                self._db.execute("COMMIT")
            except BaseException:
                # A full disk may already have rolled back.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            copy_log(self.path, self._db)

    def add_page(self, page: Page) -> bool:
        """Store ``page``; False if one of its id is there already. Raises InputError for text that cannot be stored."""
        row = rows.page_row(page)
        rows.require_storable(f"page {page.origin}", [row])
        with self.batch():
            if self._db.execute("SELECT 1 FROM pages WHERE id = ?", (page.id,)).fetchone():
                return False
            self._db.execute(_insert("pages", (*PAGE_COLUMNS, "sum")), (*row, rows.checksum(row)))
            self._db.execute("UPDATE totals SET pages = pages + 1")
            return True

    def add_article(self, coded: CodedArticle, *, page: Page | None = None) -> bool:
        """Store an article with everything coded from it, and its ``page`` unless that is there, in one transaction.

        False, and nothing changes, if an article of its id is there. Raises InputError for text or scores that cannot be
        stored (NUL, lone surrogates, NaN) and for two claims of one id; UsageError if the records do not belong together or
        the page was neither given nor stored.
        """
        _require_together(coded, page)
        row = rows.article_row(coded.article)
        parts = rows.coded_rows(coded)
        rows.require_storable(f"article {coded.article.id}", [row, *(part for table in parts.values() for part in table)])
        with self.batch():
            if self.has_article(coded.article.id):
                return False
            if page is not None:
                self.add_page(page)
            elif not self._db.execute("SELECT 1 FROM pages WHERE id = ?", (coded.article.page,)).fetchone():
                raise UsageError(f"article {coded.article.id}: its page {coded.article.page} is not in the ledger: give it too")
            try:
                self._insert_article(row, parts)
            except sqlite3.IntegrityError as error:
                raise InputError(f"article {coded.article.id}: cannot be stored: {error}") from error
            return True

    def record_outcome(self, outcome: Outcome) -> bool:
        """Record what became of an input; False if that changes nothing.

        An input is one origin with one page; where no page could be made, one origin with one reason. The first outcome of an
        input stands, so reading it again changes nothing, except that any other outcome replaces a rejection: what failed
        once may succeed later. A file whose content has changed is another page, hence another outcome.
        """
        row = rows.outcome_row(outcome)
        rows.require_storable(f"outcome of {outcome.origin}", [row])
        with self.batch():
            there = self._db.execute(
                "SELECT seq, status FROM outcomes WHERE origin = ? AND coalesce(page, '') = coalesce(?, '')"
                " AND (page IS NOT NULL OR reason IS ?)",
                (outcome.origin, outcome.page, outcome.reason),
            ).fetchone()
            if there is None:
                self._db.execute(_insert("outcomes", (*OUTCOME_COLUMNS, "sum")), (*row, rows.checksum(row)))
                self._db.execute("UPDATE totals SET outcomes = outcomes + 1")
                return True
            seq, status = there
            if status != "rejected" or outcome.status == "rejected":
                return False
            self._db.execute(
                "UPDATE outcomes SET status = ?, reason = ?, articles = ?, sum = ? WHERE seq = ?",
                (outcome.status, outcome.reason, outcome.articles, rows.checksum(row), seq),
            )
            return True

    # -- reading -----------------------------------------------------------------------------------------------------------

    def has_article(self, article: str) -> bool:
        """Whether an article of this id is stored."""
        return self._one("SELECT 1 FROM articles WHERE id = ?", article) is not None

    def page(self, page: str) -> Page | None:
        """The page of this id, with the origin at which it was first read, or None."""
        row = self._one(f"SELECT {', '.join(PAGE_COLUMNS)} FROM pages WHERE id = ?", page)
        return None if row is None else rows.page_of(row)

    def article(self, article: str) -> Article | None:
        """The article of this id, or None."""
        return next(self.articles(Filters(article=article)), None) if self.has_article(article) else None

    def coded_article(self, article: str) -> CodedArticle | None:
        """The article of this id with everything that was coded from it, or None."""
        with self._snapshot():
            found = self.article(article)
            coded = load_coded(self._db, self._seq(article)) if found else {}
        if found is None:
            return None
        return CodedArticle(
            article=found,
            reading=rows.reading_of(coded),
            claims=rows.claims_of(article, coded),
            events=rows.events_of(article, coded),
            relations=rows.relations_of(article, coded),
            blocs=society.blocs_of(article, coded),
            cast=society.cast_of(coded),
        )

    def articles(self, filters: Filters = _NO_FILTERS) -> Iterator[Article]:
        """Articles in the order in which they were stored."""
        where = article_condition(filters)
        columns = ", ".join(_TRANSLATION_OF if name == "translation_of" else f"a.{name}" for name in ARTICLE_COLUMNS)
        select = f"SELECT a.seq, {columns} FROM articles a WHERE {where.sql} AND a.seq > ? ORDER BY a.seq"
        for seq, *row in paged(self._all, select, where.values, limit=filters.limit):
            yield rows.article_of(row, self._rows_of("article_spans", seq), self._rows_of("zones", seq))

    def claims(self, filters: Filters = _NO_FILTERS) -> Iterator[Claim]:
        """Claims, by article in the order in which they were stored, then as they stand in the text."""
        found = self._of_articles("claims", "c", CLAIM_COLUMNS, claim_condition(filters), filters.limit)
        for seq, n, article, *row in found:
            spans = self._all("SELECT b, e FROM claim_spans WHERE article = ? AND claim = ? ORDER BY n", seq, n)
            chain = self._all("SELECT name FROM claim_chain WHERE article = ? AND claim = ? ORDER BY n", seq, n)
            yield rows.claim_of(article, tuple(row), spans, chain)

    def events(self, filters: Filters = _NO_FILTERS) -> Iterator[Event]:
        """Events, by article in the order in which they were stored, then as they stand in the text."""
        found = self._of_articles("events", "e", EVENT_COLUMNS, event_condition(filters), filters.limit)
        sides = (
            "SELECT role, b, e, actor_id, actor, actor_code FROM event_sides WHERE article = ? AND event = ? ORDER BY role, n"
        )
        for seq, n, article, *row in found:
            chain = self._all("SELECT name FROM event_chain WHERE article = ? AND event = ? ORDER BY n", seq, n)
            codes = self._all("SELECT cameo, goldstein FROM event_codes WHERE article = ? AND event = ?", seq, n)
            contexts = self._all("SELECT context FROM event_contexts WHERE article = ? AND event = ? ORDER BY n", seq, n)
            told = self._all("SELECT b, e FROM event_mentions WHERE article = ? AND event = ? ORDER BY n", seq, n)
            yield rows.event_of(article, tuple(row), self._all(sides, seq, n), chain, codes, contexts, told)

    def relations(self, filters: Filters = _NO_FILTERS) -> Iterator[Relation]:
        """Relations, by article in the order in which they were stored, then as they stand in the text."""
        found = self._of_articles("relations", "r", RELATION_COLUMNS, relation_condition(filters), filters.limit)
        for seq, n, article, *row in found:
            chain = self._all("SELECT name FROM relation_chain WHERE article = ? AND relation = ? ORDER BY n", seq, n)
            manner = self._all("SELECT status, basis FROM relation_manner WHERE article = ? AND relation = ?", seq, n)
            yield rows.relation_of(article, tuple(row), chain, manner)

    def blocs(self, filters: Filters = _NO_FILTERS) -> Iterator[Bloc]:
        """Blocs as each article tells of them, by article in the order in which they were stored."""
        found = self._of_articles("blocs", "b", society.BLOC_COLUMNS, bloc_condition(filters), filters.limit)
        parts = (
            ("bloc_spans", "b, e"), ("bloc_members", "actor_id, actor, actor_code, status, b, e"),
            ("bloc_opposed", "actor_id, actor, actor_code"), ("bloc_chain", "name"),
        )  # fmt: skip
        selects = [f"SELECT {names} FROM {table} WHERE article = ? AND bloc = ? ORDER BY n" for table, names in parts]
        for seq, n, article, *row in found:
            yield society.bloc_of(article, tuple(row), *(self._all(select, seq, n) for select in selects))

    def actors(self, filters: Filters = _NO_FILTERS) -> Iterator[ActorSummary]:
        """Everybody whom the articles name, the most named first."""
        where = cast_condition(filters)
        return society.summaries(self._all, where.sql, where.values, filters.limit)

    def reading(self, article: str) -> Reading:
        """What the reader saw in the article of this id. Raises UsageError if there is none."""
        with self._snapshot():
            return rows.reading_of(load_coded(self._db, self._seq(article)))

    def mentions(self, article: str) -> tuple[Mention, ...]:
        """The mentions of the article of this id, in the order of its text. Raises UsageError if there is none."""
        return self.reading(article).mentions

    def attributions(self, article: str) -> tuple[Attribution, ...]:
        """The attributions of the article of this id, in the order of its text. Raises UsageError if there is none."""
        return self.reading(article).attributions

    @property
    def reuse_shelf(self) -> ReuseShelf:
        """What the evidence stage looks up and stores: shingles, anchors, reuse."""
        return ReuseShelf(self, self._db)

    def reuse(self, filters: Filters = _NO_FILTERS) -> Iterator[Reuse]:
        """Passages that stand in two articles, in the order of finding; filters on articles hold for either."""
        return self.reuse_shelf.records(filters)

    @property
    def incident_shelf(self) -> IncidentShelf:
        """What the evidence stage looks up and stores: traces of events, joins, incidents."""
        return IncidentShelf(self, self._db)

    @property
    def statement_shelf(self) -> StatementShelf:
        """What the evidence stage looks up and stores: statements, disputes, predictions."""
        return StatementShelf(self, self._db)

    def incidents(self, filters: Filters = _NO_FILTERS) -> Iterator[Incident]:
        """Incidents in the order of finding; filters on articles and events hold for one of the tellings."""
        return self.incident_shelf.records(filters)

    def disputes(self, filters: Filters = _NO_FILTERS) -> Iterator[Dispute]:
        """Disputes in the order of finding; filters on articles hold for either side."""
        return self.statement_shelf.disputes(filters)

    def predictions(self, filters: Filters = _NO_FILTERS) -> Iterator[Prediction]:
        """Predictions by article, in the order in which these went through the evidence stage."""
        return self.statement_shelf.predictions(filters)

    def outcomes(self, *, origin: str | None = None, page: str | None = None) -> Iterator[Outcome]:
        """Outcomes in the order in which they were recorded: all, those of one origin, or of one page."""
        wanted = [(column, value) for column, value in (("origin", origin), ("page", page)) if value is not None]
        where = " AND ".join(["1", *(f"{column} = ?" for column, _ in wanted)])
        select = f"SELECT seq, {', '.join(OUTCOME_COLUMNS)} FROM outcomes WHERE {where} AND seq > ? ORDER BY seq"
        for _, *row in paged(self._all, select, tuple(value for _, value in wanted)):
            yield rows.outcome_of(row)

    def counts(self) -> dict[str, int]:
        """How many pages, articles, claims, attributions, mentions and outcomes there are; ``outcomes_stored`` and so on."""
        counts = {
            name: int(self._all(f"SELECT count(*) FROM {name}")[0][0])
            for name in ("pages", "articles", "claims", "events", "relations", "attributions", "mentions", "outcomes")
        }
        by_status: dict[str, int] = dict(self._all("SELECT status, count(*) FROM outcomes GROUP BY status"))
        return counts | {f"outcomes_{status}": int(by_status.get(status, 0)) for status in OUTCOME_STATUSES}

    def digest(self) -> str:
        """A hash over the logical content: equal for two ledgers that hold the same, in whatever order. Reads everything."""
        with self._snapshot():
            return digest(self._db)

    def check(self) -> None:
        """Read the whole file and raise LedgerDamagedError, saying what is wrong, unless everything is as it was stored."""
        with self._snapshot():
            found = [problem for problem, _ in zip(problems(self._db), range(10), strict=False)]
        if found:
            raise LedgerDamagedError(
                f"{self.path}: damaged: {'; '.join(found)}; restore it from a copy, or move it away and read the pages again"
            )

    # -- inside ------------------------------------------------------------------------------------------------------------

    def _insert_article(self, row: rows.Row, parts: rows.Coded) -> None:
        sum_ = rows.checksum(row, parts)
        seq = self._db.execute(_insert("articles", (*ARTICLE_COLUMNS, "sum")), (*row, sum_)).lastrowid
        for table in ARTICLE_TABLES:
            self._db.executemany(table.insert, [(seq, *part) for part in parts[table.name]])
        values = dict(zip(ARTICLE_COLUMNS, row, strict=True))
        index_claims(self._db, int(seq or 0), str(values["text"]), parts)
        folded = (seq, fold(str(values["title"] or "")), fold(str(values["text"])))
        self._db.execute("INSERT INTO articles_fts (rowid, title, text) VALUES (?, ?, ?)", folded)
        self._db.execute("UPDATE totals SET articles = articles + 1")

    @contextlib.contextmanager
    def _savepoint(self) -> Iterator[None]:
        self._db.execute("SAVEPOINT inner_batch")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK TO inner_batch")
                self._db.execute("RELEASE inner_batch")
            raise
        self._db.execute("RELEASE inner_batch")

    @contextlib.contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Let all reads inside see one state of the ledger, whatever others write meanwhile."""
        with translated(self.path):
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _seq(self, article: str) -> int:
        row = self._one("SELECT seq FROM articles WHERE id = ?", article)
        if row is None:
            raise UsageError(f"there is no article {article} in {self.path}")
        return int(row[0])

    def _one(self, sql: str, *values: str | int) -> tuple[Any, ...] | None:
        found = self._all(sql, *values)
        return found[0] if found else None

    def _all(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        with translated(self.path):
            return self._db.execute(sql, values).fetchall()

    def _rows_of(self, name: str, seq: int) -> list[tuple[Any, ...]]:
        table = next(table for table in ARTICLE_TABLES if table.name == name)
        return self._all(table.select, seq)

    def _of_articles(
        self, table: str, letter: str, columns: Sequence[str], where: Condition, limit: int | None
    ) -> Iterator[Sequence[Any]]:
        """(seq, n, id of the article, columns) of the records of ``table`` that ``where`` lets through, in order."""
        named = ", ".join(f"{letter}.{name}" for name in columns)
        select = (
            f"SELECT {letter}.article, {letter}.n, a.id, {named} FROM articles a JOIN {table} {letter}"
            f" ON {letter}.article = a.seq WHERE {where.sql} AND ({letter}.article, {letter}.n) > (?, ?)"
            f" ORDER BY {letter}.article, {letter}.n"
        )
        return paged(self._all, select, where.values, keys=2, limit=limit)


def _require_together(coded: CodedArticle, page: Page | None) -> None:
    article = coded.article
    if page is not None and page.id != article.page:
        raise UsageError(f"article {article.id}: it belongs to page {article.page}, but page {page.id} was given")
    for what, records in (
        ("claim", coded.claims),
        ("event", coded.events),
        ("relation", coded.relations),
        ("bloc", coded.blocs),
    ):
        for record in records:
            if record.article != article.id:
                raise UsageError(f"article {article.id}: {what} {record.id} belongs to article {record.article}")
