"""Short paths in a graph most of whose edges have no length, as the solutions of ``cover`` have them.

Edges without length are drawn together first; what is left is small, and only paths shorter than 1 matter.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

NO_LENGTH = 1e-9
"""An edge shorter than this has none."""


class Paths:
    """Shortest paths below length 1 in a graph of ``nodes``, with edges (a, b, edge, length); an id may stand for several."""

    def __init__(self, nodes: int, edges: Sequence[tuple[int, int, int, float]]) -> None:
        still: list[list[tuple[int, int]]] = [[] for _ in range(nodes)]
        far = []
        for a, b, edge, length in edges:
            if length < NO_LENGTH:
                still[a].append((b, edge))
                still[b].append((a, edge))
            elif length < 1.0:
                far.append((a, b, edge, length))
        self._draw_together(nodes, still)
        self._far: dict[int, list[tuple[int, float, int, int, int]]] = {}
        for a, b, edge, length in far:
            p, q = self.root[a], self.root[b]
            if p != q:
                self._far.setdefault(p, []).append((q, length, edge, a, b))
                self._far.setdefault(q, []).append((p, length, edge, b, a))

    def _draw_together(self, nodes: int, still: list[list[tuple[int, int]]]) -> None:
        """Trees over the edges without length, breadth first, so that paths in them have few edges."""
        self.root = [-1] * nodes
        self._parent, self._above, self._depth = [-1] * nodes, [-1] * nodes, [0] * nodes
        for start in sorted(range(nodes), key=lambda node: -len(still[node])):
            if self.root[start] >= 0:
                continue
            self.root[start] = start
            queue = [start]
            for node in queue:
                for other, edge in still[node]:
                    if self.root[other] < 0:
                        self.root[other] = start
                        self._parent[other], self._above[other] = node, edge
                        self._depth[other] = self._depth[node] + 1
                        queue.append(other)

    def tree_path(self, a: int, b: int) -> list[int]:
        """The edges from ``a`` to ``b``, which hang together by edges without length."""
        up, down = [], []
        while a != b:
            if self._depth[a] >= self._depth[b]:
                up.append(self._above[a])
                a = self._parent[a]
            else:
                down.append(self._above[b])
                b = self._parent[b]
        return up + down[::-1]

    def reach(self, root: int, within: float) -> tuple[dict[int, float], dict[int, tuple[int, int, int, int]]]:
        """Dijkstra from one tree over the others: lengths below ``within``, and how each was reached.

        That is (tree before, edge, its end there, its end here).
        """
        lengths, via = {root: 0.0}, dict[int, tuple[int, int, int, int]]()
        queue, done = [(0.0, root)], set[int]()
        while queue:
            length, here = heapq.heappop(queue)
            if here in done:
                continue
            done.add(here)
            for other, step, edge, a, b in self._far.get(here, ()):
                total = length + step
                if total < within and total < lengths.get(other, within):
                    lengths[other] = total
                    via[other] = (here, edge, a, b)
                    heapq.heappush(queue, (total, other))
        return lengths, via

    def walk(self, a: int, b: int, via: dict[int, tuple[int, int, int, int]]) -> list[int]:
        """The edges of the path from ``a`` to ``b`` that ``reach`` from the tree of ``a`` found."""
        edges: list[int] = []
        start = self.root[a]
        while self.root[b] != start:
            _, edge, there, here = via[self.root[b]]
            edges = [edge, *self.tree_path(here, b), *edges]
            b = there
        return self.tree_path(a, b) + edges
