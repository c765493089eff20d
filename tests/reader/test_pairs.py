from dragoman.reader.pairs import excerpts_of, marked_window
from dragoman.reader.windows import Specials, WindowSize, cut_windows, marks_of, piece_texts

TEXT = "Rain fell. The envoys met the clerks. Later the clerks left. The port stayed shut."


def spans(*words):
    return tuple((TEXT.index(word), TEXT.index(word) + len(word)) for word in words)


def test_an_excerpt_is_the_sentences_of_both_sides():
    (met, over, alone, none) = excerpts_of(
        TEXT, "en", [spans("envoys", "clerks"), spans("left", "envoys"), (spans("port")[0], (0, 0)), ((0, 0), (0, 0))]
    )
    assert met.text == "The envoys met the clerks."
    assert [met.text[b:e] for b, e in met.pair] == ["envoys", "clerks"]
    assert over.text == "The envoys met the clerks. Later the clerks left."
    assert [over.text[b:e] for b, e in over.pair] == ["left", "envoys"]
    assert (alone.text, alone.pair[1]) == ("The port stayed shut.", (0, 0))
    assert (none.text, none.number) == ("Rain fell.", 3)


def test_a_pair_is_read_where_its_later_side_is_in_the_core(tokenizer):
    (pieced,) = piece_texts(tokenizer, ["the said the\n\nthe said said\n\nsaid the the"])
    windows = cut_windows(pieced, WindowSize(core=8, context=3), Specials())
    window, sides = marked_window(pieced, windows, ((27, 30), (31, 35)))
    assert window is windows[1]
    assert sides[1][0] >= window.core - window.first
    assert all(first < end for first, end in sides)


def test_a_side_outside_the_window_is_left_out(tokenizer):
    (pieced,) = piece_texts(tokenizer, ["the said the\n\nthe said said\n\nsaid the the"])
    windows = cut_windows(pieced, WindowSize(core=8, context=3), Specials())
    window, sides = marked_window(pieced, windows, ((0, 3), (31, 35)))
    assert window is windows[1]
    assert sides[0] == (0, 0)


def test_no_words_no_window(tokenizer):
    (pieced,) = piece_texts(tokenizer, [" "])
    assert marked_window(pieced, [], ((0, 1), (0, 0))) is None


def test_marks_cover_all_pieces_of_the_sides(tokenizer):
    (pieced,) = piece_texts(tokenizer, ["the clerk said"])
    (window,) = cut_windows(pieced, WindowSize(), Specials())
    marks = marks_of(window, [(1, 2), (2, 3)])
    assert len(marks) == len(window.ids)
    first, second = window.heads[1], window.heads[2]
    assert marks == [0] * first + [1] * (second - first) + [2] * (len(marks) - 1 - second) + [0]
