"""Pictures of the system: signed network, heat map of ties, blocs over time; SVG or PNG by matplotlib, the extra ``plots``.

For is blue, against is vermilion and dashed; colours are those of Okabe and Ito (2008), told apart by colour-blind readers.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import DragomanError, UsageError
from dragoman.network.records import Analysis, Network, Tie, WindowAnalysis
from dragoman.types import Record

View = Literal["network", "heat", "blocs"]
VIEWS: tuple[View, ...] = get_args(View)
ENDINGS = (".svg", ".png")

_FOR, _AGAINST, _PLAIN, _INK = "#0072b2", "#d55e00", "#c9c9c9", "#222222"
_MOST = {"network": 60, "heat": 50, "blocs": 50}
"""Actors that fit into a picture: those with the strongest ties."""
_MOST_WINDOWS = 60
_LABEL = 22
_LABEL_NEAR = 14
_SPREAD = 0.66
_GOLDEN = math.pi * (3 - 5**0.5)
"""The angle from one seed of a sunflower to the next: discs are filled evenly, whatever their number (Vogel 1979)."""
_ANGLES = 48


class Legend(Record, frozen=True, kw_only=True):
    """What a picture is captioned with: names by actor, colours by bloc, and where the figures come from."""

    labels: Mapping[str, str]
    colours: Mapping[str, str]
    source: str


def draw(
    path: Path,
    networks: Sequence[Network],
    analysis: Analysis,
    legend: Legend,
    *,
    view: View = "network",
    window: str | None = None,
) -> None:
    """Draw ``view`` to ``path`` (.svg or .png): of the ``window`` of that name, else of the last; blocs are drawn over all.

    Raises UsageError for another ending, view or window, or if there is nothing to draw; DragomanError without matplotlib.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{path}: expected a file that ends in {' or '.join(ENDINGS)}")
    if view not in VIEWS:
        raise UsageError(f"expected one of the views {', '.join(VIEWS)}; found {view!r}")
    place = _place(networks, window)
    figure = _figure()
    if view == "blocs":
        _draw_blocs(figure, analysis.windows, legend)
    elif view == "heat":
        _draw_heat(figure, networks[place], analysis.windows[place], legend)
    else:
        _draw_network(figure, networks[place], analysis.windows[place], legend)
    _save(figure, path)


def figure_svg(networks: Sequence[Network], analysis: Analysis, legend: Legend, *, window: str | None = None) -> str:
    """The signed network as SVG text, for a notebook. Raises as ``draw`` does."""
    import io

    place = _place(networks, window)
    figure = _figure()
    _draw_network(figure, networks[place], analysis.windows[place], legend)
    out = io.StringIO()
    _print(figure, out, "svg")
    text = out.getvalue()
    return text[text.index("<svg") :]


def can_draw() -> bool:
    """Whether matplotlib is there."""
    return importlib.util.find_spec("matplotlib") is not None


def _place(networks: Sequence[Network], window: str | None) -> int:
    names = [network.window.name for network in networks]
    if not names:
        raise UsageError("expected a network with ties, found none: there is nothing to draw")
    if window is None:
        return len(names) - 1
    if window not in names:
        raise UsageError(f"expected one of the windows {', '.join(names)}; found {window!r}")
    return names.index(window)


def _figure() -> Any:
    try:
        importlib.import_module("matplotlib")
        figure = importlib.import_module("matplotlib.figure")
    except ImportError as error:
        raise DragomanError("pictures need one more package: pip install 'dragoman[plots]'") from error
    return figure.Figure(figsize=(10, 8), layout="constrained")


def _save(figure: Any, path: Path) -> None:
    try:
        with path.open("wb") as out:
            _print(figure, out, path.suffix.lower()[1:])
    except OSError as error:
        raise DragomanError(f"{path}: cannot be written: {error.strerror or error}; choose another place") from error


def _print(figure: Any, out: Any, form: str) -> None:
    """The same input gives the same bytes: no date, and ids that do not change."""
    matplotlib = importlib.import_module("matplotlib")
    metadata = {"Date": None, "Creator": "dragoman"} if form == "svg" else {"Software": "dragoman"}
    with matplotlib.rc_context({"svg.hashsalt": "dragoman", "svg.fonttype": "none"}):
        figure.savefig(out, format=form, dpi=150, metadata=metadata)


# -- the signed network ----------------------------------------------------------------------------------------------------


def _draw_network(figure: Any, network: Network, found: WindowAnalysis, legend: Legend) -> None:
    actors, ties, left_out = _strongest(network, _MOST["network"])
    blocs = _bloc_of(found)
    places = _layout(actors, blocs)
    axes = figure.add_subplot()
    sizes = np.array([abs(tie.weight) for tie in ties])
    most = min(2.0, 16 / max(len(ties), 1) ** 0.5)
    widths = 0.3 + most * np.log1p(sizes) / max(np.log1p(sizes).max(initial=0.0), 1e-9)
    for tie, width in zip(ties, widths.tolist(), strict=True):
        (x0, y0), (x1, y1) = places[tie.source], places[tie.target]
        colour, line = (_FOR, "-") if tie.sign > 0 else (_AGAINST, (0, (4, 2)))
        axes.plot([x0, x1], [y0, y1], color=colour, linestyle=line, linewidth=width, alpha=0.35, zorder=1)
    strength = _strengths(network.ties)
    largest = max(strength[actor] for actor in actors)
    for actor in actors:
        x, y = places[actor]
        size = 30 + 270 * strength[actor] / largest
        axes.scatter([x], [y], s=size, color=_colour(actor, blocs, legend), edgecolors="white", linewidths=1.2, zorder=2)
        name = _label(actor, legend, _LABEL_NEAR)
        axes.annotate(
            name, (x, y), (0, -(size**0.5) / 2 - 2), textcoords="offset points", va="top", ha="center", fontsize=7, zorder=3,
            parse_math=False, bbox={"facecolor": "white", "alpha": 0.7, "linewidth": 0, "pad": 0.4},
        )  # fmt: skip
    axes.set_axis_off()
    axes.margins(0.06)
    axes.set_aspect("equal")
    wide, high = (np.ptp([place[axis] for place in places.values()]) + 1.5 for axis in (0, 1))
    figure.set_size_inches(10, float(np.clip(10 * high / wide, 3.5, 9)) + 1)
    balance = found.triangles.balanced
    how = f"{found.nodes} actors, {found.ties} ties, {found.negative} against"
    how += f", {balance:.0%} of {found.triangles.total:,} triangles balanced" if balance is not None else ""
    shown = f"; the {len(actors)} strongest shown" if left_out else ""
    _captions(figure, axes, _when(network), how + shown, legend)
    _signs(axes)


def _layout(actors: Sequence[str], blocs: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Places in the plane, about 1 apart: each bloc a disc with its strongest in the middle, the discs packed side by side.

    ``actors`` come strongest first, which makes the largest discs go first as well where they are as large.
    """
    members: dict[str, list[str]] = {}
    for actor in actors:
        members.setdefault(blocs.get(actor, actor), []).append(actor)
    groups = sorted(members.values(), key=lambda group: -len(group))
    places: dict[str, tuple[float, float]] = {}
    discs: list[tuple[float, float, float]] = []
    for group in groups:
        radius = _SPREAD * len(group) ** 0.5 + 0.35
        x0, y0 = _free_place(discs, radius)
        discs.append((x0, y0, radius))
        for n, actor in enumerate(group):
            away = _SPREAD * (n + 0.3) ** 0.5 if len(group) > 1 else 0.0
            places[actor] = (x0 + away * math.cos(n * _GOLDEN), y0 + away * math.sin(n * _GOLDEN))
    return places


def _free_place(discs: Sequence[tuple[float, float, float]], radius: float) -> tuple[float, float]:
    """The middle of a disc that touches no other, as near to the origin as those tried are."""
    away = 0.0
    while True:
        for step in range(_ANGLES):
            x, y = 1.25 * away * math.cos(2 * math.pi * step / _ANGLES), away * math.sin(2 * math.pi * step / _ANGLES)
            if all(math.hypot(x - x1, y - y1) >= radius + other for x1, y1, other in discs):
                return x, y
        away += 0.2


def _signs(axes: Any) -> None:
    lines = importlib.import_module("matplotlib.lines")
    handles = [
        lines.Line2D([], [], color=_FOR, linewidth=2, label="for"),
        lines.Line2D([], [], color=_AGAINST, linewidth=2, linestyle=(0, (4, 2)), label="against"),
    ]
    axes.legend(handles=handles, loc="lower left", frameon=False, fontsize=8)


# -- the heat map ----------------------------------------------------------------------------------------------------------


def _draw_heat(figure: Any, network: Network, found: WindowAnalysis, legend: Legend) -> None:
    actors, ties, left_out = _strongest(network, _MOST["heat"])
    blocs = _bloc_of(found)
    rank = {bloc.id: n for n, bloc in enumerate(found.partition.blocs)}
    strength = _strengths(network.ties)
    actors = sorted(actors, key=lambda actor: (rank.get(blocs.get(actor, ""), len(rank)), -strength[actor], actor))
    cells = _matrix(actors, ties)
    colours = importlib.import_module("matplotlib.colors")
    scale = colours.LinearSegmentedColormap.from_list("sign", [_AGAINST, "#f4f4f4", _FOR]).with_extremes(bad="#ffffff")
    axes = figure.add_subplot()
    image = axes.imshow(np.ma.masked_invalid(cells), cmap=scale, vmin=-1, vmax=1, interpolation="nearest")
    size = 8 if len(actors) <= 30 else 6
    names = [_label(actor, legend) for actor in actors]
    axes.set_xticks(range(len(actors)), names, rotation=90, fontsize=size, parse_math=False)
    axes.set_yticks(range(len(actors)), names, fontsize=size, parse_math=False)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for n in range(1, len(actors)):
        if blocs.get(actors[n]) != blocs.get(actors[n - 1]):
            axes.axhline(n - 0.5, color=_INK, linewidth=0.6)
            axes.axvline(n - 0.5, color=_INK, linewidth=0.6)
    bar = figure.colorbar(image, ax=axes, shrink=0.6, ticks=[-1, 0, 1])
    bar.ax.set_yticklabels(["all against", "as much for as against", "all for"], fontsize=8)
    bar.outline.set_visible(False)
    shown = f"; the {len(actors)} strongest of {found.nodes} actors" if left_out else ""
    _captions(figure, axes, _when(network), f"leaning of each tie, actors by bloc{shown}", legend)


def _matrix(actors: Sequence[str], ties: Sequence[Tie]) -> NDArray[np.float64]:
    """The leaning of each tie, -1 to 1; NaN where there is none. (actors, actors)"""
    place = {actor: n for n, actor in enumerate(actors)}
    cells = np.full((len(actors), len(actors)), np.nan)
    for tie in ties:
        a, b = place[tie.source], place[tie.target]
        cells[a, b] = cells[b, a] = tie.weight / tie.volume if tie.volume else tie.sign
    return cells


# -- blocs over time -------------------------------------------------------------------------------------------------------


def _draw_blocs(figure: Any, windows: Sequence[WindowAnalysis], legend: Legend) -> None:
    windows = windows[-_MOST_WINDOWS:]
    weight: dict[str, float] = {}
    for found in windows:
        for degree in found.degrees:
            weight[degree.actor] = weight.get(degree.actor, 0.0) + abs(degree.weight_for) + abs(degree.weight_against)
    ranked = sorted(weight, key=lambda actor: (-weight[actor], actor))[: _MOST["blocs"]]
    homes = [_bloc_of(found) for found in windows]
    there = [{degree.actor for degree in found.degrees} for found in windows]
    last = {bloc: n for n, bloc in enumerate(legend.colours)}
    actors = sorted(ranked, key=lambda actor: (_home(actor, homes, last), -weight[actor], actor))
    axes = figure.add_subplot()
    patches = importlib.import_module("matplotlib.patches")
    for row, actor in enumerate(actors):
        for column, (home, present) in enumerate(zip(homes, there, strict=True)):
            if actor in present:
                colour = legend.colours.get(home.get(actor, ""), _PLAIN)
                axes.add_patch(patches.Rectangle((column - 0.5, row - 0.42), 1.0, 0.84, color=colour, linewidth=0))
    axes.set_xlim(-0.5, len(windows) - 0.5)
    axes.set_ylim(len(actors) - 0.5, -0.5)
    axes.set_yticks(range(len(actors)), [_label(actor, legend) for actor in actors], fontsize=7, parse_math=False)
    step = max(1, len(windows) // 20)
    names = [found.window.name for found in windows]
    axes.set_xticks(range(0, len(windows), step), names[::step], rotation=60, ha="right", fontsize=7, parse_math=False)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    titles = {bloc.id: bloc.name for found in windows for bloc in found.partition.blocs}
    handles = [
        patches.Patch(color=legend.colours[bloc], label=_short(titles[bloc], 40)) for bloc in legend.colours if bloc in titles
    ]
    box = axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=7)
    for text in box.get_texts():
        text.set_parse_math(False)
    left_out = f"; the {len(actors)} strongest of {len(weight)} actors" if len(actors) < len(weight) else ""
    _captions(
        figure, axes, "Blocs over time", f"colour: the bloc an actor stands in; grey: none of those named{left_out}", legend
    )


def _home(actor: str, homes: Sequence[Mapping[str, str]], order: Mapping[str, int]) -> int:
    """The place in the order of blocs of the one in which the actor was last."""
    found = (order.get(home[actor], len(order)) for home in reversed(homes) if actor in home)
    return next(found, len(order) + 1)


# -- shared ----------------------------------------------------------------------------------------------------------------


def _strongest(network: Network, most: int) -> tuple[list[str], list[Tie], bool]:
    """The actors with the strongest ties, the ties among them, and whether others are left out."""
    ties = [tie for tie in network.ties if tie.sign]
    strength = _strengths(ties)
    actors = sorted(strength, key=lambda actor: (-strength[actor], actor))[:most]
    if not actors:
        raise UsageError("expected a network with ties that have a sign, found none: there is nothing to draw")
    kept = set(actors)
    return actors, [tie for tie in ties if tie.source in kept and tie.target in kept], len(actors) < len(strength)


def _strengths(ties: Sequence[Tie]) -> dict[str, float]:
    strength: dict[str, float] = {}
    for tie in ties:
        for end in (tie.source, tie.target):
            strength[end] = strength.get(end, 0.0) + abs(tie.weight)
    return strength


def _bloc_of(found: WindowAnalysis) -> dict[str, str]:
    return {member: bloc.id for bloc in found.partition.blocs for member in bloc.members}


def _colour(actor: str, blocs: Mapping[str, str], legend: Legend) -> str:
    return legend.colours.get(blocs.get(actor, ""), "#8a8a8a")


def _label(actor: str, legend: Legend, most: int = _LABEL) -> str:
    return _short(legend.labels.get(actor, actor), most)


def _short(name: str, most: int) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in name)
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _when(network: Network) -> str:
    window = network.window
    if window.start and window.end and window.name == "all":
        return f"{window.start} to {window.end}"
    return "All ties" if window.name == "all" else window.name


def _captions(figure: Any, axes: Any, title: str, how: str, legend: Legend) -> None:
    heading = axes.set_title(f"{title}\n", loc="left", fontsize=13, fontweight="bold", color=_INK, parse_math=False)
    heading.set_parse_math(False)
    _text(axes, 0.0, 1.012, how, transform=axes.transAxes, fontsize=9, color="#555555", va="bottom")
    if legend.source:
        figure.supxlabel(_short(legend.source, 110), x=0.01, ha="left", fontsize=7, color="#777777", parse_math=False)


def _text(axes: Any, x: float, y: float, text: str, **how: Any) -> None:
    axes.text(x, y, text, parse_math=False, **how)
