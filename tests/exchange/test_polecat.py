"""Rows of POLECAT's columns, and that they read back as what they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.exchange.polecat import COLUMNS, export_polecat, polecat_rows
from dragoman.types import (
    Actor,
    ActorRole,
    Article,
    CastMember,
    CodedArticle,
    Event,
    EventDate,
    EventPlace,
    Participant,
    Reading,
)

TEXT = "Norway and Denmark\tbombed =Peru in Lima on Monday."
NORWAY = Actor(id="n", name="Norway", code="NOR")
DENMARK = Actor(id="d", name="Danish army", code="DNK MIL")
PERU = Actor(id="p", name="=Peru", code="PER REB")
UN = Actor(id="u", name="United Nations", code="UNO")


def an_event(**changes: object) -> Event:
    values: dict[str, object] = {
        "id": "e1", "article": "a", "sentence": (0, len(TEXT)), "trigger": (19, 25), "type": "ASSAULT", "mode": "aerial",
        "contexts": ("military", "territory"), "cameo": "195", "goldstein": -10.0, "status": "happened",
        "actors": (Participant(span=(0, 6), actor=NORWAY), Participant(span=(11, 18), actor=DENMARK)),
        "recipients": (Participant(span=(26, 31), actor=PERU),),
        "date": EventDate(start="2021-03-01", end="2021-03-01", basis="text", span=(43, 49)),
        "place": EventPlace(span=(35, 39), name="Lima", lat=-12.04, lon=-77.03, country="PER"), "chain": ("x",), "score": 0.9,
    }  # fmt: skip
    return Event(**{**values, **changes})  # type: ignore[arg-type]


def a_coded(*events: Event) -> CodedArticle:
    article = Article(id="a", page="p", n=0, text=TEXT, outlet="The Paper", date="2021-03-04", language="en")
    cast = (
        CastMember(
            actor=NORWAY, kind="state",
            roles=(ActorRole(title="chair", of="x", start="2000", end="2001"), ActorRole(title="guest", of="x", start="2020")),
        ),
        CastMember(actor=DENMARK, kind="military"),
    )  # fmt: skip
    return CodedArticle(
        article=article, reading=Reading(sentences=(), mentions=(), attributions=()), claims=(), events=events, cast=cast
    )


def rows(*events: Event, **options: bool) -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in polecat_rows(a_coded(*events), **options)]


def test_there_are_the_forty_columns_of_polecat() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 40


def test_each_pair_of_sides_is_a_row() -> None:
    first, second = rows(an_event())
    assert (first["Event ID"], second["Event ID"]) == ("e1-0", "e1-1")
    assert (first["Actor Name"], second["Actor Name"]) == ("Norway", "Danish army")
    assert first["Recipient Name"] == second["Recipient Name"] == "'=Peru"


def test_cells_say_what_the_event_is() -> None:
    row = rows(an_event())[1]
    assert row["Event Date"] == "2021-03-01"
    assert (row["Event Type"], row["Event Mode"], row["Intensity"]) == ("ASSAULT", "aerial", "-10.0")
    assert (row["Quad Code"], row["Contexts"]) == ("MATERIAL CONFLICT", "military; territory")
    assert (row["Actor Country"], row["Actor COW"], row["Primary Actor Sector"]) == ("DNK", "390", "MIL")
    assert (row["Recipient Country"], row["Recipient COW"], row["Recipient Sectors"]) == ("PER", "135", "REB")
    assert (row["Actor Name Raw"], row["Raw Placename"]) == ("Denmark", "Lima")
    assert (row["Country"], row["Latitude"], row["Longitude"]) == ("PER", "-12.04", "-77.03")
    assert (row["Source"], row["Publication Date"], row["Language"]) == ("The Paper", "2021-03-04", "en")
    assert (row["Story Organizations"], row["Story Locations"]) == ("Danish army", "Norway; Lima")


def test_a_state_as_such_acts_by_its_government_and_an_organisation_is_no_country() -> None:
    row = rows(an_event(actors=(Participant(span=(0, 6), actor=NORWAY),), recipients=(Participant(span=(0, 6), actor=UN),)))[0]
    assert (row["Actor Country"], row["Primary Actor Sector"], row["Actor Title"]) == ("NOR", "GOV", "guest")
    assert (row["Recipient Country"], row["Primary Recipient Sector"]) == ("", "UNO")


def test_what_is_not_known_is_empty_and_the_article_dates_what_its_words_do_not() -> None:
    row = rows(an_event(actors=(), recipients=(), date=None, place=None, mode=None, goldstein=None))[0]
    assert (row["Event ID"], row["Event Date"]) == ("e1", "2021-03-04")
    assert not any(
        row[name] for name in ("Actor Name", "Recipient Name", "Placename", "Event Mode", "Intensity", "GeoNames ID")
    )


def test_what_did_not_take_place_is_left_out_unless_asked_for() -> None:
    assert rows(an_event(status="denied")) == []
    assert len(rows(an_event(status="denied"), every_status=True)) == 2


def test_the_file_reads_back(tmp_path: Path) -> None:
    from dragoman.exchange.event_tables import read_events

    assert export_polecat([a_coded(an_event())], tmp_path / "out") == 2
    lines = (tmp_path / "out" / "polecat.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == list(COLUMNS)
    assert all(len(line.split("\t")) == 40 for line in lines)
    events = [event for event in read_events([tmp_path / "out" / "polecat.tsv"]) if hasattr(event, "actor_code")]
    assert [(event.type, event.actor_code, event.recipient_code) for event in events] == [
        ("ASSAULT", "NOR GOV", "PER REB"), ("ASSAULT", "DNK MIL", "PER REB"),
    ]  # fmt: skip


def test_a_file_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="expected a folder"):
        export_polecat([a_coded()], tmp_path / "out")
