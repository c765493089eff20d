"""What an article has told so far, and whom a pronoun or `the group` most likely means."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from dragoman.types import Actor

REACH = 8
"""A pronoun looks back over so many sentences, its own included."""
FRONT, PARALLEL = 0.6, 1.5
"""What it counts for an actor, in sentences, to open one; the same for a pronoun that itself opens one."""
PLURAL = frozenset(("people", "party", "armed group", "bloc", "alliance", "international", "military", "organisation", "group"))
FITTING: dict[str, Callable[[Told], bool]] = {
    "he": lambda told: told.kind == "person" and told.sex != "f",
    "she": lambda told: told.kind == "person" and told.sex != "m",
    "it": lambda told: told.kind not in ("person", "people", "bloc"),
    "they": lambda told: told.kind in PLURAL or told.kind == "state",
    "his": lambda told: told.kind == "person" and told.sex != "f",
    "group": lambda told: told.kind in ("party", "armed group", "organisation", "group", "alliance", "international"),
    "state": lambda told: told.kind == "state",
}
"""Which actors a pronoun or noun of a kind may mean."""


class Told(NamedTuple):
    """An actor that stands in the text at ``b`` to ``e``; ``sex`` is m, f or empty where it is not known."""

    b: int
    e: int
    sentence: int
    opens: bool
    actor: Actor
    kind: str
    sex: str = ""
    title: str = ""


class Memory:
    """The actors told, in the order of the text."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.count: Counter[str] = Counter()

    def add(self, told: Told) -> None:
        """Remember one; those of one article must come in order."""
        self.told.append(told)
        self.count[told.actor.id] += 1

    def nearest(
        self, kind: str, sentence: int, *, reach: int = REACH, country: str | None = None, opens: bool = False
    ) -> Told | None:
        """Whom a pronoun or noun of ``kind`` in this sentence means: near, in front of its sentence, much told of.

        One that ``opens`` its sentence most likely means who opened the one before.
        """
        fits = FITTING[kind]
        best: Told | None = None
        best_score = -math.inf
        for told in reversed(self.told):
            distance = sentence - told.sentence
            if distance >= reach:
                break
            if not fits(told) or (country and not (told.actor.code or "").startswith(country)):
                continue
            often = 0.0 if kind == "state" else 0.3 * math.log(self.count[told.actor.id])
            score = -distance + (PARALLEL if opens else FRONT) * told.opens + often
            if score > best_score:
                best, best_score = told, score
        return best

    def just_before(self, offset: int) -> Told | None:
        """The actor told right before ``offset``: whom `who` or `which` means."""
        for told in reversed(self.told[-4:]):
            if 0 <= offset - told.e <= 3:
                return told
        return None

    def last_titled(self, title: str) -> Told | None:
        """The person who was last told with this title."""
        return next((told for told in reversed(self.told) if told.title == title), None)
