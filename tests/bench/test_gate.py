import tomllib

import pytest

from bench import gate


@pytest.fixture
def gold(tmp_path, monkeypatch):
    path = tmp_path / "gold.jsonl"
    path.write_text("{}\n")
    monkeypatch.setattr(gate, "gold_of", lambda name: None if name == "absent" else path)
    return gate.fingerprint(path)


def test_figures_at_their_floors_pass(gold):
    floors = {"set": {"gold": gold, "F1": 0.6, "articles.boilerplate_leak": 0.05}}
    assert gate.judge({"set": {"F1": 0.6, "articles.boilerplate_leak": 0.0}}, floors) == []


@pytest.mark.parametrize(
    ("figures", "problem"),
    [
        ({"set": {"F1": 0.59}}, "F1: expected at least 0.6, found 0.59"),
        ({"set": {}}, "found None"),
        ({}, "found None"),
    ],
)
def test_a_figure_below_its_floor_fails(gold, figures, problem):
    (failure,) = gate.judge(figures, {"set": {"gold": gold, "F1": 0.6}})
    assert problem in failure


def test_less_is_better_for_leaks(gold):
    (failure,) = gate.judge(
        {"set": {"articles.boilerplate_leak": 0.1}}, {"set": {"gold": gold, "articles.boilerplate_leak": 0.05}}
    )
    assert "at most" in failure


def test_other_gold_fails(gold):
    (failure,) = gate.judge({"set": {"F1": 1.0}}, {"set": {"gold": "another", "F1": 0.6}})
    assert "expected the gold with hash another" in failure


def test_gold_that_is_not_here_is_skipped_and_said(gold, capsys):
    assert gate.judge({}, {"absent": {"gold": "x", "F1": 0.6}}) == []
    assert "skipped: absent" in capsys.readouterr().err


def test_update_never_lowers_a_floor(gold):
    floors = {"set": {"gold": "old", "F1": 0.6, "recall": 0.5}}
    raised = gate.raised({"set": {"F1": 0.5, "recall": 0.7}}, floors)
    assert raised == {"set": {"gold": gold, "F1": 0.6, "recall": 0.69}}


def test_floors_of_small_sets_lie_lower(gold):
    raised = gate.raised({"set": {"recall": 0.9, "attributions": 20}}, {"set": {"gold": gold, "recall": 0.5}})
    assert raised["set"]["recall"] == 0.8


def test_floors_are_written_as_they_are_read(gold):
    floors = {"own passages ar": {"gold": gold, "content recall": 0.5}}
    assert tomllib.loads(gate.written(floors)) == floors
