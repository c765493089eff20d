"""The blocs that an article names or tells of: who stands together, under what name, against whom, and by whose account.

A bloc is known by its name where the gazetteer has it, else by its members (“the Paris-Berlin axis” is “the German-French
axis”), by whom it stands against, or by whom it supports.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from dragoman.coding import bloc_words as words
from dragoman.coding.frames import SIGN, Frame, Slot, reframed
from dragoman.coding.macros import WITHDRAWN, expand, standing
from dragoman.coding.telling import Telling
from dragoman.types import Actor, Bloc, BlocForm, BlocMember, CastMember, MemberStatus, Relation, Span, content_id

SCORE = 0.8
"""Score of a bloc: rules find it, there is no probability to give."""
FEWEST_BACKERS = 3
"""So many who are said in one breath to support somebody are told of as a group."""
KNOWN = frozenset(("alliance", "bloc", "international"))
WHOLE = frozenset(("COMPOUND", "LED", "LISTED"))
BY_NAME = frozenset(("alliance",))
"""Kinds of actors that are told as blocs wherever they are named."""
NO_MEMBERS = frozenset(("media", "people", "alliance", "bloc"))
_LEADING = re.compile(r"^(?:the|an?|this|that|le|la|les|l'|so-called|new|own|its|their|his)\s+", re.IGNORECASE)
_EDGES = " \t\n'’‘\"“”«».,;:()[]-–—"
_GONE: Mapping[str, MemberStatus] = {
    "negated": "denied",
    "conditional": "proposed",
    "proposed": "proposed",
    "predicted": "proposed",
}


class Told(NamedTuple):
    """What one match tells of a bloc, before all that tells of the same bloc is put together; ``spans`` begins with its name.

    ``whole``: the actors in the name stand there for the bloc alone, not for themselves.
    """

    actor: Actor
    spans: tuple[Span, ...]
    members: tuple[BlocMember, ...] = ()
    opposed_to: tuple[Actor, ...] = ()
    whole: bool = False
    form: BlocForm = "bloc"


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """The compiled patterns of ``bloc_words`` of a kind, such as COMPOUND."""
    rows = getattr(words, kind)
    more = {
        "{C}": rf"{SIGN}(?: ?[-–/] ?{SIGN})+",
        "{H}": words.HEADS,
        "{OPEN}": words.OPEN_HEADS,
        "{N}": r"(?:(?:(?-i:[A-Z])[\w'-]*|so-called|new|united|joint|tripartite|regional|military|political|common) ){0,3}",
        "{HOLDS}?": words.HOLDS,
        "{HOLDS}": words.HOLDS,
        "{MEMBERS}": words.MEMBERS,
        "{FUTURE}": words.FUTURE,
        "{any60}": r"[^.]{0,60}?",
    }
    return tuple(re.compile(expand(row, more), re.IGNORECASE) for row in ((rows,) if isinstance(rows, str) else rows))


_HEAD = re.compile(
    rf"\b{words.HEADS}\b|\bcountries\b|\bstates\b|\bpowers\b|\bdrills?\b|\bexercises?\b|\bman(?:oeuvres|euvers)\b",
    re.IGNORECASE,
)


def blocs_in(frame: Frame, kinds: Mapping[str, str]) -> list[Told]:
    """What a sentence tells of blocs; ``kinds`` are those of the article's actors, by id."""
    found = list(_of_words(frame, kinds)) if _HEAD.search(frame.text) else []
    known = with_blocs(frame, found)
    if any(slot.bloc for slot in known.slots.values()):
        found += _of_known(known, kinds)
    return found


def with_blocs(frame: Frame, told: Iterable[Told]) -> Frame:
    """The frame with the blocs of which it tells in the place of the actors that stand in their names and lists."""
    blocs = [Slot(told_of.spans[-1], (told_of.actor,), "name", bloc=True) for told_of in told if told_of.whole]
    return reframed(frame, blocs) if blocs else frame


def _of_words(frame: Frame, kinds: Mapping[str, str]) -> Iterator[Told]:
    """Blocs that the words of a sentence name."""
    taken: list[Span] = []
    for kind in ("COMPOUND", "LED", "AGAINST", "LISTED", "CAMP", "EXERCISE"):
        for pattern in _patterns(kind):
            for match in pattern.finditer(frame.text):
                if any(b < match.end("name") and match.start("name") < e for b, e in taken):
                    continue
                if new := _of_match(frame, match, kind, kinds):
                    taken.append(match.span("name"))
                    yield new


def code_blocs(
    telling: Telling, told: Iterable[Told], cast: Sequence[CastMember], relations: Sequence[Relation]
) -> tuple[Bloc, ...]:
    """The blocs of an article in the order in which it first tells of them.

    ``told`` is what its sentences tell (``blocs_in``), ``relations`` what its words tell: memberships and backers are taken
    from there.
    """
    members = {member.actor.id: member for member in cast}
    text = telling.article.text
    together: dict[str, list[Told]] = defaultdict(list)
    for each in sorted((*told, *_joined_or_left(text, relations, members), *_backers(relations), *_by_name(cast)), key=_place):
        together[each.actor.id].append(each)
    return tuple(_bloc(telling, all_of_it, members, relations) for all_of_it in together.values())


def _place(told: Told) -> Span:
    return told.spans[0]


def _bloc(telling: Telling, found: Sequence[Told], told: Mapping[str, CastMember], relations: Sequence[Relation]) -> Bloc:
    actor = found[0].actor
    members: dict[str, BlocMember] = {}
    for member in (member for each in found for member in each.members):
        known = members.get(member.actor.id)
        if member.actor.id != actor.id and (known is None or _RANK[member.status] < _RANK[known.status]):
            members[member.actor.id] = member
    background = told[actor.id].members if actor.id in told else ()
    for other in background:
        members.setdefault(other.id, BlocMember(actor=other, status="background"))
    against = {a.id: a for each in found for a in each.opposed_to if a.id not in members}
    against |= {r.target.id: r.target for r in relations if r.source.id == actor.id and r.sign < 0 and r.kind != "member_of"}
    spans = tuple(dict.fromkeys(span for each in found for span in each.spans))
    return Bloc(
        id=content_id("bloc", telling.article.id, actor.id),
        article=telling.article.id,
        actor=actor,
        form=found[0].form,
        spans=spans,
        members=tuple(members.values()),
        opposed_to=tuple(against.values()),
        chain=telling.chain_at(spans[0]),
        score=SCORE,
    )


_RANK: Mapping[MemberStatus, int] = {"left": 0, "denied": 1, "stated": 2, "proposed": 3, "background": 4}
"""What an article tells last of a member: who left is no member any more."""


def _of_known(frame: Frame, kinds: Mapping[str, str]) -> Iterator[Told]:
    """Members that are told of a bloc with a known name."""
    for pattern in _patterns("OF_KNOWN"):
        for match in pattern.finditer(frame.text):
            bloc = frame.slots[match["B"]]
            groups = match.groupdict()
            status = "proposed" if groups.get("future") or groups.get("proposed") else _status(frame, match)
            members = [*_members(frame, groups.get("M0"), "stated", kinds), *_members(frame, match["M"], status, kinds)]
            if members:
                span = frame.span(*match.span())
                yield Told(bloc.actors[0], (bloc.span, span), tuple(members))


def _of_match(frame: Frame, match: re.Match[str], kind: str, kinds: Mapping[str, str]) -> Told | None:
    groups = match.groupdict()
    status = _status(frame, match)
    members = [m for part in ("M0", "M") for m in _members(frame, groups.get(part), status, kinds)]
    targets = [actor for slot in frame.named(groups.get("B") or "") for actor in slot.actors]
    if kind in ("COMPOUND", "LISTED", "EXERCISE") and len({m.actor.id for m in members}) < 2:
        return None
    if kind in ("AGAINST", "CAMP") and not targets:
        return None
    ids = sorted({member.actor.id for member in members}), sorted({target.id for target in targets})
    whole = frame.span(*match.span())
    name_span = frame.span(*match.span("name"))
    if kind == "LISTED" and not _is_proper(frame, match):
        name_span = whole
    if kind == "AGAINST" and not match["name"].startswith("anti-"):
        name_span = frame.span(match.start("name"), match.end("B"))
    name = _name(frame, name_span)
    key: tuple[object, ...] = {
        "COMPOUND": ("members", ids[0]),
        "LISTED": ("members", ids[0]),
        "AGAINST": ("against", ids[1]),
        "CAMP": ("camp", ids[1]),
    }.get(kind, ("name", name.casefold()))
    opposed = targets if kind == "AGAINST" else []
    if kind != "AGAINST" and (counter := _patterns("TO_COUNTER")[0].match(frame.text[match.end() :])):
        opposed = [actor for slot in frame.named(counter["B"]) for actor in slot.actors]
    return Told(
        Actor(id=content_id("actor", "bloc", *key), name=name),
        (name_span, whole),
        members=tuple(members),
        opposed_to=tuple(opposed),
        whole=kind in WHOLE,
        form="participants" if kind == "EXERCISE" else "bloc",
    )


def _is_proper(frame: Frame, match: re.Match[str]) -> bool:
    """Whether the words before the list are a name by themselves: “the Arab Quartet”, not “the trio”."""
    return any(word[:1].isupper() for word in match["name"].split()[1:]) or SIGN_IN.search(match["name"]) is not None


SIGN_IN = re.compile(SIGN)


def _name(frame: Frame, span: Span) -> str:
    name = " ".join(frame.source[slice(*span)].split()).strip(_EDGES)
    while (shorter := _LEADING.sub("", name, count=1)) != name:
        name = shorter.strip(_EDGES)
    return name


def _members(frame: Frame, listed: str | None, status: MemberStatus, kinds: Mapping[str, str]) -> Iterator[BlocMember]:
    for slot in frame.named(listed or ""):
        if not slot.bloc and kinds.get(slot.actors[0].id) not in NO_MEMBERS:
            yield from (BlocMember(actor=actor, status=status, span=slot.span) for actor in slot.actors)


def _status(frame: Frame, match: re.Match[str]) -> MemberStatus:
    if re.match(words.MAY_BE, frame.text[match.end() :]):
        return "proposed"
    return _GONE.get(standing(frame.text, *match.span(), 1)[0], "stated")


def _joined_or_left(text: str, relations: Iterable[Relation], told: Mapping[str, CastMember]) -> Iterator[Told]:
    """Membership in a known bloc that a sentence tells of one actor."""
    for relation in relations:
        member = told.get(relation.target.id)
        if relation.kind == "member_of" and member and member.kind in KNOWN:
            status = _GONE.get(relation.status, "stated")
            if relation.sign < 0 and WITHDRAWN.search(text, *relation.span):
                status = "left"
            yield Told(
                relation.target, (relation.span,), (BlocMember(actor=relation.source, status=status, span=relation.span),)
            )


def _backers(relations: Iterable[Relation]) -> Iterator[Told]:
    """Those who in one breath are said to support somebody."""
    together: dict[tuple[str, Span], list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.kind == "supports" and relation.sign > 0 and relation.status == "stated":
            together[relation.target.id, relation.span].append(relation)
    for (target, span), backing in together.items():
        if len(backing) >= FEWEST_BACKERS:
            actor = Actor(id=content_id("actor", "bloc", "backers", target), name=f"backers of {backing[0].target.name}")
            yield Told(
                actor, (span,), tuple(BlocMember(actor=r.source, status="stated", span=span) for r in backing), form="backers"
            )


def _by_name(cast: Sequence[CastMember]) -> Iterator[Told]:
    """Alliances that are known by name, whatever else is told of them."""
    for member in cast:
        spans = tuple(naming.span for naming in member.namings if naming.form == "name")
        if member.kind in BY_NAME and spans:
            yield Told(member.actor, spans)
