"""``dragoman network`` and ``dragoman import``: exit codes, tables, JSON, pictures and exports, in the way of a user."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from ledger_builders import WORDS, a_coded, a_page
from typer.testing import CliRunner, Result

from dragoman import cli
from dragoman.ledger import Ledger
from dragoman.types import Actor, Event, Participant, content_id
from tests.exchange.table_builders import gdelt_row, icews_row, table

SHARED = Path(__file__).parents[2] / "shared" / "graph" / "signed"
EDGES = (
    "window,a,b,sign,weight\n1,Cedar,Reed,1,2\n1,Reed,Willow,1,1\n1,Cedar,Willow,-1,3\n"
    "2,Cedar,Reed,1,2\n2,Reed,Willow,-1,1\n2,Cedar,Willow,-1,3\n"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments], prog_name="dragoman")


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code in (0, 3), result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    path = tmp_path / "edges.csv"
    path.write_text(EDGES, encoding="utf-8")
    return path


@pytest.fixture
def events(tmp_path: Path) -> Path:
    rows = [
        gdelt_row(),
        gdelt_row(id="2", code="190", day="20150301"),
        gdelt_row(id="3", code="071", recipient="QAT", day="20160101"),
        gdelt_row(id="4", code="010"),
    ]
    path = tmp_path / "events.tsv"
    path.write_text("".join(rows), encoding="utf-8")
    return path


def test_each_window_of_an_edge_list(edges: Path) -> None:
    first, second = lines(run("network", "--edges", edges, "--json"))
    assert (first["window"], first["nodes"], first["ties"], first["positive"], first["negative"]) == ("1", 3, 3, 2, 1)
    assert first["triangles"] == {"ppp": 0, "ppn": 1, "pnn": 0, "nnn": 0}
    assert (first["frustration"], first["frustration_bound"], first["proven"]) == (1.0, 1.0, True)
    assert first["tense"] == [{"actor": "Reed", "friends": ["Cedar", "Willow"], "evidence": [f"{edges}#4"]}]
    assert (second["frustration"], second["balance"]) == (0.0, 1.0)
    assert [sorted(bloc["members"]) for bloc in second["blocs"]] == [["Cedar", "Reed"]]
    assert second["alone"] == ["Willow"]


def test_the_table_on_a_terminal(edges: Path) -> None:
    result = run("network", "--edges", edges)
    assert result.exit_code == 0
    for words in ("frustration", "In 2", "Cedar – Willow", "against", "Cedar, Reed"):
        assert words in result.stdout


def test_another_window_is_listed(edges: Path) -> None:
    assert "Cedar and Willow" in run("network", "--edges", edges, "--window", "1").stdout
    assert "Cedar and Willow" not in run("network", "--edges", edges).stdout
    result = run("network", "--edges", edges, "--window", "3")
    assert result.exit_code == 2
    assert "--window: expected one of 1, 2; found '3'" in result.stderr


def test_an_event_table_by_year(events: Path) -> None:
    first, second = lines(run("network", events, "--windows", "year", "--json", "--resamples", 0))
    assert (first["window"], first["start"], first["end"], first["ties"], first["negative"]) == (
        "2015", "2015-01-01", "2015-12-31", 1, 1,
    )  # fmt: skip
    assert (second["window"], second["positive"]) == ("2016", 1)
    (only,) = lines(run("network", events, "--since", "2016", "--json"))
    assert only["ties"] == 1


def test_a_large_table_leans_from_what_is_usual_in_it(tmp_path: Path) -> None:
    """Event tables report far more cooperation than conflict: a tie that cooperates less than usual counts as against."""
    path = tmp_path / "large.tsv"
    often = [gdelt_row(id=str(n), code="061", recipient="EGY") for n in range(1000)]
    mixed = [gdelt_row(id=str(2000 + n), code=code, recipient="IRN") for n, code in enumerate(("061", "061", "111"))]
    path.write_text("".join(often + mixed), encoding="utf-8")
    (usual,) = lines(run("network", path, "--json", "--resamples", 0))
    (zero,) = lines(run("network", path, "--json", "--resamples", 0, "--baseline", "zero"))
    assert (usual["baseline"], usual["negative"]) == ("usual", 1)
    assert (zero["baseline"], zero["negative"]) == ("zero", 0)
    assert "more or less than all ties of its window" in " ".join(run("network", path).stdout.split())


def test_what_was_passed_over_is_said(events: Path) -> None:
    result = run("network", events)
    assert "4 rows · 1 without a PLOVER type" in result.stdout


def test_rejected_rows_are_named_and_the_rest_is_done(events: Path) -> None:
    with events.open("a", encoding="utf-8") as out:
        out.write("no row\n")
    result = run("network", events, "--json")
    assert result.exit_code == 3
    assert len(lines(result)) == 1
    assert f"rejected: {events}#5: expected 61 cells, found 1" in result.stderr


def test_weights_of_your_own_turn_a_tie(events: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights.toml"
    weights.write_text("[kinds]\nACCUSE = 5.0\nASSAULT = 1.0\n", encoding="utf-8")
    (line,) = lines(run("network", events, "--until", "2015", "--weights", weights, "--json"))
    assert (line["positive"], line["negative"]) == (1, 0)


def test_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    egypt, libya = Actor(id="e" * 16, name="Egypt", code="EGY"), Actor(id="f" * 16, name="Libya", code="LBY GOV")
    event = Event(
        id=content_id("event", 1), article=content_id("article", WORDS), sentence=(0, 60), trigger=(26, 30), type="AID",
        status="happened", actors=(Participant(span=(0, 3), actor=egypt),), date=None, place=None, score=0.5,
        recipients=(Participant(span=(4, 6), actor=libya),), chain=("The Daily Example",),
    )  # fmt: skip
    with Ledger.open(path) as book:
        book.add_article(msgspec.structs.replace(a_coded(), events=(event,)), page=a_page(WORDS))
    (line,) = lines(run("network", "--ledger", path, "--json"))
    assert [bloc["members"] for bloc in line["blocs"]] == [["Egypt", "Libya"]]
    shown = run("network", "--ledger", path).stdout
    assert "The ministry of Freedonia said on Monday" in " ".join(shown.split()), "a tie opens to its sentences"
    assert run("network", "--ledger", path, "--since", "2022").exit_code == 0


@pytest.mark.parametrize("ending", ["graphml", "gexf", "json", "csv", "parquet"])
def test_exports(edges: Path, tmp_path: Path, ending: str) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / f"ties.{ending}"
    assert run("network", "--edges", edges, "--export", path, "--quiet").exit_code == 0
    assert path.stat().st_size > 200


@pytest.mark.parametrize(("view", "ending"), [("network", "svg"), ("heat", "png"), ("blocs", "svg")])
def test_pictures(edges: Path, tmp_path: Path, view: str, ending: str) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / f"ties.{ending}"
    result = run("network", "--edges", edges, "--plot", path, "--view", view, "--quiet")
    assert (result.exit_code, result.stdout) == (0, "")
    assert path.read_bytes()[:5] in (b"<?xml", b"\x89PNG\r")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("network", "x.tsv", "--edges", "y.tsv"), "expected one of: event tables, --ledger, --edges; found several"),
        (("network", "--edges", "y.tsv", "--by", "country"), "--by does not go with --edges"),
        (("network", "x.tsv", "--by", "city"), "--by: expected one of country, code, actor; found 'city'"),
        (("network", "x.tsv", "--format", "acled"), "--format: expected one of polecat, icews"),
        (("network", "x.tsv", "--plot", "a.pdf"), "--plot: expected a file that ends in .svg or .png"),
        (("network", "x.tsv", "--view", "map"), "--view: expected one of network, heat, blocs; found 'map'"),
        (("network", "x.tsv", "--export", "a.net"), "--export: expected a file that ends in .graphml, .gexf"),
        (("import", "x.tsv"), "import needs a table and a file to write"),
        (("import", "-o", "a.csv"), "import needs a table and a file to write"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_read(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_windows_that_are_none_and_actors_that_are_not_there(events: Path) -> None:
    for option, value in (("--windows", "fortnight"), ("--actor", "Atlantis")):
        result = run("network", events, option, value)
        assert result.exit_code == 2
        assert value in result.stderr


def test_a_table_that_is_none_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear friend,\n", encoding="utf-8")
    result = run("network", tmp_path / "letter.txt")
    assert result.exit_code == 1
    assert "expected a table of POLECAT, ICEWS, GDELT" in result.stderr


def test_nothing_to_say_is_said(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("a,b,sign\n", encoding="utf-8")
    result = run("network", "--edges", tmp_path / "e.csv")
    assert (result.exit_code, "no ties" in result.stdout) == (0, True)
    assert lines(run("network", "--edges", tmp_path / "e.csv", "--json")) == []


# -- import ----------------------------------------------------------------------------------------------------------------


def test_import_of_several_formats_into_one_table(events: Path, tmp_path: Path) -> None:
    icews = tmp_path / "icews.tab"
    icews.write_text(table(icews_row()), encoding="utf-8")
    output = tmp_path / "all.csv"
    (told,) = lines(run("import", events, icews, "-o", output, "--json"))
    assert (told["rows"], told["events"], told["rejected"], told["untyped"], told["rejects"]) == (5, 5, 0, 1, None)
    (line,) = lines(run("network", output, "--json"))
    assert line["nodes"] == 5


def test_import_names_the_rows_that_it_rejects(events: Path, tmp_path: Path) -> None:
    with events.open("a", encoding="utf-8") as out:
        out.write("".join(f"bad {n}\n" for n in range(30)))
    output = tmp_path / "all.csv"
    result = run("import", events, "-o", output)
    assert result.exit_code == 3
    assert "4 events of 34 rows" in result.stdout
    assert result.stderr.count("rejected: ") == 20
    assert "10 more rejected rows" in result.stderr
    assert (tmp_path / "all.csv.rejected.csv").read_text(encoding="utf-8").count("expected 61 cells, found 1") == 30


def test_import_does_not_write_over_its_input(events: Path, tmp_path: Path) -> None:
    output = tmp_path / "all.csv"
    run("import", events, "-o", output)
    result = run("import", output, "-o", output)
    assert result.exit_code == 2
    assert "expected another file than the input" in result.stderr


# -- measured against what is published ------------------------------------------------------------------------------------


def test_the_highland_tribes() -> None:
    if not (SHARED / "tribes.tsv").exists():
        pytest.skip("the edge list of the highland tribes lies beside the project")
    (line,) = lines(run("network", "--edges", SHARED / "tribes.tsv", "--json"))
    assert (line["nodes"], line["ties"], line["frustration"], line["proven"], line["balance"]) == (16, 58, 7.0, True, 0.8676)
    assert sorted(len(bloc["members"]) for bloc in line["blocs"]) == [4, 5, 7]
