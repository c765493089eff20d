"""Shingles, the runs of four words of a text, and the third of them by which texts that share some are found.

Which shingles are sampled depends on nothing but their words (the hash is divisible by ``SAMPLE``), so that whatever two texts
share is sampled in both (Broder's sketches "modulo m", 1997). Unlike a min-hash of fixed size, it also finds a sentence within
a long article. Of a passage with a tenth of its words changed two thirds of the shingles are left.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.evidence.passages import Keys, mixed

WIDTH = 4
"""Words of a shingle."""
SAMPLE = 3
"""One shingle in so many is kept."""
BITS = 47
"""Bits of a kept hash: positive, and short in the ledger; of ten million one in 10^7 meets another by chance."""

_MARK_BITS = 16
_MARK = np.uint64((1 << _MARK_BITS) - 1)
_BASE = np.uint64(0xD6E8FEB86659FD93)


def shingles_of(keys: Keys) -> Keys:
    """A hash for each run of ``WIDTH`` words: (words,) -> (words - WIDTH + 1,), or empty for fewer words."""
    count = len(keys) - WIDTH + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    hashes = keys[:count].copy()
    for n in range(1, WIDTH):
        hashes *= _BASE
        hashes += keys[n : n + count]
    return mixed(hashes)


def sampled(shingles: Keys) -> list[int]:
    """The hashes by which a text is found, each once, in ascending order."""
    kept = shingles[shingles % np.uint64(SAMPLE) == 0] >> np.uint64(64 - BITS)
    return [int(hash_) for hash_ in np.unique(kept).tolist()]


class Shingled(NamedTuple):
    """A text made ready to be compared with many: its shingles in the order of their hashes, and where each stands."""

    ranked: Keys
    places: NDArray[np.int64]
    marks: NDArray[np.bool_]
    """(2 ** _MARK_BITS,): which low bits of a hash occur at all. Most shingles of another text are told off by them alone."""


def shingled(keys: Keys) -> Shingled:
    """The text of these words, ready to be compared."""
    shingles = shingles_of(keys)
    places = np.argsort(shingles, kind="stable")
    marks = np.zeros(1 << _MARK_BITS, dtype=bool)
    marks[shingles & _MARK] = True
    return Shingled(shingles[places], places, marks)


def shared_runs(a: Shingled, b: Keys, *, most: int) -> NDArray[np.int64]:
    """The longest runs of words that two texts have in common, of ``WIDTH`` words and more: (runs, 3) of (in a, in b, words).

    ``b`` are keys of words. Shingles that stand more than ``most`` times in ``a`` are passed over. Sorted by their place in
    ``a``, then in ``b``.
    """
    shingles = shingles_of(b)
    likely = np.flatnonzero(a.marks[shingles & _MARK])
    low, high = (np.searchsorted(a.ranked, shingles[likely], side) for side in ("left", "right"))
    times = high - low
    times[times > most] = 0
    if not times.any():
        return np.zeros((0, 3), dtype=np.int64)
    j = np.repeat(likely, times)
    offset = np.arange(len(j)) - np.repeat(np.cumsum(times) - times, times)
    return _joined(a.places[np.repeat(low, times) + offset], j)


def _joined(i: NDArray[np.int64], j: NDArray[np.int64]) -> NDArray[np.int64]:
    """Matching shingles that follow each other in both texts, made one."""
    along = np.lexsort((i, j - i))
    i, j = i[along], j[along]
    new = np.ones(len(i), dtype=bool)
    new[1:] = (np.diff(j - i) != 0) | (np.diff(i) != 1)
    firsts = np.flatnonzero(new)
    lengths = np.diff(np.append(firsts, len(i))) + WIDTH - 1
    runs = np.stack((i[firsts], j[firsts], lengths), axis=1)
    return runs[np.lexsort((runs[:, 1], runs[:, 0]))]
