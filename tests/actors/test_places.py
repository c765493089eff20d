import math

import pytest

from dragoman.actors import with_capital
from dragoman.actors.capitals import capital_in
from dragoman.actors.places import Places, fold


@pytest.fixture(scope="module")
def places():
    return Places.shipped()


def near(place, lat, lon, km=60):
    """Whether a place lies within some km of a point."""
    a, b = math.radians(place.lat), math.radians(lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon - place.lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(half)) <= km


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Idlib", "SYR", 35.9, 36.6),
        ("northern Idlib province", "SYR", 35.9, 36.6),
        ("إدلب", "SYR", 35.9, 36.6),
        ("the Libyan capital", "LBY", 32.9, 13.2),
        ("the capital of Chad", "TCD", 12.1, 15.0),
        ("العاصمة الليبية", "LBY", 32.9, 13.2),
        ("ادلب", "SYR", 35.9, 36.6),
        ("بإدلب", "SYR", 35.9, 36.6),
        ("محافظة حلب", "SYR", 36.2, 37.2),
        ("Deir Ezzor", "SYR", 35.3, 40.1),
        ("Deir al-Zour", "SYR", 35.3, 40.1),
        ("al-Tanf", "SYR", 33.5, 38.6),
        ("Hmeimim air base", "SYR", 35.4, 35.9),
        ("Golan Heights", "SYR", 33.0, 35.8),
        ("الجولان", "SYR", 33.0, 35.8),
        ("Sinai", "EGY", 29.5, 34.0),
        ("Hodeidah", "YEM", 14.8, 42.95),
        ("Sana'a", "YEM", 15.35, 44.2),
        ("Aleppo National Hospital", "SYR", 36.2, 37.2),
        ("Donbas", "UKR", 48.3, 38.0),
        ("Crimea", "UKR", 45.3, 34.4),
        ("Misrata", "LBY", 32.4, 15.1),
        ("Syria's", "SYR", 35.0, 38.0),
        ("Syrian", "SYR", 35.0, 38.0),
        ("للعراق", "IRQ", 33.0, 44.0),
        ("Дамаск", "SYR", 33.5, 36.3),
        ("Suriye", "SYR", 35.0, 38.0),
        ("Bab el-Mandeb", None, 12.6, 43.3),
        ("Strait of Hormuz", None, 26.6, 56.2),
        ("Africa", None, 7.2, 21.1),
    ],
)
def test_a_place_by_its_name(places, name, country, lat, lon):
    (place,) = places.resolve([name])
    assert place is not None
    assert place.country == country
    assert near(place, lat, lon)


@pytest.mark.parametrize(
    ("names", "countries", "country"),
    [
        (["Georgia", "Tbilisi"], {}, "GEO"),
        (["Georgia", "Atlanta", "Alabama"], {}, "USA"),
        (["Tripoli"], {"LBN": 4}, "LBN"),
        (["Tripoli"], {"LBY": 4}, "LBY"),
        (["Tripoli", "Beirut", "Sidon"], {}, "LBN"),
        (["Paris"], {}, "FRA"),
        (["Paris, Texas"], {}, "USA"),
        (["London", "Moscow"], {"RUS": 2}, "GBR"),
    ],
)
def test_homonyms_are_settled_by_the_article(places, names, countries, country):
    place = places.resolve(names, countries=countries)[0]
    assert place is not None
    assert place.country == country


def test_a_name_means_the_same_wherever_it_stands(places):
    one, other, again = places.resolve(["Aleppo", "Homs", "Aleppo"])
    assert one == again
    assert one != other


@pytest.mark.parametrize("name", ["", " ", ",", "...", "the", "x" * 100_000, "\ud800", "Qwertyville"])
def test_what_is_no_place(places, name):
    assert places.resolve([name]) == [None]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Al-Raqqah", "Raqqah"), ("Türkiye", "turkiye"), ("Saint-Denis", "St. Denis"), ("القاهرة", "القاهره"), ("إيران", "ایران")],
)
def test_spellings_that_fold_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("name", ["the West", "South", "Western", "Centre", "Station Road", "the Valley"])
def test_words_that_are_part_of_many_names_are_no_places_by_themselves(places, name):
    assert places.resolve([name]) == [None]


@pytest.mark.parametrize("name", ["the region", "the villages", "the area", "a"])
def test_common_nouns_are_no_towns(places, name):
    assert places.resolve([name]) == [None]


@pytest.mark.parametrize(
    ("name", "capital"),
    [
        ("Iran's capital", "Tehran"),
        ("the Libyan\ncapital", "Tripoli"),
        ("the capital of\nChad", "N'Djamena"),
        ("the capital city of Cuba", "Havana"),
        ("the capital of the United Arab Emirates", "Abu Dhabi"),
        ("the capital of Bosnia and Herzegovina after the war", "Sarajevo"),
        ("the United Arab Emirates' capital", "Abu Dhabi"),
        ("Saudi Arabia’s capital, Riyadh", "Riyadh"),
        ("the capital of South Sudan.", "Juba"),
        ("Iran's capital punishment laws", None),
        ("China's capital controls", None),
        ("Saudi Arabia's capital\ninvestment", None),
        ("Russia's capital-intensive plants", None),
        ("the capital of Syria's Idlib province", None),
        ("the capital of Niger state", None),
        ("the capital of Iraqi Kurdistan", None),
        ("the capital", None),
    ],
)
def test_a_capital_by_its_country(name, capital):
    assert capital_in(name) == capital


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("They left Libya's capital on foot.", "Libya", "Libya's capital"),
        ("They left Libya's\ncapital on foot.", "Libya's", "Libya's\ncapital"),
        ("It hit the Syrian capital Damascus.", "Syrian", "Syrian capital"),
        ("In the United Arab Emirates' capital it rained.", "the United Arab Emirates", "the United Arab Emirates' capital"),
        ("On Iran's capital punishment laws.", "Iran", "Iran"),
        ("It eased China's capital controls.", "China", "China"),
        ("On Saudi Arabia's capital\ninvestment.", "Saudi Arabia", "Saudi Arabia"),
        ("In Iran and Syria's capital.", "Iran", "Iran"),
        ("In Idlib's capital.", "Idlib", "Idlib"),
    ],
)
def test_the_words_of_a_place_with_its_capital(text, place, words):
    b = text.index(place)
    assert with_capital(text, (b, b + len(place))) == words
