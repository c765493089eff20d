"""Everything about a series of windows: balance and blocs in each, moves and shifts between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dragoman.network.balance import degrees_of, tense_triangles, triangles_of
from dragoman.network.blocs import Tracker, bloc_records, blocs_of, moves_of, togetherness
from dragoman.network.clustering import clusters_of
from dragoman.network.frustration import frustration_of
from dragoman.network.graph import Measure, graph_of
from dragoman.network.records import Analysis, Frustration, Network, Partition, WindowAnalysis
from dragoman.network.shifts import bloc_shifts, shifts_can_be_found, tie_shifts
from dragoman.network.ties import without_direction
from dragoman.types import Record


class AnalysisOptions(Record, frozen=True, kw_only=True):
    """What to reckon, and how long to try."""

    frustration_by: Measure = "sign"
    """What an unsatisfied tie costs: ``sign`` 1, ``weight`` the size of its weight, ``log`` log2(1 + size)."""
    blocs_by: Measure = "log"
    """The same for blocs."""
    seconds: float = 5.0
    """How long to try for a proof in each window, once for frustration and once for blocs; without one there is a bound.

    Where the gap is wide after a fifth of it, the rest is not spent."""
    resamples: int = 50
    """Resamples (as far as the networks have them) in which the blocs are found anew, for their stability; fewer, but at least
    ten, in a window of more than ``TIES_RESAMPLED / resamples`` ties."""
    tense: int = 100
    """Tense triangles that are listed."""
    shifts: bool | None = None
    """Whether to look for shifts; None: if the library for it is there."""


def analyse(
    networks: Sequence[Network], *, options: AnalysisOptions | None = None, names: Mapping[str, str] | None = None
) -> Analysis:
    """Balance, blocs, moves and shifts in a series of networks, in the order given; directions are added up.

    ``names`` are the actors' names, for those of blocs. The same input gives the same result, if proofs end in time. Raises
    UsageError if shifts are asked for and the library is not there.
    """
    options = options or AnalysisOptions()
    networks = [without_direction(network) for network in networks]
    tracker = Tracker()
    windows = [_analyse(network, options, tracker, names or {}) for network in networks]
    places = [_places(window) for window in windows]
    moves = [
        move for n in range(1, len(windows)) for move in moves_of(windows[n].window, networks[n].ties, places[n - 1], places[n])
    ]
    wanted = shifts_can_be_found() if options.shifts is None else options.shifts
    return Analysis(
        windows=tuple(windows),
        moves=tuple(moves),
        shifts=(*tie_shifts(networks), *bloc_shifts(networks, places)) if wanted else None,
        undated=max((network.undated for network in networks), default=0),
    )


def _analyse(network: Network, options: AnalysisOptions, tracker: Tracker, names: Mapping[str, str]) -> WindowAnalysis:
    graph, actors, ties = graph_of(network, options.frustration_by)
    frustrated, sides = frustration_of(graph, seconds=options.seconds)
    by_side = tuple(tuple(actors[node] for node in np.flatnonzero(sides == side).tolist()) for side in (1, -1))
    return WindowAnalysis(
        window=network.window,
        nodes=graph.nodes,
        ties=len(ties),
        positive=int((graph.sign > 0).sum()),
        negative=int((graph.sign < 0).sum()),
        mixed=len(network.ties) - len(ties),
        triangles=triangles_of(graph),
        frustration=Frustration(
            value=frustrated.cost,
            bound=frustrated.bound,
            proven=frustrated.proven,
            sides=(by_side[0], by_side[1]),
            frustrated=tuple((ties[edge].source, ties[edge].target) for edge in np.flatnonzero(frustrated.edges).tolist()),
        ),
        partition=_partition(network, options, tracker, names),
        degrees=degrees_of(graph, actors, ties),
        tense=tense_triangles(graph, actors, ties, limit=options.tense),
    )


def _partition(network: Network, options: AnalysisOptions, tracker: Tracker, names: Mapping[str, str]) -> Partition:
    graph, actors, _ = graph_of(network, options.blocs_by)
    split, labels = clusters_of(graph, seconds=options.seconds, like=tracker.labels(actors))
    blocs = blocs_of(graph, actors, labels)
    staying = None
    if network.draws is not None and options.resamples:
        kept = np.array([bool(tie.sign) for tie in network.ties], dtype=bool)
        staying = togetherness(graph, labels, network.draws[:, kept], measure=options.blocs_by, resamples=options.resamples)
    ids = tracker.follow(network.window, blocs)
    gathered = {actor for members in blocs for actor in members}
    return Partition(
        cost=split.cost,
        bound=split.bound,
        proven=split.proven,
        blocs=bloc_records(graph, actors, blocs, ids=ids, staying=staying, names=names),
        alone=tuple(actor for actor in actors if actor not in gathered),
    )


def _places(window: WindowAnalysis) -> dict[str, str | None]:
    """The bloc of each actor, None for one that stands alone."""
    places: dict[str, str | None] = dict.fromkeys(window.partition.alone)
    places |= {actor: bloc.id for bloc in window.partition.blocs for actor in bloc.members}
    return places
