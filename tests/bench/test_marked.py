import pytest

from bench.agreement import agreement, kappa
from bench.gold import EVENTS
from bench.marked import marked_passages, parse

LINE = (
    "en\t[Peru|place a1] [recalled|1:SANCTION:happened] its [envoy|title] from [Bolivia|place r1] [on Tuesday|time t1]."
    "\tPeru > Bolivia: against"
)


def test_marks_become_spans():
    found = parse(LINE)
    assert found.text == "Peru recalled its envoy from Bolivia on Tuesday."
    assert [(found.text[b:e], kind) for b, e, kind in found.mentions] == [
        ("Peru", "place"), ("envoy", "title"), ("Bolivia", "place"), ("on Tuesday", "time")]  # fmt: skip
    (event,) = found.events
    assert (found.text[slice(*event.trigger)], event.type, event.status) == ("recalled", "SANCTION", "happened")
    assert [(role, found.text[slice(*span)]) for role, span in event.roles] == [
        ("actor", "Peru"), ("recipient", "Bolivia"), ("time", "on Tuesday")]  # fmt: skip
    ((source, target, value),) = found.stances
    assert (found.text[slice(*source)], found.text[slice(*target)], value) == ("Peru", "Bolivia", -1)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("no tabs", "columns"),
        ("en\t[Peru|place a1] left", "without a trigger: 1"),
        ("en\t[left|1:LEAVE:happened]", "1:LEAVE:happened"),
        ("en\t[left|1:RETREAT:gone]", "1:RETREAT:gone"),
        ("en\t[Peru|country]", "unknown tag country"),
        ("en\t[ Peru|place]", "space"),
        ("en\t[the [Peru|place] envoy|title]", "may not nest"),
        ("en\t[Peru|place]\tPeru > Chile: for", "Peru > Chile"),
        ("en\t[Peru|place] [Chile|place]\tPeru > Chile: likes", "for|against"),
    ],
)
def test_what_is_wrong_is_said(line, problem):
    with pytest.raises(ValueError, match=problem.replace("|", r"\|")):
        parse(line)


def test_a_faulty_line_is_named(tmp_path):
    path = tmp_path / "passages.txt"
    path.write_text(f"# comment\n\n{LINE}\nbroken\n")
    with pytest.raises(ValueError, match=r"passages\.txt:4: "):
        list(marked_passages(path))


def test_our_own_passages_are_whole():
    assert {p.language for p in marked_passages(EVENTS)} == {"en", "ar", "ru", "fr", "tr", "fa", "he"}


def test_kappa_takes_chance_away():
    assert kappa(["x", "y", "x", "y"], ["x", "y", "x", "y"]) == 1
    assert kappa(["x", "x", "y", "y"], ["x", "y", "x", "y"]) == 0


def test_agreement_counts_what_both_have():
    other = parse(
        LINE.replace("SANCTION:happened", "REJECT:happened").replace(" r1]", "]").replace("\tPeru > Bolivia: against", "")
    )
    figures = agreement([(parse(LINE), other)])
    assert figures["trigger F1"] == 1
    assert figures["type equal"] == 0
    assert figures["status equal"] == 1
    assert figures["role F1"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["stance F1"] == 0
