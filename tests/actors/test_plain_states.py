"""States that the reader passed over."""

import time

import pytest

from dragoman.actors import plain_states, with_plain_states
from dragoman.types import Mention


def found(text, *marked, language="en"):
    mentions = [Mention(b=text.index(words), e=text.index(words) + len(words), type="place", score=1.0) for words in marked]
    return [text[m.b : m.e] for m in plain_states(text, mentions, language)]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Backed by France, the UAE, Saudi Arabia and Egypt.", ["France", "UAE", "Saudi Arabia", "Egypt"]),
        ("Neither Russia nor Iran came. In Syria it rained.", ["Russia", "Iran", "Syria"]),
        ("It was a matter for the U.S. and Russia.", ["U.S.", "Russia"]),
        ("He flew to Moscow. Russia denied it.", ["Russia"]),
        ("He met Putin. Iran and Iraq agreed.", ["Iran", "Iraq"]),
        ("Yesterday Russia left. Among Russia's aims was this.", ["Russia", "Russia"]),
        ("Exports fell.\nOfficial Russia was silent, no official spoke.", ["Russia"]),
    ],
)
def test_states_by_their_plain_names(text, states):
    assert found(text) == states


@pytest.mark.parametrize(
    ("language", "text", "states"),
    [
        ("ar", "روسيا وإيران وتركيا", ["روسيا", "إيران", "تركيا"]),
        ("ru", "Россия и Иран. Но Россия ушла.", ["Россия", "Иран", "Россия"]),
        ("fr", "La Grèce et le Liban. Le Maroc aussi, et la Suisse.", ["Grèce", "Liban", "Maroc", "Suisse"]),
        ("tr", "Ve Türkiye ile Rusya'nın planı; İran, Angola.", ["Türkiye", "Rusya", "İran", "Angola"]),
        ("fa", "ایران و روسیه و لبنان", ["ایران", "روسیه", "لبنان"]),
        ("he", "ישראל, איראן", ["ישראל", "איראן"]),
        ("sv", "Iran och Russia", ["Iran", "Russia"]),
        (None, "Iran, Russia", ["Iran", "Russia"]),
    ],
)
def test_names_are_those_of_the_language(language, text, states):
    assert found(text, language=language) == states


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "قال مالي إن دعما مالي كبير"),
        ("fa", "کمک مالی و بحران مالی"),
        ("ru", "Того же мнения он. Перу поэта."),
        ("he", "הם הודו לו על כך"),
        ("tr", "Mali yardım geldi. Chad ve Jordan."),
        ("fr", "Maurice et Dominique sont venus."),
        ("en", "Того же. مالی. Suriye."),
        ("ru", "Iran, Iraq"),
    ],
)
def test_words_of_a_language_are_no_states(language, text):
    assert found(text, language=language) == []


@pytest.mark.parametrize(
    "text",
    [
        "Air France flew to New Mexico.",
        "The Iran-Contra papers and the Israel Museum.",
        "Jordan scored twice, Chad once.",
        "THEY TOLD US ALL.",
        "Irans and Russias are no words.",
        "Air France flew. New Mexico voted. The air was new.",
        "They met Bob J. France and St. Cuba.",
        "WAR AND PEACE: US " + "SENDS MORE TROOPS " * 20,
    ],
)
def test_what_belongs_to_another_name_is_none(text):
    assert found(text) == []


def test_what_is_marked_already_is_left_alone():
    assert found("Turkey and the Republic of Cuba met Iraq.", "the Republic of Cuba") == ["Turkey", "Iraq"]
    assert found("Turkey met Iraq.", "Turkey", "Iraq") == []
    assert found("Turkey and Iraq of old met.", "Turkey and Iraq of old", "Turkey") == []


def test_mentions_stay_in_the_order_of_the_text():
    text = "Turkey met Iraq, then Cuba."
    iraq = Mention(b=11, e=15, type="place", score=1.0)
    assert [(m.b, m.score) for m in with_plain_states(text, (iraq,), "en")] == [(0, 0.5), (11, 1.0), (22, 0.5)]
    assert with_plain_states("Nobody.", (), "en") == ()


@pytest.mark.parametrize("piece", ["the US met ", "Russia ", "US ", "Official Iran. ", "A.", "\n", "\U0001f600"])
def test_time_taken_is_linear(piece):
    def seconds(n):
        begun = time.process_time()
        list(plain_states(piece * n, (), "en"))
        return time.process_time() - begun

    seconds(100)
    assert seconds(32_000) < 40 * max(seconds(2_000), 0.002)
