"""Is this line the title of an article? A linear model over features of the line and its neighbours.

A title is no longer than a line or two, ends without a full stop, stands under the end of another article (a trailer, a
separator, a wide gap) and over a byline, a date or its own repetition. No one feature decides: each adds its weight, and a line
whose sum reaches zero begins an article. ``explain`` shows the sum for one line.
"""

from __future__ import annotations

import re
from statistics import median

import msgspec

from dragoman.articles import names
from dragoman.articles.boilerplate import closes
from dragoman.articles.dates import find_dates
from dragoman.articles.lines import SENTENCE_END, Unit
from dragoman.articles.marks import Mark, read_mark

LONGEST_TITLE = 260
MOST_TITLE_WORDS = 40
LOOK_AHEAD = 12
"""Lines between a title and its text: further variants, byline, date, captions."""
ENOUGH_BODY = 200
"""Characters of running text below which an article is more likely a heading with its first lines."""
TITLE_CASE = 0.65
"""Share of the longer words with a capital from which a line is in title case."""
TRAILERS = frozenset(("related", "ads", "share", "footer", "source_note", "source_label", "translator", "bio"))
CREDITS = frozenset(("byline", "dateline", "outlet"))

WEIGHTS = {
    "bias": -2.2,
    "page_start": 4.0,  # nothing but short lines above
    "after_trailer": 2.5,  # under `Related`, `Share`, a source note …
    "after_separator": 1.5,  # under a rule of dashes or stars
    "wide_gap_above": 1.0,  # more blank lines above than is usual on the page
    "wide_gap_below": 1.0,
    "repeated": 3.5,  # the same words again within the next lines
    "variant": 2.5,  # nearly the same words again
    "byline_below": 3.0,
    "date_below": 3.0,
    "name_below": 1.2,  # a bare name of a person or outlet
    "caption_below": 0.5,
    "dateline_below": 2.0,  # the text begins with `CITY (Agency) —` or a date
    "date_above": 2.0,
    "credit_words": 2.0,  # the line holds a date itself
    "title_case": 0.8,
    "all_caps": 1.5,
    "length": 1.0,  # see _length
    "markdown_top": 2.5,
    "markdown_deeper": -1.5,
    "unfinished_above": -0.6,  # the paragraph above has no final mark
    "lead_in_above": -4.0,  # the paragraph above ends in a colon: what follows is quoted or listed
    "little_body_above": -2.0,
    "little_body_below": -2.0,
    "numbered": -1.5,  # `2. …`, `Part 2`: a section
    "quoted": -2.0,  # all in quotation marks: a pull quote
    "bullet": -2.0,
    "small_initial": -2.0,
    "no_case": 0.4,  # the script has no capitals that could speak for it
    "like_first": 0.4,  # on a lone page: capitals as in the page's first title
    "unlike_first": -0.4,
    "lone_page": 0.8,  # no title of this page but the first has byline, date or repetition: bare titles are all there is
    "unlike_marked": -0.6,  # most titles of this page have such marks, this one has none
}

_NUMBERED = re.compile(
    r"(?:\d{1,2}[.)]\s|[IVX]{1,4}[.)]\s|(?:part|chapter|section|step|часть|глава|partie|teil|bölüm)\s+\w{1,5}\b)", re.IGNORECASE
)
_BULLET = re.compile(r"(?:[-–—•*·●▪►]\s|[•●▪►])")
_MARKDOWN = re.compile(r"(#{1,6})\s+\S")
_DATELINE = re.compile(
    r"[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я .,’'/-]{2,40}?(?:,? [A-Z][a-z]+\.? \d{1,2})?\s*(?:\([^)\n]{2,30}\)\s*)?\s*[–—-]{1,2}\s"
)
_OPENERS = "\"'“‘«„"
_CLOSING = "\"'”’»“"


class Line(msgspec.Struct, frozen=True):
    """A unit with what it says of itself and whether it is running text (``prose``)."""

    unit: Unit
    mark: Mark | None
    prose: bool

    @property
    def label(self) -> str | None:
        """The label of its mark."""
        return self.mark.label if self.mark else None

    @property
    def title_like(self) -> bool:
        """Short, unmarked, and without the end of a sentence."""
        return self.mark is None and not self.prose


class PageShape(msgspec.Struct, frozen=True):
    """What is usual on the page: blank lines between units, the top level of markdown headings, the layout of titles."""

    gap: float
    markdown: int | None
    bodies: list[int | None] = []
    first: str | None = None
    lone: bool = False
    marked: bool = False


def to_lines(units: list[Unit], *, order: str | None) -> list[Line]:
    """The lines of a page."""
    lines = []
    for n, unit in enumerate(units):
        mark = read_mark(unit.text, order=order)
        prose = mark is None and _is_prose(unit)
        if (
            prose
            and len(unit.text) <= LONGEST_TITLE
            and any(_repeats(unit, near) for near in units[max(0, n - 2) : n + 3] if near is not unit)
        ):
            prose = False  # repeated next to itself: a title that ends like a sentence
        lines.append(Line(unit, mark, prose))
    return lines


def _repeats(a: Unit, b: Unit) -> bool:
    """Whether two lines are the same words, or one begins with all of the other's."""
    if not a.key or not b.key:
        return False
    shorter, longer = sorted((a.key, b.key), key=len)
    return shorter == longer or (len(shorter) >= 30 and longer.startswith(shorter))


def _is_prose(unit: Unit) -> bool:
    if len(unit.text) > LONGEST_TITLE or len(unit.words) > MOST_TITLE_WORDS:
        return True
    if unit.last in "?!؟…" and unit.last:
        return len(unit.words) > 22 or unit.text[:1] in '"“'
    if re.search(r"(?:^|[\s\u00a0])(?:[A-Z]\.){1,4}$|\b(?:Inc|Jr|Sr|Co|Ltd)\.$", unit.text):
        return len(unit.words) > 16
    return bool(unit.last) and unit.last in ".:;,،؛۔؟" and len(unit.words) >= 2


def page_shape(lines: list[Line]) -> PageShape:
    """The usual gap and the top level of markdown headings."""
    gaps = [line.unit.gap for line in lines[1:]]
    levels = [len(m[1]) for line in lines if (m := _MARKDOWN.match(line.unit.text))]
    return PageShape(gap=median(gaps) if gaps else 0, markdown=min(levels) if levels else None, bodies=_bodies(lines))


def similar(a: Unit, b: Unit) -> bool:
    """Whether two lines are variants of one title: most words in common."""
    if not a.key or not b.key:
        return False
    if _repeats(a, b):
        return True
    left, right = set(a.key.split()), set(b.key.split())
    shared, smaller = len(left & right), min(len(left), len(right))
    return shared >= 0.6 * len(left | right) or (
        smaller >= 4 and shared >= 0.85 * smaller and shared >= 0.35 * max(len(left), len(right))
    )


def _bodies(lines: list[Line]) -> list[int | None]:
    """For each line the index of the first running text below, if it comes within LOOK_AHEAD lines and before any `Related`."""
    found: list[int | None] = [None] * len(lines)
    body: int | None = None
    for i in range(len(lines) - 1, -1, -1):
        found[i] = body if body is not None and body - i <= LOOK_AHEAD else None
        if lines[i].prose:
            body = i
        elif lines[i].mark and closes(lines[i].label):
            body = None
    return found


def features(lines: list[Line], i: int, *, shape: PageShape, body_above: int) -> dict[str, float] | None:
    """The features of line i as the first line of an article; None if it cannot be one.

    ``body_above`` counts the characters of running text since the last title, -1 if there is none above at all.
    """
    line = lines[i]
    body = shape.bodies[i]
    if not line.title_like or body is None:
        return None
    unit, below = line.unit, lines[i + 1 : body]
    has = {"bias": 1.0, "length": _length(unit)}
    _above(has, lines, i, shape=shape, body_above=body_above)
    _below(has, unit, below, lines[body].unit, shape)
    has["title_case"] = float(case_of(unit) == "title")
    has["all_caps"] = float(unit.all_caps)
    has["credit_words"] = float(bool(re.search(r"\d{4}", unit.text)) and any(hit.day for hit in find_dates(unit.text)))
    if markdown := _MARKDOWN.match(unit.text):
        has["markdown_top" if len(markdown[1]) == shape.markdown else "markdown_deeper"] = 1.0
    has["numbered"] = float(bool(_NUMBERED.match(unit.text)))
    has["bullet"] = float(bool(_BULLET.match(unit.text)))
    has["quoted"] = float(
        unit.text[0] in _OPENERS and unit.text[-1] in _CLOSING and not any(c in _CLOSING for c in unit.text[1:-1])
    )
    has["small_initial"] = float(unit.cased and unit.text[:1].islower())
    has["little_body_below"] = float(_body_length(lines, body) < ENOUGH_BODY)
    marked = any(has.get(name) for name in MARKS_OF_A_TITLE)
    has["no_case"] = float(not unit.cased)
    if shape.lone and shape.first:
        has["like_first" if case_of(unit) == shape.first else "unlike_first"] = 1.0
    has["lone_page"] = float(shape.lone)
    has["unlike_marked"] = float(shape.marked and not marked and not has.get("page_start"))
    return {name: value for name, value in has.items() if value}


MARKS_OF_A_TITLE = (
    "repeated",
    "variant",
    "byline_below",
    "date_below",
    "date_above",
    "name_below",
    "dateline_below",
    "after_trailer",
    "credit_words",
)


def case_of(unit: Unit) -> str:
    """How a line uses capitals."""
    return "none" if not unit.cased else "all" if unit.all_caps else "title" if unit.capital_share >= TITLE_CASE else "plain"


def _length(unit: Unit) -> float:
    """From -1 for two words to 1.5 for eleven; words of scripts without vowels and articles weigh more."""
    usual = 5.0 if unit.cased else 3.5
    return max(-1.0, min(1.5, 0.25 * (len(unit.words) - usual)))


def _above(has: dict[str, float], lines: list[Line], i: int, *, shape: PageShape, body_above: int) -> None:
    has["wide_gap_above"] = float(i > 0 and lines[i].unit.gap > shape.gap)
    k = i - 1
    while k >= 0 and lines[k].label in CREDITS | {"section"} and i - k <= 3:
        mark = lines[k].mark
        has["date_above"] = max(has.get("date_above", 0.0), float(mark is not None and mark.date is not None))
        k -= 1
    if body_above < 0:
        has["page_start"] = 1.0
        return
    above = lines[k] if k >= 0 else None
    if above is None:
        return
    has["after_separator"] = float(above.label == "separator")
    has["after_trailer"] = float(above.label in TRAILERS)
    if above.prose:
        has["lead_in_above"] = float(above.unit.last in (":", ","))
        has["unfinished_above"] = float(above.unit.last not in SENTENCE_END)
    has["little_body_above"] = float(body_above < ENOUGH_BODY)


def _below(has: dict[str, float], unit: Unit, below: list[Line], text: Unit, shape: PageShape) -> None:
    first = below[0].unit if below else text
    has["wide_gap_below"] = float(first.gap > shape.gap)
    for n, line in enumerate(below):
        if line.mark:
            has["byline_below"] = max(has.get("byline_below", 0.0), float(line.label == "byline" or bool(line.mark.author)))
            has["date_below"] = max(has.get("date_below", 0.0), float(line.mark.date is not None))
            has["caption_below"] = max(
                has.get("caption_below", 0.0), float(line.label in ("caption", "outlet", "section", "source_label"))
            )
        elif line.unit.key == unit.key:
            has["repeated"] = 1.0
        elif similar(line.unit, unit):
            has["variant"] = 1.0
        elif n < 3 and (names.is_person(line.unit.text) or names.is_outlet(line.unit.text)):
            has["name_below"] = 1.0
    if has.get("repeated"):
        has["variant"] = 0.0
    has["dateline_below"] = float(
        bool(_DATELINE.match(text.text)) or any(hit.b == 0 and hit.day for hit in find_dates(text.text[:40]))
    )


def _body_length(lines: list[Line], body: int) -> int:
    """Characters of running text from line ``body`` on, up to the next short line that could be a title, or enough."""
    length = 0
    for line in lines[body : body + 8]:
        if line.title_like:
            break
        length += len(line.unit.text) if line.prose else 0
        if length >= ENOUGH_BODY:
            break
    return length


def score(has: dict[str, float]) -> float:
    """The sum of weighted features: zero or more begins an article."""
    return sum(WEIGHTS[name] * value for name, value in has.items())
