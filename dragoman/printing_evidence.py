"""Incidents, disputes, predictions and wordings as a person sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.printing import CHAIN_LINK, shown
from dragoman.types import Article, Disputant, Wording

if TYPE_CHECKING:
    from dragoman.evidence.verdicts import TrackRecord
    from dragoman.findings import FoundDispute, FoundIncident, FoundPrediction

UNNAMED = "nobody named"


def print_incidents(out: Console, found: Iterable[tuple[FoundIncident, dict[str, Article]]]) -> None:
    """Incidents: how many articles and origins, who these are, in what words each article tells it, and why they are one."""
    for incident, articles in found:
        known = [origin for origin in incident.origins if origin.known]
        about = incident.incident
        days = about.start if about.start == about.end else f"{about.start or '…'} to {about.end or '…'}"
        counts = f"{_many(len(about.articles), 'article')}, {_many(len(known), 'origin')}"
        out.print(Text.assemble(
            (about.type, "yellow"), f"  {counts}", (f"  {' · '.join(filter(None, (days, about.place)))}  [{about.id}]", "dim"),
        ))  # fmt: skip
        for origin in incident.origins:
            why = f"; {', '.join(origin.why)}" if origin.why else ""
            label = "origin" if origin.known else "not known"
            told = _many(len(origin.articles), "article")
            out.print(
                Padding(
                    Text.assemble((f"{label}: ", "dim"), (shown(origin.name), "cyan"), (f"  {told}{why}", "dim")), (0, 0, 0, 2)
                )
            )
        for trace in incident.tellings:
            telling, article = trace.telling, articles[trace.telling.article]
            out.print(Padding(Text(shown(article.text[slice(*telling.span)])), (0, 0, 0, 6)))
            out.print(Padding(Text(f"{article.date or 'no date'} · via {_chain(telling.chain)}", style="dim"), (0, 0, 0, 6)))
        for join in incident.joins[:1]:
            out.print(Padding(Text(f"one because: {'; '.join(join.why)}", style="dim"), (0, 0, 0, 2)))


def print_disputes(out: Console, found: Iterable[FoundDispute]) -> None:
    """Disputes, both sides beside each other with their sources."""
    for item in found:
        dispute = item.dispute
        head = Text.assemble((dispute.kind, "yellow"), f"  {shown(dispute.topic)}", (f"  {dispute.why}  [{dispute.id}]", "dim"))
        out.print(head)
        grid = Table.grid(padding=(0, 3), expand=True)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(_told(dispute.a, item.a), _told(dispute.b, item.b))
        sides = ((dispute.a, item.a), (dispute.b, item.b))
        grid.add_row(*(Text(shown(article.text[slice(*side.span)])) for side, article in sides))
        out.print(Padding(grid, (0, 0, 0, 2)))


def print_predictions(out: Console, found: Iterable[FoundPrediction]) -> None:
    """Predictions: who foretells what, until when, on what condition, and what the ledger holds for and against it."""
    for item in found:
        prediction, text, weighed = item.prediction, item.article.text, item.weighed
        who = prediction.predictor.name if prediction.predictor else UNNAMED
        out.print(Text.assemble(
            (shown(who), "cyan"), f"  {shown(text[slice(*prediction.span)])}", (f"  [{prediction.certainty}]", "dim"),
        ))  # fmt: skip
        until = f"by {prediction.horizon[1]}" if prediction.horizon else None
        condition = shown(text[slice(*prediction.condition)]) if prediction.condition else None
        held = f"{len(weighed.events_for)} for, {len(weighed.events_against)} against"
        verdict = held if weighed.due or weighed.events_for or weighed.events_against else None
        about = [item.article.date or "no date", until, condition, "its time has passed" if weighed.due else None, verdict]
        out.print(Padding(Text(" · ".join(filter(None, about)), style="dim"), (0, 0, 0, 2)))


def print_track_records(out: Console, records: Iterable[TrackRecord]) -> None:
    """How often what somebody foretold came about, with the counts that it rests on."""
    for record in records:
        decided = record.came_about + record.did_not
        line = f"{record.came_about} of {decided} decided came about; {record.due} were due, {record.made} made"
        out.print(Text.assemble((shown(record.predictor.name), "cyan"), f"  {line}"))


def print_names(out: Console, found: Iterable[Wording]) -> None:
    """How each outlet words the same actor or incident, with counts."""
    before: str | None = None
    grid = Table.grid(padding=(0, 2))
    for style in ("dim", "", ""):
        grid.add_column(style=style, overflow="fold")
    for wording in found:
        if wording.of != before:
            grid.add_row("", "", "") if before else None
            grid.add_row(Text(shown(wording.name), style="cyan"), "", f"[{wording.of}]")
            before = wording.of
        grid.add_row(shown(wording.outlet or "no outlet"), f"{wording.count:,}", Text(shown(wording.form)))
    out.print(grid)


def _told(side: Disputant, article: Article) -> Text:
    return Text(f"{article.date or 'no date'} · via {_chain(side.chain)}  [{article.id}]", style="dim")


def _chain(chain: tuple[str, ...]) -> str:
    return CHAIN_LINK.join(map(shown, chain)) or UNNAMED


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
