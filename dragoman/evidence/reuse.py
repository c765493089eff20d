"""Reuse: passages of one article that stand, copied or nearly, in another.

A new article meets those before it through a sample of its shingles, which the ledger holds in an index; whoever shares the
rarest is compared with it word by word. Each step is bounded, so that one more article costs about the same in any ledger.

What is not reported: names, titles and dates strung together, and short turns of phrase that many articles hold. What several
articles quote from one speech is told apart from what one took from another (see ``Reuse.basis``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from dragoman.evidence.alignment import Region, align
from dragoman.evidence.differences import differences_of
from dragoman.evidence.passages import Words, covered, is_bound, quotations, words_of
from dragoman.evidence.shingles import sampled, shingled, shingles_of
from dragoman.evidence.terms import term
from dragoman.types import Article, CodedArticle, Passage, Reuse, ReuseBasis, ReuseKind, Span, content_id

MOST_HOLDERS = 64
"""Articles that are looked at for one shingle: the first stored. What more hold is too common to tell them apart."""
MOST_COMPARED = 24
"""Articles that one is compared with word by word: those that share the rarest shingles."""
LEAST_WEIGHT = 0.25
"""What shared shingles must weigh, each by one over its holders: one that four hold, or those of a paragraph that 64 hold."""
LEAST_WORDS = 12
"""Common words of a copied passage; below, too many are alike by chance."""
LEAST_SAID = 8
"""Common words of a passage that both sides give as somebody's own words: quotation marks leave less to chance."""
LEAST_PLAIN, LEAST_TERMS = 8, 3
"""Different words, names and numbers aside, that a copied passage has in common (half as many if both sides quote), and how
many of them carry a topic."""
STOCK_HOLDERS = 20
STOCK_WORDS = 25
"""A passage shorter than this, all of whose shingles stand in ``STOCK_HOLDERS`` articles or more, is a turn of phrase."""
EDGE = 3
"""Words up to the end of a sentence that a passage takes in, though they are not the same."""
QUOTED, UNQUOTED = 0.75, 0.4
"""Shares of the common words between quotation marks from which on a passage is quoted, and up to which it is not."""
INTRODUCTION = 200
"""Characters before a passage in which its outlet or author may be named: “… writes:”."""


class Shelf(Protocol):
    """What reuse needs of a ledger: ``dragoman.ledger`` has one. Articles are known by number, in the order of storing."""

    def holders(self, shingles: Iterable[int], most: int) -> dict[int, list[int]]:
        """For each shingle the numbers of the articles that hold it, the first stored first, at most ``most``."""

    def article(self, number: int) -> Article:
        """The article of this number."""

    def said(self, number: int) -> list[Span]:
        """Where it gives others' own words, by its claims."""

    def add_shingles(self, number: int, shingles: Iterable[int]) -> None:
        """Enter the shingles of an article."""


class _Side(NamedTuple):
    """An article in a comparison."""

    article: Article
    words: Words
    said: list[Span]


class _Pair(NamedTuple):
    """The new article and another one; which words of the new one are names; who holds its shingles that are sampled."""

    new: _Side
    other: _Side
    named: NDArray[np.bool_]
    holders: Mapping[int, Sequence[int]]


def find_reuse(coded: CodedArticle, shelf: Shelf, *, number: int) -> tuple[Reuse, ...]:
    """What the article of this number shares with those whose shingles are on the shelf; then its own go there.

    In the order of the passages' places in it. Cost: some milliseconds for an article of usual length, plus a fraction of
    one for each that it is compared with.
    """
    article = coded.article
    words = words_of(article.text)
    shingles = sampled(shingles_of(words.keys))
    holders = shelf.holders(shingles, MOST_HOLDERS)
    said = [span for claim in coded.claims if claim.direct for span in claim.content]
    new = _Side(article, words, [*quotations(article.text), *said])
    named = _named(words, [(mention.b, mention.e) for mention in coded.reading.mentions])
    found: list[Reuse] = []
    ready = shingled(words.keys)
    for candidate in _candidates(holders, number):
        told = shelf.article(candidate)
        other = _Side(told, words_of(told.text), [])
        regions = align(words.keys, other.words.keys, least_words=LEAST_SAID, ready=ready)
        if regions:
            other.said.extend((*quotations(told.text), *shelf.said(candidate)))
            found.extend(_judged(regions, _Pair(new, other, named, holders)))
    shelf.add_shingles(number, shingles)
    return tuple(sorted(found, key=lambda reuse: (_place(reuse, article.id), reuse.id)))


def _candidates(holders: Mapping[int, Sequence[int]], number: int) -> list[int]:
    """The articles that share the rarest shingles, best first."""
    weights: Counter[int] = Counter()
    for numbers in holders.values():
        for other in numbers:
            weights[other] += 1 / len(numbers)  # type: ignore[assignment]  # a Counter of any numbers
    del weights[number]
    best = sorted(((weight, other) for other, weight in weights.items() if weight >= LEAST_WEIGHT), key=lambda w: (-w[0], w[1]))
    return [other for _, other in best[:MOST_COMPARED]]


def _judged(regions: Iterable[Region], pair: _Pair) -> Iterator[Reuse]:
    new, other = pair.new, pair.other
    for region in regions:
        spans = _snapped(new, *region.a), _snapped(other, *region.b)
        basis = _basis(region, spans, pair)
        if not _tells(region, basis, pair):
            continue
        words = sum(_count(side.words, span) for side, span in zip((new, other), spans, strict=True))
        yield _reuse(region, spans, basis, 2 * region.common / words, pair)


def _reuse(region: Region, spans: tuple[Span, Span], basis: ReuseBasis, ratio: float, pair: _Pair) -> Reuse:
    kind: ReuseKind = "quoted" if basis in ("speech", "citation") else "verbatim" if ratio == 1.0 else "near_copy"
    mine, theirs = (
        Passage(article=side.article.id, b=b, e=e) for side, (b, e) in zip((pair.new, pair.other), spans, strict=True)
    )
    first = _is_earlier(pair.new.article, pair.other.article)
    a, b = (mine, theirs) if first else (theirs, mine)
    found = differences_of(
        region,
        (pair.new.article.text, pair.new.words),
        (pair.other.article.text, pair.other.words),
        language=pair.new.article.language,
    )
    return Reuse(
        id=content_id("reuse", a.article, a.b, a.e, b.article, b.b, b.e),
        kind=kind,
        basis=basis,
        a=a,
        b=b,
        ratio=round(ratio, 4),
        differences=tuple(part.difference(turned=not first) for part in found),
    )


def _is_earlier(new: Article, other: Article) -> bool:
    """Whether the new article is dated before the other, as far as both dates tell."""
    if not new.date or not other.date:
        return False
    known = min(len(new.date), len(other.date))
    return new.date[:known] < other.date[:known]


def _basis(region: Region, spans: tuple[Span, Span], pair: _Pair) -> ReuseBasis:
    """Why both hold the passage, by the quotation marks around it and by what introduces it."""
    same = [block for block in region.blocks if block.same]
    mine = covered([pair.new.words.span(*block.a) for block in same], pair.new.said)
    theirs = covered([pair.other.words.span(*block.b) for block in same], pair.other.said)
    if mine >= QUOTED and theirs >= QUOTED:
        return "speech"
    if (mine >= QUOTED and theirs <= UNQUOTED) or (theirs >= QUOTED and mine <= UNQUOTED):
        return "citation"
    one, other = pair.new.article, pair.other.article
    return "citation" if _introduces(one, spans[0], other) or _introduces(other, spans[1], one) else "copy"


def _introduces(article: Article, span: Span, cited: Article) -> bool:
    """Whether the words before a passage end with a colon and name the outlet or author of the other article."""
    before = article.text[max(0, span[0] - INTRODUCTION) : span[0]].rstrip(' \n\t"“«„')
    if not before.endswith((":", "：")):
        return False
    own = {article.outlet, article.republisher, article.author}
    names = [name for name in (cited.outlet, cited.republisher, cited.author) if name and name not in own]
    folded = before.casefold()
    return any(name.casefold().removeprefix("the ").split(".")[0] in folded for name in names)


def _tells(region: Region, basis: ReuseBasis, pair: _Pair) -> bool:
    """Whether the common words can hardly be alike by chance: enough of them, enough terms, and no turn of phrase."""
    said = basis == "speech"
    if region.common < (LEAST_SAID if said else LEAST_WORDS) or not _says(
        region, pair, LEAST_PLAIN // 2 if said else LEAST_PLAIN
    ):
        return False
    if said or region.common >= STOCK_WORDS:
        return True
    inside = sampled(shingles_of(pair.new.words.keys[slice(*region.a)]))
    return not inside or min(len(pair.holders.get(shingle, ())) for shingle in inside) < STOCK_HOLDERS


def _says(region: Region, pair: _Pair, least: int) -> bool:
    """Whether both sides share ``least`` different words, without names and numbers: those come in any report on the matter."""
    text, words = pair.new.article.text, pair.new.words
    plain: set[str] = set()
    terms: set[str] = set()
    for n in (n for block in region.blocks if block.same for n in range(*block.a)):
        b, e = words.span(n, n + 1)
        if pair.named[n] or text[b].isdigit() or (text[b].isupper() and not is_bound(text, words, n)):
            continue
        plain.add(text[b:e].casefold())
        terms.add(term(text[b:e]))
        if len(plain) >= least and len(terms - {""}) >= LEAST_TERMS:
            return True
    return False


def _named(words: Words, mentions: Iterable[Span]) -> NDArray[np.bool_]:
    """For each word whether it lies in a mention: (words,)."""
    named = np.zeros(len(words.b), dtype=bool)
    for b, e in mentions:
        named[words.e.searchsorted(b, "right") : words.b.searchsorted(e)] = True
    return named


def _snapped(side: _Side, first: int, last: int) -> Span:
    """The span of words ``first`` to ``last``, to the ends of sentences that are near, with the marks that touch it."""
    text, words = side.article.text, side.words
    first = next((n for n in range(first, max(0, first - EDGE) - 1, -1) if is_bound(text, words, n)), first)
    last = next((n for n in range(last, min(len(words.b), last + EDGE) + 1) if is_bound(text, words, n)), last)
    b, e = words.span(first, last)
    while b > 0 and not text[b - 1].isspace():
        b -= 1
    while e < len(text) and not text[e].isspace():
        e += 1
    return b, e


def _count(words: Words, span: Span) -> int:
    """How many words begin in a span."""
    low, high = words.b.searchsorted(span)
    return int(high - low)


def _place(reuse: Reuse, article: str) -> Span:
    side = reuse.a if reuse.a.article == article else reuse.b
    return side.b, side.e
