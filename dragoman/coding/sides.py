"""Who does it, and to whom, by the build of the sentence: for events of which the reader leaves a side open.

From the trigger it is looked where the language puts its actors: before an active verb, behind *by* in a passive, as the owner
of a noun (*the ally's raid on the port*), in *talks between X and Y*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from dragoman.coding.lexicon import fold, load
from dragoman.coding.phrases import POSSESSIVE, Phrase, Sentence, names_people
from dragoman.types import Span

REACH = 12
"""Words between a trigger and whom it is done to."""
JUDGEMENTS = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
"""Types that say what one holds of another's deed."""
TOGETHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types of what is done with somebody."""
OWNED = 3
"""Words behind a possessive pronoun among which somebody may stand whom it belongs to (*its old ally Kalby*)."""
REACHED_BY = 9
"""Words from a participle up to the *by* of whoever does it."""
_NOUN_ENDINGS = re.compile(r"(?:tion|sion|ment|ance|ence|ship|ity|ism|ure|talks|visit|raid|strikes|sanctions|support|trip)s?$")
_STOPS = frozenset(";:()—–…")


class Sides(NamedTuple):
    """Spans of those who do it and of those to whom it is done. ``passive``: the sentence has them the other way round."""

    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    passive: bool = False


NOBODY = Sides((), ())


def sides_of(sentence: Sentence, trigger: Span, kind: str, *, busy: Iterable[Span] = ()) -> Sides:
    """Who does what ``trigger`` (of PLOVER type ``kind``) tells, and to whom. ``busy`` are spans that are neither."""
    first, last = sentence.at(trigger)
    if first >= last:
        return NOBODY
    taken = [sentence.at(span) for span in (*busy, trigger)]
    cut = (_before(phrase, taken) for phrase in sentence.phrases)
    free = [p for p in cut if p.first < p.last and all(p.last <= b or e <= p.first for b, e in taken)]
    return _Look(sentence, free, first, last, kind).found()


def lists_of(sentence: Sentence, trigger: Span) -> list[tuple[Span, ...]]:
    """The lists of a sentence (*X, Y and Z*), as spans of their members; none runs over the trigger."""
    look = _Look(sentence, sentence.phrases, *sentence.at(trigger), "")
    found = {tuple(map(sentence.span, look.group(phrase))) for phrase in sentence.phrases}
    return sorted(spans for spans in found if len(spans) > 1)


def _before(phrase: Phrase, taken: Iterable[tuple[int, int]]) -> Phrase:
    """A phrase without the trigger in which it ends: *an Australian* of *an Australian request*."""
    b = min((b for b, e in taken if phrase.first < b < phrase.last <= e), default=phrase.last)
    return phrase._replace(last=b)


class _Look:
    """The search for the sides of one trigger, the words ``first`` to ``last``."""

    def __init__(self, sentence: Sentence, phrases: list[Phrase], first: int, last: int, kind: str) -> None:
        self.s, self.phrases, self.first, self.last, self.kind = sentence, phrases, first, last, kind

    def found(self) -> Sides:
        noun, pair = self.is_noun(), self._between()
        if pair and (noun or not self.subject()):
            return self._sides(pair, [])
        if pair:
            return self._sides(self.subject(), pair)  # who mediates between two is none of them
        return self._of_noun() if noun else self._of_verb()

    def _sides(self, actors: list[Phrase], recipients: list[Phrase]) -> Sides:
        if self.kind in load("sides.toml")["mutual"] and actors and recipients and self._is_with(recipients[0]):
            actors, recipients = [*actors, *recipients], []
        return Sides(tuple(map(self.s.span, actors)), tuple(map(self.s.span, recipients)))

    def _is_with(self, phrase: Phrase) -> bool:
        return any(self.s.has(n, "with") for n in range(max(self.last, phrase.first - 2), phrase.first))

    # what stands around the trigger

    def is_noun(self) -> bool:
        """Whether the trigger is a noun, by the word before it or by its ending."""
        s, before = self.s, self._before()
        if before >= 0 and (s.has(before, "noun_before") or s.words[before].endswith(("’s", "'s", "s’", "s'"))):
            return not s.has(before, "be") and not s.words[self.first].endswith("ing")
        if s.language == "ar":
            return fold(s.words[self.first]).startswith("ال")
        return s.language == "en" and bool(_NOUN_ENDINGS.search(s.words[self.last - 1].casefold()))

    def _before(self) -> int:
        """The number of the word before the trigger, past those that only tell its time or manner."""
        n = self.first - 1
        while n >= 0 and self.s.has(n, "aux") and not self.s.has(n, "be", "noun_before"):
            n -= 1
        return n

    def is_passive(self) -> bool:
        """Whether the trigger is a passive verb: *was hit*, *hit by*."""
        s = self.s
        if any(s.has(n, "be") for n in range(self.first, self.last - 1)):
            return not s.words[self.last - 1].endswith("ing")
        near = range(max(0, self.first - 3), self.first)
        if any(s.has(n, "be") and all(s.has(k, "aux", "be") for k in range(n, self.first)) for n in near):
            return not s.words[self.first].endswith("ing")
        if s.language == "ar" and s.has(self.first - 1, "be"):
            return True
        if s.is_behind:
            return s.has(self.first - 1, "by")
        if s.has(self.last, "by"):
            return not s.words[self.last - 1].endswith("ing") and not s.has(self.last - 1, "besides")
        return self._is_reduced()

    def _is_reduced(self) -> bool:
        """Whether the trigger is a participle behind its noun: *a group listed as hostile by the council*."""
        after_noun = any(p.last == self.first for p in self.phrases)
        return after_noun and self._names() and bool(self.agent(far=True))

    def _names(self) -> bool:
        """Whether the trigger says what somebody is called: *listed as*."""
        return self.s.has(self.last - 1, "naming") and self.s.words[self.last : self.last + 1] == ["as"]

    def group(self, phrase: Phrase) -> list[Phrase]:
        """The phrase with those that are listed with it: *X, Y and Z*."""
        k = self.phrases.index(phrase)
        low = high = k
        while low and self._listed(self.phrases[low - 1], self.phrases[low]):
            low -= 1
        while high + 1 < len(self.phrases) and self._listed(self.phrases[high], self.phrases[high + 1]):
            high += 1
        group = self.phrases[low : high + 1]
        joined = any(self.s.has(n, "and") for a, b in pairwise(group) for n in range(a.last, b.first))
        glued = self.s.language in ("ar", "he") and len(group) > 1
        return group if joined or glued else [phrase]

    def _group_behind(self, n: int) -> list[Phrase]:
        """The first phrase right behind the word with number n, with those that are listed with it."""
        found = next((p for p in self.phrases if n < p.first <= n + 3), None)
        return self.group(found) if found else []

    def _listed(self, one: Phrase, two: Phrase) -> bool:
        between = range(one.last, two.first)
        if "pronoun" in (one.kind, two.kind) or self.first in between:
            return False
        glued = self.s.language in ("ar", "he") and self.s.words[two.first][0] in "وו"
        return (
            len(between) <= 2
            and all(self.s.words[n] == "," or self.s.has(n, "and") for n in between)
            and (bool(between) or glued)
        )

    def _clause_end(self) -> int:
        """The number of the word at which the clause behind the trigger ends."""
        n = self.last
        while n < len(self.s.words) and n - self.last <= REACH:
            if self.s.words[n] in _STOPS or (self.s.has(n, "clause", "relative") and not self.s.has(n, "target", "by")):
                return n
            n += 1
        return n

    def _is_governed(self, phrase: Phrase) -> bool:
        """Whether a preposition stands before the phrase, or another of its list."""
        head = self.group(phrase)[0]
        return self.s.has(head.first - 1, "target", "other", "by", "whose", "with") and not self.s.has(head.first - 1, "aux")

    def _opens(self, phrase: Phrase) -> bool:
        """Whether the phrase stands where a clause begins."""
        head = self.group(phrase)[0]
        n = head.first - 1
        return n < 0 or not self.s.words[n][0].isalnum() or self.s.has(n, "clause", "relative", "and", "aux")

    def subject(self) -> list[Phrase]:
        """Who an active verb has as its subject."""
        s = self.s
        before = [p for p in self.phrases if p.last <= self.first]
        start = self._before()
        if s.has(start, "relative") and before:
            owner = before[-1]
            if start - 1 <= owner.last <= start:
                return self.group(owner)
        free = [p for p in before if not self._is_governed(p)]
        near = [p for p in free if p.last > start]
        if near:
            return self.group(near[-1])
        governed = [
            p for p in free if s.has(self.first - 1, "aux") and p.last >= self.first - 3 and s.has(p.first - 1, "governing")
        ]
        if governed:
            return self.group(governed[-1])
        opening = [p for p in free if self._opens(p)]
        owners = [p for p in before if s.has(self.group(p)[0].first - 1, "whose")]
        chosen = opening or free or owners
        return self.group(chosen[-1]) if chosen else []

    def objects(self) -> list[Phrase]:
        """Whom an active verb or a noun is about: the next phrase behind it that no preposition of place or time governs."""
        end = self._clause_end()
        for phrase in self.phrases:
            if phrase.first < self.last or phrase.first >= end:
                continue
            behind = self.last + self.s.has(self.last - 1, "besides")  # the *by* of *stand by* belongs to the verb
            between = range(behind, phrase.first)
            if any(self.s.has(n, "other", "by") for n in between) or any(self.s.words[n] == "," for n in between):
                return []
            if self._is_subject(phrase):
                return []
            return self._receiver(phrase, end) or self.group(phrase)
        return []

    def _is_subject(self, phrase: Phrase) -> bool:
        """Whether the phrase is the subject of a clause that follows (*the cut it had pushed*)."""
        verb = self.s.has(phrase.last, "aux", "be") and not self.s.has(phrase.last, "to")
        return phrase.kind == "pronoun" and (verb or self.s.has(phrase.first, "nominative"))

    def _receiver(self, thing: Phrase, end: int) -> list[Phrase]:
        """*sent an envoy to Y*: who gets what a giving is about."""
        if self.kind not in load("sides.toml")["giving"] or self.s.has(thing.first - 1, "target"):
            return []
        after = next((p for p in self.phrases if thing.last <= p.first < end), None)
        return self.group(after) if after and self.s.has(after.first - 1, "to") and after.first - thing.last <= 3 else []

    def agent(self, *, far: bool = False) -> list[Phrase]:
        """Whoever stands behind *by*; ``far`` also behind what the trigger's noun is said to be (*listed as hostile by*)."""
        s, end = self.s, self.last + REACHED_BY if far else self._clause_end() + 4
        for n in range(self.last, min(len(s.words), end)):
            if s.words[n] in _STOPS:
                break
            if s.has(n, "by"):
                return self._group_behind(n)
        return []

    # kinds of triggers

    def _between(self) -> list[Phrase]:
        """*talks between X and Y*; in both orders."""
        s = self.s
        for n in (*range(self.last, min(len(s.words), self.last + 4)), *range(max(0, self.first - 1), self.first)):
            if s.has(n, "between"):
                group = self._group_behind(n)
                if len(group) > 1:
                    return group
        return []

    def _of_verb(self) -> Sides:
        if self.s.order == "SOV":
            return self._of_final_verb()
        if self.s.order == "VSO":
            return self._of_first_verb()
        if self.is_passive():
            actors, subject = self.agent(far=self._names()), self.subject()
            if not actors and subject and self._is_of(subject[-1]):
                return self._sides(subject, self.objects())._replace(passive=True)
            return self._sides(actors, subject)._replace(passive=True)
        return self._sides(self.subject(), self._judged() or self.objects() or self._partner())

    def _is_of(self, subject: Phrase) -> bool:
        """Whether a people's name before a verb says whose the thing is that is sent (*American missiles were sent to Y*)."""
        if self.kind not in (*load("sides.toml")["giving"], "MOBILIZE"):
            return False
        verb = next((n for n in range(subject.first, self.first) if self.s.has(n, "be", "aux")), self.first)
        owned = any(n in self.s.peoples_at for n in range(subject.first, verb - 1))
        return owned and verb - 1 not in self.s.peoples_at and not names_people(self.s.words[verb - 1], self.s.language)

    def _judged(self) -> list[Phrase]:
        """*condemned his attack*: whose deed it is that is praised, blamed or refused."""
        n = self.last + self.s.has(self.last, "target")
        owned = self.kind in JUDGEMENTS and self.s.has(n, "possessive")
        followed = any(n <= p.first <= n + OWNED and not self.s.has(p.first - 1, "target", "other") for p in self.phrases)
        return [Phrase(n, n + 1, "pronoun")] if owned and not followed else []

    def _partner(self) -> list[Phrase]:
        """*held an exercise in spring, with X and Y*: with whom something is done together."""
        if self.kind not in TOGETHER:
            return []
        for n in range(self.last, min(len(self.s.words), self.last + REACH)):
            if self.s.words[n] in _STOPS or self.s.has(n, "clause", "relative"):
                break
            if self.s.has(n, "with"):
                return self._group_behind(n)
        return []

    def _of_final_verb(self) -> Sides:
        """Actor first, then whom it is done to, then the verb."""
        before = [p for p in self.phrases if p.last <= self.first]
        breaks = [n for n in range(self.first) if self.s.words[n] in _STOPS or self.s.has(n, "clause")]
        inside = [p for p in before if not breaks or p.first > breaks[-1]] or before
        if not inside:
            return NOBODY
        actors = self.group(inside[0])
        rest = [p for p in inside if p not in actors]
        return self._sides(actors, self.group(rest[-1]) if rest else [])

    def _of_first_verb(self) -> Sides:
        """The actor right behind the verb, unless it stands before it; then whom it is done to."""
        end = self._clause_end()
        behind = [p for p in self.phrases if self.last <= p.first < end]
        before = [p for p in self.phrases if p.last <= self.first]
        start = self._before()
        if before and before[-1].last > start:
            return self._sides(self.group(before[-1]), self.objects())
        if self.is_passive():
            return self._sides(self.agent(), self.group(behind[0]) if behind else [])
        near = behind and behind[0].first - self.last <= 1 and not self._is_governed(behind[0])
        if not near:
            free = [p for p in before if not self._is_governed(p)]
            return self._sides(self.group(free[-1]) if free else [], self.group(behind[0]) if behind else [])
        actors = self.group(behind[0])
        rest = [p for p in behind if p not in actors]
        blocked = rest and any(self.s.has(n, "other") for n in range(actors[-1].last, rest[0].first))
        return self._sides(actors, self.group(rest[0]) if rest and not blocked else [])

    def _of_noun(self) -> Sides:
        s = self.s
        actors, recipients = self.agent(), []
        owner = next((p for p in self.phrases if p.last <= self.first and self._owns(p)), None)
        behind = self.objects()
        genitive = bool(behind) and self._is_genitive(behind[0])
        if owner is not None and self._is_aimed_at(owner):
            return self._sides(actors, self.group(owner))
        if genitive and not actors and (self.kind in load("sides.toml")["of_actor"] or (owner is None and self._is_given())):
            actors = behind
            after = [p for p in self.phrases if p.first >= behind[-1].last and p.first < self._clause_end()]
            linked = after and s.has(after[0].first - 1, "target") and after[0].first - behind[-1].last <= 3
            recipients = self.group(after[0]) if linked else []
        else:
            recipients = behind or self._partner()
        if owner is not None:
            actors = actors or self.group(owner)
        turned = False
        if owner is None and not actors:
            actors, recipients, turned = self._with_light_verb(recipients)
        return self._sides(actors, [p for p in recipients if p not in actors])._replace(passive=turned)

    def _is_aimed_at(self, owner: Phrase) -> bool:
        """Whether the name before a noun is whom it is aimed at: *Iran sanctions*, but *EU sanctions*, *Iran's sanctions*."""
        word = self.s.words[owner.last - 1]
        if owner.last - 1 not in self.s.places or self.s.has(self.last, "target"):
            return False
        plain = owner.kind == "name" and owner.last == self.first and not POSSESSIVE.search(word) and not word.isupper()
        return plain and "." not in word and self.kind == "SANCTION" and self.s.has(self.last - 1, "sanctions")

    def _is_given(self) -> bool:
        """Whether a help is somebody's who gets it, so that its *of* names the helper: *thanks to the support of*."""
        n = self.first - 1
        if self.kind not in ("SUPPORT", "AID") or not self.s.has(n, "determiner"):
            return False
        return self.s.has(n - 1, "given")

    def _is_genitive(self, phrase: Phrase) -> bool:
        """Whether the phrase right behind the noun is its owner or object: *the visit of the king*."""
        if self.s.language in ("ar", "ru") and phrase.first == self.last:
            return True
        between = range(self.last + 1, phrase.first)
        return self.s.has(self.last, "whose") and len(between) <= 2 and not any(self.s.has(n, "to") for n in between)

    def _owns(self, phrase: Phrase) -> bool:
        """Whether the phrase is the noun's owner: *the emir's*, *Turkish* (right before it, or before an adjective)."""
        between = range(phrase.last, self.first)
        if (
            phrase.kind == "pronoun"
            or len(between) > 2
            or any(self.s.labels[n] - {"noun_before"} or not self.s.words[n].isalpha() for n in between)
        ):
            return False
        return bool(POSSESSIVE.search(self.s.words[phrase.last - 1])) or self.s.language == "en"

    def _with_light_verb(self, recipients: list[Phrase]) -> tuple[list[Phrase], list[Phrase], bool]:
        """*X launched an attack on Y*; *Y came under attack from X*: the verb before the noun tells which side its subject is.

        Actors, recipients, and whether they stand the other way round.
        """
        s = self.s
        for n in range(self.first - 1, max(-1, self.first - 6), -1):
            if s.words[n] in _STOPS or s.words[n] == ",":
                break
            verb = _Look(s, self.phrases, n, n + 1, self.kind)
            if s.has(n, "suffered") and (giver := self._giver()):
                return giver, verb.subject(), True
            if s.has(n, "light") and not s.has(n - 1, "suffered", "determiner"):
                return (verb.agent() if verb.is_passive() else verb.subject()), recipients, False
        return [], recipients, False

    def _giver(self) -> list[Phrase]:
        """*support from X*: whoever stands behind *from*."""
        near = range(self.last, min(self.last + 3, len(self.s.words)))
        if not any(self.s.has(n, "from") for n in near):
            return []
        return self._group_behind(self.last)
