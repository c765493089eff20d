"""From the network's scores to events, their arguments and stances, window by window.

A trigger is a run of words with the same event type; its arguments are runs of words with the same role toward it. Stances are
asked for every two actors of the same passage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal, cast

import msgspec
import numpy as np

from dragoman.reader.decode import Floats, WordSpan, softmax, span_of, window_bounds
from dragoman.reader.labels import ARGUMENT_LABELS, EVENT_TYPES, MENTION_TYPES, STANCES
from dragoman.reader.windows import PiecedText, Window
from dragoman.types import STATUSES, Argument, Happening, PairAnswer, Role, Stance

LEAST_TRIGGER = 0.15
"""Probability of an event that the words of a trigger must have. What is less than even is left to a second opinion: taken
alone, it finds more and makes up more (train/EXPERIMENTS.md)."""
SURE = 0.5
"""The same of words that need no second opinion; they and less sure ones are no trigger together."""
LEAST_STANCE = 0.65
"""Probability of a stance that is told."""
FARTHEST_STANCE = 60
"""Words between two actors beyond which no stance is asked."""
SENTENCE_ENDS = frozenset(".!?…؟۔")
MOST_ACTORS = 64
"""Actors of a window between which stances are asked; a list of names has more, and says little of each."""
ACTOR_TYPES = frozenset({"person", "organisation", "place", "people", "armed_group"})


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """Words ``first`` to ``end`` of the text that name an event of type number ``kind``."""

    first: int
    end: int
    kind: int
    ranking: tuple[int, ...]
    status: int
    score: float


def decode_triggers(pieced: PiecedText, window: Window, types: Floats, statuses: Floats) -> list[Trigger]:
    """The triggers in the window's core, from the types (W, 17) and statuses (W, 7) of its words."""
    chances = softmax(types)
    kinds = np.where(chances[:, 0] < 1 - LEAST_TRIGGER, chances[:, 1:].argmax(1), -1)
    sure = chances[:, 0] <= 1 - SURE
    logs, kind_logs = np.log(softmax(statuses) + 1e-9), np.log(chances[:, 1:] + 1e-12)
    opens = set(window_bounds(pieced, window))
    found: list[Trigger] = []
    first = window.core
    for k in range(window.core, window.end):
        kind = int(kinds[k - window.first])
        at = k + 1 - window.first
        if k + 1 < window.end and kinds[at] == kind and sure[at] == sure[at - 1] and k + 1 not in opens:
            continue
        if kind >= 0:
            own = slice(first - window.first, k + 1 - window.first)
            found.append(
                Trigger(
                    first=first,
                    end=k + 1,
                    kind=kind,
                    ranking=tuple((-kind_logs[own].mean(0)).argsort().tolist()),
                    status=int(logs[own].mean(0).argmax()),
                    score=float(1 - chances[own, 0].mean()),
                )
            )
        first = k + 1
    return [trigger for trigger in found if trigger.score >= SURE or not any(_touch(trigger, other) for other in found)]


def _touch(trigger: Trigger, other: Trigger) -> bool:
    """Whether the other is of the same type and stands right beside it: then it is one event, told by the surer words."""
    return other.score >= SURE and other.kind == trigger.kind and (other.end == trigger.first or trigger.end == other.first)


def pooling(spans: Sequence[tuple[int, int]], words: int) -> Floats:
    """(S, words) weights that take the mean over the words of each span."""
    weights = np.zeros((len(spans), words), np.float32)
    for row, (first, end) in zip(weights, spans, strict=True):
        if end > first:
            row[first:end] = 1 / (end - first)
    return weights


def argument_chances(window: Window, scores: Floats, mentions: Sequence[WordSpan]) -> Floats:
    """Probabilities (E, W, 5) of words as arguments of each event, from their scores; words of a mention have their mean."""
    chances = softmax(scores)
    inside = {k for m in mentions for k in range(m.first + 1 - window.first, m.end - window.first)}
    starts = [k for k in range(chances.shape[1]) if k not in inside]
    sizes = np.diff([*starts, chances.shape[1]])
    means = np.add.reduceat(chances, starts, axis=1) / sizes[:, None]
    return np.repeat(means, sizes, axis=1)


def happening_of(pieced: PiecedText, window: Window, trigger: Trigger, chances: Floats) -> Happening:
    """The event of a trigger with its arguments, from the probabilities (W, 5) of the window's words."""
    labels = chances.argmax(1)
    labels[trigger.first - window.first : trigger.end - window.first] = 0
    opens = set(window_bounds(pieced, window))
    runs: list[list[int]] = []
    for place in np.flatnonzero(labels).tolist():
        before = runs[-1][-1] if runs else -2
        if before + 1 == place and labels[before] == labels[place] and place + window.first not in opens:
            runs[-1].append(place)
        else:
            runs.append([place])
    return Happening(
        trigger=span_of(pieced, trigger.first, trigger.end),
        type=EVENT_TYPES[trigger.kind],
        status=STATUSES[trigger.status],
        arguments=tuple(_argument(pieced, window, places, int(labels[places[0]]), chances) for places in runs),
        score=round(trigger.score, 4),
        ranking=tuple(EVENT_TYPES[kind] for kind in trigger.ranking),
    )


def _argument(pieced: PiecedText, window: Window, places: Sequence[int], label: int, chances: Floats) -> Argument:
    b, e = span_of(pieced, places[0] + window.first, places[-1] + 1 + window.first)
    score = round(float(chances[places, label].mean()), 4)
    return Argument(role=cast("Role", ARGUMENT_LABELS[label]), b=b, e=e, score=score)


def actor_pairs(
    pieced: PiecedText, window: Window, mentions: Sequence[WordSpan]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Spans of the actors among a window's mentions (words counted from its first), and the pairs of them to be asked.

    Both directions are asked of pairs in one sentence, as far as marks tell, of which the later one stands in the core.
    """
    spans = [(m.first - window.first, m.end - window.first) for m in mentions if MENTION_TYPES[m.kind] in ACTOR_TYPES][
        :MOST_ACTORS
    ]
    core = window.core - window.first
    ends = [k - window.first for k in range(window.first, window.end) if pieced.text[slice(*pieced.words[k])] in SENTENCE_ENDS]
    sentences = [bisect_right(ends, first) for first, _ in spans]
    near = [
        (i, j)
        for j, (first, _) in enumerate(spans)
        if first >= core
        for i in range(j)
        if sentences[i] == sentences[j] and first - spans[i][1] <= FARTHEST_STANCE
    ]
    return spans, [pair for i, j in near for pair in ((i, j), (j, i))]


def stances_of(
    pieced: PiecedText, window: Window, spans: Sequence[tuple[int, int]], pairs: Sequence[tuple[int, int]], scores: Floats
) -> list[Stance]:
    """The stances that the scores (P, 3) of the pairs tell."""
    chances = softmax(scores)
    found = []
    for (i, j), chance in zip(pairs, chances, strict=True):
        label = int(chance[1:].argmax()) + 1
        if chance[label] >= LEAST_STANCE:
            ends = [span_of(pieced, spans[k][0] + window.first, spans[k][1] + window.first) for k in (i, j)]
            found.append(
                Stance(source=ends[0], target=ends[1], sign=1 if label == 1 else -1, score=round(float(chance[label]), 4))
            )
    return found


def answer_of(types: Floats, stances: Floats) -> PairAnswer:
    """The answer for a pair, from the probabilities of its types (16,) and stances (3,)."""
    kind, stance = int(types.argmax()), int(stances.argmax())
    return PairAnswer(
        type=EVENT_TYPES[kind],
        score=round(float(types[kind]), 4),
        stance=cast("Literal['none', 'for', 'against']", STANCES[stance]),
        stance_score=round(float(stances[stance]), 4),
    )
