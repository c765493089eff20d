"""How far two annotators of the same passages agree: ``python -m bench.agreement [FIRST SECOND]``; without files, of our own
passages, and of the news that we marked if the sets that hold its text are there.

Triggers and roles: F1 of the second against the first, on overlap. Types and statuses of the triggers that both have: share of
equal labels and Cohen's kappa (Cohen 1960). Stances: F1 on signed pairs.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.gold import EVENTS, SHARED
from bench.heads import f1, overlap
from bench.marked import Marked, MarkedEvent, marked_passages
from train.news import NEWS, news_passages
from train.sets import NEWS_TEXTS

NEWS_SECOND = Path(__file__).with_name("data") / "news_second.jsonl"
SECOND = EVENTS.with_name("events_second.txt")


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Agreement beyond chance of two rows of labels."""
    n = len(first)
    seen = sum(a == b for a, b in zip(first, second, strict=True)) / n
    left, right = Counter(first), Counter(second)
    chance = sum(left[label] * right[label] for label in left) / n**2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def couples(first: Marked, second: Marked) -> list[tuple[MarkedEvent, MarkedEvent]]:
    """The events whose triggers overlap, each once."""
    left = list(second.events)
    found = []
    for event in first.events:
        other = max(left, key=lambda e: overlap(e.trigger, event.trigger), default=None)
        if other and overlap(other.trigger, event.trigger) > 0:
            left.remove(other)
            found.append((event, other))
    return found


def agreement(pairs: Sequence[tuple[Marked, Marked]]) -> dict[str, float]:
    """The figures over pairs of the same passages."""
    counts: dict[str, Counter[str]] = {"trigger": Counter(), "role": Counter(), "stance": Counter()}
    matched = []
    for first, second in pairs:
        both = couples(first, second)
        matched += both
        counts["trigger"].update(hit=len(both), gold=len(first.events), predicted=len(second.events))
        for one, other in both:
            sides = [[r for r in event.roles if r[0] in ("actor", "recipient")] for event in (one, other)]
            hit = sum(any(a == b and overlap(x, y) > 0 for b, y in sides[1]) for a, x in sides[0])
            counts["role"].update(hit=hit, gold=len(sides[0]), predicted=len(sides[1]))
        hit = sum(
            any(v == w and overlap(a, c) > 0 and overlap(b, d) > 0 for c, d, w in second.stances) for a, b, v in first.stances
        )
        counts["stance"].update(hit=hit, gold=len(first.stances), predicted=len(second.stances))
    labels = {name: [[getattr(event, name) for event in pair] for pair in matched] for name in ("type", "status")}
    figures = {f"{name} F1": f1(count) for name, count in counts.items() if count["gold"]}
    for name, rows in labels.items():
        figures[f"{name} equal"] = round(sum(a == b for a, b in rows) / len(rows), 4)
        figures[f"{name} kappa"] = round(kappa([a for a, _ in rows], [b for _, b in rows]), 4)
    return figures | {"passages": len(pairs), "events of both": len(matched)}


def same(first: Iterable[Marked], second: Iterable[Marked]) -> list[tuple[Marked, Marked]]:
    """The passages that both have, by their texts."""
    by_text = {passage.text: passage for passage in first}
    return [(by_text[p.text], p) for p in second if p.text in by_text]


def main() -> None:
    files = [Path(name) for name in sys.argv[1:3]]
    first, second = files if len(files) > 1 else (EVENTS, SECOND)
    pairs = same(marked_passages(first), marked_passages(second))
    for language in ("all", *dict.fromkeys(p.language for _, p in pairs)):
        print(language, agreement([pair for pair in pairs if language in ("all", pair[0].language)]))
    if not files and (SHARED / "gold").is_dir():
        marked = (news_passages(SHARED / "gold", NEWS_TEXTS, path) for path in (NEWS, NEWS_SECOND))
        print("news", agreement(same(*marked)))


if __name__ == "__main__":
    main()
