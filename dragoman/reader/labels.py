"""What the reader's heads say of a word, and which label may follow which."""

from __future__ import annotations

ROLES = ("source", "cue", "content")
MENTION_TYPES = ("person", "organisation", "place", "people", "weapon", "money", "time", "armed_group", "title")


def begin_inside(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Labels of a tagger of spans: ``O``, then ``B-kind`` and ``I-kind`` for each kind, in this order."""
    return ("O", *(f"{side}-{kind}" for kind in kinds for side in "BI"))


ROLE_LABELS = begin_inside(ROLES)
MENTION_LABELS = begin_inside(MENTION_TYPES)


def begin_of(kind: int) -> int:
    """Number of the label that begins a span of the kind with this number."""
    return 1 + 2 * kind


def inside_of(kind: int) -> int:
    """Number of the label that continues a span of the kind with this number."""
    return 2 + 2 * kind


def may_follow(before: int, label: int) -> bool:
    """Whether label number ``label`` may stand after ``before`` in one paragraph: I-x only after B-x or I-x."""
    continues = label > 0 and label % 2 == 0
    return not continues or before in (label - 1, label)


EVENT_TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
"""The sixteen types of PLOVER."""
EVENT_LABELS = ("O", *EVENT_TYPES)
EVENT_ROLES = ("actor", "recipient", "place", "time")
ARGUMENT_LABELS = ("O", *EVENT_ROLES)
STANCES = ("none", "for", "against")
MARKS = ("none", "source", "target")
"""Marks of pieces: the two spans of a pair that is asked for are marked in the encoder's input."""
