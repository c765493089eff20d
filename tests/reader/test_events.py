import numpy as np
import pytest

from dragoman.reader.decode import WordSpan
from dragoman.reader.events import (
    MOST_ACTORS,
    actor_pairs,
    answer_of,
    argument_chances,
    decode_triggers,
    happening_of,
    pooling,
    stances_of,
)
from dragoman.reader.labels import ARGUMENT_LABELS, EVENT_LABELS, EVENT_TYPES, MENTION_TYPES, STANCES
from dragoman.reader.windows import PiecedText, Window, words_within
from dragoman.reader.words import words_of
from dragoman.types import STATUSES


def pieced_of(text, paragraphs=None):
    words = tuple(words_of(text))
    return PiecedText(text=text, words=words, pieces=((5,),) * len(words), paragraphs=paragraphs or (0, len(words)))


def window_of(first, core, end):
    return Window(first=first, core=core, end=end, ids=(0,), heads=())


def sure(labels, known):
    emissions = np.zeros((len(labels), len(known)), np.float32)
    for row, label in zip(emissions, labels, strict=True):
        row[known.index(label)] = 9
    return emissions


def mention(first, end, kind):
    return WordSpan(first=first, end=end, kind=MENTION_TYPES.index(kind), score=1.0)


def triggers(text, types, statuses=None, window=None, paragraphs=None):
    pieced = pieced_of(text, paragraphs)
    window = window or window_of(0, 0, len(types))
    found = decode_triggers(pieced, window, sure(types, EVENT_LABELS), sure(statuses or ["happened"] * len(types), STATUSES))
    return pieced, window, found


def event_of(pieced, window, trigger, scores, names=()):
    return happening_of(pieced, window, trigger, argument_chances(window, scores[None], names)[0])


def test_words_of_one_type_are_one_trigger():
    _, _, found = triggers("dockers walked out and struck", ["O", "PROTEST", "PROTEST", "O", "PROTEST"])
    assert [(t.first, t.end, EVENT_TYPES[t.kind]) for t in found] == [(1, 3, "PROTEST"), (4, 5, "PROTEST")]
    assert all(t.score > 0.9 for t in found)


def test_triggers_do_not_run_over_paragraphs():
    _, _, found = triggers("talks\ntalks", ["CONSULT", "CONSULT"], paragraphs=(0, 1, 2))
    assert [(t.first, t.end) for t in found] == [(0, 1), (1, 2)]


def test_only_the_core_has_triggers():
    _, _, found = triggers("talks about talks", ["CONSULT", "O", "CONSULT"], window=window_of(0, 1, 3))
    assert [(t.first, t.end) for t in found] == [(2, 3)]


def test_unsure_words_are_no_part_of_a_sure_trigger():
    types = sure(["O", "ASSAULT", "ASSAULT", "O", "ASSAULT"], EVENT_LABELS)
    for word in (2, 4):
        types[word, EVENT_LABELS.index("ASSAULT")], types[word, 0] = 3.0, 4.0
    statuses = sure(["happened"] * 5, STATUSES)
    found = decode_triggers(pieced_of("they bombed hit a raid"), window_of(0, 0, 5), types, statuses)
    assert [(t.first, t.end, t.score > 0.5) for t in found] == [(1, 2, True), (4, 5, False)]


def test_an_unsure_word_is_no_trigger():
    types = np.zeros((1, len(EVENT_LABELS)), np.float32)
    types[0, 0] = 6
    assert decode_triggers(pieced_of("walk"), window_of(0, 0, 1), types, sure(["happened"], STATUSES)) == []


def test_arguments_are_runs_of_words_and_never_the_trigger():
    pieced, window, (trigger,) = triggers(
        "The old party accused Oslo today", ["O", "O", "O", "ACCUSE", "O", "O"], ["denied"] * 6
    )
    roles = ["actor", "actor", "actor", "actor", "recipient", "time"]
    event = event_of(pieced, window, trigger, sure(roles, ARGUMENT_LABELS))
    assert event.type == "ACCUSE"
    assert event.status == "denied"
    assert pieced.text[slice(*event.trigger)] == "accused"
    assert [(a.role, pieced.text[a.b : a.e]) for a in event.arguments] == [
        ("actor", "The old party"), ("recipient", "Oslo"), ("time", "today")]  # fmt: skip


def test_the_words_of_a_name_have_one_role():
    pieced, window, (trigger,) = triggers("New Oslo met", ["O", "O", "CONSULT"])
    scores = sure(["recipient", "actor", "O"], ARGUMENT_LABELS)
    scores[1] *= 2
    event = event_of(pieced, window, trigger, scores, [mention(0, 2, "place")])
    assert [(a.role, pieced.text[a.b : a.e]) for a in event.arguments] == [("actor", "New Oslo")]


def test_arguments_end_at_paragraphs_and_may_lie_before_the_core():
    text = "Oslo\nKiev met Rome"
    pieced, window, (trigger,) = triggers(text, ["O", "O", "CONSULT", "O"], window=window_of(0, 1, 4), paragraphs=(0, 1, 4))
    event = event_of(pieced, window, trigger, sure(["actor", "actor", "O", "actor"], ARGUMENT_LABELS))
    assert [text[a.b : a.e] for a in event.arguments] == ["Oslo", "Kiev", "Rome"]


def test_stances_are_asked_both_ways_between_actors_alone():
    names = [mention(2, 3, "person"), mention(3, 4, "money"), mention(5, 7, "organisation")]
    spans, pairs = actor_pairs(pieced_of("a b c d e f g h i"), window_of(2, 2, 9), names)
    assert spans == [(0, 1), (3, 5)]
    assert pairs == [(0, 1), (1, 0)]


def test_a_pair_is_asked_in_the_window_whose_core_holds_its_later_actor():
    names = [mention(0, 1, "person"), mention(1, 2, "person"), mention(5, 6, "person")]
    _, pairs = actor_pairs(pieced_of("a b c d e f g h i"), window_of(0, 4, 9), names)
    assert pairs == [(0, 2), (2, 0), (1, 2), (2, 1)]


def test_stances_are_not_asked_over_a_sentence_end():
    names = [mention(0, 1, "person"), mention(3, 4, "person"), mention(5, 6, "person")]
    _, pairs = actor_pairs(pieced_of("Ann left . Bob met Cid"), window_of(0, 0, 6), names)
    assert pairs == [(1, 2), (2, 1)]


def test_long_lists_of_names_cost_little():
    names = [mention(k, k + 1, "person") for k in range(500)]
    spans, _ = actor_pairs(pieced_of("a " * 500), window_of(0, 0, 500), names)
    assert len(spans) == MOST_ACTORS


def test_told_stances_have_a_sign():
    pieced = pieced_of("Oslo backs Kiev")
    scores = sure(["against", "none"], STANCES)
    (found,) = stances_of(pieced, window_of(0, 0, 3), [(0, 1), (2, 3)], [(0, 1), (1, 0)], scores)
    assert (found.source, found.target, found.sign) == ((0, 4), (11, 15), -1)


def test_spans_are_pooled_by_their_mean():
    assert pooling([(1, 3), (0, 0)], 4).tolist() == [[0, 0.5, 0.5, 0], [0, 0, 0, 0]]


def test_an_answer_names_the_likeliest_labels():
    types = np.zeros(16, np.float32)
    types[EVENT_TYPES.index("AID")] = 0.75
    answer = answer_of(types, np.array([0.25, 0.5, 0.25], np.float32))
    assert (answer.type, answer.score, answer.stance, answer.stance_score) == ("AID", 0.75, "for", 0.5)


@pytest.mark.parametrize(
    ("span", "words"), [((0, 3), [0]), ((2, 6), [0, 1]), ((3, 4), []), ((9, 9), []), ((0, 0), []), ((4, 99), [1, 2])]
)
def test_words_of_a_span(span, words):
    assert list(words_within(pieced_of("one two end"), span)) == words
