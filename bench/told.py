"""What one more article costs the search for incidents, disputes and predictions, as the ledger grows.

    python -m bench.told [--articles 100000] [--ledger FILE]

The articles are made: sentences of invented actors, as frequent as names in news are (Zipf), who attack, meet or support, over
three years, each with its claims and events as coding would give them. Printed is the median and the greatest of the last
hundred, in milliseconds of the processor, at each tenth of the way: all that ``pipeline`` does with an article in this part of
the stage.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from dragoman.ledger import Ledger
from dragoman.pipeline import _told
from dragoman.types import Actor, Article, Claim, CodedArticle, Event, Page, Participant, Reading, content_id

NAMES = 4000
SENTENCES = 14
MEASURED = 100
VERBS = {
    "attacked": "ASSAULT", "met": "CONSULT", "supported": "SUPPORT", "condemned": "ACCUSE", "signed a pact with": "AGREE",
    "pulled out of talks with": "REJECT", "will sanction": "SANCTION", "did not join": "REJECT",
}  # fmt: skip
TOPICS = [
    f"{a}{b}"
    for a in ("oil", "grain", "border", "port", "water", "arms", "fish", "gas")
    for b in (" pact", " talks", " dispute")
]


class World:
    """Invented actors and the articles about them."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
        names = ("".join(self._rng.choices(syllables, k=3)).capitalize() for _ in range(NAMES))
        self._actors = [Actor(id=content_id("actor", name), name=name) for name in names]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(NAMES)))

    def article(self, number: int) -> tuple[CodedArticle, Page]:
        """The article of this number, coded, and its page."""
        rng, sentences, spans = self._rng, [], []
        day = (date(2018, 1, 1) + timedelta(days=number * 1095 // 100_000 + rng.randint(0, 2))).isoformat()
        id_ = content_id("article", number)
        claims, events, at = [], [], 0
        for k in range(SENTENCES):
            one, other, source = rng.choices(self._actors, cum_weights=self._weights, k=3)
            verb = rng.choice(list(VERBS))
            told = f"{one.name} {verb} {other.name} over the {rng.choice(TOPICS)} near Port {rng.choice(self._actors).name}"
            text = f"{source.name} said that {told}." if k % 2 else f"{told}."
            begin = at + text.index(told)
            trigger = (begin + len(one.name) + 1, begin + len(one.name) + 1 + len(verb.split()[0]))
            if k % 2:
                cue = at + len(source.name) + 1
                claims.append(_claim(id_, k, source, (begin, begin + len(told)), (cue, cue + 4)))
            events.append(_event(id_, VERBS[verb], (at, at + len(text)), trigger, one, other))
            sentences.append(text)
            spans.append((at, at + len(text)))
            at += len(text) + 1
        page = Page(id=content_id("page", number), origin=str(number), kind="text", text=" ".join(sentences))
        article = Article(id=id_, page=page.id, n=0, outlet=f"Outlet {number % 200}", date=day, language="en", text=page.text)
        reading = Reading(sentences=tuple(spans), mentions=(), attributions=())
        return CodedArticle(article=article, reading=reading, claims=tuple(claims), events=tuple(events)), page


def _claim(article: str, k: int, source: Actor, content: tuple[int, int], cue: tuple[int, int]) -> Claim:
    return Claim(
        id=content_id("claim", article, k), article=article, source=None, source_actor=source, source_kind="person", cue=cue,
        content=(content,), chain=("Outlet", source.name), certainty="asserted", polarity="pos", direct=False, score=0.9,
    )  # fmt: skip


def _event(article: str, kind: str, sentence: tuple[int, int], trigger: tuple[int, int], one: Actor, other: Actor) -> Event:
    sides = ((Participant(span=trigger, actor=who),) for who in (one, other))
    return Event(
        id=content_id("event", article, trigger), article=article, sentence=sentence, trigger=trigger, type=kind,
        status="happened", actors=next(sides), recipients=next(sides), date=None, place=None, chain=("Outlet",), score=0.9,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--ledger", type=Path, help="where to make the ledger; default: a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.ledger or Path(folder, "told.db")
        with Ledger.open(path) as ledger:
            _grow(ledger, options.articles)
        print(f"{path.stat().st_size / options.articles:,.0f} bytes an article, all tables")


def _grow(ledger: Ledger, articles: int) -> None:
    world, step = World(1), max(articles // 10, 1)
    print(f"{'articles':>10}{'median ms':>12}{'greatest ms':>13}")
    last: list[float] = []
    for begin in range(0, articles, step):
        for first in range(begin, begin + step, 500):
            with ledger.batch():  # what is measured is the work, not the disk
                for number in range(first, min(first + 500, begin + step)):
                    coded, page = world.article(number)
                    ledger.add_article(coded, page=page)
                    before = time.process_time()
                    _told(ledger, coded, number + 1)
                    last = [*last[-MEASURED + 1 :], 1000 * (time.process_time() - before)]
        print(f"{begin + step:>10,}{statistics.median(last):>12.1f}{max(last):>13.1f}", flush=True)


if __name__ == "__main__":
    main()
