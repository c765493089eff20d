"""All that is coded from one article."""

from __future__ import annotations

from dragoman.coding.claims import NOBODY, Actors, accounts_and_claims
from dragoman.coding.events import NOWHERE, Places, code_events
from dragoman.coding.relations import code_relations
from dragoman.coding.times import find_times
from dragoman.types import Article, CastMember, CodedArticle, Reading


def code_article(
    article: Article,
    reading: Reading,
    actors: Actors = NOBODY,
    places: Places = NOWHERE,
    cast: tuple[CastMember, ...] = (),
) -> CodedArticle:
    """The article with its claims, events and relations, each in the order of its text.

    ``actors`` says whom spans of the text name: mentions, sources, and the sides of events; ``places`` where
    the known ones among its places are; ``cast`` everybody whom the article names.
    """
    times = find_times(article.text, date=article.date, language=article.language) if reading.events else []
    accounts, claims = accounts_and_claims(article, reading, actors)
    events = code_events(article, reading, accounts, actors, places, times)
    relations, blocs = code_relations(article, reading, accounts, actors, cast, events)
    return CodedArticle(
        article=article,
        reading=reading,
        claims=claims,
        events=events,
        relations=relations,
        blocs=blocs,
        cast=cast,
    )
