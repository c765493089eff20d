"""Names and framing: how each outlet words the same actor or the same event. Counts with links, and no judgement."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from dragoman.types import Span, Wording

LINKS = 3
"""Places that are kept of each wording: the first."""
_OPENING = re.compile(r"(?:the|a|an|le|la|les|l['’])\s+|^ال(?=\S{3})", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")


class Worded(NamedTuple):
    """One place where an article words an actor or incident."""

    of: str
    name: str
    outlet: str | None
    words: str
    article: str
    span: Span


def wordings(places: Iterable[Worded], *, least: int = 1) -> tuple[Wording, ...]:
    """How often each outlet words each actor or incident how; what is worded most first, then by outlet and frequency.

    Case, articles and possessives make no difference. ``least``: forms that an outlet uses less often are left out. What is
    worded in one way alone, by all, is left out too: there is nothing to compare.
    """
    found: dict[str, dict[tuple[str | None, str], list[Worded]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        found[place.of][place.outlet, form_of(place.words)].append(place)
    compared = [forms for forms in found.values() if len({form for _, form in forms}) > 1]
    compared.sort(key=lambda forms: (-sum(map(len, forms.values())), min(same[0].of for same in forms.values())))
    return tuple(
        Wording(
            of=same[0].of, name=same[0].name, outlet=outlet, form=same[0].words, count=len(same),
            links=tuple((place.article, place.span) for place in same[:LINKS]),
        )
        for forms in compared
        for (outlet, _), same in sorted(forms.items(), key=lambda item: (item[0][0] or "", -len(item[1]), item[0][1]))
        if len(same) >= least
    )  # fmt: skip


def form_of(words: str) -> str:
    """Words as they are compared: in lower case, without an opening article and a possessive."""
    return _POSSESSIVE.sub("", _OPENING.sub("", " ".join(words.split()), count=1)).casefold()
