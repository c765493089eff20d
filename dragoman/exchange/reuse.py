"""Reused passages as lines of JSON and rows of CSV, both sides with their words."""

from __future__ import annotations

import msgspec

from dragoman.exchange.registers import Quoted
from dragoman.exchange.tables import Cell
from dragoman.types import Article, DifferenceKind, Passage, Reuse, ReuseBasis, ReuseKind, Span

REUSE = "reuse.jsonl"
REUSE_COLUMNS = (
    "id", "kind", "basis", "ratio", "differences",
    "a_article", "a_date", "a_outlet", "a_language", "a_title", "a_b", "a_e", "a",
    "b_article", "b_date", "b_outlet", "b_language", "b_title", "b_b", "b_e", "b",
)  # fmt: skip
_ABSENT = "-"


class PassageLine(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a reused passage."""

    article: str
    b: int
    e: int
    text: str


class DifferenceLine(msgspec.Struct, frozen=True, kw_only=True):
    """Where the sides part in something that can be checked; null for a side that lacks it."""

    what: DifferenceKind
    a: Quoted | None
    b: Quoted | None


class ReuseLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of reuse.jsonl; fields in the order of the contract, then why both hold the passage, and where they differ."""

    id: str
    kind: ReuseKind
    a: PassageLine
    b: PassageLine
    ratio: float
    basis: ReuseBasis
    differences: list[DifferenceLine]


def reuse_line(reuse: Reuse, a: Article, b: Article) -> ReuseLine:
    """A reused passage in the shape of the contract; ``a`` and ``b`` are its articles."""
    return ReuseLine(
        id=reuse.id,
        kind=reuse.kind,
        a=_passage(reuse.a, a.text),
        b=_passage(reuse.b, b.text),
        ratio=reuse.ratio,
        basis=reuse.basis,
        differences=[
            DifferenceLine(what=part.what, a=_quoted(part.a, a.text), b=_quoted(part.b, b.text)) for part in reuse.differences
        ],
    )


def reuse_row(reuse: Reuse, a: Article, b: Article) -> list[Cell]:
    """The row of ``REUSE_COLUMNS``; differences stand in one cell, as ``number: 12 | 14``."""
    parts = (f"{part.what}: {_words(part.a, a.text)} | {_words(part.b, b.text)}" for part in reuse.differences)
    return [
        reuse.id, reuse.kind, reuse.basis, round(reuse.ratio, 4), "; ".join(parts),
        a.id, a.date, a.outlet, a.language, a.title, reuse.a.b, reuse.a.e, a.text[reuse.a.b : reuse.a.e],
        b.id, b.date, b.outlet, b.language, b.title, reuse.b.b, reuse.b.e, b.text[reuse.b.b : reuse.b.e],
    ]  # fmt: skip


def _passage(passage: Passage, text: str) -> PassageLine:
    return PassageLine(article=passage.article, b=passage.b, e=passage.e, text=text[passage.b : passage.e])


def _quoted(span: Span | None, text: str) -> Quoted | None:
    return None if span is None else Quoted(span[0], span[1], text[slice(*span)])


def _words(span: Span | None, text: str) -> str:
    return _ABSENT if span is None else text[slice(*span)]
