"""The actors of one article: by the words that name them."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.types import Actor, Span

SECTORS = frozenset(
    {
        *("GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP", "REB", "PTY", "JRN", "MED", "CVL", "BUS", "EDU", "ELI", "LAB"),
        *("AGR", "REF", "HLH", "UAF", "PRM", "CRM", "REL", "HRI", "ENV", "DEV", "SET"),
    }
)
"""Codes that name a sector of no state in particular."""


class Cast:
    """Actors by span, as they were resolved, and by the words of those spans where all agree."""

    def __init__(self, text: str, actors: Mapping[Span, Actor]) -> None:
        self._by_span = actors
        self._by_words: dict[str, Actor | None] = {}
        for (b, e), actor in actors.items():
            words = text[b:e].casefold()
            if self._by_words.setdefault(words, actor) != actor:
                self._by_words[words] = None

    def at(self, span: Span) -> Actor | None:
        """The actor that the words at ``span`` name, known or not."""
        return self._by_span.get(span)

    def known(self, name: str, *spans: Span) -> Actor | None:
        """The actor with a code that has this name in the article, or stands at one of the spans; officials of no state are
        not known.
        """
        found = (self._by_words.get(name.casefold()), *map(self.at, spans))
        return next((actor for actor in found if actor is not None and actor.code and actor.code not in SECTORS), None)
