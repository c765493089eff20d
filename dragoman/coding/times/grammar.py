"""The patterns of a language's expressions of time, made from its words. Every repetition is bounded."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from dragoman.coding.times.words import LANGUAGES, Words

UNITS = ("hour", "day", "week", "month", "quarter", "year", "decade")
_S = r"[\s\u200e\u200f]{1,3}"
_YEAR = r"\d{4}(?!\d)"
_SAME = ("اأإآ", "ىيی", "كک", "ةه")
"""Letters that writers of Arabic and Persian use for one another."""


class Grammar(msgspec.Struct, frozen=True):
    """A language's patterns. ``names`` finds which month, weekday, number … a word is: name -> one pattern each."""

    atoms: re.Pattern[str]
    names: dict[str, tuple[re.Pattern[str], ...]]
    part: re.Pattern[str]
    open: re.Pattern[str]
    first: re.Pattern[str]
    joint: re.Pattern[str]
    trailing: bool
    capital: bool
    doubtful: re.Pattern[str]
    before_month: re.Pattern[str]
    counted: re.Pattern[str]
    future: re.Pattern[str]
    rolling: re.Pattern[str]
    final: re.Pattern[str]
    part_of: re.Pattern[str]
    said: re.Pattern[str]
    days: tuple[tuple[int, re.Pattern[str]], ...]


@lru_cache(maxsize=len(LANGUAGES))
def grammar_of(language: str) -> Grammar:
    """The grammar of one of ``LANGUAGES``."""
    words = LANGUAGES[language]
    lists = {"month": words.months, "weekday": words.weekdays, "season": words.seasons, "unit": words.units}
    lists |= {"number": words.numbers, "dual": words.duals, "tens": words.tens, "quarter": words.quarter, "solar": words.solar}
    prefix = f"(?:{'|'.join(words.prefixes)}){{0,2}}" if words.prefixes else ""
    here = rf"(?<!\w){prefix}"
    noun = rf"(?:(?:{words.noun}){_S})?"
    openers = "|".join((words.before_month, words.between, words.both, words.since, words.until, words.early, words.late))
    return Grammar(
        atoms=_compile(rf"(?<![\w$€£#])(?<!\d[.,/:-]){prefix}(?={_opening(words)})(?:{'|'.join(_atoms(words))})(?![^\W\d]|\d)"),
        names={name: tuple(_compile(rf"(?:{item})\.?") for item in items.split(";")) for name, items in lists.items() if items},
        part=_beside(
            words,
            rf"(?:(?P<early>{words.early})|(?P<mid>{words.mid})|(?P<late>{words.late}))",
            here,
            rf"(?:\s{{1,2}}{noun}|-|(?<=['’-]))",
        ),
        open=_beside(words, rf"(?:(?P<since>{words.since})|(?P<until>{words.until}))", here, rf"{_S}{noun}"),
        first=_compile(rf"{here}(?:{words.between}){_S}{noun}$"),
        joint=_compile(rf"(?:{_S})?(?:{words.both})(?:{_S})?{noun}"),
        trailing=words.trailing,
        capital=words.capital,
        doubtful=_compile(words.doubtful),
        before_month=_compile(rf"{here}(?:{openers})[\s-]{{1,2}}$"),
        counted=_compile(rf"[\s-](?:{words.counted})(?!\w)"),
        future=_compile(rf"(?<!\w)(?:{words.future})(?!\w)"),
        rolling=_compile(words.rolling),
        final=_compile(words.final),
        part_of=_compile(rf"{_S}(?:{words.part_of})(?!\w)"),
        said=_compile(rf"(?<!\w)(?:{words.said})(?!\w)"),
        days=tuple((n, _compile(item)) for n, item in words.days.items()),
    )


def _opening(words: Words) -> str:
    """Whatever an expression may begin with: most words of a text are none of it, and are passed over by one look."""
    lists = (words.weekdays, words.months, words.seasons, words.units, words.numbers, words.duals, words.tens, words.quarter)
    near = (words.last, words.this, words.next, words.few, words.every, words.often, words.ago_before, words.ahead_before)
    rest = (words.recent, words.half, words.during, words.decade, words.century, *words.days.values())
    listed = "|".join(filter(None, (r"\d", "Q[1-4]", *map(_any, lists), _any(words.solar), *near, *rest)))
    return f"(?:{re.sub(r'[(][?]P<[a-z_]+>', '(?:', listed)})"


def _atoms(words: Words) -> list[str]:
    """One alternative for each kind of expression; the group around it names the kind."""
    month = rf"(?:{_any(words.months)})\.?(?:\s?[/(]\s?(?:{_any(words.months)})\)?)?"
    weekday, unit, dual = _any(words.weekdays), _any(words.units), _any(words.duals) or r"(?!)"
    number = rf"(?:\d{{1,3}}|{_any(words.numbers)}|{words.few})"
    many = rf"(?:\d{{1,3}}|{_any(words.numbers.split(';', 1)[1])}|{words.few})"
    of = rf"(?:{_S})?(?:(?:{words.of})(?:{_S})?)?"
    on = rf"(?:(?:{weekday}),?{_S})?"
    nth = rf"(?:{words.ordinal or '(?!)'})?"
    to = rf"\s?(?:[-–]|{words.both})\s?"
    span = rf"(?:{number}[\s-])?(?:{unit})|{dual}"

    def in_year(name: str) -> str:
        return rf"(?:{of}(?P<{name}_y>{_YEAR}))"

    def until(name: str) -> str:
        return rf"(?:{to}(?P<{name}_to>\d{{1,2}})(?!\d){nth})?"

    def near(name: str) -> str:
        return rf"(?:(?P<{name}_last>{words.last})|(?P<{name}_this>{words.this})|(?P<{name}_next>{words.next}))"

    several = rf"(?:{number}{_S}(?:{unit})|{dual})"
    counted = rf"(?:{many}[\s-](?:{unit})|{dual})"
    which, season, quarter = _any(words.quarter), _any(words.seasons), words.units.split(";")[4]
    kinds = {
        "iso": r"(?P<iso_y>\d{4})-(?P<iso_m>\d{2})-(?P<iso_d>\d{2})",
        "num": r"(?P<num_a>\d{1,2})(?P<num_sep>[/.])(?P<num_b>\d{1,2})(?P=num_sep)(?P<num_y>\d{4})",
        "dm": rf"{on}(?P<dm_d>\d{{1,2}}){nth}{until('dm')}{of}(?P<dm_m>{month}){in_year('dm')}?",
        "md": rf"{on}(?P<md_m>{month}){_S}(?P<md_d>\d{{1,2}})(?!\d){nth}{until('md')}(?:,?{_S}(?P<md_y>{_YEAR}))?",
        "my": rf"(?:{near('my')}{_S})?(?P<my_m>{month})(?:{in_year('my')}|{_S}{near('mz')})?",
        "every": rf"(?:{words.every}){_S}(?:{span}|{weekday}|{month})|{words.often}",
        "ago": rf"(?P<ago_a>{span}){_S}(?:{words.ago_behind})|"
        rf"(?:{words.ago_before}){_S}(?P<ago_b>{counted}|{number}[\s-](?:{unit}))",
        "ahead": rf"(?:{words.ahead_before}){_S}(?P<ahead_a>{several})|(?P<ahead_b>{several}){_S}(?:{words.ahead_behind})",
        "recent": rf"(?:{words.recent}){_S}(?P<recent_u>{unit})",
        "qu": rf"(?:(?P<qu_q>{which}){_S}(?:{quarter})|(?:{quarter}){_S}(?P<qu_r>{which})|Q(?P<qu_n>[1-4]))"
        rf"{in_year('qu')}?",
        "half": rf"(?:(?P<half_q>{which}){_S}(?:{words.half})|(?:{words.half}){_S}(?P<half_r>{which})){in_year('half')}",
        "day": "|".join(words.days.values()),
        "rel": rf"(?:{near('rel')}{_S}(?P<rel_a>{span})|(?P<rel_b>{span}|(?:{unit}){_S}{number}){_S}{near('rem')})",
        "season": rf"{near('season')}{_S}(?P<season_a>{season})|"
        rf"(?P<season_b>{season})(?:{in_year('season')}|{_S}{near('seasoo')})",
        "week": rf"(?:{near('week')}{_S})?(?P<week_w>{weekday})(?:{_S}{near('weel')})?(?:{_S}(?:{words.parts_of_day}))?",
        "decades": words.decade,
        "tens": _any(words.tens) or r"(?!)",
        "centuries": words.century,
        "range": r"(?P<range_a>\d{4})\s?[-–/]\s?(?P<range_b>\d{4}|\d{2})",
        "during": rf"(?:{words.during}){_S}(?:{number}[\s-](?:{unit})|{dual})|{counted}(?:[\s-]long)?(?![\s-]old)",
        "clock": rf"\d{{1,2}}:\d{{2}}(?:\s?(?:{words.clock}))?|\d{{1,2}}(?:\.\d{{2}})?\s?(?:{words.clock})",
        "year": _YEAR,
    }
    if words.solar:
        solar = rf"(?:(?P<solar_d>\d{{1,2}}){_S})?(?P<solar_m>{_any(words.solar)})(?:{of}(?P<solar_y>{_YEAR}))?"
        kinds = {"solar": solar} | kinds
    return [f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()]


def _beside(words: Words, pattern: str, here: str, gap: str) -> re.Pattern[str]:
    """What stands directly before an expression, or, in a language of trailing words, behind it."""
    return _compile(rf"['’]?\w{{0,5}}{_S}{pattern}(?!\w)" if words.trailing else rf"{here}{pattern}{gap}$")


def _any(items: str) -> str:
    """Any of a list, the longest first."""
    return "|".join(sorted(re.split(r"[;|](?![^(\[]*[)\]])", items), key=len, reverse=True)) if items else ""


def _compile(pattern: str) -> re.Pattern[str]:
    if re.search("[\u0600-\u06ff]", pattern):
        pattern = "".join(next((f"[{same}]" for same in _SAME if letter in same), letter) for letter in pattern)
    return re.compile(pattern, re.IGNORECASE)
