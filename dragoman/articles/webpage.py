"""HTML pages: one article through trafilatura, or the posts of an archive page split in the tree.

Runs in a child process (see ``worker``): parsing and extraction of strange pages can take any time and memory.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from dragoman.articles import names
from dragoman.articles.assemble import Draft, draft_between, draft_units
from dragoman.articles.dates import find_dates, parse_date
from dragoman.articles.features import Line, to_lines
from dragoman.articles.heads import read_head_at
from dragoman.articles.lines import Unit, fold
from dragoman.articles.marks import Mark, Part, read_mark
from dragoman.articles.protocol import WebPage
from dragoman.articles.rendition import DEEPEST, Container, Rendition, parse, render
from dragoman.errors import InputError

HEADINGS = ("h1", "h2", "h3", "h4")
MOST_ELEMENTS, MOST_LINKS = 20_000, 2_500
"""Above these trafilatura, which is quadratic on such pages, is not asked; the rendition alone is read."""
DEEPEST_PARSED = 2_000
"""libxml2 drops what is nested deeper than 2,048 elements."""
ENOUGH_PROSE, LITTLE_PROSE = 400, 200
"""Characters of running text that make a post of a container: in one paragraph, and in several."""
LOCATED = 0.6
"""Least share of the extracted text that must be found in the rendition."""


def read_webpage(source: str) -> WebPage:
    """The articles of an HTML page."""
    root = parse(source)
    if root is None:
        return WebPage(text="", drafts=[])
    page = render(root)
    if page.depth >= DEEPEST_PARSED:
        raise InputError(f"elements are nested {DEEPEST_PARSED} deep or more; what lies within cannot be read")
    lines = _lines(page)
    if not lines:
        return WebPage(text=page.text, drafts=[])
    if _is_plain_dump(page):
        return WebPage(text=page.text, drafts=draft_units(page.text, [line.unit for line in lines]))
    posts = _posts(page, lines) or _heading_runs(page, lines)
    if posts:
        site = _site_name(root)
        drafts = [_post_draft(page, lines, post, site) for post in posts]
        return WebPage(text=page.text, drafts=[draft for draft in drafts if draft.pieces])
    draft = _single(root, page, lines)
    return WebPage(text=page.text, drafts=[draft] if draft and draft.pieces else [])


def _lines(page: Rendition) -> list[Line]:
    """A line for each block; where the text gives no mark, the markup's label does."""
    units = [Unit(text=page.text[block.b : block.e], lines=((block.b, block.e),), gap=1) for block in page.blocks]
    lines = []
    for line, block in zip(to_lines(units, order=None), page.blocks, strict=True):
        if line.mark is None and block.label:
            label = block.label
            line = Line(line.unit, Mark(label=label, parts=(Part(label, 0, len(line.unit.text)),)), False)
        elif line.prose and block.tag in HEADINGS:
            line = Line(line.unit, None, False)
        elif line.title_like and block.tag == "p" and len(line.unit.words) > 12:
            line = Line(line.unit, None, True)
        elif line.prose and block.linked > 0.8 * len(line.unit.text) and block.tag not in ("p", "blockquote"):
            line = Line(line.unit, Mark(label="related", parts=(Part("related", 0, len(line.unit.text)),)), False)
        lines.append(line)
    return lines


def _is_plain_dump(page: Rendition) -> bool:
    """Whether the page only wraps plain text."""
    inside = sum(block.e - block.b for block in page.blocks if block.tag == "pre")
    return inside > 0.8 * max(1, len(page.text))


# --- archive pages ---------------------------------------------------------------------------------------------------


def _prose(lines: list[Line], start: int, end: int) -> tuple[int, int]:
    """(characters, paragraphs) of running text in lines[start:end]."""
    sizes = [len(line.unit.text) for line in lines[start:end] if line.prose]
    return sum(sizes), len(sizes)


def _posts(page: Rendition, lines: list[Line]) -> list[Container]:
    """The containers that are posts, if there are several; else none."""
    candidates = []
    for post in page.containers:
        size, paragraphs = _prose(lines, post.start, post.end)
        headed = any(block.tag in HEADINGS for block in page.blocks[post.start : post.end])
        if headed and (size >= ENOUGH_PROSE or (size >= LITTLE_PROSE and paragraphs >= 2)):
            candidates.append(post)
    candidates.sort(key=lambda p: (p.start, -p.end, p.depth))
    inner = _leaves(candidates)
    return inner if len(inner) > 1 else []


def _leaves(candidates: list[Container]) -> list[Container]:
    """Of nested containers the outermost that do not hold several others."""
    kept: list[Container] = []
    n = 0
    while n < len(candidates):
        post = candidates[n]
        inside = [c for c in _within(candidates, n) if (c.start, c.end) != (post.start, post.end)]
        separate, reach = 0, -1
        for c in inside:
            if c.start >= reach:
                separate, reach = separate + 1, c.end
        if separate >= 2:
            n += 1
            continue
        kept.append(_best_credits([post, *inside]))
        while n < len(candidates) and candidates[n].start < post.end:
            n += 1
    return kept


def _within(candidates: list[Container], n: int) -> list[Container]:
    found = []
    for other in candidates[n + 1 : n + 200]:
        if other.start >= candidates[n].end:
            break
        found.append(other)
    return found


def _best_credits(nested: list[Container]) -> Container:
    outer = nested[0]
    return msgspec.structs.replace(
        outer,
        author=next((c.author for c in nested if c.author), None),
        date=next((c.date for c in nested if c.date), None),
    )


def _heading_runs(page: Rendition, lines: list[Line]) -> list[Container]:
    """Posts that stand one under another without containers: headings that are links, or have a date or byline below."""
    for level in ("h1", "h2", "h3"):
        at = [n for n, block in enumerate(page.blocks) if block.tag == level and not block.label]
        if len(at) < 2:
            continue
        runs = [Container(start=b, end=e, depth=0) for b, e in zip(at, [*at[1:], len(lines)], strict=True)]
        told = sum(_told(page, lines, run) for run in runs)
        full = [run for run in runs if _prose(lines, run.start, run.end)[0] >= LITTLE_PROSE]
        if len(full) >= 2 and told >= 0.6 * len(runs):
            return full
    return []


def _told(page: Rendition, lines: list[Line], run: Container) -> bool:
    heading = page.blocks[run.start]
    below = lines[run.start + 1 : min(run.end, run.start + 3)]
    return heading.linked > 0.8 * (heading.e - heading.b) or any(
        line.mark and (line.mark.date or line.mark.author) for line in below
    )


def _site_name(root: Any) -> str | None:
    """The name of the site by its metadata."""
    for meta in root.iter("meta"):
        if meta.get("property") == "og:site_name" and (meta.get("content") or "").strip():
            return names.tidy(meta.get("content"))
    return None


def _post_draft(page: Rendition, lines: list[Line], post: Container, site: str | None) -> Draft:
    """The draft of one post: its first heading is the title."""
    title = next((n for n in range(post.start, post.end) if page.blocks[n].tag in HEADINGS), None)
    head = read_head_at(lines, post.start, post.end, title)
    draft = draft_between(page.text, lines, head, post.end)
    _metadata(draft, author=post.author, date=post.date, outlet=site)
    return draft


def _metadata(draft: Draft, *, author: str | None = None, date: str | None = None, outlet: str | None = None) -> None:
    """Fill in what the markup says and the visible credits do not."""
    if date and (iso := parse_date(date)) and draft.date is None:
        found = find_dates(iso)
        if found:
            draft.date, draft.date_basis = found[0], "metadata"
    if author and draft.author is None:
        mark = read_mark(author)
        name = (mark.author if mark else None) or author
        if names.is_name(name) or ";" in name:
            draft.author = names.tidy(name.replace(";", ","))
    if outlet and draft.outlet and fold(outlet) != fold(draft.outlet):
        draft.republisher = draft.republisher or outlet  # the page credits another outlet as the first
    draft.outlet = draft.outlet or outlet


# --- single articles -------------------------------------------------------------------------------------------------


def _single(root: Any, page: Rendition, lines: list[Line]) -> Draft | None:
    """The one article of a page, by trafilatura where it is safe and finds something, else by the rendition."""
    title_at = _title_block(root, page)
    costly = page.elements > MOST_ELEMENTS or page.links > MOST_LINKS or page.depth > DEEPEST
    extracted = None if costly else _extract(root)
    kept = _located(extracted.text, page) if extracted and extracted.text else None
    if kept is None:
        kept = {n for n, line in enumerate(lines) if line.prose} or _anything(lines, title_at)
    if title_at is not None:
        kept.discard(title_at)
    if not kept:
        return None
    first, last = min(kept), max(kept)
    start = title_at if title_at is not None and title_at < first else first
    chosen = [
        line if n in kept or line.mark or n < first else Line(line.unit, Mark(label="other"), False)
        for n, line in enumerate(lines)
    ]
    chosen = [
        Line(line.unit, None, True) if n in kept and not (line.mark and line.mark.label != "other") else line
        for n, line in enumerate(chosen)
    ]
    head = read_head_at(chosen, start, last + 1, title_at if start == title_at else None)
    draft = draft_between(page.text, chosen, head, last + 1)
    draft.zones = [zone for zone in draft.zones if zone.label != "other"]
    if extracted:
        if draft.title is None and extracted.title:
            draft.title = extracted.title
        _metadata(draft, author=extracted.author, date=extracted.date, outlet=extracted.sitename)
    return draft


def _title_block(root: Any, page: Rendition) -> int | None:
    """The block of the title: the first h1 that the page's <title> confirms, else the first h1, else a confirmed heading."""
    stated = fold((root.findtext(".//title") or "")[:400])
    headings = [(n, block) for n, block in enumerate(page.blocks) if block.tag in HEADINGS[:3] and not block.label]
    agreed = [
        n for n, block in headings if stated and (key := fold(page.text[block.b : block.e])) and len(key) > 8 and key in stated
    ]
    return next(iter(agreed or [n for n, block in headings if block.tag == "h1"]), None)


def _extract(root: Any) -> Any:
    """trafilatura's document, or None."""
    import copy

    import trafilatura
    from trafilatura.meta import reset_caches

    try:
        return trafilatura.bare_extraction(
            copy.deepcopy(root),
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    finally:
        reset_caches()


def _located(text: str, page: Rendition) -> set[int] | None:
    """The blocks that hold the extracted text; None if too little of it is found."""
    wanted = [fold(line) for line in text.split("\n")]
    whole = {key for key in wanted if key}
    joined = "\n".join(wanted)
    kept, found = set(), 0
    for n, block in enumerate(page.blocks):
        key = fold(page.text[block.b : block.e])
        if key and (key in whole or (len(key) >= 60 and key in joined)):
            kept.add(n)
            found += len(key)
    return kept if kept and found >= LOCATED * sum(map(len, whole)) else None


def _anything(lines: list[Line], title_at: int | None) -> set[int]:
    """The unmarked lines of a page without running text."""
    return {n for n, line in enumerate(lines) if line.mark is None and n != title_at and re.search(r"\w", line.unit.text)}
