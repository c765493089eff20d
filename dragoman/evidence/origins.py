"""Corroboration: how many independent origins stand behind the tellings of one thing, and who they are.

Whose word a telling is, is told by the inner end of its chain. Tellings count once that go back to one source: the same person
or organisation, officials of one government, articles that hold the same copied passage. Whoever has no name is not counted:
an anonymous source may be somebody new, or the same as any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from dragoman.types import Actor, Origin, Reuse, Span, Telling

ONE_VOICE = frozenset(("GOV", "MIL", "COP", "SPY", "JUD"))
"""Sectors of PLOVER that speak for a state: their people are officials of it."""
COPIES = frozenset(("copy", "translation"))
"""Bases of reuse that make two passages one: not quotations, whose speaker is the origin anyway."""
NOBODY = "["
"""How a name begins that stands for nobody in particular."""


def origins_of(tellings: Sequence[Telling], reuse: Iterable[Reuse] = ()) -> tuple[Origin, ...]:
    """The origins behind tellings of one thing, those that are known first.

    ``reuse`` holds what their articles have in common; where both tellings stand in a copied passage they have one origin.
    """
    groups = _Groups(len(tellings))
    first: dict[str, int] = {}
    for k, telling in enumerate(tellings):
        groups.join(first.setdefault(_source(telling).key, k), k)
    copies = _copies(tellings, reuse)
    for one, other in copies:
        groups.join(one, other)
    copied = {k for pair in copies for k in pair}
    found = [_origin([tellings[k] for k in members], copied=bool(copied & set(members))) for members in groups.all()]
    return tuple(sorted(found, key=lambda origin: (not origin.known, origin.articles, origin.name)))


def count_known(origins: Iterable[Origin]) -> int:
    """How many independent origins are known: what corroboration counts."""
    return sum(origin.known for origin in origins)


class _Source(NamedTuple):
    """Whose word a telling is: what is the same for all its tellings, whether it has a name, and the name to show."""

    key: str
    known: bool
    name: str


def _source(telling: Telling) -> _Source:
    actor = telling.actor
    if actor is None or telling.source_kind == "author":
        outlet = telling.outlet
        if outlet and not outlet.startswith(NOBODY):
            return _Source(f"outlet {outlet.casefold()}", True, outlet)
        return _Source(f"article {telling.article}", False, "an unnamed outlet")
    if telling.source_kind == "anonymous" or actor.name.startswith(NOBODY):
        return _Source(f"{telling.article} {actor.id}", False, actor.name.strip("[]"))
    if telling.source_kind == "media":
        return _Source(f"outlet {actor.name.casefold()}", True, actor.name)
    state = _state(actor)
    return _Source(f"state {state}" if state else f"actor {actor.id}", True, actor.name)


def _state(actor: Actor) -> str | None:
    """The state for which an actor speaks: a state itself, or anybody of its government and forces."""
    country, _, sector = (actor.code or "").partition(" ")
    if len(country) != 3 or country in INTERNATIONAL:
        return None
    return country if not sector or sector.split()[0] in ONE_VOICE else None


INTERNATIONAL = frozenset(("IGO", "IMG", "NGO", "MNC", "ISM", "JRN", "GOV", "MIL", "REB", "UNK", "CVL", "REL"))
"""Codes of three letters that are no state's."""


def _copies(tellings: Sequence[Telling], reuse: Iterable[Reuse]) -> list[tuple[int, int]]:
    """Pairs of tellings that stand in two copies of one passage."""
    passages: dict[tuple[str, str], list[tuple[Span, Span]]] = defaultdict(list)
    for found in reuse:
        if found.basis in COPIES:
            passages[found.a.article, found.b.article].append(((found.a.b, found.a.e), (found.b.b, found.b.e)))
    pairs = []
    for (i, one), (j, other) in combinations(enumerate(tellings), 2):
        there = passages.get((one.article, other.article), ())
        back = [(b, a) for a, b in passages.get((other.article, one.article), ())]
        if any(_overlaps(one.span, a) and _overlaps(other.span, b) for a, b in (*there, *back)):
            pairs.append((i, j))
    return pairs


def _overlaps(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _origin(tellings: Sequence[Telling], *, copied: bool) -> Origin:
    sources = [_source(telling) for telling in tellings]
    known = [source for source in sources if source.known]
    names = sorted({source.name for source in known or sources})
    why = []
    if len(tellings) > 1 and copied:
        why.append("copies of one text")
    if len(names) > len({source.key for source in known}) > 0:
        why.append("officials of one state")
    if not known:
        why.append("nobody is named")
    return Origin(
        name=", ".join(names),
        known=bool(known),
        articles=tuple(sorted({telling.article for telling in tellings})),
        records=tuple(sorted(telling.record for telling in tellings)),
        why=tuple(why),
    )


class _Groups:
    """Numbers that are joined into groups."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def _top(self, k: int) -> int:
        while self._above[k] != k:
            self._above[k] = self._above[self._above[k]]
            k = self._above[k]
        return k

    def join(self, one: int, other: int) -> None:
        one, other = sorted((self._top(one), self._top(other)))
        self._above[other] = one

    def all(self) -> list[list[int]]:
        groups: dict[int, list[int]] = defaultdict(list)
        for k in range(len(self._above)):
            groups[self._top(k)].append(k)
        return list(groups.values())
