"""Correlation clustering (Bansal, Blum and Chawla 2004): as many sides as the ties ask for.

The cheapest split of the nodes, where ties for cost if they are cut and ties against if they are not. A network splits without
cost if no cycle has exactly one negative edge (Davis 1967); so the least cost is that of the cheapest set of ties that meets
all such cycles (see ``cover``). Violated ones are short paths along positive edges between the ends of a negative one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dragoman.network.cover import TRIANGLES, VIOLATED, Cover, cover, cover_blocks, separation
from dragoman.network.graph import Floats, SignedGraph
from dragoman.network.paths import Paths

Mask = NDArray[np.bool_]
Labels = list[int]
Near = list[list[tuple[int, float]]]
"""(neighbour, signed strength) of each node."""

_STARTS = 8
"""Orders of the nodes that the first search tries."""
_GAIN = 1e-9
_MANY = 64
"""Neighbours from which on arrays are faster than dicts."""


def clusters_of(graph: SignedGraph, *, seconds: float, like: Labels | None = None) -> tuple[Cover, Labels]:
    """The ties against the best split found, its bound, and the label of each node, numbered in the order of the nodes.

    ``seconds`` is for the proof; the search that comes before is short. Where a split near ``like`` is as cheap, it is taken.
    """
    edges, bound, proven = cover_blocks(graph, _block, seconds=seconds)
    labels = _pieces(graph, (graph.sign > 0) & ~edges)
    edges = against(graph, labels)
    cost = float(graph.cost[edges].sum())
    if like is not None:
        near = settle(near_of(graph, graph.sign * graph.cost), like, rng=np.random.default_rng(0))
        label = np.array(near, dtype=np.int64)
        near = _pieces(graph, (graph.sign > 0) & (label[graph.u] == label[graph.v]))
        others = against(graph, near)
        if float(graph.cost[others].sum()) <= cost + _GAIN:
            edges, labels = others, near
            cost = float(graph.cost[edges].sum())
    return Cover(edges, cost, cost if proven else min(bound, cost)), labels


def _block(graph: SignedGraph, deadline: float) -> Cover:
    """The cover of a biconnected graph."""
    near = near_of(graph, graph.sign * graph.cost)
    rng = np.random.default_rng(0)
    bad = graph.triangles(lambda signs: (signs < 0).sum(axis=1) == 1, limit=TRIANGLES)
    start = against(graph, settle(near, list(range(graph.nodes)), rng=rng))
    for _ in range(_STARTS - 1):
        if time.monotonic() >= deadline:
            break
        other = against(graph, settle(near, list(range(graph.nodes)), rng=rng))
        start = min(start, other, key=lambda edges: float(graph.cost[edges].sum()))

    def repair(values: Floats) -> Mask:
        return against(graph, settle(near, _pieces(graph, (graph.sign > 0) & (values < 0.5)), rng=rng))

    separate = separation(bad, partial(_bad_cycles, graph), enough=graph.nodes)
    return cover(graph.cost, start=start, triangles=bad, separate=separate, repair=repair, deadline=deadline)


def against(graph: SignedGraph, labels: Labels) -> Mask:
    """The edges that a split does not satisfy."""
    label = np.array(labels, dtype=np.int64)
    unsatisfied: Mask = (label[graph.u] == label[graph.v]) != (graph.sign > 0)
    return unsatisfied


def near_of(graph: SignedGraph, strength: Floats) -> Near:
    """The neighbours of each node with a signed strength of each edge; edges of none are left out."""
    near: Near = [[] for _ in range(graph.nodes)]
    for a, b, value in zip(graph.u.tolist(), graph.v.tolist(), strength.tolist(), strict=True):
        if value:
            near[a].append((b, value))
            near[b].append((a, value))
    return near


def settle(near: Near, labels: Labels, *, rng: np.random.Generator) -> Labels:
    """A split that no move of a node, and no union of clusters, makes better: labels from 0.

    Moves first, then the clusters as nodes of their own, until nothing gains (Blondel and others 2008, for signed strength).
    """
    labels, improved = list(labels), True
    while improved:
        improved = _move(near, labels, rng=rng)
        labels = _numbered(labels)
        count = max(labels, default=-1) + 1
        if count < len(near):
            whole = settle(_drawn_together(near, labels, count), list(range(count)), rng=rng)
            if max(whole, default=-1) + 1 < count:
                labels, improved = [whole[label] for label in labels], True
    return labels


def _move(near: Near, labels: Labels, *, rng: np.random.Generator) -> bool:
    """Move nodes to the clusters that they are closest to, or to one of their own; whether any moved."""
    where = np.array(labels, dtype=np.int64)
    rows = {node: _arrays(row) for node, row in enumerate(near) if len(row) > _MANY}
    fresh, moved, active = max(labels, default=-1) + 1, False, True
    order = rng.permutation(len(near)).tolist()
    while active:
        active = False
        for node in order:
            own = labels[node]
            if node in rows:
                others, values = rows[node]
                pulls = np.bincount(where[others], values, minlength=own + 1)
                best = int(pulls.argmax())
                here, most = float(pulls[own]), float(pulls[best])
            else:
                pull: dict[int, float] = {}
                for other, value in near[node]:
                    label = labels[other]
                    pull[label] = pull.get(label, 0.0) + value
                best = max(pull, key=pull.__getitem__, default=own)
                here, most = pull.get(own, 0.0), pull.get(best, 0.0)
            if most <= _GAIN:  # nobody pulls: a cluster of its own
                best, most = fresh, 0.0
            if most > here + _GAIN:
                fresh += best == fresh
                labels[node] = where[node] = best
                active = moved = True
    return moved


def _arrays(row: Sequence[tuple[int, float]]) -> tuple[NDArray[np.int64], Floats]:
    return np.array([other for other, _ in row], dtype=np.int64), np.array([value for _, value in row], dtype=np.float64)


def _drawn_together(near: Near, labels: Labels, count: int) -> Near:
    """The graph of clusters."""
    sums: list[dict[int, float]] = [{} for _ in range(count)]
    for node, row in enumerate(near):
        own = labels[node]
        there = sums[own]
        for other, value in row:
            label = labels[other]
            if label != own:
                there[label] = there.get(label, 0.0) + value
    return [list(row.items()) for row in sums]


def _numbered(labels: Labels) -> Labels:
    """Labels from 0 in the order in which they come."""
    numbers: dict[int, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]


def _pieces(graph: SignedGraph, kept: Mask) -> Labels:
    """The pieces that some edges hold together."""
    labels, keep, count = [-1] * graph.nodes, kept.tolist(), 0
    for start in range(graph.nodes):
        if labels[start] >= 0:
            continue
        labels[start] = count
        queue = [start]
        for node in queue:
            for other, edge in graph.neighbours[node]:
                if keep[edge] and labels[other] < 0:
                    labels[other] = count
                    queue.append(other)
        count += 1
    return labels


def _bad_cycles(graph: SignedGraph, values: Floats) -> Iterator[list[int]]:
    """Cycles with one negative edge of which the values add up to less than 1."""
    positive = np.flatnonzero(graph.sign > 0)
    u, v, length = graph.u.tolist(), graph.v.tolist(), values.tolist()
    paths = Paths(graph.nodes, [(u[edge], v[edge], edge, length[edge]) for edge in positive.tolist()])
    asked: dict[int, list[int]] = {}
    for edge in np.flatnonzero((graph.sign < 0) & (values < VIOLATED)).tolist():
        if paths.root[u[edge]] == paths.root[v[edge]]:
            yield [edge, *paths.tree_path(u[edge], v[edge])]
        else:
            asked.setdefault(paths.root[u[edge]], []).append(edge)
    for root, edges in asked.items():
        lengths, via = paths.reach(root, VIOLATED - min(length[edge] for edge in edges))
        for edge in edges:
            if lengths.get(paths.root[v[edge]], 1.0) + length[edge] < VIOLATED:
                yield [edge, *paths.walk(u[edge], v[edge], via)]
