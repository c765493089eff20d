"""What the program can do stands in docs/cli.md, and what the documentation says can be done."""

from __future__ import annotations

import contextlib
import re
import shlex
import sqlite3
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
import typer

import dragoman
from dragoman import cli
from dragoman.config import Limits, TableColumns
from dragoman.exchange import jsonl, registers, reuse, tables
from dragoman.exchange.bulk import Imported
from dragoman.exchange.event_tables import TableEvent
from dragoman.ledger import Ledger
from dragoman.printing import SummaryLine
from dragoman.system import TieLine, WindowLine
from dragoman.types import CERTAINTIES, OUTCOME_STATUSES, POLARITIES, SOURCE_KINDS, Outcome

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs/cli.md"
PAGES = [page for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))) if page.exists()]

Command = Any
"""A click command; typer may bring a click of its own, so no class is named here."""


class Named(NamedTuple):
    """A command and the words that call it, without ``dragoman``; () is the program itself."""

    words: tuple[str, ...]
    command: Command


class Call(NamedTuple):
    """A line of a documented block that calls dragoman."""

    where: str
    words: list[str]


def walk(command: Command, words: tuple[str, ...] = ()) -> Iterator[Named]:
    yield Named(words, command)
    for name, inner in getattr(command, "commands", {}).items():
        yield from walk(inner, (*words, name))


COMMANDS = {named.words: named.command for named in walk(typer.main.get_command(cli.app))}


def options_of(command: Command) -> set[str]:
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    return {"--help"} | {name for option in options for name in option.opts}


def sections(text: str) -> dict[str, str]:
    """The parts of a page by heading; a part holds those of smaller headings under it."""
    headings = list(re.finditer(r"^(#+) (.+)$", text, re.M))
    ends = [next((h.start() for h in headings[n + 1 :] if len(h[1]) <= len(heading[1])), len(text)) for n, heading in
            enumerate(headings)]  # fmt: skip
    return {heading[2]: text[heading.end() : end] for heading, end in zip(headings, ends, strict=True)}


MANUAL_TEXT = MANUAL.read_text(encoding="utf-8")
SECTIONS = sections(MANUAL_TEXT)


def codes(text: str) -> set[str]:
    """The words set in code: `so`."""
    return {word for code in re.findall(r"`([^`\n]+)`", text) for word in re.split(r'[\s,:"{}\[\]]+', code)}


def calls(page: Path) -> Iterator[Call]:
    """The calls of dragoman in the code blocks of a page, also behind a pipe; what follows one is left out."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S):
        for line in block.replace("\\\n", " ").splitlines():
            for call in re.findall(r"(?:^\s*|\$ |\| )(dragoman(?: [^|>]*)?)(?=[|>]|$)", re.sub(r"\s{3,}\S.*|\s# .*", "", line)):
                yield Call(f"{page.name}: {line.strip()}", shlex.split(call))


CALLS = [call for page in PAGES for call in calls(page)]


def test_there_are_commands_and_calls_to_check() -> None:
    assert {("read",), ("annotate",), ("show", "claims"), ("export",)} <= set(COMMANDS)
    assert len(CALLS) >= 10


@pytest.mark.parametrize("words", [words for words in COMMANDS if words], ids=" ".join)
def test_every_command_has_its_section(words: tuple[str, ...]) -> None:
    assert " ".join(("dragoman", *words)) in SECTIONS


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(("dragoman", *words)))
def test_every_option_is_documented(words: tuple[str, ...]) -> None:
    where = "Rules for all commands" if not words else f"dragoman {words[0]}"
    missing = options_of(COMMANDS[words]) - codes(SECTIONS[where]) - codes(SECTIONS["Rules for all commands"])
    assert not missing, f"docs/cli.md, {where}: expected these options in it: {sorted(missing)}"


@pytest.mark.parametrize("words", [words for words in COMMANDS if len(words) == 1], ids=" ".join)
def test_a_section_names_no_option_that_its_command_lacks(words: tuple[str, ...]) -> None:
    known = set().union(*(options_of(command) for inner, command in COMMANDS.items() if inner[:1] == words))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", SECTIONS[f"dragoman {words[0]}"]))
    assert named <= known


def test_no_option_is_named_that_does_not_exist() -> None:
    known = set().union(*map(options_of, COMMANDS.values()))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", MANUAL_TEXT)) <= known


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.where)
def test_every_documented_call_exists(call: Call) -> None:
    words: tuple[str, ...] = ()
    rest = call.words[1:]
    while rest and (*words, rest[0]) in COMMANDS:
        words, rest = (*words, rest[0]), rest[1:]
    command = COMMANDS[words]
    assert not (hasattr(command, "commands") and rest and not rest[0].startswith("-")), f"there is no command {rest[0]!r}"
    named = {word.strip("[]").split("=")[0] for word in rest if re.match(r"\[?--?[a-z]", word)}
    assert named <= options_of(command)


@pytest.mark.parametrize("name", Limits.__struct_fields__)
def test_every_limit_is_documented_with_its_default(name: str) -> None:
    default = getattr(Limits(), name)
    assert re.search(rf"^\| `{name}` \| {default:,.0f}\b", SECTIONS["Limits"], re.M)


@pytest.mark.parametrize("name", TableColumns.__struct_fields__)
def test_every_column_of_tables_is_documented(name: str) -> None:
    from dragoman.sources import columns

    assert f"--{name}-column" in options_of(COMMANDS["read",]) & codes(SECTIONS["dragoman read"])
    tried = re.search(rf"^\| `{name}` \| (.+) \|$", SECTIONS["Columns of tables"], re.M)
    assert tried is not None
    for usual in tried[1].split(", "):  # each is found, and goes before those behind it
        behind = tried[1].split(", ")[tried[1].split(", ").index(usual) :]
        table = [*reversed(behind), *([] if name == "text" else ["text"])]
        assert columns.find_columns(table, TableColumns())[name] == usual


@pytest.mark.parametrize(
    ("page", "section", "record"),
    [
        ("cli.md", "The summary as JSON", SummaryLine),
        ("cli.md", "dragoman show inputs", Outcome),
        ("cli.md", "Fields of a window", WindowLine),
        ("cli.md", "dragoman import", Imported),
        ("tables.md", "Columns", TableEvent),
        ("export.md", "articles.jsonl", jsonl.ArticleLine),
        ("export.md", "claims.jsonl", jsonl.ClaimLine),
        ("export.md", "reuse.jsonl", reuse.ReuseLine),
        ("export.md", "ties.jsonl", TieLine),
        ("export.md", "actors.jsonl", registers.ActorLine),
        ("export.md", "blocs.jsonl", registers.BlocLine),
    ],
)
def test_every_field_of_json_is_documented(page: str, section: str, record: type[msgspec.Struct]) -> None:
    text = sections((ROOT / "docs" / page).read_text(encoding="utf-8"))[section]
    missing = set(record.__struct_encode_fields__) - codes(text)
    assert not missing, f"docs/{page}, {section}: expected these fields in it: {sorted(missing)}"


def test_every_field_of_annotate_is_documented() -> None:
    from dragoman.exchange import annotations as a

    parts = sections((ROOT / "docs/annotate.md").read_text(encoding="utf-8"))
    for section, records in (("In", (a.Request, a.Pair)), ("Out", (a._Annotation, a._Named, a.Attributed))):
        for record in records:
            assert set(record.__struct_fields__) <= codes(parts[section]), record.__name__


@pytest.mark.parametrize("columns", [tables.ARTICLE_COLUMNS, tables.CLAIM_COLUMNS], ids=["articles", "claims"])
def test_every_column_of_csv_is_documented(columns: tuple[str, ...]) -> None:
    text = sections((ROOT / "docs/export.md").read_text(encoding="utf-8"))["The columns of --csv"]
    assert set(columns) <= codes(text)


def test_every_allowed_value_is_documented() -> None:
    for values in (SOURCE_KINDS, CERTAINTIES, POLARITIES):
        assert set(values) <= codes(SECTIONS["dragoman show"])
    assert set(OUTCOME_STATUSES) <= codes(SECTIONS["Outcomes"])
    assert set(cli.FORMATS) <= codes(SECTIONS["dragoman export"])


def test_every_exit_code_is_documented() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", SECTIONS["Rules for all commands"], re.M)}
    assert told == {cli.DONE, cli.FAILED, cli.USAGE, cli.PARTLY, cli.INTERRUPTED}


def test_every_table_and_view_of_the_ledger_is_documented() -> None:
    from dragoman.ledger.schema import expected_objects

    text = (ROOT / "docs/ledger.md").read_text(encoding="utf-8")
    names = {name for kind, name in expected_objects() if kind in ("table", "view") and not name.startswith("sqlite_")}
    shadows = {name for name in names if name.startswith(("articles_fts_", "claims_fts_"))}  # FTS5 keeps its index in them
    assert names - shadows <= codes(text)


def test_the_queries_on_the_ledger_run(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "news.db").close()
    text = (ROOT / "docs/ledger.md").read_text(encoding="utf-8")
    queries = [block for block in re.findall(r"^```sql\n(.*?)^```", text, re.M | re.S) if block.startswith("SELECT")]
    assert queries
    with contextlib.closing(sqlite3.connect(f"{(tmp_path / 'news.db').as_uri()}?mode=ro", uri=True)) as db:
        for query in queries:
            assert db.execute(query).fetchall() == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_version_is_that_of_the_changelog() -> None:
    top = re.search(r"^## \[?([^\]\s]+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert top is not None
    assert top[1] == dragoman.__version__


def test_every_promise_names_a_test_that_exists() -> None:
    promises = sections((ROOT / "SECURITY.md").read_text(encoding="utf-8"))["Promises"]
    rows = [line for line in promises.splitlines() if line.startswith("|")][2:]
    assert len(rows) > 10
    for row in rows:
        named = re.findall(r"`(tests/[\w/.]*)`", row)
        assert named, f"no test is named: {row}"
        assert all((ROOT / name).exists() for name in named), row


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = sections((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))["Dependencies"]
    told = set(re.findall(r"^\| ([\w-]+) \|", text, re.M)) - {"package", "extra"}
    assert told == {re.split(r"[<>=~! ]", dependency)[0] for dependency in project["dependencies"]}
    assert set(project["optional-dependencies"]) <= codes(text)


def test_the_citation_has_the_version() -> None:
    assert f"version: {dragoman.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
