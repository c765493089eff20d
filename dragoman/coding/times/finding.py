"""Find expressions of time and reckon them out.

An expression is an atom (*15 April*, *last week*, *2011*), maybe with a part (*late*), an opening (*since*) or a second end
(*between March and May 2018*). Where a year or a week is not said, it is the latest on or before the article's date; the next
one where the sentence speaks of the future.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

import msgspec

from dragoman.coding.times import calendar
from dragoman.coding.times.calendar import Interval
from dragoman.coding.times.grammar import UNITS, Grammar, grammar_of
from dragoman.coding.times.words import LANGUAGES

TimeType = Literal["date", "duration", "set", "time"]
FEW = (2, 7)
"""How many *a few* are, at least and at most."""
WINDOW = 120
"""Characters on either side of an expression in which words that bear on it are sought."""
YEARS = range(1900, 2101)
"""What a number of four digits must be to be a year."""
_TYPES: dict[str, TimeType] = {"every": "set", "during": "duration", "clock": "time"}
_SCRIPTS = (("ar", "\u0600-\u06ff"), ("ru", "\u0400-\u04ff"), ("he", "\u0590-\u05ff"), ("en", "a-z"))
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SENTENCE = re.compile(r"[.!?؟…]\s|\n")


class Time(msgspec.Struct, frozen=True, kw_only=True):
    """An expression of time at text[b:e]. ``start`` and ``end`` are its first and last day, ISO; None where not to be told.

    ``type`` is that of TIMEX3: date, duration, set (what recurs) or time (of the day).
    """

    b: int
    e: int
    start: str | None
    end: str | None
    type: TimeType


class Atom(msgspec.Struct):
    """An expression before its surroundings are looked at. ``bare`` is a month or day that is said without its year."""

    b: int
    e: int
    days: Interval | None
    kind: str
    bare: tuple[int, int | None] | None = None
    since: bool = False
    until: bool = False
    this: bool = False


def find_times(text: str, *, date: str | None = None, language: str | None = None) -> list[Time]:
    """Every expression of time in ``text``, in order; ``date`` is the article's (YYYY, YYYY-MM or YYYY-MM-DD), if known.

    An unknown ``language`` is guessed from the script.
    """
    known = language if language in LANGUAGES else _guess(text)
    return Finder(text, grammar_of(known), date).find()


def _guess(text: str) -> str:
    head = text[:2000]
    return max(_SCRIPTS, key=lambda item: len(re.findall(f"[{item[1]}]", head)))[0]


class Finder:
    """One text with its grammar and its date. ``day`` is the article's day, ``month`` and ``year`` what is known of it."""

    def __init__(self, text: str, grammar: Grammar, said: str | None) -> None:
        self.text, self.grammar = text, grammar
        self.anchor = _interval(said)
        first, last = self.anchor or (None, None)
        self.day = last if first == last else None
        self.month = last if first and last and (first.year, first.month) == (last.year, last.month) else None

    def find(self) -> list[Time]:
        """The times of the text."""
        atoms = [atom for match in self.grammar.atoms.finditer(self.text) if (atom := self._atom(match))]
        found, n = [], 0
        while n < len(atoms):
            atom = atoms[n]
            self._surround(atom)
            if n + 1 < len(atoms) and self._joins(atom, atoms[n + 1]):
                n += 1
                self._surround(atoms[n])
                atom = self._join(atom, atoms[n])
            found.append(self._time(atom))
            n += 1
        return found

    def _time(self, atom: Atom) -> Time:
        days = atom.days
        start, end = (days[0], days[1]) if days else (None, None)
        if days and atom.since:
            end = max(self.anchor[1], days[0]) if self.anchor else None
        elif days and atom.until:
            start = self.anchor[0] if self.anchor and self.anchor[0] <= days[1] else None
        first, last = (day.isoformat() if day else None for day in (start, end))
        return Time(b=atom.b, e=atom.e, start=first, end=last, type=_TYPES.get(atom.kind, "date"))

    # --- surroundings ---

    def _surround(self, atom: Atom) -> None:
        """Take in what stands beside an atom: the part of it that is meant, and whether it opens or closes an interval."""
        if atom.kind in _TYPES:
            return
        if part := self._beside(self.grammar.part, atom):
            self._narrow(atom, str(part.lastgroup))
            atom.b, atom.e = (
                (atom.b, atom.e + part.end()) if self.grammar.trailing else (part.start(str(part.lastgroup)), atom.e)
            )
        if opening := self._beside(self.grammar.open, atom):
            atom.since, atom.until = opening.lastgroup == "since", opening.lastgroup == "until"

    def _beside(self, pattern: re.Pattern[str], atom: Atom) -> re.Match[str] | None:
        if self.grammar.trailing:
            return pattern.match(self.text[atom.e : atom.e + WINDOW])
        return pattern.search(self.text, max(0, atom.b - 40), atom.b)

    def _narrow(self, atom: Atom, part: str) -> None:
        if not atom.days:
            return
        if atom.this and self.day and part != "mid" and atom.days[0] <= self.day <= atom.days[1]:
            atom.days = (atom.days[0], self.day) if part == "early" else (self.day, atom.days[1])
        elif atom.days[0] != atom.days[1]:
            atom.days = calendar.part_of(atom.days, part)

    def _joins(self, one: Atom, two: Atom) -> bool:
        between = self.text[one.e : two.b]
        if len(between) > 16 or one.kind in _TYPES or two.kind in _TYPES or not self.grammar.joint.fullmatch(between):
            return False
        return bool(self.grammar.first.search(self.text, max(0, one.b - 40), one.b)) or between.strip() in "-–—"

    def _join(self, one: Atom, two: Atom) -> Atom:
        if one.bare and two.days and not two.bare:
            first = calendar.days_of(two.days[0].year, *one.bare)
            one.days = first if first and first[0] <= two.days[1] else one.days
        days = (one.days[0], two.days[1]) if one.days and two.days and one.days[0] <= two.days[1] else None
        return Atom(b=one.b, e=two.e, days=days, kind="interval")

    def _future(self, b: int, e: int) -> bool:
        """Whether the sentence speaks of the future up to its expression at b, or right behind it where it begins with that."""
        before = _SENTENCE.split(self.text[max(0, b - WINDOW) : b])[-1]
        cues = [match.end() for match in self.grammar.future.finditer(before)]
        if cues:
            return not self.grammar.said.search(before, cues[-1])
        behind = _SENTENCE.split(self.text[e : e + WINDOW // 2])[0]
        cue = self.grammar.future.search(behind) if len(before) < 15 or self.grammar.trailing else None
        return cue is not None and not self.grammar.said.search(behind, 0, cue.start())

    # --- atoms ---

    def _atom(self, match: re.Match[str]) -> Atom | None:
        """The atom of a match, None if it is none after all."""
        kind = str(match.lastgroup)
        b, e = match.span(kind)
        said = match.groupdict()
        atom = Atom(b=b, e=e, days=None, kind=kind)
        if kind in ("dm", "md", "my"):
            return self._named_month(atom, kind, said)
        if kind in _TYPES:
            return atom
        if kind == "iso":
            atom.days = calendar.days_of(int(said["iso_y"]), int(said["iso_m"]), int(said["iso_d"]))
            return atom if atom.days else None
        if kind == "num":
            atom.days = self._numbers(int(said["num_a"]), int(said["num_b"]), int(said["num_y"]), said["num_sep"])
            return atom if atom.days else None
        if kind in ("year", "range"):
            return self._years(atom, said)
        if kind == "solar":
            return self._solar(atom, said)
        if kind == "week":
            return self._weekday(atom, said)
        if kind in ("rel", "ago", "ahead", "recent"):
            atom.this = bool(said["rel_this"] or said["rem_this"])
            if kind == "ahead" and not self._future(b, e):  # “the first in three years”
                atom.kind = "during"
            elif not self._is_end_of_another(said, e):
                atom.days = self._units(kind, said)
        elif kind in ("qu", "half", "season"):
            atom.days = self._part_of_year(kind, said)
        elif kind == "day":
            offset = next((n for n, word in self.grammar.days if word.fullmatch(match[kind])), 0)
            shifted = calendar.shift(self.day, "day", offset) if self.day else None
            atom.days = (shifted, shifted) if shifted else self.anchor if not offset else None
        else:
            atom.days = self._long(kind, said, match[kind])
        return atom

    def _named_month(self, atom: Atom, kind: str, said: dict[str, str | None]) -> Atom | None:
        name, year = str(said[f"{kind}_m"]), said[f"{kind}_y"]
        month = self._which("month", re.split(r"\s?[/(]", name)[0])
        day = int(said[f"{kind}_d"] or 0) if kind != "my" else None
        last = int(said[f"{kind}_to"] or 0) if kind != "my" else None
        near = {way for way in ("last", "this", "next") if kind == "my" and (said[f"my_{way}"] or said[f"mz_{way}"])}
        if not month or (kind == "my" and not year and not near and self._is_doubtful(name, atom.b)):
            return None
        if year:
            atom.days = calendar.days_of(int(year), month, day)
        else:
            atom.bare = (month, day)
            atom.days = self._nearest(
                month, day, future="next" in near or ("last" not in near and self._future(atom.b, atom.e))
            )
        if atom.days and last and (end := calendar.days_of(atom.days[0].year, month, last)) and end[1] >= atom.days[0]:
            atom.days = atom.days[0], end[1]
        if self.text[atom.e - 1] == "." and not day and len(name) > 5:
            atom.e -= 1
        known = calendar.days_of(int(year) if year else 2000, month, day)
        return atom if known else None

    def _is_doubtful(self, name: str, b: int) -> bool:
        """Whether a word that is a month, too, is something else here: *may*, *march*."""
        if not self.grammar.doubtful.fullmatch(name.rstrip(".")):
            return False
        common = self.grammar.capital and name[0].islower()
        return common or not self.grammar.before_month.search(self.text, max(0, b - 40), b)

    def _nearest(self, month: int, day: int | None, *, future: bool) -> Interval | None:
        """The latest such month or day that has begun on the article's date; the next one if ``future``."""
        if not self.month:
            return None
        today = self.day or self.month
        years = range(today.year, today.year + 9) if future else range(today.year, today.year - 9, -1)
        options = (calendar.days_of(year, month, day) for year in years)
        return next((one for one in options if one and (one[1] >= today if future else one[0] <= today)), None)

    def _numbers(self, a: int, b: int, year: int, separator: str) -> Interval | None:
        """A date of three numbers: the day first, but where only the other order is a date, or lies before the article."""
        by_day, by_month = calendar.days_of(year, b, a), calendar.days_of(year, a, b)
        if separator == "." or not (by_day and by_month):
            return by_day or (by_month if separator == "/" else None)
        late = self.day is not None and by_day[0] > self.day >= by_month[0]
        return by_month if late else by_day

    def _years(self, atom: Atom, said: dict[str, str | None]) -> Atom | None:
        text = self.text[atom.b : atom.e]
        first = int(text[:4])
        last = int(str(said["range_b"])) if atom.kind == "range" else first
        last += first // 100 * 100 if last < 100 else 0
        if first not in YEARS or last not in YEARS or self.grammar.counted.match(self.text, atom.e):
            return None
        atom.days = calendar.years_of(first, last)
        return atom if atom.days else None

    def _solar(self, atom: Atom, said: dict[str, str | None]) -> Atom | None:
        month = self._which("solar", str(said["solar_m"]))
        day, year = said["solar_d"], said["solar_y"]
        if not month or not (day or year):
            return None
        if year:
            atom.days = calendar.solar_days(int(year), month, int(day) if day else None)
        elif self.day:
            years = range(self.day.year - 621, self.day.year - 624, -1)
            options = (calendar.solar_days(one, month, int(str(day))) for one in years)
            atom.days = next((one for one in options if one and one[0] <= self.day), None)
        return atom

    def _weekday(self, atom: Atom, said: dict[str, str | None]) -> Atom | None:
        name = str(said["week_w"])
        near = next((way for way in ("last", "this", "next") if said[f"week_{way}"] or said[f"weel_{way}"]), None)
        if not near and self._is_doubtful(name, atom.b):
            return None
        n = self._which("weekday", name)
        if n and self.day:
            back = (self.day.weekday() - (n - 1)) % 7
            ahead = near == "next" or (near != "last" and self._future(atom.b, atom.e))
            days = (7 - back) if ahead and (back or near == "next") else -back
            days = -7 if near == "last" and not back else days
            day = self.day + timedelta(days=days)
            atom.days = day, day
        return atom

    def _is_end_of_another(self, said: dict[str, str | None], e: int) -> bool:
        """Whether a unit is the last of something else, which the date does not tell: *the last day of the war*."""
        behind = said["rel_last"] or said["rem_last"]
        return bool(behind and self.grammar.final.fullmatch(behind) and self.grammar.part_of.match(self.text, e))

    def _units(self, kind: str, said: dict[str, str | None]) -> Interval | None:
        """*last week*, *the past two years*, *three days ago*, *in two months*, *recent days*."""
        span = (
            said["rel_a"]
            or said["rel_b"]
            or said["ago_a"]
            or said["ago_b"]
            or said["ahead_a"]
            or said["ahead_b"]
            or said["recent_u"]
        )
        least, most, unit = self._count(str(span))
        if kind == "recent":
            least, most = FEW
        today = self._today(unit)
        if not today or not unit:
            return None
        if kind == "ago":
            first, last = calendar.shift(today, unit, -most), calendar.shift(today, unit, -least)
            early, late = (calendar.whole(unit, day) if day else None for day in (first, last))
            return (early[0], late[1]) if early and late else None
        if kind == "ahead":
            last = calendar.shift(today, unit, most)
            return (today, last) if last else None
        if kind == "recent" or most > 1 or unit in ("hour", "day") or (unit == "decade" and not said["rel_this"]):
            forward = bool(said["rel_next"] or said["rem_next"])
            other = calendar.shift(today, unit, most if forward else -most)
            return ((today, other) if forward else (other, today)) if other else None
        behind = said["rel_last"] or said["rem_last"]
        if behind and self.grammar.rolling.fullmatch(behind):
            other = calendar.shift(today, unit, -1)
            return (other, today) if other else None
        way = -1 if behind else 1 if said["rel_next"] or said["rem_next"] else 0
        shifted = calendar.shift(calendar_first(unit, today), unit, way)
        return calendar.whole(unit, shifted) if shifted else None

    def _today(self, unit: str | None) -> date | None:
        """The article's day, if its date is known as exactly as ``unit`` needs it."""
        if unit in ("year", "decade"):
            return self.anchor[1] if self.anchor else None
        return self.month if unit in ("month", "quarter") else self.day

    def _count(self, span: str) -> tuple[int, int, str | None]:
        """At least, at most how many of which unit; one if no number is said."""
        words = re.split(r"[\s\u200e\u200f-]+", span.strip())
        unit = self._unit_at(span.strip())
        if dual := self._which("dual", span.strip()):
            return 2, 2, UNITS[dual - 1]
        if len(words) == 1 or self._which("unit", span.strip()):
            return 1, 1, unit
        if not unit:  # the number behind its unit
            unit, words = self._unit_at(words[0]), [words[-1], words[0]]
        head = " ".join(words[:-1])
        if head.isdecimal():
            return int(head), int(head), unit
        n = self._which("number", head)
        return (n, n, unit) if n else (*FEW, unit)

    def _unit_at(self, span: str) -> str | None:
        """The unit that a span ends with."""
        for start in [match.end() for match in re.finditer(r"^|[\s-]", span)]:
            if n := self._which("unit", span[start:]):
                return UNITS[n - 1]
        return None

    def _part_of_year(self, kind: str, said: dict[str, str | None]) -> Interval | None:
        if kind == "season":
            return self._season(said)
        year = int(str(said[f"{kind}_y"])) if said[f"{kind}_y"] else self.month.year if self.month else None
        named = said[f"{kind}_q"] or said[f"{kind}_r"]
        n = int(str(said["qu_n"])) if kind == "qu" and said["qu_n"] else self._which("quarter", str(named))
        if year is None or not n:
            return None
        if kind == "qu":
            return calendar.quarter_of(year, n)
        ends = calendar.days_of(year, 1 if n == 1 else 7), calendar.days_of(year, 6 if n == 1 else 12)
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else None

    def _season(self, said: dict[str, str | None]) -> Interval | None:
        n = self._which("season", str(said["season_a"] or said["season_b"]))
        if not n:
            return None
        if said["season_y"]:
            return calendar.season_of(int(said["season_y"]), n - 1)
        if not self.month:
            return None
        if said["season_this"] or said["seasoo_this"]:
            return calendar.season_of(self.month.year, n - 1)
        future = bool(said["season_next"] or said["seasoo_next"])
        years = range(self.month.year - 1, self.month.year + 3)
        options = [one for year in years if (one := calendar.season_of(year, n - 1))]
        if future:
            return next((one for one in options if one[0] > self.month), None)
        return next((one for one in reversed(options) if one[1] < self.month), None)

    def _long(self, kind: str, said: dict[str, str | None], text: str) -> Interval | None:
        """Decades and centuries."""
        if kind == "centuries":
            number = str(said["century"])
            n = int(number) if number.isdecimal() else _roman(number)
            return calendar.years_of((n - 1) * 100 + 1, n * 100)
        first = int(str(said["decade"])) if kind == "decades" else 10 * ((self._which("tens", text) or 1) + 1)
        first += (1900 if first >= 20 else 2000) if first < 100 else 0
        return calendar.years_of(first, first + 9)

    def _which(self, what: str, word: str) -> int | None:
        """Which of a list ``word`` is, from 1."""
        patterns = self.grammar.names.get(what, ())
        return next((n for n, pattern in enumerate(patterns, 1) if pattern.fullmatch(word)), None)


def calendar_first(unit: str, day: date) -> date:
    """The first day of the unit that ``day`` lies in: from there no month is too short to count on."""
    around = calendar.whole(unit, day)
    return around[0] if around else day


def _roman(number: str) -> int:
    values = [_ROMAN[letter] for letter in number.upper()]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


def _interval(said: str | None) -> Interval | None:
    """The days of an ISO date, month or year; None if it is none."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ].*)?", said or "", re.ASCII)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or month is None:
        return calendar.years_of(year or 0, year or 0)
    return calendar.days_of(year, month, day)
