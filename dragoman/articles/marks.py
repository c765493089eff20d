"""What a line by itself is: a byline, a dateline, a translator's line, a note on the source, boilerplate …

``read_mark`` looks at one line alone; what only its neighbours tell (a bare name under a title, an image's label between two
paragraphs) is left to ``heads``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

import msgspec

from dragoman.articles import names
from dragoman.articles.boilerplate import LONGEST, bare, boilerplate_label
from dragoman.articles.dates import FoundDate, find_dates
from dragoman.articles.lines import main_script
from dragoman.resources import read_toml

_SPLIT = re.compile(r"\s*(?:[|•·;\u2022]|\s[–—-]{1,2}\s|//|(?<=\s)/(?=\s))\s*")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*\.?")
_AFFILIATION = re.compile(r"\s+(?:of|for|at|from|in|with)\s+(?:the\s+)?(?=[A-Z])")
_ODD_SPACE = re.compile(r"[\u00a0\u2007\u202f\t]")
_COPIED_FOR = re.compile(r"exclusively for (?:the )?(?P<name>[A-Z][\w.&' -]{1,40})")
_STAFF = re.compile(r"(?:staff|agencies|news desk|editors?|editorial board|редакция|التحرير|وكالات)\b", re.IGNORECASE)


class Part(msgspec.Struct, frozen=True):
    """A labelled piece of a line: text[b:e]."""

    label: str
    b: int
    e: int


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What a line that is not article text says. ``label`` is that of the line, ``parts`` those of its pieces."""

    label: str
    parts: tuple[Part, ...] = ()
    author: str | None = None
    outlet: str | None = None
    republisher: str | None = None
    translator: str | None = None
    date: FoundDate | None = None
    other_title: str | None = None
    """A title in another script that stands in a byline: that of the original."""


@lru_cache(maxsize=1)
def _cues() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str], frozenset[str]]:
    data = read_toml(__package__, "cues.toml")
    plain = {
        role: [c if role == "origin" or "[" in c else re.escape(c) for c in data[role]]
        for role in ("author", "translator", "origin")
    }
    union = {role: "|".join(sorted(cues, key=lambda c: (-len(c), c))) for role, cues in plain.items()}
    patterns = {role: re.compile(rf"(?:{cues})(?![^\W\d_])\s*:?\s*", re.IGNORECASE) for role, cues in union.items()}
    within = re.compile(
        rf"(?<![^\W\d_])(?:(?P<translator>{union['translator']})|(?P<origin>{union['origin']}))(?![^\W\d_])\s*:?\s*",
        re.IGNORECASE,
    )
    return patterns, within, frozenset(data["date_words"])


def read_mark(line: str, *, order: str | None = None) -> Mark | None:
    """What ``line`` is by itself; None if it may be a title or text. ``order`` reads 3/4/2019 (see dates)."""
    if not any(c.isalnum() for c in line):
        return Mark(label="separator")
    line = _ODD_SPACE.sub(" ", line)
    if len(line) > LONGEST:
        label = boilerplate_label(line)
        return Mark(label=label, parts=(Part(label, 0, len(line)),)) if label else None
    label = boilerplate_label(line)
    if label == "source_note":
        return _credit(line) or Mark(label=label, parts=(Part(label, 0, len(line)),))
    if label:
        return Mark(label=label, parts=(Part(label, 0, len(line)),))
    return _dated(line, order) or _credit(line) or _agency_caption(line)


def _agency_caption(line: str) -> Mark | None:
    """`Sputnik / Some Name`, `© AFP`: who took a picture."""
    first, slash, rest = line.strip("© ()").partition("/")
    if names.is_agency(first) and ((slash and len(rest) <= 60) or line.startswith("©")):
        return Mark(label="caption", parts=(Part("caption", 0, len(line)),))
    return None


# --- dates and what stands beside them -------------------------------------------------------------------------------


def _dated(line: str, order: str | None) -> Mark | None:
    """A line that is a date, alone or between an author, a section, an outlet or a place."""
    if not re.search(r"\d", line):
        return None
    found = find_dates(line, order=order)
    if not found or len(found) > 3:
        return None
    parts = [Part("dateline", hit.b, hit.e) for hit in found]
    author = outlet = None
    pieces = list(_beside(line, found))
    if sum(e - b for b, e in pieces) > 90:
        return None
    for b, e in pieces:
        piece, b, e = _without_date_words(line, b, e)
        if not piece:
            continue
        cue = _cues()[0]["author"].match(piece)
        name = piece[cue.end() :] if cue else piece
        if boilerplate_label(piece) == "section" or (author and piece.isupper() and not names.is_outlet(piece)):
            parts.append(Part("section", b, e))
        elif names.is_outlet(name) and not cue:
            outlet = outlet or names.tidy(name)
            parts.append(Part("outlet", b, e))
        elif (
            names.is_name(name)
            and (cue or len(name.split()) > 1 or main_script(name) in ("arabic", "hebrew"))
            and not _is_place(line, name, b)
        ):
            author = author or names.tidy(name)
            parts.append(Part("byline", b, e))
        elif names.is_name(name) or _is_place(line, name, b):
            parts.append(Part("dateline", b, e))
        else:
            return None  # a title or a sentence that holds a date
    label = "byline" if author else "outlet" if outlet else "dateline"
    return Mark(label=label, parts=tuple(sorted(parts, key=lambda p: p.b)), author=author, outlet=outlet, date=found[0])


def _beside(line: str, found: list[FoundDate]) -> Iterator[tuple[int, int]]:
    """The spans of ``line`` outside its dates, cut at separators."""
    at = 0
    for b, e in [*((hit.b, hit.e) for hit in found), (len(line), len(line))]:
        start = at
        for cut in _SPLIT.finditer(line, at, b):
            yield start, cut.start()
            start = cut.end()
        yield start, b
        at = e


def _without_date_words(line: str, b: int, e: int) -> tuple[str, int, int]:
    """line[b:e] without times, weekdays and words such as `posted on` at its edges."""
    words = _cues()[2]
    if names.is_outlet(line[b:e].strip()):
        left = len(line[b:e]) - len(line[b:e].lstrip())
        return line[b:e].strip(), b + left, b + left + len(line[b:e].strip())
    piece = re.sub(
        r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|[+-]\d{2}:?\d{2}|\b\d{1,2}\b",
        lambda m: " " * len(m[0]),
        line[b:e],
    )
    tokens = [(m.start(), m.end()) for m in re.finditer(r"[^\s,،()|:\[\]]+", piece)]
    while tokens and _is_filler(piece[slice(*tokens[0])], words):
        tokens.pop(0)
    while tokens and _is_filler(piece[slice(*tokens[-1])], words):
        tokens.pop()
    if not tokens:
        return "", b, b
    return piece[tokens[0][0] : tokens[-1][1]], b + tokens[0][0], b + tokens[-1][1]


def _is_filler(token: str, words: frozenset[str]) -> bool:
    token = token.casefold()
    return token in words or token.strip(".-–—/•·") in words or not any(c.isalnum() for c in token)


def _is_place(line: str, name: str, b: int) -> bool:
    """`Vietnam, Danang, November 10, 2017`: one word a comma, before the date."""
    pieces = [p.strip() for p in re.split(r"[,،]", name) if p.strip()]
    lone = len(pieces) == 1 and line[b + len(name) : b + len(name) + 1] in (",", "،") and len(name.split()) == 1
    return lone or (len(pieces) > 1 and all(len(p.split()) == 1 for p in pieces))


# --- credits ---------------------------------------------------------------------------------------------------------


def _credit(line: str) -> Mark | None:
    """A line that credits an author, a translator or the outlet that published first."""
    patterns, within, _ = _cues()
    author = outlet = translator = other_title = None
    label = None
    rest_at = 0
    if cue := patterns["author"].match(line):
        stop = next((m.start() for m in within.finditer(line, cue.end())), len(line))
        read = _author(line[cue.end() : stop], lone=len(line) <= 60, worded=":" in cue[0] or len(cue[0].split()) > 1)
        if not read:
            return None
        author, outlet, other_title = read
        label, rest_at = "byline", stop
    elif not within.match(line):
        return None
    credits = list(within.finditer(line, rest_at))
    for credit, following in zip_longest(credits, credits[1:]):
        value = line[credit.end() : following.start() if following else len(line)]
        if credit["translator"]:
            name = _first_name(value)
            translator = translator or name
            label = label or ("translator" if name else None)
        else:
            outlet = outlet or _origin(value)
            label = label or "source_note"
    if label is None or (label != "byline" and len(line) > LONGEST):
        return None
    copied = _COPIED_FOR.search(line)
    return Mark(
        label=label,
        parts=(Part(label, 0, len(line)),),
        author=author,
        outlet=outlet,
        republisher=names.tidy(copied["name"]) if copied else None,
        translator=translator,
        other_title=other_title,
    )


def _first_name(value: str) -> str | None:
    """The name at the beginning of a credit, as far as a delimiter."""
    name = re.split(r"[,;،|()–—/]| exclusively| especially| for | from ", value, maxsplit=1)[0].strip()
    one_word = bool(re.fullmatch(r"[^\W\d_][\w.-]{1,30}", name))
    return names.tidy(name) if names.is_name(name) or (one_word and name[:1].isupper()) else None


def _origin(value: str) -> str | None:
    """The outlet that a note on the source names: a name, or the site of a URL."""
    if url := re.search(r"(?:https?://|www\.)\S+", value):
        return names.domain_of(url[0].rstrip(".,;)"))
    name = re.split(r"[,;،|()–—]| on (?=\d|[A-Z][a-z]+ \d)| and (?:is|was) | under | exclusively", value, maxsplit=1)[0]
    name = names.tidy(re.sub(r"^(?:(?i:at|on|in|by|from|the website of)\s+)?(?:the\s+)?", "", name.strip()))
    return name if name and len(name.split()) <= names.MOST_WORDS and (names.is_name(name) or names.is_outlet(name)) else None


def _author(value: str, *, lone: bool, worded: bool) -> tuple[str, str | None, str | None] | None:
    """(author, outlet, title of the original) of what follows `by`; None if that is no name."""
    value = value.strip()
    if len(value) > 160 or (value.endswith(".") and len(value.split()) > 8):
        return None
    head, *rest = re.split(r"\s*(?:[,;،|(–—•·]|\s-\s|\s/\s|\S*@\S*)\s*", value, maxsplit=1)
    tail = rest[0].strip(" )") if rest else ""
    outlet = other_title = None
    if not names.is_known_outlet(head) and (cut := _AFFILIATION.search(head)) and names.is_name(head[: cut.start()]):
        head, outlet = head[: cut.start()], names.tidy(head[cut.end() :])
    if not (names.is_name(head) or (_STAFF.match(head) and len(head.split()) <= 4)):
        return None
    one_word = len(head.split()) == 1
    if (
        bare(head) in _cues()[2]
        or find_dates(value)
        or (one_word and not (lone or worded))
        or (one_word and find_dates(f"1 {head} 2000"))
    ):
        return None
    if tail and main_script(tail) != main_script(head):
        other_title = tail
    elif tail and _STAFF.fullmatch(head):
        return f"{head}, {tail}" if names.is_name(tail) else head, None, None
    elif tail and names.is_outlet(re.split(r"[,;|(–—]", tail)[0]):
        outlet = outlet or names.tidy(re.split(r"[,;|(–—]", tail)[0])
    elif tail and names.is_person(tail) and "," in value:
        head = f"{head}, {tail}"
    elif tail and not lone and not worded and outlet is None and value.endswith("."):
        return None
    return names.tidy(head), outlet, other_title
