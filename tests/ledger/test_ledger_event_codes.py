"""Codes, contexts and mentions of events in the ledger."""

from pathlib import Path

import msgspec
from ledger_builders import WORDS, a_coded, a_page

from dragoman.ledger import Ledger
from dragoman.types import Actor, Event, Participant, content_id

EVENT = Event(
    id="e" * 16,
    article=content_id("article", WORDS),
    sentence=(0, 60),
    trigger=(26, 30),
    mentions=((26, 30), (61, 66)),
    type="CONSULT",
    mode="visit",
    contexts=("diplomatic", "economic"),
    cameo="042",
    goldstein=1.9,
    status="happened",
    actors=(Participant(span=(0, 3), actor=Actor(id="a" * 16, name="Freedonia", code="FRE")),),
    recipients=(),
    date=None,
    place=None,
    chain=("The Daily Example",),
    score=0.5,
)
BARE = msgspec.structs.replace(EVENT, id="f" * 16, mentions=(), contexts=(), cameo=None, goldstein=None)


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    coded = msgspec.structs.replace(a_coded(), events=(EVENT, BARE))
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.add_article(coded, page=a_page(WORDS))
        assert tuple(ledger.events()) == (EVENT, BARE)
        again = ledger.coded_article(coded.article.id)
        assert again is not None
        assert again.events == (EVENT, BARE)
