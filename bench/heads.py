"""Figures of the heads for mentions, events, statuses, stances and pairs, each on gold that the weights have not seen."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.gold import lines_of, score
from bench.marked import Marked
from dragoman.coding.completion import LEAST
from dragoman.reader.model import Reader, Text
from dragoman.types import Happening, Reading, Span
from train.sets import DSE_STATES, RE3D, joined, kairos_types, of_kairos, plover_types

TAGS = {"PER": "person", "PERS": "person", "ORG": "organisation", "LOC": "place"}
NOBODY = (0, 0)
MARKED_THROUGHOUT = frozenset({"ASSAULT", "PROTEST"})
"""Types of which WikiEvents marks every trigger."""


def f1(counts: Counter[str]) -> float:
    """Of counts of ``hit``, ``predicted`` and ``gold``."""
    return round(2 * counts["hit"] / max(1, counts["predicted"] + counts["gold"]), 4)


def macro_f1(gold: Sequence[object], predicted: Sequence[object]) -> float:
    """Mean F1 of the classes that the gold has."""
    hits, given, there = Counter(g for g, p in zip(gold, predicted, strict=True) if g == p), Counter(predicted), Counter(gold)
    return round(sum(2 * hits[c] / (given[c] + there[c]) for c in there) / max(1, len(there)), 4)


def overlap(a: Span, b: Span) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


# --- mentions --------------------------------------------------------------------------------------------------------


def tagged_mentions(reader: Reader, records: Sequence[dict[str, list[str]]], language: str) -> dict[str, float]:
    """Exact-span F1 of persons, organisations and places on records of tokens and BIO tags; an armed group counts as an
    organisation, which is all that these sets know.
    """
    texts, golds = [], []
    for record in records:
        text, places = joined(record["tokens"])
        spans: list[list[int | str]] = []
        for (b, e), tag in zip(places, record["tags"], strict=True):
            if tag.startswith("B-"):
                spans.append([b, e, TAGS.get(tag[2:], "")])
            elif tag.startswith("I-"):
                spans[-1][1] = e
        texts.append(Text(text, language))
        golds.append({tuple(s) for s in spans if s[2]})
    counts: Counter[str] = Counter()
    for gold, reading in zip(golds, reader.read(texts), strict=True):
        predicted = {s for s in typed(reading) if s[2] in TAGS.values()}
        counts.update(hit=len(gold & predicted), gold=len(gold), predicted=len(predicted))
    return {"F1": f1(counts), "gold": counts["gold"]}


def typed(reading: Reading) -> set[tuple[int, int, str]]:
    """Mentions as (b, e, type), armed groups as organisations."""
    return {(m.b, m.e, "organisation" if m.type == "armed_group" else m.type) for m in reading.mentions}


def re3d(reader: Reader, path: Path) -> dict[str, float]:
    """Exact-span F1 over the types that we have, over all documents of the dev split (whatever their licence)."""
    records = [r for r in lines_of(path) if r["split"] == "dev"]
    by_type: dict[str, Counter[str]] = defaultdict(Counter)
    for record, reading in zip(records, reader.read(Text(r["text"], "en") for r in records), strict=True):
        flat = set(record["flat_entities"])
        gold = {(e["start"], e["end"], RE3D[e["type"]]) for e in record["entities"] if e["id"] in flat and e["type"] in RE3D}
        predicted = {s for s in typed(reading) if s[2] in RE3D.values()}
        for kind in set(RE3D.values()):
            g, p = ({s for s in spans if s[2] == kind} for spans in (gold, predicted))
            by_type[kind].update(hit=len(g & p), gold=len(g), predicted=len(p))
    there = {kind: counts for kind, counts in by_type.items() if counts["gold"]}
    total: Counter[str] = sum(there.values(), Counter())
    return {
        "F1": f1(total),
        "mean F1 of types": round(sum(map(f1, there.values())) / len(there), 4),
        **{f"F1 {kind}": f1(counts) for kind, counts in sorted(there.items())},
        "gold": total["gold"],
    }


# --- pairs -----------------------------------------------------------------------------------------------------------


def pairs(reader: Reader, records: Sequence[dict], folder: Path) -> dict[str, float]:
    """The pair scorer's figures on records of PLV's shape."""
    sides = [tuple((s["start"], s["end"]) if s else NOBODY for s in (r["source"], r["target"])) for r in records]
    texts = [Text(r["text"], "en", (side,)) for r, side in zip(records, sides, strict=True)]
    gold, predicted = folder / "pairs.gold.jsonl", folder / "pairs.jsonl"
    gold.write_text("".join(json.dumps(r) + "\n" for r in records))
    answers = ({"id": r["id"], "type": a.pairs[0].type} for r, a in zip(records, reader.read(texts), strict=True))
    predicted.write_text("".join(json.dumps(a) + "\n" for a in answers))
    figures = score("pairs.py", gold, predicted)
    return {name: round(f["value"], 4) for name, f in figures.items()} | {"gold": len(records)}


RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
QUAD_OF = {
    kind: quad
    for quad, kinds in enumerate(
        (
            "AGREE CONSULT SUPPORT",
            "COOPERATE AID YIELD",
            "REQUEST ACCUSE REJECT THREATEN",
            "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
        ),
        1,
    )
    for kind in kinds.split()
}


def codebook_pairs(path: Path) -> list[dict]:
    """Codebook records with one event and both sides marked, in PLV's shape. For measuring alone: they are never trained on."""
    found = []
    for record in lines_of(path):
        source, target = (next((s for s in record["spans"] if s["role"] == role), None) for role in ("SRC", "TAR"))
        if len(record["events"]) == 1 and source and target:
            kind = RENAMED.get(record["events"][0]["event"], record["events"][0]["event"])
            kind = "YIELD" if kind in plover_types("YIELD") else kind
            found.append(
                {
                    "id": record["id"],
                    "text": record["text"],
                    "source": source,
                    "target": target,
                    "plover_root": kind,
                    "quad": QUAD_OF[kind],
                }
            )
    return found


# --- events ----------------------------------------------------------------------------------------------------------


def sure_of(reading: Reading) -> list[Happening]:
    """The events of which the reader by itself is sure; those that need a word list as well are measured in ``bench.coder``."""
    return [event for event in reading.events if event.score >= LEAST]


def match(gold: Sequence[Span], events: Sequence[Happening]) -> dict[int, Happening]:
    """One event for each gold trigger that it overlaps, the widest overlaps first."""
    offers = sorted(
        (
            (-overlap(span, event.trigger), k, n)
            for k, span in enumerate(gold)
            for n, event in enumerate(events)
            if overlap(span, event.trigger) > 0
        )
    )
    found: dict[int, Happening] = {}
    taken: set[int] = set()
    for _, k, n in offers:
        if k not in found and n not in taken:
            found[k] = events[n]
            taken.add(n)
    return found


def kairos(reader: Reader, path: Path, covered: frozenset[str]) -> dict[str, float]:
    """WikiEvents and RAMS: events whose type maps to just one of PLOVER.

    ``trigger recall`` and ``type accuracy`` (of what was found) over all of these; ``type F1`` over the types of which the set
    marks every trigger (``covered``); ``role F1``: actors, recipients and places of found events, on overlap.
    """
    records = list(lines_of(path))
    golds = [of_kairos(r) for r in records]
    names = [[e["event_type"] for e in r["events"] if e["trigger"].get("start") is not None] for r in records]
    counts: Counter[str] = Counter()
    typed_counts: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    for gold, types, reading in zip(golds, names, reader.read(Text(g.text, "en") for g in golds), strict=True):
        sure = [
            (e, next(iter(e.types)))
            for e, name in zip(gold.events, types, strict=True)
            if e.types and len(e.types) == 1 and kairos_types(name) != {""}
        ]
        found = match([e.trigger for e, _ in sure], sure_of(reading))
        counts.update(gold=len(sure), found=len(found), right=sum(found[k].type == sure[k][1] for k in found))
        if covered:
            typed_counts.update(
                gold=sum(kind in covered for _, kind in sure),
                predicted=sum(e.type in covered for e in sure_of(reading)),
                hit=sum(found[k].type == sure[k][1] for k in found if sure[k][1] in covered),
            )
        for k, event in found.items():
            roles.update(_role_counts(sure[k][0].roles or [], event, ("actor", "recipient", "place")))
    figures = {
        "trigger recall": round(counts["found"] / max(1, counts["gold"]), 4),
        "type accuracy": round(counts["right"] / max(1, counts["found"]), 4),
        "role F1": f1(roles),
        "gold": counts["gold"],
    }
    return ({"type F1": f1(typed_counts)} if covered else {}) | figures


def _role_counts(gold: Sequence[tuple[str, Span]], event: Happening, roles: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for role in roles:
        spans = [span for name, span in gold if name == role]
        given = [(a.b, a.e) for a in event.arguments if a.role == role]
        hit = sum(any(overlap(s, g) > 0 for g in given) for s in spans)
        counts.update(gold=len(spans), predicted=len(given), hit=min(hit, len(given)))
    return counts


def own_events(reader: Reader, passages: Sequence[Marked]) -> dict[str, float]:
    """Passages of ours: triggers (overlap), types, statuses and roles of found events; stances (both signs) if marked."""
    triggers: Counter[str] = Counter()
    types: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    stances: Counter[str] = Counter()
    statuses = []
    for item, reading in zip(passages, reader.read(Text(p.text, p.language) for p in passages), strict=True):
        found = match([e.trigger for e in item.events], sure_of(reading))
        sizes = {"gold": len(item.events), "predicted": len(sure_of(reading))}
        triggers.update(hit=len(found), **sizes)
        types.update(hit=sum(found[k].type == item.events[k].type for k in found), **sizes)
        statuses += [found[k].status == item.events[k].status for k in found]
        for k, event in found.items():
            roles.update(_role_counts(item.events[k].roles, event, ("actor", "recipient")))
        told = [((s.source, s.target), s.sign) for s in reading.stances]
        hit = sum(
            any(sign == value and overlap(pair[0], a) > 0 and overlap(pair[1], b) > 0 for pair, sign in told)
            for a, b, value in item.stances
        )
        stances.update(hit=hit, gold=len(item.stances), predicted=len(told))
    return {
        "trigger F1": f1(triggers),
        "type F1": f1(types),
        "status accuracy": round(sum(statuses) / max(1, len(statuses)), 4),
        "role F1": f1(roles),
        **({"stance F1": f1(stances)} if stances["gold"] else {}),
        "gold": triggers["gold"],
    }


def dump_events(reader: Reader, articles: Sequence[str], gold: Sequence[dict]) -> dict[str, float]:
    """Events of the first dump, each looked for in the article that holds its sentence; statuses as in the ledger scorer."""
    readings = list(reader.read(Text(text, None) for text in articles))
    counts: Counter[str] = Counter()
    for event in gold:
        sentence = event["sentence"]["text"]
        place = next(((n, text.find(sentence)) for n, text in enumerate(articles) if sentence in text), None)
        if place is None or not event["trigger"]:
            continue
        number, begin = place
        shift = begin - event["sentence"]["b"]
        span = (event["trigger"]["b"] + shift, event["trigger"]["e"] + shift)
        counts["gold"] += 1
        for found in match([span], sure_of(readings[number])).values():
            status = {"historical": "happened", "ongoing": "happened"}.get(found.status, found.status)
            counts.update(found=1, type=found.type in (event["type"], event["alt_type"]), status=status == event["factuality"])
    there = max(1, counts["found"])
    return {
        "trigger recall": round(counts["found"] / max(1, counts["gold"]), 4),
        "type accuracy": round(counts["type"] / there, 4),
        "status accuracy": round(counts["status"] / there, 4),
        "gold": counts["gold"],
    }


# --- stances ---------------------------------------------------------------------------------------------------------


def directed_sentiment(reader: Reader, path: Path) -> dict[str, float]:
    """Macro-F1 over the five labels of DSE, on all pairs of dev (sentences of dev were left out of training)."""
    records = list(lines_of(path))
    texts = []
    for r in records:
        p, q = ((r[k]["start"], r[k]["end"]) for k in "pq")
        texts.append(Text(r["text"], "en", ((p, q), (q, p))))
    labels = {state: label for label, state in DSE_STATES.items()}
    number = {"none": 0, "for": 1, "against": 2}
    predicted = []
    for reading in reader.read(texts):
        toward, back = reading.pairs
        states = [number[toward.stance], number[back.stance]]
        if all(states):  # the set has one direction alone
            states[toward.stance_score > back.stance_score] = 0
        predicted.append(labels[tuple(states)])
    gold = [r["label"] for r in records]
    accuracy = sum(g == p for g, p in zip(gold, predicted, strict=True)) / max(1, len(gold))
    return {"macro-F1": macro_f1(gold, predicted), "accuracy": round(accuracy, 4), "gold": len(gold)}
