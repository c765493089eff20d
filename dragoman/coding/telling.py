"""How an article tells what it tells: in which sentence, by whose account, and of whom."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from dragoman.coding.cast import Cast
from dragoman.coding.claims import Account, Actors
from dragoman.coding.cues import NAMELESS, PRONOUNS_MANY, PRONOUNS_ONE
from dragoman.coding.sources import Introductions, actor_of, voice_of
from dragoman.types import Actor, Article, Reading, Span


class Telling:
    """The sentences, accounts and actors of one article, by span."""

    def __init__(self, article: Article, reading: Reading, accounts: Sequence[Account], actors: Actors) -> None:
        self.article = article
        self.reading = reading
        self.cast = Cast(article.text, actors)
        self.introductions = Introductions(article, reading.mentions)
        self.voice = (voice_of(article),)
        self._begins = [b for b, _ in reading.sentences]
        # the shortest content that holds a place is the innermost account of it
        told = ((e - b, b, e, account.chain) for account in accounts for b, e in account.content)
        self._told = sorted(told, key=lambda t: t[:3])

    def chain_at(self, span: Span) -> tuple[str, ...]:
        """The chain of the innermost claim whose content holds the span; the article's own voice if there is none."""
        return next((chain for _, b, e, chain in self._told if b <= span[0] and span[1] <= e), self.voice)

    def sentence_at(self, span: Span) -> Span:
        """The sentence in which the span begins."""
        number = bisect_right(self._begins, span[0]) - 1
        return self.reading.sentences[number] if number >= 0 else span

    def actor(self, span: Span) -> Actor | None:
        """Whoever the words name; None for a pronoun that nobody stands for, and for words that name nobody."""
        if resolved := self.cast.at(span):
            return resolved
        source = self.introductions.source(span, span[0])
        nobody = not source.key or any(pronoun.fullmatch(source.name) for pronoun in (PRONOUNS_ONE, PRONOUNS_MANY, NAMELESS))
        return None if nobody else actor_of(source)
