"""What rules mend of a reading, and how tellings become events."""

import msgspec
import pytest

from dragoman.coding import code_article, complete, find_times
from dragoman.coding.completion import LEAST_AS_CUE
from dragoman.types import Actor, Argument, Happening


@pytest.fixture
def told(coded):
    """The coded article of marked text with events (trigger words, type, status, [(role, words)], score), all mended."""

    def build(marked, *events, ranking=(), **fields):
        article, reading = coded(marked, **fields)

        def span(words, at=0):
            b = article.text.index(words, at)
            return b, b + len(words)

        happenings = []
        for words, kind, status, arguments, *rest in events:
            score = rest[0] if rest else 0.8
            trigger = span(words, happenings[-1].trigger[1] if happenings else 0)
            sides = tuple(Argument(role=role, b=span(side)[0], e=span(side)[1], score=0.9) for role, side in arguments)
            happenings.append(
                Happening(
                    trigger=trigger,
                    type=kind,
                    status=status,
                    arguments=sides,
                    score=score,
                    ranking=ranking,
                )
            )
        return code_article(article, complete(article, msgspec.structs.replace(reading, events=tuple(happenings))))

    return build


def names(side):
    return [participant.actor.name for participant in side]


def of(coded, span):
    return coded.article.text[slice(*span)]


def test_open_sides_are_filled_from_the_sentence(told):
    (event,) = told("{place Norholm} shelled {place Sandvik}.", ("shelled", "ASSAULT", "happened", [])).events
    assert (names(event.actors), names(event.recipients)) == (["Norholm"], ["Sandvik"])


def test_what_the_reader_found_stands(told):
    (event,) = told(
        "{place Norholm} and {place Kalby} shelled {place Sandvik}.", ("shelled", "ASSAULT", "happened", [("actor", "Sandvik")])
    ).events
    assert names(event.actors) == ["Sandvik"]
    assert names(event.recipients) == []


def test_a_passive_turns_the_sides_round(told):
    (event,) = told(
        "{place Sandvik} was shelled by {place Norholm}.",
        ("shelled", "ASSAULT", "happened", [("actor", "Sandvik"), ("actor", "Norholm")]),
    ).events
    assert (names(event.actors), names(event.recipients)) == (["Norholm"], ["Sandvik"])


def test_the_others_of_a_list_come_along(told):
    (event,) = told(
        "{place Norholm}, {place Kalby} and {place Orvik} praised it.", ("praised", "SUPPORT", "happened", [("actor", "Kalby")])
    ).events
    assert sorted(names(event.actors)) == ["Kalby", "Norholm", "Orvik"]


def test_a_list_in_one_span_is_cut(told):
    (event,) = told(
        "{place Norholm}, {place Kalby} and {place Orvik} praised it.",
        ("praised", "SUPPORT", "happened", [("actor", "Norholm, Kalby and Orvik")]),
    ).events
    assert names(event.actors) == ["Norholm", "Kalby", "Orvik"]


def test_we_is_whoever_is_quoted(told):
    (event,) = told(
        "“[C1 We praised {place Kalby}],” [S1 {person Ada Lund}] [Q1 said].",
        ("praised", "SUPPORT", "happened", [("actor", "We")]),
    ).events
    assert names(event.actors) == ["Ada Lund"]


def test_whoever_says_it_does_it(told):
    (event,) = told(
        "[S1 {person Ada Lund}] [Q1 accused] {place Kalby} [C1 of theft].", ("accused", "ACCUSE", "happened", [], 0.9)
    ).events
    assert names(event.actors) == ["Ada Lund"]


def test_a_verb_that_carries_its_noun_is_one_event(told):
    coded = told(
        "{place Norholm} launched a new attack on {place Sandvik}.",
        ("launched", "ASSAULT", "happened", []),
        ("attack", "ASSAULT", "happened", []),
    )
    (event,) = coded.events
    assert of(coded, event.trigger) == "launched a new attack"


def test_told_twice_is_one_event_with_two_mentions(told):
    coded = told(
        "{place Norholm} shelled {place Sandvik}. Rain fell. {place Norholm} shelled {place Sandvik} from the hills.",
        ("shelled", "ASSAULT", "happened", []),
        ("shelled", "ASSAULT", "happened", []),
    )
    (event,) = coded.events
    assert [of(coded, span) for span in event.mentions] == ["shelled", "shelled"]
    assert event.trigger == event.mentions[0]


@pytest.mark.parametrize(
    "second",
    [
        "{place Norholm} shelled {place Kalby}.",
        "{place Sandvik} shelled {place Norholm}.",
        "{place Norholm} did not shell {place Sandvik}.",
        "In 1987 {place Norholm} shelled {place Sandvik}.",
        "{place Norholm} stormed {place Sandvik}.",
    ],
)
def test_others_stay_apart(told, second):
    verb = next(word for word in ("shelled", "shell", "stormed") if f" {word} " in second)
    coded = told(
        f"{{place Norholm}} shelled {{place Sandvik}}. {second}",
        ("shelled", "ASSAULT", "happened", []),
        (verb, "ASSAULT", "happened", []),
        date="2019-04-17",
    )
    assert len(coded.events) == 2


def test_deeds_in_a_list_stay_apart(told):
    coded = told(
        "{place Norholm} expelled the envoy and recalled its own.",
        ("expelled", "SANCTION", "happened", []),
        ("recalled", "SANCTION", "happened", []),
    )
    assert len(coded.events) == 2


def test_what_is_only_asked_for_is_no_event(told):
    coded = told(
        "{place Norholm} demanded that {place Kalby} release the crew.",
        ("demanded", "REQUEST", "happened", []),
        ("release", "RETREAT", "hypothetical", []),
    )
    assert [(event.type, event.mode) for event in coded.events] == [("REQUEST", "yield")]


def test_what_was_done_before_the_asking_stays(told):
    coded = told(
        "{place Norholm} demanded an answer after {place Kalby} seized the crew.",
        ("demanded", "REQUEST", "happened", []),
        ("seized", "COERCE", "happened", []),
    )
    assert [event.type for event in coded.events] == ["REQUEST", "COERCE"]


@pytest.mark.parametrize(
    ("marked", "trigger", "kind", "score"),
    [
        ("[S1 {person Ada Lund}] [Q1 said] [C1 so].", "said", "AGREE", 1.0),
        ("The town lies on a river.", "lies", "CONSULT", 1.0),
        ("It is so.", "is", "ASSAULT", 1.0),
        ("{place Norholm} has ships.", "Norholm", "MOBILIZE", 1.0),
        ("[S1 {person Ada Lund}] [Q1 insisted] [C1 so].", "insisted", "REQUEST", LEAST_AS_CUE / 2),
    ],
)
def test_what_is_no_event(told, marked, trigger, kind, score):
    assert told(marked, (trigger, kind, "happened", [], score)).events == ()


def test_plain_words_that_the_reader_passed_over_are_coded(told):
    (event,) = told("{person Ada Lund} visited {place Kalby} in spring.").events
    assert (event.type, event.mode, names(event.actors), event.cameo) == ("CONSULT", "visit", ["Ada Lund"], "042")


def test_nobody_known_does_not_visit(told):
    assert told("It visited him.").events == ()


def test_a_denial_reaches_what_it_denies(told):
    (event,) = told(
        "[S1 {place Norholm}] [Q1 denied] [C1 that it had shelled {place Sandvik}].", ("shelled", "ASSAULT", "happened", [])
    ).events
    assert event.status == "denied"


def test_sanctions_are_sanctions(told):
    (event,) = told("{place Norholm} imposed sanctions on {place Kalby}.", ("sanctions", "COERCE", "happened", [])).events
    assert event.type == "SANCTION"


def test_the_lists_hold_a_type_to_what_the_words_may_tell(told):
    ranked = ("ACCUSE", "CONSULT", "SUPPORT")
    (event,) = told("{place Norholm} hailed {place Kalby}.", ("hailed", "ACCUSE", "happened", []), ranking=ranked).events
    assert event.type == "SUPPORT"


@pytest.mark.parametrize(("words", "score", "count"), [("condemned", 0.3, 1), ("mauled", 0.3, 0), ("mauled", 0.6, 1)])
def test_an_unsure_trigger_counts_if_the_lists_know_it(told, words, score, count):
    events = told(f"{{place Norholm}} {words} {{place Kalby}}.", (words, "ACCUSE", "happened", [], score)).events
    assert len(events) == count


def test_an_unsure_trigger_that_a_plain_list_tells_is_sure(told):
    (event,) = told("{place Norholm} sanctioned {place Kalby}.", ("sanctioned", "SANCTION", "happened", [], 0.3)).events
    assert (event.type, names(event.actors), names(event.recipients)) == ("SANCTION", ["Norholm"], ["Kalby"])


@pytest.mark.parametrize(("rest", "score", "kept"), [(" {place Kalby}", 0.3, 1), ("", 0.3, 0), ("", 0.9, 1)])
def test_a_doubtful_event_with_an_open_side_is_left_out(told, rest, score, kept):
    sides = [("actor", "Norholm"), *([("recipient", "Kalby")] if rest else [])]
    found = told(f"{{place Norholm}} sanctioned{rest}.", ("sanctioned", "SANCTION", "happened", sides, score)).events
    assert len(found) == kept


def test_an_unsure_trigger_without_an_actor_does_not_count(told):
    assert told("The town was condemned.", ("condemned", "ACCUSE", "happened", [], 0.3)).events == ()


@pytest.mark.parametrize(
    ("marked", "trigger", "kind", "actors", "recipients"),
    [
        ("{place Norholm} stood by {place Kalby}.", "stood", "SUPPORT", ["Norholm"], ["Kalby"]),
        (
            "They fear {person Ada Lund} listed as hostile by {place Kalby}.",
            "listed",
            "SANCTION",
            ["Kalby"],
            ["Ada Lund"],
        ),
        ("Thanks to the support of {place Kalby}, it won.", "support", "SUPPORT", ["Kalby"], []),
        ("{place Norholm} held drills in spring, with {place Kalby}.", "drills", "COOPERATE", ["Norholm"], ["Kalby"]),
        ("{place Norholm} sanctions hurt trade.", "sanctions", "SANCTION", [], ["Norholm"]),
        ("{place EU} sanctions hurt trade.", "sanctions", "SANCTION", ["EU"], []),
    ],
)
def test_builds_that_turn_the_sides_round(told, marked, trigger, kind, actors, recipients):
    (event,) = told(marked, (trigger, kind, "happened", [])).events
    assert (names(event.actors), names(event.recipients)) == (actors, recipients)


@pytest.mark.parametrize(
    ("marked", "count"),
    [
        ("{person Ada Lund} spoke on Monday with {person Bo Rask}.", 1),
        ("{person Ada Lund} spoke with {organisation Kalby Radio}.", 0),
        ("{person Ada Lund} spoke with care.", 0),
        ("{person Ada Lund} spoke in {place Kalby}.", 0),
    ],
)
def test_to_speak_with_somebody_is_to_meet(told, marked, count):
    assert len(told(marked, ("spoke", "CONSULT", "happened", [("actor", "Ada Lund")], 0.6)).events) == count


@pytest.mark.parametrize(
    ("marked", "count"), [("{person Ada Lund} told him to leave.", 1), ("{person Ada Lund} told him a tale.", 0)]
)
def test_to_tell_somebody_to_do_something_is_a_request(told, marked, count):
    assert len(told(marked, ("told", "REQUEST", "happened", [("actor", "Ada Lund")], 0.6)).events) == count


def test_a_denial_is_a_claim_and_no_event(told):
    assert told("[S1 {place Norholm}] [Q1 denied] [C1 it].", ("denied", "REJECT", "happened", [])).events == ()
    (event,) = told("{place Norholm} denied the request of {place Kalby}.", ("denied", "REJECT", "happened", [])).events
    assert event.type == "REJECT"


def test_both_are_the_two_that_were_named(told):
    before = "{person Ada Lund} received {person Bo Rask} in {place Kalby}. "
    praised = ("praised", "SUPPORT", "happened", [("actor", "Both leaders")])
    (event,) = told(before + "Both leaders praised it.", praised).events
    assert names(event.actors) == ["Ada Lund", "Bo Rask"]
    (event,) = told(
        "They met. Both leaders praised it.", ("praised", "SUPPORT", "happened", [("actor", "Both leaders")])
    ).events
    assert names(event.actors) == ["Both leaders"]


def test_a_pronoun_that_stands_for_nobody_does_nothing(told):
    events = told("It is obvious that {place Kalby} was shelled.", ("shelled", "ASSAULT", "happened", [("actor", "It")])).events
    assert [names(e.actors) for e in events] == [[]]


def test_whom_it_is_done_with_is_no_actor(told):
    marked = "{place Norholm} sold the jets to {place Kalby}."
    (event,) = told(marked, ("sold", "COOPERATE", "happened", [("actor", "Norholm"), ("actor", "Kalby")])).events
    assert (names(event.actors), names(event.recipients)) == (["Norholm"], ["Kalby"])


def test_a_thing_beside_somebody_known_is_nobody(coded):
    article, reading = coded("{place Norholm} sent systems to {place Kalby}.")
    text = article.text
    places = {word: (text.index(word), text.index(word) + len(word)) for word in ("Norholm", "systems", "Kalby")}
    sent = Happening(
        trigger=(text.index("sent"), text.index("sent") + 4),
        type="AID",
        status="happened",
        arguments=tuple(Argument(role="recipient", b=b, e=e, score=0.9) for b, e in (places["systems"], places["Kalby"])),
        score=0.8,
    )
    actors = {places["Kalby"]: Actor(id="k", name="Kalby", code="KAL"), places["systems"]: Actor(id="s", name="systems")}
    known = code_article(article, msgspec.structs.replace(reading, events=(sent,)), actors)
    assert [names(event.recipients) for event in known.events] == [["Kalby"]]


def test_a_host_is_where_it_takes_place(told):
    (event,) = told("{place Kuwait} hosted talks in spring.", ("talks", "CONSULT", "happened", [("actor", "Kuwait")])).events
    assert event.place is not None
    assert event.place.name == "Kuwait"


def test_the_agent_of_the_noun_before_does_not_do_the_deed(told):
    marked = "They rejected the recognition by {place Norholm} of the annexation of {place Sandvik}."
    recognition = ("recognition", "SUPPORT", "happened", [("actor", "Norholm")])
    annexation = ("annexation", "ASSAULT", "happened", [("actor", "Norholm"), ("recipient", "Sandvik")])
    one, other = told(marked, recognition, annexation).events
    assert (names(one.actors), names(other.actors), names(other.recipients)) == (["Norholm"], [], ["Sandvik"])


def test_he_who_opens_what_somebody_says_is_the_speaker(told):
    marked = "{person Ada Lund} left. [S1 The owner] [Q1 says] [C1 that he helped {place Sandvik}]."
    (event,) = told(marked, ("helped", "AID", "happened", [("actor", "he"), ("recipient", "Sandvik")])).events
    assert names(event.actors) == ["owner"]


def test_nobody_stands_on_both_sides(told):
    (event,) = told(
        "{place Norholm} shelled {place Norholm}.",
        ("shelled", "ASSAULT", "happened", [("actor", "Norholm"), ("recipient", "Norholm")]),
    ).events
    assert event.recipients == ()


@pytest.mark.parametrize(
    ("text", "date", "start", "end", "basis"),
    [
        ("{place Norholm} shelled {place Sandvik} in May 2018.", "2018-06-01", "2018-05-01", "2018-05-31", "text"),
        ("{place Norholm} shelled {place Sandvik}.", "2018-06-01", "2018-06-01", "2018-06-01", "article"),
        ("12 May 2018\n{place Norholm} shelled {place Sandvik}.", "2018-06-01", "2018-05-12", "2018-05-12", "section"),
    ],
)
def test_dates_say_what_they_rest_on(told, text, date, start, end, basis):
    coded = told(text, ("shelled", "ASSAULT", "happened", []), date=date)
    assert find_times(coded.article.text, date=date, language="en") or basis == "article"
    (found,) = coded.events
    assert (found.date.start, found.date.end, found.date.basis) == (start, end, basis)


@pytest.mark.parametrize(
    ("language", "text", "verb", "start"),
    [
        ("en", "A week after {place Norholm} attacked {place Sandvik}, talks began.", "attacked", "2019-04-08"),
        ("en", "Two days after {place Norholm} attacked {place Sandvik}, talks began.", "attacked", "2019-04-17"),
        ("en", "A week after the summit, {place Norholm} attacked {place Sandvik}.", "attacked", "2019-04-19"),
        ("en", "Shortly after the summit {place Norholm} attacked {place Sandvik}.", "attacked", "2019-04-19"),
        ("fr", "Deux jours après que {place Norholm} a attaqué {place Sandvik}, on parla.", "attaqué", "2019-04-17"),
        (
            "ru",
            "Через неделю после того как {place Норхольм} напал на {place Сандвик}, начались переговоры.",
            "напал",
            "2019-04-08",
        ),
        ("ar", "بعد يومين من هجوم {place نورهولم} على {place ساندفيك} بدأت المحادثات.", "هجوم", "2019-04-17"),
    ],
)
def test_so_long_after_a_deed_is_so_long_ago(told, language, text, verb, start):
    (found,) = told(text, (verb, "ASSAULT", "happened", []), date="2019-04-19", language=language).events
    assert found.date.start == start


def test_what_is_planned_does_not_take_the_articles_date(told):
    (event,) = told(
        "{place Norholm} will shell {place Sandvik}.", ("shell", "ASSAULT", "happened", []), date="2018-06-01"
    ).events
    assert (event.status, event.date) == ("planned", None)


def test_years_back_is_background(told):
    (event,) = told(
        "In 1987 {place Norholm} shelled {place Sandvik}.", ("shelled", "ASSAULT", "happened", []), date="2018-06-01"
    ).events
    assert event.status == "historical"


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("The guards shot {person Ada Lund} in {place Kalby}.", "ASSAULT", "Kalby"),
        ("The guards shot {person Ada Lund} near the port of {place Kalby}.", "ASSAULT", None),
        ("{place Norholm} shot at {place Sandvik}.", "ASSAULT", "Sandvik"),
        ("{person Ada Lund} of {place Kalby} was shot.", "ASSAULT", None),
    ],
)
def test_places_stand_behind_a_word_of_place(told, text, kind, place):
    (event,) = told(text, ("shot", kind, "happened", [])).events
    assert (event.place.name if event.place else None) == place


@pytest.mark.parametrize(
    "text",
    [
        "{place Norholm} launched an attack on {place Sandvik}, which was condemned by {place Kalby} and {place Orvik}.",
        "{person Ada Lund} visited {place Kalby}; {place Norholm} demanded that it release the crew.",
    ],
)
def test_mending_what_is_mended_changes_nothing(coded, text):
    article, reading = coded(text)
    once = complete(article, reading)
    assert once.events
    assert complete(article, once) == once


@pytest.mark.parametrize("formula", ["declined to comment on", "refused to speak about", "gave no reason for"])
def test_what_reporters_say_of_whom_they_asked_is_no_event(told, formula):
    verb = formula.split()[0]
    assert told(f"{{place Norholm}} {formula} the plan.", (verb, "REJECT", "happened", [])).events == ()
    assert told("{place Norholm} declined the plan.", ("declined", "REJECT", "happened", [])).events
    assert told("{place Norholm} put the dead at nine.", ("put the dead", "ASSAULT", "happened", [])).events == ()


def test_peoples_that_a_hyphen_joins_are_each_a_side(told):
    text = "The {people Saudi-Emirati} coalition bombed {place Sandvik}."
    (event,) = told(text, ("bombed", "ASSAULT", "happened", [("actor", "The Saudi-Emirati coalition")])).events
    assert names(event.actors) == ["Saudi", "Emirati"]
    text = "An {people African-American} senator criticised {place Sandvik}."
    (event,) = told(text, ("criticised", "ACCUSE", "happened", [("actor", "An African-American senator")])).events
    assert len(event.actors) == 1


def test_a_name_within_a_trigger_is_who_gets_it(told):
    text = "{place Norholm} might give {place Kalby} a helping hand."
    (event,) = told(text, ("give Kalby a helping hand", "AID", "possible", [("actor", "Kalby")])).events
    assert (names(event.actors), names(event.recipients)) == (["Norholm"], ["Kalby"])


def test_who_rejects_a_request_rejects_whoever_made_it(told):
    text = "{place Norholm} turned down a {place Kalby} request to open the port."
    events = told(
        text, ("turned down", "REJECT", "happened", []), ("request", "REQUEST", "happened", [("actor", "Kalby")])
    ).events
    assert [(e.type, names(e.actors), names(e.recipients)) for e in events] == [
        ("REJECT", ["Norholm"], ["Kalby"]),
        ("REQUEST", ["Kalby"], ["Norholm"]),
    ]


def test_the_means_of_a_deed_is_no_second_deed(told):
    text = "{place Norholm} killed five in an attack on {place Sandvik}."
    events = told(
        text, ("killed", "ASSAULT", "happened", []), ("an attack", "ASSAULT", "happened", [("recipient", "Sandvik")])
    ).events
    assert [(e.type, names(e.actors), names(e.recipients)) for e in events] == [("ASSAULT", ["Norholm"], ["Sandvik"])]


def test_a_later_verb_keeps_its_recipients(told):
    text = "{place Norholm} cut ties with {place Kalby} and courted {place Sandvik}."
    sides = [("recipient", "Kalby"), ("recipient", "Sandvik")]
    events = told(text, ("cut", "SANCTION", "happened", sides), ("courted", "SUPPORT", "happened", sides[1:])).events
    assert [names(e.recipients) for e in events] == [["Kalby"], ["Sandvik"]]


def test_whom_a_friend_is_at_odds_with_gets_no_support(told):
    text = "{place Norholm} backed {place Kalby} in its dispute with {place Sandvik}."
    sides = [("recipient", "Kalby"), ("recipient", "Sandvik")]
    (event,) = told(text, ("backed", "SUPPORT", "happened", sides)).events
    assert names(event.recipients) == ["Kalby"]


def test_a_list_has_one_role(told):
    text = "{place Norholm} hosted talks with {place Kalby}, {place Sandvik} and {place Osby}."
    sides = [("actor", "Norholm"), ("actor", "Kalby"), ("recipient", "Sandvik"), ("recipient", "Osby")]
    (event,) = told(text, ("hosted talks", "CONSULT", "happened", sides)).events
    assert (names(event.actors), names(event.recipients)) == (["Norholm", "Kalby", "Sandvik", "Osby"], [])
    text = "{place Norholm} backs {place Kalby}, {place Sandvik} and {place Osby}."
    sides = [("actor", "Norholm"), ("recipient", "Kalby"), ("actor", "Sandvik"), ("recipient", "Osby")]
    (event,) = told(text, ("backs", "SUPPORT", "ongoing", sides)).events
    assert (names(event.actors), names(event.recipients)) == (["Norholm"], ["Kalby", "Sandvik", "Osby"])


def test_whose_things_are_sent_sends_them(told):
    (event,) = told("{people Norholmian} tanks were sent to {place Kalby}.", ("sent", "AID", "happened", [])).events
    assert (names(event.actors), names(event.recipients)) == (["Norholmian tanks"], ["Kalby"])
    (event,) = told("{people Norholmian} soldiers were sent to {place Kalby}.", ("sent", "MOBILIZE", "happened", [])).events
    assert names(event.actors) == []


def test_both_leaders_are_the_two_that_were_named(told):
    text = "{person Trump} met {person Sisi} on Tuesday. Both leaders praised the pact."
    (event,) = told(text, ("praised", "SUPPORT", "happened", [])).events
    assert names(event.actors) == ["Trump", "Sisi"]


def test_who_says_we_is_the_speaker(told):
    text = "“[C1 We stand by {place Kalby}],” [S1 {person Ruto}] [Q1 said]."
    (event,) = told(text, ("stand by", "SUPPORT", "ongoing", [("actor", "We"), ("recipient", "Kalby")])).events
    assert names(event.actors) == ["Ruto"]
