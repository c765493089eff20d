"""Measure the shipped reader and the coding: ``python -m bench.measure [--weights DIR] [--out FIGURES.json]``.

Figures, by set: PolNeAR dev (attributions, exact spans, recall by kind of quotation), our own passages by language, mentions
on held-out sets that the weights have not seen, and the first dump's gold through the whole of ``read`` and ``export``.
Sets that are not there are left out, and said so on stderr.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.gold import LANGUAGES, SHARED, dragoman, lines_of, passages, score
from dragoman.reader.files import SHIPPED
from dragoman.reader.model import Reader, Text
from dragoman.types import Reading

Figures = dict[str, dict[str, float]]


def write_lines(path: Path, records: Iterable[object]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


def as_predicted(ids: Iterable[str], readings: Iterable[Reading]) -> Iterator[dict[str, object]]:
    for name, reading in zip(ids, readings, strict=True):
        yield {
            "id": name,
            "attributions": [{"source": a.source, "cue": a.cue, "content": a.content} for a in reading.attributions],
        }


def polnear(reader: Reader, gold: Path, folder: Path) -> dict[str, float]:
    """F1 of each measure of the attribution scorer, and recall by kind of content."""
    records = list(lines_of(gold))
    predicted = folder / "polnear.jsonl"
    write_lines(predicted, as_predicted((r["id"] for r in records), reader.read(Text(r["text"], "en") for r in records)))
    figures = score("attribution.py", gold, predicted)
    return {name: round(f["recall"] if f["f1"] is None else f["f1"], 4) for name, f in figures.items() if f["gold"]}


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


TYPES = {"PER": "person", "PERS": "person", "ORG": "organisation", "LOC": "place"}


def mentions(reader: Reader, records: Sequence[dict[str, object]], language: str) -> dict[str, float]:
    """Exact-span F1 of persons, organisations and places on records of tokens and BIO tags."""
    texts, golds = [], []
    for record in records:
        text, spans = "", []
        for token, tag in zip(record["tokens"], record["tags"], strict=True):  # type: ignore[call-overload]
            text += " " if text else ""
            if tag.startswith("B-"):
                spans.append([len(text), len(text) + len(token), TYPES.get(tag[2:], "")])
            elif tag.startswith("I-"):
                spans[-1][1] = len(text) + len(token)
            text += token
        texts.append(Text(text, language))
        golds.append({tuple(s) for s in spans if s[2]})
    hits: Counter[str] = Counter()
    for gold, reading in zip(golds, reader.read(texts), strict=True):
        predicted = {(m.b, m.e, m.type) for m in reading.mentions if m.type in TYPES.values()}
        hits.update(hit=len(gold & predicted), gold=len(gold), predicted=len(predicted))
    return {"F1": round(2 * hits["hit"] / max(1, hits["gold"] + hits["predicted"]), 4), "gold": hits["gold"]}


def seeds(pages: Path, gold: Path, folder: Path, weights: Path) -> dict[str, float]:
    """The ledger scorer's figures for the first dump, through ``read`` and ``export``."""
    ledger, out = folder / "seeds.db", folder / "seeds"
    dragoman("read", str(pages), "--ledger", str(ledger), "--quiet", "--reader", str(weights))
    dragoman("export", "--ledger", str(ledger), "--format", "jsonl", "-o", str(out))
    figures = score("ledger.py", out, gold)
    built = ("articles", "claims")
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
        if (gold / "polnear").is_dir():
            figures["PolNeAR dev"] = polnear(reader, gold / "polnear" / "dev.jsonl", folder)
        figures |= {f"own passages {language}": f for language, f in languages(reader, LANGUAGES, folder).items()}
        if (gold / "wikigold").is_dir():
            held_out = [r for k, r in enumerate(lines_of(gold / "wikigold" / "wikigold.jsonl")) if k % 10 == 0]
            figures["mentions WikiGold, held-out tenth"] = mentions(reader, held_out, "en")
        if (gold / "anercorp").is_dir():
            unseen = list(lines_of(gold / "anercorp" / "train.jsonl"))[:800]
            figures["mentions ANERcorp, first 800 of train, never trained on"] = mentions(reader, unseen, "ar")
        pages = sorted((SHARED / "pages").glob("000_*.txt"))
        if pages and (gold / "seeds").is_dir():
            figures["first dump"] = seeds(pages[0], gold / "seeds", folder, weights)
    if not gold.is_dir():
        print(f"{gold} is not there: only our own passages were measured", file=sys.stderr)
    return figures


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
