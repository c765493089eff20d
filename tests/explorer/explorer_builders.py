"""Ledgers for the tests of the explorer: a small honest one, and one in which every field is an attack."""

from __future__ import annotations

import contextlib
import json
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from dragoman.explorer import create_app
from dragoman.ledger import Ledger
from dragoman.types import (
    Actor,
    Article,
    CastMember,
    Claim,
    CodedArticle,
    Event,
    EventDate,
    EventPlace,
    Naming,
    Page,
    Participant,
    Reading,
    Relation,
    content_id,
)

NORTH, SOUTH = Actor(id="north", name="Northland", code="NTH GOV"), Actor(id="south", name="Southland", code="STH GOV")
ENGLISH = "Northland said that it would sign the treaty. The envoy denied that Northland had attacked Southland in Porto."
DENIAL = "Southland denied that anybody would sign the treaty."
ARABIC = "قالت وزارة الشمال إنها ستوقع المعاهدة."
READING = Reading(sentences=(), mentions=(), attributions=())

XSS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'><svg onload=alert(3)>",
    "javascript:alert(4)",
    "{{7*7}}{% raw %}</style></title></textarea><script>alert(5)</script>",
    "<a href='http://evil.example/'>x</a><link rel=stylesheet href=//evil.example/a.css>",
    "`${alert(6)}`&lt;script&gt;alert(7)&lt;/script&gt;",
)


def article(number: int, text: str, **fields: object) -> tuple[Article, Page]:
    """The article of this number, and its page."""
    page = Page(id=content_id("page", number, text), origin=f"{number}.txt", kind="text", text=text)
    values = {
        "title": f"Title {number}",
        "outlet": "The Daily Example",
        "date": f"2021-03-0{number}",
        "language": "en",
    } | fields
    return Article(id=content_id("article", number), page=page.id, n=0, text=text, **values), page  # type: ignore[arg-type]


def claim(of: Article, n: int, who: Actor, content: tuple[int, int], **fields: object) -> Claim:
    """A claim of an article; its source and cue are the first words."""
    values: dict[str, object] = {
        "source": (0, 9), "source_kind": "state", "cue": (10, 14), "chain": (of.outlet, who.name), "certainty": "asserted",
        "polarity": "pos", "direct": False, "score": 0.9,
    } | fields  # fmt: skip
    return Claim(id=content_id("claim", of.id, n), article=of.id, source_actor=who, content=(content,), **values)  # type: ignore[arg-type]


def event(of: Article, n: int, trigger: tuple[int, int], **fields: object) -> Event:
    """An event of an article between the north and the south."""
    values: dict[str, object] = {
        "sentence": (0, len(of.text)), "type": "ASSAULT", "status": "denied",
        "actors": (Participant(span=(0, 9), actor=NORTH),), "recipients": (Participant(span=(0, 9), actor=SOUTH),),
        "date": EventDate(start="2021-03-01", end="2021-03-01", basis="text", span=None),
        "place": EventPlace(span=(0, 5), name="Porto", lat=41.15, lon=-8.61, country="PRT"),
        "chain": (of.outlet, "an envoy"), "score": 0.8,
    } | fields  # fmt: skip
    return Event(id=content_id("event", of.id, n), article=of.id, trigger=trigger, **values)  # type: ignore[arg-type]


def cast(who: Actor, *spans: tuple[int, int]) -> CastMember:
    return CastMember(actor=who, kind="state", namings=tuple(Naming(span=span, actor=who, form="name") for span in spans))


def honest(path: Path) -> Path:
    """Three articles: a promise, its denial, and an Arabic account of the first."""
    with Ledger.open(path) as ledger:
        one, page = article(1, ENGLISH)
        claims = (
            claim(one, 0, NORTH, (20, 44)),
            claim(one, 1, Actor(id="envoy", name="The envoy"), (65, 109), source=(46, 55), cue=(56, 62), polarity="neg",
                  source_kind="anonymous"),
        )  # fmt: skip
        relation = Relation(id=content_id("relation", 1), article=one.id, span=(0, 44), source=NORTH, target=SOUTH,
                            kind="opposes", sign=-1, chain=("The Daily Example",), score=0.7)  # fmt: skip
        agree = event(one, 1, (29, 33), type="AGREE", status="planned", place=None)
        ledger.add_article(
            CodedArticle(
                article=one,
                reading=READING,
                claims=claims,
                events=(event(one, 0, (84, 92)), agree),
                relations=(relation,),
                cast=(cast(NORTH, (0, 9), (46, 55)),),
            ),
            page=page,
        )
        two, page = article(2, DENIAL, outlet="Evening Sample")
        ledger.add_article(
            CodedArticle(
                article=two,
                reading=READING,
                claims=(claim(two, 0, SOUTH, (22, 51), polarity="neg"),),
                cast=(cast(NORTH, (22, 29)),),
            ),
            page=page,
        )
        three, page = article(3, ARABIC, language="ar", title="الشمال يوقع", translation_of=one.id)
        ledger.add_article(
            CodedArticle(
                article=three, reading=READING, claims=(claim(three, 0, NORTH, (18, 37), source=(5, 17), cue=(0, 4)),)
            ),
            page=page,
        )
    with sqlite3.connect(path) as db:
        put(db, "disputes", id="d1", kind="denial", topic="sign treaty", score=0.8, why="one denies", a=1, a_b=0, a_e=44,
            a_claim=content_id("claim", one.id, 0), a_chain='["The Daily Example"]', b=2, b_b=0, b_e=51,
            b_claim=content_id("claim", two.id, 0), b_chain="[]")  # fmt: skip
        db.execute("UPDATE totals SET writes = writes + 1")
    return path


def hostile(path: Path) -> Path:
    """A ledger of which every text that is shown is an attack on the page that shows it."""
    with Ledger.open(path) as ledger:
        for n, attack in enumerate(XSS):
            text = f"{attack} said that {attack} attacked {attack}.\n{attack}"
            length = len(attack)
            who, whom = Actor(id=f"a{n}", name=attack, code=attack), Actor(id=f"b{n}", name=attack + " ", code=None)
            it, page = article(n + 1, text, title=attack, outlet=attack, author=attack, republisher=attack, translator=attack,
                               language=attack if n % 2 else "en", date_basis=attack)  # fmt: skip
            made = claim(it, 0, who, (length + 11, len(text)), source=(0, length), cue=(length + 1, length + 5),
                         chain=(attack, attack),
                         polarity="neg")  # fmt: skip
            place = EventPlace(span=(0, length), name=attack, lat=40.0 + n, lon=20.0 + n, country="PRT")
            done = event(it, 0, (0, length), actors=(Participant(span=(0, length), actor=who),),
                         recipients=(Participant(span=(0, length), actor=whom),), chain=(attack,), place=place,
                         mode=attack)  # fmt: skip
            held = Relation(id=content_id("relation", n), article=it.id, span=(0, length), source=who, target=whom,
                            kind="opposes",
                            sign=-1, chain=(attack,), score=0.5)  # fmt: skip
            ledger.add_article(
                CodedArticle(
                    article=it,
                    reading=READING,
                    claims=(made,),
                    events=(done,),
                    relations=(held,),
                    cast=(cast(who, (0, length), (0, length + 5)),),
                ),
                page=page,
            )
    with sqlite3.connect(path) as db:
        for n, attack in enumerate(XSS, 1):
            event_id = content_id("event", content_id("article", n), 0)
            put(db, "disputes", id=f"d{n}", kind="denial", topic=attack, score=0.8, why=attack, a=n, a_b=0, a_e=20,
                a_claim=content_id("claim", content_id("article", n), 0), a_chain=json.dumps([attack]),
                b=n, b_b=0, b_e=20, b_claim=None, b_chain=json.dumps([attack]))  # fmt: skip
            put(db, "reuse", id=f"r{n}", kind=attack, basis=attack, a=n, a_b=0, a_e=9, b=n, b_b=0, b_e=9, ratio=1.0)
            put(db, "incidents", id=f"i{n}", type="ASSAULT", start_day=attack, end_day=attack, place=attack)
            put(db, "incident_events", event=event_id, incident=f"i{n}")
            put(db, "predictions", id=f"p{n}", article=n, b=0, e=20, predictor_id="p", predictor=attack, predictor_code=attack,
                start_day=attack, end_day=attack, condition_b=0, condition_e=20, certainty="hedged")  # fmt: skip
            put(db, "blocs", article=n, n=0, id=f"k{n}", actor_id=f"a{n - 1}", actor=attack, actor_code=attack, form=attack,
                score=1.0)  # fmt: skip
            put(
                db, "bloc_members", article=n, bloc=0, n=0, actor_id=f"a{n - 1}", actor=attack, actor_code=attack, status=attack
            )
        db.execute("UPDATE totals SET writes = writes + 1")
    return path


def put(db: sqlite3.Connection, table: str, **values: object) -> None:
    """A row of evidence as it stands in the file; its sum, which pages do not look at, is left empty."""
    if "sum" in {row[1] for row in db.execute(f"PRAGMA table_info({table})")}:
        values["sum"] = ""
    marks = ", ".join("?" * len(values))
    db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


@contextlib.contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The address of the explorer of ``ledger`` while it is served."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        app = create_app(ledger, hosts=(f"127.0.0.1:{port}",))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()
