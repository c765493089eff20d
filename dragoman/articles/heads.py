"""Where the articles of a page begin, and what stands above their text: title, its variants, credits, captions."""

from __future__ import annotations

import re

import msgspec

from dragoman.articles import names
from dragoman.articles.boilerplate import closes
from dragoman.articles.features import (
    CREDITS,
    LOOK_AHEAD,
    MARKS_OF_A_TITLE,
    TRAILERS,
    Line,
    PageShape,
    case_of,
    features,
    page_shape,
    score,
    similar,
)
from dragoman.articles.lines import main_script

ENOUGH_LETTERS = 80
"""Letters of a paragraph from which a change of script between paragraphs is telling."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The lines above one article's text, by index: lines[start:body]; the text begins at ``body``.

    ``labels`` gives the zone label of each of them that is neither title nor labelled by its mark. ``strays`` are short lines
    just above ``start`` that belong to the article before, or to none.
    """

    start: int
    body: int
    title: int | None
    variants: tuple[int, ...] = ()
    labels: dict[int, str] = {}
    strays: tuple[int, ...] = ()
    author: str | None = None
    outlet: str | None = None


def find_heads(lines: list[Line]) -> list[Head]:
    """The heads of a page in order. Text above the first one makes a head without title. Linear in the page."""
    shape = page_shape(lines)
    starts = _walk(lines, shape)
    marked = [any(has.get(name) for name in MARKS_OF_A_TITLE) for _, has in starts[1:]]
    strong = [has for (_, has), mark in zip(starts[1:], marked, strict=True) if mark]
    titles = sum(1 for line in lines if line.title_like)
    if titles:
        lone = not strong
        first = case_of(lines[starts[0][0]].unit) if starts else None
        shape = msgspec.structs.replace(
            shape, lone=lone, first=first, marked=len(strong) >= 3 and len(strong) >= 0.6 * len(marked)
        )
        if shape.lone or shape.marked:
            starts = _walk(lines, shape)
    return _heads(lines, [i for i, _ in starts], shape.bodies)


def _walk(lines: list[Line], shape: PageShape) -> list[tuple[int, dict[str, float]]]:
    """The lines that begin an article, with their features; each search goes on below the head that was found."""
    found: list[tuple[int, dict[str, float]]] = []
    body_above, i = -1, 0
    while i < len(lines):
        line = lines[i]
        if line.prose:
            body_above = max(body_above, 0) + len(line.unit.text)
        elif _turns(lines, i):
            found.append((i, {"bias": 0.0}))
            body_above = 0
        else:
            has = features(lines, i, shape=shape, body_above=body_above)
            if has is not None and score(has) >= 0:
                found.append((i, has))
                i, body_above = shape.bodies[i] or i + 1, 0
                continue
        i += 1
    return found


def _turns(lines: list[Line], i: int) -> bool:
    """A date alone, where the script of the text changes: an article whose title was lost, or stands elsewhere on the page."""
    if lines[i].label != "dateline" or not 0 < i < len(lines) - 1:
        return False
    above, below = lines[i - 1], lines[i + 1]
    return (
        above.prose
        and below.prose
        and min(len(above.unit.text), len(below.unit.text)) >= ENOUGH_LETTERS
        and above.unit.script != below.unit.script
    )


def _heads(lines: list[Line], starts: list[int], bodies: list[int | None]) -> list[Head]:
    heads: list[Head] = []
    first = next((i for i, line in enumerate(lines) if line.prose), None)
    if first is not None and (not starts or starts[0] > first):
        heads.append(_untitled(lines, 0, first))
    for i in starts:
        if lines[i].label == "dateline":
            heads.append(Head(start=i, body=i + 1, title=None))
        else:
            heads.append(_read_head(lines, i, bodies, heads[-1] if heads else None, masthead=not heads and len(starts) > 1))
    return heads


def _untitled(lines: list[Line], start: int, body: int) -> Head:
    """The head of a text without title: credits only."""
    author, outlet, labels = _bare_names(lines, list(range(start, body)), credited=False)
    return Head(start=start, body=body, title=None, labels=labels, author=author, outlet=outlet)


def _read_head(lines: list[Line], i: int, bodies: list[int | None], before: Head | None, *, masthead: bool) -> Head:
    """The head that begins with line i; over the first of several articles (``masthead``) the name of the site may stand."""
    text = bodies[i] or i + 1  # a line without text below has no features, and begins no head
    inside = list(range(i, text))
    first_bonus = 0.5 if masthead else 1.5
    title = _choose_title(lines, inside, after_related=_below_related(lines, i), body=text, first_bonus=first_bonus)
    variants = [k for k in inside if k == title or (lines[k].title_like and similar(lines[k].unit, lines[title].unit))]
    variants += _late_variant(lines, inside, title, variants)
    strays = tuple(k for k in inside if k < variants[0] and lines[k].title_like and not _is_kicker(lines[k]))
    start = (strays[-1] + 1) if strays else _with_credits_above(lines, i, text, before)
    rest = [k for k in range(max(start, variants[0] if strays else start), text) if k not in variants]
    credited = any(mark.author for k in rest if (mark := lines[k].mark))
    author, outlet, labels = _bare_names(lines, rest, credited=credited)
    last_known = max([*variants, *labels, *(k for k in rest if lines[k].mark)])
    for k in rest:
        if lines[k].title_like and k not in labels:
            if k < variants[0]:
                labels[k] = "section"
            elif k < last_known:
                labels[k] = "caption" if _is_image_name(lines[k]) else "deck"
    body = last_known + 1
    return Head(
        start=start,
        body=body,
        title=title,
        variants=tuple(sorted(variants)),
        labels=labels,
        strays=strays,
        author=author,
        outlet=outlet,
    )


def read_head_at(lines: list[Line], start: int, end: int, title: int | None) -> Head:
    """The head of lines[start:end] whose title line is known, as in a post of a web page; None if it has none."""
    text = next((k for k in range(start if title is None else title + 1, end) if lines[k].prose), end)
    variants = [] if title is None else [title]
    variants += [
        k
        for k in range(start, text)
        if title not in (None, k) and lines[k].title_like and similar(lines[k].unit, lines[title or 0].unit)
    ]
    rest = [k for k in range(start, text) if k not in variants]
    credited = any(mark.author for k in rest if (mark := lines[k].mark))
    author, outlet, labels = _bare_names(lines, rest, credited=credited)
    last = max([*variants, *labels, *(k for k in rest if lines[k].mark)], default=start - 1)
    labels |= {
        k: "section" if title is not None and k < title else "deck"
        for k in rest
        if k < last and lines[k].title_like and k not in labels
    }
    return Head(
        start=start, body=last + 1, title=title, variants=tuple(sorted(variants)), labels=labels, author=author, outlet=outlet
    )


def _below_related(lines: list[Line], i: int) -> bool:
    """Whether the lines from i on may still be links under `Related Articles`."""
    return i > 0 and closes(lines[i - 1].label)


def _choose_title(lines: list[Line], inside: list[int], *, after_related: bool, body: int, first_bonus: float) -> int:
    """Which of the short lines of a head is the title: repeated, in the script of the text, first (or, under links, last)."""
    candidates = [k for k in inside if lines[k].title_like]
    marks = [k for k in inside if lines[k].label in CREDITS]
    top = [k for k in candidates if not marks or k < marks[-1]] or candidates
    keys: dict[str, int] = {}
    for k in candidates:
        keys[lines[k].unit.key] = keys.get(lines[k].unit.key, 0) + 1

    def worth(k: int) -> float:
        unit = lines[k].unit
        return (
            3.0 * (keys[unit.key] > 1)
            + 2.0 * any(similar(unit, lines[j].unit) for j in candidates if j != k)
            + 2.0 * (unit.script == lines[body].unit.script)
            + 0.15 * min(len(unit.words), 10)
            + (1.5 * (k == top[-1]) if after_related else first_bonus * (k == top[0]))
            + 0.5 * (not unit.all_caps)
            - 2.5 * names.is_outlet(unit.text)
            - 1.5 * (names.is_person(unit.text) and len(candidates) > 1 and k != top[0])
        )

    best = max(top, key=lambda k: (worth(k), -k))
    same = [k for k in candidates if similar(lines[k].unit, lines[best].unit)]
    return max(same, key=lambda k: (_variant_worth(lines, k, body), k))


def _variant_worth(lines: list[Line], k: int, body: int) -> tuple[bool, bool, bool]:
    """Of variants: mixed case before capitals, one script before two, well-paired quotes before broken ones."""
    unit = lines[k].unit
    mixed = len({"arabic", "hebrew", "cyrillic", "latin"} & {s for s in (main_script(w) for w in unit.words) if s}) > 1
    return (not mixed, not unit.all_caps, not re.search(r"\w[”“\"]\w", unit.text))


def _late_variant(lines: list[Line], inside: list[int], title: int, variants: list[int]) -> list[int]:
    """A second headline under the credits, last above the text, that shares much with the first: that of the outlet copied."""
    k = inside[-1]
    if k in variants or not lines[k].title_like or not any(lines[j].mark for j in inside if title < j < k):
        return []
    unit = lines[k].unit
    ours, other = set(lines[title].unit.key.split()), set(unit.key.split())
    return [k] if len(unit.words) >= 6 and len(ours & other) >= max(4, 0.4 * min(len(ours), len(other))) else []


def _is_kicker(line: Line) -> bool:
    """A word or two in capitals over a title: a section, no title of its own."""
    return len(line.unit.words) <= 2 and line.unit.all_caps


def _with_credits_above(lines: list[Line], i: int, body: int, before: Head | None) -> int:
    """The head's first line: credits above the title belong to it if it lacks them and the article before has its own."""
    has_date = any(line.mark and line.mark.date for line in lines[i:body])
    has_author = any(line.mark and line.mark.author for line in lines[i:body])
    start = i
    while start > 0 and i - start < 3:
        line = lines[start - 1]
        mark = line.mark
        if mark is None or mark.label not in CREDITS | {"section", "separator"} or (before and start - 1 < before.body):
            break
        if mark.label == "separator" and (start < 2 or lines[start - 2].label not in CREDITS):
            break
        if mark.label != "section" and ((mark.date and has_date) or (mark.author and has_author)):
            break
        if before and mark.date and not any(x.mark and x.mark.date for x in lines[before.start : before.body]):
            break
        if (
            before
            and mark.author
            and not before.author
            and not any(x.mark and x.mark.author for x in lines[before.start : before.body])
        ):
            break
        start -= 1
    return start


def _bare_names(lines: list[Line], rest: list[int], *, credited: bool) -> tuple[str | None, str | None, dict[int, str]]:
    """Author and outlet that stand in a head as bare names, with the labels of their lines."""
    author = outlet = None
    labels: dict[int, str] = {}
    for k in rest:
        if not lines[k].title_like:
            continue
        text = lines[k].unit.text
        both = names.person_and_outlet(text) if author is None and not credited else None
        if both:
            author, outlet, labels[k] = both[0], outlet or both[1], "byline"
        elif outlet is None and names.is_outlet(text):
            outlet, labels[k] = names.tidy(text), "outlet"
        elif author is None and not credited and names.is_person(text):
            author, labels[k] = names.tidy(text), "byline"
        elif _is_image_name(lines[k]):
            labels[k] = "caption"
    return author, outlet, labels


def _is_image_name(line: Line) -> bool:
    """`syriamap`, `img_2034.jpg`: what an image leaves in a text scrape."""
    return bool(re.fullmatch(r"[a-z][a-z0-9_%-]{3,}|[\w.%-]+\.(?:jpe?g|png|gif|webp)", line.unit.text))


def is_image_name(line: Line) -> bool:
    """As `_is_image_name`, for the lines between paragraphs."""
    return line.title_like and _is_image_name(line)


def is_trailer(line: Line) -> bool:
    """Whether the line ends or follows an article's text."""
    return line.label in TRAILERS


__all__ = ["LOOK_AHEAD", "Head", "find_heads", "is_image_name", "is_trailer"]
