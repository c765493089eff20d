"""Balance, blocs, and what changes from window to window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
import pytest

from dragoman.errors import UsageError
from dragoman.network import (
    Act,
    Analysis,
    AnalysisOptions,
    Edge,
    Move,
    Shift,
    Triangles,
    WindowAnalysis,
    analyse,
    networks_of_edges,
    ties_of,
)
from dragoman.network.shifts import change_points
from tests.network.tribes import tribes

NO_SHIFTS = AnalysisOptions(shifts=False)


def edges(text: str, window: str | None = None, *, weight: float = 1.0) -> list[Edge]:
    """``A+B A-C``: edges by two letters and their sign; the evidence is the window and the edge."""
    return [
        Edge(a=word[0], b=word[2], sign=1 if word[1] == "+" else -1, window=window, weight=weight, evidence=f"{window}:{word}")
        for word in text.split()
    ]


def analysed(*windows: str, options: AnalysisOptions = NO_SHIFTS) -> Analysis:
    listed = [edge for n, text in enumerate(windows) for edge in edges(text, f"w{n}")]
    return analyse(networks_of_edges(listed), options=options)


def first(text: str) -> WindowAnalysis:
    return analysed(text).windows[0]


def members(window: WindowAnalysis) -> list[set[str]]:
    return [set(bloc.members) for bloc in window.partition.blocs]


@pytest.mark.parametrize(
    ("text", "triangles", "balanced", "frustration", "blocs"),
    [
        ("A+B B+C A+C", Triangles(ppp=1, ppn=0, pnn=0, nnn=0), 1.0, 0, [{"A", "B", "C"}]),
        ("A+B B+C A-C", Triangles(ppp=0, ppn=1, pnn=0, nnn=0), 0.0, 1, None),
        ("A+B B-C A-C", Triangles(ppp=0, ppn=0, pnn=1, nnn=0), 1.0, 0, [{"A", "B"}]),
        ("A-B B-C A-C", Triangles(ppp=0, ppn=0, pnn=0, nnn=1), 0.0, 1, []),
        ("A+B B+C C+D A-D", Triangles(ppp=0, ppn=0, pnn=0, nnn=0), None, 1, None),
    ],
)
def test_small_networks(
    text: str, triangles: Triangles, balanced: float | None, frustration: int, blocs: Sequence[set[str]] | None
) -> None:
    window = first(text)
    assert (window.triangles, window.triangles.balanced) == (triangles, balanced)
    assert (window.frustration.value, window.frustration.bound, window.frustration.proven) == (frustration, frustration, True)
    assert len(window.frustration.frustrated) == frustration
    if blocs is not None:
        assert members(window) == blocs
        assert window.partition.cost == 0.0


def test_tribes_have_three_blocs() -> None:
    window = analyse(networks_of_edges(tribes()), options=NO_SHIFTS).windows[0]
    assert sorted(members(window), key=len) == [
        {"Gama", "Gavev", "Kotun", "Nagad"},
        {"Kohik", "Nagam", "Notoh", "Seuve", "Uheto"},
        {"Alika", "Asaro", "Gahuk", "Geham", "Masil", "Ove", "Ukudz"},
    ]
    assert (window.partition.cost, window.partition.proven, window.partition.alone) == (2.0, True, ())
    assert (window.nodes, window.ties, window.positive, window.negative) == (16, 58, 29, 29)
    assert window.triangles == Triangles(ppp=19, ppn=2, pnn=40, nnn=7)
    assert window.triangles.balanced == pytest.approx(0.8676, abs=5e-5)  # as published with signnet
    ids = {bloc.id for bloc in window.partition.blocs}
    assert all(set(bloc.opposed) == ids - {bloc.id} for bloc in window.partition.blocs)
    assert {tuple(sorted(tie)) for tie in window.frustration.frustrated} <= {tuple(sorted((e.a, e.b))) for e in tribes()}


def test_a_tense_triangle_shows_the_friend_of_both_and_all_ties() -> None:
    window = first("B+A A+C B-C A+D D-E")
    (triangle,) = window.tense
    assert (triangle.actor, triangle.friends) == ("A", ("B", "C"))
    assert [tie.evidence for tie in triangle.ties] == [("w0:B+A",), ("w0:A+C",), ("w0:B-C",)]


def test_tense_triangles_come_by_their_weakest_tie_and_are_limited() -> None:
    weak, strong = edges("A+B A+C B-C"), edges("D+E D+F E-F", weight=3.0)
    networks = networks_of_edges([*weak, *strong])
    found = analyse(networks, options=NO_SHIFTS).windows[0].tense
    assert [triangle.actor for triangle in found] == ["D", "A"]
    assert [t.actor for t in analyse(networks, options=AnalysisOptions(tense=1, shifts=False)).windows[0].tense] == ["D"]


def test_degrees_count_and_weigh_ties() -> None:
    window = analyse(networks_of_edges([*edges("A+B"), *edges("A-C", weight=2.5)]), options=NO_SHIFTS).windows[0]
    degree = window.degrees[0]
    assert (degree.actor, degree.positive, degree.negative, degree.weight_for, degree.weight_against) == ("A", 1, 1, 1.0, -2.5)
    assert [degree.actor for degree in window.degrees] == ["A", "B", "C"]


def test_ties_that_cancel_are_mixed_and_in_no_figure() -> None:
    window = first("A+B A-B C+D")
    assert (window.nodes, window.ties, window.mixed) == (2, 1, 1)


def test_an_empty_series_and_an_empty_window() -> None:
    assert analyse((), options=NO_SHIFTS) == Analysis(windows=())
    window = first("A+B A-B")
    assert (window.nodes, window.frustration.value, window.frustration.proven, window.partition.blocs) == (0, 0.0, True, ())


def test_measures_differ_where_one_tie_is_strong() -> None:
    """By number one of two weak ties gives way to make A and C one; by weight the strong quarrel stands."""
    networks = networks_of_edges([*edges("A+B B+C"), *edges("A-C", weight=3.0)])
    for measure, cost in (("sign", 1.0), ("weight", 1.0), ("log", 1.0)):
        window = analyse(networks, options=AnalysisOptions(frustration_by=measure, blocs_by=measure, shifts=False)).windows[0]
        assert (window.frustration.value, window.partition.cost) == (cost, cost)
        if measure != "sign":
            assert ("A", "C") not in window.frustration.frustrated
            assert not any({"A", "C"} <= bloc for bloc in members(window))


def test_blocs_are_stable_if_many_incidents_speak_for_them() -> None:
    pairs = [("A", "B", "AID"), ("C", "D", "AID"), ("A", "C", "ASSAULT"), ("B", "D", "ASSAULT")]
    sure = [Act(source=a, target=b, kind=kind, evidence=f"{a}{b}{n}") for a, b, kind in pairs for n in range(12)]
    window = analyse(ties_of(sure), options=NO_SHIFTS).windows[0]
    assert sorted(map(sorted, members(window))) == [["A", "B"], ["C", "D"]]
    assert all(bloc.stability is not None and bloc.stability > 0.95 for bloc in window.partition.blocs)

    unsure = [Act(source=a, target=b, kind=kind, evidence=f"{a}{b}") for a, b, kind in pairs]
    window = analyse(ties_of(unsure), options=NO_SHIFTS).windows[0]
    assert all(bloc.stability is not None and 0.3 < bloc.stability < 0.95 for bloc in window.partition.blocs)
    assert all(bloc.staying == (bloc.stability,) * 2 for bloc in window.partition.blocs)

    bare = analyse(ties_of(sure, resamples=0), options=NO_SHIFTS).windows[0]
    assert [bloc.stability for bloc in bare.partition.blocs] == [None, None]


BEFORE = "A+B A+C B+C X+Y X+Z Y+Z A-X B-Y"
TORN = "A+B X+Y X+Z Y+Z A-X B-Y C+A C+X"
AFTER = "A+B X+Y X+Z Y+Z C+X C+Y C+Z A-X B-Y A-C"


def test_a_move_names_both_blocs_and_the_ties_that_speak_for_it() -> None:
    analysis = analysed(BEFORE, AFTER)
    left, right = analysis.windows[0].partition.blocs
    assert {left.id, right.id} == {bloc.id for bloc in analysis.windows[1].partition.blocs}
    (move,) = analysis.moves
    old, new = (left.id, right.id) if "A" in left.members else (right.id, left.id)
    assert isinstance(move, Move)
    assert (move.actor, move.window.name, move.left, move.joined) == ("C", "w1", old, new)
    assert [tie.evidence for tie in move.with_left] == [("w1:A-C",)]
    assert [tie.evidence for tie in move.with_joined] == [("w1:C+X",), ("w1:C+Y",), ("w1:C+Z",)]


@pytest.mark.parametrize("windows", [(BEFORE, TORN, AFTER), (AFTER, TORN, BEFORE)])
def test_among_equally_cheap_splits_the_one_before_is_kept(windows: tuple[str, ...]) -> None:
    """Torn between two blocs, C stays where it was, whichever that is."""
    assert [(move.actor, move.window.name) for move in analysed(*windows).moves] == [("C", "w2")]


def test_actors_that_come_or_go_do_not_move_and_blocs_come_back_under_their_ids() -> None:
    analysis = analysed(BEFORE, "X+Y X+Z Y+Z", BEFORE)
    assert analysis.moves == ()
    before, _, after = ({bloc.id: set(bloc.members) for bloc in window.partition.blocs} for window in analysis.windows)
    assert before == after


def test_the_name_of_a_bloc_is_that_of_its_strongest() -> None:
    networks = networks_of_edges([*edges("A+B A+C A+D"), *edges("C+D", weight=4.0)])
    (bloc,) = analyse(networks, options=NO_SHIFTS, names={"C": "Ceylon", "D": "Denmark"}).windows[0].partition.blocs
    assert bloc.name == "Ceylon, Denmark, A"


def test_directed_ties_are_joined_first() -> None:
    acts = [Act(source="A", target="B", kind="AID", evidence="e1"), Act(source="B", target="A", kind="AID", evidence="e2")]
    directed, undirected = (ties_of(acts, directed=directed, resamples=0) for directed in (True, False))
    assert analyse(directed, options=NO_SHIFTS) == analyse(undirected, options=NO_SHIFTS)


def shifts_of(*windows: str) -> tuple[Shift, ...]:
    pytest.importorskip("ruptures", reason="shifts need the library ruptures, which is in the extra network")
    shifts = analysed(*windows, options=AnalysisOptions(shifts=True)).shifts
    assert shifts is not None
    return shifts


def test_a_tie_that_turns_to_stay_has_a_shift_with_the_reports_around_it() -> None:
    (shift,) = shifts_of(*["A+B"] * 5, *["A-B"] * 4)
    assert (shift.actor, shift.target, shift.date, shift.before, shift.after) == ("A", "B", "w5", 1.0, -1.0)
    assert shift.reports_before[:2] == ("w4:A+B", "w3:A+B")
    assert shift.reports_after[:2] == ("w5:A-B", "w6:A-B")


def test_windows_without_the_tie_are_passed_over() -> None:
    (shift,) = shifts_of("A+B", "X+Y", "A+B", "A+B", "X+Y", "A-B", "A-B", "A-B")
    assert shift.date == "w5"


@pytest.mark.parametrize(
    "windows",
    [
        ["A+B"] * 6,
        ["A+B"] * 5 + ["A-B"] + ["A+B"] * 5,
        ["A+B", "A-B"] * 6,
        ["A+B", "A-B"],
    ],
    ids=["steady", "one slip", "wavering", "too short"],
)
def test_what_does_not_last_is_no_shift(windows: list[str]) -> None:
    assert shifts_of(*windows) == ()


def test_dates_of_shifts_are_those_of_their_windows() -> None:
    pytest.importorskip("ruptures", reason="shifts need the library ruptures, which is in the extra network")
    acts = [
        Act(source="A", target="B", kind="AID" if month < 5 else "SANCTION", start=f"2019-{month:02}", evidence=f"e{month}")
        for month in range(1, 11)
    ]
    shifts = analyse(ties_of(acts, by="month"), options=AnalysisOptions(shifts=True)).shifts
    assert shifts is not None
    assert [(shift.date, shift.reports_before[0], shift.reports_after[0]) for shift in shifts] == [("2019-05-01", "e4", "e5")]


def test_an_actor_that_changes_bloc_to_stay_has_a_shift() -> None:
    shifts = [shift for shift in shifts_of(*[BEFORE] * 4, *[AFTER] * 4) if shift.target is None]
    (shift,) = shifts
    assert (shift.actor, shift.date) == ("C", "w4")
    assert shift.before != shift.after
    assert shift.reports_before[:2] == ("w3:A+C", "w3:B+C")
    assert shift.reports_after[:3] == ("w4:C+X", "w4:C+Y", "w4:C+Z")


def test_change_points_need_room_on_both_sides() -> None:
    pytest.importorskip("ruptures", reason="shifts need the library ruptures, which is in the extra network")
    assert change_points(np.array([[0.0]] * 4 + [[1.0]] * 2)) == [4]
    assert change_points(np.array([[0.0]] * 5)) == []


def test_without_the_library_shifts_are_left_out_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ruptures", None)
    monkeypatch.setattr("dragoman.network.analysis.shifts_can_be_found", lambda: False)
    assert analysed(*["A+B"] * 3, *["A-B"] * 3, options=AnalysisOptions()).shifts is None
    with pytest.raises(UsageError, match=r"pip install 'dragoman\[network\]'"):
        analysed(*["A+B"] * 3, *["A-B"] * 3, options=AnalysisOptions(shifts=True))
