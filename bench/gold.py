"""The gold sets and scorers beside the project, and our own test passages, as records that the scorers read."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
LANGUAGES = ROOT / "tests" / "data" / "attribution_languages.txt"
EVENTS = ROOT / "tests" / "data" / "events_languages.txt"
LEADS = ROOT / "bench" / "data" / "coder_leads.jsonl"
ANALYSIS = tuple(ROOT / "bench" / "data" / f"analysis_{part}.txt" for part in ("english", "leads", "languages"))
"""Passages with events among many words that look like some, which are never trained on."""
NEWS_EVENTS = ROOT / "bench" / "data" / "news_events.jsonl"
"""Events in two of the ten stories of NewsWCL50, which are never trained on; the texts stay in their set."""
PLAIN_SPEECH = ROOT / "tests" / "data" / "plain_speech.txt"
ROLE_LETTERS = {"S": "source", "Q": "cue", "C": "content"}
_MARKED = re.compile(r"\[([SQC])(\d+) ([^\[\]]*)\]")


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def unmark(marked: str) -> tuple[str, list[dict[str, list[tuple[int, int]]]]]:
    """Text and attributions of a passage in our markup, ``[S1 The ministry] [Q1 said] [C1 that …]``."""
    text, at = "", 0
    found: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        letter, number, inner = match.groups()
        roles = found.setdefault(number, {role: [] for role in ROLE_LETTERS.values()})
        roles[ROLE_LETTERS[letter]].append((len(text), len(text) + len(inner)))
        text += inner
        at = match.end()
    return text + marked[at:], list(found.values())


def passages(path: Path) -> Iterator[tuple[str, str, list[dict[str, list[tuple[int, int]]]]]]:
    """(language, text, attributions) of each line of a file of marked passages."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            language, marked = line.split("\t", 1)
            yield (language, *unmark(marked))


def fingerprint(*paths: Path) -> str:
    """A short hash of the gold, so that a figure is known to stem from it."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def score(scorer: str, *arguments: Path | str) -> dict[str, dict[str, Any]]:
    """The figures that one of the scorers in ``../shared/score`` prints."""
    command = [sys.executable, str(SHARED / "score" / scorer), *map(str, arguments), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{scorer}: {done.stderr.strip()}")
    result: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return result


def dragoman(*arguments: str, text: str | None = None) -> str:
    """Run the command in a process of its own and return what it prints; RuntimeError unless it ends with 0."""
    command = [sys.executable, "-c", "from dragoman.cli import main; main()", *arguments]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(f"dragoman {' '.join(arguments)}: exit code {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout
