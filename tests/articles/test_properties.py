"""What holds for every page of text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.articles import Split, split
from dragoman.config import Limits
from dragoman.errors import InputError
from dragoman.types import Page, PageFields, content_id

from .material import ARABIC, ENGLISH
from .test_dumps import check_offsets

LINES = st.one_of(
    st.sampled_from([s.title for s in ENGLISH + ARABIC]),
    st.sampled_from([p for s in ENGLISH + ARABIC for p in s.paragraphs]),
    st.sampled_from(
        [
            "By Jane Rowe",
            "April 3, 2019",
            "3.4.2019",
            "Related Videos",
            "Share this:",
            "",
            "",
            "\u00a0",
            "---",
            "IMAGE: x",
            "Source",
            "# A Heading",
            "JANE ROWE | 15.03.2019 | OPINION",
            "Valley Times",
            "Omar Haddad",
            "syriamap",
            "The Courier reports:",
            "%d bloggers like this:",
            "— Jane Rowe",
            "April 3, 2019 “Reprint House” – The council met.",
            "CAPITAL (Reuters) — The council met on Tuesday.",
            "Translated by Rana Aziz",
        ]
    ),
    st.text(max_size=60),
)
PAGES = st.lists(LINES, max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n"]).map(lambda end: end.join(lines))
)


def read(text: str, **options: Limits) -> Split:
    return split(Page(id=content_id("page", text), origin="dump.txt", kind="text", text=text), **options)


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_spans_zones_and_ids(text: str) -> None:
    try:
        result = read(text)
    except InputError:
        return
    check_offsets(result)
    assert result == read(text)
    assert [a.n for a in result.articles] == list(range(len(result.articles)))
    for article in result.articles:
        assert article.text.strip()
        assert article.page == content_id("page", text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    try:
        check_offsets(read(text))
    except InputError:
        return


@pytest.mark.parametrize("text", ["", "  \n\u00a0\n", "* * *", "Share this:", "\n" * 100_000, "\ufeff"])
def test_no_article_is_said(text: str) -> None:
    with pytest.raises(InputError, match=r"dump\.txt: expected the text of an article"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 5_000_000,
        "A word. " * 150_000,
        "A Short Line Here\n" * 30_000,
        " \n\u00a0\n" * 50_000 + "The end of it all.",
        "1.1." * 300_000,
        "by " * 300_000,
    ],
    ids=["one word", "one line", "short lines", "blank lines", "digits", "by"],
)
def test_time_is_linear(text: str) -> None:
    began = time.monotonic()
    read(text)
    assert time.monotonic() - began < 8


def test_long_article_is_cut_and_said() -> None:
    text = "\n\n".join([ENGLISH[0].title, *(f"{n} {ENGLISH[0].paragraphs[0]}" for n in range(20))])
    result = read(text, limits=Limits(article_characters=1000))
    assert len(result.articles[0].text) <= 1000
    assert result.truncated is not None
    assert "1000 characters" in result.truncated
    check_offsets(result)


def test_record_is_one_article_and_fields_win() -> None:
    text = f"\n{ENGLISH[0].title}\n\nBy Jane Rowe\n"
    fields = PageFields(title="T", author="A B", outlet="O", date="3 April 2019", language="en")
    (article,) = split(Page(id="p", origin="t.csv#1", kind="record", text=text, fields=fields)).articles
    assert article.text == text.strip()
    assert (article.title, article.author, article.outlet, article.date, article.date_basis, article.language) == (
        "T",
        "A B",
        "O",
        "2019-04-03",
        "field",
        "en",
    )
    check_offsets(split(Page(id="p", origin="t.csv#1", kind="record", text=text, fields=fields)))
