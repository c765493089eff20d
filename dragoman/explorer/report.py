"""A ledger as one HTML file: the essential views, with the texts that they come from, to be opened from disk without a network.

The drawings are those of the explorer. What would lead to another page leads to its place in the file, or nowhere.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError, UsageError
from dragoman.explorer import charts, marks, worldmap
from dragoman.explorer.netview import NetworkWanted, network_view
from dragoman.explorer.render import HERE, assets, environment
from dragoman.explorer.views import LISTS
from dragoman.ledger import browse_actors, browse_articles, browse_claims, browse_events
from dragoman.ledger.browse import Browser, Paging
from dragoman.types import Article, Record

MOST_TEXT = 1_300_000
"""Bytes of marked text that a report holds; articles beyond are named, not printed."""
_SECONDS = 60.0
_ACTORS, _CLAIMS, _EVENTS = 24, 40, 40
_EVIDENCE_OF = {"disputes": 40, "incidents": 40, "predictions": 40, "blocs": 40, "reuse": 40, "names": 6}
_HREF = re.compile(r'href="(/[^"]*)"')


class Report(Record, frozen=True, kw_only=True):
    """What was written: bytes, articles in full, and articles that are only named."""

    size: int
    articles: int
    left_out: int


def write_report(ledger: Path, output: Path, *, title: str | None = None, most_text: int = MOST_TEXT) -> Report:
    """Write the ledger at ``ledger`` to ``output``, which appears whole or not at all.

    Raises what ``Ledger.open`` raises, and DragomanError if ``output`` cannot be written.
    """
    if output.resolve() == ledger.resolve():
        raise UsageError(f"{output}: expected another file than the ledger, found the same; name another with -o")
    with Browser.open(ledger, seconds=_SECONDS) as browser, browser.look():
        html, articles, left_out = _render(browser, title or "What is told, and who tells it", ledger.name, most_text)
    data = html.encode("utf-8")
    part = output.with_name(f".{output.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(output)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DragomanError(f"{output}: cannot be written: {error.strerror or error}; name another file with -o") from error
    return Report(size=len(data), articles=articles, left_out=left_out)


def _render(browser: Browser, title: str, ledger: str, most_text: int) -> tuple[str, int, int]:
    history = browse_events.history(browser)
    spots = browse_events.spots(browser)
    network = network_view(browser, NetworkWanted())
    cast = browse_actors.actors(browser, paging=Paging(size=_ACTORS))
    texts, total = _texts(browser, most_text)
    context: dict[str, Any] = {
        "title": title,
        "ledger": ledger,
        "holds": browse_articles.overview(browser),
        "history": history,
        "chart": charts.timeline(history),
        "cast": cast,
        "dossiers": [browse_actors.dossier(browser, row.id) for row in cast.rows],
        "view": network,
        "shown": network.whole,
        "spots": spots,
        "sheet": worldmap.sheet(spots),
        "credit": worldmap.CREDIT,
        "world": {},
        "denied": browse_claims.claims(browser, browse_claims.ClaimsWanted(polarity="neg"), paging=Paging(size=_CLAIMS)),
        "events": browse_events.events(browser, paging=Paging(size=_EVENTS)),
        "evidence": [
            (LISTS[name], found)
            for name, size in _EVIDENCE_OF.items()
            if name in LISTS and (found := LISTS[name].find(browser, LISTS[name].wanted(), paging=Paging(size=size))).total
        ],
        "texts": texts,
        "total": total,
    }
    style, script = _style(), (HERE / "static/report.js").read_text(encoding="utf-8")
    html = (
        environment()
        .get_template("report.html")
        .render(**context, style=style, script=script, style_hash=_hash(style), script_hash=_hash(script))
    )
    there = {article.id for article, *_ in texts}
    known = {row.id for row in cast.rows}
    return _linked(html, there, known), len(texts), total - len(texts)


def _texts(browser: Browser, most_text: int) -> tuple[list[tuple[Article, str, list[Any]]], int]:
    """The newest articles with their marks, as many as there is room for, and how many articles there are."""
    texts: list[tuple[Article, str, list[Any]]] = []
    size = start = 0
    while True:
        found = browse_articles.articles(browser, paging=Paging(size=100, start=start))
        for row in found.rows:
            coded = browser.ledger.coded_article(row.id)
            if coded is None:
                continue
            pieces = list(marks.paragraphs(coded.article.text, marks.marks_of(coded)))
            size += sum(len(piece.text.encode()) + (220 if piece.layers else 0) for line in pieces for piece in line)
            if size > most_text:
                return texts, found.total
            texts.append((coded.article, marks.direction(coded.article.language), pieces))
        start += 100
        if start >= found.total:
            return texts, found.total


def _style() -> str:
    """The style sheet with its fonts inside."""
    style = (HERE / "static/explorer.css").read_text(encoding="utf-8")
    for name in ("sans.woff2", "serif.woff2"):
        data = base64.b64encode(assets()[name].body).decode()
        style = style.replace(f'url("{name}")', f'url("data:font/woff2;base64,{data}")')
    return style


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _linked(html: str, articles: Iterable[str], actors: Iterable[str]) -> str:
    """``html`` with its links turned inward. Text cannot pass for a link here: its quotation marks are escaped."""
    there, known = frozenset(articles), frozenset(actors)

    def inward(match: re.Match[str]) -> str:
        path, _, place = match[1].partition("#")
        kind, _, id_ = path.strip("/").partition("/")
        if kind == "articles" and id_ in there:
            inside = place if not place.startswith(":~") else ""  # words of a text are no place in this file
            return f'href="#{inside or f"article-{id_}"}"'
        if kind == "actors" and id_ in known:
            return f'href="#actor-{id_}"'
        return ""

    return _HREF.sub(inward, html)
