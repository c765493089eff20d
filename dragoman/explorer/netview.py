"""The network as a drawing: which actors, where they stand, which ties, window by window.

Actors keep their places in all windows: what moves on the screen is what moves in the reports. The layout gives each
pair a distance by its tie and its blocs, and finds the places that keep these best (stress majorisation, Gansner, Koren and
North 2005) from a fixed start, so that the same ledger gives the same drawing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.ledger.browse import Browser, Day
from dragoman.ledger.browse_actors import actor_names
from dragoman.ledger.browse_network import Deed, deeds
from dragoman.network import Act, ActTable, AnalysisOptions, Network, Weights, analyse, ties_of
from dragoman.types import Record

By = Literal["year", "quarter", "month", "week"]
WIDTH, HEIGHT = 1400.0, 900.0
MOST_WINDOWS = 60
_STEPS, _PARTINGS = 150, 600
_FRIENDS, _IN_BLOC, _UNTIED, _AGAINST, _ALONE = 0.7, 1.3, 3.0, 0.6, 2.0
"""Distances that pairs should keep: strong friends, others of one bloc, others; what a tie against adds between blocs; and
opponents of whom one is in none, who would else be flung to the edge."""
_EVENLY = 0.55
"""How much of a place is its rank, which spreads evenly, and not its distance, which lets a dense middle crowd."""
_EDGE = (90.0, 50.0)
"""Room that is left at the edges before boxes are moved apart."""
_LETTER, _MOST_LETTERS = 7.6, 24
"""Width of a letter of a name, and how many the drawing shows."""
_RULES: dict[By, str] = {"year": "year", "quarter": "3m/3m", "month": "month", "week": "week"}
_SECONDS = 0.3
"""For a proof of balance, and as long for blocs: a person waits for the drawing."""


class NetworkWanted(Record, frozen=True, kw_only=True):
    """Which network is drawn."""

    by: By | None = None
    """Length of a window; None: the shortest of which not too many are needed."""
    window: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    """Name of the window that is shown first; None: all of the time."""
    who: Literal["known", "all"] = "known"
    """``known``: actors with a code; ``all``: also those that only one article names."""
    most: Annotated[int, msgspec.Meta(ge=2, le=120)] = 36
    """At most so many actors, those with the most weight."""
    since: Day | None = None
    until: Day | None = None


class Node(Record, frozen=True, kw_only=True):
    """An actor's place on a drawing of WIDTH x HEIGHT. ``bloc`` counts from 0, largest first; None: with nobody."""

    id: str
    name: str
    code: str | None
    x: float
    y: float
    r: float
    bloc: int | None
    friends: int
    opponents: int


class Line(Record, frozen=True, kw_only=True):
    """A tie between two nodes by their numbers; ``reports`` counts the events and relations under it."""

    a: int
    b: int
    sign: int
    weight: float
    width: float
    reports: int


class Frame(Record, frozen=True, kw_only=True):
    """The ties of one window."""

    name: str
    start: str | None
    end: str | None
    lines: tuple[Line, ...]


class NetworkView(Record, frozen=True, kw_only=True):
    """A network: ``whole`` holds all of the time, ``frames`` its windows. ``actors`` counts those that were not drawn, too."""

    by: By
    nodes: tuple[Node, ...]
    whole: Frame
    frames: tuple[Frame, ...]
    blocs: tuple[tuple[int, ...], ...]
    actors: int
    deeds: int
    undated: int
    balanced: float | None
    triangles: int
    frustration: float | None
    proven: bool


def network_view(browser: Browser, wanted: NetworkWanted) -> NetworkView:
    """The network that is wanted; without nodes where nothing is between known actors."""
    weights = Weights.shipped()
    told = [
        deed for deed in deeds(browser, coded=wanted.who == "known") if deed.kind in weights.kinds and _inside(deed, wanted)
    ]
    drawn, actors = _heaviest(told, weights, wanted.most)
    table = ActTable.of(
        Act(source=deed.source, target=deed.target, kind=deed.kind, status=deed.status, start=deed.start, end=deed.end,
            evidence=deed.evidence)
        for deed in told if deed.source in drawn and deed.target in drawn
    )  # fmt: skip
    whole = ties_of(table, by="all", resamples=0)
    if not whole or not whole[0].ties:
        empty = Frame(name="all", start=None, end=None, lines=())
        return NetworkView(by=wanted.by or "year", nodes=(), whole=empty, frames=(), blocs=(), actors=actors, deeds=len(told),
                           undated=0, balanced=None, triangles=0, frustration=None, proven=False)  # fmt: skip
    ties = whole[0].ties
    by, windows = _windows(table, wanted.by)
    ids = sorted(drawn, key=lambda id_: (-drawn[id_], id_))
    place = {id_: n for n, id_ in enumerate(ids)}
    largest = max(tie.volume for tie in ties)
    found = analyse(whole, options=AnalysisOptions(seconds=_SECONDS, tense=0, shifts=False)).windows[0]  # fmt: skip
    blocs = tuple(
        tuple(sorted(place[member] for member in bloc.members)) for bloc in found.partition.blocs if len(bloc.members) > 1
    )
    home = {member: number for number, bloc in enumerate(blocs) for member in bloc}
    names = actor_names(browser, tuple(ids))
    degrees = Counter((id_, tie.sign) for tie in ties for id_ in (tie.source, tie.target))
    most = max(drawn.values())
    radii = [round(7 + 17 * (drawn[id_] / most) ** 0.5, 1) for id_ in ids]
    boxes = _boxes([names[id_].name for id_ in ids], radii)
    spots = layout([(place[tie.source], place[tie.target], tie.weight / largest) for tie in ties], home, boxes)
    nodes = tuple(
        Node(
            id=id_, name=names[id_].name, code=names[id_].code, x=round(float(spots[n][0]), 1), y=round(float(spots[n][1]), 1),
            r=radii[n], bloc=home.get(n), friends=degrees[id_, 1],
            opponents=degrees[id_, -1],
        )
        for n, id_ in enumerate(ids)
    )  # fmt: skip
    return NetworkView(
        by=by, nodes=nodes, whole=_frame(whole[0], place, largest),
        frames=tuple(_frame(window, place, largest) for window in windows), blocs=blocs, actors=actors, deeds=len(told),
        undated=windows[0].undated if windows else len(told), balanced=found.triangles.balanced,
        triangles=found.triangles.total, frustration=found.frustration.value, proven=found.frustration.proven,
    )  # fmt: skip


def layout(edges: Sequence[tuple[int, int, float]], home: dict[int, int], boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places (n, 2) within WIDTH x HEIGHT of n nodes under weighted edges, -1 to 1.

    ``home`` is the bloc of a node, ``boxes`` (n, 2) the width and height that each takes with its name: as far as there is
    room, none lies over another.
    """
    count = len(boxes)
    wanted = _distances(count, edges, home)
    weight = wanted**-2
    np.fill_diagonal(weight, 0.0)
    blend = np.linalg.inv(np.diag(weight.sum(axis=1)) - weight + 1 / count)
    place = _start(wanted)
    for _ in range(_STEPS):
        away = place[:, None, :] - place[None, :, :]
        apart = np.hypot(away[..., 0], away[..., 1])
        ratio = weight * wanted / np.maximum(apart, 1e-9)
        np.fill_diagonal(ratio, 0.0)
        place = blend @ (ratio.sum(axis=1)[:, None] * place - ratio @ place)
    return _parted(_spread(place), boxes)


def _distances(count: int, edges: Sequence[tuple[int, int, float]], home: dict[int, int]) -> NDArray[np.float64]:
    """How far apart (count, count) pairs of nodes should stand: nearest are friends of one bloc, farthest opponents.

    Where nothing ties two together they stand nearly as far apart as opponents: so the drawing fills evenly.
    """
    bloc = np.array([home.get(n, -1 - n) for n in range(count)])
    together = bloc[:, None] == bloc[None, :]
    wanted = np.where(together, _IN_BLOC, _UNTIED)
    for a, b, weight in edges:
        strength = min(1.0, abs(weight)) ** 0.5
        near = _IN_BLOC if bloc[a] == bloc[b] else _UNTIED
        if weight > 0:
            far = near - (near - _FRIENDS) * (0.3 + 0.7 * strength)
        elif a in home and b in home:
            far = near + _AGAINST * (0.3 + 0.7 * strength)
        else:
            far = _ALONE
        wanted[a, b] = wanted[b, a] = far
    np.fill_diagonal(wanted, 1.0)
    return wanted


def _start(wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places to begin from: the two directions in which the wanted distances differ most (classical scaling), signs fixed."""
    count = len(wanted)
    squared = wanted**2
    np.fill_diagonal(squared, 0.0)
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    _, vectors = np.linalg.eigh(-centred / 2)
    place = vectors[:, [-1, -2]] if count > 1 else np.zeros((count, 2))
    place = place * np.sign(place[np.abs(place).argmax(axis=0), range(2)] + 1e-12)
    turn = np.arange(count) * 2.4  # twins, which scaling puts in one spot, begin side by side
    return np.asarray(place + 1e-3 * np.stack([np.cos(turn), np.sin(turn)], axis=1))


def _spread(place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places turned so that they are widest across, and stretched over the drawing, the crowded parts more than the thin."""
    count = len(place)
    room = np.array([WIDTH, HEIGHT]) - 2 * np.array(_EDGE)
    if count < 2:
        return np.asarray(np.array(_EDGE) + room / 2 + np.zeros((count, 2)))
    place = place - place.mean(axis=0)
    _, axes = np.linalg.eigh(place.T @ place)
    axes = axes[:, ::-1] * np.sign(axes[np.abs(axes).argmax(axis=0), range(2)])[::-1]
    place = place @ axes
    low, high = place.min(axis=0), place.max(axis=0)
    linear = (place - low) / np.maximum(high - low, 1e-9)
    rank = place.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / (count - 1)
    return np.asarray(np.array(_EDGE) + (_EVENLY * rank + (1 - _EVENLY) * linear) * room)


def _parted(place: NDArray[np.float64], boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places moved apart until the box of no node lies over another's, as far as there is room."""
    itself = np.eye(len(place), dtype=bool)
    half = boxes / 2
    low, high = half, np.array([WIDTH, HEIGHT]) - half
    needed = half[:, None, :] + half[None, :, :]
    for _ in range(_PARTINGS):
        away = place[:, None, :] - place[None, :, :]
        over = needed - np.abs(away)  # how far two boxes lie over each other, on either axis
        near = (over > 0.5).all(axis=2) & ~itself
        if not near.any():
            break
        axis = (over[..., 0] / needed[..., 0] > over[..., 1] / needed[..., 1]).astype(int)  # the way out that is shorter
        step = np.zeros_like(away)
        rows, columns = np.nonzero(near)
        way = axis[rows, columns]
        sign = np.where(away[rows, columns, way] == 0, np.where(rows > columns, 1, -1), np.sign(away[rows, columns, way]))
        step[rows, columns, way] = sign * over[rows, columns, way] * 0.35
        place = np.clip(place + step.sum(axis=1), low, high)
    return place


def _boxes(names: Sequence[str], radii: Sequence[float]) -> NDArray[np.float64]:
    """Width and height (n, 2) of nodes with the name under each."""
    wide = [max(2 * r, _LETTER * min(len(name), _MOST_LETTERS)) + 12 for name, r in zip(names, radii, strict=True)]
    return np.array([wide, [2 * r + 44 for r in radii]]).T


def _inside(deed: Deed, wanted: NetworkWanted) -> bool:
    if wanted.since and (deed.end or deed.start or "") < wanted.since:
        return False
    return not (wanted.until and (deed.start is None or deed.start > wanted.until + "~"))


def _windows(table: ActTable, by: By | None) -> tuple[By, tuple[Network, ...]]:
    """The windows by which the network changes: those asked for, or the shortest of which there are not too many."""
    for choice in (by,) if by else ("month", "quarter", "year"):
        windows = ties_of(table, by=_RULES[choice], resamples=0)
        if by or len(windows) <= 24:
            return choice, windows[-MOST_WINDOWS:]
    return "year", windows[-MOST_WINDOWS:]


def _heaviest(told: Iterable[Deed], weights: Weights, most: int) -> tuple[dict[str, float], int]:
    """The actors of the weightiest deeds, with the sum of their sizes, and how many actors there are in all."""
    volume: dict[str, float] = defaultdict(float)
    for deed in told:
        size = abs(weights.kinds[deed.kind]) * weights.statuses.get(deed.status, 0.0)
        if size:
            volume[deed.source] += size
            volume[deed.target] += size
    return dict(sorted(volume.items(), key=lambda item: (-item[1], item[0]))[:most]), len(volume)


def _frame(network: Network, place: dict[str, int], largest: float) -> Frame:
    lines = tuple(
        Line(
            a=place[tie.source],
            b=place[tie.target],
            sign=tie.sign,
            weight=round(tie.weight, 2),
            width=round(1.2 + 6 * min(1.0, tie.volume / largest) ** 0.5, 2),
            reports=len(tie.evidence),
        )
        for tie in network.ties
        if tie.source in place and tie.target in place
    )
    window = network.window
    return Frame(name=window.name, start=window.start, end=window.end, lines=lines)
