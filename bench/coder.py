"""Figures of the coder: ``python -m bench.coder [--weights DIR] [--out FIGURES.json]``.

What comes out of ``annotate`` and ``read``, not of the reader alone: our hundred sentences (bench/data/coder_sentences.txt) and
our 120 agency leads coded with states and sectors (bench/data/coder_leads.jsonl), on both of which the rules were developed,
plain speech that should yield no event (tests/data/plain_speech.txt), our own passages by language, the dictionary coders'
validation records and the codebook's (types, actors, dyads), two stories of real news that training left out, the first dump's
events, the places of toponyms of two news sets, and what the rules add to the time of the reader. Sets that are not there are
left out, and said so on stderr.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.gold import ANALYSIS, EVENTS, LEADS, PLAIN_SPEECH, SHARED, dragoman, lines_of, score
from bench.heads import f1, overlap
from bench.marked import Marked, MarkedEvent, marked_passages
from dragoman.actors import Places
from dragoman.coding import code_article, complete
from dragoman.coding.completion import GOVERNING, UNDONE
from dragoman.pipeline import annotate
from dragoman.reader.files import SHIPPED
from dragoman.reader.model import Reader, Text
from dragoman.types import Article
from train.held_out import held_news

SENTENCES = Path(__file__).with_name("data") / "coder_sentences.txt"
NEAR_KM = 161.0
"""A toponym is right within so many kilometres, the measure of the geoparsing literature (100 miles)."""
EARTH_KM = 6371.0
Figures = dict[str, dict[str, float]]
Coded = list[tuple[list[MarkedEvent], list[dict[str, Any]]]]
"""Of each passage the events marked in it and those that the coder finds."""


def annotated(reader: Reader, records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What ``annotate`` gives for records with ``id``, ``text`` and perhaps ``date`` and ``language``."""
    kept = ("id", "text", "date", "language")
    lines = (json.dumps({name: r[name] for name in kept if r.get(name)}).encode() for r in records)
    return [json.loads(answer.line) for answer in annotate(lines, reader=reader)]


def coded(reader: Reader, items: Sequence[Marked]) -> Coded:
    """Of each passage the events that count (see ``parted``), and what the coder finds beside the others."""
    records = [{"id": str(n), "text": item.text, "language": item.language} for n, item in enumerate(items)]
    pairs = []
    for item, answer in zip(items, annotated(reader, records), strict=True):
        told, content = parted(item)
        taken = [c.trigger for c in content]
        pairs.append((told, [f for f in answer["events"] if not any(overlap(t, tuple(f["trigger"])) > 0 for t in taken)]))
    return pairs


def is_right(event: MarkedEvent, found: dict[str, Any]) -> bool:
    """Whether trigger and type of what the coder finds are the event's."""
    return bool(found["type"] == event.type) and any(overlap(event.trigger, m) > 0 for m in found["mentions"])


def passages(pairs: Coded) -> dict[str, float]:
    """Events (trigger and type), statuses of those found, and actors and recipients (on overlap, of all events) of passages."""
    types: Counter[str] = Counter()
    sides: dict[str, Counter[str]] = defaultdict(Counter)
    statuses: Counter[str] = Counter()
    for told, found in pairs:
        types.update(gold=len(told), predicted=len(found))
        for event in told:
            hits = [f for f in found if is_right(event, f)]
            types.update(hit=bool(hits))
            statuses.update(gold=bool(hits), hit=any(f["status"] == event.status for f in hits))
            for role, name in (("actor", "actors"), ("recipient", "recipients")):
                spans = [span for said, span in event.roles if said == role]
                given = [(s["b"], s["e"]) for f in hits[:1] for s in f[name]]
                hit = sum(any(overlap(span, g) > 0 for g in given) for span in spans)
                sides[name].update(gold=len(spans), predicted=len(given), hit=min(hit, len(given)))
    return {
        "type F1": f1(types),
        "status accuracy": round(statuses["hit"] / max(1, statuses["gold"]), 4),
        "actor F1": f1(sides["actors"]),
        "recipient F1": f1(sides["recipients"]),
        "gold": types["gold"],
    }


def groups(items: Iterable[Marked]) -> list[tuple[str, list[Marked]]]:
    """Passages by language."""
    found: dict[str, list[Marked]] = defaultdict(list)
    for item in items:
        found[item.language].append(item)
    return sorted(found.items())


def sureness(pairs: Coded) -> dict[str, float]:
    """What events' scores are worth: slope and offset of the logistic curve (Platt 1999) from them to whether trigger and type
    are right, which are 1 and 0 if nothing is to be set right; the mean distance between score and share right, by tenths of
    the score; and the share right of all, and of those with a score of .5 and more, with how many of the right ones these hold.
    """
    judged = [(f["score"], any(is_right(event, f) for event in told)) for told, found in pairs for f in found]
    scores, hits = np.array(judged, float).T
    p = np.clip(scores, 1e-4, 1 - 1e-4)
    slope, offset = fitted(np.log(p / (1 - p)), hits)
    tenths = (p * 10).astype(int)
    apart = sum(abs(p[tenths == k].sum() - hits[tenths == k].sum()) for k in range(10)) / len(p)
    sure = p >= 0.5
    return {
        "slope": round(slope, 3),
        "offset": round(offset, 3),
        "calibration error": round(float(apart), 4),
        "right": round(float(hits.mean()), 4),
        "right, score .5 and more": round(float(hits[sure].mean()), 4),
        "kept of the right, score .5 and more": round(float(hits[sure].sum() / hits.sum()), 4),
        "events": len(p),
    }


def fitted(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Slope and offset of a logistic regression of y (0 or 1) on x, by Newton's method."""
    weights = np.array([1.0, 0.0])
    design = np.stack([x, np.ones_like(x)], 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ weights))
        weights -= np.linalg.solve((design * (p * (1 - p))[:, None]).T @ design, design.T @ (p - y))
    return float(weights[0]), float(weights[1])


def parted(item: Marked) -> tuple[list[MarkedEvent], list[MarkedEvent]]:
    """The events of a passage, and those that are only asked for, threatened, promised or refused in it.

    These are marked for the reader, but are no events of their own for PLOVER, so that they count neither way.
    """
    asking = [e.trigger for e in item.events if e.type in GOVERNING]
    content = [e for e in item.events if e.status in UNDONE and any(trigger < e.trigger for trigger in asking)]
    return [e for e in item.events if e not in content], content


def plain_speech(reader: Reader) -> dict[str, float]:
    """How many events are found in sentences that tell none."""
    lines = [line for line in PLAIN_SPEECH.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    answers = annotated(reader, ({"id": str(n), "text": line, "language": "en"} for n, line in enumerate(lines)))
    return {"events": sum(len(answer["events"]) for answer in answers), "sentences": len(lines)}


def records(reader: Reader, path: Path, folder: Path) -> dict[str, float]:
    """F1 of the event scorer's units on single sentences coded by hand: of all events, and of those with both sides alone, as
    coders that ask for a dyad give them.
    """
    predicted = folder / path.name
    answers = annotated(reader, ({**r, "language": "en"} for r in lines_of(path)))
    predicted.write_text("".join(json.dumps(answer) + "\n" for answer in answers), encoding="utf-8")
    figures, dyadic = score("events.py", path, predicted), score("events.py", path, predicted, "--dyad")
    return {
        **{unit: round(f["f1"] or 0.0, 4) for unit, f in figures.items()},
        **{f"{unit}, two-sided": round(f["f1"] or 0.0, 4) for unit, f in dyadic.items()},
        "gold": figures["TYPE"]["gold"],
    }


def first_dump(page: Path, gold: Path, folder: Path, weights: Path) -> dict[str, float]:
    """The ledger scorer's figures for events, through ``read`` and ``export``."""
    ledger, out = folder / "coder.db", folder / "coder"
    dragoman("read", str(page), "--ledger", str(ledger), "--quiet", "--reader", str(weights))
    dragoman("export", "--ledger", str(ledger), "--format", "jsonl", "-o", str(out))
    figures = score("ledger.py", out, gold)
    kept = {k: f["value"] for k, f in figures.items() if k.startswith("events") and not k.endswith((".en", ".ar"))}
    return {name: value for name, value in kept.items() if value is not None} | {"gold": figures["events.type"]["of"]}


def toponyms(path: Path) -> dict[str, float]:
    """Share of a set's toponyms that the gazetteer puts within NEAR_KM: of those that GeoNames has, and of all with coordinates
    (streets and buildings among them). Each document's toponyms are resolved together, by nothing but one another.
    """
    places = Places.shipped()
    counts: Counter[str] = Counter()
    for record in lines_of(path):
        named = [t for t in record["toponyms"] if t.get("lat") is not None]
        for gold, found in zip(named, places.resolve([t["text"] for t in named]), strict=True):
            near = found is not None and (kilometres(float(gold["lat"]), float(gold["lon"]), found.lat, found.lon) <= NEAR_KM)
            counts.update(all=1, near=near)
            if gold.get("geonameid"):
                counts.update(known=1, known_near=near)
    return {
        "within 161 km": round(counts["known_near"] / max(1, counts["known"]), 4),
        "within 161 km, all with coordinates": round(counts["near"] / max(1, counts["all"]), 4),
        "gold": counts["known"],
    }


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance between two points on a sphere of the earth's size."""
    a, b = math.radians(lat), math.radians(other_lat)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


def cost(reader: Reader, texts: Sequence[str], language: str) -> dict[str, float]:
    """Seconds that coding (without the look-up of actors) takes, as a share of the reader's, on the same texts."""
    begun = time.process_time()
    readings = list(reader.read(Text(text, language) for text in texts))
    read = time.process_time() - begun
    articles = [Article(id=str(n), page="p", n=n, text=text, language=language) for n, text in enumerate(texts)]
    begun = time.process_time()
    for article, reading in zip(articles, readings, strict=True):
        code_article(article, complete(article, reading))
    coded = time.process_time() - begun
    return {"coding over reading": round(coded / max(read, 1e-9), 4), "words": sum(len(text.split()) for text in texts)}


def measure(weights: Path) -> Figures:
    """All figures, by set."""
    reader = Reader(weights)
    gold = SHARED / "gold"
    figures: Figures = {
        "own sentences": passages(coded(reader, list(marked_passages(SENTENCES)))),
        "plain speech": plain_speech(reader),
    }
    marked = (item for path in ANALYSIS for item in marked_passages(path))
    analysis = {language: coded(reader, items) for language, items in groups(marked)}
    figures |= {f"own analysis {language}": passages(pairs) for language, pairs in analysis.items()}
    figures["sureness, own analysis"] = sureness([pair for pairs in analysis.values() for pair in pairs])
    own = groups(marked_passages(EVENTS))
    figures |= {f"own passages {language}": passages(coded(reader, items)) for language, items in own}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what, file, figure in (
            ("validation records", "petrarch/petrarch_validation.jsonl", lambda path: records(reader, path, folder)),
            ("own leads", LEADS, lambda path: records(reader, path, folder)),
            ("codebook records", "plover_gsr/plover_gsr.jsonl", lambda path: records(reader, path, folder)),
            (
                "news, two stories held out",
                "newswcl50/newswcl50.jsonl",
                lambda _: passages(coded(reader, list(held_news(gold)))),
            ),
            ("toponyms GeoWebNews", "geoparsing/geowebnews.jsonl", toponyms),
            ("toponyms TR-News", "geoparsing/trnews.jsonl", toponyms),
            ("cost, PolNeAR dev", "polnear/dev.jsonl", lambda path: cost(reader, [r["text"] for r in lines_of(path)], "en")),
        ):
            if (gold / file).exists() and (SHARED / "score").is_dir():
                figures[what] = figure(gold / file)
            else:
                print(f"left out: {what}: {gold / file} or the scorer is not there", file=sys.stderr)
        pages = sorted((SHARED / "pages").glob("000_*.txt"))
        if pages and (gold / "seeds").is_dir():
            figures["first dump"] = first_dump(pages[0], gold / "seeds", folder, weights)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    written = json.dumps(measure(options.weights), indent=1, ensure_ascii=False)
    print(written)
    if options.out:
        options.out.write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
