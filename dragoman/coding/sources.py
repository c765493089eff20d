"""Whose words these are: the name and the kind of a source, as the article itself lets them be known.

Names are taken as written. A short form, a pronoun or “the source” takes the name under which the article introduced it;
states, offices and organisations get their ids and codes when actors are resolved, which is another stage's work.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from dragoman.coding import cues
from dragoman.coding.states import is_state
from dragoman.types import Actor, Article, Attribution, Mention, SourceKind, Span, content_id

LONGEST_PHRASE = 14
"""Words of a phrase that a relative pronoun may point to."""
LONGEST_NAME = 5
"""Words that the name of a person may have."""
UNSPECIFIED = "[unspecified]"
UNNAMED_AUTHOR = "[unnamed author]"

_EDGES = " \t\n\u00a0,;:.–—-«»“”\"‘’'()[]…،؛"
_PARTNERS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"), ("„", "“"), ("‘", "’"))
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_OF_OFFICE = re.compile(r"\s*(?:of|de|du)\s+[^\W_]+\s+(?=[^\W_]+\s+[^\W_]+)")
"""What may stand between an office and two names or more: “Secretary *of State* Hana Aziz”."""
_INTRODUCED = re.compile(
    r"([^\W\d_a-z][^\W_]*(?:[-'’ ](?:al|el|bin|ben|ibn|van|de|von|[^\W\d_a-z][^\W_]*\.?))+),\s+(?=[^\W\d_A-Z])"
)
"""“Ali Karam, a member of …”: two or more capitalised words before a comma and a small letter."""
_NAME = re.compile(r"[^\W\d_a-z][^\W_]*\.?(?:[-'’ ](?:al|el|bin|ben|ibn|van|de|von|[^\W\d_a-z][^\W_]*\.?)){0,4}")
"""One to five capitalised words."""
_BEHIND_HEAD = re.compile(r"\s(?:of|in|from|with|who|that|close|familiar|at|inside|within|near|на|в|из|من|في|de|du)\s")
_JOINT = re.compile(r"\s*(?:,|and\b|&|и\b|و|et\b|ve\b|y\b)(?!.*\b(?:of|by|with|for|who|to)\b)", re.IGNORECASE)
_ONE_OF_MANY = re.compile(r"(?:[Aa]n?|[Oo]ne|[Aa]nother|[Uu]ne?|[Ee]in|[Bb]ir)\s+(?:[^\W_]+[-\s]){0,3}?[^\W\d_A-ZА-Я][^\W_]*")
"""“An officer …”: somebody or something that has no name."""
_NAME_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A source as the article names it."""

    name: str
    kind: SourceKind
    key: str
    """What is the same for all references to one source within an article."""


def trim(text: str, span: Span) -> Span:
    """The span without white space, commas and quotation marks at its edges; a mark whose partner lies inside stays."""
    b, e = span
    while b < e and text[b] in _EDGES:
        b += 1
    while b < e and text[e - 1] in _EDGES:
        e -= 1
    if e < span[1] and text[e] == "." and _INITIALS.search(text, max(b, e - 8), e):
        e += 1  # the last point of “U.S.”
    inside = text[b:e]
    for opening, closing in _PARTNERS:
        more = inside.count(opening) - inside.count(closing)
        if more > 0 and (at := text.find(closing, e, span[1])) >= 0:
            e = at + 1
        elif more < 0 and (at := text.rfind(opening, span[0], b)) >= 0:
            b = at
    return b, e


def voice_of(article: Article) -> str:
    """The name of the article's own voice: its outlet, else its author."""
    return article.outlet or article.author or UNNAMED_AUTHOR


def actor_of(source: Source) -> Actor:
    """The provisional actor of a source: its id hashes the name, casefolded."""
    return Actor(id=content_id("actor", source.key), name=source.name)


class Introductions:
    """Who the article has introduced, and where: to find the full name behind a short one or a pronoun."""

    def __init__(self, article: Article, mentions: Sequence[Mention]) -> None:
        self.article = article
        self.text = article.text
        self.mentions = sorted((m for m in mentions), key=lambda m: m.b)
        self._begins = [m.b for m in self.mentions]
        people = (_person(_clean(self.text[m.b : m.e])) for m in self.mentions if m.type == "person")
        self._fullest = _fullest({person for person in people if _is_name(person)})
        self._one: Source | None = None  # the last single person who spoke
        self._many: Source | None = None  # the last group or institution that spoke
        self._last: tuple[Source, int] | None = None  # who spoke last, and up to where
        self._last_unnamed: Source | None = None
        self._unnamed: dict[str, Source] = {}  # head noun -> the unnamed source that it introduced

    def inside(self, span: Span, kind: str | None = None) -> list[Mention]:
        """Mentions within the span, of one type if given."""
        first = bisect_right(self._begins, span[0] - 1)
        found = []
        for number in range(first, len(self.mentions)):
            mention = self.mentions[number]
            if mention.b >= span[1]:
                break
            if mention.e <= span[1] + 2 and kind in (None, mention.type):
                found.append(mention)
        return found

    def full_name(self, name: str) -> str:
        """The longest name of a person in the article that ends or begins with the given one."""
        return self._fullest.get(_words(name), name)

    def source(self, span: Span | None, place: int | None = None) -> Source:
        """The source that a span names; without one, who spoke last in the paragraph of ``place``, or nobody in particular."""
        if span is None:
            if self._last and place is not None and "\n" not in self.text[self._last[1] : place]:
                return self._last[0]
            return Source(name=UNSPECIFIED, kind="anonymous", key="")
        written = _clean(self.text[slice(*trim(self.text, span))])
        if cues.RELATIVES.fullmatch(written):
            antecedent = self._before(span)
            if antecedent is None:
                return self.source(None, span[0])
            span = antecedent
            written = _clean(self.text[slice(*span)])
        source = self._known(written) or self._described(written, span)
        if source.kind in ("person", "author"):
            self._one = source
        else:
            self._many = source
            if source.kind == "anonymous":
                self._one = source
        self._last = source, span[1]
        return source

    def _before(self, relative: Span) -> Span | None:
        """What a relative pronoun follows: the mention before it (“Karam, who …”) or the phrase that opens its sentence."""
        k = bisect_left(self._begins, relative[0]) - 1
        if k >= 0 and self.mentions[k].type not in ("time", "money", "place"):
            mention = self.mentions[k]
            if mention.e <= relative[0] and not self.text[mention.e : relative[0]].strip(" ,"):
                return mention.b, mention.e
        begin = max(self.text.rfind(mark, 0, relative[0]) + len(mark) for mark in ("\n", ". ", "” ", "? ", "! ", "; "))
        phrase = trim(self.text, (begin if begin > 1 else 0, relative[0]))
        return phrase if 0 < len(self.text[slice(*phrase)].split()) <= LONGEST_PHRASE else None

    def author(self) -> Source:
        """The article's own voice as a source."""
        name = self.article.author or voice_of(self.article)
        return Source(name=name, kind="author", key=name.casefold())

    def _known(self, written: str) -> Source | None:
        """The source behind a pronoun, or behind “the source”."""
        if cues.SELF.fullmatch(written):
            return self.author()
        if cues.PRONOUNS_ONE.fullmatch(written):
            return self._one
        if cues.PRONOUNS_MANY.fullmatch(written):
            return self._many or self._one
        head = _head(written)
        if _refers_back(written) and cues.UNNAMED.search(written):
            return self._unnamed.get(head) or (self._last_unnamed if len(written.split()) == 2 else None)
        return None

    def _described(self, written: str, span: Span) -> Source:
        name, kind = self._classified(written, span)
        key = name.casefold()
        source = Source(name=name, kind=kind, key=key)
        if kind == "anonymous":
            self._unnamed[_head(written)] = self._last_unnamed = source
        return source

    def _classified(self, written: str, span: Span) -> tuple[str, SourceKind]:
        people = [m for m in self.inside(span, "person") if _is_name(_person(_clean(self.text[m.b : m.e])))]
        bare = _ARTICLE.sub("", written, count=1) if _ARTICLE.match(written) else written
        organisations = self.inside(span, "organisation")
        if is_state(bare):
            return bare, "state"
        if people and not (organisations and organisations[0].b < people[0].b and cues.MEDIA.search(written)):
            return self._persons(people), "person"
        introduced = _INTRODUCED.match(written)
        if introduced:
            return self.full_name(_person(introduced[1])), "person"
        titled = _person(bare)
        if titled != bare and _NAME.fullmatch(titled):
            return self.full_name(titled), "person"
        outlet = cues.MEDIA_SHAPE.search(bare) or cues.MEDIA_NAMES.search(bare)
        if outlet:
            described = any(match.end() > outlet.end() for match in cues.MEDIA.finditer(bare))
            return (bare if described else outlet.group()), "media"
        if cues.MEDIA.search(written):
            return bare, "media"
        if cues.PRONOUNS_ONE.fullmatch(written) or self.full_name(bare) != bare:
            return self.full_name(bare), "person"
        if cues.OFFICIAL_VOICE.search(written):
            return bare, self._institution(written, span)
        if cues.UNNAMED.search(written) or _ONE_OF_MANY.match(written):
            return bare.split(", ")[0], "anonymous"
        if cues.OFFICE.search(written) and not cues.GOVERNMENT.search(written[:3] + written[3:].split(" of ")[0]):
            return bare, "person"
        if organisations or cues.GOVERNMENT.search(written) or self.inside(span, "place") or self.inside(span, "people"):
            return bare, self._institution(written, span)
        if written[:1].islower() or not written:
            return written or UNSPECIFIED, "anonymous"
        return bare, "organisation" if len(written) > 1 else "anonymous"

    def _persons(self, people: list[Mention]) -> str:
        """The full name of the last person, or the names of all if they are joined by “and”."""
        names = [self.full_name(_person(_clean(self.text[m.b : m.e]))) for m in people]
        joined = all(_JOINT.match(self.text[x.e : y.b]) for x, y in pairwise(people))
        return " and ".join(dict.fromkeys(names)) if joined else names[-1]

    def _institution(self, written: str, span: Span) -> SourceKind:
        if cues.GOVERNMENT.search(written):
            return "state"
        if self.inside(span, "organisation"):
            return "organisation"
        return "state" if self.inside(span, "place") or self.inside(span, "people") else "organisation"


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _NAME_WORD.findall(name))


def _fullest(people: set[str]) -> dict[tuple[str, ...], str]:
    """For the words at either end of each name of up to five words, the longest such name."""
    found: dict[tuple[str, ...], str] = {}
    for person in sorted(people, key=lambda p: (-len(_words(p)), p)):
        words = _words(person)
        if len(words) <= LONGEST_NAME:
            for k in range(1, len(words) + 1):
                found.setdefault(words[-k:], person)
                found.setdefault(words[:k], person)
    return found


def _clean(written: str) -> str:
    joined = " ".join(written.split())
    return _POSSESSIVE.sub("", joined[slice(*trim(joined, (0, len(joined))))])


def _is_name(name: str) -> bool:
    """Whether a mention looks like a name: capitalised words, or a script without capitals."""
    return len(name) > 1 and (_NAME.fullmatch(name) is not None or name.upper() == name.lower())


def _person(name: str) -> str:
    """The name without the office before it: “Deputy Press Secretary Hana Aziz” is Hana Aziz."""
    offices = list(cues.OFFICE.finditer(name))
    if not offices:
        return name
    end = next(match.end() for match in _NAME_WORD.finditer(name) if match.end() >= offices[-1].end())
    of_what = _OF_OFFICE.match(name, end)
    rest = name[of_what.end() if of_what else end :].strip()
    return rest if _NAME.fullmatch(rest) else name


def _head(written: str) -> str:
    """The word that a noun phrase is about: the last one before a preposition or relative clause."""
    stop = _BEHIND_HEAD.search(f"{written} ")
    front = written[: stop.start()] if stop else written
    if front.lower() in ("one", "some", "many", "several", "two", "most"):
        front = written
    words: list[str] = _NAME_WORD.findall(front) or [written]
    return words[-1].casefold()


def _refers_back(written: str) -> bool:
    """Whether a noun phrase points to somebody already introduced: “the source”, “one of the sources”."""
    low = written.casefold()
    return low.startswith(("the ", "one of the ", "this ", "that ", "same ", "le ", "la ", "les ", "ال")) or " of the " in low


def main_spans(attribution: Attribution, text: str) -> tuple[Span | None, Span | None]:
    """(source, cue): of broken roles the longest piece, trimmed; None for an empty role."""

    def longest(spans: tuple[Span, ...]) -> Span | None:
        trimmed = [s for s in (trim(text, span) for span in spans) if s[0] < s[1]]
        return max(trimmed, key=lambda s: s[1] - s[0], default=None)

    cue = max(attribution.cue, key=lambda s: s[1] - s[0], default=None)
    return longest(attribution.source), cue
