"""Ledgers, event tables and edge lists become acts and ties, and these the system of actors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from ledger_builders import WORDS, a_coded, a_page

from dragoman.errors import UsageError
from dragoman.ledger import Filters, Ledger
from dragoman.materials import Corroborated, Material, from_edges, from_ledger, from_tables
from dragoman.network import AnalysisOptions
from dragoman.system import System, SystemOptions, make_system, tie_lines
from dragoman.types import Actor, Event, EventDate, Incident, Participant, Relation, content_id
from tests.exchange.table_builders import gdelt_row

ARTICLE = content_id("article", WORDS)
EGYPT, LIBYA, QATAR, REBELS = (
    Actor(id=id_ * 16, name=name, code=code)
    for id_, name, code in (("e", "Egypt", "EGY"), ("f", "Libya", "LBY GOV"), ("a", "Qatar", "QAT"), ("b", "Rebels", None))
)
DENSE = SystemOptions(resamples=0, analysis=AnalysisOptions(shifts=False))


def an_event(number: int, actors: tuple[Actor, ...], recipients: tuple[Actor, ...], **changes: object) -> Event:
    values: dict[str, object] = {
        "id": content_id("event", number), "article": ARTICLE, "sentence": (0, 60), "trigger": (number, number + 2),
        "type": "ACCUSE", "status": "happened", "date": None, "place": None, "chain": ("The Daily Example",), "score": 0.5,
        "actors": tuple(Participant(span=(n, n + 1), actor=actor) for n, actor in enumerate(actors)),
        "recipients": tuple(Participant(span=(n + 5, n + 6), actor=actor) for n, actor in enumerate(recipients)),
    }  # fmt: skip
    return Event(**{**values, **changes})  # type: ignore[arg-type]


def a_relation(number: int, source: Actor, target: Actor, **changes: object) -> Relation:
    values: dict[str, object] = {
        "id": content_id("relation", number), "article": ARTICLE, "span": (0, 9), "source": source, "target": target,
        "kind": "supports", "sign": 1, "chain": ("The Daily Example",), "score": 0.75,
    }  # fmt: skip
    return Relation(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as book:
        yield book


def of(ledger: Ledger, *records: Event | Relation, **how: object) -> Material:
    events = tuple(record for record in records if isinstance(record, Event))
    relations = tuple(record for record in records if isinstance(record, Relation))
    coded = a_coded(claims=())

    ledger.add_article(msgspec.structs.replace(coded, events=events, relations=relations), page=a_page(WORDS))
    return from_ledger(ledger, **how)  # type: ignore[arg-type]


def ties(material: Material, **options: object) -> dict[tuple[str, str], float]:
    system = make_system(material, options=SystemOptions(resamples=0, **options))  # type: ignore[arg-type]
    return {
        (system.label(tie.source), system.label(tie.target)): tie.weight for network in system.networks for tie in network.ties
    }


def test_each_of_several_acts_on_each(ledger: Ledger) -> None:
    found = ties(of(ledger, an_event(1, (EGYPT, QATAR), (LIBYA, EGYPT))))
    assert found == {("Qatar", "Egypt"): -2.0, ("Qatar", "Libya"): -2.0, ("Egypt", "Libya"): -2.0}


def test_in_a_meeting_each_meets_each_once(ledger: Ledger) -> None:
    found = ties(of(ledger, an_event(1, (EGYPT, QATAR, LIBYA), (), type="CONSULT")))
    assert sorted(found.values()) == [1.0, 1.0, 1.0]


def test_what_is_denied_weighs_nothing_and_what_is_planned_half(ledger: Ledger) -> None:
    denied = an_event(1, (EGYPT,), (LIBYA,), status="denied")
    planned = an_event(2, (EGYPT,), (QATAR,), status="planned", type="AID")
    assert ties(of(ledger, denied, planned)) == {("Qatar", "Egypt"): 3.5}


def test_an_event_without_a_date_has_that_of_its_article(ledger: Ledger) -> None:
    when = EventDate(start="2019-05-02", end="2019-05-03", basis="text", span=(0, 4))
    system = make_system(
        of(ledger, an_event(1, (EGYPT,), (LIBYA,)), an_event(2, (EGYPT,), (LIBYA,), date=when)),
        options=SystemOptions(windows="year", resamples=0),
    )
    assert [(n.window.name, n.ties[0].start) for n in system.networks] == [("2019", "2019-05-02"), ("2021", "2021-03-04")]


@pytest.mark.parametrize(
    ("changes", "weight"),
    [
        ({}, 3.5),
        ({"kind": "opposes", "sign": -1}, -4.0),
        ({"kind": "allied", "sign": -1, "status": "negated"}, -7.0),
        ({"kind": "hostile", "sign": -1, "status": "past"}, -3.5),
        ({"kind": "negotiates", "sign": 0}, 1.0),
        ({"kind": "member_of"}, 3.5),
        ({"status": "predicted"}, 0.875),
    ],
)
def test_relations_weigh_by_kind_sign_and_status(ledger: Ledger, changes: dict[str, object], weight: float) -> None:
    assert ties(of(ledger, a_relation(1, EGYPT, LIBYA, **changes))) == {("Egypt", "Libya"): weight}


def test_a_relation_that_an_event_states_counts_once(ledger: Ledger) -> None:
    material = of(ledger, an_event(1, (EGYPT,), (LIBYA,)), a_relation(1, EGYPT, LIBYA, basis="event", kind="opposes", sign=-1))
    assert ties(material) == {("Egypt", "Libya"): -2.0}
    assert material.passed == {"without two actors": 0, "without a weight": 0, "told as events already": 1}


def test_the_evidence_opens_to_its_words(ledger: Ledger) -> None:
    material = of(ledger, an_event(1, (EGYPT,), (LIBYA,)))
    (network,) = make_system(material, options=DENSE).networks
    (evidence,) = network.ties[0].evidence
    assert evidence == content_id("event", 1)
    assert material.told == {evidence: f"2021-03-04 · The Daily Example: {WORDS[:60]}"}


def test_tellings_of_one_incident_count_once_and_weigh_by_their_origins(ledger: Ledger) -> None:
    twice = [an_event(n, (EGYPT,), (LIBYA,)) for n in (1, 2)]
    incidents = {event.id: Corroborated("same", 2) for event in twice}
    assert ties(of(ledger, *twice, incidents=incidents)) == {("Egypt", "Libya"): -3.0}


def test_actors_of_a_ledger_by_country(ledger: Ledger) -> None:
    material = of(ledger, an_event(1, (EGYPT,), (LIBYA, REBELS)), an_event(2, (REBELS,), (EGYPT,)), by="country")
    assert material.names == {"EGY": "Egypt", "LBY": "Libya"}
    assert material.passed is not None
    assert material.passed["without two actors"] == 1


def test_filters_hold_for_a_ledger(ledger: Ledger) -> None:
    of(ledger, an_event(1, (EGYPT,), (LIBYA,)))
    assert from_ledger(ledger, Filters(since="2022")).rows == 0


# -- tables and lists ------------------------------------------------------------------------------------------------------


def edge_list(folder: Path, *lines: str) -> Path:
    path = folder / "edges.tsv"
    path.write_text("\n".join(["a\tb\tsign\twindow", *lines, ""]), encoding="utf-8")
    return path


TRIANGLE = ("x\ty\t1\t1", "y\tz\t1\t1", "x\tz\t-1\t1")


def test_a_table_gives_acts_of_states(tmp_path: Path) -> None:
    path = tmp_path / "e.tsv"
    path.write_text(gdelt_row() + gdelt_row(id="2", code="010") + gdelt_row(id="x"), encoding="utf-8")
    material = from_tables([path])
    assert material.baseline == "zero"
    assert ties(material) == {("Syria", "Turkey"): -2.0}
    assert (material.rows, material.rejected) == (3, 1)
    assert material.passed == {"outside the dates": 0, "without a PLOVER type": 1, "without two actors": 0}
    system = make_system(material, options=DENSE)
    assert system.networks[0].ties[0].evidence == (f"{path}#1",)


def test_a_tense_triangle_of_an_edge_list(tmp_path: Path) -> None:
    path = edge_list(tmp_path, *TRIANGLE)
    (line,) = make_system(from_edges(path), options=DENSE).lines()
    assert (line.window, line.nodes, line.ties, line.positive, line.negative) == ("1", 3, 3, 2, 1)
    assert line.triangles == {"ppp": 0, "ppn": 1, "pnn": 0, "nnn": 0}
    assert (line.frustration, line.frustration_bound, line.proven, line.balance) == (1.0, 1.0, True, 0.0)
    assert [(tense.actor, tense.friends, tense.evidence) for tense in line.tense] == [("y", ("x", "z"), (f"{path}#4",))]


def test_moves_and_windows_are_told_by_name(tmp_path: Path) -> None:
    first = ("x\ty\t1\tA", "x\tz\t-1\tA", "y\tz\t-1\tA", "z\tw\t1\tA", "x\tw\t-1\tA", "y\tw\t-1\tA")
    second = ("x\ty\t-1\tB", "x\tz\t-1\tB", "y\tz\t1\tB", "z\tw\t1\tB", "x\tw\t-1\tB", "y\tw\t1\tB")
    a, b = make_system(from_edges(edge_list(tmp_path, *first, *second)), options=DENSE).lines()
    assert [(line.window, sorted(map(sorted, (bloc.members for bloc in line.blocs)))) for line in (a, b)] == [
        ("A", [["w", "z"], ["x", "y"]]),
        ("B", [["w", "y", "z"]]),
    ]
    assert a.moves == ()
    assert "y" in {move.actor for move in b.moves}


@pytest.mark.parametrize(
    ("options", "pairs"),
    [
        ({"actors": ("x", "Y")}, {("x", "y")}),
        ({"actors": ("w",)}, {("v", "w")}),
        ({"actors": ("x",)}, {("x", "y"), ("x", "z"), ("y", "z")}),
        ({"least": 2}, {("x", "y")}),
    ],
)
def test_actors_and_weak_ties_can_be_left_out(tmp_path: Path, options: dict[str, object], pairs: set[tuple[str, str]]) -> None:
    path = edge_list(tmp_path, *TRIANGLE, "y\tx\t1\t1", "v\tw\t1\t1")
    assert set(ties(from_edges(path), **options)) == pairs


def test_an_actor_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Atlantis: expected an actor by name, code or id"):
        ties(from_edges(edge_list(tmp_path, *TRIANGLE)), actors=("Atlantis",))


def test_an_edge_list_has_its_own_windows(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected no windows beside an edge list"):
        ties(from_edges(edge_list(tmp_path, *TRIANGLE)), windows="month")


def test_two_actors_of_one_name_are_told_apart() -> None:
    material = Material(acts=None, edges=(), names={"1": "Ministry", "2": "Ministry", "3": "Army"}, codes={}, rows=0)
    system = make_system(material, options=DENSE)
    assert [system.label(id_) for id_ in "123"] == ["Ministry [1]", "Ministry [2]", "Army"]


def test_a_graph_has_the_blocs_and_their_colours(tmp_path: Path) -> None:
    system: System = make_system(from_edges(edge_list(tmp_path, "x\ty\t1\t1", "z\tw\t1\t1", "x\tz\t-1\t1")), options=DENSE)
    graph = system.graph()
    blocs = {node.id: (node.bloc, node.colour) for node in graph.nodes}
    assert blocs["x"] == blocs["y"] != blocs["z"] == blocs["w"]
    assert {tie.sign for tie in graph.ties} == {1, -1}
    with pytest.raises(UsageError, match="expected one of the windows 1; found '2'"):
        system.graph("2")


def test_incidents_of_the_ledger_are_taken_unless_others_are_given(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    twice = [an_event(n, (EGYPT,), (LIBYA,)) for n in (1, 2)]
    ids = tuple(event.id for event in twice)
    same = Incident(id=content_id("incident", ids[0]), type="ACCUSE", events=ids, articles=(ARTICLE,))
    assert ties(of(ledger, *twice)) == {("Egypt", "Libya"): -4.0}
    monkeypatch.setattr(Ledger, "incidents", lambda self: iter((same,)))
    assert ties(from_ledger(ledger)) == {("Egypt", "Libya"): -2.0}
    assert ties(from_ledger(ledger, incidents={})) == {("Egypt", "Libya"): -4.0}


def test_ties_for_the_export_name_their_reports(ledger: Ledger) -> None:
    event, relation = an_event(1, (EGYPT,), (LIBYA,)), a_relation(1, LIBYA, EGYPT, kind="hostile", sign=-1)
    of(ledger, event, relation, a_relation(2, EGYPT, QATAR))
    friends, foes = sorted(tie_lines(ledger), key=lambda tie: -tie.sign)
    assert {friends.source.name, friends.target.name} == {"Egypt", "Qatar"}
    assert (foes.sign, foes.weight, foes.events, foes.relations) == (-1, -9.0, (event.id,), (relation.id,))
    assert {foes.source.code, foes.target.code} == {"EGY", "LBY GOV"}
    assert b'"from":{' in msgspec.json.encode(foes)
