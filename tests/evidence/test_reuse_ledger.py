"""Evidence in the ledger: each article once, with all before it, in one transaction; shown and exported."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from pathlib import Path

import msgspec
import pytest
from shelves import told
from test_reuse import ELSEWHERE, LATER, WIRE
from test_translations import ARABIC, ENGLISH
from typer.testing import CliRunner

from dragoman import pipeline
from dragoman.actors import Gazetteer
from dragoman.cli import app
from dragoman.errors import LedgerDamagedError
from dragoman.exchange.reuse import REUSE_COLUMNS
from dragoman.ledger import Filters, Ledger
from dragoman.types import CodedArticle, Difference, Mention, Page, Passage, Reuse

RUNNER = CliRunner()
FIRST = told(WIRE, outlet="The Harbour Gazette", date="2021-03-04")
COPY = told(f"{ELSEWHERE}\n\n{WIRE.replace('third', '4th')}", outlet="Inland Post", date="2021-03-05")
OTHER = told(f"{LATER} {ELSEWHERE[::-1]}", outlet="Inland Post")


def store(ledger: Ledger, *articles: CodedArticle) -> None:
    for coded in articles:
        page = Page(id="p", origin="p.txt", kind="text", text="p")
        ledger.add_article(coded, page=page)


def gather(ledger: Ledger) -> list[pipeline.Gathered]:
    return list(pipeline.gather_evidence(ledger))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "news.db")


def test_articles_that_come_later_are_compared_with_those_before(ledger: Ledger) -> None:
    store(ledger, FIRST, OTHER)
    assert [(done.article, done.reuse) for done in gather(ledger)] == [(FIRST.article.id, ()), (OTHER.article.id, ())]
    store(ledger, COPY)
    (done,) = gather(ledger)
    (found,) = done.reuse
    assert (found.a.article, found.b.article, found.kind) == (FIRST.article.id, COPY.article.id, "near_copy")
    assert list(ledger.reuse()) == [found]
    assert gather(ledger) == []


def test_nothing_is_lost_by_a_stop(ledger: Ledger, tmp_path: Path) -> None:
    store(ledger, FIRST, OTHER, COPY)
    stopped = pipeline.gather_evidence(ledger)
    next(stopped)
    stopped.close()
    ledger.close()
    with Ledger.open(tmp_path / "news.db") as again, Ledger.open(tmp_path / "whole.db") as whole:
        assert again.reuse_shelf.left() == 2
        store(whole, FIRST, OTHER, COPY)
        gather(again)
        gather(whole)
        assert list(again.reuse()) == list(whole.reuse()) != []
        again.check()


def test_a_mistake_costs_the_one_article_and_leaves_nothing_half_done(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    import dragoman.evidence

    store(ledger, FIRST, COPY)
    real = dragoman.evidence.find_translations

    def wrong(coded: CodedArticle, *args: object, **options: object) -> tuple[Reuse, ...]:
        if coded.article.id == FIRST.article.id:
            raise ValueError("a mistake")
        return real(coded, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(dragoman.evidence, "find_translations", wrong)
    failed, fine = gather(ledger)
    assert failed.failure is not None
    assert "ValueError: a mistake" in failed.failure
    assert (fine.failure, fine.reuse) == (None, ())  # the shingles of the other were taken back with it


def test_a_record_comes_back_as_it_went_in(ledger: Ledger) -> None:
    store(ledger, FIRST, COPY)
    reuse = Reuse(
        id="r1", kind="translation", basis="translation", ratio=0.75,
        a=Passage(article=COPY.article.id, b=0, e=9), b=Passage(article=FIRST.article.id, b=1, e=8),
        differences=(Difference(what="name", a=(1, 2), b=(3, 4)), Difference(what="negation", a=None, b=(5, 6))),
    )  # fmt: skip
    ledger.reuse_shelf.add_reuse([reuse])
    ledger.reuse_shelf.add_reuse([reuse])
    ledger.check()
    assert list(ledger.reuse()) == [reuse] == list(ledger.reuse_shelf.of_article(FIRST.article.id))


def test_a_record_that_was_altered_is_reported(ledger: Ledger) -> None:
    store(ledger, FIRST, COPY)
    gather(ledger)
    with contextlib.closing(sqlite3.connect(ledger.path)) as db:
        db.execute("UPDATE reuse_differences SET b_e = b_e - 1")
        db.commit()
    with pytest.raises(LedgerDamagedError, match=r"reuse .* is not as it was stored"):
        ledger.check()


def test_the_original_of_an_article_is_filled_in_and_its_row_is_not_altered(ledger: Ledger) -> None:
    def named(coded: CodedArticle, names: tuple[str, ...]) -> CodedArticle:
        """With the names of states as mentions: here no reader reads."""
        found = re.finditer("|".join(names), coded.article.text)
        mentions = tuple(Mention(b=m.start(), e=m.end(), type="state", score=1.0) for m in found)
        return msgspec.structs.replace(coded, reading=msgspec.structs.replace(coded.reading, mentions=mentions))

    original = named(told(ENGLISH, date="2021-05-16"), ("Kenya", "Egypt", "Sudan", "Ethiopia", "Uganda", "Cairo", "Khartoum"))
    arabic = ("كينيا", "مصر", "السودان", "إثيوبيا", "أوغندا", "القاهرة", "الخرطوم")
    translation = named(told(ARABIC, date="2021-05-20", language="ar"), arabic)
    store(ledger, original, translation)
    before = ledger.digest()
    assert [len(done.reuse) for done in pipeline.gather_evidence(ledger, gazetteer=Gazetteer.shipped())] == [0, 1]
    filled = ledger.article(translation.article.id)
    assert filled is not None
    assert filled.translation_of == original.article.id
    assert ledger.digest() == before
    ledger.check()


def test_filters_hold_for_either_side(ledger: Ledger) -> None:
    store(ledger, FIRST, COPY, OTHER)
    gather(ledger)
    (found,) = ledger.reuse()
    for wanted in (Filters(outlet="inland post"), Filters(until="2021-03-04"), Filters(article=found.a.article[:8])):
        assert list(ledger.reuse(wanted)) == [found]
    for unwanted in (Filters(outlet="Nobody"), Filters(reuse_kind="quoted"), Filters(language="ar"), Filters(limit=0)):
        assert list(ledger.reuse(unwanted)) == []


def test_the_commands_compare_show_and_export(ledger: Ledger, tmp_path: Path) -> None:
    store(ledger, FIRST, COPY, OTHER)
    ledger.close()
    where = ["--ledger", str(tmp_path / "news.db")]
    assert json.loads(RUNNER.invoke(app, ["evidence", "--json", *where]).stdout)["evidence"]["articles"] == 3
    assert "have been" in RUNNER.invoke(app, ["evidence", *where]).stdout
    line = json.loads(RUNNER.invoke(app, ["show", "reuse", "--json", *where]).stdout)
    assert list(line) == ["id", "kind", "a", "b", "ratio", "basis", "differences"]
    assert line["a"]["text"] == FIRST.article.text[line["a"]["b"] : line["a"]["e"]]
    (part,) = line["differences"]
    assert (part["what"], part["a"], part["b"]["text"]) == ("number", None, "4th")
    header, row = RUNNER.invoke(app, ["show", "reuse", "--csv", "--kind", "near_copy", *where]).stdout.splitlines()[:2]
    assert header == ",".join(f'"{name}"' for name in REUSE_COLUMNS)
    assert '"number: - | 4th"' in row
    text = RUNNER.invoke(app, ["show", "reuse", *where]).stdout
    assert "The Harbour Gazette" in text
    assert "number: - | 4th" in text
    assert RUNNER.invoke(app, ["show", "reuse", "--kind", "stolen", *where]).exit_code == 2
    done = RUNNER.invoke(app, ["export", "--format", "jsonl", "-o", str(tmp_path / "out"), *where])
    assert done.exit_code == 0
    assert [json.loads(found) for found in (tmp_path / "out/reuse.jsonl").read_text(encoding="utf-8").splitlines()] == [line]
