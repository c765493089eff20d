"""Which column of a table holds what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from dragoman.config import TableColumns
from dragoman.errors import TableError
from dragoman.types import PageFields

Role = Literal["text", "title", "author", "outlet", "date", "language"]
ROLES: tuple[Role, ...] = ("text", "title", "author", "outlet", "date", "language")

_USUAL: Mapping[Role, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "maintext", "article_text", "full_text", "fulltext", "story"),
    "title": ("title", "headline", "heading", "article_title"),
    "author": ("author", "authors", "byline", "creator"),
    "outlet": ("outlet", "source", "publication", "publisher", "source_name", "newspaper", "media", "site", "source_domain"),
    "date": (
        "date", "published", "publish_date", "published_at", "date_published", "date_publish", "publication_date",
        "pub_date", "pubdate", "datetime", "article_date",
    ),
    "language": ("language", "lang", "language_code"),
}  # fmt: skip
_DEFAULT = TableColumns()
_SHOWN = 40


def find_columns(there: Sequence[str], wanted: TableColumns) -> dict[Role, str]:
    """For each role the column of ``there`` that holds it.

    A column that the caller named must be there exactly so. One left at its default is taken from the first of the usual
    names that is there, whatever the case and with spaces or hyphens for underscores: for the text ``text``, ``body``,
    ``content``, ``article``, ``maintext`` …; for the title ``title``, ``headline`` …; the outlet ``outlet``, ``source``,
    ``publication`` …; the date ``date``, ``published``, ``publish_date`` …; and so on. Only the text is needed.

    Raises TableError with the columns that there are.
    """
    found: dict[Role, str] = {}
    for role in ROLES:
        name = getattr(wanted, role)
        if name in there:
            found[role] = name
        elif name == getattr(_DEFAULT, role):
            usual = _first_usual(role, there)
            if usual is not None and usual not in found.values():
                found[role] = usual
        else:
            raise TableError(f"there is no column {name!r} for the {role}; {_listing(there)}")
    if "text" not in found:
        raise TableError(
            f"there is no column {wanted.text!r} for the text; {_listing(there)}; name the one that holds the text"
        )
    return found


def page_fields(row: Mapping[Role, str | None]) -> PageFields:
    """What a row says about its article; None where it says nothing."""
    return PageFields(**{role: row.get(role) for role in ROLES if role != "text"})


def header_names(head: bytes) -> list[str]:
    """The names on the first line of what may be a CSV or TSV table; empty if it is not several."""
    line = head.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip("\r")
    names = [name.strip().strip('"') for name in line.split(delimiter_of(line))]
    return names if len(names) > 1 else []


def delimiter_of(header: str) -> str:
    """The character that parts the names on a table's first line: the one of ``, ; tab |`` found most often."""
    return max(",;\t|", key=header.count)


def _first_usual(role: Role, there: Iterable[str]) -> str | None:
    plain: dict[str, str] = {}
    for name in there:
        plain.setdefault(name.strip().lower().replace(" ", "_").replace("-", "_"), name)
    return next((plain[usual] for usual in _USUAL[role] if usual in plain), None)


def _listing(there: Sequence[str]) -> str:
    if not there:
        return "there are no columns"
    more = f" … ({len(there) - _SHOWN} more)" if len(there) > _SHOWN else ""
    return f"the columns there are: {', '.join(name[:60] for name in there[:_SHOWN])}{more}"
