"""Events that the reader passed over although a word tells them plainly (*visited*): a list by type and language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from dragoman.coding.lexicon import Lexicon, language_of, load
from dragoman.types import Happening, Span

LIST_SCORE = 0.5
"""Score of an event that the list found: there is no probability to give."""
APART = 30
"""Characters between two triggers of one type within which they tell one event."""


@lru_cache(maxsize=8)
def _lexicon(language: str) -> Lexicon | None:
    lists = load("triggers.toml").get(language)
    return Lexicon(lists, language) if lists else None


def listed(text: str, sentence: Span, language: str | None, known: Sequence[Happening]) -> Iterator[Happening]:
    """The events of a sentence that words of the list tell and that are not ``known``, without their sides, as happened."""
    lexicon = _lexicon(language_of(language))
    if lexicon is None:
        return
    longest: list[tuple[Span, str]] = []
    for found in sorted(lexicon.find(text, sentence), key=lambda f: (f.b - f.e, f.b)):
        span = (found.b, found.e)
        if len(found.labels) == 1 and not any(_near(span, other, 0) for other, _ in longest):
            longest.append((span, found.labels[0]))
    taken = [happening.trigger for happening in known]
    for span, kind in sorted(longest):
        if any(_near(span, other, 0) for other in taken):
            continue
        same = (h.trigger for h in known if h.type == kind)
        if not any(_near(span, other, APART) for other in same):
            yield Happening(trigger=span, type=kind, status="happened", arguments=(), score=LIST_SCORE)


def _near(one: Span, two: Span, apart: int) -> bool:
    return one[0] < two[1] + apart and two[0] < one[1] + apart
