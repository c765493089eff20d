"""Windows: the stretches of a text that the encoder reads at once.

A text is a row of words, each of one or more pieces of the tokenizer. Windows follow paragraph bounds as far as they can, and
each repeats the end of the one before as context. Every word lies in the core of exactly one window: its labels are taken
from there. Training and reading both cut texts with this code, so the model meets what it was trained on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec
from tokenizers import Encoding, Tokenizer

from dragoman.reader.words import paragraphs_of, words_of
from dragoman.types import Span


class WindowSize(msgspec.Struct, frozen=True, kw_only=True):
    """Sizes in pieces. ``core`` + ``context`` + 2 must not be more than the encoder's positions."""

    core: int = 320
    context: int = 64


class PiecedText(msgspec.Struct, frozen=True, kw_only=True):
    """A text cut into words and pieces.

    ``words``: spans of the words. ``pieces``: for each word, the ids of its pieces (a piece that covers several words belongs
    to the first of them, and the others have none).
    """

    text: str
    words: tuple[Span, ...]
    pieces: tuple[tuple[int, ...], ...]
    paragraphs: tuple[int, ...]
    """Number of the first word of each paragraph, and the number of words at the end."""


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Words ``first`` to ``end`` of a text, of which those from ``core`` on are the window's own.

    ``ids``: piece ids, from <s> to </s>, with a </s> between paragraphs. ``heads``: for each word, the place in ``ids`` of
    its first piece.
    """

    first: int
    core: int
    end: int
    ids: tuple[int, ...]
    heads: tuple[int, ...]


class Specials(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of the special pieces."""

    bos: int = 0
    pad: int = 1
    eos: int = 2
    unk: int = 3


def marks_of(window: Window, sides: Sequence[tuple[int, int]]) -> list[int]:
    """For each piece of the window the number (of MARKS) of the side that it belongs to, 0 for none.

    ``sides`` are the source and the target, as (first, end) words of the window; an empty one marks nothing.
    """
    marks = [0] * len(window.ids)
    for number, (first, end) in enumerate(sides, 1):
        if first < end:
            stop = window.heads[end] if end < len(window.heads) else len(window.ids) - 1
            for place in range(window.heads[first], stop):
                marks[place] = number
    return marks


def piece_texts(tokenizer: Tokenizer, texts: Sequence[str]) -> list[PiecedText]:
    """Cut texts into words and pieces, paragraph by paragraph; a word without any piece gets <unk>."""
    bounds = [paragraphs_of(text) for text in texts]
    lines = [text[b:e] for text, spans in zip(texts, bounds, strict=True) for b, e in spans]
    encodings = iter(tokenizer.encode_batch(lines, add_special_tokens=False))
    return [_pieced(text, [(span, next(encodings)) for span in spans]) for text, spans in zip(texts, bounds, strict=True)]


def words_within(pieced: PiecedText, span: Span) -> range:
    """Numbers of the words that share a character with the span."""
    if span[0] >= span[1]:
        return range(0)
    first = bisect_right(pieced.words, span[0], key=lambda word: word[1])
    return range(first, max(first, bisect_left(pieced.words, span[1], key=lambda word: word[0])))


def _pieced(text: str, encoded: list[tuple[Span, Encoding]]) -> PiecedText:
    words: list[Span] = []
    pieces: list[tuple[int, ...]] = []
    starts = []
    for (begin, end), encoding in encoded:
        starts.append(len(words))
        inside = words_of(text, begin, end)
        words.extend(inside)
        pieces.extend(_pieces_of_words(inside, encoding, text, begin))
    return PiecedText(text=text, words=tuple(words), pieces=tuple(pieces), paragraphs=(*starts, len(words)))


def _pieces_of_words(words: list[Span], encoding: Encoding, text: str, begin: int) -> list[tuple[int, ...]]:
    """Hand each piece to the word in which its first visible character lies."""
    if not words:
        return []
    ends = [e - begin for _, e in words]
    owned: list[list[int]] = [[] for _ in words]
    pending: list[int] = []
    for piece, (b, e) in zip(encoding.ids, encoding.offsets, strict=True):
        while b < e and text[begin + b].isspace():
            b += 1
        if b == e:  # the bare word-start piece: it opens the next word
            pending.append(piece)
            continue
        word = min(bisect_left(ends, b + 1), len(words) - 1)
        owned[word].extend([*pending, piece])
        pending.clear()
    return [tuple(ids) for ids in owned]


_SENTENCE_END = re.compile(r"[.!?…؟۔。]")


def cut_windows(pieced: PiecedText, size: WindowSize, specials: Specials) -> list[Window]:
    """Windows whose cores cover all words once, in order; an empty list for a text without words."""
    costs = [max(1, len(ids)) for ids in pieced.pieces]
    windows = []
    core = 0
    for end in _core_ends(pieced, costs, size.core):
        first = core
        room = size.context
        while first > 0 and costs[first - 1] < room:
            first -= 1
            room -= costs[first]
        windows.append(_window(pieced, first, core, end, specials))
        core = end
    return windows


def _core_ends(pieced: PiecedText, costs: list[int], room: int) -> list[int]:
    """Where cores end: at paragraph bounds where possible, else after a sentence, else anywhere."""
    ends: list[int] = []
    begin, spent = 0, 0
    for start, stop in zip(pieced.paragraphs, pieced.paragraphs[1:], strict=False):
        cost = 1 + sum(costs[start:stop])
        if spent and spent + cost > room:
            ends.append(start)
            begin, spent = start, 0
        if cost <= room:
            spent += cost
            continue
        for end in _cuts_inside(pieced, costs, start, stop, room):
            ends.append(end)
            begin = end
        spent = sum(costs[begin:stop])
    if begin < len(pieced.words):
        ends.append(len(pieced.words))
    return ends


def _cuts_inside(pieced: PiecedText, costs: list[int], start: int, stop: int, room: int) -> list[int]:
    """Cuts of one paragraph that is longer than a window: after the last sentence end in the second half, or at the limit."""
    cuts = []
    begin, spent, best = start, 1, 0
    for k in range(start, stop):
        if spent + costs[k] > room:
            cut = best if best > begin else k
            cuts.append(cut)
            begin, spent, best = cut, 1 + sum(costs[cut:k]), 0
        spent += costs[k]
        b, e = pieced.words[k]
        if spent > room // 2 and e - b == 1 and _SENTENCE_END.match(pieced.text, b):
            best = k + 1
    return cuts


def _window(pieced: PiecedText, first: int, core: int, end: int, specials: Specials) -> Window:
    starts = set(pieced.paragraphs)
    ids = [specials.bos]
    heads = []
    for k in range(first, end):
        if k in starts and k > first:
            ids.append(specials.eos)
        own = pieced.pieces[k]
        if own:
            heads.append(len(ids))
            ids.extend(own)
        elif k > first and k not in starts:  # shares a piece with the word before
            heads.append(len(ids) - 1)
        else:
            heads.append(len(ids))
            ids.append(specials.unk)
    ids.append(specials.eos)
    return Window(first=first, core=core, end=end, ids=tuple(ids), heads=tuple(heads))
