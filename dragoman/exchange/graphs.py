"""Signed networks for other programs: GraphML, GEXF, node-link JSON, and ties as CSV or Parquet.

Gephi hides edges of negative weight and stops at edges of none, so ``weight`` is the size, and ``sign`` and the colour tell for
from against. A tie of sign 0 is in the tables alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

import msgspec

from dragoman.errors import DragomanError, UsageError
from dragoman.exchange.event_tables.parquet import arrow
from dragoman.exchange.files import replacing
from dragoman.exchange.tables import Cell, write_csv
from dragoman.types import Record

FOR, AGAINST, OTHER = "#0072b2", "#d55e00", "#8a8a8a"
"""Colours of ties (Okabe and Ito 2008): told apart by colour-blind readers too."""
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#5d4a9c", "#7a5230", "#000000")
"""Colours of blocs, the largest first; further ones are grey."""

# What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JOINT = " "


class GraphNode(Record, frozen=True, kw_only=True):
    """An actor; ``bloc`` names the one that it stands in, ``colour`` is that of the bloc."""

    id: str
    label: str
    code: str | None = None
    bloc: str | None = None
    colour: str = OTHER


class GraphTie(Record, frozen=True, kw_only=True):
    """A tie in one window; fields as in ``network.Tie``, ``weight`` signed."""

    source: str
    target: str
    window: str
    sign: int
    weight: float
    volume: float
    incidents: int
    start: str | None = None
    end: str | None = None
    low: float | None = None
    high: float | None = None
    agreement: float | None = None
    evidence: tuple[str, ...] = ()


class Graph(Record, frozen=True, kw_only=True):
    """Actors and their ties in one or several windows: then two actors have a tie for each."""

    nodes: tuple[GraphNode, ...]
    ties: tuple[GraphTie, ...]

    @property
    def multiple(self) -> bool:
        """Whether two actors may have several ties."""
        return len({tie.window for tie in self.ties}) > 1


_TIE_FIELDS = tuple(name for name in GraphTie.__struct_fields__ if name not in ("source", "target"))
TIE_COLUMNS = ("source", "source_name", "target", "target_name", *_TIE_FIELDS)
"""The columns of ties in CSV and Parquet."""


def export_graph(graph: Graph, path: Path, *, raw: bool = False) -> None:
    """Write ``graph`` to ``path``, in the form that its ending names; the file appears once it is whole.

    ``raw`` leaves cells of CSV as they are, formulas too. Raises UsageError for another ending, DragomanError if the disk does
    not take the file.
    """
    write = _FORMS.get(path.suffix.lower())
    if write is None:
        raise UsageError(f"{path}: expected a file that ends in {', '.join(_FORMS)}")
    try:
        with replacing(path) as part:
            write(graph, part, raw)
    except OSError as error:
        raise DragomanError(f"{path}: cannot be written: {error.strerror or error}; choose another place") from error


def node_link(graph: Graph) -> dict[str, Any]:
    """The graph as ``networkx.node_link_graph`` takes it; several windows make a multigraph with the window as key."""
    return {
        "directed": False,
        "multigraph": graph.multiple,
        "graph": {},
        "nodes": [{"id": n.id, "label": n.label, "code": n.code, "bloc": n.bloc, "color": n.colour} for n in graph.nodes],
        "edges": [_link(tie, graph.multiple) for tie in graph.ties if tie.sign],
    }


def tie_rows(graph: Graph) -> Iterator[list[Cell]]:
    """The rows of ``TIE_COLUMNS``; evidence is joined by spaces."""
    labels = {node.id: node.label for node in graph.nodes}
    for tie in graph.ties:
        ends = [tie.source, labels.get(tie.source), tie.target, labels.get(tie.target)]
        yield [*ends, *(getattr(tie, name) for name in _TIE_FIELDS[:-1]), _JOINT.join(tie.evidence)]


def _link(tie: GraphTie, multiple: bool) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(tie)
    values["weight"] = abs(tie.weight)
    values["color"] = _colour(tie)
    return values | ({"key": tie.window} if multiple else {})


def _colour(tie: GraphTie) -> str:
    return FOR if tie.sign > 0 else AGAINST


# -- GraphML ---------------------------------------------------------------------------------------------------------------

_NODE_KEYS = (("label", "string"), ("code", "string"), ("bloc", "string"), ("color", "string"))
_TIE_KEYS = (
    ("weight", "double"), ("sign", "int"), ("color", "string"), ("window", "string"), ("start", "string"), ("end", "string"),
    ("volume", "double"), ("incidents", "int"), ("agreement", "double"),
)  # fmt: skip


def _write_graphml(graph: Graph, path: Path, raw: bool) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for domain, keys in (("node", _NODE_KEYS), ("edge", _TIE_KEYS)):
            for name, kind in keys:
                out.write(f'  <key id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n')
        out.write('  <graph edgedefault="undirected">\n')
        for node in graph.nodes:
            out.write(f"    <node id={_attribute(node.id)}>")
            _write_data(out, "node", _NODE_KEYS, (node.label, node.code, node.bloc, node.colour))
            out.write("</node>\n")
        for number, tie in enumerate(tie for tie in graph.ties if tie.sign):
            ends = f"source={_attribute(tie.source)} target={_attribute(tie.target)}"
            out.write(f'    <edge id="e{number}" {ends}>')
            _write_data(out, "edge", _TIE_KEYS, _tie_cells(tie))
            out.write("</edge>\n")
        out.write("  </graph>\n</graphml>\n")


def _tie_cells(tie: GraphTie) -> Sequence[Cell]:
    return (
        abs(tie.weight), tie.sign, _colour(tie), tie.window, tie.start, tie.end, tie.volume, tie.incidents, tie.agreement,
    )  # fmt: skip


def _write_data(out: TextIO, domain: str, keys: Sequence[tuple[str, str]], cells: Iterable[Cell]) -> None:
    for (name, _), cell in zip(keys, cells, strict=True):
        if cell is not None:
            out.write(f'<data key="{domain}_{name}">{escape(_xml(cell))}</data>')


# -- GEXF ------------------------------------------------------------------------------------------------------------------

_NODE_ATTRIBUTES = (("code", "string"), ("bloc", "string"))
_TIE_ATTRIBUTES = (("sign", "integer"), ("window", "string"), ("volume", "double"), ("incidents", "integer"))


def _write_gexf(graph: Graph, path: Path, raw: bool) -> None:
    dated = [tie for tie in graph.ties if tie.start]
    mode = 'mode="dynamic" timeformat="date"' if dated else 'mode="static"'
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" ')
        out.write('xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n')
        out.write(f'  <meta><creator>dragoman</creator></meta>\n  <graph defaultedgetype="undirected" {mode}>\n')
        for domain, attributes in (("node", _NODE_ATTRIBUTES), ("edge", _TIE_ATTRIBUTES)):
            out.write(f'    <attributes class="{domain}">')
            for name, kind in attributes:
                out.write(f'<attribute id="{name}" title="{name}" type="{kind}"/>')
            out.write("</attributes>\n")
        out.write("    <nodes>\n")
        for node in graph.nodes:
            out.write(f"      <node id={_attribute(node.id)} label={_attribute(node.label)}>")
            _write_values(out, _NODE_ATTRIBUTES, (node.code, node.bloc))
            out.write(f"{_viz(node.colour)}</node>\n")
        out.write("    </nodes>\n    <edges>\n")
        for number, tie in enumerate(tie for tie in graph.ties if tie.sign):
            ends = f"source={_attribute(tie.source)} target={_attribute(tie.target)}"
            when = "".join(f' {name}="{day}"' for name, day in (("start", tie.start), ("end", tie.end)) if day)
            out.write(f'      <edge id="{number}" {ends} weight="{abs(tie.weight)!r}"{when}>')
            _write_values(out, _TIE_ATTRIBUTES, (tie.sign, tie.window, tie.volume, tie.incidents))
            out.write(f"{_viz(_colour(tie))}</edge>\n")
        out.write("    </edges>\n  </graph>\n</gexf>\n")


def _write_values(out: TextIO, attributes: Sequence[tuple[str, str]], cells: Iterable[Cell]) -> None:
    out.write("<attvalues>")
    for (name, _), cell in zip(attributes, cells, strict=True):
        if cell is not None:
            out.write(f'<attvalue for="{name}" value={_attribute(cell)}/>')
    out.write("</attvalues>")


def _viz(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'


def _attribute(cell: Cell) -> str:
    return quoteattr(_xml(cell), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _xml(cell: Cell) -> str:
    return _NO_XML.sub("\ufffd", cell) if isinstance(cell, str) else repr(cell)


# -- JSON, CSV, Parquet ----------------------------------------------------------------------------------------------------


def _write_json(graph: Graph, path: Path, raw: bool) -> None:
    path.write_bytes(msgspec.json.encode(node_link(graph)) + b"\n")


def _write_csv(graph: Graph, path: Path, raw: bool) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        write_csv(out, TIE_COLUMNS, tie_rows(graph), raw=raw)


def _write_parquet(graph: Graph, path: Path, raw: bool) -> None:
    pa = arrow()
    reals, whole = ("weight", "volume", "low", "high", "agreement"), ("sign", "incidents")
    kinds = {**dict.fromkeys(reals, pa.float64()), **dict.fromkeys(whole, pa.int64())}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in TIE_COLUMNS])
    columns = list(zip(*tie_rows(graph), strict=True)) or [()] * len(TIE_COLUMNS)
    arrays = [pa.array(cells, kind.type) for cells, kind in zip(columns, schema, strict=True)]
    pa.parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), path)


_FORMS: dict[str, Callable[[Graph, Path, bool], None]] = {
    ".graphml": _write_graphml,
    ".gexf": _write_gexf,
    ".json": _write_json,
    ".csv": _write_csv,
    ".parquet": _write_parquet,
}
GRAPH_ENDINGS = tuple(_FORMS)
