"""Incidents on ECB+: event mentions, as given, joined across documents, beside a baseline that goes by the head's lemma.

    python -m bench.incidents --gold FOLDER [--split dev]   MUC, B-cubed, CEAF by entity, and their mean (CoNLL F1)
    python -m bench.incidents --gold FOLDER --fit           the weights of words in evidence/incidents.py, fitted on train

The mentions of validated sentences are used, as is usual (Cybulska and Vossen 2014). In *one ledger* nobody tells either side
which documents belong together, and an article is joined to those before it, as in use; in *gold topics* each topic is a ledger
of its own. The baseline's lemma is that of the evidence stage, so that only the rule differs.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from bench.coreference import conll, conll_f1
from dragoman.evidence.incidents import (
    Gathered,
    article_likeness,
    find_incidents,
    keys_of_trace,
    sentence_likeness,
    topic_of,
)
from dragoman.evidence.terms import names_in, terms_in
from dragoman.types import Incident, Telling, Trace

FEATURES = (
    "SAME_TRIGGER", "SENTENCE_SAME", "SENTENCE_OTHER", "ARTICLE_SAME", "ARTICLE_OTHER", "SAME_ARTICLE", "SAME_ARTICLE_TRIGGER",
    "BIAS",
)  # fmt: skip
Topic = tuple[frozenset[str], tuple[str, ...]]
"""What an article is about, and its most frequent names."""
Rule = Callable[[Iterable[list[Trace]]], dict[str, str]]


class Shelf:
    """What the ledger looks up, in memory."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[Trace]] = defaultdict(list)
        self.incidents: dict[str, Incident] = {}

    def traces_with(self, keys: Sequence[str], *, day: str | None, around: int, most: int) -> Iterable[Trace]:
        return {trace.event: trace for key in keys for trace in self._by_key[key][-most:]}.values()

    def incidents_of(self, events: Sequence[str]) -> Iterable[Incident]:
        return {self.incidents[event].id: self.incidents[event] for event in events if event in self.incidents}.values()

    def add(self, traces: Iterable[Trace], gathered: Gathered) -> None:
        for trace in traces:
            for key in keys_of_trace(trace):
                self._by_key[key].append(trace)
        for incident in gathered.incidents:
            self.incidents.update((event, incident) for event in incident.events)


def documents(path: Path) -> Iterator[tuple[str, list[Trace], dict[str, str]]]:
    """(topic, traces, gold cluster of each trace by its event) of each document."""
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            text = record["text"]
            begins = [0, *(k + 1 for k, char in enumerate(text) if char == "\n")]
            topic = topic_of(text)
            traces, gold = [], {}
            for mention in record["mentions"]:
                if mention["kind"] == "event" and mention["validated"]:
                    begin = begins[bisect_right(begins, mention["start"]) - 1]
                    end = text.find("\n", begin) if "\n" in text[begin:] else len(text)
                    trace = _trace(record["id"], mention, text, (begin, end), topic)
                    traces.append(trace)
                    gold[trace.event] = mention["cluster"] or trace.event
            yield str(record["topic"]), traces, gold


def _trace(document: str, mention: dict, text: str, sentence: tuple[int, int], topic: Topic) -> Trace:
    about, matter = topic
    span = (mention["start"], mention["end"])
    trigger = frozenset(terms_in(text, span)) or frozenset((mention["text"].lower(),))
    names = frozenset(form for _, form in names_in(text, sentence))
    event, nobody = f"{document} {mention['id']}", frozenset[str]()
    return Trace(
        event=event, type="", status="happened", day=None, start=None, end=None, actors=nobody, recipients=nobody, place=None,
        country=None, trigger=trigger, names=names, terms=frozenset(terms_in(text, sentence)) - names - trigger,
        about=about, matter=matter,
        telling=Telling(
            record=event, article=document, span=sentence, actor=None, source_kind="author", outlet=None, chain=()
        ),
    )  # fmt: skip


def joined(documents: Iterable[list[Trace]]) -> dict[str, str]:
    """The incident of each event, the documents coming one after the other."""
    shelf, events = Shelf(), []
    for traces in documents:
        gathered = find_incidents(traces, shelf)
        shelf.add(traces, gathered)
        events += [trace.event for trace in traces]
    return {event: shelf.incidents[event].id if event in shelf.incidents else event for event in events}


def by_lemma(documents: Iterable[list[Trace]]) -> dict[str, str]:
    """The baseline: events whose triggers have the same lemma are one."""
    return {trace.event: min(trace.trigger) for traces in documents for trace in traces}


def in_topics(rule: Rule, found: Sequence[tuple[str, list[Trace]]]) -> dict[str, str]:
    """What a rule gives if each topic is a ledger of its own."""
    topics = dict.fromkeys(topic for topic, _ in found)
    answers = ((topic, rule([traces for other, traces in found if other == topic])) for topic in topics)
    return {event: f"{topic} {cluster}" for topic, clusters in answers for event, cluster in clusters.items()}


def measure(path: Path) -> None:
    """Print the scores of the split."""
    read = list(documents(path))
    gold = {event: cluster for _, _, clusters in read for event, cluster in clusters.items()}
    found = [(topic, traces) for topic, traces, _ in read]
    whole = [traces for _, traces in found]
    print(f"{path.name}: {len(whole)} documents, {len(gold)} event mentions, {len(set(gold.values()))} gold clusters")
    for name, answer in (
        ("lemma, one ledger", by_lemma(whole)), ("joined, one ledger", joined(whole)),
        ("lemma, gold topics", in_topics(by_lemma, found)), ("joined, gold topics", in_topics(joined, found)),
    ):  # fmt: skip
        scores = "  ".join(f"{kind} {s.precision:.3f} {s.recall:.3f} {s.f1:.3f}" for kind, s in conll(gold, answer).items())
        print(f"{name:20} CoNLL F1 {conll_f1(gold, answer):.3f}   (precision recall F1) {scores}")


def fit(path: Path, *, rounds: int = 60, ridge: float = 1e-6) -> None:
    """Print weights by logistic regression on the pairs of one topic that share a key."""
    by_topic, gold = defaultdict(list), {}
    for topic, traces, clusters in documents(path):
        by_topic[topic] += traces
        gold.update(clusters)
    rows, answers = [], []
    for traces in by_topic.values():
        for a, b in combinations(traces, 2):
            if a.trigger & b.trigger or sentence_likeness(a, b) > 0.15:
                rows.append(_row(a, b))
                answers.append(gold[a.event] == gold[b.event])
    x, y = np.array(rows), np.array(answers, dtype=float)
    weights = np.zeros(x.shape[1])
    for _ in range(rounds):  # Newton's method
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) / len(y) + ridge * weights
        bend = (x.T * (p * (1 - p))) @ x / len(y) + ridge * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    print(f"{path.name}: {len(y)} pairs, {int(y.sum())} of one event")
    print("\n".join(f"{name:22}{weight:6.2f}" for name, weight in zip(FEATURES, weights, strict=True)))


def _row(a: Trace, b: Trace) -> list[float]:
    same, here = float(bool(a.trigger & b.trigger)), float(a.telling.article == b.telling.article)
    around = 0.0 if here and a.telling.span == b.telling.span else sentence_likeness(a, b)
    about = (1 - here) * article_likeness(a, b)
    return [same, same * around, (1 - same) * around, same * about, (1 - same) * about, here, here * same, 1.0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, metavar="FOLDER", help="the folder of the gold sets")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--fit", action="store_true", help="fit the weights on train")
    options = parser.parse_args()
    folder = options.gold / "ecbplus"
    fit(folder / "train.jsonl") if options.fit else measure(folder / f"{options.split}.jsonl")


if __name__ == "__main__":
    main()
