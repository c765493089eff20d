"""Actors and blocs of many articles, put together: every name of an actor, every member that any article tells of a bloc."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from dragoman.types import Actor, ActorRole, ActorSummary, Article, Bloc, BlocForm, BlocMember, CodedArticle, Span, content_id

_ARTICLE = re.compile(r"^(?:(?:the|le|la|les)\s+|l['’])", re.IGNORECASE)
_EDGES = " \t\n'’‘\"“”«».,;:()[]-–—"
PARTICLES = frozenset(
    (
        *("of", "the", "and", "for", "al", "el", "ar", "as", "ash", "bin", "ben", "ibn", "abu", "de", "du", "des", "la", "le"),
        *("van", "von", "der", "da", "dos", "y", "et", "и"),
    )
)
LONGEST_NAME = 8
"""Words that a name may have."""
_OWN_KINDS = {"person": "person", "state": "state", "organisation": "organisation", "media": "media"}
"""Kinds of sources that say what kind of actor stands behind them."""
GONE = frozenset(("left", "denied"))
SUREST = ("left", "denied", "stated", "proposed", "background")
"""Statuses of a member, the one that counts where articles differ first."""


class Quoted(msgspec.Struct, frozen=True):
    """A span with its words."""

    b: int
    e: int
    text: str


class ActorLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of actors.jsonl; fields in the order of the contract, then how often the articles name it."""

    id: str
    name: str
    code: str | None
    kind: str | None
    names: list[str]
    roles: list[ActorRole]
    count: int


class MemberLine(msgspec.Struct, frozen=True, kw_only=True):
    """A member of a bloc, how it is told to be one, and in which articles."""

    actor: Actor
    status: str
    articles: list[str]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Words of an article that name a bloc or tell its members, and by whose account."""

    article: str
    date: str | None
    chain: tuple[str, ...]
    span: Quoted


class BlocLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of blocs.jsonl; fields in the order of the contract."""

    id: str
    name: str
    kind: str = "named"
    members: list[MemberLine]
    opposed_to: list[Actor]
    evidence: list[Evidence]
    form: BlocForm


class ActorRegister:
    """The actors of claims, events, relations, blocs and texts, in the order in which they first appear."""

    def __init__(self) -> None:
        self._actors: dict[str, Actor] = {}
        self._names: dict[str, Counter[str]] = {}
        self._counts: Counter[str] = Counter()
        self._kinds: dict[str, Counter[str]] = {}
        self._roles: dict[str, dict[ActorRole, None]] = {}

    def add(self, coded: CodedArticle) -> None:
        """Take everybody whom an article names or whom something coded from it is about."""
        text = coded.article.text
        for member in coded.cast:
            id_ = self._take(member.actor)
            self._kinds.setdefault(id_, Counter())[member.kind] += 1000  # what is known goes before what a source looks like
            self._roles.setdefault(id_, {}).update(dict.fromkeys(member.roles))
            self._counts[id_] += len(member.namings)
            self._names[id_].update(plain_name(text, n.span) for n in member.namings if n.form in ("name", "seat"))
        for claim in coded.claims:
            if claim.source_actor is not None:
                kind = _OWN_KINDS.get(claim.source_kind)
                self._kinds.setdefault(self._take(claim.source_actor), Counter()).update([kind] if kind else [])
        for event in coded.events:
            for side in (*event.actors, *event.recipients):
                self._take(side.actor)
        for relation in coded.relations:
            self._take(relation.source)
            self._take(relation.target)
        for bloc in coded.blocs:
            self._kinds.setdefault(self._take(bloc.actor), Counter())["bloc"] += 1
            for bloc_member in bloc.members:
                self._take(bloc_member.actor)

    def _take(self, actor: Actor) -> str:
        self._actors.setdefault(actor.id, actor)
        self._names.setdefault(actor.id, Counter())[actor.name] += 1
        return actor.id

    def lines(self) -> Iterator[ActorLine]:
        """Each actor; its names with its own first, then those that texts use, the most used first."""
        for id_, actor in self._actors.items():
            kinds = self._kinds.get(id_)
            kind = min(kinds.items(), key=lambda item: (-item[1], item[0]))[0] if kinds else None
            used = sorted(self._names[id_].items(), key=lambda item: (-item[1], item[0]))
            yield ActorLine(
                id=id_,
                name=actor.name,
                code=actor.code,
                kind=kind,
                names=list(dict.fromkeys([actor.name, *(name for name, _ in used if name)])),
                roles=list(self._roles.get(id_, ())),
                count=self._counts[id_],
            )


class BlocRegister:
    """The blocs that articles tell of, each once, in the order in which they first appear."""

    def __init__(self) -> None:
        self._actors: dict[str, Actor] = {}
        self._forms: dict[str, BlocForm] = {}
        self._members: dict[str, dict[str, list[_Membership]]] = {}
        self._opposed: dict[str, dict[str, Actor]] = {}
        self._evidence: dict[str, list[Evidence]] = {}

    def add(self, coded: CodedArticle) -> None:
        """Take the blocs of one article."""
        for bloc in coded.blocs:
            self.take(coded.article, bloc)

    def take(self, article: Article, bloc: Bloc) -> None:
        """Take what one article tells of a bloc."""
        key = self._actors.setdefault(bloc.actor.id, bloc.actor).id
        self._forms.setdefault(key, bloc.form)
        members = self._members.setdefault(key, {})
        for member in bloc.members:
            members.setdefault(member.actor.id, []).append(_Membership(member, article.id, article.date or ""))
        self._opposed.setdefault(key, {}).update({actor.id: actor for actor in bloc.opposed_to})
        quoted = (Quoted(b, e, article.text[b:e]) for b, e in bloc.spans)
        self._evidence.setdefault(key, []).extend(
            Evidence(article=article.id, date=article.date, chain=bloc.chain, span=span) for span in quoted
        )

    def lines(self) -> Iterator[BlocLine]:
        """Each bloc with all that any article tells of it."""
        for key, actor in self._actors.items():
            yield BlocLine(
                id=content_id("bloc", key),
                name=actor.name,
                form=self._forms[key],
                members=[_member_line(told) for told in self._members[key].values()],
                opposed_to=list(self._opposed[key].values()),
                evidence=self._evidence[key],
            )


class _Membership(NamedTuple):
    """What one article, of ``date`` or ``""``, tells of a member."""

    member: BlocMember
    article: str
    date: str


def _member_line(told: Sequence[_Membership]) -> MemberLine:
    """A member with the surest of its statuses. That it left or is none counts unless a later article tells otherwise."""
    back = max((t.date for t in told if t.member.status in ("stated", "proposed")), default="")
    counting = [t for t in told if t.member.status not in GONE or t.date >= back] or told
    best = min((t.member for t in counting), key=lambda member: SUREST.index(member.status))
    articles = [] if best.status == "background" else [t.article for t in told if t.member.status == best.status]
    return MemberLine(actor=best.actor, status=best.status, articles=list(dict.fromkeys(articles)))


def actor_line(found: ActorSummary) -> ActorLine:
    """The line of an actor that a ledger has counted."""
    names: Counter[str] = Counter()
    for written, times in found.names:
        names[plain_name(written, (0, len(written)))] += times
    return ActorLine(
        id=found.actor.id,
        name=found.actor.name,
        code=found.actor.code,
        kind=found.kind,
        names=list(dict.fromkeys([found.actor.name, *(name for name, _ in names.most_common() if name)])),
        roles=list(found.roles),
        count=found.count,
    )


def plain_name(text: str, span: Span) -> str:
    """The words of a span as a name: one line, without quotation marks and an article in front; empty if they are no name.

    Small letters are for particles alone: “the leaders of Iran” name somebody, but are no name.
    """
    name = _ARTICLE.sub("", " ".join(text[slice(*span)].split()).strip(_EDGES)).removesuffix("’s").removesuffix("'s")
    words = re.findall(r"[^\W\d_]+", name)
    small = [word for word in words if word.islower() and word not in PARTICLES and word.upper() != word]
    return "" if small or len(words) > LONGEST_NAME else name
