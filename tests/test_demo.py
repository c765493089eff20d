"""The sample pages: what their articles are said to be is what the first two stages find in them. No model is needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.articles import split
from dragoman.config import TableColumns
from dragoman.sources import read_pages
from dragoman.types import Article, Page

EXAMPLES = Path(__file__).parents[1] / "examples"
PAGES = EXAMPLES / "pages"
EXPECTED: dict[str, list[dict[str, str | None]]] = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))
FIELDS = ("title", "author", "outlet", "republisher", "date", "language")
COLUMNS = TableColumns(text="body")


def pages_of(name: str) -> list[Page]:
    found = list(read_pages([str(PAGES / name)], columns=COLUMNS))
    assert all(isinstance(page, Page) for page in found), found
    return [page for page in found if isinstance(page, Page)]


def articles_of(name: str) -> list[Article]:
    return [article for page in pages_of(name) for article in split(page).articles]


def folded(value: str | None) -> str | None:
    return None if value is None else value.casefold()


def test_each_sample_page_has_its_expectation() -> None:
    assert sorted(EXPECTED) == sorted(file.name for file in PAGES.iterdir())


def test_the_folder_gives_the_pages_of_its_files_in_order() -> None:
    origins = [page.origin for page in read_pages([str(PAGES)], columns=COLUMNS)]
    files = [Path(origin.split("#")[0]).name for origin in origins]
    assert list(dict.fromkeys(files)) == sorted(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_page_comes_from_its_file(name: str) -> None:
    pages = pages_of(name)
    if name.endswith(".csv"):
        assert [page.origin.removeprefix(str(PAGES / name)) for page in pages] == ["#1", "#2", "#3"]
        assert {page.kind for page in pages} == {"record"}
    else:
        (page,) = pages
        assert page.origin.endswith(name)
        assert page.kind == ("html" if name.endswith(".html") else "text")
        assert page.truncated is None


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_page_holds_its_articles(name: str) -> None:
    assert [article.title for article in articles_of(name)] == [expected["title"] for expected in EXPECTED[name]]


@pytest.mark.parametrize(
    ("name", "n", "field"),
    [(name, n, field) for name, articles in EXPECTED.items() for n in range(len(articles)) for field in FIELDS],
)
def test_what_is_said_of_an_article(name: str, n: int, field: str) -> None:
    article, expected = articles_of(name)[n], EXPECTED[name][n]
    assert folded(getattr(article, field)) == folded(expected[field])


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_spans_and_zones_index_the_page_and_the_text_is_the_articles_own(name: str) -> None:
    for page in pages_of(name):
        found = split(page)
        titles = [folded(article.title) for article in found.articles]
        for article in found.articles:
            own = "".join(found.page_text[b:e] for b, e in article.page_spans)
            assert "".join(own.split()) == "".join(article.text.split())
            assert len(article.text.split()) > 20
            for zone in article.zones:
                assert found.page_text[zone.b : zone.e] == zone.text
            lines = {folded(line.strip()) for line in article.text.splitlines()}
            assert not lines & set(titles), "a title stands in the text of an article"
