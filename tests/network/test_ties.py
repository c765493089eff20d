"""Ties: what counts and how much, where it falls in time, and how sure it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from dragoman.config import QUADS
from dragoman.errors import InputError, UsageError
from dragoman.network import Act, ActTable, Edge, Network, Tie, Weights, networks_of_edges, ties_of
from dragoman.network.acts import UNDATED, day_of, iso_of
from dragoman.network.ties import without_direction
from dragoman.network.windows import windows_of
from dragoman.types import CERTAINTIES, STATUSES

PLAIN = msgspec.structs.replace(Weights.shipped(), kinds={"good": 4.0, "bad": -2.0})


def act(kind: str = "good", source: str = "A", target: str = "B", evidence: str = "e", **more: Any) -> Act:
    return Act(source=source, target=target, kind=kind, evidence=evidence, **more)


def the_tie(*acts: Act, **options: Any) -> Tie:
    (network,) = ties_of(acts, weights=PLAIN, **options)
    (tie,) = network.ties
    return tie


def weights_by_window(*acts: Act, by: str) -> dict[str, float]:
    networks = ties_of(acts, weights=PLAIN, by=by, resamples=0)
    return {network.window.name: network.ties[0].weight for network in networks}


def test_acts_of_both_directions_add_up() -> None:
    tie = the_tie(
        act(evidence="e2", start="2019-05-02"), act("bad", "B", "A", "e1", start="2019-05-01"), act("bad", evidence="e3")
    )
    assert (tie.source, tie.target, tie.sign, tie.weight, tie.volume, tie.incidents) == ("A", "B", 0, 0.0, 8.0, 3)
    assert (tie.start, tie.end) == ("2019-05-01", "2019-05-02")
    assert tie.evidence == ("e3", "e1", "e2")


def test_directions_can_be_kept_and_joined_later() -> None:
    acts = [act(evidence="e1"), act("bad", "B", "A", "e2"), act("bad", "B", "C", "e3")]
    (directed,) = ties_of(acts, weights=PLAIN, directed=True)
    assert [(tie.source, tie.target, tie.weight) for tie in directed.ties] == [("A", "B", 4), ("B", "A", -2), ("B", "C", -2)]
    joined = without_direction(directed)
    (undirected,) = ties_of(acts, weights=PLAIN, resamples=0)
    bare = [msgspec.structs.replace(tie, low=None, high=None, agreement=None) for tie in joined.ties]
    assert tuple(bare) == undirected.ties
    assert joined.draws is not None
    assert directed.draws is not None
    assert joined.draws[:, 0] == pytest.approx(directed.draws[:, 0] + directed.draws[:, 1])
    assert without_direction(undirected) is undirected


@pytest.mark.parametrize(
    ("more", "weight"),
    [
        ({}, 4.0),
        ({"status": "planned"}, 2.0),
        ({"certainty": "hedged"}, 2.4),
        ({"status": "possible", "certainty": "speculative"}, 0.3),
        ({"corroboration": 2}, 6.0),
        ({"corroboration": 4}, 8.0),
        ({"corroboration": 1000}, 12.0),
        ({"corroboration": 0}, 4.0),
        ({"weight": -3.0}, -3.0),
    ],
)
def test_an_act_weighs_by_kind_status_certainty_and_corroboration(more: dict[str, Any], weight: float) -> None:
    assert the_tie(act(**more)).weight == pytest.approx(weight)


def test_what_is_denied_and_what_one_does_to_oneself_weighs_nothing() -> None:
    acts = [act(), act("bad", status="denied"), act("bad", "B", "B"), act("bad", status="hypothetical")]
    (network,) = ties_of(acts, weights=PLAIN)
    assert [(tie.weight, tie.incidents) for tie in network.ties] == [(4.0, 1)]
    assert ties_of([act(status="denied")], weights=PLAIN) == ()


def test_reports_of_one_incident_count_once() -> None:
    """The planned account has half the credence: (1 x 4 + 0.5 x -2) / 1.5 = 2, as sure as the surer of the two."""
    same = the_tie(act(incident="i", evidence="e1"), act(incident="i", evidence="e2"))
    assert (same.weight, same.incidents, same.evidence) == (4.0, 1, ("e1", "e2"))
    mixed = the_tie(act(incident="i"), act("bad", incident="i", status="planned"))
    assert mixed.weight == pytest.approx(2.0)
    surer = the_tie(act(incident="i"), act(incident="i", corroboration=2, status="denied"))
    assert surer.weight == 4.0


def test_an_incident_takes_the_days_of_its_closest_date() -> None:
    tie = the_tie(
        act(incident="i", start="2019"), act(incident="i", start="2019-05-03", end="2019-05-04"), act(incident="i"), by="month"
    )
    assert (tie.start, tie.end, tie.weight) == ("2019-05-03", "2019-05-04", 4.0)


def test_long_acts_are_shared_out_by_days() -> None:
    """Two of the four days are in each month, and one of 2019's 365 in each."""
    assert weights_by_window(act(start="2019-05-30", end="2019-06-02"), by="month") == {"2019-05": 2.0, "2019-06": 2.0}
    found = weights_by_window(act(start="2019"), by="day")
    assert len(found) == 365
    assert sum(found.values()) == pytest.approx(4.0)


def test_windows_overlap_if_they_slide() -> None:
    found = weights_by_window(act(start="2000-05-01"), act("bad", start="2003-05-01"), act(start="2005"), by="4y/1y")
    assert found == {"2000-01-01..2003-12-31": 2.0, "2001-01-01..2004-12-31": -2.0, "2002-01-01..2005-12-31": 2.0}


def test_acts_without_a_date_are_counted_and_stay_out_of_dated_windows() -> None:
    acts = [act(start="2019-05-03"), act(evidence="e2"), act(evidence="e3", incident="i"), act(evidence="e4", incident="i")]
    (network,) = ties_of(acts, weights=PLAIN, by="year")
    assert (network.undated, network.ties[0].incidents) == (3, 1)
    (network,) = ties_of(acts, weights=PLAIN)
    assert (network.undated, network.ties[0].incidents) == (0, 3)
    assert ties_of(acts[1:], weights=PLAIN, by="year") == ()
    assert ties_of(acts[1:], weights=PLAIN)[0].window.start is None
    assert ties_of([], weights=PLAIN) == ()


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("day", ["2019-12-29", "2019-12-30", "2019-12-31", "2020-01-01"]),
        ("week", ["2019-W52", "2020-W01"]),
        ("month", ["2019-12", "2020-01"]),
        ("year", ["2019", "2020"]),
        ("all", ["all"]),
        ("2d/2d", ["2019-12-29..2019-12-30", "2019-12-31..2020-01-01"]),
        ("3d/1d", ["2019-12-29..2019-12-31", "2019-12-30..2020-01-01"]),
        ("2w/1w", ["2019-12-23..2020-01-05"]),
        ("12m/1m", ["2019-12-01..2020-11-30"]),
    ],
)
def test_windows_cover_the_days(by: str, names: list[str]) -> None:
    windows = windows_of(day_of("2019-12-29"), day_of("2020-01-01"), by)
    assert windows.names == names
    assert windows.first[0] <= day_of("2019-12-29")
    assert windows.last[-1] >= day_of("2020-01-01")
    if by in ("day", "week", "month", "year", "2d/2d"):
        assert (windows.first[1:] == windows.last[:-1] + 1).all()


@pytest.mark.parametrize("by", ["", "days", "4y", "4y/1m", "1y/4y", "0d/1d", "1d/0d"])
def test_other_windows_are_refused(by: str) -> None:
    with pytest.raises(UsageError, match="expected windows"):
        ties_of([act()], weights=PLAIN, by=by)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("1969-12-31", "1969-12-31", "1969-12-31"),
    ],
)
def test_days_of_dates(text: str, first: str, last: str) -> None:
    assert (iso_of(day_of(text)), iso_of(day_of(text, last=True))) == (first, last)


@pytest.mark.parametrize("text", ["", "19", "2019-13", "2019-02-30", "yesterday", "2019-1-1", "0000", "2019-05-03T10:00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected a date as YYYY"):
        ties_of([act(start=text)], weights=PLAIN)


def test_resamples_are_of_incidents_and_not_of_reports() -> None:
    """Nine reports of one incident leave as much doubt as one; nine incidents much less."""
    one = the_tie(*(act(incident="i", evidence=f"e{n}") for n in range(9)), resamples=400)
    nine = the_tie(*(act(evidence=f"e{n}") for n in range(9)), resamples=400)
    assert one.agreement == pytest.approx(1 - np.exp(-1), abs=0.1)
    assert nine.agreement == 1.0
    assert one.low == 0.0
    assert nine.low is not None
    assert nine.high is not None
    assert 0.0 < nine.low < nine.weight < nine.high


def test_an_incident_of_several_ties_is_drawn_for_all_of_them_at_once() -> None:
    (network,) = ties_of([act(incident="i"), act("bad", "A", "C", incident="i")], weights=PLAIN)
    assert network.draws is not None
    assert (network.draws[:, 0] == -2.0 * network.draws[:, 1]).all()
    assert network.draws.mean() == pytest.approx(1.0, abs=0.3)


def test_draws_are_the_same_each_time() -> None:
    acts = [act(evidence=f"e{n}", start=f"20{n:02}") for n in range(10, 30)]
    first, again, other = (ties_of(acts, weights=PLAIN, seed=seed) for seed in (0, 0, 1))
    assert first[0].ties == again[0].ties
    assert first[0].ties != other[0].ties


def test_against_what_is_usual_a_cool_tie_is_against() -> None:
    """All lean 10 of 14: a tie of 4 for and 2 against has 2 - 6 x 10 / 14 less than its volume would have."""
    acts = [act(), act("bad"), act(target="C"), act(target="C")]
    (network,) = ties_of(acts, weights=PLAIN, baseline="usual")
    cool, warm = network.ties
    assert (cool.sign, warm.sign) == (-1, 1)
    assert cool.weight == pytest.approx(2.0 - 6.0 * 10 / 14)
    assert cool.weight + warm.weight == pytest.approx(0.0)
    assert network.draws is not None
    assert network.draws.mean(axis=0) == pytest.approx([cool.weight, warm.weight], abs=0.6)


def test_a_table_gives_what_its_acts_give() -> None:
    acts = [
        act(evidence="e1", start="2019-05", certainty="hedged", incident="i"),
        act("bad", "B", "C", "e2", start="2019-05-03", status="planned", corroboration=3),
        act("good", "C", "A", "e3", end="2019-06-01", weight=-1.5, incident="i"),
    ]
    table = ActTable.of(acts)
    assert ties_of(table, weights=PLAIN, by="month")[0].ties == ties_of(acts, weights=PLAIN, by="month")[0].ties
    assert len(table) == 3
    bare = ActTable(
        actors=["B", "A"], kinds=["good"], source=table.source[:1] * 0 + 1, target=table.target[:1] * 0,
        kind=table.kind[:1], start=np.array([UNDATED], dtype=np.int32), end=np.array([0], dtype=np.int32), evidence=["row 1"],
    )  # fmt: skip
    (network,) = ties_of(bare, weights=PLAIN, resamples=0)
    assert network.ties[0] == Tie(
        source="A", target="B", sign=1, weight=4.0, volume=4.0, incidents=1, start="1970-01-01", end="1970-01-01",
        evidence=("row 1",),
    )  # fmt: skip


def test_a_table_whose_columns_do_not_fit_is_refused() -> None:
    one, none = np.zeros(1, dtype=np.int32), np.zeros(0, dtype=np.int32)
    columns: dict[str, Any] = {
        "actors": ["A"], "kinds": ["good"], "source": one, "target": one, "kind": one, "start": one, "end": one,
        "evidence": ["e"],
    }  # fmt: skip
    with pytest.raises(InputError, match="expected 1 values in the column end, as in evidence, found 0"):
        ActTable(**columns | {"end": none})
    with pytest.raises(InputError, match="expected numbers from 0 to 0 in the column target"):
        ActTable(**columns | {"target": one + 1})


def test_a_kind_without_a_weight_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="found 'FROWN', 'NOD': name them under"):
        ties_of([act("NOD"), act("FROWN"), act()], weights=PLAIN)
    assert ties_of([act("NOD", weight=1.0)], weights=PLAIN)[0].ties[0].weight == 1.0


@pytest.mark.parametrize("weight", [float("inf"), float("-inf")])
def test_weights_that_are_not_finite_are_refused(weight: float) -> None:
    with pytest.raises(InputError, match=r"expected finite weights, found -?inf in row 7"):
        ties_of([act(), act(weight=weight, evidence="row 7")], weights=PLAIN)
    with pytest.raises(InputError, match=r"expected finite weights, found -?inf between A and B"):
        networks_of_edges([Edge(a="A", b="B", sign=1, weight=weight)])


def test_edges_of_both_directions_add_up_and_windows_keep_their_order() -> None:
    edges = [
        Edge(a="X", b="Y", sign=-1, window="late", evidence="e1"),
        Edge(a="X", b="Y", sign=1, weight=2.0, window="early"),
        Edge(a="Y", b="X", sign=-1, weight=-5.0, window="early", evidence="e2"),
        Edge(a="X", b="X", sign=1, window="early"),
    ]
    late, early = networks_of_edges(edges)
    assert [network.window.name for network in (late, early)] == ["late", "early"]
    assert [(tie.source, tie.target, tie.sign, tie.weight, tie.volume, tie.evidence) for tie in early.ties] == [
        ("X", "Y", -1, -3.0, 7.0, ("e2",))
    ]
    (whole,) = networks_of_edges([Edge(a="X", b="Y", sign=1), Edge(a="Y", b="X", sign=-1)])
    assert (whole.window.name, whole.ties[0].sign) == ("all", 0)
    assert isinstance(whole, Network)


def test_shipped_weights_cover_what_the_package_codes() -> None:
    weights = Weights.shipped()
    weights.check("shipped")
    assert set(QUADS) | set(QUADS.values()) | {"supports", "opposes", "allied", "hostile", "negotiates", "member_of"} == set(
        weights.kinds
    )
    assert (set(weights.statuses), set(weights.certainties)) == (set(STATUSES), set(CERTAINTIES))
    assert weights.statuses["denied"] == 0.0
    for kind, quad in QUADS.items():
        assert (weights.kinds[kind] > 0) == ("cooperation" in quad), kind
        others = [weights.kinds[other] for other, its in QUADS.items() if its == quad]
        assert weights.kinds[quad] == pytest.approx(sum(others) / len(others), abs=0.1)


def test_a_file_of_weights_replaces_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    path.write_text("[kinds]\nCONSULT = 0.0\nNOD = 0.5\n[statuses]\nplanned = 1.0\n", encoding="utf-8")
    weights = Weights.read(path)
    assert (weights.kinds["CONSULT"], weights.kinds["NOD"], weights.kinds["AID"]) == (0.0, 0.5, 7.0)
    assert (weights.statuses["planned"], weights.statuses["denied"]) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kinds = 3", "expected the tables kinds, statuses, certainties, corroboration, found 'kinds'"),
        ("[kind]\nAID = 1.0", "found 'kind'"),
        ("[kinds]\nAID = 70.0", "expected weights from -10 to 10, found AID = 70.0"),
        ("[kinds]\nAID = 'much'", "Expected `float`, got `str`"),
        ("[statuses]\nplanned = 2.0", "expected in statuses shares from 0 to 1, found planned = 2.0"),
        ("[statuses]\nrumoured = 0.5", "expected in statuses one of happened, .* found 'rumoured'"),
        ("[certainties]\nasserted = nan", "expected in certainties shares from 0 to 1, found asserted = nan"),
        ("[corroboration]\nmost = 0.5", "expected doubling of 0 or more and most of 1 or more"),
        ("[corroboration]\nhalving = 0.5", "unknown field"),
        ("[kinds", "expected a TOML file of weights"),
    ],
)
def test_a_file_of_weights_that_makes_no_sense_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "weights.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        Weights.read(path)
    assert str(path) in str(caught.value)


def test_a_file_of_weights_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml: expected a TOML file"):
        Weights.read(tmp_path / "none.toml")
