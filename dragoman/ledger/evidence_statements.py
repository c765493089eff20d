"""Statements, disputes and predictions in the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import UsageError
from dragoman.ledger.connection import paged, translated
from dragoman.ledger.evidence_incidents import day_number, key_number, windows_around
from dragoman.ledger.filters import Condition, Filters, dispute_condition, prediction_condition
from dragoman.types import Actor, Disputant, Dispute, Prediction, Statement

if TYPE_CHECKING:
    from dragoman.ledger.ledger import Ledger

DAYS_AROUND = 366
"""Days between two articles whose statements are set against each other: who changed his mind did so within a year."""
_NO_FILTERS = Filters()
_STATEMENTS = msgspec.json.Decoder(Statement)
_NEAR = (
    "SELECT s.data FROM statement_index i JOIN statements s ON s.seq = i.statement"
    " WHERE i.key = ? AND i.day BETWEEN ? AND ? ORDER BY i.day DESC, i.statement DESC LIMIT ?"
)
_DISPUTE = (
    "SELECT d.seq, d.id, d.kind, d.topic, d.score, d.why, one.id, d.a_b, d.a_e, d.a_claim, d.a_chain,"
    " two.id, d.b_b, d.b_e, d.b_claim, d.b_chain"
    " FROM disputes d JOIN articles one ON one.seq = d.a JOIN articles two ON two.seq = d.b"
)
_PREDICTION = (
    "SELECT p.seq, p.id, p.claim, a.id, p.b, p.e, p.predictor_id, p.predictor, p.predictor_code, p.start_day, p.end_day,"
    " p.condition_b, p.condition_e, p.certainty FROM predictions p JOIN articles a ON a.seq = p.article"
)


class StatementShelf:
    """What the evidence stage looks up about the statements that it has seen, and where it puts disputes and predictions.

    For one Ledger, in its transactions: what belongs together goes into one ``Ledger.batch``.
    """

    def __init__(self, ledger: Ledger, db: sqlite3.Connection) -> None:
        """For ``Ledger.statement_shelf``: a ledger and its open connection."""
        self._ledger = ledger
        self._db = db
        self._decoded: dict[str, Statement] = {}  # a shelf lives for one article, whose statements ask for the same

    # -- looking up and writing --------------------------------------------------------------------------------------------

    def statements_with(self, keys: Sequence[str], *, day: str | None, most: int) -> list[Statement]:
        """Statements that have one of the keys, of articles dated within DAYS_AROUND days; of each key the ``most`` latest."""
        found: dict[str, None] = {}
        windows = windows_around(self._db, day, DAYS_AROUND)
        for key in keys:
            for window in windows:
                found.update((data, None) for (data,) in self._all(_NEAR, key_number(key), *window, most))
        return [self._decoded.get(data) or self._decoded.setdefault(data, _STATEMENTS.decode(data)) for data in found]

    def add_statements(self, number: int, statements: Sequence[Statement], keys: Sequence[Sequence[str]]) -> None:
        """Enter those statements of the article of this number that have keys by which they are looked up."""
        with self._ledger.batch():
            for statement, own in zip(statements, keys, strict=True):
                if not own:
                    continue
                data = msgspec.json.encode(statement, order="deterministic").decode()
                row = (number, statement.n, data)
                done = self._db.execute("INSERT INTO statements (article, n, data) VALUES (?, ?, ?)", row)
                day = day_number(statement.day)
                rows = [(key_number(key), day, done.lastrowid) for key in own]
                self._db.executemany("INSERT OR IGNORE INTO statement_index VALUES (?, ?, ?)", rows)

    def add_disputes(self, disputes: Iterable[Dispute]) -> None:
        """Store disputes; one of an id that is there changes nothing."""
        with self._ledger.batch():
            for dispute in disputes:
                sides = (value for side in (dispute.a, dispute.b) for value in self._side_row(dispute, side))
                self._db.execute(
                    "INSERT OR IGNORE INTO disputes (id, kind, topic, score, why, a, a_b, a_e, a_claim, a_chain,"
                    " b, b_b, b_e, b_claim, b_chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (dispute.id, dispute.kind, dispute.topic, float(dispute.score), dispute.why, *sides),
                )

    def _side_row(self, dispute: Dispute, side: Disputant) -> tuple[str | int | None, ...]:
        found = self._all("SELECT seq FROM articles WHERE id = ?", side.article)
        if not found:
            raise UsageError(f"dispute {dispute.id}: expected a stored article, found {side.article}: store it first")
        return (int(found[0][0]), *side.span, side.claim, msgspec.json.encode(side.chain).decode())

    def add_predictions(self, number: int, predictions: Iterable[Prediction]) -> None:
        """Store the predictions of the article of this number; one of an id that is there changes nothing."""
        with self._ledger.batch():
            for found in predictions:
                who, condition = found.predictor, found.condition or (None, None)
                cells = (None, None, None) if who is None else (who.id, who.name, who.code)
                self._db.execute(
                    "INSERT OR IGNORE INTO predictions (id, article, b, e, claim, predictor_id, predictor, predictor_code,"
                    ' start_day, end_day, condition_b, condition_e, certainty) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
                    (found.id, number, *found.span, found.claim, *cells, *(found.horizon or (None, None)), *condition,
                     found.certainty),
                )  # fmt: skip

    # -- reading what was found --------------------------------------------------------------------------------------------

    def disputes(self, filters: Filters = _NO_FILTERS) -> Iterator[Dispute]:
        """Disputes in the order of finding; filters on articles hold for either side."""
        for row in self._paged(_DISPUTE, "d", dispute_condition(filters), filters.limit):
            _, id_, kind, topic, score, why, *sides = row
            a, b = _side(sides[:5]), _side(sides[5:])
            yield Dispute(id=id_, kind=kind, topic=topic, a=a, b=b, score=score, why=why)

    def predictions(self, filters: Filters = _NO_FILTERS) -> Iterator[Prediction]:
        """Predictions by article, in the order in which these went through the stage."""
        for row in self._paged(_PREDICTION, "p", prediction_condition(filters), filters.limit):
            _, id_, claim, article, b, e, actor_id, actor, code, start, end, condition_b, condition_e, certainty = row
            yield Prediction(
                id=id_,
                claim=claim,
                article=article,
                span=(b, e),
                predictor=None if actor_id is None else Actor(id=actor_id, name=actor, code=code),
                horizon=None if start is None else (start, end),
                condition=None if condition_b is None else (condition_b, condition_e),
                certainty=certainty,
            )

    def _paged(self, select: str, letter: str, where: Condition, limit: int | None) -> Iterator[tuple[Any, ...]]:
        sql = f"{select} WHERE {where.sql} AND {letter}.seq > ? ORDER BY {letter}.seq"
        return paged(self._all, sql, where.values, limit=limit)

    def _all(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        with translated(self._ledger.path):
            return self._db.execute(sql, values).fetchall()


def _side(cells: Sequence[Any]) -> Disputant:
    article, b, e, claim, chain = cells
    return Disputant(article=article, span=(b, e), claim=claim, chain=tuple(msgspec.json.decode(chain)))
