"""States that the reader passed over."""

import pytest

from dragoman.actors import plain_states
from dragoman.types import Mention


def found(text, *marked):
    mentions = [Mention(b=text.index(words), e=text.index(words) + len(words), type="place", score=1.0) for words in marked]
    return [text[m.b : m.e] for m in plain_states(text, mentions)]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Backed by France, the UAE, Saudi Arabia and Egypt.", ["France", "UAE", "Saudi Arabia", "Egypt"]),
        ("Neither Russia nor Iran came. In Syria it rained.", ["Russia", "Iran", "Syria"]),
        ("It was a matter for the U.S. and Russia.", ["U.S.", "Russia"]),
        ("روسيا وإيران وتركيا", ["روسيا", "إيران", "تركيا"]),
        ("Россия и Иран", ["Россия", "Иран"]),
    ],
)
def test_states_by_their_plain_names(text, states):
    assert found(text) == states


@pytest.mark.parametrize(
    "text",
    [
        "Air France flew to New Mexico.",
        "The Iran-Contra papers and the Israel Museum.",
        "Jordan scored twice, Chad once.",
        "THEY TOLD US ALL.",
        "Irans and Russias are no words.",
    ],
)
def test_what_belongs_to_another_name_is_none(text):
    assert found(text) == []


def test_what_is_marked_already_is_left_alone():
    assert found("Turkey and the Republic of Cuba met Iraq.", "the Republic of Cuba") == ["Turkey", "Iraq"]
    assert found("Turkey met Iraq.", "Turkey", "Iraq") == []
