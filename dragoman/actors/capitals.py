"""Capitals named by their country: *the Libyan capital*, *the capital of Chad*, *العاصمة الليبية*."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from dragoman.actors.folding import words_of
from dragoman.resources import read_rows
from dragoman.types import Span

MOST_WORDS = 7
"""Of a state's name: *Democratic Republic of the Congo*."""
_WORD = r"[\w.'’-]{1,30}?"
_SPACE = r"\s{1,3}"
_NO_CITY = (
    "accounts?|accumulation|adequacy|allocation|allowances?|appreciation|assets?|base|budgets?|cases?|charges?|controls?|costs?|"
    "crimes?|equipment|expenditures?|expenses?|exports?|flew|flight|flow(?:s|ed|ing)?|formation|gains?|goods|imports?|increases?|"
    "inflows?|injections?|investments?|investors?|letters?|loss(?:es)?|markets?|movements?|needs?|"
    "offen[cs]es?|outflows?|outlays?|projects?|punishments?|raising|ratios?|requirements?|reserves?|sentences?|shares?|ships?|"
    "spending|stocks?|structures?|trials?|transfers?|works"
)
"""Behind *capital*: it is money, a crime or a letter, and no city."""
_LATIN = re.compile(
    rf"(?:(?i:the){_SPACE})?(?:"
    rf"(?P<owner>{_WORD}(?:{_SPACE}{_WORD}){{0,{MOST_WORDS - 1}}}?)(?:(?<=s)['’]|['’]s)?{_SPACE}(?:capital|CAPITAL)\b"
    rf"(?!{_SPACE}(?:{_NO_CITY})\b|[-‑])"
    rf"|(?i:capital{_SPACE}(?:city{_SPACE})?of){_SPACE}(?P<names>{_WORD}(?:{_SPACE}{_WORD}){{0,{MOST_WORDS}}})(?![\w.'’-]))"
)
_ARABIC = re.compile(r"(?:و|ب|ل)?العاصمة\s{1,3}(?:ال)?(?P<owner>\w+?)(?:ة|ه)?(?=\s|$)")
_WORDS = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_WITHIN = re.compile(r"['’]|\s+(?:province|state|region|governorate|district|oblast)\b|\s+[A-ZÀ-Þ]")
"""Behind a state's name: what has the capital is a part of it."""


def _key(name: str) -> str:
    return " ".join(word.form for word in words_of(name))


@lru_cache(maxsize=1)
def _capitals() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The capital by each name of its state, and by each adjective."""
    rows = [row for row in read_rows(__package__, "data/states.csv") if row["seats"]]
    names = {_key(name): _first(row["seats"]) for row in rows for name in (row["name"], *row["names"].split(";")) if name}
    adjectives = {_key(word): _first(row["seats"]) for row in rows for word in row["adjectives"].split(";") if word}
    return MappingProxyType(names), MappingProxyType(adjectives)


def _first(names: str) -> str:
    return names.split(";")[0]


def capital_in(name: str) -> str | None:
    """The capital that ``name`` calls by its country, None if it calls none so."""
    match = _LATIN.match(name) or _ARABIC.match(name)
    if match is None:
        return None
    if owner := match["owner"]:
        return _capital_of(owner)
    return _capital_before(match["names"])


def with_capital(text: str, span: Span) -> str:
    """The words of a place, with *capital* behind them where that makes them another: *Libya* in *Libya's capital*."""
    b, e = span
    match = _LATIN.match(text, b)
    if match and match["owner"] and match.end("owner") <= e < match.end() and _capital_of(match["owner"]):
        return text[b : match.end()]
    return text[b:e]


def _capital_of(owner: str) -> str | None:
    names, adjectives = _capitals()
    key = _key(owner)
    return names.get(key) or adjectives.get(key)


def _capital_before(words: str) -> str | None:
    """The capital of the state whose name, the longest there is, opens ``words``; None where a part of it is meant."""
    names, _ = _capitals()
    for word in reversed(list(_WORDS.finditer(words))):
        named = _POSSESSIVE.sub("", words[: word.end()])
        if capital := names.get(_key(named)):
            return None if _WITHIN.match(words, len(named)) else capital
    return None
