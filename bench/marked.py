"""Passages of our own with marked mentions, events and stances: ``python -m bench.marked FILE...`` checks them.

A line is ``LANGUAGE<TAB>TEXT`` or ``LANGUAGE<TAB>TEXT<TAB>STANCES``. In the text a mark is ``[words|tags]``; tags, separated by
spaces, are a mention type (``per org place people armed weapon money time title``), the trigger of an event with its number,
PLOVER type and status (``1:ACCUSE:happened``), or a role in the event with that number: ``a1`` actor, ``r1`` recipient, ``p1``
place, ``t1`` time. Marks do not nest. A stance is ``WORDS > WORDS: for`` (or ``against``), of two marks; ``;`` divides stances.
``train/guidelines.md`` says what is marked.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dragoman.reader.labels import EVENT_TYPES
from dragoman.types import STATUSES, Span

MENTION_TAGS = {
    "per": "person",
    "org": "organisation",
    "place": "place",
    "people": "people",
    "armed": "armed_group",
    "weapon": "weapon",
    "money": "money",
    "time": "time",
    "title": "title",
}
ROLE_TAGS = {"a": "actor", "r": "recipient", "p": "place", "t": "time"}
STANCES = {"for": 1, "against": -1}
_MARK = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_ROLE = re.compile(r"([arpt])(\d+)")


class MarkedEvent(NamedTuple):
    """An event: trigger, type, status, and its roles as (role, span)."""

    trigger: Span
    type: str
    status: str
    roles: list[tuple[str, Span]]


class Marked(NamedTuple):
    """A passage with its marks. ``stances``: (from, to, 1 for / -1 against); pairs of ``roles`` not named there are neutral."""

    language: str
    text: str
    mentions: list[tuple[int, int, str]]
    events: list[MarkedEvent]
    stances: list[tuple[Span, Span, int]]


def parse(line: str) -> Marked:
    """The passage of one line; ValueError says what is wrong with it."""
    parts = line.rstrip("\n").split("\t")
    if not 2 <= len(parts) <= 3:
        raise ValueError(f"expected 2 or 3 columns with tabs between them, found {len(parts)}")
    text, at = "", 0
    mentions: list[tuple[int, int, str]] = []
    triggers: dict[str, tuple[Span, str, str]] = {}
    roles: dict[str, list[tuple[str, Span]]] = {}
    words: dict[str, Span] = {}
    for match in _MARK.finditer(parts[1]):
        text += parts[1][at : match.start()]
        at = match.end()
        inner, tags = match.groups()
        span = (len(text), len(text) + len(inner))
        text += inner
        if not inner or inner != inner.strip():
            raise ValueError(f"[{inner}|{tags}]: words are empty or begin or end with a space")
        words.setdefault(inner, span)
        for tag in tags.split():
            if tag in MENTION_TAGS:
                mentions.append((*span, MENTION_TAGS[tag]))
            elif role := _ROLE.fullmatch(tag):
                roles.setdefault(role[2], []).append((ROLE_TAGS[role[1]], span))
            elif tag.count(":") == 2:
                number, kind, status = tag.split(":")
                if kind not in EVENT_TYPES or status not in STATUSES or not number.isdigit() or number in triggers:
                    raise ValueError(f"[{inner}|{tags}]: {tag} is no NUMBER:TYPE:status, or its number stands twice")
                triggers[number] = (span, kind, status)
            else:
                raise ValueError(f"[{inner}|{tags}]: unknown tag {tag}")
    text += parts[1][at:]
    if set("[]|") & set(text):
        raise ValueError("a bracket or bar is left over: marks may not nest")
    if lost := set(roles) - set(triggers):
        raise ValueError(f"roles of events without a trigger: {', '.join(sorted(lost))}")
    stances = []
    for stance in filter(None, (s.strip() for s in parts[2].split(";"))) if len(parts) == 3 else ():
        pair, _, value = stance.rpartition(":")
        source, _, target = (side.strip() for side in pair.partition(">"))
        if value.strip() not in STANCES or source not in words or target not in words:
            raise ValueError(f"stance {stance!r}: expected MARKED WORDS > MARKED WORDS: for|against")
        stances.append((words[source], words[target], STANCES[value.strip()]))
    events = [MarkedEvent(*trigger, roles.get(number, [])) for number, trigger in triggers.items()]
    return Marked(parts[0], text, mentions, events, stances)


def marked_passages(path: Path) -> Iterator[Marked]:
    """The passages of a file; ValueError names the line that is wrong."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield parse(line)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from error


def main() -> None:
    wrong = 0
    for name in sys.argv[1:]:
        types: Counter[str] = Counter()
        for number, line in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                try:
                    marked = parse(line)
                except ValueError as error:
                    print(f"{name}:{number}: {error}", file=sys.stderr)
                    wrong += 1
                    continue
                types.update(e.type for e in marked.events)
                types.update(e.status for e in marked.events)
                types.update(["passages"])
        print(name, dict(types))
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
