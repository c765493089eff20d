"""What words a stretch of text speaks of, in a form in which two stretches can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from dragoman.evidence.lexicon import WORD, irregular_forms, stop_words
from dragoman.types import Span

_ARABIC = str.maketrans("أإآٱىیکةئؤ", "ااااييكهيو", "ـ")
_ARABIC_FRONT = re.compile(r"^(?:[وفبكل]?ال|لل|[وفبلك](?=\w{3}))")
_ARABIC_END = re.compile(r"(?:هما|تهم|ها|هم|ات|ان|ون|ين|ته|يه|ه|ي)$")
_CYRILLIC_END = re.compile(
    r"(?:иями|ями|ами|его|ого|ему|ому|ыми|ими|ться|тся|ет|ут|ют|ит|ат|ят|ла|ло|ли|ть|ий|ый|ой|ая|яя|ое|ее|ые|ие|ую|юю|ых|их|ым"
    r"|им|ом|ем|ам|ям|ах|ях|[аяуюеыиоьй])$"
)
_LATIN_ENDS = (
    ("ational", "ate"), ("iveness", "ive"), ("fulness", "ful"), ("ization", "ize"), ("isation", "ise"), ("ations", "ate"),
    ("ation", "ate"), ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("edly", ""),
    ("ed", ""), ("ers", "er"), ("es", "e"), ("s", ""),
)  # fmt: skip
LONGEST = 8
"""Letters of a word that count: beyond them endings differ more than meanings."""
LEAST_LETTERS = 3


def terms_in(text: str, span: Span | None = None) -> Iterator[str]:
    """The terms of a text, or of a stretch of it, in order: its words without those that carry no topic."""
    b, e = span or (0, len(text))
    for word in WORD.finditer(text, b, e):
        if form := term(word.group()):
            yield form


@lru_cache(maxsize=1 << 16)
def term(word: str) -> str:
    """The form of one word that its inflections share; empty if it carries no topic."""
    low = re.sub(r"['’]s?$", "", word.lower())
    if low in stop_words() or (len(low) < LEAST_LETTERS and not low.isdigit() and not (word.isupper() and len(word) > 1)):
        return ""
    if low.isdigit():
        return low
    if "\u0600" <= low[0] <= "\u06ff":
        return _arabic(low)
    if "\u0400" <= low[0] <= "\u04ff":
        return _CYRILLIC_END.sub("", low.replace("ё", "е"))[:LONGEST] if len(low) > 4 else low
    if "\u0590" <= low[0] <= "\u05ff":
        return re.sub(r"^[ובלמהשכ](?=\w{3})", "", low)[:LONGEST]
    plain = "".join(c for c in unicodedata.normalize("NFKD", low.replace("ı", "i")) if not unicodedata.combining(c))
    return _latin(irregular_forms().get(plain, plain))


def _latin(word: str) -> str:
    if len(word) > 4:
        for end, other in _LATIN_ENDS:
            if word.endswith(end) and not word.endswith(("ss", "us", "is")) and len(word) - len(end) >= 3:
                word = word[: -len(end)] + other
                break
        if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
            word = word[:-1]  # planned, plan
        if len(word) > 4 and word[-1] == "e":
            word = word[:-1]  # decided, decide
    return irregular_forms().get(word, word)[:LONGEST]


def _arabic(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.translate(_ARABIC)) if not unicodedata.combining(c))
    bare = _ARABIC_FRONT.sub("", plain) if len(plain) > 4 else plain
    return (_ARABIC_END.sub("", bare) if len(bare) > 4 else bare)[:LONGEST]


_NAME_END = re.compile(r"(?:ians?|ans?|ish|ese|ia|ey|[ayis])$")
_NAME = re.compile(r"[^\W\d_]{1,3}-\d{1,4}|" + WORD.pattern)


def names_in(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """(place, form) of the words of a stretch that begin with a capital letter, models such as *S-300* whole.

    Latin names are cut back to what a state and its people share: *Syria* and *Syrians* both give ``syr``.
    """
    for word in _NAME.finditer(text, *span):
        written = word.group()
        if written[0].isupper() and ("-" in written or term(written)):
            yield word.start(), name_form(written)


@lru_cache(maxsize=1 << 16)
def name_form(word: str) -> str:
    """The form of a name that those derived from it share."""
    if "-" in word or not word.isascii():
        return word.lower() if "-" in word else term(word)
    form = re.sub(r"['’]s?$", "", word).lower()
    while len(form) > 4 and len(cut := _NAME_END.sub("", form)) >= 3 and cut != form:
        form = cut
    return form[:LONGEST]
