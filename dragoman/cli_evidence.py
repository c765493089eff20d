"""The commands ``show incidents``, ``disputes``, ``predictions`` and ``names``: arguments, messages, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from dragoman.cli_shared import (
    ActorOption,
    ArticleOption,
    CertaintyOption,
    CsvOption,
    JsonOption,
    LanguageOption,
    LedgerOption,
    LimitOption,
    OutletOption,
    RawOption,
    SearchOption,
    SinceOption,
    UntilOption,
    filters_of,
    most_wanted,
    one_of,
    up_to,
    write_lines,
    write_table,
)
from dragoman.config import DEFAULT_LEDGER, QUADS
from dragoman.errors import UsageError
from dragoman.types import DISPUTE_KINDS

if TYPE_CHECKING:
    from msgspec import Struct
    from rich.console import Console

    from dragoman.exchange.tables import Cell
    from dragoman.findings import Articles, FoundIncident
    from dragoman.ledger import Ledger
    from dragoman.types import Article

_T = TypeVar("_T")


def add_evidence_commands(show: typer.Typer, command: Callable[[Callable[..., None]], Callable[..., None]]) -> None:
    """Add the commands to ``show``; ``command`` turns what they raise into messages and exit codes."""
    examples: dict[str, tuple[Callable[..., None], str]] = {
        "incidents": (show_incidents, "Example: dragoman show incidents --least 2 --actor Turkey"),
        "disputes": (show_disputes, "Example: dragoman show disputes --kind denial"),
        "predictions": (show_predictions, "Example: dragoman show predictions --source Erdogan --csv > predictions.csv"),
        "names": (show_names, "Example: dragoman show names --actor ISIS --least 2"),
    }
    for name, (function, example) in examples.items():
        show.command(name, epilog=example)(command(function))


def show_incidents(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    type_: Annotated[str | None, typer.Option("--type", metavar="TYPE", help=f"PLOVER type: {', '.join(QUADS)}.")] = None,
    least: Annotated[int, typer.Option("--least", min=1, metavar="N", help="Told by at least so many articles.")] = 1,
    actor: ActorOption = None,
    outlet: OutletOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    search: SearchOption = None,
    article: ArticleOption = None,
    limit: LimitOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    raw: RawOption = False,
) -> None:
    """Events that are told more than once, brought together: by how many articles, from how many independent origins."""
    from dragoman import findings
    from dragoman.exchange import findings as lines
    from dragoman.printing_evidence import print_incidents

    one_of("--type", type_ and type_.upper(), tuple(QUADS))
    filters = filters_of(event_type=type_, actor=actor, outlet=outlet, language=language, since=since, until=until,
                         search=search, article=article, limit=most_wanted(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with _open(ledger) as book:
        articles = findings.Articles(book)
        _show(
            findings.incidents(book, filters, least_articles=least), limit, json=json, csv=csv, raw=raw,
            line=lambda found: lines.incident_line(found.incident, found.origins, found.joins),
            columns=lines.INCIDENT_COLUMNS, row=lambda found: lines.incident_row(found.incident, found.origins),
            text=lambda out, records: print_incidents(out, _with_articles(records, articles)),
        )  # fmt: skip


def show_disputes(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=f"One of {', '.join(DISPUTE_KINDS)}.")] = None,
    outlet: OutletOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    search: SearchOption = None,
    article: ArticleOption = None,
    limit: LimitOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    raw: RawOption = False,
) -> None:
    """Statements that cannot both hold as they stand, side by side; the filters hold for either side."""
    from dragoman import findings
    from dragoman.exchange import findings as lines
    from dragoman.printing_evidence import print_disputes

    one_of("--kind", kind, DISPUTE_KINDS)
    filters = filters_of(dispute_kind=kind, outlet=outlet, language=language, since=since, until=until, search=search,
                         article=article, limit=most_wanted(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with _open(ledger) as book:
        _show(
            findings.disputes(book, filters), limit, json=json, csv=csv, raw=raw,
            line=lambda found: lines.dispute_line(found.dispute, found.a, found.b),
            columns=lines.DISPUTE_COLUMNS, row=lambda found: lines.dispute_row(found.dispute, found.a, found.b),
            text=print_disputes,
        )  # fmt: skip


def show_predictions(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    source: Annotated[str | None, typer.Option("--source", metavar="NAME", help="Part of the predictor's name.")] = None,
    certainty: CertaintyOption = None,
    records: Annotated[
        bool, typer.Option("--records", help="Instead: how often what each foretold came about, where enough is decided.")
    ] = False,
    outlet: OutletOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    search: SearchOption = None,
    article: ArticleOption = None,
    limit: LimitOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    raw: RawOption = False,
) -> None:
    """Predictions: who says what will be, until when, on what condition; and what the ledger holds for and against it."""
    from dragoman import findings
    from dragoman.exchange import findings as lines
    from dragoman.printing import console
    from dragoman.printing_evidence import print_predictions, print_track_records

    filters = filters_of(source=source, certainty=certainty, outlet=outlet, language=language, since=since, until=until,
                         search=search, article=article, limit=most_wanted(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    if records and (json or csv):
        raise UsageError("--records is shown as text alone: expected it without --json and --csv")
    with _open(ledger) as book:
        if records:
            print_track_records(console(sys.stdout), findings.track_records(book, filters))
            return
        _show(
            findings.predictions(book, filters), limit, json=json, csv=csv, raw=raw,
            line=lambda found: lines.prediction_line(found.prediction, found.article, found.weighed),
            columns=lines.PREDICTION_COLUMNS,
            row=lambda found: lines.prediction_row(found.prediction, found.article, found.weighed), text=print_predictions,
        )  # fmt: skip


def show_names(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    actor: ActorOption = None,
    least: Annotated[int, typer.Option("--least", min=1, metavar="N", help="Forms used by an outlet at least so often.")] = 1,
    outlet: OutletOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    search: SearchOption = None,
    article: ArticleOption = None,
    limit: LimitOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    raw: RawOption = False,
) -> None:
    """How each outlet names the same actor and the same incident: counts with links, no judgement."""
    from dragoman import findings
    from dragoman.exchange import findings as lines
    from dragoman.printing_evidence import print_names

    filters = filters_of(actor=actor, outlet=outlet, language=language, since=since, until=until, search=search,
                         article=article, limit=most_wanted(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with _open(ledger) as book:
        _show(
            findings.names(book, filters, least=least), limit, json=json, csv=csv, raw=raw,
            line=lambda wording: wording, columns=lines.WORDING_COLUMNS, row=lines.wording_row, text=print_names,
        )  # fmt: skip


# -- shared by the commands ------------------------------------------------------------------------------------------------


@contextmanager
def _open(ledger: Path) -> Iterator[Ledger]:
    from dragoman.ledger import Ledger

    with Ledger.open(ledger, read_only=True) as book:
        yield book


def _with_articles(found: Iterable[FoundIncident], articles: Articles) -> Iterator[tuple[FoundIncident, dict[str, Article]]]:
    for incident in found:
        yield incident, {article: articles[article] for article in incident.incident.articles}


def _show(
    records: Iterable[_T],
    limit: int | None,
    *,
    json: bool,
    csv: bool,
    raw: bool,
    line: Callable[[_T], Struct],
    columns: Sequence[str],
    row: Callable[[_T], Sequence[Cell]],
    text: Callable[[Console, Iterable[_T]], None],
) -> None:
    """Records in the form that was asked for."""
    from dragoman.exchange.jsonl import encode_line
    from dragoman.printing import console

    if json:
        write_lines(encode_line(line(record)) for record in records)
    elif csv:
        write_table(columns, map(row, records), raw=raw)
    else:
        text(console(sys.stdout), up_to(records, limit))
