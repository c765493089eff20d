"""The shape of the ledger file: named migrations, each applied in one transaction.

Ids of records are content hashes; ``seq`` is only the order of storing, and joins the tables of one article cheaply.
Spans are (b, e): offsets of Unicode characters, end exclusive, so ``substr(text, b + 1, e - b)`` is the span's text.
A migration that has been released is never changed: later rooms append theirs.
"""

from __future__ import annotations

import sqlite3

import msgspec

from dragoman.ledger import society
from dragoman.ledger.folding import fold_value

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
    Table("event_codes", ("event", "cameo", "goldstein"), since=3),
    Table("event_contexts", ("event", "n", "context"), 2, since=3),
    Table("event_mentions", ("event", "n", "b", "e"), 2, since=3),
    Table("relations", RELATION_COLUMNS, since=2),
    Table("relation_chain", ("relation", "n", "name"), 2, since=2),
    *(Table(name, columns, keys, since=3) for name, columns, keys in society.TABLES),
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

_THIRD = Migration(
    "modes, codes and contexts of events; blocs",
    (
        """CREATE TABLE event_codes (
            article INTEGER NOT NULL, event INTEGER NOT NULL, cameo TEXT NOT NULL, goldstein REAL NOT NULL,
            PRIMARY KEY (article, event), FOREIGN KEY (article, event) REFERENCES events (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE event_contexts (
            article INTEGER NOT NULL, event INTEGER NOT NULL, n INTEGER NOT NULL, context TEXT NOT NULL,
            PRIMARY KEY (article, event, n), FOREIGN KEY (article, event) REFERENCES events (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE event_mentions (
            article INTEGER NOT NULL, event INTEGER NOT NULL, n INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,
            PRIMARY KEY (article, event, n), FOREIGN KEY (article, event) REFERENCES events (article, n)
        ) STRICT, WITHOUT ROWID""",
        "DROP VIEW events_readable",
        """CREATE VIEW events_readable AS
            SELECT e.id AS event, a.date AS told, a.outlet, a.language, e.type, e.mode, c.cameo, c.goldstein, e.status,
                (SELECT group_concat(actor, ' + ') FROM (
                    SELECT s.actor FROM event_sides s
                    WHERE s.article = e.article AND s.event = e.n AND s.role = 'actor' ORDER BY s.n)) AS actors,
                (SELECT group_concat(actor, ' + ') FROM (
                    SELECT s.actor FROM event_sides s
                    WHERE s.article = e.article AND s.event = e.n AND s.role = 'recipient' ORDER BY s.n)) AS recipients,
                e.date_start, e.date_end, e.date_basis, e.place,
                (SELECT group_concat(context, ' + ') FROM (
                    SELECT x.context FROM event_contexts x
                    WHERE x.article = e.article AND x.event = e.n ORDER BY x.n)) AS contexts,
                substr(a.text, e.trigger_b + 1, e.trigger_e - e.trigger_b) AS trigger,
                (SELECT count(*) FROM event_mentions m WHERE m.article = e.article AND m.event = e.n) AS mentions,
                substr(a.text, e.sentence_b + 1, e.sentence_e - e.sentence_b) AS sentence,
                (SELECT group_concat(name, ' > ') FROM (
                    SELECT h.name FROM event_chain h
                    WHERE h.article = e.article AND h.event = e.n ORDER BY h.n)) AS chain,
                e.score, a.id AS article
            FROM events e JOIN articles a ON a.seq = e.article
            LEFT JOIN event_codes c ON c.article = e.article AND c.event = e.n""",
        *society.STATEMENTS,
    ),
)
_FOURTH = Migration(
    "reuse",
    (
        # Articles go through the evidence stage in the order of `seq`: the greatest here says how far it has come.
        """CREATE TABLE gathered (
            article INTEGER PRIMARY KEY REFERENCES articles (seq), failure TEXT
        ) STRICT""",
        """CREATE TABLE shingles (
            hash INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES articles (seq), PRIMARY KEY (hash, article)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE anchors (
            article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,
            kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (article, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE anchor_index (
            language TEXT NOT NULL, name TEXT NOT NULL, day INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES articles (seq),
            PRIMARY KEY (language, name, day, article)
        ) STRICT, WITHOUT ROWID""",  # noqa: E501 (ledgers that there are hold this text to the letter)
        """CREATE TABLE reuse (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, basis TEXT NOT NULL,
            a INTEGER NOT NULL REFERENCES articles (seq), a_b INTEGER NOT NULL, a_e INTEGER NOT NULL,
            b INTEGER NOT NULL REFERENCES articles (seq), b_b INTEGER NOT NULL, b_e INTEGER NOT NULL, ratio REAL NOT NULL,
            sum TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX articles_by_original ON articles (translation_of) WHERE translation_of IS NOT NULL",
        "CREATE INDEX reuse_by_a ON reuse (a)",
        "CREATE INDEX reuse_by_b ON reuse (b)",
        """CREATE TABLE reuse_differences (
            reuse INTEGER NOT NULL REFERENCES reuse (seq), n INTEGER NOT NULL, what TEXT NOT NULL,
            a_b INTEGER, a_e INTEGER, b_b INTEGER, b_e INTEGER, PRIMARY KEY (reuse, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE VIEW reuse_readable AS
            SELECT r.id AS reuse, r.kind, r.basis, round(r.ratio, 3) AS ratio,
                a.date AS a_date, a.outlet AS a_outlet, a.language AS a_language, substr(a.text, r.a_b + 1, r.a_e - r.a_b) AS a,
                b.date AS b_date, b.outlet AS b_outlet, b.language AS b_language, substr(b.text, r.b_b + 1, r.b_e - r.b_b) AS b,
                (SELECT count(*) FROM reuse_differences d WHERE d.reuse = r.seq) AS differences,
                a.id AS a_article, b.id AS b_article
            FROM reuse r JOIN articles a ON a.seq = r.a JOIN articles b ON b.seq = r.b""",
    ),
)
_FIFTH = Migration(
    "incidents, disputes, predictions",
    (
        # `data` is what the evidence stage compares, as JSON: a Trace or a Statement (types.py). Keys are hashes of what it is
        # looked up by; a day of -1 is that of an article without a date.
        """CREATE TABLE event_traces (
            seq INTEGER PRIMARY KEY, event TEXT NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES articles (seq),
            data TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX event_traces_by_article ON event_traces (article)",
        """CREATE TABLE article_topics (
            article INTEGER PRIMARY KEY REFERENCES articles (seq), about TEXT NOT NULL, matter TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE trace_index (
            key INTEGER NOT NULL, day INTEGER NOT NULL, trace INTEGER NOT NULL REFERENCES event_traces (seq),
            PRIMARY KEY (key, day, trace)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE event_joins (
            a TEXT NOT NULL, b TEXT NOT NULL, score REAL NOT NULL, why TEXT NOT NULL, PRIMARY KEY (a, b)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE incidents (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, start_day TEXT, end_day TEXT, place TEXT
        ) STRICT""",
        """CREATE TABLE incident_events (
            event TEXT PRIMARY KEY, incident TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX incident_events_by_incident ON incident_events (incident)",
        """CREATE TABLE statements (
            seq INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, data TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE statement_index (
            key INTEGER NOT NULL, day INTEGER NOT NULL, statement INTEGER NOT NULL REFERENCES statements (seq),
            PRIMARY KEY (key, day, statement)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE disputes (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, topic TEXT NOT NULL, score REAL NOT NULL,
            why TEXT NOT NULL,
            a INTEGER NOT NULL REFERENCES articles (seq), a_b INTEGER NOT NULL, a_e INTEGER NOT NULL, a_claim TEXT,
            a_chain TEXT NOT NULL,
            b INTEGER NOT NULL REFERENCES articles (seq), b_b INTEGER NOT NULL, b_e INTEGER NOT NULL, b_claim TEXT,
            b_chain TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX disputes_by_a ON disputes (a)",
        "CREATE INDEX disputes_by_b ON disputes (b)",
        """CREATE TABLE predictions (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES articles (seq),
            b INTEGER NOT NULL, e INTEGER NOT NULL, claim TEXT, predictor_id TEXT, predictor TEXT, predictor_code TEXT,
            start_day TEXT, end_day TEXT, condition_b INTEGER, condition_e INTEGER, certainty TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX predictions_by_article ON predictions (article)",
        """CREATE VIEW incidents_readable AS
            SELECT i.id AS incident, i.type, i.start_day, i.end_day, i.place,
                (SELECT count(*) FROM incident_events m WHERE m.incident = i.id) AS events,
                (SELECT count(DISTINCT t.article) FROM incident_events m JOIN event_traces t ON t.event = m.event
                    WHERE m.incident = i.id) AS articles,
                (SELECT group_concat(said, ' | ') FROM (
                    SELECT DISTINCT substr(a.text, e.sentence_b + 1, e.sentence_e - e.sentence_b) AS said
                    FROM incident_events m JOIN events e ON e.id = m.event JOIN articles a ON a.seq = e.article
                    WHERE m.incident = i.id ORDER BY a.date, e.id LIMIT 5)) AS sentences
            FROM incidents i""",
        """CREATE VIEW disputes_readable AS
            SELECT d.id AS dispute, d.kind, d.topic, round(d.score, 3) AS score, d.why,
                a.date AS a_date, a.outlet AS a_outlet, d.a_chain, substr(a.text, d.a_b + 1, d.a_e - d.a_b) AS a,
                b.date AS b_date, b.outlet AS b_outlet, d.b_chain, substr(b.text, d.b_b + 1, d.b_e - d.b_b) AS b,
                a.id AS a_article, b.id AS b_article
            FROM disputes d JOIN articles a ON a.seq = d.a JOIN articles b ON b.seq = d.b""",
        """CREATE VIEW predictions_readable AS
            SELECT p.id AS prediction, a.date AS told, a.outlet, a.language, p.predictor,
                substr(a.text, p.b + 1, p.e - p.b) AS words, p.start_day, p.end_day,
                substr(a.text, p.condition_b + 1, p.condition_e - p.condition_b) AS condition, p.certainty, p.claim,
                a.id AS article
            FROM predictions p JOIN articles a ON a.seq = p.article""",
    ),
)

CLAIM_BITS = 20
"""Low bits of a rowid of ``claims_fts`` that hold the claim's ``n``; the article's ``seq`` stands above (see search.py)."""

_SIXTH = Migration(
    "browsing: a search index of claims, and ways to what a person looks for",
    (
        """CREATE VIRTUAL TABLE claims_fts USING fts5 (
            source, content, content='', tokenize='unicode61 remove_diacritics 2'
        )""",
        """INSERT INTO claims_fts (rowid, source, content)
            SELECT (c.article << 20) | c.n,
                fold(coalesce(c.source_actor, '') || ' '
                    || coalesce(substr(a.text, c.source_b + 1, c.source_e - c.source_b), '')),
                fold(coalesce((SELECT group_concat(said, ' ') FROM (
                    SELECT substr(a.text, s.b + 1, s.e - s.b) AS said FROM claim_spans s
                    WHERE s.article = c.article AND s.claim = c.n ORDER BY s.n)), ''))
            FROM claims c JOIN articles a ON a.seq = c.article""",
        "CREATE INDEX claims_by_source ON claims (source_actor_id, source_actor, source_actor_code)",
        "CREATE INDEX claims_by_manner ON claims (source_kind, certainty, polarity)",
        "CREATE INDEX claim_chain_by_name ON claim_chain (name)",
        "CREATE INDEX events_by_date ON events (date_start, type, status)",
        "CREATE INDEX event_sides_by_actor ON event_sides (actor_id, role, actor, actor_code)",
        "CREATE INDEX relations_by_source ON relations (source_id, source, source_code)",
        "CREATE INDEX relations_by_target ON relations (target_id, target, target_code)",
        "CREATE INDEX articles_by_outlet ON articles (outlet, language)",
    ),
)

MIGRATIONS: tuple[Migration, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH)

VERSION = len(MIGRATIONS)
"""``PRAGMA user_version`` of a ledger of this version."""


def migrate(db: sqlite3.Connection) -> None:
    """Bring ``db`` to ``VERSION``: one transaction a migration, safe beside another process that does the same."""
    db.create_function("fold", 1, fold_value, deterministic=True)  # migrations index what older ledgers hold
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
