"""Looking around in a ledger: pages of records that match, how many there are, and what they could be narrowed by.

``Browser`` runs the queries of ``browse_claims``, ``browse_events``, ``browse_articles``, ``browse_actors`` and
``browse_evidence``. It reads only, and no query of it takes longer than it was given.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from dragoman.errors import LedgerError, LimitError, UsageError
from dragoman.ledger.filters import Condition
from dragoman.ledger.folding import fold, match_query
from dragoman.ledger.ledger import Ledger
from dragoman.types import Record

SECONDS = 10.0
"""How long one look at the ledger may take."""
_LOOK_EVERY = 20_000  # steps of SQLite's machine between two looks at the clock: some milliseconds

R = TypeVar("R")

Words = Annotated[str, msgspec.Meta(max_length=200)]
"""What a person types or picks."""
Id = Annotated[str, msgspec.Meta(max_length=64)]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""YYYY, YYYY-MM or YYYY-MM-DD."""


class Listing(Record, Generic[R], frozen=True, kw_only=True):
    """Some of the records that match, and how many match in all."""

    total: int
    rows: tuple[R, ...]


class Choice(Record, frozen=True, kw_only=True):
    """A value that records could be narrowed to, and how many that would leave. ``label`` is what a person reads."""

    value: str
    label: str
    count: int


class Paging(Record, frozen=True, kw_only=True):
    """Which of the records that match: ``size`` of them behind the first ``start``."""

    size: int = 50
    start: int = 0

    @property
    def sql(self) -> str:
        """The end of a query."""
        return f"LIMIT {int(self.size)} OFFSET {int(self.start)}"


FIRST = Paging()
"""The first page."""


class Browser:
    """A ledger that is looked at, never written. It may go from thread to thread, but serves one at a time.

    Raises LimitError where a look takes longer than ``seconds``, otherwise what ``Ledger.open`` raises.
    """

    def __init__(self, ledger: Ledger, *, seconds: float = SECONDS) -> None:
        self.ledger = ledger
        self._seconds = seconds
        self._deadline = float("inf")
        ledger._db.set_progress_handler(lambda: time.monotonic() > self._deadline, _LOOK_EVERY)

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, seconds: float = SECONDS) -> Browser:
        """Open the ledger at ``path`` to read it."""
        return cls(Ledger.open(path, read_only=True), seconds=seconds)

    def close(self) -> None:
        """Close the file."""
        self.ledger.close()

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @contextlib.contextmanager
    def look(self) -> Iterator[None]:
        """Let all reads inside see one state of the ledger, and end in time."""
        self._deadline = time.monotonic() + self._seconds
        try:
            with self.ledger._snapshot():
                yield
        except LedgerError as error:
            if time.monotonic() > self._deadline:
                message = f"looking took longer than {self._seconds:g} s and was stopped; narrow it down by a filter or a date"
                raise LimitError(message) from error
            raise
        finally:
            self._deadline = float("inf")

    def rows(self, sql: str, values: Iterable[str | int] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.ledger._all(sql, *values)

    def count(self, sql: str, values: Iterable[str | int] = ()) -> int:
        """The one number that a query gives."""
        return int(self.rows(sql, values)[0][0])

    def writes(self) -> int:
        """Counts the transactions that have changed the ledger: two equal answers, and nothing has changed between them."""
        return self.count("SELECT writes FROM totals")


def choices(rows: Iterable[Sequence[Any]], *, most: int = 12) -> tuple[Choice, ...]:
    """Rows of (value, count) or (value, label, count) as choices, most frequent first; what has no value is left out."""
    found = [Choice(value=str(row[0]), label=str(row[-2]), count=int(row[-1])) for row in rows if row[0] not in (None, "")]
    return tuple(sorted(found, key=lambda choice: (-choice.count, choice.label))[:most])


def tally(rows: Iterable[Sequence[Any]], column: int, *, most: int = 12) -> tuple[Choice, ...]:
    """The values of one column of rows that end in a count."""
    counts: dict[str, int] = {}
    for row in rows:
        if row[column] not in (None, ""):
            counts[str(row[column])] = counts.get(str(row[column]), 0) + int(row[-1])
    return choices(counts.items(), most=most)


def names(cell: str | None) -> tuple[str, ...]:
    """What ``json_group_array`` made of a column of names."""
    return tuple(msgspec.json.decode(cell)) if cell else ()


def where(parts: Iterable[tuple[str, tuple[str | int, ...]]]) -> Condition:
    """Conditions that all must hold, as one; of none, one that always does."""
    kept = tuple(parts)
    sql = " AND ".join(f"({part})" for part, _ in kept) or "1"
    return Condition(sql, tuple(value for _, values in kept for value in values))


class ArticlesWanted(Record, frozen=True, kw_only=True):
    """Filters that hold for the article behind a record; ``since`` and ``until`` bound its date."""

    outlet: Words | None = None
    language: Id | None = None
    since: Day | None = None
    until: Day | None = None
    article: Id | None = None

    def article_parts(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Conditions on ``a`` (articles)."""
        if self.outlet:
            yield "a.outlet = ? OR a.republisher = ?", (self.outlet, self.outlet)
        if self.language:
            yield "a.language = ?", (self.language,)
        # '~' sorts behind every digit and '-': a bound of a month or year takes in all its days, and so does such a date.
        if self.since:
            yield "a.date >= substr(?, 1, length(a.date))", (self.since,)
        if self.until:
            yield "a.date <= ?", (self.until + "~",)
        if self.article:
            yield "a.id = ?", (self.article,)

    @property
    def on_articles(self) -> bool:
        """Whether any of these filters is set."""
        return any((self.outlet, self.language, self.since, self.until, self.article))


def searched(words: str) -> str | None:
    """The query of the search index for what a person typed; None if there is no word in it, which finds nothing."""
    try:
        return match_query(words)
    except UsageError:
        return None


def folded(text: str) -> str:
    """``text`` in the form in which names are compared."""
    return fold(text)
