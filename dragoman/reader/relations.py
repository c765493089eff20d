"""The second, small network: what spans of a window are to each other. It reads the word vectors of the first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnxruntime

from dragoman.reader.decode import Floats
from dragoman.reader.events import pooling


class Relations:
    """Arguments of triggers, stances and PLOVER types between spans; may be called from several threads at once."""

    def __init__(self, network: bytes, settings: onnxruntime.SessionOptions) -> None:
        self._session = onnxruntime.InferenceSession(network, settings, providers=["CPUExecutionProvider"])

    def of(
        self,
        words: Floats,
        types: Floats,
        *,
        triggers: Sequence[tuple[int, int]] = (),
        spans: Sequence[tuple[int, int]] = (),
        pairs: Sequence[tuple[int, int]] = (),
        wanted: Sequence[str],
    ) -> list[Floats]:
        """The outputs ``wanted`` for one window: ``arguments`` (E, W, 5), ``stances`` (P, 3), ``pairs`` (P, 16).

        words (W, H) and types (W, 17) are the first network's; triggers and spans are (first, end) words; pairs are numbers
        of spans. An empty span, (0, 0), stands for a side that is not known.
        """
        sides = np.array(pairs or [(0, 0)], np.int64)
        found: list[Floats] = self._session.run(
            list(wanted),
            {
                "words": words,
                "types": types,
                "triggers": pooling(triggers or [(0, 0)], len(words)),
                "spans": pooling(spans or [(0, 0)], len(words)),
                "sources": sides[:, 0].copy(),
                "targets": sides[:, 1].copy(),
            },
        )
        return found
