"""Disputes: two statements that cannot both hold as they stand, or one and its denial. Which of them is right is not asked.

What sets two statements of one matter against each other: a denial or doubt of what was said before, opposite ends of a scale,
a negation, another number, date or name for the same thing, a change of mind. Each rule says in its finding what it saw.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple, Protocol

from dragoman.evidence.clauses import Marked, clauses_of, trimmed
from dragoman.evidence.lexicon import language_of, marks_of
from dragoman.evidence.speakers import Speakers
from dragoman.evidence.statements import NEGATED
from dragoman.types import CodedArticle, Disputant, Dispute, DisputeKind, Span, Statement, content_id

NAME_WEIGHT, TERM_WEIGHT, LEANING_WEIGHT, AROUND_WEIGHT = 1.5, 1.0, 1.0, 0.5
MOST_LENT = 2
"""Words that a statement may borrow from those around it."""
LEAST_SHARED, LEAST_SHARED_HERE = 3.0, 1.5
"""Weight of the names and terms that two statements must share to speak of one matter; the same within one article."""
LEAST_LIKENESS, LEAST_LIKENESS_HERE, LEAST_LIKENESS_BESIDE = 0.22, 0.24, 0.15
"""Least share of the common topic in both, beside opposite ends of a scale: between articles, within one, and of claims of
different speakers side by side."""
BESIDE = 2
"""Statements apart that count as side by side."""
LEAST_SAME = 0.5
"""The same, beside a bare negation: the statements must say nearly the same thing."""
LEAST_COVERED = 2.5
"""Weight that a statement must have in common with what a denial speaks of."""
WITHIN = 0.8
"""Share of a statement that lies in another, if the other is to be the same words and more."""
REACH = 12
"""Statements before a denial among which that which it denies is looked for."""
MOST_PARTNERS = 3
"""Disputes that one statement may be in: the likeliest."""
DAYS_APART = 10
LEAST_SCORE = 0.3
STANCE, OF_TWO = "stance", 2
"""The scale that speaks of two, whom both statements must name: who is for or against whom. That others think otherwise
contradicts nothing.
"""


class Finding(NamedTuple):
    """What a rule saw in two statements."""

    kind: DisputeKind
    score: float
    why: str


class StatementShelf(Protocol):
    """What the ledger can look up of the statements of earlier articles."""

    def statements_with(self, keys: Sequence[str], *, day: str | None, most: int) -> Iterable[Statement]:
        """Statements that have one of the keys, told near ``day``; of each key the ``most`` latest."""
        ...


def find_disputes(
    coded: CodedArticle, statements: Sequence[Statement], shelf: StatementShelf | None = None, *, most: int = 6
) -> tuple[Dispute, ...]:
    """The disputes within an article and, by ``shelf``, between it and earlier ones; the surest first.

    ``statements`` are those of the article (``statements_of``). The cost for one article does not grow with the ledger: of each
    key the shelf gives at most ``most`` statements.
    """
    found: list[tuple[Finding, Statement, Statement]] = []
    found.extend(_denials(statements))
    found.extend(_counterclaims(coded, statements))
    found.extend(_pairs(statements))
    if shelf is not None:
        found.extend(_across(statements, shelf, most))
    disputes = {d.id: d for d in (_dispute(*item) for item in _likeliest(found))}
    disputes.update((d.id, d) for d in _within_sentences(coded))
    return tuple(sorted(disputes.values(), key=lambda d: (-d.score, d.id)))


def keys_of(statement: Statement) -> tuple[str, ...]:
    """What a statement is looked up by; few keys, so that the index stays small."""
    return _keys(statement, turned=1)


def wanted_keys(statement: Statement) -> tuple[str, ...]:
    """The keys of statements that could be in dispute with this one: those at the other ends of its scales, and the like."""
    return _keys(statement, turned=-1)


def _keys(statement: Statement, *, turned: int) -> tuple[str, ...]:
    names = sorted(statement.names, key=lambda name: (not name.startswith("@"), -len(name), name))[:MOST_NAMES]
    terms = sorted(statement.terms, key=lambda term: (-len(term), term))[:2]
    pairs = [f"{name} {term}" for name in names[:2] for term in terms]
    keys = [f"{scale} {turned * end} {name}" for scale, end in sorted(statement.poles.items()) for name in names]
    keys += [f"{source} {target} {turned * sign}" for source, target, sign in statement.stances]
    keys += [f"= {acronym}" for acronym, _ in statement.initials]
    if statement.claim is not None or statement.negated:
        keys += [f"{pair} {statement.negated == (turned > 0)}" for pair in pairs]
    if statement.numbers or statement.days:
        keys += [f"{pair} #" for pair in pairs]
    return tuple(dict.fromkeys(keys))


MOST_NAMES = 4


# -- rules on two statements ----------------------------------------------------------------------------------------------


def compare(a: Statement, b: Statement) -> Finding | None:
    """What sets two statements against each other, if anything does."""
    if a.article == b.article and (a.span[0] < b.span[1] and b.span[0] < a.span[1]):
        return None
    if not _comparable(a, b):
        return None
    if not _likeness(a, b)[0]:
        return _initials(a, b)
    rules = (_initials, _numbers, _days, _stances, _scales, _negation)
    found = (finding for rule in rules if (finding := rule(a, b)) is not None)
    best = max(found, key=lambda finding: finding.score, default=None)
    return best if best is not None and best.score >= LEAST_SCORE else None


def _comparable(a: Statement, b: Statement) -> bool:
    """Whether any rule could see something in two statements: asked first, as it is cheap."""
    return (
        a.negated != b.negated
        or any(b.poles.get(scale, end) != end for scale, end in a.poles.items())
        or any(
            one and other
            for one, other in ((a.numbers, b.numbers), (a.days, b.days), (a.stances, b.stances), (a.initials, b.initials))
        )
    )


def _weighed(names: frozenset[str], terms: frozenset[str]) -> float:
    """The weight of names and terms. Whoever is known by id has a name as well: each counts once."""
    written = _written(names)
    return NAME_WEIGHT * max(written, len(names) - written) + TERM_WEIGHT * len(terms)


def _written(words: Iterable[str]) -> int:
    """How many are words of the text, not ids of those who are known."""
    return sum(not word.startswith("@") for word in words)


def _likeness(a: Statement, b: Statement) -> tuple[float, float]:
    """(weight of what two statements share, its share in both): the geometric mean of the share in each.

    What stands around a statement counts less than what it says, unless it leans on it.
    """
    shared = _weighed(a.names & b.names, a.terms & b.terms)
    lent = sum(
        _lent(one.around & (other.names | other.terms), LEANING_WEIGHT if one.leans else AROUND_WEIGHT)
        for one, other in ((a, b), (b, a))
    )
    whole = (_weighed(a.names, a.terms) * _weighed(b.names, b.terms)) ** 0.5
    return shared + lent, (shared + lent) / max(whole, 1.0)


def _lent(common: frozenset[str], weight: float) -> float:
    return weight * min(MOST_LENT, _written(common))


def _one_matter(a: Statement, b: Statement) -> bool:
    """Whether two statements share enough to speak of one matter. Those of one article need less, as it has a topic."""
    shared, likeness = _likeness(a, b)
    if not (a.names & b.names or a.terms & b.terms or a.leans or b.leans):
        return False
    if a.article == b.article:
        answers = a.claim is not None and b.claim is not None and a.speaker != b.speaker and abs(a.n - b.n) <= BESIDE
        if answers and a.terms & b.terms | a.names & b.names and likeness >= LEAST_LIKENESS_BESIDE:
            return True
        return shared >= LEAST_SHARED_HERE and likeness >= LEAST_LIKENESS_HERE
    own = _weighed(a.names & b.names, a.terms & b.terms)  # what is lent is one article's topic, not both's
    return own >= LEAST_SHARED and likeness >= LEAST_LIKENESS


def _scales(a: Statement, b: Statement) -> Finding | None:
    opposite = [scale for scale, end in a.poles.items() if b.poles.get(scale, end) != end and _of_one(a, b, scale)]
    if not opposite or not _one_matter(a, b):
        return None
    _, likeness = _likeness(a, b)
    if _one_voice(a, b):
        return None
    same = a.speaker is not None and a.speaker == b.speaker
    kind: DisputeKind = "contradiction" if not same else "tension" if a.article == b.article else "position_change"
    return Finding(kind, min(1.0, 0.25 + 0.5 * likeness + 0.1 * len(opposite)), f"opposite in {', '.join(opposite)}")


def _one_voice(a: Statement, b: Statement) -> bool:
    """Whether an article tells both in its own voice, denying neither: its ups and downs do not set it at odds with itself."""
    return a.article == b.article and a.claim is None and b.claim is None and not (a.denies or b.denies)


def _of_one(a: Statement, b: Statement, scale: str) -> bool:
    """Whether the words that show the end of a scale stand near to something that both name, or lean on other words."""
    common = (a.names | a.terms) & (b.names | b.terms)
    if scale == STANCE and _written(a.names & b.names) < OF_TWO:
        return False
    return all(one.leans or one.beside.get(scale, common) & common for one in (a, b)) if common else a.leans or b.leans


def _negation(a: Statement, b: Statement) -> Finding | None:
    shared, likeness = _likeness(a, b)
    if a.negated == b.negated or shared < LEAST_COVERED or likeness < LEAST_SAME or not (a.terms & b.terms):
        return None
    denier = a if a.negated else b
    if _one_voice(a, b):
        return None
    if not denier.beside.get(NEGATED, a.terms) & a.terms & b.terms:
        return None  # what it negates is something else
    less, more = sorted((_weighed(a.names, a.terms), _weighed(b.names, b.terms)))
    if shared >= WITHIN * less and less < WITHIN * more:
        return None  # the one holds the other, and the negation goes with the rest
    kind: DisputeKind = "doubt" if denier.doubts else "denial" if denier.denies else "contradiction"
    return Finding(kind, min(1.0, likeness), "one says it is so, the other that it is not")


def _stances(a: Statement, b: Statement) -> Finding | None:
    signs = {(source, target): sign for source, target, sign in a.stances}
    for source, target, sign in b.stances:
        if signs.get((source, target), sign) != sign:
            return Finding("position_change", 0.5, "for in the one, against in the other")
    return None


def _numbers(a: Statement, b: Statement) -> Finding | None:
    likeness = _likeness(a, b)[1]
    if a.article == b.article or likeness < LEAST_SAME or not a.names & b.names:
        return None
    counted = {what: value for value, what in a.numbers}
    for value, what in b.numbers:
        if what in counted and counted[what] != value and _unit(counted[what]) == _unit(value):
            return Finding("detail_mismatch", min(1.0, likeness), f"{counted[what]} and {value} for the same")
    return None


def _unit(value: str) -> str:
    return value.partition(" ")[2]


def _days(a: Statement, b: Statement) -> Finding | None:
    shared, likeness = _likeness(a, b)
    if a.article == b.article or shared < LEAST_SHARED or likeness < LEAST_LIKENESS or len(a.days) != 1 or len(b.days) != 1:
        return None
    (first, last), (begin, end) = a.days[0], b.days[0]
    apart = _days_between(first, begin)
    common = a.names & b.names and a.terms & b.terms
    if first != last or begin != end or apart is None or not 0 < apart <= DAYS_APART or not common:
        return None
    return Finding("detail_mismatch", min(1.0, likeness + 0.1), f"{first} and {begin} for the same")


def _initials(a: Statement, b: Statement) -> Finding | None:
    known = dict(a.initials)
    for acronym, words in b.initials:
        if acronym in known and known[acronym].casefold() != words.casefold():
            return Finding("detail_mismatch", 0.8, f"{acronym} stands for {known[acronym]}, and for {words}")
    return None


def _days_between(one: str, other: str) -> int | None:
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return None


# -- looking for pairs -----------------------------------------------------------------------------------------------------


def _denials(statements: Sequence[Statement]) -> Iterator[tuple[Finding, Statement, Statement]]:
    """Denials and doubts that lean on words told before: “this was denied”, “the report may be false”.

    What they deny is the likeliest of the statements shortly before, and the claim in the whole article that shares most topic.
    """
    for k, denial in enumerate(statements):
        if not (denial.denies or denial.doubts) or not denial.points:
            continue
        kind: DisputeKind = "doubt" if denial.doubts else "denial"
        topic = denial.names | denial.terms | denial.around
        before = [s for s in statements[:k] if not (s.denies or s.doubts) and s.span[1] <= denial.span[0]]
        near = max(before[-REACH:], key=lambda s: (_relevance(s, denial), s.n), default=None)
        far = max((s for s in before if s.claim is not None), key=lambda s: (_covered(s, topic), -s.n), default=None)
        if near is not None:
            yield Finding(kind, 0.6, "denied or doubted in words that point back"), near, denial
        if far is not None and far is not near and _covered(far, topic) >= LEAST_COVERED:
            yield Finding(kind, 0.45, "denied or doubted in words that point back"), far, denial


def _covered(statement: Statement, topic: frozenset[str]) -> float:
    return _weighed(statement.names & topic, statement.terms & topic) + (0.5 if statement.claim else 0.0)


def _counterclaims(coded: CodedArticle, statements: Sequence[Statement]) -> Iterator[tuple[Finding, Statement, Statement]]:
    """What somebody rejects, against that which the same speaker, or a quotation, says of it right behind."""
    direct = {claim.id for claim in coded.claims if claim.direct}
    for one, other in pairwise(statements):
        answers = other.claim is not None and (other.speaker == one.speaker or other.claim in direct)
        if one.claim is not None and one.denies and answers and one.names & other.names and not other.denies:
            yield Finding("denial", 0.55, "rejected, and answered with the speaker’s own words"), one, other


def _relevance(statement: Statement, denial: Statement) -> float:
    near = 1.0 / (denial.n - statement.n)
    named = 3 * len(statement.cue & denial.terms)  # “the report”, of what somebody reported
    shared = len((statement.names | statement.terms) & (denial.names | denial.terms))
    return shared + 2 * near + named + (0.5 if statement.claim else 0.0)


def _pairs(statements: Sequence[Statement]) -> Iterator[tuple[Finding, Statement, Statement]]:
    holders: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        seen: set[int] = set()
        for key in sorted((*statement.names, *statement.terms, *statement.around)):
            for other in holders[key]:
                if other.n not in seen:
                    seen.add(other.n)
                    if (finding := compare(other, statement)) is not None:
                        yield finding, other, statement
        for key in statement.names | statement.terms | (statement.around if statement.leans else frozenset()):
            holders[key].append(statement)


def _across(
    statements: Sequence[Statement], shelf: StatementShelf, most: int
) -> Iterator[tuple[Finding, Statement, Statement]]:
    for statement in statements:
        keys = wanted_keys(statement)
        if not keys:
            continue
        for other in shelf.statements_with(keys, day=statement.day, most=most):
            if other.article != statement.article and (finding := compare(other, statement)) is not None:
                yield finding, other, statement


def _likeliest(
    found: Iterable[tuple[Finding, Statement, Statement]],
) -> Iterator[tuple[Finding, Statement, Statement]]:
    """The surest, so that no statement is in more than MOST_PARTNERS disputes."""
    partners: dict[tuple[str, int], int] = defaultdict(int)
    ranked = sorted(found, key=lambda item: (-item[0].score, item[1].article, item[1].n, item[2].n))
    for finding, a, b in ranked:
        ends = ((a.article, a.n), (b.article, b.n))
        if all(partners[end] < MOST_PARTNERS for end in ends):
            for end in ends:
                partners[end] += 1
            yield finding, a, b


# -- within one sentence ---------------------------------------------------------------------------------------------------


def _within_sentences(coded: CodedArticle) -> Iterator[Dispute]:
    """“Those who say that … are mistaken”, “he resigned but then withdrew it”: both sides in one sentence."""
    text = coded.article.text
    marked = Marked(marks_of(text, language_of(text, coded.article.language)))
    said = sorted({(b, e) for claim in coded.claims for b, e in claim.content if claim.source_kind != "author"})
    for sentence in coded.reading.sentences:
        marks = marked.inside(sentence)
        kinds = {mark.kind for mark in marks}
        if not kinds & {"denial", "reversal"}:
            continue
        clauses = clauses_of(text, sentence, marked)
        quotes = [m.span(1) for m in _QUOTED.finditer(text, *sentence)]
        inner = [s for s in (*said, *quotes) if sentence[0] <= s[0] and s[1] <= sentence[1]]
        for mark in marks:
            if mark.kind == "denial":
                told = max((s for s in inner if s[1] <= mark.b), default=None, key=lambda s: s[1] - s[0])
                if told is not None and (rest := trimmed(text, (told[1], _end(clauses, mark.b)))) and rest[0] < mark.b:
                    yield _told(coded, "contradiction", told, rest, 0.6, "said by some, and refuted in the same sentence")
            elif mark.kind == "reversal":
                k = next((k for k, (b, e) in enumerate(clauses) if b <= mark.b < e), 0)
                opener = marked.opening(clauses[k])
                if k and opener is not None and opener.kind == "contrast" and len(text[slice(*clauses[k])].split()) <= 12:
                    yield _told(coded, "position_change", clauses[k - 1], clauses[k], 0.5, "done, then taken back")


_QUOTED = re.compile(r"[“\"«]([^”\"»\n]{12,})[”\"»]")


def _end(clauses: Sequence[Span], place: int) -> int:
    return next((e for b, e in clauses if b <= place < e), place)


def _told(coded: CodedArticle, kind: DisputeKind, one: Span, other: Span, score: float, why: str) -> Dispute:
    speakers, article = Speakers(coded), coded.article
    sides = []
    for span in (one, other):
        speaker = speakers.at(span)
        sides.append(
            Disputant(article=article.id, span=span, claim=speaker.claim.id if speaker.claim else None, chain=speaker.chain)
        )
    return Dispute(
        id=content_id("dispute", kind, article.id, one, article.id, other), kind=kind, topic="", a=sides[0], b=sides[1],
        score=score, why=why,
    )  # fmt: skip


def _dispute(finding: Finding, a: Statement, b: Statement) -> Dispute:
    common = [*(n for n in sorted(a.names & b.names) if not n.startswith("@")), *sorted(a.terms & b.terms)]
    one, other = (a, b) if (a.article != b.article or a.span <= b.span) else (b, a)
    return Dispute(
        id=content_id("dispute", finding.kind, one.article, one.span, other.article, other.span),
        kind=finding.kind,
        topic=" ".join(common[:6]),
        a=_side(one),
        b=_side(other),
        score=round(finding.score, 4),
        why=finding.why,
    )


def _side(statement: Statement) -> Disputant:
    return Disputant(article=statement.article, span=statement.span, claim=statement.claim, chain=statement.chain)
