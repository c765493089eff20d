"""What the commands that show records share: options, filters, and the three forms of output."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from dragoman.errors import UsageError
from dragoman.types import CERTAINTIES, POLARITIES, SOURCE_KINDS

if TYPE_CHECKING:
    from dragoman.ledger import Filters

SHOWN_AT_ONCE = 50
"""Records that ``show`` prints for a person unless ``--limit`` says otherwise; programs get all."""
MOST_SHOWN = 1_000_000_000
_T = TypeVar("_T")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

LedgerOption = Annotated[Path, typer.Option("--ledger", "-l", help="The ledger: one database file.", metavar="FILE")]
OutletOption = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Outlet or republisher.")]
LanguageOption = Annotated[str | None, typer.Option("--language", metavar="CODE", help="Language, such as en or ar.")]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Earliest date: YYYY, YYYY-MM or YYYY-MM-DD.")]
UntilOption = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Latest date, in the same forms.")]
SearchOption = Annotated[
    str | None,
    typer.Option("--search", metavar="WORDS", help='Words of title and text; "in quotes" in that order; end* any ending.'),
]
CertaintyOption = Annotated[str | None, typer.Option("--certainty", metavar="HOW", help=f"One of {', '.join(CERTAINTIES)}.")]
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


def filters_of(**wanted: str | float | None) -> Filters:
    """Filters out of options; UsageError for one that cannot be."""
    import msgspec

    from dragoman.ledger import Filters

    one_of("--kind", wanted.get("source_kind"), SOURCE_KINDS)
    one_of("--certainty", wanted.get("certainty"), CERTAINTIES)
    one_of("--polarity", wanted.get("polarity"), POLARITIES)
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


def one_of(option: str, value: object, allowed: Sequence[str]) -> None:
    """UsageError unless an option that is given has one of the allowed values."""
    if value is not None and value not in allowed:
        raise UsageError(f"{option}: expected one of {', '.join(allowed)}; found {value!r}")


def most_wanted(limit: int | None, *, json: bool, csv: bool, raw: bool) -> int | None:
    """How many records to ask for: as text one more than is shown, to know whether there are more."""
    if json and csv:
        raise UsageError("expected --json or --csv, found both: choose one")
    if raw and not csv:
        raise UsageError("--raw goes with --csv: it leaves cells as they are")
    if json or csv:
        return limit
    return (limit or SHOWN_AT_ONCE) + (limit is None)


def up_to(records: Iterable[_T], limit: int | None) -> Iterator[_T]:
    """The records that are shown as text; says on stderr if there are more of them."""
    waiting = iter(records)
    yield from islice(waiting, limit or SHOWN_AT_ONCE)
    if limit is None and next(waiting, None) is not None:
        sys.stdout.flush()
        say(f"the first {SHOWN_AT_ONCE} are shown; --limit N shows more, --json and --csv show all")


def write_lines(lines: Iterable[bytes]) -> None:
    """Lines of JSON to standard output."""
    for line in lines:
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str | int | float | bool | None]], *, raw: bool) -> None:
    """A table as CSV to standard output."""
    import io

    from dragoman.exchange.tables import write_csv

    text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    try:
        write_csv(text, columns, rows, raw=raw)
    finally:
        text.detach()  # standard output stays open


def say(message: str) -> None:
    """A line on stderr."""
    from dragoman.printing import note

    note(message)
