"""``split``: the one door of this room."""

from __future__ import annotations

from dragoman.articles.assemble import Draft, draft_articles
from dragoman.articles.finish import cut, to_articles
from dragoman.config import Limits
from dragoman.errors import InputError
from dragoman.types import Article, Page, Record


class Split(Record, frozen=True, kw_only=True):
    """The articles of a page, in its order.

    ``page_text`` is what ``zones`` and ``page_spans`` index: the text of a text page, the rendition of an HTML page.
    ``truncated`` is a reason if an article was cut short, else None.
    """

    articles: tuple[Article, ...]
    page_text: str
    truncated: str | None = None


DEFAULT_LIMITS = Limits()
LARGE = 2_000_000
"""Characters from which a page of text, too, is read in the child process, so that its clock and memory are limited."""


def split(page: Page, *, limits: Limits = DEFAULT_LIMITS) -> Split:
    """The articles of ``page``. Raises InputError if it holds no article text, LimitError if it needs more than ``limits``."""
    page_text = page.text
    large = len(page.text) > LARGE
    if page.kind == "record":
        drafts = _record(page.text)
    elif page.kind == "html" or large:
        html = page.kind == "html"
        from dragoman.articles.child import read_apart  # loaded at first use: most pages are text

        try:
            read = read_apart(page.text, html=html, limits=limits)
        except InputError as error:
            raise type(error)(f"{page.origin}: {error}") from error
        page_text, drafts = read.text if html else page.text, read.drafts
    else:
        drafts = draft_articles(page.text)
    articles, truncated = cut(to_articles(page, page_text, drafts), limits.article_characters)
    if not articles:
        raise InputError(f"{page.origin}: expected the text of an article, found none in {len(page.text)} characters")
    return Split(articles=articles, page_text=page_text, truncated=truncated)


def _record(text: str) -> list[Draft]:
    """The text of a table's row is one article as it is."""
    kept = text.strip()
    b = text.find(kept)
    return [Draft(pieces=[[(b, b + len(kept))]])] if any(c.isalnum() for c in kept) else []
