"""Does anything that is trained on stand in a test set? ``python -m bench.overlap`` compares sentence by sentence.

What is held out says ``train.held_out``. Exit code 1 if a sentence is found that ALLOWED does not explain.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from bench.gold import SHARED
from train.held_out import HeldOut, held_out
from train.sets import SETS

ALLOWED = {
    ("ewt_names", "ewt/dev.jsonl"): "EWT train has no mentions; nothing is measured on dev",
    ("polnear", "polnear/dev.jsonl"): "the published splits share wire copy",
    ("polnear", "rams/dev.jsonl"): "attributions alone are trained there, and RAMS measures events",
}


def overlaps(gold: Path) -> Counter[tuple[str, str]]:
    """How many sentences of each training set stand in each held-out file."""
    kept = HeldOut(held_out(gold))
    found: Counter[tuple[str, str]] = Counter()
    for name, gold_set in SETS.items():
        for text in {item.text for item in gold_set.load(gold)}:
            found.update((name, place) for place in kept.places(text))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--gold", type=Path, default=SHARED / "gold")
    gold = parser.parse_args().gold
    if not gold.is_dir():
        print(f"{gold} is not there: nothing to compare with")
        return
    failed = False
    for (name, place), count in sorted(overlaps(gold).items()):
        reason = ALLOWED.get((name, place))
        failed |= reason is None
        print(f"{name}: {count} sentences in {place}" + (f" (allowed: {reason})" if reason else ""))
    print("overlap: " + ("found" if failed else "none that is not allowed"))
    sys.exit(failed)


if __name__ == "__main__":
    main()
