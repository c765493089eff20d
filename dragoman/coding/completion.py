"""The events of a reading, mended by rules before anybody is looked up: what is none is left out, a verb that only carries its
noun is joined to it, open sides are filled by the build of the sentence, and a status that plain words contradict is set right.
Before that, speakers are put before the outlets that pass on what they say (``speakers``).

The reader's own findings come first: a rule fills what it left open, and overrules it only where the words are plain.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from dragoman.coding.cues import COMPLEMENTIZER, PRONOUNS_ONE
from dragoman.coding.intervals import Intervals
from dragoman.coding.lexicon import load
from dragoman.coding.phrases import ACTING, Sentence
from dragoman.coding.sides import TOGETHER, lists_of, sides_of
from dragoman.coding.speakers import with_speakers
from dragoman.coding.status import Words, denies, status_of
from dragoman.coding.triggers import listed, types_of
from dragoman.types import Argument, Article, Attribution, Happening, Mention, Reading, Role, Span

LEAST = 0.5
"""Probability of an event that a trigger must have unless the lists know its words, and somebody does it."""
LEAST_AS_CUE = 0.5
"""Probability of an event that a trigger must have if its words are the cue of an attribution."""
LEAST_AS_SPEECH = 0.9
"""The same of a verb of plain speech."""
MET = 4
"""Words from a verb of speech to *with*, and from there to a name."""
ADDRESSED = frozenset({"REQUEST", "ACCUSE", "THREATEN"})
"""Types that plain words of speech may do to somebody (*told them to leave*)."""
BOTH = {"two_people": frozenset({"person"}), "two_states": frozenset({"place", "organisation", "armed_group"})}
"""Words for two that were named before, and the mentions that name such."""
_WHERE = re.compile(r"(?:\b(?:in|at|near|of|from)\s(?:the\s)?|,\s)\Z|(?:\bв|في|à)\s\Z", re.I)
"""Before a place that something is in, or that another lies in: it is none of two that do something."""
BOTH_BACK = 4
"""Sentences in which they are looked for, their own included."""
LIFELESS = frozenset({"weapon", "money", "time"})
NO_EVENTS = LIFELESS | {"person", "place", "people"}
"""Types of mentions that are no events."""
RULE_SCORE = 0.5
"""Score of a side that a rule found: there is no probability to give."""
CARRIED = 4
"""Words from a verb that carries a noun up to that noun (*launched a new attack*)."""
SAID = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})
"""Types that are done in words: whoever says them does them."""
GOVERNING = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT", "CONCEDE"})
"""Types that speak of a deed which is not done yet."""
UNDONE = frozenset({"hypothetical", "planned", "possible"})
GOVERNED = 15
"""Words from such a trigger up to the deed that it speaks of."""
ANSWERS = frozenset({"REJECT", "ACCUSE", "SUPPORT", "CONCEDE"})
"""Types of what one says or does about another's deed."""
JUDGED = 6
"""Words from such a trigger up to that deed."""
_OWNER = re.compile(r"\w{3}(?:هم|هما|هن|ها|ه)\Z")
UNSURE = 0.6
"""Probability below which the reader's word for who does it is not taken against the build of the word."""
_EMPTY = ("be", "aux", "determiner", "other", "and", "by", "clause", "relative", "target", "pronoun", "particle")


def complete(article: Article, reading: Reading) -> Reading:
    """The reading with its events mended, with those that plain words tell, and with its speakers; the rest as it is."""
    reading = with_speakers(article, reading)
    return msgspec.structs.replace(reading, events=tuple(_Completion(article, reading).events()))


class _Completion:
    def __init__(self, article: Article, reading: Reading) -> None:
        self.text, self.language = article.text, article.language
        self.reading = reading
        self.cues = Intervals([cue for attribution in reading.attributions for cue in attribution.cue])
        self._begins = [b for b, _ in reading.sentences]
        self._mentions: dict[Span, list[Mention]] = defaultdict(list)
        for mention in reading.mentions:
            self._mentions[self.sentence_at(mention.b)].append(mention)
        # the shortest content first: the innermost account of what it holds
        told = [(e - b, b, e, attribution) for attribution in reading.attributions for b, e in attribution.content]
        self._told = sorted(told, key=lambda item: item[:3])

    def sentence_at(self, place: int) -> Span:
        number = bisect_right(self._begins, place) - 1
        return self.reading.sentences[number] if number >= 0 else (0, len(self.text))

    def events(self) -> Iterable[Happening]:
        """The events, in the order of the text."""
        by_sentence: dict[Span, list[Happening]] = defaultdict(list)
        for happening in self.reading.events:
            by_sentence[self.sentence_at(happening.trigger[0])].append(happening)
        for span in self.reading.sentences:
            sure = [h for h in by_sentence[span] if h.score >= LEAST]
            extra = list(listed(self.text, span, self.language, sure))
            likely = [self._likely(h) for h in by_sentence[span]]
            if not extra and not any(likely):
                continue
            sentence = Sentence(self.text, span, self._mentions[span], self.language)
            bare = (msgspec.structs.replace(h, trigger=_without_preposition(sentence, h.trigger)) for h in extra)
            plain = [h for h in bare if not self._is_name(h.trigger) and self._has_named(sentence, h)]
            if plain:
                likely = [self._likely(h) for h in _with_plain(by_sentence[span], plain)]
            kept = [h for h in likely if h and self._is_event(sentence, h)]
            kept += [h for h in plain if not any(_overlap(h.trigger, other.trigger) for other in kept)]
            joined = list(_joined(sentence, sorted(kept, key=lambda h: h.trigger)))
            words = Words(self.text, span, self.language)
            busy = [h.trigger for h in joined if h.score >= LEAST]
            sided = (self._with_sides(sentence, h, [b for b in busy if b != h.trigger]) for h in joined)
            told = [h for h in sided if h.score >= LEAST or any(a.role == "actor" for a in h.arguments)]
            told = list(_answered(sentence, _untangled(_with_own_agents(sentence, told))))
            yield from _without_contents(sentence, [self._with_status(words, h) for h in told])

    def _likely(self, happening: Happening) -> Happening | None:
        """The event with the likeliest type that its words may tell; None if neither the reader nor a list is sure of it."""
        known = types_of(self.text, happening.trigger, self.sentence_at(happening.trigger[0]), self.language)
        if not known:
            return happening if happening.score >= LEAST else None
        if happening.type in known:
            return happening
        ranked = happening.ranking or (tuple(known) if len(known) == 1 else ())
        kind = next((kind for kind in ranked if kind in known), happening.type)
        return msgspec.structs.replace(happening, type=kind)

    def _is_event(self, sentence: Sentence, happening: Happening) -> bool:
        """Plain speech is no event: a trigger that is a cue as well must be a sure one (*accused*, not *said*). Nor is a
        name, a reporter's formula (*declined to comment*), or a trigger of words that mean nothing by themselves or tell a
        state (*lies on the river*).
        """
        first, last = sentence.at(happening.trigger)
        numbers = [n for n in range(first, last) if sentence.words[n][0].isalnum()]
        if all(sentence.has(n, *_EMPTY, "stative") for n in numbers):
            return False
        if self._is_name(happening.trigger) or any(sentence.has(n, "formula") for n in numbers):
            return False
        told = self.cues.touches(happening.trigger)
        if told and happening.type == "REJECT" and denies(self.text[slice(*happening.trigger)], self.language):
            return False  # to deny what is said of one is a claim, and no refusal
        if all(sentence.has(n, "speech", *_EMPTY) for n in numbers):
            return self._is_plain_deed(sentence, happening) or (
                happening.score >= LEAST_AS_SPEECH and _is_deed(sentence, happening)
            )
        return happening.score >= LEAST_AS_CUE or not told

    def _is_plain_deed(self, sentence: Sentence, happening: Happening) -> bool:
        """Whether speech is plainly more: a meeting, as it is with somebody by name (*spoke on Monday with the emir*; with
        media it is none), or a request (*told him to leave*).
        """
        _, last = sentence.at(happening.trigger)
        if happening.type == "REQUEST":
            told = [p.last for p in sentence.phrases if p.first == last]
            return bool(told) and sentence.words[told[0] : told[0] + 1] == ["to"]
        beside = next((n for n in range(last, last + MET) if sentence.has(n, "with")), None)
        if happening.type != "CONSULT" or beside is None:
            return False
        home = self._mentions[self.sentence_at(happening.trigger[0])]
        behind = [m for m in home if beside < sentence.at((m.b, m.e))[0] <= beside + MET]
        return any(m.type in ACTING and m.type != "organisation" for m in behind)

    def _has_named(self, sentence: Sentence, happening: Happening) -> bool:
        """Whether a side that is known by name can be found for an event that a list gave."""
        sides = sides_of(sentence, happening.trigger, happening.type)
        home = self._mentions[self.sentence_at(happening.trigger[0])]
        return any(_overlap((m.b, m.e), span) for m in home if m.type in ACTING for span in (*sides.actors, *sides.recipients))

    def _is_name(self, trigger: Span) -> bool:
        """Whether the trigger is part of a mention of something that is no event: a person, a place, a weapon."""
        sentence = self.sentence_at(trigger[0])
        return any(m.b <= trigger[0] and trigger[1] <= m.e and m.type in NO_EVENTS for m in self._mentions[sentence])

    # --- sides -----------------------------------------------------------------------------------------------------------

    def _with_sides(self, sentence: Sentence, happening: Happening, busy: Sequence[Span]) -> Happening:
        by_role: dict[Role, list[Argument]] = defaultdict(list)
        for argument in self._parted(sentence, happening.arguments):
            whole = self._whole(sentence, (argument.b, argument.e)) if argument.role in ("actor", "recipient") else None
            if whole and not _overlap(whole, happening.trigger):
                argument = msgspec.structs.replace(argument, b=whole[0], e=whole[1])
            if argument not in by_role[argument.role] and (whole is None or self._may_act(sentence, argument)):
                by_role[argument.role].append(argument)
        seen = sides_of(sentence, happening.trigger, happening.type, busy=busy)
        actors, recipients = by_role["actor"], by_role["recipient"]
        if seen.passive:
            # what the reader takes for the actor of a passive is what it is done to, unless it stands behind *by*
            misread = [a for a in actors if _touches(a, seen.recipients) or (seen.actors and a.e <= happening.trigger[0])]
            misread = [a for a in misread if not _touches(a, seen.actors)]
            actors = [a for a in actors if a not in misread]
            recipients = recipients or [_as(a, "recipient") for a in misread]
        actors, recipients = self._turned(sentence, happening, actors, recipients)
        if inner := sentence.within(happening.trigger):
            actors = [a for a in actors if not _touches(a, inner)]
            recipients = recipients or [_argument("recipient", s) for s in inner]
        said = happening.type in SAID and self._speaker(happening.trigger)
        actors = actors and self._listed(actors, seen.actors, "actor")
        recipients = recipients and self._listed(recipients, seen.recipients, "recipient")
        recipients = _direct(sentence, happening, recipients, seen.recipients)
        if not actors:
            free = [s for s in seen.actors if not any(_overlap(s, (r.b, r.e)) for r in recipients)]
            actors = [_argument("actor", s) for s in (free if seen.passive and free else said or free)]
        if not recipients:
            free = [s for s in seen.recipients if not any(_overlap(s, (a.b, a.e)) for a in actors)]
            recipients = [_argument("recipient", s) for s in free]
        rest = [a for role, found in by_role.items() if role not in ("actor", "recipient") for a in found]
        if happening.type == "PROTEST" and not actors:
            actors = [_argument("actor", happening.trigger)]  # *demonstrations*: whoever demonstrates
        lists = lists_of(sentence, happening.trigger) if actors and recipients else ()
        sides = _agreed((*actors, *recipients), lists, together=happening.type in TOGETHER)
        named = (side for a in sides for side in self._meant(sentence, a))
        return msgspec.structs.replace(happening, arguments=(*named, *rest))

    def _meant(self, sentence: Sentence, argument: Argument) -> Iterable[Argument]:
        """Whom a side means: who says *we*, the two that *both leaders* are, each people of a joint body."""
        argument = self._own_voice(sentence, argument)
        spans = self._both(sentence, argument) or sentence.peoples((argument.b, argument.e)) or [(argument.b, argument.e)]
        return (msgspec.structs.replace(argument, b=b, e=e) for b, e in spans)

    def _turned(
        self, sentence: Sentence, happening: Happening, actors: list[Argument], recipients: list[Argument]
    ) -> tuple[list[Argument], list[Argument]]:
        """Actors that stand behind *with* or *to* after the trigger are recipients, unless it is done together (*met with*). So
        are unsure ones behind an Arabic noun that has its owner written on to it (*rafḍuhum*, their refusal).
        """
        owned = self.language == "ar" and _OWNER.search(self.text, *happening.trigger)
        mutual = happening.type in load("sides.toml")["mutual"]
        behind = (a for a in actors if a.b >= happening.trigger[1])
        moved = [
            a for a in behind if (a.score < UNSURE if owned else not mutual and sentence.is_governed((a.b, a.e), "with", "to"))
        ]
        return [a for a in actors if a not in moved], [*recipients, *(_as(a, "recipient") for a in moved)]

    def _parted(self, sentence: Sentence, arguments: Iterable[Argument]) -> Iterable[Argument]:
        """The arguments, lists of names cut into these."""
        for argument in arguments:
            if argument.role not in ("actor", "recipient"):
                yield argument
                continue
            for b, e in sentence.parts((argument.b, argument.e)):
                yield msgspec.structs.replace(argument, b=b, e=e)

    def _both(self, sentence: Sentence, argument: Argument) -> list[Span]:
        """Where the two were named whom *both leaders* or *the two countries* mean: in the nearest sentence with two names."""
        first, last = sentence.at((argument.b, argument.e))
        kinds = next((kinds for label, kinds in BOTH.items() if sentence.has(last - 1, label)), None)
        if kinds is None or first >= last:
            return []
        here = bisect_right(self._begins, argument.b) - 1
        for number in range(here, max(-1, here - BOTH_BACK), -1):
            named: dict[str, Span] = {}
            for m in self._mentions[self.reading.sentences[number]]:
                name = self.text[m.b : m.e].casefold()
                fits = m.type in kinds and m.e <= argument.b and not _WHERE.search(self.text, max(0, m.b - 12), m.b)
                if fits and not any(name in other or other in name for other in named):
                    named[name] = (m.b, m.e)
            if len(named) > 1:
                return list(named.values()) if len(named) == 2 else []
        return []

    def _whole(self, sentence: Sentence, span: Span) -> Span:
        """The words of a side, without prepositions at their edges, and with the rest of the phrase that they are part of."""
        first, last = sentence.at(span)
        while (
            first < last and sentence.has(first, "target", "other", "by", "locative") and not sentence.has(first, "determiner")
        ):
            first += 1
        while first < last and sentence.has(last - 1, "target", "other", "by", "locative", "whose", "and", "clause"):
            last -= 1
        if first >= last:
            return span
        return sentence.phrase_at((max(span[0], sentence.begins[first]), min(span[1], sentence.ends[last - 1])))

    def _may_act(self, sentence: Sentence, argument: Argument) -> bool:
        """Whether words may name a side: not *a* or *of*, and no weapon, time or sum of money."""
        first, last = sentence.at((argument.b, argument.e))
        if first >= last:
            return True  # named in an earlier sentence
        if all(sentence.has(n, *_EMPTY) and not sentence.has(n, "pronoun", "speaker") for n in range(first, last)):
            return False
        if last - first == 1 and sentence.is_expletive(first):
            return False
        home = self.sentence_at(argument.b)
        inside = argument.role == "actor" and self._is_place(argument) and not sentence.is_behind
        if inside and sentence.is_governed((argument.b, argument.e), "locative"):
            return False
        return not any(m.b <= argument.b and argument.e <= m.e and m.type in LIFELESS for m in self._mentions[home])

    def _is_place(self, argument: Argument) -> bool:
        mentions = self._mentions[self.sentence_at(argument.b)]
        return any(m.type == "place" and m.b <= argument.b and argument.e <= m.e for m in mentions)

    def _listed(self, found: list[Argument], seen: Sequence[Span], role: Role) -> list[Argument]:
        """With the others of a list of which the reader found one (*Turkey* and *Qatar*)."""
        if len(seen) < 2 or not any(_touches(a, seen) for a in found):
            return found
        return [*found, *(_argument(role, s) for s in seen if not any(_overlap(s, (a.b, a.e)) for a in found))]

    def _speaker(self, trigger: Span) -> list[Span]:
        """The source of the attribution of whose cue the trigger is part."""
        for attribution in self.reading.attributions:
            if any(_overlap(trigger, cue) for cue in attribution.cue):
                return list(attribution.source)
        return []

    def _own_voice(self, sentence: Sentence, argument: Argument) -> Argument:
        """*We* in what somebody is quoted with is that somebody, and so is the *he* that opens it (*the owner says he …*)."""
        first, last = sentence.at((argument.b, argument.e))
        we = sentence.has(first, "speaker")
        he = sentence.has(first, "nominative") and PRONOUNS_ONE.fullmatch(self.text, argument.b, argument.e)
        if last - first != 1 or not (we or he):
            return argument
        accounts = list(self._accounts_at((argument.b, argument.e)))
        sources = [account.source[0] for account in accounts if account.source]
        if not sources or not (we or self._opens(argument, accounts[0])):
            return argument
        b, e = next(filter(self._is_person, sources), sources[0])  # not the paper that it is told by
        return msgspec.structs.replace(argument, b=b, e=e)

    def _opens(self, argument: Argument, account: Attribution) -> bool:
        """Whether nothing but a *that* stands before it in an account that holds it, and whose source stands before that."""
        begin = max(b for b, _ in account.content if b <= argument.b)
        follows = bool(account.source) and account.source[0][1] <= begin
        return follows and not COMPLEMENTIZER.sub("", self.text[begin : argument.b]).strip(' “"«')

    def _is_person(self, span: Span) -> bool:
        return any(m.type == "person" and _overlap(span, (m.b, m.e)) for m in self._mentions[self.sentence_at(span[0])])

    def _account_at(self, span: Span) -> Attribution | None:
        return next(self._accounts_at(span), None)

    def _accounts_at(self, span: Span) -> Iterator[Attribution]:
        """The accounts in which something is told, the innermost first."""
        return (a for _, b, e, a in self._told if b <= span[0] and span[1] <= e)

    # --- status ----------------------------------------------------------------------------------------------------------

    def _with_status(self, words: Words, happening: Happening) -> Happening:
        account = self._account_at(happening.trigger)
        cue = " ".join(self.text[b:e] for b, e in account.cue) if account else ""
        status = status_of(
            words, happening.trigger, happening.type, happening.status, denied=bool(cue) and denies(cue, self.language)
        )
        return happening if status == happening.status else msgspec.structs.replace(happening, status=status)


def _with_plain(found: Iterable[Happening], plain: Sequence[Happening]) -> Iterable[Happening]:
    """The reader's events; of those that it is not sure of, the ones that a plain list tells as well are as sure as that."""
    for happening in found:
        same = next((p for p in plain if happening.score < LEAST and _overlap(p.trigger, happening.trigger)), None)
        yield msgspec.structs.replace(happening, type=same.type, score=same.score) if same else happening


def _is_deed(sentence: Sentence, happening: Happening) -> bool:
    """Whether plain words of speech do more than tell: they ask, blame or threaten somebody, or two speak with one another."""
    if happening.type == "CONSULT":
        _, last = sentence.at(happening.trigger)
        return any(sentence.has(n, "with", "to") for n in (last, last + 1)) or (
            len(sides_of(sentence, happening.trigger, happening.type).actors) > 1
        )
    return happening.type in ADDRESSED and any(a.role == "recipient" for a in happening.arguments)


def _without_contents(sentence: Sentence, happenings: Sequence[Happening]) -> Iterable[Happening]:
    """Without what is only asked for, threatened, promised or refused: PLOVER has one event then, the asking, and not the deed
    that it speaks of (manual, on auxiliary modes). Whatever is told as done stays.
    """
    governor: Happening | None = None
    for happening in happenings:
        if governor is not None and happening.status in UNDONE and _governs(sentence, governor, happening):
            continue
        yield happening
        if happening.type in GOVERNING:
            governor = happening


def _governs(sentence: Sentence, governor: Happening, happening: Happening) -> bool:
    (_, first), (last, _) = sentence.at(governor.trigger), sentence.at(happening.trigger)
    between = range(first, last)
    return len(between) <= GOVERNED and not any(sentence.words[n] in (";", ":") for n in between)


def _answered(sentence: Sentence, happenings: Sequence[Happening]) -> Iterable[Happening]:
    """With whose deed it is that is judged (*condemned the raid by X*, *rejected an Australian request*), if nothing else says
    to whom the judgement is; and whoever answers a request, threat or blame as the one to whom it was made.
    """
    found = list(happenings)
    for k, (one, two) in enumerate(pairwise(happenings)):
        if one.type not in ANSWERS or not _is_object(sentence, one, two):
            continue
        mine = _of(one, "actor")
        theirs = [a for a in _of(two, "actor") if not any(_overlap((a.b, a.e), (m.b, m.e)) for m in mine)]
        if theirs and not _of(one, "recipient"):
            found[k] = msgspec.structs.replace(one, arguments=(*one.arguments, *(_as(a, "recipient") for a in theirs)))
        if theirs and two.type in ADDRESSED and not _of(two, "recipient"):
            asked = (_as(a, "recipient") for a in mine)
            found[k + 1] = msgspec.structs.replace(two, arguments=(*two.arguments, *asked))
    return found


def _direct(sentence: Sentence, happening: Happening, found: list[Argument], seen: Sequence[Span]) -> list[Argument]:
    """Without those behind *with* if it is done to others right behind the verb (*backed X in its dispute with Y*)."""
    if happening.type in TOGETHER or not any(_touches(a, seen) for a in found):
        return found
    return [a for a in found if _touches(a, seen) or not sentence.is_governed((a.b, a.e), "with")]


def _with_own_agents(sentence: Sentence, happenings: Sequence[Happening]) -> Sequence[Happening]:
    """Without actors of a noun who stand behind the *by* of the noun before (*the recognition by X of the annexation of Y*)."""
    ends = {sentence.at(happening.trigger)[1] for happening in happenings}

    def is_others(argument: Argument, trigger: Span) -> bool:
        (first, last), (noun, _) = sentence.at((argument.b, argument.e)), sentence.at(trigger)
        before = first - 1
        while sentence.has(before, "determiner"):
            before -= 1
        between = range(last, noun)
        of = any(sentence.has(n, "whose") for n in between) and all(sentence.has(n, "whose", "determiner") for n in between)
        return of and sentence.has(before, "by") and before in ends

    return [
        msgspec.structs.replace(h, arguments=tuple(a for a in h.arguments if a.role != "actor" or not is_others(a, h.trigger)))
        for h in happenings
    ]


def _untangled(happenings: Sequence[Happening]) -> Sequence[Happening]:
    """Without recipients that belong to a later verb (*cut ties with X and opened an embassy in Y*): it has them too, and the
    one before has others nearer.
    """
    found = []
    for happening in happenings:
        later = [h for h in happenings if h.trigger[0] >= happening.trigger[1]]
        taken = {
            a
            for a in _of(happening, "recipient")
            for h in later
            if h.trigger[1] <= a.b and _touches(a, [(r.b, r.e) for r in _of(h, "recipient")])
        }
        if taken and len(taken) < len(_of(happening, "recipient")):
            happening = msgspec.structs.replace(happening, arguments=tuple(a for a in happening.arguments if a not in taken))
        found.append(happening)
    return found


def _is_object(sentence: Sentence, one: Happening, two: Happening) -> bool:
    """Whether the trigger of ``two`` is the noun that the verb of ``one`` is about."""
    (_, first), (last, _) = sentence.at(one.trigger), sentence.at(two.trigger)
    between = range(first, last)
    return 0 < len(between) <= JUDGED and not any(
        not sentence.words[n][0].isalnum() or sentence.has(n, "clause", "relative", "and", "to", "other", "by", "speech")
        for n in between
    )


def _of(happening: Happening, role: Role) -> list[Argument]:
    return [argument for argument in happening.arguments if argument.role == role]


def _without_preposition(sentence: Sentence, trigger: Span) -> Span:
    """A trigger of a list without the preposition that makes it one (*attack on*)."""
    first, last = sentence.at(trigger)
    while last - first > 1 and sentence.has(last - 1, "target", "other", "between", "whose", "by", "from"):
        last -= 1
    return sentence.begins[first], sentence.ends[last - 1]


def _joined(sentence: Sentence, happenings: Sequence[Happening]) -> Iterable[Happening]:
    """The events of a sentence, a verb that only carries its noun joined to it (*launched* / *an attack*)."""
    waiting: Happening | None = None
    for happening in happenings:
        if waiting is not None and _carries(sentence, waiting, happening):
            waiting = msgspec.structs.replace(
                happening,
                trigger=(waiting.trigger[0], happening.trigger[1]),
                status=waiting.status,
                arguments=_union(waiting.arguments, happening.arguments),
                score=max(waiting.score, happening.score),
            )
            continue
        if waiting is not None:
            yield waiting
        waiting = happening
    if waiting is not None:
        yield waiting


def _carries(sentence: Sentence, verb: Happening, noun: Happening) -> bool:
    if verb.type != noun.type:
        return False
    (_, first), (last, _) = sentence.at(verb.trigger), sentence.at(noun.trigger)
    between = range(first, last)
    if len(between) > CARRIED or any(
        not sentence.words[n][0].isalnum() or sentence.has(n, "clause", "relative", "and", "other") for n in between
    ):
        return False
    light = any(sentence.has(n, "light") for n in range(*sentence.at(verb.trigger)))
    return light or not between


def _union(one: Iterable[Argument], other: Iterable[Argument]) -> tuple[Argument, ...]:
    found = list(one)
    found += [a for a in other if not any(a.role == b.role and _overlap((a.b, a.e), (b.b, b.e)) for b in found)]
    return tuple(found)


def _argument(role: Role, span: Span) -> Argument:
    return Argument(role=role, b=span[0], e=span[1], score=RULE_SCORE)


def _agreed(sides: Sequence[Argument], lists: Iterable[Sequence[Span]], *, together: bool) -> list[Argument]:
    """The sides; those of one list (*Oman, Qatar and Jordan*) are all what most of it are, or actors if it is done together."""
    found = list(sides)
    for spans in lists:
        inside = [k for k, a in enumerate(found) if _touches(a, spans)]
        roles = Counter(found[k].role for k in inside).most_common()
        if len(roles) == 2 and (together or roles[0][1] > roles[1][1]):
            for k in inside:
                found[k] = _as(found[k], "actor" if together else roles[0][0])
            found.sort(key=lambda a: a.b)
    return found


def _as(argument: Argument, role: Role) -> Argument:
    return msgspec.structs.replace(argument, role=role)


def _touches(argument: Argument, spans: Iterable[Span]) -> bool:
    return any(_overlap((argument.b, argument.e), span) for span in spans)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
