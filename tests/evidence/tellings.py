"""Coded articles built by hand for the tests of incidents, disputes and predictions."""

from __future__ import annotations

import re

from dragoman.types import (
    Actor,
    Article,
    Claim,
    CodedArticle,
    Event,
    EventDate,
    EventPlace,
    Participant,
    Reading,
    content_id,
)


def actor(name: str, code: str | None = None) -> Actor:
    return Actor(id=content_id("actor", name.casefold()), name=name, code=code)


def claim(
    text: str, article: str, content: str, *, source: Actor | None = None, cue: str | None = None, **changes: object
) -> Claim:
    b = text.index(content)
    at = text.index(cue) if cue else -1
    name = source.name if source else "[unspecified]"
    values: dict[str, object] = {
        "id": content_id("claim", article, content),
        "article": article,
        "source": None,
        "source_actor": source,
        "source_kind": "person" if source else "anonymous",
        "cue": (at, at + len(cue)) if cue else None,
        "content": ((b, b + len(content)),),
        "chain": ("The Daily Example", name),
        "certainty": "asserted",
        "polarity": "pos",
        "direct": False,
        "score": 0.9,
    }
    return Claim(**{**values, **changes})  # type: ignore[arg-type]


def event(
    text: str, article: str, trigger: str, type_: str = "ASSAULT", *, who: tuple[Actor, ...] = (), whom: tuple[Actor, ...] = (),
    day: str | None = None, place: str | None = None, **changes: object,
) -> Event:  # fmt: skip
    b = text.index(trigger)
    values: dict[str, object] = {
        "id": content_id("event", article, b, type_),
        "article": article,
        "sentence": next(s for s in sentences(text) if s[0] <= b < s[1]),
        "trigger": (b, b + len(trigger)),
        "type": type_,
        "status": "happened",
        "actors": tuple(Participant(span=(b, b + 1), actor=one) for one in who),
        "recipients": tuple(Participant(span=(b, b + 1), actor=one) for one in whom),
        "date": EventDate(start=day, end=day, basis="text", span=(b, b + 1)) if day else None,
        "place": EventPlace(span=(b, b + 1), name=place) if place else None,
        "chain": ("The Daily Example",),
        "score": 0.9,
    }
    return Event(**{**values, **changes})  # type: ignore[arg-type]


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for m in re.finditer(r"[^.?!]+[.?!]+[”\"]?\s*", text))


def article_id(text: str) -> str:
    return content_id("article", text)


def coded(text: str, *, claims: tuple[Claim, ...] = (), events: tuple[Event, ...] = (), **changes: object) -> CodedArticle:
    values: dict[str, object] = {
        "id": article_id(text),
        "page": "p",
        "n": 0,
        "outlet": "The Daily Example",
        "date": "2021-03-04",
        "language": "en",
        "text": text,
    }
    article = Article(**{**values, **changes})  # type: ignore[arg-type]
    reading = Reading(sentences=sentences(text), mentions=(), attributions=())
    return CodedArticle(article=article, reading=reading, claims=claims, events=events)
