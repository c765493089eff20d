"""The words of a text as numbers: where each begins and ends, and a key that is the same for all its spellings.

Case, vowel signs, letter variants, digits of other scripts and every mark that is no letter or digit are folded away, so that
curly quotes, a dropped accent or a moved comma are no difference. All of it is done on arrays: a text costs a few operations,
whatever its length.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.types import Span

Keys = NDArray[np.uint64]
"""Keys of words, or hashes of shingles: (words,)"""

_CODES = 0x10000
"""Code points that are folded; those beyond (emoji, rare scripts) part words."""
_DROPPED = 1 << 17
_ALONE = 1 << 18
"""Added to the code of a sign that is a word of its own: Chinese and Japanese put no spaces between words."""
_KANA, _IDEOGRAPHS, _HANGUL = (0x3040, 0x3100), (0x3400, 0xA000), (0xAC00, 0xD7A4)
_LONGEST = 64
"""Letters of a word that count toward its key."""
_PRIME = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
# Letters of one sound that writers and keyboards exchange.
_VARIANTS = str.maketrans("أإآٱىیئؤةۀکёı", "اااايييوههكеi")
_MARKS = ((0x0591, 0x05C8), (0x0610, 0x061B), (0x0640, 0x0641), (0x064B, 0x0660), (0x0670, 0x0671), (0x06D6, 0x06ED))
SENTENCE_END = re.compile(r"[.!?…؟。۔\n]")
"""What may end a sentence or a paragraph."""
_QUOTATION = re.compile(r"[“„«‹「『]|[”»›」』]|\"|''|\n\n")
# Careless typing mixes curly and straight marks.
_CLOSING = {"“": '”"', "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", '"': '"”', "''": "''"}
_STRAIGHT = ('"', "''")


class Words(NamedTuple):
    """The words of a text: ``b`` and ``e`` are offsets into it, ``keys`` their keys; all (words,)."""

    b: NDArray[np.int64]
    e: NDArray[np.int64]
    keys: Keys

    def span(self, first: int, last: int) -> Span:
        """The piece of the text from word ``first`` up to, not including, word ``last``."""
        return int(self.b[first]), int(self.e[last - 1])


def words_of(text: str) -> Words:
    """The words of ``text`` in order."""
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = _folded().take(letters, mode="clip")
    kept = None
    if (dropped := codes == _DROPPED).any():
        kept = np.flatnonzero(~dropped)
        codes = codes[kept]
    inside = codes != 0
    if not inside.any():
        nothing = np.zeros(0, dtype=np.int64)
        return Words(nothing, nothing, nothing.astype(np.uint64))
    alone = codes >= _ALONE
    after = np.concatenate(([False], inside[:-1] & ~alone[:-1]))  # does this letter follow one that it could go on with?
    starts = inside & (~after | alone)
    positions = np.flatnonzero(inside)
    firsts = np.flatnonzero(starts[positions])  # of each word, its place among the letters
    b = positions[firsts]
    lengths = np.diff(np.append(firsts, len(positions)))
    e = b + lengths
    place = np.arange(len(positions)) - np.repeat(firsts, lengths)
    values = codes[positions].astype(np.uint64) * _powers().take(place, mode="clip")
    keys = mixed(np.add.reduceat(values, firsts))
    if kept is not None:
        b, e = kept[b], kept[e - 1] + 1
    return Words(b, e, keys)


def mixed(values: Keys) -> Keys:
    """``values`` scattered evenly over 64 bits (splitmix64, Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def is_bound(text: str, words: Words, n: int) -> bool:
    """Whether a sentence or paragraph may end before word ``n``: at the ends of the text, at a stop, at a line end."""
    if n <= 0 or n >= len(words.b):
        return True
    return SENTENCE_END.search(text, int(words.e[n - 1]), int(words.b[n])) is not None


def quotations(text: str) -> list[Span]:
    """What stands between quotation marks, in order. A paragraph that opens one and does not close it is quoted to its end."""
    found: list[Span] = []
    opened: tuple[int, str] | None = None
    for mark in _QUOTATION.finditer(text):
        sign = mark[0]
        if opened is None:
            opened = (mark.end(), sign) if sign in _CLOSING else None
        elif sign == "\n\n" or sign in _CLOSING[opened[1]]:
            # A single straight mark may be anything: it has to close.
            if sign != "\n\n" or opened[1] not in _STRAIGHT:
                found.append((opened[0], mark.start()))
            opened = None
    if opened is not None and opened[1] not in _STRAIGHT:
        found.append((opened[0], len(text)))
    return found


def covered(spans: Iterable[Span], parts: Iterable[Span]) -> float:
    """The share of ``spans``, which lie apart, that lies in ``parts``, which may overlap each other."""
    apart: list[list[int]] = []
    for b, e in sorted(parts):
        if apart and b <= apart[-1][1]:
            apart[-1][1] = max(apart[-1][1], e)
        else:
            apart.append([b, e])
    total = inside = 0
    for b, e in spans:
        total += e - b
        for begin, end in apart[max(0, bisect_right(apart, [b]) - 1) :]:
            if begin >= e:
                break
            inside += max(0, min(end, e) - max(begin, b))
    return inside / total if total else 0.0


@cache
def _folded() -> NDArray[np.uint32]:
    """For each code point what it counts as: 0 where it is no part of a word. The last entry stands for all beyond."""
    table = np.zeros(_CODES + 1, dtype=np.uint32)
    for begin, end in ((0, 0x3400), (0xA000, 0xAC00), (0xF900, _CODES)):
        table[begin:end] = [_fold(code) for code in range(begin, end)]
    for (begin, end), added in ((_IDEOGRAPHS, _ALONE), (_HANGUL, 0)):
        table[begin:end] = np.arange(begin, end, dtype=np.uint32) | added
    table.setflags(write=False)
    return table


def _fold(code: int) -> int:
    sign = chr(code)
    if any(b <= code < e for b, e in _MARKS) or unicodedata.category(sign) in ("Mn", "Cf"):
        return _DROPPED
    if not sign.isalnum():
        return 0
    plain = unicodedata.normalize("NFKD", sign).translate(_VARIANTS).casefold()
    base = next((part for part in plain if part.isalnum()), sign)
    digit = unicodedata.digit(base, None)
    value = ord(base if digit is None else str(digit))
    return value | _ALONE if _KANA[0] <= code < _KANA[1] else value


@cache
def _powers() -> Keys:
    power, powers = 1, []
    for _ in range(_LONGEST):
        power = power * _PRIME & _MASK
        powers.append(power)
    return np.array(powers, dtype=np.uint64)
