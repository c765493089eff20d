"""The commands ``explore`` and ``report``."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from dragoman.cli import FAILED, USAGE, app
from dragoman.cli_explore import _listen
from dragoman.errors import DragomanError

COMMAND = [sys.executable, "-c", "from dragoman.cli import main; main()"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_explore_answers_on_this_machine_alone(honest_ledger: Path) -> None:
    port = free_port()
    running = subprocess.Popen(
        [*COMMAND, "explore", "--ledger", str(honest_ledger), "--port", str(port)], stderr=subprocess.PIPE
    )
    try:
        for _ in range(300):
            try:
                answer = httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        assert answer.status_code == 200
        table = Path("/proc/net/tcp")
        if table.exists():
            listening = [line.split()[1] for line in table.read_text().splitlines()[1:] if line.split()[3] == "0A"]
            assert [place for place in listening if place.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]
    finally:
        running.terminate()
        _, said = running.communicate(timeout=30)
    assert f"http://127.0.0.1:{port}/" in said.decode()


def test_explore_says_what_it_needs(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["explore", "--ledger", str(tmp_path / "none.db")])
    assert result.exit_code == FAILED
    assert "dragoman read" in result.stderr


def test_a_port_that_is_taken_is_told(honest_ledger: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = CliRunner().invoke(app, ["explore", "--ledger", str(honest_ledger), "--port", str(taken.getsockname()[1])])
    assert result.exit_code == FAILED
    assert "--port" in result.stderr


def test_report_is_one_file(honest_ledger: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["report", "--ledger", str(honest_ledger), "-o", str(tmp_path / "r.html"), "--title", "A <b>"]
    )
    assert result.exit_code == 0, result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<title>A &lt;b&gt;</title>" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "3 of 3 articles in full" in text


@pytest.mark.parametrize("output", [None, "{ledger}", "{folder}/none/r.html"])
def test_report_leaves_no_half_file(honest_ledger: Path, tmp_path: Path, output: str | None) -> None:
    named = ["-o", output.format(ledger=honest_ledger, folder=tmp_path)] if output else []
    result = CliRunner().invoke(app, ["report", "--ledger", str(honest_ledger), *named])
    assert result.exit_code in (FAILED, USAGE)
    assert list(tmp_path.iterdir()) == []
    assert honest_ledger.read_bytes().startswith(b"SQLite format 3")


def test_a_report_that_would_be_big_names_what_it_leaves_out(honest_ledger: Path, tmp_path: Path) -> None:
    from dragoman.explorer import write_report

    written = write_report(honest_ledger, tmp_path / "r.html", most_text=700)
    assert written.left_out > 0
    assert written.articles + written.left_out == 3
    assert "left out to keep this file small" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_port_is_taken_before_the_explorer_answers() -> None:
    first = _listen(None)
    try:
        with pytest.raises(DragomanError, match="cannot be used"):
            _listen(first.getsockname()[1])
    finally:
        first.close()
