"""Sentences with their actors taken out: each is one sign of its own, so that patterns of words see who stands where.

Signs are of the Unicode private use area. Quotation marks are left out, and apostrophes and dashes are made alike: a frame is
for finding, its offsets lead back to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dragoman.coding.bloc_words import HEADS
from dragoman.types import Actor, CastMember, Naming, Span

RANGES = {"actor": (0xE000, 0xEFFF), "weak": (0xF000, 0xF1FF), "own": (0xF200, 0xF3FF), "bloc": (0xF400, 0xF8FF)}
"""Signs by class: ``weak`` for nouns that refer back (“the country”), ``own`` for “its”, ``bloc`` for blocs with a name."""
SIGN = "[\ue000-\uf1ff\uf400-\uf8ff]"
ANY_SIGN = "[\ue000-\uf8ff]"
STRONG = "\ue000-\uefff\uf200-\uf8ff"
OWN_SIGN = "[\uf200-\uf3ff]"
BLOC_SIGN = "[\uf400-\uf8ff]"
GLUED_AND = "وו"
"""The “and” of Arabic and Hebrew, which is written together with the word that follows it."""
OWN = frozenset(("its", "his", "her", "their", "whose", "sa", "son", "ses", "leur", "leurs", "его", "ее", "её", "их"))
_MARKS = re.compile(r"[“”\"„«»\[\]]|[’‘ʼ]|[–—]|[\u00a0\n\t]| {2,}")
_PAIR = re.compile(
    r"\b(?:the|these|both|between the) (?:two )?(?:countries|states|nations|sides|neighbou?rs|governments|leaders|presidents)\b"
    r"|\bles deux (?:pays|États|parties)\b|\bобе (?:страны|стороны)\b|البلدين|البلدان|الطرفين|الجانبين|\biki ülke\b|دو کشور",
    re.IGNORECASE,
)
NAMED_BLOCS = frozenset(("alliance", "bloc", "international"))
"""Kinds of actors that have members."""
NAMES_WITH_HEADS = NAMED_BLOCS | {"party", "armed group"}
_HEAD = re.compile(rf"\b{HEADS}$", re.IGNORECASE)
_TWO = re.compile(r"\b(?:two|both|between)\b|deux|обе|iki|دو|ين\b|ان\b", re.IGNORECASE)


class Slot(NamedTuple):
    """What one sign of a frame stands for: several actors for “the two countries”."""

    span: Span
    actors: tuple[Actor, ...]
    form: str
    bloc: bool = False


class Frame:
    """One sentence of the text from ``b`` to ``e`` with signs for its actors."""

    def __init__(self, text: str, sentence: Span, slots: Sequence[Slot]) -> None:
        self.sentence = sentence
        self.slots = dict(_signed(text, slots))
        self.source = text
        self._at: list[int] = []  # offsets in the frame at which a piece of text begins
        self._from: list[int] = []  # the same offsets in the text
        pieces: list[str] = []
        self._length = 0
        at = sentence[0]
        for sign, slot in self.slots.items():
            glued = pieces and pieces[-1] in self.slots and text[at : slot.span[0]] == " " and text[slot.span[0]] in GLUED_AND
            if glued:
                self._add(pieces, " و ", at)
            else:
                self._add_text(pieces, at, slot.span[0])
            self._add(pieces, sign, slot.span[0])
            at = slot.span[1]
        self._add_text(pieces, at, sentence[1])
        self.text = "".join(pieces)

    def _add_text(self, pieces: list[str], b: int, e: int) -> None:
        at = b
        for mark in _MARKS.finditer(self.source, b, e):
            self._add(pieces, self.source[at : mark.start()], at)
            self._add(pieces, _plain(mark.group()), mark.start())
            at = mark.end()
        self._add(pieces, self.source[at:e], at)

    def _add(self, pieces: list[str], piece: str, at: int) -> None:
        if piece:
            self._at.append(self._length)
            self._from.append(at)
            pieces.append(piece)
            self._length += len(piece)

    def span(self, b: int, e: int) -> Span:
        """The span of the text that the frame's characters from ``b`` to ``e`` stand for."""
        return self._offset(b), self._end(e)

    def _offset(self, place: int) -> int:
        number = bisect_right(self._at, place) - 1
        return self._from[number] + place - self._at[number]

    def _end(self, place: int) -> int:
        sign = self.slots.get(self.text[place - 1])
        return sign.span[1] if sign else self._offset(place - 1) + 1

    def named(self, text: str) -> list[Slot]:
        """The slots whose signs stand in a piece of the frame, in order."""
        return [self.slots[sign] for sign in text if sign in self.slots]


def reframed(frame: Frame, blocs: Sequence[Slot]) -> Frame:
    """The frame with the names of blocs in the place of the actors that stand in them."""
    apart = [s for s in frame.slots.values() if not any(s.span[0] < b.span[1] and b.span[0] < s.span[1] for b in blocs)]
    return Frame(frame.source, frame.sentence, sorted([*apart, *blocs]))


def _signed(text: str, slots: Sequence[Slot]) -> Iterator[tuple[str, Slot]]:
    """Each slot with a sign of its class; those for which no sign is left are passed over."""
    next_sign = {name: first for name, (first, _) in RANGES.items()}
    for slot in slots:
        name = _class(text[slice(*slot.span)], slot)
        if next_sign[name] <= RANGES[name][1]:
            yield chr(next_sign[name]), slot
            next_sign[name] += 1


def _class(words: str, slot: Slot) -> str:
    if slot.bloc:
        return "bloc"
    if words.casefold() in OWN:
        return "own"
    return "weak" if slot.form == "reference" and " " in words and len(slot.actors) == 1 else "actor"


def _plain(mark: str) -> str:
    if mark in "’‘ʼ":
        return "'"
    if mark in "–—":
        return "–"
    return " " if mark.isspace() else ""


def frames_of(text: str, sentences: Sequence[Span], cast: Sequence[CastMember]) -> Iterator[Frame]:
    """A frame for each sentence in which an actor is named or meant."""
    namings = sorted((n for member in cast for n in member.namings), key=lambda naming: naming.span)
    begins = [naming.span[0] for naming in namings]
    kinds = {member.actor.id: member.kind for member in cast}
    for sentence in sentences:
        inside = namings[bisect_left(begins, sentence[0]) : bisect_left(begins, sentence[1])]
        slots = [
            Slot(n.span, (n.actor,), n.form, n.form == "name" and kinds.get(n.actor.id) in NAMED_BLOCS)
            for n in inside
            if n.span[1] <= sentence[1] and not _is_bloc(text, n, kinds)
        ]
        slots += _pairs(text, sentence, slots, namings, bisect_left(begins, sentence[0]), kinds)
        if slots:
            yield Frame(text, sentence, sorted(slots))


def _is_bloc(text: str, naming: Naming, kinds: Mapping[str, str]) -> bool:
    """Whether the words are a noun for a bloc, “the coalition”, and no name that is known: its words are wanted in full."""
    return kinds.get(naming.actor.id) not in NAMES_WITH_HEADS and _HEAD.search(text, *naming.span) is not None


def _pairs(
    text: str, sentence: Span, slots: Sequence[Slot], namings: Sequence[Naming], first: int, kinds: Mapping[str, str]
) -> Iterator[Slot]:
    """“The two countries” and their like: the two last told states, or for leaders persons."""
    for found in _PAIR.finditer(text, *sentence):
        if any(slot.span[0] < found.end() and found.start() < slot.span[1] for slot in slots):
            continue
        if not _TWO.search(found.group()) and not found.group().lower().endswith("the countries"):
            continue
        kind = "person" if re.search("leaders|presidents", found.group(), re.IGNORECASE) else "state"
        told = [n.actor for n in namings[max(0, first - 12) : first]] + [
            s.actors[0] for s in slots if s.span[1] <= found.start()
        ]
        last = list({a.id: a for a in reversed(told) if kinds.get(a.id) == kind}.values())[:2]
        if len(last) == 2:
            yield Slot(found.span(), (last[1], last[0]), "reference")
