"""``pipeline.read`` and ``pipeline.annotate`` with a made-up reader that sees an attribution in each line “X said Y”."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from dragoman import articles, coding, pipeline
from dragoman.config import Limits
from dragoman.errors import InputError
from dragoman.ledger import Ledger
from dragoman.pipeline import Annotated, Event, Known
from dragoman.reader.model import Reader, Text
from dragoman.types import Attribution, CodedArticle, Outcome, Reading

SAYING = re.compile(r"^(?P<source>[^\r\n]+?) (?P<cue>said) (?P<content>[^\r\n]+)", re.MULTILINE)


def reading_of(text: str) -> Reading:
    attributions = tuple(
        Attribution(source=(m.span("source"),), cue=(m.span("cue"),), content=(m.span("content"),), score=0.5)
        for m in SAYING.finditer(text)
    )
    return Reading(sentences=tuple(m.span() for m in re.finditer(r"[^\r\n]+", text)), mentions=(), attributions=attributions)


class SayingReader:
    """Reads lazily, ``ahead`` texts at once. ``read_texts`` are those that it gave a reading of, the empty ones left out."""

    def __init__(self, *, ahead: int = 1, stop_at: str | None = None) -> None:
        self.ahead = ahead
        self.stop_at = stop_at
        self.taken = 0
        self.read_texts: list[str] = []

    def read(self, texts: Iterable[Text]) -> Iterator[Reading]:
        group: list[str] = []
        for text in texts:
            self.taken += 1
            group.append(text.text)
            if len(group) == self.ahead:
                yield from self._readings(group)
                group = []
        yield from self._readings(group)

    def _readings(self, group: list[str]) -> Iterator[Reading]:
        for text in group:
            if self.stop_at and self.stop_at in text:
                raise KeyboardInterrupt
            if text:
                self.read_texts.append(text)
            yield reading_of(text)


def story(place: str, day: int = 3) -> str:
    return (
        f"Ferry Service to {place} Resumes After the Spring Floods\n\nBy Jane Rowe\n\nMay {day}, 2019\n\n"
        f"The ferry service to {place} resumed on Monday after floods had kept the boats in harbour for {day} days.\n\n"
        f"The harbour master of {place} said the landing stage had been repaired and would be inspected every week.\n\n"
        f"A fisherman said the price of a crossing was still higher than it had been before the floods.\n"
    )


def many(*places: str) -> str:
    return "\n\n".join(story(place, day) for day, place in enumerate(places, 3))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "pages"
    path.mkdir()
    return path


def write(folder: Path, **pages: str) -> None:
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")


def read(folder: Path, ledger: Ledger, reader: SayingReader | None = None, **options: Any) -> list[Event]:
    return list(pipeline.read([str(folder)], ledger, reader=reader or SayingReader(), **options))


def outcomes(events: Iterable[Event]) -> dict[str, Outcome]:
    """Outcomes by the name of their file; each input has one."""
    found = [event for event in events if isinstance(event, Outcome)]
    named = {Path(outcome.origin).stem: outcome for outcome in found}
    assert len(named) == len(found)
    return named


def statuses(events: Iterable[Event]) -> dict[str, str]:
    return {name: outcome.status for name, outcome in outcomes(events).items()}


def stored(events: Iterable[Event]) -> list[str]:
    return [event.article.id for event in events if isinstance(event, CodedArticle)]


# -- read ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ahead", [1, 2, 100])
def test_each_input_has_one_outcome(folder: Path, ledger: Ledger, ahead: int) -> None:
    write(folder, a=story("Norholm"), b=many("Sandvik", "Estmere"), c=story("Norholm"), d="", e="-----\n\n* * *\n\n-----\n")
    (folder / "f.txt").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    events = read(folder, ledger, SayingReader(ahead=ahead))
    expected = {"a": "stored", "b": "stored", "c": "duplicate", "d": "rejected", "e": "rejected", "f": "rejected"}
    assert statuses(events) == expected
    assert [Path(outcome.origin).stem for outcome in ledger.outcomes()] == list(expected)
    assert all(outcome.reason for outcome in ledger.outcomes() if outcome.status != "stored")
    assert stored(events) == [article.id for article in ledger.articles()]
    ledger.check()


def test_article_is_stored_with_all_that_was_coded(folder: Path, ledger: Ledger) -> None:
    write(folder, a=story("Norholm"))
    coded, outcome = read(folder, ledger)
    assert isinstance(coded, CodedArticle)
    assert ledger.coded_article(coded.article.id) == coded
    assert len(coded.reading.attributions) == 2
    said = [coded.article.text[slice(*claim.content[0])] for claim in coded.claims]
    assert any(text.startswith("the landing stage had been repaired") for text in said)
    assert isinstance(outcome, Outcome)
    assert (outcome.status, outcome.articles, outcome.reason) == ("stored", 1, None)


def test_ledger_has_taken_what_is_reported(folder: Path, ledger: Ledger, tmp_path: Path) -> None:
    write(folder, a=many("Norholm", "Sandvik", "Estmere"), b=story("Kalby"), c="")
    with Ledger.open(tmp_path / "ledger.db", read_only=True) as other:
        for event in pipeline.read([str(folder)], ledger, reader=SayingReader(ahead=2)):
            if isinstance(event, CodedArticle):
                assert other.coded_article(event.article.id) == event
            else:
                assert isinstance(event, Outcome)
                assert event in list(other.outcomes(origin=event.origin))


def test_reading_again_changes_nothing(folder: Path, ledger: Ledger) -> None:
    write(folder, a=story("Norholm"), b=many("Sandvik", "Estmere"), c=story("Norholm"), d=story("Estmere", 4))
    read(folder, ledger)
    before, recorded = ledger.digest(), list(ledger.outcomes())
    reader = SayingReader()
    again = read(folder, ledger, reader)
    assert again == [Known(outcome=outcome) for outcome in recorded]
    assert (ledger.digest(), list(ledger.outcomes()), reader.read_texts) == (before, recorded, [])


def test_rejected_input_is_tried_again(folder: Path, ledger: Ledger) -> None:
    write(folder, a=story("Norholm"), b="")
    read(folder, ledger)
    before = ledger.digest()
    known, tried = read(folder, ledger)
    assert isinstance(known, Known)
    assert isinstance(tried, Outcome)
    assert (tried.status, ledger.digest()) == ("rejected", before)
    write(folder, b=story("Kalby"))
    assert statuses(read(folder, ledger)) == {"b": "stored"}


@pytest.mark.parametrize("ahead", [1, 100])
def test_same_page_at_two_places_is_a_duplicate(folder: Path, ledger: Ledger, ahead: int) -> None:
    write(folder, a=many("Norholm", "Sandvik"), b=many("Norholm", "Sandvik"))
    reader = SayingReader(ahead=ahead)
    events = read(folder, ledger, reader)
    assert statuses(events) == {"a": "stored", "b": "duplicate"}
    found = outcomes(events)
    assert found["b"].reason == f"the same page as {folder / 'a.txt'}"
    assert (found["b"].page, found["b"].articles) == (found["a"].page, 2)
    assert len(reader.read_texts) == 2


@pytest.mark.parametrize("ahead", [1, 100])
def test_same_article_on_another_page(folder: Path, ledger: Ledger, ahead: int) -> None:
    write(folder, a=many("Norholm", "Sandvik", "Estmere"), b=story("Sandvik", 4), c=f"{story('Kalby')}\n\n{story('Norholm')}")
    reader = SayingReader(ahead=ahead)
    events = read(folder, ledger, reader)
    assert statuses(events) == {"a": "stored", "b": "duplicate", "c": "stored"}
    assert str(folder / "a.txt") in (outcomes(events)["b"].reason or "")
    assert "1 of 2 articles" in (outcomes(events)["c"].reason or "")
    assert len(reader.read_texts) == len(set(reader.read_texts)) == 4


def test_page_with_several_articles(folder: Path, ledger: Ledger) -> None:
    write(folder, a=many("Norholm", "Sandvik", "Estmere"))
    events = read(folder, ledger)
    assert [type(event) for event in events] == [CodedArticle, CodedArticle, CodedArticle, Outcome]
    assert outcomes(events)["a"].articles == 3
    found = list(ledger.articles())
    assert [article.n for article in found] == [0, 1, 2]
    page = ledger.page(found[0].page)
    assert page is not None
    for article in found:
        assert "\n\n".join(page.text[b:e] for b, e in article.page_spans) == article.text
        assert all(page.text[zone.b : zone.e] == zone.text for zone in article.zones)


def test_changed_file_is_another_page(folder: Path, ledger: Ledger) -> None:
    write(folder, a=story("Norholm"))
    read(folder, ledger)
    write(folder, a=story("Kalby"))
    assert statuses(read(folder, ledger)) == {"a": "stored"}
    assert [outcome.status for outcome in ledger.outcomes(origin=str(folder / "a.txt"))] == ["stored", "stored"]


def test_cut_page_is_truncated(folder: Path, ledger: Ledger) -> None:
    write(folder, a=story("Norholm"))
    (outcome,) = outcomes(read(folder, ledger, limits=Limits(article_characters=150))).values()
    assert outcome.status == "truncated"
    assert "150" in (outcome.reason or "")
    assert [len(article.text) <= 150 for article in ledger.articles()] == [True]


def test_nothing_is_taken_before_it_is_needed(folder: Path, ledger: Ledger) -> None:
    write(folder, **{f"p{n}": story(f"Norholm{n}") for n in range(9)})
    reader = SayingReader(ahead=2)
    events = pipeline.read([str(folder)], ledger, reader=reader)
    assert reader.taken == 0
    next(events)
    assert reader.taken == 2


def raising(error: BaseException, original: Any, *, at: str) -> Any:
    """``original``, but that it raises at a page or article with ``at`` in its text."""

    def stage(what: Any, *args: Any, **options: Any) -> Any:
        if at in what.text:
            raise error
        return original(what, *args, **options)

    return stage


@pytest.mark.parametrize("kind", [InputError, ValueError, RecursionError])
def test_split_that_raises_costs_the_page(
    folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    write(folder, a=story("Norholm"), b=story("Sandvik"), c=story("Kalby"))
    with monkeypatch.context() as patch:
        patch.setattr(articles, "split", raising(kind("no such harbour"), articles.split, at="Sandvik"))
        events = read(folder, ledger)
    assert statuses(events) == {"a": "stored", "b": "rejected", "c": "stored"}
    assert "no such harbour" in (outcomes(events)["b"].reason or "")
    assert statuses(read(folder, ledger)) == {"b": "stored"}
    assert [outcome.status for outcome in ledger.outcomes()] == ["stored"] * 3


def test_coding_that_raises_costs_the_article(folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, a=many("Norholm", "Sandvik", "Estmere"), b=story("Sandvik", 4), c=story("Kalby"))
    monkeypatch.setattr(coding, "code_article", raising(KeyError("no such harbour"), coding.code_article, at="Sandvik"))
    events = read(folder, ledger)
    assert statuses(events) == {"a": "truncated", "b": "rejected", "c": "stored"}
    assert "1 of 3 articles are left out" in (outcomes(events)["a"].reason or "")
    assert "please report it" in (outcomes(events)["b"].reason or "")
    assert len(stored(events)) == ledger.counts()["articles"] == 3


def test_article_that_cannot_be_stored_costs_itself(folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, a=many("Norholm", "Sandvik"), b=story("Sandvik", 4), c=story("Kalby"))

    def add_article(coded: CodedArticle, **options: Any) -> bool:
        if "Sandvik" in coded.article.text:
            raise InputError("no such harbour")
        return original(coded, **options)

    original = ledger.add_article
    monkeypatch.setattr(ledger, "add_article", add_article)
    events = read(folder, ledger, SayingReader(ahead=100))
    assert statuses(events) == {"a": "truncated", "b": "rejected", "c": "stored"}
    assert ledger.counts()["articles"] == 2
    ledger.check()


def test_ledger_that_fails_ends_the_run(folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, a=many("Norholm", "Sandvik"))

    def fail(outcome: Outcome) -> bool:
        raise OSError("the disk is gone")

    monkeypatch.setattr(ledger, "record_outcome", fail)
    events = pipeline.read([str(folder)], ledger, reader=SayingReader())
    assert isinstance(next(events), CodedArticle)
    with pytest.raises(OSError, match="the disk is gone"):
        next(events)
    assert ledger.counts()["articles"] == 1, "the second article goes with the outcome, in one transaction"


def test_reason_that_cannot_be_stored_costs_its_input(folder: Path, ledger: Ledger) -> None:
    (folder / "a.jsonl").write_bytes(b'{"\\ud800": "a name that is no Unicode"}\n')
    write(folder, b=story("Norholm"))
    events = read(folder, ledger)
    assert [event.status for event in events if isinstance(event, Outcome)] == ["rejected", "stored"]


def test_mistake_with_an_odd_message_costs_its_input(folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, a=story("Norholm"), b=story("Kalby"))
    monkeypatch.setattr(articles, "split", raising(ValueError("found \0"), articles.split, at="Norholm"))
    assert statuses(read(folder, ledger)) == {"a": "rejected", "b": "stored"}


class Overtaken(SayingReader):
    """While it reads its first text, another process reads ``folder`` into the same ledger."""

    def __init__(self, folder: Path, ledger: Path) -> None:
        super().__init__()
        self.folder = folder
        self.ledger = ledger

    def _readings(self, group: list[str]) -> Iterator[Reading]:
        if not self.read_texts:
            with Ledger.open(self.ledger) as other:
                read(self.folder, other)
        yield from super()._readings(group)


@pytest.mark.parametrize(("ours", "theirs"), [(("Norholm", "Sandvik"), ("Norholm",)), (("Norholm",), ("Norholm", "Sandvik"))])
def test_another_process_stores_the_article_first(
    folder: Path, ledger: Ledger, tmp_path: Path, ours: Sequence[str], theirs: Sequence[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write(folder, a=many(*ours))
    write(elsewhere, z=many(*theirs))
    (outcome,) = outcomes(read(folder, ledger, Overtaken(elsewhere, ledger.path))).values()
    assert outcome.status == ("stored" if len(ours) > 1 else "duplicate")
    assert str(elsewhere / "z.txt") in (outcome.reason or "")
    assert ledger.counts()["articles"] == 2
    ledger.check()


# -- stopping and going on -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ahead", [1, 3])
@pytest.mark.parametrize("after", range(1, 8))
def test_closing_keeps_what_was_reported(folder: Path, ledger: Ledger, tmp_path: Path, ahead: int, after: int) -> None:
    write(folder, a=story("Norholm"), b=many("Sandvik", "Estmere", "Kalby"), c=story("Norholm"), d="", e=story("Kalby", 5))
    events = pipeline.read([str(folder)], ledger, reader=SayingReader(ahead=ahead))
    reported = [next(events) for _ in range(after)]
    events.close()  # type: ignore[attr-defined]
    assert_goes_on(folder, ledger, tmp_path, reported)


@pytest.mark.parametrize("ahead", [1, 3])
@pytest.mark.parametrize("place", ["Norholm", "Sandvik", "Estmere", "Kalby"])
def test_interruption_keeps_what_was_reported(folder: Path, ledger: Ledger, tmp_path: Path, ahead: int, place: str) -> None:
    write(folder, a=story("Norholm"), b=many("Sandvik", "Estmere", "Kalby"), c=story("Norholm"), d="", e=story("Kalby", 5))
    reported: list[Event] = []
    with pytest.raises(KeyboardInterrupt):
        reported.extend(pipeline.read([str(folder)], ledger, reader=SayingReader(ahead=ahead, stop_at=f"to {place}")))
    assert_goes_on(folder, ledger, tmp_path, reported)


def assert_goes_on(folder: Path, ledger: Ledger, tmp_path: Path, reported: Sequence[Event]) -> None:
    """What was reported is there; the next run reads only what is missing, and ends with the ledger of a whole run."""
    ledger.check()
    assert {*stored(reported)} <= {article.id for article in ledger.articles()}
    assert set(outcomes(reported).values()) <= set(ledger.outcomes())
    there = {article.text for article in ledger.articles()}
    reader = SayingReader()
    read(folder, ledger, reader)
    assert not there & {*reader.read_texts}
    assert len(there) + len(reader.read_texts) == 4
    with Ledger.open(tmp_path / "whole.db") as whole:
        read(folder, whole)
        assert ledger.digest() == whole.digest()


# -- annotate --------------------------------------------------------------------------------------------------------------


def annotate(*requests: Any, reader: SayingReader | None = None, **options: Any) -> list[dict[str, Any]]:
    """The answers, decoded; requests that are bytes are lines as they are."""
    lines = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in requests]
    answers: list[Annotated] = list(pipeline.annotate(lines, reader=reader or SayingReader(), **options))
    assert all(b"\n" not in answer.line for answer in answers)
    decoded = [json.loads(answer.line) for answer in answers]
    assert [answer.error for answer in answers] == [answer.get("error") for answer in decoded]
    return decoded


@pytest.mark.parametrize("ahead", [1, 3, 100])
def test_annotations_come_in_order(ahead: int) -> None:
    requests = [{"id": n, "text": f"Delegate {n} said the talks would go on.", "language": "en"} for n in range(7)]
    answers = annotate(*requests, reader=SayingReader(ahead=ahead))
    assert [answer["id"] for answer in answers] == list(range(7))
    for request, answer in zip(requests, answers, strict=True):
        (attribution,) = answer["attributions"]
        assert [str(request["text"])[b:e] for b, e in attribution["source"]] == [f"Delegate {request['id']}"]
        assert answer["sentences"] == [[0, len(str(request["text"]))]]


def test_bad_lines_answer_in_their_place() -> None:
    good = {"text": "A delegate said the talks would go on."}
    bad = [b"{not json", b"\xff\xfe", b"[]", b'{"id": "x"}', b'{"id": 7, "text": 3}', b'{"text": "no id"}', b"[" * 100_000]
    answers = annotate({"id": 0, **good}, *bad, {"id": 9, **good})
    assert [answer["id"] for answer in answers] == [0, None, None, None, "x", 7, None, None, 9]
    assert ["error" in answer for answer in answers] == [False, *[True] * 7, False]
    assert all(f"line {n}" in answer["error"] for n, answer in enumerate(answers, 1) if "error" in answer)
    assert all(set(answer) == {"id", "error"} for answer in answers if "error" in answer)


@pytest.mark.parametrize("identifier", ["a", "", "7", 7, 0, -1, 2**62, "é\u202e\n"])
def test_id_comes_back_as_it_was(identifier: str | int) -> None:
    (answer,) = annotate({"id": identifier, "text": "A delegate said the talks would go on."})
    assert answer["id"] == identifier
    assert type(answer["id"]) is type(identifier)


@pytest.mark.parametrize(
    "text",
    [
        "😀👩‍👩‍👧 The envoy 🕊️ said the truce 🤝 held.",
        "First line.\r\nThe envoy said the truce held.\r\nA guard said nothing moved.\r\n",
        "\u202bمبعوث\u202c \u2067said\u2069 x\nThe \u200fenvoy\u200e said \u202athe truce held\u202c.",
        "Le de\u0301le\u0301gue\u0301 said la tre\u0302ve tenait.\nLe délégué said la trêve tenait.",
        "\ufeff  The envoy said the truce held.  ",
        "𐎀𐎁 said 𐎂𐎃\u2028The envoy said\u0085 the truce held.",
    ],
    ids=["emoji", "CRLF", "bidi", "decomposed", "spaces", "astral"],
)
def test_spans_index_the_text_as_given(text: str) -> None:
    (answer,) = annotate({"id": 1, "text": text, "language": "en"})
    sayings = list(SAYING.finditer(text))
    assert len(answer["attributions"]) == len(sayings) > 0
    for attribution, saying in zip(answer["attributions"], sayings, strict=True):
        for role in ("source", "cue", "content"):
            assert [text[b:e] for b, e in attribution[role]] == [saying[role]]
    assert answer["sentences"] == [list(m.span()) for m in re.finditer(r"[^\r\n]+", text)]


def test_annotation_has_all_fields_of_the_contract() -> None:
    (answer,) = annotate({"id": 1, "text": "The envoy said the truce held.", "outlet": "Harbour Post", "date": "2019-05-03"})
    assert list(answer) == [
        *("id", "language", "sentences", "mentions", "attributions", "events", "relations", "times", "places", "pairs")
    ]
    (attribution,) = answer["attributions"]
    assert attribution["chain"][0] == "Harbour Post"
    assert attribution["certainty"] in {"asserted", "hedged", "speculative"}
    assert attribution["polarity"] == "pos"
    assert attribution["direct"] is False
    assert attribution["score"] == 0.5


@pytest.mark.parametrize("text", ["", " \n", "no saying here", "said", "\0"])
def test_text_without_attribution_is_no_error(text: str) -> None:
    (answer,) = annotate({"id": 1, "text": text})
    assert answer["attributions"] == []


def test_too_long_text_costs_itself() -> None:
    first, second = annotate({"id": 1, "text": "x" * 101}, {"id": 2, "text": "x"}, limits=Limits(article_characters=100))
    assert "100" in first["error"]
    assert (first["id"], second["id"], "error" in second) == (1, 2, False)


def test_coding_that_raises_costs_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coding, "account_for", raising(ValueError("no such harbour"), coding.account_for, at="Sandvik"))
    answers = annotate(*({"id": place, "text": f"A pilot said {place} was open."} for place in ("Norholm", "Sandvik", "Kalby")))
    assert [answer["id"] for answer in answers] == ["Norholm", "Sandvik", "Kalby"]
    assert ["error" in answer for answer in answers] == [False, True, False]
    assert "no such harbour" in answers[1]["error"]


def test_lines_are_taken_as_they_are_needed() -> None:
    given: list[int] = []

    def lines() -> Iterator[bytes]:
        for n in range(10):
            given.append(n)
            yield json.dumps({"id": n, "text": "A pilot said the harbour was open."}).encode()

    answers = pipeline.annotate(lines(), reader=SayingReader(ahead=2))
    assert given == []
    next(answers)
    assert given == [0, 1]


def test_a_text_is_annotated_alike_alone_and_in_company() -> None:
    texts = (
        "Egypt told Libya to withdraw, Reuters reported.",
        "Talks began. " * 200,
        "Turkish jets bombed a camp in Syria on Monday.",
    )
    lines = [json.dumps({"id": str(n), "text": text, "language": "en"}).encode() for n, text in enumerate(texts)]
    with_others = [answer.line for answer in pipeline.annotate(lines, reader=Reader())]
    alone = [answer.line for line in reversed(lines) for answer in pipeline.annotate([line], reader=Reader())]
    assert with_others == alone[::-1]
