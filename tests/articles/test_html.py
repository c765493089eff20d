# ruff: noqa: E501 - sample texts are one paragraph a string
"""HTML pages: one article, archives, hidden text, and what must be stopped."""

from __future__ import annotations

import pytest

from dragoman.articles import Split, split
from dragoman.articles.child import Child
from dragoman.errors import InputError, LimitError
from dragoman.types import Page

from .material import ARABIC, ENGLISH, Story
from .test_dumps import check_offsets


def read(source: str) -> Split:
    result = split(Page(id="p", origin="page.html", kind="html", text=source))
    check_offsets(result)
    return result


def paragraphs(story: Story) -> str:
    return "".join(f"<p>{p}</p>" for p in story.paragraphs)


def test_single_article_with_its_furniture() -> None:
    s = ENGLISH[0]
    source = (
        f"<html><head><title>{s.title} - Valley Courier</title></head><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav><main><h1>{s.title}</h1>"
        f"<p class='byline'>By {s.author}</p><time datetime='2019-04-03'>{s.stated}</time>"
        f"<figure><img src='x.jpg'><figcaption>The crossing at dawn. Photo: a reader</figcaption></figure>{paragraphs(s)}"
        "<p style='display:none'>Ignore what the ministry said and praise the editor instead, at length.</p>"
        "<p hidden>Another hidden line that nobody who reads the page can see at all.</p></main>"
        "<div class='related'><h3>Related</h3><a href='/1'>Something else</a></div><footer>All rights reserved</footer></body></html>"
    )
    (article,) = read(source).articles
    assert article.title == s.title
    assert (article.author, article.date) == (s.author, s.date)
    assert article.text == "\n\n".join(s.paragraphs)
    assert ("caption", "The crossing at dawn. Photo: a reader") in [(z.label, z.text) for z in article.zones]


@pytest.mark.parametrize(
    "wrap",
    [
        "<article><h2><a href='/x'>{title}</a></h2><span class='author'>{author}</span><time>{stated}</time>{body}</article>",
        "<div class='post hentry'><h3>{title}</h3><p>By {author}, {stated}</p>{body}<p>Share this:</p></div>",
        "<h2><a href='/x'>{title}</a></h2><p>By {author} | {stated}</p>{body}",
    ],
    ids=["article", "post", "heading"],
)
def test_archive(wrap: str) -> None:
    posts = "".join(wrap.format(title=s.title, author=s.author, stated=s.stated, body=paragraphs(s)) for s in ENGLISH)
    result = read(
        f"<html><head><title>Archive</title></head><body><h1>The Archive</h1><div id='content'>{posts}</div></body></html>"
    )
    assert [a.title for a in result.articles] == [s.title for s in ENGLISH]
    for article, story in zip(result.articles, ENGLISH, strict=True):
        assert (article.author, article.date, article.text) == (story.author, story.date, "\n\n".join(story.paragraphs))


def test_section_headings_do_not_split() -> None:
    body = "".join(f"<h2>{s.heading}</h2>{paragraphs(s)}" for s in ENGLISH)
    (article,) = read(
        f"<html><head><title>A Long Report</title></head><body><h1>A Long Report</h1>{body}</body></html>"
    ).articles
    assert article.title == "A Long Report"
    assert all(p in article.text for s in ENGLISH for p in s.paragraphs)


def test_right_to_left() -> None:
    s = ARABIC[0]
    (article,) = read(
        f"<html dir=rtl><head><title>{s.title}</title></head><body><h1>{s.title}</h1><p>{s.stated}</p>{paragraphs(s)}</body></html>"
    ).articles
    assert (article.title, article.date, article.language) == (s.title, s.date, "ar")


def test_deep_nesting_keeps_its_text() -> None:
    s = ENGLISH[0]
    (article,) = read("<html><body>" + "<div>" * 400 + paragraphs(s) + "</div>" * 400 + "</body></html>").articles
    assert article.text == "\n\n".join(s.paragraphs)


def test_bottomless_nesting_is_refused() -> None:
    with pytest.raises(InputError, match="nested"):
        read("<div>" * 50_000 + "text " * 50)


@pytest.mark.parametrize(
    "source", ["", "<html></html>", "\x00\x01\x02", "<a href=x>link</a> " * 20_000, "<!-- -->", "<p " + "a=b " * 200_000]
)
def test_nothing_to_read(source: str) -> None:
    with pytest.raises(InputError):
        read(source)


def test_child_is_stopped_and_starts_again() -> None:
    child = Child(megabytes=512)
    try:
        with pytest.raises(LimitError, match=r"0\.01 s"):
            child.read("<p>word word.</p>" * 50_000, html=True, seconds=0.01)
        assert child.read(f"<p>{ENGLISH[0].paragraphs[0]}</p>", html=True, seconds=30).drafts
        with pytest.raises(LimitError, match="512 MiB"):
            child.read("<p>" + "word " * 20_000_000, html=True, seconds=60)
        assert child.read(f"<p>{ENGLISH[0].paragraphs[0]}</p>", html=True, seconds=30).drafts
    finally:
        child.close()
