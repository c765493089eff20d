"""Actors and blocs put together over articles."""

from __future__ import annotations

import pytest

from dragoman.exchange.registers import ActorRegister, BlocRegister, actor_line, plain_name
from dragoman.types import (
    Actor,
    ActorSummary,
    Article,
    Bloc,
    BlocMember,
    CastMember,
    CodedArticle,
    MemberStatus,
    Naming,
    Reading,
)

PACT = Actor(id="p", name="Hills Pact")
PERU, CHILE = (Actor(id=name, name=name, code=name[:3].upper()) for name in ("Peru", "Chile"))


def article(id_: str, date: str | None = None, text: str = "The “Hills Pact” of Peru") -> Article:
    return Article(id=id_, page="p", n=0, text=text, date=date)


def bloc(of: Article, **members: MemberStatus) -> tuple[Article, Bloc]:
    actors = {"peru": PERU, "chile": CHILE}
    told = tuple(BlocMember(actor=actors[name], status=status, span=(20, 24)) for name, status in members.items())
    return of, Bloc(id=of.id, article=of.id, actor=PACT, spans=((4, 16),), members=told, opposed_to=(), chain=("A",), score=0.8)


def members(*told: tuple[Article, Bloc]) -> dict[str, tuple[str, list[str]]]:
    register = BlocRegister()
    for of, each in told:
        register.take(of, each)
    (line,) = register.lines()
    assert line.name == "Hills Pact"
    assert len(line.evidence) == len(told)
    return {member.actor.name: (member.status, member.articles) for member in line.members}


def test_a_bloc_has_the_members_that_any_article_tells() -> None:
    assert members(bloc(article("a"), peru="stated"), bloc(article("b"), chile="proposed")) == {
        "Peru": ("stated", ["a"]), "Chile": ("proposed", ["b"]),
    }  # fmt: skip


def test_stated_goes_before_proposed_and_background() -> None:
    found = members(
        bloc(article("a"), peru="background", chile="background"),
        bloc(article("b"), peru="proposed"),
        bloc(article("c"), peru="stated"),
    )
    assert found == {"Peru": ("stated", ["c"]), "Chile": ("background", [])}


@pytest.mark.parametrize(("left", "stated", "expected"), [("2020-05", "2019-01", "left"), ("2019-01", "2020-05", "stated")])
def test_who_left_is_out_until_a_later_article_tells_otherwise(left: str, stated: str, expected: str) -> None:
    assert members(bloc(article("a", left), peru="left"), bloc(article("b", stated), peru="stated"))["Peru"][0] == expected


def test_actors_go_by_the_names_that_texts_use() -> None:
    text = "Lima said so. The Peruvians and the leaders of Peru: Lima again"
    spans = {(0, 4): "seat", (14, 27): "name", (32, 51): "name", (53, 57): "seat"}
    cast = (
        CastMember(
            actor=PERU,
            kind="state",
            namings=tuple(Naming(span=span, actor=PERU, form=form) for span, form in spans.items()),  # type: ignore[arg-type]
        ),
    )
    register = ActorRegister()
    reading = Reading(sentences=(), mentions=(), attributions=())
    register.add(CodedArticle(article=article("a", text=text), reading=reading, claims=(), cast=cast))
    (line,) = register.lines()
    assert (line.name, line.kind, line.count) == ("Peru", "state", 4)
    assert line.names == ["Peru", "Lima", "Peruvians"]


def test_the_line_of_a_counted_actor_joins_spellings_of_one_name() -> None:
    found = ActorSummary(
        actor=PERU, kind="state", articles=2, count=9, names=(("Lima", 3), ("the Lima", 2), ("peru’s men", 1)), roles=()
    )
    assert actor_line(found).names == ["Peru", "Lima"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the Arab League", "Arab League"),
        ("“Ali al-Amin”", "Ali al-Amin"),
        ("League of Nations", "League of Nations"),
        ("both Peru and Chile", ""),
        ("حزب الله", "حزب الله"),
    ],
)
def test_plain_names(words: str, name: str) -> None:
    assert plain_name(words, (0, len(words))) == name
