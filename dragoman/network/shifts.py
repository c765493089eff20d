"""Shifts: when a tie changed its sign, or an actor its bloc, to stay so.

Change points are those of the least squared deviations with a penalty for each (PELT, Killick and others 2012), by the library
ruptures. A state must last at least two windows; the penalty is twice the noise times log n, the noise that of successive
differences (von Neumann 1941), so that a tie that keeps wavering has no shift.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import UsageError
from dragoman.network.records import Network, Shift, Tie, Window

_LEAST = 2
"""Windows that a state must last."""
_REPORTS = 10
"""Reports kept on each side of a shift."""

Blocs = Mapping[str, str | None]
"""The bloc of each actor of a window, None for one that stands alone."""


def shifts_can_be_found() -> bool:
    """Whether the library is there."""
    return importlib.util.find_spec("ruptures") is not None


def change_points(values: NDArray[np.float64]) -> list[int]:
    """Where new states begin in a series (steps, dimensions). Raises UsageError if the library is not there."""
    if len(values) < 2 * _LEAST:
        return []
    noise = float((np.diff(values, axis=0) ** 2).sum(axis=1).mean()) / 2.0
    if noise == 0.0:
        return []
    model = _library().KernelCPD(kernel="linear", min_size=_LEAST).fit(values)
    return [int(end) for end in model.predict(pen=2.0 * noise * math.log(len(values)))[:-1]]


def _library() -> Any:
    try:
        return importlib.import_module("ruptures")
    except ImportError as error:
        raise UsageError("shifts need the library ruptures, found none: pip install 'dragoman[network]'") from error


def tie_shifts(networks: Sequence[Network]) -> list[Shift]:
    """Lasting changes of sign of the ties of networks without direction, over the windows in which each is seen."""
    series: dict[tuple[str, str], list[tuple[Window, Tie]]] = {}
    for network in networks:
        for tie in network.ties:
            series.setdefault((tie.source, tie.target), []).append((network.window, tie))
    found = []
    for (source, target), seen in sorted(series.items()):
        if len({tie.sign for _, tie in seen} - {0}) < 2:
            continue
        leaning = np.array([[tie.weight / tie.volume if tie.volume else 0.0] for _, tie in seen])
        ends = [0, *change_points(leaning), len(seen)]
        means = [float(leaning[begin:end].mean()) for begin, end in pairwise(ends)]
        for n, change in enumerate(ends[1:-1]):
            if means[n] * means[n + 1] < 0.0:
                found.append(
                    Shift(
                        actor=source,
                        target=target,
                        date=_date(seen[change][0]),
                        before=means[n],
                        after=means[n + 1],
                        reports_before=_reports([tie for _, tie in reversed(seen[ends[n] : change])], latest=True),
                        reports_after=_reports([tie for _, tie in seen[change : ends[n + 2]]]),
                    )
                )
    return found


def bloc_shifts(networks: Sequence[Network], blocs: Sequence[Blocs]) -> list[Shift]:
    """Lasting changes of bloc of the actors, over the windows in which each is seen; from or to standing alone is none."""
    found = []
    for actor in sorted({actor for window in blocs for actor in window}):
        seen = [n for n, window in enumerate(blocs) if actor in window]
        kinds = sorted({blocs[n][actor] or "" for n in seen})
        if len(kinds) < 2:
            continue
        states = np.array([[float((blocs[n][actor] or "") == kind) for kind in kinds] for n in seen])
        ends = [0, *change_points(states), len(seen)]
        main = [kinds[int(states[begin:end].sum(axis=0).argmax())] for begin, end in pairwise(ends)]
        for n, change in enumerate(ends[1:-1]):
            before, after = main[n], main[n + 1]
            if before != after and before and after:
                earlier = [_ties_with(networks[k], blocs[k], actor, before) for k in reversed(seen[ends[n] : change])]
                later = [_ties_with(networks[k], blocs[k], actor, after) for k in seen[change : ends[n + 2]]]
                found.append(
                    Shift(
                        actor=actor,
                        target=None,
                        date=_date(networks[seen[change]].window),
                        before=before,
                        after=after,
                        reports_before=_reports([tie for ties in earlier for tie in ties], latest=True),
                        reports_after=_reports([tie for ties in later for tie in ties]),
                    )
                )
    return found


def _ties_with(network: Network, blocs: Blocs, actor: str, bloc: str) -> list[Tie]:
    """The ties for, of an actor with members of a bloc."""
    return [
        tie
        for tie in network.ties
        if tie.sign > 0
        and actor in (tie.source, tie.target)
        and blocs.get(tie.target if tie.source == actor else tie.source) == bloc
    ]


def _reports(ties: Sequence[Tie], *, latest: bool = False) -> tuple[str, ...]:
    """The first reports of ties in order, each once; of each tie the ``latest`` first, or the earliest."""
    keys = dict.fromkeys(key for tie in ties for key in (reversed(tie.evidence) if latest else tie.evidence))
    return tuple(keys)[:_REPORTS]


def _date(window: Window) -> str:
    return window.start or window.name
