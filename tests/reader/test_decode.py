import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reader.decode import (
    IMPOSSIBLE,
    MENTION_TRANSITIONS,
    Scores,
    allowed_labels,
    bio_transitions,
    condense,
    decode_attributions,
    decode_mentions,
    mention_of,
    viterbi,
)
from dragoman.reader.labels import MENTION_LABELS, ROLE_LABELS, may_follow
from dragoman.reader.windows import PiecedText, Window
from dragoman.reader.words import words_of

TRANSITIONS = bio_transitions(ROLE_LABELS)


def pieced_of(text, paragraphs=None):
    words = tuple(words_of(text))
    return PiecedText(text=text, words=words, pieces=((5,),) * len(words), paragraphs=paragraphs or (0, len(words)))


def one_window(n):
    return Window(first=0, core=0, end=n, ids=(0, *(5,) * n, 2), heads=tuple(range(1, n + 1)))


def sure(labels, known=ROLE_LABELS):
    """Emissions that leave no doubt about the labels."""
    emissions = np.zeros((len(labels), len(known)), np.float32)
    for row, label in zip(emissions, labels, strict=True):
        row[known.index(label)] = 9
    return emissions


def decoded(text, labels, cue_of, paragraphs=None):
    """Attributions of a text whose word labels are sure; cue_of[k] is the word that opens the cue of word k."""
    n = len(labels)
    links = np.full((n, n), -9, np.float32)
    for word, cue in cue_of.items():
        links[word, cue] = 9
    window = one_window(n)
    scores = condense(window, sure(labels), links)
    return decode_attributions(pieced_of(text, paragraphs), [window], [scores], TRANSITIONS)


def texts(text, attribution):
    return [[text[b:e] for b, e in spans] for spans in (attribution.source, attribution.cue, attribution.content)]


def test_a_broken_quotation_is_one_attribution():
    text = "We agree , he said , and sign"
    labels = ["B-content", "I-content", "O", "B-source", "B-cue", "O", "B-content", "I-content"]
    (found,) = decoded(text, labels, {0: 4, 1: 4, 3: 4, 4: 4, 6: 4, 7: 4})
    assert texts(text, found) == [["he"], ["said"], ["We agree", "and sign"]]


def test_links_and_not_nearness_decide():
    text = "A said x B added y"
    labels = ["B-source", "B-cue", "B-content", "B-source", "B-cue", "B-content"]
    first, second = decoded(text, labels, {0: 4, 1: 1, 2: 1, 3: 1, 4: 4, 5: 4})
    assert texts(text, first) == [["A"], ["added"], ["y"]]
    assert texts(text, second) == [["B"], ["said"], ["x"]]


def test_a_cue_has_one_source_and_the_next_takes_the_other():
    text = "A said x B added y"
    labels = ["B-source", "B-cue", "B-content", "B-source", "B-cue", "B-content"]
    links = np.full((6, 6), -9, np.float32)
    for word, cue, vote in ((0, 1, 9), (2, 1, 9), (3, 1, 8), (3, 4, 6), (5, 4, 9)):
        links[word, cue] = vote
    scores = condense(one_window(6), sure(labels), links)
    first, second = decode_attributions(pieced_of(text), [one_window(6)], [scores], TRANSITIONS)
    assert [texts(text, first)[0], texts(text, second)[0]] == [["A"], ["B"]]


def test_cues_without_content_give_nothing():
    assert decoded("A spoke", ["B-source", "B-cue"], {0: 1, 1: 1}) == ()


def test_spans_end_at_paragraphs():
    text = "A said x\ny"
    labels = ["B-source", "B-cue", "B-content", "B-content"]
    (found,) = decoded(text, labels, {0: 1, 1: 1, 2: 1, 3: 1}, paragraphs=(0, 3, 4))
    assert texts(text, found)[2] == ["x", "y"]


def test_content_finds_a_cue_that_only_its_own_window_repeats():
    text = "A said x y"
    labels = ["B-source", "B-cue", "B-content", "B-content"]
    windows = [
        Window(first=0, core=0, end=3, ids=(0, 5, 5, 5, 2), heads=(1, 2, 3)),
        Window(first=1, core=3, end=4, ids=(0, 5, 5, 5, 2), heads=(1, 2, 3)),
    ]
    links = np.full((3, 3), -9, np.float32)
    links[:, 1] = 9
    later = np.full((3, 3), -9, np.float32)
    later[:, 0] = 9
    scores = [condense(windows[0], sure(labels[:3]), links), condense(windows[1], sure(labels[1:]), later)]
    (found,) = decode_attributions(pieced_of(text), windows, scores, TRANSITIONS)
    assert texts(text, found)[2] == ["x", "y"]


def test_mentions_have_types_and_probabilities():
    text = "Maryam Haddad left Sidon"
    labels = ["B-person", "I-person", "O", "B-place"]
    pieced, window = pieced_of(text), one_window(4)
    found = [mention_of(pieced, span) for span in decode_mentions(pieced, window, sure(labels, MENTION_LABELS))]
    assert [(text[m.b : m.e], m.type) for m in found] == [("Maryam Haddad", "person"), ("Sidon", "place")]
    assert all(0.9 < m.score <= 1 for m in found)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.integers(0, 10_000))
def test_viterbi_equals_trying_everything(lengths, seed):
    rng = np.random.default_rng(seed)
    labels = len(ROLE_LABELS)
    transitions = TRANSITIONS + rng.normal(size=(labels, labels)).astype(np.float32)
    emissions = rng.normal(size=(sum(lengths), labels)).astype(np.float32)
    bounds = [0, *itertools.accumulate(lengths)]
    found = viterbi(emissions, bounds, transitions)
    for b, e in itertools.pairwise(bounds):

        def total(path, b=b):
            steps = [0, *path]
            return sum(transitions[x, y] for x, y in itertools.pairwise(steps)) + sum(
                emissions[b + k, y] for k, y in enumerate(path)
            )

        best = max(itertools.product(range(labels), repeat=e - b), key=total)
        assert total(found[b:e]) == pytest.approx(total(best), abs=1e-3)


def test_inside_follows_only_its_own_kind():
    assert TRANSITIONS[ROLE_LABELS.index("O"), ROLE_LABELS.index("I-cue")] == IMPOSSIBLE
    assert may_follow(ROLE_LABELS.index("B-cue"), ROLE_LABELS.index("I-cue"))
    assert not may_follow(ROLE_LABELS.index("I-cue"), ROLE_LABELS.index("I-source"))


def test_scores_keep_only_possible_cues():
    window = one_window(3)
    scores = condense(window, sure(["B-cue", "O", "O"]), np.zeros((3, 3), np.float32))
    assert isinstance(scores, Scores)
    assert scores.cues.tolist() == [0]
    assert scores.links.shape == (3, 1)


@given(lengths=st.lists(st.integers(1, 12), min_size=1, max_size=4), seed=st.integers(0, 2**32 - 1))
def test_best_labels_that_may_follow_each_other_need_no_search(lengths, seed):
    bounds = np.cumsum([0, *lengths]).tolist()
    rng = np.random.default_rng(seed)
    emissions = rng.normal(size=(bounds[-1], len(MENTION_TRANSITIONS))).astype(np.float32) * 3
    emissions[:, 0] += rng.integers(0, 8)
    assert (allowed_labels(emissions, bounds) == viterbi(emissions, bounds, MENTION_TRANSITIONS)).all()
