"""One event that an article tells several times is one event with several mentions.

Two tellings are one if type and standing (fact or not) agree, both sides name the same actors, and nothing of date, place and
mode speaks against it. Precision goes first: what names no actor, or names them otherwise, stays apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.coding.status import FACTS
from dragoman.types import Article, Event, EventDate, Participant

STEM = 5
"""Letters that the words of two triggers must share at their beginning to be one word in two forms."""
_LISTED = re.compile(r"[,;]|\b(?:and|or|but|then|et|ou|и|а|но|ve|و)\b|\sو")
_BY_WHICH = re.compile(r"\b(?:in|during|with|through|dans|lors|pendant|в|во|خلال|في)\s(?:[\w-]+\s){0,2}\Z", re.I)
BEHIND = 40
"""Characters before a noun in which it may say that the deed before was done by it (*killed five in an attack*)."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def merged(events: Sequence[Event], article: Article) -> tuple[Event, ...]:
    """The events with those that are one put together, in the order of their first mention; each keeps the id of that."""
    kept: list[Event] = []
    by_type: dict[str, list[int]] = {}
    for event in events:
        same = next((k for k in by_type.get(event.type, ()) if _is_one(kept[k], event, article.text)), None)
        if same is None:
            by_type.setdefault(event.type, []).append(len(kept))
            kept.append(event)
        else:
            kept[same] = _together(kept[same], event)
    return tuple(kept)


def _is_one(one: Event, two: Event, text: str) -> bool:
    if one.sentence == two.sentence:
        return _is_one_here(one, two, text)
    actors, others = _ids(one.actors), _ids(two.actors)
    if not actors or actors != others or _ids(one.recipients) != _ids(two.recipients):
        return False
    if not one.recipients and len(actors) < 2:
        return False  # one name says too little
    if _standing(one) != _standing(two) or (one.mode and two.mode and one.mode != two.mode):
        return False
    return _share_word(one, two, text) and _meet(one.date, two.date) and _is_near(one, two)


def _is_one_here(one: Event, two: Event, text: str) -> bool:
    """Whether two triggers of one sentence tell one event (*arrived for a visit*): the same do it, and to nobody else; or the
    second is the means of the first, and nobody else's (*killed five in an attack*).

    What is listed (*expelled him and recalled their own*) is told apart.
    """
    if _LISTED.search(text, one.trigger[1], two.trigger[0]):
        return False
    actors, others = _ids(one.actors), _ids(two.actors)
    done_to, other = _ids(one.recipients), _ids(two.recipients)
    means = others <= actors and bool(_BY_WHICH.search(text, max(one.trigger[1], two.trigger[0] - BEHIND), two.trigger[0]))
    agree = bool(actors) and (actors == others or means) and (done_to <= other or other <= done_to)
    return agree and _standing(one) == _standing(two) and _meet(one.date, two.date)


def _ids(side: Iterable[Participant]) -> frozenset[str]:
    return frozenset(participant.actor.id for participant in side)


def _standing(event: Event) -> str:
    return "fact" if event.status in FACTS else event.status


def _share_word(one: Event, two: Event, text: str) -> bool:
    """Whether the triggers are forms of one word (*visited*, *visit*)."""
    stems, others = ({w.casefold()[:STEM] for w in _WORD.findall(text[slice(*event.trigger)])} for event in (one, two))
    return not stems.isdisjoint(others)


def _meet(one: EventDate | None, two: EventDate | None) -> bool:
    """Whether two dates have a day in common; a date that the words do not tell speaks against nothing."""
    if not one or not two or "text" not in (one.basis, two.basis) or not (one.start and two.start and one.end and two.end):
        return True
    if one.basis != two.basis:
        return True
    return one.start <= two.end and two.start <= one.end


def _is_near(one: Event, two: Event) -> bool:
    """Whether two places may be one."""
    return one.place is None or two.place is None or one.place.name == two.place.name


def _together(one: Event, two: Event) -> Event:
    """The first telling, with what only the second knows."""
    date = two.date if two.date and two.date.basis == "text" and (one.date is None or one.date.basis != "text") else one.date
    return msgspec.structs.replace(
        one,
        mentions=(*one.mentions, *(m for m in two.mentions if m not in one.mentions)),
        recipients=one.recipients or two.recipients,
        mode=one.mode or two.mode,
        contexts=tuple(dict.fromkeys((*one.contexts, *two.contexts))),
        date=date,
        place=one.place or two.place,
        score=max(one.score, two.score),
    )
