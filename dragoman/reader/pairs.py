"""Where a pair of spans that is asked for is read: a window with the two sides marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dragoman.reader.sentences import sentences_of
from dragoman.reader.windows import PiecedText, Window, words_within
from dragoman.types import Span

Pair = tuple[Span, Span]


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a text in which its pair ``number`` is read, and the pair's spans in it."""

    number: int
    text: str
    pair: Pair


def excerpts_of(text: str, language: str | None, pairs: Iterable[Pair]) -> Iterator[Excerpt]:
    """The sentences from the first side's to the last's, for each pair of a text that is longer than a window.

    A side that is not known is an empty span; if both are, the pair is read in the first sentence.
    """
    sentences = sentences_of(text, language) or ((0, len(text)),)
    for number, pair in enumerate(pairs):
        there = [side for side in pair if side[0] < side[1]] or [(0, 1)]
        first, last = min(b for b, _ in there), max(e for _, e in there)
        b = max((b for b, _ in sentences if b <= first), default=0)
        e = min((e for _, e in sentences if e >= last), default=len(text))
        shifted = [(side[0] - b, side[1] - b) if side[0] < side[1] else (0, 0) for side in pair]
        yield Excerpt(number=number, text=text[b:e], pair=(shifted[0], shifted[1]))


def marked_window(
    pieced: PiecedText, windows: Sequence[Window], pair: Pair
) -> tuple[Window, tuple[tuple[int, int], tuple[int, int]]] | None:
    """The window whose core holds the later side, and the sides as words of it: (0, 0) for one that is not there.

    None if the text has no words.
    """
    sides = [words_within(pieced, side) for side in pair]
    later = max((side.start for side in sides if side), default=0)
    window = next((w for w in windows if w.core <= later < w.end), None)
    if window is None:
        return None
    places = [(max(0, side.start - window.first), max(0, side.stop - window.first)) for side in sides]
    return window, (places[0], places[1])
