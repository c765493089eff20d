"""Making ``Page`` records."""

from __future__ import annotations

from dragoman.sources.decoding import clean
from dragoman.types import Page, PageFields, PageKind, content_id

_NO_FIELDS = PageFields()


def make_page(
    origin: str,
    kind: PageKind,
    text: str,
    *,
    encoding: str,
    fields: PageFields = _NO_FIELDS,
    truncated: str | None = None,
) -> Page:
    """A page of clean ``text``, with its id: what it says counts, not where it came from."""
    given = (fields.title, fields.author, fields.outlet, fields.date, fields.language)
    return Page(
        id=content_id("page", kind, text, *given),
        origin=origin,
        kind=kind,
        text=text,
        encoding=encoding,
        fields=fields,
        truncated=truncated,
    )


def clean_field(value: str | None) -> str | None:
    """A table's field as it may be stored: on one line, None if there is nothing in it."""
    if value is None:
        return None
    return " ".join(clean(value).text.split()) or None
