"""Words and names in the form in which they are compared: no case, marks, articles or endings that only grammar adds."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"((?:[A-Za-z]\.){2,}(?:[A-Za-z](?!\w))?|[^\W_]+(?:['’ʼ`׳״\u200c](?![sS]\b)[^\W_]+)*\+?)(?:['’][sS](?!\w))?")
"""A word, and behind it the possessive ’s that does not belong to it."""
_APOSTROPHES = re.compile(r"['’ʼ`׳״\u200c.]")
_LETTERS = str.maketrans("أإآٱىیکةگؤئıłøđß", "ااااييكهكويilods", "ـ")
_CYRILLIC_END = re.compile(
    r"(?:(?<=и)(?:ями|ям|ях|ей|я|и|ю)|ями|ами|ого|его|ому|ему|ыми|ими|ий|ый|ой|ей|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ым|им|ом|ем|ам|ям"
    r"|ах|ях|[аяуюеыиоьй])$"
)
_ARTICLES = frozenset(("al", "el", "the", "аль", "эль"))
_BEFORE_HYPHEN = frozenset(("ar", "as", "ash", "at", "an", "az", "ad", "ас", "аш", "ан", "ар", "ат", "эн", "эр"))
_ARABIC_GLUED = "وفبلك"
_HEBREW_GLUED = "ובלמהשכ"
_LOOSE = ((r"(?<=\w)h", ""), ("ou|oo|o", "u"), ("ee|e|y", "i"), ("q|g", "k"), (r"(.)\1", r"\1"))


class Word(NamedTuple):
    """A word of a text: its folded form, and where it stands with the article that is glued to it."""

    form: str
    b: int
    e: int
    raw: str


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """One word without case, accents, apostrophes, Arabic article, Arabic letter variants and Russian case endings."""
    if word.isascii():
        return _APOSTROPHES.sub("", word).lower()
    if "\u0400" <= word[:1] <= "\u04ff":
        folded = _APOSTROPHES.sub("", word.casefold()).replace("ё", "е").replace("\u0301", "")
        return _CYRILLIC_END.sub("", folded) if len(folded) > 4 else folded
    folded = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    folded = _APOSTROPHES.sub("", folded.translate(_LETTERS))
    if "\u0600" <= folded[:1] <= "\u06ff":
        return folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded
    return folded


def words_of(text: str) -> list[Word]:
    """The words of a text in order. A name's article (al-, el-, the) belongs to the word that follows it."""
    words: list[Word] = []
    article: int | None = None
    behind = 0
    for found in _WORD.finditer(text):
        raw = found[1]
        form = fold_word(raw)
        b, e = found.span(1)
        if article is not None and b - behind > 1:
            article = None  # “the ‘Arab League’”: the article is no part of what is quoted
        hyphen = text[e : e + 1] in ("-", "‑")
        if (form in _ARTICLES and (hyphen or text[e : e + 1] == " ")) or (hyphen and form in _BEFORE_HYPHEN):
            article, behind = b if article is None else article, e
            continue
        words.append(Word(form, b if article is None else article, e, raw))
        article = None
    return words


def key_of(name: str) -> str:
    """The folded words of a name, joined by spaces; empty if it has none."""
    return " ".join(word.form for word in words_of(name)) or fold_word(name.strip())


def unglued(word: Word) -> list[str]:
    """Other forms that a word's beginning or end may hide: glued Arabic and Hebrew particles, elisions, Turkish endings."""
    form = word.form
    if word.raw.isascii() and "'" not in word.raw:
        return []
    if "\u0600" <= form[:1] <= "\u06ff" and len(form) > 3:
        bare = [form[2:]] if form.startswith("لل") else []
        if form[0] in _ARABIC_GLUED:
            rest = form[1:]
            bare.append(rest[2:] if rest.startswith("ال") else rest)
            if rest[0] in _ARABIC_GLUED:
                rest = rest[1:]
                bare.append(rest[2:] if rest.startswith("ال") else rest)
        return bare
    if "\u0590" <= form[:1] <= "\u05ff" and len(form) > 3:
        return [form[1:]] if form[0] in _HEBREW_GLUED else []
    parts = re.split(r"['’ʼ]", word.raw, maxsplit=1)
    return [fold_word(part) for part in parts if len(part) > 2] if len(parts) == 2 else []


def loose(key: str) -> str:
    """A folded name without what transcriptions from Arabic differ in: q/k/g, kh/k, gh/g, ou/o/u, ee/e/i/y, doubled letters."""
    for written, plain in _LOOSE:
        key = re.sub(written, plain, key)
    return key
