import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reader.windows import Specials, WindowSize, cut_windows, piece_texts

SPECIALS = Specials()


def windows_of(tokenizer, text, **sizes):
    (pieced,) = piece_texts(tokenizer, [text])
    return pieced, cut_windows(pieced, WindowSize(**sizes), SPECIALS)


def test_a_piece_over_two_words_belongs_to_the_first(tokenizer):
    (pieced,) = piece_texts(tokenizer, ["the end.”"])
    assert [len(ids) for ids in pieced.pieces] == [1, 4, 1, 0]


def test_windows_break_at_paragraphs_and_repeat_what_stood_before(tokenizer):
    pieced, windows = windows_of(tokenizer, "the said the\n\nthe said said\n\nsaid the the", core=8, context=3)
    assert [(w.first, w.core, w.end) for w in windows] == [(0, 0, 6), (4, 6, 9)]
    assert windows[0].ids[4] == SPECIALS.eos  # between the first two paragraphs
    assert pieced.paragraphs == (0, 3, 6, 9)


def test_a_long_paragraph_is_cut_after_a_sentence(tokenizer):
    _, windows = windows_of(tokenizer, "the the the the the. the the the the", core=8, context=2)
    assert windows[0].end == 6


def test_no_words_no_windows(tokenizer):
    assert windows_of(tokenizer, " \n\n ")[1] == []


@settings(max_examples=200)
@given(
    text=st.text(alphabet=st.sampled_from("abc .,“”\nطс😀\u0301"), max_size=400),
    core=st.integers(4, 40),
    context=st.integers(0, 12),
)
def test_each_word_has_one_core_and_a_place(tokenizer, text, core, context):
    pieced, windows = windows_of(tokenizer, text, core=core, context=context)
    assert [k for w in windows for k in range(w.core, w.end)] == list(range(len(pieced.words)))
    for window in windows:
        assert len(window.heads) == window.end - window.first
        assert list(window.heads) == sorted(window.heads)
        assert all(0 < place < len(window.ids) for place in window.heads)
        longest = max(len(ids) for ids in pieced.pieces)
        assert len(window.ids) <= 2 * max(core, longest) + context + 40


@pytest.mark.parametrize("length", [5000])
def test_one_endless_line_is_cut_into_bounded_windows(tokenizer, length):
    _, windows = windows_of(tokenizer, "abc " * length)
    assert max(len(w.ids) for w in windows) <= WindowSize().core + WindowSize().context + 3
