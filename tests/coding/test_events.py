import re

import msgspec
import pytest

from dragoman.coding import code_article, complete
from dragoman.types import Actor, Argument, EventPlace, Happening, Stance


@pytest.fixture
def told(coded):
    """The coded article of marked text whose events and stances are given by the words of the text."""

    def build(marked, *, events=(), stances=(), **fields):
        article, reading = coded(marked, **fields)
        text = article.text

        def span(words):
            return (text.index(words), text.index(words) + len(words))

        def argument(role, words):
            b, e = span(words)
            return Argument(role=role, b=b, e=e, score=0.9)

        happenings = tuple(
            Happening(
                trigger=span(trigger), type=kind, status=status, score=0.8,
                arguments=tuple(argument(role, words) for role, words in arguments),
            )
            for trigger, kind, status, arguments in events
        )  # fmt: skip
        found = tuple(Stance(source=span(a), target=span(b), sign=sign, score=score) for a, b, sign, score in stances)
        values = {name: getattr(reading, name) for name in ("sentences", "mentions", "attributions")}
        return code_article(article, type(reading)(**values, events=happenings, stances=found))

    return build


def words(article, span):
    return article.text[slice(*span)]


def test_who_did_what_to_whom_when_and_where(told):
    coded = told(
        "Rain fell. {place Norholm}'s navy shelled {place Sandvik} on Monday near {place Kalby}.",
        events=[
            (
                "shelled",
                "ASSAULT",
                "happened",
                [("actor", "Norholm's navy"), ("recipient", "Sandvik"), ("time", "on Monday"), ("place", "Kalby")],
            )
        ],
    )
    (event,) = coded.events
    assert words(coded.article, event.sentence).startswith("Norholm's navy")
    assert (event.type, event.status, event.chain) == ("ASSAULT", "happened", ("Levant Ledger",))
    assert [side.actor.name for side in event.actors] == ["Norholm's navy"]
    assert [side.actor.name for side in event.recipients] == ["Sandvik"]
    assert words(coded.article, event.date.span) == "on Monday"
    assert event.place.name == "Kalby"


def test_the_chain_is_that_of_the_innermost_claim(told):
    coded = told(
        "[S1 The harbour master] [Q1 said] [C1 the fleet left the bay], and the town slept.",
        events=[("left", "RETREAT", "happened", [("actor", "the fleet")]), ("slept", "AID", "possible", [])],
    )
    assert [event.chain for event in coded.events] == [("Levant Ledger", "harbour master"), ("Levant Ledger",)]


def test_words_of_time_become_days(told):
    coded = told(
        "The envoys met on Monday. The council sat in May 2018.",
        date="2019-04-17",
        events=[("met", "CONSULT", "happened", [("time", "on Monday")]), ("sat", "CONSULT", "historical", [])],
    )
    assert [(e.date.start, e.date.end) for e in coded.events] == [("2019-04-15", "2019-04-15"), ("2018-05-01", "2018-05-31")]


def test_of_two_dates_in_a_sentence_none_is_guessed(told):
    coded = told("They met in May 2018 or in June 2019.", events=[("met", "CONSULT", "happened", [])])
    assert coded.events[0].date is None


def test_known_actors_and_places_take_the_place_of_words(coded):
    article, reading = coded("Norholm shelled the outskirts of Sandvik.")
    event = Happening(
        trigger=(8, 15), type="ASSAULT", status="happened", score=0.9,
        arguments=(
            Argument(role="actor", b=0, e=7, score=0.9),
            Argument(role="place", b=16, e=40, score=0.9),
        ),
    )  # fmt: skip
    known = Actor(id="n" * 16, name="Norholm", code="NOR")
    where = EventPlace(span=(33, 40), name="Sandvik", lat=60.5, lon=5.5, country="NOR")
    reading = msgspec.structs.replace(reading, events=(event,))
    (found,) = code_article(article, reading, {(0, 7): known}, {(33, 40): where}).events
    assert found.actors[0].actor == known
    assert found.place == where


STATES = {"Kalby": "Republic of the Islands"}
FACING = "{place Norholm} shut its ports after {place Sandvik} had refused{rest}."


@pytest.mark.parametrize(
    ("rest", "score", "found"),
    [
        ("", 0.99, ["Norholm"]),
        (" at {place Sandvik} Bay", 0.99, ["Norholm"]),  # one and the same
        (", said {place Kalby}", 0.99, []),  # which of the two?
        (" the {place Kalby} process", 0.99, ["Norholm"]),  # a thing that is called so
        ("", 0.55, []),  # who a doubtful event would face is a guess upon a guess
    ],
)
def test_an_open_side_is_the_only_other_state_of_the_sentence(coded, rest, score, found):
    article, reading = coded(FACING.replace("{rest}", rest))
    b = article.text.index("refused")
    actors = {
        (m.b, m.e): Actor(id=name[0] * 16, name=STATES.get(name, name), code=name[:3].upper())
        for m in reading.mentions
        if (name := article.text[m.b : m.e])
    }
    side = next(m for m in reading.mentions if article.text[m.b : m.e] == "Sandvik")
    refused = Happening(
        trigger=(b, b + len("refused")), type="REJECT", status="happened", score=score,
        arguments=(Argument(role="actor", b=side.b, e=side.e, score=0.9),),
    )  # fmt: skip
    (event,) = code_article(article, msgspec.structs.replace(reading, events=(refused,)), actors).events
    assert [participant.actor.name for participant in event.recipients] == found


@pytest.mark.parametrize(
    ("language", "told", "verb", "found"),
    [
        ("ru", "{place Норхольм} закрыл порты, когда {place Сандвик} отказал", "отказал", ["Норхольм"]),
        ("ru", "Переговоры в {place Калби}: {place Норхольм} ушёл, когда {place Сандвик} отказал", "отказал", ["Норхольм"]),
        ("ru", "Министр в {place Калби}: {place Норхольм} ушёл, когда {place Сандвик} отказал", "отказал", []),
        ("fr", "Selon les accords de {place Kalby}, {place Norholm} partait ; {place Sandvik} refusa", "refusa", ["Norholm"]),
        ("tr", "{place Kalby} görüşmeleri: {place Norholm} gitti, {place Sandvik} reddetti", "reddetti", ["Norholm"]),
        ("ar", "بمحادثات {place كالبي} غادرت {place نورهولم} حين {place ساندفيك} رفضت", "رفضت", ["نورهولم"]),
    ],
)
def test_a_place_that_lends_its_name_is_nobody_in_other_languages_too(coded, language, told, verb, found):
    article, reading = coded(told + ".", language=language)
    b = article.text.index(verb)
    names = {(m.b, m.e): article.text[m.b : m.e] for m in reading.mentions}
    actors = {span: Actor(id=name[0] * 16, name=name, code=f"Q{n}X") for n, (span, name) in enumerate(names.items())}
    side = max(span for span in names if span[1] <= b)
    refused = Happening(
        trigger=(b, b + len(verb)), type="REJECT", status="happened", score=0.99,
        arguments=(Argument(role="actor", b=side[0], e=side[1], score=0.9),),
    )  # fmt: skip
    (event,) = code_article(article, msgspec.structs.replace(reading, events=(refused,)), actors).events
    assert [participant.actor.name for participant in event.recipients] == found


def test_stances_over_sentences_are_no_relations(told):
    coded = told("{person Nabil Karam} left. {person Rana Saleh} stayed.", stances=[("Nabil Karam", "Rana Saleh", -1, 0.9)])
    assert coded.relations == ()


def test_an_unsure_event_in_a_cue_is_none(coded):
    article, reading = coded("[S1 The envoy] [Q1 protested] [C1 so].")
    unsure = Happening(trigger=(10, 19), type="ACCUSE", status="happened", score=0.4, arguments=())
    sure = msgspec.structs.replace(unsure, score=0.9)
    for happening, found in ((unsure, 0), (sure, 1)):
        mended = complete(article, msgspec.structs.replace(reading, events=(happening,)))
        assert len(code_article(article, mended).events) == found


def test_officials_of_no_state_do_not_take_the_name_of_a_source(coded):
    article, reading = coded("[S1 A ministry spokesman] [Q1 said] [C1 so].")
    officials, turkey = Actor(id="g" * 16, name="officials", code="GOV"), Actor(id="t" * 16, name="Turkey", code="TUR GOV")
    for actor, name in ((officials, "ministry spokesman"), (turkey, "Turkey")):
        (claim,) = code_article(article, reading, {(0, 20): actor}).claims
        assert claim.source_actor.name == name


def test_of_two_times_the_nearer_one_counts(told):
    coded = told(
        "In May the council agreed that the ferry sails in June.",
        events=[("agreed", "AGREE", "happened", [("time", "In May"), ("time", "in June")])],
    )
    assert words(coded.article, coded.events[0].date.span) == "In May"


@pytest.mark.parametrize(("between", "day"), [("the envoy learnt that", "Friday"), ("the envoys of", "On Monday")])
def test_what_is_told_to_have_been_has_a_day_of_its_own(told, between, day):
    coded = told(
        f"On Monday {between} {{place Norholm}} shelled {{place Sandvik}} on Friday.",
        events=[("shelled", "ASSAULT", "happened", [("time", "On Monday")])],
        date="2019-04-10",
    )
    (event,) = coded.events
    assert words(coded.article, event.date.span) == day


def test_a_pronoun_nobody_stands_for_is_no_actor(told):
    coded = told("They agreed.", events=[("agreed", "AGREE", "happened", [("actor", "They")])])
    assert coded.events[0].actors == ()


def test_a_stance_becomes_a_relation_once_a_sentence(told):
    coded = told(
        "{person Nabil Karam} trusts {person Rana Saleh}, and {person Nabil Karam} said so.",
        stances=[("Nabil Karam", "Rana Saleh", 1, 0.6), ("Nabil Karam", "Rana Saleh", 1, 0.9)],
    )
    (relation,) = coded.relations
    assert (relation.source.name, relation.kind, relation.sign, relation.target.name) == (
        "Nabil Karam",
        "supports",
        1,
        "Rana Saleh",
    )
    assert relation.score == 0.9
    assert words(coded.article, relation.span) == "Nabil Karam trusts Rana Saleh"


def test_nobody_is_for_or_against_himself(told):
    coded = told("{person Nabil Karam} blamed {person Karam}.", stances=[("Nabil Karam", "Karam.", -1, 0.9)])
    assert coded.relations == ()


def test_ids_are_those_of_the_content(told):
    marked, events = "The council met.", [("met", "CONSULT", "happened", [("actor", "The council")])]
    first, second = (told(marked, events=events).events[0] for _ in range(2))
    assert first == second
    assert re.fullmatch(r"[0-9a-f]{16}", first.id)
