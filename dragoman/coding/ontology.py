"""PLOVER's types, modes and contexts, and the CAMEO codes and Goldstein scores that belong to them.

The data are facts of the PLOVER manual (draft 2.0, 2024), of the official table from CAMEO to PLOVER (2021) and of the
Goldstein scores of CAMEO codes; ``data/plover.toml`` and ``data/cameo.tsv`` name their sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from dragoman.coding.lexicon import load, read


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """A CAMEO code with its Goldstein score (-10 to 10) and the PLOVER modes and contexts that stand for it."""

    code: str
    modes: frozenset[str]
    contexts: frozenset[str]
    goldstein: float


class Type(msgspec.Struct, frozen=True, kw_only=True):
    """A PLOVER type. ``quad``: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.

    ``score`` and those of ``modes`` say how much it is conflict (-10) or cooperation (10).
    """

    name: str
    quad: int
    score: float
    modes: dict[str, float]
    codes: tuple[Code, ...]
    root: Code
    """The code of the type as such."""


class Ontology(msgspec.Struct, frozen=True):
    """All types by name, and the names of all contexts."""

    types: dict[str, Type]
    contexts: tuple[str, ...]

    def code_of(self, kind: str, mode: str | None = None, contexts: Sequence[str] = ()) -> Code | None:
        """The CAMEO code that says as much as is known and no more; None for an unknown type.

        Of the codes with the mode (without one, of those that claim none) the only one that has the most of the contexts; if
        several have them, the most general with the mode; else the type's root.
        """
        known = self.types.get(kind)
        if known is None:
            return None
        there = frozenset(contexts)
        fitting = [c for c in known.codes if (mode in c.modes if mode else not c.modes)]
        told = [c for c in fitting if c.contexts and c.contexts <= there]
        most = max((len(c.contexts) for c in told), default=0)
        surest = [c for c in told if len(c.contexts) == most]
        if len(surest) == 1:
            return surest[0]
        if mode and fitting:
            return min(fitting, key=lambda c: (len(c.contexts - there), len(c.code), c.code))
        return known.root

    def intensity(self, kind: str, mode: str | None = None) -> float | None:
        """The score of a type and mode, from -10 (conflict) to 10 (cooperation); None for an unknown type."""
        known = self.types.get(kind)
        return None if known is None else known.modes.get(mode or "", known.score)

    def quad(self, kind: str) -> int | None:
        """The quad category of a type, 1 to 4; None for an unknown type."""
        known = self.types.get(kind)
        return None if known is None else known.quad


@lru_cache(maxsize=1)
def ontology() -> Ontology:
    """The ontology that ships with the package."""
    data = load("plover.toml")
    codes: dict[str, list[Code]] = defaultdict(list)
    by_code: dict[str, Code] = {}
    for line in read("cameo.tsv").splitlines():
        if line.startswith(("#", "code\t")):
            continue
        code, kind, modes, contexts, goldstein = line.split("\t")
        row = Code(code=code, modes=frozenset(modes.split()), contexts=frozenset(contexts.split()), goldstein=float(goldstein))
        codes[kind].append(row)
        by_code[code] = row
    types = {
        name: Type(
            name=name, quad=row["quad"], score=row["score"], modes=row.get("modes", {}),
            codes=tuple(codes[name]), root=by_code[row["root"]],
        )
        for name, row in data["types"].items()
    }  # fmt: skip
    return Ontology(types, tuple(data["contexts"]))
