"""Whether it happened, where plain words say so."""

import pytest

from dragoman.coding.status import Words, denies, status_of


def status(text, word, *, told="happened", kind="ASSAULT", language="en", **more):
    b = text.index(word)
    return status_of(Words(text, (0, len(text)), language), (b, b + len(word)), kind, told, **more)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Norholm attacked Kalby.", "attacked", "happened"),
        ("Norholm did not attack Kalby.", "attack", "denied"),
        ("Norholm never attacked Kalby.", "attacked", "denied"),
        ("No attack took place.", "attack", "denied"),
        ("Norholm may attack Kalby.", "attack", "possible"),
        ("Norholm will attack Kalby.", "attack", "planned"),
        ("Norholm plans to attack Kalby.", "attack", "planned"),
        ("If Norholm attacks Kalby, the port will close.", "attacks", "hypothetical"),
        ("Unless they attack, all is well.", "attack", "hypothetical"),
        ("It would attack if it were able.", "attack", "hypothetical"),
        ("Did Norholm attack Kalby?", "attack", "hypothetical"),
        ("Ten years ago Norholm attacked Kalby.", "attacked", "historical"),
        ("They marked the anniversary of the attack.", "attack", "historical"),
        ("They were not amused, and attacked.", "attacked", "happened"),
        ("The port, which will reopen, was attacked.", "attacked", "happened"),
    ],
)
def test_english(text, word, expected):
    assert status(text, word) == expected


@pytest.mark.parametrize(
    ("language", "text", "word", "expected"),
    [
        ("ar", "لم يهاجم الجيش المدينة", "يهاجم", "denied"),
        ("ar", "قد يهاجم الجيش المدينة", "يهاجم", "possible"),
        ("ru", "Армия не атаковала город", "атаковала", "denied"),
        ("ru", "Если армия атакует город, порт закроют", "атакует", "hypothetical"),
        ("fr", "L'armée n'a pas attaqué la ville", "attaqué", "denied"),
        ("he", "הצבא לא תקף את העיר", "תקף", "denied"),
    ],
)
def test_other_languages(language, text, word, expected):
    assert status(text, word, language=language) == expected


def test_a_negation_is_the_way_to_reject():
    assert status("It will not receive him.", "receive", kind="REJECT") != "denied"


def test_what_is_denied_is_denied():
    assert status("He attacked it.", "attacked", denied=True) == "denied"
    assert denies("denied", "en")
    assert not denies("rejected", "en")
    assert denies("опроверг", "ru")


def test_the_reader_is_believed_where_no_word_speaks():
    assert status("Norholm attacked Kalby.", "attacked", told="planned") == "planned"
    assert status("Norholm attacked Kalby.", "attacked", told="historical") == "historical"


def test_without_a_word_that_denies_nothing_is_denied():
    assert status("Norholm attacked Kalby.", "attacked", told="denied") == "happened"
    assert status("That Norholm attacked is untrue, not least here.", "attacked", told="denied") == "denied"
