import msgspec
import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from bench.gold import unmark
from dragoman.reader.labels import (
    ARGUMENT_LABELS,
    EVENT_LABELS,
    EVENT_TYPES,
    MENTION_LABELS,
    MENTION_TYPES,
    ROLE_LABELS,
)
from dragoman.types import STATUSES
from train.data import STATES, examples_of
from train.sets import EVERY_TYPE, Labelled, LabelledEvent, LabelledStance


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


def test_a_set_without_armed_groups_has_them_among_its_organisations(tokenizer):
    example = one(tokenizer, text="unit left", mentions=[(0, 4, "organisation")], types=frozenset({"organisation"}))
    assert labels(example.allowed[0]) == {"B-organisation", "B-armed_group"}
    assert not {"B-organisation", "B-armed_group"} & labels(example.allowed[1])


def test_labels_of_unknown_types_are_left_open(tokenizer):
    example = one(tokenizer, text="the pact", mentions=[(4, 8, "")], types=frozenset({"person"}))
    assert example.allowed[1].all()


def test_arrays_fit_each_other(tokenizer):
    text, attributions = unmark("[S1 he] [Q1 said] [C1 yes].")
    example = one(tokenizer, text=text, attributions=attributions)
    words = {len(x) for x in (example.heads, example.roles, example.links, example.starts, example.allowed)}
    assert words == {4}
    assert np.all(example.heads < len(example.ids))


def open_labels(row, known):
    return {label for label, allowed in zip(known, row, strict=True) if allowed}


def test_events_with_types_statuses_and_arguments(tokenizer):
    event = LabelledEvent(
        trigger=(5, 11),
        types=frozenset({"REQUEST"}),
        statuses=frozenset({"happened"}),
        roles=[("actor", (0, 4)), ("time", (17, 22))],
    )
    example = one(tokenizer, text="oslo called kiev today", events=[event], covered=EVERY_TYPE)
    assert [open_labels(row, EVENT_LABELS) for row in example.types] == [{"O"}, {"REQUEST"}, {"O"}, {"O"}]
    assert open_labels(example.statuses[1], STATUSES) == {"happened"}
    assert example.statuses[0].all()
    assert example.triggers.tolist() == [[1, 2]]
    assert [open_labels(row, ARGUMENT_LABELS) for row in example.arguments[0]] == [{"actor"}, {"O"}, {"O"}, {"time"}]


def test_what_a_set_does_not_say_of_events_is_open(tokenizer):
    event = LabelledEvent(trigger=(5, 9), roles=[], known=frozenset({"place"}), unsure=[(0, 4)])
    example = one(tokenizer, text="oslo rang kiev", events=[event], covered=frozenset({"ASSAULT"}))
    assert example.types[1].all()
    assert open_labels(example.types[0], EVENT_LABELS) == set(EVENT_LABELS) - {"ASSAULT"}
    assert example.arguments[0][0].all()
    assert open_labels(example.arguments[0][2], ARGUMENT_LABELS) == set(ARGUMENT_LABELS) - {"place"}


def test_pairs_and_stances_by_words(tokenizer):
    stance = LabelledStance(a=(0, 4), b=(13, 17), allowed=frozenset({(2, 0)}))
    example = one(tokenizer, text="oslo snubbed kiev", pairs=[((0, 4), None, frozenset({"REJECT"}))], stances=[stance])
    assert example.pair_sides.tolist() == [[[0, 1], [-1, -1]]]
    assert open_labels(example.pair_types[0], EVENT_TYPES) == {"REJECT"}
    assert example.stance_sides.tolist() == [[[0, 1], [2, 3]]]
    allowed, among = example.stance_states[0]
    assert [state for state, given in zip(STATES, allowed, strict=True) if given] == [(2, 0)]
    assert among.all()


def test_a_pair_belongs_to_the_window_whose_core_holds_its_later_side(tokenizer):
    text = "oslo " + "abcdefgh " * 60 + "kiev"
    item = Labelled(
        text=text, pairs=[((0, 4), (len(text) - 4, len(text)), frozenset({"AID"})), ((0, 4), (5, 13), frozenset({"AID"}))]
    )
    counts = [len(example.pair_sides) for example in examples_of([item], tokenizer)]
    assert sum(counts) == 1  # the first pair's sides are never in one window


def test_each_pair_is_an_example_of_its_own_with_its_sides_marked(tokenizer):
    stance = LabelledStance(a=(8, 9), b=(0, 1), allowed=frozenset({(2, 0)}))
    item = Labelled(
        text="a met b, c.",
        mentions=[(0, 1, "place")],
        types=frozenset(MENTION_TYPES),
        events=[LabelledEvent(trigger=(2, 5), types=frozenset({"CONSULT"}))],
        covered=EVERY_TYPE,
        pairs=[((0, 1), (6, 7), frozenset({"CONSULT"}))],
        stances=[msgspec.structs.replace(stance, a=(9, 10))],
    )
    first, second = examples_of([item], tokenizer, marked=True)
    assert (len(first.pair_sides), len(first.stance_sides)) == (1, 0)
    assert (len(second.pair_sides), len(second.stance_sides)) == (0, 1)
    words = [set(first.marks[b:e].tolist()) for b, e in zip(first.heads, [*first.heads[1:], len(first.ids)], strict=True)]
    assert words[0] == {1}
    assert words[2] == {2}
    assert words[1] == {0}
    assert set(second.marks.tolist()) == {0, 1, 2}
    assert first.allowed.all()  # other labels do not count here
    assert first.types.all()
