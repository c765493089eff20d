"""An article's text with what was found in it: paragraphs of pieces, each with the marks that lie over it.

Marks overlap freely (an event inside a claim's content inside another's), which HTML elements may not. So the text is cut at
every bound, and each piece lists what covers it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from dragoman.types import CodedArticle, Record, Span

Layer = Literal["source", "cue", "content", "trigger", "actor", "recipient", "place", "time"]
RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur", "ps", "ckb", "yi", "dv", "sd", "ug"))


class Mark(Record, frozen=True, kw_only=True):
    """A span of the text that belongs to a record: ``ref`` is the record's id, ``label`` what a person reads of it."""

    b: int
    e: int
    layer: Layer
    ref: str
    label: str


class Piece(Record, frozen=True, kw_only=True):
    """A run of text under the same marks. ``anchors`` are the records whose first mark begins here."""

    text: str
    layers: tuple[Layer, ...]
    refs: tuple[str, ...]
    labels: tuple[str, ...]
    anchors: tuple[str, ...]
    events: tuple[tuple[str, str], ...]
    """(id, type) of the events whose trigger ends here."""


def direction(language: str | None) -> Literal["rtl", "ltr", "auto"]:
    """Which way a language is written; ``auto`` leaves it to the first letter."""
    if language is None:
        return "auto"
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def marks_of(coded: CodedArticle) -> list[Mark]:
    """The marks of an article's claims and events, in the order of the text."""
    marks: list[Mark] = []

    def add(span: Span | None, layer: Layer, ref: str, label: str) -> None:
        if span is not None and span[0] < span[1]:
            marks.append(Mark(b=span[0], e=span[1], layer=layer, ref=ref, label=label))

    for claim in coded.claims:
        ref, who = f"c-{claim.id}", claim.source_actor.name if claim.source_actor else claim.source_kind
        add(claim.source, "source", ref, f"source: {who}")
        add(claim.cue, "cue", ref, f"cue of {who}")
        for span in claim.content:
            add(span, "content", ref, f"content, by {who}")
    for event in coded.events:
        ref = f"e-{event.id}"
        add(event.trigger, "trigger", ref, f"{event.type}, {event.status}")
        for side in event.actors:
            add(side.span, "actor", ref, f"does it: {side.actor.name}")
        for side in event.recipients:
            add(side.span, "recipient", ref, f"to whom: {side.actor.name}")
        if event.place is not None:
            add(event.place.span, "place", ref, f"where: {event.place.name}")
        if event.date is not None:
            add(event.date.span, "time", ref, f"when: {event.date.start or 'unknown'}")
    return sorted(marks, key=lambda mark: (mark.b, -mark.e))


def paragraphs(text: str, marks: list[Mark]) -> Iterator[tuple[Piece, ...]]:
    """The text's lines that are not blank, as pieces."""
    begins: dict[str, int] = {}
    for mark in marks:
        begins[mark.ref] = min(begins.get(mark.ref, mark.b), mark.b)
    types = {mark.ref: mark.label.split(",")[0] for mark in marks if mark.layer == "trigger"}
    waiting = 0
    active: list[Mark] = []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        b, e = line.span()
        active = [mark for mark in active if mark.e > b]
        while waiting < len(marks) and marks[waiting].b < e:
            if marks[waiting].e > b:
                active.append(marks[waiting])
            waiting += 1
        yield tuple(_pieces(text, b, e, active, begins, types))


def _pieces(text: str, b: int, e: int, marks: list[Mark], begins: dict[str, int], types: dict[str, str]) -> Iterator[Piece]:
    cuts = sorted({b, e, *(mark.b for mark in marks if b < mark.b < e), *(mark.e for mark in marks if b < mark.e < e)})
    anchored: set[str] = set()
    for left, right in pairwise(cuts):
        over = [mark for mark in marks if mark.b <= left and mark.e >= right]
        here = tuple(dict.fromkeys(mark.ref for mark in over if begins[mark.ref] == left and mark.ref not in anchored))
        anchored.update(here)
        yield Piece(
            text=text[left:right],
            layers=tuple(dict.fromkeys(mark.layer for mark in over)),
            refs=tuple(dict.fromkeys(mark.ref for mark in over)),
            labels=tuple(dict.fromkeys(mark.label for mark in over)),
            anchors=here,
            events=tuple((mark.ref, types[mark.ref]) for mark in over if mark.layer == "trigger" and mark.e == right),
        )
