"""Capitals named by their country: *the Libyan capital*, *the capital of Chad*, *العاصمة الليبية*."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from dragoman.actors.folding import words_of
from dragoman.resources import read_text

_LATIN = re.compile(
    r"(?:the )?(?:(?P<adjective>[\w.-]+(?: [\w.-]+)?)(?:['’]s)? capital\b"
    r"|capital (?:city )?of (?:the )?(?P<name>[\w.-]+(?: [\w.-]+)?))",
    re.I,
)
_ARABIC = re.compile(r"(?:و|ب|ل)?العاصمة (?:ال)?(?P<adjective>\w+?)(?:ة|ه)?(?= |$)")


def _key(name: str) -> str:
    return " ".join(word.form for word in words_of(name))


@lru_cache(maxsize=1)
def _capitals() -> Mapping[str, str]:
    """The capital by each name and adjective of its state."""
    rows = csv.DictReader(io.StringIO(read_text(__package__, "data/states.csv")))
    return MappingProxyType(
        {
            _key(word): row["seats"].split(";")[0]
            for row in rows
            if row["seats"]
            for word in (row["name"], *row["names"].split(";"), *row["adjectives"].split(";"))
            if word
        }
    )


def capital_in(name: str) -> str | None:
    """The capital that ``name`` calls by its country, None if it calls none so."""
    match = _LATIN.match(name) or _ARABIC.match(name)
    if match is None:
        return None
    state = next(filter(None, match.groupdict().values()))
    return _capitals().get(_key(state))
