"""The reader at run time: texts in, readings out, by ONNX Runtime, tokenizers and numpy alone.

Texts are taken in groups of bounded size; threads run their windows one by one, side by side on one session of one thread
each: that is faster than one call on many threads, memory stays flat, and no window's outcome depends on another's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from dragoman.errors import ModelError
from dragoman.reader.decode import Floats, Scores, WordSpan, condense, decode_attributions, decode_mentions, mention_of, softmax
from dragoman.reader.events import (
    Trigger,
    actor_pairs,
    answer_of,
    argument_chances,
    decode_triggers,
    happening_of,
    stances_of,
)
from dragoman.reader.files import NETWORK, PIECES, RELATIONS, SHIPPED, TOKENIZER, PieceVectors, load_manifest, load_network
from dragoman.reader.pairs import excerpts_of, marked_window
from dragoman.reader.relations import Relations
from dragoman.reader.sentences import sentences_of
from dragoman.reader.windows import PiecedText, Window, cut_windows, marks_of, piece_texts
from dragoman.types import Happening, Mention, PairAnswer, Reading, Span, Stance

GROUP_CHARACTERS = 60_000
"""Texts are read in groups of about so many characters (more only if one text is longer)."""
SLOW = ["SkipLayerNormFusion"]
"""What ONNX Runtime shall leave as it is: the fused norm takes five times what its parts take."""
SWITCH = 0.0001
"""Seconds after which a thread lets another run Python code. Threads that run the network need it for an instant before and
after each window, while whoever takes the readings holds it: with Python's .005 the cores idle for a tenth of the time.
"""
NO_ANSWER = PairAnswer(type=None, score=0.0, stance=None, stance_score=0.0)
"""The answer where a text has no word."""


class Text(NamedTuple):
    """A text to be read, its language if it is known (which only sentence bounds depend on), and pairs of spans of which the
    PLOVER type is asked.
    """

    text: str
    language: str | None = None
    pairs: tuple[tuple[Span, Span], ...] = ()


class _Place(NamedTuple):
    """Whose a task is: the number of its text, and that of the window or of the pair in it."""

    text: int
    number: int
    asked: bool


class _Started(NamedTuple):
    """A group of texts whose windows are with the threads; ``places`` says whose each of them is."""

    group: Sequence[Text]
    pieced: Sequence[PiecedText]
    windows: Sequence[Sequence[Window]]
    places: Sequence[_Place]
    results: Sequence[Future[_Seen | PairAnswer]]


class _Task(NamedTuple):
    """A window to be read: for all that it says, or, if ``sides`` (words of the window) are given, for what the first of them
    does to the second.
    """

    pieced: PiecedText
    window: Window
    sides: tuple[tuple[int, int], tuple[int, int]] | None = None


class _Seen(NamedTuple):
    """What one window says: scores for attributions, which may reach over windows, and all else decoded."""

    scores: Scores
    mentions: tuple[Mention, ...]
    events: tuple[Happening, ...]
    stances: tuple[Stance, ...]


class Reader:
    """The model, loaded and checked once; ``read`` may be called any number of times, from one thread."""

    def __init__(self, folder: Path = SHIPPED, *, threads: int | None = None) -> None:
        """Load the model of ``folder``; ``threads`` None means one for each core. Raises ModelError."""
        self.manifest = load_manifest(folder)
        self.threads = threads or os.cpu_count() or 1
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._vectors = PieceVectors.load(folder / PIECES)
            settings = onnxruntime.SessionOptions()
            settings.intra_op_num_threads = 1
            settings.inter_op_num_threads = 1
            network = load_network(folder, NETWORK)
            self._session = onnxruntime.InferenceSession(
                network, settings, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW
            )
            self._relations = Relations(load_network(folder, RELATIONS), settings)
        except ModelError:
            raise
        except Exception as error:  # those of onnxruntime and tokenizers have no base in common
            raise ModelError(f"{folder}: the reader's files cannot be loaded: {error}") from error
        self._transitions = np.array(self.manifest.transitions, np.float32)

    def read(self, texts: Iterable[Text]) -> Iterator[Reading]:
        """The reading of each text, in the same order. Takes texts from the iterable only as it needs them: two groups ahead
        at most, so that threads run one group while the one before is decoded, and while the caller works on its readings.
        """
        waiting = iter(texts)
        before: _Started | None = None
        with _switching(), ThreadPoolExecutor(self.threads) as pool:
            try:
                while (group := _take_group(waiting)) or before:
                    started = self._start(group, pool) if group else None
                    if before:
                        yield from self._finish(before)
                    before = started
            finally:
                if before:
                    for future in before.results:
                        future.cancel()

    def _start(self, group: Sequence[Text], pool: ThreadPoolExecutor) -> _Started:
        pieced = piece_texts(self._tokenizer, [item.text for item in group])
        windows = [cut_windows(text, self.manifest.window, self.manifest.specials) for text in pieced]
        tasks = [
            (_Place(number, k, False), _Task(pieced[number], window))
            for number, cut in enumerate(windows)
            for k, window in enumerate(cut)
        ]
        tasks += self._asked(group, pieced, windows)
        tasks.sort(key=lambda task: -len(task[1].window.ids))  # the threads end together if the short ones come last
        return _Started(group, pieced, windows, [place for place, _ in tasks], [pool.submit(self._run, t) for _, t in tasks])

    def _asked(
        self, group: Sequence[Text], pieced: Sequence[PiecedText], windows: Sequence[Sequence[Window]]
    ) -> Iterator[tuple[_Place, _Task]]:
        """A task for each pair of the texts: in the text's one window, or in an excerpt of a longer text."""
        longer = [
            (number, excerpt)
            for number, item in enumerate(group)
            if item.pairs and len(windows[number]) > 1
            for excerpt in excerpts_of(item.text, item.language, item.pairs)
        ]
        size, specials = self.manifest.window, self.manifest.specials
        for (number, excerpt), text in zip(
            longer, piece_texts(self._tokenizer, [excerpt.text for _, excerpt in longer]), strict=True
        ):
            if found := marked_window(text, cut_windows(text, size, specials), excerpt.pair):
                yield _Place(number, excerpt.number, True), _Task(text, *found)
        for number, item in enumerate(group):
            if len(windows[number]) == 1:
                for k, pair in enumerate(item.pairs):
                    if found := marked_window(pieced[number], windows[number], pair):
                        yield _Place(number, k, True), _Task(pieced[number], *found)

    def _finish(self, started: _Started) -> Iterator[Reading]:
        seen: list[list[_Seen | None]] = [[None] * len(cut) for cut in started.windows]
        answers = [[NO_ANSWER] * len(item.pairs) for item in started.group]
        for place, future in zip(started.places, started.results, strict=True):
            result = future.result()
            if isinstance(result, PairAnswer):
                answers[place.text][place.number] = result
            else:
                seen[place.text][place.number] = result
        for item, text, cut, found, pairs in zip(started.group, started.pieced, started.windows, seen, answers, strict=True):
            yield self._reading(item, text, cut, [s for s in found if s is not None], tuple(pairs))

    def _run(self, task: _Task) -> _Seen | PairAnswer:
        """Run the network on one window. Never on several at once: they would have to be filled up to one length, and the
        network takes every piece for text.
        """
        window = task.window
        ids, heads = np.array([window.ids], np.int64), np.array([window.heads], np.int64)
        marks = np.array([marks_of(window, task.sides)], np.int64) if task.sides else np.zeros_like(ids)
        outputs: list[Floats] = self._session.run(
            ["roles", "mentions", "links", "types", "statuses", "words"],
            {"vectors": self._vectors.of(ids), "marks": marks, "heads": heads},
        )
        return self._seen(task, [x[0] for x in outputs])

    def _seen(self, task: _Task, outputs: Sequence[Floats]) -> _Seen | PairAnswer:
        roles, mentions, links, types, statuses, words = outputs
        pieced, window = task.pieced, task.window
        if task.sides:
            scores = self._relations.of(words, types, spans=task.sides, pairs=[(0, 1)], wanted=["pairs", "stances"])
            return answer_of(*(softmax(x)[0] for x in scores))
        names = decode_mentions(pieced, window, mentions)
        triggers = decode_triggers(pieced, window, types, statuses)
        events, stances = self._related(pieced, window, names, triggers, words, types)
        return _Seen(
            scores=condense(window, roles, links),
            mentions=tuple(mention_of(pieced, m) for m in names if m.first >= window.core),
            events=events,
            stances=stances,
        )

    def _related(
        self,
        pieced: PiecedText,
        window: Window,
        names: Sequence[WordSpan],
        triggers: Sequence[Trigger],
        words: Floats,
        types: Floats,
    ) -> tuple[tuple[Happening, ...], tuple[Stance, ...]]:
        spans, pairs = actor_pairs(pieced, window, names)
        wanted = [name for name, there in (("arguments", triggers), ("stances", pairs)) if there]
        if not wanted:
            return (), ()
        places = [(t.first - window.first, t.end - window.first) for t in triggers]
        found = dict(
            zip(wanted, self._relations.of(words, types, triggers=places, spans=spans, pairs=pairs, wanted=wanted), strict=True)
        )
        chances = argument_chances(window, found["arguments"], names) if triggers else ()
        return (
            tuple(happening_of(pieced, window, *event) for event in zip(triggers, chances, strict=True)),
            tuple(stances_of(pieced, window, spans, pairs, found["stances"])) if pairs else (),
        )

    def _reading(
        self,
        item: Text,
        pieced: PiecedText,
        windows: Sequence[Window],
        seen: Sequence[_Seen],
        pairs: tuple[PairAnswer, ...],
    ) -> Reading:
        sentences = sentences_of(item.text, item.language)
        if not windows:
            return Reading(sentences=sentences, mentions=(), attributions=(), pairs=pairs)
        return Reading(
            sentences=sentences,
            mentions=tuple(m for one in seen for m in one.mentions),
            attributions=decode_attributions(pieced, windows, [one.scores for one in seen], self._transitions),
            events=tuple(e for one in seen for e in one.events),
            stances=tuple(s for one in seen for s in one.stances),
            pairs=pairs,
        )


@contextmanager
def _switching() -> Iterator[None]:
    """Let threads take turns more often as long as this lasts."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, SWITCH))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _take_group(texts: Iterator[Text]) -> list[Text]:
    group: list[Text] = []
    size = 0
    for item in islice(texts, 1024):
        group.append(item)
        size += len(item.text)
        if size >= GROUP_CHARACTERS:
            break
    return group
