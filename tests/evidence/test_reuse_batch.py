"""Near copies among many texts at once, and the alignment under them."""

from __future__ import annotations

import random

import pytest
from test_reuse import ELSEWHERE, LATER, WIRE

from dragoman.evidence.alignment import align
from dragoman.evidence.batch import near_copies
from dragoman.evidence.passages import words_of


def test_pairs_are_found_in_order_with_their_ratio() -> None:
    edited = WIRE.replace("Two ferries", "Three ferries")
    found = list(near_copies([ELSEWHERE, WIRE, LATER, edited, WIRE.upper()]))
    assert [(pair.one, pair.other) for pair in found] == [(1, 3), (1, 4), (3, 4)]
    assert found[1].ratio == 1.0
    assert found[0].ratio == pytest.approx(1 - 1 / len(words_of(WIRE).keys))


def test_shingles_do_not_reach_from_one_text_into_the_next() -> None:
    half, rest = WIRE[:120].rsplit(" ", 1)[0], LATER
    assert list(near_copies([half, rest, f"{half} {rest}", f"{rest} {half}"], least_ratio=0.99)) == []


@pytest.mark.parametrize("texts", [[], ["one"], ["", "", ""], ["a b c", "a b c"]])
def test_few_or_short_texts_have_no_pairs(texts: list[str]) -> None:
    assert list(near_copies(texts)) == []


def test_blocks_cover_a_region_from_end_to_end() -> None:
    """Whatever is changed, dropped or doubled: sides meet block by block, and what is called the same is the same."""
    rng = random.Random(7)
    for _ in range(200):
        words = [rng.choice("abcdefghijklmnopqrstuvwxyz") * rng.randint(1, 2) for _ in range(80)]
        other = [word for word in words if rng.random() > 0.1 for _ in range(1 + (rng.random() > 0.9))]
        a, b = (words_of(" ".join(side)).keys for side in (words, other))
        for region in align(a, b, least_words=8):
            assert region.common == sum(block.a[1] - block.a[0] for block in region.blocks if block.same)
            at = region.a[0], region.b[0]
            for block in region.blocks:
                assert (block.a[0], block.b[0]) == at
                assert not block.same or a[slice(*block.a)].tolist() == b[slice(*block.b)].tolist()
                at = block.a[1], block.b[1]
            assert at == (region.a[1], region.b[1])
