"""The system of actors: windows of ties with their balance and blocs, ready to be shown, exported and drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, get_args

import msgspec
import numpy as np

from dragoman.errors import UsageError
from dragoman.exchange.graphs import PALETTE, Graph, GraphNode, GraphTie
from dragoman.materials import Material, from_ledger
from dragoman.network import (
    Analysis,
    AnalysisOptions,
    Bloc,
    Network,
    Shift,
    Weights,
    WindowAnalysis,
    analyse,
    networks_of_edges,
    ties_of,
)
from dragoman.network.ties import Baseline
from dragoman.types import Actor, Record

if TYPE_CHECKING:
    from dragoman.ledger import Filters, Ledger

WHOLE = "all"
TIES = "ties.jsonl"
BASELINES: tuple[Baseline, ...] = get_args(Baseline)
_EVIDENCE = 50
_SHARED = tuple(name for name in GraphTie.__struct_fields__ if name != "window")
"""The fields of a tie of the network that one of the graph has as they are."""


class SystemOptions(Record, frozen=True, kw_only=True):
    """What a system is made of, and how it is analysed."""

    windows: str = WHOLE
    """``day``, ``week``, ``month``, ``year``, ``all``, or LENGTH/STEP such as ``4y/1y``. An edge list has its own."""
    actors: tuple[str, ...] = ()
    """Ids, codes or names: the ties among these; of one alone its own, and those among the actors that it has ties with."""
    baseline: Baseline | None = None
    """From where a tie leans: ``zero``, or ``usual``, what all ties of its window do; None: as suits the material."""
    least: int = 1
    """Ties of fewer incidents are left out."""
    resamples: int = 100
    """How often incidents are drawn anew, for the uncertainty of ties and blocs; 0 leaves it out."""
    analysis: AnalysisOptions = AnalysisOptions()


class BlocLine(Record, frozen=True, kw_only=True):
    """A bloc of a window: its members by name, and the names of the blocs that stand against it."""

    name: str
    members: tuple[str, ...]
    stability: float | None
    opposed_to: tuple[str, ...]


class TenseLine(Record, frozen=True, kw_only=True):
    """An actor whose two friends are at odds, and the evidence of their quarrel, the first fifty pieces."""

    actor: str
    friends: tuple[str, str]
    evidence: tuple[str, ...]


class MoveLine(Record, frozen=True, kw_only=True):
    """An actor that stands in another bloc than in the window before; None where it stands in none."""

    actor: str
    left: str | None
    joined: str | None


class ShiftLine(Record, frozen=True, kw_only=True):
    """A lasting change of a tie, or of an actor's bloc where ``target`` is None."""

    actor: str
    target: str | None
    before: float | str
    after: float | str
    reports_before: tuple[str, ...]
    reports_after: tuple[str, ...]


class WindowLine(Record, frozen=True, kw_only=True):
    """A line of ``network --json``: one window. Counts are of ties that have a sign; actors are given by name.

    ``frustration`` is the least number of ties found that no split into two sides satisfies, ``frustration_bound`` what no
    split can go below; ``proven`` if they meet. ``balance`` is the share of balanced triangles. ``moves`` lead into this
    window, ``shifts`` begin with it.
    """

    window: str
    start: str | None
    end: str | None
    baseline: Baseline
    nodes: int
    ties: int
    positive: int
    negative: int
    mixed: int
    triangles: dict[str, int]
    balance: float | None
    frustration: float
    frustration_bound: float
    proven: bool
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    blocs: tuple[BlocLine, ...]
    blocs_cost: float
    blocs_bound: float
    blocs_proven: bool
    alone: tuple[str, ...]
    tense: tuple[TenseLine, ...]
    moves: tuple[MoveLine, ...]
    shifts: tuple[ShiftLine, ...]


class TieLine(Record, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """A line of ties.jsonl: what all reports between two actors add up to. A tie has no direction."""

    source: Actor
    target: Actor
    sign: int
    weight: float
    start: str | None
    end: str | None
    events: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class System:
    """Networks in the order of their windows, what was found in them, and who the actors are, by id.

    ``labels`` are their names, each once: where two share one, it has the id behind it.
    """

    networks: tuple[Network, ...]
    analysis: Analysis
    labels: Mapping[str, str]
    codes: Mapping[str, str | None]
    material: Material
    baseline: Baseline

    def label(self, actor: str) -> str:
        """The actor's name."""
        return self.labels.get(actor, actor)

    def graph(self, window: str | None = None) -> Graph:
        """The ties of one window by its name, of all if None, for other programs; blocs are those of the last window in it."""
        chosen = [n for n, network in enumerate(self.networks) if window in (None, network.window.name)]
        if not chosen and window is not None:
            there = ", ".join(network.window.name for network in self.networks)
            raise UsageError(f"expected one of the windows {there or '(there are none)'}; found {window!r}")
        ties = [
            GraphTie(window=self.networks[n].window.name, **{name: getattr(tie, name) for name in _SHARED})
            for n in chosen
            for tie in self.networks[n].ties
        ]
        ends = dict.fromkeys(end for tie in ties for end in (tie.source, tie.target))
        blocs = self._blocs(self.analysis.windows[chosen[-1]]) if chosen else {}
        return Graph(nodes=tuple(self._node(id_, blocs.get(id_)) for id_ in ends), ties=tuple(ties))

    def lines(self) -> Iterator[WindowLine]:
        """What was found in each window, as records."""
        for found in self.analysis.windows:
            yield self._line(found)

    @cached_property
    def colours(self) -> Mapping[str, str]:
        """The colour of each bloc by its id, the same in all windows; the largest come first."""
        sizes: Counter[str] = Counter()
        for window in self.analysis.windows:
            for bloc in window.partition.blocs:
                sizes[bloc.id] += len(bloc.members)
        ranked = sorted(sizes, key=lambda id_: (-sizes[id_], id_))
        return dict(zip(ranked, PALETTE, strict=False))

    def _node(self, id_: str, bloc: Bloc | None) -> GraphNode:
        node = GraphNode(id=id_, label=self.label(id_), code=self.codes.get(id_))
        if bloc is None:
            return node
        return msgspec.structs.replace(node, bloc=bloc.name, colour=self.colours.get(bloc.id, node.colour))

    def _blocs(self, window: WindowAnalysis) -> dict[str, Bloc]:
        return {member: bloc for bloc in window.partition.blocs for member in bloc.members}

    def _line(self, found: WindowAnalysis) -> WindowLine:
        window, triangles, frustration, partition = found.window, found.triangles, found.frustration, found.partition
        names = self._bloc_names
        return WindowLine(
            window=window.name,
            start=window.start,
            end=window.end,
            baseline=self.baseline,
            nodes=found.nodes,
            ties=found.ties,
            positive=found.positive,
            negative=found.negative,
            mixed=found.mixed,
            triangles={name: getattr(triangles, name) for name in triangles.__struct_fields__},
            balance=_rounded(triangles.balanced),
            frustration=frustration.value,
            frustration_bound=frustration.bound,
            proven=frustration.proven,
            sides=(self._named(frustration.sides[0]), self._named(frustration.sides[1])),
            blocs=tuple(
                BlocLine(
                    name=bloc.name,
                    members=self._named(bloc.members),
                    stability=_rounded(bloc.stability),
                    opposed_to=tuple(names.get(id_, id_) for id_ in bloc.opposed),
                )
                for bloc in partition.blocs
            ),
            blocs_cost=partition.cost,
            blocs_bound=partition.bound,
            blocs_proven=partition.proven,
            alone=self._named(partition.alone),
            tense=tuple(
                TenseLine(
                    actor=self.label(tense.actor),
                    friends=(self.label(tense.friends[0]), self.label(tense.friends[1])),
                    evidence=tense.ties[2].evidence[:_EVIDENCE],
                )
                for tense in found.tense
            ),
            moves=tuple(
                MoveLine(
                    actor=self.label(move.actor),
                    left=move.left and names.get(move.left, move.left),
                    joined=move.joined and names.get(move.joined, move.joined),
                )
                for move in self.analysis.moves
                if move.window == window
            ),
            shifts=tuple(
                self._shift(shift) for shift in self.analysis.shifts or () if shift.date in (window.start, window.name)
            ),
        )

    def _shift(self, shift: Shift) -> ShiftLine:
        before, after = (
            self._bloc_names.get(state, state) if isinstance(state, str) else state for state in (shift.before, shift.after)
        )
        return ShiftLine(
            actor=self.label(shift.actor),
            target=None if shift.target is None else self.label(shift.target),
            before=before,
            after=after,
            reports_before=shift.reports_before,
            reports_after=shift.reports_after,
        )

    @cached_property
    def _bloc_names(self) -> Mapping[str, str]:
        return {bloc.id: bloc.name for window in self.analysis.windows for bloc in window.partition.blocs}

    def _named(self, actors: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(self.label, actors))


def make_system(material: Material, *, weights: Weights | None = None, options: SystemOptions | None = None) -> System:
    """The system that ``material`` tells of. Raises UsageError for windows or actors that are not there."""
    options = options or SystemOptions()
    baseline = options.baseline or material.baseline
    if material.acts is not None:
        networks = ties_of(
            material.acts, by=options.windows, weights=weights, resamples=options.resamples,
            baseline=baseline,
        )  # fmt: skip
    elif options.windows != WHOLE:
        raise UsageError("expected no windows beside an edge list, which names its own in the column window")
    else:
        networks = networks_of_edges(material.edges)
    if options.actors or options.least > 1:
        wanted = frozenset(_wanted(options.actors, material))
        networks = tuple(_kept(network, wanted, options.least) for network in networks)
        networks = tuple(network for network in networks if network.ties)
    labels = _labels(material.names)
    analysis = analyse(networks, options=options.analysis, names=labels)
    return System(networks, analysis, labels, material.codes, material, baseline)


def _labels(names: Mapping[str, str]) -> dict[str, str]:
    shared = Counter(names.values())
    return {id_: name if shared[name] == 1 else f"{name} [{id_}]" for id_, name in names.items()}


def _wanted(actors: Sequence[str], material: Material) -> Iterator[str]:
    """The ids of actors given by id, code or name; if none is called so, of those whose name holds the words."""
    for words in actors:
        folded = words.casefold()
        called = {id_: (id_, name, material.codes.get(id_) or "") for id_, name in material.names.items()}
        found = [id_ for id_, words in called.items() if folded in map(str.casefold, words)]
        found = found or [id_ for id_, name in material.names.items() if folded in name.casefold()]
        if not found:
            raise UsageError(f"{words}: expected an actor by name, code or id, found none with a tie to another")
        yield from found


def _kept(network: Network, wanted: frozenset[str], least: int) -> Network:
    """The network without weak ties and those of others; of one actor with those among its neighbours."""
    if len(wanted) == 1:
        near = {end for tie in network.ties for end in (tie.source, tie.target) if wanted & {tie.source, tie.target}}
        wanted = frozenset(near) or wanted
    kept = [
        n
        for n, tie in enumerate(network.ties)
        if tie.incidents >= least and (not wanted or (tie.source in wanted and tie.target in wanted))
    ]
    draws = None if network.draws is None else network.draws[:, np.array(kept, dtype=np.intp)]
    return Network(window=network.window, ties=tuple(network.ties[n] for n in kept), draws=draws, undated=network.undated)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


TIE_COLUMNS = (
    "from_id", "from", "from_code", "to_id", "to", "to_code", "sign", "weight", "start", "end", "events", "relations",
)  # fmt: skip


def tie_row(tie: TieLine) -> tuple[str | float | None, ...]:
    """A tie as a row of CSV, ids of reports with spaces between them."""
    one, other = tie.source, tie.target
    reports = (" ".join(tie.events), " ".join(tie.relations))
    return (one.id, one.name, one.code, other.id, other.name, other.code, tie.sign, tie.weight, tie.start, tie.end, *reports)


def tie_lines(ledger: Ledger, filters: Filters | None = None) -> Iterator[TieLine]:
    """What the reports of a ledger add up to between each two actors, over all of its time, in the order of their ids.

    Reports that cancel out give a tie of sign 0. The ids in ``events`` and ``relations`` are those of the files of these names.
    """
    material = from_ledger(ledger, filters)
    if material.acts is None:
        return

    def side(id_: str) -> Actor:
        return Actor(id=id_, name=material.names.get(id_, id_), code=material.codes.get(id_))

    for network in ties_of(material.acts, resamples=0):
        for tie in network.ties:
            yield TieLine(
                source=side(tie.source), target=side(tie.target), sign=tie.sign, weight=round(tie.weight, 4),
                start=tie.start, end=tie.end,
                events=tuple(id_ for id_ in tie.evidence if id_ not in material.relations),
                relations=tuple(id_ for id_ in tie.evidence if id_ in material.relations),
            )  # fmt: skip
