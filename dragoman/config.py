"""Settings as frozen values: name, default and what it is for. Nothing here is read at import time from outside."""

from __future__ import annotations

import msgspec

DEFAULT_LEDGER = "dragoman.db"
LANGUAGES = ("en", "ar", "ru", "fr", "tr", "fa", "he")
"""Languages (ISO 639-1) that coding and evidence have word lists for. The reader takes others too, but no rule completes it."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one input may cost. Anything over a limit is stopped and recorded with its reason; the run goes on."""

    seconds: float = 10.0
    """Wall-clock seconds that one document may take before the reader."""
    megabytes: int = 512
    """Memory that one document may take before the reader, in MiB."""
    page_bytes: int = 64 * 1024 * 1024
    """Longest page that is read; what lies behind is cut off and recorded as truncated."""
    article_characters: int = 2_000_000
    """Longest article that is coded; what lies behind is cut off and recorded as truncated."""


class TableColumns(msgspec.Struct, frozen=True, kw_only=True):
    """Which columns of a table hold what; only the text's is needed."""

    text: str = "text"
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    date: str | None = None
    language: str | None = None


QUADS = {
    kind: quad
    for quad, kinds in {
        "verbal cooperation": "AGREE CONSULT SUPPORT CONCEDE",
        "material cooperation": "COOPERATE AID RETREAT",
        "verbal conflict": "REQUEST ACCUSE REJECT THREATEN",
        "material conflict": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
    }.items()
    for kind in kinds.split()
}
"""Quad category of each type of PLOVER, as its manual (draft 2.0, 2024) has them."""
