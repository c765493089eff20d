"""Acts in columns: a million of them fit where as many records would not."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import InputError
from dragoman.network.records import Act
from dragoman.types import CERTAINTIES, STATUSES

UNDATED = np.iinfo(np.int32).min
"""The day of an act of which no day is known."""
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()


def day_of(text: str, *, last: bool = False) -> int:
    """Days since 1970-01-01 of an ISO date; of YYYY or YYYY-MM the first day, or the ``last``. Raises InputError."""
    match = _DATE.fullmatch(text)
    try:
        parts = [int(part) for part in match.groups() if part] if match else [0]
        year = parts[0]
        month = parts[1] if len(parts) > 1 else 12 if last else 1
        day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, day).toordinal() - _EPOCH
    except (ValueError, calendar.IllegalMonthError) as error:
        raise InputError(f"expected a date as YYYY, YYYY-MM or YYYY-MM-DD, found {text!r}") from error


def iso_of(day: int) -> str:
    """The ISO date of a number of days since 1970-01-01."""
    return date.fromordinal(day + _EPOCH).isoformat()


@dataclass(frozen=True, eq=False)
class ActTable:
    """Acts in columns of one length. ``actors`` and ``kinds`` name the numbers in ``source``, ``target`` and ``kind``.

    ``weight`` is NaN where the kind's is to be used. ``start`` and ``end`` are days since 1970-01-01, both inclusive, or
    ``UNDATED``. ``status`` and ``certainty`` index ``STATUSES`` and ``CERTAINTIES`` of ``dragoman.types``. Acts of one
    ``incident`` number count once in a tie. Columns that are None stand for: NaN, happened, asserted, one origin, an incident
    each. Raises InputError if the columns differ in length or point outside their names.
    """

    actors: Sequence[str]
    kinds: Sequence[str]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    kind: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    evidence: Sequence[str]
    weight: NDArray[np.float64] | None = None
    status: NDArray[np.int8] | None = None
    certainty: NDArray[np.int8] | None = None
    corroboration: NDArray[np.int32] | None = None
    incident: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        count = len(self.evidence)
        bounds = {
            "source": len(self.actors),
            "target": len(self.actors),
            "kind": len(self.kinds),
            "status": len(STATUSES),
            "certainty": len(CERTAINTIES),
        }
        for name in ("source", "target", "kind", "start", "end", "weight", "status", "certainty", "corroboration", "incident"):
            column = getattr(self, name)
            if column is None:
                continue
            if len(column) != count:
                raise InputError(f"expected {count} values in the column {name}, as in evidence, found {len(column)}")
            if name in bounds and count and not 0 <= column.min() <= column.max() < bounds[name]:
                raise InputError(f"expected numbers from 0 to {bounds[name] - 1} in the column {name}, found others")

    def __len__(self) -> int:
        return len(self.evidence)

    @classmethod
    def of(cls, acts: Iterable[Act]) -> Self:
        """The columns of ``acts``. Raises InputError for a date that is none."""
        acts = list(acts)
        actors, kinds, incidents = dict[str, int](), dict[str, int](), dict[str, int]()
        statuses = {name: n for n, name in enumerate(STATUSES)}
        certainties = {name: n for n, name in enumerate(CERTAINTIES)}
        first, last = lru_cache(maxsize=None)(_first_day), lru_cache(maxsize=None)(_last_day)
        spans = [(first(act.start or act.end), last(act.end or act.start)) for act in acts]

        def column(values: Iterable[float], kind: type[np.generic]) -> NDArray[Any]:
            return np.fromiter(values, dtype=kind, count=len(acts))

        return cls(
            source=column((actors.setdefault(act.source, len(actors)) for act in acts), np.int32),
            target=column((actors.setdefault(act.target, len(actors)) for act in acts), np.int32),
            kind=column((kinds.setdefault(act.kind, len(kinds)) for act in acts), np.int32),
            start=column((span[0] for span in spans), np.int32),
            end=column((span[1] for span in spans), np.int32),
            weight=column((np.nan if act.weight is None else act.weight for act in acts), np.float64),
            status=column((statuses[act.status] for act in acts), np.int8),
            certainty=column((certainties[act.certainty] for act in acts), np.int8),
            corroboration=column((act.corroboration for act in acts), np.int32),
            incident=column((incidents.setdefault(_incident(n, act), len(incidents)) for n, act in enumerate(acts)), np.int64),
            evidence=[act.evidence for act in acts],
            actors=tuple(actors),
            kinds=tuple(kinds),
        )


def _incident(number: int, act: Act) -> str:
    return f"i{act.incident}" if act.incident is not None else f"n{number}"


def _first_day(text: str | None) -> int:
    return UNDATED if text is None else day_of(text)


def _last_day(text: str | None) -> int:
    return UNDATED if text is None else day_of(text, last=True)
