"""What the macros of ``relation_words`` and ``bloc_words`` stand for, and what the words around a match say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from dragoman.coding.frames import ANY_SIGN, BLOC_SIGN, OWN_SIGN, SIGN, STRONG
from dragoman.coding.relation_words import CONDITIONS, FORECASTS, NEGATIONS, PASTS, PROPOSALS
from dragoman.types import RelationStatus

WINDOW = 24
"""Characters before a match in which a condition or a doubt still bears on it."""
_LIST_JOINT = (
    r"(?:,? (?:and|or|plus|as well as|along with|together with|alongside|&|и|et|ve|ile|و|ainsi que) (?:also )?|[,،] |/)"
)
_BEFORE = (
    r"(?:(?:the|both|all|its|his|their|our|fellow|regional|neighbou?ring|then|former|other|various|countries like|rival|main"
    r"|key|la|le|les|l'|des|du) ?)*"
)
_ONE = rf"{_BEFORE}{SIGN}(?:'s?)?"
_OF_WHICH = r",? (?:among (?:which|whom|them) (?:are|is)|including|such as|notably|especially|particularly|primarily|namely) "
_LIST = rf"{_ONE}(?:{_LIST_JOINT}{_ONE})*"
_FIRST = rf"{SIGN}(?:'s?)?"
_FIRST_LIST = rf"{_FIRST}(?:{_LIST_JOINT}{_ONE})*"
_FIRST_AND_LIST = rf"{_FIRST}(?:{_LIST_JOINT}{_ONE})+"
_AND_LIST = rf"{_ONE}(?:{_LIST_JOINT}{_ONE})+"
_UNATTACHED = "".join(
    rf"(?<!\b{word} {SIGN})"
    for word in ("in", "from", "at", "on", "by", "with", "to", "near", "against", "for", "than", "over")
)
_HELPERS = (
    r"(?: (?:has|have|had|having|is|are|was|were|been|being|be|will|would|could|may|might|should|can|also|not|never|no longer"
    r"|still|now|long|often|already|to|continues?|continued|began|begun|started|wants?|seems?|appears?|remains?|became|become|who|which|that|all"
    r"|[\w]+ly|repeatedly|не|ne|n'\w+|pas|сам\w*)\b|n't)*"
)
_ASIDE = rf"(?:,? (?:for {ANY_SIGN} part|on the other hand|however|meanwhile|in turn|too|also),?)?(?:, [^,{STRONG}]{{1,60}},)?"
_NOT_TURNED = (
    r"(?!(?:rivals?|against|calls?|demands?|victims?|refugees|war)\b"
    r"|oppos|opponent|enem|foes?\b|critic|attack|anti-|fight|toppl|oust|overthrow|destroy|defeat|kill|remov|unseat"
    r"|destabili|drive out)"
)
_WORDS = rf"(?:{_NOT_TURNED}[\w'-]+ ){{0,3}}"
_MACROS = (
    # what stands behind “in” or “with” opens no clause
    ("{S}", rf"(?P<A>{SIGN}{_UNATTACHED}(?:'s?)?(?:(?:(?:, | و ){_ONE})*{_LIST_JOINT}{_ONE})?){_ASIDE}"),
    ("{M}", rf"(?P<M>(?:both |{_BEFORE}){_AND_LIST}|{_BEFORE}[\ue000-\uf8ff])"),
    ("{v}", _HELPERS),
    ("{w}", _WORDS),
    ("{q}", rf"(?:{ANY_SIGN} |{_NOT_TURNED}[\w'-]+ ){{0,4}}?"),
    ("{L1}", _LIST),
    ("{L}", _AND_LIST),
    ("{K}", BLOC_SIGN),
    ("{X}", SIGN),
    ("{gap}", rf"[^.;{STRONG}]{{0,80}}? ?"),
    ("{any}", r"[^.;]{0,160}?"),
)
NO_MORE: Mapping[str, str] = MappingProxyType({})
ASKED = re.compile(r"\{([AB])(?::(\w+))?\}")


def expand(pattern: str, more: Mapping[str, str] = NO_MORE) -> str:
    """The regular expression of a pattern; ``more`` macros are taken before the common ones.

    A pattern that begins with a list begins with the sign of an actor: so it is tried where there is one, and nowhere else.
    """
    if pattern.startswith("{M}"):
        pattern = f"(?P<M>{_FIRST_AND_LIST}|{ANY_SIGN}){pattern[3:]}"
    elif opening := ASKED.match(pattern):
        pattern = _side(opening, first=True) + pattern[opening.end() :]
    for macro, meaning in (*more.items(), *_MACROS):
        pattern = pattern.replace(macro, meaning)
    return ASKED.sub(_side, pattern)


def _side(asked: re.Match[str], *, first: bool = False) -> str:
    """The group of one side: a list of actors, just one, or a bloc with a name."""
    name, kind = asked.groups()
    one, several = (_FIRST, _FIRST_LIST) if first else (_ONE, _LIST)
    if kind == "bloc":
        return rf"(?P<{name}>{BLOC_SIGN})"
    if kind == "one":
        return rf"(?P<{name}>{one})"
    if kind == "own":
        return rf"(?P<{name}>{OWN_SIGN})"
    return rf"(?P<{name}>{several}(?:(?: \w+)?{_OF_WHICH}{_LIST})?|{OWN_SIGN})"


@cache
def _context(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def standing(text: str, b: int, e: int, sign: int) -> tuple[RelationStatus, int]:
    """(status, sign) of what the frame tells from ``b`` to ``e``: a negation turns a tie around."""
    words = text[b:e]
    if sign < 0 and WITHDRAWN.search(words):
        return "negated", sign
    if _context(NEGATIONS).search(words):
        return "negated", -sign if sign > 0 else 0
    before = text[max(0, b - WINDOW, text.rfind(",", 0, b), text.rfind(";", 0, b)) : e]
    checks: tuple[tuple[str, RelationStatus], ...] = (
        (CONDITIONS, "conditional"), (PROPOSALS, "proposed"), (FORECASTS, "predicted"), (PASTS, "past"),
    )  # fmt: skip
    return next((status for pattern, status in checks if _context(pattern).search(before)), "stated"), sign


WITHDRAWN = re.compile(r"\b(?:abandon|ditch|desert|betray|withdr[ae]w|pull\w* out|left\b|leav|quit|exit)", re.IGNORECASE)
