"""``kill -9`` in every stage of ``read``: what was acknowledged is kept; the resumed run ends where one run would have."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

import dragoman
from dragoman.ledger import Ledger

DRIVER = Path(__file__).with_name("kill_driver.py")
KILLS = 30
SEED = 20260314
AT_ONCE = 2
POINTS = (
    *("page", "text taken", "reading given", "event", "gathered"),
    *(
        f"{point} {when}"
        for point in (
            *("split", "coding", "add_article", "add_page", "insert", "record_outcome", "begin", "commit", "log copied"),
            *("add_reuse", "finish"),
        )
        for when in ("before", "after")
    ),
)


def story(place: str, day: int) -> str:
    return (
        f"Ferry Service to {place} Resumes After the Spring Floods\n\nBy Jane Rowe\n\nMay {day}, 2019\n\n"
        f"The ferry service to {place} resumed on Monday after floods had kept the boats in harbour for {day} days.\n\n"
        f"The harbour master of {place} said the landing stage had been repaired and would be inspected every week.\n\n"
        f"A fisherman said the price of a crossing was still higher than it had been before the floods.\n"
    )


def many(*stories: str) -> str:
    return "\n\n".join(stories)


PAGES = {
    "a.txt": story("Norholm", 3),
    "b.txt": many(*(story(place, day) for place, day in (("Sandvik", 4), ("Estmere", 5), ("Kalby", 6)))),
    "c.txt": story("Norholm", 3),  # the page a.txt again
    "d.txt": story("Estmere", 5),  # an article of b.txt, on a page of its own
    "e.txt": "",  # no page
    "f.txt": "-----\n\n* * *\n\n-----\n",  # a page without an article
    "g.txt": many(story("Norholm", 3), story("Westerby", 7), story("Lund Point", 8)),  # its first is that of a.txt
    "h.txt": story("Ostra", 9),
}
STATUSES = {"stored": 4, "duplicate": 2, "rejected": 2}


@dataclass(frozen=True)
class Whole:
    """A run that nothing interrupted."""

    folder: Path
    digest: str
    passed: Counter[str]


def drive(folder: Path, home: Path, point: str, count: int) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(dragoman.__file__).parents[1])}
    command = [sys.executable, str(DRIVER), str(home / "ledger.db"), str(home / "told"), str(folder), point, str(count)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def finish(folder: Path, home: Path) -> Whole:
    done = drive(folder, home, "", 0)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return Whole(folder, answer["digest"], Counter(answer["passed"]))


def told(home: Path) -> Counter[tuple[str, str]]:
    """What the driver brought to the disk: (kind, id or origin). A kill between writing and telling leaves it out."""
    file = home / "told"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return Counter((kind, name) for kind, name in (line.split("\t") for line in lines))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder, home = tmp_path_factory.mktemp("pages"), tmp_path_factory.mktemp("whole")
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    run = finish(folder, home)
    assert [point for point in POINTS if not run.passed[point]] == [], "a point was moved or renamed: mend kill_driver.py"
    return run


def places(passed: Counter[str]) -> list[tuple[str, int]]:
    """KILLS places, seeded: every point once, then any."""
    chance = random.Random(SEED)
    chosen = [(point, chance.randint(1, passed[point])) for point in POINTS]
    rest = [(point, count) for point in POINTS for count in range(1, passed[point] + 1) if (point, count) not in chosen]
    return chosen + chance.sample(rest, KILLS - len(chosen))


def kill_and_resume(whole: Whole, home: Path, point: str, count: int) -> list[str]:
    """What went wrong."""
    home.mkdir()
    killed = drive(whole.folder, home, point, count)
    if killed.returncode != -signal.SIGKILL:
        return [f"the driver was not killed: {killed.returncode} {killed.stderr}"]
    before = told(home)
    problems = []
    with Ledger.open(home / "ledger.db") as ledger:
        ledger.check()
        for kind, name in before:
            there = ledger.has_article(name) if kind == "article" else any(ledger.outcomes(origin=name))
            if not there:
                problems.append(f"{kind} {name} was acknowledged and is lost")
        stored = {article.id for article in ledger.articles()}
    resumed = finish(whole.folder, home)
    if resumed.digest != whole.digest:
        problems.append("the ledger is not that of an uninterrupted run")
    if resumed.passed["add_article before"] + len(stored) != whole.passed["add_article before"]:
        problems.append("the resumed run did not store just the articles that were missing")
    problems += [
        f"article {name} was acknowledged twice" for (kind, name), n in told(home).items() if kind == "article" and n > 1
    ]
    return problems


def test_uninterrupted_run_holds_what_the_kills_are_for(whole: Whole, tmp_path: Path) -> None:
    assert finish(whole.folder, tmp_path) == whole
    with Ledger.open(tmp_path / "ledger.db", read_only=True) as ledger:
        outcomes = list(ledger.outcomes())
        assert ledger.counts()["articles"] == 7
        assert ledger.counts()["claims"] >= 14
        assert any(ledger.reuse()), "the stories share sentences: the evidence stage has something to lose"
    assert Counter(outcome.status for outcome in outcomes) == STATUSES
    assert [Path(outcome.origin).name for outcome in outcomes] == list(PAGES)


def test_kill_at_seeded_points_loses_and_doubles_nothing(whole: Whole, tmp_path: Path) -> None:
    chosen = places(whole.passed)
    assert len(set(chosen)) == KILLS
    with ThreadPoolExecutor(AT_ONCE) as pool:
        runs = {place: pool.submit(kill_and_resume, whole, tmp_path / f"{n}", *place) for n, place in enumerate(chosen)}
    assert {place: problems for place, run in runs.items() if (problems := run.result())} == {}


def test_killed_again_and_again(whole: Whole, tmp_path: Path) -> None:
    """Each run stores one article and is killed at the next: stored ones are not taken up again."""
    runs = 0
    while drive(whole.folder, tmp_path, "coding before", 2).returncode == -signal.SIGKILL:
        runs += 1
        assert runs < whole.passed["coding before"], "the run does not get on"
    assert runs == whole.passed["coding before"] - 1
    assert finish(whole.folder, tmp_path).digest == whole.digest
