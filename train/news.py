"""Events that were marked in the news of other sets: ``train/data/news_events.jsonl``.

The texts belong to others and stay in their sets; a line holds where in them a passage stands, a check of its letters, and its
events by offsets in it: ``{"set", "id", "language", "b", "e", "check", "events": [{"trigger", "type", "status", "roles"}]}``.
What is marked: ``train/guidelines.md``.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bench.gold import lines_of
from bench.marked import Marked, MarkedEvent

NEWS = Path(__file__).parent / "data" / "news_events.jsonl"
CHECKED = 12
"""Hexadecimal digits of a passage's hash that its line keeps."""
Texts = Callable[[Path], Iterator[tuple[str, str]]]
"""The (id, text) of the documents of a set of gold."""

_CLOSING = frozenset({",", ".", ";", ":", "!", "?", ")", "]", "%", "’", "”", "'", "..."})
_CLITICS = ("'s", "’s", "n't", "n’t", "'re", "'ve", "'ll", "'d", "’re", "’ve", "’ll", "’d")
_OPENING = frozenset({"(", "[", "“", "‘", "$", "#"})


def prose(tokens: Sequence[str]) -> str:
    """Tokens written as a sentence: blanks where a writer sets them. Straight quotation marks open and close in turn."""
    written, glued, quoted = "", True, False
    for token in tokens:
        if token == '"':
            quoted = not quoted
            written += " " + token if quoted and not glued else token
            glued = quoted
        else:
            near = glued or token in _CLOSING or token.startswith(_CLITICS)
            written += token if near else " " + token
            glued = token in _OPENING
    return written


def sentences_of_tokens(gold: Path) -> Iterator[tuple[str, str]]:
    """NewsWCL50: a sentence a line."""
    for record in lines_of(gold / "newswcl50" / "newswcl50.jsonl"):
        sentences: dict[int, list[str]] = defaultdict(list)
        for token, sentence in zip(record["tokens"], record["sentence_ids"], strict=True):
            sentences[sentence].append(token)
        yield record["id"], "\n".join(map(prose, sentences.values()))


def check_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:CHECKED]


def news_passages(gold: Path, texts: Mapping[str, Texts], path: Path = NEWS) -> Iterator[Marked]:
    """The marked passages, with their texts from the sets of ``gold``, by the name of the set.

    Raises:
        ValueError: a text is not in its set, or is not the one that was marked.
    """
    lines = list(lines_of(path))
    documents = {name: dict(texts[name](gold)) for name in {line["set"] for line in lines}}
    for number, line in enumerate(lines, 1):
        text = documents[line["set"]].get(line["id"], "")[line["b"] : line["e"]]
        if (found := check_of(text)) != line["check"]:
            where = f"{line['set']} {line['id']}, characters {line['b']} to {line['e']}"
            raise ValueError(f"{path}:{number}: expected in {where} a text with check {line['check']}, found {found}")
        events = [
            MarkedEvent(tuple(e["trigger"]), e["type"], e["status"], [(role, (b, end)) for role, b, end in e["roles"]])
            for e in line["events"]
        ]
        yield Marked(line["language"], text, [], events, [])
