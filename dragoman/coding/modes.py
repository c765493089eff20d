"""The mode of an event (how) and its contexts (about what), by the words that tell them."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from dragoman.coding.lexicon import Lexicon, language_of, load
from dragoman.coding.ontology import ontology
from dragoman.types import Span

REACH = 60
"""Characters on either side of a trigger in which words still tell its mode."""


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, dict[str, str]]]:
    return load("modes.toml")


@lru_cache(maxsize=128)
def _modes(language: str, kind: str) -> Lexicon | None:
    lists = _tables().get(language, {}).get(kind)
    return Lexicon(lists, language) if lists else None


@lru_cache(maxsize=8)
def _contexts(language: str) -> Lexicon:
    return Lexicon(load("contexts.toml")[language], language)


def mode_of(text: str, kind: str, trigger: Span, sentence: Span, language: str | None) -> str | None:
    """The mode of an event of type ``kind``: as its trigger says, else as the nearest word does that belongs to one mode.

    None where no word tells.
    """
    lexicon = _modes(language_of(language), kind)
    if lexicon is None:
        return None
    order = {mode: n for n, mode in enumerate(ontology().types[kind].modes)}
    near = max(sentence[0], trigger[0] - REACH), min(sentence[1], trigger[1] + REACH)
    found = list(lexicon.find(text, _whole_words(text, near)))
    told = [f for f in found if f.b < trigger[1] and trigger[0] < f.e]
    if not told:
        told = [f for f in found if len(f.labels) == 1]
    best = min(told, key=lambda f: (_gap((f.b, f.e), trigger), f.b - f.e), default=None)
    return min(best.labels, key=lambda mode: order.get(mode, len(order))) if best else None


def contexts_of(text: str, sentence: Span, language: str | None) -> tuple[str, ...]:
    """The contexts that the words of a sentence tell, the most told first, then in PLOVER's order."""
    counts: Counter[str] = Counter()
    for found in _contexts(language_of(language)).find(text, sentence):
        counts.update(found.labels)
    order = {context: n for n, context in enumerate(ontology().contexts)}
    return tuple(sorted(counts, key=lambda context: (-counts[context], order[context])))


def _whole_words(text: str, span: Span) -> Span:
    """The span without the pieces of words that it cuts."""
    b, e = span
    while 0 < b < e and text[b].isalnum() and text[b - 1].isalnum():
        b += 1
    while b < e < len(text) and text[e].isalnum() and text[e - 1].isalnum():
        e -= 1
    return b, e


def _gap(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)
