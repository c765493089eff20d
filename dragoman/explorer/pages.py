"""The pages: what each shows, as a template with what it is filled with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from dragoman.errors import UsageError
from dragoman.explorer import charts, marks, params, worldmap
from dragoman.explorer.api import Query, found, identifier, kept_choices, kept_network
from dragoman.explorer.library import Library
from dragoman.explorer.netview import NetworkWanted
from dragoman.explorer.views import LISTS
from dragoman.ledger import browse_actors, browse_articles, browse_claims, browse_events, browse_evidence
from dragoman.ledger.browse import Browser, Id, Paging
from dragoman.types import Record

_FEW = 6


class Page(Record, frozen=True, kw_only=True):
    """A template, the title of the page, the address of its JSON twin, and what fills the template."""

    template: str
    title: str
    section: str
    twin: str | None
    context: dict[str, Any]


class Whole(Record, frozen=True, kw_only=True):
    """Whether the map shows the whole world."""

    world: bool = False


class TieWanted(Record, frozen=True, kw_only=True):
    """The two actors of a tie."""

    a: Id | None = None
    b: Id | None = None


def overview(library: Library, browser: Browser, query: Query, _: str) -> Page:
    """What is in the ledger, what happened when, who takes part, what is denied."""
    params.read_form(query)
    holds = library.kept(browser, ("overview",), lambda: browse_articles.overview(browser))
    history = library.kept(browser, ("history", ()), lambda: browse_events.history(browser))
    cast = library.kept(browser, ("cast",), lambda: browse_actors.actors(browser, paging=Paging(size=10)))
    denied = browse_claims.claims(browser, browse_claims.ClaimsWanted(polarity="neg"), paging=Paging(size=5))
    disputed = browse_evidence.disputes(browser, paging=Paging(size=3))
    latest = browse_articles.articles(browser, paging=Paging(size=8))
    return Page(
        template="overview.html", title="Overview", section="overview", twin="/api/overview",
        context={"holds": holds, "chart": charts.timeline(history), "history": history, "cast": cast, "denied": denied,
                 "latest": latest, "disputed": disputed},
    )  # fmt: skip


def listing(name: str) -> Callable[[Library, Browser, Query, str], Page]:
    """The page of a list."""
    view = LISTS[name]

    def page(library: Library, browser: Browser, query: Query, _: str) -> Page:
        wanted, pages = params.read_form(query, view.wanted, params.Pages)
        key = ("list", name, tuple(sorted((params.given(wanted) | params.given(pages)).items())))
        listed = library.kept(browser, key, lambda: view.find(browser, wanted, paging=pages.paging))
        context = {"view": view, "wanted": wanted, "pages": pages, "found": listed,
                   "choices": kept_choices(library, browser, name, wanted)}  # fmt: skip
        if name == "claims":
            context["against"] = browse_evidence.disputes_of_claims(browser, tuple(row.id for row in listed.rows))
        if name == "events":
            narrowed = tuple(sorted(item for item in params.given(wanted).items() if item[0] != "sort"))
            context["history"] = history = library.kept(
                browser, ("history", narrowed), lambda: browse_events.history(browser, wanted)
            )
            context["chart"] = charts.timeline(history)
        named = [value for field in ("actor", "other", "source") if (value := getattr(wanted, field, None))]
        context["names"] = browse_actors.actor_names(browser, tuple(named)) if named else {}
        twin = params.address(f"/api/{name}", wanted, pages)
        return Page(template=f"{name}.html", title=name.capitalize(), section=name, twin=twin, context=context)

    return page


def article(_: Library, browser: Browser, query: Query, key: str) -> Page:
    """The text of an article with what was found in it."""
    params.read_form(query)
    coded = found(browser.ledger.coded_article(identifier(key)), "article")
    text = coded.article.text
    claims = browse_claims.claims(browser, browse_claims.ClaimsWanted(article=coded.article.id), paging=Paging(size=2000)).rows
    events = browse_events.events(browser, browse_events.EventsWanted(article=coded.article.id), paging=Paging(size=2000)).rows
    original = coded.article.translation_of and browser.ledger.article(coded.article.translation_of)
    return Page(
        template="article.html", title=coded.article.title or "Untitled article", section="articles",
        twin=f"/api/articles/{coded.article.id}",
        context={"article": coded.article, "direction": marks.direction(coded.article.language),
                 "paragraphs": list(marks.paragraphs(text, marks.marks_of(coded))), "original": original,
                 "claims": sorted(claims, key=lambda claim: (claim.at is None, claim.at or 0)),
                 "events": sorted(events, key=lambda event: event.at), "relations": coded.relations,
                 "reuse": _evidence(browser, "reuse", coded.article.id)},
    )  # fmt: skip


def _evidence(browser: Browser, name: str, article: str) -> Any:
    view = LISTS.get(name)
    return None if view is None else view.find(browser, view.wanted(article=article), paging=Paging(size=20))


def actor(library: Library, browser: Browser, query: Query, key: str) -> Page:
    """An actor's dossier: names, deeds, what was done to it, what it said, with whom it deals."""
    params.read_form(query)
    context = library.kept(browser, ("actor", key), lambda: _dossier(browser, identifier(key)))
    return Page(template="actor.html", title=context["dossier"].actor.name, section="actors", twin=f"/api/actors/{key}",
                context=context)  # fmt: skip


def _dossier(browser: Browser, key: str) -> dict[str, Any]:
    dossier = found(browse_actors.dossier(browser, key), "actor")
    few = Paging(size=_FEW)
    history = browse_events.history(browser, browse_events.EventsWanted(actor=key))
    between = browse_events.histories(browser, actor=key, others=tuple(partner.value for partner in dossier.partners))
    spoken_of = browse_claims.ClaimsWanted(q=f'"{dossier.actor.name}"'[:200], sort="best")
    return {
        "dossier": dossier,
        "history": history,
        "chart": charts.timeline(history),
        "ties": [(partner, charts.spark(between[partner.value])) for partner in dossier.partners],
        "does": browse_events.events(browser, browse_events.EventsWanted(actor=key, role="actor"), paging=few),
        "suffers": browse_events.events(browser, browse_events.EventsWanted(actor=key, role="recipient"), paging=few),
        "said": browse_claims.claims(browser, browse_claims.ClaimsWanted(source=key), paging=few),
        "said_of": browse_claims.claims(browser, spoken_of, paging=few),
        "relations": browse_events.relations(browser, actor=key, paging=few),
    }


def network(library: Library, browser: Browser, query: Query, _: str) -> Page:
    """The actors, their ties and blocs, window by window."""
    (wanted,) = params.read_form(query, NetworkWanted)
    view = kept_network(library, browser, wanted)
    shown = next((frame for frame in view.frames if frame.name == wanted.window), view.whole)
    return Page(
        template="network.html", title="Network", section="network", twin=params.address("/api/network", wanted),
        context={"wanted": wanted, "view": view, "shown": shown},
    )  # fmt: skip


def tie(library: Library, browser: Browser, query: Query, _: str) -> Page:
    """The reports under a tie: what the two did to each other, and what is told of their stances."""
    (wanted,) = params.read_form(query, TieWanted)
    if not wanted.a or not wanted.b:
        raise UsageError("a tie has two actors: expected their ids as a and b")
    names = browse_actors.actor_names(browser, (wanted.a, wanted.b))
    if len(names) < 2:
        found(None, "actor")
    between = browse_events.EventsWanted(actor=wanted.a, other=wanted.b)
    history = library.kept(browser, ("tie", wanted.a, wanted.b), lambda: browse_events.history(browser, between))
    return Page(
        template="tie.html", title=f"{names[wanted.a].name} and {names[wanted.b].name}", section="network",
        twin=params.address("/api/events", between),
        context={
            "a": names[wanted.a], "b": names[wanted.b], "between": between, "history": history,
            "chart": charts.timeline(history), "found": browse_events.events(browser, between, paging=Paging(size=40)),
            "relations": browse_events.relations(browser, actor=wanted.a, other=wanted.b, paging=Paging(size=40)),
        },
    )  # fmt: skip


def map_(library: Library, browser: Browser, query: Query, _: str) -> Page:
    """Where events took place."""
    wanted, whole = params.read_form(query, browse_events.EventsWanted, Whole)
    key = ("spots", tuple(sorted(params.given(wanted).items())))
    spots = library.kept(browser, key, lambda: browse_events.spots(browser, wanted))
    return Page(
        template="map.html", title="Map", section="map", twin=params.address("/api/events/spots", wanted),
        context={"wanted": wanted, "whole": whole, "spots": spots, "sheet": worldmap.sheet(spots, whole=whole.world),
                 "credit": worldmap.CREDIT, "choices": kept_choices(library, browser, "events", wanted),
                 "view": LISTS["events"], "world": {country.code: country.name for country in worldmap.world()}},
    )  # fmt: skip


def about(_: Library, __: Browser, query: Query, ___: str) -> Page:
    """How to read the pages, and the API."""
    params.read_form(query)
    return Page(template="about.html", title="How to read this", section="about", twin="/api/openapi.json",
                context={"lists": LISTS})  # fmt: skip


PAGES: dict[str, Callable[[Library, Browser, Query, str], Page]] = {
    "/": overview,
    **{f"/{name}": listing(name) for name in LISTS},
    "/articles/{id}": article,
    "/actors/{id}": actor,
    "/network": network,
    "/tie": tie,
    "/map": map_,
    "/about": about,
}


def copied(wanted: Record, **changes: Any) -> Record:
    """Filters with changes."""
    return msgspec.structs.replace(wanted, **changes)
