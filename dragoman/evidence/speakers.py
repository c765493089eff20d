"""Whose words a place in an article is: the innermost claim that holds it, or the article's own voice."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from dragoman.types import Actor, Claim, CodedArticle, Span, content_id

NAMELESS = "["
"""How a name begins that stands for nobody in particular: “[unspecified]”."""


class Speaker(NamedTuple):
    """Who speaks at a place: the claim and the piece of its content that holds it, and the actor; None for no name."""

    claim: Claim | None
    content: Span | None
    actor: Actor | None
    chain: tuple[str, ...]


class Speakers:
    """The speakers of one article."""

    def __init__(self, coded: CodedArticle) -> None:
        article = coded.article
        pieces = [(b, e, claim) for claim in coded.claims for b, e in claim.content]
        self._pieces = sorted(pieces, key=lambda piece: (piece[0], -piece[1], piece[2].id))
        self._begins = [piece[0] for piece in self._pieces]
        self._longest = max((e - b for b, e, _ in self._pieces), default=0)
        self.voice = article.outlet or article.author
        named = article.author or article.outlet
        self._author = Actor(id=content_id("actor", named.casefold()), name=named) if named else None

    def at(self, span: Span) -> Speaker:
        """Who speaks at a span; where several claims hold it, the one with the shortest content."""
        best: tuple[int, int, int, Claim] | None = None
        k = bisect_right(self._begins, span[0]) - 1
        while k >= 0 and self._begins[k] >= span[0] - self._longest:
            b, e, claim = self._pieces[k]
            if span[1] <= e and (best is None or e - b < best[0]):
                best = (e - b, b, e, claim)
            k -= 1
        if best is None:
            return Speaker(None, None, self._author, (self.voice,) if self.voice else ())
        _, b, e, claim = best
        own = claim.source_kind == "author" and (claim.source_actor is None or claim.source is None)
        actor = self._author if own else claim.source_actor
        return Speaker(claim, (b, e), actor if actor is None or not actor.name.startswith(NAMELESS) else None, claim.chain)
