# ruff: noqa: E501 - sample texts are one paragraph a string
"""Dumps in layouts of many kinds: each is built from known stories, which must come out again."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from dragoman.articles import Split, split
from dragoman.types import Page, content_id

from .material import ARABIC, ENGLISH, FRENCH, HEBREW, RUSSIAN, Story


def read(text: str) -> Split:
    return split(Page(id=content_id("page", text), origin="dump.txt", kind="text", text=text))


def check(result: Split, stories: Sequence[Story], *, author: bool = True, date: bool = True, outlet: bool = False) -> None:
    """Every story is there, in order, with its text and nothing else."""
    assert [a.title for a in result.articles] == [s.title for s in stories]
    for article, story in zip(result.articles, stories, strict=True):
        assert article.text == "\n\n".join(story.paragraphs)
        assert article.author == (story.author if author else None)
        assert article.date == (story.date if date else None)
        assert article.language == story.language
        if outlet:
            assert article.outlet == story.outlet
    check_offsets(result)


def check_offsets(result: Split) -> None:
    taken: list[tuple[int, int]] = []
    for article in result.articles:
        pieces = [result.page_text[b:e] for b, e in article.page_spans]
        assert "".join("".join(pieces).split()) == "".join(article.text.split())
        for zone in article.zones:
            assert result.page_text[zone.b : zone.e] == zone.text
        taken += article.page_spans
    taken.sort()
    assert all(e <= b for (_, e), (b, _) in pairwise(taken))


def joined(stories: Sequence[Story], one: Callable[[Story], str], between: str = "\n\n") -> str:
    return between.join(one(story) for story in stories)


def body(story: Story, between: str = "\n\n") -> str:
    return between.join(story.paragraphs)


def test_byline_and_date_under_the_title() -> None:
    text = joined(ENGLISH, lambda s: f"{s.title}\n\nBy {s.author}\n\n{s.stated}\n\n{body(s)}")
    check(read(text), ENGLISH)


def test_author_and_outlet_as_bare_lines() -> None:
    text = joined(ENGLISH, lambda s: f"{s.title}\n\n{s.author}\n{s.outlet}\n{s.stated}\n\n{body(s)}")
    check(read(text), ENGLISH, outlet=True)


def test_no_blank_lines_at_all() -> None:
    text = joined(ENGLISH, lambda s: f"{s.title}\nBy {s.author}\n{s.stated}\n{body(s, chr(10))}", "\n")
    check(read(text), ENGLISH)


def test_titles_only_between_trailers() -> None:
    text = joined(ENGLISH, lambda s: f"{s.title}\n\n{body(s)}\n\nShare this:\n\nRelated\n\nAn older story about something else")
    check(read(text), ENGLISH, author=False, date=False)


def test_bare_titles_without_any_mark() -> None:
    text = joined(ENGLISH, lambda s: f"{s.title}\n\n{body(s)}")
    check(read(text), ENGLISH, author=False, date=False)


def test_bare_titles_in_sentence_case_with_wider_gaps() -> None:
    stories = [Story(s.title.capitalize(), s.paragraphs) for s in ENGLISH]
    text = joined(stories, lambda s: f"{s.title}\n\n{body(s)}", "\n\n\n\n")
    check(read(text), stories, author=False, date=False)


def test_titles_in_capitals_repeated_in_mixed_case() -> None:
    text = joined(
        ENGLISH, lambda s: f"{s.title.upper()}\n\n{s.title}\n\nPhoto: somewhere in the valley\n\n{s.stated}\n\n{body(s)}"
    )
    check(read(text), ENGLISH, author=False)


def test_author_date_and_section_between_bars() -> None:
    text = joined(
        ENGLISH, lambda s: f"{s.title}\n\n{(s.author or '').upper()} | {s.stated} | OPINION\n\n{s.title}\n\n{body(s)}"
    )
    check(read(text), ENGLISH)


def test_date_above_the_title() -> None:
    text = joined(ENGLISH, lambda s: f"{s.stated}\n\n{s.title}\n\n{body(s)}")
    check(read(text), ENGLISH, author=False)


def test_rules_between_articles() -> None:
    text = joined(ENGLISH, lambda s: f"{s.title}\n\nPosted on {s.stated} by {s.author}\n\n{body(s)}", "\n\n--------\n\n")
    check(read(text), ENGLISH)


def test_markdown_headings() -> None:
    text = joined(
        ENGLISH,
        lambda s: (
            f"# {s.title}\n\n*By {s.author}*\n\n{s.paragraphs[0]}\n\n## {s.heading}\n\n{s.paragraphs[1]}\n\n{s.paragraphs[2]}"
        ),
    )
    result = read(text)
    assert [a.title for a in result.articles] == [s.title for s in ENGLISH]
    check_offsets(result)


def test_hard_wrapped_lines() -> None:
    def one(s: Story) -> str:
        return f"{s.title}\nBy {s.author}\n{s.stated}\n\n" + "\n\n".join(textwrap.fill(p, 66) for p in s.paragraphs)

    check(read(joined(ENGLISH, one)), ENGLISH)


def test_windows_line_ends() -> None:
    text = joined(ENGLISH, lambda s: f"{s.title}\n\nBy {s.author}\n\n{s.stated}\n\n{body(s)}").replace("\n", "\r\n")
    check(read(text), ENGLISH)


@pytest.mark.parametrize("stories", [ARABIC, RUSSIAN, FRENCH, HEBREW], ids=["ar", "ru", "fr", "he"])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_other_languages(stories: Sequence[Story], gap: str) -> None:
    by = {"ar": "بقلم: ", "ru": "Автор: ", "fr": "Par ", "he": "מאת: "}
    text = joined(stories, lambda s: gap.join((s.title, by[s.language] + (s.author or ""), s.stated or "", *s.paragraphs)), gap)
    check(read(text), stories)


def test_arabic_titles_without_marks() -> None:
    check(read(joined(ARABIC, lambda s: f"{s.title}\n\n{body(s)}")), ARABIC, author=False, date=False)


def test_languages_mixed_in_one_dump() -> None:
    stories = [ENGLISH[0], ARABIC[0], RUSSIAN[0], ENGLISH[1], HEBREW[0], FRENCH[0]]
    text = joined(stories, lambda s: f"{s.title}\n\n{s.stated}\n\n{body(s)}")
    check(read(text), stories, author=False)


def test_a_hundred_articles() -> None:
    stories = [
        Story(f"{s.title} For the {n}th Time", s.paragraphs, author=s.author, date=s.date, stated=s.stated)
        for n in range(20, 40)
        for s in ENGLISH
    ]
    text = joined(
        stories,
        lambda s: f"{s.title}\n\n{s.title}\n\nBy {s.author} – {s.stated}\n\n{body(s)}\n\nRelated Videos\n\nAdvertisements",
    )
    check(read(text), stories)


@pytest.mark.parametrize("marks", [True, False])
def test_one_article_with_section_headings(marks: bool) -> None:
    s = ENGLISH[0]
    paragraphs = [p for story in ENGLISH for p in story.paragraphs]
    lines = [s.title, *((f"By {s.author}", s.stated or "") if marks else ())]
    for n, p in enumerate(paragraphs):
        lines += ([ENGLISH[n // 3].heading or ""] if n % 3 == 0 and n else []) + [p]
    result = read("\n\n".join(lines))
    assert [a.title for a in result.articles] == [s.title]
    assert "Schools still shut" in result.articles[0].text


def test_quoted_piece_of_another_outlet_does_not_split() -> None:
    s, quoted = ENGLISH[0], ENGLISH[1]
    text = (
        f"{s.title}\n\nBy {s.author}\n\n{s.stated}\n\n{s.paragraphs[0]}\n\nFrom the {quoted.outlet}:\n\n{quoted.title}\n\n"
        f"CAPITAL CITY — {body(quoted)}\n\nThe {ENGLISH[2].outlet} has more:\n\n{body(ENGLISH[2])}\n\n{s.paragraphs[2]}"
    )
    result = read(text)
    assert [a.title for a in result.articles] == [s.title]
    assert result.articles[0].author == s.author


def test_one_article_without_title() -> None:
    result = read(body(ENGLISH[0]))
    assert [a.title for a in result.articles] == [None]
    assert result.articles[0].text == body(ENGLISH[0])


def test_navigation_above_and_trailers_below() -> None:
    s = ENGLISH[0]
    text = f"Home\nNews\nAbout us\nContact us\n\n{s.title}\n\nBy {s.author}\n{s.stated}\n\n{body(s)}\n\nTags: border, trade\nShare this:\nLeave a comment\n"
    check(read(text), [s])


def test_translation_leads_to_its_original() -> None:
    s, original = ENGLISH[0], ARABIC[0]
    text = (
        f"{s.title} {original.title}\n\n{s.title}\n\n{s.stated}\n\nWritten by Sami Khoury\n\n{body(s)}\n\nTranslated by Rana Aziz\n\n"
        f"{original.title}\n\n{original.stated}\n\n{original.author}\n\n{body(original)}"
    )
    english, arabic = read(text).articles
    assert english.title == s.title
    assert (english.author, english.translator) == ("Sami Khoury", "Rana Aziz")
    assert english.translation_of == arabic.id
    assert (arabic.title, arabic.author, arabic.translation_of) == (original.title, original.author, None)


def test_title_parted_from_its_text_is_found_again() -> None:
    first, arabic, lost = ENGLISH[0], ARABIC[0], ENGLISH[1]
    text = (
        f"{first.title}\n\nBy {first.author}\n\n{body(first)}\n\nTranslated by Rana Aziz\n\n{lost.title}\n\n"
        f"{arabic.title}\n\n{arabic.stated}\n\n{arabic.author}\n\n{body(arabic)}\n\n{lost.stated}\n\n{body(lost)}"
    )
    result = read(text)
    assert [a.title for a in result.articles] == [first.title, arabic.title, lost.title]
    assert result.articles[2].date == lost.date
    check_offsets(result)


def test_zones_and_reprint_credits() -> None:
    s = ENGLISH[0]
    text = (
        f"{s.title}\n\nBy {s.author}\n\nApril 3, 2019 “Reprint House” – {s.paragraphs[0]}\n\nMap by the survey office – bigger\n\n"
        f"{s.paragraphs[1]}\n\n{s.paragraphs[2]}\n\nThis article was originally published by Valley Courier –\n\n==See Also==\n\nRelated Videos"
    )
    result = read(text)
    (article,) = result.articles
    assert article.text == body(s)
    assert (article.outlet, article.republisher, article.date, article.date_basis) == (
        "Valley Courier",
        "Reprint House",
        s.date,
        "dateline",
    )
    assert [z.label for z in article.zones] == [
        "title",
        "byline",
        "dateline",
        "republisher",
        "caption",
        "source_note",
        "related",
        "related",
    ]
    check_offsets(result)


def test_name_of_the_site_above_is_no_title() -> None:
    text = "The Levant Reader\n\n" + joined(ENGLISH, lambda s: f"{s.title}\n\n{s.stated}\n\n{body(s)}")
    check(read(text), ENGLISH, author=False)


def test_labelled_credits() -> None:
    text = joined(ENGLISH, lambda s: f"Title: {s.title}\nAuthor: {s.author}\nDate: {s.stated}\n\n{body(s)}")
    check(read(text), ENGLISH)


def test_credits_below_the_text() -> None:
    text = joined(ENGLISH, lambda s: f"{s.title}\n\n{body(s)}\n\nPosted by {s.author} on {s.stated}")
    check(read(text), ENGLISH)
