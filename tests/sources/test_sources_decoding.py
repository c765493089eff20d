"""Encodings are found and repaired; everything else stays as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.sources.decoding import clean, decode

RUSSIAN = "Министр заявил в понедельник, что соглашение будет подписано до конца года, сообщает агентство."
ARABIC = "قال الوزير يوم الاثنين إن الاتفاق سيوقع قبل نهاية العام، وفق ما نقلته الوكالة عن مصادر."
FRENCH = "Le ministre a déclaré lundi que l’accord serait signé à la fin de l’année : « Nous sommes prêts »."
TURKISH = "Dışişleri Bakanı pazartesi günü anlaşmanın yıl sonuna kadar imzalanacağını söyledi; görüşmeler sürüyor."
HEBREW = "שר החוץ אמר ביום שני כי ההסכם ייחתם עד סוף השנה, כך דיווחה הסוכנות."


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (RUSSIAN, "cp866", "cp866"),
        (ARABIC, "cp1256", "windows-1256"),
        (FRENCH, "cp1252", "windows-1252"),
        (TURKISH, "cp1254", "windows-1254"),
        (HEBREW, "cp1255", "windows-1255"),
        ("A naïve plan – “nearly done” – was signed.", "cp1252", "windows-1252"),
        ("Premier powiedział, że umowa została już podpisana.", "cp1250", "windows-1250"),
        (RUSSIAN, "utf-8", "utf-8"),
        (ARABIC, "utf-8-sig", "utf-8"),
        (ARABIC, "utf-16", "utf-16-le"),
        (ARABIC, "utf-16-le", "utf-16-le"),
        (RUSSIAN, "utf-16-be", "utf-16-be"),
        ("The minister said so on Monday.", "utf-16-le", "utf-16-le"),
        (HEBREW, "utf-32", "utf-32-le"),
    ],
)
def test_encodings_are_found(text: str, codec: str, name: str) -> None:
    assert decode(text.encode(codec)) == (text, name)


@pytest.mark.parametrize("mark", ['<meta charset="{}">', "<meta http-equiv='Content-Type' content='text/html; charset={}'>"])
@pytest.mark.parametrize(
    ("label", "codec"), [("windows-1251", "cp1251"), ("ISO-8859-1", "cp1252"), ("iso-8859-5", "iso8859-5")]
)
def test_html_may_declare_its_encoding(mark: str, label: str, codec: str) -> None:
    word = "Да" if codec != "cp1252" else "“Né”"
    data = (f"<html><head>{mark.format(label)}</head><p>".encode() + word.encode(codec)) + b"</p>"
    assert word in decode(data, html=True).text


def test_a_false_or_foreign_declaration_does_no_harm() -> None:
    assert ARABIC in decode(f"<meta charset=windows-1251>{ARABIC}".encode(), html=True).text
    assert RUSSIAN in decode(b"<meta charset=unicode_escape>" + RUSSIAN.encode("cp1251"), html=True).text
    assert RUSSIAN in decode(b"<meta charset=no-such-thing>" + RUSSIAN.encode("cp1251"), html=True).text


def test_utf8_with_a_broken_byte_stays_utf8() -> None:
    text, encoding = decode(ARABIC.encode() + b"\xff " + ARABIC.encode())
    assert text == f"{ARABIC}\ufffd {ARABIC}"
    assert encoding.startswith("utf-8, broken")


def test_mojibake_is_repaired_and_nothing_else_is_touched() -> None:
    sound = "“Curly” ‘quotes’ … ﬁne №5 ½ １２ e\u0301 ــ مُحَمَّد"
    broken = FRENCH.encode().decode("latin-1")
    assert clean(f"{sound}\n{broken}") == (f"{sound}\n{FRENCH}", "utf-8, mojibake repaired")
    assert clean(sound) == (sound, "utf-8")


def test_newlines_controls_and_surrogates() -> None:
    text = "\ufeffa\r\nb\rc\x0cd\x00e\x1b[0mf\tg\x7f\ud800\U0001f600"
    assert clean(text).text == "a\nb\nc\nde[0mf\tg\ufffd\U0001f600"


def test_binary_is_refused() -> None:
    with pytest.raises(InputError, match="binary"):
        decode(bytes(range(256)) * 8)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_clean_text_is_storable_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text).text
    once.encode("utf-8")
    assert "\0" not in once
    assert "\r" not in once
    assert clean(once).text == once


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_an_input_error(data: bytes) -> None:
    try:
        text, encoding = decode(data, html=True)
    except InputError:
        return
    text.encode("utf-8")
    assert encoding
