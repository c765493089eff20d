"""Ties: what the acts between two actors add up to in each window, and how sure that is.

Acts of one incident count once in a tie, as their most credible account has it: the mean of their weights by credence, times
the greatest credence. An incident that lasts over several windows is shared out by days. Uncertainty comes from resampling
incidents, not reports: each counts k times with k from Poisson(1) (the Poisson bootstrap, Hanley and MacGibbon 2006).

Event tables report far more cooperation than conflict, so that nearly all ties add up to more than nothing. Against the
baseline ``usual`` a tie is for or against as it leans more or less than all of its window together do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import InputError
from dragoman.network.acts import UNDATED, ActTable, iso_of
from dragoman.network.records import Act, Edge, Network, Sign, Tie, Window
from dragoman.network.weights import Weights
from dragoman.network.windows import WHOLE, Windows, windows_of
from dragoman.types import CERTAINTIES, STATUSES

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Baseline = Literal["zero", "usual"]
"""Where a tie turns from against to for: at no weight at all, or at the leaning of all ties of the window together."""

_QUANTILES = (0.05, 0.95)
_CHUNK = 1 << 22
"""Draws held at a time."""
_NEGLIGIBLE = 1e-9
"""A weight this small a part of its volume is what rounding left of none."""


class _Reckoning(NamedTuple):
    """How ties are reckoned from their incidents."""

    baseline: Baseline
    resamples: int
    rng: np.random.Generator


class _Incidents(NamedTuple):
    """One row for each incident in each tie: the two actors, what it adds, its days, and its acts.

    ``acts`` lists acts by row: those of row i are ``acts[first[i] : first[i + 1]]``.
    """

    a: Ints
    b: Ints
    number: Ints
    value: Floats
    start: Ints
    end: Ints
    acts: Ints
    first: Ints


def ties_of(
    acts: Iterable[Act] | ActTable,
    *,
    by: str = WHOLE,
    weights: Weights | None = None,
    directed: bool = False,
    baseline: Baseline = "zero",
    resamples: int = 100,
    seed: int = 0,
) -> tuple[Network, ...]:
    """The ties in each window in which anything happens, windows in order and ties by their actors.

    ``by`` as in ``windows_of``; ``weights`` None is what is shipped; ``baseline`` ``usual`` takes from each weight that of a
    tie of the same volume which leans as all of the window do; ``resamples`` 0 leaves uncertainty out. Acts that weigh
    nothing, and those of an actor with itself, are left out; acts without a date as well, and counted, unless ``by`` is
    ``all``. Raises InputError for a kind without a weight or a weight that is not finite, UsageError for another ``by``.
    """
    table = acts if isinstance(acts, ActTable) else ActTable.of(acts)
    names = sorted(set(table.actors))
    incidents = _incidents(table, names, weights or Weights.shipped(), directed=directed)
    dated = incidents.start != UNDATED
    undated = 0
    if by != WHOLE:
        undated = int(np.sum(np.diff(incidents.first)[~dated]))
    span = (int(incidents.start[dated].min()), int(incidents.end[dated].max())) if dated.any() else None
    if span is None:
        windows_of(0, 0, by)  # an unknown rule is an error, also where there is nothing
        if by != WHOLE or not len(incidents.value):
            return ()
        parts = [(Window(name=WHOLE), np.arange(len(incidents.value)), np.ones(len(incidents.value)))]
    else:
        parts = _shared_out(incidents, windows_of(*span, by), whole=by == WHOLE)
    reckoning = _Reckoning(baseline, resamples, np.random.default_rng(seed))
    return tuple(
        Network(window=window, undated=undated, ties=ties, draws=draws)
        for window, rows, share in parts
        for ties, draws in [_reckon(rows, share, incidents, names, table.evidence, reckoning)]
    )


def _incidents(table: ActTable, names: Sequence[str], weights: Weights, *, directed: bool) -> _Incidents:
    """Acts drawn together by incident and pair of actors, in the order of pairs, days and acts."""
    value, credence = _values(table, weights)
    place = {name: n for n, name in enumerate(names)}
    ranks = np.array([place[name] for name in table.actors], dtype=np.int64)
    a, b = ranks[table.source], ranks[table.target]
    if not directed:
        a, b = np.minimum(a, b), np.maximum(a, b)
    start, end = table.start.astype(np.int64), table.end.astype(np.int64)
    start, end = np.where(start == UNDATED, end, start), np.where(end == UNDATED, start, end)
    end = np.maximum(start, end)
    origins = np.ones(len(table), dtype=np.int64) if table.corroboration is None else table.corroboration.astype(np.int64)

    kept = np.flatnonzero((credence > 0.0) & (value != 0.0) & (a != b))
    number = np.arange(len(table)) if table.incident is None else np.unique(table.incident, return_inverse=True)[1]
    pair = a * len(names) + b
    length = np.where(start == UNDATED, np.iinfo(np.int64).max, end - start)
    # The best dated act of an incident comes first: the incident takes its days.
    order = kept[np.lexsort((start[kept], length[kept], number[kept], pair[kept]))]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (pair[order][1:] != pair[order][:-1]) | (number[order][1:] != number[order][:-1])
    first = np.flatnonzero(new)
    head = order[first]
    if len(order):
        total = np.add.reduceat(credence[order], first)
        told = np.add.reduceat((credence * value)[order], first) / total
        told *= np.maximum.reduceat(credence[order], first)
        told *= weights.corroboration.of(np.maximum.reduceat(origins[order], first))
    else:
        told = np.zeros(0)
    return _Incidents(
        a=a[head], b=b[head], number=number[head], value=told, start=start[head], end=end[head],
        acts=order, first=np.append(first, len(order)),
    )  # fmt: skip


def _values(table: ActTable, weights: Weights) -> tuple[Floats, Floats]:
    """What each act weighs by its kind, and how much of that is believed."""
    by_kind = np.array([weights.kinds.get(kind, math.nan) for kind in table.kinds], dtype=np.float64)
    value = by_kind[table.kind] if len(table) else np.zeros(0)
    if table.weight is not None:
        value = np.where(np.isnan(table.weight), value, table.weight)
    if np.isnan(value).any():
        missing = sorted({table.kinds[kind] for kind in table.kind[np.isnan(value)]})
        raise InputError(
            f"expected kinds with a weight, found {', '.join(map(repr, missing))}: name them under [kinds] in a file of weights"
        )
    if not np.isfinite(value).all():
        row = int(np.flatnonzero(~np.isfinite(value))[0])
        raise InputError(f"expected finite weights, found {value[row]} in {table.evidence[row]}")
    credence = np.ones(len(table))
    if table.status is not None:
        credence *= np.array([weights.statuses.get(name, 0.0) for name in STATUSES])[table.status]
    if table.certainty is not None:
        credence *= np.array([weights.certainties.get(name, 0.0) for name in CERTAINTIES])[table.certainty]
    return value, credence


def _shared_out(incidents: _Incidents, windows: Windows, *, whole: bool) -> list[tuple[Window, Ints, Floats]]:
    """For each window that has any: the rows of its incidents, in order, and the share of each that falls into it."""
    if whole:
        rows = np.arange(len(incidents.value))
        return [(windows.record(0), rows, np.ones(len(rows)))]
    rows = np.flatnonzero(incidents.start != UNDATED)
    start, end = incidents.start[rows], incidents.end[rows]
    low = np.searchsorted(windows.last, start, side="left")
    high = np.searchsorted(windows.first, end, side="right")
    times = np.maximum(high - low, 0)
    rows, start, end = np.repeat(rows, times), np.repeat(start, times), np.repeat(end, times)
    window = np.repeat(low, times) + np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
    days = np.minimum(end, windows.last[window]) - np.maximum(start, windows.first[window]) + 1
    share = days / (end - start + 1)
    order = np.argsort(window, kind="stable")
    cuts = np.flatnonzero(np.diff(window[order])) + 1
    return [(windows.record(int(window[part[0]])), rows[part], share[part]) for part in np.split(order, cuts) if len(part)]


def _reckon(
    rows: Ints,
    share: Floats,
    incidents: _Incidents,
    names: Sequence[str],
    evidence: Sequence[str],
    reckoning: _Reckoning,
) -> tuple[tuple[Tie, ...], NDArray[np.float32] | None]:
    """The ties of one window from the ``rows`` of its incidents, and their resampled weights."""
    a, b = incidents.a[rows], incidents.b[rows]
    value = incidents.value[rows] * share
    first = np.flatnonzero(np.append(True, (a[1:] != a[:-1]) | (b[1:] != b[:-1])))
    weight, volume = np.add.reduceat(value, first), np.add.reduceat(np.abs(value), first)
    usual = float(weight.sum() / volume.sum()) if reckoning.baseline == "usual" else 0.0
    weight -= usual * volume
    sign = [_sign_of(*both) for both in zip(weight.tolist(), volume.tolist(), strict=True)]
    start = incidents.start[rows].copy()
    start[start == UNDATED] = np.iinfo(np.int64).max
    started, ended = np.minimum.reduceat(start, first), np.maximum.reduceat(incidents.end[rows], first)

    draws = low = high = agreement = None
    if reckoning.resamples:
        number = np.unique(incidents.number[rows], return_inverse=True)[1]
        draws = _draws(value - usual * np.abs(value), first, number, reckoning)
        low, high = (edge.tolist() for edge in np.quantile(draws, _QUANTILES, axis=0))
        agreement = np.mean(np.sign(draws) == sign, axis=0).tolist()
    bounds = np.append(first, len(rows)).tolist()
    reports = _evidence(rows, first, incidents, evidence)
    ties = tuple(
        Tie(
            source=names[a[begin]],
            target=names[b[begin]],
            sign=sign[n],
            weight=float(weight[n]) if sign[n] else 0.0,
            volume=float(volume[n]),
            incidents=bounds[n + 1] - begin,
            start=iso_of(int(started[n])) if ended[n] != UNDATED else None,
            end=iso_of(int(ended[n])) if ended[n] != UNDATED else None,
            low=low[n] if low else None,
            high=high[n] if high else None,
            agreement=agreement[n] if agreement else None,
            evidence=reports[n],
        )
        for n, begin in enumerate(bounds[:-1])
    )
    return ties, draws


def _evidence(rows: Ints, first: Ints, incidents: _Incidents, evidence: Sequence[str]) -> list[tuple[str, ...]]:
    """The ids of the acts of each tie, earliest first, each once; the rows of tie i begin at ``first[i]``."""
    tie = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(rows))))
    rows = rows[np.lexsort((incidents.start[rows], tie))]
    begin = incidents.first[rows]
    times = incidents.first[rows + 1] - begin
    reach = np.cumsum(times)
    acts = incidents.acts[np.repeat(begin - reach + times, times) + np.arange(reach[-1])].tolist()
    ends = reach[np.append(first[1:], len(rows)) - 1].tolist()
    return [
        tuple(dict.fromkeys(map(evidence.__getitem__, acts[low:high]))) for low, high in zip([0, *ends], ends, strict=False)
    ]


def _draws(value: Floats, first: Ints, incident: Ints, reckoning: _Reckoning) -> NDArray[np.float32]:
    """The weights of the ties (resamples, ties), with each incident counted Poisson(1) times in each resample."""
    chances = np.cumsum([math.exp(-1) / math.factorial(k) for k in range(9)])
    times = np.searchsorted(chances, (np.arange(1 << 16) + 0.5) / (1 << 16)).astype(np.float32)
    count = int(incident.max()) + 1
    resamples = reckoning.resamples
    draws = np.empty((resamples, len(first)), dtype=np.float32)
    step = max(1, _CHUNK // len(value))
    small = value.astype(np.float32)
    for begin in range(0, resamples, step):
        end = min(begin + step, resamples)
        drawn = times[reckoning.rng.integers(0, 1 << 16, size=(end - begin, count), dtype=np.uint16)]
        if count < len(value):
            drawn = drawn[:, incident]
        draws[begin:end] = np.add.reduceat(drawn * small, first, axis=1)
    return draws


def _sign_of(weight: float, volume: float) -> Sign:
    return 0 if abs(weight) <= _NEGLIGIBLE * volume else 1 if weight > 0 else -1


def without_direction(network: Network) -> Network:
    """The network with what each does to the other in one tie; the same network if no two ties join the same two."""
    groups: dict[tuple[str, str], list[int]] = {}
    for n, tie in enumerate(network.ties):
        groups.setdefault((min(tie.source, tie.target), max(tie.source, tie.target)), []).append(n)
    if len(groups) == len(network.ties) and all(tie.source <= tie.target for tie in network.ties):
        return network
    pairs = sorted(groups)
    draws = None
    if network.draws is not None:
        draws = np.stack([network.draws[:, groups[pair]].sum(axis=1) for pair in pairs], axis=1)
    ties = tuple(
        _joined(pair, [network.ties[n] for n in groups[pair]], None if draws is None else draws[:, column])
        for column, pair in enumerate(pairs)
    )
    return Network(window=network.window, ties=ties, draws=draws, undated=network.undated)


def _joined(pair: tuple[str, str], ties: Sequence[Tie], draws: NDArray[np.float32] | None) -> Tie:
    weight, volume = math.fsum(tie.weight for tie in ties), math.fsum(tie.volume for tie in ties)
    sign = _sign_of(weight, volume)
    low, high = (None, None) if draws is None else (float(edge) for edge in np.quantile(draws, _QUANTILES))
    return Tie(
        source=pair[0],
        target=pair[1],
        sign=sign,
        weight=weight if sign else 0.0,
        volume=volume,
        incidents=sum(tie.incidents for tie in ties),
        start=min((tie.start for tie in ties if tie.start), default=None),
        end=max((tie.end for tie in ties if tie.end), default=None),
        low=low,
        high=high,
        agreement=None if draws is None else float(np.mean(np.sign(draws) == sign)),
        evidence=tuple(dict.fromkeys(key for tie in ties for key in tie.evidence)),
    )


def networks_of_edges(edges: Iterable[Edge]) -> tuple[Network, ...]:
    """The networks of a signed edge list, windows in the order in which they are first named.

    Edges between the same two in one window add up, whichever way they point; an edge from an actor to itself is left out.
    Raises InputError for a weight that is not finite.
    """
    windows: dict[str, dict[tuple[str, str], list[Edge]]] = {}
    for edge in edges:
        if not math.isfinite(edge.weight):
            raise InputError(f"expected finite weights, found {edge.weight} between {edge.a} and {edge.b}")
        pairs = windows.setdefault(edge.window or WHOLE, {})
        if edge.a != edge.b:
            pairs.setdefault((min(edge.a, edge.b), max(edge.a, edge.b)), []).append(edge)
    return tuple(
        Network(window=Window(name=name), ties=tuple(_tie_of_edges(pair, pairs[pair]) for pair in sorted(pairs)))
        for name, pairs in windows.items()
    )


def _tie_of_edges(pair: tuple[str, str], edges: Sequence[Edge]) -> Tie:
    weight = math.fsum(edge.sign * abs(edge.weight) for edge in edges)
    volume = math.fsum(abs(edge.weight) for edge in edges)
    sign = _sign_of(weight, volume)
    return Tie(
        source=pair[0],
        target=pair[1],
        sign=sign,
        weight=weight if sign else 0.0,
        volume=volume,
        incidents=len(edges),
        evidence=tuple(edge.evidence for edge in edges if edge.evidence is not None),
    )
