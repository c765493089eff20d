"""What several articles hold together, as views show it: incidents with their origins, predictions with what came, names.

The queries find the records; what they amount to is reckoned where ``dragoman show`` and ``export`` have it from, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from dragoman import findings
from dragoman.evidence import count_known
from dragoman.evidence.names import Worded, wordings
from dragoman.ledger import browse_events, browse_evidence
from dragoman.ledger.browse import FIRST, Browser, Listing, Paging
from dragoman.ledger.browse_evidence import IncidentsWanted, NamesWanted, PredictionRow, PredictionsWanted
from dragoman.types import Origin, Prediction, Record, Span, Wording

_MOST_TOLD = 8
"""Tellings of one incident, and events for or against a prediction, that are sent along."""


class IncidentView(Record, frozen=True, kw_only=True):
    """An incident: how many articles tell it, from how many origins that are known, who they are, and the first tellings.

    ``why`` is what its surest join rests on.
    """

    id: str
    type: str
    start: str | None
    end: str | None
    place: str | None
    articles: int
    origins: int
    sources: tuple[Origin, ...]
    why: tuple[str, ...]
    tellings: int
    told: tuple[browse_events.EventRow, ...]


class PredictionView(PredictionRow, frozen=True, kw_only=True):
    """A prediction with what the ledger holds for and against it; ``due`` says whether its time has passed."""

    due: bool
    number_for: int
    number_against: int
    events_for: tuple[browse_events.EventRow, ...]
    events_against: tuple[browse_events.EventRow, ...]


class Form(Record, frozen=True, kw_only=True):
    """Words that an outlet uses, how often, and where it does first."""

    words: str
    count: int
    links: tuple[tuple[str, Span], ...]


class OutletForms(Record, frozen=True, kw_only=True):
    """What one outlet, or author where there is none, calls somebody or something; the most frequent first."""

    outlet: str | None
    count: int
    forms: tuple[Form, ...]


class NamesView(Record, frozen=True, kw_only=True):
    """An actor or incident by all the names that outlets have for it."""

    id: str
    name: str
    code: str | None
    count: int
    outlets: tuple[OutletForms, ...]


def incidents(
    browser: Browser, wanted: IncidentsWanted = browse_evidence.NO_INCIDENT_FILTER, *, paging: Paging = FIRST
) -> Listing[IncidentView]:
    """The incidents that match, those told most often first."""
    found = browse_evidence.incidents(browser, wanted, paging=paging)
    return Listing(total=found.total, rows=tuple(_incident(browser, row) for row in found.rows))


def predictions(
    browser: Browser, wanted: PredictionsWanted = browse_evidence.NO_PREDICTION_FILTER, *, paging: Paging = FIRST
) -> Listing[PredictionView]:
    """The predictions that match, those due first in front, each with what came."""
    found = browse_evidence.predictions(browser, wanted, paging=paging)
    articles, today = findings.Articles(browser.ledger), browser.ledger.incident_shelf.latest_day()
    return Listing(total=found.total, rows=tuple(_prediction(browser, row, articles, today) for row in found.rows))


def names(
    browser: Browser, wanted: NamesWanted = browse_evidence.NO_NAME_FILTER, *, paging: Paging = FIRST
) -> Listing[NamesView]:
    """Actors, or incidents, with what each outlet calls them; what is named most comes first."""
    found = browse_evidence.named(browser, wanted, paging=paging)
    ids = tuple(row.id for row in found.rows)
    places = browse_evidence.places_of_names(browser, wanted, ids)
    by_id = {of: tuple(same) for of, same in groupby(wordings(Worded(*place) for place in places), key=lambda one: one.of)}
    rows = (
        NamesView(
            id=row.id, name=row.name, code=row.code, count=sum(one.count for one in by_id[row.id]),
            outlets=tuple(_outlet(outlet, tuple(same)) for outlet, same in groupby(by_id[row.id], key=lambda one: one.outlet)),
        )
        for row in found.rows if row.id in by_id
    )  # fmt: skip
    return Listing(total=found.total, rows=tuple(rows))


def wordings_of(view: NamesView) -> Iterator[Wording]:
    """The same as a flat table has it: a line for each form of each outlet."""
    for outlet in view.outlets:
        for form in outlet.forms:
            yield Wording(of=view.id, name=view.name, outlet=outlet.outlet, form=form.words, count=form.count, links=form.links)


def _outlet(outlet: str | None, same: tuple[Wording, ...]) -> OutletForms:
    forms = tuple(Form(words=one.form, count=one.count, links=one.links) for one in same)
    return OutletForms(outlet=outlet, count=sum(form.count for form in forms), forms=forms)


def _incident(browser: Browser, row: browse_evidence.IncidentRow) -> IncidentView:
    incident = browser.ledger.incident_shelf.incident(row.id)
    found = incident and findings.found_incident(browser.ledger, incident)
    sources = found.origins if found else ()
    return IncidentView(
        id=row.id, type=row.type, start=row.start, end=row.end, place=row.place, articles=row.articles,
        origins=count_known(sources), sources=sources, why=found.joins[0].why if found and found.joins else (),
        tellings=len(row.events), told=_told(browser, row.events),
    )  # fmt: skip


def _prediction(browser: Browser, row: PredictionRow, articles: findings.Articles, today: str | None) -> PredictionView:
    prediction = Prediction(
        id=row.id, claim=row.claim, article=row.article, span=(row.at, row.at + len(row.words)), predictor=row.predictor,
        horizon=(row.start, row.end) if row.start and row.end else None, condition=None, certainty=row.certainty,
    )  # fmt: skip
    weighed = findings.weighed(browser.ledger, prediction, articles[row.article], today)
    return PredictionView(
        **msgspec.structs.asdict(row), due=weighed.due, number_for=len(weighed.events_for),
        number_against=len(weighed.events_against), events_for=_told(browser, weighed.events_for),
        events_against=_told(browser, weighed.events_against),
    )  # fmt: skip


def _told(browser: Browser, events: tuple[str, ...]) -> tuple[browse_events.EventRow, ...]:
    told = browse_events.events_by_id(browser, events[:_MOST_TOLD]) if events else {}
    return tuple(sorted(told.values(), key=lambda event: (event.told or "~", event.id)))
