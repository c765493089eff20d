"""How sure events are."""

import itertools

import pytest

from dragoman.coding.sureness import sureness
from dragoman.coding.triggers import LIST_SCORE


def test_more_sure_stays_more_sure():
    scores = [sureness(p / 1000) for p in range(1, 1000) if p / 1000 != LIST_SCORE]
    assert all(a < b for a, b in itertools.pairwise(scores))
    assert 0 < sureness(0.0) < sureness(1.0) < 1


@pytest.mark.parametrize(("probability", "share"), [(0.55, 0.28), (0.97, 0.65), (0.9996, 0.93)])
def test_the_readers_probabilities_are_taken_with_a_grain_of_salt(probability, share):
    assert sureness(probability) == pytest.approx(share, abs=0.03)


def test_a_list_alone_is_as_sure_as_it_was_measured():
    assert sureness(LIST_SCORE) == 0.21
