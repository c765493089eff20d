"""The command line: exit codes, messages on stderr, data on stdout, in the way of a user and of a program."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dragoman import __version__, cli
from dragoman.errors import ModelError
from dragoman.ledger import Ledger
from dragoman.types import Attribution, Reading

# Subprocesses find the package where these tests have found it, installed or not.
ENVIRONMENT = os.environ | {"PYTHONPATH": f"{Path(cli.__file__).parents[1]}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
CUE = " said that "
STORY = """{title}

By Nora Hale

16 April 2019

The {who} said that the crossing at the river will open on {day}. Traders have waited for a month.

The road to the crossing is wide. Trucks stood there on both sides of the river for most of the week.
"""


class FakeReader:
    """Sees one attribution in a text that holds the words of ``CUE``: what stands before them in the line says what follows.

    ``fails`` is raised at the text of that number, counting from 1.
    """

    def __init__(self, fails: BaseException | None = None, at: int = 0) -> None:
        self.fails = fails
        self.at = at

    def read(self, texts: Iterable[Any]) -> Iterator[Reading]:
        for number, (text, *_) in enumerate(texts, 1):
            if self.fails is not None and number == self.at:
                raise self.fails
            yield self._reading(text)

    def _reading(self, text: str) -> Reading:
        found = re.search(rf"(?m)^(.*?){CUE}(.*?)\.", text)
        if found is None:
            return Reading(sentences=((0, len(text)),), mentions=(), attributions=())
        cue = (found.end(1) + 1, found.start(2) - 1)
        attribution = Attribution(source=(found.span(1),), cue=(cue,), content=(found.span(2),), score=0.9)
        return Reading(sentences=((0, len(text)),), mentions=(), attributions=(attribution,))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and the fake reader in place."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_reader", lambda folder, threads: FakeReader())
    return tmp_path


def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments], input=stdin, prog_name="dragoman")


def a_page(name: str, *, title: str = "River Crossing to Open", who: str = "ministry", day: str = "Monday") -> Path:
    page = Path(name)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(STORY.format(title=title, who=who, day=day), encoding="utf-8")
    return page


@pytest.fixture
def ledger(folder: Path) -> Path:
    """A ledger of three articles with a claim each, and of one input that was rejected."""
    for n, day in enumerate(("Monday", "Tuesday", "Friday")):
        a_page(f"pages/{n}.txt", title=f"Crossing to Open on {day}", day=day)
    Path("pages/3.txt").write_bytes(b"")
    assert run("read", "pages", "-q").exit_code == cli.PARTLY
    return folder / "dragoman.db"


def rows_of(output: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(output, newline="")))


def lines_of(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


class TestWholeCommand:
    def test_version_is_data(self) -> None:
        result = run("--version")
        assert (result.exit_code, result.stdout, result.stderr) == (0, f"dragoman {__version__}\n", "")

    @pytest.mark.parametrize(
        "command", [[], ["read"], ["annotate"], ["show"], ["show", "articles"], ["show", "claims"], ["export"]]
    )
    def test_help_names_every_exit_or_an_example(self, command: list[str]) -> None:
        result = run(*command, "--help")
        assert result.exit_code == 0
        assert "Usage:" in result.stdout

    def test_without_a_command_it_shows_its_help(self) -> None:
        result = run()
        assert result.exit_code in (cli.DONE, cli.USAGE)  # versions of typer differ
        assert "annotate" in result.output

    @pytest.mark.parametrize(
        ("command", "needed"),
        [
            ("read", "input"),
            ("annotate", "a file of lines"),
            ("show", "articles, claims, events, relations, actors, blocs, ties"),
            ("export", "format and a folder"),
        ],
    )
    def test_a_command_without_arguments_says_what_it_needs(self, command: str, needed: str) -> None:
        result = run(command)
        assert result.exit_code == cli.USAGE
        assert needed in result.stderr
        assert "for example: dragoman " + command in result.stderr
        assert result.stdout == ""
        assert not list(Path().iterdir())

    @pytest.mark.parametrize(
        "arguments", [["reed"], ["read", "--no-such-option", "x"], ["show", "ghosts"], ["show", "claims", "-n", "0"]]
    )
    def test_unknown_commands_and_options_are_usage(self, arguments: list[str]) -> None:
        result = run(*arguments)
        assert result.exit_code == cli.USAGE
        assert result.stderr
        assert result.stdout == ""

    def test_help_is_there_without_loading_what_is_heavy(self) -> None:
        code = (
            "import sys\nfrom typer.testing import CliRunner\nfrom dragoman.cli import app\n"
            "for arguments in (['--help'], ['--version'], ['read', '--help'], ['show', 'claims', '--help'], ['read']):\n"
            "    CliRunner().invoke(app, arguments)\n"
            "print(*sorted({'onnxruntime', 'trafilatura', 'numpy', 'lxml', 'tokenizers', 'dateparser'} & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ENVIRONMENT)
        assert done.stdout.strip() == ""


class TestRead:
    def test_done(self, folder: Path) -> None:
        a_page("a.txt")
        result = run("read", "a.txt")
        assert result.exit_code == cli.DONE
        assert result.stderr == ""
        assert "1 article, 1 claim" in result.stdout
        with Ledger.open(folder / "dragoman.db", read_only=True) as book:
            assert book.counts()["articles"] == 1
            (claim,) = book.claims()
            assert claim.source_kind != "author"

    def test_partly_names_each_failed_input_with_its_reason_on_stderr(self) -> None:
        a_page("a.txt")
        Path("empty.txt").write_bytes(b"")
        result = run("read", "a.txt", "empty.txt", "missing.txt", "--json")
        assert result.exit_code == cli.PARTLY
        assert re.search(r"^rejected: empty.txt: .*empty", result.stderr, re.MULTILINE)
        assert re.search(r"^rejected: missing.txt: .+", result.stderr, re.MULTILINE)
        (summary,) = lines_of(result.stdout)
        assert summary["inputs"] == {"stored": 1, "duplicate": 0, "truncated": 0, "rejected": 2, "known": 0}
        assert [failed["origin"] for failed in summary["failed"]] == ["empty.txt", "missing.txt"]
        assert all(failed["reason"] for failed in summary["failed"])
        assert (summary["articles"], summary["claims"], summary["interrupted"]) == (1, 1, False)

    def test_reading_again_changes_nothing_and_says_so(self, folder: Path) -> None:
        a_page("a.txt")
        a_page("copy/a.txt")
        first, second = (lines_of(run("read", "a.txt", "copy", "--json").stdout)[0] for _ in range(2))
        assert (first["inputs"]["stored"], first["inputs"]["duplicate"]) == (1, 1)
        assert (second["inputs"]["known"], second["articles"]) == (2, 0)
        with Ledger.open(folder / "dragoman.db", read_only=True) as book:
            assert book.counts()["articles"] == 1

    def test_quiet_says_nothing_but_failures(self) -> None:
        a_page("a.txt")
        result = run("read", "a.txt", "missing.txt", "-q")
        assert result.stdout == ""
        assert result.stderr.startswith("rejected: missing.txt")
        assert len(result.stderr.splitlines()) == 1

    def test_standard_input(self, folder: Path) -> None:
        assert run("read", "-", stdin=STORY.format(title="Crossing", who="ministry", day="Monday")).exit_code == cli.DONE
        with Ledger.open(folder / "dragoman.db", read_only=True) as book:
            assert [outcome.origin for outcome in book.outcomes()] == ["-"]

    def test_a_table_with_a_named_column(self) -> None:
        Path("t.csv").write_text("head,body\nCrossing,The ministry said that it will open. It is wide.\n")
        result = run("read", "t.csv", "--text-column", "body", "--title-column", "head", "--json")
        assert result.exit_code == cli.DONE, result.stderr
        assert lines_of(run("show", "articles", "--json").stdout)[0]["title"] == "Crossing"

    def test_a_column_that_is_not_there_names_those_that_are(self) -> None:
        Path("t.csv").write_text("head,body\nCrossing,It will open.\n")
        result = run("read", "t.csv", "--text-column", "story")
        assert result.exit_code == cli.PARTLY
        assert "story" in result.stderr
        assert "body" in result.stderr

    def test_interrupted_keeps_what_was_stored_and_goes_on_later(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for n, day in enumerate(("Monday", "Tuesday", "Friday")):
            a_page(f"pages/{n}.txt", title=f"Crossing to Open on {day}", day=day)
        with monkeypatch.context() as patch:
            patch.setattr(cli, "_reader", lambda folder, threads: FakeReader(KeyboardInterrupt(), at=3))
            result = run("read", "pages", "--json")
        assert result.exit_code == cli.INTERRUPTED
        assert "interrupted; the 2 articles stored in this run are kept" in result.stderr
        assert lines_of(result.stdout)[0]["interrupted"] is True
        with Ledger.open(folder / "dragoman.db") as book:
            assert (book.counts()["articles"], book.counts()["outcomes"]) == (2, 2)
        again = lines_of(run("read", "pages", "--json").stdout)[0]
        assert (again["inputs"]["known"], again["inputs"]["stored"], again["articles"]) == (2, 1, 1)

    def test_a_reader_that_cannot_be_loaded_is_a_failure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(folder: Path | None, threads: int | None) -> FakeReader:
            raise ModelError("weights: expected manifest.json, found none")

        monkeypatch.setattr(cli, "_reader", broken)
        a_page("a.txt")
        result = run("read", "a.txt")
        assert result.exit_code == cli.FAILED
        assert result.stderr == "dragoman: weights: expected manifest.json, found none\n"

    @pytest.mark.parametrize("command", [["read", "a.txt"], ["show", "articles"], ["export", "--format", "jsonl", "-o", "out"]])
    def test_a_folder_as_ledger_is_a_failure(self, command: list[str]) -> None:
        a_page("a.txt")
        Path("folder").mkdir()
        result = run(*command, "--ledger", "folder")
        assert result.exit_code == cli.FAILED
        assert "folder" in result.stderr
        assert "Traceback" not in result.stderr

    @pytest.mark.parametrize("command", [["read", "a.txt"], ["show", "articles"], ["export", "--format", "jsonl", "-o", "out"]])
    def test_a_file_that_is_no_ledger_is_a_failure_and_stays(self, command: list[str]) -> None:
        a_page("a.txt")
        Path("notes.db").write_text("my notes, not a ledger. " * 50)
        result = run(*command, "--ledger", "notes.db")
        assert result.exit_code == cli.FAILED
        assert "notes.db" in result.stderr
        assert Path("notes.db").read_text() == "my notes, not a ledger. " * 50

    def test_a_folder_that_is_not_there_for_the_ledger(self) -> None:
        a_page("a.txt")
        result = run("read", "a.txt", "--ledger", "nowhere/news.db")
        assert result.exit_code == cli.FAILED
        assert "nowhere" in result.stderr


class TestAnnotate:
    def write(self, *lines: str) -> Path:
        file = Path("in.jsonl")
        file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return file

    def test_done_in_the_order_of_the_lines(self) -> None:
        file = self.write('{"id": "b", "text": "Envoys said that the talks go on."}', '{"id": 1, "text": "Rain fell."}')
        result = run("annotate", file)
        assert result.exit_code == cli.DONE
        first, second = lines_of(result.stdout)
        assert (first["id"], second["id"]) == ("b", 1)
        (attribution,) = first["attributions"]
        assert (attribution["source"], attribution["content"]) == ([[0, 6]], [[17, 32]])
        assert list(first) == ["id", "language", "sentences", "mentions", "attributions", "events", "relations", "times",
                               "places", "pairs"]  # fmt: skip
        assert list(attribution) == ["source", "cue", "content", "source_actor", "chain", "certainty", "polarity", "direct",
                                     "score"]  # fmt: skip

    def test_a_line_that_cannot_be_read_has_its_error_in_its_place(self) -> None:
        file = self.write('{"id": "1", "text": "Rain fell."}', "no json", '{"id": "3"}', '{"id": "4", "text": "Snow fell."}')
        result = run("annotate", file, "-o", "out.jsonl")
        assert result.exit_code == cli.PARTLY
        assert result.stdout == ""
        assert "in.jsonl: line 2: " in result.stderr
        assert "2 of 4 lines" in result.stderr
        found = lines_of(Path("out.jsonl").read_text(encoding="utf-8"))
        assert [line["id"] for line in found] == ["1", None, "3", "4"]
        assert ["error" in line for line in found] == [False, True, True, False]

    def test_standard_input_to_standard_output(self) -> None:
        result = run("annotate", "-", stdin='{"id": "1", "text": "Rain fell."}\n')
        assert result.exit_code == cli.DONE
        assert lines_of(result.stdout)[0]["id"] == "1"

    def test_no_lines_is_done(self) -> None:
        result = run("annotate", "-", stdin="")
        assert (result.exit_code, result.stdout, result.stderr) == (cli.DONE, "", "")

    @pytest.mark.parametrize("source", ["missing.jsonl", "."])
    def test_a_file_that_cannot_be_read_is_usage_and_makes_no_output(self, source: str) -> None:
        result = run("annotate", source, "-o", "out.jsonl")
        assert result.exit_code == cli.USAGE
        assert source in result.stderr
        assert not Path("out.jsonl").exists()

    @pytest.mark.parametrize("output", ["in.jsonl", "./in.jsonl", ".", "nowhere/out.jsonl"])
    def test_an_output_that_cannot_be_is_usage_and_the_input_stays(self, output: str) -> None:
        file = self.write('{"id": "1", "text": "Rain fell."}')
        result = run("annotate", file, "-o", output)
        assert result.exit_code == cli.USAGE
        assert "-o" in result.stderr
        assert file.read_text() == '{"id": "1", "text": "Rain fell."}\n'

    def test_interrupted_keeps_whole_lines(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cli, "_reader", lambda folder, threads: FakeReader(KeyboardInterrupt(), at=2))
        result = run("annotate", self.write(*['{"id": "1", "text": "Rain fell."}'] * 3), "-o", "out.jsonl")
        assert result.exit_code == cli.INTERRUPTED
        assert "interrupted" in result.stderr
        assert len(lines_of(Path("out.jsonl").read_text())) == 1


class TestShow:
    @pytest.mark.parametrize("what", ["articles", "claims", "inputs"])
    @pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
    def test_a_ledger_that_is_not_there_is_a_failure_and_is_not_made(self, what: str, form: list[str]) -> None:
        result = run("show", what, *form)
        assert result.exit_code == cli.FAILED
        assert "dragoman.db" in result.stderr
        assert result.stdout == ""
        assert not Path("dragoman.db").exists()

    @pytest.mark.usefixtures("ledger")
    @pytest.mark.parametrize(("what", "number"), [("articles", 3), ("claims", 3), ("inputs", 4)])
    def test_json_and_csv_parse_and_agree(self, what: str, number: int) -> None:
        as_json, as_csv, as_text = run("show", what, "--json"), run("show", what, "--csv"), run("show", what)
        for result in (as_json, as_csv, as_text):
            assert (result.exit_code, result.stderr) == (cli.DONE, "")
        key = "origin" if what == "inputs" else "id"
        records, rows = lines_of(as_json.stdout), rows_of(as_csv.stdout)
        assert len(records) == number
        assert [record[key] for record in records] == [row[key] for row in rows]
        assert len(as_text.stdout.splitlines()) >= number

    @pytest.mark.usefixtures("ledger")
    def test_limits_and_filters(self) -> None:
        assert len(lines_of(run("show", "articles", "--json", "-n", "2").stdout)) == 2
        (article,) = lines_of(run("show", "articles", "--json", "--search", "Tuesday").stdout)
        (claim,) = lines_of(run("show", "claims", "--json", "--article", article["id"]).stdout)
        assert "Tuesday" in claim["content"][0]["text"]
        assert lines_of(run("show", "claims", "--json", "--until", "1999").stdout) == []
        (rejected,) = lines_of(run("show", "inputs", "--json", "--status", "rejected").stdout)
        assert rejected["origin"].endswith("3.txt")

    @pytest.mark.usefixtures("ledger")
    def test_more_than_are_shown_is_said_on_stderr(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("dragoman.cli_shared.SHOWN_AT_ONCE", 2)
        for what in ("articles", "claims", "inputs"):
            result = run("show", what)
            assert "the first 2 are shown" in result.stderr
            assert "the first 2 are shown" not in result.stdout
            assert run("show", what, "-n", "3").stderr == ""

    @pytest.mark.usefixtures("ledger")
    @pytest.mark.parametrize(
        ("arguments", "allowed"),
        [
            (["claims", "--kind", "witch"], "person, state, organisation, media, anonymous, author"),
            (["claims", "--certainty", "sure"], "asserted, hedged, speculative"),
            (["claims", "--polarity", "maybe"], "pos, neg"),
            (["inputs", "--status", "lost"], "stored, duplicate, truncated, rejected"),
            (["articles", "--since", "yesterday"], "YYYY-MM-DD"),
            (["articles", "--until", "12.4.2019"], "YYYY-MM-DD"),
        ],
    )
    def test_an_unknown_value_names_what_is_allowed(self, arguments: list[str], allowed: str) -> None:
        result = run("show", *arguments)
        assert result.exit_code == cli.USAGE
        assert allowed in result.stderr
        assert repr(arguments[-1]) in result.stderr
        assert result.stdout == ""

    @pytest.mark.usefixtures("ledger")
    @pytest.mark.parametrize("form", [["--json", "--csv"], ["--raw"], ["--json", "--raw"]])
    def test_forms_that_do_not_go_together(self, form: list[str]) -> None:
        assert run("show", "articles", *form).exit_code == cli.USAGE

    @pytest.mark.usefixtures("ledger")
    @pytest.mark.parametrize(
        "words", ['"', '""', "*", "AND", "a OR", "title:x", "(", "NEAR(a b", "'; DROP TABLE pages", "-", "\x00"]
    )
    def test_a_search_for_anything_is_no_error(self, words: str) -> None:
        result = run("show", "articles", "--json", "--search", words)
        assert result.exit_code in (cli.DONE, cli.USAGE), result.stderr

    def test_page_text_acts_neither_on_a_terminal_nor_on_a_spreadsheet(self) -> None:
        row = {"title": "=1+1 \x1b[2J\u202e end", "text": "The ministry said that it will open. It is wide."}
        Path("t.jsonl").write_text(json.dumps(row) + "\n")
        assert run("read", "t.jsonl", "--title-column", "title", "-q").exit_code == cli.DONE
        shown = run("show", "articles").stdout + run("show", "claims").stdout
        assert not set(shown) & {"\x1b", "\u202e", "\x9b"}
        assert rows_of(run("show", "articles", "--csv").stdout)[0]["title"].startswith("'=1+1")
        assert rows_of(run("show", "articles", "--csv", "--raw").stdout)[0]["title"].startswith("=1+1")


class TestExport:
    @pytest.mark.usefixtures("ledger")
    def test_done(self) -> None:
        result = run("export", "--format", "jsonl", "-o", "out")
        assert result.exit_code == cli.DONE
        assert result.stdout == ""
        assert re.match(r"out: 3 articles, 3 claims, 0 events, 0 relations, 0 blocs, \d actors", result.stderr)
        articles = lines_of(Path("out/articles.jsonl").read_text(encoding="utf-8"))
        claims = lines_of(Path("out/claims.jsonl").read_text(encoding="utf-8"))
        assert [claim["article"] for claim in claims] == [article["id"] for article in articles]
        assert articles == lines_of(run("show", "articles", "--json").stdout)
        assert claims == lines_of(run("show", "claims", "--json").stdout)
        assert run("export", "--format", "jsonl", "-o", "out", "-q").stderr == ""

    @pytest.mark.usefixtures("ledger")
    @pytest.mark.parametrize("arguments", [["--format", "xml", "-o", "out"], ["--format", "jsonl"], ["-o", "out"]])
    def test_what_is_missing_or_unknown_is_usage(self, arguments: list[str]) -> None:
        result = run("export", *arguments)
        assert result.exit_code == cli.USAGE
        assert "jsonl" in result.stderr
        assert not Path("out").exists()

    def test_a_ledger_that_is_not_there_makes_no_folder(self) -> None:
        result = run("export", "--format", "jsonl", "-o", "out")
        assert result.exit_code == cli.FAILED
        assert not Path("out").exists()
        assert not Path("dragoman.db").exists()

    @pytest.mark.usefixtures("ledger")
    def test_a_file_in_the_way_is_usage(self) -> None:
        Path("out").write_text("mine")
        assert run("export", "--format", "jsonl", "-o", "out").exit_code == cli.USAGE
        assert Path("out").read_text() == "mine"


# -- the real command, where the test must not stand in its way --------------------------------------------------------------

COMMAND = [sys.executable, "-c", "from dragoman.cli import main; main()"]


def run_apart(*arguments: str | bytes, before: tuple[str, ...] = (), stdout: Any = subprocess.PIPE) -> tuple[int, str]:
    """Exit code and stderr of the real command."""
    done = subprocess.run([*before, *COMMAND, *arguments], stdout=stdout, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    return done.returncode, done.stderr.decode()


def as_a_user() -> tuple[str, ...]:
    """What must stand before a command so that the rights of files bind it, whoever runs the tests."""
    if os.geteuid() != 0:
        return ()
    drop = ("setpriv", "--inh-caps=-all", "--bounding-set", "-dac_override,-dac_read_search")
    if shutil.which("setpriv") is None or subprocess.run([*drop, "true"], capture_output=True, check=False).returncode:
        pytest.skip("the tests run as root, and setpriv, which would take its rights away, is missing or fails")
    return drop


class TestApart:
    @pytest.mark.parametrize("command", ["read a.txt --ledger closed/new.db", "export --format jsonl -o closed/out"])
    @pytest.mark.usefixtures("ledger")
    def test_a_read_only_folder_is_a_failure(self, command: str) -> None:
        a_page("a.txt")
        Path("closed").mkdir(mode=0o500)
        code, errors = run_apart(*command.split(), before=as_a_user())
        assert code == cli.FAILED
        assert re.fullmatch(r"dragoman: closed/[\w.]+: cannot be (made|written): Permission denied; .*\n", errors)

    def test_a_ledger_in_a_read_only_folder_can_be_shown(self, ledger: Path) -> None:
        Path("closed").mkdir()
        ledger.rename("closed/news.db").chmod(0o400)
        Path("closed").chmod(0o500)
        assert run_apart("show", "claims", "--json", "--ledger", "closed/news.db", before=as_a_user()) == (cli.DONE, "")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")
    @pytest.mark.parametrize("form", ["", "--json", "--csv"])
    @pytest.mark.usefixtures("ledger")
    def test_a_full_disk_behind_standard_output_is_a_failure_that_says_so(self, form: str) -> None:
        with Path("/dev/full").open("wb") as full:
            code, errors = run_apart("show", "claims", *form.split(), stdout=full)
        assert code == cli.FAILED
        assert "No space left on device" in errors
        assert "Traceback" not in errors

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")
    def test_a_full_disk_behind_annotations_is_a_failure_that_says_so(self) -> None:
        Path("in.jsonl").write_text('{"id": "1", "text": "Rain fell."}\n' * 3)
        result = run("annotate", "in.jsonl", "-o", "/dev/full")
        assert result.exit_code == cli.FAILED
        assert "No space left on device" in result.stderr
        assert isinstance(result.exception, SystemExit)

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere arguments are text")
    @pytest.mark.parametrize("option", [b"--search", b"--source", b"--outlet", b"--language", b"--article"])
    @pytest.mark.usefixtures("ledger")
    def test_an_argument_that_is_no_utf8_gives_no_traceback(self, option: bytes) -> None:
        code, errors = run_apart("show", "articles", option, b"a\xff")
        assert code in (cli.DONE, cli.USAGE)
        assert "Traceback" not in errors


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize("what", ["articles", "claims", "inputs"])
def test_a_limit_beyond_all_bounds_shows_all(what: str, form: list[str]) -> None:
    result = run("show", what, "-n", str(10**20), *form)
    assert result.exit_code in (cli.DONE, cli.USAGE), result.exception
    assert result.output


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("date", ["2019-13", "2019-99-99", "2019-02-30"])
def test_a_date_that_no_calendar_has_is_usage(date: str) -> None:
    assert run("show", "articles", "--since", date).exit_code == cli.USAGE


def test_blank_lines_count_where_a_line_is_named() -> None:
    Path("in.jsonl").write_text('{"id": "1", "text": "Rain fell."}\n\n\nno json\n')
    assert "in.jsonl: line 4: " in run("annotate", "in.jsonl").stderr


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
@pytest.mark.parametrize("form", ["", "--json", "--csv"])
def test_a_reader_that_goes_away_is_no_error(folder: Path, form: str) -> None:
    rows = [{"text": f"The ministry said that gate {n} will be {'very, ' * 500}wide."} for n in range(60)]
    Path("t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("read", "t.jsonl", "-q").exit_code == cli.DONE
    command = [*COMMAND, "show", "claims", "-n", "60", *form.split()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT) as shown:
        assert shown.stdout is not None
        assert shown.stderr is not None
        shown.stdout.read(10)
        shown.stdout.close()
        assert shown.stderr.read() == b""
    assert shown.returncode == cli.DONE
