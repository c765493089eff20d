"""The lines of a text page as units: one a paragraph or heading, with its place, its gap to the unit above and its shape.

Some dumps wrap their lines at a width; ``read_units`` then joins the lines of a paragraph. Everything here is linear.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from dragoman.types import Span

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x85\u2028\u2029]")
_EDGE = (
    " \t\u00a0\u202f\u2007\u3000\x00"  # spaces
    "\u200b\u200c\u200d\u2060\ufeff"  # without width
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # directions
)
_CLOSERS = "\"'”’»«“)]}›"
SENTENCE_END = ".!?…。؟۔！？:;؛"
WRAP_WIDTHS = range(40, 141)
SCRIPTS = {"LATIN": "latin", "ARABIC": "arabic", "CYRILLIC": "cyrillic", "HEBREW": "hebrew"}
_SAMPLE = 400
"""Characters of a unit that are looked at to tell its script and case; titles are shorter, paragraphs alike throughout."""


class Unit:
    """One paragraph or heading of a page: ``lines`` are its spans in the page, ``gap`` the blank lines above it."""

    __slots__ = ("__dict__", "gap", "lines", "text")

    def __init__(self, *, text: str, lines: tuple[Span, ...], gap: int) -> None:
        self.text, self.lines, self.gap = text, lines, gap

    def __repr__(self) -> str:
        return f"Unit({self.text[:60]!r}, gap={self.gap})"

    @property
    def b(self) -> int:
        """Where it begins in the page."""
        return self.lines[0][0]

    @property
    def e(self) -> int:
        """Where it ends in the page."""
        return self.lines[-1][1]

    @cached_property
    def words(self) -> list[str]:
        """The words of the first characters, in their case."""
        return re.findall(r"[^\W_]+(?:[-'’.][^\W_]+)*", self.text[:_SAMPLE])

    @cached_property
    def key(self) -> str:
        """The words folded, to tell repetitions."""
        return fold(self.text) if len(self.text) <= _SAMPLE else ""

    @cached_property
    def script(self) -> str | None:
        """The script of most letters, None if there are no letters."""
        return main_script(self.text[:_SAMPLE])

    @cached_property
    def last(self) -> str:
        """The last character that is not a closing quote or bracket; empty if there is none."""
        return self.text[-20:].rstrip(_CLOSERS + _EDGE)[-1:]

    @cached_property
    def cased(self) -> bool:
        """Whether the script has capitals."""
        return self.script in ("latin", "cyrillic", "other")

    @cached_property
    def all_caps(self) -> bool:
        """Whether nearly all letters are capitals."""
        letters = [c for c in self.text[:_SAMPLE] if c.isalpha()]
        return self.cased and len(letters) >= 4 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)

    @cached_property
    def capital_share(self) -> float:
        """Share of the words of four letters or more that begin with a capital; 0 in a script without case."""
        long = [w for w in self.words if len(w) >= 4] if self.cased else []
        return sum(w[0].isupper() for w in long) / len(long) if long else 0.0


def fold(text: str) -> str:
    """The words of ``text`` without case, accents, quotes and spacing."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’‘`´”“\"]", "", plain))).casefold()


def main_script(text: str) -> str | None:
    """latin, arabic, cyrillic, hebrew or other: the script of most letters; None without letters."""
    counts: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            name = "LATIN" if char.isascii() else unicodedata.name(char, "").partition(" ")[0]
            script = SCRIPTS.get(name, "other")
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda s: (counts[s], s)) if counts else None


def trim(text: str, b: int, e: int) -> Span:
    """The span [b, e) of ``text`` without spaces and invisible characters at its edges."""
    piece = text[b:e]
    left = piece.lstrip(_EDGE)
    return b + len(piece) - len(left), b + len(piece) - len(left) + len(left.rstrip(_EDGE))


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """(begin, end, blank lines above) of every line that is not blank."""
    gap, filled = 0, False
    for match in _LINE.finditer(text):
        if match[0][0] in "\n\r\v\f\x85\u2028\u2029":
            gap, filled = (gap, False) if filled else (gap + 1, False)
            continue
        b, e = trim(text, *match.span())
        if b < e:
            yield b, e, gap
            gap, filled = 0, True


def read_units(text: str) -> list[Unit]:
    """The units of a page, with hard-wrapped lines joined into paragraphs by a space."""
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    units: list[Unit] = []
    run: list[tuple[int, int, int]] = []
    for line in lines:
        if run and not (width and line[2] == 0 and _wraps(text, run[-1], line, width)):
            units.append(_unit(text, run))
            run = []
        run.append(line)
    if run:
        units.append(_unit(text, run))
    return units


def _unit(text: str, run: list[tuple[int, int, int]]) -> Unit:
    spans = tuple((b, e) for b, e, _ in run)
    return Unit(text=" ".join(text[b:e] for b, e in spans), lines=spans, gap=run[0][2])


def _wraps(text: str, line: tuple[int, int, int], following: tuple[int, int, int], width: int) -> bool:
    """Whether the first word of the following line would not have fitted on this one: then the break is the wrapping's."""
    head = text[following[0] : min(following[1], following[0] + width)]
    if following[1] - following[0] < 0.6 * width and head[:1].isupper() and _title_case(text[line[0] : line[1]]):
        return False  # a byline under a title that happens to fill its line
    return line[1] - line[0] + 1 + len(head.split(maxsplit=1)[0] if head.split() else "") > width


def _title_case(line: str) -> bool:
    long = [word for word in line.split() if len(word) >= 4]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _wrap_width(text: str, lines: list[tuple[int, int, int]]) -> int | None:
    """The width at which the page wraps its lines, None if it does not."""
    lengths = sorted(e - b for b, e, _ in lines)
    if len(lengths) < 6:
        return None
    width = lengths[min(len(lengths) - 1, int(0.98 * len(lengths)))]
    if lengths[-1] <= 1.2 * width:
        width = lengths[-1]
    if width not in WRAP_WIDTHS:
        return None
    joined = full = 0
    for line, following in pairwise(lines):
        if following[2] == 0:
            joined += 1
            full += _wraps(text, line, following, width) and text[line[1] - 1] not in SENTENCE_END
    return width if joined >= 4 and full >= 0.45 * joined and full >= 0.3 * len(lines) else None
