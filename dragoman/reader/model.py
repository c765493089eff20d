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
from dragoman.reader.decode import Floats, Scores, condense, decode_attributions, decode_mentions
from dragoman.reader.files import PIECES, SHIPPED, TOKENIZER, PieceVectors, load_manifest, load_network
from dragoman.reader.sentences import sentences_of
from dragoman.reader.windows import PiecedText, Window, cut_windows, piece_texts
from dragoman.types import Reading

GROUP_CHARACTERS = 60_000
"""Texts are read in groups of about so many characters (more only if one text is longer)."""
BATCH_PIECES = 768
"""Pieces of a batch, padding included: larger ones are slower and need more memory."""


class Text(NamedTuple):
    """A text to be read, and its language if it is known (which only sentence bounds depend on)."""

    text: str
    language: str | None = None


class _Started(NamedTuple):
    """A group of texts whose windows are with the threads: batches by the places (text, window) of their windows."""

    group: Sequence[Text]
    pieced: Sequence[PiecedText]
    windows: Sequence[Sequence[Window]]
    places: Sequence[Sequence[tuple[int, int]]]
    results: Sequence[Future[list[Scores]]]


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
            self._session = onnxruntime.InferenceSession(load_network(folder), settings, providers=["CPUExecutionProvider"])
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
        results = [pool.submit(self._run, [window for _, window in batch]) for batch in batches]
        return _Started(group, pieced, windows, [[place for place, _ in batch] for batch in batches], results)

    def _finish(self, started: _Started) -> Iterator[Reading]:
        scores: list[list[Scores | None]] = [[None] * len(cut) for cut in started.windows]
        for places, future in zip(started.places, started.results, strict=True):
            for (number, k), result in zip(places, future.result(), strict=True):
                scores[number][k] = result
        for item, text, cut, found in zip(started.group, started.pieced, started.windows, scores, strict=True):
            yield self._reading(item, text, cut, [s for s in found if s is not None])

    def _run(self, windows: Sequence[Window]) -> list[Scores]:
        pieces, words = max(len(w.ids) for w in windows), max(len(w.heads) for w in windows)
        ids = np.full((len(windows), pieces), self.manifest.specials.pad, np.int64)
        mask = np.zeros((len(windows), pieces), np.float32)
        heads = np.zeros((len(windows), words), np.int64)
        for row, window in enumerate(windows):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1
            heads[row, : len(window.heads)] = window.heads
        outputs: list[Floats] = self._session.run(
            ["roles", "mentions", "links"], {"vectors": self._vectors.of(ids), "mask": mask, "heads": heads}
        )
        roles, mentions, links = outputs
        return [
            condense(w, roles[row, :n], mentions[row, :n], links[row, :n, :n])
            for row, w in enumerate(windows)
            for n in (len(w.heads),)
        ]

    def _reading(self, item: Text, pieced: PiecedText, windows: Sequence[Window], scores: Sequence[Scores]) -> Reading:
        sentences = sentences_of(item.text, item.language)
        if not windows:
            return Reading(sentences=sentences, mentions=(), attributions=())
        return Reading(
            sentences=sentences,
            mentions=decode_mentions(pieced, np.concatenate([s.mentions for s in scores])),
            attributions=decode_attributions(pieced, windows, scores, self._transitions),
        )


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
