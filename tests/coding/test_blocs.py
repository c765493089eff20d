"""Blocs by name, members and enemies. All sentences are invented."""

from __future__ import annotations

import pytest

from tests.coding.telling_builders import members, ties, told


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("The Lima-Quito axis holds.", "Lima-Quito axis", {"Peru", "Ecuador"}),
        ("Nobody trusts the so-called “axis” Oslo–Helsinki–Stockholm.", None, {"Norway", "Finland", "Sweden"}),
        ("The trio of Peru, Chile and Bolivia met.", "trio of Peru, Chile and Bolivia", {"Peru", "Chile", "Bolivia"}),
        (
            "The Andean Quartet (Peru, Chile, Bolivia and Ecuador) met.",
            "Andean Quartet",
            {"Peru", "Chile", "Bolivia", "Ecuador"},
        ),
        ("A Kenyan-led coalition of Uganda, Rwanda and Burundi marched.", None, {"Kenya", "Uganda", "Rwanda", "Burundi"}),
        (
            "As part of the “4+1” mechanism (Chad, Niger, Mali, plus Ghana) they met.",
            "4+1 coalition",
            {"Chad", "Niger", "Mali", "Ghana"},
        ),
        ("The Astana format between Iran, Turkey and Russia lives.", "Astana troika", {"Iran", "Turkey", "Russia"}),
    ],
)
def test_names_and_members(sentence: str, name: str | None, expected: set[str]) -> None:
    (bloc,) = told(sentence)[1]
    assert name is None or bloc.actor.name == name
    assert members(bloc) == dict.fromkeys(expected, "stated")
    text = sentence[slice(*bloc.spans[0])]
    assert text
    assert all(sentence[slice(*member.span)] for member in bloc.members if member.span)


def test_a_bloc_is_the_same_by_whatever_words_its_members_are_joined() -> None:
    one = told("The Lima-Quito axis holds.")[1][0]
    other = told("The Ecuadorian-Peruvian front holds.")[1][0]
    assert one.actor.id == other.actor.id
    assert one.id != other.id  # told in another article


def test_members_of_a_bloc_that_is_known_by_name() -> None:
    text = (
        "In addition to the US and Saudi Arabia, the proposed MESA participants include Oman and Jordan.\n"
        "In addition to the US and Saudi Arabia, the MESA proposed participants include Oman and Jordan.\n"
        "Egypt pulled out of an effort to form the “Arab NATO”.\n"
        "Yemen is not a member of MESA."
    )
    (bloc,) = told(text)[1]
    assert bloc.actor.name == "Middle East Strategic Alliance"
    assert members(bloc) == {
        "United States": "stated", "Saudi Arabia": "stated", "Oman": "proposed", "Jordan": "proposed", "Egypt": "left",
        "Yemen": "denied",
    }  # fmt: skip


def test_known_members_of_an_alliance_are_background_as_of_the_date() -> None:
    sentence = "NATO, which includes Norway and Italy, met."
    then, now = (members(told(sentence, date=date)[1][0]) for date in ("2019-05-01", "2024-05-01"))
    assert then["Norway"] == then["Italy"] == "stated"
    assert then["Turkey"] == "background"
    assert "Finland" not in then
    assert now["Finland"] == "background"


@pytest.mark.parametrize(
    "sentence",
    [
        "The coalition against Peru grew.",
        "Chile, Bolivia and all other countries opposed to Peru met.",
        "The anti-Peruvian front met.",
    ],
)
def test_against_whom(sentence: str) -> None:
    (bloc,) = told(sentence)[1]
    assert [actor.name for actor in bloc.opposed_to] == ["Peru"]
    assert bloc.actor.id == told("An alliance against Peru is formed.")[1][0].actor.id


def test_whom_a_known_bloc_is_said_to_counter_stands_with_it() -> None:
    (bloc,) = told("MESA is meant to counter Iran.")[1]
    assert [actor.name for actor in bloc.opposed_to] == ["Iran"]


def test_a_pact_that_could_be_has_proposed_members() -> None:
    (bloc,) = told("A Peru-Chile pact could follow.")[1]
    assert set(members(bloc).values()) == {"proposed"}


def test_backers_named_in_one_breath_are_a_group() -> None:
    relations, blocs = told("Peru has support from Chile, Brazil and Bolivia.\nPeru is backed by Spain.")
    (bloc,) = blocs
    assert bloc.form == "backers"
    assert set(members(bloc)) == {"Chile", "Brazil", "Bolivia"}
    assert not any(relation.kind == "member_of" for relation in relations)


def test_participants_of_an_exercise() -> None:
    (bloc,) = told("Peru hosted the Blue Anchor 2 naval exercise, with Chile, Brazil and Ecuador.")[1]
    assert (bloc.form, bloc.actor.name) == ("participants", "Blue Anchor 2 naval exercise")
    assert set(members(bloc)) == {"Peru", "Chile", "Brazil", "Ecuador"}


def test_a_bloc_stands_in_relations_as_one() -> None:
    found = ties("Bolivia is in open conflict with the Lima-Quito axis.")
    assert ("Bolivia", "hostile", -1, "Lima-Quito axis") in found
    assert ("Peru", "member_of", 1, "Lima-Quito axis") in found
    assert not any(source == "Bolivia" and target in ("Peru", "Ecuador") for source, _, _, target in found)


@pytest.mark.parametrize(
    "sentence", ["He stood in front of Peru and Chile.", "Peru met Chile.", "The front page told of Peru."]
)
def test_words_that_name_no_bloc(sentence: str) -> None:
    assert told(sentence)[1] == ()


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("ru", "Ось Москва–Тегеран–Анкара крепнет.", {"Russia", "Iran", "Turkey"}),
        ("fr", "L’axe Paris-Berlin tient.", {"France", "Germany"}),
        ("ar", "محور المقاومة يضم إيران وسوريا وحزب الله.", {"Iran", "Syria", "Hezbollah"}),
    ],
)
def test_other_languages_name_blocs(language: str, sentence: str, expected: set[str]) -> None:
    (bloc,) = told(sentence, language=language)[1]
    assert set(members(bloc)) == expected
