"""What a ledger holds for and against a prediction, and how it words things."""

from __future__ import annotations

from tellings import actor, article_id, coded, event

from dragoman.evidence import traces_of, weigh
from dragoman.evidence.names import Worded, wordings
from dragoman.evidence.verdicts import LEAST_DECIDED, track_records
from dragoman.types import Prediction, Trace, Weighed

FREEDONIA, SYLVANIA = actor("Freedonia", "FRE"), actor("Sylvania", "SYL")


def pact(text: str, date: str, status: str) -> Trace:
    signed = event(text, article_id(text), "sign", "AGREE", who=(FREEDONIA,), whom=(SYLVANIA,), status=status)
    return traces_of(coded(text, events=(signed,), date=date))[0]


FORETOLD = pact("Freedonia will sign a pact with Sylvania.", "2021-03-04", "planned")


def prediction(number: int = 0, horizon: tuple[str, str] | None = ("2021-04-01", "2021-06-30")) -> Prediction:
    return Prediction(
        id=f"p{number}", claim=None, article=FORETOLD.telling.article, span=(0, 9), predictor=FREEDONIA, horizon=horizon,
        condition=None, certainty="asserted",
    )  # fmt: skip


def verdict(*later: Trace, negated: bool = False, today: str = "2022-01-01") -> Weighed:
    return weigh(prediction(), [FORETOLD], later, told="2021-03-04", today=today, negated=negated)


def test_what_came_about_within_the_horizon_speaks_for_it() -> None:
    done = pact("Freedonia signed a pact with Sylvania.", "2021-05-02", "happened")
    late = pact("Freedonia signed its pact with Sylvania.", "2021-09-02", "happened")
    before = pact("Freedonia had signed a pact with Sylvania.", "2021-01-02", "happened")
    assert verdict(done, late, before).events_for == (done.event,)


def test_a_denial_speaks_against_it_and_a_negated_prediction_turns_both_round() -> None:
    denied = pact("Freedonia denied that it would sign with Sylvania.", "2021-05-02", "denied")
    assert verdict(denied).events_against == (denied.event,)
    assert verdict(denied, negated=True).events_for == (denied.event,)


def test_it_is_due_only_once_its_horizon_has_passed() -> None:
    assert verdict(today="2021-07-01").due
    assert not verdict(today="2021-06-30").due
    assert not weigh(prediction(horizon=None), [FORETOLD], [], told="2021-03-04", today="2030-01-01").due


def test_a_record_needs_enough_decided_predictions() -> None:
    decided = [(prediction(n), Weighed(prediction=f"p{n}", due=True, events_for=("e",))) for n in range(LEAST_DECIDED - 1)]
    assert track_records(decided) == ()
    mixed = (prediction(98), Weighed(prediction="p98", due=True, events_for=("e",), events_against=("f",)))
    assert track_records([*decided, mixed]) == ()
    (record,) = track_records([*decided, (prediction(99), Weighed(prediction="p99", due=True, events_against=("e",)))])
    assert (record.made, record.due, record.came_about, record.did_not) == (5, 5, 4, 1)


def test_wordings_are_counted_by_outlet_and_a_thing_with_one_name_is_left_out() -> None:
    places = [
        Worded("x", "The Front", "A", "the Front’s", "a1", (0, 5)),
        Worded("x", "The Front", "A", "The front", "a1", (9, 14)),
        Worded("x", "The Front", "B", "the gang", "a2", (0, 8)),
        Worded("y", "Sylvania", "A", "Sylvania", "a1", (20, 28)),
    ]
    found = [(wording.outlet, wording.form, wording.count) for wording in wordings(places)]
    assert found == [("A", "the Front’s", 2), ("B", "the gang", 1)]
    assert wordings(places)[0].links == (("a1", (0, 5)), ("a1", (9, 14)))
