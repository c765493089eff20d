"""The records that the stages hand to each other: frozen, without I/O.

All offsets are Python ``str`` offsets, end exclusive. Offsets of ``Zone`` and of ``Article.page_spans`` index ``Page.text``;
all others index ``Article.text``. Ids are content hashes (see ``content_id``): the same input gives the same ids everywhere.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

Span = tuple[int, int]
"""(begin, end) of a piece of text."""

PageKind = Literal["text", "html", "record"]
SourceKind = Literal["person", "state", "organisation", "media", "anonymous", "author"]
Certainty = Literal["asserted", "hedged", "speculative"]
Polarity = Literal["pos", "neg"]
OutcomeStatus = Literal["stored", "duplicate", "truncated", "rejected"]

SOURCE_KINDS: tuple[SourceKind, ...] = ("person", "state", "organisation", "media", "anonymous", "author")
CERTAINTIES: tuple[Certainty, ...] = ("asserted", "hedged", "speculative")
POLARITIES: tuple[Polarity, ...] = ("pos", "neg")
OUTCOME_STATUSES: tuple[OutcomeStatus, ...] = ("stored", "duplicate", "truncated", "rejected")

ID_LENGTH = 16
"""Hexadecimal digits of an id: 64 bits, so that a million records collide with a chance of about 3e-8."""


def content_id(kind: str, *parts: object) -> str:
    """The id of a record of ``kind`` that is made of ``parts``: the same on every machine and in every run."""
    digest = hashlib.sha256()
    for part in (kind, *parts):
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()[:ID_LENGTH]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable and compared by value."""


class PageFields(Record, frozen=True, kw_only=True):
    """What a table's columns, or a caller, already say about the article on a page; None where nothing is said."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    date: str | None = None
    language: str | None = None


class Page(Record, frozen=True, kw_only=True):
    """One raw input, decoded. ``text`` is the decoded text; of an HTML page it is the HTML source.

    ``id`` hashes kind, text and fields, never where the page came from. ``origin`` says that: a path, ``-``, ``table.csv#12``.
    ``truncated`` is a reason if a limit cut the page short, else None.
    """

    id: str
    origin: str
    kind: PageKind
    text: str
    encoding: str = "utf-8"
    fields: PageFields = PageFields()
    truncated: str | None = None


class Zone(Record, frozen=True, kw_only=True):
    """A labelled piece of a page that is not article text: title, byline, dateline, caption, related, share, …"""

    label: str
    b: int
    e: int
    text: str


class Article(Record, frozen=True, kw_only=True):
    """One news text. ``n`` counts the articles of the page from 0; ``date`` is ISO (YYYY, YYYY-MM or YYYY-MM-DD).

    ``date_basis`` says what the date was read from: ``byline``, ``dateline``, ``title``, ``metadata`` or ``field``.
    ``outlet`` published first, ``republisher`` reprinted it. ``translation_of`` is the id of the original, if both are known.
    """

    id: str
    page: str
    n: int
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    republisher: str | None = None
    translator: str | None = None
    date: str | None = None
    date_basis: str | None = None
    language: str | None = None
    translation_of: str | None = None
    text: str
    page_spans: tuple[Span, ...] = ()
    zones: tuple[Zone, ...] = ()


class Mention(Record, frozen=True, kw_only=True):
    """A span that names an actor, place, time, weapon, sum of money …; ``score`` is the reader's probability."""

    b: int
    e: int
    type: str
    score: float


class Attribution(Record, frozen=True, kw_only=True):
    """Who (source) by which words (cue) is said to have said, thought or wanted what (content). A role may be empty.

    A role has several spans when it is broken: “We agree,” *he said*, “and we will sign.”
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


class Reading(Record, frozen=True, kw_only=True):
    """What the reader saw in one text: sentences, mentions and attributions, each in the order of the text."""

    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]


class Actor(Record, frozen=True, kw_only=True):
    """A state, person, group or organisation. Until actors are resolved, the id hashes the name as written."""

    id: str
    name: str
    code: str | None = None


class Claim(Record, frozen=True, kw_only=True):
    """The content of an attribution with its source, chain, certainty and polarity.

    ``chain`` names the sources between the event and the reader, outermost first: the article's own voice, then those that
    it relays. ``direct`` is True where the content is given in the source's own words.
    """

    id: str
    article: str
    source: Span | None
    source_actor: Actor | None
    source_kind: SourceKind
    cue: Span | None
    content: tuple[Span, ...]
    chain: tuple[str, ...]
    certainty: Certainty
    polarity: Polarity
    direct: bool
    score: float


class CodedArticle(Record, frozen=True, kw_only=True):
    """An article and everything that was coded from it: what the ledger stores in one transaction."""

    article: Article
    reading: Reading
    claims: tuple[Claim, ...]


class Outcome(Record, frozen=True, kw_only=True):
    """What became of one input. Every input ends with exactly one.

    ``origin`` as in Page; ``page`` is None if no page could be made of it; ``articles`` counts those the page holds.
    ``reason`` says why, for anything but ``stored``.
    """

    origin: str
    status: OutcomeStatus
    reason: str | None = None
    page: str | None = None
    articles: int = 0
