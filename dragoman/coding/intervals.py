"""Sets of spans that answer quickly whether another span touches or lies in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from dragoman.types import Span


class Intervals:
    """The union of spans, as rising stretches that do not overlap. Stretches that only meet stay apart."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._begins: list[int] = []
        self._ends: list[int] = []
        for b, e in sorted(spans):
            if self._ends and b < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], e)
            elif b < e:
                self._begins.append(b)
                self._ends.append(e)

    def touches(self, span: Span) -> bool:
        """Whether the span shares a character with the set."""
        k = bisect_right(self._begins, span[0]) - 1
        if k >= 0 and self._ends[k] > span[0]:
            return span[0] < span[1]
        return k + 1 < len(self._begins) and self._begins[k + 1] < span[1]

    def holds(self, span: Span) -> bool:
        """Whether one stretch of the set covers the whole span."""
        k = bisect_right(self._begins, span[0]) - 1
        return k >= 0 and self._ends[k] >= span[1]
