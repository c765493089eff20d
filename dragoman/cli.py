"""The command ``dragoman``: arguments, messages, exit codes. The work is done in ``pipeline`` and behind it.

What is heavy is imported inside the commands, so that ``dragoman --help`` is there at once.
"""

from __future__ import annotations

import functools
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, ParamSpec, TypeVar, cast

import typer

from dragoman import __version__
from dragoman.config import DEFAULT_LEDGER, QUADS, TableColumns
from dragoman.errors import DragomanError, UsageError
from dragoman.types import CERTAINTIES, OUTCOME_STATUSES, POLARITIES, SOURCE_KINDS, STATUSES

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from msgspec import Struct
    from rich.console import Console

    from dragoman.actors import Gazetteer
    from dragoman.ledger import Filters
    from dragoman.pipeline import Event, ReadsTexts
    from dragoman.printing import Summary
    from dragoman.types import Article

DONE, FAILED, USAGE, PARTLY, INTERRUPTED = 0, 1, 2, 3, 130
FORMATS = ("jsonl",)
SHOWN_AT_ONCE = 50
"""Records that ``show`` prints for a person unless ``--limit`` says otherwise; programs get all."""

_P = ParamSpec("_P")
_T = TypeVar("_T")
MOST_SHOWN = 1_000_000_000
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

app = typer.Typer(
    name="dragoman",
    help="Reads political reporting and keeps who says so: attributed claims with their chain of sources, offline.",
    epilog="Exit codes: 0 done, 1 failure, 2 usage, 3 partly done (see stderr), 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
show = typer.Typer(help="Show what a ledger holds: articles, claims, events, relations or inputs.")
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
            _say(f"dragoman: {error}")
            raise typer.Exit(USAGE if isinstance(error, UsageError) else FAILED) from None
        except OSError as error:
            _abandon_output()
            if isinstance(error, BrokenPipeError):
                raise typer.Exit(DONE) from None
            _say(f"dragoman: {error.filename or 'the output'} cannot be read or written: {error.strerror or error}")
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            _say("dragoman: interrupted")
            raise typer.Exit(INTERRUPTED) from None

    return run


def _abandon_output() -> None:
    """Let what Python flushes at its end go nowhere: it must not meet the closed pipe or the full disk again."""
    from contextlib import suppress
    from io import UnsupportedOperation

    with suppress(UnsupportedOperation):  # not a real file: nothing is flushed
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


LedgerOption = Annotated[Path, typer.Option("--ledger", "-l", help="The ledger: one database file.", metavar="FILE")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary; failures are still named.")]
ThreadsOption = Annotated[int | None, typer.Option("--threads", min=1, metavar="N", help="Threads; default: one a core.")]
ActorsOption = Annotated[
    list[Path] | None,
    typer.Option("--actors", metavar="FILE", help="Your own actors, TOML or CSV, beside those that ship; may be given again."),
]
ReaderOption = Annotated[
    Path | None, typer.Option("--reader", metavar="DIR", help="Folder of another reader than the one that ships.")
]
OutletOption = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Outlet or republisher.")]
LanguageOption = Annotated[str | None, typer.Option("--language", metavar="CODE", help="Language, such as en or ar.")]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Earliest date: YYYY, YYYY-MM or YYYY-MM-DD.")]
UntilOption = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Latest date, in the same forms.")]
SearchOption = Annotated[
    str | None,
    typer.Option("--search", metavar="WORDS", help='Words of title and text; "in quotes" in that order; end* any ending.'),
]
SourceOption = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Part of the name of a claim's source.")]
KindOption = Annotated[str | None, typer.Option("--kind", metavar="KIND", help=f"Kind of source: {', '.join(SOURCE_KINDS)}.")]
CertaintyOption = Annotated[str | None, typer.Option("--certainty", metavar="HOW", help=f"One of {', '.join(CERTAINTIES)}.")]
PolarityOption = Annotated[
    str | None, typer.Option("--polarity", metavar="SIGN", help="pos, or neg: what is said not to be so.")
]
ActorOption = Annotated[
    str | None, typer.Option("--actor", metavar="NAME", help="Part of the name or code of somebody who takes part.")
]
ArticleOption = Annotated[str | None, typer.Option("--article", metavar="ID", help="An article's id, or how it begins.")]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit",
        "-n",
        min=1,
        max=MOST_SHOWN,
        metavar="N",
        help=f"At most so many; default: {SHOWN_AT_ONCE} as text, else all.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON, a line each, in the shapes of export.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="CSV that is safe to open in a spreadsheet.")]
RawOption = Annotated[bool, typer.Option("--raw", help="With --csv: leave cells that look like formulas as they are.")]


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
        except KeyboardInterrupt:
            interrupted = True
            _say(f"dragoman: interrupted; the {summary.articles:,} articles stored in this run are kept in {ledger}: "
                 "the same command goes on where this one stopped")  # fmt: skip
    _report(summary, seconds=time.monotonic() - began, interrupted=interrupted, json=json, quiet=quiet)
    if interrupted:
        raise typer.Exit(INTERRUPTED)
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
                    _say(f"{source}: {annotated.error}")
                advance(f"{lines:,} texts")
    if failed:
        _say(f"dragoman: {failed:,} of {lines:,} lines could not be annotated; each has its reason in its place")
        raise typer.Exit(PARTLY)


@show.callback(invoke_without_command=True)
@_command
def show_what(context: typer.Context) -> None:
    """Show what a ledger holds: articles, claims, events, relations or inputs."""
    if context.invoked_subcommand is None:
        raise UsageError(
            "show needs to know what: articles, claims, events, relations or inputs; for example: dragoman show claims"
        )


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

    filters = _filters(outlet=outlet, language=language, since=since, until=until, search=search, source=source,
                       source_kind=kind, article=article, limit=_limit(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with Ledger.open(ledger, read_only=True) as book:
        articles = book.articles(filters)
        if json:
            _write_lines(jsonl.encode_line(jsonl.article_line(found)) for found in articles)
        elif csv:
            _write_table(tables.ARTICLE_COLUMNS, map(tables.article_row, articles), raw=raw)
        else:
            print_articles(console(sys.stdout), _up_to(articles, limit))


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

    filters = _filters(outlet=outlet, language=language, since=since, until=until, search=search, source=source,
                       source_kind=kind, certainty=certainty, polarity=polarity, article=article,
                       limit=_limit(limit, json=json, csv=csv, raw=raw))  # fmt: skip
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

    _one_of("--type", type_ and type_.upper(), tuple(QUADS))
    _one_of("--status", status, STATUSES)
    filters = _filters(event_type=type_, status=status, actor=actor, outlet=outlet, language=language, since=since, until=until,
                       search=search, article=article, limit=_limit(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with Ledger.open(ledger, read_only=True) as book:
        _show_records(
            with_articles(book, book.events(filters)), limit, json=json, csv=csv, raw=raw,
            line=jsonl.event_line, columns=tables.EVENT_COLUMNS, row=tables.event_row, text=print_events,
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

    filters = _filters(actor=actor, outlet=outlet, language=language, since=since, until=until, search=search,
                       article=article, limit=_limit(limit, json=json, csv=csv, raw=raw))  # fmt: skip
    with Ledger.open(ledger, read_only=True) as book:
        _show_records(
            with_articles(book, book.relations(filters)), limit, json=json, csv=csv, raw=raw,
            line=jsonl.relation_line, columns=tables.RELATION_COLUMNS, row=tables.relation_row, text=print_relations,
        )  # fmt: skip


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

    _one_of("--status", status, OUTCOME_STATUSES)
    most = _limit(limit, json=json, csv=csv, raw=raw)
    with Ledger.open(ledger, read_only=True) as book:
        outcomes = islice((found for found in book.outcomes() if status in (None, found.status)), most)
        if json:
            _write_lines(map(jsonl.encode_line, outcomes))
        elif csv:
            _write_table(tables.OUTCOME_COLUMNS, map(tables.outcome_row, outcomes), raw=raw)
        else:
            print_outcomes(console(sys.stdout), list(_up_to(outcomes, limit)))


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
    from dragoman.ledger import Ledger
    from dragoman.pipeline import coded_articles

    if format_ is None or output is None:
        raise UsageError("export needs a format and a folder; for example: dragoman export --format jsonl -o export/")
    _one_of("--format", format_, FORMATS)
    with Ledger.open(ledger, read_only=True) as book:
        written = export_jsonl(coded_articles(book), output)
    if not quiet:
        _say(f"{output}: " + ", ".join(f"{count:,} {kind}" for kind, count in written.counts()))


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
            _say(f"{event.status}: {event.origin}: {event.reason}")
    else:
        summary.add_known()


def _report(summary: Summary, *, seconds: float, interrupted: bool, json: bool, quiet: bool) -> None:
    from dragoman.exchange.jsonl import encode_line
    from dragoman.printing import console, print_summary

    if json:
        _write_lines([encode_line(summary.line(seconds=seconds, interrupted=interrupted))])
    elif not quiet and not interrupted:
        print_summary(console(sys.stdout), summary, seconds=seconds)


def _filters(**wanted: str | int | None) -> Filters:
    import msgspec

    from dragoman.ledger import Filters

    _one_of("--kind", wanted.get("source_kind"), SOURCE_KINDS)
    _one_of("--certainty", wanted.get("certainty"), CERTAINTIES)
    _one_of("--polarity", wanted.get("polarity"), POLARITIES)
    for name in ("since", "until"):
        date = wanted.get(name)
        if date is not None and not _is_date(str(date)):
            raise UsageError(f"--{name}: expected a date as YYYY, YYYY-MM or YYYY-MM-DD, found {date!r}")
    for name, value in wanted.items():
        if isinstance(value, str) and not value.isprintable() and any("\ud800" <= c <= "\udfff" for c in value):
            raise UsageError(f"--{name.replace('_', '-')}: expected text in UTF-8, found {value!a}")
    return msgspec.convert(wanted, Filters)


def _is_date(text: str) -> bool:
    """Whether a text is an ISO year, month or day that there is."""
    from datetime import date

    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return _DATE.fullmatch(text) is not None


def _one_of(option: str, value: object, allowed: Sequence[str]) -> None:
    if value is not None and value not in allowed:
        raise UsageError(f"{option}: expected one of {', '.join(allowed)}; found {value!r}")


def _limit(limit: int | None, *, json: bool, csv: bool, raw: bool) -> int | None:
    """How many records to ask for: as text one more than is shown, to know whether there are more."""
    if json and csv:
        raise UsageError("expected --json or --csv, found both: choose one")
    if raw and not csv:
        raise UsageError("--raw goes with --csv: it leaves cells as they are")
    if json or csv:
        return limit
    return (limit or SHOWN_AT_ONCE) + (limit is None)


def _up_to(records: Iterable[_T], limit: int | None) -> Iterator[_T]:
    """The records that are shown as text; says on stderr if there are more of them."""
    waiting = iter(records)
    yield from islice(waiting, limit or SHOWN_AT_ONCE)
    if limit is None and next(waiting, None) is not None:
        sys.stdout.flush()
        _say(f"the first {SHOWN_AT_ONCE} are shown; --limit N shows more, --json and --csv show all")


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
        _write_lines(encode_line(line(record, article.text)) for article, record in records)
    elif csv:
        _write_table(columns, (row(article, record) for article, record in records), raw=raw)
    else:
        text(console(sys.stdout), _up_to(records, limit))


def _write_lines(lines: Iterable[bytes]) -> None:
    for line in lines:
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def _write_table(columns: Sequence[str], rows: Iterable[Sequence[str | int | float | bool | None]], *, raw: bool) -> None:
    import io

    from dragoman.exchange.tables import write_csv

    text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    try:
        write_csv(text, columns, rows, raw=raw)
    finally:
        text.detach()  # standard output stays open


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


def _say(message: str) -> None:
    from dragoman.printing import note

    note(message)
