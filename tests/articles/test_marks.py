"""What a line says of itself."""

from __future__ import annotations

import pytest

from dragoman.articles.language import language_of
from dragoman.articles.marks import read_mark


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("==See Also==", "related"),
        ("Related Videos", "related"),
        ("اقرأ أيضاً", "related"),
        ("Читайте также:", "related"),
        ("%d bloggers like this:", "footer"),
        ("Advertisements", "ads"),
        ("Share this:", "share"),
        ("Image result for a bridge", "caption"),
        ("Sputnik / Somebody Else", "caption"),
        ("Фото: Иван Петров", "caption"),
        ("* * *", "separator"),
        ("OPINION", "section"),
        ("Source", "source_label"),
        ("source: http://www.example.org/a/b", "source_note"),
        ("Translated by Rana Aziz,", "translator"),
        ("Friday, 3 May 2019 10:30 GMT", "dateline"),
        ("May 3, 2019 · 4 min read", "dateline"),
        ("By Jane Rowe", "byline"),
    ],
)
def test_labels(line: str, label: str) -> None:
    mark = read_mark(line)
    assert mark is not None
    assert mark.label == label


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the army had left the city",
        "On May 3, 2019 the council met again to vote",
        "A title that says nothing special",
        "Photos show damage to the bridge in the north",
        "He said it would be done by Jane and others in the valley before the summer came.",
    ],
)
def test_no_mark(line: str) -> None:
    assert read_mark(line) is None


@pytest.mark.parametrize(
    ("line", "author", "outlet", "translator", "date"),
    [
        ("By JANE ROWE", "Jane Rowe", None, None, None),
        ("Posted on May 3, 2018 by Jane Rowe", "Jane Rowe", None, None, "2018-05-03"),
        ("Jane Rowe, 3 May 2018", "Jane Rowe", None, None, "2018-05-03"),
        ("JANE ROWE | 15.03.2019 | FEATURED STORY", "Jane Rowe", None, None, "2019-03-15"),
        ("by Jane Rowe of the Valley Times (with permission)", "Jane Rowe", "Valley Times", None, None),
        (
            "Written by Jane Rowe; Originally appeared at valley.example, translated by RanaA exclusively for HillFront",
            "Jane Rowe",
            "valley.example",
            "RanaA",
            None,
        ),
        ("Von Hans Müller, Berliner Zeitung", "Hans Müller", "Berliner Zeitung", None, None),
        ("Por Ana García | El Diario | 3 de mayo de 2019", "Ana García", "El Diario", None, "2019-05-03"),
        ("By Staff, Agencies", "Staff, Agencies", None, None, None),
        ("source: http://en.example.org/a/b", None, "example.org", None, None),
        ("This article was originally published by Valley Times", None, "Valley Times", None, None),
    ],
)
def test_credits(line: str, author: str | None, outlet: str | None, translator: str | None, date: str | None) -> None:
    mark = read_mark(line)
    assert mark is not None
    assert (mark.author, mark.outlet, mark.translator, mark.date and mark.date.iso) == (author, outlet, translator, date)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council met on Tuesday to discuss the border crossing.", "en"),
        ("אמר שר התחבורה", "he"),
        ("أعادت الحكومتان يوم الاثنين فتح المعبر الحدودي الشمالي", "ar"),
        ("Министерство сообщило об открытии перехода", "ru"),
        ("OK", None),
        ("12345 67890", None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language
