"""A shelf in memory, and small records built by hand, for the tests of the evidence stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dragoman.types import Anchor, Article, Claim, CodedArticle, Mention, Reading, Reuse, Span, content_id


class MemoryShelf:
    """What the ledger offers to reuse and translations, in dictionaries. ``add`` puts an article through reuse."""

    def __init__(self) -> None:
        self.articles: list[CodedArticle] = []
        self._shingles: dict[int, list[int]] = defaultdict(list)
        self._anchors: dict[int, tuple[Anchor, ...]] = {}
        self._names: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)

    def add(self, coded: CodedArticle) -> tuple[Reuse, ...]:
        from dragoman.evidence import find_reuse

        self.articles.append(coded)
        return find_reuse(coded, self, number=len(self.articles) - 1)

    def holders(self, shingles: Iterable[int], most: int) -> dict[int, list[int]]:
        return {shingle: self._shingles[shingle][:most] for shingle in shingles}

    def article(self, number: int) -> Article:
        return self.articles[number].article

    def said(self, number: int) -> list[Span]:
        return [span for claim in self.articles[number].claims if claim.direct for span in claim.content]

    def add_shingles(self, number: int, shingles: Iterable[int]) -> None:
        for shingle in shingles:
            self._shingles[shingle].append(number)

    def anchors(self, number: int) -> tuple[Anchor, ...]:
        return self._anchors[number]

    def stated_translations(self, number: int) -> list[int]:
        me = self.articles[number].article
        return [
            n for n, other in enumerate(self.articles[:number])
            if other.article.translation_of == me.id or me.translation_of == other.article.id
        ]  # fmt: skip

    def languages(self) -> list[str]:
        return sorted({language for language, _ in self._names})

    def holders_of_anchors(self, language: str, names: Iterable[str], days: Sequence[Span], most: int) -> list[list[int]]:
        return [[n for day, n in self._names[language, name] if any(b <= day <= e for b, e in days)][:most] for name in names]

    def add_anchors(self, number: int, anchors: Sequence[Anchor], *, language: str, day: int, names: Iterable[str]) -> None:
        self._anchors[number] = tuple(anchors)
        for name in names:
            self._names[language, name].append((day, number))


def told(text: str, *, claims: tuple[Claim, ...] = (), mentions: Iterable[str] = (), **about: str | None) -> CodedArticle:
    """An article of this text. ``mentions`` are names: each place where one stands is a mention."""
    about = {"language": "en", "date": "2021-03-04", **about}
    id_ = content_id("article", text, about.get("outlet"))
    article = Article(id=id_, page="p", n=0, text=text, **about)  # type: ignore[arg-type]
    found = [(text.index(name), name) for name in mentions]
    spans = tuple(Mention(b=b, e=b + len(name), type="person", score=1.0) for b, name in found)
    reading = Reading(sentences=(), attributions=(), mentions=spans)
    return CodedArticle(article=article, reading=reading, claims=claims)
