"""A signed graph in arrays: its ties, blocks and triangles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dragoman.network.records import Network, Tie

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Measure = Literal["sign", "weight", "log"]
"""What an unsatisfied tie costs: 1, the size of its weight, or ``log2(1 + size)``, which tames long tails."""

_WEDGES = 1 << 22
"""Pairs of ties looked at, at a time, in the search for triangles."""


@dataclass(frozen=True, eq=False)
class SignedGraph:
    """``nodes`` actors; edge i joins ``u[i]`` < ``v[i]``, has the ``sign`` 1 or -1, and costs ``cost[i]`` > 0 if unsatisfied.

    At most one edge joins two nodes.
    """

    nodes: int
    u: Ints
    v: Ints
    sign: Ints
    cost: Floats

    def __len__(self) -> int:
        return len(self.u)

    @cached_property
    def neighbours(self) -> list[list[tuple[int, int]]]:
        """(neighbour, edge) of each node, by neighbour."""
        lists: list[list[tuple[int, int]]] = [[] for _ in range(self.nodes)]
        for edge, (a, b) in enumerate(zip(self.u.tolist(), self.v.tolist(), strict=True)):
            lists[a].append((b, edge))
            lists[b].append((a, edge))
        return lists

    def part(self, edges: Ints) -> tuple[SignedGraph, Ints]:
        """The graph of some edges, its nodes numbered anew, and what those nodes are here."""
        nodes, numbered = np.unique(np.concatenate([self.u[edges], self.v[edges]]), return_inverse=True)
        u, v = numbered[: len(edges)], numbered[len(edges) :]
        return SignedGraph(len(nodes), u, v, self.sign[edges], self.cost[edges]), nodes

    def triangles(self, wanted: Callable[[Ints], NDArray[np.bool_]], *, limit: int) -> Ints:
        """Triangles as edges, (triangles, 3): those whose signs (triangles, 3) are ``wanted``, at most about ``limit``."""
        pieces, count = [np.zeros((0, 3), dtype=np.int64)], 0
        for triangles in self.triangle_pieces():
            pieces.append(triangles[wanted(self.sign[triangles])])
            count += len(pieces[-1])
            if count >= limit:
                break
        return np.concatenate(pieces)

    def triangle_pieces(self) -> Iterator[Ints]:
        """All triangles, some at a time. Each edge points to the node of more ties, so that few pairs of edges meet."""
        degree = np.bincount(np.concatenate([self.u, self.v]), minlength=self.nodes)
        turn = (degree[self.u] > degree[self.v]) | ((degree[self.u] == degree[self.v]) & (self.u > self.v))
        tail, head = np.where(turn, self.v, self.u), np.where(turn, self.u, self.v)
        order = np.lexsort((head, tail))
        tail, head = tail[order], head[order]
        begin = np.searchsorted(tail, np.arange(self.nodes + 1))
        keys = tail * self.nodes + head  # rising
        wedges = begin[head + 1] - begin[head]
        reach = np.cumsum(wedges)
        low = 0
        while low < len(tail):
            base = reach[low - 1] if low else 0
            high = max(low + 1, int(np.searchsorted(reach, base + _WEDGES, side="right")))
            times = wedges[low:high]
            first = np.repeat(np.arange(low, high), times)
            offset = np.arange(len(first)) - np.repeat(np.cumsum(times) - times, times)
            second = begin[head[first]] + offset
            wanted = tail[first] * self.nodes + head[second]
            third = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            there = keys[third] == wanted
            yield order[np.stack([first[there], second[there], third[there]], axis=1)]
            low = high

    def blocks(self) -> list[Ints]:
        """The edges of each biconnected component of at least three, by least edge. No cycle crosses from one to another.

        Hopcroft and Tarjan (1973), without recursion.
        """
        seen, low, time = [-1] * self.nodes, [0] * self.nodes, 0
        found: list[Ints] = []
        stack: list[int] = []
        for root in range(self.nodes):
            if seen[root] >= 0:
                continue
            seen[root] = low[root] = time
            time += 1
            path = [(root, -1, iter(self.neighbours[root]))]
            while path:
                node, arrived, rest = path[-1]
                for other, edge in rest:
                    if edge == arrived:
                        continue
                    if seen[other] < 0:
                        stack.append(edge)
                        seen[other] = low[other] = time
                        time += 1
                        path.append((other, edge, iter(self.neighbours[other])))
                        break
                    if seen[other] < seen[node]:
                        stack.append(edge)
                        low[node] = min(low[node], seen[other])
                else:
                    path.pop()
                    if not path:
                        continue
                    parent = path[-1][0]
                    low[parent] = min(low[parent], low[node])
                    if low[node] >= seen[parent]:
                        cut = len(stack) - 1
                        while stack[cut] != arrived:
                            cut -= 1
                        if len(stack) - cut >= 3:
                            found.append(np.array(sorted(stack[cut:]), dtype=np.int64))
                        del stack[cut:]
        return sorted(found, key=lambda edges: int(edges[0]))


def graph_of(network: Network, measure: Measure) -> tuple[SignedGraph, tuple[str, ...], tuple[Tie, ...]]:
    """The signed graph of a network without direction, its actors in order, and the tie of each edge.

    Ties of sign 0 are left out, and actors that have no other.
    """
    ties = tuple(tie for tie in network.ties if tie.sign)
    actors = tuple(sorted({actor for tie in ties for actor in (tie.source, tie.target)}))
    place = {actor: n for n, actor in enumerate(actors)}
    u = np.array([place[tie.source] for tie in ties], dtype=np.int64)
    v = np.array([place[tie.target] for tie in ties], dtype=np.int64)
    sign = np.array([tie.sign for tie in ties], dtype=np.int64)
    size = np.abs(np.array([tie.weight for tie in ties], dtype=np.float64))
    return SignedGraph(len(actors), np.minimum(u, v), np.maximum(u, v), sign, costs(size, measure)), actors, ties


def costs(size: Floats, measure: Measure) -> Floats:
    """What unsatisfied ties of these sizes cost."""
    if measure == "sign":
        return np.ones(len(size))
    return size.copy() if measure == "weight" else np.log2(1.0 + size)
