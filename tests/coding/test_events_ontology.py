"""Types, modes, contexts and codes, and the word lists that decide them."""

import pytest

from dragoman.coding.lexicon import Lexicon, load
from dragoman.coding.modes import contexts_of, mode_of
from dragoman.coding.ontology import ontology
from dragoman.config import LANGUAGES
from dragoman.reader.labels import EVENT_TYPES


def test_every_type_of_the_reader_has_a_quad_a_score_and_a_code():
    known = ontology()
    assert set(known.types) == set(EVENT_TYPES)
    for kind in EVENT_TYPES:
        assert known.quad(kind) in (1, 2, 3, 4)
        assert (known.intensity(kind) < 0) == (known.quad(kind) > 2) or kind == "REQUEST"
        assert -10 <= known.types[kind].root.goldstein <= 10


def test_codes_claim_only_modes_and_contexts_that_there_are():
    known = ontology()
    for kind in known.types.values():
        for code in kind.codes:
            assert code.modes <= set(kind.modes)
            assert code.contexts <= set(known.contexts)


@pytest.mark.parametrize(
    ("kind", "mode", "contexts", "code", "goldstein"),
    [
        ("ASSAULT", None, (), "190", -10.0),
        ("ASSAULT", "aerial", (), "195", -10.0),
        ("ASSAULT", "suicide-attack", ("terrorism",), "183", -10.0),
        ("CONSULT", "visit", ("economic",), "042", 1.9),
        ("CONSULT", None, ("diplomatic",), "040", 1.0),  # mediation and negotiation have that context alike
        ("AID", None, ("military",), "072", 8.3),
        ("AID", None, ("military", "humanitarian"), "070", 7.0),
        ("COERCE", "arrest", (), "173", -5.0),
        ("REQUEST", "yield", ("military",), "1056", -5.0),
    ],
)
def test_the_code_says_no_more_than_is_known(kind, mode, contexts, code, goldstein):
    found = ontology().code_of(kind, mode, contexts)
    assert (found.code, found.goldstein) == (code, goldstein)


def test_an_unknown_type_has_no_code():
    assert ontology().code_of("GREET") is None
    assert ontology().intensity("GREET") is None
    assert ontology().quad("GREET") is None


def test_lists_name_only_what_the_ontology_has():
    known = ontology()
    for name, of in (("modes.toml", lambda kind: known.types[kind].modes), ("triggers.toml", None)):
        for language, kinds in load(name).items():
            assert language in LANGUAGES
            for kind, lists in kinds.items():
                assert kind in known.types
                assert of is None or set(lists) <= set(of(kind))
    for language, lists in load("contexts.toml").items():
        assert language in LANGUAGES
        assert set(lists) <= set(known.contexts)


def mode(text, word, kind, language="en"):
    b = text.index(word)
    return mode_of(text, kind, (b, b + len(word)), (0, len(text)), language)


@pytest.mark.parametrize(
    ("language", "text", "word", "kind", "expected"),
    [
        ("en", "Jets bombed the harbour.", "bombed", "ASSAULT", "aerial"),
        ("en", "A car bomb killed six.", "killed", "ASSAULT", "explosives"),
        ("en", "The guards beat him.", "beat", "ASSAULT", "beat"),
        ("en", "They met for talks by telephone.", "met", "CONSULT", "phone"),
        ("en", "He visited Kalby.", "visited", "CONSULT", "visit"),
        ("en", "They met.", "met", "CONSULT", None),
        ("en", "The miners began a hunger strike.", "strike", "PROTEST", "hunger"),
        ("en", "Norholm demanded the release of the sailors.", "demanded", "REQUEST", "yield"),
        ("en", "The general stepped down.", "stepped down", "RETREAT", "resign"),
        ("en", "It praised the plan.", "praised", "SUPPORT", None),
        ("ar", "اعتقلت الشرطة صحفيا", "اعتقلت", "COERCE", "arrest"),
        ("ru", "Полиция арестовала журналиста", "арестовала", "COERCE", "arrest"),
        ("xx", "Jets bombed the harbour.", "bombed", "ASSAULT", "aerial"),
    ],
)
def test_modes(language, text, word, kind, expected):
    assert mode(text, word, kind, language) == expected


def test_contexts_come_by_how_often_they_are_told():
    text = "The army and the navy discussed oil."
    assert contexts_of(text, (0, len(text)), "en") == ("military", "natural_resource")
    assert contexts_of("It rained.", (0, 10), "en") == ()


def test_stems_phrases_and_glued_letters():
    lists = Lexicon({"a": "bomb*|took to the streets|jail"}, "en")
    text = "Bombers took to the streets of Jailtown: jail!"
    assert [text[f.b : f.e] for f in lists.find(text, (0, len(text)))] == ["Bombers", "took to the streets", "jail"]
    glued = Lexicon({"a": "جيش"}, "ar")
    assert [list(glued.find(word, (0, len(word)))) != [] for word in ("والجيش", "جيش", "جيشان")] == [True, True, False]
