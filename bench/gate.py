"""The quality gate: ``python -m bench.gate`` measures and fails where a figure is below its floor.

bench/floors.toml pins the floors and the hash of the gold that they were measured on. ``--update`` raises floors to just below
what is measured now; it refuses to lower one, which is done by hand, with the reason in CHANGELOG.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path

from bench.gold import EVENTS, LANGUAGES, NEWS_EVENTS, PLAIN_SPEECH, ROOT, SHARED, fingerprint
from bench.measure import Figures, measure
from dragoman.reader.files import SHIPPED

FLOORS = Path(__file__).with_name("floors.toml")
SLACK = 0.01
"""Floors lie this much below the measured figure: int8 arithmetic differs a little between processors."""
SLACK_RECORDS = 2
"""... or the worth of so many records, if the set is small."""
SIZES = ("attributions", "claims", "gold")
"""Figures that say how many gold records a set has."""
LOWER_IS_BETTER = ("articles.boilerplate_leak", "events")


GOLD = {
    "PolNeAR dev": "polnear/dev.jsonl",
    "pairs PLV, held-out fifth": "plv_plover/train.jsonl",
    "pairs PLOVER codebook records": "plover_gsr/plover_gsr.jsonl",
    "events WikiEvents dev": "wikievents/dev.jsonl",
    "events RAMS dev": "rams/dev.jsonl",
    "stance DSE dev": "dse_directed_sentiment/dev.jsonl",
    "mentions re3d dev": "re3d/re3d.jsonl",
    "mentions WikiGold, held-out tenth": "wikigold/wikigold.jsonl",
    "mentions ANERcorp, held-out tenth": "anercorp/train.jsonl",
    "first dump": "seeds/claims.jsonl",
    "first dump, events": "seeds/events.jsonl",
}
"""The gold files, by set of figures."""


def gold_of(name: str) -> Path | None:
    """The gold file or folder behind a set of figures, None if it is not here."""
    if name.startswith("own passages"):
        path = LANGUAGES
    elif name.startswith("own events"):
        path = EVENTS
    elif name.startswith("events in news"):
        path = NEWS_EVENTS if (SHARED / "gold" / "newswcl50").is_dir() else SHARED / "gold" / "newswcl50"
    elif name == "plain speech":
        path = PLAIN_SPEECH
    else:
        path = SHARED / "gold" / GOLD[name]
    return path if path.exists() else None


def judge(figures: Figures, floors: dict[str, dict[str, float | str]]) -> list[str]:
    """What fails: figures below their floors, and gold that is not the one that the floors were measured on."""
    failures = []
    for name, pinned in floors.items():
        path = gold_of(name)
        if path is None:
            print(f"skipped: {name}: its gold is not here", file=sys.stderr)
            continue
        if fingerprint(path) != pinned["gold"]:
            failures.append(f"{name}: expected the gold with hash {pinned['gold']}, found {fingerprint(path)}")
        for measured, floor in pinned.items():
            if measured == "gold":
                continue
            value = figures.get(name, {}).get(measured)
            low = measured in LOWER_IS_BETTER
            if value is None or (value > float(floor) if low else value < float(floor)):
                failures.append(f"{name}: {measured}: expected {'at most' if low else 'at least'} {floor}, found {value}")
    return failures


def slack_of(figures: dict[str, float]) -> float:
    """How far below its figures the floors of a set lie."""
    size = next((figures[name] for name in SIZES if figures.get(name)), None)
    return max(SLACK, SLACK_RECORDS / size) if size else SLACK


def raised(figures: Figures, floors: dict[str, dict[str, float | str]]) -> dict[str, dict[str, float | str]]:
    """The floors, each raised to just below its figure where that is higher; the list of what is pinned stays as it is."""
    result: dict[str, dict[str, float | str]] = {}
    for name, pinned in floors.items():
        path = gold_of(name)
        result[name] = dict(pinned)
        if path is None or name not in figures:
            continue
        result[name]["gold"] = fingerprint(path)
        for measured, floor in pinned.items():
            if measured != "gold" and measured not in LOWER_IS_BETTER:
                result[name][measured] = max(float(floor), round(figures[name][measured] - slack_of(figures[name]), 3))
    return result


def written(floors: dict[str, dict[str, float | str]]) -> str:
    """The floors as TOML."""
    lines = [
        "# Floors of the gate, by set, with the hash of the gold. Raise with `python -m bench.gate --update`.",
        "# Lowering one is done by hand, with the reason in CHANGELOG.md.",
    ]
    for name, pinned in floors.items():
        lines += [
            "",
            f'["{name}"]',
            *(f"{json.dumps(key, ensure_ascii=False)} = {json.dumps(value)}" for key, value in pinned.items()),
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured")
    options = parser.parse_args()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    figures = measure(options.weights)
    for name, values in figures.items():
        print(name, " ".join(f"{key} {value:g}" for key, value in values.items()), sep=": ")
    if options.update:
        FLOORS.write_text(written(raised(figures, floors)), encoding="utf-8")
        print(f"floors written to {FLOORS.relative_to(ROOT)}")
        return
    failures = judge(figures, floors)
    print(*failures, sep="\n")
    pinned = sum(len(values) - 1 for values in floors.values())
    print(f"gate: {pinned - len(failures)} of {pinned} figures at or above their floors")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
