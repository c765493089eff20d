"""Spans of short texts of our own, and the actors that they name."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.actors import Gazetteer, Resolved, Resolver
from dragoman.types import content_id

SHIPPED = Gazetteer.shipped()
Resolve = Callable[..., list[tuple[str, str | None] | None]]


def found_in(text: str, parts: Sequence[str], *, date: str | None = "2019-04-20", types: str = "role") -> list[Resolved | None]:
    """What the parts of the text name; each is looked for behind the one before it begins."""
    spans, start = [], 0
    for part in parts:
        start = text.index(part, start)
        spans.append((start, start + len(part), types))
        start += 1
    return Resolver(SHIPPED, date=date, language=None).resolve_all(text, spans)


def names(text: str, *parts: str, date: str | None = "2019-04-20", types: str = "role") -> list[tuple[str, str | None] | None]:
    return [one and (one.actor.name, one.actor.code) for one in found_in(text, parts, date=date, types=types)]


def test_names_adjectives_seats_and_possessives_of_states() -> None:
    text = "Turkey’s envoy met the Russians. Riyadh and the US balked. The Kremlin spoke; a French plane landed."
    parts = ("Turkey’s", "the Russians", "Riyadh", "the US", "The Kremlin", "a French plane")
    assert [code for _, code in filter(None, names(text, *parts))] == ["TUR", "RUS", "SAU", "USA", "RUS", "FRA"]
    assert [one and one.basis for one in found_in(text, parts)] == ["name", "adjective", "seat", "name", "seat", "adjective"]


def test_one_of_a_people_is_not_that_people() -> None:
    text = "The Arabs met. An Arab diplomat left; so did Trump."
    assert [one and one[0] for one in names(text, "The Arabs", "An Arab diplomat")] == ["Arabs", "government officials"]
    assert names(text, "Trump", types="place") == [("Donald Trump", "USA GOV")]


def test_case_tells_acronyms_and_names_from_words() -> None:
    assert names("They told us who is who.", "us", "who", "is") == [None, None, None]
    assert names("The WHO and the US agreed.", "The WHO", "the US") == [
        ("World Health Organization", "UNO"),
        ("United States", "USA"),
    ]


@pytest.mark.parametrize(
    ("date", "name"), [("2012-06-01", "Hillary Clinton"), ("2016-06-01", "John Kerry"), ("2019-06-01", "Mike Pompeo")]
)
def test_an_office_is_whoevers_it_was_on_the_date(date: str, name: str) -> None:
    assert names("The US secretary of state flew home.", "The US secretary of state", date=date) == [
        (name, "USA GOV"),
    ]


def test_an_office_whose_holder_is_unknown_is_a_provisional_actor_of_the_state() -> None:
    assert names("The Fijian foreign minister spoke.", "The Fijian foreign minister") == [
        ("Fijian foreign minister", "FJI GOV")
    ]
    assert names("The Libyan prime minister spoke.", "The Libyan prime minister", date="1999-01-01") == [
        ("Libyan prime minister", "LBY GOV")
    ]


def test_office_with_of_and_with_a_possessive() -> None:
    text = "The president of Egypt called Iran's foreign minister, and Saudi Arabia’s king listened."
    parts = ("The president of Egypt", "Iran's foreign minister", "Saudi Arabia’s king")
    assert [one and one[0] for one in names(text, *parts)] == [
        "Abdel Fattah al-Sisi",
        "Mohammad Javad Zarif",
        "Salman bin Abdulaziz",
    ]


def test_a_title_alone_means_who_was_told_with_it() -> None:
    text = "President Recep Tayyip Erdogan met the king of Jordan. The president thanked him. The king smiled."
    assert [one and one[0] for one in names(text, "the king of Jordan", "The president", "The king")] == [
        "Abdullah II of Jordan",
        "Recep Tayyip Erdogan",
        "Abdullah II of Jordan",
    ]
    assert names("Foreign minister Sameh Shoukry came. The foreign minister sat down.", "The foreign minister", date=None) == [
        ("Sameh Shoukry", "EGY GOV")
    ]


def test_the_leader_of_a_state_is_its_head_of_state_or_of_government() -> None:
    text = "Turkey’s leader met the Israeli leader and the Libyan strongman."
    assert [one and one[0] for one in names(text, "Turkey’s leader", "the Israeli leader")] == [
        "Recep Tayyip Erdogan",
        "Benjamin Netanyahu",
    ]


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("the Turkish Foreign Ministry", "TUR GOV"),
        ("Russia's defence ministry", "RUS MIL"),
        ("Iranian troops", "IRN MIL"),
        ("the Bahraini parliament", "BHR LEG"),
        ("Kuwaiti police", "KWT COP"),
        ("Yemeni rebels", "YEM REB"),
        ("Tunisian protesters", "TUN CVL"),
        ("Omani newspapers", "OMN JRN"),
        ("pro-Iranian militias", "IRN PRM"),
        ("the army of Chad", "TCD MIL"),
        ("the government of Syria", "SYR"),
        ("the Damascus government", "SYR"),
        ("Hezbollah fighters", "LBN PRM"),
        ("the new leadership of Hamas", "PSE PTY"),
        ("NATO countries", "IGO"),
        ("a Qatari court", "QAT JUD"),
        ("the Saudi-led coalition", "SAU MIL"),
    ],
)
def test_state_and_sector_by_pattern(phrase: str, code: str) -> None:
    assert [one and one[1] for one in names(f"On Monday {phrase} moved.", phrase)] == [code]


def test_one_actor_has_one_id_however_it_is_put() -> None:
    text = "The Turkish army left. Turkey's military said so. Turkish troops came back. The Hizbullah and Hezbollah men left."
    found = found_in(text, ("The Turkish army", "Turkey's military", "Turkish troops", "The Hizbullah", "Hezbollah"))
    ids = [one.actor.id for one in found if one]
    assert len(ids) == 5
    assert len(set(ids)) == 2
    assert ids[3] == content_id("actor", "hezbollah")


def test_short_forms_of_unknown_persons_and_groups() -> None:
    text = "Turkish envoy Ali Demirkol spoke. Demirkol left. The National Salvation Legion (NSL) fought. The NSL won."
    ali, demirkol, legion, short = found_in(
        text, ("Turkish envoy Ali Demirkol", "Demirkol", "The National Salvation Legion", "The NSL")
    )
    assert ali is not None
    assert (ali.actor.name, ali.actor.code, ali.kind, ali.basis) == ("Ali Demirkol", "TUR GOV", "person", "provisional")
    assert demirkol is not None
    assert demirkol.actor == ali.actor
    assert legion is not None
    assert short is not None
    assert short.actor == legion.actor


def test_pronouns_go_back_to_fitting_actors() -> None:
    text = "German Chancellor Angela Merkel met Vladimir Putin. She smiled. He did not. Libya is at war. It needs peace."
    assert [one and one[0] for one in names(text, "She", "He", "It")] == ["Angela Merkel", "Vladimir Putin", "Libya"]
    assert names("It rains. He left.", "It", "He") == [None, None]


def test_a_pronoun_of_one_language_is_none_in_another() -> None:
    text = "Putin spoke. O left."
    by_language = {
        language: Resolver(SHIPPED, date=None, language=language).resolve_all(text, [(13, 14, "role")])[0]
        for language in ("tr", "en", None)
    }
    assert by_language["tr"] is not None
    assert by_language[None] == by_language["tr"]
    assert by_language["en"] is None


def test_forces_of_a_leader_are_those_that_he_leads() -> None:
    text = "Khalifa Haftar spoke in Benghazi. His forces advanced. Haftar’s troops took a village."
    assert names(text, "His forces", "Haftar’s troops") == [("Libyan National Army", "LBY REB")] * 2


def test_the_group_and_the_country_are_those_told_before() -> None:
    text = "Hamas rejected the plan of Egypt. The Palestinian group asked the country for time."
    assert names(text, "The Palestinian group", "the country") == [("Hamas", "PSE PTY"), ("Egypt", "EGY")]
    assert names("Iran and Jordan talked. The kingdom agreed.", "The kingdom") == [("Jordan", "JOR")]


def test_homonyms_go_by_their_context() -> None:
    assert names("Georgia and Russia signed in Tbilisi.", "Georgia") == [("Georgia", "GEO")]
    assert names("Voters in Georgia went to the polls; Atlanta was busy.", "Georgia") == [None]
    text = "Michael Jordan flew to Amman. Jordan welcomed him."
    assert names(text, "Michael Jordan", types="person") == [("Michael Jordan", None)]
    assert names("Michael Jordan lost in Chicago. Jordan left.", "Michael Jordan", "Jordan", types="person")[0] == (
        "Michael Jordan",
        None,
    )


def test_surname_of_another_person_is_not_taken_for_the_known_one() -> None:
    assert names("Linda Kerry won the race.", "Linda Kerry", types="person") == [("Linda Kerry", None)]
    assert names("John Kerry spoke. Kerry left.", "Kerry left"[:5], date="2014-01-01") == [("John Kerry", "USA GOV")]


def test_other_transcriptions_only_when_nothing_else_matches() -> None:
    (found,) = found_in("Moammar Khadafi ruled.", ("Moammar Khadafi",), types="person", date="2010-01-01")
    assert found is not None
    assert (found.actor.name, found.basis) == ("Muammar Gaddafi", "spelling")


def test_ambiguous_names_keep_their_candidates() -> None:
    (found,) = found_in("Aoun spoke in Beirut.", ("Aoun",), types="person", date="2018-01-01")
    assert found is not None
    assert found.actor.name == "Michel Aoun"
    assert {actor.name for actor, _ in found.candidates} == {"Michel Aoun", "Joseph Aoun"}


def test_a_seat_that_is_but_a_place_scores_lower() -> None:
    actor, place = found_in("Moscow agreed. Talks went on in Moscow.", ("Moscow", "Moscow"))
    assert actor is not None
    assert place is not None
    assert actor.score > place.score


def test_what_names_no_actor_is_none() -> None:
    text = "Russian rockets hit on Monday; the agreement of 2015 cost three dollars in Springfield."
    assert names(text, "Russian rockets", types="weapon") == [None]
    assert names(text, "the agreement of 2015", "three dollars") == [None, None]
    assert names(text, "Springfield", types="place") == [None]


def test_arabic() -> None:
    text = (
        "قال وزير الخارجية الروسي سيرغي لافروف إن موسكو تدعم الحكومة السورية. وقال رئيس الوزراء الليبي إنه يرفض."
        " وأعلنت القوات التركية انسحابها، ودعت الخارجية الإيرانية السعودية وإسرائيل إلى الحوار. ورحب بحزب الله."
    )
    parts = (
        "وزير الخارجية الروسي سيرغي لافروف",
        "موسكو",
        "الحكومة السورية",
        "رئيس الوزراء الليبي",
        "القوات التركية",
        "الخارجية الإيرانية",
        "السعودية",
        "وإسرائيل",
        "بحزب الله",
    )
    assert [one and one[1] for one in names(text, *parts)] == [
        "RUS GOV",
        "RUS",
        "SYR",
        "LBY GOV",
        "TUR MIL",
        "IRN GOV",
        "SAU",
        "ISR",
        "LBN PRM",
    ]
    assert names("التقى السيسي أردوغان، وهو رئيس.", "السيسي", "أردوغان") == [
        ("Abdel Fattah al-Sisi", "EGY GOV"),
        ("Recep Tayyip Erdogan", "TUR GOV"),
    ]


def test_russian() -> None:
    text = (
        "Министр иностранных дел России Сергей Лавров встретился с президентом Турции. Американские военные остались в Сирии."
        " МИД Ирана осудил израильские удары. По словам Лаврова, он поддержал боевиков ИГИЛ."
    )
    parts = (
        "Министр иностранных дел России Сергей Лавров",
        "президентом Турции",
        "Американские военные",
        "Сирии",
        "МИД Ирана",
        "Лаврова",
        "он",
    )
    assert [one and one[0] for one in names(text, *parts)] == [
        "Sergey Lavrov",
        "Recep Tayyip Erdogan",
        "American military",
        "Syria",
        "Iranian foreign ministry",
        "Sergey Lavrov",
        "Sergey Lavrov",
    ]


def test_names_of_states_in_the_other_languages() -> None:
    text = "La Turquie et l'Iran; Türkiye'nin; Deutschland; ایران; ישראל"
    parts = ("La Turquie", "l'Iran", "Türkiye'nin", "Deutschland", "ایران", "ישראל")
    assert [one and one[1] for one in names(text, *parts)] == ["TUR", "IRN", "TUR", "DEU", "IRN", "ISR"]


def test_the_order_of_the_answers_is_that_of_the_spans() -> None:
    text = "Iran and Iraq met."
    resolver = Resolver(SHIPPED, date=None, language="en")
    found = resolver.resolve_all(text, [(9, 13, "role"), (0, 4, "role"), (5, 8, "role"), (4, 4, "role"), (90, 99, "role")])
    assert [one and one.actor.code for one in found] == ["IRQ", "IRN", None, None, None]


PIECES = st.sampled_from(
    [
        "the president",
        "his forces",
        " of ",
        "Iran",
        "’s",
        "Turkish ",
        "US",
        "(",
        "ABC)",
        "وإيران",
        "МИД",
        ", ",
        ". ",
        "he ",
        "\n",
        "al-",
        "pro-",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, data=st.data())
def test_no_text_and_no_spans_raise(text: str, data: st.DataObject) -> None:
    offset = st.integers(-2, len(text) + 2)
    kind = st.sampled_from(["role", "person", "place", "people", "title", "weapon", "organisation", "armed_group"])
    spans = data.draw(st.lists(st.tuples(offset, offset, kind), max_size=8))
    date = data.draw(st.sampled_from([None, "2019", "2019-04-20", "1066-01-01"]))
    found = Resolver(SHIPPED, date=date, language=None).resolve_all(text, spans)
    assert len(found) == len(spans)
    assert all(one is None or (one.actor.name and 0 <= one.score <= 1) for one in found)


def test_a_noun_takes_the_country_of_its_sentence() -> None:
    text = "Libya and Iraq met. Troops left Iraq. Protesters marched in Libya."
    alone = names("Troops left Iraq.", "Troops") + names("Protesters marched in Libya.", "Protesters")
    assert names(text, "Troops", "Protesters") == alone


def test_time_for_nouns_of_one_long_sentence_is_linear() -> None:
    def seconds(n: int) -> float:
        text = "militants in Libya and " * n
        spans = [(at, at + 9, "role") for at in range(0, len(text), 23)]
        begun = time.process_time()
        Resolver(SHIPPED, date=None, language="en").resolve_all(text, spans)
        return time.process_time() - begun

    seconds(20)
    assert seconds(2_000) < 40 * max(seconds(125), 0.002)


def test_a_count_of_people_is_those_people() -> None:
    text = "Tens of thousands of Peruvian teachers marched; a band of rebels and 42 members of a Kenyan party watched."
    assert names(text, "Tens of thousands of Peruvian teachers", "a band of rebels", "42 members of a Kenyan party") == [
        ("Peruvian education", "PER EDU"),
        ("Peruvian rebels", "PER REB"),
        ("Kenya", "KEN"),
    ]


def test_people_belong_where_the_sentence_says_that_they_are() -> None:
    assert names("Students were held by police in Lima.", "Students", "police") == [
        ("Peruvian education", "PER EDU"),
        ("Peruvian police", "PER COP"),
    ]
    text = "Rioters in Paris burned a flag of Kenya, and Brazil recalled its envoy."
    assert names(text, "Rioters") == [("French civilians", "FRA CVL")]


def test_an_adjective_before_a_span_belongs_to_it() -> None:
    text = "Ugandan soldiers and Congolese militiamen clashed."
    assert [one and one[1] for one in names(text, "soldiers", "militiamen")] == ["UGA MIL", "COD REB"]


def test_what_is_its_own_belongs_to_the_owner() -> None:
    text = "Mongolia sent envoys. Its president met his Laotian counterpart, and China expelled two of its diplomats."
    parts = ("Its president", "his Laotian counterpart", "two of its diplomats")
    assert [one and one[1] for one in names(text, *parts)] == ["MNG GOV", "LAO GOV", "CHN GOV"]


def test_a_bare_name_with_another_people_before_it_is_of_that_people() -> None:
    assert names("The Peruvian Congress and the Congress voted.", "The Peruvian Congress", "the Congress") == [
        ("Peruvian Congress", "PER LEG"),
        ("US Congress", "USA LEG"),
    ]


def test_unknown_people_are_of_the_one_country_that_is_named() -> None:
    assert names("Malian troops fired on Oromba rebels.", "Oromba rebels") == [("Oromba", "MLI REB")]
    assert names("Mali and Chad fired on Oromba rebels.", "Oromba rebels") == [("Oromba", None)]
