"""Balance by triangles: their census, the tense ones with their ties, and each actor's ties for and against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.network.graph import SignedGraph
from dragoman.network.records import Degree, TenseTriangle, Tie, Triangles


def triangles_of(graph: SignedGraph) -> Triangles:
    """How many triangles have three, two, one and no ties for."""
    counts = np.zeros(4, dtype=np.int64)
    for triangles in graph.triangle_pieces():
        counts += np.bincount((graph.sign[triangles] < 0).sum(axis=1), minlength=4)
    ppp, ppn, pnn, nnn = counts.tolist()
    return Triangles(ppp=ppp, ppn=ppn, pnn=pnn, nnn=nnn)


def tense_triangles(graph: SignedGraph, actors: Sequence[str], ties: Sequence[Tie], *, limit: int) -> tuple[TenseTriangle, ...]:
    """The ``limit`` triangles of two friends of one actor at odds whose weakest tie is the strongest; equals by actors."""
    size = np.abs([tie.weight for tie in ties])
    best = np.zeros((0, 3), dtype=np.int64)
    for triangles in graph.triangle_pieces():
        best = np.concatenate([best, triangles[(graph.sign[triangles] < 0).sum(axis=1) == 1]])
        best = np.sort(best, axis=1)
        best = best[np.lexsort((best[:, 2], best[:, 1], best[:, 0], -size[best].min(axis=1)))[:limit]]
    return tuple(_tense([ties[edge] for edge in row]) for row in best.tolist())


def _tense(ties: Sequence[Tie]) -> TenseTriangle:
    quarrel = next(tie for tie in ties if tie.sign < 0)
    first, second = sorted((tie for tie in ties if tie.sign > 0), key=lambda tie: quarrel.target in (tie.source, tie.target))
    (actor,) = {first.source, first.target} & {second.source, second.target}
    return TenseTriangle(actor=actor, friends=(quarrel.source, quarrel.target), ties=(first, second, quarrel))


def degrees_of(graph: SignedGraph, actors: Sequence[str], ties: Sequence[Tie]) -> tuple[Degree, ...]:
    """Each actor's ties, counted and added up, in the order of ``actors``."""
    weight = np.array([tie.weight for tie in ties], dtype=np.float64)

    def by_actor(values: NDArray[Any]) -> list[float]:
        sums: list[float] = (np.bincount(graph.u, values, graph.nodes) + np.bincount(graph.v, values, graph.nodes)).tolist()
        return sums

    columns = (
        by_actor(graph.sign > 0),
        by_actor(graph.sign < 0),
        by_actor(np.maximum(weight, 0.0)),
        by_actor(np.minimum(weight, 0.0)),
    )
    return tuple(
        Degree(actor=actor, positive=int(positive), negative=int(negative), weight_for=pro, weight_against=contra)
        for actor, positive, negative, pro, contra in zip(actors, *columns, strict=True)
    )
