"""What is set against what; both sides, and neither is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from tellings import actor, article_id, claim, coded

from dragoman.evidence import find_disputes, keys_of, statements_of
from dragoman.types import CodedArticle, Dispute, Statement


class Shelf:
    """Statements of earlier articles, in memory."""

    def __init__(self, *articles: CodedArticle) -> None:
        self.statements = [statement for article in articles for statement in statements_of(article)]

    def statements_with(self, keys: Sequence[str], *, day: str | None, most: int) -> Iterable[Statement]:
        return [s for s in self.statements if set(keys) & set(keys_of(s))][:most]


def sides(article: CodedArticle, *earlier: CodedArticle) -> list[tuple[str, str, str]]:
    texts = {other.article.id: other.article.text for other in (article, *earlier)}
    found = find_disputes(article, statements_of(article), Shelf(*earlier))
    return [(d.kind, texts[d.a.article][slice(*d.a.span)], texts[d.b.article][slice(*d.b.span)]) for d in found]


def test_a_denial_that_points_back_meets_what_was_reported() -> None:
    text = (
        "The Wadi Post reported that Freedonia had bought twelve jets. Traders in the capital spoke of oil. "
        "The report was quickly denied."
    )
    bought = "Freedonia had bought twelve jets"
    said = claim(text, article_id(text), bought, source=actor("The Wadi Post"), cue="reported")
    assert ("denial", bought, "The report was quickly denied") in sides(coded(text, claims=(said,)))


def test_a_negation_of_the_same_words_in_another_article_is_a_contradiction_with_both_chains() -> None:
    one, other = (
        "Freedonia signed the fishing treaty with Sylvania.",
        "Freedonia never signed the fishing treaty with Sylvania.",
    )
    earlier = coded(one, claims=(claim(one, article_id(one), one[:-1], source=actor("Rufus")),))
    later = coded(other, claims=(claim(other, article_id(other), other[:-1], source=actor("Gloria")),))
    (dispute,) = find_disputes(later, statements_of(later), Shelf(earlier))
    assert dispute.kind == "contradiction"
    assert (dispute.a.article, dispute.b.article) == (earlier.article.id, later.article.id)
    assert (dispute.a.chain[-1], dispute.b.chain[-1]) == ("Rufus", "Gloria")


def test_opposite_ends_of_a_scale_about_the_same_are_set_against_each_other() -> None:
    one = "Freedonia pulled out of the Sylvania Pact."
    other = "Freedonia joined the Sylvania Pact."
    assert [kind for kind, _, _ in sides(coded(other, outlet="The Wadi Post"), coded(one))] == ["contradiction"]


def test_two_who_think_otherwise_of_one_thing_contradict_nobody() -> None:
    one, other = "Now Freedonia supports the pact with Sylvania.", "Now Osterlich opposes the pact with Sylvania."
    assert not sides(coded(other, outlet="The Wadi Post"), coded(one))
    other = "Now Freedonia opposes the pact with Sylvania."
    assert [kind for kind, _, _ in sides(coded(other, outlet="The Wadi Post"), coded(one))] == ["contradiction"]


def test_the_same_voice_that_says_otherwise_later_has_changed_its_position() -> None:
    one = "Freedonia pulled out of the Sylvania Pact."
    other = "Freedonia joined the Sylvania Pact."
    assert [kind for kind, _, _ in sides(coded(other), coded(one))] == ["position_change"]


def test_a_negation_turns_the_end_of_a_scale_round() -> None:
    one = "Freedonia pulled out of the Sylvania Pact."
    other = "Freedonia did not join the Sylvania Pact."
    (first,), (second,) = (statements_of(coded(text)) for text in (one, other))
    assert first.poles["nearness"] == second.poles["nearness"] == -1


def test_the_same_words_reprinted_are_no_dispute() -> None:
    text = "Freedonia never signed the fishing treaty with Sylvania."
    assert sides(coded(text, outlet="The Harbour Dispatch"), coded(f"{text} ")) == []


def test_statements_on_other_matters_are_no_dispute() -> None:
    one, other = "Freedonia joined the Sylvania Pact.", "Oil prices fell in Utopia after the storm."
    assert sides(coded(other), coded(one)) == []


def test_an_acronym_that_is_spelled_out_in_two_ways_is_a_mismatch() -> None:
    one = "Envoys of the Northern Fishing Union (NFU) met in Sylvania."
    other = "Freedonia will leave the Northern Farming Union (NFU) next year."
    assert ("detail_mismatch", one[:-1], other[:-1]) in sides(coded(other), coded(one))


def test_numbers_that_differ_for_the_same_are_a_mismatch() -> None:
    one = "Freedonia bought 12 jets from Sylvania for its navy."
    other = "Freedonia bought 14 jets from Sylvania for its navy."
    assert "detail_mismatch" in {kind for kind, _, _ in sides(coded(other), coded(one))}


def test_what_is_refuted_in_its_own_sentence() -> None:
    text = "Those who say that the treaty is dead are mistaken."
    said = claim(text, article_id(text), "the treaty is dead", source=actor("Those"))
    assert ("contradiction", "the treaty is dead", "are mistaken") in sides(coded(text, claims=(said,)))


def test_a_step_that_is_taken_back() -> None:
    text = "The minister resigned on Monday – but then withdrew it – and flew to Sylvania."
    assert ("position_change", "The minister resigned on Monday", "but then withdrew it") in sides(coded(text))


def test_ids_and_order_do_not_depend_on_the_run() -> None:
    one, other = "Freedonia pulled out of the Sylvania Pact.", "Freedonia joined the Sylvania Pact."

    def run() -> tuple[Dispute, ...]:
        later = coded(other)
        return find_disputes(later, statements_of(later), Shelf(coded(one)))

    assert run() == run()


def test_a_denial_that_ends_in_a_pointing_word_meets_what_was_said() -> None:
    text = "The Wadi Post reported that Freedonia had bought twelve jets. An officer of the air staff denied this."
    bought, said_so = "Freedonia had bought twelve jets", "An officer of the air staff denied this"
    said = claim(text, article_id(text), bought, source=actor("The Wadi Post"), cue="reported")
    short = claim(text, article_id(text), "this", source=actor("officer"), cue="denied")
    assert ("denial", bought, said_so) in sides(coded(text, claims=(said, short)))


@pytest.mark.parametrize("answer", ["neither confirmed nor denied this", "did not deny this"])
def test_what_is_not_denied_is_in_no_dispute(answer: str) -> None:
    text = f"The Wadi Post reported that Freedonia had bought twelve jets. An officer of the air staff {answer}."
    said = claim(text, article_id(text), "Freedonia had bought twelve jets", source=actor("The Wadi Post"), cue="reported")
    assert sides(coded(text, claims=(said,))) == []


@pytest.mark.parametrize(
    "open_", ["Whether Freedonia joined the Sylvania Pact is unsaid.", "If Freedonia joined the Sylvania Pact they would tell."]
)
def test_what_is_left_open_contradicts_nothing(open_: str) -> None:
    assert sides(coded(open_, outlet="The Wadi Post"), coded("Freedonia pulled out of the Sylvania Pact.")) == []


def test_an_article_is_not_at_odds_with_its_own_telling() -> None:
    assert sides(coded("Freedonia joined the Sylvania Pact. A year later Freedonia pulled out of the Sylvania Pact.")) == []


def test_a_negation_of_something_else_beside_the_same_words_is_none() -> None:
    one = "Freedonia signed the fishing treaty with Sylvania."
    other = "Freedonia signed the fishing treaty with Sylvania, which had no fleet."
    earlier = coded(one, claims=(claim(one, article_id(one), one[:-1], source=actor("Rufus")),))
    assert sides(coded(other, claims=(claim(other, article_id(other), other[:-1], source=actor("Gloria")),)), earlier) == []
