"""The records of the room: what goes in (acts, edges), what ties they add up to, and what the analysis finds.

Actors are ids, evidence is ids of events and relations (or ``table#line``): this room reads no text and no database.
Dates are ISO days, both ends inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dragoman.types import Certainty, Record, Status

Sign = Literal[1, 0, -1]
"""1 for, -1 against, 0 where what speaks for and against cancels out: such a tie is kept, and is in no network."""


class Act(Record, frozen=True, kw_only=True):
    """What one report tells that ``source`` did to, or holds of, ``target``.

    ``kind`` is a PLOVER type, a quad category or a kind of relation, and has its weight in the file of weights; ``weight``, if
    given, is used instead. ``start`` and ``end`` are YYYY, YYYY-MM or YYYY-MM-DD, None where nothing is known.
    ``corroboration`` counts the independent origins of the incident. Acts of one ``incident`` count once in a tie; None is an
    incident of its own. ``evidence`` is the id under which the report is found again.
    """

    source: str
    target: str
    kind: str
    evidence: str
    start: str | None = None
    end: str | None = None
    weight: float | None = None
    status: Status = "happened"
    certainty: Certainty = "asserted"
    corroboration: int = 1
    incident: str | None = None


class Edge(Record, frozen=True, kw_only=True):
    """A tie as somebody else's list has it: ``window`` is its label there, None in a list without windows."""

    a: str
    b: str
    sign: Literal[1, -1]
    weight: float = 1.0
    window: str | None = None
    evidence: str | None = None


class Window(Record, frozen=True, kw_only=True):
    """A stretch of time. Dates are None where the window is a label of somebody else's."""

    name: str
    start: str | None = None
    end: str | None = None


class Tie(Record, frozen=True, kw_only=True):
    """What the acts of a window between two actors add up to.

    ``weight`` is the signed sum, ``volume`` the sum of sizes, so that ``weight / volume`` is the leaning from -1 to 1 (against
    the baseline ``usual`` of ``ties_of``, the leaning beyond that of all).
    ``low`` and ``high`` hold nine tenths of the resampled weights and ``agreement`` is the share of resamples with this sign;
    all None without resampling. ``start`` and ``end`` are the days of the first and the last act. In a tie without direction
    ``source`` sorts before ``target``.
    """

    source: str
    target: str
    sign: Sign
    weight: float
    volume: float
    incidents: int
    start: str | None = None
    end: str | None = None
    low: float | None = None
    high: float | None = None
    agreement: float | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Network:
    """The ties of one window.

    ``draws`` holds the weights of the ties in each resample of the incidents, (resamples, ties), None without resampling.
    ``undated`` counts acts left out of every window because they have no date.
    """

    window: Window
    ties: tuple[Tie, ...]
    draws: NDArray[np.float32] | None = None
    undated: int = 0


class Degree(Record, frozen=True, kw_only=True):
    """An actor's ties: how many for and against, and the sums of their weights."""

    actor: str
    positive: int
    negative: int
    weight_for: float
    weight_against: float


class Triangles(Record, frozen=True, kw_only=True):
    """Triangles by their signs. ``ppp`` and ``pnn`` are balanced; ``ppn`` is tense: one actor's two friends are at odds."""

    ppp: int
    ppn: int
    pnn: int
    nnn: int

    @property
    def total(self) -> int:
        """All triangles."""
        return self.ppp + self.ppn + self.pnn + self.nnn

    @property
    def balanced(self) -> float | None:
        """The degree of balance: the share of balanced triangles (Cartwright and Harary 1956); None without triangles."""
        return (self.ppp + self.pnn) / self.total if self.total else None


class TenseTriangle(Record, frozen=True, kw_only=True):
    """``friends`` are at odds, and both are friends of ``actor``; ``ties`` are the two friendships, then the quarrel."""

    actor: str
    friends: tuple[str, str]
    ties: tuple[Tie, Tie, Tie]


class Frustration(Record, frozen=True, kw_only=True):
    """The least number (or weight) of ties that no split into two sides can satisfy.

    ``value`` is what ``sides`` and ``frustrated`` reach, ``bound`` what no split can go below; ``proven`` if they meet.
    """

    value: float
    bound: float
    proven: bool
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    frustrated: tuple[tuple[str, str], ...]


class Bloc(Record, frozen=True, kw_only=True):
    """Actors that the ties set together.

    ``members`` has those with the strongest ties inside first; the first of them make the ``name``. ``id`` stays with a bloc
    from window to window, as long as enough of its members do. ``stability`` is the share of resamples in
    which two members stay together, the mean over all pairs, and ``staying`` the same over the pairs of each member; both None
    without resampling. ``opposed`` are the ids of blocs with which the ties against outweigh those for.
    """

    id: str
    name: str
    members: tuple[str, ...]
    stability: float | None = None
    staying: tuple[float, ...] | None = None
    opposed: tuple[str, ...] = ()


class Partition(Record, frozen=True, kw_only=True):
    """The split into as many blocs as the ties ask for: ``cost`` is the number (or strength) of ties against it.

    ``bound`` is what no split can go below; ``proven`` if they meet. ``blocs`` have at least two members, largest first; all
    other actors stand ``alone``.
    """

    cost: float
    bound: float
    proven: bool
    blocs: tuple[Bloc, ...]
    alone: tuple[str, ...]


class WindowAnalysis(Record, frozen=True, kw_only=True):
    """All that is found in one window. ``mixed`` counts ties of sign 0, which are in none of the other figures."""

    window: Window
    nodes: int
    ties: int
    positive: int
    negative: int
    mixed: int
    triangles: Triangles
    frustration: Frustration
    partition: Partition
    degrees: tuple[Degree, ...]
    tense: tuple[TenseTriangle, ...]


class Move(Record, frozen=True, kw_only=True):
    """An actor stands in another bloc than in the window before.

    ``left`` and ``joined`` are ids of blocs; None where the actor stands alone. Actors that are not in both windows do not
    move. The ties of the actor in this window speak for it, the strongest first: those with members of the bloc it left (as it
    stands now), and with its new bloc.
    """

    actor: str
    window: Window
    left: str | None
    joined: str | None
    with_left: tuple[Tie, ...] = ()
    with_joined: tuple[Tie, ...] = ()


class Shift(Record, frozen=True, kw_only=True):
    """A lasting change, found by a change-point method over the windows.

    Of a tie (``target`` is set): ``before`` and ``after`` are its mean leanings. Of an actor's bloc (``target`` is None):
    ``before`` and ``after`` are bloc ids. ``date`` is the start of the window in which the new state begins (its name, if it
    has no dates). ``reports_before`` and ``reports_after`` are evidence ids, those nearest to the change first.
    """

    actor: str
    target: str | None
    date: str
    before: float | str
    after: float | str
    reports_before: tuple[str, ...]
    reports_after: tuple[str, ...]


class Analysis(Record, frozen=True, kw_only=True):
    """What is found in a series of windows: each for itself, and what changes between them.

    ``shifts`` is None if they were not looked for. ``undated`` counts acts that are in no window, as they have no date.
    """

    windows: tuple[WindowAnalysis, ...]
    moves: tuple[Move, ...] = ()
    shifts: tuple[Shift, ...] | None = None
    undated: int = 0
