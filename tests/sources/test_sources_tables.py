"""Tables: a page a row, a bad row costs itself, a table without its column names those it has."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.config import Limits, TableColumns
from dragoman.sources import read_pages
from dragoman.types import Outcome, Page, PageFields


def read(path: Path, data: str | bytes, **columns: str) -> list[Page | Outcome]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_pages([str(path)], columns=TableColumns(**columns)))


def rows(found: list[Page | Outcome]) -> list[tuple[str, str]]:
    """(number of the row, its text or the reason) of each."""
    return [(one.origin.rpartition("#")[2], one.text if isinstance(one, Page) else f"! {one.reason}") for one in found]


def test_csv_with_usual_names(tmp_path: Path) -> None:
    data = "Headline,Body,Source,Publish Date,Authors,lang\n"
    data += 'A title,"Line one\r\nline ""two""",The Paper,2021-03-04, A. Writer ,en\n'
    (page,) = read(tmp_path / "a.csv", data)
    assert isinstance(page, Page)
    assert page.origin == f"{tmp_path / 'a.csv'}#1"
    assert page.kind == "record"
    assert page.text == 'Line one\nline "two"'
    assert page.fields == PageFields(title="A title", author="A. Writer", outlet="The Paper", date="2021-03-04", language="en")


def test_named_columns(tmp_path: Path) -> None:
    (page,) = read(tmp_path / "a.csv", "text,words,title,who\nno,yes,T,W\n", text="words", author="who")
    assert isinstance(page, Page)
    assert (page.text, page.fields.author, page.fields.title) == ("yes", "W", "T")


@pytest.mark.parametrize(("column", "name"), [("text", "words"), ("date", "when")])
def test_a_missing_column_tells_those_there_are(tmp_path: Path, column: str, name: str) -> None:
    (outcome,) = read(tmp_path / "a.csv", "text,title\na,b\n", **{column: name})
    assert isinstance(outcome, Outcome)
    assert outcome.reason == f"there is no column '{name}' for the {column}; the columns there are: text, title"


def test_no_column_that_could_be_the_text(tmp_path: Path) -> None:
    (outcome,) = read(tmp_path / "a.csv", "id,title\n1,b\n")
    assert isinstance(outcome, Outcome)
    assert "no column 'text'" in str(outcome.reason)
    assert "id, title" in str(outcome.reason)


def test_a_bad_row_costs_itself(tmp_path: Path) -> None:
    data = 'id,text\n1,one\n2\n3,three,more\n4,\n5,"five"x\n6,six\n'
    assert rows(read(tmp_path / "a.csv", data)) == [
        ("1", "one"),
        ("2", "! expected 2 values, found 1"),
        ("3", "! expected 2 values, found 3"),
        ("4", "! the text is empty"),
        ("5", "! the row cannot be read: ',' expected after '\"'"),
        ("6", "six"),
    ]


def test_an_open_quotation_mark_is_told(tmp_path: Path) -> None:
    found = rows(read(tmp_path / "a.csv", 'id,text\n1,one\n2,"never closed\n3,three\n'))
    assert found[0] == ("1", "one")
    assert found[1] == ("2", "! the row cannot be read: unexpected end of data")


def test_semicolons_tabs_and_unquoted_tabs(tmp_path: Path) -> None:
    assert rows(read(tmp_path / "a.csv", 'id;text\n1;"a; b, c"\n')) == [("1", "a; b, c")]
    assert rows(read(tmp_path / "b.tsv", 'id\ttext\n1\t"a\tb"\n')) == [("1", "a\tb")]
    assert rows(read(tmp_path / "c.tsv", 'id\ttext\n1\t"We agree," he said\n2\tshe "left\n')) == [
        ("1", '"We agree," he said'),
        ("2", 'she "left'),
    ]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_encodings_of_csv(tmp_path: Path, codec: str) -> None:
    words = "Министр заявил в понедельник, что соглашение будет подписано"
    found = read(tmp_path / "a.csv", f'id,text\n1,"{words}"\n2,"{words} снова"\n'.encode(codec))
    assert rows(found) == [("1", words), ("2", f"{words} снова")]


def test_a_late_line_in_another_encoding(tmp_path: Path) -> None:
    words = "Министр заявил в понедельник, что соглашение будет подписано до конца года"
    data = b"id,text\n" + b"1,plain\n" * 20_000 + f'2,"«{words}»"\n'.encode("cp1251")
    assert rows(read(tmp_path / "a.csv", data))[-1] == ("20001", f"«{words}»")


def test_empty_tables(tmp_path: Path) -> None:
    assert "no rows" in rows(read(tmp_path / "a.csv", "id,text\n"))[0][1]
    assert "no rows" in rows(read(tmp_path / "a.jsonl", "\n\n"))[0][1]


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        '{"body": "one", "title": "T", "author": ["A", "B"], "date": 2021}',
        "{broken",
        "[1]",
        '{"body": 7}',
        '{"title": "no text"}',
        '{"body": "lone \\ud800 surrogate\\u0000"}',
        "",
        '{"body": "six"}',
    ]
    found = read(tmp_path / "a.jsonl", "\n".join(lines))
    numbers, texts = zip(*rows(found), strict=True)
    assert numbers == ("1", "2", "3", "4", "5", "6", "7")
    assert texts[0] == "one"
    assert "no valid JSON" in texts[1]
    assert texts[2] == "! expected a JSON object, found list"
    assert texts[3] == "! expected a text, found int"
    assert "the columns there are: title" in texts[4]
    assert texts[5:] == ("lone \ufffd surrogate", "six")
    assert isinstance(found[0], Page)
    assert found[0].fields == PageFields(title="T", author="A, B", date="2021")


def test_json_lines_without_the_column_are_told_once(tmp_path: Path) -> None:
    ((_, told),) = rows(read(tmp_path / "a.jsonl", '{"a": "x"}\n{"b": "y"}\n' * 50))
    assert "the columns there are: a, b" in told


def test_a_json_array_and_one_printed_object(tmp_path: Path) -> None:
    assert rows(read(tmp_path / "a.json", json.dumps([{"text": "x"}, {"text": "y"}], indent=1))) == [("1", "x"), ("2", "y")]
    assert rows(read(tmp_path / "b.json", json.dumps({"text": "x"}, indent=1))) == [("1", "x")]
    assert "cannot be read as JSON" in rows(read(tmp_path / "c.json", "[" * 100_000))[0][1]


def test_a_gigantic_line_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "one"}\n{"text": "' + "x" * 5000 + '"}\n{"text": "three"}\n')
    found = rows(list(read_pages([str(path)], limits=Limits(page_bytes=1000))))
    assert found == [("1", "one"), ("2", "! the line is longer than 1,000 bytes"), ("3", "three")]


def test_a_long_text_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"' + "ab\n" * 1000 + '"\n2,b\n')
    first, second = read_pages([str(path)], limits=Limits(page_bytes=1000))
    assert isinstance(first, Page)
    assert first.truncated
    assert len(first.text) == 1000
    assert isinstance(second, Page)


def test_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="needs the extra: dragoman[parquet]")
    from datetime import date

    from pyarrow import parquet

    table = arrow.table({"content": ["one", None, "three"], "date": [date(2021, 3, 4), None, None], "n": [1, 2, 3]})
    path = tmp_path / "a.parquet"
    parquet.write_table(table, path)
    found = list(read_pages([str(path)]))
    assert rows(found) == [("1", "one"), ("2", "! expected a text, found nothing"), ("3", "three")]
    assert isinstance(found[0], Page)
    assert found[0].fields.date == "2021-03-04"
    path.write_bytes(path.read_bytes()[:-40])
    assert "cannot be read as Parquet" in rows(list(read_pages([str(path)])))[0][1]


def test_without_pyarrow_the_reason_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert rows(read(tmp_path / "a.parquet", b"PAR1")) == [
        (str(tmp_path / "a.parquet"), "! Parquet needs one more package: pip install 'dragoman[parquet]'")
    ]


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    def lines() -> Iterator[str]:
        yield "id,text\n"
        for number in range(20_000):
            yield f"{number},{'words ' * 50}\n"

    path.write_text("".join(lines()))
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_pages([str(path)])) == 20_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000 < path.stat().st_size
