"""Words of a text and how they are compared with those of the lists."""

import pytest

from dragoman.coding.lexicon import WORD, Lexicon, fold


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("\u05e9\u05c1\u05dc\u05d5\u05dd", "שלום"),  # the dot of shin
        ("\u05d9\u05b4\u05e9\u05c2\u05e8\u05d0\u05dc", "ישראל"),  # the dot of sin
        ("\u05e9\u05c1\u05b8\u05dc\u0591\u05d5\u05dd", "שלום"),  # a sign of cantillation
        ("\u0627\u0653\u0628\u0627\u0621", "اباء"),  # madda
        ("\u0627\u0654\u0639\u0644\u0646", "اعلن"),  # hamza above
        ("\u0627\u0655\u0639\u0644\u0627\u0646", "اعلان"),  # hamza below
        ("\u0642\u064e\u0627\u0644\u064e", "قال"),
    ],
)
def test_a_word_with_marks_is_one_word_and_compares_as_without(written, plain):
    assert [match.group() for match in WORD.finditer(f"x {written} y")] == ["x", written, "y"]
    assert fold(written) == plain
    assert [f.labels for f in Lexicon({"known": plain}, "he").find(written, (0, len(written)))] == [("known",)]


def test_a_maqaf_stands_between_words_and_is_no_mark():
    assert WORD.findall("\u05d1\u05d9\u05ea\u05be\u05e1\u05e4\u05e8") == ["בית", "ספר"]
