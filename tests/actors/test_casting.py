"""Everybody whom an article names, wherever it names them."""

from __future__ import annotations

from functools import cache

import pytest

from dragoman.actors import Gazetteer, Resolver
from dragoman.types import CastMember


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.shipped()


def cast(text: str, *spans: tuple[int, int, str], date: str | None = "2019-05-01") -> tuple[CastMember, ...]:
    return Resolver(gazetteer(), date=date, language="en").resolve_article(text, spans)[1]


def named(text: str, *spans: tuple[int, int, str]) -> list[tuple[str, str, str]]:
    found = [(n.span, m.actor.name, n.form) for m in cast(text, *spans) for n in m.namings]
    return [(text[slice(*span)], name, form) for span, name, form in sorted(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway and the Danes", [("Norway", "Norway", "name"), ("the Danes", "Denmark", "adjective")]),
        ("Norway’s military support", [("Norway", "Norway", "name")]),
        ("Norway’s military marched", [("Norway’s military", "Norwegian military", "name")]),
        ("the Oslo-Lima pact", [("the Oslo", "Norway", "seat"), ("Lima", "Peru", "seat")]),
        ("Iran-backed militias", [("Iran", "Iran", "name"), ("militias", "Iran-backed militias", "name")]),
        ("the government in Oslo", [("the government in Oslo", "Norway", "name")]),
        ("the “Arab League” met", [("Arab League", "Arab League", "name")]),
    ],
)
def test_names_are_found_without_a_reader(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert named(text) == expected


def test_a_relative_pronoun_is_who_stands_before_it() -> None:
    assert ("who", "Emmanuel Macron", "reference") in named("Angela Merkel met Emmanuel Macron, who left.")


def test_a_mention_that_joins_several_actors_gives_way_to_them() -> None:
    text = "the Oslo-Lima pact"
    assert [name for _, name, _ in named(text, (0, 13, "organisation"))] == ["Norway", "Peru"]


def test_a_mention_goes_before_the_names_in_it_if_it_names_one() -> None:
    text = "The Oslo Grain Board met."
    assert [words for words, *_ in named(text, (4, 20, "organisation"))] == ["Oslo Grain Board"]


def test_offices_and_members_come_with_an_actor_as_of_the_date() -> None:
    (macron,) = cast("Emmanuel Macron spoke.")
    assert (macron.kind, macron.roles[0].title, macron.roles[0].of) == ("person", "president", "FRA")
    sizes = [len(cast("NATO met.", date=date)[0].members) for date in ("2019-05-01", "2023-06-01", "2024-05-01", None)]
    assert sizes == [29, 31, 32, 32]


def test_an_arabic_preposition_is_no_surname() -> None:
    assert Resolver(gazetteer(), date=None, language="ar").resolve_article("وقع على الورقة", [])[1] == ()
