"""Through whom a source reaches the reader: the links of the chain between the article's own voice and the source.

Links come from what the sentence says (“told Al-Monitor”, “reported, citing two officials”, “…, according to IRNA”), from a
block that the article quotes from another outlet, from an attribution around this one, and from the article's memory: who
was once relayed by an outlet is taken to be relayed by it further on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.coding import cues
from dragoman.coding.sources import Introductions, Source, trim
from dragoman.types import Span

_PHRASE_END = re.compile(r"[,.;:!?\n،؛–—“”«»\"()]|\s(?:that|who|which|said|says|что|قوله|قولهم|أن|إن|que|qui)\s")
_LEAD = re.compile(r"^(?:The|the|From|In|As|By|According)\s")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")

LONGEST_INTRODUCTION = 25
"""Words that a line which introduces a quoted block may have."""
LONGEST_BLOCK = 20
"""Paragraphs that a quoted block may have if nothing ends it before."""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Paragraphs taken over from another outlet, and the outlet."""

    span: Span
    outlet: Source


def paragraphs_of(text: str) -> list[Span]:
    """(begin, end) of each line that is not blank."""
    return [match.span() for match in _PARAGRAPH.finditer(text)]


def quoted_blocks(text: str, introductions: Introductions) -> list[Block]:
    """Blocks behind lines such as “From the Harbour Dispatch:” or “The Wadi Post has more:”.

    Plain text does not say where such a block ends. It is taken to end before the next line that ends in a colon, before a
    paragraph that names the outlet again, or after LONGEST_BLOCK paragraphs.
    """
    paragraphs = paragraphs_of(text)
    blocks = []
    for number, (b, e) in enumerate(paragraphs):
        outlet = _introduced(text, (b, e), introductions)
        following = paragraphs[number + 1 : number + 1 + LONGEST_BLOCK]
        if outlet is None or not following or text[following[0][0]] in '“«"':
            continue
        end = following[0][1]
        for begin, stop in following[1:]:
            if text[begin:stop].rstrip().endswith(":") or outlet.key in text[begin:stop].casefold():
                break
            end = stop
        blocks.append(Block(span=(following[0][0], end), outlet=outlet))
    return blocks


def _introduced(text: str, line: Span, introductions: Introductions) -> Source | None:
    written = text[line[0] : line[1]].strip()
    if not written.endswith((":", "：")) or len(written.split()) > LONGEST_INTRODUCTION:
        return None
    return _outlet_in(text, line, introductions)


def _outlet_in(text: str, span: Span, introductions: Introductions) -> Source | None:
    """The media outlet that a stretch of text names, if it does."""
    for mention in introductions.inside(span, "organisation"):
        name = text[mention.b : mention.e]
        known = cues.MEDIA_NAMES.search(name)
        if known or cues.MEDIA.search(name):
            return _outlet(known.group() if known else name)
    match = cues.MEDIA_NAMES.search(text, *span) or cues.MEDIA_SHAPE.search(text, *span)
    return _outlet(match.group()) if match else None


def _outlet(written: str) -> Source:
    name = _LEAD.sub("", " ".join(written.split()))
    return Source(name=name, kind="media", key=name.casefold())


class Relays:
    """The relays of an article's attributions, asked for in the order of the text."""

    def __init__(self, text: str, introductions: Introductions) -> None:
        self.text = text
        self.introductions = introductions
        self.blocks = quoted_blocks(text, introductions)
        self._memory: dict[str, tuple[Source, ...]] = {}

    def block_at(self, place: int) -> Block | None:
        """The quoted block around a place in the text."""
        return next((block for block in self.blocks if block.span[0] <= place < block.span[1]), None)

    def resolve(
        self, source: Source, *, span: Span | None, cue: Span | None, content: Sequence[Span], sentence: Span
    ) -> tuple[tuple[Source, ...], Source]:
        """(relays, outermost first; innermost source) of an attribution in ``sentence``, whose source stands at ``span``."""
        place = cue[0] if cue else content[0][0] if content else sentence[0]
        block = self.block_at(place)
        outer = (block.outlet,) if block and block.outlet.key != source.key else ()
        relays, inner = self._within(source, span) or self._said(source, cue, content, sentence)
        if not relays and inner.key in self._memory:
            relays = self._memory[inner.key]
        elif relays and inner.key:
            self._memory[inner.key] = relays
        known = {s.key for s in outer}
        return (*outer, *(r for r in relays if r.key not in known)), inner

    def _within(self, source: Source, span: Span | None) -> tuple[tuple[Source, ...], Source] | None:
        """“Coastal media, citing two officials,” as one source span: the outlet and whom it cites."""
        match = cues.CITING.search(self.text, *span) if span and source.kind == "media" else None
        if not span or not match or match.start() == span[0]:
            return None
        outlet, cited = trim(self.text, (span[0], match.start())), trim(self.text, (match.end(), span[1]))
        if cited[0] >= cited[1]:
            return None
        return (self.introductions.source(outlet),), self.introductions.source(cited)

    def _said(
        self, source: Source, cue: Span | None, content: Sequence[Span], sentence: Span
    ) -> tuple[tuple[Source, ...], Source]:
        """Relays that the sentence itself states."""
        quoted = self._quoted_by(source, cue, sentence)
        if quoted:
            return (source,), quoted
        cited = self._phrase_after(cues.CITING, cue, content, sentence)
        if cited and cited.key != source.key:
            if source.kind == "media":
                return (source,), cited
            if cited.kind == "media":
                return (cited,), source
        hearer = self._hearer(cue, content, sentence)
        if hearer and hearer.key != source.key:
            return (hearer,), source
        return (), source

    def _quoted_by(self, source: Source, cue: Span | None, sentence: Span) -> Source | None:
        """Who was “quoted by” or “cited by” an outlet: the person named before the cue."""
        if source.kind != "media" or cue is None or not cues.QUOTED_BY.search(self.text, *cue):
            return None
        people = self.introductions.inside((sentence[0], cue[0]), "person")
        return self.introductions.source((people[-1].b, people[-1].e)) if people else None

    def _phrase_after(
        self, pattern: re.Pattern[str], cue: Span | None, content: Sequence[Span], sentence: Span
    ) -> Source | None:
        """The source named behind a citing phrase of the sentence that is not the attribution's own cue or in its content."""
        for match in pattern.finditer(self.text, *sentence):
            begin = match.end()
            own = cue is not None and match.start() <= cue[0] < match.end()
            if own or any(b <= match.start() < e for b, e in content):
                continue
            stop = _PHRASE_END.search(self.text, begin + 1, sentence[1])
            span = trim(self.text, (begin, stop.start() if stop else sentence[1]))
            if span[0] < span[1] and len(self.text[slice(*span)].split()) <= 12:
                outlet = _outlet_in(self.text, span, self.introductions)
                return outlet or self.introductions.source(span)
        return None

    def _hearer(self, cue: Span | None, content: Sequence[Span], sentence: Span) -> Source | None:
        """The outlet that a source spoke to: “told Al-Monitor that …”, “in an interview with the Wadi Post”."""
        for match in cues.TOLD.finditer(self.text, *sentence):
            if any(b <= match.start() < e for b, e in content):
                continue
            stop = _PHRASE_END.search(self.text, match.end() + 1, sentence[1])
            end = min([stop.start() if stop else sentence[1], *(b for b, _ in content if b > match.end())])
            outlet = _outlet_in(self.text, (match.end(), end), self.introductions)
            if outlet and (cue is None or match.start() >= cue[0] - 200):
                return outlet
        return None
