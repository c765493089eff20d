import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from bench.gold import unmark
from dragoman.reader.labels import MENTION_LABELS, MENTION_TYPES, ROLE_LABELS
from train.data import Labelled, examples_of

ALL = frozenset(MENTION_TYPES)


@pytest.fixture(scope="module")
def tokenizer():
    tokenizer = Tokenizer(
        models.Unigram([(p, -1.0) for p in ("<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghijklmnopqrstuvwxyz.,“”")], unk_id=3)
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    return tokenizer


def test_marks_come_off_and_leave_their_offsets():
    text, (first, second) = unmark("[C1 We agree], [Q1 said] [S1 he], [C1 and sign]; [Q2 adding] [C2 no more].")
    assert text == "We agree, said he, and sign; adding no more."
    assert [text[b:e] for b, e in first["content"]] == ["We agree", "and sign"]
    assert second["source"] == []


def one(tokenizer, **item):
    (example,) = examples_of([Labelled(**item)], tokenizer)
    return example


def test_roles_and_links_of_words(tokenizer):
    text, attributions = unmark("[S1 he] [Q1 has said] [C1 that we go] now")
    example = one(tokenizer, text=text, attributions=attributions)
    assert [ROLE_LABELS[k] for k in example.roles] == [
        "B-source", "B-cue", "I-cue", "B-content", "I-content", "I-content", "O"]  # fmt: skip
    assert example.links.tolist() == [1, 1, 1, 1, 1, 1, -1]
    assert example.allowed.all()  # nothing is known of mentions


def test_a_content_over_two_paragraphs_begins_anew(tokenizer):
    text, attributions = unmark("[S1 he] [Q1 said] [C1 we go\nwe stay]")
    example = one(tokenizer, text=text, attributions=attributions)
    assert [ROLE_LABELS[k] for k in example.roles[2:]] == ["B-content", "I-content", "B-content", "I-content"]


def test_words_of_the_context_have_no_labels(tokenizer):
    text, attributions = unmark("[S1 he] [Q1 said] [C1 " + "abcdefgh " * 60 + "].")
    first, second = examples_of([Labelled(text=text, attributions=attributions)], tokenizer)
    context = int((second.roles == -1).sum())
    assert 0 < context < len(second.roles)
    assert ROLE_LABELS[second.roles[context]] == "B-content"
    assert (first.roles >= 0).all()


def labels(row):
    return {name for name, open_ in zip(MENTION_LABELS, row, strict=True) if open_}


def test_a_set_allows_what_it_does_not_know(tokenizer):
    example = one(tokenizer, text="he left sidon", mentions=[(8, 13, "place")], types=frozenset({"place", "person"}))
    assert labels(example.allowed[2]) == {"B-place"}
    assert labels(example.allowed[0]) == {
        "O",
        *(f"{s}-{t}" for t in MENTION_TYPES if t not in ("place", "person") for s in "BI"),
    }
    assert (example.roles == -1).all()


def test_of_persons_with_titles_only_the_end_is_sure(tokenizer):
    example = one(tokenizer, text="envoy aziz left", mentions=[(0, 10, "person")], types=ALL)
    assert example.allowed[0].all()
    assert labels(example.allowed[1]) == {"B-person", "I-person"}
    assert labels(example.allowed[2]) == {"O"}


def test_labels_of_unknown_types_are_left_open(tokenizer):
    example = one(tokenizer, text="the pact", mentions=[(4, 8, "")], types=frozenset({"person"}))
    assert example.allowed[1].all()


def test_arrays_fit_each_other(tokenizer):
    text, attributions = unmark("[S1 he] [Q1 said] [C1 yes].")
    example = one(tokenizer, text=text, attributions=attributions)
    words = {len(x) for x in (example.heads, example.roles, example.links, example.starts, example.allowed)}
    assert words == {4}
    assert np.all(example.heads < len(example.ids))
