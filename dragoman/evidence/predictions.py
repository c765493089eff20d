"""Predictions: what an article, or somebody in it, says will be; by whom, until when, on what condition, how surely."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from dragoman.evidence.clauses import Marked, clauses_of, trimmed
from dragoman.evidence.lexicon import Mark, language_of, marks_of
from dragoman.evidence.speakers import Speakers
from dragoman.types import Article, Certainty, CodedArticle, Prediction, Span, content_id

FUTURE: dict[str, Certainty] = {"future": "asserted", "likely": "hedged", "possible": "speculative"}
"""Kinds of marks that speak of the future, and how surely."""
_RANK: tuple[Certainty, ...] = ("asserted", "hedged", "speculative")
LONGEST_SIDE = 100
"""Characters of a clause on either side of its mark, beyond which it is cut at a comma or an “and” if it has one."""
LEAST_WORDS = 3
LEAST_BEHIND = 2
"""Words that follow a mark within its clause; with fewer the next clause belongs to it."""


class Timed(Protocol):
    """An expression of time at text[b:e], reckoned out: what ``coding.find_times`` gives."""

    @property
    def b(self) -> int: ...
    @property
    def e(self) -> int: ...
    @property
    def start(self) -> str | None: ...
    @property
    def end(self) -> str | None: ...
    @property
    def type(self) -> str: ...


def find_predictions(coded: CodedArticle, times: Sequence[Timed] = ()) -> tuple[Prediction, ...]:
    """The predictions of an article, in the order of its text. ``times`` are its expressions of time, for the horizons."""
    article = coded.article
    finder = _Finder(coded, times)
    found = (finder.prediction(sentence) for sentence in coded.reading.sentences if not _asks(article.text, sentence))
    return tuple(prediction for predictions in found for prediction in predictions)


class _Finder:
    def __init__(self, coded: CodedArticle, times: Sequence[Timed]) -> None:
        self.article = coded.article
        self.text = coded.article.text
        self.speakers = Speakers(coded)
        self.marked = Marked(marks_of(self.text, language_of(self.text, self.article.language)))
        self.times = [time for time in times if time.start and time.end and time.type == "date"]

    def prediction(self, sentence: Span) -> list[Prediction]:
        """One for each clause of the sentence that a mark of the future stands in."""
        marks = self.marked.inside(sentence)
        ruled_out = [mark for mark in marks if mark.kind in ("not_future", "unfounded")]
        future = [mark for mark in marks if mark.kind in FUTURE and not self._ruled_out(mark, ruled_out)]
        if not future:
            return []
        clauses = clauses_of(self.text, sentence, self.marked)
        begins = [clause[0] for clause in clauses]
        found: dict[int, list[Mark]] = {}
        for mark in future:
            k = bisect_right(begins, mark.b) - 1
            if k >= 0:
                found.setdefault(k, []).append(mark)
        conditions = [c for clause in clauses if (c := self._condition(clause)) is not None]
        made = (self._made(self._whole(clauses, k, inside), inside, sentence, conditions) for k, inside in found.items())
        return _innermost([prediction for prediction in made if prediction is not None])

    def _ruled_out(self, mark: Mark, against: Sequence[Mark]) -> bool:
        """Whether the mark is part of other words (“free will”), or a month with its capital letter (“May”)."""
        capital = mark.kind == "possible" and self.text[mark.b].isupper() and self.text[mark.b : mark.e].lower() == "may"
        return capital or any(other.b <= mark.b < other.e for other in against)

    def _whole(self, clauses: Sequence[Span], k: int, marks: Sequence[Mark]) -> Span:
        """The clause, with the next one if hardly anything follows the mark: “will follow that plan”."""
        clause = clauses[k]
        behind = self.text[marks[-1].e : clause[1]].split()
        if len(behind) < LEAST_BEHIND and k + 1 < len(clauses):
            between = self.text[clause[1] : clauses[k + 1][0]].strip()
            if between in ("", ":") and (self.marked.opening(clauses[k + 1]) is not None or between):
                return clause[0], clauses[k + 1][1]
        return clause

    def _condition(self, clause: Span) -> Span | None:
        """The part of a clause that sets a condition: the whole of it, or up to the comma before what hangs on it."""
        opener = self.marked.opening(clause)
        if opener is None or opener.kind != "condition":
            return None
        comma = self._last_comma(clause)
        return (clause[0], comma) if comma > 0 else clause

    def _last_comma(self, clause: Span) -> int:
        """The comma before the last mark of the future in a clause; -1 if there is none."""
        marks = [mark for mark in self.marked.inside(clause) if mark.kind in FUTURE]
        return self.text.rfind(",", clause[0], marks[-1].b) if marks else -1

    def _made(self, clause: Span, marks: Sequence[Mark], sentence: Span, conditions: Sequence[Span]) -> Prediction | None:
        opener = self.marked.opening(clause)
        if any(mark.kind == "asked" and mark.b == clause[0] for mark in self.marked.inside(clause)):
            return None  # “whether it will” is a question
        if opener is not None and opener.kind == "condition":
            comma = self._last_comma(clause)
            if comma < 0:
                return None  # “if it will”: the condition itself foretells nothing
            clause = trimmed(self.text, (comma, clause[1]))
            marks = [mark for mark in marks if mark.b >= clause[0]]
        elif opener is not None and opener.e < marks[0].b:
            clause = trimmed(self.text, (opener.e, clause[1]))
        speaker = self.speakers.at((marks[0].b, marks[0].e))
        span = self._narrowed(clause, marks, speaker.content)
        if len(self.text[slice(*span)].split()) < LEAST_WORDS:
            return None
        if speaker.claim is not None and speaker.claim.source_kind != "author" and (said := speaker.content) is not None:
            conditions = [c for c in conditions if c[0] < said[1] and said[0] < c[1]]  # the others are not the speaker's
        condition = min(conditions, key=lambda c: max(c[0] - span[1], span[0] - c[1]), default=None)
        claim = speaker.claim
        return Prediction(
            id=content_id("prediction", self.article.id, span, claim.id if claim else None),
            claim=claim.id if claim else None,
            article=self.article.id,
            span=span,
            predictor=speaker.actor,
            horizon=self._horizon(span, sentence),
            condition=condition,
            certainty=self._certainty(span, marks, claim.certainty if claim else "asserted"),
        )

    def _narrowed(self, clause: Span, marks: Sequence[Mark], content: Span | None) -> Span:
        """The clause without what the speaker did not say, and without far-off parts."""
        b, e = clause
        first, last = marks[0], marks[-1]
        if content is not None:
            b, e = max(b, min(content[0], first.b)), min(e, max(content[1], last.e))
        if first.b - b > LONGEST_SIDE:
            joints = [mark.e for mark in self.marked.inside((b, first.b)) if mark.kind == "joint"]
            b = max([b, *joints[-1:], self.text.rfind(", ", b, first.b) + 1])
        if e - last.e > LONGEST_SIDE and (comma := self.text.find(", ", last.e, e)) > 0:
            e = comma
        return self._tied(trimmed(self.text, (b, e)), last)

    def _tied(self, span: Span, last: Mark) -> Span:
        """The span without a conjunction before it, and without one or a preposition that belongs to what comes behind."""
        b, e = span
        marks = self.marked.inside(span)
        b = next((mark.e for mark in marks if mark.b == b and mark.kind == "joint"), b)
        if self.text[e : e + 1].isspace():  # no full stop: the sentence goes on
            e = next((mark.b for mark in marks if mark.e == e and mark.kind == "loose" and mark.b > last.e), e)
        return trimmed(self.text, (b, e))

    def _horizon(self, span: Span, sentence: Span) -> tuple[str, str] | None:
        """The time that the prediction names, else the one that its sentence names; not one that was over when it was made."""
        for around in (span, sentence):
            inside = [t for t in self.times if around[0] <= t.b and t.e <= around[1]]
            ahead = [(t.start, t.end) for t in inside if t.start and t.end and not _over(t.end, self.article)]
            if ahead:
                return ahead[-1]
        return None

    def _certainty(self, span: Span, marks: Sequence[Mark], said: Certainty) -> Certainty:
        least = [FUTURE[mark.kind] for mark in marks]
        if any(mark.kind == "perhaps" for mark in self.marked.inside(span)):
            least.append("hedged")
        return max((said, min(least, key=_RANK.index), *least[-1:]), key=_RANK.index)


def _innermost(predictions: list[Prediction]) -> list[Prediction]:
    """Without those that only announce another: “he predicts that it will go”, beside “it will go”."""
    return [
        one for one in predictions if not any(one.span[0] < other.span[0] < one.span[1] for other in predictions)
    ]  # fmt: skip


def _asks(text: str, sentence: Span) -> bool:
    return text[slice(*sentence)].rstrip(" ”\"»’'").endswith(("?", "؟"))


def _over(end: str, article: Article) -> bool:
    return article.date is not None and end < article.date
