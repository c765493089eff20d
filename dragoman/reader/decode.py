"""From the network's scores to spans and attributions.

Role labels are decoded by Viterbi with learned transitions, paragraph by paragraph. Sources and contents are then dealt out to
the cues by the linker's votes: the words of a span give the log probability that a word is the first of their cue. A cue has
one source at most; a broken quotation gives it several contents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.reader.labels import MENTION_LABELS, MENTION_TYPES, ROLES, begin_of, may_follow
from dragoman.reader.windows import PiecedText, Window
from dragoman.types import Attribution, Mention, Span

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SOURCE, CUE, CONTENT = range(len(ROLES))
IMPOSSIBLE = -10_000.0
FAINT = 0.01
"""A word that opens a cue with less than this probability is no candidate for links."""

SHORTENED = frozenset({"inc", "corp", "co", "ltd", "jr", "sr", "mr", "mrs", "ms", "dr", "st", "no", "gen", "col", "etc", "vs"})
"""Words that a full stop belongs to."""
QUOTES = frozenset('"“”„«»')
EDGES = frozenset(",;:،؛")
"""Marks that no mention begins or ends with."""
LEAST_SOURCE, LEAST_CONTENT, LEAST_FURTHER = -4.0, -1.5, -0.5
"""Mean log probability of a link that a source, a content, and a second content of one cue must have. Set on PolNeAR dev."""
REPEAT = 0.5
"""What a second content of a cue has to wait behind others, in log probability. Set on PolNeAR dev."""
LEAST_SCORE = 0.28
"""Attributions below this are left out: most of them are chance links. Set on PolNeAR dev."""


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """What the network says of one window: the W words of its core, the C words of the whole window that may open a cue."""

    roles: Floats  # (W, 7)
    cues: Ints  # (C,) word numbers, rising
    links: Floats  # (W, C) log probability that a word belongs to the cue


class WordSpan(msgspec.Struct, frozen=True, kw_only=True):
    """Words ``first`` to ``end`` with the number of their kind and the mean probability of their labels."""

    first: int
    end: int
    kind: int
    score: float


def bio_transitions(labels: Sequence[str]) -> Floats:
    """(K, K) scores: 0 where label b may follow a, very low elsewhere."""
    size = range(len(labels))
    return np.array([[0.0 if may_follow(a, b) else IMPOSSIBLE for b in size] for a in size], np.float32)


MENTION_TRANSITIONS = bio_transitions(MENTION_LABELS)


def viterbi(emissions: Floats, bounds: Sequence[int], transitions: Floats) -> Ints:
    """The best labels (N,) of emissions (N, K), each stretch between two bounds for itself.

    ``transitions`` (K, K) is added for each step; a stretch opens as if ``O`` stood before it.
    """
    lengths = np.diff(np.asarray(bounds, np.int64))
    order = np.argsort(-lengths, kind="stable")  # longest first, so that the live stretches are a prefix
    begins = np.asarray(bounds[:-1], np.int64)[order]
    lengths = lengths[order]
    labels = np.zeros(len(emissions), np.int64)
    if not len(lengths) or lengths[0] == 0:
        return labels
    best = np.full((len(order), emissions.shape[1]), IMPOSSIBLE, np.float32)
    back = []
    alive = np.searchsorted(-lengths, -np.arange(lengths[0]), "left").tolist()
    for t, live in enumerate(alive):
        now = emissions[begins[:live] + t]
        if t == 0:
            best[:live] = transitions[0] + now
            continue
        steps = best[:live, :, None] + transitions
        back.append(steps.argmax(1))
        best[:live] = steps.max(1) + now
    last = best.argmax(1)
    for t in range(len(alive) - 1, -1, -1):
        live = alive[t]
        labels[begins[:live] + t] = last[:live]
        if t:
            last[:live] = back[t - 1][np.arange(live), last[:live]]
    return labels


def allowed_labels(emissions: Floats, bounds: Sequence[int]) -> Ints:
    """What ``viterbi`` gives with MENTION_TRANSITIONS, which only forbid: where the best label of each word may follow that of
    the one before, these are the best labels together, and nothing is to be searched.
    """
    labels: Ints = emissions.argmax(1)
    before = np.roll(labels, 1)
    before[list(bounds[:-1])] = 0
    wrong = np.flatnonzero(MENTION_TRANSITIONS[before, labels])
    if not len(wrong):
        return labels
    # what begins anew behind the last wrong label of a stretch may follow anything, and stays
    opens = np.flatnonzero((labels == 0) | (labels % 2 == 1))
    last = dict(zip(np.searchsorted(bounds, wrong, "right").tolist(), wrong.tolist(), strict=True))
    ends = [min([bounds[number], *opens[np.searchsorted(opens, k, "right") :][:1].tolist()]) for number, k in last.items()]
    rows = [np.arange(bounds[number - 1], end) for number, end in zip(last, ends, strict=True)]
    places = np.concatenate(rows)
    labels[places] = viterbi(emissions[places], np.cumsum([0, *map(len, rows)]).tolist(), MENTION_TRANSITIONS)
    return labels


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)  # type: ignore[no-any-return]


def spans_of(labels: Ints, probabilities: Floats, bounds: Sequence[int]) -> list[WordSpan]:
    """The spans that B and I labels make, none across a bound."""
    found = []
    begun: tuple[int, int] | None = None
    opens = set(bounds)
    chosen = probabilities[np.arange(len(labels)), labels]
    for k, label in enumerate([*labels.tolist(), 0]):
        kind = (label - 1) // 2
        goes_on = begun is not None and label > 0 and label % 2 == 0 and kind == begun[1] and k not in opens
        if begun is not None and not goes_on:
            found.append(WordSpan(first=begun[0], end=k, kind=begun[1], score=float(chosen[begun[0] : k].mean())))
            begun = None
        if label > 0 and begun is None:
            begun = (k, kind)
    return found


def condense(window: Window, roles: Floats, links: Floats) -> Scores:
    """Keep of a window's scores (W, 7), (W, W) what decoding needs, so that long texts stay small."""
    cues = np.flatnonzero(softmax(roles)[:, begin_of(CUE)] > FAINT)
    own = links[window.core - window.first :]
    top = own.max(1, keepdims=True)
    normal = top + np.log(np.exp(own - top).sum(1, keepdims=True))
    return Scores(
        roles=roles[window.core - window.first :].copy(),
        cues=cues + window.first,
        links=own[:, cues] - normal,
    )


def decode_mentions(pieced: PiecedText, window: Window, emissions: Floats) -> list[WordSpan]:
    """The mentions in a window, in order, from emissions (W, K) of all its words; words are numbered as in the text."""
    bounds = [k - window.first for k in window_bounds(pieced, window)]
    labels = allowed_labels(emissions, bounds)
    return [
        WordSpan(first=first, end=end, kind=s.kind, score=s.score)
        for s in spans_of(labels, softmax(emissions), bounds)
        for first, end in _without_edges(pieced, s.first + window.first, s.end + window.first)
    ]


def _without_edges(pieced: PiecedText, first: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of a mention without the commas and the like around it (*Dec. 10, 2016,*); none if it has no others."""
    kept = [k for k in range(first, end) if pieced.text[slice(*pieced.words[k])] not in EDGES]
    if kept:
        yield kept[0], kept[-1] + 1


def mention_of(pieced: PiecedText, span: WordSpan) -> Mention:
    """The mention that a span of words is."""
    b, e = span_of(pieced, span.first, span.end)
    return Mention(b=b, e=e, type=MENTION_TYPES[span.kind], score=round(span.score, 4))


def span_of(pieced: PiecedText, first: int, end: int) -> Span:
    """The characters from word ``first`` to before word ``end``."""
    return pieced.words[first][0], pieced.words[end - 1][1]


def window_bounds(pieced: PiecedText, window: Window) -> list[int]:
    """Numbers of the words that open a paragraph of the window, and the window's end."""
    inside = bisect_right(pieced.paragraphs, window.first), bisect_right(pieced.paragraphs, window.end - 1)
    return [window.first, *pieced.paragraphs[slice(*inside)], window.end]


def decode_attributions(
    pieced: PiecedText, windows: Sequence[Window], scores: Sequence[Scores], transitions: Floats
) -> tuple[Attribution, ...]:
    """Attributions in the order of their first words."""
    emissions = np.concatenate([s.roles for s in scores])
    labels = viterbi(emissions, pieced.paragraphs, transitions)
    spans = spans_of(labels, softmax(emissions), pieced.paragraphs)
    votes = _Votes(windows, scores, [s.first for s in spans if s.kind == CUE])
    groups = _groups(spans, votes)
    attributions = [_attribution(pieced, *group) for group in groups]
    return tuple(sorted((a for a in attributions if a.content and a.score >= LEAST_SCORE), key=_begin))


def _begin(attribution: Attribution) -> Span:
    return min(attribution.source + attribution.cue + attribution.content)


class _Votes:
    """Mean log probability that a span's words belong to each cue."""

    def __init__(self, windows: Sequence[Window], scores: Sequence[Scores], cues: list[int]) -> None:
        self.cues = np.array(cues, np.int64)
        self.windows = windows
        self.scores = scores
        self.cores = [window.core for window in windows]

    def of(self, span: WordSpan) -> Floats:
        """(cues,) for a span; IMPOSSIBLE for cues out of sight. Of a span over two windows the part in the first one votes."""
        total = np.full(len(self.cues), IMPOSSIBLE, np.float32)
        number = bisect_right(self.cores, span.first) - 1
        window, score = self.windows[number], self.scores[number]
        rows = score.links[span.first - window.core : min(span.end, window.end) - window.core]
        places = np.searchsorted(self.cues, score.cues)
        seen = places < len(self.cues)
        seen[seen] = self.cues[places[seen]] == score.cues[seen]
        if seen.any():
            total[places[seen]] = rows[:, seen].mean(0)
        return total


def _groups(spans: list[WordSpan], votes: _Votes) -> list[tuple[list[WordSpan], WordSpan, list[WordSpan], float]]:
    """(source, cue, content, mean link probability) of each cue."""
    cues = [s for s in spans if s.kind == CUE]
    sources = _assign([s for s in spans if s.kind == SOURCE], votes, least=LEAST_SOURCE, again=None)
    contents = _assign([s for s in spans if s.kind == CONTENT], votes, least=LEAST_CONTENT, again=LEAST_FURTHER)
    groups = []
    for number, cue in enumerate(cues):
        links = [vote for _, vote in (*sources[number], *contents[number])]
        groups.append(
            (
                [s for s, _ in sources[number]],
                cue,
                sorted((s for s, _ in contents[number]), key=lambda s: s.first),
                float(np.exp(links).mean()) if links else 0.0,
            )
        )
    return groups


def _assign(spans: list[WordSpan], votes: _Votes, *, least: float, again: float | None) -> list[list[tuple[WordSpan, float]]]:
    """The spans that each cue gets, with their votes: the best votes first, each span once.

    A cue that has a span already gets a further one only if ``again`` is given and its vote is above that, and only after
    REPEAT more: the cue next to it may be without one.
    """
    given: list[list[tuple[WordSpan, float]]] = [[] for _ in votes.cues]
    offers = [
        (-float(vote), number, cue, False)
        for number, span in enumerate(spans)
        for cue, vote in enumerate(votes.of(span))
        if vote > least
    ]
    heapify(offers)
    placed: set[int] = set()
    while offers:
        loss, number, cue, waited = heappop(offers)
        if number in placed:
            continue
        if given[cue] and not waited:
            if again is not None and -loss > again:
                heappush(offers, (loss + REPEAT, number, cue, True))
            continue
        placed.add(number)
        given[cue].append((spans[number], -loss + REPEAT * waited))
    return given


def _attribution(
    pieced: PiecedText, source: list[WordSpan], cue: WordSpan, content: list[WordSpan], link: float
) -> Attribution:
    def places(spans: list[WordSpan]) -> tuple[Span, ...]:
        return tuple((pieced.words[s.first][0], pieced.words[s.end - 1][1]) for s in spans)

    labels = float(np.mean([s.score for s in (*source, cue, *content)]))
    content = [_without_stop(pieced, span) for span in content]
    return Attribution(source=places(source), cue=places([cue]), content=places(content), score=round(labels * link, 4))


def _without_stop(pieced: PiecedText, span: WordSpan) -> WordSpan:
    """A content without the full stop at its end, which is its sentence's; that of a quotation or an abbreviation stays."""
    words = [pieced.text[b:e] for b, e in pieced.words[span.first : span.end]]
    shortened = len(words) > 1 and ("." in words[-2] or len(words[-2]) == 1 or words[-2].casefold() in SHORTENED)
    if len(words) < 2 or words[-1] != "." or shortened or not QUOTES.isdisjoint(words):
        return span
    return msgspec.structs.replace(span, end=span.end - 1)
