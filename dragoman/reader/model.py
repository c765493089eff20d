"""The reader at run time: texts in, readings out, by ONNX Runtime, tokenizers and numpy alone.

Texts are taken in groups of bounded size; the windows of a group are sorted by length into small batches, which threads run
side by side on one session of one thread each: that is faster than one call on many threads, and memory stays flat.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from dragoman.errors import ModelError
from dragoman.reader.decode import Floats, Scores, WordSpan, condense, decode_attributions, decode_mentions, mention_of, softmax
from dragoman.reader.events import Trigger, actor_pairs, answer_of, decode_triggers, happening_of, stances_of
from dragoman.reader.files import NETWORK, PIECES, RELATIONS, SHIPPED, TOKENIZER, PieceVectors, load_manifest, load_network
from dragoman.reader.relations import Relations
from dragoman.reader.sentences import sentences_of
from dragoman.reader.windows import PiecedText, Window, cut_windows, piece_texts, words_within
from dragoman.types import Happening, Mention, PairAnswer, Reading, Span, Stance

GROUP_CHARACTERS = 60_000
"""Texts are read in groups of about so many characters (more only if one text is longer)."""
BATCH_PIECES = 768
"""Pieces of a batch, padding included: larger ones are slower and need more memory."""


NO_ANSWER = PairAnswer(type=None, score=0.0, stance=None, stance_score=0.0)
"""The answer where a text has no word."""


class Text(NamedTuple):
    """A text to be read, its language if it is known (which only sentence bounds depend on), and pairs of spans of which the
    PLOVER type is asked.
    """

    text: str
    language: str | None = None
    pairs: tuple[tuple[Span, Span], ...] = ()


class _Started(NamedTuple):
    """A group of texts whose windows are with the threads: batches by the places (text, window) of their windows."""

    group: Sequence[Text]
    pieced: Sequence[PiecedText]
    windows: Sequence[Sequence[Window]]
    places: Sequence[Sequence[tuple[int, int]]]
    results: Sequence[Future[list[_Seen]]]


class _Task(NamedTuple):
    """A window to be read, and the pairs that it answers: by number, the words of the two sides."""

    pieced: PiecedText
    window: Window
    asked: dict[int, tuple[range, range]]


class _Seen(NamedTuple):
    """What one window says: scores for attributions, which may reach over windows, and all else decoded."""

    scores: Scores
    mentions: tuple[Mention, ...]
    events: tuple[Happening, ...]
    stances: tuple[Stance, ...]
    pairs: dict[int, PairAnswer]


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
            self._session = onnxruntime.InferenceSession(network, settings, providers=["CPUExecutionProvider"])
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
        with ThreadPoolExecutor(self.threads) as pool:
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
        places = sorted(
            ((number, k) for number, cut in enumerate(windows) for k in range(len(cut))),
            key=lambda place: len(windows[place[0]][place[1]].ids),
        )
        batches = list(_batches([(place, windows[place[0]][place[1]]) for place in places]))
        results = [
            pool.submit(self._run, [_Task(pieced[n], window, _asked(group[n], pieced[n], window)) for (n, _), window in batch])
            for batch in batches
        ]
        return _Started(group, pieced, windows, [[place for place, _ in batch] for batch in batches], results)

    def _finish(self, started: _Started) -> Iterator[Reading]:
        seen: list[list[_Seen | None]] = [[None] * len(cut) for cut in started.windows]
        for places, future in zip(started.places, started.results, strict=True):
            for (number, k), result in zip(places, future.result(), strict=True):
                seen[number][k] = result
        for item, text, cut, found in zip(started.group, started.pieced, started.windows, seen, strict=True):
            yield self._reading(item, text, cut, [s for s in found if s is not None])

    def _run(self, tasks: Sequence[_Task]) -> list[_Seen]:
        windows = [task.window for task in tasks]
        pieces, words = max(len(w.ids) for w in windows), max(len(w.heads) for w in windows)
        ids = np.full((len(windows), pieces), self.manifest.specials.pad, np.int64)
        mask = np.zeros((len(windows), pieces), np.float32)
        heads = np.zeros((len(windows), words), np.int64)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1
            heads[row, : len(window.heads)] = window.heads
        outputs: list[Floats] = self._session.run(
            ["roles", "mentions", "links", "types", "statuses", "words"],
            {"vectors": self._vectors.of(ids), "mask": mask, "heads": heads},
        )
        return [self._seen(task, [x[row, : len(task.window.heads)] for x in outputs]) for row, task in enumerate(tasks)]

    def _seen(self, task: _Task, outputs: Sequence[Floats]) -> _Seen:
        roles, mentions, links, types, statuses, words = outputs
        pieced, window = task.pieced, task.window
        names = decode_mentions(pieced, window, mentions)
        triggers = decode_triggers(pieced, window, types, statuses)
        events, stances = self._related(pieced, window, names, triggers, words, types)
        return _Seen(
            scores=condense(window, roles, links[:, : len(window.heads)]),
            mentions=tuple(mention_of(pieced, m) for m in names if m.first >= window.core),
            events=events,
            stances=stances,
            pairs=self._pairs(task, words, types) if task.asked else {},
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
        events = zip(triggers, found.get("arguments", ()), strict=True)
        return (
            tuple(happening_of(pieced, window, trigger, scores, names) for trigger, scores in events),
            tuple(stances_of(pieced, window, spans, pairs, found["stances"])) if pairs else (),
        )

    def _pairs(self, task: _Task, words: Floats, types: Floats) -> dict[int, PairAnswer]:
        window = task.window
        first = window.first
        spans = [(max(0, s.start - first), max(0, s.stop - first)) for sides in task.asked.values() for s in sides]
        pairs = [(2 * k, 2 * k + 1) for k in range(len(task.asked))]
        scores = self._relations.of(words, types, spans=spans, pairs=pairs, wanted=["pairs", "stances"])
        return {number: answer_of(*row) for number, *row in zip(task.asked, *map(softmax, scores), strict=True)}

    def _reading(self, item: Text, pieced: PiecedText, windows: Sequence[Window], seen: Sequence[_Seen]) -> Reading:
        sentences = sentences_of(item.text, item.language)
        if not windows:
            return Reading(sentences=sentences, mentions=(), attributions=(), pairs=(NO_ANSWER,) * len(item.pairs))
        pairs = {number: pair for one in seen for number, pair in one.pairs.items()}
        return Reading(
            sentences=sentences,
            mentions=tuple(m for one in seen for m in one.mentions),
            attributions=decode_attributions(pieced, windows, [one.scores for one in seen], self._transitions),
            events=tuple(e for one in seen for e in one.events),
            stances=tuple(s for one in seen for s in one.stances),
            pairs=tuple(pairs.get(k, NO_ANSWER) for k in range(len(item.pairs))),
        )


def _asked(item: Text, pieced: PiecedText, window: Window) -> dict[int, tuple[range, range]]:
    """The pairs that this window answers, by their number: those whose later side begins in its core."""
    asked = {}
    for number, (source, target) in enumerate(item.pairs):
        sides = words_within(pieced, source), words_within(pieced, target)
        if window.core <= max((side.start for side in sides if side), default=0) < window.end:
            asked[number] = sides
    return asked


def _take_group(texts: Iterator[Text]) -> list[Text]:
    group: list[Text] = []
    size = 0
    for item in islice(texts, 1024):
        group.append(item)
        size += len(item.text)
        if size >= GROUP_CHARACTERS:
            break
    return group


def _batches(windows: Sequence[tuple[tuple[int, int], Window]]) -> Iterator[list[tuple[tuple[int, int], Window]]]:
    """Batches of about BATCH_PIECES pieces from windows sorted by length."""
    batch: list[tuple[tuple[int, int], Window]] = []
    for item in windows:
        if batch and (len(batch) + 1) * len(item[1].ids) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch
