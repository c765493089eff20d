"""Measure the shipped reader and the coding: ``python -m bench.measure [--weights DIR] [--out FIGURES.json]``.

Figures, by set: PolNeAR dev (attributions, exact spans, recall by kind of quotation), our own passages by language, pairs,
events, stances and mentions on held-out sets that the weights have not seen (see ``bench.heads``), plain speech that should
yield no event (see ``bench.coder``), and the first dump's gold
through the whole of ``read`` and ``export``.
Sets that are not there are left out, and said so on stderr.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench import heads
from bench.coder import plain_speech
from bench.gold import EVENTS, LANGUAGES, SHARED, dragoman, lines_of, passages, score
from bench.marked import Marked, marked_passages
from dragoman.articles import split
from dragoman.reader.files import SHIPPED
from dragoman.reader.model import Reader, Text
from dragoman.sources import read_pages
from dragoman.types import Article, Outcome, Reading
from train.held_out import held_news, plv_fold

Figures = dict[str, dict[str, float]]


def write_lines(path: Path, records: Iterable[object]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def as_predicted(ids: Iterable[str], readings: Iterable[Reading]) -> Iterator[dict[str, object]]:
    for name, reading in zip(ids, readings, strict=True):
        yield {
            "id": name,
            "attributions": [{"source": a.source, "cue": a.cue, "content": a.content} for a in reading.attributions],
        }


LENGTHS = ((0, 500), (500, 1000), (1000, 1_000_000))
"""Bounds of the slices by length of article, in words."""


def polnear(reader: Reader, gold: Path, folder: Path) -> dict[str, float]:
    """F1 of each measure of the attribution scorer, recall by kind of content, and F1 by length of article."""
    records = list(lines_of(gold))
    predicted = list(as_predicted((r["id"] for r in records), reader.read(Text(r["text"], "en") for r in records)))

    def scored(low: int, high: int) -> Figures:
        chosen = [low <= len(r["text"].split()) < high for r in records]
        files = folder / "polnear.gold.jsonl", folder / "polnear.jsonl"
        for file, lines in zip(files, (records, predicted), strict=True):
            write_lines(file, (line for line, is_in in zip(lines, chosen, strict=True) if is_in))
        return score("attribution.py", *files)

    figures = {name: f["recall"] if f["f1"] is None else f["f1"] for name, f in scored(0, LENGTHS[-1][1]).items() if f["gold"]}
    for low, high in LENGTHS:
        name = f"ATTRIBUTION, {low} to {high} words" if high < LENGTHS[-1][1] else f"ATTRIBUTION, from {low} words"
        figures[name] = scored(low, high)["ATTRIBUTION"]["f1"]
    return {name: round(value, 4) for name, value in figures.items()}


def languages(reader: Reader, path: Path, folder: Path) -> Figures:
    """Content recall and attribution F1 of our own passages, by language."""
    items: dict[str, list[dict[str, object]]] = defaultdict(list)
    for language, text, found in passages(path):
        items[language].append({"id": f"{language}-{len(items[language])}", "text": text, "attributions": found})
    result: Figures = {}
    for language, records in sorted(items.items()):
        gold, predicted = folder / f"{language}.gold.jsonl", folder / f"{language}.jsonl"
        write_lines(gold, records)
        readings = reader.read(Text(str(r["text"]), language) for r in records)
        write_lines(predicted, as_predicted((str(r["id"]) for r in records), readings))
        figures = score("attribution.py", gold, predicted)
        result[language] = {
            "content recall": round(figures["CONTENT"]["recall"] or 0, 4),
            "attribution F1": round(figures["ATTRIBUTION"]["f1"] or 0, 4),
            "attributions": figures["CONTENT"]["gold"],
        }
    return result


def seeds(pages: Path, gold: Path, folder: Path, weights: Path) -> dict[str, float]:
    """The ledger scorer's figures for the first dump, through ``read`` and ``export``."""
    ledger, out = folder / "seeds.db", folder / "seeds"
    dragoman("read", str(pages), "--ledger", str(ledger), "--quiet", "--reader", str(weights))
    dragoman("export", "--ledger", str(ledger), "--format", "jsonl", "-o", str(out))
    figures = score("ledger.py", out, gold)
    built = ("articles", "claims", "relations", "blocs", "aliases")
    return {"claims": figures["claims.content"]["of"]} | {
        name: f["value"]
        for name, f in figures.items()
        if f["value"] is not None and name.startswith(built) and not name.endswith(".en")
    }


def measure(weights: Path) -> Figures:
    """All figures, by set."""
    reader = Reader(weights)
    gold = SHARED / "gold"
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for name, file, figure in (
            ("PolNeAR dev", "polnear/dev.jsonl", lambda path: polnear(reader, path, folder)),
            (
                "pairs PLV, held-out fifth",
                "plv_plover/train.jsonl",
                lambda path: heads.pairs(reader, list(plv_fold(gold, held=True)), folder),
            ),
            (
                "pairs PLOVER codebook records",
                "plover_gsr/plover_gsr.jsonl",
                lambda path: heads.pairs(reader, heads.codebook_pairs(path), folder),
            ),
            ("events WikiEvents dev", "wikievents/dev.jsonl", lambda path: heads.kairos(reader, path, heads.MARKED_THROUGHOUT)),
            ("events RAMS dev", "rams/dev.jsonl", lambda path: heads.kairos(reader, path, frozenset())),
            ("stance DSE dev", "dse_directed_sentiment/dev.jsonl", lambda path: heads.directed_sentiment(reader, path)),
            ("mentions re3d dev", "re3d/re3d.jsonl", lambda path: heads.re3d(reader, path)),
            ("mentions WikiGold, held-out tenth", "wikigold/wikigold.jsonl", lambda path: tenth(reader, path, "en")),
            ("mentions ANERcorp, held-out tenth", "anercorp/train.jsonl", lambda path: tenth(reader, path, "ar")),
        ):
            if (gold / file).exists():
                figures[name] = figure(gold / file)
        figures |= {f"own passages {language}": f for language, f in languages(reader, LANGUAGES, folder).items()}
        figures |= {f"own events {language}": f for language, f in own_events(reader).items()}
        if news := list(held_news(gold)):
            figures["events in news, two stories held out"] = heads.own_events(reader, news)
        figures["plain speech"] = plain_speech(reader)
        pages = sorted((SHARED / "pages").glob("000_*.txt"))
        if pages and (gold / "seeds").is_dir():
            figures["first dump"] = seeds(pages[0], gold / "seeds", folder, weights)
            figures["first dump, events"] = heads.dump_events(
                reader, [a.text for a in split_page(pages[0])], list(lines_of(gold / "seeds" / "events.jsonl"))
            )
    if not gold.is_dir():
        print(f"{gold} is not there: only our own passages were measured", file=sys.stderr)
    return figures


def tenth(reader: Reader, path: Path, language: str) -> dict[str, float]:
    """Mentions in every tenth sentence of a set, which training left out."""
    return heads.tagged_mentions(reader, [r for k, r in enumerate(lines_of(path)) if k % 10 == 0], language)


def own_events(reader: Reader) -> Figures:
    """Events of our own test passages, by language."""
    by_language: dict[str, list[Marked]] = defaultdict(list)
    for passage in marked_passages(EVENTS):
        by_language[passage.language].append(passage)
    return {language: heads.own_events(reader, items) for language, items in sorted(by_language.items())}


def split_page(path: Path) -> tuple[Article, ...]:
    """The articles of a page."""
    (page,) = read_pages([str(path)])
    if isinstance(page, Outcome):
        raise RuntimeError(f"{path}: {page.reason}")
    return split(page).articles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    figures = measure(options.weights)
    written = json.dumps(figures, indent=1, ensure_ascii=False)
    print(written)
    if options.out:
        options.out.write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
