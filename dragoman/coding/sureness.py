"""How sure a coded event is: the reader's probability, set right by how often such events were right where it was measured."""

from __future__ import annotations

import math

from dragoman.coding.lexicon import load
from dragoman.coding.triggers import LIST_SCORE

EDGE = 1e-5
"""Probabilities nearer to 0 or 1 are taken for so near."""


def sureness(probability: float) -> float:
    """The chance that an event is there and of its type, given the reader's probability or a list's score (Platt 1999)."""
    fit: dict[str, float] = load("sureness.toml")
    if probability == LIST_SCORE:
        return fit["listed"]
    p = min(max(probability, EDGE), 1 - EDGE)
    return 1 / (1 + math.exp(-(fit["slope"] * math.log(p / (1 - p)) + fit["offset"])))
