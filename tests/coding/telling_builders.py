"""Articles whose actors the shipped gazetteer finds, coded without a reader."""

from __future__ import annotations

from functools import cache

from dragoman.actors import Gazetteer, Resolver
from dragoman.coding.relations import code_relations
from dragoman.types import Article, Bloc, CastMember, Reading, Relation, content_id


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


def told(text: str, *, language: str = "en", date: str | None = "2019-05-01") -> tuple[tuple[Relation, ...], tuple[Bloc, ...]]:
    """The relations and blocs of a text of one sentence a line."""
    article = Article(
        id=content_id("article", text), page="p", n=0, text=text, language=language, date=date, outlet="The Paper"
    )
    ends = [at for at, c in enumerate(text) if c == "\n"] + [len(text)]
    begins = [0, *(end + 1 for end in ends[:-1])]
    reading = Reading(sentences=tuple(zip(begins, ends, strict=True)), mentions=(), attributions=())
    return code_relations(article, reading, (), {}, cast_of(text, language=language, date=date))


def cast_of(text: str, *, language: str = "en", date: str | None = "2019-05-01") -> tuple[CastMember, ...]:
    return Resolver(gazetteer(), date=date, language=language).resolve_article(text, [])[1]


def ties(text: str, *, language: str = "en") -> set[tuple[str, str, int, str]]:
    """(from, kind, sign, to) of the relations of a text."""
    return {(r.source.name, r.kind, r.sign, r.target.name) for r in told(text, language=language)[0]}


def members(bloc: Bloc) -> dict[str, str]:
    return {member.actor.name: member.status for member in bloc.members}
