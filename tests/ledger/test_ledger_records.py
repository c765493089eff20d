"""What goes into a ledger comes out of it, once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_builders import WORDS, a_claim, a_coded, a_page, numbered

from dragoman.errors import InputError, UsageError
from dragoman.ledger import Filters, Ledger
from dragoman.types import (
    Actor,
    Article,
    Attribution,
    Claim,
    CodedArticle,
    Mention,
    Outcome,
    Page,
    PageFields,
    Reading,
    Zone,
    content_id,
)

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40) | st.sampled_from(
    [
        "שלום \u202eعليكم\u202c",
        "e\u0301 👩‍👩‍👧 \U0001f1f1\U0001f1fe",
        "a\r\nb\u2028c",
        "مُحَمَّد",
        "'; DROP TABLE claims; --",
        "\ufeff\ufffe",
    ]
)
MAYBE = st.none() | ANY_TEXT
NUMBER = st.integers(0, 2**40)
SPAN = st.tuples(NUMBER, NUMBER)
SPANS = st.lists(SPAN, max_size=3).map(tuple)
SCORE = st.floats(allow_nan=False, allow_infinity=False)


def _coded(page: Page, values: Article, reading: Reading, claims: list[Claim]) -> CodedArticle:
    article = Article(**{**_fields(values), "page": page.id, "id": content_id("article", repr(values))})
    made = [Claim(**{**_fields(c), "article": article.id, "id": content_id("claim", n)}) for n, c in enumerate(claims)]
    return CodedArticle(article=article, reading=reading, claims=tuple(made))


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__struct_fields__}  # type: ignore[attr-defined]


def _many(kind: type, **values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.builds(kind, **values), max_size=3).map(tuple)


PAGES = st.builds(
    Page,
    id=st.uuids().map(lambda one: content_id("page", one)),
    origin=ANY_TEXT,
    kind=st.sampled_from(["text", "html", "record"]),
    text=ANY_TEXT,
    encoding=ANY_TEXT,
    fields=st.builds(PageFields, title=MAYBE, author=MAYBE, outlet=MAYBE, date=MAYBE, language=MAYBE),
    truncated=MAYBE,
)
ARTICLES = st.builds(
    Article,
    id=st.just(""), page=st.just(""), n=NUMBER, title=MAYBE, author=MAYBE, outlet=MAYBE, republisher=MAYBE, translator=MAYBE,
    date=MAYBE, date_basis=MAYBE, language=MAYBE, translation_of=MAYBE, text=ANY_TEXT, page_spans=SPANS,
    zones=_many(Zone, label=ANY_TEXT, b=NUMBER, e=NUMBER, text=ANY_TEXT),
)  # fmt: skip
READINGS = st.builds(
    Reading,
    sentences=SPANS,
    mentions=_many(Mention, b=NUMBER, e=NUMBER, type=ANY_TEXT, score=SCORE),
    attributions=_many(Attribution, source=SPANS, cue=SPANS, content=SPANS, score=SCORE),
)
CLAIMS = st.builds(
    Claim,
    id=st.just(""), article=st.just(""), source=st.none() | SPAN,
    source_actor=st.none() | st.builds(Actor, id=ANY_TEXT, name=ANY_TEXT, code=MAYBE),
    source_kind=st.sampled_from(["person", "author"]), cue=st.none() | SPAN, content=SPANS,
    chain=st.lists(ANY_TEXT, max_size=3).map(tuple), certainty=st.sampled_from(["asserted", "hedged"]),
    polarity=st.sampled_from(["pos", "neg"]), direct=st.booleans(), score=SCORE,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAGES, ARTICLES, READINGS, st.lists(CLAIMS, max_size=3))
def test_what_comes_out_equals_what_went_in(
    tmp_path_factory: pytest.TempPathFactory, page: Page, values: Article, reading: Reading, claims: list[Claim]
) -> None:
    coded = _coded(page, values, reading, claims)
    with Ledger.open(tmp_path_factory.mktemp("ledger") / "a.db") as ledger:
        assert ledger.add_article(coded, page=page)
        assert ledger.page(page.id) == page
        assert ledger.coded_article(coded.article.id) == coded
        assert list(ledger.articles()) == [coded.article]
        assert list(ledger.claims()) == list(coded.claims)
        assert ledger.attributions(coded.article.id) == reading.attributions
        ledger.check()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "a.db")


def test_reading_twice_changes_nothing(ledger: Ledger) -> None:
    outcome = Outcome(origin="a.txt", status="stored", page=a_page().id, articles=1)
    assert ledger.add_article(a_coded(), page=a_page())
    assert ledger.record_outcome(outcome)
    before = ledger.digest()
    assert not ledger.add_article(a_coded(), page=a_page())
    assert not ledger.add_page(a_page())
    assert not ledger.record_outcome(outcome)
    assert not ledger.record_outcome(Outcome(origin="a.txt", status="duplicate", page=a_page().id, reason="seen"))
    assert ledger.digest() == before
    assert ledger.counts()["articles"] == ledger.counts()["outcomes"] == 1


def test_one_outcome_an_input(ledger: Ledger) -> None:
    late = Outcome(origin="a.txt", status="stored", page="p1", articles=2)
    changed = Outcome(origin="a.txt", status="stored", page="p2", articles=1)
    missing = Outcome(origin="b.txt", status="rejected", reason="there is no such file")
    assert ledger.record_outcome(Outcome(origin="a.txt", status="rejected", page="p1", reason="too slow"))
    assert ledger.record_outcome(missing)
    assert ledger.record_outcome(late)  # what failed once has succeeded
    assert not ledger.record_outcome(Outcome(origin="a.txt", status="rejected", page="p1", reason="too slow"))
    assert ledger.record_outcome(changed)  # another page at the same place
    assert not ledger.record_outcome(missing)
    assert list(ledger.outcomes()) == [late, missing, changed]
    assert list(ledger.outcomes(origin="a.txt", page="p2")) == [changed]
    assert ledger.counts()["outcomes_stored"] == 2
    ledger.check()


def test_the_digest_is_of_content_not_of_order(tmp_path: Path) -> None:
    digests = set()
    for order in (range(6), reversed(range(6))):
        with Ledger.open(tmp_path / f"{len(digests)}.db") as ledger:
            for number in order:
                coded, page, outcome = numbered(number)
                ledger.add_article(coded, page=page)
                ledger.record_outcome(outcome)
            digests.add(ledger.digest())
            ledger.add_article(a_coded(), page=a_page())
            assert ledger.digest() not in digests
    assert len(digests) == 1


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_text_that_cannot_be_stored_costs_itself(ledger: Ledger, text: str) -> None:
    before = ledger.digest()
    for coded, page in ((a_coded(title=text), a_page()), (a_coded(text), a_page(text))):
        with pytest.raises(InputError, match="clean the text"):
            ledger.add_article(coded, page=page)
    with pytest.raises(InputError, match="clean the text"):
        ledger.record_outcome(Outcome(origin=text, status="rejected", reason="x"))
    assert ledger.digest() == before


def test_two_claims_of_one_id_cost_the_article_alone(ledger: Ledger) -> None:
    twin = a_claim(a_coded().article.id)
    with ledger.batch():
        ledger.add_article(*[numbered(1)[0]], page=numbered(1)[1])
        with pytest.raises(InputError, match="cannot be stored"):
            ledger.add_article(a_coded(claims=(twin, twin)), page=a_page())
        ledger.record_outcome(numbered(1)[2])
    counts = ledger.counts()
    assert (counts["pages"], counts["articles"], counts["claims"], counts["outcomes"]) == (1, 1, 1, 1)
    ledger.check()


def test_a_batch_is_all_or_nothing(ledger: Ledger) -> None:
    coded, page, outcome = numbered(1)

    def fail() -> None:
        with ledger.batch():
            ledger.add_article(coded, page=page)
            ledger.record_outcome(outcome)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert set(ledger.counts().values()) == {0}
    assert ledger.add_article(coded, page=page)


def test_records_must_belong_together(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="was given"):
        ledger.add_article(a_coded(), page=a_page("another"))
    with pytest.raises(UsageError, match="give it too"):
        ledger.add_article(a_coded())
    with pytest.raises(UsageError, match="belongs to article"):
        ledger.add_article(a_coded(claims=(a_claim("elsewhere"),)), page=a_page())
    with pytest.raises(UsageError, match="no article"):
        ledger.reading("nowhere")
    assert ledger.article("nowhere") is None
    assert ledger.add_page(a_page())
    assert ledger.add_article(a_coded())


def _filled(ledger: Ledger) -> dict[str, str]:
    """Three articles; their ids by language."""
    arabic = "قال مُحَمَّد الأحمد إنّ الاتفاق جاهز."
    texts = {"en": WORDS, "ar": arabic, "ru": "Министр Королёв заявил об этом."}
    ids = {}
    for language, (date, outlet) in zip(texts, (("2021-03-04", "Example"), ("2021-04", "Мир"), (None, None)), strict=True):
        text = texts[language]
        id_ = content_id("article", text)
        name = Actor(id=language, name={"en": "The Ministry", "ar": "محمد", "ru": "Королёв"}[language])
        claims = (
            a_claim(id_, 0, source_actor=name),
            a_claim(id_, 1, source=None, source_actor=None, source_kind="author", polarity="neg", certainty="hedged"),
        )
        coded = a_coded(text, language=language, date=date, outlet=outlet, title=f"Title {language}", claims=claims)
        ledger.add_article(coded, page=a_page(text))
        ids[id_] = language
    return ids


@pytest.mark.parametrize(
    ("filters", "languages"),
    [
        (Filters(), ["en", "ar", "ru"]),
        (Filters(limit=2), ["en", "ar"]),
        (Filters(limit=0), []),
        (Filters(language="AR"), ["ar"]),
        (Filters(outlet="мир"), ["ar"]),
        (Filters(since="2021-03-05"), ["ar"]),
        (Filters(since="2021-04-20"), ["ar"]),  # some time in April
        (Filters(since="2021-03", until="2021-03"), ["en"]),
        (Filters(until="2021-04-01"), ["en", "ar"]),
        (Filters(until="2021-03-03"), []),
        (Filters(search="freedonia SIGN"), ["en"]),
        (Filters(search='"would sign"'), ["en"]),
        (Filters(search='"sign would"'), []),
        (Filters(search="freed*"), ["en"]),
        (Filters(search="محمد"), ["ar"]),
        (Filters(search="الاحمد"), ["ar"]),
        (Filters(search="королев"), ["ru"]),
        (Filters(search='title "ar'), ["ar"]),
        (Filters(search="NEAR( OR -"), []),
        (Filters(source="ministry"), ["en", "ar", "ru"][:1]),
        (Filters(source="مُحمد"), ["ar"]),
        (Filters(source="королев", source_kind="state"), ["ru"]),
        (Filters(source="королев", source_kind="author"), []),
        (Filters(polarity="neg", certainty="hedged", language="ru"), ["ru"]),
        (Filters(polarity="neg", certainty="asserted"), []),
    ],
)
def test_filters(ledger: Ledger, filters: Filters, languages: list[str]) -> None:
    ids = _filled(ledger)
    assert [ids[article.id] for article in ledger.articles(filters)] == languages
    if filters.limit is None:
        assert list(dict.fromkeys(ids[claim.article] for claim in ledger.claims(filters))) == languages


def test_filter_by_the_beginning_of_an_id(ledger: Ledger) -> None:
    for id_ in _filled(ledger):
        assert [article.id for article in ledger.articles(Filters(article=id_[:12].upper()))] == [id_]
        assert len(list(ledger.claims(Filters(article=id_)))) == 2
        assert len(list(ledger.claims(Filters(article=id_, limit=1)))) == 1


@pytest.mark.parametrize("search", ["", " ", "!?", '""'])
def test_a_search_without_words_is_refused(ledger: Ledger, search: str) -> None:
    with pytest.raises(UsageError, match="at least one word"):
        list(ledger.articles(Filters(search=search)))


def test_more_claims_than_one_batch(ledger: Ledger) -> None:
    id_ = a_coded().article.id
    claims = tuple(a_claim(id_, number) for number in range(600))
    ledger.add_article(a_coded(claims=claims), page=a_page())
    ledger.add_article(numbered(1)[0], page=numbered(1)[1])
    assert list(ledger.claims()) == [*claims, *numbered(1)[0].claims]
    assert len(list(ledger.claims(Filters(limit=300)))) == 300


def test_views_that_people_read(ledger: Ledger) -> None:
    coded = a_coded("😀😀 Les Shas’ « dit »: oui, non", claims=())
    claim = a_claim(coded.article.id, source=(3, 11), cue=(15, 18), content=((22, 25), (27, 30)))
    ledger.add_article(
        CodedArticle(article=coded.article, reading=coded.reading, claims=(claim,)), page=a_page(coded.article.text)
    )
    with sqlite3.connect(ledger.path) as db:
        row = db.execute("SELECT source, cue, content, chain FROM claims_readable").fetchone()
        found = db.execute("SELECT claims, origin FROM articles_readable").fetchone()
    db.close()
    assert row == ("Les Shas", "dit", "oui … non", "The Daily Example > The ministry of Freedonia")
    assert found == (1, "a.txt")
