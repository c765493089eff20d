"""Near copies among many short texts at once, without a ledger: the same shingles and the same verification, set-wise."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from dragoman.evidence.passages import Keys, words_of
from dragoman.evidence.shingles import BITS, SAMPLE, WIDTH, shingles_of

MOST_HOLDERS = 64
"""A shingle that more texts hold tells none of them apart."""
LEAST_SHARE = 0.12
"""Share of the smaller text's sampled shingles that two texts must share to be compared: of near copies with a quarter of the
words changed a third is left."""
_AT_ONCE = 512
"""Texts whose words are found together: enough to make the cost of an operation small, few enough to stay in the cache."""

Numbers = NDArray[np.int64]


class NearCopy(NamedTuple):
    """Two texts, by their places, and the share of their words that is common, in order."""

    one: int
    other: int
    ratio: float


def near_copies(texts: Sequence[str], *, least_ratio: float = 0.75) -> Iterator[NearCopy]:
    """The pairs of ``texts`` that are copies of each other as wholes, up to changes; in the order of ``one``, then ``other``.

    Found are pairs that share at least one sampled shingle: nearly all texts with a tenth of 30 words changed.
    """
    keys, bounds = _keys_of(texts)
    words = array("Q", keys.tobytes())
    sizes = np.diff(bounds).tolist()
    begins = bounds.tolist()
    for one, other in _candidates(keys, bounds, least_ratio).tolist():
        total = sizes[one] + sizes[other]
        least = int(np.ceil(least_ratio * total / 2))
        mine, theirs = (words[begins[n] : begins[n + 1]] for n in (one, other))
        common = LCSseq.similarity(mine, theirs, score_cutoff=least)
        if common >= least:
            yield NearCopy(one, other, 2 * common / total)


def _keys_of(texts: Sequence[str]) -> tuple[Keys, Numbers]:
    """The keys of all words, one text behind the other, and where each text's begin: (words,), (texts + 1,)."""
    parts: list[Keys] = []
    counts: list[Numbers] = []
    for begin in range(0, len(texts), _AT_ONCE):
        some = texts[begin : begin + _AT_ONCE]
        words = words_of("\n".join(some))
        ends = np.cumsum([len(text) + 1 for text in some])
        counts.append(np.diff(np.searchsorted(words.b, ends), prepend=0))
        parts.append(words.keys)
    if not parts:
        return np.zeros(0, dtype=np.uint64), np.zeros(1, dtype=np.int64)
    return np.concatenate(parts), np.concatenate(([0], np.cumsum(np.concatenate(counts))))


def _candidates(keys: Keys, bounds: Numbers, least_ratio: float) -> Numbers:
    """Pairs of texts, not too unlike in length, that share enough of their sampled shingles: (pairs, 2), in order."""
    shingles = shingles_of(keys)
    kept = np.flatnonzero(shingles % np.uint64(SAMPLE) == 0)
    owners = np.searchsorted(bounds, kept, "right") - 1
    within = kept + WIDTH <= bounds[owners + 1]  # not from the end of one text into the next
    hashes, owners = (shingles[kept[within]] >> np.uint64(64 - BITS)).astype(np.int64), owners[within]
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    first = np.ones(len(hashes), dtype=bool)
    first[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
    hashes, owners = hashes[first], owners[first]
    kept_of = np.bincount(owners, minlength=len(bounds))
    places = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])) if len(hashes) else np.zeros(0, dtype=np.int64)
    holders = np.diff(np.append(places, len(hashes)))
    rare = np.repeat(holders <= MOST_HOLDERS, holders)
    hashes, owners = hashes[rare], owners[rare]
    pairs: list[Numbers] = []
    for step in range(1, MOST_HOLDERS):
        same = np.flatnonzero(hashes[step:] == hashes[:-step])
        if not len(same):
            break
        pairs.append(owners[same] * len(bounds) + owners[same + step])
    if not pairs:
        return np.zeros((0, 2), dtype=np.int64)
    found, shared = np.unique(np.concatenate(pairs), return_counts=True)
    one, other = np.divmod(found, len(bounds))
    sizes = np.diff(bounds)
    likely = shared >= LEAST_SHARE * np.minimum(kept_of[one], kept_of[other])
    likely &= 2 * np.minimum(sizes[one], sizes[other]) >= least_ratio * (sizes[one] + sizes[other])
    return np.stack((one[likely], other[likely]), axis=1)
