"""Ledgers of any size, made up: articles about invented ministries of real states, with events, claims and relations in them.

The text is nonsense of the right shape: what is measured with such a ledger is the time of queries, not what they find. Actors
and places are drawn with the skew of real reporting (few are named often). The same seed gives the same ledger.
"""

from __future__ import annotations

import datetime
import random
from pathlib import Path

from dragoman.config import QUADS
from dragoman.ledger import Ledger
from dragoman.types import (
    CERTAINTIES,
    STATUSES,
    Actor,
    Article,
    Claim,
    CodedArticle,
    Event,
    EventDate,
    EventPlace,
    Page,
    Participant,
    Reading,
    Relation,
    content_id,
)

STATES = [
    "LBY",
    "EGY",
    "TUR",
    "SYR",
    "RUS",
    "IRN",
    "SAU",
    "QAT",
    "ARE",
    "USA",
    "FRA",
    "ITA",
    "GBR",
    "DEU",
    "ISR",
    "IRQ",
    "YEM",
    "JOR",
    "LBN",
    "TUN",
    "DZA",
    "SDN",
    "CHN",
    "GRC",
    "CYP",
]
SECTORS = ("GOV", "MIL", "REB", "OPP", "MED")
TOPICS = [
    "talks",
    "border",
    "pipeline",
    "grain",
    "cease-fire",
    "election",
    "sanctions",
    "convoy",
    "embassy",
    "airfield",
    "treaty",
    "refugees",
    "harbour",
    "budget",
]
VERBS = ("said", "denied", "announced", "warned", "suggested")


def make_ledger(path: Path, *, articles: int = 20_000, events: int = 5, claims: int = 5, seed: int = 7) -> None:
    """Write a ledger of so many ``articles`` to ``path``, each with so many ``events`` and ``claims``."""
    draw = random.Random(seed)
    cast = [
        Actor(id=content_id("actor", state, sector, n), name=f"{state} {sector.lower()} {n}", code=f"{state} {sector}")
        for n in range(40)
        for state in STATES
        for sector in SECTORS
    ]
    shares = [1 / (rank + 1) for rank in range(len(cast))]
    places = [(f"Town {n}", draw.uniform(-40, 60), draw.uniform(-120, 140), draw.choice(STATES)) for n in range(800)]
    first = datetime.date(2015, 1, 1)
    with Ledger.open(path) as ledger:
        for start in range(0, articles, 1000):
            with ledger.batch():
                for n in range(start, min(start + 1000, articles)):
                    day = first + datetime.timedelta(days=draw.randrange(1800))
                    who = draw.choices(cast, shares, k=2 * events)
                    coded, page = _article(n, day, who, places, draw, events, claims)
                    ledger.add_article(coded, page=page)


def _article(
    n: int, day: datetime.date, who: list[Actor], places: list[tuple[str, float, float, str]], draw: random.Random, events: int,
    claims: int,
) -> tuple[CodedArticle, Page]:  # fmt: skip
    id_, outlet = content_id("article", n), f"Outlet {draw.randrange(60)}"
    pieces: list[str] = []
    found: dict[str, list[object]] = {"claims": [], "events": [], "relations": []}
    at = 0
    for k in range(max(events, claims)):
        a, b = who[2 * k % len(who)], who[(2 * k + 1) % len(who)]
        verb, topic = draw.choice(VERBS), draw.choice(TOPICS)
        place = draw.choice(places)
        content = f"the minister met {b.name} over the {topic} in {place[0]} before the end of the week"
        sentence = f"{a.name} {verb} that {content}."
        cue, said = at + len(a.name) + 1, at + len(a.name) + len(verb) + 7
        chain = (outlet, a.name) if draw.random() < 0.8 else (outlet, f"Outlet {draw.randrange(60)}", a.name)
        if k < claims:
            found["claims"].append(
                Claim(
                    id=content_id("claim", n, k), article=id_, source=(at, at + len(a.name)), source_actor=a,
                    source_kind="state",
                    cue=(cue, cue + len(verb)), content=((said - 1, said - 1 + len(content)),), chain=chain,
                    certainty=draw.choice(CERTAINTIES), polarity="neg" if verb == "denied" else "pos", direct=False, score=0.8,
                )
            )  # fmt: skip
        if k < events:
            trigger = said + len("the minister")
            start = (day - datetime.timedelta(days=draw.randrange(30))).isoformat()
            found["events"].append(
                Event(
                    id=content_id("event", n, k), article=id_, sentence=(at, at + len(sentence)),
                    trigger=(trigger, trigger + 3),
                    type=draw.choice(list(QUADS)), status=draw.choice(STATUSES),
                    actors=(Participant(span=(at, at + len(a.name)), actor=a),),
                    recipients=(Participant(span=(trigger + 4, trigger + 4 + len(b.name)), actor=b),),
                    date=EventDate(start=start, end=start, basis="text", span=None) if draw.random() < 0.8 else None,
                    place=EventPlace(span=(at, at + 3), name=place[0], lat=place[1], lon=place[2], country=place[3]),
                    chain=chain, score=0.7,
                )
            )  # fmt: skip
        if k == 0:
            sign, kind = draw.choice(((1, "supports"), (-1, "opposes")))
            found["relations"].append(
                Relation(id=content_id("relation", n), article=id_, span=(at, at + len(sentence)), source=a, target=b,
                         kind=kind,
                         sign=sign, chain=chain, score=0.6)
            )  # fmt: skip
        pieces.append(sentence)
        at += len(sentence) + 1
    text = " ".join(pieces)
    page = Page(id=content_id("page", n), origin=f"made-up/{n}", kind="text", text=text)
    article = Article(id=id_, page=page.id, n=0, title=f"{who[0].name} and the {draw.choice(TOPICS)}", outlet=outlet,
                      date=day.isoformat(), language=draw.choice(("en", "en", "en", "ar")), text=text)  # fmt: skip
    reading = Reading(sentences=(), mentions=(), attributions=())
    return CodedArticle(article=article, reading=reading, **{kind: tuple(made) for kind, made in found.items()}), page
