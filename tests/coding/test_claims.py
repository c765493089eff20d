import pytest

from dragoman.coding import account_for, code_claims
from dragoman.coding.speakers import with_speakers


def shown(article, claim):
    return " … ".join(article.text[b:e] for b, e in claim.content)


def only(coded, marked, **fields):
    article, reading = coded(marked, **fields)
    (claim,) = code_claims(article, reading)
    return article, claim


def test_a_plain_attribution(coded):
    article, claim = only(coded, "[S1 {person Maryam Haddad}] [Q1 said] [C1 that talks will resume].")
    assert (claim.source_actor.name, claim.source_kind) == ("Maryam Haddad", "person")
    assert claim.chain == ("Levant Ledger", "Maryam Haddad")
    assert shown(article, claim) == "talks will resume"
    assert (claim.certainty, claim.polarity, claim.direct) == ("asserted", "pos", False)


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[S1 the {place Lebanese} Foreign Ministry] [Q1 said] [C1 x y].", "state"),
        ("[S1 {place Moscow}] [Q1 said] [C1 x y].", "state"),
        ("[S1 the Wadi Post newspaper] [Q1 said] [C1 x y].", "media"),
        ("[S1 two officials who asked not to be named] [Q1 said] [C1 x y].", "anonymous"),
        ("[S1 A spokesman for the {organisation Relief Union}] [Q1 said] [C1 x y].", "organisation"),
        ("[S1 An officer of the {organisation Relief Union}] [Q1 said] [C1 x y].", "anonymous"),
        ("[S1 I] [Q1 believe] [C1 x y].", "author"),
        ("[S1 He] [Q1 said] [C1 x y].", "person"),
    ],
)
def test_kinds_of_sources(coded, marked, kind):
    assert only(coded, marked)[1].source_kind == kind


def test_short_names_and_pronouns_take_the_full_name(coded):
    article, reading = coded(
        "[S1 {person Nabil Karam}, an analyst,] [Q1 said] [C1 x y].\n\n"
        "[S2 {person Karam}] [Q2 added] [C2 z w].\n\n"
        "[S3 He] [Q3 noted] [C3 v u]."
    )
    assert [c.source_actor.name for c in code_claims(article, reading)] == ["Nabil Karam"] * 3
    assert len({c.source_actor.id for c in code_claims(article, reading)}) == 1


def test_joint_sources_and_relative_pronouns(coded):
    article, reading = coded(
        "[S1 {person Rana Saleh} and {person Omar Karam}] [Q1 said] [C1 x y].\n\n"
        "Then {person Saleh}, [S2 who] [Q2 says] [C2 z w], left."
    )
    assert [c.source_actor.name for c in code_claims(article, reading)] == ["Rana Saleh and Omar Karam", "Rana Saleh"]


def test_a_relative_pronoun_takes_the_phrase_before_it(coded):
    _, claim = only(coded, "A surgeon at a hospital, [S1 who] [Q1 described] [C1 the ward as full], left.")
    assert (claim.source_actor.name, claim.source_kind) == ("surgeon at a hospital", "anonymous")


def test_the_source_is_the_one_introduced(coded):
    article, reading = coded("[S1 An Arab source] [Q1 said] [C1 x y].\n\n“[C2 We agree],” [Q2 said] [S2 the source].")
    assert [c.source_actor.name for c in code_claims(article, reading)] == ["Arab source"] * 2


@pytest.mark.parametrize(
    ("cue", "content", "certainty", "polarity"),
    [
        ("denied", "that it had signed", "asserted", "neg"),
        ("doubts", "that it will last", "hedged", "neg"),
        ("said", "it would not attend", "asserted", "neg"),
        ("said", "the deal that does not please all is signed", "asserted", "pos"),
        ("speculated", "that a pact was near", "speculative", "pos"),
        ("said", "talks may fail", "speculative", "pos"),
        ("believes", "the pact holds", "hedged", "pos"),
        ("declined to comment on", "the reports", "hedged", "pos"),
        ("نفى", "أن يكون قد وقع", "asserted", "neg"),
        ("ونفت", "أن يكون قد وقع", "asserted", "neg"),  # with a glued “and”
        ("опровергло", "сообщения о сделке", "asserted", "neg"),
    ],
)
def test_certainty_and_polarity(coded, cue, content, certainty, polarity):
    _, claim = only(coded, f"[S1 The ministry] [Q1 {cue}] [C1 {content}].")
    assert (claim.certainty, claim.polarity) == (certainty, polarity)


def test_direct_speech(coded):
    assert only(coded, "“[C1 We will sign],” [Q1 said] [S1 the envoy].")[1].direct
    assert not only(coded, "[S1 The envoy] [Q1 said] [C1 they would “soon” sign].")[1].direct


@pytest.mark.parametrize(
    ("content", "bare"),
    [
        ("“We will sign.”", "We will sign"),
        ("the gates were “shut”", "the gates were “shut”"),
        ("“Shut” they were,", "“Shut” they were"),
        ("that «the pact» holds»", "«the pact» holds"),
        ("the pact (of 2017)", "the pact (of 2017)"),
    ],
)
def test_marks_leave_only_in_pairs(coded, content, bare):
    assert shown(*only(coded, f"[S1 The envoy] [Q1 said] [C1 {content}].")) == bare


def test_a_broken_quotation_is_one_claim(coded):
    article, claim = only(coded, "“[C1 We agree],” [Q1 said] [S1 the envoy], “[C1 and will sign].”")
    assert shown(article, claim) == "We agree … and will sign"


def test_each_sentence_and_each_that_is_a_claim(coded):
    article, reading = coded(
        "[S1 Officials] [Q1 said] [C1 that the pact stands and that the border stays shut].\n\n"
        "“[C2 It is new. It is strong],” [Q2 said] [S2 one envoy]."
    )
    assert [shown(article, c) for c in code_claims(article, reading)] == [
        "the pact stands",
        "the border stays shut",
        "It is new",
        "It is strong",
    ]


class TestChains:
    def test_reported_citing(self, coded):
        _, claim = only(
            coded, "[C1 The state left the pact], [S1 Coastal media] [Q1 reported] citing unnamed sources familiar with it."
        )
        assert claim.chain == ("Levant Ledger", "Coastal media", "unnamed sources familiar with it")
        assert claim.source_kind == "anonymous"

    def test_what_is_cited_is_no_content(self, coded):
        article, reading = coded(
            "[S1 Coastal media] [Q1 claimed], citing [C1 an unnamed diplomat], [C1 that the pact was off]."
        )
        (claim,) = code_claims(article, reading)
        assert shown(article, claim) == "the pact was off"
        assert claim.chain == ("Levant Ledger", "Coastal media", "unnamed diplomat")

    def test_citing_inside_the_source(self, coded):
        _, claim = only(
            coded, "[S1 Турецкие СМИ со ссылкой на источники в министерстве] [Q1 пишут], [C1 что расчёты отобраны]."
        )
        assert claim.chain == ("Levant Ledger", "Турецкие СМИ", "источники в министерстве")

    def test_told_an_outlet(self, coded):
        article, reading = coded(
            "[S1 A senior official] [Q1 told] the {organisation Wadi Post} [C1 that aid would come].\n\n"
            "[S2 The official] [Q2 added] [C2 that it was late]."
        )
        assert [c.chain for c in code_claims(article, reading)] == [("Levant Ledger", "Wadi Post", "senior official")] * 2

    def test_according_to_an_outlet_behind_the_speaker(self, coded):
        _, claim = only(coded, "[C1 The valley stays ours], [S1 {person Samir Adwan}] [Q1 said], according to the Wadi Post.")
        assert claim.chain == ("Levant Ledger", "Wadi Post", "Samir Adwan")

    def test_the_speaker_whom_an_outlet_passes_on_is_found_before_it(self, coded):
        article, reading = coded(
            "[C1 The valley stays ours], {person Samir Adwan} said on Monday, [Q1 according to] [S1 the Wadi Post]."
        )
        (claim,) = code_claims(article, with_speakers(article, reading))
        assert claim.chain == ("Levant Ledger", "Wadi Post", "Samir Adwan")
        assert (article.text[slice(*claim.source)], article.text[slice(*claim.cue)]) == ("Samir Adwan", "said")
        assert claim.source_actor.name == "Samir Adwan"

    def test_who_is_told_of_before_an_outlet_does_not_speak(self, coded):
        article, reading = coded("[C1 The valley stays] with {person Samir Adwan}, [Q1 according to] [S1 the Wadi Post].")
        assert with_speakers(article, reading) is reading

    def test_a_trailing_source_relays_the_one_before(self, coded):
        article, reading = coded("[S1 The two states] [Q1 said] [C1 they could not agree], [S2 diplomats] [Q2 said].")
        reading = type(reading)(
            sentences=reading.sentences,
            mentions=reading.mentions,
            attributions=(
                reading.attributions[0],
                type(reading.attributions[0])(
                    source=reading.attributions[1].source, cue=reading.attributions[1].cue, content=((0, 4),), score=0.5
                ),
            ),
        )
        assert account_for(article, reading)[0].chain == ("Levant Ledger", "diplomats", "two states")

    def test_a_quoted_block_opens_a_link(self, coded):
        article, reading = coded(
            "From the Wadi Post:\n\n"
            "[S1 Envoys] [Q1 said] [C1 the talks failed].\n\n"
            "The Harbour Tribune has more:\n\n"
            "[S2 Envoys] [Q2 said] [C2 they met]."
        )
        assert [c.chain[1:-1] for c in code_claims(article, reading)] == [("Wadi Post",), ("Harbour Tribune",)]

    def test_without_outlet_the_author_speaks(self, coded):
        assert only(coded, "[S1 Envoys] [Q1 said] [C1 they met].", outlet=None, author="Rana Saleh")[1].chain[0] == "Rana Saleh"


class TestTheAuthor:
    def test_plain_assertions_are_no_claims(self, coded):
        assert code_claims(*coded("The army entered the town on Monday.")) == ()

    def test_marked_ones_are(self, coded):
        article, claim = only(coded, "The army entered the town, and the militia may answer within days.")
        assert shown(article, claim) == "the militia may answer within days"
        assert (claim.source_kind, claim.chain, claim.certainty) == ("author", ("Levant Ledger",), "speculative")

    def test_impersonal_openings_are_left_out_of_the_content(self, coded):
        article, claim = only(coded, "It is clear that the axis has grown stronger this year.")
        assert shown(article, claim) == "the axis has grown stronger this year"

    def test_may_is_a_month_too(self, coded):
        assert code_claims(*coded("The summit in May 2017 gathered many heads of state.")) == ()

    def test_questions_are_not(self, coded):
        assert code_claims(*coded("Might the pact fall apart before the summer comes?")) == ()


def test_a_quoted_paragraph_without_cue_goes_on_with_the_speaker(coded):
    article, reading = coded(
        "[S1 {person Nabil Karam}] [Q1 said] [C1 the road was closed].\n\n“Our men hold the hills around the town.”"
    )
    first, second = code_claims(article, reading)
    assert (second.source_actor, second.cue, second.direct) == (first.source_actor, None, True)


def test_ids_are_the_same_in_every_run(coded):
    marked = "[S1 Envoys] [Q1 said] [C1 they met]."
    assert code_claims(*coded(marked)) == code_claims(*coded(marked))


def test_accounts_stand_beside_their_attributions(coded):
    article, reading = coded("[S1 Envoys] [Q1 said] [C1 they met]. It may rain on the whole coast.")
    assert [a.attribution for a in account_for(article, reading)] == list(reading.attributions)
