"""Blocs: the clusters of the ties as records, how stable they are, and which is which from window to window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.network.clustering import Labels, near_of, settle
from dragoman.network.graph import Measure, SignedGraph, costs
from dragoman.network.records import Bloc, Move, Tie, Window
from dragoman.types import content_id

_SAME = 0.25
"""A bloc is that of an earlier window if it shares at least this part of the members of both (Jaccard)."""
TIES_RESAMPLED = 250_000
"""Ties in all resamples of a window together, beyond which there are fewer resamples ..."""
_LEAST_RESAMPLES = 10
"""... but not less than these."""
_LEADERS = 3
"""Members that name a bloc."""
_TIES = 5
"""Ties that speak for a move, on each side."""


def blocs_of(graph: SignedGraph, actors: Sequence[str], labels: Labels) -> tuple[tuple[str, ...], ...]:
    """The members of each bloc of two or more, those with the strongest ties inside first; the largest bloc first."""
    label = np.array(labels, dtype=np.int64)
    inside = label[graph.u] == label[graph.v]
    pull = graph.sign * graph.cost * inside
    strength = np.bincount(graph.u, pull, graph.nodes) + np.bincount(graph.v, pull, graph.nodes)
    members: dict[int, list[int]] = {}
    for node, number in enumerate(labels):
        members.setdefault(number, []).append(node)
    blocs = [sorted(nodes, key=lambda node: (-strength[node], node)) for nodes in members.values() if len(nodes) > 1]
    return tuple(tuple(actors[node] for node in nodes) for nodes in sorted(blocs, key=lambda nodes: (-len(nodes), min(nodes))))


def togetherness(
    graph: SignedGraph,
    labels: Labels,
    draws: NDArray[np.float32],
    *,
    measure: Measure,
    resamples: int,
) -> list[float]:
    """For each node, the share of resamples in which another member of its bloc is with it, the mean over those members.

    ``draws`` has the weights of the edges in each resample, (resamples, edges); the first ``resamples`` are used, in large
    networks as many as ``TIES_RESAMPLED`` allows. Each is split from scratch, by the search without proof. A node that is alone
    has 1.
    """
    rng = np.random.default_rng(0)
    label = np.array(labels, dtype=np.int64)
    sizes = np.bincount(label)
    together = np.zeros(graph.nodes)
    used = draws[: min(resamples, max(_LEAST_RESAMPLES, TIES_RESAMPLED // max(1, len(graph))))]
    for drawn in used:
        strength = np.sign(drawn) * costs(np.abs(drawn).astype(np.float64), measure)
        split = np.array(settle(near_of(graph, strength), list(range(graph.nodes)), rng=rng), dtype=np.int64)
        both = label * graph.nodes + split
        _, place, count = np.unique(both, return_inverse=True, return_counts=True)
        together += count[place] - 1
    others = sizes[label] - 1
    return np.where(others > 0, together / (np.maximum(others, 1) * max(1, len(used))), 1.0).tolist()  # type: ignore[no-any-return]


class Tracker:
    """Gives blocs the ids of those of earlier windows that they continue."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}
        """The members of each bloc when it was last seen."""

    def labels(self, actors: Sequence[str]) -> Labels | None:
        """The split of ``actors`` into the blocs in which each was last seen, others alone; None if there were no blocs."""
        if not self._known:
            return None
        last = {actor: n for n, members in enumerate(self._known.values()) for actor in members}
        return [last.get(actor, len(self._known) + n) for n, actor in enumerate(actors)]

    def follow(self, window: Window, blocs: Sequence[Sequence[str]]) -> list[str]:
        """The id of each bloc; pairs that share most members are matched first, each bloc with one at most."""
        sets = [frozenset(members) for members in blocs]
        pairs = []
        for n, members in enumerate(sets):
            for age, (known, before) in enumerate(self._known.items()):
                shared = len(members & before)
                if shared and shared >= _SAME * len(members | before):
                    pairs.append((-shared, len(members | before), n, -age, known))
        found: dict[int, str] = {}
        for _, _, n, _, known in sorted(pairs):
            if n not in found and known not in found.values():
                found[n] = known
        for n, members in enumerate(sets):
            key = found.setdefault(n, content_id("found bloc", window.name, tuple(sorted(members))))
            self._known.pop(key, None)  # to the end: what was seen last comes last
            self._known[key] = members
        return [found[n] for n in range(len(sets))]


def bloc_records(
    graph: SignedGraph,
    actors: Sequence[str],
    blocs: Sequence[Sequence[str]],
    *,
    ids: Sequence[str],
    staying: Sequence[float] | None,
    names: Mapping[str, str],
) -> tuple[Bloc, ...]:
    """The records of ``blocs``, with their ids, names by their leaders', and, by node, how often each member stays."""
    place = {actor: node for node, actor in enumerate(actors)}
    bloc_of = np.full(graph.nodes, -1, dtype=np.int64)
    for n, members in enumerate(blocs):
        bloc_of[[place[actor] for actor in members]] = n
    a, b = bloc_of[graph.u], bloc_of[graph.v]
    across = (a >= 0) & (b >= 0) & (a != b)
    net = np.zeros((len(blocs), len(blocs)))
    np.add.at(net, (a[across], b[across]), (graph.sign * graph.cost)[across])
    net += net.T
    records = []
    for n, members in enumerate(blocs):
        stays = None if staying is None else tuple(staying[place[actor]] for actor in members)
        records.append(
            Bloc(
                id=ids[n],
                name=", ".join(names.get(actor, actor) for actor in members[:_LEADERS]),
                members=tuple(members),
                stability=None if stays is None else sum(stays) / len(stays),
                staying=stays,
                opposed=tuple(ids[other] for other in np.flatnonzero(net[n] < 0).tolist()),
            )
        )
    return tuple(records)


def moves_of(
    window: Window, ties: Sequence[Tie], before: Mapping[str, str | None], now: Mapping[str, str | None]
) -> tuple[Move, ...]:
    """Who stands elsewhere than before: ``before`` and ``now`` have the bloc of each actor, None for one alone."""
    movers = [actor for actor in now if actor in before and before[actor] != now[actor]]
    near: dict[str, list[tuple[str, Tie]]] = {actor: [] for actor in movers}
    for tie in ties:
        for actor, other in ((tie.source, tie.target), (tie.target, tie.source)):
            if actor in near:
                near[actor].append((other, tie))
    return tuple(
        Move(
            actor=actor,
            window=window,
            left=before[actor],
            joined=now[actor],
            with_left=_strongest(near[actor], before[actor], now),
            with_joined=_strongest(near[actor], now[actor], now),
        )
        for actor in movers
    )


def _strongest(near: Sequence[tuple[str, Tie]], bloc: str | None, now: Mapping[str, str | None]) -> tuple[Tie, ...]:
    with_bloc = [tie for other, tie in near if bloc is not None and now.get(other) == bloc]
    return tuple(sorted(with_bloc, key=lambda tie: (-abs(tie.weight), tie.source, tie.target))[:_TIES])
