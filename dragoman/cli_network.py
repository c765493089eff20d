"""The commands ``network`` and ``import``: arguments, messages, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.config import DEFAULT_LEDGER
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.exchange.event_tables import Format, Level, Rejected
    from dragoman.materials import Material
    from dragoman.network import Weights
    from dragoman.network.ties import Baseline
    from dragoman.system import System

PARTLY = 3
NAMED_REJECTIONS = 20
"""Rejected rows that are named on stderr; the others are counted."""
SECONDS = 3.0

TablesArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="TABLE...", help="Event tables: POLECAT, ICEWS, GDELT, or what import wrote.", show_default=False),
]
LedgerOption = Annotated[
    Path | None, typer.Option("--ledger", "-l", metavar="FILE", help=f"A ledger. Default, without a table: {DEFAULT_LEDGER}.")
]
EdgesOption = Annotated[
    Path | None, typer.Option("--edges", metavar="FILE", help="A signed edge list: columns a, b, sign; also weight, window.")
]
FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="polecat, icews, gdelt1, gdelt2, dragoman; else it is detected."),
]
ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="WHAT", help="What an actor is: country, code, actor. Tables: country; ledgers: actor."),
]
WindowsOption = Annotated[
    str, typer.Option("--windows", metavar="RULE", help="day, week, month, year, all, or LENGTH/STEP such as 90d/30d or 4y/1y.")
]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Earliest date: YYYY, YYYY-MM or YYYY-MM-DD.")]
UntilOption = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Latest date, in the same forms.")]
ActorOption = Annotated[
    list[str] | None,
    typer.Option("--actor", metavar="NAME", help="Ties among these alone (name, code or id); of one its own and its circle."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON, a line each.")]
RawOption = Annotated[bool, typer.Option("--raw", help="CSV: leave cells that look like formulas as they are.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; rejected rows are still named.")]


def add_network_commands(app: typer.Typer, command: Callable[[Callable[..., None]], Callable[..., None]]) -> None:
    """Add ``network`` and ``import`` to ``app``; ``command`` turns what they raise into messages and exit codes."""
    app.command("network", epilog="Example: dragoman network events.parquet --since 2018 --windows month --plot ties.svg")(
        command(network)
    )
    app.command("import", epilog="Example: dragoman import 20191024143000.export.CSV.zip -o events.parquet")(command(import_))


def network(
    tables: TablesArgument = None,
    ledger: LedgerOption = None,
    edges: EdgesOption = None,
    format_: FormatOption = None,
    by: ByOption = None,
    windows: WindowsOption = "all",
    since: SinceOption = None,
    until: UntilOption = None,
    actor: ActorOption = None,
    baseline: Annotated[
        str | None,
        typer.Option("--baseline", metavar="FROM", help="For or against from zero, or from the usual; large tables: usual."),
    ] = None,
    least: Annotated[int, typer.Option("--least", min=1, metavar="N", help="Leave out ties of fewer incidents.")] = 1,
    weights: Annotated[
        Path | None, typer.Option("--weights", metavar="FILE", help="Weights of your own, TOML, in place of those that ship.")
    ] = None,
    resamples: Annotated[
        int, typer.Option("--resamples", min=0, max=10_000, metavar="N", help="Draws for the uncertainty of ties and blocs.")
    ] = 100,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.0, metavar="S", help="How long to try for each proof in each window.")
    ] = SECONDS,
    window: Annotated[
        str | None, typer.Option("--window", metavar="NAME", help="The window to list and to draw; default: the last.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="Ties, blocs, triangles to list.")] = 10,
    json: JsonOption = False,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Draw to a file: .svg or .png.")] = None,
    view: Annotated[
        str, typer.Option("--view", metavar="VIEW", help="What to draw: network, heat, blocs (over time).")
    ] = "network",
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write the ties: .graphml, .gexf, .json, .csv or .parquet.")
    ] = None,
    raw: RawOption = False,
    quiet: QuietOption = False,
) -> None:
    """The system of actors: ties, triangles, frustration, blocs and shifts, from a ledger, event tables or an edge list."""
    from dragoman.exchange.graphs import export_graph
    from dragoman.exchange.jsonl import encode_line
    from dragoman.network import AnalysisOptions, Weights
    from dragoman.system import SystemOptions, make_system

    _check_input(tables, ledger, edges, by=by, since=since, until=until, format_=format_)
    _check_endings(plot, view, export)
    given = Weights.read(weights) if weights else None
    material = _material(tables, ledger, edges, by=by, format_=format_, since=since, until=until, weights=given, quiet=quiet)
    options = SystemOptions(
        windows=windows, actors=tuple(actor or ()), baseline=_baseline(baseline), least=least, resamples=resamples,
        analysis=AnalysisOptions(seconds=seconds),
    )  # fmt: skip
    system = make_system(material, weights=given, options=options)
    _check_window(system, window)
    source = str(edges or (tables[0] if tables else None) or ledger or DEFAULT_LEDGER)
    if export is not None:
        export_graph(system.graph(), export, raw=raw)
    if plot is not None:
        _draw(plot, system, view=view, window=window, source=source)
    if json:
        for line in system.lines():
            sys.stdout.buffer.write(encode_line(line))
        sys.stdout.buffer.flush()
    elif not quiet:
        from dragoman.printing import console
        from dragoman.printing_network import print_system

        print_system(console(sys.stdout), system, source=source, window=window, most=limit)
    _name_rejected(material.reasons, material.rejected)


def import_(
    tables: TablesArgument = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write: .parquet or .csv.")
    ] = None,
    format_: FormatOption = None,
    json: Annotated[bool, typer.Option("--json", help="The summary as one JSON object.")] = False,
    raw: RawOption = False,
    quiet: QuietOption = False,
) -> None:
    """Bring event tables of others (POLECAT, ICEWS, GDELT) into one vocabulary, as Parquet or CSV."""
    from dragoman.exchange.bulk import write_events
    from dragoman.exchange.event_tables import Rejected, TableEvent, read_events
    from dragoman.exchange.jsonl import encode_line
    from dragoman.printing import console, shown_progress
    from dragoman.printing_network import print_imported

    if not tables or output is None:
        raise UsageError(
            "import needs a table and a file to write; for example: dragoman import events.2018.tab -o events.parquet"
        )
    for table in tables:
        if output.exists() and table.exists() and output.samefile(table):
            raise UsageError(f"{output}: expected another file than the input, found the same; name another with -o")
    named: list[Rejected] = []

    def noted(found: TableEvent | Rejected) -> TableEvent | Rejected:
        if isinstance(found, Rejected) and len(named) < NAMED_REJECTIONS:
            named.append(found)
        return found

    with shown_progress(sys.stderr, hidden=quiet) as advance:
        found = map(noted, read_events(tables, format_=_format(format_)))
        done = write_events(found, output, raw=raw, progress=lambda rows: advance(f"{rows:,} rows"))
    if json:
        sys.stdout.buffer.write(encode_line(done))
        sys.stdout.buffer.flush()
    elif not quiet:
        print_imported(console(sys.stdout), done, str(output))
    _name_rejected(named, done.rejected)


# -- shared by the two -----------------------------------------------------------------------------------------------------


def _check_input(tables: list[Path] | None, ledger: Path | None, edges: Path | None, **beside: str | None) -> None:
    if sum(map(bool, (tables, ledger, edges))) > 1:
        raise UsageError("expected one of: event tables, --ledger, --edges; found several")
    if edges is not None:
        for name, value in beside.items():
            if value is not None:
                raise UsageError(f"--{name.strip('_')} does not go with --edges: an edge list has its own actors and windows")
    if ledger is not None and beside["format_"] is not None:
        raise UsageError("--format goes with event tables")


def _check_endings(plot: Path | None, view: str, export: Path | None) -> None:
    """What would fail at the end fails at once."""
    from dragoman.exchange.graphs import GRAPH_ENDINGS
    from dragoman.network.plots import ENDINGS, VIEWS

    if plot is not None and plot.suffix.lower() not in ENDINGS:
        raise UsageError(f"--plot: expected a file that ends in {' or '.join(ENDINGS)}; found {plot}")
    if view not in VIEWS:
        raise UsageError(f"--view: expected one of {', '.join(VIEWS)}; found {view!r}")
    if export is not None and export.suffix.lower() not in GRAPH_ENDINGS:
        raise UsageError(f"--export: expected a file that ends in {', '.join(GRAPH_ENDINGS)}; found {export}")


def _check_window(system: System, window: str | None) -> None:
    names = [network.window.name for network in system.networks]
    if window is not None and window not in names:
        raise UsageError(f"--window: expected one of {', '.join(names) or '(there are none)'}; found {window!r}")


def _material(
    tables: list[Path] | None, ledger: Path | None, edges: Path | None, *, by: str | None, format_: str | None,
    since: str | None, until: str | None, weights: Weights | None, quiet: bool,
) -> Material:  # fmt: skip
    from dragoman.materials import from_edges, from_ledger, from_tables
    from dragoman.printing import shown_progress

    if edges is not None:
        return from_edges(edges)
    if tables:
        with shown_progress(sys.stderr, hidden=quiet) as advance:
            return from_tables(
                tables, by=_level(by or "country"), format_=_format(format_), since=since, until=until,
                progress=lambda rows: advance(f"{rows:,} rows"),
            )  # fmt: skip
    from dragoman.ledger import Filters, Ledger

    with Ledger.open(ledger or Path(DEFAULT_LEDGER), read_only=True) as book:
        return from_ledger(book, Filters(since=since, until=until), by=_level(by or "actor"), weights=weights)


def _level(by: str) -> Level:
    from dragoman.exchange.event_tables import LEVELS

    for level in LEVELS:
        if level == by:
            return level
    raise UsageError(f"--by: expected one of {', '.join(LEVELS)}; found {by!r}")


def _baseline(name: str | None) -> Baseline | None:
    from dragoman.system import BASELINES

    for baseline in BASELINES:
        if baseline == name:
            return baseline
    if name is None:
        return None
    raise UsageError(f"--baseline: expected one of {', '.join(BASELINES)}; found {name!r}")


def _format(name: str | None) -> Format | None:
    from dragoman.exchange.event_tables import FORMATS

    for format_ in FORMATS:
        if format_ == name:
            return format_
    if name is None:
        return None
    raise UsageError(f"--format: expected one of {', '.join(FORMATS)}; found {name!r}")


def _draw(path: Path, system: System, *, view: str, window: str | None, source: str) -> None:
    from dragoman.network.plots import VIEWS, Legend, draw

    legend = Legend(labels=system.labels, colours=system.colours, source=source)
    draw(path, system.networks, system.analysis, legend, view=next(v for v in VIEWS if v == view), window=window)


def _name_rejected(named: list[Rejected] | tuple[Rejected, ...], count: int) -> None:
    """Say on stderr which rows were rejected and why, and that not all was done."""
    from dragoman.printing import note

    for rejected in named[:NAMED_REJECTIONS]:
        note(f"rejected: {rejected.table}#{rejected.line}: {rejected.reason}")
    if count > NAMED_REJECTIONS:
        note(f"… {count - NAMED_REJECTIONS:,} more rejected rows")
    if count:
        raise typer.Exit(PARTLY)
