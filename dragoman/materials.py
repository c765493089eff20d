"""What a network is made of: the acts in a ledger or in event tables, or the ties of an edge list, and who the actors are.

The stages meet here: ``ledger`` and ``exchange`` give, ``network`` takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import UsageError
from dragoman.exchange.event_tables import (
    LEVELS,
    Codes,
    Format,
    Level,
    ListedTie,
    Rejected,
    read_columns,
    read_edges,
)
from dragoman.network import Act, ActTable, Edge, Weights
from dragoman.network.ties import Baseline
from dragoman.types import Actor, Article, Event, Participant, Relation, RelationStatus, Span, Status

if TYPE_CHECKING:
    from dragoman.ledger import Filters, Ledger

_STATUS_OF: Mapping[RelationStatus, Status] = {
    "stated": "happened",
    "negated": "happened",  # its sign says that already
    "past": "historical",
    "proposed": "planned",
    "predicted": "possible",
    "conditional": "hypothetical",
}
USUAL_FROM = 1000
"""Acts from which on an event table tells what is usual in it."""
_SIGN_OF = {"opposes": -1, "hostile": -1}
"""The sign in which a kind of relation has its weight; 1 for all others."""


class Corroborated(NamedTuple):
    """The incident that an event is told of, and how many independent origins are known to tell of it."""

    incident: str
    origins: int


@dataclass(frozen=True, eq=False)
class Material:
    """Acts, or edges where somebody else has made ties of them, with the names and codes of the actors by id.

    ``rows`` were looked at. ``rejected`` of them could not be read: ``reasons`` has the first of these. ``passed`` counts, by
    why, those that are sound and say nothing of a tie. ``told`` has the words under a piece of evidence, where they are known:
    a row of a table has none. ``relations`` are the pieces of evidence that are stated relations, not events. ``baseline`` is
    that of ``ties_of`` which suits the material: large event tables report far more cooperation than conflict.
    """

    acts: ActTable | None
    edges: tuple[Edge, ...]
    names: Mapping[str, str]
    codes: Mapping[str, str | None]
    rows: int
    rejected: int = 0
    reasons: tuple[Rejected, ...] = ()
    passed: Mapping[str, int] | None = None
    told: Mapping[str, str] | None = None
    relations: frozenset[str] = frozenset()
    baseline: Baseline = "zero"


def from_tables(
    paths: Iterable[Path | str], *, by: Level = "country", format_: Format | None = None, since: str | None = None,
    until: str | None = None, progress: Callable[[int], None] | None = None,
) -> Material:  # fmt: skip
    """The acts of event tables; see ``read_columns``. Evidence is ``table#line``, an actor's id what the table calls it."""
    read = read_columns(paths, by=by, format_=format_, since=since, until=until, progress=progress)
    acts = ActTable(
        actors=read.names, kinds=read.types, source=read.source, target=read.target, kind=read.type, start=read.day,
        end=read.day, evidence=read.evidence,
    )  # fmt: skip
    known = Codes.shipped().names
    passed = {"outside the dates": read.outside, "without a PLOVER type": read.untyped, "without two actors": read.unpaired}
    return Material(
        acts=acts, edges=(), names={name: known.get(name, name) for name in read.names},
        codes={name: name if by != "actor" or name in known else None for name in read.names},
        rows=read.rows, rejected=read.rejected, reasons=read.reasons, passed=passed,
        baseline="usual" if len(acts) >= USUAL_FROM else "zero",
    )  # fmt: skip


def from_edges(path: Path | str) -> Material:
    """The ties of a signed edge list; an actor's id is its name there."""
    edges, rejected = [], []
    for found in read_edges(path):
        if isinstance(found, ListedTie):
            evidence = f"{found.table}#{found.line}"
            edges.append(
                Edge(a=found.a, b=found.b, sign=found.sign, weight=found.weight, window=found.window, evidence=evidence)
            )
        else:
            rejected.append(found)
    names = {name: name for edge in edges for name in (edge.a, edge.b)}
    return Material(
        acts=None, edges=tuple(edges), names=names, codes=dict.fromkeys(names), rows=len(edges) + len(rejected),
        rejected=len(rejected), reasons=tuple(rejected),
    )  # fmt: skip


def from_ledger(
    ledger: Ledger, filters: Filters | None = None, *, by: Level = "actor", weights: Weights | None = None,
    incidents: Mapping[str, Corroborated] | None = None,
) -> Material:  # fmt: skip
    """The acts that the articles of a ledger tell: its events and its relations. Evidence is the id of either.

    Each of several actors acts on each of several recipients; in a meeting without recipients each meets each. What has no
    date of its own has that of its article. ``by`` says what an actor is, as in ``read_columns``. ``incidents`` says by event
    which of them are one, and of how many independent origins; an event that is not in it is an incident of its own. None:
    as the ledger has them.
    """
    from dragoman.ledger import Filters
    from dragoman.pipeline import with_articles

    if by not in LEVELS:
        raise UsageError(f"expected actors by one of {', '.join(LEVELS)}; found {by!r}")
    filters = filters or Filters()
    weights = weights or Weights.shipped()
    corroborated = _corroborated(ledger) if incidents is None else incidents
    cast = _Cast(by)
    passed = {"without two actors": 0, "without a weight": 0, "told as events already": 0}
    acts: list[Act] = []
    told: dict[str, str] = {}
    stated: set[str] = set()
    rows = 0
    for article, event in with_articles(ledger, ledger.events(filters)):
        rows += 1
        incident = corroborated.get(event.id) or Corroborated(event.id, 1)
        found = list(_acts_of_event(article, event, incident, cast))
        if found:
            told[event.id] = _words(article, event.sentence)
        acts += found
        passed["without two actors"] += not found
    for article, relation in with_articles(ledger, ledger.relations(filters)):
        rows += 1
        if relation.basis == "event":
            passed["told as events already"] += 1
        elif relation.kind not in weights.kinds:
            passed["without a weight"] += 1
        elif (act := _act_of_relation(article, relation, cast, weights)) is not None:
            acts.append(act)
            told[relation.id] = _words(article, relation.span)
            stated.add(relation.id)
        else:
            passed["without two actors"] += 1
    return Material(
        acts=ActTable.of(acts), edges=(), names=cast.names, codes=cast.codes, rows=rows, passed=passed, told=told,
        relations=frozenset(stated),
    )  # fmt: skip


def _corroborated(ledger: Ledger) -> dict[str, Corroborated]:
    """The events that are told more than once."""
    from dragoman.evidence.origins import count_known
    from dragoman.findings import found_incident

    found: dict[str, Corroborated] = {}
    for incident in ledger.incidents():
        if len(incident.events) > 1:
            origins = max(1, count_known(found_incident(ledger, incident).origins))
            found.update(dict.fromkeys(incident.events, Corroborated(incident.id, origins)))
    return found


class _Cast:
    """The actors by the ids that the network knows them by."""

    def __init__(self, by: Level) -> None:
        self._by = by
        self._states = Codes.shipped().names
        self.names: dict[str, str] = {}
        self.codes: dict[str, str | None] = {}

    def id_of(self, actor: Actor) -> str | None:
        """The actor's id, None for one that is none by the way in which actors are told apart."""
        code = actor.code
        if self._by == "actor":
            return self._take(actor.id, actor.name, code)
        country = code.split()[0] if code else ""
        if self._by == "code":
            return self._take(code, self._states.get(code, code), code) if code else None
        return self._take(country, self._states[country], country) if country in self._states else None

    def _take(self, id_: str, name: str, code: str | None) -> str:
        self.names.setdefault(id_, name)
        if self.codes.get(id_) is None:
            self.codes[id_] = code
        return id_


def _acts_of_event(article: Article, event: Event, incident: Corroborated, cast: _Cast) -> Iterator[Act]:
    start, end = (event.date.start, event.date.end) if event.date else (None, None)
    if start is None and end is None:
        start = end = article.date
    actors, recipients = _ids(event.actors, cast), _ids(event.recipients, cast)
    # Each pair of those who meet stands twice here: the second half of the permutations says nothing new.
    pairs = product(actors, recipients) if recipients else (pair for pair in permutations(actors, 2) if pair[0] < pair[1])
    for source, target in pairs:
        if source != target:
            yield Act(
                source=source, target=target, kind=event.type, evidence=event.id, start=start, end=end, status=event.status,
                incident=incident.incident, corroboration=incident.origins,
            )  # fmt: skip


def _words(article: Article, span: Span) -> str:
    """Who tells it, when, and the words."""
    head = " · ".join(filter(None, (article.date, article.outlet)))
    return f"{head}: {article.text[slice(*span)]}" if head else article.text[slice(*span)]


def _ids(sides: Iterable[Participant], cast: _Cast) -> list[str]:
    return list(dict.fromkeys(id_ for side in sides if (id_ := cast.id_of(side.actor)) is not None))


def _act_of_relation(article: Article, relation: Relation, cast: _Cast, weights: Weights) -> Act | None:
    source, target = cast.id_of(relation.source), cast.id_of(relation.target)
    if source is None or target is None or source == target:
        return None
    turned = relation.sign == -_SIGN_OF.get(relation.kind, 1)
    return Act(
        source=source, target=target, kind=relation.kind, evidence=relation.id, start=article.date, end=article.date,
        status=_STATUS_OF[relation.status], weight=-weights.kinds[relation.kind] if turned else None,
    )  # fmt: skip
