"""Training examples: windows of pieces with the labels that their data set has.

A set that does not know a mention type allows it wherever it has no label (``partial_loss``); a set without attributions
gives no role labels. Every set and its licence is listed in SETS and in the model card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from tokenizers import Tokenizer

from bench.gold import lines_of, passages
from dragoman.reader.labels import MENTION_TYPES, ROLES, begin_of, inside_of
from dragoman.reader.windows import PiecedText, Specials, WindowSize, cut_windows, piece_texts

SIZE = WindowSize(core=288, context=72)
"""More context than at reading time, which costs nothing in quality and saves a tenth of the time (EXPERIMENTS.md)."""
SPECIALS = Specials()
OWN = Path(__file__).parent / "data"


class Labelled(msgspec.Struct, kw_only=True):
    """A text with gold: attributions as {role: spans}, or None if the set has none; mentions with the set's types."""

    text: str
    attributions: list[dict[str, list[tuple[int, int]]]] | None = None
    ignored: list[tuple[int, int]] = []
    mentions: list[tuple[int, int, str]] | None = None
    types: frozenset[str] = frozenset()


class Example(NamedTuple):
    """A window ready for the network; W words. roles and links are -1 where nothing is known."""

    ids: np.ndarray  # (T,)
    heads: np.ndarray  # (W,)
    roles: np.ndarray  # (W,)
    links: np.ndarray  # (W,) number of the first word of the cue, in the window
    starts: np.ndarray  # (W,) bool
    allowed: np.ndarray  # (W, K) bool


class GoldSet(msgspec.Struct, frozen=True, kw_only=True):
    """A data set that the weights were trained on."""

    name: str
    what: str
    licence: str


SETS = (
    GoldSet(
        name="PolNeAR 1.0.0 train",
        what="attributions in US news, English",
        licence="none stated; article texts are copyrighted news",
    ),
    GoldSet(
        name="own passages (train/data)", what="attributions in ar, ru, fr, tr, he, fa", licence="CC0, written for dragoman"
    ),
    GoldSet(name="WikiGold", what="person, organisation, place", licence="CC BY 4.0"),
    GoldSet(
        name="re3d (commercially usable parts, own train split)",
        what="mentions in conflict reporting",
        licence="OGL v3, CC BY 3.0 AU, CC BY-SA 3.0, EU notice, public domain",
    ),
    GoldSet(name="RuSentRel train", what="person, organisation, place, Russian (marked by a tagger)", licence="MIT"),
    GoldSet(name="UNER EWT dev", what="person, organisation, place", licence="CC BY-SA 4.0"),
)


# --- the sets --------------------------------------------------------------------------------------------------------


def polnear(path: Path) -> Iterator[Labelled]:
    for record in lines_of(path):
        yield Labelled(
            text=record["text"],
            ignored=[tuple(s) for s in record["discard"]],
            attributions=[{role: [tuple(s) for s in a[role]] for role in ROLES} for a in record["attributions"]],
        )


BASIC = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": ""}
RUSENTREL = {"PER": "person", "ORG": "organisation", "LOC": "place", "GEOPOLIT": "place"}
RE3D = {
    "Person": "person",
    "Organisation": "organisation",
    "Location": "place",
    "Nationality": "people",
    "Weapon": "weapon",
    "MilitaryPlatform": "weapon",
    "Money": "money",
    "Temporal": "time",
}


def tagged(records: Iterable[dict], tags: str) -> Iterator[Labelled]:
    """Sets of tokens with BIO tags PER, ORG, LOC and MISC (which may be a people: left open)."""
    for record in records:
        text, mentions = "", []
        for token, tag in zip(record["tokens"], record[tags], strict=True):
            text += " " if text else ""
            if tag.startswith("B-"):
                mentions.append((len(text), len(text) + len(token), BASIC[tag[2:]]))
            elif tag.startswith("I-"):
                mentions[-1] = (mentions[-1][0], len(text) + len(token), mentions[-1][2])
            text += token
        yield Labelled(text=text, mentions=mentions, types=frozenset({"person", "organisation", "place"}))


def rusentrel(path: Path) -> Iterator[Labelled]:
    """Russian texts whose entities a tagger marked; the placeholders for unknown authors are blanked out."""
    for record in lines_of(path):
        text = record["text"].replace("{Author, Unknown}", "\n" * len("{Author, Unknown}"))
        yield Labelled(
            text=text,
            types=frozenset({"person", "organisation", "place"}),
            mentions=[(e["start"], e["end"], RUSENTREL[e["type"]]) for e in record["entities"]],
        )


def re3d(path: Path) -> Iterator[Labelled]:
    for record in lines_of(path):
        if record["split"] == "train" and record["commercial_ok"]:
            flat = set(record["flat_entities"])
            yield Labelled(
                text=record["text"],
                types=frozenset(MENTION_TYPES),
                mentions=[
                    (e["start"], e["end"], RE3D[e["type"]]) for e in record["entities"] if e["id"] in flat and e["type"] in RE3D
                ],
            )


def training_sets(gold: Path, *, repeat_own: int = 1) -> Iterator[Labelled]:
    """Everything that the weights are trained on; our own passages, which are few, ``repeat_own`` times."""
    yield from polnear(gold / "polnear" / "train.jsonl")
    for path in sorted(OWN.glob("attribution_*.txt")) * repeat_own:
        yield from (Labelled(text=text, attributions=found) for _, text, found in passages(path))
    yield from tagged((r for k, r in enumerate(lines_of(gold / "wikigold" / "wikigold.jsonl")) if k % 10), "tags")
    yield from re3d(gold / "re3d" / "re3d.jsonl")
    yield from rusentrel(gold / "rusentrel" / "train.jsonl")
    yield from tagged((r for r in lines_of(gold / "ewt" / "dev.jsonl") if r.get("ner")), "ner")


def all_texts(gold: Path) -> Iterator[str]:
    """Texts whose pieces the pruned vocabulary keeps."""
    for path in sorted(gold.glob("*/*.jsonl")):
        if path.parent.name != "seeds":
            for record in lines_of(path):
                yield record["text"] if "text" in record else " ".join(record.get("tokens", ()))


# --- labels ----------------------------------------------------------------------------------------------------------


def examples_of(items: Iterable[Labelled], tokenizer: Tokenizer) -> Iterator[Example]:
    items = list(items)
    for item, pieced in zip(items, piece_texts(tokenizer, [item.text for item in items]), strict=True):
        roles, links = _role_labels(item, pieced)
        allowed = _allowed_mentions(item, pieced)
        starts = np.zeros(len(pieced.words), bool)
        starts[list(pieced.paragraphs[:-1])] = True
        for window in cut_windows(pieced, SIZE, SPECIALS):
            own = slice(window.first, window.end)
            tags = roles[own].copy()
            tags[: window.core - window.first] = -1
            targets = links[own] - window.first
            targets[(links[own] < window.first) | (links[own] >= window.end)] = -1
            begins = starts[own].copy()
            begins[0] = begins[window.core - window.first] = True
            yield Example(np.array(window.ids), np.array(window.heads), _opened(tags, begins), targets, begins, allowed[own])


def _opened(tags: np.ndarray, begins: np.ndarray) -> np.ndarray:
    """Labels in which a span that runs over a bound begins anew behind it: I-x becomes B-x."""
    inside = begins & (tags > 0) & (tags % 2 == 0)
    tags[inside] -= 1
    return tags


def _words_in(pieced: PiecedText, begins: np.ndarray, span: tuple[int, int]) -> range:
    """Numbers of the words that share a character with the span."""
    first = int(np.searchsorted(begins, span[0], "right")) - 1
    if first < 0 or pieced.words[first][1] <= span[0]:
        first += 1
    return range(first, max(first, int(np.searchsorted(begins, span[1], "left"))))


def _role_labels(item: Labelled, pieced: PiecedText) -> tuple[np.ndarray, np.ndarray]:
    """(roles, links) of all words; a word of two roles keeps the first."""
    n = len(pieced.words)
    roles, links = np.full(n, 0 if item.attributions is not None else -1), np.full(n, -1)
    begins = np.array([b for b, _ in pieced.words])
    for attribution in item.attributions or ():
        cue = [k for span in sorted(attribution["cue"]) for k in _words_in(pieced, begins, span)]
        for number, role in enumerate(ROLES):
            for span in attribution[role]:
                label = begin_of(number)
                for k in _words_in(pieced, begins, span):
                    if roles[k] == 0:
                        roles[k] = label
                        links[k] = cue[0] if cue else -1
                        label = inside_of(number)
    for span in item.ignored:
        for k in _words_in(pieced, begins, span):
            links[k] = -1
    return roles, links


def _allowed_mentions(item: Labelled, pieced: PiecedText) -> np.ndarray:
    """(W, K) labels that the gold leaves open for each word."""
    n, labels = len(pieced.words), 1 + 2 * len(MENTION_TYPES)
    if item.mentions is None:
        return np.ones((n, labels), bool)
    outside = np.ones(labels, bool)
    for number, kind in enumerate(MENTION_TYPES):
        if kind in item.types:
            outside[[begin_of(number), inside_of(number)]] = False
    allowed = np.tile(outside, (n, 1))
    begins = np.array([b for b, _ in pieced.words])
    for b, e, kind in item.mentions:
        inside = list(_words_in(pieced, begins, (b, e)))
        if not inside:
            continue
        if not kind:  # a type that we do not have
            allowed[inside] = True
            continue
        number = MENTION_TYPES.index(kind)
        for place, k in enumerate(inside):
            allowed[k] = False
            allowed[k, inside_of(number) if place else begin_of(number)] = True
        if (
            len(item.types) == len(MENTION_TYPES) and kind == "person"
        ):  # re3d's persons include their titles: only the end is sure
            allowed[inside[:-1]] = True
            allowed[inside[-1], [begin_of(number), inside_of(number)]] = True
    return allowed
