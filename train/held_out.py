"""What must not be trained on: dev and test files, codebook records, gold of the dumps, our own test passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.gold import ANALYSIS, EVENTS, LANGUAGES, LEADS, NEWS_EVENTS, lines_of, passages
from bench.marked import Marked, marked_passages
from dragoman.reader.sentences import sentences_of
from train.news import news_passages, sentences_of_tokens

LEAST = 40
"""Letters and digits of a sentence that counts: shorter ones (“He declined to comment.”) recur by nature."""
FILES = (
    *("*/dev*.jsonl", "*/test*.jsonl", "*/*_dev.jsonl", "*/*_test.jsonl"),
    *("plover_gsr/*.jsonl", "petrarch/*.jsonl", "seeds/sentences.jsonl"),
)
FOLDS = 5
"""One pair of PLV train in so many is kept for measuring."""


def plv_fold(gold: Path, *, held: bool) -> Iterator[dict]:
    """The pairs of PLV train that are kept for measuring, or those that are trained on."""
    for k, record in enumerate(lines_of(gold / "plv_plover" / "train.jsonl")):
        if (k % FOLDS == 0) == held:
            yield record


def held_out(gold: Path) -> Iterator[tuple[str, str]]:
    """(file, text) of everything that may be measured on."""
    for pattern in FILES:
        for path in sorted(gold.glob(pattern)):
            for record in lines_of(path):
                text = record["text"] if "text" in record else " ".join(record.get("tokens", ()))
                yield str(path.relative_to(gold)), text
    if (gold / "plv_plover").is_dir():
        yield from (("plv_plover/train.jsonl, held-out fifth", record["text"]) for record in plv_fold(gold, held=True))
    yield from (("own marks in news", passage.text) for passage in held_news(gold))
    yield from (("own attribution passages", text) for _, text, _ in passages(LANGUAGES))
    yield from (("own event passages", passage.text) for passage in marked_passages(EVENTS))
    yield from (("own passages of analysis", passage.text) for path in ANALYSIS for passage in marked_passages(path))
    yield from (("own agency leads", record["text"]) for record in lines_of(LEADS))


def held_news(gold: Path) -> Iterator[Marked]:
    """The passages of news whose events measure the reader; none if their set is not there."""
    if (gold / "newswcl50").is_dir():
        yield from news_passages(gold, {"newswcl50": sentences_of_tokens}, NEWS_EVENTS)


def plain(text: str) -> str:
    """A sentence for comparison: letters and digits alone, in lower case."""
    return "".join(c for c in text.lower() if c.isalnum())


def sentences(text: str) -> set[str]:
    """The sentences of a text in plain form, and the text as a whole if it is one line."""
    spans = {*sentences_of(text, None), *([(0, len(text))] if "\n" not in text else [])}
    return {letters for b, e in spans if len(letters := plain(text[b:e])) >= LEAST}


class HeldOut:
    """Finds the files that hold a sentence of a text."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._where: dict[str, set[str]] = {}
        for name, text in texts:
            for sentence in sentences(text):
                self._where.setdefault(sentence, set()).add(name)

    def places(self, text: str) -> list[str]:
        """The files that hold a sentence of ``text``, one entry a sentence and file."""
        return [name for sentence in sentences(text) for name in sorted(self._where.get(sentence, ()))]
