"""The shape of the ledger file: named migrations, each applied in one transaction.

Ids of records are content hashes; ``seq`` is only the order of storing, and joins the tables of one article cheaply.
Spans are (b, e): offsets of Unicode characters, end exclusive, so ``substr(text, b + 1, e - b)`` is the span's text.
A migration that has been released is never changed: later rooms append theirs.
"""

from __future__ import annotations

import sqlite3

import msgspec

APPLICATION_ID = 0x44524147
"""``PRAGMA application_id`` of a ledger: the letters DRAG."""


class Migration(msgspec.Struct, frozen=True):
    """A named step from one version of the schema to the next."""

    name: str
    statements: tuple[str, ...]


class Table(msgspec.Struct, frozen=True):
    """A table of what was coded from an article: keyed by the article's ``seq`` and its first ``keys`` columns."""

    name: str
    columns: tuple[str, ...]
    keys: int = 1
    since: int = 1
    """The version of the schema that brought it: sums of older articles do not cover it."""

    @property
    def insert(self) -> str:
        """The statement that stores one row: the article's ``seq``, then ``columns``."""
        names = ", ".join(("article", *self.columns))
        marks = ", ".join("?" * (len(self.columns) + 1))
        return f"INSERT INTO {self.name} ({names}) VALUES ({marks})"

    @property
    def select(self) -> str:
        """The statement that gives the rows of one article's ``seq``, in order."""
        order = ", ".join(self.columns[: self.keys])
        return f"SELECT {', '.join(self.columns)} FROM {self.name} WHERE article = ? ORDER BY {order}"


PAGE_COLUMNS = (
    "id", "origin", "kind", "encoding", "truncated",
    "given_title", "given_author", "given_outlet", "given_date", "given_language", "text",
)  # fmt: skip
ARTICLE_COLUMNS = (
    "id", "page", "n", "title", "author", "outlet", "republisher", "translator",
    "date", "date_basis", "language", "translation_of", "text",
)  # fmt: skip
OUTCOME_COLUMNS = ("origin", "status", "reason", "page", "articles")
CLAIM_COLUMNS = (
    "n", "id", "source_b", "source_e", "source_actor_id", "source_actor", "source_actor_code", "source_kind",
    "cue_b", "cue_e", "certainty", "polarity", "direct", "score",
)  # fmt: skip
EVENT_COLUMNS = (
    "n", "id", "sentence_b", "sentence_e", "trigger_b", "trigger_e", "type", "mode", "status",
    "date_start", "date_end", "date_basis", "date_b", "date_e",
    "place_b", "place_e", "place", "lat", "lon", "country", "score",
)  # fmt: skip
SIDE_COLUMNS = ("event", "role", "n", "b", "e", "actor_id", "actor", "actor_code")
RELATION_COLUMNS = (
    "n", "id", "b", "e", "source_id", "source", "source_code", "target_id", "target", "target_code", "kind", "sign", "score",
)  # fmt: skip

ARTICLE_TABLES = (
    Table("article_spans", ("n", "b", "e")),
    Table("zones", ("n", "label", "b", "e", "text")),
    Table("sentences", ("n", "b", "e")),
    Table("mentions", ("n", "b", "e", "type", "score")),
    Table("attributions", ("n", "score")),
    Table("attribution_spans", ("attribution", "role", "n", "b", "e"), 3),
    Table("claims", CLAIM_COLUMNS),
    Table("claim_spans", ("claim", "n", "b", "e"), 2),
    Table("claim_chain", ("claim", "n", "name"), 2),
    Table("events", EVENT_COLUMNS, since=2),
    Table("event_sides", SIDE_COLUMNS, 3, since=2),
    Table("event_chain", ("event", "n", "name"), 2, since=2),
    Table("relations", RELATION_COLUMNS, since=2),
    Table("relation_chain", ("relation", "n", "name"), 2, since=2),
)

_FIRST = Migration(
    "pages, articles, readings, claims, outcomes",
    (
        """CREATE TABLE totals (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            writes INTEGER NOT NULL, pages INTEGER NOT NULL, articles INTEGER NOT NULL, outcomes INTEGER NOT NULL
        ) STRICT""",
        "INSERT INTO totals VALUES (1, 0, 0, 0, 0)",
        """CREATE TABLE pages (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, kind TEXT NOT NULL,
            encoding TEXT NOT NULL, truncated TEXT, given_title TEXT, given_author TEXT, given_outlet TEXT,
            given_date TEXT, given_language TEXT, text TEXT NOT NULL, sum TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE articles (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, page TEXT NOT NULL REFERENCES pages (id), n INTEGER NOT NULL,
            title TEXT, author TEXT, outlet TEXT, republisher TEXT, translator TEXT, date TEXT, date_basis TEXT,
            language TEXT, translation_of TEXT, text TEXT NOT NULL, sum TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX articles_by_page ON articles (page)",
        "CREATE INDEX articles_by_date ON articles (date)",
        """CREATE TABLE article_spans (
            article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,
            PRIMARY KEY (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE zones (
            article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, label TEXT NOT NULL,
            b INTEGER NOT NULL, e INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE sentences (
            article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,
            PRIMARY KEY (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE mentions (
            article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,
            type TEXT NOT NULL, score REAL NOT NULL, PRIMARY KEY (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE attributions (
            article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, score REAL NOT NULL,
            PRIMARY KEY (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE attribution_spans (
            article INTEGER NOT NULL, attribution INTEGER NOT NULL, role TEXT NOT NULL, n INTEGER NOT NULL,
            b INTEGER NOT NULL, e INTEGER NOT NULL, PRIMARY KEY (article, attribution, role, n),
            FOREIGN KEY (article, attribution) REFERENCES attributions (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE claims (
            article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
            source_b INTEGER, source_e INTEGER, source_actor_id TEXT, source_actor TEXT, source_actor_code TEXT,
            source_kind TEXT NOT NULL, cue_b INTEGER, cue_e INTEGER, certainty TEXT NOT NULL, polarity TEXT NOT NULL,
            direct INTEGER NOT NULL, score REAL NOT NULL, PRIMARY KEY (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE claim_spans (
            article INTEGER NOT NULL, claim INTEGER NOT NULL, n INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,
            PRIMARY KEY (article, claim, n), FOREIGN KEY (article, claim) REFERENCES claims (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE claim_chain (
            article INTEGER NOT NULL, claim INTEGER NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL,
            PRIMARY KEY (article, claim, n), FOREIGN KEY (article, claim) REFERENCES claims (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE outcomes (
            seq INTEGER PRIMARY KEY, origin TEXT NOT NULL, status TEXT NOT NULL, reason TEXT, page TEXT,
            articles INTEGER NOT NULL, sum TEXT NOT NULL
        ) STRICT""",
        # An input is known by where it is and what it holds; where no page came of it, by why.
        """CREATE UNIQUE INDEX outcomes_by_input
            ON outcomes (origin, coalesce(page, ''), CASE WHEN page IS NULL THEN coalesce(reason, '') ELSE '' END)""",
        "CREATE INDEX outcomes_by_page ON outcomes (page)",
        # What is indexed is folded (see folding.py); `content=` lets Datasette offer a search box on `articles`.
        """CREATE VIRTUAL TABLE articles_fts USING fts5 (
            title, text, content='articles', content_rowid='seq', tokenize='unicode61 remove_diacritics 2'
        )""",
        """CREATE VIEW claims_readable AS
            SELECT c.id AS claim, a.date, a.outlet, a.language, a.title,
                substr(a.text, c.source_b + 1, c.source_e - c.source_b) AS source, c.source_kind,
                substr(a.text, c.cue_b + 1, c.cue_e - c.cue_b) AS cue,
                (SELECT group_concat(said, ' … ') FROM (
                    SELECT substr(a.text, s.b + 1, s.e - s.b) AS said FROM claim_spans s
                    WHERE s.article = c.article AND s.claim = c.n ORDER BY s.n)) AS content,
                (SELECT group_concat(name, ' > ') FROM (
                    SELECT h.name FROM claim_chain h
                    WHERE h.article = c.article AND h.claim = c.n ORDER BY h.n)) AS chain,
                c.certainty, c.polarity, c.direct, c.score, a.id AS article
            FROM claims c JOIN articles a ON a.seq = c.article""",
        """CREATE VIEW articles_readable AS
            SELECT a.id AS article, a.date, a.outlet, a.republisher, a.language, a.title, a.author,
                length(a.text) AS characters, (SELECT count(*) FROM claims c WHERE c.article = a.seq) AS claims,
                p.origin, substr(a.text, 1, 200) AS beginning
            FROM articles a JOIN pages p ON p.id = a.page""",
        """CREATE VIEW outcomes_readable AS
            SELECT origin, status, reason, articles, page FROM outcomes ORDER BY seq""",
    ),
)

_SECOND = Migration(
    "events and relations",
    (
        """CREATE TABLE events (
            article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
            sentence_b INTEGER NOT NULL, sentence_e INTEGER NOT NULL, trigger_b INTEGER NOT NULL, trigger_e INTEGER NOT NULL,
            type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL,
            date_start TEXT, date_end TEXT, date_basis TEXT, date_b INTEGER, date_e INTEGER,
            place_b INTEGER, place_e INTEGER, place TEXT, lat REAL, lon REAL, country TEXT, score REAL NOT NULL,
            PRIMARY KEY (article, n)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX events_by_type ON events (type)",
        """CREATE TABLE event_sides (
            article INTEGER NOT NULL, event INTEGER NOT NULL, role TEXT NOT NULL, n INTEGER NOT NULL,
            b INTEGER NOT NULL, e INTEGER NOT NULL, actor_id TEXT NOT NULL, actor TEXT NOT NULL, actor_code TEXT,
            PRIMARY KEY (article, event, role, n), FOREIGN KEY (article, event) REFERENCES events (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE event_chain (
            article INTEGER NOT NULL, event INTEGER NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL,
            PRIMARY KEY (article, event, n), FOREIGN KEY (article, event) REFERENCES events (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE relations (
            article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
            b INTEGER NOT NULL, e INTEGER NOT NULL, source_id TEXT NOT NULL, source TEXT NOT NULL, source_code TEXT,
            target_id TEXT NOT NULL, target TEXT NOT NULL, target_code TEXT, kind TEXT NOT NULL, sign INTEGER NOT NULL,
            score REAL NOT NULL, PRIMARY KEY (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE relation_chain (
            article INTEGER NOT NULL, relation INTEGER NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL,
            PRIMARY KEY (article, relation, n), FOREIGN KEY (article, relation) REFERENCES relations (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE VIEW events_readable AS
            SELECT e.id AS event, a.date AS told, a.outlet, a.language, e.type, e.status,
                (SELECT group_concat(actor, ' + ') FROM (
                    SELECT s.actor FROM event_sides s
                    WHERE s.article = e.article AND s.event = e.n AND s.role = 'actor' ORDER BY s.n)) AS actors,
                (SELECT group_concat(actor, ' + ') FROM (
                    SELECT s.actor FROM event_sides s
                    WHERE s.article = e.article AND s.event = e.n AND s.role = 'recipient' ORDER BY s.n)) AS recipients,
                e.date_start, e.date_end, e.place,
                substr(a.text, e.trigger_b + 1, e.trigger_e - e.trigger_b) AS trigger,
                substr(a.text, e.sentence_b + 1, e.sentence_e - e.sentence_b) AS sentence,
                (SELECT group_concat(name, ' > ') FROM (
                    SELECT h.name FROM event_chain h
                    WHERE h.article = e.article AND h.event = e.n ORDER BY h.n)) AS chain,
                e.score, a.id AS article
            FROM events e JOIN articles a ON a.seq = e.article""",
        """CREATE VIEW relations_readable AS
            SELECT r.id AS relation, a.date AS told, a.outlet, a.language, r.source, r.kind, r.target, r.sign,
                substr(a.text, r.b + 1, r.e - r.b) AS words,
                (SELECT group_concat(name, ' > ') FROM (
                    SELECT h.name FROM relation_chain h
                    WHERE h.article = r.article AND h.relation = r.n ORDER BY h.n)) AS chain,
                r.score, a.id AS article
            FROM relations r JOIN articles a ON a.seq = r.article""",
    ),
)

MIGRATIONS: tuple[Migration, ...] = (_FIRST, _SECOND)

VERSION = len(MIGRATIONS)
"""``PRAGMA user_version`` of a ledger of this version."""


def migrate(db: sqlite3.Connection) -> None:
    """Bring ``db`` to ``VERSION``: one transaction a migration, safe beside another process that does the same."""
    while True:
        db.execute("BEGIN IMMEDIATE")
        try:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version >= VERSION:
                db.execute("ROLLBACK")
                return
            for statement in MIGRATIONS[version].statements:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {version + 1}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def objects(db: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """The tables, indexes and views of ``db``: (type, name) -> their SQL."""
    rows = db.execute("SELECT type, name, coalesce(sql, '') FROM main.sqlite_schema")
    return {(kind, name): sql for kind, name, sql in rows}


def expected_objects() -> dict[tuple[str, str], str]:
    """What ``objects`` gives for a sound ledger of this version; a user's own additions come on top."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(db)
        return objects(db)
    finally:
        db.close()
