"""What can be looked at: for each list its filters, its query and its columns; for each single thing its query.

Pages, the API and downloads all ask here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from dragoman.explorer import evidence
from dragoman.explorer.params import MOST_ROWS
from dragoman.ledger import browse_actors, browse_articles, browse_claims, browse_events, browse_evidence
from dragoman.ledger.browse import Browser, Listing, Paging
from dragoman.types import Actor, Record, Wording

MOST_DOWNLOADED = 100_000
"""Records of one download; ``dragoman export`` has no such bound."""


class ListView(Record, frozen=True, kw_only=True):
    """A list of records: ``find`` takes a Browser, a record of ``wanted``, and paging; ``choices`` what narrows it down."""

    name: str
    one: str
    what: str
    wanted: type[Record]
    row: type[Record]
    find: Callable[..., Listing[Any]]
    choices: Callable[[Browser, Any], Record] | None = None
    line: type[Record] | None = None
    """What a line of a download holds, where one record makes several of them."""
    lines: Callable[[Any], Iterator[Record]] | None = None


LISTS = {
    view.name: view
    for view in (
        ListView(
            name="claims",
            one="claim",
            what="Who says what, by which words, through whom and how surely.",
            wanted=browse_claims.ClaimsWanted,
            row=browse_claims.ClaimRow,
            find=browse_claims.claims,
            choices=browse_claims.claim_choices,
        ),
        ListView(
            name="events",
            one="event",
            what="Who does what to whom, when and where, and by whose account.",
            wanted=browse_events.EventsWanted,
            row=browse_events.EventRow,
            find=browse_events.events,
            choices=browse_events.event_choices,
        ),
        ListView(
            name="articles",
            one="article",
            what="The articles that were read.",
            wanted=browse_articles.TextsWanted,
            row=browse_articles.ArticleRow,
            find=browse_articles.articles,
            choices=browse_articles.article_choices,
        ),
        ListView(
            name="actors",
            one="actor",
            what="States, persons, groups and organisations that take part or speak.",
            wanted=browse_actors.ActorsWanted,
            row=browse_actors.ActorRow,
            find=browse_actors.actors,
        ),
        ListView(
            name="incidents",
            one="incident",
            what="The same event as several articles tell it, and how many independent origins that makes.",
            wanted=browse_evidence.IncidentsWanted,
            row=evidence.IncidentView,
            find=evidence.incidents,
        ),
        ListView(
            name="disputes",
            one="dispute",
            what="Statements that cannot both hold, or one and its denial: side by side, neither being right by that.",
            wanted=browse_evidence.DisputesWanted,
            row=browse_evidence.DisputeRow,
            find=browse_evidence.disputes,
        ),
        ListView(
            name="reuse",
            one="passage",
            what="Passages that stand, copied or nearly, in two articles: side by side.",
            wanted=browse_evidence.ReuseWanted,
            row=browse_evidence.ReuseRow,
            find=browse_evidence.reuse,
        ),
        ListView(
            name="predictions",
            one="prediction",
            what="What somebody says will be: by when, on what condition, how surely; and what was told afterwards.",
            wanted=browse_evidence.PredictionsWanted,
            row=evidence.PredictionView,
            find=evidence.predictions,
        ),
        ListView(
            name="names",
            one="subject",
            what="What each outlet calls the same actor, or the same event: counts with places, and no judgement.",
            wanted=browse_evidence.NamesWanted,
            row=evidence.NamesView,
            find=evidence.names,
            line=Wording,
            lines=evidence.wordings_of,
        ),
        ListView(
            name="blocs",
            one="bloc",
            what="Actors that texts set together, their members as stated, denied or proposed.",
            wanted=browse_evidence.BlocsWanted,
            row=browse_evidence.BlocRow,
            find=browse_evidence.blocs,
        ),
    )
}


def rows(browser: Browser, view: ListView, wanted: Record, *, most: int = MOST_DOWNLOADED) -> Iterator[Record]:
    """The records that match, a page at a time, so that memory stays flat."""
    start = 0
    while start < most:
        with browser.look():
            found = view.find(browser, wanted, paging=Paging(size=MOST_ROWS, start=start))
        for row in found.rows[: most - start]:
            yield from (row,) if view.lines is None else view.lines(row)
        start += MOST_ROWS
        if start >= found.total:
            return


def columns(view: ListView) -> tuple[str, ...]:
    """The columns of a download as a table."""
    return tuple(column for field in msgspec.structs.fields(view.line or view.row) for column in _names(field.name, field.type))


def cells(row: Record) -> list[str | int | float | None]:
    """A record as cells under ``columns``: an actor is its name, id and code; several values stand in one cell."""
    return [cell for field in msgspec.structs.fields(type(row)) for cell in _cells(getattr(row, field.name), field.type)]


def _names(name: str, type_: Any) -> tuple[str, ...]:
    return (name, f"{name}_id", f"{name}_code") if _of_actors(type_) else (name,)


def _cells(value: Any, type_: Any) -> Sequence[str | int | float | None]:
    if _of_actors(type_):
        actors = (value,) if isinstance(value, Actor) else tuple(value or ())
        return tuple(" + ".join(str(part or "") for part in parts) for parts in (
            [actor.name for actor in actors], [actor.id for actor in actors], [actor.code for actor in actors],
        ))  # fmt: skip
    if isinstance(value, bool):
        return (int(value),)
    if isinstance(value, tuple):
        return (" > ".join(cell if isinstance(cell, str) else msgspec.json.encode(cell).decode() for cell in value),)
    if value is None or isinstance(value, str | int | float):
        return (value,)
    return (msgspec.json.encode(value).decode(),)


def _of_actors(type_: Any) -> bool:
    return type_ is Actor or Actor in getattr(type_, "__args__", ())
