"""Who is who in one article: each actor with its kind, offices and members, and the words that name it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import msgspec

from dragoman.actors.gazetteer import Entry, Gazetteer
from dragoman.types import Actor, ActorRole, CastMember, Naming, Span

NAMES = frozenset(("name", "surname", "short form", "spelling", "pattern", "provisional"))
"""What a name may rest on; see ``resolver.Basis``."""
ARTICLE = len("the ")
"""A run may begin so much earlier than a mention of the same: with its article."""
FORMS = {"adjective": "adjective", "seat": "seat"} | dict.fromkeys(NAMES, "name")


class Casting:
    """Collects the actors of one article, written on ``date``."""

    def __init__(self, gazetteer: Gazetteer, date: str | None) -> None:
        self._gazetteer = gazetteer
        self._date = date
        self._kinds: dict[str, tuple[Actor, str]] = {}
        self._runs: dict[Span, Naming] = {}
        self._spans: dict[Span, Naming] = {}

    def add(self, span: Span, actor: Actor, kind: str, basis: str, *, run: bool) -> None:
        """Take the actor that the words at ``span`` name; ``run`` says that they are a run of known names."""
        self._kinds.setdefault(actor.id, (actor, kind))
        naming = Naming(span=span, actor=actor, form=FORMS.get(basis, "reference"))  # type: ignore[arg-type]
        (self._runs if run else self._spans)[span] = naming

    def members(self) -> tuple[CastMember, ...]:
        """The actors in the order in which the article first names them."""
        by_actor: dict[str, list[Naming]] = {}
        for naming in sorted(self._namings(), key=lambda naming: naming.span):
            by_actor.setdefault(naming.actor.id, []).append(naming)
        return tuple(self._member(key, tuple(namings)) for key, namings in by_actor.items())

    def _namings(self) -> list[Naming]:
        """One naming for each piece of text: the longest, unless it joins several actors."""
        runs = sorted(self._runs)
        begins = [b for b, _ in runs]
        taken: set[Span] = set()
        found: list[Naming] = []
        for (b, e), naming in self._spans.items():
            touched = [run for run in runs[max(0, bisect_left(begins, b) - 1) : bisect_right(begins, e - 1)] if run[1] > b]
            inside = all(b <= run[0] + ARTICLE and run[1] <= e for run in touched)
            if inside and len({self._runs[run].actor.id for run in touched}) <= 1 and not taken.intersection(touched):
                taken.update(touched)
                found.append(naming)
        return _apart([*found, *(naming for span, naming in self._runs.items() if span not in taken)])

    def _member(self, key: str, namings: tuple[Naming, ...]) -> CastMember:
        actor, kind = self._kinds[key]
        namings = tuple(msgspec.structs.replace(naming, actor=actor) for naming in namings)
        entry = self._gazetteer.entry_with(key)
        return CastMember(
            actor=actor,
            kind=kind,
            roles=_roles(entry) if entry else (),
            members=self._gazetteer.members(entry, self._date) if entry else (),
            namings=namings,
        )


def _roles(entry: Entry) -> tuple[ActorRole, ...]:
    return tuple(ActorRole(title=o.title, of=o.of, start=o.start or None, end=o.end or None) for o in entry.offices)


def _apart(namings: list[Naming]) -> list[Naming]:
    """The namings without those that lie in or cut a longer one."""
    kept: list[Naming] = []
    for naming in sorted(namings, key=lambda n: (n.span[0], -n.span[1])):
        if not kept or naming.span[0] >= kept[-1].span[1]:
            kept.append(naming)
    return kept
