"""Translations: an article and the same article in another language, found without a dictionary.

What any language says alike are the anchors of a text: actors (by id), places, numbers. A translation holds them in the same
order. Other articles on the same matter hold many of them too, so what counts is not how many are shared but whether they stand
at the same places: the share that does is compared with what it would be if one text were turned against the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from dragoman.evidence.alignment import side_by_side
from dragoman.evidence.lexicon import language_of, marks_of
from dragoman.evidence.passages import SENTENCE_END
from dragoman.types import (
    Actor,
    Anchor,
    AnchorKind,
    Article,
    CodedArticle,
    Difference,
    DifferenceKind,
    EventPlace,
    Passage,
    Reuse,
    Span,
    content_id,
)

MOST_HOLDERS = 64
"""Articles that are looked at for one anchor: what more of one language and time hold tells none of them apart."""
MOST_COMPARED = 8
"""Articles that one is compared with anchor by anchor."""
DAYS = 60
"""Days between an article and its translation, at most, where both are dated."""
UNDATED = 0
"""The day of an article without a date."""
LEAST_ANCHORS = 8
"""Anchors that the shorter of two articles must have."""
LEAST_NAMES = 4
"""Different anchors that must stand at the same places."""
LEAST_RATIO = 0.5
"""Share of anchors that must stand at the same places."""
LEAST_PEAK = 2.0
"""How many times as many must stand there as would if one text were turned against the other."""
LENGTHS = 3.0
"""An article is at most so many times as long as its translation, in characters."""
WINDOW = 0.06
"""How far two places may be apart to be the same, as a share of the text."""
_TURNS = 16
_SENTENCE = 1000
"""Characters in which the beginning of a sentence is looked for."""
_DOUBTFUL = frozenset(("ما",))
"""Negations that are more often another word."""
_WHAT: dict[AnchorKind, DifferenceKind] = {"actor": "name", "place": "name", "number": "number"}
_NUMBER = re.compile(r"\d+(?:[.,٫٬’' \u00a0\u202f]\d{3})*(?:[.,٫]\d+)?")
_SEPARATORS = str.maketrans("", "", ".,٫٬’' \u00a0\u202f")


class Shelf(Protocol):
    """What translations need of a ledger: ``dragoman.ledger`` has one. Articles are known by number, as they were stored."""

    def article(self, number: int) -> Article:
        """The article of this number."""

    def stated_translations(self, number: int) -> list[int]:
        """The articles through the stage that a page calls its original, or a translation of it."""

    def anchors(self, number: int) -> tuple[Anchor, ...]:
        """Its anchors, in the order of its text."""

    def languages(self) -> list[str]:
        """The languages of the articles whose anchors are entered."""

    def holders_of_anchors(self, language: str, names: Iterable[str], days: Sequence[Span], most: int) -> list[list[int]]:
        """For each anchor the numbers of the articles in a language that hold it and are dated within one of ``days``."""

    def add_anchors(self, number: int, anchors: Sequence[Anchor], *, language: str, day: int, names: Iterable[str]) -> None:
        """Enter the anchors of an article, and the names by which they lead to it."""


class Side(NamedTuple):
    """An article with its anchors."""

    article: Article
    anchors: Sequence[Anchor]


class Likeness(NamedTuple):
    """How far the anchors of two texts stand at the same places.

    ``ratio`` is the share that does, of both texts; ``peak`` how many times that is what the other turns give; ``names`` counts
    the different anchors among them.
    """

    ratio: float
    peak: float
    names: int

    @property
    def convinces(self) -> bool:
        """Whether the two are hardly anything but a text and its translation."""
        return self.ratio >= LEAST_RATIO and self.peak >= LEAST_PEAK and self.names >= LEAST_NAMES


def find_translations(
    coded: CodedArticle,
    shelf: Shelf,
    actors: Mapping[Span, Actor],
    places: Mapping[Span, EventPlace],
    *,
    number: int,
) -> tuple[Reuse, ...]:
    """In each other language the article that this one translates, or that translates it; then its anchors are entered.

    ``actors`` and ``places`` say whom and where the spans of its text name. What the page itself says (``translation_of``) is
    taken as it is; else the best of those that convince is taken in each language.
    """
    article = coded.article
    anchors = anchors_of(article.text, actors, places)
    names = index_names(anchors)
    if article.language is None:
        return ()
    stated = shelf.stated_translations(number)
    days = _days(article)
    found: list[Reuse | None] = []
    for language in shelf.languages():
        if language != article.language:
            found.append(_best(Side(article, anchors), [*stated, *_candidates(shelf, language, names, days)], shelf))
    shelf.add_anchors(number, anchors, language=article.language, day=day_of(article.date), names=names)
    return tuple({reuse.id: reuse for reuse in found if reuse is not None}.values())


def anchors_of(text: str, actors: Mapping[Span, Actor], places: Mapping[Span, EventPlace]) -> tuple[Anchor, ...]:
    """The anchors of a text, in order; none lies in another.

    Actors that no gazetteer knows are left out, as each language spells their names differently; so are numbers of one digit.
    """
    found: list[tuple[Span, AnchorKind, str]] = []
    found += [(span, "actor", actor.id) for span, actor in actors.items() if actor.code is not None]
    found += [(span, "place", f"{place.name} {place.country}") for span, place in places.items() if span not in actors]
    for number in _NUMBER.finditer(text):
        digits = "".join(str(int(sign)) for sign in number[0].translate(_SEPARATORS))
        if len(digits) > 1:
            found.append((number.span(), "number", digits))
    kept: list[Anchor] = []
    for (b, e), kind, name in sorted(found, key=lambda item: (item[0][0], -item[0][1])):
        if not kept or b >= kept[-1].e:
            kept.append(Anchor(b=b, e=e, kind=kind, name=name))
    return tuple(kept)


def likeness(a: Sequence[Anchor], b: Sequence[Anchor], lengths: tuple[int, int]) -> Likeness:
    """How far the anchors of two texts of these lengths, in characters, stand at the same places."""
    if min(len(a), len(b)) < LEAST_ANCHORS:
        return Likeness(0.0, 0.0, 0)
    ids = _ids(a, b)
    at = [np.array([anchor.b / length for anchor in side]) for side, length in zip((a, b), lengths, strict=True)]
    same = ids[0][:, None] == ids[1][None, :]  # (anchors of a, anchors of b)
    apart = at[0][:, None] - at[1][None, :]
    near = same & (np.abs(apart) <= WINDOW)
    shares = [_share(same & (np.abs((apart + turn / _TURNS + 0.5) % 1 - 0.5) <= WINDOW)) for turn in range(2, _TURNS - 1)]
    ratio = _share(near)
    usual = sum(shares) / len(shares)
    return Likeness(ratio, ratio / max(usual, 1 / 16), len(np.unique(ids[0][near.any(axis=1)])))


def _ids(*sides: Sequence[Anchor]) -> list[NDArray[np.int64]]:
    """The names of each side's anchors as numbers that are the same for the same name."""
    numbers: dict[str, int] = {}
    return [np.array([numbers.setdefault(anchor.name, len(numbers)) for anchor in side], dtype=np.int64) for side in sides]


def _share(near: NDArray[np.bool_]) -> float:
    """The share of the anchors of both sides that have a partner."""
    return float(near.any(axis=1).sum() + near.any(axis=0).sum()) / sum(near.shape)


def index_names(anchors: Sequence[Anchor]) -> list[str]:
    """By what a translation is found: each anchor, and each with the next, which is far rarer."""
    names = [anchor.name for anchor in anchors]
    return list(dict.fromkeys([*names, *(f"{one}>{other}" for one, other in pairwise(names) if one != other)]))


def _candidates(shelf: Shelf, language: str, names: Sequence[str], days: Sequence[Span]) -> list[int]:
    """The articles in a language that share the rarest anchors, best first."""
    weights: Counter[int] = Counter()
    for holders in shelf.holders_of_anchors(language, names, days, MOST_HOLDERS):
        for number in holders if len(holders) < MOST_HOLDERS else ():
            weights[number] += 1 / len(holders)  # type: ignore[assignment]  # a Counter of any numbers
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return [number for number, _ in best[:MOST_COMPARED]]


def _best(new: Side, candidates: Iterable[int], shelf: Shelf) -> Reuse | None:
    """What the candidate is, if any convinces, that is most like the new article."""
    best: tuple[float, Reuse] | None = None
    for number in candidates:
        other = Side(shelf.article(number), shelf.anchors(number))
        length, others = len(new.article.text), len(other.article.text)
        stated = _states(new.article, other.article)
        if not stated and max(length, others) > LENGTHS * min(length, others):
            continue
        found = likeness(new.anchors, other.anchors, (length, others))
        weight = found.ratio + stated
        if (stated or found.convinces) and (best is None or weight > best[0]):
            best = (weight, _reuse(new, other, found.ratio))
    return best and best[1]


def _states(one: Article, other: Article) -> bool:
    """Whether one page itself says which article it translates."""
    return one.translation_of == other.id or other.translation_of == one.id


def _reuse(new: Side, other: Side, ratio: float) -> Reuse:
    a, b = (new, other) if _is_original(new.article, other.article) else (other, new)
    return Reuse(
        id=content_id("reuse", a.article.id, b.article.id, "translation"),
        kind="translation",
        basis="translation",
        a=Passage(article=a.article.id, b=0, e=len(a.article.text)),
        b=Passage(article=b.article.id, b=0, e=len(b.article.text)),
        ratio=round(ratio, 4),
        differences=differences_of_translation(a, b),
    )


def _is_original(one: Article, other: Article) -> bool:
    """Whether ``one`` is the original: by what the page says, by who names a translator, by the dates; else the other is."""
    if _states(one, other):
        return other.translation_of == one.id
    if bool(one.translator) != bool(other.translator):
        return other.translator is not None
    days = day_of(one.date), day_of(other.date)
    return UNDATED not in days and days[0] < days[1]


def differences_of_translation(a: Side, b: Side) -> tuple[Difference, ...]:
    """Where a text and its translation part in something that can be checked, in order.

    The anchors of both are brought together in their order. Where between two that agree each side has just one more, of one
    kind, and they differ, that is a difference: another number, another country. Where a stretch between two that agree is
    negated on one side alone, that is one too.
    """
    found: list[Difference] = []
    for block in side_by_side(*(ids.astype(np.uint64) for ids in _ids(a.anchors, b.anchors))):
        mine, theirs = a.anchors[slice(*block.a)], b.anchors[slice(*block.b)]
        if block.same:
            for n in range(1, len(mine)):
                found.extend(_negated((a, mine[n - 1].e, mine[n].b), (b, theirs[n - 1].e, theirs[n].b)))
        elif len(mine) == len(theirs) == 1 and mine[0].kind == theirs[0].kind:
            found.append(Difference(what=_WHAT[mine[0].kind], a=(mine[0].b, mine[0].e), b=(theirs[0].b, theirs[0].e)))
    return tuple(found)


def _negated(*stretches: tuple[Side, int, int]) -> list[Difference]:
    """The difference of two stretches inside a sentence, if one of them is negated and the whole sentence of the other is not.

    A negation may change its place within a sentence, so only a sentence without any is taken to lack it.
    """
    inside: list[Span | None] = []
    anywhere: list[bool] = []
    for side, b, e in stretches:
        text = side.article.text
        if SENTENCE_END.search(text, b, e):
            return []
        begin = max((end.end() for end in SENTENCE_END.finditer(text, max(0, b - _SENTENCE), b)), default=max(0, b - _SENTENCE))
        after = SENTENCE_END.search(text, e)
        marks = _negations(text, (begin, after.start() if after else len(text)), side.article.language)
        inside.append(next((span for span in marks if b <= span[0] and span[1] <= e), None))
        anywhere.append(bool(marks))
    mine, theirs = inside
    parted = (mine and not anywhere[1]) or (theirs and not anywhere[0])
    return [Difference(what="negation", a=mine, b=theirs)] if parted else []


def _negations(text: str, span: Span, language: str | None) -> list[Span]:
    marks = marks_of(text[slice(*span)], language_of(text, language))
    spans = [(span[0] + mark.b, span[0] + mark.e) for mark in marks if mark.kind == "negation"]
    return [(b, e) for b, e in spans if text[b:e] not in _DOUBTFUL]


def _days(article: Article) -> list[Span]:
    """The days within which a translation of the article, or its original, is dated; also those without a date."""
    day = day_of(article.date)
    if day == UNDATED:
        return [(UNDATED, date.max.toordinal())]
    return [(UNDATED, UNDATED), (day - DAYS, day + DAYS)]


def day_of(iso: str | None) -> int:
    """The ordinal of a date; of a month or year that of its middle."""
    if iso is None:
        return UNDATED
    year, month, day = (*map(int, iso.split("-")), 0, 0)[:3]
    return date(year, month or 7, day or 15).toordinal()
