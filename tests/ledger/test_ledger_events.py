"""Events and relations in the ledger: what comes out equals what went in, and ledgers without them are brought up to date."""

import sqlite3
from pathlib import Path

import msgspec
import pytest
from ledger_builders import WORDS, a_coded, a_page

from dragoman.errors import InputError, UsageError
from dragoman.ledger import Filters, Ledger
from dragoman.ledger.schema import MIGRATIONS, objects
from dragoman.types import Actor, CodedArticle, Event, EventDate, EventPlace, Participant, Relation, content_id

ARTICLE = content_id("article", WORDS)
EGYPT, LIBYA = Actor(id="e" * 16, name="Égypte", code="EGY GOV"), Actor(id="f" * 16, name="Libya", code="LBY")


def an_event(number: int = 0, **changes: object) -> Event:
    event = Event(
        id=content_id("event", number),
        article=ARTICLE,
        sentence=(0, 60),
        trigger=(26 + number, 30 + number),
        type="ACCUSE",
        mode="disapprove",
        status="happened",
        actors=(Participant(span=(0, 3), actor=EGYPT), Participant(span=(4, 6), actor=LIBYA)),
        recipients=(Participant(span=(7, 9), actor=LIBYA),),
        date=EventDate(start="2021-03", end="2021-03", basis="article", span=None),
        place=EventPlace(span=(41, 50), name="Sirte", lat=31.2, lon=-0.0, country="LBY"),
        chain=("The Daily Example", "an envoy"),
        score=0.5,
    )
    return msgspec.structs.replace(event, **changes)


def a_relation(**changes: object) -> Relation:
    relation = Relation(
        id=content_id("relation"), article=ARTICLE, span=(0, 9), source=EGYPT, target=LIBYA, kind="supports", sign=1,
        chain=("The Daily Example",), score=0.75,
    )  # fmt: skip
    return msgspec.structs.replace(relation, **changes)


def coded(*events: Event, relations: tuple[Relation, ...] = ()) -> CodedArticle:
    return msgspec.structs.replace(a_coded(), events=events, relations=relations)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def stored(path: Path, article: CodedArticle) -> Ledger:
    ledger = Ledger.open(path)
    ledger.add_article(article, page=a_page(WORDS))
    return ledger


def test_what_comes_out_is_what_went_in(path: Path) -> None:
    bare = an_event(1, mode=None, actors=(), recipients=(), date=None, place=None, status="denied", chain=("x",))
    words = an_event(
        2,
        date=EventDate(start=None, end=None, basis="text", span=(5, 9)),
        place=EventPlace(span=(1, 2), name="there"),
    )
    article = coded(an_event(), bare, words, relations=(a_relation(),))
    with stored(path, article) as ledger:
        assert ledger.coded_article(ARTICLE) == article
        assert list(ledger.events()) == list(article.events)
        assert list(ledger.relations()) == list(article.relations)
        assert (ledger.counts()["events"], ledger.counts()["relations"]) == (3, 1)
        ledger.check()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(event_type="accuse"), [0, 2]),
        (Filters(event_type="AID"), [1]),
        (Filters(status="planned"), [1]),
        (Filters(actor="éGYPTE"), [0, 2]),
        (Filters(actor="lby"), [0, 1, 2]),
        (Filters(actor="chile"), []),
        (Filters(article=ARTICLE[:6], limit=2), [0, 1]),
        (Filters(outlet="another"), []),
        (Filters(min_score=0.6), [2]),
        (Filters(min_score=0.0, event_type="accuse"), [0, 2]),
    ],
)
def test_events_are_found_by_type_status_actor_and_score(path: Path, filters: Filters, found: list[int]) -> None:
    events = (an_event(score=0.5), an_event(1, type="AID", status="planned", actors=(), score=0.5), an_event(2, score=0.7))
    with stored(path, coded(*events)) as ledger:
        assert [events.index(event) for event in ledger.events(filters)] == found


@pytest.mark.parametrize(("actor", "found"), [("egy", 1), ("libya", 1), ("Peru", 0)])
def test_relations_are_found_by_either_actor(path: Path, actor: str, found: int) -> None:
    with stored(path, coded(relations=(a_relation(),))) as ledger:
        assert len(list(ledger.relations(Filters(actor=actor)))) == found


def test_records_of_another_article_are_refused(path: Path) -> None:
    with Ledger.open(path) as ledger, pytest.raises(UsageError, match=r"event .* belongs to article zzz"):
        ledger.add_article(coded(an_event(article="zzz")), page=a_page(WORDS))


def test_two_events_of_one_id_are_refused_whole(path: Path) -> None:
    with Ledger.open(path) as ledger:
        with pytest.raises(InputError, match="cannot be stored"):
            ledger.add_article(coded(an_event(), an_event()), page=a_page(WORDS))
        assert ledger.counts()["articles"] == 0


def test_a_changed_event_is_noticed(path: Path) -> None:
    with stored(path, coded(an_event())) as ledger:
        digest = ledger.digest()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE events SET status = 'denied'")
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.digest() != digest
        with pytest.raises(Exception, match="not as it was stored"):
            ledger.check()


def test_a_ledger_from_before_events_is_brought_up_to_date(path: Path) -> None:
    stored(path, a_coded()).close()
    with sqlite3.connect(":memory:") as first, sqlite3.connect(path) as db:
        for statement in MIGRATIONS[0].statements:
            first.execute(statement)
        kept = objects(first)
        for kind in ("view", "index", "table"):
            for name in [name for of, name in objects(db) if of == kind and (of, name) not in kept]:
                if not name.startswith("sqlite_") and "_fts_" not in name:  # SQLite's own, and what goes with a search index
                    db.execute(f"DROP {kind} {name}")
        db.execute("PRAGMA user_version = 1")
    with Ledger.open(path) as ledger:
        ledger.check()
        assert list(ledger.events()) == []
        assert ledger.article(ARTICLE) is not None


def test_other_programs_read_events(path: Path) -> None:
    stored(path, coded(an_event(), relations=(a_relation(),))).close()
    with sqlite3.connect(path) as db:
        row = db.execute("SELECT type, actors, recipients, place, trigger, chain FROM events_readable").fetchone()
        assert row == ("ACCUSE", "Égypte + Libya", "Libya", "Sirte", WORDS[26:30], "The Daily Example > an envoy")
        assert db.execute("SELECT source, kind, target FROM relations_readable").fetchone() == ("Égypte", "supports", "Libya")
