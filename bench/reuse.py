"""Reuse: quality on planted near copies, speed beside rensa, and what one more article costs in a large ledger.

    python -m bench.reuse pairs [--texts FILE.jsonl]     20,000 paragraphs, half of them near copies of the other half
    python -m bench.reuse ledger [--articles 100000]     one more article, through the evidence stage, as the ledger grows

``pairs`` makes its data: paragraphs of invented words, as frequent as words are (Zipf), with turns of phrase that many share,
and some on one matter, of which a third of the words is the same; with ``--texts`` it takes the paragraphs of a file of JSON
lines (field ``text``). Of each copy a tenth of the words is dropped or changed. Rounds of both alternate, so that the machine's
moods hit both; medians are printed. rensa (extra ``bench``) is run as its documentation shows, on the words, unverified.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, count, islice
from pathlib import Path

from dragoman.evidence.batch import near_copies
from dragoman.evidence.passages import words_of
from dragoman.evidence.shingles import sampled, shingles_of
from dragoman.evidence.translations import anchors_of, day_of, index_names
from dragoman.ledger import Ledger
from dragoman.pipeline import gather_evidence
from dragoman.types import Actor, Article, CodedArticle, Mention, Page, Reading, content_id

Pair = tuple[int, int]
WORDS = 30_000
ROUNDS = 5
MEASURED = 200
"""Articles whose cost is measured at each size of the ledger."""
NAMES = ("Russia", "Syria", "Turkey", "Iran", "Egypt", "France", "Germany", "Libya", "Yemen", "Iraq", "Qatar", "Italy", "Sudan")
NAME = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")
STATES = {name: Actor(id=content_id("state", name), name=name, code="XXX") for name in NAMES}


class Language:
    """Invented words, as frequent as words are, and turns of phrase made of them."""

    def __init__(self, rng: random.Random) -> None:
        syllables = [a + b for a in "bdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is")]
        self._rng = rng
        self._words = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(WORDS)]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
        self._turns = [self.words(rng.randint(5, 10)) for _ in range(60)]

    def words(self, count: int) -> list[str]:
        return self._rng.choices(self._words, cum_weights=self._weights, k=count)

    def sentence(self) -> list[str]:
        words = self.words(self._rng.randint(8, 26))
        if self._rng.random() < 0.25:
            place = self._rng.randrange(len(words))
            words[place:place] = self._rng.choice(self._turns)
        return words

    def paragraph(self) -> str:
        return " ".join(" ".join(self.sentence()).capitalize() + "." for _ in range(self._rng.randint(2, 4)))

    def framed(self, frame: str) -> str:
        """A paragraph on the matter of another: two words of three are its own."""
        return " ".join(word if self._rng.random() < 1 / 3 else self.words(1)[0] for word in frame.split())


def planted(paragraphs: Sequence[str], rng: random.Random, language: Language) -> tuple[list[str], set[Pair]]:
    """The paragraphs, each with a near copy, in random order; and which are pairs."""
    texts = [*paragraphs, *(changed(paragraph, rng, language) for paragraph in paragraphs)]
    order = list(range(len(texts)))
    rng.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    half = len(paragraphs)
    pairs = {(min(place[n], place[n + half]), max(place[n], place[n + half])) for n in range(half)}
    return [texts[old] for old in order], pairs


def changed(text: str, rng: random.Random, language: Language) -> str:
    """The text with a tenth of its words dropped or changed, one as often as the other."""
    kept: list[str] = []
    for word in text.split():
        chance = rng.random()
        if chance >= 0.05:
            kept.append(word if chance >= 0.1 else language.words(1)[0])
    return " ".join(kept)


def by_dragoman(texts: Sequence[str]) -> set[Pair]:
    return {(pair.one, pair.other) for pair in near_copies(texts)}


def by_rensa(texts: Sequence[str]) -> set[Pair]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.8, num_perm=128, num_bands=16)
    found: set[Pair] = set()
    for n, text in enumerate(texts):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(text.split())
        found.update((other, n) for other in index.query(sketch))
        index.insert(n, sketch)
    return found


def measure_pairs(path: Path | None, *, seed: int) -> None:
    rng = random.Random(seed)
    language = Language(rng)
    if path is None:
        whole = [language.paragraph() for _ in range(8_000)]
        paragraphs = whole + [language.framed(paragraph) for paragraph in whole[:2_000]]
    else:
        lines = (json.loads(line)["text"] for line in path.open(encoding="utf-8"))
        paragraphs = list(dict.fromkeys(text for text in lines if len(text.split()) >= 20))[:10_000]
    texts, pairs = planted(paragraphs, rng, language)
    tried: dict[str, Callable[[Sequence[str]], set[Pair]]] = {"dragoman": by_dragoman}
    if importlib.util.find_spec("rensa"):
        tried["rensa"] = by_rensa
    rates: dict[str, list[float]] = {name: [] for name in tried}
    found: dict[str, set[Pair]] = {}
    for _ in range(ROUNDS):
        for name, find in tried.items():
            begin = time.perf_counter()
            found[name] = find(texts)
            rates[name].append(len(texts) / (time.perf_counter() - begin))
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{len(texts):,} paragraphs, {words:.0f} words each, {len(pairs):,} pairs")
    for name, got in found.items():
        right = len(got & pairs)
        rate = statistics.median(rates[name])
        print(f"{name:9} recall {right / len(pairs):.3f}  precision {right / max(1, len(got)):.3f}  {rate:10,.0f} paragraphs/s")
    if "rensa" in rates:
        ratio = statistics.median(one / other for one, other in zip(rates["dragoman"], rates["rensa"], strict=True))
        print(f"rate by rensa's: {ratio:.2f}")


def articles(language: Language, rng: random.Random) -> Iterator[tuple[CodedArticle, Page]]:
    """Articles of eight paragraphs, one of ten in Arabic by name, with the names of states in them; one in ten takes some
    paragraphs, changed, from an earlier one."""
    kept: list[list[str]] = []
    for n in count():
        paragraphs = [named(language.paragraph(), rng) for _ in range(8)]
        if kept and rng.random() < 0.1:
            paragraphs[2:5] = [changed(paragraph, rng, language) for paragraph in rng.choice(kept)[:3]]
        if len(kept) < 2_000:
            kept.append(paragraphs)
        text = "\n\n".join(paragraphs)
        page = Page(id=content_id("page", n), origin=f"{n}.txt", kind="text", text=text)
        day = f"20{10 + n % 15}-{1 + n % 12:02}-{1 + n % 28:02}"
        spoken = "ar" if rng.random() < 0.1 else "en"
        article = Article(id=content_id("article", n), page=page.id, n=0, date=day, language=spoken, text=text)
        mentions = tuple(Mention(b=m.start(), e=m.end(), type="state", score=0.9) for m in NAME.finditer(text))
        yield CodedArticle(article=article, reading=Reading(sentences=(), mentions=mentions, attributions=()), claims=()), page


def named(paragraph: str, rng: random.Random) -> str:
    """The paragraph with the names of some states in it, as frequent as names are."""
    words = paragraph.split()
    for name in rng.choices(list(STATES), weights=[1 / (rank + 1) for rank in range(len(STATES))], k=4):
        words.insert(rng.randrange(1, len(words)), name)
    return " ".join(words)


def fill(ledger: Ledger, records: Iterator[tuple[CodedArticle, Page]], more: int, *, at_once: int = 500) -> None:
    """Store articles and enter their shingles and anchors, many in a transaction: the shortest way to a large ledger."""
    shelf = ledger.reuse_shelf
    for _ in range(0, more, at_once):
        with ledger.batch():
            for coded, page in islice(records, min(at_once, more)):
                ledger.add_article(coded, page=page)
                number, _ = shelf.next_article() or (0, "")
                text, language = coded.article.text, coded.article.language or "en"
                shelf.add_shingles(number, sampled(shingles_of(words_of(text).keys)))
                anchors = anchors_of(text, {(m.b, m.e): STATES[text[m.b : m.e]] for m in coded.reading.mentions}, {})
                names = index_names(anchors)
                shelf.add_anchors(number, anchors, language=language, day=day_of(coded.article.date), names=names)
                shelf.finish(number)


def measure_ledger(sizes: Sequence[int], *, seed: int, folder: Path | None) -> None:
    """What one more article costs at each size: all that ``gather_evidence`` does, its transaction with it."""
    rng = random.Random(seed)
    records = articles(Language(rng), rng)
    with tempfile.TemporaryDirectory(dir=folder) as place, Ledger.open(Path(place) / "bench.db") as ledger:
        held = 0
        for size in sizes:
            begin = time.perf_counter()
            fill(ledger, records, size - held)
            filled = time.perf_counter() - begin
            for coded, page in islice(records, MEASURED):
                ledger.add_article(coded, page=page)
            held = size + MEASURED
            times, busy, found = [], [], 0
            before, worked = time.perf_counter(), time.process_time()
            for gathered in gather_evidence(ledger):
                times.append(1000 * (time.perf_counter() - before))
                busy.append(1000 * (time.process_time() - worked))
                found += len(gathered.reuse)
                before, worked = time.perf_counter(), time.process_time()
            times.sort()
            median, high, most = statistics.median(times), times[int(0.95 * len(times))], times[-1]
            print(
                f"{size:8,} articles: one more takes {median:.1f} ms (median), {high:.1f} ms (19 of 20), {most:.1f} ms (most)"
            )
            cpu = statistics.median(busy)
            print(f"{'':8} {cpu:.1f} ms on the processor (median); the rest is waiting, for the disk or for others")
            size_now = ledger.path.stat().st_size / 2**20
            print(f"{'':8} {found} reused passages in {len(times)}; filled in {filled:.0f} s, {size_now:,.0f} MiB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    what = parser.add_subparsers(dest="what", required=True)
    pairs = what.add_parser("pairs")
    pairs.add_argument("--texts", type=Path)
    ledger = what.add_parser("ledger")
    ledger.add_argument("--articles", type=int, default=100_000)
    ledger.add_argument("--folder", type=Path, help="where the ledger is made for the time of the run")
    for command in (pairs, ledger):
        command.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.what == "pairs":
        measure_pairs(options.texts, seed=options.seed)
    else:
        sizes = sorted({max(MEASURED, options.articles // part) for part in (100, 10, 1)})
        measure_ledger(sizes, seed=options.seed, folder=options.folder)


if __name__ == "__main__":
    main()
