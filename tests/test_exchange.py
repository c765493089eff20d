"""Exchange: the shapes of the export, its safety against errors and spreadsheets, and the lines of ``annotate``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from dragoman.errors import DragomanError, UsageError
from dragoman.exchange import annotations
from dragoman.exchange.annotations import Failure, Request, parse_request, read_lines
from dragoman.exchange.jsonl import Exported, export_jsonl
from dragoman.exchange.tables import (
    ARTICLE_COLUMNS,
    CLAIM_COLUMNS,
    EVENT_COLUMNS,
    RELATION_COLUMNS,
    article_row,
    claim_row,
    event_row,
    relation_row,
    safe,
    write_csv,
)
from dragoman.types import (
    Actor,
    Article,
    Claim,
    CodedArticle,
    Event,
    EventDate,
    EventPlace,
    Participant,
    Reading,
    Relation,
    Zone,
)

TEXT = "The ministry said the border is open. «Нет», said a résumé 🕊 writer."
FILES = ("actors.jsonl", "articles.jsonl", "claims.jsonl", "events.jsonl", "relations.jsonl", "blocs.jsonl")
ACTOR = Actor(id="a" * 16, name="The ministry")

ARTICLE_FIELDS = (
    "id", "page", "n", "title", "author", "outlet", "republisher", "date", "date_basis", "language", "translation_of", "text",
    "page_spans", "zones",
)  # fmt: skip
EVENT_FIELDS = (
    "id", "article", "sentence", "trigger", "type", "mode", "status", "actors", "recipients", "date", "place", "chain",
    "incident", "score", "contexts", "cameo", "goldstein", "mentions",
)  # fmt: skip
CLAIM_FIELDS = (
    "id", "article", "source", "source_actor", "source_kind", "cue", "content", "chain", "certainty", "polarity", "direct",
    "score",
)  # fmt: skip


def an_article(**changes: object) -> Article:
    article = Article(
        id="1" * 16,
        page="2" * 16,
        n=0,
        title="Border",
        outlet="Wadi Post",
        translator="N. Hale",
        date="2019-04-16",
        date_basis="byline",
        language="en",
        text=TEXT,
        page_spans=((8, 8 + len(TEXT)),),
        zones=(Zone(label="title", b=0, e=6, text="Border"),),
    )
    return msgspec.structs.replace(article, **changes)


def a_claim(**changes: object) -> Claim:
    content = TEXT.index("the border")
    claim = Claim(
        id="3" * 16,
        article="1" * 16,
        source=(0, 12),
        source_actor=ACTOR,
        source_kind="organisation",
        cue=(13, 17),
        content=((content, TEXT.index(".")),),
        chain=("Wadi Post", "The ministry"),
        certainty="asserted",
        polarity="pos",
        direct=False,
        score=0.75,
    )
    return msgspec.structs.replace(claim, **changes)


def an_event(**changes: object) -> Event:
    event = Event(
        id="7" * 16,
        article="1" * 16,
        sentence=(0, 37),
        trigger=(32, 36),
        mentions=((32, 36), (0, 3)),
        type="CONCEDE",
        contexts=("territory",),
        cameo="080",
        goldstein=5.0,
        status="denied",
        actors=(Participant(span=(0, 12), actor=ACTOR),),
        recipients=(),
        date=EventDate(start="2019-04-15", end="2019-04-16", basis="text", span=(29, 31)),
        place=EventPlace(span=(18, 28), name="the border", lat=34.5, lon=36.0, country="LBN"),
        chain=("Wadi Post", "The ministry"),
        score=0.5,
    )
    return msgspec.structs.replace(event, **changes)


def a_relation(**changes: object) -> Relation:
    relation = Relation(
        id="8" * 16,
        article="1" * 16,
        span=(0, 28),
        source=ACTOR,
        target=Actor(id="b" * 16, name="writer", code="LBN MED"),
        kind="opposes",
        sign=-1,
        chain=("Wadi Post",),
        score=0.625,
    )
    return msgspec.structs.replace(relation, **changes)


def coded(
    claims: Sequence[Claim] = (), *, events: Sequence[Event] = (), relations: Sequence[Relation] = (), **changes: object
) -> CodedArticle:
    return CodedArticle(
        article=an_article(**changes),
        reading=Reading(sentences=(), mentions=(), attributions=()),
        claims=tuple(claims),
        events=tuple(events),
        relations=tuple(relations),
    )


def lines_of(file: Path) -> list[dict]:
    data = file.read_bytes()
    assert not data or data.endswith(b"\n")
    return [msgspec.json.decode(line) for line in data.splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


class TestExport:
    def test_articles_have_the_fields_of_the_contract_in_its_order(self, tmp_path: Path) -> None:
        assert export_jsonl([coded([])], tmp_path) == Exported(articles=1, claims=0, events=0, relations=0, blocs=0, actors=0)
        (article,) = lines_of(tmp_path / "articles.jsonl")
        assert tuple(article) == ARTICLE_FIELDS
        assert article["page_spans"] == [[8, 8 + len(TEXT)]]
        assert article["zones"] == [{"label": "title", "b": 0, "e": 6, "text": "Border"}]
        assert article["author"] is None
        assert article["text"] == TEXT

    def test_claims_have_the_fields_of_the_contract_and_spans_quote_the_text(self, tmp_path: Path) -> None:
        b = TEXT.index("a résumé")
        span = (b, len(TEXT) - 1)
        broken = a_claim(id="4" * 16, source=span, cue=None, content=((TEXT.index("Нет"), TEXT.index("Нет") + 3),))
        export_jsonl([coded([a_claim(), broken])], tmp_path)
        first, second = lines_of(tmp_path / "claims.jsonl")
        assert tuple(first) == tuple(second) == CLAIM_FIELDS
        assert first["source"] == {"b": 0, "e": 12, "text": "The ministry"}
        assert first["source_actor"] == {"id": "a" * 16, "name": "The ministry", "code": None}
        assert first["content"] == [{"b": 18, "e": 36, "text": "the border is open"}]
        assert first["chain"] == ["Wadi Post", "The ministry"]
        assert second["cue"] is None
        for quoted in (second["source"], *second["content"]):
            assert quoted["text"] == TEXT[quoted["b"] : quoted["e"]]

    def test_a_claim_of_the_author_has_no_source(self, tmp_path: Path) -> None:
        export_jsonl([coded([a_claim(source=None, source_actor=None, source_kind="author", cue=None)])], tmp_path)
        (claim,) = lines_of(tmp_path / "claims.jsonl")
        assert claim["source"] is None
        assert claim["source_actor"] is None
        assert lines_of(tmp_path / "actors.jsonl") == []

    def test_an_actor_is_one_line_with_all_its_names(self, tmp_path: Path) -> None:
        other = msgspec.structs.replace(ACTOR, name="Ministry of Transit")
        claims = [
            a_claim(),
            a_claim(id="5" * 16, source_actor=other, source_kind="state"),
            a_claim(id="6" * 16, source_actor=other, source_kind="state"),
        ]
        assert export_jsonl([coded(claims)], tmp_path) == Exported(
            articles=1, claims=3, events=0, relations=0, blocs=0, actors=1
        )
        (actor,) = lines_of(tmp_path / "actors.jsonl")
        assert tuple(actor) == ("id", "name", "code", "kind", "names", "roles", "count")
        assert actor["names"] == ["The ministry", "Ministry of Transit"]
        assert actor["kind"] == "state"
        assert actor["roles"] == []

    def test_events_have_the_fields_of_the_contract_in_its_order(self, tmp_path: Path) -> None:
        bare = an_event(id="9" * 16, actors=(), date=None, place=None)
        assert export_jsonl([coded(events=[an_event(), bare])], tmp_path) == Exported(
            articles=1, claims=0, events=2, relations=0, blocs=0, actors=1
        )
        first, second = lines_of(tmp_path / "events.jsonl")
        assert tuple(first) == tuple(second) == EVENT_FIELDS
        assert first["trigger"] == {"b": 32, "e": 36, "text": "open"}
        assert first["actors"] == [
            {"span": {"b": 0, "e": 12, "text": "The ministry"}, "actor": {"id": "a" * 16, "name": "The ministry", "code": None}}
        ]
        assert first["date"] == {"start": "2019-04-15", "end": "2019-04-16", "basis": "text"}
        assert first["place"]["country"] == "LBN"
        assert first["place"]["span"]["text"] == "the border"
        assert (first["contexts"], first["cameo"], first["goldstein"]) == (["territory"], "080", 5.0)
        assert [mention["b"] for mention in first["mentions"]] == [32, 0]
        assert (second["actors"], second["date"], second["place"], second["incident"]) == ([], None, None, None)

    def test_a_date_that_is_words_alone_is_no_date(self, tmp_path: Path) -> None:
        export_jsonl([coded(events=[an_event(date=EventDate(start=None, end=None, basis="text", span=(29, 31)))])], tmp_path)
        assert lines_of(tmp_path / "events.jsonl")[0]["date"] is None

    def test_relations_lead_from_one_actor_to_another(self, tmp_path: Path) -> None:
        assert export_jsonl([coded(relations=[a_relation()])], tmp_path) == Exported(
            articles=1, claims=0, events=0, relations=1, blocs=0, actors=2
        )
        (relation,) = lines_of(tmp_path / "relations.jsonl")
        assert tuple(relation) == ("id", "article", "span", "from", "to", "kind", "sign", "status", "chain", "score")
        assert (relation["from"]["name"], relation["to"]["code"], relation["sign"]) == ("The ministry", "LBN MED", -1)
        assert [actor["kind"] for actor in lines_of(tmp_path / "actors.jsonl")] == [None, None]

    def test_an_empty_ledger_gives_empty_files(self, tmp_path: Path) -> None:
        export_jsonl([], tmp_path / "new" / "deep")
        assert contents(tmp_path / "new" / "deep") == dict.fromkeys(FILES, b"")

    def test_an_export_takes_the_place_of_an_earlier_one(self, tmp_path: Path) -> None:
        export_jsonl([coded([a_claim()])], tmp_path)
        export_jsonl([coded([], title="Second")], tmp_path)
        assert sorted(contents(tmp_path)) == sorted(FILES)
        assert lines_of(tmp_path / "articles.jsonl")[0]["title"] == "Second"
        assert lines_of(tmp_path / "claims.jsonl") == []

    @pytest.mark.parametrize(
        "error", [RuntimeError("in the middle"), KeyboardInterrupt(), OSError(28, "No space left on device")]
    )
    def test_an_error_in_the_middle_leaves_the_old_files(self, tmp_path: Path, error: BaseException) -> None:
        export_jsonl([coded([a_claim()])], tmp_path)
        before = contents(tmp_path)

        def breaking() -> Iterator[CodedArticle]:
            yield coded([a_claim()], title="New")
            raise error

        expected = DragomanError if isinstance(error, OSError) else type(error)
        with pytest.raises(expected):
            export_jsonl(breaking(), tmp_path)
        assert contents(tmp_path) == before

    def test_an_error_in_the_middle_of_a_first_export_leaves_no_files(self, tmp_path: Path) -> None:
        def breaking() -> Iterator[CodedArticle]:
            yield coded([a_claim()])
            raise RuntimeError

        with pytest.raises(RuntimeError):
            export_jsonl(breaking(), tmp_path)
        assert contents(tmp_path) == {}

    def test_files_of_other_people_stay(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("mine")
        export_jsonl([], tmp_path)
        assert (tmp_path / "notes.txt").read_text() == "mine"

    @pytest.mark.parametrize("below", ["", "inner", "inner/deep"])
    def test_a_file_in_the_way_is_named_and_stays(self, tmp_path: Path, below: str) -> None:
        taken = tmp_path / "taken"
        taken.write_text("mine")
        with pytest.raises(UsageError, match=r"taken: expected a folder, found a file; .*-o"):
            export_jsonl([], taken / below)
        assert taken.read_text() == "mine"

    def test_a_folder_in_the_place_of_a_file_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "claims.jsonl").mkdir()
        with pytest.raises(UsageError, match=r"claims\.jsonl: expected a file or nothing, found a folder"):
            export_jsonl([], tmp_path)
        assert [file.name for file in tmp_path.iterdir()] == ["claims.jsonl"]


FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|'/c calc'!A0", "%0A=1", "|calc", "＝1+1", "＋1", "－1", "＠SUM(A1)", "−1")
BEFORE = ("", "\t", "\r", "\n", "\r\n", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u202e", "\x00", '"', "'", " \t\u00a0")


class TestCsv:
    @pytest.mark.parametrize("before", BEFORE, ids=ascii)
    @pytest.mark.parametrize("formula", FORMULAS)
    def test_what_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(self, before: str, formula: str) -> None:
        assert safe(before + formula) == "'" + before + formula

    @pytest.mark.parametrize("cell", ["\tword", "\rword", "\nword"], ids=ascii)
    def test_so_does_what_begins_with_tab_or_line_end(self, cell: str) -> None:
        assert safe(cell) == "'" + cell

    @pytest.mark.parametrize(
        "cell", ["word", "a=b", "5-4", "", " word", "«Нет»", "قال", "“quoted”", "mail@example.org", "DDEs"]
    )
    def test_words_stay(self, cell: str) -> None:
        assert safe(cell) == cell

    @pytest.mark.parametrize("cell", [0, -5, -0.25, 1e-9, True, None])
    def test_numbers_stay(self, cell: float | None) -> None:
        assert safe(cell) is cell

    def test_every_cell_of_a_written_table_is_safe(self) -> None:
        rows = [[before + formula for formula in FORMULAS] for before in BEFORE]
        columns = [f"c{n}" for n in range(len(FORMULAS))]
        out = io.StringIO(newline="")
        write_csv(out, columns, rows)
        header, *found = csv.reader(io.StringIO(out.getvalue(), newline=""))
        assert header == columns
        assert found == [["'" + cell for cell in row] for row in rows]

    def test_raw_turns_it_off(self) -> None:
        out = io.StringIO(newline="")
        write_csv(out, ["a", "b"], [["=1+1", "\t@x"]], raw=True)
        assert list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1] == ["=1+1", "\t@x"]

    def test_numbers_are_written_as_numbers_and_nothing_as_nothing(self) -> None:
        out = io.StringIO(newline="")
        write_csv(out, ["a", "b", "c"], [[-5, 0.5, None]])
        assert out.getvalue().splitlines()[1] == '-5,0.5,""'

    def test_page_text_is_safe_in_the_tables_of_articles_and_claims(self) -> None:
        text = '=HYPERLINK("http://example.org"), said the ministry'
        article = an_article(title="\t=1+1", outlet="＝1", text=text)
        claim = a_claim(source=(35, 47), cue=None, content=((0, 33),), chain=("@SUM(A1)",))
        for columns, row in ((ARTICLE_COLUMNS, article_row(article)), (CLAIM_COLUMNS, claim_row(article, claim))):
            assert len(columns) == len(row)
            out = io.StringIO(newline="")
            write_csv(out, columns, [row])
            cells = dict(zip(columns, list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1], strict=True))
            assert cells["title"] == "'\t=1+1"
            assert cells["outlet"] == "'＝1"
            assert cells.get("content", "'=").startswith("'=")
            assert cells.get("chain", "'@SUM(A1)") == "'@SUM(A1)"

    def test_events_and_relations_fit_their_columns(self) -> None:
        event = dict(zip(EVENT_COLUMNS, event_row(an_article(), an_event()), strict=True))
        assert (event["actors"], event["recipients"], event["date_start"]) == ("The ministry", "", "2019-04-15")
        assert (event["trigger"], event["country"], event["told"]) == ("open", "LBN", "2019-04-16")
        relation = dict(zip(RELATION_COLUMNS, relation_row(an_article(), a_relation()), strict=True))
        assert (relation["from"], relation["to_code"], relation["words"]) == ("The ministry", "LBN MED", TEXT[:28])


def failure_of(line: bytes, most: int = 1000) -> Failure:
    found = parse_request(line, number=7, most=most)
    assert isinstance(found, Failure)
    assert found.error.startswith("line 7: ")
    return found


class TestAnnotationLines:
    def test_a_request_with_all_it_may_have(self) -> None:
        line = msgspec.json.encode(
            {"id": 3, "text": "Ja.", "date": "2019-04-16", "title": "T", "outlet": "O", "language": "de",
             "pairs": [{"source": [0, 1], "target": [1, 2]}], "of the caller": {"any": 1}}
        )  # fmt: skip
        found = parse_request(line, number=1, most=1000)
        assert isinstance(found, Request)
        assert (found.id, found.text, found.language, found.pairs[0].target) == (3, "Ja.", "de", (1, 2))

    @pytest.mark.parametrize("side", [[0, 9], [3, 2], [-1, 2]])
    def test_a_pair_outside_the_text_is_named(self, side: list[int]) -> None:
        line = msgspec.json.encode({"id": 3, "text": "Ja.", "pairs": [{"source": [0, 1]}, {"source": None, "target": side}]})
        found = failure_of(line)
        assert found.id == 3
        assert "within the text" in found.error
        assert str(side) in found.error

    @pytest.mark.parametrize(
        "line", [b"not json", b"{", b'{"id": "1", "text": "a"} extra', b'{"id": "1", "text": "cut', b"\x00"]
    )
    def test_what_is_no_json(self, line: bytes) -> None:
        assert "expected a JSON object with id and text" in failure_of(line).error

    @pytest.mark.parametrize("line", [b"[]", b"5", b"null", b'"text"'])
    def test_json_that_is_no_object(self, line: bytes) -> None:
        assert "object" in failure_of(line).error

    def test_an_id_that_is_missing_is_named(self) -> None:
        found = failure_of(b'{"text": "a"}')
        assert found.id is None
        assert "`id`" in found.error

    @pytest.mark.parametrize("text", [b"5", b"null", b"[]", b'["a"]', b"{}"])
    def test_a_text_that_is_none_keeps_the_id(self, text: bytes) -> None:
        found = failure_of(b'{"id": "x7", "text": ' + text + b"}")
        assert found.id == "x7"
        assert "$.text" in found.error

    def test_a_text_that_is_missing_keeps_the_id(self) -> None:
        found = failure_of(b'{"id": 7}')
        assert found.id == 7
        assert "`text`" in found.error

    def test_a_text_that_is_too_long_keeps_the_id_and_says_how_long(self) -> None:
        found = failure_of(b'{"id": "1", "text": "' + b"a" * 1001 + b'"}')
        assert found.id == "1"
        assert "1,000" in found.error
        assert "1,001" in found.error
        assert isinstance(parse_request('{"id": "1", "text": "é"}'.encode(), number=1, most=1), Request)

    @pytest.mark.parametrize("depth", [1_000, 100_000])
    @pytest.mark.parametrize("pattern", [(b"[", b"]"), (b'{"a":', b"}")])
    def test_deep_nesting_costs_itself(self, depth: int, pattern: tuple[bytes, bytes]) -> None:
        deep = pattern[0] * depth + b"1" + pattern[1] * depth
        for line in (deep, b'{"id": "1", "text": ' + deep + b"}", b'{"id": "1", "text": "a", "more": ' + deep + b"}"):
            found = parse_request(line, number=7, most=1000)
            assert isinstance(found, Request | Failure)
        assert isinstance(failure_of(deep), Failure)

    @pytest.mark.parametrize("bad", [b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"])
    def test_invalid_utf8_costs_itself(self, bad: bytes) -> None:
        assert failure_of(b'{"id": "1", "text": "' + bad + b'"}').error

    def test_a_failure_is_a_line_with_id_and_error(self) -> None:
        line = annotations.failure_line(failure_of(b"not json"))
        assert list(msgspec.json.decode(line)) == ["id", "error"]
        assert b"\n" not in line


class Endless(io.RawIOBase):
    """A line that goes on for ``size`` bytes, then another."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.after = b"\nnext\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        if not self.left:
            given, self.after = self.after[: len(buffer)], self.after[len(buffer) :]
        else:
            given = b"x" * min(len(buffer), self.left)
            self.left -= len(given)
        buffer[: len(given)] = given
        return len(given)


class TestReadLines:
    def test_lines_come_without_ends_and_blank_ones_keep_the_count(self) -> None:
        assert list(read_lines(io.BytesIO(b"a\r\n\n  \nb\nc"))) == [b"a", b"", b"  ", b"b", b"c"]

    def test_an_endless_line_is_cut_and_the_next_one_comes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(annotations, "LONGEST_LINE", 1000)
        longest, following = read_lines(io.BufferedReader(Endless(1_000_000)))
        assert len(longest) == 1000
        assert following == b"next"

    @pytest.mark.parametrize("size", [999, 1000, 1001, 2000, 2001])
    def test_lines_about_as_long_as_the_longest_lose_no_neighbour(self, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
        monkeypatch.setattr(annotations, "LONGEST_LINE", 1000)
        assert [line[:4] for line in read_lines(io.BytesIO(b"x" * size + b"\nnext\nlast"))] == [b"xxxx", b"next", b"last"]
