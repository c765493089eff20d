import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reader.words import LONGEST_WORD, paragraphs_of, words_of


def cut(text):
    return [text[b:e] for b, e in words_of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Clinton’s claim", ["Clinton", "’s", "claim"]),
        ("don't e-mail AT&T", ["don't", "e-mail", "AT&T"]),
        ("“Yes,” he said.", ["“", "Yes", ",", "”", "he", "said", "."]),
        ("وقالَ الوزيرُ إنّ", ["وقالَ", "الوزيرُ", "إنّ"]),  # vowel marks stay in their words
        ("می\u200cگوید", ["می\u200cگوید"]),
        ('צה"ל', ["צה", '"', "ל"]),
        ("", []),
    ],
)
def test_words(text, words):
    assert cut(text) == words


def test_an_endless_word_is_cut():
    assert [len(w) for w in cut("x" * (2 * LONGEST_WORD + 5))] == [LONGEST_WORD, LONGEST_WORD, 5]


def test_paragraphs_are_lines_without_their_edges():
    text = "  One line. \n\n\t\nTwo.\r\n"
    assert [text[b:e] for b, e in paragraphs_of(text)] == ["One line.", "Two."]


@given(st.text())
def test_words_cover_everything_but_space_and_do_not_overlap(text):
    at = 0
    for b, e in words_of(text):
        assert at <= b < e
        assert not text[at:b].strip()
        at = e
    assert not text[at:].strip()
