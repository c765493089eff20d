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
Status = Literal["happened", "ongoing", "planned", "possible", "hypothetical", "denied", "historical"]
Role = Literal["actor", "recipient", "place", "time"]
RelationKind = Literal["supports", "opposes"]

SOURCE_KINDS: tuple[SourceKind, ...] = ("person", "state", "organisation", "media", "anonymous", "author")
CERTAINTIES: tuple[Certainty, ...] = ("asserted", "hedged", "speculative")
POLARITIES: tuple[Polarity, ...] = ("pos", "neg")
STATUSES: tuple[Status, ...] = ("happened", "ongoing", "planned", "possible", "hypothetical", "denied", "historical")
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


class Argument(Record, frozen=True, kw_only=True):
    """A span that has a role in an event; ``score`` is the reader's probability."""

    role: Role
    b: int
    e: int
    score: float


class Happening(Record, frozen=True, kw_only=True):
    """An event as the reader saw it: the trigger's words, PLOVER type and status, and who and what takes part.

    ``score`` is the probability that the trigger names an event.
    """

    trigger: Span
    type: str
    status: Status
    arguments: tuple[Argument, ...]
    score: float


class Stance(Record, frozen=True, kw_only=True):
    """The text tells that the one whom ``source`` names is for (sign 1) or against (sign -1) the one whom ``target`` names."""

    source: Span
    target: Span
    sign: Literal[1, -1]
    score: float


class PairAnswer(Record, frozen=True, kw_only=True):
    """What one given span does to another: the PLOVER type, and the stance toward it. None if the text has no word."""

    type: str | None
    score: float
    stance: Literal["none", "for", "against"] | None
    stance_score: float


class Reading(Record, frozen=True, kw_only=True):
    """What the reader saw in one text, each kind in the order of the text.

    ``pairs`` answers the pairs of spans that were asked for, in their order.
    """

    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]
    events: tuple[Happening, ...] = ()
    stances: tuple[Stance, ...] = ()
    pairs: tuple[PairAnswer, ...] = ()


class Actor(Record, frozen=True, kw_only=True):
    """A state, person, group or organisation.

    ``code`` is an ISO3 code with a PLOVER sector (``LBY REB``), or that of a kind of organisation (``IGO``); None for an actor
    that is not known: its id then hashes the name as written.
    """

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


class Participant(Record, frozen=True, kw_only=True):
    """One side of an event: the words that name it, and the actor."""

    span: Span
    actor: Actor


class EventDate(Record, frozen=True, kw_only=True):
    """When an event took place: an interval of ISO dates, both inclusive, None where the words do not tell.

    ``basis`` says what it was read from: ``text`` (the words of ``span``) or ``article`` (the article's own date).
    """

    start: str | None
    end: str | None
    basis: Literal["text", "article"]
    span: Span | None


class EventPlace(Record, frozen=True, kw_only=True):
    """Where an event took place: the words, the place's name, and if known its coordinates (WGS 84) and country (ISO3)."""

    span: Span
    name: str
    lat: float | None = None
    lon: float | None = None
    country: str | None = None


class Event(Record, frozen=True, kw_only=True):
    """A PLOVER event as an article tells it: who did what to whom, when and where, and by whose account.

    ``chain`` as in Claim, of the claim that the event is told in; the article's own voice if it is in none.
    """

    id: str
    article: str
    sentence: Span
    trigger: Span
    type: str
    mode: str | None = None
    status: Status
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    date: EventDate | None
    place: EventPlace | None
    chain: tuple[str, ...]
    score: float


class Relation(Record, frozen=True, kw_only=True):
    """An article tells that one actor supports (sign 1) or opposes (sign -1) another; ``span`` holds both names."""

    id: str
    article: str
    span: Span
    source: Actor
    target: Actor
    kind: RelationKind
    sign: Literal[1, -1]
    chain: tuple[str, ...]
    score: float


class CodedArticle(Record, frozen=True, kw_only=True):
    """An article and everything that was coded from it: what the ledger stores in one transaction."""

    article: Article
    reading: Reading
    claims: tuple[Claim, ...]
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()


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
