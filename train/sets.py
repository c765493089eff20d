"""The training sets, each as texts with the labels that it has.

Nothing here may touch a test split, nor a codebook's example sentences; ``bench.overlap`` checks that no sentence of a test
set that is there occurs in what is trained on. Every set and its licence is listed in SETS and in the model card.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from bench.gold import lines_of, passages
from bench.marked import Marked, marked_passages
from dragoman.reader.labels import EVENT_ROLES, EVENT_TYPES, MENTION_TYPES, ROLES
from dragoman.types import STATUSES, Span
from train.held_out import HeldOut, held_out, plain, plv_fold
from train.news import Texts, news_passages, sentences_of_tokens

OWN = Path(__file__).parent / "data"
EVERY_TYPE = frozenset(EVENT_TYPES)


class LabelledEvent(msgspec.Struct, kw_only=True):
    """A trigger with what a set says of it; a None means: nothing. ``types`` may hold "" for no event of PLOVER.

    ``roles`` that are not in ``known`` are open for every word, and so are all roles for the words of ``unsure``.
    """

    trigger: Span
    types: frozenset[str] | None = None
    statuses: frozenset[str] | None = None
    roles: list[tuple[str, Span]] | None = None
    known: frozenset[str] = frozenset(EVENT_ROLES)
    unsure: list[Span] = []


class LabelledStance(msgspec.Struct, kw_only=True):
    """States (toward, back) of two spans: 0 none, 1 for, 2 against. ``allowed`` is the gold, chosen from ``among``.

    Without ``a``, whoever speaks is for or against ``b``.
    """

    a: Span | None
    b: Span
    allowed: frozenset[tuple[int, int]]
    among: frozenset[tuple[int, int]] = frozenset((x, y) for x in range(3) for y in range(3))


class Labelled(msgspec.Struct, kw_only=True):
    """A text with gold. What a set does not say is None, or left out of ``types`` (of mentions) and ``covered`` (of events)."""

    text: str
    attributions: list[dict[str, list[Span]]] | None = None
    ignored: list[Span] = []
    mentions: list[tuple[int, int, str]] | None = None
    types: frozenset[str] = frozenset()
    events: list[LabelledEvent] = []
    covered: frozenset[str] = frozenset()
    """Event types of which the set marks every trigger."""
    pairs: list[tuple[Span | None, Span | None, frozenset[str]]] = []
    """(source, target, types that hold between them)."""
    stances: list[LabelledStance] = []


class GoldSet(msgspec.Struct, frozen=True, kw_only=True):
    """A data set that the weights were trained on."""

    name: str
    what: str
    licence: str
    read: Callable[[Path], Iterator[Labelled]]
    pruned: bool = False
    """Texts that share a sentence with something held out are left out."""

    def load(self, gold: Path) -> Iterator[Labelled]:
        """The texts that are trained on."""
        items = self.read(gold)
        if not self.pruned:
            return items
        kept = HeldOut(held_out(gold))
        return (item for item in items if not kept.places(item.text))


# --- attributions ----------------------------------------------------------------------------------------------------


def polnear(gold: Path) -> Iterator[Labelled]:
    for record in lines_of(gold / "polnear" / "train.jsonl"):
        yield Labelled(
            text=record["text"],
            ignored=[tuple(s) for s in record["discard"]],
            attributions=[{role: [tuple(s) for s in a[role]] for role in ROLES} for a in record["attributions"]],
        )


def own_attributions(_: Path) -> Iterator[Labelled]:
    for path in sorted(OWN.glob("attribution_*.txt")):
        yield from (Labelled(text=text, attributions=found) for _, text, found in passages(path))


# --- mentions --------------------------------------------------------------------------------------------------------

BASIC = {"PER": "person", "PERS": "person", "ORG": "organisation", "LOC": "place", "MISC": ""}
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


def joined(tokens: Iterable[str]) -> tuple[str, list[Span]]:
    """Tokens with blanks between them, and the span of each."""
    spans, at = [], 0
    words = list(tokens)
    for token in words:
        spans.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(words), spans


def tagged(records: Iterable[dict], tags: str) -> Iterator[Labelled]:
    """Sets of tokens with BIO tags for persons, organisations, places and others (which may be a people: left open)."""
    for record in records:
        text, spans = joined(record["tokens"])
        mentions: list[tuple[int, int, str]] = []
        for (b, e), tag in zip(spans, record[tags], strict=True):
            if tag.startswith("B-"):
                mentions.append((b, e, BASIC[tag[2:]]))
            elif tag.startswith("I-"):
                mentions[-1] = (mentions[-1][0], e, mentions[-1][2])
        yield Labelled(text=text, mentions=mentions, types=frozenset({"person", "organisation", "place"}))


def wikigold(gold: Path) -> Iterator[Labelled]:
    records = (r for k, r in enumerate(lines_of(gold / "wikigold" / "wikigold.jsonl")) if k % 10)
    yield from tagged(records, "tags")


def ewt_names(gold: Path) -> Iterator[Labelled]:
    yield from tagged((r for r in lines_of(gold / "ewt" / "dev.jsonl") if r.get("ner")), "ner")


def anercorp_sentences(gold: Path) -> Iterator[dict]:
    """All but every tenth sentence of the train split, which is kept for measuring."""
    return (r for k, r in enumerate(lines_of(gold / "anercorp" / "train.jsonl")) if k % 10)


def anercorp(gold: Path) -> Iterator[Labelled]:
    yield from tagged(anercorp_sentences(gold), "tags")


def rusentrel(gold: Path) -> Iterator[Labelled]:
    """Russian texts whose entities a tagger marked; the placeholders for unknown authors are blanked out."""
    for record in lines_of(gold / "rusentrel" / "train.jsonl"):
        text = record["text"].replace("{Author, Unknown}", "\n" * len("{Author, Unknown}"))
        yield Labelled(
            text=text,
            types=frozenset({"person", "organisation", "place"}),
            mentions=[(e["start"], e["end"], RUSENTREL[e["type"]]) for e in record["entities"]],
        )


def re3d(gold: Path) -> Iterator[Labelled]:
    for record in lines_of(gold / "re3d" / "re3d.jsonl"):
        if record["split"] == "train" and record["commercial_ok"]:
            flat = set(record["flat_entities"])
            yield Labelled(
                text=record["text"],
                stances=_re3d_stances(record["relations"]),
                types=frozenset(MENTION_TYPES) - {"title", "armed_group"},
                mentions=[
                    (e["start"], e["end"], RE3D[e["type"]]) for e in record["entities"] if e["id"] in flat and e["type"] in RE3D
                ],
            )


RE3D_STATES = {"FightingAgainst": (2, 2), "AlliesOf": (1, 1), "Likes": (1, None), "Dislikes": (2, None)}
"""What a relation says of (head toward tail, tail toward head)."""


def _re3d_stances(relations: list[dict]) -> list[LabelledStance]:
    found = []
    for relation in relations:
        if relation["type"] in RE3D_STATES:
            toward, back = RE3D_STATES[relation["type"]]
            a, b = ((relation[side]["start"], relation[side]["end"]) for side in ("head", "tail"))
            states = frozenset((toward, y) for y in ((back,) if back is not None else range(3)))
            found.append(LabelledStance(a=a, b=b, allowed=states))
    return found


# --- events ----------------------------------------------------------------------------------------------------------

STATES = {1: 1, -1: 2}
NATURE = {  # first two levels of KAIROS types; several where the type alone does not decide
    "conflict.attack": "ASSAULT",
    "conflict.demonstrate": "PROTEST",
    "conflict.defeat": "ASSAULT|",
    "life.die": "ASSAULT|",
    "life.injure": "ASSAULT|",
    "artifactexistence.damagedestroydisabledismantle": "ASSAULT|",
    "justice.arrestjaildetain": "COERCE",
    "justice.chargeindict": "ACCUSE",
    "justice.investigatecrime": "ACCUSE",
    "justice.trialhearing": "ACCUSE|",
    "justice.sentence": "SANCTION|COERCE",
    "justice.convict": "SANCTION|COERCE",
    "justice.releaseparole": "RETREAT",
    "justice.acquit": "CONCEDE",
    "contact.requestcommand": "REQUEST",
    "contact.threatencoerce": "THREATEN",
    "contact.contact": "CONSULT|",
    "personnel.endposition": "RETREAT|",
    "transaction.donation": "AID",
    "transaction.exchangebuysell": "COOPERATE|AID|",
    "medical.intervention": "AID|",
    "control.impedeinterferewith": "COERCE|",
}
KAIROS_ROLES = {
    "actor": "attacker killer injurer jailer demonstrator communicator participant investigator judgecourt prosecutor giver "
    "damagerdestroyer destroyer damager treater impeder preventer executioner yielder surrenderer retreater",
    "recipient": "target victim detainee defendant recipient artifact beneficiary",
    "place": "place",
}
ROLE_OF = {name: role for role, names in KAIROS_ROLES.items() for name in names.split()}


def own_events(_: Path) -> Iterator[Labelled]:
    for path in sorted(OWN.glob("events_*.txt")):
        yield from map(of_marks, marked_passages(path))


TOGETHER = 8
"""Passages that make a long text."""


def own_long(_: Path) -> Iterator[Labelled]:
    """The same passages, some of one language behind each other: news has events in the midst of long texts."""
    by_language: dict[str, list[Marked]] = {}
    for path in sorted(OWN.glob("events_*.txt")):
        for marked in marked_passages(path):
            by_language.setdefault(marked.language, []).append(marked)
    for language, passages_ in by_language.items():
        shuffled = random.Random(language).sample(passages_, len(passages_))
        for k in range(0, len(shuffled), TOGETHER):
            yield joint([of_marks(marked) for marked in shuffled[k : k + TOGETHER]], "\n" if k % 3 == 0 else " ")


def joint(items: list[Labelled], between: str) -> Labelled:
    """One text of several, whose labels move along. Mentions and events must be known of all."""
    text, shift = "", 0

    def moved(span: Span) -> Span:
        return span[0] + shift, span[1] + shift

    mentions: list[tuple[int, int, str]] = []
    events, pairs, stances = [], [], []
    for item in items:
        shift = len(text) + (len(between) if text else 0)
        text += (between if text else "") + item.text
        mentions += [(*moved((b, e)), kind) for b, e, kind in item.mentions or ()]
        for event in item.events:
            roles = None if event.roles is None else [(role, moved(span)) for role, span in event.roles]
            events.append(msgspec.structs.replace(event, trigger=moved(event.trigger), roles=roles))
        pairs += [(a and moved(a), b and moved(b), kinds) for a, b, kinds in item.pairs]
        stances += [msgspec.structs.replace(s, a=moved(s.a), b=moved(s.b)) for s in item.stances]
    first = items[0]
    return msgspec.structs.replace(
        first,
        text=text,
        mentions=mentions,
        events=events,
        pairs=pairs,
        stances=stances,
        types=first.types,
        covered=first.covered,
    )


def of_marks(marked: Marked) -> Labelled:
    """A passage of our own: every name, event and stance is marked."""
    events = [
        LabelledEvent(trigger=e.trigger, types=frozenset({e.type}), statuses=frozenset({e.status}), roles=e.roles)
        for e in marked.events
    ]
    pairs = []
    sides: dict[Span, None] = {}
    for event in marked.events:
        by = {role: [span for name, span in event.roles if name == role] for role in ("actor", "recipient")}
        sides |= dict.fromkeys(by["actor"] + by["recipient"])
        couples = [(a, r) for a in by["actor"] for r in by["recipient"]]
        if not by["recipient"]:  # a mutual event
            couples = [(a, b) for a in by["actor"] for b in by["actor"] if a != b]
        pairs += [(a, r, event.type) for a, r in couples]
    named = {(b, e) for b, e, _ in marked.mentions}
    # “the rebels” in a role: whether that is a mention is left open
    nameless = [(*span, "") for event in marked.events for _, span in event.roles if span not in named]
    types: dict[tuple[Span, Span], set[str]] = {}
    for a, r, kind in pairs:
        types.setdefault((a, r), set()).add(kind)
    towards = {(a, b): STATES[value] for a, b, value in marked.stances}
    sides |= {span: None for pair in towards for span in pair}
    spans = sorted(sides)
    stances = [
        LabelledStance(a=a, b=b, allowed=frozenset({(towards.get((a, b), 0), towards.get((b, a), 0))}))
        for k, a in enumerate(spans)
        for b in spans[k + 1 :]
    ]
    return Labelled(
        text=marked.text,
        mentions=marked.mentions + nameless,
        types=frozenset(MENTION_TYPES),
        events=events,
        covered=EVERY_TYPE,
        pairs=[(a, r, frozenset(kinds)) for (a, r), kinds in types.items()],
        stances=stances,
    )


OTHERWISE = (
    ("COERCE", "SANCTION", re.compile("sanction|embargo", re.I)),
    ("SUPPORT", "CONCEDE", re.compile("apolog|regret|forg", re.I)),
)
"""Types of CAMEO's tradition that PLOVER's manual has otherwise, and the words that tell."""


def own_pairs(_: Path) -> Iterator[Labelled]:
    """Passages with one event each, typed in the tradition of CAMEO, as PLV is (an embargo is COERCE there)."""
    for path in sorted(OWN.glob("pairs_*.txt")):
        for item in map(of_marks, marked_passages(path)):
            (event,) = item.events
            for cameo, plover, telling in OTHERWISE:
                if event.types == {cameo} and telling.search(item.text):
                    event.types = frozenset({cameo, plover})
            known = frozenset({"actor", "recipient"})
            yield Labelled(text=item.text, pairs=item.pairs, events=[msgspec.structs.replace(event, known=known)])


def plover_types(name: str) -> frozenset[str]:
    """Types of today for a root of PLV, which merges the two ways to yield."""
    return frozenset({"CONCEDE", "RETREAT"} if name == "YIELD" else {name})


def plv(gold: Path) -> Iterator[Labelled]:
    """All but every fifth pair of the train split, which is kept for measuring."""
    for record in plv_fold(gold, held=False):
        source, target = ((side["start"], side["end"]) if side else None for side in (record["source"], record["target"]))
        yield Labelled(text=record["text"], pairs=[(source, target, plover_types(record["plover_root"]))])


def kairos_types(name: str) -> frozenset[str]:
    """PLOVER types for a type of the KAIROS ontology; "" is none."""
    return frozenset(NATURE.get(".".join(name.lower().split(".")[:2]), "").split("|"))


def wikievents(gold: Path) -> Iterator[Labelled]:
    for record in lines_of(gold / "wikievents" / "train.jsonl"):
        yield of_kairos(record)


def of_kairos(record: dict) -> Labelled:
    text, spans = joined(record["tokens"])

    def span(item: dict) -> Span:
        return spans[item["start"]][0], spans[item["end"] - 1][1]

    events = []
    for event in record["events"]:
        if event["trigger"].get("start") is None:
            continue
        roles = [
            (ROLE_OF[a["role"].lower()], span(a))
            for a in event["arguments"]
            if a["role"].lower() in ROLE_OF and a.get("start") is not None
        ]
        types = kairos_types(event["event_type"])
        if any(role == "actor" for role, _ in roles) and "ASSAULT" in types:
            types = frozenset({"ASSAULT"})
        events.append(
            LabelledEvent(
                trigger=span(event["trigger"]),
                types=types,
                roles=roles if types != {""} else None,
                known=frozenset({"actor", "recipient", "place"}),
            )
        )
    return Labelled(text=text, events=events, covered=frozenset({"ASSAULT", "PROTEST"}))


# --- roles and factuality of any verb --------------------------------------------------------------------------------

REAL = frozenset({"happened", "ongoing", "historical"})
UNREAL = frozenset({"planned", "possible", "hypothetical", "denied"})


def statuses_of(value: float) -> frozenset[str] | None:
    """What a factuality on [-3, 3] leaves open: it does not tell a plan from a denial."""
    if value >= 1.5:
        return REAL
    if value <= -1.0:
        return UNREAL
    return UNREAL | {"ongoing"} if value <= 0.5 else None


def ewt(gold: Path) -> Iterator[Labelled]:
    """Web logs and newsgroups, the genres nearest to politics: PropBank roles of verbs, and factuality."""
    for record in lines_of(gold / "ewt" / "train.jsonl"):
        if record["genre"] not in ("weblog", "newsgroup"):
            continue
        offsets = [tuple(o) for o in record["offsets"]]
        events: dict[int, LabelledEvent] = {}
        for predicate in record.get("srl") or ():
            if record["upos"][predicate["pred"]] == "VERB":
                roles, unsure = _propbank_roles(predicate, offsets, record["heads"])
                events[predicate["pred"]] = LabelledEvent(trigger=offsets[predicate["pred"]], roles=roles, unsure=unsure)
        for item in record.get("factuality") or ():
            event = events.setdefault(item["pred"], LabelledEvent(trigger=offsets[item["pred"]]))
            event.statuses = statuses_of(item["ih2"])
        yield Labelled(text=record["text"], events=list(events.values()))


def _propbank_roles(predicate: dict, offsets: list[Span], heads: list[int]) -> tuple[list[tuple[str, Span]], list[Span]]:
    """Roles at the syntactic heads of the arguments; their other words are unsure, and so are possible recipients."""
    roles, unsure = [], []
    for argument in predicate["args"]:
        first, end = argument["start"], argument["end"]
        role = {"ARG0": "actor", "ARGM-LOC": "place", "ARGM-TMP": "time"}.get(argument["role"])
        unsure.append((offsets[first][0], offsets[end - 1][1]))
        if role == "actor":
            head = next((k for k in range(first, end) if not first <= heads[k] - 1 < end), first)
            roles.append((role, offsets[head]))
        elif role and end - first <= 5:
            roles.append((role, unsure.pop()))
    return roles, unsure


def factuality(gold: Path) -> Iterator[Labelled]:
    """MegaVeridicality and MEANTIME, train splits."""
    for name in ("mv2_train", "meantime_train"):
        for record in lines_of(gold / "factuality" / f"{name}.jsonl"):
            text, spans = joined(record["tokens"])
            events = [
                LabelledEvent(trigger=(spans[e["start_tok"]][0], spans[e["end_tok"] - 1][1]), statuses=statuses_of(e["value"]))
                for e in record["events"]
            ]
            yield Labelled(text=text, events=events)


# --- stances ---------------------------------------------------------------------------------------------------------

DSE_STATES = {0: (0, 0), 1: (1, 0), 2: (0, 1), 3: (2, 0), 4: (0, 2)}


def directed_sentiment(gold: Path) -> Iterator[Labelled]:
    """One text for each sentence of the train split that the dev split does not hold too, with all its pairs."""
    folder = gold / "dse_directed_sentiment"
    held = {plain(r["text"]) for r in lines_of(folder / "dev.jsonl")}
    sentences: dict[str, list[LabelledStance]] = {}
    for number, record in enumerate(lines_of(folder / "train.jsonl")):
        if plain(record["text"]) in held:
            continue
        order, state = ("p", "q"), DSE_STATES[record["label"]]
        if number % 2:  # p stands first throughout: nothing shall be learned from the order
            order, state = ("q", "p"), (state[1], state[0])
        a, b = ((record[side]["start"], record[side]["end"]) for side in order)
        stance = LabelledStance(a=a, b=b, allowed=frozenset({state}), among=frozenset(DSE_STATES.values()))
        sentences.setdefault(record["text"], []).append(stance)
    yield from (Labelled(text=text, stances=stances) for text, stances in sentences.items())


SIDES = frozenset({"person", "organisation", "armed_group", "place", "people"})
"""Types of mentions that may be for or against somebody."""


def own_stances(_: Path) -> Iterator[Labelled]:
    """Sentences of our own with names and stances; events are not marked in them. Who is named without a stance has none."""
    for path in sorted(OWN.glob("stances_*.txt")):
        for marked in marked_passages(path):
            towards = {(a, b): STATES[value] for a, b, value in marked.stances}
            sides = sorted({(b, e) for b, e, kind in marked.mentions if kind in SIDES} | {s for pair in towards for s in pair})
            stances = [
                LabelledStance(a=a, b=b, allowed=frozenset({(towards.get((a, b), 0), towards.get((b, a), 0))}))
                for k, a in enumerate(sides)
                for b in sides[k + 1 :]
            ]
            yield Labelled(text=marked.text, mentions=marked.mentions, types=frozenset(MENTION_TYPES), stances=stances)


NEWSMTSC_STATES = {-1: 2, 0: 0, 1: 1}


def target_sentiment(gold: Path) -> Iterator[Labelled]:
    """Sentences of news and how they speak of a person or organisation, whoever speaks."""
    for record in lines_of(gold / "newsmtsc" / "train.jsonl"):
        stances = [
            LabelledStance(
                a=None,
                b=(target["start"], target["end"]),
                allowed=frozenset((NEWSMTSC_STATES[target["polarity"]], back) for back in range(3)),
            )
            for target in record["targets"]
        ]
        yield Labelled(text=record["text"], stances=stances)


# --- texts without labels ---------------------------------------------------------------------------------------------


def ecbplus(gold: Path) -> Iterator[Labelled]:
    for record in lines_of(gold / "ecbplus" / "train.jsonl"):
        yield Labelled(text=record["text"].replace("``", "“").replace("''", "”"))


def muc4(gold: Path) -> Iterator[Labelled]:
    """Reports that were wired in capitals, each paragraph in one line and written as other news is."""
    news = ("polnear", "wikievents", "newsmtsc", "dse_directed_sentiment")
    written = usual_cases(record["text"] for name in news for record in lines_of(gold / name / "train.jsonl"))
    for record in lines_of(gold / "muc4" / "train.jsonl"):
        paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", record["text"]))
        yield Labelled(text="\n".join(recased(paragraph, written) for paragraph in paragraphs if paragraph))


def usual_cases(texts: Iterable[str]) -> dict[str, str]:
    """How each word, in lower case, is mostly written within a sentence."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in re.findall(r"(?<=[a-z,] )[A-Za-z]+", text):
            counts[word.lower()][word] += 1
    return {lower: forms.most_common(1)[0][0] for lower, forms in counts.items()}


def recased(text: str, written: Mapping[str, str]) -> str:
    """A text in capitals as it would be written; words that nobody knows are taken for names."""
    words = re.sub(r"(?<![0-9A-Z'])[A-Z]+", lambda m: written.get(m[0].lower(), m[0].capitalize()), text)
    return re.sub(r"(^|[.!?]\s+|[\]“\"-]\s+)([a-z])", lambda m: m[1] + m[2].upper(), words)


# --- events in the news of other sets ---------------------------------------------------------------------------------


def texts_of(name: str, path: str, read: Callable[[Path], Iterator[Labelled]]) -> Texts:
    """The texts of a set that reads one document after the other, with the ids of its records."""

    def texts(gold: Path) -> Iterator[tuple[str, str]]:
        for record, item in zip(lines_of(gold / name / path), read(gold), strict=True):
            yield record["id"], item.text

    return texts


def own_texts(name: str, path: str) -> Texts:
    """The texts of a set's records as they stand."""
    return lambda gold: ((record["id"], record["text"]) for record in lines_of(gold / name / path))


RUN = 12
"""Sentences of ANERcorp, which knows no articles, that are read as one text."""


def runs_of_sentences(gold: Path) -> Iterator[tuple[str, str]]:
    """Those of ANERcorp that are trained on, from each sentence on."""
    records = list(anercorp_sentences(gold))
    for k, record in enumerate(records):
        yield record["id"], " ".join(token for r in records[k : k + RUN] for token in r["tokens"])


NEWS_TEXTS: Mapping[str, Texts] = MappingProxyType(
    {
        "newswcl50": sentences_of_tokens,
        "polnear": own_texts("polnear", "train.jsonl"),
        "wikievents": texts_of("wikievents", "train.jsonl", wikievents),
        "re3d": own_texts("re3d", "re3d.jsonl"),
        "rusentrel": texts_of("rusentrel", "train.jsonl", rusentrel),
        "muc4": texts_of("muc4", "train.jsonl", muc4),
        "ecbplus": texts_of("ecbplus", "train.jsonl", ecbplus),
        "plv_plover": own_texts("plv_plover", "train.jsonl"),
        "anercorp": runs_of_sentences,
    }
)


def news_events(gold: Path) -> Iterator[Labelled]:
    """Passages of which every event is marked, and neither names nor stances."""
    for marked in news_passages(gold, NEWS_TEXTS):
        yield msgspec.structs.replace(of_marks(marked), mentions=None, types=frozenset(), stances=[])


# --- all of them -----------------------------------------------------------------------------------------------------

SETS: dict[str, GoldSet] = {
    "polnear": GoldSet(
        name="PolNeAR 1.0.0 train",
        what="attributions in US news, English",
        licence="none stated; article texts are copyrighted news",
        read=polnear,
    ),
    "own_attributions": GoldSet(
        name="own passages (train/data/attribution_*)",
        what="attributions in ar, ru, fr, tr, he, fa",
        licence="CC0, written for dragoman",
        read=own_attributions,
    ),
    "own_events": GoldSet(
        name="own passages (train/data/events_*)",
        what="events, statuses, roles, stances and mentions in en, ar, ru, fr, tr, he, fa",
        licence="CC0, written for dragoman",
        read=own_events,
    ),
    "own_long": GoldSet(
        name="own passages (train/data/events_*), eight behind each other",
        what="the same in long texts",
        licence="CC0, written for dragoman",
        read=own_long,
    ),
    "news_events": GoldSet(
        name="news of the sets here, our own marks (train/data/news_events.jsonl)",
        what="events, statuses and roles in en, ru, ar",
        licence="marks CC0, written for dragoman; texts as in their sets",
        read=news_events,
        pruned=True,
    ),
    "own_pairs": GoldSet(
        name="own passages (train/data/pairs_*)",
        what="PLOVER type of marked pairs by CAMEO's codes, English",
        licence="CC0, written for dragoman",
        read=own_pairs,
    ),
    "own_stances": GoldSet(
        name="own passages (train/data/stances_*)",
        what="stances between persons and bodies, English",
        licence="CC0, written for dragoman",
        read=own_stances,
    ),
    "plv": GoldSet(
        name="PLV train, four fifths", what="PLOVER type of marked pairs, English", licence="none stated", read=plv, pruned=True
    ),
    "wikievents": GoldSet(
        name="WikiEvents train",
        what="triggers and roles, types mapped to PLOVER, English",
        licence="MIT (annotation); texts are news",
        read=wikievents,
        pruned=True,
    ),
    "ewt": GoldSet(
        name="EWT train, web logs and newsgroups (PropBank, UDS)",
        what="roles of verbs, factuality, English",
        licence="CC BY-SA 4.0",
        read=ewt,
    ),
    "factuality": GoldSet(
        name="MegaVeridicality and MEANTIME, train",
        what="factuality, English",
        licence="none stated (MegaVeridicality); CC BY 4.0 (MEANTIME)",
        read=factuality,
        pruned=True,
    ),
    "stance": GoldSet(
        name="DSE train, without sentences of dev",
        what="directed sentiment between political entities, English",
        licence="free use with citation",
        read=directed_sentiment,
        pruned=True,
    ),
    "target_sentiment": GoldSet(
        name="NewsMTSC train",
        what="sentiment toward persons and organisations in US news, English",
        licence="MIT (annotation); sentences are news",
        read=target_sentiment,
        pruned=True,
    ),
    "wikigold": GoldSet(
        name="WikiGold, nine tenths", what="person, organisation, place, English", licence="CC BY 4.0", read=wikigold
    ),
    "re3d": GoldSet(
        name="re3d (commercially usable parts, own train split)",
        what="mentions in conflict reporting, English",
        licence="OGL v3, CC BY 3.0 AU, CC BY-SA 3.0, EU notice, public domain",
        read=re3d,
    ),
    "ewt_names": GoldSet(
        name="UNER EWT dev", what="person, organisation, place, English", licence="CC BY-SA 4.0", read=ewt_names
    ),
    "anercorp": GoldSet(
        name="ANERcorp train, nine tenths",
        what="person, organisation, place, Arabic",
        licence="free for research; CC BY-SA 4.0 as re-released by CAMeL",
        read=anercorp,
    ),
    "rusentrel": GoldSet(
        name="RuSentRel train", what="person, organisation, place, Russian (marked by a tagger)", licence="MIT", read=rusentrel
    ),
    "ecbplus": GoldSet(
        name="ECB+ train",
        what="news in English, its labels unused",
        licence="CC BY 3.0; texts are news",
        read=ecbplus,
        pruned=True,
    ),
    "muc4": GoldSet(
        name="MUC-4 train",
        what="reports in English, their labels unused",
        licence="none stated; translations by the US government",
        read=muc4,
        pruned=True,
    ),
}


def all_texts(gold: Path) -> Iterator[str]:
    """Texts whose pieces the pruned vocabulary keeps."""
    for path in sorted(gold.glob("*/*.jsonl")):
        if path.parent.name != "seeds":
            for record in lines_of(path):
                yield record["text"] if "text" in record else " ".join(record.get("tokens", ()))


__all__ = ["SETS", "STATUSES", "GoldSet", "Labelled", "LabelledEvent", "LabelledStance", "all_texts"]
