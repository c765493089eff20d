"""Casts, blocs and the manner of relations in the ledger."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from ledger_builders import WORDS, a_coded, a_page

from dragoman.errors import UsageError
from dragoman.ledger import Filters, Ledger
from dragoman.types import (
    Actor,
    ActorRole,
    Bloc,
    BlocMember,
    CastMember,
    CodedArticle,
    Naming,
    Relation,
    content_id,
)

FREEDONIA = Actor(id="f1", name="Freedonia", code="FRE")
SYLVANIA = Actor(id="s1", name="Sylvania", code="SYL")
REBELS = Actor(id="r1", name="Freedonian rebels", code="FRE REB")
PACT = Actor(id="p1", name="Hills Pact")
FIREFLY = Actor(id="x1", name="Rufus Firefly", code="FRE GOV")


def a_told(text: str = WORDS, **changes: object) -> CodedArticle:
    """An article with a relation, a bloc and a cast."""
    coded = a_coded(text, **changes)
    article = coded.article.id
    chain = ("The Daily Example", "a minister")
    relation = Relation(
        id=content_id("relation", article), article=article, span=(0, 25), source=FREEDONIA, target=SYLVANIA, kind="allied",
        sign=-1, status="negated", basis="words", chain=chain, score=0.8,
    )  # fmt: skip
    bloc = Bloc(
        id=content_id("bloc", article), article=article, actor=PACT, form="bloc", spans=((0, 3), (4, 12)),
        members=(
            BlocMember(actor=FREEDONIA, status="stated", span=(16, 25)),
            BlocMember(actor=SYLVANIA, status="background"),
        ),
        opposed_to=(REBELS,), chain=chain, score=0.8,
    )  # fmt: skip
    cast = (
        CastMember(
            actor=FREEDONIA, kind="state",
            namings=tuple(
                Naming(span=span, actor=FREEDONIA, form=form)
                for span, form in (((16, 25), "name"), ((41, 43), "reference"))
            ),
        ),
        CastMember(
            actor=FIREFLY, kind="person", roles=(ActorRole(title="president", of="FRE", start="2020-01-01"),),
            namings=(Naming(span=(4, 12), actor=FIREFLY, form="name"),),
        ),
        CastMember(actor=PACT, kind="alliance", members=(FREEDONIA, SYLVANIA), namings=()),
    )  # fmt: skip
    return msgspec.structs.replace(coded, relations=(relation,), blocs=(bloc,), cast=cast)


@pytest.fixture
def book(tmp_path: Path):
    with Ledger.open(tmp_path / "news.db") as book:
        yield book


def test_what_goes_in_comes_out(book: Ledger) -> None:
    coded = a_told()
    book.add_article(coded, page=a_page())
    back = book.coded_article(coded.article.id)
    assert back is not None
    assert (back.relations, back.blocs, back.cast) == (coded.relations, coded.blocs, coded.cast)
    assert list(book.relations()) == list(coded.relations)
    assert list(book.blocs()) == list(coded.blocs)
    book.check()


def test_blocs_are_found_by_their_names_and_members(book: Ledger) -> None:
    book.add_article(a_told(), page=a_page())
    for actor, expected in (("hills", 1), ("freed", 1), ("SYL", 1), ("rebels", 0)):
        assert len(list(book.blocs(Filters(actor=actor)))) == expected, actor
    assert list(book.blocs(Filters(since="2022"))) == []


def test_actors_are_counted_over_articles_with_the_names_that_are_used(book: Ledger) -> None:
    other = "Now " + WORDS[4:]
    for text in (WORDS, other):
        book.add_article(a_told(text), page=a_page(text))
    first, second, third = book.actors()
    assert (first.actor, first.kind, first.articles, first.count) == (FREEDONIA, "state", 2, 4)
    assert first.names == (("Freedonia", 2),)  # what refers back is no name
    assert (second.actor.name, second.roles) == ("Rufus Firefly", (ActorRole(title="president", of="FRE", start="2020-01-01"),))
    assert (third.actor, third.count, third.names) == (PACT, 0, ())


def test_actors_are_found_by_kind_and_by_any_name_that_a_text_uses(book: Ledger) -> None:
    book.add_article(a_told(), page=a_page())
    assert [found.actor.name for found in book.actors(Filters(kind="person"))] == ["Rufus Firefly"]
    assert [found.actor.name for found in book.actors(Filters(actor="ministry"))] == ["Rufus Firefly"]
    assert [found.actor.name for found in book.actors(Filters(limit=1))] == ["Freedonia"]


def test_a_bloc_of_another_article_is_refused(book: Ledger) -> None:
    coded = a_told()
    strayed = msgspec.structs.replace(coded, blocs=(msgspec.structs.replace(coded.blocs[0], article="elsewhere"),))
    with pytest.raises(UsageError, match="bloc"):
        book.add_article(strayed, page=a_page())


def test_a_relation_of_an_older_ledger_is_stated(book: Ledger) -> None:
    coded = a_told()
    book.add_article(coded, page=a_page())
    book._db.execute("DELETE FROM relation_manner")
    (relation,) = book.relations()
    assert (relation.status, relation.basis) == ("stated", "stance")
