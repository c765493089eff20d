"""What dragoman promises of a whole run: no network, no input that takes the run down, readers beside a writer."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman import pipeline
from dragoman.config import Limits
from dragoman.ledger import Ledger
from dragoman.reader.files import MANIFEST, SHIPPED
from dragoman.types import Attribution, Outcome, Reading

PACKAGE = Path(dragoman.__file__).parent
PAGES = Path(__file__).parents[1] / "examples" / "pages"
# Subprocesses find the package where these tests have found it, installed or not.
ENVIRONMENT = os.environ | {"PYTHONPATH": f"{PACKAGE.parent}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
COMMAND = [sys.executable, "-c", "from dragoman.cli import main; main()"]
SENTENCE = "The ministry said that the crossing will open."
STORY = f"Crossing to Open\n\nBy Nora Hale\n\n16 April 2019\n\n{SENTENCE} Traders have waited for a month at the river.\n"


class FakeReader:
    """Sees the attribution of ``SENTENCE``, and nothing else."""

    def read(self, texts: Iterable[Any]) -> Iterator[Reading]:
        for text, *_ in texts:
            b = text.find(SENTENCE)
            found = Attribution(
                source=((b, b + 12),), cue=((b + 13, b + 17),), content=((b + 23, b + len(SENTENCE) - 1),), score=0.9
            )
            yield Reading(sentences=((0, len(text)),), mentions=(), attributions=() if b < 0 else (found,))


# -- no network ------------------------------------------------------------------------------------------------------------


@functools.cache
def without_network() -> tuple[str, ...] | None:
    """How a command is run in a network namespace that holds nothing, or None if this machine does not let us."""
    for how in (("unshare", "-rn"), ("unshare", "-n")):
        try:
            if subprocess.run([*how, "true"], capture_output=True, check=False).returncode == 0:
                return how
        except OSError:
            return None
    return None


def run_without_network(*command: str) -> subprocess.CompletedProcess[str]:
    how = without_network()
    if how is None:
        pytest.skip("this machine gives no empty network namespace: unshare -rn and unshare -n both fail")
    return subprocess.run([*how, *command], capture_output=True, text=True, env=ENVIRONMENT, check=False)


def test_the_empty_namespace_is_empty() -> None:
    code = (
        "import socket\nprint(*(name for _, name in socket.if_nameindex()), flush=True)\n"
        "socket.create_connection(('192.0.2.1', 9), 3)"
    )
    done = run_without_network(sys.executable, "-c", code)
    assert done.stdout.split() in (["lo"], [])
    assert "unreachable" in done.stderr


def test_read_needs_no_network(tmp_path: Path) -> None:
    if not (SHIPPED / MANIFEST).exists():
        pytest.skip(f"no reader lies in {SHIPPED}: this checkout has no weights")
    ledger = str(tmp_path / "news.db")
    pages = [str(PAGES / name) for name in ("03_single_article.html", "04_arabic.txt")]
    done = run_without_network(*COMMAND, "read", *pages, "--ledger", ledger, "--threads", "1")
    assert done.returncode == 0, done.stderr
    with Ledger.open(ledger, read_only=True) as book:
        counts = book.counts()
    assert (counts["articles"], counts["outcomes_stored"]) == (2, 2)
    assert counts["claims"] > 0


def test_export_needs_no_network(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    with Ledger.open(tmp_path / "news.db") as book:
        statuses_of([tmp_path / "a.txt"], book)
    out = tmp_path / "out"
    command = ("export", "--format", "jsonl", "-o", str(out), "--ledger", str(tmp_path / "news.db"))
    done = run_without_network(*COMMAND, *command)
    assert done.returncode == 0, done.stderr
    assert len((out / "claims.jsonl").read_bytes().splitlines()) == 1


# -- one input never takes down the run ------------------------------------------------------------------------------------

BOMB_LIMITS = Limits(seconds=5)


def statuses_of(inputs: list[Path], book: Ledger, limits: Limits = pipeline.DEFAULT_LIMITS) -> dict[str, str]:
    """Read ``inputs``, of which some may be tables: the status of each, by name."""
    events = pipeline.read([str(path) for path in inputs], book, reader=FakeReader(), limits=limits)
    reported = [event for event in events if isinstance(event, Outcome)]
    assert list(book.outcomes()) == reported
    statuses = {Path(outcome.origin.split("#")[0]).name: outcome.status for outcome in reported}
    assert list(statuses) == [path.name for path in inputs]
    assert len(statuses) == len(reported)
    assert all(outcome.status == "stored" or outcome.reason for outcome in reported)
    return statuses


def html(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>Crossing</title></head><body>{body}</body></html>".encode()


WORDS = "The road to the crossing is wide and trucks stand there on both sides of it for most of the week. "
BOMBS = {
    "line.txt": lambda: (WORDS * 220_000).encode()[: 20 * 1024 * 1024],
    "one_word.txt": lambda: b"a" * (20 * 1024 * 1024),
    "line.jsonl": lambda: b'{"text": "' + b"a " * (10 * 1024 * 1024) + b'"}\n',
    "nested.html": lambda: html("<div>" * 100_000 + WORDS + "</div>" * 100_000),
    "nested_open.html": lambda: html("<b><i>" * 50_000 + WORDS),
    "paragraphs.html": lambda: html(f"<p>{WORDS}</p>" * 300_000),
    "links.html": lambda: html("".join(f'<a href="/{n}">item {n}</a> ' for n in range(30_000))),
    "one_tag.html": lambda: html('<p class="' + "a " * 2_000_000 + '">' + WORDS + "</p>"),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_document_behind_a_bomb_still_lands(tmp_path: Path, name: str) -> None:
    bomb, good = tmp_path / name, tmp_path / "zz.txt"
    bomb.write_bytes(BOMBS[name]())
    good.write_text(STORY)
    began = time.monotonic()
    with Ledger.open(tmp_path / "news.db") as book:
        assert statuses_of([bomb, good], book, BOMB_LIMITS)["zz.txt"] == "stored"
        assert [claim.certainty for claim in book.claims() if claim.source_kind != "author"] == ["asserted"]
        book.check()
    assert time.monotonic() - began < 4 * BOMB_LIMITS.seconds


JUNK = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\r\n" * 100,
    "nul.txt": b"\x00" * 5000,
    "random.txt": bytes((n * n * 31 + n * 7) % 256 for n in range(20_000)),
    "program.html": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "archive.html": b"PK\x03\x04" + bytes(range(256)) * 20,
    "packed.txt": b"\x1f\x8b\x08\x00" + bytes(range(256)) * 20,
    "cut.html": b"<html><body><p>The ministry <",
    "empty.html": b"<html></html>",
    "cut.csv": b'text\n"The ministry said',
    "empty.csv": b"",
    "no_rows.csv": b"text\n",
    "broken.jsonl": b'{"text": \n[]\nnull\n{}\n',
    "deep.jsonl": b"[" * 100_000 + b"\n",
    "no_table.parquet": b"PAR1 and no more",
    "surrogates.txt": ("The office said \ud800\udc00 that rain fell. " * 5).encode("utf-8", "surrogatepass"),
}


def test_each_piece_of_junk_has_an_outcome_and_what_lies_behind_it_lands(tmp_path: Path) -> None:
    inputs = []
    for number, (name, data) in enumerate(JUNK.items()):
        junk, good = tmp_path / name, tmp_path / f"good{number}.txt"
        junk.write_bytes(data)
        good.write_text(STORY.replace("a month", f"{number + 2} months"))
        inputs += [junk, good]
    missing = tmp_path / "missing.txt"
    with Ledger.open(tmp_path / "news.db") as book:
        events = pipeline.read([str(path) for path in (*inputs, missing)], book, reader=FakeReader())
        reported = [event for event in events if isinstance(event, Outcome)]
        assert list(book.outcomes()) == reported
        book.check()
    by_input: dict[str, list[Outcome]] = {}
    for outcome in reported:
        by_input.setdefault(Path(outcome.origin.split("#")[0]).name, []).append(outcome)
        assert outcome.status == "stored" or outcome.reason
    assert set(by_input) == {path.name for path in (*inputs, missing)}
    for name, outcomes in by_input.items():
        if name.startswith("good"):
            assert [outcome.status for outcome in outcomes] == ["stored"], name
        elif name in ("surrogates.txt", "random.txt", "cut.html", "cut.csv"):
            assert len(outcomes) == 1  # something may be read of them
        else:
            assert {outcome.status for outcome in outcomes} == {"rejected"}, name


ENCODINGS = {
    "latin.txt": ("latin-1", "«Le café est fermé», a déclaré le ministère près de la forêt. " * 8),
    "windows.txt": ("cp1252", "The office’s “border” note – a short one – was déjà vu for the traders there. " * 8),
    "cyrillic.txt": ("cp1251", "Министерство сообщило, что граница открыта, и люди снова едут через мост. " * 8),
    "arabic.txt": ("cp1256", "قالت الوزارة إن الحدود مفتوحة وإن الناس يعبرون الجسر من جديد كل يوم. " * 8),
    "wide.txt": ("utf-16", "The ministry’s café note said that the bridge is open to all traders now. " * 8),
    "marked.txt": ("utf-8-sig", "The ministry’s second café note said that the bridge is open to all traders now. " * 8),
}


def test_texts_in_other_encodings_are_read_as_what_they_say(tmp_path: Path) -> None:
    for name, (encoding, text) in ENCODINGS.items():
        (tmp_path / name).write_bytes(text.encode(encoding))
    with Ledger.open(tmp_path / "news.db") as book:
        statuses_of([tmp_path / name for name in ENCODINGS], book)
        texts = {Path(page.origin).name: page.text for outcome in book.outcomes() if (page := book.page(outcome.page or ""))}
    assert {name: texts.get(name, "").strip() for name in ENCODINGS} == {n: text.strip() for n, (_, text) in ENCODINGS.items()}


def test_a_name_that_says_another_encoding_costs_only_itself(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_bytes(
        b'<html><head><meta charset="utf-16"><title>T</title></head><body><p>'
        + ("Le ministère a dit que la forêt est fermée. " * 20).encode("cp1252")
        + b"\xff\xfe\x00</p></body></html>"
    )
    (tmp_path / "zz.txt").write_text(STORY)
    with Ledger.open(tmp_path / "news.db") as book:
        assert statuses_of([wrong, tmp_path / "zz.txt"], book)["zz.txt"] == "stored"


# -- readers go on while one process writes --------------------------------------------------------------------------------

SECONDS = 5
READERS = 4
CLAIMS = 5
SHARED = f"""
import sys, time
from dragoman.ledger import Ledger
from dragoman.types import *
ledger, end = sys.argv[1], time.monotonic() + {SECONDS}

def id_of(n):
    return content_id("test", n)
"""
WRITER = f"""
n = 0
with Ledger.open(ledger) as book:
    while time.monotonic() < end:
        text = f"Article {{n}}. " + "The office said that rain fell. " * {CLAIMS}
        spans = [(b, b + 31) for b in range(len(text) - 32 * {CLAIMS}, len(text), 32)]
        page = Page(id=content_id("page", n), origin=f"p{{n}}", kind="text", text=text)
        article = Article(id=id_of(n), page=page.id, n=0, text=text, page_spans=((0, len(text)),))
        reading = Reading(
            sentences=tuple(spans),
            mentions=tuple(Mention(b=b, e=b + 10, type="organisation", score=0.5) for b, e in spans),
            attributions=tuple(Attribution(source=((b, b + 10),), cue=((b + 11, b + 15),), content=((b + 21, e),), score=0.5)
                               for b, e in spans),
        )
        claims = tuple(
            Claim(id=content_id("claim", n, b), article=article.id, source=(b, b + 10), source_actor=None,
                  source_kind="organisation", cue=(b + 11, b + 15), content=((b + 21, e),), chain=("author", "The office"),
                  certainty="asserted", polarity="pos", direct=False, score=0.5)
            for b, e in spans
        )
        assert book.add_article(CodedArticle(article=article, reading=reading, claims=claims), page=page)
        n += 1
print(n)
"""
READER = f"""
looks, last = 0, {{}}
while time.monotonic() < end:
    with Ledger.open(ledger, read_only=True) as book:
        for _ in range(20):
            counts = book.counts()
            fallen = {{name for name in last if counts[name] < last[name]}}
            assert not fallen, (fallen, last, counts)
            assert counts["claims"] >= {CLAIMS} * counts["articles"], counts
            looks, last = looks + 1, counts
            for n in range(max(counts["articles"] - 1, 0), counts["articles"] + 2):
                found = book.coded_article(id_of(n))
                assert found is not None or n >= counts["articles"], f"article {{n}} was counted and is gone"
                if found is not None:
                    sizes = len(found.claims), len(found.reading.attributions), len(found.reading.mentions)
                    assert sizes == ({CLAIMS},) * 3, (n, sizes)
                    assert all(found.article.text[slice(*c.content[0])] == "rain fell." for c in found.claims)
            if time.monotonic() > end:
                break
print(looks)
"""


def test_readers_go_on_while_one_process_writes(tmp_path: Path) -> None:
    ledger = str(tmp_path / "news.db")
    Ledger.open(ledger).close()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SHARED + code, ledger],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        )
        for code in (WRITER, *[READER] * READERS)
    ]
    ended = [(process.communicate(timeout=60), process.returncode) for process in running]
    for (_, errors), code in ended:
        assert (errors, code) == ("", 0)
    written, *looks = (int(output) for (output, _), _ in ended)
    assert written > 10
    assert min(looks) > 0
    with Ledger.open(ledger, read_only=True) as book:
        counts = book.counts()
        assert (counts["articles"], counts["claims"]) == (written, written * CLAIMS)
        book.check()
