"""The frustration index: the least cost of ties that must go, or turn, before a network falls into two sides.

A network is balanced if no cycle has a negative product of signs (Harary 1953); so the index is the cheapest set of ties that
meets all such cycles. Cycles lie within biconnected components, which are solved one by one (see ``cover``). Violated cycles
are short paths from a node to itself on the other side in the signed double cover.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dragoman.network.cover import TRIANGLES, VIOLATED, Cover, cover, cover_blocks, separation
from dragoman.network.graph import Floats, SignedGraph
from dragoman.network.paths import Paths

Mask = NDArray[np.bool_]
Sides = NDArray[np.int64]
"""1 or -1 for each node."""

_STEPS = 30
"""Steps of the first search, for each node."""
_MOST = 50_000
"""Steps at most."""


def frustration_of(graph: SignedGraph, *, seconds: float) -> tuple[Cover, Sides]:
    """The ties against the best split found, its bound, and the sides of the nodes. ``seconds`` is for the whole of it."""
    edges, bound, proven = cover_blocks(graph, _block, seconds=seconds)
    cost = float(graph.cost[edges].sum())
    return Cover(edges, cost, cost if proven else bound), _sides(graph, edges)


def _block(graph: SignedGraph, deadline: float) -> Cover:
    """The cover of a biconnected graph."""
    negative = graph.triangles(lambda signs: signs.prod(axis=1) < 0, limit=TRIANGLES)
    rng = np.random.default_rng(0)
    first = search(graph, along(graph, np.zeros(len(graph))), steps=min(_STEPS * graph.nodes, _MOST), rng=rng)

    def repair(values: Floats) -> Mask:
        return against(graph, search(graph, along(graph, values), steps=min(graph.nodes, _MOST), rng=rng))

    start = against(graph, first)
    separate = separation(negative, partial(_negative_cycles, graph), enough=graph.nodes)
    return cover(graph.cost, start=start, triangles=negative, separate=separate, repair=repair, deadline=deadline)


def against(graph: SignedGraph, sides: Sides) -> Mask:
    """The edges that a split does not satisfy."""
    unsatisfied: Mask = sides[graph.u] * sides[graph.v] != graph.sign
    return unsatisfied


def along(graph: SignedGraph, values: Floats) -> Sides:
    """A split that follows the edges, those of least value first: on each it takes the side that the sign asks for."""
    parent, turn = list(range(graph.nodes)), [1] * graph.nodes

    def find(node: int) -> tuple[int, int]:
        product, path = 1, []
        while parent[node] != node:
            path.append(node)
            node = parent[node]
        for step in reversed(path):  # shorten the path behind
            product = turn[step] * product
            parent[step], turn[step] = node, product
        return node, product

    order = np.lexsort((-graph.cost, values)).tolist()
    for edge in order:
        (a, at), (b, bt) = find(int(graph.u[edge])), find(int(graph.v[edge]))
        if a != b:
            parent[a], turn[a] = b, at * bt * int(graph.sign[edge])
    return np.array([find(node)[1] for node in range(graph.nodes)], dtype=np.int64)


def search(graph: SignedGraph, sides: Sides, *, steps: int, rng: np.random.Generator) -> Sides:
    """A better split: tabu search (Glover 1989) that turns the best node not turned lately, ``steps`` times; the best seen."""
    signed = graph.sign * graph.cost
    sides = sides.copy()
    agreed = signed * sides[graph.u] * sides[graph.v]
    support = np.bincount(graph.u, agreed, graph.nodes) + np.bincount(graph.v, agreed, graph.nodes)
    others = [np.array([node for node, _ in row], dtype=np.int64) for row in graph.neighbours]
    ties = [signed[[edge for _, edge in row]] for row in graph.neighbours]
    free = np.zeros(graph.nodes, dtype=np.int64)
    value = float(agreed.sum())
    best, best_value = sides.copy(), value
    rest = rng.integers(3, 4 + min(20, graph.nodes // 4), size=steps)
    for step in range(steps):
        open_ = np.where(free <= step, support, np.inf)
        node = int(open_.argmin())
        turned = int(support.argmin())
        if value - 2.0 * support[turned] > best_value + 1e-9:  # better than all before: turn it, tabu or not
            node = turned
        value -= 2.0 * support[node]
        near = others[node]
        support[near] -= 2.0 * ties[node] * sides[node] * sides[near]
        support[node] = -support[node]
        sides[node] = -sides[node]
        free[node] = step + 1 + rest[step]
        if value > best_value + 1e-9:
            best, best_value = sides.copy(), value
    return best


def _negative_cycles(graph: SignedGraph, values: Floats) -> Iterator[list[int]]:
    """Cycles of negative sign of which the values add up to less than 1."""
    nodes, edges = graph.nodes, []
    rows = zip(graph.u.tolist(), graph.v.tolist(), graph.sign.tolist(), values.tolist(), strict=True)
    for edge, (a, b, sign, length) in enumerate(rows):
        turn = 0 if sign > 0 else nodes
        edges.append((a, b + turn, edge, length))
        edges.append((a + nodes, b + nodes - turn, edge, length))
    paths = Paths(2 * nodes, edges)
    asked = set()
    for node in range(nodes):
        here, there = paths.root[node], paths.root[node + nodes]
        if here == there:
            yield simple_cycle(graph, node, paths.tree_path(node, node + nodes))
        elif here not in asked and there not in asked:
            asked.add(here)
            lengths, via = paths.reach(here, VIOLATED)
            if there in lengths:
                yield simple_cycle(graph, node, paths.walk(node, node + nodes, via))


def simple_cycle(graph: SignedGraph, start: int, walk: Sequence[int]) -> list[int]:
    """A cycle of negative sign inside a closed walk of negative sign: loops are cut off until one is negative."""
    stack: list[tuple[int, int]] = []  # (node that is left, edge)
    place = {start: 0}
    node = start
    for edge in walk:
        stack.append((node, edge))
        node = int(graph.u[edge] + graph.v[edge]) - node
        if node in place:
            loop = [step for _, step in stack[place[node] :]]
            if graph.sign[loop].prod() < 0:
                return loop
            for gone, _ in stack[place[node] :]:
                if gone != node:
                    del place[gone]
            del stack[place[node] :]
        else:
            place[node] = len(stack)
    raise ValueError(f"expected a closed walk of negative sign from {start}, found edges {list(walk)}")


def _sides(graph: SignedGraph, edges: Mask) -> Sides:
    """The split that all edges but these ask for, the first node of each piece on side 1."""
    sides = [0] * graph.nodes
    gone = edges.tolist()
    for start in range(graph.nodes):
        if sides[start]:
            continue
        sides[start] = 1
        queue = [start]
        for node in queue:
            for other, edge in graph.neighbours[node]:
                if not sides[other] and not gone[edge]:
                    sides[other] = sides[node] * int(graph.sign[edge])
                    queue.append(other)
    return np.array(sides, dtype=np.int64)
