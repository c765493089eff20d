"""What is copied is found, with both spans, and told apart from what is merely alike."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from shelves import MemoryShelf, told

from dragoman.evidence.passages import quotations, words_of
from dragoman.types import CodedArticle, Reuse

WIRE = (
    "Fishermen from the northern islands blocked the harbour for a third morning, demanding that the council withdraw a decree "
    "which would halve their quota before winter. Two ferries turned back and a tanker waited outside the breakwater until the "
    "pilots refused to bring it in."
)
ELSEWHERE = (
    "The trade fair opened with a concert and a long speech about roads. Farmers complained that grain prices had fallen since "
    "the spring, while bankers on the podium spoke of patience, confidence and a better year to come."
)
LATER = "Snow is expected in the hills, where several schools remain closed and buses run late."
SPEECH = "we shall not sell a single port, not a single pier and not a single stone of this coast to anyone"


def words(shelf: MemoryShelf, found: Reuse) -> tuple[str, str]:
    """The words of both sides."""
    texts = {coded.article.id: coded.article.text for coded in shelf.articles}
    return texts[found.a.article][found.a.b : found.a.e], texts[found.b.article][found.b.b : found.b.e]


def compared(*articles: CodedArticle) -> tuple[MemoryShelf, list[Reuse]]:
    shelf = MemoryShelf()
    return shelf, [found for coded in articles for found in shelf.add(coded)]


def test_a_copied_paragraph_is_verbatim_with_both_spans() -> None:
    shelf, found = compared(told(f"{ELSEWHERE}\n\n{WIRE}"), told(f"{LATER}\n\n{WIRE}\n\n{LATER} Not so."))
    (reuse,) = found
    assert (reuse.kind, reuse.basis, reuse.ratio) == ("verbatim", "copy", 1.0)
    assert words(shelf, reuse) == (WIRE, WIRE)


def test_changes_of_type_and_punctuation_leave_a_copy_verbatim() -> None:
    retyped = WIRE.replace("council", "Council").replace(",", " –").replace("halve their", "halve  their")
    assert compared(told(WIRE), told(retyped))[1][0].kind == "verbatim"


def test_a_lightly_edited_paragraph_is_a_near_copy() -> None:
    edited = WIRE.replace("demanding that the council", "asking the council to").replace("a tanker", "one tanker")
    shelf, found = compared(told(WIRE), told(f"{ELSEWHERE} {edited}"))
    (reuse,) = found
    assert reuse.kind == "near_copy"
    assert 0.8 < reuse.ratio < 1.0
    assert words(shelf, reuse) == (WIRE, edited)


def test_a_sentence_between_others_is_found_by_itself() -> None:
    sentence = WIRE.split(". ")[0] + "."
    shelf, found = compared(told(f"{ELSEWHERE} {sentence} As ever."), told(f"{LATER}\n\n{sentence} Not so elsewhere."))
    assert [words(shelf, reuse) for reuse in found] == [(sentence, sentence)]


def test_sentences_that_changed_places_are_both_found() -> None:
    one, other = (part.strip(". ") + "." for part in WIRE.split(". "))
    shelf, found = compared(told(f"{one} {other}"), told(f"{other} {ELSEWHERE} {one}"))
    assert {words(shelf, reuse)[0] for reuse in found} == {one, other}


def test_the_same_matter_in_other_words_is_no_reuse() -> None:
    retold = (
        "For the third day running, boats kept ships out of the port in protest at a council decree cutting the fishing quota "
        "by half. A tanker had to wait at sea and two ferries could not land, as pilots stayed ashore."
    )
    assert compared(told(WIRE), told(retold))[1] == []


def test_names_and_titles_strung_together_are_no_reuse() -> None:
    names = "Prime Minister Anna Maria Bergstrom, Foreign Minister Karl Lindqvist, Ambassador Peter Holm and General Eva Strand"
    assert compared(told(f"In the hall sat {names}."), told(f"Letters went out to {names} yesterday."))[1] == []


def test_names_are_known_by_mentions_where_a_script_has_no_capitals() -> None:
    who = ["محمود البشير", "سامي الخطيب", "ليلى حداد", "نادر عيسى", "فريد منصور", "عمر الشامي", "هالة نجار"]
    listed = " و".join(who)
    first, other = f"حضر الحفل {listed} مساء", f"غادر المدينة {listed} صباحا"
    unknowing = compared(told(first, language="ar"), told(other, language="ar"))[1]
    knowing = compared(told(first, language="ar"), told(other, language="ar", mentions=who))[1]
    assert (len(unknowing), len(knowing)) == (1, 0)


def test_a_turn_of_phrase_that_many_use_is_no_reuse() -> None:
    phrase = "spoke on condition of anonymity because they were not allowed to discuss the talks with reporters in public"
    rng = random.Random(4)
    letters = "abcdefghijklmnop"
    shelf = MemoryShelf()
    counts = []
    for n in range(40):
        around = " ".join("".join(rng.choices(letters, k=7)) for _ in range(40))
        counts.append(len(shelf.add(told(f"{around} {n} {phrase} {around[::-1]}"))))
    assert counts[1] == 1  # with two articles nobody can know
    assert counts[25:] == [0] * 15


def test_a_speech_that_both_quote_is_told_apart_from_a_copy() -> None:
    one = told(f"{LATER} “{SPEECH},” the mayor told a crowd.")
    other = told(f"Applause greeted the mayor, who said: «{SPEECH}». {ELSEWHERE}")
    shelf, found = compared(one, other)
    (reuse,) = found
    assert (reuse.kind, reuse.basis) == ("quoted", "speech")
    assert all(SPEECH in side for side in words(shelf, reuse))


def test_a_speech_within_copied_prose_is_a_copy() -> None:
    prose = f"{WIRE} “{SPEECH},” the mayor told the crowd that had gathered on the quay."
    (reuse,) = compared(told(prose), told(f"{ELSEWHERE} {prose}"))[1]
    assert (reuse.kind, reuse.basis) == ("verbatim", "copy")


def test_prose_that_another_puts_between_quotation_marks_is_a_citation() -> None:
    (reuse,) = compared(told(WIRE), told(f"{ELSEWHERE} A neighbour's paper wrote: “{WIRE}” {LATER}"))[1]
    assert (reuse.kind, reuse.basis) == ("quoted", "citation")


def test_prose_that_is_introduced_by_its_outlet_is_a_citation() -> None:
    original = told(WIRE, outlet="The Harbour Gazette")
    citing = told(f"{ELSEWHERE}\n\nFrom the Harbour Gazette:\n\n{WIRE}\n\n{LATER}", outlet="Inland Post")
    (reuse,) = compared(original, citing)[1]
    assert (reuse.kind, reuse.basis) == ("quoted", "citation")


def test_the_earlier_article_is_a_whichever_came_first() -> None:
    early, late = told(WIRE, date="2021-03"), told(f"{LATER} {WIRE}", date="2021-04-01")
    for order in ((early, late), (late, early)):
        (reuse,) = compared(*order)[1]
        assert (reuse.a.article, reuse.b.article) == (early.article.id, late.article.id)
    undated = told(f"{ELSEWHERE} {WIRE}", date=None)
    assert compared(late, undated)[1][0].a.article == late.article.id


def test_an_id_does_not_depend_on_the_order_of_storing() -> None:
    early, late = told(WIRE, date="2021-03"), told(f"{LATER} {WIRE}", date="2021-04-01")
    assert compared(early, late)[1] == compared(late, early)[1]


def test_an_article_is_not_compared_with_itself() -> None:
    assert compared(told(f"{WIRE}\n\n{ELSEWHERE}\n\n{WIRE}"))[1] == []


@pytest.mark.parametrize(
    ("old", "new", "what", "shown"),
    [
        ("a third morning", "a 4th morning", None, None),
        ("before winter", "before 2031", None, None),
        ("Two ferries turned", "Two ferries never turned", "negation", (None, "never")),
        ("would halve", "would not halve", "negation", (None, "not")),
    ],
)
def test_what_can_be_checked_is_shown(old: str, new: str, what: str | None, shown: tuple[str | None, ...] | None) -> None:
    shelf, (reuse, *_) = compared(told(WIRE), told(WIRE.replace(old, new)))
    texts = [coded.article.text for coded in shelf.articles]
    seen = {
        (part.what, *(None if span is None else text[slice(*span)] for text, span in zip(texts, (part.a, part.b), strict=True)))
        for part in reuse.differences
    }
    if what is None:
        number = next(word for word in new.split() if any(sign.isdigit() for sign in word))
        assert seen == {("number", None, number)}
    else:
        assert seen == {(what, *(shown or ()))}


def test_another_number_and_another_name_are_shown_with_both_spans() -> None:
    first = WIRE.replace("northern islands", "islands of Norrland").replace("Two ferries", "Some 12 ferries")
    other = first.replace("Norrland", "Gotland").replace("12 ferries", "21 ferries")
    shelf, (reuse,) = compared(told(first), told(other))
    one, two = (coded.article.text for coded in shelf.articles)
    assert [(part.what, one[slice(*part.a or (0, 0))], two[slice(*part.b or (0, 0))]) for part in reuse.differences] == [
        ("name", "Norrland", "Gotland"),
        ("number", "12", "21"),
    ]


def test_what_moved_or_was_left_out_whole_is_no_difference() -> None:
    first = WIRE.replace("a third morning", "a third morning in 2031").replace("outside", "outside, with a crew of 19,")
    moved = first.replace(" in 2031", "").replace("harbour", "harbour, in 2031,")
    shorter = first.replace(
        "Two ferries turned back and a tanker waited outside, with a crew of 19, the", "Ships waited outside the"
    )
    for other in (moved, shorter):
        found = compared(told(first), told(other))[1]
        assert found
        assert all(reuse.differences == () for reuse in found)


def test_words_are_the_same_in_all_their_spellings() -> None:
    spelt = ["Élysée, l’accord «Café»", "elysee l'accord Cafe", "ELYSÉE L’ACCORD “CAFÉ”"]
    assert len({tuple(words_of(text).keys.tolist()) for text in spelt}) == 1
    assert words_of("العَرَبِيّة ١٢").keys.tolist() == words_of("العربيه 12").keys.tolist()


@pytest.mark.parametrize(
    "text", ["a 😀b", "e\u0301a x", "\u202eabc\u202c d", "x\u200dy z", "中国人 abc", "", " .\n", "a\ud800b"]
)
def test_offsets_of_words_index_the_text(text: str) -> None:
    found = words_of(text)
    pieces = [text[b:e] for b, e in zip(found.b.tolist(), found.e.tolist(), strict=True)]
    assert all(piece and piece == piece.strip() for piece in pieces)
    assert [words_of(piece).keys.tolist() for piece in pieces] == [[key] for key in found.keys.tolist()]


def test_quotations_end_with_their_paragraph() -> None:
    text = "He “said so” and \"yes\", then ''no'' and \"ah”, 5\" of rain\n\n“And on\n\n“and on” x «да»"
    assert [text[b:e] for b, e in quotations(text)] == ["said so", "yes", "no", "ah", "And on", "and on", "да"]


GOLD = Path(__file__).parents[3] / "shared/gold/seeds/reuse.jsonl"


@pytest.mark.skipif(not GOLD.exists(), reason="the gold sets are not here")
def test_passages_of_the_gold_are_found_and_its_hard_negatives_are_not() -> None:
    """Each passage alone among other words, so that neither its neighbours nor the reader help."""
    records = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    pairs = [pair for pair in records if pair["b"] and pair["a"]["article"] != pair["b"]["article"]]
    hits = {True: 0, False: 0}
    for pair in pairs:
        around = told(f"{ELSEWHERE} {pair['a']['text']}"), told(f"{pair['b']['text']} {LATER}")
        hits[pair["reuse"]] += bool(compared(*around)[1])
    assert hits[False] == 0
    assert hits[True] >= 0.9 * sum(pair["reuse"] for pair in pairs)
