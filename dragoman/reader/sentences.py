"""Sentences of a text, by sentencex (MIT), paragraph by paragraph."""

from __future__ import annotations

from sentencex import get_sentence_boundaries

from dragoman.reader.words import paragraphs_of
from dragoman.types import Span


def sentences_of(text: str, language: str | None = None) -> tuple[Span, ...]:
    """(begin, end) of each sentence without the white space around it; an unknown language is cut by English rules."""
    found: list[Span] = []
    for begin, end in paragraphs_of(text):
        for part in get_sentence_boundaries(language or "en", text[begin:end]):
            b, e = begin + part["start_index"], begin + part["end_index"]
            inner = text[b:e]
            b, e = b + len(inner) - len(inner.lstrip()), e - (len(inner) - len(inner.rstrip()))
            if b < e:
                found.append((b, e))
    return tuple(found)
