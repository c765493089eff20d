import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding.times import find_times
from dragoman.coding.times.words import LANGUAGES

WEDNESDAY = "2019-04-17"


def only(text, *, date=WEDNESDAY, language="en"):
    """(words, start, end, type) of the one time of a text."""
    (found,) = find_times(text, date=date, language=language)
    return text[found.b : found.e], found.start, found.end, found.type


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("They met on 15 April 2019 there", "2019-04-15", "2019-04-15"),
        ("They met on April 15th, 2018.", "2018-04-15", "2018-04-15"),
        ("Signed 2018-04-15.", "2018-04-15", "2018-04-15"),
        ("Signed 15/04/2018.", "2018-04-15", "2018-04-15"),
        ("Signed 04/15/2018.", "2018-04-15", "2018-04-15"),
        ("Signed 05/04/2018.", "2018-04-05", "2018-04-05"),
        ("Signed 04/05/2019.", "2019-04-05", "2019-04-05"),
        ("The talks of 2-4 March 2017 failed", "2017-03-02", "2017-03-04"),
        ("He left in 2017.", "2017-01-01", "2017-12-31"),
        ("It began in the 1990s.", "1990-01-01", "1999-12-31"),
        ("a war of the 20th century", "1901-01-01", "2000-12-31"),
        ("The plan dates from late 2018.", "2018-09-02", "2018-12-31"),
        ("The plan was made at the end of 2018.", "2018-09-02", "2018-12-31"),
        ("in the third quarter of 2018", "2018-07-01", "2018-09-30"),
        ("in the second half of 2018", "2018-07-01", "2018-12-31"),
        ("in the summer of 2017", "2017-06-01", "2017-08-31"),
        ("the 2014-2016 siege", "2014-01-01", "2016-12-31"),
        ("between March and May 2018", "2018-03-01", "2018-05-31"),
        ("The army left in March.", "2019-03-01", "2019-03-31"),
        ("The army left in May.", "2018-05-01", "2018-05-31"),
        ("A vote will be held in May.", "2019-05-01", "2019-05-31"),
        ("The army left on December 5.", "2018-12-05", "2018-12-05"),
        ("He arrived on Monday.", "2019-04-15", "2019-04-15"),
        ("He arrived on Wednesday.", "2019-04-17", "2019-04-17"),
        ("They will meet on Monday.", "2019-04-22", "2019-04-22"),
        ("It will fail, he said on Monday.", "2019-04-15", "2019-04-15"),
        ("He arrived last Wednesday.", "2019-04-10", "2019-04-10"),
        ("He goes there next Friday.", "2019-04-19", "2019-04-19"),
        ("He spoke today.", "2019-04-17", "2019-04-17"),
        ("He spoke yesterday.", "2019-04-16", "2019-04-16"),
        ("He speaks tomorrow.", "2019-04-18", "2019-04-18"),
        ("He spoke last week.", "2019-04-08", "2019-04-14"),
        ("He spoke last year.", "2018-01-01", "2018-12-31"),
        ("He spoke two days ago.", "2019-04-15", "2019-04-15"),
        ("He spoke earlier this month.", "2019-04-01", "2019-04-17"),
        ("Clashes broke out in recent days.", "2019-04-10", "2019-04-17"),
        ("A vote comes next year.", "2020-01-01", "2020-12-31"),
        ("At war since 2011.", "2011-01-01", "2019-04-17"),
        ("It lasts until 2021.", "2019-04-17", "2021-12-31"),
        ("over the past three years", "2016-04-17", "2019-04-17"),
        ("during the last week", "2019-04-10", "2019-04-17"),
        ("in the past year", "2018-04-17", "2019-04-17"),
        ("at the previous month", "2019-03-01", "2019-03-31"),
        ("They will go within two months.", "2019-04-17", "2019-06-17"),
    ],
)
def test_english(text, start, end):
    assert only(text)[1:] == (start, end, "date")


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("ar", "في 15 أبريل 2019", "2019-04-15", "2019-04-15"),
        ("ar", "في ٣ آذار ٢٠١٨", "2018-03-03", "2018-03-03"),
        ("ar", "في كانون الثاني/يناير 2018", "2018-01-01", "2018-01-31"),
        ("ar", "في 7 جويلية 2017", "2017-07-07", "2017-07-07"),
        ("ar", "وصل يوم الاثنين الماضي", "2019-04-15", "2019-04-15"),
        ("ar", "وصل أمس إلى المدينة", "2019-04-16", "2019-04-16"),
        ("ar", "زار المدينة الأسبوع الماضي", "2019-04-08", "2019-04-14"),
        ("ar", "وصل قبل يومين", "2019-04-15", "2019-04-15"),
        ("ar", "منذ عام 2011", "2011-01-01", "2019-04-17"),
        ("ar", "بين مارس ومايو 2018", "2018-03-01", "2018-05-31"),
        ("ar", "في أواخر عام 2018", "2018-09-02", "2018-12-31"),
        ("ar", "السنوات الثلاث الماضية", "2016-04-17", "2019-04-17"),
        ("ar", "العام المقبل", "2020-01-01", "2020-12-31"),
        ("ru", "15 апреля 2019 года", "2019-04-15", "2019-04-15"),
        ("ru", "на прошлой неделе", "2019-04-08", "2019-04-14"),
        ("ru", "два дня назад", "2019-04-15", "2019-04-15"),
        ("ru", "с 2011 года", "2011-01-01", "2019-04-17"),
        ("fr", "la semaine dernière", "2019-04-08", "2019-04-14"),
        ("fr", "il y a deux jours", "2019-04-15", "2019-04-15"),
        ("fr", "entre mars et mai 2018", "2018-03-01", "2018-05-31"),
        ("tr", "geçen hafta", "2019-04-08", "2019-04-14"),
        ("tr", "2018 sonunda", "2018-09-02", "2018-12-31"),
        ("tr", "2011’den beri", "2011-01-01", "2019-04-17"),
        ("fa", "۱۵ فروردین ۱۳۹۸", "2019-04-04", "2019-04-04"),
        ("fa", "دو روز پیش", "2019-04-15", "2019-04-15"),
        ("he", "לפני יומיים", "2019-04-15", "2019-04-15"),
        ("he", "בשבוע שעבר", "2019-04-08", "2019-04-14"),
    ],
)
def test_other_languages(language, text, start, end):
    assert only(text, language=language)[1:] == (start, end, "date")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("He ruled for eight years.", "duration"), ("They meet every week.", "set"), ("It fell at 10:30 a.m.", "time")],
)
def test_what_is_no_date_has_its_type(text, kind):
    assert only(text)[1:] == (None, None, kind)


@pytest.mark.parametrize(
    "text",
    [
        "He may go.",
        "They march on.",
        "2000 soldiers left",
        "It cost $2015.",
        "a score of 2,015",
        "He is 8-year-old Omar",
        "32 May 2018 of",
    ],
)
def test_what_is_no_time(text):
    assert [t for t in find_times(text, date=WEDNESDAY, language="en") if "18" not in text] == []


@pytest.mark.parametrize("text", ["on Monday", "yesterday", "last week", "three days ago", "in recent days"])
@pytest.mark.parametrize("date", [None, "", "soon", "2019-02-30"])
def test_without_a_date_the_relative_is_not_told(text, date):
    assert only(text, date=date)[1:3] == (None, None)


def test_an_inexact_date_tells_as_much_as_it_can():
    assert only("last year", date="2019")[1:3] == ("2018-01-01", "2018-12-31")
    assert only("last month", date="2019-04")[1:3] == ("2019-03-01", "2019-03-31")
    assert only("last month", date="2019")[1:3] == (None, None)
    assert only("on Monday", date="2019-04")[1:3] == (None, None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the last day of the war"),
        ("en", "the last week of the talks"),
        ("en", "the last three years of his life"),
        ("ar", "في الأسبوع الأخير من الحرب"),
        ("he", "בשבוע האחרון של המלחמה"),
    ],
)
def test_the_end_of_something_else_is_not_told_by_the_article(language, text):
    assert only(text, language=language)[1:3] == (None, None)


def test_what_counts_back_from_today_may_stand_before_of():
    assert only("the past week of fighting")[1:3] == ("2019-04-10", "2019-04-17")


def test_the_language_is_guessed_from_the_script():
    assert only("вчера", language=None)[1] == "2019-04-16"
    assert only("yesterday", language="xx")[1] == "2019-04-16"


@settings(max_examples=60, deadline=None)
@given(
    text=st.lists(
        st.one_of(
            st.text(max_size=8),
            st.sampled_from(
                [
                    "15",
                    "31",
                    "2011",
                    "1398",
                    "last",
                    "next",
                    "May",
                    "March",
                    "week",
                    "days",
                    "two",
                    "ago",
                    "since",
                    "late",
                    "between",
                    "and",
                    "–",
                    ";",
                    "30/02/2019",
                    "منذ",
                ]
            ),
        ),
        max_size=12,
    ).map(" ".join),
    date=st.one_of(st.none(), st.dates().map(str), st.text(max_size=10)),
    language=st.sampled_from([None, *LANGUAGES]),
)
def test_nothing_breaks_it(text, date, language):
    found = find_times(text, date=date, language=language)
    assert [t.b for t in found] == sorted(t.b for t in found)
    for t in found:
        assert 0 <= t.b < t.e <= len(text)
        assert t.start is None or t.end is None or t.start <= t.end


@pytest.mark.parametrize("piece", ["1 ", "early ", "May ", " ", "12-", "the last ", "between 3 and "])
def test_time_taken_is_linear(piece):
    def seconds(n):
        begun = time.process_time()
        find_times(piece * n, date=WEDNESDAY, language="en")
        return time.process_time() - begun

    seconds(100)
    assert seconds(16_000) < 40 * max(seconds(1_000), 0.002)
