"""``show actors``, ``show blocs`` and ``export --format polecat`` on a small ledger."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from ledger_builders import a_page
from typer.testing import CliRunner

from dragoman import cli
from dragoman.ledger import Ledger
from tests.ledger.test_ledger_society import a_told


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    with Ledger.open(tmp_path / "news.db") as book:
        book.add_article(a_told(), page=a_page())
    return str(tmp_path / "news.db")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli.app, [*arguments])
    assert result.exit_code == cli.DONE, result.output
    return result.stdout


def test_actors_as_text_json_and_csv(ledger: str) -> None:
    text = run("show", "actors", "--ledger", ledger)
    assert text.split()[:3] == ["2", "Freedonia", "FRE"]
    assert "president of FRE 2020-01-01" in " ".join(text.split())
    lines = [json.loads(line) for line in run("show", "actors", "--ledger", ledger, "--json").splitlines()]
    assert [line["count"] for line in lines] == [2, 1, 0]
    (row,) = csv.DictReader(io.StringIO(run("show", "actors", "--ledger", ledger, "--csv", "--kind", "person")))
    assert (row["name"], row["articles"]) == ("Rufus Firefly", "1")


def test_blocs_as_text_json_and_csv(ledger: str) -> None:
    text = " ".join(run("show", "blocs", "--ledger", ledger).split())
    assert "Hills Pact members as stated: Freedonia members as is known, not as stated: Sylvania against: Freedonian" in text
    assert "2021-03-04, via The Daily Example > a minister" in text
    (line,) = (json.loads(line) for line in run("show", "blocs", "--ledger", ledger, "--json").splitlines())
    assert (line["name"], line["kind"], len(line["members"])) == ("Hills Pact", "named", 2)
    rows = list(csv.DictReader(io.StringIO(run("show", "blocs", "--ledger", ledger, "--csv"))))
    assert [(row["member"], row["status"]) for row in rows] == [("Freedonia", "stated"), ("Sylvania", "background")]
    assert run("show", "blocs", "--ledger", ledger, "--actor", "nobody") == ""


def test_an_unknown_kind_is_usage(ledger: str) -> None:
    result = CliRunner().invoke(cli.app, ["show", "actors", "--ledger", ledger, "--kind", "ghost"])
    assert result.exit_code == cli.USAGE


def test_polecat_is_written_to_a_folder(ledger: str, tmp_path: Path) -> None:
    run("export", "--ledger", ledger, "--format", "polecat", "-o", str(tmp_path / "out"))
    assert (tmp_path / "out" / "polecat.tsv").read_text(encoding="utf-8").startswith("Event ID\tEvent Date\t")


def test_ties_as_text_json_and_csv(ledger: str) -> None:
    lines = [json.loads(line) for line in run("show", "ties", "--ledger", ledger, "--json").splitlines()]
    assert lines
    assert [abs(line["weight"]) for line in lines] == sorted((abs(line["weight"]) for line in lines), reverse=True)
    assert all(line["events"] or line["relations"] for line in lines)
    first = lines[0]
    text = " ".join(run("show", "ties", "--ledger", ledger).split())
    assert f"{first['from']['name']} – {first['to']['name']} " + {1: "for", 0: "mixed", -1: "against"}[first["sign"]] in text
    rows = list(csv.DictReader(io.StringIO(run("show", "ties", "--ledger", ledger, "--csv"))))
    assert [row["from_id"] for row in rows] == [line["from"]["id"] for line in lines]
    assert run("show", "ties", "--ledger", ledger, "--actor", "nobody") == ""
