import json

import pytest

from bench.agreement import NEWS_SECOND
from bench.gold import NEWS_EVENTS, lines_of
from dragoman.reader.labels import EVENT_ROLES, EVENT_TYPES
from dragoman.types import STATUSES
from train.news import NEWS, check_of, news_passages, prose
from train.sets import NEWS_TEXTS

TEXT = "Kalby's envoy met his host on Monday."


def test_tokens_are_written_as_prose():
    tokens = ["“", "No", ",", "”", "he", "did", "n't", "say", '"', "yes", '"', "(", "again", ")", "."]
    assert prose(tokens) == '“No,” he didn\'t say "yes" (again).'


def written(tmp_path, **changes):
    event = {"trigger": [14, 17], "type": "CONSULT", "status": "happened", "roles": [["actor", 0, 13], ["recipient", 18, 26]]}
    line = {
        "set": "letters",
        "id": "7",
        "language": "en",
        "b": 2,
        "e": 2 + len(TEXT),
        "check": check_of(TEXT),
        "events": [event],
    }
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({**line, **changes}) + "\n")
    return path


def letters(_gold):
    yield "7", f"A {TEXT} And more."


def test_a_passage_has_its_text_from_its_set(tmp_path):
    (marked,) = news_passages(tmp_path, {"letters": letters}, written(tmp_path))
    (event,) = marked.events
    assert (marked.text, marked.text[slice(*event.trigger)]) == (TEXT, "met")
    assert [(role, marked.text[slice(*span)]) for role, span in event.roles] == [
        ("actor", "Kalby's envoy"),
        ("recipient", "his host"),
    ]


def test_a_text_that_is_not_the_one_that_was_marked_is_refused(tmp_path):
    with pytest.raises(
        ValueError, match=r"news.jsonl:1: expected in letters 7, characters 2 to 39 a text with check \w+, found \w+"
    ):
        list(news_passages(tmp_path, {"letters": letters}, written(tmp_path, check="0" * 12)))


def test_a_run_of_sentences_reads_on_from_each(tmp_path):
    (tmp_path / "anercorp").mkdir()
    records = [{"id": str(k), "tokens": [f"w{k}", "."]} for k in range(3)]
    (tmp_path / "anercorp" / "train.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
    assert list(NEWS_TEXTS["anercorp"](tmp_path)) == [("1", "w1 . w2 ."), ("2", "w2 .")]


@pytest.mark.parametrize("path", [NEWS, NEWS_EVENTS, NEWS_SECOND], ids=lambda path: path.stem)
def test_the_marks_in_news_are_whole(path):
    for line in lines_of(path):
        length = line["e"] - line["b"]
        assert line["set"] in NEWS_TEXTS
        for event in line["events"]:
            assert event["type"] in EVENT_TYPES
            assert event["status"] in STATUSES
            spans = [event["trigger"], *(span for _, *span in event["roles"])]
            assert all(0 <= b < e <= length for b, e in spans)
            assert {role for role, *_ in event["roles"]} <= set(EVENT_ROLES)


def test_stories_that_measure_are_not_learnt():
    """NewsWCL50's ids are STORY_SLANT: no outlet's article of a story that measures may teach."""
    held = {line["id"].partition("_")[0] for line in lines_of(NEWS_EVENTS)}
    learnt = {line["id"].partition("_")[0] for line in lines_of(NEWS) if line["set"] == "newswcl50"}
    assert held == {"4", "9"}
    assert not held & learnt
