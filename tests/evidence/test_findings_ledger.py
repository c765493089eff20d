"""Through the ledger: what the stage finds is stored once, read back whole, shown and exported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tellings import actor, article_id, claim, coded, event
from typer.testing import CliRunner

from dragoman import findings
from dragoman.cli import app
from dragoman.ledger import Filters, Ledger
from dragoman.pipeline import gather_evidence
from dragoman.types import CodedArticle, Page

REBELS, ARMY = actor("Sylvanian rebels", "SYL REB"), actor("Freedonian army", "FRE MIL")
HANA, OMAR = actor("Hana Aziz", "FRE GOV"), actor("Omar Said", "FRE GOV")
ONE = (
    "Sylvanian rebels attacked the Freedonian army near Port Azure on 2 March, Hana Aziz said. "
    "Freedonia pulled out of the Sylvania Pact. The army will rebuild the port by June 2021."
)
TWO = (
    "Omar Said said that Sylvanian rebels attacked the Freedonian army near Port Azure on 2 March. "
    "Freedonia joined the Sylvania Pact, his office added."
)


def told(text: str, outlet: str, who: object, content: str) -> CodedArticle:
    here = article_id(text)
    attack = event(text, here, "attacked", who=(REBELS,), whom=(ARMY,), day="2021-03-02", place="Port Azure")
    said = claim(text, here, content, source=who, cue="said", chain=(outlet, "somebody"))  # type: ignore[arg-type]
    return coded(text, claims=(said,), events=(attack,), page=f"page of {outlet}", outlet=outlet)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "news.db"
    first = told(ONE, "The Wadi Post", HANA, ONE[: ONE.index(", Hana")])
    second = told(TWO, "The Harbour Dispatch", OMAR, TWO[TWO.index("Sylvanian") : TWO.index(". ")])
    with Ledger.open(place) as ledger:
        for article in (first, second):
            page = Page(id=article.article.page, origin=article.article.page, kind="text", text=article.article.text)
            ledger.add_article(article, page=page)
        assert all(done.failure is None for done in gather_evidence(ledger))
    return place


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as book:
        yield book


def test_an_incident_is_read_back_with_its_origins_and_its_reasons(ledger: Ledger) -> None:
    (found,) = findings.incidents(ledger, Filters())
    assert len(found.incident.articles) == len(found.tellings) == 2
    assert (found.incident.start, found.incident.place) == ("2021-03-02", "Port Azure")
    (origin,) = found.origins
    assert (origin.known, origin.why) == (True, ("officials of one state",))
    (join,) = found.joins
    assert "the same actor" in join.why
    assert list(findings.incidents(ledger, Filters(), least_articles=3)) == []
    assert list(findings.incidents(ledger, Filters(outlet="nobody"))) == []


def test_every_event_leads_to_its_incident(ledger: Ledger) -> None:
    (found,) = ledger.incidents()
    assert {ledger.incident_shelf.incident_of(event.id) for event in ledger.events()} == {found.id}


def test_a_dispute_is_read_back_with_both_sides(ledger: Ledger) -> None:
    (found,) = findings.disputes(ledger, Filters())
    assert found.dispute.kind == "contradiction"
    words = {article.text[slice(*side.span)] for side, article in ((found.dispute.a, found.a), (found.dispute.b, found.b))}
    assert words == {"Freedonia pulled out of the Sylvania Pact", "Freedonia joined the Sylvania Pact, his office added"}
    assert list(findings.disputes(ledger, Filters(dispute_kind="denial"))) == []


def test_a_prediction_is_read_back_with_its_horizon(ledger: Ledger) -> None:
    (found,) = findings.predictions(ledger, Filters())
    assert found.article.text[slice(*found.prediction.span)] == "The army will rebuild the port by June 2021"
    assert found.prediction.horizon == ("2021-03-04", "2021-06-30")
    assert not found.weighed.due
    assert list(findings.predictions(ledger, Filters(certainty="speculative"))) == []


def test_nothing_is_found_twice(ledger: Ledger) -> None:
    before = [*ledger.incidents(), *ledger.disputes(), *ledger.predictions()]
    assert list(gather_evidence(ledger)) == []
    assert [*ledger.incidents(), *ledger.disputes(), *ledger.predictions()] == before
    ledger.check()


@pytest.mark.parametrize("kind", ["incidents", "disputes", "predictions", "names"])
def test_each_kind_is_shown_in_three_forms(kind: str, path: Path) -> None:
    for form in ([], ["--json"], ["--csv"]):
        done = CliRunner().invoke(app, ["show", kind, "--ledger", str(path), *form])
        assert done.exit_code == 0, done.output
        if form == ["--json"]:
            assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())


def test_show_incidents_says_how_many_articles_and_origins(path: Path) -> None:
    shown = CliRunner().invoke(app, ["show", "incidents", "--least", "2", "--ledger", str(path)]).stdout
    assert "2 articles, 1 origin" in shown
    assert "Hana Aziz, Omar Said" in shown


def test_they_are_exported_by_the_contract(path: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", "--format", "jsonl", "-o", str(tmp_path / "out"), "--ledger", str(path), "-q"])
    assert done.exit_code == 0, done.output
    lines = {
        name: [json.loads(line) for line in (tmp_path / "out" / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("incidents", "disputes", "predictions", "events")
    }
    (incident,), (dispute,), (prediction,) = lines["incidents"], lines["disputes"], lines["predictions"]
    assert (incident["articles"], incident["origins"]) == (2, 1)
    assert {line["incident"] for line in lines["events"]} == {incident["id"]}
    assert {"claim", "article", "span"} <= set(dispute["a"])
    assert prediction["horizon"] == {"start": "2021-03-04", "end": "2021-06-30"}
    assert prediction["predictor"]["name"] == "The Wadi Post"


def test_records_are_shown_only_as_text(path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["show", "predictions", "--records", "--ledger", str(path)]).exit_code == 0
    assert runner.invoke(app, ["show", "predictions", "--records", "--json", "--ledger", str(path)]).exit_code == 2
