"""The date finder: forms and languages, and what is no date."""

from __future__ import annotations

import pytest

from dragoman.articles.dates import DAY_FIRST, MONTH_FIRST, find_dates, page_order, parse_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("April 19, 2019", "2019-04-19"),
        ("Dec. 01, 2017", "2017-12-01"),
        ("23rd of May, 2018", "2018-05-23"),
        ("NOVEMBER 23, 2017", "2017-11-23"),
        ("3 May 2018", "2018-05-03"),
        ("30.11.2017", "2017-11-30"),
        ("2019-04-03", "2019-04-03"),
        ("2019/4/3", "2019-04-03"),
        ("13/4/2019", "2019-04-13"),
        ("4/13/2019", "2019-04-13"),
        ("نوفمبر 14, 2017", "2017-11-14"),
        ("15 كانون الثاني 2019", "2019-01-15"),
        ("15 تشرين الثاني 2019", "2019-11-15"),
        ("١٥ آذار/مارس ٢٠١٩", "2019-03-15"),
        ("3 апреля 2019 г.", "2019-04-03"),
        ("1er avril 2019", "2019-04-01"),
        ("15 Ağustos 2019", "2019-08-15"),
        ("3 באפריל 2019", "2019-04-03"),
        ("۱۴ فروردین ۱۳۹۸", "2019-04-03"),
        ("۳ آوریل ۲۰۱۹", "2019-04-03"),
        ("3 de abril de 2019", "2019-04-03"),
        ("3. März 2019", "2019-03-03"),
        ("April 2019", "2019-04"),
        ("2019年4月3日", "2019-04-03"),
    ],
)
def test_forms(written: str, iso: str) -> None:
    text = f"x | {written} | y"
    (found,) = find_dates(text)
    assert found.iso == iso
    assert text[found.b : found.e] == written.removesuffix(" г.")
    assert parse_date(written) == iso


@pytest.mark.parametrize(
    "text",
    ["we may see 50 of them", "10.0.0.1", "version 1.2.3.4", "31.02.2019", "99/99/2019", "April 31, 2019", "", "in 2019"],
)
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_order_of_day_and_month() -> None:
    assert find_dates("3/4/2019")[0].iso == "2019"  # unknown: only the year is kept
    assert find_dates("3/4/2019", order=MONTH_FIRST)[0].iso == "2019-03-04"
    assert find_dates("3/4/2019", order=DAY_FIRST)[0].iso == "2019-04-03"
    assert find_dates("4/4/2019")[0].iso == "2019-04-04"
    assert page_order(["3/4/2019", "3/14/2019"]) == MONTH_FIRST
    assert page_order(["14/3/2019", "3/14/2019"]) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019", "2019"),
        ("2019-04", "2019-04"),
        ("20190403", "2019-04-03"),
        ("2019-04-03T10:00:00Z", "2019-04-03"),
        ("soon", None),
    ],
)
def test_fields(text: str, iso: str | None) -> None:
    assert parse_date(text) == iso
