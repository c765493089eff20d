"""The command ``dragoman``: arguments, messages, exit codes. The work is done in ``pipeline`` and behind it.

What is heavy is imported inside the commands, so that ``dragoman --help`` is there at once.
"""

from __future__ import annotations

import functools
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, ParamSpec, TypeVar, cast

import typer

from dragoman import __version__
from dragoman.cli_evidence import add_evidence_commands
from dragoman.cli_explore import add_explore_commands
from dragoman.cli_network import add_network_commands
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
    say,
    up_to,
    write_lines,
    write_table,
)
from dragoman.config import DEFAULT_LEDGER, QUADS, TableColumns
from dragoman.errors import DragomanError, UsageError
from dragoman.types import ACTOR_KINDS, OUTCOME_STATUSES, REUSE_KINDS, SOURCE_KINDS, STATUSES

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from msgspec import Struct
    from rich.console import Console

    from dragoman.actors import Gazetteer
    from dragoman.ledger import Ledger
    from dragoman.pipeline import Event, ReadsTexts
    from dragoman.printing import Summary
    from dragoman.types import Article

DONE, FAILED, USAGE, PARTLY, INTERRUPTED = 0, 1, 2, 3, 130
FORMATS = ("jsonl", "polecat")

_P = ParamSpec("_P")
_T = TypeVar("_T")

app = typer.Typer(
    name="dragoman",
    help="Reads political reporting and keeps who says so: attributed claims with their chain of sources, offline.",
    epilog="Exit codes: 0 done, 1 failure, 2 usage, 3 partly done (see stderr), 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
KINDS = "articles, claims, events, relations, actors, blocs, ties, reuse, incidents, disputes, predictions, names or inputs"
"""What ``show`` shows."""
show = typer.Typer(help=f"Show what a ledger holds: {KINDS}.")
app.add_typer(show, name="show")


def main() -> None:
    """The console command."""
    app(prog_name="dragoman")


def _command(function: Callable[_P, None]) -> Callable[_P, None]:
    """Turn what a command raises into a message on stderr and an exit code; a reader that goes away is no error."""

    @functools.wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            function(*args, **kwargs)
            sys.stdout.flush()
        except DragomanError as error:
            say(f"dragoman: {error}")
            raise typer.Exit(USAGE if isinstance(error, UsageError) else FAILED) from None
        except OSError as error:
            _abandon_output()
            if isinstance(error, BrokenPipeError):
                raise typer.Exit(DONE) from None
            say(f"dragoman: {error.filename or 'the output'} cannot be read or written: {error.strerror or error}")
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            say("dragoman: interrupted")
            raise typer.Exit(INTERRUPTED) from None

    return run


def _abandon_output() -> None:
    """Let what Python flushes at its end go nowhere: it must not meet the closed pipe or the full disk again."""
    from contextlib import suppress
    from io import UnsupportedOperation

    with suppress(UnsupportedOperation):  # not a real file: nothing is flushed
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary; failures are still named.")]
ThreadsOption = Annotated[int | None, typer.Option("--threads", min=1, metavar="N", help="Threads; default: one a core.")]
ActorsOption = Annotated[
    list[Path] | None,
    typer.Option("--actors", metavar="FILE", help="Your own actors, TOML or CSV, beside those that ship; may be given again."),
]
ReaderOption = Annotated[
    Path | None, typer.Option("--reader", metavar="DIR", help="Folder of another reader than the one that ships.")
]
SourceOption = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Part of the name of a claim's source.")]
KindOption = Annotated[str | None, typer.Option("--kind", metavar="KIND", help=f"Kind of source: {', '.join(SOURCE_KINDS)}.")]
PolarityOption = Annotated[
    str | None, typer.Option("--polarity", metavar="SIGN", help="pos, or neg: what is said not to be so.")
]


@app.callback(invoke_without_command=True)
@_command
def dragoman(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Options of the command as a whole."""
    if version:
        sys.stdout.write(f"dragoman {__version__}\n")
        raise typer.Exit(DONE)


@app.command(epilog="Example: dragoman read pages/ news.csv --text-column body --ledger news.db")
@_command
def read(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT...", help="Files, folders, patterns; - for standard input.", show_default=False),
    ] = None,
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    text_column: Annotated[str, typer.Option(metavar="NAME", help="Of tables: the column of the text.")] = "text",
    title_column: Annotated[str | None, typer.Option(metavar="NAME", help="… of the title.")] = None,
    author_column: Annotated[str | None, typer.Option(metavar="NAME", help="… of the author.")] = None,
    outlet_column: Annotated[str | None, typer.Option(metavar="NAME", help="… of the outlet.")] = None,
    date_column: Annotated[str | None, typer.Option(metavar="NAME", help="… of the date.")] = None,
    language_column: Annotated[str | None, typer.Option(metavar="NAME", help="… of the language.")] = None,
    actors: ActorsOption = None,
    threads: ThreadsOption = None,
    reader: ReaderOption = None,
    json: Annotated[bool, typer.Option("--json", help="The summary as one JSON object.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Read pages into a ledger: text, HTML, tables (CSV, JSONL, Parquet), folders of them."""
    from dragoman import pipeline
    from dragoman.ledger import Ledger
    from dragoman.printing import Summary

    if not inputs:
        raise UsageError("read needs at least one input: a file, a folder, a pattern such as 'pages/*.txt', or - for standard "
                         "input; for example: dragoman read pages/")  # fmt: skip
    columns = TableColumns(text=text_column, title=title_column, author=author_column, outlet=outlet_column, date=date_column,
                           language=language_column)  # fmt: skip
    began = time.monotonic()
    summary = Summary(str(ledger))
    interrupted = False
    with Ledger.open(ledger) as book:
        events = pipeline.read(
            inputs, book, reader=_reader(reader, threads), columns=columns, stdin=sys.stdin.buffer, gazetteer=_gazetteer(actors)
        )
        try:
            with _progress(quiet=quiet) as advance:
                for event in events:
                    _count(summary, event)
                    advance(f"{summary.articles:,} articles, {summary.claims:,} claims")
                _gather(summary, book, _gazetteer(actors), advance)
        except KeyboardInterrupt:
            interrupted = True
            say(f"dragoman: interrupted; the {summary.articles:,} articles stored in this run are kept in {ledger}: "
                 "the same command goes on where this one stopped")  # fmt: skip
    _report(summary, seconds=time.monotonic() - began, interrupted=interrupted, json=json, quiet=quiet)
    if interrupted:
        raise typer.Exit(INTERRUPTED)
    if not summary.complete:
        raise typer.Exit(PARTLY)


@app.command(epilog="Example: dragoman evidence --ledger news.db")
@_command
def evidence(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    actors: ActorsOption = None,
    json: Annotated[bool, typer.Option("--json", help="The counts as one JSON object.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Compare the articles of a ledger with each other, as far as that is not done: `read` does it at its end."""
    from dragoman.exchange.jsonl import encode_line
    from dragoman.ledger import Ledger
    from dragoman.printing import Summary, console, print_evidence

    summary = Summary(str(ledger))
    with Ledger.open(ledger, create=False) as book, _progress(quiet=quiet) as advance:
        _gather(summary, book, _gazetteer(actors), advance)
    if json:
        write_lines([encode_line(summary.evidence_line())])
    elif not quiet:
        print_evidence(console(sys.stdout), summary)
    if not summary.complete:
        raise typer.Exit(PARTLY)


@app.command(epilog="Example: dragoman annotate texts.jsonl -o annotations.jsonl")
@_command
def annotate(
    source: Annotated[
        str | None, typer.Argument(metavar="IN.jsonl", help="Texts, a JSON object a line; - for standard input.")
    ] = None,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT.jsonl", help="Where to write; - for standard output.")
    ] = "-",
    actors: ActorsOption = None,
    threads: ThreadsOption = None,
    reader: ReaderOption = None,
    quiet: QuietOption = False,
) -> None:
    """Annotate texts without a ledger: lines of JSON in, lines of JSON out, in the same order."""
    from dragoman import pipeline
    from dragoman.exchange.annotations import read_lines

    if source is None:
        raise UsageError('annotate needs a file of lines such as {"id": "1", "text": "…"}, or - for standard input; '
                         "for example: dragoman annotate texts.jsonl -o annotations.jsonl")  # fmt: skip
    lines = failed = 0
    with _opened(source) as texts, _created(output, source) as answers:
        annotations = pipeline.annotate(read_lines(texts), reader=_reader(reader, threads), gazetteer=_gazetteer(actors))
        with _progress(quiet=quiet or output == "-") as advance:
            for lines, annotated in enumerate(annotations, 1):
                answers.write(annotated.line + b"\n")
                answers.flush()
                if annotated.error is not None:
                    failed += 1
                    say(f"{source}: {annotated.error}")
                advance(f"{lines:,} texts")
    if failed:
        say(f"dragoman: {failed:,} of {lines:,} lines could not be annotated; each has its reason in its place")
        raise typer.Exit(PARTLY)


@show.callback(invoke_without_command=True)
@_command
def show_what(context: typer.Context) -> None:
    """Show what a ledger holds."""
    if context.invoked_subcommand is None:
        raise UsageError(f"show needs to know what: {KINDS}; for example: dragoman show claims")


@show.command("articles", epilog="Example: dragoman show articles --since 2019 --language ar")
@_command
def show_articles(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    outlet: OutletOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    search: SearchOption = None,
    source: SourceOption = None,
    kind: KindOption = None,
    article: ArticleOption = None,
    limit: LimitOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    raw: RawOption = False,
) -> None:
    """Articles: date, outlet, language, title, id. With --source or --kind those that hold such a claim."""
    from dragoman.exchange import jsonl, tables
    from dragoman.ledger import Ledger
    from dragoman.printing import console, print_articles

    filters = filters_of(outlet=outlet, language=language, since=since, until=until, search=search, source=source,
                       source_kind=kind, article=article, limit=most_wanted(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with Ledger.open(ledger, read_only=True) as book:
        articles = book.articles(filters)
        if json:
            write_lines(jsonl.encode_line(jsonl.article_line(found)) for found in articles)
        elif csv:
            write_table(tables.ARTICLE_COLUMNS, map(tables.article_row, articles), raw=raw)
        else:
            print_articles(console(sys.stdout), up_to(articles, limit))


@show.command("claims", epilog='Example: dragoman show claims --source ministry --search "cease fire" --csv > claims.csv')
@_command
def show_claims(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    outlet: OutletOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    search: SearchOption = None,
    source: SourceOption = None,
    kind: KindOption = None,
    certainty: CertaintyOption = None,
    polarity: PolarityOption = None,
    article: ArticleOption = None,
    limit: LimitOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    raw: RawOption = False,
) -> None:
    """Claims: who says what, by which words, through whom (outermost first), how surely."""
    from dragoman.exchange import jsonl, tables
    from dragoman.ledger import Ledger
    from dragoman.pipeline import with_articles
    from dragoman.printing import print_claims

    filters = filters_of(outlet=outlet, language=language, since=since, until=until, search=search, source=source,
                       source_kind=kind, certainty=certainty, polarity=polarity, article=article,
                       limit=most_wanted(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with Ledger.open(ledger, read_only=True) as book:
        _show_records(
            with_articles(book, book.claims(filters)), limit, json=json, csv=csv, raw=raw,
            line=jsonl.claim_line, columns=tables.CLAIM_COLUMNS, row=tables.claim_row, text=print_claims,
        )  # fmt: skip


@show.command("events", epilog="Example: dragoman show events --type ASSAULT --status happened --actor Turkey")
@_command
def show_events(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    type_: Annotated[str | None, typer.Option("--type", metavar="TYPE", help=f"PLOVER type: {', '.join(QUADS)}.")] = None,
    status: Annotated[str | None, typer.Option("--status", metavar="STATUS", help=f"One of {', '.join(STATUSES)}.")] = None,
    min_score: Annotated[
        float | None,
        typer.Option("--min-score", metavar="NUMBER", min=0, max=1, help="How sure it must be that the words tell the event."),
    ] = None,
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
    """Events: who does what to whom, whether it happened, and by whose account."""
    from dragoman.exchange import jsonl, tables
    from dragoman.ledger import Ledger
    from dragoman.pipeline import with_articles
    from dragoman.printing import print_events

    one_of("--type", type_ and type_.upper(), tuple(QUADS))
    one_of("--status", status, STATUSES)
    filters = filters_of(event_type=type_, status=status, min_score=min_score, actor=actor, outlet=outlet,
                         language=language, since=since, until=until, search=search, article=article,
                         limit=most_wanted(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with Ledger.open(ledger, read_only=True) as book:
        incident_of = book.incident_shelf.incident_of
        _show_records(
            with_articles(book, book.events(filters)), limit, json=json, csv=csv, raw=raw,
            line=lambda event, text: jsonl.event_line(event, text, incident_of(event.id)),
            columns=tables.EVENT_COLUMNS, row=tables.event_row, text=print_events,
        )  # fmt: skip


@show.command("relations", epilog="Example: dragoman show relations --actor Egypt --csv > ties.csv")
@_command
def show_relations(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
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
    """Relations: who supports or opposes whom, as the articles tell it."""
    from dragoman.exchange import jsonl, tables
    from dragoman.ledger import Ledger
    from dragoman.pipeline import with_articles
    from dragoman.printing import print_relations

    filters = filters_of(actor=actor, outlet=outlet, language=language, since=since, until=until, search=search,
                       article=article, limit=most_wanted(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with Ledger.open(ledger, read_only=True) as book:
        _show_records(
            with_articles(book, book.relations(filters)), limit, json=json, csv=csv, raw=raw,
            line=jsonl.relation_line, columns=tables.RELATION_COLUMNS, row=tables.relation_row, text=print_relations,
        )  # fmt: skip


@show.command("reuse", epilog="Example: dragoman show reuse --kind near_copy --outlet Reuters")
@_command
def show_reuse(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=f"One of {', '.join(REUSE_KINDS)}.")] = None,
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
    """Passages that stand in two articles, side by side; the filters hold for either."""
    from dragoman.exchange import jsonl, reuse
    from dragoman.ledger import Ledger
    from dragoman.pipeline import with_both
    from dragoman.printing import console, print_reuse

    one_of("--kind", kind, REUSE_KINDS)
    filters = filters_of(reuse_kind=kind, outlet=outlet, language=language, since=since, until=until, search=search,
                       article=article, limit=most_wanted(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with Ledger.open(ledger, read_only=True) as book:
        found = with_both(book, book.reuse(filters))
        if json:
            write_lines(jsonl.encode_line(reuse.reuse_line(*both)) for both in found)
        elif csv:
            write_table(reuse.REUSE_COLUMNS, (reuse.reuse_row(*both) for both in found), raw=raw)
        else:
            print_reuse(console(sys.stdout), up_to(found, limit))


@show.command("actors", epilog="Example: dragoman show actors --kind 'armed group' --since 2019")
@_command
def show_actors(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    actor: ActorOption = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help=f"Kind of actor: {', '.join(ACTOR_KINDS)}.")
    ] = None,
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
    """Actors: who the articles tell of, under which names, how often, in what offices. The most named come first."""
    from dragoman.exchange import jsonl, registers, tables
    from dragoman.ledger import Ledger
    from dragoman.printing import console, print_actors

    one_of("--kind", kind, ACTOR_KINDS)
    filters = filters_of(actor=actor, kind=kind, outlet=outlet, language=language, since=since, until=until, search=search,
                       article=article, limit=most_wanted(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with Ledger.open(ledger, read_only=True) as book:
        actors = book.actors(filters)
        if json:
            write_lines(jsonl.encode_line(registers.actor_line(found)) for found in actors)
        elif csv:
            write_table(tables.ACTOR_COLUMNS, map(tables.actor_row, actors), raw=raw)
        else:
            print_actors(console(sys.stdout), map(registers.actor_line, up_to(actors, limit)))


@show.command("blocs", epilog="Example: dragoman show blocs --actor Qatar")
@_command
def show_blocs(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
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
    """Blocs: who is said to stand together, under what name, against whom, and where it is said."""
    from dragoman.exchange import jsonl, tables
    from dragoman.exchange.registers import BlocRegister
    from dragoman.ledger import Ledger
    from dragoman.pipeline import with_articles
    from dragoman.printing import console, print_blocs

    most = most_wanted(limit, json=json, csv=csv, raw=raw)
    filters = filters_of(
        actor=actor, outlet=outlet, language=language, since=since, until=until, search=search, article=article
    )
    with Ledger.open(ledger, read_only=True) as book:
        told = with_articles(book, book.blocs(filters))
        if csv:
            rows = islice((row for article_, bloc in told for row in tables.bloc_rows(article_, bloc)), most)
            write_table(tables.BLOC_COLUMNS, rows, raw=raw)
            return
        register = BlocRegister()
        for article_, bloc in told:
            register.take(article_, bloc)
        blocs = islice(register.lines(), most)
        if json:
            write_lines(map(jsonl.encode_line, blocs))
        else:
            print_blocs(console(sys.stdout), up_to(blocs, limit))


@show.command("ties", epilog="Example: dragoman show ties --actor Egypt --limit 20")
@_command
def show_ties(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    actor: ActorOption = None,
    outlet: OutletOption = None,
    language: LanguageOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    article: ArticleOption = None,
    limit: LimitOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    raw: RawOption = False,
) -> None:
    """Ties: what all reports between two actors add up to, the weightiest first. `network` has them by window."""
    from dragoman.exchange import jsonl
    from dragoman.ledger import Ledger
    from dragoman.printing import console
    from dragoman.printing_network import print_tie_lines
    from dragoman.system import TIE_COLUMNS, tie_lines, tie_row

    most = most_wanted(limit, json=json, csv=csv, raw=raw)
    filters = filters_of(actor=actor, outlet=outlet, language=language, since=since, until=until, article=article)
    with Ledger.open(ledger, read_only=True) as book:
        ties = islice(sorted(tie_lines(book, filters), key=lambda tie: -abs(tie.weight)), most)
        if json:
            write_lines(map(jsonl.encode_line, ties))
        elif csv:
            write_table(TIE_COLUMNS, map(tie_row, ties), raw=raw)
        else:
            print_tie_lines(console(sys.stdout), up_to(ties, limit))


@show.command("inputs", epilog="Example: dragoman show inputs --status rejected")
@_command
def show_inputs(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help=f"One of {', '.join(OUTCOME_STATUSES)}.")
    ] = None,
    limit: LimitOption = None,
    json: JsonOption = False,
    csv: CsvOption = False,
    raw: RawOption = False,
) -> None:
    """Inputs: what became of each, and why."""
    from dragoman.exchange import jsonl, tables
    from dragoman.ledger import Ledger
    from dragoman.printing import console, print_outcomes

    one_of("--status", status, OUTCOME_STATUSES)
    most = most_wanted(limit, json=json, csv=csv, raw=raw)
    with Ledger.open(ledger, read_only=True) as book:
        outcomes = islice((found for found in book.outcomes() if status in (None, found.status)), most)
        if json:
            write_lines(map(jsonl.encode_line, outcomes))
        elif csv:
            write_table(tables.OUTCOME_COLUMNS, map(tables.outcome_row, outcomes), raw=raw)
        else:
            print_outcomes(console(sys.stdout), list(up_to(outcomes, limit)))


@app.command(epilog="Example: dragoman export --format jsonl -o export/ --ledger news.db")
@_command
def export(
    ledger: LedgerOption = Path(DEFAULT_LEDGER),
    format_: Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=f"One of: {', '.join(FORMATS)}.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Folder to write to; made if need be.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not say what was written.")] = False,
) -> None:
    """Export a ledger to other programs' formats."""
    from dragoman.exchange.jsonl import export_jsonl
    from dragoman.exchange.polecat import FILE as POLECAT_FILE
    from dragoman.exchange.polecat import export_polecat
    from dragoman.findings import finding_lines
    from dragoman.ledger import Ledger
    from dragoman.pipeline import coded_articles, evidence_lines
    from dragoman.system import TIES, tie_lines

    if format_ is None or output is None:
        raise UsageError("export needs a format and a folder; for example: dragoman export --format jsonl -o export/")
    one_of("--format", format_, FORMATS)
    with Ledger.open(ledger, read_only=True) as book:
        if format_ == "polecat":
            rows = export_polecat(coded_articles(book), output)
            if not quiet:
                say(f"{output / POLECAT_FILE}: {rows:,} rows")
            return
        more = evidence_lines(book) | finding_lines(book) | {TIES: tie_lines(book)}
        written = export_jsonl(coded_articles(book), output, more=more, incident_of=book.incident_shelf.incident_of)
    if not quiet:
        say(f"{output}: " + ", ".join(f"{count:,} {kind}" for kind, count in written.counts()))


add_evidence_commands(show, _command)
add_network_commands(app, _command)
add_explore_commands(app, _command)


# -- shared by the commands ------------------------------------------------------------------------------------------------


def _reader(folder: Path | None, threads: int | None) -> ReadsTexts:
    from dragoman.reader.files import SHIPPED
    from dragoman.reader.model import Reader

    return Reader(folder or SHIPPED, threads=threads)


def _gazetteer(files: list[Path] | None) -> Gazetteer | None:
    if not files:
        return None
    from dragoman.actors import Gazetteer

    return Gazetteer.load(files)


def _count(summary: Summary, event: Event) -> None:
    from dragoman.types import CodedArticle, Outcome

    if isinstance(event, CodedArticle):
        summary.add_article(event)
    elif isinstance(event, Outcome):
        summary.add_outcome(event)
        if event.status in ("rejected", "truncated"):
            say(f"{event.status}: {event.origin}: {event.reason}")
    else:
        summary.add_known()


def _gather(summary: Summary, book: Ledger, gazetteer: Gazetteer | None, advance: Callable[[str], None]) -> None:
    """Bring the ledger's new articles through the evidence stage."""
    from dragoman import pipeline

    left = book.reuse_shelf.left()
    for done, gathered in enumerate(pipeline.gather_evidence(book, gazetteer=gazetteer), 1):
        failure = None if gathered.failure is None else (gathered.article, gathered.failure)
        summary.add_evidence(gathered.counts(), failure=failure)
        if failure is not None:
            say(f"evidence: {gathered.failure}")
        advance(f"evidence: {done:,} of {left:,} articles compared")


def _report(summary: Summary, *, seconds: float, interrupted: bool, json: bool, quiet: bool) -> None:
    from dragoman.exchange.jsonl import encode_line
    from dragoman.printing import console, print_summary

    if json:
        write_lines([encode_line(summary.line(seconds=seconds, interrupted=interrupted))])
    elif not quiet and not interrupted:
        print_summary(console(sys.stdout), summary, seconds=seconds)


def _show_records(
    records: Iterable[tuple[Article, _T]],
    limit: int | None,
    *,
    json: bool,
    csv: bool,
    raw: bool,
    line: Callable[[_T, str], Struct],
    columns: Sequence[str],
    row: Callable[[Article, _T], Sequence[str | int | float | bool | None]],
    text: Callable[[Console, Iterable[tuple[Article, _T]]], object],
) -> None:
    """Records with their articles, in the form that was asked for."""
    from dragoman.exchange.jsonl import encode_line
    from dragoman.printing import console

    if json:
        write_lines(encode_line(line(record, article.text)) for article, record in records)
    elif csv:
        write_table(columns, (row(article, record) for article, record in records), raw=raw)
    else:
        text(console(sys.stdout), up_to(records, limit))


def _opened(source: str) -> AbstractContextManager[BinaryIO]:
    from contextlib import nullcontext

    if source == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return cast("AbstractContextManager[BinaryIO]", Path(source).open("rb"))
    except OSError as error:
        raise UsageError(f"{source}: expected a file of JSON lines, but it cannot be read: {error.strerror}") from None


def _created(output: str, source: str) -> AbstractContextManager[BinaryIO]:
    from contextlib import nullcontext

    if output == "-":
        return nullcontext(sys.stdout.buffer)
    if Path(output).exists() and source != "-" and Path(output).samefile(source):
        raise UsageError(f"{output}: expected another file than the input, found the same; name another with -o")
    try:
        return cast("AbstractContextManager[BinaryIO]", Path(output).open("wb"))
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}; name another file with -o") from None


def _progress(*, quiet: bool) -> AbstractContextManager[Callable[[str], None]]:
    from dragoman.printing import shown_progress

    return shown_progress(sys.stderr, hidden=quiet)
