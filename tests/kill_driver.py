"""Reads with a made-up reader, gathers evidence, and kills its own process at a counted point. ``test_kill`` starts it.

    kill_driver.py LEDGER ACKNOWLEDGED INPUT POINT COUNT     kill -9 at the COUNT-th pass of POINT; COUNT 0: never

Appends the id of each article, and the origin of each input, that ``read`` reports to the file ACKNOWLEDGED and brings that
to the disk. With COUNT 0 it prints how often each point was passed and the digest of the ledger with its evidence, as JSON.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

import dragoman.articles
import dragoman.articles.finish
import dragoman.coding
import dragoman.ledger.ledger
import dragoman.sources
from dragoman import pipeline
from dragoman.ledger import Ledger
from dragoman.ledger.evidence_reuse import ReuseShelf
from dragoman.types import Attribution, CodedArticle, Outcome, Reading, content_id

SAYING = re.compile(r"^(?P<source>[^\n]+?) (?P<cue>said) (?P<content>[^\n]+)$", re.MULTILINE)


class Killer:
    """Counts the passes of each point and ends the process at the chosen one: no handler runs, nothing is flushed."""

    def __init__(self, point: str, count: int) -> None:
        self.point = point
        self.count = count
        self.passed: Counter[str] = Counter()

    def passes(self, point: str) -> None:
        self.passed[point] += 1
        if self.count and point == self.point and self.passed[point] == self.count:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, owner: Any, name: str, point: str) -> None:
        """Make ``owner.name`` pass ``point before`` and ``point after``."""
        original: Callable[..., Any] = getattr(owner, name)

        def wrapped(*args: Any, **options: Any) -> Any:
            self.passes(f"{point} before")
            result = original(*args, **options)
            self.passes(f"{point} after")
            return result

        setattr(owner, name, wrapped)

    def each(self, items: Iterable[Any], point: str) -> Iterator[Any]:
        for item in items:
            self.passes(point)
            yield item


class SayingReader:
    """Sees an attribution in each line “X said Y”. Takes ``ahead`` texts at once, as the real reader takes groups."""

    def __init__(self, killer: Killer, *, ahead: int = 3) -> None:
        self.killer = killer
        self.ahead = ahead

    def read(self, texts: Iterable[Any]) -> Iterator[Reading]:
        group: list[str] = []
        for text in texts:
            self.killer.passes("text taken")
            group.append(text.text)
            if len(group) == self.ahead:
                yield from self._readings(group)
                group = []
        yield from self._readings(group)

    def _readings(self, group: list[str]) -> Iterator[Reading]:
        readings = [reading_of(text) for text in group]
        yield from self.killer.each(readings, "reading given")


def reading_of(text: str) -> Reading:
    attributions = tuple(
        Attribution(source=(m.span("source"),), cue=(m.span("cue"),), content=(m.span("content"),), score=0.5)
        for m in SAYING.finditer(text)
    )
    return Reading(sentences=tuple(m.span() for m in re.finditer(r"[^\n]+", text)), mentions=(), attributions=attributions)


class Connection:
    """A ledger's connection that passes a point at each statement which begins, commits or copies."""

    POINTS = (("BEGIN IMMEDIATE", "begin"), ("COMMIT", "commit"), ("PRAGMA wal_checkpoint", "log copied"))

    def __init__(self, db: Any, killer: Killer) -> None:
        self._db = db
        self._killer = killer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)

    def execute(self, sql: str, *values: Any) -> Any:
        point = next((point for beginning, point in self.POINTS if sql.startswith(beginning)), "")
        if not point:
            return self._db.execute(sql, *values)
        self._killer.passes(f"{point} before")
        result = self._db.execute(sql, *values)
        self._killer.passes(f"{point} after")
        return result


def lay_mines(killer: Killer) -> None:
    """Put the points into every stage."""
    read_pages, connect = dragoman.sources.read_pages, dragoman.ledger.ledger.connect
    dragoman.sources.read_pages = lambda *args, **options: killer.each(read_pages(*args, **options), "page")
    dragoman.articles.finish.language_of = lambda text: "en"  # its model is slow to load and not the matter here
    killer.around(dragoman.articles, "split", "split")
    killer.around(dragoman.coding, "code_article", "coding")
    killer.around(Ledger, "add_article", "add_article")
    killer.around(Ledger, "add_page", "add_page")
    killer.around(Ledger, "_insert_article", "insert")
    killer.around(Ledger, "record_outcome", "record_outcome")
    killer.around(ReuseShelf, "add_reuse", "add_reuse")
    killer.around(ReuseShelf, "finish", "finish")
    dragoman.ledger.ledger.connect = lambda *args, **options: Connection(connect(*args, **options), killer)


def evidence_digest(ledger: Ledger) -> str:
    """A hash over what the evidence stage found, which ``Ledger.digest`` leaves out."""
    found = (*ledger.reuse(), *ledger.incidents(), *ledger.disputes(), *ledger.predictions())
    return content_id("evidence", *sorted(msgspec.json.encode(record).decode() for record in found))


def main(ledger_path: str, acknowledged: str, source: str, point: str, count: str) -> None:
    killer = Killer(point, int(count))
    lay_mines(killer)
    with Ledger.open(ledger_path) as ledger, open(acknowledged, "a", encoding="utf-8") as told:
        for event in killer.each(pipeline.read([source], ledger, reader=SayingReader(killer)), "event"):
            if isinstance(event, CodedArticle):
                print("article", event.article.id, sep="\t", file=told)
            elif isinstance(event, Outcome):
                print("outcome", event.origin, sep="\t", file=told)
            told.flush()
            os.fsync(told.fileno())
        for _ in killer.each(pipeline.gather_evidence(ledger), "gathered"):
            pass
        if not killer.count:
            print(json.dumps({"digest": f"{ledger.digest()} {evidence_digest(ledger)}", "passed": killer.passed}))


if __name__ == "__main__":
    main(*sys.argv[1:])
