"""What is named becomes pages and outcomes, and nothing is lost on the way."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path

import pytest

from dragoman.config import Limits
from dragoman.ledger import schema
from dragoman.sources import read_pages, sniffing
from dragoman.types import Outcome, Page

TEXT = "The ministry said on Monday that it would sign.\n"


def pages(*names: str | Path, **options: object) -> list[Page]:
    found = list(read_pages([str(name) for name in names], **options))  # type: ignore[arg-type]
    assert all(isinstance(one, Page) for one in found), found
    return [one for one in found if isinstance(one, Page)]


def reason(*names: str | Path, **options: object) -> str:
    (found,) = read_pages([str(name) for name in names], **options)  # type: ignore[arg-type]
    assert isinstance(found, Outcome)
    assert found.status == "rejected"
    assert found.reason
    return found.reason


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_text_file_is_one_page(tmp_path: Path) -> None:
    (page,) = pages(write(tmp_path / "a.txt", TEXT))
    assert (page.kind, page.text, page.encoding, page.truncated) == ("text", TEXT, "utf-8", None)
    assert page.origin == str(tmp_path / "a.txt")


def test_an_id_tells_content_not_place(tmp_path: Path) -> None:
    first, second, other = pages(
        write(tmp_path / "a.txt", TEXT), write(tmp_path / "b.txt", TEXT), write(tmp_path / "c.txt", TEXT + "More.")
    )
    assert first.id == second.id != other.id


def test_folders_are_read_in_order_without_hidden_files_and_ledgers(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden", ".git/x.txt", "c.md"):
        write(tmp_path / name, f"{name} {TEXT}")
    ledger = b"SQLite format 3\0".ljust(68, b"\0") + b"DRAG".ljust(32, b"\0")
    write(tmp_path / "dragoman.db", ledger)
    write(tmp_path / "dragoman.db-wal", b"\x37\x7f\x06\x82")
    assert [page.origin[len(str(tmp_path)) + 1 :] for page in pages(tmp_path)] == ["a/z.txt", "b.txt", "c.md"]


def test_sources_and_ledger_agree_on_what_a_ledger_is() -> None:
    assert schema.APPLICATION_ID.to_bytes(4, "big") == sniffing._LEDGER_APPLICATION_ID


def test_patterns(tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt", "3.html", "[x].txt"):
        write(tmp_path / name, name)
    assert [page.text for page in pages(tmp_path / "?.txt")] == ["1.txt", "2.txt"]
    assert [page.text for page in pages(tmp_path / "[x].txt")] == ["[x].txt"]  # a file of that name comes first
    assert "no file or folder matches" in reason(tmp_path / "*.csv")


def test_an_input_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    assert len(pages(path, tmp_path, tmp_path / "*.txt")) == 1


def test_standard_input_text_html_lines_and_csv() -> None:
    (text,) = pages("-", stdin=io.BytesIO(TEXT.encode()))
    assert (text.origin, text.kind) == ("-", "text")
    (html,) = pages("-", stdin=io.BytesIO(b"<!DOCTYPE html><p>Hello"))
    assert html.kind == "html"
    (record,) = pages("-", stdin=io.BytesIO(b'{"text": "Hello"}\n'))
    assert (record.origin, record.kind, record.text) == ("-#1", "record", "Hello")
    (row,) = pages("-", stdin=io.BytesIO(b"id,text\n1,Hello\n"))
    assert (row.origin, row.text) == ("-#1", "Hello")
    assert "empty" in reason("-", stdin=io.BytesIO(b""))
    assert "no standard input" in reason("-")


def test_standard_input_is_not_closed() -> None:
    stdin = io.BytesIO(TEXT.encode())
    pages("-", stdin=stdin)
    assert not stdin.closed


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\r\n ", "white space"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        ("a.zip", b"PK\x03\x04\x14\0\0\0xyz", "ZIP"),
        ("a.docx", b"PK\x03\x04\x14\0\0\0" + b"word/document.xml", "Word"),
        ("a.csv", b"PK\x03\x04\x14\0\0\0" + b"xl/workbook.xml", "Excel"),
        ("a.html", b"\x1f\x8b\x08\0\0\0", "gzip"),
        ("a.db", b"SQLite format 3\0" + bytes(84), "SQLite"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "WARC"),
        ("a.rtf", b"{\\rtf1\\ansi hello}", "RTF"),
        ("feed.xml", b'<?xml version="1.0"?>\n<!-- a feed -->\n<rss version="2.0"><channel/></rss>', "RSS"),
        ("atom.xml", b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "Atom"),
        ("junk.bin", bytes(range(256)) * 20, "binary"),
        ("zeros", bytes(5000), "binary"),
    ],
)
def test_what_is_no_text_is_rejected_by_name(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    assert words in reason(write(tmp_path / name, data))


def test_what_is_not_there_is_rejected(tmp_path: Path) -> None:
    assert "no such file" in reason(tmp_path / "none.txt")
    assert "holds no files" in reason(tmp_path)
    assert "addresses cannot be read yet" in reason("https://example.org/a.html")
    assert "nothing" in reason("")
    assert "NUL" in reason("a\0b")


def test_links_to_folders_are_named_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "a" / "a.txt", TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "gone").symlink_to(tmp_path / "nowhere")
    found = {one.origin.rsplit("/", 1)[1]: one for one in read_pages([str(tmp_path)])}
    assert isinstance(found["a.txt"], Page)
    assert "link to a folder" in str(getattr(found["loop"], "reason", None))
    assert "cannot be read" in str(getattr(found["gone"], "reason", None))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_rejected(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    path.chmod(0)
    assert "Permission denied" in reason(path)


def test_a_file_name_that_is_no_unicode_is_shown_escaped(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    try:
        Path(name).write_text(TEXT)
    except OSError:
        pytest.skip("the file system takes only UTF-8 names")
    (page,) = pages(tmp_path)
    assert page.origin.endswith("caf\\xe9.txt")


def test_a_bad_input_does_not_stop_those_behind_it(tmp_path: Path) -> None:
    bad = write(tmp_path / "a.pdf", b"%PDF-1.4")
    good = write(tmp_path / "b.txt", TEXT)
    first, second = read_pages([str(bad), str(good)])
    assert isinstance(first, Outcome)
    assert isinstance(second, Page)


def test_a_long_page_is_cut_between_characters_and_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "معلومات " * 50)
    (page,) = pages(path, limits=Limits(page_bytes=101))
    assert page.truncated
    assert "101 bytes" in page.truncated
    assert page.encoding == "utf-8"
    assert page.text == ("معلومات " * 50).encode()[:101].decode("utf-8", "ignore")


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.html", "<html><body><p>Hello", "html"),
        ("a.txt", "\n <!-- saved --> <!doctype HTML><p>Hello", "html"),
        ("a.xhtml", '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "html"),
        ("a.html", "No tags at all, only words.", "text"),
        ("a", "<p>A fragment</p>", "html"),
        ("a.txt", "<quote> is how it began", "text"),
        ("a.md", "# Title\n\nText with a <br> in it", "text"),
    ],
)
def test_kind_by_name_and_content(tmp_path: Path, name: str, text: str, kind: str) -> None:
    (page,) = pages(write(tmp_path / name, text))
    assert page.kind == kind


def test_one_gigantic_line_is_read_in_time(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "слово " * 500_000)
    began = time.monotonic()
    (page,) = pages(path)
    assert len(page.text) == 3_000_000
    assert time.monotonic() - began < 10
