"""Where two texts say the same in the same words: runs that they share, chained over small changes, aligned word by word."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from dragoman.evidence.passages import Keys
from dragoman.evidence.shingles import Shingled, shared_runs, shingled

MOST_TIMES = 4
"""A shingle that a text repeats more often than this says nothing about where the texts meet."""
GAP = 8
"""Words that may be changed, dropped or put in between two shared runs of one passage."""
REACH = 6
"""Words beyond the first and last run in which shared words are looked for."""
LEAST_RATIO = 0.6
"""Share of common words below which two passages are not the same passage."""


class Block(NamedTuple):
    """A piece of two passages, in words: ``same`` tells whether both sides hold the same words."""

    same: bool
    a: tuple[int, int]
    b: tuple[int, int]


class Region(NamedTuple):
    """A passage of one text (words ``a``) that stands, copied or nearly, in another (words ``b``).

    ``blocks`` cover it from end to end; ``common`` counts the words that both sides share, in order.
    """

    a: tuple[int, int]
    b: tuple[int, int]
    common: int
    blocks: tuple[Block, ...]

    @property
    def ratio(self) -> float:
        """Twice the common words by the words of both sides."""
        return 2 * self.common / (self.a[1] - self.a[0] + self.b[1] - self.b[0])


class _Run(NamedTuple):
    a: int
    b: int
    words: int


def align(a: Keys, b: Keys, *, least_words: int, ready: Shingled | None = None) -> list[Region]:
    """The passages that two texts, given as keys of words, have in common, in the order of ``a``.

    ``ready`` is ``shingled(a)``, for a text that is compared with many.
    Each has at least ``least_words`` words in common and a ratio of at least ``LEAST_RATIO``. Two may meet at their ends, where
    sentences changed places, but none lies for the greater part in another.
    """
    runs = [_Run(*run) for run in shared_runs(ready or shingled(a), b, most=MOST_TIMES).tolist()]
    regions = [region for chain in _chains(runs) if (region := _aligned(a, b, chain)).common >= least_words]
    regions = [region for region in regions if region.ratio >= LEAST_RATIO]
    return sorted(_apart(regions))


def side_by_side(a: Keys, b: Keys) -> list[Block]:
    """Two whole sequences of keys, with what they share, in order, and what stands in its place between."""
    return list(_merged(_blocks(a, b, (0, len(a)), (0, len(b)))))


def _chains(runs: list[_Run]) -> list[list[_Run]]:
    """Runs that follow each other in both texts with at most ``GAP`` words between, on the straightest way."""
    chains: list[list[_Run]] = []
    open_: list[list[_Run]] = []
    for run in runs:
        open_ = [chain for chain in open_ if run.a - _end_a(chain) <= GAP]
        best: tuple[int, int] | None = None
        for n, chain in enumerate(open_):
            last = chain[-1]
            between_a, between_b = run.a - _end_a(chain), run.b - last.b - last.words
            if run.a > last.a and run.b > last.b and between_a > -last.words and -last.words < between_b <= GAP:
                bend = abs(between_a - between_b)
                if best is None or bend < best[0]:
                    best = (bend, n)
        if best is not None:
            open_[best[1]].append(run)
        else:
            chain = [run]
            chains.append(chain)
            open_.append(chain)
    return chains


def _end_a(chain: list[_Run]) -> int:
    return chain[-1].a + chain[-1].words


def _aligned(a: Keys, b: Keys, chain: list[_Run]) -> Region:
    """The passage around a chain: from the first word to the last that both sides share within ``REACH`` of it."""
    first, last = chain[0], chain[-1]
    end = last.a + last.words, last.b + last.words
    before = _blocks(a, b, (max(0, first.a - REACH), first.a), (max(0, first.b - REACH), first.b))
    core = _core(a, b, chain)
    after = _blocks(a, b, (end[0], end[0] + REACH), (end[1], end[1] + REACH))
    blocks = tuple(_merged([*_grown(before[::-1])[::-1], *core, *_grown(after)]))
    common = sum(block.a[1] - block.a[0] for block in blocks if block.same)
    return Region((blocks[0].a[0], blocks[-1].a[1]), (blocks[0].b[0], blocks[-1].b[1]), common, blocks)


def _core(a: Keys, b: Keys, chain: list[_Run]) -> Iterator[Block]:
    """The runs of a chain and what stands between them: linear in its length, which may be that of a whole book."""
    i, j = chain[0].a, chain[0].b
    for run in chain:
        begun = max(0, i - run.a, j - run.b)  # where a word is repeated at the joint, runs overlap by a word or two
        if begun >= run.words:
            continue
        yield from _blocks(a, b, (i, run.a + begun), (j, run.b + begun)) or [
            Block(False, (i, run.a + begun), (j, run.b + begun))
        ]
        i, j = run.a + run.words, run.b + run.words
        yield Block(True, (run.a + begun, i), (run.b + begun, j))


def _blocks(a: Keys, b: Keys, of_a: tuple[int, int], of_b: tuple[int, int]) -> list[Block]:
    """The words ``of_a`` and ``of_b`` side by side, with the longest common sequence as the same; none if a side is empty."""
    one, other = a[slice(*of_a)], b[slice(*of_b)]
    if not len(one) or not len(other):
        return []
    i, j = of_a[0], of_b[0]
    return [
        Block(step.tag == "equal", (i + step.src_start, i + step.src_end), (j + step.dest_start, j + step.dest_end))
        for step in LCSseq.opcodes(_plain(one), _plain(other))
    ]


def _grown(blocks: list[Block]) -> list[Block]:
    """How far a passage goes on into ``blocks``, nearest first: as long as at least half of what is added is common."""
    best, common, words = 0, 0, 0
    for n, block in enumerate(blocks, 1):
        size = max(block.a[1] - block.a[0], block.b[1] - block.b[0])
        words += size
        common += size if block.same else 0
        if block.same and 2 * common >= words:
            best = n
    return blocks[:best]


def _merged(blocks: Iterable[Block]) -> Iterator[Block]:
    """Changes that follow each other made one, so that what was dropped and what stands in its place are together."""
    waiting: Block | None = None
    for block in blocks:
        if block.a[0] == block.a[1] and block.b[0] == block.b[1]:
            continue
        if waiting is not None and waiting.same == block.same:
            waiting = Block(block.same, (waiting.a[0], block.a[1]), (waiting.b[0], block.b[1]))
            continue
        if waiting is not None:
            yield waiting
        waiting = block
    if waiting is not None:
        yield waiting


def _apart(regions: list[Region]) -> Iterator[Region]:
    """The regions with the most common words; none that lies for the greater part where a greater one lies, on either side."""
    taken: list[Region] = []
    for region in sorted(regions, key=lambda region: (-region.common, region.a, region.b)):
        if not any(_meet(region.a, other.a) or _meet(region.b, other.b) for other in taken):
            taken.append(region)
            yield region


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared > min(one[1] - one[0], other[1] - other[0])


def _plain(keys: Keys) -> array[int]:
    return array("Q", keys.tobytes())
