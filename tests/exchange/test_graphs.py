"""Signed networks for other programs: what Gephi and NetworkX read is what was written."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from dragoman.errors import DragomanError, UsageError
from dragoman.exchange.graphs import AGAINST, FOR, GRAPH_ENDINGS, Graph, GraphNode, GraphTie, export_graph, node_link

HOSTILE = 'Co<mmittee> & "Sons"\'\x00\x0b\ufffe\ud800\t=1+1'


def tie(source: str = "TUR", target: str = "SYR", window: str = "2019", **changes: Any) -> GraphTie:
    values = {"sign": -1, "weight": -2.5, "volume": 3.5, "incidents": 2, "start": "2019-01-03", "end": "2019-10-09"} | changes
    return GraphTie(source=source, target=target, window=window, evidence=("a.tsv#1", "a.tsv#7"), **values)


def graph(*ties: GraphTie, name: str = "Turkey") -> Graph:
    nodes = (
        GraphNode(id="TUR", label=name, code="TUR", bloc="Turkey, Qatar", colour="#0072b2"),
        GraphNode(id="SYR", label="Syria"),
        GraphNode(id="QAT", label="Qatar", bloc="Turkey, Qatar", colour="#0072b2"),
    )
    return Graph(nodes=nodes, ties=ties or (tie(), tie(target="QAT", sign=1, weight=4.0, volume=4.0)))


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_networkx_reads_it(tmp_path: Path, ending: str) -> None:
    nx = pytest.importorskip("networkx")
    path = tmp_path / f"ties{ending}"
    export_graph(graph(), path)
    read = (nx.read_graphml if ending == ".graphml" else nx.read_gexf)(path)
    assert not read.is_directed()
    assert read.nodes["TUR"]["label"] == "Turkey"
    assert read.nodes["TUR"]["bloc"] == read.nodes["QAT"]["bloc"] == "Turkey, Qatar"
    against = read.edges["TUR", "SYR"]
    assert (against["weight"], against["sign"], against["start"], against["end"]) == (2.5, -1, "2019-01-03", "2019-10-09")
    assert (read.edges["TUR", "QAT"]["weight"], read.edges["TUR", "QAT"]["sign"]) == (4.0, 1)


def test_graphml_names_the_colours(tmp_path: Path) -> None:
    nx = pytest.importorskip("networkx")
    export_graph(graph(), tmp_path / "ties.graphml")
    read = nx.read_graphml(tmp_path / "ties.graphml")
    assert (read.edges["TUR", "SYR"]["color"], read.edges["TUR", "QAT"]["color"]) == (AGAINST, FOR)


def test_gexf_has_colours_and_time_as_gephi_takes_them(tmp_path: Path) -> None:
    export_graph(graph(), tmp_path / "ties.gexf")
    root = ElementTree.parse(tmp_path / "ties.gexf").getroot()
    space = {"g": "http://gexf.net/1.3", "v": "http://gexf.net/1.3/viz"}
    inner = root.find("g:graph", space)
    assert inner is not None
    assert (inner.get("mode"), inner.get("timeformat"), inner.get("defaultedgetype")) == ("dynamic", "date", "undirected")
    colour = inner.find("g:edges/g:edge/v:color", space)
    assert colour is not None
    assert tuple(int(colour.get(name, "")) for name in "rgb") == tuple(bytes.fromhex(AGAINST[1:]))


def test_gexf_without_dates_is_static(tmp_path: Path) -> None:
    export_graph(graph(tie(start=None, end=None)), tmp_path / "ties.gexf")
    text = (tmp_path / "ties.gexf").read_text(encoding="utf-8")
    assert 'mode="static"' in text
    assert "start=" not in text


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_no_weight_is_zero_or_negative(tmp_path: Path, ending: str) -> None:
    """Gephi hides edges of negative weight and stops at edges of none: what cancels out is left to the tables."""
    path = tmp_path / f"ties{ending}"
    export_graph(graph(tie(), tie(target="QAT", sign=0, weight=0.0)), path)
    root = ElementTree.parse(path).getroot()
    edges = [element for element in root.iter() if element.tag.endswith("}edge")]
    assert len(edges) == 1
    weights = [edge.get("weight") or next(data.text for data in edge if data.get("key") == "edge_weight") for edge in edges]
    assert [float(weight or 0) for weight in weights] == [2.5]


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_hostile_names_are_text(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"ties{ending}"
    export_graph(graph(name=HOSTILE), path)
    root = ElementTree.parse(path).getroot()
    texts = [value for element in root.iter() for value in (element.text, *element.attrib.values()) if value]
    assert any(value.startswith('Co<mmittee> & "Sons"\'') and value.endswith("\t=1+1") for value in texts)


def test_several_windows_are_parallel_ties(tmp_path: Path) -> None:
    nx = pytest.importorskip("networkx")
    both = graph(tie(), tie(window="2020", sign=1, weight=1.0))
    read = nx.node_link_graph(node_link(both), edges="edges")
    assert read.is_multigraph()
    assert {key: data["sign"] for _, _, key, data in read.edges(keys=True, data=True)} == {"2019": -1, "2020": 1}
    export_graph(both, tmp_path / "ties.gexf")
    assert nx.read_gexf(tmp_path / "ties.gexf").number_of_edges() == 2


def test_json_has_the_evidence(tmp_path: Path) -> None:
    export_graph(graph(), tmp_path / "ties.json")
    data = json.loads((tmp_path / "ties.json").read_text(encoding="utf-8"))
    assert (data["directed"], data["multigraph"]) == (False, False)
    assert data["edges"][0]["evidence"] == ["a.tsv#1", "a.tsv#7"]
    assert data["edges"][0]["weight"] == 2.5


def test_csv_has_every_tie_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    export_graph(graph(tie(), tie(target="QAT", sign=0, weight=0.0), name="=1+1"), path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["source_name"], row["target"], row["sign"], row["weight"]) for row in rows] == [
        ("'=1+1", "SYR", "-1", "-2.5"),
        ("'=1+1", "QAT", "0", "0.0"),
    ]
    assert rows[0]["evidence"] == "a.tsv#1 a.tsv#7"
    export_graph(graph(name="=1+1"), path, raw=True)
    with path.open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream))["source_name"] == "=1+1"


def test_parquet_keeps_kinds_and_is_a_table_without_ties(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "ties.parquet"
    export_graph(graph(), path)
    rows = parquet.read_table(path).to_pylist()
    assert (rows[0]["weight"], rows[0]["sign"], rows[0]["incidents"], rows[0]["low"]) == (-2.5, -1, 2, None)
    export_graph(Graph(nodes=(), ties=()), path)
    assert parquet.read_table(path).num_rows == 0


@pytest.mark.parametrize("ending", GRAPH_ENDINGS)
def test_the_same_graph_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    pytest.importorskip("pyarrow")
    a, b = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    export_graph(graph(), a)
    export_graph(graph(), b)
    assert a.read_bytes() == b.read_bytes()


def test_another_ending_and_a_folder_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ends in \.graphml, \.gexf, \.json, \.csv, \.parquet"):
        export_graph(graph(), tmp_path / "ties.net")
    with pytest.raises(DragomanError, match="cannot be written"):
        export_graph(graph(), tmp_path / "gone" / "ties.gexf")
