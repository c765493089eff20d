"""Templates to HTML. Everything that comes from a page is escaped: only our own scripts and styles go in as they are."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from dragoman import __version__
from dragoman.config import QUADS
from dragoman.explorer import charts, marks, params
from dragoman.explorer.pages import Page, copied
from dragoman.explorer.views import LISTS
from dragoman.ledger.browse_events import EventsWanted

HERE = Path(__file__).parent
TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
SIGNS = {1: "+", -1: "−", 0: "±"}  # a minus, as wide as the plus
WORDS = {"neg": "denied or negated", "pos": "said to be so", "author": "the article itself", "historical": "long ago",
         "near_copy": "nearly a copy", "verbatim": "word for word", "translation": "a translation",
         "detail_mismatch": "details differ", "position_change": "a changed position"}  # fmt: skip
"""What a person reads for a value, where the value itself would not do."""


class Asset:
    """A file that pages load: its bytes, and an address that changes with them."""

    def __init__(self, path: Path) -> None:
        self.body = path.read_bytes()
        self.type = TYPES[path.suffix]
        self.address = f"/static/{path.name}?{hashlib.sha256(self.body).hexdigest()[:12]}"


@functools.cache
def assets() -> Mapping[str, Asset]:
    """All files that pages may load, by name. There is nothing else to be had under /static."""
    return {path.name: Asset(path) for path in sorted((HERE / "static").iterdir()) if path.suffix in TYPES}


@functools.cache
def environment() -> jinja2.Environment:
    """The templates."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"many": many, "dir": marks.direction, "day": day, "slug": slug}
    made.globals |= {
        "asset": lambda name: assets()[name].address,
        "address": params.address,
        "given": params.given,
        "none_wanted": EventsWanted(),
        "sections": frozenset(("overview", "map", "network", "about", *LISTS)),
        "copied": copied,
        "signs": SIGNS,
        "words": WORDS,
        "quads": QUADS,
        "verbatim": _verbatim,
        "version": __version__,
        "spark_size": (charts.SPARK_WIDTH, charts.SPARK_HEIGHT),
        "letters": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    }
    return made


def render(page: Page, *, ledger: str) -> str:
    """The HTML of a page; ``ledger`` is the name of the file that is looked at."""
    template = environment().get_template(page.template)
    return template.render(**page.context, page=page, ledger=ledger)


def _verbatim(own: str) -> Markup:
    """A script or style sheet of ours, never text of a page, as it is: escaping would change what its hash covers."""
    return Markup(own)


def many(count: int, one: str, several: str | None = None) -> str:
    """``1 claim``, ``2,000 claims``."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def day(start: str | None, end: str | None = None) -> str:
    """A day, or from when to when."""
    if start is None:
        return f"until {end}" if end else "no date"
    return start if end in (None, start) else f"{start} to {end}"


def slug(text: Any) -> str:
    """Words as the name of a class."""
    return str(text).replace(" ", "-")
