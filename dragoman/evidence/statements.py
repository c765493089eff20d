"""What an article states, cut into stretches that can be set against each other: claims, and sentences in its own voice."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from dragoman.evidence.clauses import Marked, clauses_of, trimmed
from dragoman.evidence.lexicon import PLUS, WORD, Mark, language_of, marks_of, poles_named
from dragoman.evidence.predictions import Timed
from dragoman.evidence.speakers import Speakers
from dragoman.evidence.terms import names_in, term
from dragoman.types import Claim, CodedArticle, Span, Statement

LEAST_WORDS = 3
TURNS = frozenset(("denial", "doubt", "disbelief"))
NAMES = frozenset(("person", "organisation", "place", "people", "group"))
"""Types of mentions that are names."""
NEAR = 60
"""Characters on either side of a word that shows the end of a scale, within which lies what it is said of."""
LONGEST_SENTENCE = 28
"""Words of a sentence in the article's own voice beyond which its clauses are statements of their own."""
NEGATED = "negated"
"""Where ``Statement.beside`` keeps what a negation goes for: no scale has this name."""
UNSTATED = frozenset(("asked", "condition"))
"""Kinds of marks that open what is not said to be so."""
OWN_SHARE = 0.5
"""Share of a sentence that claims may cover if the sentence itself is to be a statement as well."""
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?!\w|,\d|\.\d)(?:\s?(%|percent|per cent|million|billion|thousand))?", re.I
)
_INITIALS = re.compile(r"((?:[A-Z][\w’'.-]+\s+(?:(?:of|for|and|the|in|on|against|de|des|du|et)\s+){0,2}){1,6}[A-Z][\w’'.-]+)"
                       r"(?:,?\s+or\s+(?:the\s+)?|\s*[(\[])([A-Z]{2,8})\b")  # fmt: skip
_YEARS = range(1900, 2101)


def statements_of(coded: CodedArticle, times: Sequence[Timed] = ()) -> tuple[Statement, ...]:
    """The statements of an article, in the order of its text. ``times`` are its expressions of time."""
    return _Cutter(coded, times).statements()


class _Cutter:
    def __init__(self, coded: CodedArticle, times: Sequence[Timed]) -> None:
        self.coded = coded
        self.text = coded.article.text
        self.marked = Marked(marks_of(self.text, language_of(self.text, coded.article.language)))
        self.scales = poles_named()
        self.speakers = Speakers(coded)
        self.times = [t for t in times if t.type == "date" and t.start and t.end]
        self.names = self._named()
        self.elsewhere = self._named_elsewhere()
        self._name_begins = [span[0] for span, _ in self.names]
        title = coded.article.title or ""
        self.title = frozenset(form for _, form in names_in(title, (0, len(title))))
        self._begins = [b for b, _ in coded.reading.sentences]

    def statements(self) -> tuple[Statement, ...]:
        found: list[Statement] = []
        before: frozenset[str] = frozenset()
        last: Span | None = None
        for span, claim in self._spans():
            sentence = self._sentence_at(span[0])
            if sentence != last:
                before = self._topic_before(sentence)
                last = sentence
            found.append(self._statement(len(found), span, claim, before))
        return tuple(found)

    def _spans(self) -> list[tuple[Span, Claim | None]]:
        """The longest piece of each claim's content, and the sentences left to the article itself, cut if long."""
        claims = {max(c.content, key=lambda s: s[1] - s[0]): c for c in self.coded.claims if c.content}
        spans: list[tuple[Span, Claim | None]] = [(span, claim) for span, claim in claims.items() if self._long_enough(span)]
        begins = sorted(span for span, _ in spans)
        for sentence in self.coded.reading.sentences:
            inside = begins[bisect_left(begins, (sentence[0], 0)) : bisect_left(begins, (sentence[1], 0))]
            covered = sum(min(e, sentence[1]) - b for b, e in inside)
            if covered > OWN_SHARE * (sentence[1] - sentence[0]):
                continue
            spans += [(own, None) for own in self._own(sentence) if not any(b < own[1] and own[0] < e for b, e in inside)]
        return sorted(spans, key=lambda item: item[0])

    def _own(self, sentence: Span) -> list[Span]:
        if len(self.text[slice(*sentence)].split()) <= LONGEST_SENTENCE:
            whole = trimmed(self.text, sentence)
            return [whole] if self._long_enough(whole) else []
        return [clause for clause in clauses_of(self.text, sentence, self.marked, asides=False) if self._long_enough(clause)]

    def _long_enough(self, span: Span) -> bool:
        return sum(1 for _ in zip(WORD.finditer(self.text, *span), range(LEAST_WORDS), strict=False)) == LEAST_WORDS

    def _statement(self, n: int, span: Span, claim: Claim | None, before: frozenset[str]) -> Statement:
        article = self.coded.article
        marks = self._stated(span)
        cue = self.marked.inside(claim.cue) if claim is not None and claim.cue is not None else ()
        names, terms = self._topic(span)
        points, leans = (self._opens(span, marks, kind) for kind in ("said_before", "pronoun"))
        points = points or self._turns_on_it(marks)
        marks = [mark for mark in marks if mark.kind != "denial" or not self._undenied(mark, marks)]
        denies = any(mark.kind == "denial" for mark in (*cue, *marks))
        doubts = any(mark.kind in ("doubt", "disbelief") for mark in (*cue, *marks))
        negated = self._negated(marks) or (claim is not None and claim.polarity == "neg")
        around = before | self.title if points else before
        poles = self._poles(marks, turned=any(mark.kind in TURNS for mark in cue))
        speaker = self.speakers.at(span)
        actor = claim.source_actor if claim is not None and claim.source_actor is not None else speaker.actor
        return Statement(
            article=article.id, n=n, span=span, day=article.date, claim=claim.id if claim else None,
            speaker=actor.id if actor else None,
            chain=claim.chain if claim else speaker.chain,
            names=names, terms=terms, around=around - names - terms,
            negated=negated, denies=denies, doubts=doubts, leans=leans or points,
            points=points and any(mark.kind in ("denial", "doubt") for mark in marks),
            cue=self._topic(claim.cue)[1] if claim and claim.cue else frozenset(),
            poles={scale: end for scale, (end, _) in poles.items()},
            beside={scale: self._beside(words, span) for scale, (_, words) in poles.items()} | self._denied(span, marks),
            stances=self._stances(span), numbers=tuple(self._numbers(span)),
            days=tuple((t.start, t.end) for t in self.times if span[0] <= t.b and t.e <= span[1] and t.start and t.end),
            initials=tuple(self._initials(span)),
        )  # fmt: skip

    def _stated(self, span: Span) -> Sequence[Mark]:
        """The marks of a stretch of text but for those behind “if” or “whether” in a clause: what these open is not stated."""
        marks = self.marked.inside(span)
        if not any(mark.kind in UNSTATED for mark in marks):
            return marks
        open_ = [
            (mark.b, _reach(self.text, mark.b, end))
            for b, end in clauses_of(self.text, span, self.marked, asides=False)
            for mark in self.marked.inside((b, end))
            if mark.kind in UNSTATED and mark.b == b
        ]
        return [mark for mark in marks if not any(b < mark.b < e for b, e in open_)]

    def _negated(self, marks: Sequence[Mark]) -> bool:
        """Whether anything in it is negated."""
        return any(mark.kind in ("negation", "difficulty") for mark in marks)

    def _opens(self, span: Span, marks: Sequence[Mark], kind: str) -> bool:
        """Whether a mark of this kind stands at the beginning of the statement, or behind its first word."""
        first = next(WORD.finditer(self.text, *span))
        return any(mark.kind == kind and mark.b <= first.end() + 1 for mark in marks)

    def _poles(self, marks: Sequence[Mark], *, turned: bool) -> dict[str, tuple[int, Span]]:
        """Ends of scales with the words that say so. Where both ends are named, none holds.

        A negation, denial or doubt shortly before turns an end round, and so do words for what is hardly possible.
        """
        ends: dict[str, dict[int, Span]] = defaultdict(dict)
        hard = any(mark.kind == "difficulty" for mark in marks)
        against = [mark for mark in marks if mark.kind == "negation" or mark.kind in TURNS]
        for mark in marks:
            if mark.kind in self.scales:
                sign = 1 if mark.end == PLUS else -1
                turns = any(other.e <= mark.b and not self._far(other, mark) for other in against)
                ends[mark.kind].setdefault(sign * (-1) ** (turns + turned + hard), (mark.b, mark.e))
        return {kind: next(iter(signs.items())) for kind, signs in ends.items() if len(signs) == 1}

    def _beside(self, pole: Span, span: Span) -> frozenset[str]:
        names, terms = self._topic((max(span[0], pole[0] - NEAR), min(span[1], pole[1] + NEAR)))
        return names | terms

    def _denied(self, span: Span, marks: Sequence[Mark]) -> dict[str, frozenset[str]]:
        """What the statement's own words negate, by NEGATED: what the clauses speak of that hold a negation."""
        places = [mark.b for mark in marks if mark.kind in ("negation", "difficulty")]
        if not places:
            return {}
        clauses = clauses_of(self.text, span, self.marked, asides=False)
        topics = (self._topic((b, e)) for b, e in clauses if any(b <= place < e for place in places))
        return {NEGATED: frozenset(form for names, terms in topics for form in (*names, *terms))}

    def _undenied(self, denial: Mark, marks: Sequence[Mark]) -> bool:
        """Whether a negation stands just before a word of denial: “did not deny”, “neither confirmed nor denied”."""
        before = [mark for mark in marks if mark.kind == "negation" and mark.e <= denial.b]
        return bool(before) and len(self.text[before[-1].e : denial.b].split()) == 0

    def _turns_on_it(self, marks: Sequence[Mark]) -> bool:
        """Whether it denies or doubts nothing but what was told before: “an officer denied this”."""
        behind = {mark.b: mark.e for mark in marks if mark.kind == "said_before"}
        ends = (behind.get(mark.e + 1) for mark in marks if mark.kind in ("denial", "doubt"))
        return any(end is not None and not self.text[end : end + 2].strip()[:1].isalnum() for end in ends)

    def _far(self, one: Mark, other: Mark) -> bool:
        between = self.text[one.e : other.b]
        return len(between.split()) > 6 or any(char in between for char in ",;:.،؛")

    def _topic_before(self, sentence: Span) -> frozenset[str]:
        k = bisect_right(self._begins, sentence[0]) - 2
        if k < 0:
            return frozenset()
        names, terms = self._topic(self.coded.reading.sentences[k])
        return names | terms

    def _topic(self, span: Span) -> tuple[frozenset[str], frozenset[str]]:
        """(names, other terms) of a stretch of text."""
        named = dict(names_in(self.text, span))
        first = next((word.start() for word in WORD.finditer(self.text, *span)), span[0])
        if first in named and named[first] not in self.elsewhere:
            del named[first]  # its capital letter may be the sentence's
        terms = {form for w in WORD.finditer(self.text, *span) if w.start() not in named and (form := term(w.group()))}
        names = {*named.values(), *self._keys_in(span)}
        return frozenset(names), frozenset(terms - names)

    def _keys_in(self, span: Span) -> Iterator[str]:
        k = bisect_left(self._name_begins, span[0])
        while k < len(self.names) and self._name_begins[k] < span[1]:
            yield self.names[k][1]
            k += 1

    def _named(self) -> list[tuple[Span, str]]:
        """Where actors are named, by what was coded: (span, @id) in order."""
        found = {(p.span, f"@{p.actor.id}") for e in self.coded.events for p in (*e.actors, *e.recipients)}
        found |= {(c.source, f"@{c.source_actor.id}") for c in self.coded.claims if c.source and c.source_actor}
        return sorted(found)

    def _named_elsewhere(self) -> frozenset[str]:
        """The forms of words that the reader saw in a name somewhere in the article."""
        mentions = (m for m in self.coded.reading.mentions if m.type in NAMES)
        return frozenset(form for m in mentions for _, form in names_in(self.text, (m.b, m.e)))

    def _stances(self, span: Span) -> tuple[tuple[str, str, int], ...]:
        inside = (r for r in self.coded.relations if span[0] <= r.span[0] and r.span[1] <= span[1])
        return tuple((r.source.id, r.target.id, r.sign) for r in inside if r.status == "stated")

    def _numbers(self, span: Span) -> Iterator[tuple[str, str]]:
        """(value with its unit, the first term behind it) of what is counted; years and days are not."""
        for found in _NUMBER.finditer(self.text, *span):
            value = found[1].replace(",", "")
            if found[2] is None and value.isdigit() and int(value) in _YEARS:
                continue
            if any(t.b < found.end() and found.start() < t.e for t in self.times):
                continue
            behind = (term(w.group()) for w, _ in zip(WORD.finditer(self.text, found.end(), span[1]), range(3), strict=False))
            if counted := next(filter(None, behind), ""):
                yield f"{value} {(found[2] or '').lower()}".strip(), counted

    def _initials(self, span: Span) -> Iterator[tuple[str, str]]:
        """(acronym, words) where the words before an acronym begin with its letters."""
        for found in _INITIALS.finditer(self.text, span[0], min(span[1] + 12, len(self.text))):
            words = [w for w in WORD.findall(found[1]) if w[0].isupper()]
            letters = "".join(word[0] for word in words)
            if letters.endswith(found[2]):
                yield found[2], " ".join(words[-len(found[2]) :])

    def _sentence_at(self, place: int) -> Span:
        k = bisect_right(self._begins, place) - 1
        return self.coded.reading.sentences[k] if k >= 0 else (0, len(self.text))


def _reach(text: str, b: int, e: int) -> int:
    """Where a clause that “if” or “whether” opens ends: at its first comma."""
    comma = text.find(",", b, e)
    return comma if comma > 0 else e
