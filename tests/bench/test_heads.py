from collections import Counter

from bench.heads import f1, macro_f1, match
from dragoman.types import Happening
from train.held_out import HeldOut
from train.sets import SETS, kairos_types, plover_types, statuses_of


def event(trigger, kind="AID"):
    return Happening(trigger=trigger, type=kind, status="happened", arguments=(), score=1.0)


def test_each_event_is_matched_once_and_the_widest_overlap_first():
    found = match([(0, 4), (3, 10)], [event((3, 10)), event((20, 30))])
    assert found == {1: event((3, 10))}


def test_f1_and_its_mean_over_classes():
    assert f1(Counter(hit=1, predicted=2, gold=2)) == 0.5
    assert macro_f1(["a", "a", "b"], ["a", "a", "a"]) == round((0.8 + 0) / 2, 4)


def test_types_of_other_codebooks():
    assert kairos_types("Conflict.Attack.DetonateExplode") == {"ASSAULT"}
    assert kairos_types("Movement.Transportation") == {""}
    assert plover_types("YIELD") == {"CONCEDE", "RETREAT"}


def test_factuality_leaves_open_what_it_does_not_tell():
    assert "historical" in statuses_of(3.0)
    assert "denied" in statuses_of(-3.0)
    assert "happened" not in statuses_of(0.0)
    assert statuses_of(1.0) is None


def test_a_sentence_is_found_again_whatever_its_marks():
    kept = HeldOut([("dev", "The envoy said the bridge over the Orne would open again in spring. Short one.")])
    assert kept.places("Rain. The envoy said the bridge over the Orne would open again in spring!") == ["dev"]
    assert kept.places("Short one.") == []


def test_every_set_names_its_licence():
    assert all(s.licence and s.what for s in SETS.values())
