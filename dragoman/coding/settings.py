"""When and where an event took place: by its own words, else by what the article lets one know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from dragoman.coding.lexicon import WORD, Lexicon, language_of, load
from dragoman.coding.status import FACTS
from dragoman.coding.times import Time, find_times
from dragoman.types import Actor, Argument, Article, EventDate, EventPlace, Happening, Mention, Reading, Span

Places = Mapping[Span, EventPlace]
NOWHERE: Places = MappingProxyType({})
REACHED = frozenset({"MOBILIZE"})
"""Types that take place where they lead to (*sent ships to the strait*)."""
LOCATED = frozenset({"AID", "ASSAULT", "MOBILIZE", "PROTEST"})
"""Types that take place where those are to whom they are done, if that is a place (*shelled Tripoli*)."""
HOSTED = frozenset({"CONSULT", "COOPERATE"})
"""Types that somebody may host."""
CODE_OF_STATE = 3
"""Letters that the code of a state has, and with which all codes of its actors begin."""
NEXT = 8
"""Characters between a word of hosting and whoever stands behind it (*hosted by the*)."""
PARTED = 40
"""Characters that a comma between a trigger and a place counts for."""
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_THAT = re.compile(r"\b(?:that|что|أن|que|dass)\b", re.IGNORECASE)
_AFTER = MappingProxyType(
    {
        "en": (re.compile(r"\s+after\s", re.IGNORECASE), "{} ago"),
        "fr": (re.compile(r"\s+après\s", re.IGNORECASE), "il y a {}"),
        "ru": (re.compile(r"\s+после\s", re.IGNORECASE), "{} назад"),
        "ar": (re.compile(r"\s+من\s"), "قبل {}"),
        "he": (re.compile(r"\s+(?:אחרי|לאחר)\s"), "לפני {}"),
        "fa": (re.compile(r"\s+(?:پس|بعد) از\s"), "{} پیش"),
    }
)
"""Behind a span of time, what makes it the distance to a deed (*a week after they had met*), and the same seen from today."""
_SPAN_WORDS = 2
"""Words of such a span of time."""
_COMMA = re.compile("[,،;]")
_LONGEST_HEADING = 12
"""Characters besides a date that a line may have to be a heading of the section below it."""


class Dates:
    """The dates of one article's events."""

    def __init__(self, article: Article, times: Sequence[Time]) -> None:
        self.article = article
        self.dated = [t for t in times if t.type == "date" and t.start]
        self.times = times
        self._sections = list(_sections(article.text, self.dated))

    def of(self, happening: Happening, sentence: Span) -> EventDate | None:
        """What the words that say when come to; without them the one date that the sentence names, the date at the head of the
        section, or, of what is told as a fact, the article's.

        None where nothing tells. The article's date is the last day that it can have been: news tells what has just happened.
        """
        when = nearest(happening, "time")
        named = [t for t in self.dated if sentence[0] <= t.b and t.e <= sentence[1]]
        if not named and (since := self._since(happening.trigger, sentence)):
            return since
        if when is None:
            if len(named) == 1:
                return EventDate(start=named[0].start, end=named[0].end, basis="text", span=(named[0].b, named[0].e))
            return None if named else self._of_section(sentence) or self._of_article(happening)
        found = next((t for t in self.times if t.b < when[1] and when[0] < t.e and t.start), None)
        if own := self._own(when, happening.trigger, named):
            found, when = own, (own.b, own.e)
        if found is None:
            return EventDate(start=None, end=None, basis="text", span=when)
        return EventDate(start=found.start, end=found.end, basis="text", span=when)

    def _since(self, trigger: Span, sentence: Span) -> EventDate | None:
        """What a sentence that opens *A week after they had met, …* tells of: so long before the day of the article, if it
        has no date of its own to count from.
        """
        text, date, language = self.article.text, self.article.date, language_of(self.article.language)
        after, ago = _AFTER.get(language, (None, ""))
        if after is None or not date or not _DAY.fullmatch(date):
            return None
        for behind in after.finditer(text, sentence[0], trigger[0]):
            if _COMMA.search(text, behind.end(), trigger[0]):
                continue
            words = [w.start() for w in WORD.finditer(text, sentence[0], behind.start())]
            if len(words) > _SPAN_WORDS + 1:
                break
            for b in words[-_SPAN_WORDS:]:  # “two days”, else “days”
                phrase = ago.format(text[b : behind.start()].casefold())
                found = find_times(phrase, date=date, language=language)
                if found and found[0].start and found[0].e - found[0].b == len(phrase):
                    return EventDate(start=found[0].start, end=found[0].end, basis="text", span=(b, behind.start()))
        return None

    def _own(self, when: Span, trigger: Span, named: Sequence[Time]) -> Time | None:
        """Of the dates of its sentence the one behind the trigger, where a *that* stands between it and ``when``: *On Monday he
        learnt that they met on Friday* has a day of its own for the meeting.
        """
        if not _THAT.search(self.article.text, when[1], trigger[0]):
            return None
        behind = [t for t in named if trigger[1] <= t.b]
        return behind[0] if len(behind) == 1 else None

    def _of_section(self, sentence: Span) -> EventDate | None:
        heading = next((t for t in reversed(self._sections) if t.e <= sentence[0]), None)
        if heading is None:
            return None
        return EventDate(start=heading.start, end=heading.end, basis="section", span=(heading.b, heading.e))

    def _of_article(self, happening: Happening) -> EventDate | None:
        date = self.article.date
        if happening.status not in FACTS or not date or not _ISO.fullmatch(date):
            return None
        return EventDate(start=date, end=date, basis="article", span=None)


def _sections(text: str, dated: Iterable[Time]) -> Iterator[Time]:
    """Dates that stand alone in their line, as over the parts of a chronicle."""
    for time in dated:
        b, e = text.rfind("\n", 0, time.b) + 1, text.find("\n", time.e)
        line = text[b : e if e >= 0 else len(text)]
        if len(line.strip()) - (time.e - time.b) <= _LONGEST_HEADING and e >= 0:
            yield time


class Placing:
    """The places of one article's events."""

    def __init__(self, article: Article, reading: Reading, places: Places) -> None:
        self.text = article.text
        self.places = places
        self.named = [m for m in reading.mentions if m.type == "place"]
        language = language_of(article.language)
        lists = load("sides.toml")[language] if reading.events else {}
        self._verb_first = lists.get("order") == "VSO"
        self._words = Lexicon(
            {label: lists[label] for label in ("locative", "to", "hosting", "by") if lists.get(label)}, language
        )

    def of(self, happening: Happening, sentence: Span, mode: str | None) -> EventPlace | None:
        """Where the words say that it took place; without them the nearest place of the sentence that stands behind a word of
        place (*in*, *near*), or the place to which it is done.
        """
        where = nearest(happening, "place")
        if where is not None:
            return self._place(where)
        inside = [m for m in self.named if sentence[0] <= m.b and m.e <= sentence[1]]
        done_to = [(a.b, a.e) for a in happening.arguments if a.role == "recipient"]
        struck = next((m for m in inside if any(b <= m.b and m.e <= e for b, e in done_to)), None)
        if struck is not None and mode == "visit":
            return self._place((struck.b, struck.e))
        sides = [(a.b, a.e) for a in happening.arguments if a.role in ("actor", "recipient")]
        wanted = {"locative", "to"} if happening.type in REACHED or mode == "visit" else {"locative"}
        located = [m for m in inside if (m.b, m.e) not in sides and self._is_located(m, sentence, wanted)]
        if located:
            best = min(located, key=lambda m: self._distance((m.b, m.e), happening.trigger))
            return self._place((best.b, best.e))
        return self._place((struck.b, struck.e)) if struck is not None and happening.type in LOCATED else None

    def at_host(self, happening: Happening, sentence: Span, hosts: Mapping[Span, Actor]) -> EventPlace | None:
        """Whichever of those that take part hosts what takes place, by a word of hosting near the trigger: the nearest before
        that word, or behind it and its *by*. ``hosts`` are the spans that name a state or a place.
        """
        if happening.type not in HOSTED or not hosts:
            return None
        words = (f for f in self._words.find(self.text, sentence) if "hosting" in f.labels)
        hosting = next((f for f in words if _gap((f.b, f.e), happening.trigger) <= PARTED), None)
        if hosting is None:
            return None
        behind = min((span for span in hosts if 0 <= span[0] - hosting.e <= NEXT), default=None)
        before = max((span for span in hosts if span[1] <= hosting.b), default=None)
        span = behind if behind and (self._verb_first or self._is_by(hosting.e, behind[0])) else before
        if span is None:
            return None
        host = hosts[span]
        if span in self.places or not host.code:
            return self._place(span)
        return EventPlace(span=span, name=host.name, country=host.code[:CODE_OF_STATE])

    def _is_by(self, b: int, e: int) -> bool:
        return any("by" in self._words.labels(word.group()) for word in WORD.finditer(self.text, b, e))

    def _distance(self, one: Span, two: Span) -> int:
        """Characters between two spans; more where a comma parts them."""
        between = self.text[min(one[1], two[1]) : max(one[0], two[0])]
        return len(between) + PARTED * any(mark in between for mark in ",;:")

    def _is_located(self, mention: Mention, sentence: Span, wanted: set[str]) -> bool:
        """Whether a word of place stands before a name, or, past other names and words, before what the name belongs to."""
        words = list(WORD.finditer(self.text, sentence[0], mention.b))[-2:]
        if words and wanted & self._words.labels(words[-1].group()):
            return True
        opened = len(words) > 1 and bool(wanted & self._words.labels(words[0].group()))
        return opened and not any(mark in self.text[words[0].end() : mention.b] for mark in ",;:")

    def _place(self, where: Span) -> EventPlace | None:
        """The place at the span, or a known one within it: “the outskirts of Sirte”. None where an article is all there is."""
        inside = (place for span, place in self.places.items() if where[0] <= span[0] and span[1] <= where[1])
        if known := self.places.get(where) or next(inside, None):
            return known
        name = self.text[slice(*where)]
        if name == name.lower() and all(len(word) < 4 for word in name.split()):
            return None
        return EventPlace(span=where, name=name)


def nearest(happening: Happening, role: str) -> Span | None:
    """The words in a role that stand nearest to the trigger."""

    def distance(argument: Argument) -> int:
        return _gap((argument.b, argument.e), happening.trigger)

    found = min((a for a in happening.arguments if a.role == role), key=distance, default=None)
    return (found.b, found.e) if found else None


def _gap(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1])
