"""dragoman in a notebook: what ``dragoman.open`` gives to pandas, polars, NetworkX and the eye."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from ledger_builders import WORDS, a_coded, a_page

import dragoman
from dragoman.api import EdgesBook, GraphView, LedgerBook, TablesBook
from dragoman.errors import TableError, UsageError
from dragoman.exchange.bulk import write_events
from dragoman.exchange.event_tables import read_events
from dragoman.exchange.tables import CLAIM_COLUMNS, EVENT_COLUMNS
from dragoman.ledger import Ledger
from dragoman.types import Actor, Event, Participant, Relation, content_id
from tests.exchange.table_builders import gdelt_row

ARTICLE = content_id("article", WORDS)
EGYPT, LIBYA = Actor(id="e" * 16, name="Egypt <b>", code="EGY"), Actor(id="f" * 16, name="Libya", code="LBY GOV")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[LedgerBook]:
    event = Event(
        id=content_id("event", 1), article=ARTICLE, sentence=(0, 60), trigger=(26, 30), type="AID", status="happened",
        actors=(Participant(span=(0, 3), actor=EGYPT),), recipients=(Participant(span=(4, 6), actor=LIBYA),), date=None,
        place=None, chain=("The Daily Example",), score=0.5,
    )  # fmt: skip
    relation = Relation(
        id=content_id("relation", 1), article=ARTICLE, span=(0, 9), source=LIBYA, target=EGYPT, kind="opposes", sign=-1,
        chain=("The Daily Example",), score=0.75,
    )  # fmt: skip
    path = tmp_path / "news.db"
    with Ledger.open(path) as ledger:
        ledger.add_article(msgspec.structs.replace(a_coded(), events=(event,), relations=(relation,)), page=a_page(WORDS))
    found = dragoman.open(path)
    assert isinstance(found, LedgerBook)
    with found:
        yield found


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "events.tsv"
    rows = gdelt_row() + gdelt_row(id="2", recipient="QAT", code="071", day="20160101") + "no row\n"
    path.write_text(rows, encoding="utf-8")
    return path


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    path = tmp_path / "edges.tsv"
    path.write_text("a\tb\tsign\twindow\nx\ty\t1\tA\ny\tz\t-1\tA\nx\ty\t1\tB\n", encoding="utf-8")
    return path


def graph_of(path: Path) -> GraphView:
    return dragoman.open(path).graph(resamples=0)


def test_what_a_file_holds_is_seen_from_it(book: LedgerBook, table: Path, edges: Path, tmp_path: Path) -> None:
    assert isinstance(dragoman.open(table), TablesBook)
    assert isinstance(dragoman.open(table, table), TablesBook)
    assert isinstance(dragoman.open(edges), EdgesBook)
    with pytest.raises(UsageError, match="found no such file"):
        dragoman.open(tmp_path / "gone.db")
    (tmp_path / "letter.txt").write_text("Dear friend, it rains.\n", encoding="utf-8")
    with pytest.raises(TableError, match="expected a table of POLECAT"):
        list(dragoman.open(tmp_path / "letter.txt").events())  # type: ignore[union-attr]


def test_events_and_claims_of_a_ledger_as_frames(book: LedgerBook) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    events = book.events(type="AID").to_pandas()
    assert list(events.columns) == list(EVENT_COLUMNS)
    assert (events.actors[0], events.recipients[0], events.sentence[0]) == ("Egypt <b>", "Libya", WORDS[:60])
    assert len(book.events(type="ACCUSE").to_pandas()) == 0
    claims = book.claims().to_polars()
    assert claims.columns == list(CLAIM_COLUMNS)
    assert claims["source_actor"].to_list() == ["The ministry of Freedonia"]
    assert next(iter(book.articles()))["text"] == WORDS
    assert [row["kind"] for row in book.relations()] == ["opposes"]


def test_a_filter_that_is_none_is_named(book: LedgerBook) -> None:
    with pytest.raises(UsageError, match=r"expected filters among article, .*; found colour"):
        book.events(colour="red")
    with pytest.raises(UsageError, match="a filter has a value that cannot be"):
        book.claims(certainty="sure")


def test_the_ties_of_a_ledger_lead_back_to_its_records(book: LedgerBook) -> None:
    (tie,) = book.ties(resamples=0)
    assert (tie["source_name"], tie["target_name"], tie["weight"], tie["sign"]) == ("Egypt <b>", "Libya", 3.0, 1)
    assert tie["evidence"] == [content_id("event", 1), content_id("relation", 1)]
    (tie,) = book.ties(resamples=0, by="country")
    assert (tie["source"], tie["target"]) == ("EGY", "LBY")


def test_a_graph_for_networkx(edges: Path) -> None:
    nx = pytest.importorskip("networkx")
    whole = graph_of(edges)
    both = whole.to_networkx()
    assert isinstance(both, nx.MultiGraph)
    assert sorted(both.edges(keys=True)) == [("x", "y", "A"), ("x", "y", "B"), ("y", "z", "A")]
    one = dragoman.open(edges).graph(window="A").to_networkx()
    assert not one.is_multigraph()
    assert {pair: one.edges[pair]["sign"] for pair in (("x", "y"), ("y", "z"))} == {("x", "y"): 1, ("y", "z"): -1}
    assert [line.window for line in whole.windows()] == ["A", "B"]
    assert [row["members"] for row in whole.blocs()] == [["x", "y"], ["x", "y"]]


def test_a_graph_is_saved_and_drawn(edges: Path, tmp_path: Path) -> None:
    view = graph_of(edges)
    view.save(tmp_path / "ties.gexf")
    assert (tmp_path / "ties.gexf").read_text(encoding="utf-8").count("<edge ") == 3
    pytest.importorskip("matplotlib")
    view.plot(tmp_path / "ties.svg", view="blocs")
    assert (tmp_path / "ties.svg").exists()


def test_event_tables_as_frames(table: Path, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    source = dragoman.open(table)
    assert isinstance(source, TablesBook)
    assert source.events().to_pandas()["type"].tolist() == ["ACCUSE", "AID"]
    assert [(row["line"], row["reason"]) for row in source.rejected()] == [(3, "expected 61 cells, found 1")]
    packed = tmp_path / "events.parquet"
    write_events(read_events([table]), packed)
    twice = dragoman.open(packed, packed)
    assert isinstance(twice, TablesBook)
    frame = twice.events().to_polars()
    assert frame.schema["date"] == polars.Date
    assert frame["id"].to_list() == ["410411701", "2"] * 2
    assert len(twice.events().to_pandas()) == 4
    assert [row["weight"] for row in twice.ties(since="2016", resamples=0)] == [14.0]


def test_options_that_do_not_go_with_an_edge_list(edges: Path) -> None:
    with pytest.raises(UsageError, match="nothing but options of the analysis for an edge list, found since"):
        dragoman.open(edges).ties(since="2016")


def test_what_a_notebook_shows(book: LedgerBook, edges: Path) -> None:
    shown = book.events()._repr_html_()
    root = ElementTree.fromstring(shown)
    cells = ["".join(cell.itertext()) for cell in root.iter("td")]
    assert "Egypt <b>" in cells, "names are text, not markup"
    assert "1 row<" in shown
    assert "claims" in book._repr_html_()
    pytest.importorskip("matplotlib")
    assert ElementTree.fromstring(graph_of(edges)._repr_html_()).tag.endswith("svg")


def test_a_long_table_shows_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "events.tsv"
    path.write_text("".join(gdelt_row(id=str(n)) for n in range(1200)), encoding="utf-8")
    shown = dragoman.open(path).events()._repr_html_()  # type: ignore[union-attr]
    assert shown.count("<tr>") == 11
    assert "1,200 rows, the first 10 shown" in shown


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, dragoman; print(sorted({'numpy', 'msgspec', 'rich', 'matplotlib'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
