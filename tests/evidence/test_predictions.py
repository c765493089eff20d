"""Who says what will be, until when, on what condition."""

from __future__ import annotations

import pytest
from tellings import actor, article_id, claim, coded

from dragoman.evidence import find_predictions
from dragoman.types import Prediction


class Day:
    """An expression of time, as coding finds it."""

    def __init__(self, text: str, words: str, start: str, end: str) -> None:
        self.b = text.index(words)
        self.e = self.b + len(words)
        self.start, self.end, self.type = start, end, "date"


def found(text: str, **changes: object) -> list[tuple[str, Prediction]]:
    made = find_predictions(coded(text, **changes))  # type: ignore[arg-type]
    return [(text[slice(*prediction.span)], prediction) for prediction in made]


@pytest.mark.parametrize(
    ("text", "language", "words", "certainty"),
    [
        ("The two states will sign a pact.", "en", "The two states will sign a pact", "asserted"),
        ("The pact is likely to fail.", "en", "The pact is likely to fail", "hedged"),
        ("The pact might fail within weeks.", "en", "The pact might fail within weeks", "speculative"),
        ("سوف توقع الدولتان اتفاقا جديدا.", "ar", "سوف توقع الدولتان اتفاقا جديدا", "asserted"),
        ("Две страны будут сотрудничать в торговле.", "ru", "Две страны будут сотрудничать в торговле", "asserted"),
        ("Les deux pays signeront un accord.", "fr", "Les deux pays signeront un accord", "asserted"),
        ("İki ülke yeni bir anlaşma imzalayacak.", "tr", "İki ülke yeni bir anlaşma imzalayacak", "asserted"),
        ("دو کشور توافق جدیدی امضا خواهند کرد.", "fa", "دو کشور توافق جدیدی امضا خواهند کرد", "asserted"),
        ("ההסכם החדש צפוי להיחתם בקרוב.", "he", "ההסכם החדש צפוי להיחתם בקרוב", "hedged"),
    ],
)
def test_what_will_be_is_found_in_every_language(text: str, language: str, words: str, certainty: str) -> None:
    ((span, prediction),) = found(text, language=language)
    assert (span, prediction.certainty) == (words, certainty)
    assert prediction.predictor == actor("The Daily Example")


@pytest.mark.parametrize(
    "text",
    [
        "The two states signed a pact.",
        "They would have signed it long ago.",
        "It was the will of the people there.",
        "The envoys met in May last year.",
        "Will the two states sign a pact?",
    ],
)
def test_what_was_or_is_asked_is_no_prediction(text: str) -> None:
    assert found(text) == []


def test_the_condition_is_kept_and_is_no_prediction_itself() -> None:
    text = "If the talks will go on, the border would open again."
    ((words, prediction),) = found(text)
    assert words == "the border would open again"
    assert prediction.condition is not None
    assert text[slice(*prediction.condition)] == "If the talks will go on"


def test_the_predictor_is_whose_claim_holds_the_words() -> None:
    text = "Minister Hana Aziz said the embargo will end soon. The price of oil will fall."
    hana = actor("Hana Aziz", "FRE GOV")
    said = claim(text, article_id(text), "the embargo will end soon", source=hana)
    (_, first), (_, second) = found(text, claims=(said,))
    assert (first.predictor, first.claim) == (hana, said.id)
    assert (second.predictor, second.claim) == (actor("The Daily Example"), None)


def test_a_doubtful_claim_makes_a_doubtful_prediction() -> None:
    text = "Some think the embargo will end soon."
    said = claim(text, article_id(text), "the embargo will end soon", certainty="hedged")
    ((_, prediction),) = found(text, claims=(said,))
    assert (prediction.certainty, prediction.predictor) == ("hedged", None)


def test_the_horizon_is_a_time_that_is_not_over() -> None:
    text = "The embargo of 2019 will end by June 2021."
    times = [Day(text, "2019", "2019-01-01", "2019-12-31"), Day(text, "June 2021", "2021-06-01", "2021-06-30")]
    (prediction,) = find_predictions(coded(text), times)
    assert prediction.horizon == ("2021-06-01", "2021-06-30")
    (without,) = find_predictions(coded(text), times[:1])
    assert without.horizon is None


@pytest.mark.parametrize(
    "text",
    [
        "Neither of the two accounts could be checked.",
        "Whether Freedonia will leave the pact is an open question.",
        "Here I would look at the map of the straits.",
    ],
)
def test_what_was_not_possible_is_asked_or_advised_is_no_prediction(text: str) -> None:
    assert found(text) == []


def test_the_announcement_of_a_prediction_is_none_beside_it() -> None:
    text = "Rufus predicted that the output of Freedonia will fall by half."
    assert [words for words, _ in found(text)] == ["the output of Freedonia will fall by half"]


def test_a_prediction_neither_begins_nor_ends_with_a_word_that_joins() -> None:
    text = "And it will not become a platform from which to strike Sylvania."
    assert [words for words, _ in found(text)] == ["it will not become a platform"]


def test_the_terms_on_which_somebody_spoke_are_no_condition() -> None:
    text = "The pact will fail, said two officials on condition that they not be named."
    ((_, prediction),) = found(text)
    assert prediction.condition is None
