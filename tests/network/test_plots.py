"""Pictures of the system: what is drawn, and that names are never more than names."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from dragoman.errors import DragomanError, UsageError
from dragoman.network import Analysis, AnalysisOptions, Edge, Network, analyse, networks_of_edges
from dragoman.network.plots import VIEWS, Legend, View, draw, figure_svg

pytest.importorskip("matplotlib")

EDGES = (
    Edge(a="x", b="y", sign=1, window="A"), Edge(a="y", b="z", sign=-1, window="A"), Edge(a="x", b="z", sign=-1, window="A"),
    Edge(a="x", b="y", sign=-1, window="B"), Edge(a="y", b="z", sign=1, window="B"),
)  # fmt: skip


def drawn(*edges: Edge) -> tuple[tuple[Network, ...], Analysis]:
    networks = networks_of_edges(edges or EDGES)
    return networks, analyse(networks, options=AnalysisOptions(shifts=False))


def legend(**labels: str) -> Legend:
    return Legend(labels=labels, colours={}, source="edges.tsv")


def words(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("}text")]


@pytest.mark.parametrize("view", VIEWS)
def test_actors_and_windows_stand_in_each_picture(tmp_path: Path, view: View) -> None:
    path = tmp_path / "picture.svg"
    draw(path, *drawn(), legend(x="Cedar", y="Reed", z="Willow"), view=view, window="A")
    text = words(path.read_text(encoding="utf-8"))
    assert {"Cedar", "Reed", "Willow"} <= set(text)
    assert {"A", "B"} <= set(text) if view == "blocs" else "A" in text
    assert "edges.tsv" in text


def test_the_last_window_is_drawn_unless_another_is_asked_for() -> None:
    networks, analysis = drawn()
    assert "B" in words(figure_svg(networks, analysis, legend()))
    assert "A" in words(figure_svg(networks, analysis, legend(), window="A"))


@pytest.mark.parametrize("view", VIEWS)
def test_names_are_never_read_as_formulas_or_markup(tmp_path: Path, view: View) -> None:
    path = tmp_path / "picture.svg"
    hostile = {"x": "$\\frac{1}$", "y": "<script>a</script>", "z": "&amp;\x00\x1b[31m"}
    draw(path, *drawn(), Legend(labels=hostile, colours={}, source="$x$ <b>"), view=view)
    text = words(path.read_text(encoding="utf-8"))
    assert "$\\frac{1}$" in text
    assert "<script>a</sc" in "".join(text)


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_the_same_network_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    for name in "ab":
        draw(tmp_path / f"{name}{ending}", *drawn(), legend())
    assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_what_is_left_out_is_said() -> None:
    edges = [Edge(a="hub", b=f"n{n}", sign=1, weight=n + 1.0) for n in range(80)]
    text = words(figure_svg(*drawn(*edges), legend()))
    assert any("81 actors, 80 ties" in line and "the 60 strongest shown" in line for line in text)
    assert "n79" in text
    assert "n0" not in text


def test_nothing_to_draw_is_said(tmp_path: Path) -> None:
    for networks, analysis in (drawn(Edge(a="x", b="y", sign=1), Edge(a="x", b="y", sign=-1)), ((), Analysis(windows=()))):
        with pytest.raises(UsageError, match="nothing to draw"):
            draw(tmp_path / "a.svg", networks, analysis, legend())


def test_another_ending_view_window_or_folder_is_refused(tmp_path: Path) -> None:
    networks, analysis = drawn()
    with pytest.raises(UsageError, match=r"ends in \.svg or \.png"):
        draw(tmp_path / "a.pdf", networks, analysis, legend())
    with pytest.raises(UsageError, match="views network, heat, blocs"):
        draw(tmp_path / "a.svg", networks, analysis, legend(), view="map")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="windows A, B"):
        draw(tmp_path / "a.svg", networks, analysis, legend(), window="C")
    with pytest.raises(DragomanError, match="cannot be written"):
        draw(tmp_path / "gone" / "a.svg", networks, analysis, legend())
