"""Training examples: windows of pieces with the labels that their data set has.

Every head's labels are sets of what the gold leaves open (``partial_loss``): a set that does not know a mention type allows it
wherever it has no label; one without events allows all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
import numpy as np
from tokenizers import Tokenizer

from dragoman.reader.labels import (
    ARGUMENT_LABELS,
    EVENT_LABELS,
    EVENT_ROLES,
    EVENT_TYPES,
    MENTION_TYPES,
    ROLES,
    begin_of,
    inside_of,
)
from dragoman.reader.windows import PiecedText, Specials, Window, WindowSize, cut_windows, marks_of, piece_texts, words_within
from dragoman.types import STATUSES, Span
from train.sets import Labelled, LabelledEvent

SIZE = WindowSize()
SPECIALS = Specials()
STATES = tuple((x, y) for x in range(3) for y in range(3))
"""What two spans may be to each other: (toward, back), numbers of STANCES."""


class Example(NamedTuple):
    """A window ready for the network; T pieces, W words, E events, P pairs, S stances.

    ``roles`` and ``links`` are -1 where nothing is known. Sides are (first, end) words, -1 for a side that is not there.
    """

    ids: np.ndarray  # (T,)
    marks: np.ndarray  # (T,) numbers of MARKS
    heads: np.ndarray  # (W,)
    roles: np.ndarray  # (W,)
    links: np.ndarray  # (W,) number of the first word of the cue, in the window
    starts: np.ndarray  # (W,) bool
    allowed: np.ndarray  # (W, K) bool: labels of mentions
    types: np.ndarray  # (W, 17) bool
    statuses: np.ndarray  # (W, 7) bool
    triggers: np.ndarray  # (E, 2)
    arguments: np.ndarray  # (E, W, 5) bool
    pair_sides: np.ndarray  # (P, 2, 2)
    pair_types: np.ndarray  # (P, 16) bool
    stance_sides: np.ndarray  # (S, 2, 2)
    stance_states: np.ndarray  # (S, 2, 9) bool: allowed, among


def examples_of(
    items: Iterable[Labelled], tokenizer: Tokenizer, size: WindowSize = SIZE, *, marked: bool = False
) -> Iterator[Example]:
    """The windows of the items; if ``marked``, one for each pair and stance, with its two sides marked in the input."""
    items = [_pairs_alone(item) for item in items] if marked else list(items)
    for item, pieced in zip(items, piece_texts(tokenizer, [item.text for item in items]), strict=True):
        roles, links = _role_labels(item, pieced)
        allowed = _allowed_mentions(item, pieced)
        types, statuses = _allowed_events(item, pieced)
        starts = np.zeros(len(pieced.words), bool)
        starts[list(pieced.paragraphs[:-1])] = True
        for window in cut_windows(pieced, size, SPECIALS):
            own = slice(window.first, window.end)
            tags = roles[own].copy()
            tags[: window.core - window.first] = -1
            targets = links[own] - window.first
            targets[(links[own] < window.first) | (links[own] >= window.end)] = -1
            begins = starts[own].copy()
            begins[0] = begins[window.core - window.first] = True
            triggers, arguments = _arguments(item, pieced, window)
            example = Example(
                np.array(window.ids),
                np.zeros(len(window.ids), np.int64),
                np.array(window.heads),
                _opened(tags, begins),
                targets,
                begins,
                allowed[own],
                types[own],
                statuses[own],
                triggers,
                arguments,
                *_pairs(item, pieced, window),
                *_stances(item, pieced, window),
            )
            if marked:
                yield from _each_pair(example, window)
            else:
                yield example


def _pairs_alone(item: Labelled) -> Labelled:
    """The item with its pairs and stances as its only labels."""
    return msgspec.structs.replace(item, attributions=None, mentions=None, events=[], covered=frozenset())


def _each_pair(example: Example, window: Window) -> Iterator[Example]:
    """The window once for each of its pairs and stances, with the two sides marked, and that one label."""
    for k, sides in enumerate(example.pair_sides):
        yield example._replace(
            marks=np.array(marks_of(window, sides.tolist())),
            pair_sides=example.pair_sides[k : k + 1],
            pair_types=example.pair_types[k : k + 1],
            stance_sides=example.stance_sides[:0],
            stance_states=example.stance_states[:0],
        )
    for k, sides in enumerate(example.stance_sides):
        yield example._replace(
            marks=np.array(marks_of(window, sides.tolist())),
            pair_sides=example.pair_sides[:0],
            pair_types=example.pair_types[:0],
            stance_sides=example.stance_sides[k : k + 1],
            stance_states=example.stance_states[k : k + 1],
        )


def _opened(tags: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """Labels in which a span that runs over a bound begins anew behind it: I-x becomes B-x."""
    inside = begins & (tags > 0) & (tags % 2 == 0)
    tags[inside] -= 1
    return tags


def _role_labels(item: Labelled, pieced: PiecedText) -> tuple[np.ndarray, np.ndarray]:
    """(roles, links) of all words; a word of two roles keeps the first."""
    n = len(pieced.words)
    roles, links = np.full(n, 0 if item.attributions is not None else -1), np.full(n, -1)
    for attribution in item.attributions or ():
        cue = [k for span in sorted(attribution["cue"]) for k in words_within(pieced, span)]
        for number, role in enumerate(ROLES):
            for span in attribution[role]:
                label = begin_of(number)
                for k in words_within(pieced, span):
                    if roles[k] == 0:
                        roles[k] = label
                        links[k] = cue[0] if cue else -1
                        label = inside_of(number)
    for span in item.ignored:
        for k in words_within(pieced, span):
            links[k] = -1
    return roles, links


def _allowed_mentions(item: Labelled, pieced: PiecedText) -> np.ndarray:
    """(W, K) labels that the gold leaves open for each word."""
    n, labels = len(pieced.words), 1 + 2 * len(MENTION_TYPES)
    if item.mentions is None:
        return np.ones((n, labels), bool)
    outside = np.ones(labels, bool)
    for number, kind in enumerate(MENTION_TYPES):
        # a set that does not know armed groups has them among its organisations
        if kind in item.types or (kind == "armed_group" and "organisation" in item.types):
            outside[[begin_of(number), inside_of(number)]] = False
    allowed = np.tile(outside, (n, 1))
    for b, e, kind in item.mentions:
        inside = list(words_within(pieced, (b, e)))
        if not inside:
            continue
        if not kind:  # a type that we do not have
            allowed[inside] = True
            continue
        same = {kind, "armed_group"} if kind == "organisation" and "armed_group" not in item.types else {kind}
        for place, k in enumerate(inside):
            allowed[k] = False
            for number in map(MENTION_TYPES.index, same):
                allowed[k, inside_of(number) if place else begin_of(number)] = True
    return allowed


def _allowed_events(item: Labelled, pieced: PiecedText) -> tuple[np.ndarray, np.ndarray]:
    """(W, 17) event labels and (W, 7) statuses that the gold leaves open."""
    n = len(pieced.words)
    outside = np.array([label not in item.covered for label in EVENT_LABELS])
    types, statuses = np.tile(outside, (n, 1)), np.ones((n, len(STATUSES)), bool)
    for event in item.events:
        for k in words_within(pieced, event.trigger):
            if event.types is not None:
                types[k] = [("" if label == "O" else label) in event.types for label in EVENT_LABELS]
            elif item.covered:
                types[k] = True
            if event.statuses is not None:
                statuses[k] = [status in event.statuses for status in STATUSES]
    return types, statuses


def _place(pieced: PiecedText, span: Span | None, window: Window) -> tuple[int, int] | None:
    """(first, end) in the window; (-1, -1) for no span; None if the span lies outside."""
    if span is None:
        return -1, -1
    inside = words_within(pieced, span)
    if not inside or inside[0] < window.first or inside[-1] >= window.end:
        return None
    return inside[0] - window.first, inside[-1] + 1 - window.first


def _arguments(item: Labelled, pieced: PiecedText, window: Window) -> tuple[np.ndarray, np.ndarray]:
    """Triggers (E, 2) in the window's core and the argument labels (E, W, 5) that the gold leaves open."""
    triggers, tables = [], []
    for event in item.events:
        place = _place(pieced, event.trigger, window)
        if event.roles is None or place is None or place[0] + window.first < window.core:
            continue
        triggers.append(place)
        tables.append(_argument_table(event, pieced, window))
    size = window.end - window.first
    return (
        np.array(triggers, np.int64).reshape(-1, 2),
        np.array(tables, bool).reshape(-1, size, len(ARGUMENT_LABELS)),
    )


def _argument_table(event: LabelledEvent, pieced: PiecedText, window: Window) -> np.ndarray:
    outside = [label == "O" or label not in event.known for label in ARGUMENT_LABELS]
    table = np.tile(np.array(outside), (window.end - window.first, 1))
    for span in event.unsure:
        for k in words_within(pieced, span):
            if window.first <= k < window.end:
                table[k - window.first] = True
    for role, span in event.roles or ():
        for k in words_within(pieced, span):
            if window.first <= k < window.end:
                table[k - window.first] = False
                table[k - window.first, 1 + EVENT_ROLES.index(role)] = True
    return table


def _in_core(sides: list[tuple[int, int] | None], window: Window) -> bool:
    """Whether all sides are in the window and one of them in its core."""
    return None not in sides and any(side is not None and side[0] >= window.core - window.first for side in sides)


def _pairs(item: Labelled, pieced: PiecedText, window: Window) -> tuple[np.ndarray, np.ndarray]:
    sides, types = [], []
    for source, target, kinds in item.pairs:
        places = [_place(pieced, source, window), _place(pieced, target, window)]
        if _in_core(places, window):
            sides.append(places)
            types.append([kind in kinds for kind in EVENT_TYPES])
    return np.array(sides, np.int64).reshape(-1, 2, 2), np.array(types, bool).reshape(-1, len(EVENT_TYPES))


def _stances(item: Labelled, pieced: PiecedText, window: Window) -> tuple[np.ndarray, np.ndarray]:
    sides, states = [], []
    for stance in item.stances:
        places = [_place(pieced, stance.a, window), _place(pieced, stance.b, window)]
        if _in_core(places, window):
            sides.append(places)
            states.append([[state in chosen for state in STATES] for chosen in (stance.allowed, stance.among)])
    return np.array(sides, np.int64).reshape(-1, 2, 2), np.array(states, bool).reshape(-1, 2, len(STATES))
