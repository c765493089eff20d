"""Folding for search: what readers write in several ways is found by any of them. Stored text is never folded."""

from __future__ import annotations

import unicodedata

from dragoman.errors import UsageError

# Letters of one sound that writers, keyboards and spellings exchange. Latin accents are folded by FTS5 itself.
_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ۀ": "ه", "ک": "ك",
    "ё": "е", "ı": "i", "ß": "ss",
}  # fmt: skip
_DIGITS = {chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
# Vowel signs (Arabic tashkeel and Koranic marks, Hebrew points), tatweel, soft hyphen and direction marks.
_REMOVED = [*range(0x0591, 0x05C8), *range(0x0610, 0x061B), 0x0640, *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE)]
_INVISIBLE = [0x00AD, 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
_KEPT = {0x05BE, 0x05C0, 0x05C3, 0x05C6, 0x06DD, 0x06DE, 0x06E9}  # marks that part words, not vowel signs
_FOLD = str.maketrans(
    {**_LETTERS, **_DIGITS, **{chr(code): "" for code in [*_REMOVED, *_INVISIBLE] if code not in _KEPT}},
)


def fold(text: str) -> str:
    """``text`` in the form in which it is searched: compatibility forms, case, vowel signs and letter variants folded.

    Offsets are not kept.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_FOLD).casefold()
    return folded.replace("i\u0307", "i")  # Turkish capital dotted I


def fold_value(value: str | None) -> str | None:
    """``fold`` as a function of SQL: of nothing, nothing."""
    return None if value is None else fold(value)


def match_query(search: str) -> str:
    """The FTS5 query for what a person typed: all words must occur; "quoted words" in that order; a final * is any ending.

    Raises UsageError if there is no word in it.
    """
    terms: list[str] = []
    for place, part in enumerate(search.split('"')):
        pieces = [part] if place % 2 else part.split()
        for piece in pieces:
            words = fold(piece)
            if any(char.isalnum() for char in words):
                terms.append('"' + words.rstrip("*") + '"' + ("*" if words.endswith("*") else ""))
    if not terms:
        raise UsageError(f"expected at least one word to search for, found {search!r}")
    return " ".join(terms)
