"""A translation is found by where its names and numbers stand; another article on the same matter is none."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from shelves import MemoryShelf, told

from dragoman.evidence import find_translations
from dragoman.evidence.translations import anchors_of, likeness
from dragoman.types import Actor, CodedArticle, Reuse, Span, content_id

NAMES = {
    "EGY": ("Egypt", "Le Caire", "Cairo", "Égypte", "مصر", "القاهرة"),
    "SDN": ("Sudan", "Khartoum", "Soudan", "السودان", "الخرطوم"),
    "ETH": ("Ethiopia", "Addis Ababa", "Éthiopie", "Addis-Abeba", "إثيوبيا"),
    "KEN": ("Kenya", "كينيا"),
    "UGA": ("Uganda", "Ouganda", "أوغندا"),
    "UNO": ("United Nations", "Nations unies", "الأمم المتحدة"),
}
ACTORS = {name: Actor(id=content_id("actor", code), name=code, code=code) for code, names in NAMES.items() for name in names}
NAME = re.compile("|".join(sorted(map(re.escape, ACTORS), key=len, reverse=True)))

TEXTS = tomllib.loads((Path(__file__).parents[1] / "data/river_commission.toml").read_text(encoding="utf-8"))
ENGLISH, FRENCH, ARABIC, SAME_MATTER = (TEXTS[name].strip() for name in ("en", "fr", "ar", "same_matter"))


def anchors(text: str) -> dict[Span, Actor]:
    return {match.span(): ACTORS[match[0]] for match in NAME.finditer(text)}


def linked(*articles: CodedArticle) -> list[Reuse]:
    shelf = MemoryShelf()
    found: list[Reuse] = []
    for number, coded in enumerate(articles):
        shelf.articles.append(coded)
        found.extend(find_translations(coded, shelf, anchors(coded.article.text), {}, number=number))
    return found


def english(**about: str | None) -> CodedArticle:
    return told(ENGLISH, **about)


@pytest.mark.parametrize(("text", "language"), [(FRENCH, "fr"), (ARABIC, "ar")])
def test_a_translation_is_linked_whichever_is_read_first(text: str, language: str) -> None:
    original, translation = english(date="2021-05-16"), told(text, language=language, date="2021-05-20")
    for order in ((original, translation), (translation, original)):
        (reuse,) = linked(*order)
        assert (reuse.kind, reuse.a.article, reuse.b.article) == ("translation", original.article.id, translation.article.id)
        assert (reuse.a.b, reuse.a.e, reuse.b.b, reuse.b.e) == (0, len(ENGLISH), 0, len(text))
        assert reuse.differences == ()


def test_the_right_one_is_chosen_among_articles_on_the_same_matter() -> None:
    others = (told(SAME_MATTER, language="fr"), told(f"{SAME_MATTER} Bis.", language="fr"))
    found = linked(others[0], english(), told(FRENCH, language="fr"), others[1])
    assert [{reuse.a.article, reuse.b.article} for reuse in found] == [{english().article.id, told(FRENCH).article.id}]


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_the_same_paragraphs_in_another_order_are_no_translation(turn: int) -> None:
    parts = FRENCH.split("\n\n")
    assert linked(english(), told("\n\n".join(parts[turn:] + parts[:turn]), language="fr")) == []


def test_articles_far_apart_in_time_are_not_linked() -> None:
    assert linked(english(date="2019-01-02"), told(FRENCH, language="fr", date="2021-05-20")) == []
    assert len(linked(english(date="2019"), told(FRENCH, language="fr", date=None))) == 1


def test_articles_of_one_language_are_not_linked() -> None:
    assert linked(english(), told(f"{ENGLISH} So be it.")) == []


def test_who_names_a_translator_is_the_translation_even_if_dated_earlier() -> None:
    (reuse,) = linked(english(translator="A. Smith", date="2021-05-01"), told(FRENCH, language="fr", date="2021-05-02"))
    assert reuse.b.article == english().article.id


def test_what_the_page_says_is_taken_as_it_is() -> None:
    short = told("Une commission fluviale s'est ouverte au Kenya.", language="fr")
    (reuse,) = linked(short, english(translation_of=short.article.id))
    assert (reuse.a.article, reuse.b.article) == (short.article.id, english().article.id)


@pytest.mark.parametrize(
    ("old", "new", "what", "a", "b"),
    [
        ("45 jours", "54 jours", "number", "45", "54"),
        ("réunion aura lieu en Égypte", "réunion aura lieu au Soudan", "name", "Egypt", "Soudan"),
        ("un projet qui donnerait une voix", "un projet qui ne donnerait pas de voix", "negation", None, "ne"),
    ],
)
def test_what_can_be_checked_is_shown(old: str, new: str, what: str, a: str | None, b: str | None) -> None:
    text = FRENCH.replace(old, new)
    (reuse,) = linked(english(date="2021-05-16"), told(text, language="fr", date="2021-05-20"))
    (part,) = reuse.differences
    assert part.what == what
    assert (part.a and ENGLISH[slice(*part.a)], part.b and text[slice(*part.b)]) == (a, b)


def test_numbers_are_the_same_in_all_their_spellings() -> None:
    found = anchors_of("3,000 or 3 000 or 3.000 or ٣٠٠٠, of 7 in 2021", {}, {})
    assert [anchor.name for anchor in found] == ["3000", "3000", "3000", "3000", "2021"]


def test_too_few_anchors_prove_nothing() -> None:
    few = anchors_of("12 23 34", {}, {})
    assert not likeness(few, few, (8, 8)).convinces
