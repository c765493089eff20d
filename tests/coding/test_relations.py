"""Relations by the words that tell them. All sentences are invented."""

from __future__ import annotations

import pytest

from dragoman.coding.frames import frames_of
from dragoman.coding.macros import standing
from dragoman.coding.relation_words import BY_LANGUAGE
from dragoman.coding.relations import code_relations, compiled, rows_of
from dragoman.types import (
    RELATION_KINDS,
    Actor,
    Article,
    Event,
    Participant,
    Reading,
    Span,
    Stance,
)
from tests.coding.telling_builders import cast_of, ties, told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Norway openly supports Denmark.", ("Norway", "supports", 1, "Denmark")),
        ("Peru has the backing of Chile.", ("Chile", "supports", 1, "Peru")),
        ("Chile pledged weapons and money to support Peru.", ("Chile", "supports", 1, "Peru")),
        ("Brazil’s economic aid to Bolivia goes on.", ("Brazil", "supports", 1, "Bolivia")),
        ("The rebels of Mali, armed by Ghana, left.", ("Ghana", "supports", 1, "Malian rebels")),
        ("Spain was abandoned by Portugal.", ("Portugal", "supports", -1, "Spain")),
        ("Japan condemned North Korea.", ("Japan", "opposes", -1, "North Korea")),
        ("Kenya would be subject to Ugandan sanctions.", ("Uganda", "opposes", -1, "Kenya")),
        ("An anti-Indian Hezbollah met.", ("Hezbollah", "opposes", -1, "India")),
        ("India sees Pakistan as the main threat.", ("India", "hostile", -1, "Pakistan")),
        ("Both Chad and Niger are at odds over the lake.", ("Chad", "hostile", -1, "Niger")),
        ("Poland, a close ally of Latvia, spoke.", ("Poland", "allied", 1, "Latvia")),
        ("US ally Japan agreed.", ("Japan", "allied", 1, "United States")),
        ("Vietnam, on the other hand, has stable relations with Laos.", ("Vietnam", "allied", 1, "Laos")),
        ("Iceland signed a strategic treaty with Norway.", ("Iceland", "allied", 1, "Norway")),
        ("Sweden joined NATO in spring.", ("Sweden", "member_of", 1, "NATO")),
        ("Austria is not a member of NATO.", ("Austria", "member_of", -1, "NATO")),
        ("Qatar withdrew from OPEC.", ("Qatar", "member_of", -1, "OPEC")),
        ("Talks between Cuba and Mexico began.", ("Cuba", "negotiates", 0, "Mexico")),
        ("Oman is mediating between Iran and Yemen.", ("Oman", "negotiates", 0, "Yemen")),
        ("Sudan is working to restore ties with Chad.", ("Sudan", "negotiates", 1, "Chad")),
    ],
)
def test_words_tell_relations(sentence: str, expected: tuple[str, str, int, str]) -> None:
    assert expected in ties(sentence)


def test_each_actor_of_a_list_stands_in_the_relation() -> None:
    found = ties("Peru has open support from Chile, Brazil, the UAE and Bolivia.")
    assert {source for source, kind, _, target in found if (kind, target) == ("supports", "Peru")} == {
        "Chile", "Brazil", "United Arab Emirates", "Bolivia",
    }  # fmt: skip


def test_a_place_before_the_subject_is_no_subject() -> None:
    assert ties("In Yemen, Oman supports Jordan.") == {("Oman", "supports", 1, "Jordan")}


def test_a_name_that_describes_another_word_is_no_target() -> None:
    assert ties("Jordan supports Syrian farming.") == set()
    assert ("Jordan", "supports", 1, "United Nations") not in ties("Jordan supports the UN recognized council.")
    assert not any(kind == "supports" for _, kind, *_ in ties("Jordan backs a rival of Oman."))


def test_two_countries_are_those_told_before() -> None:
    found = ties("Peru met Chile yesterday.\nThe two countries are sworn enemies.")
    assert ("Peru", "hostile", -1, "Chile") in found or ("Chile", "hostile", -1, "Peru") in found


def test_who_signs_in_office_signs_for_the_state() -> None:
    found = ties(
        "French President Emmanuel Macron and German Chancellor Angela Merkel signed a defence cooperation treaty in France.\n"
        "Germany and France were glad."
    )
    assert ("France", "allied", 1, "Germany") in found


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A supports B", "stated"),
        ("A does not support B", "negated"),
        ("A would support B", "conditional"),
        ("if war comes A supports B", "conditional"),
        ("A will support B", "predicted"),
        ("A used to support B", "past"),
        ("A is a proposed member of B", "proposed"),
    ],
)
def test_status_is_read_from_the_words_around(text: str, status: str) -> None:
    assert standing(text, text.index("A"), len(text), 1)[0] == status


def test_a_denied_tie_turns_its_sign_and_denied_enmity_leaves_none() -> None:
    assert standing("A does not support B", 0, 20, 1) == ("negated", -1)
    assert standing("A does not oppose B", 0, 19, -1) == ("negated", 0)


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("ar", "تدعم روسيا سوريا في المحادثات.", ("Russia", "supports", 1, "Syria")),
        ("ar", "المحادثات بين روسيا وتركيا مستمرة.", ("Russia", "negotiates", 0, "Turkey")),
        ("ru", "Россия поддерживает Сирию.", ("Russia", "supports", 1, "Syria")),
        ("ru", "Иран, союзник Сирии, молчит.", ("Iran", "allied", 1, "Syria")),
        ("fr", "La France soutient l’Égypte.", ("France", "supports", 1, "Egypt")),
        ("fr", "L’Iran, allié de la Syrie, se tait.", ("Iran", "allied", 1, "Syria")),
        ("tr", "ABD destekli YPG çekildi.", ("United States", "supports", 1, "YPG")),
        ("tr", "Türkiye ve Rusya arasındaki görüşmeler sürüyor.", ("Turkey", "negotiates", 0, "Russia")),
        ("fa", "ایران از سوریه حمایت می‌کند.", ("Iran", "supports", 1, "Syria")),
        ("he", "רוסיה תומכת בסוריה.", ("Russia", "supports", 1, "Syria")),
    ],
)
def test_other_languages_tell_relations(language: str, sentence: str, expected: tuple[str, str, int, str]) -> None:
    assert expected in ties(sentence, language=language)


def test_every_pattern_compiles_and_has_a_stem_in_small_letters() -> None:
    for language, rows in BY_LANGUAGE.items():
        known, by_stem = rows_of(language)
        assert [compiled(language, number).row for number in range(len(known))] == list(rows)
        assert {number for numbers in by_stem.values() for number in numbers} == set(range(len(rows)))
        for row in rows:
            assert row.kind in RELATION_KINDS
            assert all(stem == stem.lower() for stem in row.stems)


def test_spans_lead_back_to_the_words() -> None:
    text = "“Nobody asked,” he said.\nStill, “Norway” openly supports Denmark’s plan."
    (relation,) = told(text)[0]
    assert text[slice(*relation.span)] == "Norway” openly supports Denmark’s"


def test_a_frame_takes_actors_out_and_knows_where_they_stood() -> None:
    text = "The “Arab League” met Oman’s envoys."
    (frame,) = frames_of(text, [(0, len(text))], cast_of(text))
    signs = [c for c in frame.text if c in frame.slots]
    assert next(frame.slots[sign].actors[0].name for sign in signs) == "Arab League"
    assert "“" not in frame.text
    for at, c in enumerate(frame.text):
        if c not in frame.slots and c.isalpha():
            assert text[frame.span(at, at + 1)[0]] == c


def code(*, stances: tuple[Stance, ...] = (), events: tuple[Event, ...] = ()) -> list[tuple[str, str, str]]:
    text = "Norway and Denmark met Somebody."
    article = Article(id="a", page="p", n=0, text=text, outlet="The Paper")
    reading = Reading(sentences=((0, len(text)),), mentions=(), attributions=(), stances=stances)
    actors = {(0, 6): actor("Norway", "NOR"), (11, 18): actor("Denmark", "DNK"), (23, 31): actor("Somebody", None)}
    return [(r.source.name, r.basis, r.target.name) for r in code_relations(article, reading, (), actors, (), events)[0]]


def actor(name: str, code_: str | None) -> Actor:
    return Actor(id=name, name=name, code=code_)


def stance(source: Span, target: Span, score: float) -> Stance:
    return Stance(source=source, target=target, sign=-1, score=score)


def test_stances_count_if_they_are_sure_and_both_are_known() -> None:
    assert code(stances=(stance((0, 6), (11, 18), 0.9),)) == [("Norway", "stance", "Denmark")]
    assert code(stances=(stance((0, 6), (11, 18), 0.6),)) == []
    assert code(stances=(stance((0, 6), (23, 31), 0.9),)) == []


def event(kind: str, status: str) -> Event:
    sides = [
        (Participant(span=span, actor=actor(name, code_)),)
        for name, code_, span in (("Norway", "NOR", (0, 6)), ("Denmark", "DNK", (11, 18)))
    ]
    return Event(
        id="e", article="a", sentence=(0, 32), trigger=(19, 22), type=kind, status=status,  # type: ignore[arg-type]
        actors=sides[0], recipients=sides[1], date=None, place=None, chain=(), score=0.9,
    )  # fmt: skip


def test_events_that_state_enmity_are_relations_once_they_have_happened() -> None:
    assert code(events=(event("THREATEN", "happened"),)) == [("Norway", "event", "Denmark")]
    assert code(events=(event("THREATEN", "denied"),)) == []
    assert code(events=(event("CONSULT", "happened"),)) == []
