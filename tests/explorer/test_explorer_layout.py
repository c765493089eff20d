"""The drawing of the network: the same each time, over the whole sheet, blocs apart, no name over another."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from dragoman.explorer.netview import HEIGHT, WIDTH, layout

COUNT = 30
HOME = {n: n % 2 for n in range(20)}
BOXES = np.array([[120.0, 60.0]] * COUNT)
EDGES = [
    *((a, b, 0.5 if a % 2 == b % 2 else -0.5) for a, b in combinations(range(20), 2) if (a * b) % 3 == 0),
    *((n, n - 20, -0.1) for n in range(20, COUNT)),
]


def test_the_same_edges_give_the_same_drawing() -> None:
    assert np.array_equal(layout(EDGES, HOME, BOXES), layout(EDGES, HOME, BOXES))


def test_the_sheet_is_used_and_nothing_leaves_it_or_lies_over_another() -> None:
    place = layout(EDGES, HOME, BOXES)
    assert (place - BOXES / 2 >= -1e-6).all()
    assert (place + BOXES / 2 <= np.array([WIDTH, HEIGHT]) + 1e-6).all()
    assert (np.ptp(place, axis=0) > 0.8 * (np.array([WIDTH, HEIGHT]) - BOXES.max(axis=0))).all()
    assert all((np.abs(place[a] - place[b]) >= BOXES[a] - 1).any() for a, b in combinations(range(COUNT), 2))


def test_blocs_stand_apart() -> None:
    place = layout(EDGES, HOME, BOXES)
    within = [np.hypot(*(place[a] - place[b])) for a, b in combinations(range(20), 2) if HOME[a] == HOME[b]]
    between = [np.hypot(*(place[a] - place[b])) for a, b in combinations(range(20), 2) if HOME[a] != HOME[b]]
    assert np.median(between) > 1.5 * np.median(within)


def test_few_actors_have_their_places_too() -> None:
    assert layout([], {}, BOXES[:1]).tolist() == [[WIDTH / 2, HEIGHT / 2]]
    two = layout([(0, 1, 1.0)], {0: 0, 1: 0}, BOXES[:2])
    assert np.isfinite(two).all()
    assert np.hypot(*(two[0] - two[1])) > 100
