"""The cheapest set of edges that meets every bad cycle, with proof: the one program behind frustration and blocs.

What is bad is the caller's: cycles of negative sign (balance), cycles with one negative edge (blocs). A linear program over the
edges has a row for each bad cycle met so far (the edges of the cycle add up to at least 1); cycles that its solution violates
are found and added until there are none, or until the bound meets the best set known. The bound is reckoned here from the
multipliers that the solver gives: they prove it whatever the solver's tolerances are. If a gap is left, the same rows are
solved in whole numbers, again adding what is violated; that bound is the solver's.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import highspy
import numpy as np
from numpy.typing import NDArray

from dragoman.network.graph import Floats, Ints, SignedGraph

Mask = NDArray[np.bool_]

Separate = Callable[[Floats], Iterable[Sequence[int]]]
"""Bad cycles, as edges, of which the values add up to less than 1. Must find one if there is one among values of 0 and 1."""
Repair = Callable[[Floats], Mask]
"""A set of edges that meets every bad cycle, made near the values of a fractional solution."""

VIOLATED = 1.0 - 1e-6
"""A row is violated if it adds up to less."""
TRIANGLES = 1_000_000
"""Bad triangles that are kept in memory; others are found as cycles when their turn comes."""
_ROWS = 2000
"""Triangles added at a time."""
_SLACK = 1e-6
"""A whole cost is proven if the bound comes this near to it from one below; any other, to this part of it."""
_PATIENCE = 8
"""Rounds without a better bound before whole numbers are tried."""
_EARLY = 0.2
"""The part of the time after which a wide gap is given up."""
_WIDE = 0.1
"""A gap of this part of the cost is wide."""


class Cover(NamedTuple):
    """``edges`` meet every bad cycle at ``cost``; no set can cost less than ``bound``."""

    edges: Mask
    cost: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether no cheaper set exists."""
        return self.bound >= self.cost


def cover(costs: Floats, *, start: Mask, triangles: Ints, separate: Separate, repair: Repair, deadline: float) -> Cover:
    """The cheapest cover found by the ``deadline`` (of ``time.monotonic``), and its bound.

    ``start`` is a cover to begin with, ``triangles`` (triangles, 3) bad cycles: those that share no cost give the first bound.
    Where a wide gap is left after a fifth of the time, a proof is out of reach, and the rest is not spent.
    """
    search = _Search(costs, start, separate, repair, deadline)
    if search.best_cost > 0.0:
        search.pack(triangles)
    if not search.closed and not search.late:
        search.relax()
    if not search.closed and not search.late:
        search.whole()
    return Cover(search.best, search.best_cost, search.proven_bound)


def cover_blocks(
    graph: SignedGraph, solve: Callable[[SignedGraph, float], Cover], *, seconds: float
) -> tuple[Mask, float, bool]:
    """The covers of the biconnected components put together: their edges, the sum of their bounds, whether all are proven.

    Bad cycles lie within components. ``solve`` is handed each that has a tie against, and the time (``time.monotonic``) by
    which it must be done.
    """
    edges, bound, proven = np.zeros(len(graph), dtype=bool), 0.0, True
    deadline = time.monotonic() + seconds
    blocks = sorted((block for block in graph.blocks() if (graph.sign[block] < 0).any()), key=len)
    for n, block in enumerate(blocks):
        part, _ = graph.part(block)
        now = time.monotonic()
        # Small blocks come first: half of the time that is left, so that the large ones have theirs.
        solved = solve(part, now + max(0.0, deadline - now) * (0.5 if n < len(blocks) - 1 else 1.0))
        edges[block] = solved.edges
        bound += solved.bound
        proven = proven and solved.proven
    return edges, bound, proven


def separation(triangles: Ints, cycles: Callable[[Floats], Iterable[Sequence[int]]], *, enough: int) -> Separate:
    """Violated ``triangles`` (triangles, 3), the most violated first; ``cycles`` too, where these are fewer than ``enough``."""

    def separate(values: Floats) -> Iterator[Sequence[int]]:
        sums = values[triangles].sum(axis=1)
        broken = np.flatnonzero(sums < VIOLATED)
        if len(broken):
            yield from triangles[broken[np.argsort(sums[broken], kind="stable")[:_ROWS]]].tolist()
        if len(broken) < enough:
            yield from cycles(values)

    return separate


class _Search:
    """A linear program that grows, the best cover so far, and the bound so far."""

    def __init__(self, costs: Floats, start: Mask, separate: Separate, repair: Repair, deadline: float) -> None:
        self.costs = costs
        self.separate, self.repair = separate, repair
        now = time.monotonic()
        self._early, self._deadline = now + _EARLY * (deadline - now), deadline
        self.bound = 0.0
        self.best, self.best_cost = start, float(costs[start].sum())
        self._integral = bool(np.all(costs == np.round(costs)))
        self._starts = [0]
        self._edges: list[int] = []
        self._known: set[tuple[int, ...]] = set()
        self._solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 0)):
            self._solver.setOptionValue(option, value)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.setOptionValue("mip_abs_gap", 1.0 - 1e-6 if self._integral else 1e-9)
        count = len(costs)
        self._solver.addVars(count, np.zeros(count), np.ones(count))
        self._solver.changeColsCost(count, np.arange(count, dtype=np.int32), costs)

    @property
    def proven_bound(self) -> float:
        """The bound, up to the next whole number where costs are whole; the cost of the best cover where it comes that near."""
        bound = math.ceil(self.bound - _SLACK) if self._integral else self.bound / (1.0 - _SLACK)
        return min(bound, self.best_cost) if self._integral or bound >= self.best_cost else self.bound

    @property
    def closed(self) -> bool:
        """Whether the bound meets the best cover."""
        return self.proven_bound >= self.best_cost

    @property
    def late(self) -> bool:
        """Whether the time is over."""
        return self._left <= 0.0

    @property
    def _left(self) -> float:
        """The seconds that are left, while the gap is what it is."""
        wide = self.best_cost - self.bound > _WIDE * self.best_cost
        return (self._early if wide else self._deadline) - time.monotonic()

    def pack(self, triangles: Ints) -> None:
        """Charge triangles with what their edges have left: a bound at once, where the program is too large to be solved.

        In each round those that come first, in an order by chance, at all three of their edges.
        """
        left = self.costs.copy()
        rest = np.random.default_rng(0).permutation(triangles)
        while len(rest):
            number = np.arange(len(rest))
            first = np.full(len(left), len(rest))
            np.minimum.at(first, rest.ravel(), np.repeat(number, 3))
            chosen = rest[(first[rest] == number[:, None]).all(axis=1)]
            charge = left[chosen].min(axis=1)
            left[chosen] -= charge[:, None]
            self.bound += float(charge.sum())
            self._add(chosen.tolist())
            rest = rest[(left[rest] > 0.0).all(axis=1)]

    def relax(self) -> None:
        """Solve the linear program, adding violated cycles, until it is closed, late, or has no more to say."""
        stuck = 0
        self._add(self.separate(np.zeros(len(self.costs))))
        while stuck < _PATIENCE and not self.late:
            self._limit(since=self._solver.getRunTime())
            self._solver.run()
            if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return
            solution = self._solver.getSolution()
            values = np.clip(np.array(solution.col_value), 0.0, 1.0)
            before = self.bound
            self.bound = max(self.bound, self._proof(np.array(solution.row_dual)))
            stuck = stuck + 1 if self.bound - before <= 1e-4 * max(1.0, before) else 0
            self._offer(self.repair(values))
            if self.closed or not self._add(self.separate(values)):
                return

    def whole(self) -> None:
        """Solve the rows in whole numbers, adding violated cycles, until it is closed or late."""
        count = len(self.costs)
        self._solver.changeColsIntegrality(
            count, np.arange(count, dtype=np.int32), np.full(count, highspy.HighsVarType.kInteger)
        )
        while not self.closed and not self.late:
            self._limit(since=0.0)
            hint = highspy.HighsSolution()
            hint.col_value = self.best.astype(float).tolist()
            self._solver.setSolution(hint)
            self._solver.run()
            info: Any = self._solver.getInfo()
            reached = float(info.mip_dual_bound)
            if math.isfinite(reached):
                self.bound = max(self.bound, math.ceil(reached - _SLACK) if self._integral else reached)
            if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return
            values = np.round(np.array(self._solver.getSolution().col_value))
            self._offer(self.repair(values))
            if not self._add(self.separate(values)):
                return

    def _limit(self, *, since: float) -> None:
        """Give the solver the time that is left. Its simplex method counts from its first run on, its tree search from each."""
        self._solver.setOptionValue("time_limit", since + max(0.01, self._left))

    def _offer(self, edges: Mask) -> None:
        cost = float(self.costs[edges].sum())
        if cost < self.best_cost:
            self.best, self.best_cost = edges, cost

    def _add(self, cycles: Iterable[Sequence[int]]) -> bool:
        """Add rows that are not there yet; whether there were any."""
        starts, edges = [], list[int]()
        for cycle in cycles:
            key = tuple(sorted(cycle))
            if key in self._known:
                continue
            self._known.add(key)
            starts.append(len(edges))
            edges.extend(key)
        if not starts:
            return False
        lower, upper = np.ones(len(starts)), np.full(len(starts), highspy.kHighsInf)
        self._solver.addRows(
            len(starts), lower, upper, len(edges), np.array(starts, dtype=np.int32), np.array(edges, dtype=np.int32),
            np.ones(len(edges)),
        )  # fmt: skip
        base = len(self._edges)
        self._starts.extend(base + start for start in [*starts[1:], len(edges)])
        self._edges.extend(edges)
        return True

    def _proof(self, multipliers: Floats) -> float:
        """What any multipliers of the rows prove: their sum, less what the edges are charged beyond their cost."""
        multipliers = np.maximum(multipliers, 0.0)
        charged = np.bincount(self._edges, weights=np.repeat(multipliers, np.diff(self._starts)), minlength=len(self.costs))
        return float(multipliers.sum() + np.minimum(self.costs - charged, 0.0).sum())
