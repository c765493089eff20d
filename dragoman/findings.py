"""What the evidence stage found, as it is shown and exported: records of the ledger with all that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError
from dragoman.types import Article, Dispute, Incident, Join, Origin, Prediction, Record, Trace, Weighed, Wording

if TYPE_CHECKING:
    import msgspec

    from dragoman.evidence.verdicts import TrackRecord
    from dragoman.ledger import Filters, Ledger

MOST_CANDIDATES = 64
"""Later events of one key that a prediction is weighed by."""
DAYS_AHEAD = 3660
"""Days after a prediction within which the ledger is asked what became of it."""


class FoundIncident(Record, frozen=True, kw_only=True):
    """An incident with its tellings, the origins behind them and the joins that made it one."""

    incident: Incident
    tellings: tuple[Trace, ...]
    origins: tuple[Origin, ...]
    joins: tuple[Join, ...]


class FoundDispute(Record, frozen=True, kw_only=True):
    """A dispute with the articles of its two sides."""

    dispute: Dispute
    a: Article
    b: Article


class FoundPrediction(Record, frozen=True, kw_only=True):
    """A prediction with its article, and what the ledger holds for and against it."""

    prediction: Prediction
    article: Article
    weighed: Weighed


class Articles:
    """The articles of a ledger by id, the latest few at hand."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._at_hand: dict[str, Article] = {}

    def __getitem__(self, article: str) -> Article:
        found = self._at_hand.get(article) or self._ledger.article(article)
        if found is None:
            raise DragomanError(f"{self._ledger.path}: article {article} is not there, though others name it; check the ledger")
        if len(self._at_hand) >= 64:
            self._at_hand.clear()
        self._at_hand[article] = found
        return found


def incidents(ledger: Ledger, filters: Filters, *, least_articles: int = 1) -> Iterator[FoundIncident]:
    """Incidents told by at least so many articles, in the order of finding."""
    kept = (incident for incident in ledger.incidents(_without_limit(filters)) if len(incident.articles) >= least_articles)
    for incident in islice(kept, filters.limit):
        yield found_incident(ledger, incident)


def found_incident(ledger: Ledger, incident: Incident) -> FoundIncident:
    """An incident with all that explains it. The origins are counted now: what was found to be copied later counts too."""
    from dragoman.evidence import origins_of

    shelf = ledger.incident_shelf
    traces = shelf.traces(incident.events)
    reuse = (found for article in incident.articles for found in ledger.reuse_shelf.of_article(article))
    return FoundIncident(
        incident=incident,
        tellings=tuple(traces),
        origins=origins_of([trace.telling for trace in traces], reuse),
        joins=tuple(shelf.joins(incident)),
    )


def disputes(ledger: Ledger, filters: Filters) -> Iterator[FoundDispute]:
    """Disputes in the order of finding."""
    articles = Articles(ledger)
    for dispute in ledger.disputes(filters):
        yield FoundDispute(dispute=dispute, a=articles[dispute.a.article], b=articles[dispute.b.article])


def predictions(ledger: Ledger, filters: Filters) -> Iterator[FoundPrediction]:
    """Predictions by article, each weighed by what the ledger holds."""
    articles, today = Articles(ledger), ledger.incident_shelf.latest_day()
    for prediction in ledger.predictions(filters):
        article = articles[prediction.article]
        yield FoundPrediction(prediction=prediction, article=article, weighed=weighed(ledger, prediction, article, today))


def track_records(ledger: Ledger, filters: Filters) -> tuple[TrackRecord, ...]:
    """The records of those who made the predictions, where enough of them are decided."""
    from dragoman.evidence.verdicts import track_records as records

    return records((found.prediction, found.weighed) for found in predictions(ledger, _without_limit(filters)))


def weighed(ledger: Ledger, prediction: Prediction, article: Article, today: str | None) -> Weighed:
    """What the ledger holds for and against a prediction of this article; ``today`` is the latest day that the ledger knows."""
    from dragoman.evidence import is_negated, keys_of_trace, weigh

    shelf = ledger.incident_shelf
    foretold = [
        trace for trace in shelf.traces_in(article.id, prediction.span) if trace.status not in ("happened", "historical")
    ]
    later = (
        trace
        for one in foretold
        for trace in shelf.traces_with(keys_of_trace(one), day=article.date, around=DAYS_AHEAD, most=MOST_CANDIDATES)
    )
    negated = is_negated(article.text, prediction.span, article.language)
    return weigh(prediction, foretold, later, told=article.date, today=today, negated=negated)


def names(ledger: Ledger, filters: Filters, *, least: int = 1) -> Iterator[Wording]:
    """How each outlet words actors, and the incidents that several articles tell."""
    from dragoman.evidence.names import Worded, wordings

    shelf = ledger.incident_shelf
    actors = (Worded(*row) for row in shelf.namings(filters))
    told = (Worded(*row) for row in shelf.triggers(filters))
    yield from islice((*wordings(actors, least=least), *wordings(told, least=least)), filters.limit)


def finding_lines(ledger: Ledger) -> dict[str, Iterable[msgspec.Struct]]:
    """The files of ``export`` with what the evidence stage found, each with its lines, made as they are taken."""
    from dragoman.exchange import findings as lines
    from dragoman.ledger import Filters

    all_ = Filters()
    return {
        lines.INCIDENTS: (lines.incident_line(found.incident, found.origins, found.joins) for found in incidents(ledger, all_)),
        lines.DISPUTES: (lines.dispute_line(found.dispute, found.a, found.b) for found in disputes(ledger, all_)),
        lines.PREDICTIONS: (
            lines.prediction_line(found.prediction, found.article, found.weighed) for found in predictions(ledger, all_)
        ),
    }


def _without_limit(filters: Filters) -> Filters:
    import msgspec

    return msgspec.structs.replace(filters, limit=None)
