"""What a person sees of a system of actors: a table of windows, the ties, blocs and tense triangles of one, the shifts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.exchange.bulk import Imported
from dragoman.printing import shown
from dragoman.system import BlocLine, ShiftLine, System, TieLine, WindowLine

MOST = 10
"""Ties, blocs, triangles and shifts that are listed unless more are asked for."""
_MEMBERS = 12
_REPORTS = 2
_WORDS = 240


def print_system(out: Console, system: System, *, source: str, window: str | None = None, most: int = MOST) -> None:
    """The windows, then what is in ``window`` (by its name; the last if None), then the shifts."""
    out.print(Text.assemble((shown(source), "bold"), (f"  {_told(system)}", "dim")))
    lines = list(system.lines())
    if not lines:
        out.print("  no ties: nothing in it says who is for or against whom, with the filters given")
        return
    _print_windows(out, lines)
    names = [line.window for line in lines]
    place = len(lines) - 1 if window is None else names.index(window)
    line = lines[place]
    if len(lines) > 1:
        out.print()
        out.print(Text(f"In {line.window}", style="bold"))
    _print_ties(out, system, place, most)
    _print_blocs(out, line, most)
    _print_tense(out, line, system.material.told or {}, most)
    _print_shifts(out, lines, most)


def print_tie_lines(out: Console, ties: Iterable[TieLine]) -> None:
    """Ties of a ledger, a row each: the actors, the sign in words, the weight, how many reports, and of when."""
    grid = Table.grid(padding=(0, 2))
    words = {1: "for", 0: "mixed", -1: "against"}
    for tie in ties:
        pair = f"{shown(tie.source.name)} – {shown(tie.target.name)}"
        reports = f"{len(tie.events)} events · {len(tie.relations)} relations"
        days = " to ".join(dict.fromkeys(day for day in (tie.start, tie.end) if day))
        cells = (pair, words[tie.sign], f"{tie.weight:+.1f}", reports, days or "no date")
        grid.add_row(*(Text(cell, style="bold" if not n else "") for n, cell in enumerate(cells)))
    if grid.row_count:
        out.print(grid)


def print_imported(out: Console, imported: Imported, output: str) -> None:
    """What an import did."""
    out.print(
        Text.assemble(
            (f"{imported.events:,} events", "bold"), f" of {imported.rows:,} rows now in {shown(output)}; ",
            f"{imported.rejected:,} rejected, {imported.flawed:,} with a cell that cannot be read, "
            f"{imported.untyped:,} without a PLOVER type",
        )
    )  # fmt: skip
    grid = _grid(2)
    for reason, count in list(imported.reasons.items())[:MOST]:
        grid.add_row(f"{count:,}", Text(shown(reason)))
    if imported.rejects is not None:
        grid.add_row("", Text(f"each with its line: {shown(imported.rejects)}", style="dim"))
    out.print(Padding(grid, (0, 0, 0, 2)))


def _told(system: System) -> str:
    material = system.material
    parts = [f"{material.rows:,} rows"] if material.rows else []
    parts += [f"{material.rejected:,} rejected"] if material.rejected else []
    parts += [f"{count:,} {why}" for why, count in (material.passed or {}).items() if count]
    if system.baseline == "usual":
        parts.append("for or against as it leans more or less than all ties of its window")
    return " · ".join(parts)


def _print_windows(out: Console, lines: Sequence[WindowLine]) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("window")
    for name in (
        "actors",
        "ties",
        "for",
        "against",
        "triangles",
        "balanced",
        "+++",
        "++-",
        "+--",
        "---",
        "frustration",
        "blocs",
    ):
        table.add_column(name, justify="right", no_wrap=True)
    for line in lines:
        triangles = line.triangles
        cells = [line.nodes, line.ties, line.positive, line.negative, sum(triangles.values())]
        table.add_row(
            Text(shown(line.window)), *(f"{cell:,}" for cell in cells), "-" if line.balance is None else f"{line.balance:.2f}",
            *(f"{triangles[name]:,}" for name in ("ppp", "ppn", "pnn", "nnn")), _bounds(line), str(len(line.blocs)),
        )  # fmt: skip
    out.print(Padding(table, (0, 0, 0, 2)))


def _bounds(line: WindowLine) -> str:
    """The frustration index, or where it is not proven what it lies between."""
    return f"{line.frustration:g}" if line.proven else f"{line.frustration_bound:,.1f} to {line.frustration:g}"


def _print_ties(out: Console, system: System, place: int, most: int) -> None:
    ties = sorted(system.networks[place].ties, key=lambda tie: (-abs(tie.weight), tie.source, tie.target))
    table = Table(box=None, pad_edge=False, header_style="dim", title=None)
    for name, side in (("ties", "left"), ("", "left"), ("weight", "right"), ("nine tenths", "right"), ("incidents", "right")):
        table.add_column(name, justify="right" if side == "right" else "left")
    for tie in ties[:most]:
        between = "" if tie.low is None or tie.high is None else f"{tie.low:.1f} to {tie.high:.1f}"
        sign = {1: ("for", "blue"), -1: ("against", "dark_orange"), 0: ("mixed", "dim")}[tie.sign]
        who = Text(f"{shown(system.label(tie.source))} – {shown(system.label(tie.target))}", style="cyan")
        table.add_row(who, Text(*sign), f"{tie.weight:,.1f}", between, f"{tie.incidents:,}")
    out.print(Padding(table, (1, 0, 0, 2)))
    _print_more(out, len(ties), most, "ties")
    told = system.material.told
    if told:
        grid = _grid(2)
        grid.add_row(Text("told", style="dim"), Text("the first words under each", style="dim"))
        for tie in ties[:most]:
            pair = f"{shown(system.label(tie.source))} – {shown(system.label(tie.target))}"
            reports = [shown(told.get(id_, id_))[:_WORDS] for id_ in tie.evidence[:_REPORTS]]
            grid.add_row(Text(pair, style="cyan"), Text("\n".join(reports)))
        out.print(Padding(grid, (1, 0, 0, 2)))


def _print_blocs(out: Console, line: WindowLine, most: int) -> None:
    if not line.blocs:
        return
    grid = _grid(3)
    grid.add_row(Text("blocs", style="dim"), Text(""), Text("stability, against", style="dim"))
    for bloc in line.blocs[:most]:
        grid.add_row(Text(f"{len(bloc.members)}"), _members(bloc), _how(bloc))
    out.print(Padding(grid, (1, 0, 0, 2)))
    _print_more(out, len(line.blocs), most, "blocs")


def _members(bloc: BlocLine) -> Text:
    more = len(bloc.members) - _MEMBERS
    names = ", ".join(map(shown, bloc.members[:_MEMBERS]))
    return Text(names + (f" … and {more} more" if more > 0 else ""), style="cyan")


def _how(bloc: BlocLine) -> Text:
    parts = [] if bloc.stability is None else [f"{bloc.stability:.2f}"]
    parts += [f"against {'; '.join(map(shown, bloc.opposed_to[:2]))}"] if bloc.opposed_to else []
    return Text(" · ".join(parts), style="dim")


def _print_tense(out: Console, line: WindowLine, told: Mapping[str, str], most: int) -> None:
    if not line.tense:
        return
    grid = _grid(2)
    grid.add_row(Text("tense", style="dim"), Text("two friends of one actor at odds, and where that is told", style="dim"))
    for tense in line.tense[:most]:
        reports = "\n".join(shown(told.get(id_, id_))[:_WORDS] for id_ in tense.evidence[:_REPORTS])
        friends = " and ".join(map(shown, tense.friends))
        grid.add_row(Text(shown(tense.actor), style="cyan"), Text.assemble(friends, (f"\n{reports}", "dim")))
    out.print(Padding(grid, (1, 0, 0, 2)))
    _print_more(out, line.triangles["ppn"], most, "tense triangles")


def _print_shifts(out: Console, lines: Sequence[WindowLine], most: int) -> None:
    shifts = [(line.window, shift) for line in lines for shift in line.shifts]
    if not shifts:
        return
    grid = _grid(3)
    grid.add_row(Text("shifts", style="dim"), Text(""), Text("reports before; after", style="dim"))
    for window, shift in shifts[:most]:
        grid.add_row(Text(shown(window)), _shift(shift), Text(_reports(shift), style="dim"))
    out.print(Padding(grid, (1, 0, 0, 2)))
    _print_more(out, len(shifts), most, "shifts")


def _shift(shift: ShiftLine) -> Text:
    who = shown(shift.actor) if shift.target is None else f"{shown(shift.actor)} – {shown(shift.target)}"
    before, after = (shown(state) if isinstance(state, str) else f"{state:+.2f}" for state in (shift.before, shift.after))
    return Text.assemble((who, "cyan"), f"  {before} → {after}")


def _reports(shift: ShiftLine) -> str:
    return "; ".join(_first(reports) for reports in (shift.reports_before, shift.reports_after))


def _first(reports: Iterable[str]) -> str:
    found = list(map(shown, reports))
    return ", ".join(found[:2]) + (" …" if len(found) > 2 else "")


def _grid(columns: int) -> Table:
    grid = Table.grid(padding=(0, 2))
    for _ in range(columns):
        grid.add_column(overflow="fold")
    return grid


def _print_more(out: Console, count: int, most: int, what: str) -> None:
    if count > most:
        what = what.removesuffix("s") if count == most + 1 else what
        out.print(Text(f"  … {count - most:,} more {what}; --limit N lists more, --json and --export all", style="dim"))
