"""Scores of clusterings against gold ones: B-cubed, MUC, CEAF by entity, and their mean, the CoNLL F1.

Definitions: Vilain et al. 1995 (MUC), Bagga and Baldwin 1998 (B-cubed), Luo 2005 (CEAF with its phi 4); mean as in CoNLL 2012.
Both clusterings are over the same mentions, singletons included.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from typing import NamedTuple

import numpy as np

Clustering = Mapping[Hashable, Hashable]
"""Mention -> its cluster."""


class Score(NamedTuple):
    """Precision, recall and F1, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def conll(gold: Clustering, found: Clustering) -> dict[str, Score]:
    """The three scores by name; the CoNLL F1 is the mean of their F1."""
    return {"MUC": muc(gold, found), "B3": b_cubed(gold, found), "CEAFe": ceaf_e(gold, found)}


def conll_f1(gold: Clustering, found: Clustering) -> float:
    """The mean F1 of the three."""
    return sum(score.f1 for score in conll(gold, found).values()) / 3


def muc(gold: Clustering, found: Clustering) -> Score:
    """Links that would have to be added to make one clustering the other."""
    return Score(_links(found, gold), _links(gold, found))


def _links(key: Clustering, response: Clustering) -> float:
    sizes = Counter(key.values())
    parts = Counter(cluster for cluster, _ in {(key[m], response[m]) for m in key})
    kept = sum(size - parts[cluster] for cluster, size in sizes.items())
    wanted = sum(size - 1 for size in sizes.values())
    return kept / wanted if wanted else 0.0


def b_cubed(gold: Clustering, found: Clustering) -> Score:
    """The share of each mention's cluster that is rightly there, over mentions."""
    both = Counter((gold[m], found[m]) for m in gold)
    by_gold, by_found = Counter(gold.values()), Counter(found[m] for m in gold)
    precision = sum(n * n / by_found[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / by_gold[g] for (g, _), n in both.items()) / len(gold)
    return Score(precision, recall)


def ceaf_e(gold: Clustering, found: Clustering) -> Score:
    """The best one-to-one pairing of clusters, by the Dice overlap of each pair."""
    both = Counter((gold[m], found[m]) for m in gold)
    by_gold, by_found = Counter(gold.values()), Counter(found[m] for m in gold)
    total = sum(_best(part, both, by_gold, by_found) for part in _connected(both))
    return Score(total / len(by_found), total / len(by_gold))


def _connected(both: Counter[tuple[Hashable, Hashable]]) -> list[tuple[list[Hashable], list[Hashable]]]:
    """Gold and found clusters that hang together by common mentions: each such group can be paired for itself."""
    by_gold, by_found = defaultdict(list), defaultdict(list)
    for g, f in both:
        by_gold[g].append(f)
        by_found[f].append(g)
    seen: set[Hashable] = set()
    groups = []
    for start in by_gold:
        if start in seen:
            continue
        golds, founds, waiting = [], dict[Hashable, None](), [start]
        seen.add(start)
        while waiting:
            g = waiting.pop()
            golds.append(g)
            for f in by_gold[g]:
                founds[f] = None
                for other in by_found[f]:
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)
        groups.append((golds, list(founds)))
    return groups


def _best(part, both, by_gold, by_found) -> float:
    golds, founds = part
    dice = np.zeros((len(golds), len(founds)))
    for i, g in enumerate(golds):
        for j, f in enumerate(founds):
            dice[i, j] = 2 * both[g, f] / (by_gold[g] + by_found[f])
    return assignment(dice)


def assignment(values: np.ndarray) -> float:
    """The greatest sum of one value a row and column (Kuhn 1955, with potentials; O(n^3))."""
    costs = -values if values.shape[0] <= values.shape[1] else -values.T
    rows, columns = costs.shape
    above, aside = np.zeros(rows + 1), np.zeros(columns + 1)
    taken, way = np.zeros(columns + 1, dtype=int), np.zeros(columns + 1, dtype=int)
    for row in range(1, rows + 1):
        taken[0], column = row, 0
        least, used = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=bool)
        while taken[column]:
            used[column] = True
            current, step, best = taken[column], np.inf, 0
            for j in range(1, columns + 1):
                if not used[j]:
                    cost = costs[current - 1, j - 1] - above[current] - aside[j]
                    if cost < least[j]:
                        least[j], way[j] = cost, column
                    if least[j] < step:
                        step, best = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    above[taken[j]] += step
                    aside[j] -= step
                else:
                    least[j] -= step
            column = best
        while column:
            taken[column] = taken[way[column]]
            column = way[column]
    return float(-sum(costs[taken[j] - 1, j - 1] for j in range(1, columns + 1) if taken[j]))
