"""The JSON API: the same answers as the pages show, described by /api/openapi.json."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_type_hints

from dragoman.errors import UsageError
from dragoman.explorer import params
from dragoman.explorer.library import Library
from dragoman.explorer.netview import NetworkView, NetworkWanted, network_view
from dragoman.explorer.openapi import Operation, describe
from dragoman.explorer.views import LISTS
from dragoman.ledger import browse_actors, browse_articles, browse_events
from dragoman.ledger.browse import Browser, Listing
from dragoman.types import CodedArticle, Record

Query = list[tuple[str, str]]
_ID = re.compile(r"[0-9A-Za-z_.-]{1,64}")


class NotFoundError(UsageError):
    """There is no such thing in the ledger."""


def identifier(text: str) -> str:
    """An id from an address. Raises NotFoundError for what cannot be one."""
    if not _ID.fullmatch(text):
        raise NotFoundError("there is none of this id in the ledger")
    return text


class Endpoint(Record, frozen=True, kw_only=True):
    """An operation and what answers it: (library, browser, query, key) -> the answer."""

    operation: Operation
    answer: Callable[[Library, Browser, Query, str], Any]


def endpoints() -> tuple[Endpoint, ...]:
    """All of the API, but its own description."""
    return (
        Endpoint(
            operation=Operation(
                path="/api/overview", name="overview", summary="What the ledger holds.", gives=browse_articles.Overview
            ),
            answer=lambda library, browser, query, _: _plain(
                query, lambda: library.kept(browser, ("overview",), lambda: browse_articles.overview(browser))
            ),
        ),
        *(endpoint for name in LISTS for endpoint in _list(name)),
        Endpoint(
            operation=Operation(
                path="/api/events/history", name="history", summary="Events over time, by type.",
                gives=browse_events.History, takes=(browse_events.EventsWanted,),
            ),
            answer=lambda _library, browser, query, _: browse_events.history(
                browser, params.read(query, browse_events.EventsWanted)[0]
            ),
        ),
        Endpoint(
            operation=Operation(
                path="/api/events/spots", name="spots", summary="Where events took place, with coordinates.",
                gives=browse_events.Spots, takes=(browse_events.EventsWanted,),
            ),
            answer=lambda _library, browser, query, _: browse_events.spots(
                browser, params.read(query, browse_events.EventsWanted)[0]
            ),
        ),
        Endpoint(
            operation=Operation(
                path="/api/network", name="network", summary="Actors, signed ties and blocs, window by window.",
                gives=NetworkView, takes=(NetworkWanted,),
            ),
            answer=lambda library, browser, query, _: kept_network(library, browser, params.read(query, NetworkWanted)[0]),
        ),
        Endpoint(
            operation=Operation(
                path="/api/articles/{id}", name="article", summary="An article's text with all that was coded from it.",
                gives=CodedArticle, key="id",
            ),
            answer=lambda _library, browser, query, key: _plain(
                query, lambda: found(browser.ledger.coded_article(identifier(key)), "article")
            ),
        ),
        Endpoint(
            operation=Operation(
                path="/api/actors/{id}", name="actor", summary="An actor: names used for it, what it does and suffers.",
                gives=browse_actors.Dossier, key="id",
            ),
            answer=lambda _library, browser, query, key: _plain(
                query, lambda: found(browse_actors.dossier(browser, identifier(key)), "actor")
            ),
        ),
    )  # fmt: skip


def description() -> dict[str, Any]:
    """The OpenAPI description of ``endpoints``."""
    return describe(endpoint.operation for endpoint in endpoints())


def kept_network(library: Library, browser: Browser, wanted: NetworkWanted) -> NetworkView:
    """The network, kept as long as nothing is written; which window is shown first does not matter to it."""
    key = tuple(sorted((name, value) for name, value in params.given(wanted).items() if name != "window"))
    return library.kept(browser, ("network", key), lambda: network_view(browser, wanted))


def found(record: Any, what: str) -> Any:
    """``record``, or NotFoundError if it is None."""
    if record is None:
        raise NotFoundError(f"there is no {what} of this id in the ledger")
    return record


def _list(name: str) -> tuple[Endpoint, ...]:
    view = LISTS[name]

    def answer(_library: Library, browser: Browser, query: Query, _: str) -> Any:
        wanted, pages = params.read(query, view.wanted, params.Pages)
        return view.find(browser, wanted, paging=pages.paging)

    def choices(library: Library, browser: Browser, query: Query, _: str) -> Any:
        (wanted,) = params.read(query, view.wanted)
        return kept_choices(library, browser, name, wanted)

    listed = Operation(path=f"/api/{name}", name=name, summary=view.what, gives=Listing[view.row],  # type: ignore[name-defined]
                       takes=(view.wanted, params.Pages))  # fmt: skip
    endpoints = [Endpoint(operation=listed, answer=answer)]
    if view.choices is not None:
        gives = get_type_hints(view.choices)["return"]
        summary = f"What the {name} that match could be narrowed by, with how many each choice leaves."
        chosen = Operation(path=f"/api/{name}/choices", name=f"{view.one}_choices", summary=summary, gives=gives,
                           takes=(view.wanted,))  # fmt: skip
        endpoints.append(Endpoint(operation=chosen, answer=choices))
    return tuple(endpoints)


def kept_choices(library: Library, browser: Browser, name: str, wanted: Record) -> Any:
    """What a list could be narrowed by, kept as long as nothing is written."""
    view = LISTS[name]
    key = ("choices", name, tuple(sorted(item for item in params.given(wanted).items() if item[0] != "sort")))
    return library.kept(browser, key, lambda: view.choices(browser, wanted) if view.choices else None)


def _plain(query: Query, make: Callable[[], Any]) -> Any:
    """The answer of an operation without parameters."""
    params.read(query)
    return make()
