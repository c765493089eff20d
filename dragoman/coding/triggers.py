"""What word lists know of triggers, by type and language: events that the reader passed over although a word tells them plainly
(*visited*), and the types that a word may have at all (*hailed* is never ACCUSE).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from dragoman.coding.lexicon import Lexicon, language_of, load, read
from dragoman.types import Happening, Span

LIST_SCORE = 0.5
"""Score of an event that the list found: there is no probability to give."""
APART = 30
"""Characters between two triggers of one type within which they tell one event."""


BEHIND = 40
"""Characters behind a trigger that a phrase which begins in it may take in (*pulled* / *out of*)."""


@lru_cache(maxsize=8)
def _plain(language: str) -> Lexicon | None:
    lists = load("triggers.toml").get(language)
    return Lexicon(lists, language) if lists else None


@lru_cache(maxsize=8)
def _possible(language: str) -> Lexicon:
    """The words of ``data/types``: below the name of each type, one a line."""
    lists: dict[str, list[str]] = {}
    for line in read(f"types/{language}.txt").splitlines():
        if line.startswith("["):
            entries = lists.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            entries.append(line)
    return Lexicon({kind: "|".join(words) for kind, words in lists.items()}, language)


def types_of(text: str, trigger: Span, sentence: Span, language: str | None) -> frozenset[str]:
    """The types that a trigger's words may tell; none if the list does not know them. A phrase counts before its words, and
    what all words that are known may tell before what one of them may.
    """
    lexicon = _possible(language_of(language))
    found = list(lexicon.find(text, (trigger[0], min(trigger[1] + BEHIND, sentence[1])), before=trigger[1]))
    phrases = {f.labels for f in found if " " in text[f.b : f.e]}
    known = [frozenset(labels) for labels in phrases or {f.labels for f in found}]
    if not known:
        return frozenset()
    return frozenset.intersection(*known) or frozenset.union(*known)


def listed(text: str, sentence: Span, language: str | None, known: Sequence[Happening]) -> Iterator[Happening]:
    """The events of a sentence that words of the list tell and that are not ``known``, without their sides, as happened."""
    lexicon = _plain(language_of(language))
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
