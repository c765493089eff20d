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
RelationKind = Literal["supports", "opposes", "allied", "hostile", "member_of", "negotiates"]
RelationStatus = Literal["stated", "negated", "past", "proposed", "predicted", "conditional"]
RelationBasis = Literal["words", "stance", "event"]
BlocForm = Literal["bloc", "backers", "participants"]
MemberStatus = Literal["stated", "proposed", "denied", "left", "background"]
ReuseKind = Literal["verbatim", "near_copy", "quoted", "translation"]
ReuseBasis = Literal["copy", "citation", "speech", "translation"]
DifferenceKind = Literal["number", "name", "negation"]
AnchorKind = Literal["actor", "place", "number"]
DisputeKind = Literal["denial", "doubt", "contradiction", "detail_mismatch", "position_change", "tension"]

SOURCE_KINDS: tuple[SourceKind, ...] = ("person", "state", "organisation", "media", "anonymous", "author")
CERTAINTIES: tuple[Certainty, ...] = ("asserted", "hedged", "speculative")
POLARITIES: tuple[Polarity, ...] = ("pos", "neg")
DISPUTE_KINDS: tuple[DisputeKind, ...] = (
    "denial", "doubt", "contradiction", "detail_mismatch", "position_change", "tension",
)  # fmt: skip
STATUSES: tuple[Status, ...] = ("happened", "ongoing", "planned", "possible", "hypothetical", "denied", "historical")
RELATION_KINDS: tuple[RelationKind, ...] = ("supports", "opposes", "allied", "hostile", "member_of", "negotiates")
ACTOR_KINDS = (
    "state", "person", "organisation", "party", "armed group", "military", "agency", "media", "international", "alliance",
    "bloc", "people", "company", "group",
)  # fmt: skip
"""What an actor may be; ``group`` is one that nobody knows."""
OUTCOME_STATUSES: tuple[OutcomeStatus, ...] = ("stored", "duplicate", "truncated", "rejected")
REUSE_KINDS: tuple[ReuseKind, ...] = ("verbatim", "near_copy", "quoted", "translation")

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

    ``score`` is the probability that the trigger names an event; ``ranking`` has all types, the likeliest first, if the reader
    found it.
    """

    trigger: Span
    type: str
    status: Status
    arguments: tuple[Argument, ...]
    score: float
    ranking: tuple[str, ...] = ()


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

    ``basis`` says what it was read from: ``text`` (the words of ``span``), ``section`` (the date over the part of the article
    that tells of it) or ``article`` (the article's own date: it happened then or shortly before).
    """

    start: str | None
    end: str | None
    basis: Literal["text", "section", "article"]
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
    ``mentions`` are the triggers of every telling of it, the first of which is ``trigger``. ``mode`` and ``contexts`` are
    PLOVER's; ``cameo`` is the CAMEO code that says no more than they do, ``goldstein`` its score from -10 (conflict) to 10
    (cooperation).
    """

    id: str
    article: str
    sentence: Span
    trigger: Span
    mentions: tuple[Span, ...] = ()
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    goldstein: float | None = None
    status: Status
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    date: EventDate | None
    place: EventPlace | None
    chain: tuple[str, ...]
    score: float


class Relation(Record, frozen=True, kw_only=True):
    """An article tells how one actor stands to another; ``span`` holds the words that tell it.

    ``sign`` is 1 for a tie, -1 for enmity or a tie that is denied or given up, 0 for talks of which no more is told.
    ``allied``, ``hostile`` and ``negotiates`` hold both ways. ``basis`` says what it rests on: the words of a pattern, the
    reader's stance, or an event that states it.
    """

    id: str
    article: str
    span: Span
    source: Actor
    target: Actor
    kind: RelationKind
    sign: Literal[1, 0, -1]
    status: RelationStatus = "stated"
    basis: RelationBasis = "stance"
    chain: tuple[str, ...]
    score: float


class ActorRole(Record, frozen=True, kw_only=True):
    """An office that an actor holds or held: the title, of which state (ISO3) or group, from and until when (ISO or None)."""

    title: str
    of: str
    start: str | None = None
    end: str | None = None


class Naming(Record, frozen=True, kw_only=True):
    """Words that name an actor. ``form`` says how: by a name, an adjective, a seat of power, or words that refer back."""

    span: Span
    actor: Actor
    form: Literal["name", "adjective", "seat", "reference"]


class CastMember(Record, frozen=True, kw_only=True):
    """An actor in one article: its kind, the offices known of it, and where the article names it.

    ``members`` are those of an international organisation on the article's date, as is publicly known: background.
    """

    actor: Actor
    kind: str
    roles: tuple[ActorRole, ...] = ()
    members: tuple[Actor, ...] = ()
    namings: tuple[Naming, ...] = ()


class ActorSummary(Record, frozen=True, kw_only=True):
    """An actor in many articles: in how many, how often, in what offices, under which names as written (and how often)."""

    actor: Actor
    kind: str
    articles: int
    count: int
    names: tuple[tuple[str, int], ...]
    roles: tuple[ActorRole, ...]


class BlocMember(Record, frozen=True, kw_only=True):
    """A member of a bloc as an article tells it, and the words that say so; ``background`` is what no article says."""

    actor: Actor
    status: MemberStatus
    span: Span | None = None


class Bloc(Record, frozen=True, kw_only=True):
    """Actors that stand together under a name, as one article tells it.

    ``actor`` is the bloc itself: its id is the same in all articles that tell of it. ``spans`` are the words that name it or
    tell its members. ``form`` is ``backers`` for those who are said to support somebody together, and ``participants`` for
    those of an exercise.
    """

    id: str
    article: str
    actor: Actor
    form: BlocForm = "bloc"
    spans: tuple[Span, ...]
    members: tuple[BlocMember, ...]
    opposed_to: tuple[Actor, ...]
    chain: tuple[str, ...]
    score: float


class CodedArticle(Record, frozen=True, kw_only=True):
    """An article and everything that was coded from it: what the ledger stores in one transaction."""

    article: Article
    reading: Reading
    claims: tuple[Claim, ...]
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    blocs: tuple[Bloc, ...] = ()
    cast: tuple[CastMember, ...] = ()


class Anchor(Record, frozen=True, kw_only=True):
    """A span that says the same in any language: an actor by id, a place by name and country, a number by its digits."""

    b: int
    e: int
    kind: AnchorKind
    name: str


class Passage(Record, frozen=True, kw_only=True):
    """A piece of an article's text: ``b`` up to ``e``."""

    article: str
    b: int
    e: int


class Difference(Record, frozen=True, kw_only=True):
    """Where two tellings of one passage part in something that can be checked; a side that lacks it is None.

    ``a`` and ``b`` are spans of the texts of the articles of ``Reuse.a`` and ``Reuse.b``.
    """

    what: DifferenceKind
    a: Span | None
    b: Span | None


class Reuse(Record, frozen=True, kw_only=True):
    """A passage of one article (``a``, the earlier) that stands, copied, nearly copied or translated, in another (``b``).

    ``basis`` says why both hold it: the one took it from the other or both from a third (``copy``), the one quotes the other
    (``citation``), both quote what somebody said (``speech``), or it is a translation. ``kind`` is ``quoted`` for the two in
    the middle. ``ratio`` is the share of the words of both sides that are common, in order; of a translation that of the
    anchors.
    """

    id: str
    kind: ReuseKind
    basis: ReuseBasis
    a: Passage
    b: Passage
    ratio: float
    differences: tuple[Difference, ...] = ()


class Join(Record, frozen=True, kw_only=True):
    """Why two events, by id, are taken to be the same one: what they share, in words, and how surely (0 to 1)."""

    a: str
    b: str
    score: float
    why: tuple[str, ...]


class Incident(Record, frozen=True, kw_only=True):
    """The same event as told by several articles, or several times by one.

    ``id`` hashes the least of the ids of ``events``; these and the ids of ``articles`` stand in order. ``start`` and ``end``
    are the days (ISO) within which the tellings put it, None where no article has a date.
    """

    id: str
    type: str
    events: tuple[str, ...]
    articles: tuple[str, ...]
    start: str | None = None
    end: str | None = None
    place: str | None = None


class Telling(Record, frozen=True, kw_only=True):
    """That an article tells something at ``span``, and whose word it is: the inner end of the chain.

    ``actor`` is None where the article speaks in its own voice; ``outlet`` is then the outlet, None if it has no name.
    """

    record: str
    article: str
    span: Span
    actor: Actor | None
    source_kind: SourceKind
    outlet: str | None
    chain: tuple[str, ...]


class Trace(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What is compared when events of several articles may be one: see ``evidence.incidents``.

    ``day`` is the article's date; ``start`` and ``end`` are the event's own days if its words tell them. ``actors`` and
    ``recipients`` are ids, ``names`` the names and ``terms`` the other words of the sentence, ``trigger`` the terms of the
    words that name the event, ``about`` the words that the article uses most and ``matter`` its most frequent names, the first
    first.
    """

    event: str
    type: str
    status: Status
    day: str | None
    start: str | None
    end: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    place: str | None
    country: str | None
    trigger: frozenset[str]
    names: frozenset[str]
    terms: frozenset[str]
    telling: Telling
    about: frozenset[str] = frozenset()
    matter: tuple[str, ...] = ()


class Origin(Record, frozen=True, kw_only=True):
    """Tellings that go back to one source, and so count once; ``records`` are the ids of the events or claims.

    ``known`` is False where nobody is named: whether that is one more source cannot be told. ``why`` says what made them one.
    """

    name: str
    known: bool
    articles: tuple[str, ...]
    records: tuple[str, ...]
    why: tuple[str, ...]


class Statement(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What one stretch of an article states, in the terms in which statements are compared; see ``evidence.statements``.

    ``names`` are folded names and ids of actors (behind an ``@``), ``terms`` the other words that carry topic, ``cue`` those of
    the words that attribute it. ``around`` has the names and terms of the sentence before, on which the statement ``leans`` if
    a word such as *it* opens it, and to which it ``points`` with words such as *this report*. ``poles`` says at which end of a
    scale it stands (1 or -1), ``beside`` what is named near the words that say so; ``stances`` whom it shows for or against
    whom. ``numbers`` are (value, term counted), ``days`` (first, last, ISO), ``initials`` (acronym, the words it is said to
    stand for).
    """

    article: str
    n: int
    span: Span
    day: str | None
    claim: str | None
    speaker: str | None
    chain: tuple[str, ...]
    names: frozenset[str]
    terms: frozenset[str]
    around: frozenset[str] = frozenset()
    negated: bool = False
    denies: bool = False
    doubts: bool = False
    leans: bool = False
    points: bool = False
    cue: frozenset[str] = frozenset()
    poles: dict[str, int] = {}
    beside: dict[str, frozenset[str]] = {}
    stances: tuple[tuple[str, str, int], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    days: tuple[tuple[str, str], ...] = ()
    initials: tuple[tuple[str, str], ...] = ()


class Disputant(Record, frozen=True, kw_only=True):
    """One side of a dispute: the words, the claim in which they stand if they stand in one, and their chain of sources."""

    article: str
    span: Span
    claim: str | None
    chain: tuple[str, ...]


class Dispute(Record, frozen=True, kw_only=True):
    """Two statements that cannot both hold as they stand, or one and its denial. ``a`` stands first; neither is right by that.

    ``topic`` has words that both share; ``why`` says what sets them against each other.
    """

    id: str
    kind: DisputeKind
    topic: str
    a: Disputant
    b: Disputant
    score: float
    why: str


class Prediction(Record, frozen=True, kw_only=True):
    """What somebody says will be, or may be. ``predictor`` is None where the article, which has no named voice, says so itself.

    ``horizon`` is (start, end), ISO days, None where the words do not tell; ``condition`` the words on which it hangs.
    """

    id: str
    claim: str | None
    article: str
    span: Span
    predictor: Actor | None
    horizon: tuple[str, str] | None
    condition: Span | None
    certainty: Certainty


class Weighed(Record, frozen=True, kw_only=True):
    """What a ledger holds for and against a prediction: ids of events that were told to have happened, or not to have.

    ``due`` says whether its horizon has passed, by the latest date of the ledger; where it names none, it never has.
    """

    prediction: str
    due: bool
    events_for: tuple[str, ...] = ()
    events_against: tuple[str, ...] = ()


class Wording(Record, frozen=True, kw_only=True):
    """How one outlet words an actor or an incident: ``of`` is its id, ``name`` what it is called here, ``form`` the words.

    ``links`` are the first places where it does: (article, span). ``outlet`` is None where the article has none.
    """

    of: str
    name: str
    outlet: str | None
    form: str
    count: int
    links: tuple[tuple[str, Span], ...]


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
