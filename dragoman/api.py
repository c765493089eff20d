"""dragoman in a notebook: ledgers, event tables and edge lists as tables for pandas and polars, and as networks.

    import dragoman

    book = dragoman.open("news.db")                     a ledger, event tables, or a signed edge list
    book.events(type="ACCUSE", since="2019").to_pandas()
    book.ties(windows="month").to_polars()
    graph = book.graph(actors=["Turkey", "Egypt"])      shown as a picture; graph.to_networkx(), graph.save("ties.gexf")

Everything is read from disk when it is asked for; nothing is written but what ``save`` and ``plot`` are told to write.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import msgspec

from dragoman.errors import DragomanError, UsageError
from dragoman.exchange import graphs, tables
from dragoman.exchange.event_tables import Format, Rejected, TableEvent, is_edge_list, read_events
from dragoman.exchange.event_tables.parquet import is_parquet, read_arrow
from dragoman.materials import Material, from_edges, from_ledger, from_tables
from dragoman.network import AnalysisOptions, Weights
from dragoman.network.plots import Legend, View, can_draw, draw, figure_svg
from dragoman.network.ties import Baseline
from dragoman.system import System, SystemOptions, WindowLine, make_system

if TYPE_CHECKING:
    from dragoman.ledger import Filters, Ledger

_SQLITE = b"SQLite format 3\0"
_SHOWN = 10
_CELL = 80
_SECONDS = 3.0


def open_book(path: str | Path, *more: str | Path, format_: Format | None = None) -> LedgerBook | TablesBook | EdgesBook:
    """What is at ``path``: a ledger; event tables (POLECAT, ICEWS, GDELT, dragoman's own), of which there may be ``more``; or a
    signed edge list. ``format_`` is that of the tables, if it is not to be detected.

    Raises UsageError if there is no such file, LedgerError or TableError if it cannot be used.
    """
    path = Path(path)
    if not path.is_file():
        raise UsageError(f"{path}: expected a ledger, an event table or an edge list, found no such file")
    with path.open("rb") as file:
        ledger = file.read(len(_SQLITE)) == _SQLITE
    if ledger and not more:
        return LedgerBook(path)
    if not more and format_ is None and not is_parquet(path) and is_edge_list(path):
        return EdgesBook(path)
    return TablesBook([path, *map(Path, more)], format_=format_)


def open_tables(paths: Iterable[str | Path], *, format_: Format | None = None) -> TablesBook:
    """Event tables, read as one."""
    return TablesBook([Path(path) for path in paths], format_=format_)


class Table:
    """Rows under named columns, read when they are asked for. Iterating gives a dictionary a row."""

    def __init__(
        self, title: str, columns: Sequence[str], rows: Callable[[], Iterable[Sequence[Any]]], *,
        arrow: Callable[[], Any] | None = None,
    ) -> None:  # fmt: skip
        self.title = title
        self.columns = tuple(columns)
        self._read = rows
        self._read_arrow = arrow

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._rows:
            yield dict(zip(self.columns, row, strict=True))

    def __len__(self) -> int:
        return len(self._rows)

    def to_dict(self) -> dict[str, list[Any]]:
        """Column by name."""
        cells = zip(*self._rows, strict=True) if self._rows else ((),) * len(self.columns)
        return {name: list(column) for name, column in zip(self.columns, cells, strict=True)}

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``. Raises DragomanError without pandas."""
        pandas = _needed("pandas", lambda: importlib.import_module("pandas"))
        return self._read_arrow().to_pandas() if self._read_arrow else pandas.DataFrame(self.to_dict())

    def to_polars(self) -> Any:
        """A ``polars.DataFrame``. Raises DragomanError without polars."""
        polars = _needed("polars", lambda: importlib.import_module("polars"))
        if self._read_arrow:
            return polars.from_arrow(self._read_arrow())
        return polars.DataFrame(self.to_dict(), infer_schema_length=None, strict=False)

    @cached_property
    def _rows(self) -> list[Sequence[Any]]:
        return list(self._read())

    def __repr__(self) -> str:
        return f"<{self.title}: {len(self):,} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self._rows[:_SHOWN])
        more = f"{len(self):,} row{'' if len(self) == 1 else 's'}"
        more += f", the first {_SHOWN} shown" if len(self) > _SHOWN else ""
        return (
            f'<div style="overflow-x:auto"><table><caption style="text-align:left"><b>{escape(self.title)}</b>: {more}'
            f"</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )


class GraphView:
    """The system of actors in one window, or in all: shown as a picture, handed on to other programs."""

    def __init__(self, system: System, source: str, window: str | None = None) -> None:
        self.system = system
        self.window = window
        self._source = source
        self._graph = system.graph(window)

    def ties(self) -> Table:
        """The ties, a row for each in each window; ``weight`` is signed, ``evidence`` lists ids."""

        def rows() -> Iterator[Sequence[Any]]:
            for row, tie in zip(graphs.tie_rows(self._graph), self._graph.ties, strict=True):
                yield [*row[:-1], list(tie.evidence)]

        return Table(f"ties in {self._source}", graphs.TIE_COLUMNS, rows)

    def windows(self) -> tuple[WindowLine, ...]:
        """What was found in each window: triangles, frustration, blocs; as ``network --json`` prints it."""
        return tuple(line for line in self.system.lines() if self.window in (None, line.window))

    def blocs(self) -> Table:
        """The blocs, a row for each in each window."""

        def rows() -> Iterator[Sequence[Any]]:
            for line in self.windows():
                for bloc in line.blocs:
                    yield [line.window, bloc.name, list(bloc.members), bloc.stability, list(bloc.opposed_to)]

        return Table(f"blocs in {self._source}", ("window", "bloc", "members", "stability", "opposed_to"), rows)

    def to_networkx(self) -> Any:
        """A ``networkx.Graph``, or with several windows a ``MultiGraph`` with the window as key.

        Nodes have ``label``, ``code``, ``bloc``; edges ``weight`` (the size), ``sign`` and the other fields of a tie. Raises
        DragomanError without networkx.
        """
        data = graphs.node_link(self._graph)
        return _needed("networkx", lambda: importlib.import_module("networkx")).node_link_graph(data, edges="edges")

    def to_pandas(self) -> Any:
        """The ties as a ``pandas.DataFrame``."""
        return self.ties().to_pandas()

    def to_polars(self) -> Any:
        """The ties as a ``polars.DataFrame``."""
        return self.ties().to_polars()

    def save(self, path: str | Path) -> None:
        """Write the ties to .graphml, .gexf, .json, .csv or .parquet."""
        graphs.export_graph(self._graph, Path(path))

    def plot(self, path: str | Path, *, view: View = "network") -> None:
        """Draw to .svg or .png: the signed ``network``, a ``heat`` map of ties, or ``blocs`` over time."""
        draw(Path(path), self.system.networks, self.system.analysis, self._legend, view=view, window=self.window)

    @property
    def _legend(self) -> Legend:
        return Legend(labels=self.system.labels, colours=self.system.colours, source=self._source)

    def __repr__(self) -> str:
        return f"<graph of {self._source}: {len(self._graph.nodes):,} actors, {len(self._graph.ties):,} ties>"

    def _repr_html_(self) -> str:
        if not can_draw() or not any(tie.sign for tie in self._graph.ties):
            return self.ties()._repr_html_()
        return figure_svg(self.system.networks, self.system.analysis, self._legend, window=self.window)


class _Book:
    """What all books can do: tell of the ties in them."""

    def __init__(self, source: str) -> None:
        self._source = source

    def _material(self, how: Mapping[str, Any], weights: Weights | None) -> Material:
        raise NotImplementedError

    def system(
        self, *, windows: str = "all", actors: Sequence[str] = (), baseline: Baseline | None = None, least: int = 1,
        weights: Weights | Path | str | None = None, resamples: int = 100, analysis: AnalysisOptions | None = None, **how: Any,
    ) -> System:  # fmt: skip
        """The networks and what is found in them; see ``SystemOptions``. ``weights`` may be a TOML file.

        ``how`` goes to the reading: ``by``, ``since``, ``until``, and for a ledger its filters.
        """
        given = Weights.read(Path(weights)) if isinstance(weights, str | Path) else weights
        options = SystemOptions(
            windows=windows, actors=tuple(actors), baseline=baseline, least=least, resamples=resamples,
            analysis=analysis or AnalysisOptions(seconds=_SECONDS),
        )  # fmt: skip
        return make_system(self._material(how, given), weights=given, options=options)

    def graph(self, *, window: str | None = None, **how: Any) -> GraphView:
        """The signed network; ``how`` as in ``system``. Of several windows all, or the one of the name ``window``."""
        return GraphView(self.system(**how), self._source, window)

    def ties(self, **how: Any) -> Table:
        """The ties in each window; ``how`` as in ``system``."""
        return self.graph(**how).ties()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._source}>"


class LedgerBook(_Book):
    """A ledger, open for reading. Close it, or use it in ``with``."""

    def __init__(self, path: Path) -> None:
        from dragoman.ledger import Ledger

        super().__init__(path.name)
        self.ledger: Ledger = Ledger.open(path, read_only=True)

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def counts(self) -> dict[str, int]:
        """How many there are of each kind of record."""
        return self.ledger.counts()

    def articles(self, **filters: Any) -> Table:
        """Articles; the columns are those of ``show articles --csv``, with the text."""
        columns = (*tables.ARTICLE_COLUMNS, "text")

        def rows() -> Iterator[Sequence[Any]]:
            for article in self.ledger.articles(_filters(filters)):
                yield [*tables.article_row(article), article.text]

        return Table(f"articles of {self._source}", columns, rows)

    def claims(self, **filters: Any) -> Table:
        """Claims; filters (``source``, ``certainty``, ``since`` …) are those of ``show claims``, columns those of its --csv."""
        return self._table("claims", self.ledger.claims, tables.CLAIM_COLUMNS, tables.claim_row, filters)

    def events(self, **filters: Any) -> Table:
        """Events; filters (``type``, ``status``, ``actor``, ``since`` …) and columns are those of ``show events``."""
        if "type" in filters:
            filters["event_type"] = filters.pop("type")
        return self._table("events", self.ledger.events, tables.EVENT_COLUMNS, tables.event_row, filters)

    def relations(self, **filters: Any) -> Table:
        """Relations: who is for or against whom; filters and columns are those of ``show relations``."""
        return self._table("relations", self.ledger.relations, tables.RELATION_COLUMNS, tables.relation_row, filters)

    def _table(
        self, kind: str, read: Callable[[Filters], Iterator[Any]], columns: Sequence[str], row: Callable[..., Sequence[Any]],
        filters: Mapping[str, Any],
    ) -> Table:  # fmt: skip
        from dragoman.pipeline import with_articles

        wanted = _filters(filters)

        def rows() -> Iterator[Sequence[Any]]:
            for article, record in with_articles(self.ledger, read(wanted)):
                yield row(article, record)

        return Table(f"{kind} of {self._source}", columns, rows)

    def _material(self, how: Mapping[str, Any], weights: Weights | None) -> Material:
        filters = {name: value for name, value in how.items() if name != "by"}
        return from_ledger(self.ledger, _filters(filters), by=how.get("by", "actor"), weights=weights)

    def _repr_html_(self) -> str:
        counts = "".join(
            f"<tr><td>{escape(kind)}</td><td>{count:,}</td></tr>" for kind, count in self.counts().items() if count
        )
        return f"<b>{escape(self._source)}</b><table><tbody>{counts}</tbody></table>"


class TablesBook(_Book):
    """Event tables, read as one."""

    def __init__(self, paths: Sequence[Path], *, format_: Format | None = None) -> None:
        super().__init__(paths[0].name + (f" and {len(paths) - 1} more" if len(paths) > 1 else ""))
        self.paths = tuple(paths)
        self._format = format_

    def events(self) -> Table:
        """All events, in one vocabulary; see docs/tables.md. Large tables are best imported to Parquet first."""

        def rows() -> Iterator[Sequence[Any]]:
            for event in read_events(self.paths, format_=self._format):
                if isinstance(event, TableEvent):
                    yield msgspec.structs.astuple(event)

        whole = all(map(is_parquet, self.paths))
        columns = TableEvent.__struct_fields__
        return Table(f"events of {self._source}", columns, rows, arrow=(lambda: read_arrow(self.paths)) if whole else None)

    def rejected(self) -> Table:
        """The rows that are no events, each with its line and reason."""

        def rows() -> Iterator[Sequence[Any]]:
            for row in read_events(self.paths, format_=self._format):
                if isinstance(row, Rejected):
                    yield msgspec.structs.astuple(row)

        return Table(f"rejected in {self._source}", Rejected.__struct_fields__, rows)

    def _material(self, how: Mapping[str, Any], weights: Weights | None) -> Material:
        return from_tables(self.paths, format_=self._format, **how)


class EdgesBook(_Book):
    """A signed edge list."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self.path = path

    def _material(self, how: Mapping[str, Any], weights: Weights | None) -> Material:
        if how:
            raise UsageError(f"expected nothing but options of the analysis for an edge list, found {', '.join(how)}")
        return from_edges(self.path)


def _filters(wanted: Mapping[str, Any]) -> Filters:
    from dragoman.ledger import Filters

    unknown = set(wanted) - set(Filters.__struct_fields__)
    if unknown:
        there = ", ".join(Filters.__struct_fields__)
        raise UsageError(f"expected filters among {there}; found {', '.join(sorted(unknown))}")
    try:
        return msgspec.convert(dict(wanted), Filters)
    except msgspec.ValidationError as error:
        raise UsageError(f"a filter has a value that cannot be: {error}") from error


def _needed(name: str, load: Callable[[], Any]) -> Any:
    try:
        return load()
    except ImportError as error:
        raise DragomanError(f"{name} is not installed: pip install 'dragoman[notebook]'") from error


def _cell(value: Any) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    text = f"{value:,.4g}" if isinstance(value, float) else str(value)
    return f"<td>{escape(text if len(text) <= _CELL else text[: _CELL - 1] + '…')}</td>"
