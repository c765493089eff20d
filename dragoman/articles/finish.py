"""Drafts -> articles: ids, the fields that a table or caller has given, language, translations."""

from __future__ import annotations

import re

import msgspec

from dragoman.articles.assemble import Draft
from dragoman.articles.dates import parse_date
from dragoman.articles.language import language_of
from dragoman.articles.lines import fold, main_script
from dragoman.types import Article, Page, Span, content_id

PARAGRAPH = "\n\n"


def to_articles(page: Page, page_text: str, drafts: list[Draft]) -> tuple[Article, ...]:
    """The articles of ``page`` in order; fields of the page win where it holds one article (of several, only the outlet's)."""
    originals = _originals(page_text, drafts)
    articles: list[Article] = []
    ids: dict[int, str] = {}
    for n in sorted(range(len(drafts)), key=lambda k: k in originals):  # originals first: a translation names its original's id
        original = originals.get(n)
        article = _article(
            page, page_text, drafts[n], n, alone=len(drafts) == 1, original=ids.get(original) if original is not None else None
        )
        ids[n] = article.id
        articles.append(article)
    return tuple(sorted(articles, key=lambda a: a.n))


def _article(page: Page, page_text: str, draft: Draft, n: int, *, alone: bool, original: str | None) -> Article:
    text, spans = _text(page_text, draft.pieces)
    fields = page.fields
    title = (fields.title if alone else None) or draft.title
    author = (fields.author if alone else None) or draft.author
    outlet = fields.outlet or draft.outlet
    date, basis = (draft.date.iso, draft.date_basis) if draft.date else (None, None)
    if alone and fields.date and (stated := parse_date(fields.date)):
        date, basis = stated, "field"
    return Article(
        id=content_id("article", title, author, outlet, date, text),
        page=page.id,
        n=n,
        title=title,
        author=author,
        outlet=outlet,
        republisher=draft.republisher,
        translator=draft.translator,
        date=date,
        date_basis=basis,
        language=fields.language or language_of(text),
        translation_of=original,
        text=text,
        page_spans=spans,
        zones=tuple(sorted(draft.zones, key=lambda z: (z.b, z.e))),
    )


def _text(page_text: str, pieces: list[list[Span]]) -> tuple[str, tuple[Span, ...]]:
    """The article's text and where its pieces lie: one span a line of the page, so that they hold nothing else."""
    kept = [[(b, e) for b, e in lines if b < e] for lines in pieces]
    text = PARAGRAPH.join(" ".join(page_text[b:e] for b, e in lines) for lines in kept if lines)
    return text, tuple(span for lines in kept for span in lines)


def _originals(page_text: str, drafts: list[Draft]) -> dict[int, int]:
    """Which draft is evidently the translation of which other: it carries the other's title, in another script or language."""
    found: dict[int, int] = {}
    by_title: dict[str, int] = {}
    for n, draft in enumerate(drafts):
        for title in draft.titles:
            by_title.setdefault(fold(title), n)
    for n, draft in enumerate(drafts):
        for carried in _carried_titles(draft):
            original = by_title.get(fold(carried))
            if original is not None and original != n and drafts[original].script != draft.script and original not in found:
                found[n] = original
                break
    return found


def _carried_titles(draft: Draft) -> list[str]:
    """Titles in another script that stand in this draft's credits or in its own title lines."""
    carried = [draft.other_title] if draft.other_title else []
    for title in draft.titles:
        for run in re.findall(
            r"[\u0590-\u06ff\u0750-\u077f][\u0590-\u06ff\u0750-\u077f\s\W]*|[\u0400-\u04ff][\u0400-\u04ff\s\W]*|[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f\s\W]*",
            title,
        ):
            if main_script(run) != draft.script and len(run.split()) >= 3:
                carried.append(run.strip())
    return carried


def cut(articles: tuple[Article, ...], most: int) -> tuple[tuple[Article, ...], str | None]:
    """``articles`` with at most ``most`` characters each, and the reason if one was longer."""
    cut_short = [a.n for a in articles if len(a.text) > most]
    if not cut_short:
        return articles, None
    shortened = []
    for article in articles:
        if article.n in cut_short:
            spans, left = [], most
            pieces = []
            for b, e in article.page_spans:
                if left <= 0:
                    break
                spans.append((b, min(e, b + left)))
                left -= min(e - b, left) + len(PARAGRAPH)
            text = article.text[:most]
            pieces.append(text)
            article = msgspec.structs.replace(
                article,
                text=text.rstrip(),
                page_spans=tuple(spans),
                id=content_id("article", article.title, article.author, article.outlet, article.date, text.rstrip()),
            )
        shortened.append(article)
    numbers = ", ".join(str(n) for n in cut_short[:5])
    return tuple(shortened), f"article {numbers} is longer than {most} characters; what lies behind was cut off"
