"""From heads to drafts of articles: what is text, what is a zone, and what the credits say."""

from __future__ import annotations

import re
from itertools import zip_longest

import msgspec

from dragoman.articles import names
from dragoman.articles.boilerplate import closes
from dragoman.articles.dates import FoundDate, find_dates, page_order
from dragoman.articles.features import Line, to_lines
from dragoman.articles.heads import Head, find_heads, is_image_name
from dragoman.articles.lines import Unit, fold, main_script, read_units
from dragoman.articles.marks import Mark
from dragoman.types import Span, Zone

_PLACE = r"[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я .,’'/-]{2,40}?"
_DASH = r"\s*[–—-]{1,2}\s+"
_OPENING = re.compile(rf"(?:{_PLACE},?\s+)?(?P<date>@)?,?\s*(?:[“\"«(](?P<outlet>[^“”\"«»()\n]{{2,60}})[”\"»)]\s*)?{_DASH}")
_TITLE_LABEL = re.compile(
    r"(?:title|headline|العنوان|заголовок|titre|título|titel|başlık|כותרת|عنوان)\s*:\s+(?=\S)", re.IGNORECASE
)
_SIGNED = re.compile(r"[–—-]{1,2}\s*(?P<name>[^\W\d].{3,60})")
RUNNING = 120
"""Characters of a paragraph that, under `Related …`, is taken for text again and not for a teaser."""


class Draft(msgspec.Struct, kw_only=True):
    """An article in the making. ``pieces`` are its paragraphs, each a list of page spans that a space joins."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    republisher: str | None = None
    translator: str | None = None
    date: FoundDate | None = None
    date_basis: str | None = None
    titles: list[str] = []
    other_title: str | None = None
    pieces: list[list[Span]] = []
    zones: list[Zone] = []
    strays: list[tuple[str, Span]] = []
    script: str | None = None


def draft_articles(text: str) -> list[Draft]:
    """The articles of a page of text. Linear in the page."""
    return draft_units(text, read_units(text))


def draft_units(text: str, units: list[Unit]) -> list[Draft]:
    """The articles of a page that is cut into units already."""
    order = page_order(unit.text for unit in units if len(unit.text) <= 200)
    lines = to_lines(units, order=order)
    heads = find_heads(lines)
    drafts = []
    for head, following in zip_longest(heads, heads[1:]):
        end = following.start - len(following.strays) if following else len(lines)
        draft = draft_between(text, lines, head, end, order=order)
        if following:
            _keep_strays(text, lines, following, draft)
        drafts.append(draft)
    if not heads:
        drafts = _without_prose(text, lines)
    _adopt_titles(drafts)
    return [draft for draft in drafts if draft.pieces]


def _without_prose(text: str, lines: list[Line]) -> list[Draft]:
    """A page of short lines only: one article of those that are not boilerplate."""
    draft = Draft(titles=[], pieces=[], zones=[], strays=[])
    for line in lines:
        if line.title_like:
            draft.pieces.append(list(line.unit.lines))
        elif line.mark and line.label != "separator":
            draft.zones += _line_zones(text, line)
            _credit(draft, line.mark, "byline")
    return [draft]


def _zone(text: str, label: str, b: int, e: int) -> Zone:
    return Zone(label=label, b=b, e=e, text=text[b:e])


def _line_zones(text: str, line: Line, label: str | None = None) -> list[Zone]:
    """The zones of a line: its parts, or all of it under one label."""
    b, e = line.unit.b, line.unit.e
    mark = line.mark
    if label or not mark or not mark.parts or len(line.unit.lines) > 1:
        return [_zone(text, label or (mark.label if mark else "other"), b, e)]
    return [_zone(text, part.label, b + part.b, b + part.e) for part in mark.parts]


def draft_between(text: str, lines: list[Line], head: Head, end: int, *, order: str | None = None) -> Draft:
    """The draft of the article that ``head`` begins and that ends before line ``end``."""
    draft = Draft(titles=[], pieces=[], zones=[], strays=[])
    for k in range(head.start, head.body):
        line = lines[k]
        if k in head.variants:
            draft.titles.append(line.unit.text)
            draft.zones += _line_zones(text, line, "title")
        else:
            draft.zones += _line_zones(text, line, head.labels.get(k))
            _credit(draft, line.mark, "byline")
    if head.title is not None:
        draft.title = _title(lines[head.title])
    draft.author = draft.author or head.author
    draft.outlet = draft.outlet or head.outlet
    _body(text, lines, head.body, end, draft, order)
    if draft.date is None and draft.title:
        dated = [hit for hit in find_dates(draft.title, order=order) if hit.day]
        if len(dated) == 1:
            draft.date, draft.date_basis = dated[0], "title"
    return draft


def _title(line: Line) -> str:
    text = re.sub(r"^#{1,6}\s+|\s+#+$", "", line.unit.text)
    text = _TITLE_LABEL.sub("", text)
    return " ".join(text.strip("*_= \t").split())


def _credit(draft: Draft, mark: Mark | None, basis: str) -> None:
    """Take over what a mark says and is not known yet."""
    if mark is None:
        return
    if draft.date is None and mark.date is not None:
        draft.date, draft.date_basis = mark.date, basis
    draft.translator = draft.translator or mark.translator
    draft.republisher = draft.republisher or mark.republisher
    draft.other_title = draft.other_title or mark.other_title
    if mark.label in ("source_note", "byline") and mark.outlet and draft.outlet and fold(mark.outlet) != fold(draft.outlet):
        if mark.label == "source_note":  # who published first is the outlet; who is named in the head reprinted it
            draft.republisher, draft.outlet = draft.republisher or draft.outlet, mark.outlet
    else:
        draft.outlet = draft.outlet or mark.outlet
    draft.author = draft.author or mark.author


def _body(text: str, lines: list[Line], start: int, end: int, draft: Draft, order: str | None) -> None:
    """Paragraphs and zones of lines[start:end]."""
    last = max((k for k in range(start, end) if lines[k].prose), default=start - 1)
    closing: str | None = None
    for k in range(start, end):
        line = lines[k]
        if line.label == "separator":
            continue
        if (
            line.mark
            and not (line.label == "section" and k < last)
            and not (line.label == "dateline" and k < last and draft.pieces)
        ):
            draft.zones += _line_zones(text, line)
            _credit(draft, line.mark, "dateline" if line.label == "dateline" else "byline")
            closing = line.label if closes(line.label) else closing
            continue
        if closing and (not line.prose or len(line.unit.text) < RUNNING):
            draft.zones += _line_zones(text, line, closing)
            continue
        closing = None
        if line.title_like and _is_tail(line, k, last, draft, text):
            continue
        if is_image_name(line) and k < last:
            draft.zones += _line_zones(text, line, "caption")
            continue
        spans = list(line.unit.lines)
        if not draft.pieces and line.prose:
            spans[0] = _opening(text, spans[0], draft, order)
        draft.pieces.append(spans)
        draft.script = draft.script or line.unit.script


def _is_tail(line: Line, k: int, last: int, draft: Draft, text: str) -> bool:
    """A short line under the text that signs it (zone byline) or tells of its author (zone bio)."""
    if k < last or not draft.pieces:
        return False
    content = line.unit.text
    signed = _SIGNED.fullmatch(content)
    name = (signed["name"] if signed else content).strip()
    if draft.author and fold(content).startswith(fold(draft.author)):
        draft.zones += _line_zones(text, line, "bio")
        return True
    if names.is_person(name) or (signed and names.is_name(name)):
        draft.author = draft.author or names.tidy(name)
        draft.zones += _line_zones(text, line, "byline")
        return True
    return False


def _opening(text: str, span: Span, draft: Draft, order: str | None) -> Span:
    """Cut `April 3, 2019 “Outlet” –` or `CITY (Agency) —` off the first paragraph; a city alone stays."""
    b, e = span
    start = text[b : min(e, b + 160)]
    dates = [hit for hit in find_dates(start, order=order) if hit.b <= 45]
    date = dates[0] if dates else None
    flat = start if date is None else start[: date.b] + "@" + start[date.e :]
    match = _OPENING.match(flat)
    if not match or not (match["date"] or match["outlet"]) or (match["date"] and date is None):
        return span
    shift = date.e - date.b - 1 if date and match["date"] else 0
    if date and match["date"]:
        draft.zones.append(_zone(text, "dateline", b, b + date.e))
        if draft.date is None:
            draft.date, draft.date_basis = date, "dateline"
    if match["outlet"]:
        at = b + match.start("outlet") + shift
        name = match["outlet"].strip()
        # `CITY (Agency) —` names who reports; `April 3 “Outlet” –` under a byline, who took it over
        first = draft.outlet is None and (draft.author is None or text[at - 1] == "(")
        draft.zones.append(_zone(text, "outlet" if first else "republisher", at - 1, at + len(match["outlet"]) + 1))
        if first or names.is_agency(name):
            draft.outlet = draft.outlet or name
        else:
            draft.republisher = name
    return b + match.end() + shift, e


def _keep_strays(text: str, lines: list[Line], head: Head, draft: Draft) -> None:
    """Short lines between two articles are links of the first; one of them may be the lost title of another."""
    for k in head.strays:
        line = lines[k]
        draft.zones += _line_zones(text, line, "related")
        draft.strays.append((_title(line), (line.unit.b, line.unit.e)))


def _adopt_titles(drafts: list[Draft]) -> None:
    """A text without title takes the last short line above it on the page that no text has claimed and that fits its script."""
    loose: list[tuple[str, Span, Draft]] = []
    for draft in drafts:
        if draft.title is None and draft.pieces and loose:
            for n in range(len(loose) - 1, -1, -1):
                title, span, owner = loose[n]
                if main_script(title) == draft.script and len(title.split()) >= 4:
                    draft.title = title
                    zone = next(z for z in owner.zones if (z.b, z.e) == span)
                    owner.zones.remove(zone)
                    draft.zones.insert(0, msgspec.structs.replace(zone, label="title"))
                    del loose[n]
                    break
        loose += [(title, span, draft) for title, span in draft.strays]
