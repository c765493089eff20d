"""The only file that names all stages: pages in, ledger out; texts in, annotations out. No algorithm lives here.

Everything streams: what is under way is what the reader takes at once (see ``reader.model``), whatever the size of the input.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol, TypeVar

import msgspec

from dragoman.config import Limits, TableColumns
from dragoman.errors import DragomanError, InputError
from dragoman.types import (
    Actor,
    Article,
    Bloc,
    CastMember,
    Claim,
    CodedArticle,
    EventPlace,
    Outcome,
    OutcomeStatus,
    Page,
    Reading,
    Record,
    Relation,
    Reuse,
    Span,
    content_id,
)
from dragoman.types import Event as CodedEvent

if TYPE_CHECKING:
    from dragoman.actors import Gazetteer, Places
    from dragoman.exchange.annotations import Request
    from dragoman.ledger import Ledger
    from dragoman.reader.model import Text

_Record = TypeVar("_Record", Claim, CodedEvent, Relation, Bloc)
DEFAULT_LIMITS = Limits()
ANNOTATED = "annotated"
"""The page of a text that ``annotate`` was given: no ledger holds it."""

_BUGS = (ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)
"""What a mistake of ours raises. In a stage that sees one input at a time it costs that input, with a reason to report."""


class ReadsTexts(Protocol):
    """What the pipeline needs of a reader: ``dragoman.reader.model.Reader`` is one."""

    def read(self, texts: Iterable[Text]) -> Iterator[Reading]:
        """A reading for each text, in order, taking texts only as they are needed."""


class Known(Record, frozen=True, kw_only=True):
    """An input that an earlier run has recorded: it was passed over."""

    outcome: Outcome


Event = CodedArticle | Outcome | Known
"""What ``read`` reports: an article that is now stored, an outcome that is now recorded, an input that was known."""


class _Known(NamedTuple):
    """Whom and which places the spans of an article name."""

    actors: dict[Span, Actor]
    places: dict[Span, EventPlace]
    cast: tuple[CastMember, ...]


class _Lookup:
    """The gazetteers, loaded when they are first needed."""

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self._given = gazetteer

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        from dragoman.actors import Gazetteer

        return self._given or Gazetteer.shipped()

    @cached_property
    def _places(self) -> Places:
        from dragoman.actors import Places

        return Places.shipped()

    def known(self, article: Article, reading: Reading) -> _Known:
        """Whom the mentions, the sources and the sides of events name, and where the places are."""
        from dragoman.actors import Resolver

        spans = {(m.b, m.e): m.type for m in reading.mentions}
        sources = (span for attribution in reading.attributions for span in attribution.source)
        arguments = [(a.role, (a.b, a.e)) for event in reading.events for a in event.arguments]
        sides = [span for role, span in arguments if role in ("actor", "recipient")]
        for span in (*sources, *sides):
            spans.setdefault(span, "role")
        resolver = Resolver(self._gazetteer, date=article.date, language=article.language)
        resolved, cast = resolver.resolve_article(article.text, [(b, e, kind) for (b, e), kind in spans.items()])
        actors = {span: found.actor for span, found in zip(spans, resolved, strict=True) if found is not None}
        named = [span for span, kind in spans.items() if kind == "place"]
        named += [span for role, span in arguments if role == "place" and span not in spans]
        places = self._located(article.text, named, actors) if named else {}
        actors.update(self._states_of([span for span in sides if not _is_coded(actors.get(span))], places, article.date))
        return _Known(actors, places, cast)

    def _states_of(
        self, sides: Sequence[Span], places: Mapping[Span, EventPlace], date: str | None
    ) -> Iterator[tuple[Span, Actor]]:
        """For words that name nobody known but hold a place, the state that it lies in (*two villages near Kidal*)."""
        known = sorted(places)
        for b, e in sides:
            behind = islice(known, bisect_left(known, (b, b)), bisect_left(known, (e, e)))
            countries = {country for span in behind if span[1] <= e and (country := places[span].country)}
            state = self._gazetteer.entry_of(countries.pop()) if len(countries) == 1 else None
            if state:
                yield (b, e), state.actor(date)

    def _located(self, text: str, spans: list[Span], actors: dict[Span, Actor]) -> dict[Span, EventPlace]:
        from dragoman.actors import with_capital

        countries = Counter(actor.code[:3] for span, actor in actors.items() if actor.code and span not in spans)
        found = self._places.resolve([with_capital(text, span) for span in spans], countries=countries)
        return {
            span: EventPlace(span=span, name=place.name, lat=place.lat, lon=place.lon, country=place.country)
            for span, place in zip(spans, found, strict=True)
            if place is not None
        }


def _is_coded(actor: Actor | None) -> bool:
    return actor is not None and actor.code is not None


class _Visit:
    """A page on its way through the stages, and what became of its articles so far."""

    def __init__(self, page: Page, articles: int, truncated: str | None) -> None:
        self.page = page
        self.articles = self.left = articles
        self.truncated = page.truncated or truncated
        self.page_stored = False
        self.copies: list[str] = []
        self.failures: list[str] = []

    def outcome(self) -> Outcome:
        """What became of the page, once none of its articles is left."""
        status, reason = self._verdict()
        return Outcome(origin=self.page.origin, status=status, reason=reason, page=self.page.id, articles=self.articles)

    def _verdict(self) -> tuple[OutcomeStatus, str | None]:
        failed, copied = len(self.failures), len(self.copies)
        if failed == self.articles:
            return "rejected", self.failures[0]
        if copied == self.articles:
            what = "its article" if copied == 1 else f"all its {copied} articles"
            return "duplicate", f"{what} stood in the ledger already, from {self.copies[0]}"
        if failed:
            return "truncated", f"{failed} of {self.articles} articles are left out: {self.failures[0]}"
        if self.truncated:
            return "truncated", self.truncated
        if copied:
            return "stored", f"{copied} of {self.articles} articles stood in the ledger already, from {self.copies[0]}"
        return "stored", None


class _Step(Record, frozen=True):
    """An article in its turn; ``unread`` says that the reader is given its text."""

    visit: _Visit
    article: Article
    unread: bool


class _Copy(Record, frozen=True):
    """A page whose like is in the ledger or on its way there."""

    origin: str
    page: str


def read(
    inputs: Sequence[str],
    ledger: Ledger,
    *,
    reader: ReadsTexts,
    columns: TableColumns | None = None,
    stdin: BinaryIO | None = None,
    limits: Limits = DEFAULT_LIMITS,
    gazetteer: Gazetteer | None = None,
) -> Iterator[Event]:
    """Read ``inputs`` into ``ledger`` and report each event once the ledger has taken it. The caller must exhaust it.

    Each article is stored with everything coded from it in one transaction; each input ends with one outcome, recorded with
    the last of its articles. Stopping at any point, by an error or a signal, keeps what was reported; reading the same inputs
    again goes on where it stopped: pages with an outcome are passed over, stored articles are not read again.

    ``gazetteer`` says who is who; None means the one that ships. Raises LedgerError if the ledger cannot be used; bad input
    raises nothing.
    """
    return _Reading(ledger, reader, limits, gazetteer).events(inputs, columns, stdin)


class _Reading:
    """One run of ``read``. ``_waiting`` holds what the reader has been given, in order: one text for each."""

    def __init__(self, ledger: Ledger, reader: ReadsTexts, limits: Limits, gazetteer: Gazetteer | None) -> None:
        self._ledger = ledger
        self._lookup = _Lookup(gazetteer)
        self._reader = reader
        self._limits = limits
        self._waiting: deque[_Step | _Copy | Outcome | Known] = deque()
        self._articles_under_way: set[str] = set()
        self._pages_under_way: set[str] = set()

    def events(self, inputs: Sequence[str], columns: TableColumns | None, stdin: BinaryIO | None) -> Iterator[Event]:
        from dragoman.sources import read_pages

        pages = read_pages(inputs, columns=columns, stdin=stdin, limits=self._limits)
        for reading in self._reader.read(self._texts(pages)):
            match self._waiting.popleft():
                case _Step() as step:
                    yield from self._settle(step, reading)
                case _Copy() as copy:
                    yield self._record(self._outcome_of_copy(copy))
                case Outcome() as outcome:
                    yield self._record(outcome)
                case known:
                    yield known

    # -- before the reader: each thing that waits goes with one text, an empty one where there is nothing to be read --------

    def _texts(self, pages: Iterable[Page | Outcome]) -> Iterator[Text]:
        from dragoman.reader.model import Text

        for found in pages:
            for waiting in self._open(found):
                self._waiting.append(waiting)
                article = waiting.article if isinstance(waiting, _Step) and waiting.unread else None
                yield Text(article.text, article.language) if article else Text("")

    def _open(self, found: Page | Outcome) -> Iterator[_Step | _Copy | Outcome | Known]:
        if isinstance(found, Outcome):
            yield found
            return
        known = next(self._ledger.outcomes(origin=found.origin, page=found.id), None)
        if known is not None and known.status != "rejected":
            yield Known(outcome=known)
        elif found.id in self._pages_under_way or self._twin(found.id):
            yield _Copy(found.origin, found.id)
        else:
            yield from self._split(found)

    def _split(self, page: Page) -> Iterator[_Step | Outcome]:
        from dragoman.articles import split

        try:
            parts = split(page, limits=self._limits)
        except InputError as error:
            yield _rejected(page.origin, page.id, _without_origin(error, page.origin))
            return
        except _BUGS as error:
            yield _rejected(page.origin, page.id, _own_mistake("splitting", error))
            return
        # What zones and spans index is what is stored: of an HTML page its rendition, not the source.
        kept = msgspec.structs.replace(page, text=parts.page_text)
        visit = _Visit(kept, len(parts.articles), parts.truncated)
        self._pages_under_way.add(page.id)
        for article in parts.articles:
            unread = article.id not in self._articles_under_way and not self._ledger.has_article(article.id)
            if unread:
                self._articles_under_way.add(article.id)
            yield _Step(visit, article, unread)

    # -- behind the reader -------------------------------------------------------------------------------------------------

    def _settle(self, step: _Step, reading: Reading) -> Iterator[Event]:
        visit = step.visit
        coded = self._code(step, reading) if step.unread else None
        if coded is None and not step.unread:
            self._note_copy(step)
        visit.left -= 1
        if coded is None and visit.left:
            self._articles_under_way.discard(step.article.id)
            return  # nothing to write yet
        outcome: Outcome | None = None
        with self._ledger.batch():
            stored = coded is not None and self._store(step, coded)
            if not visit.left:
                outcome = self._record(visit.outcome())
        self._articles_under_way.discard(step.article.id)
        if stored and coded is not None:
            yield coded
        if outcome is not None:
            self._pages_under_way.discard(visit.page.id)
            yield outcome

    def _code(self, step: _Step, reading: Reading) -> CodedArticle | None:
        from dragoman.coding import code_article, complete

        try:
            reading = complete(step.article, _with_states(step.article, reading))
            known = self._lookup.known(step.article, reading)
            return code_article(step.article, reading, known.actors, known.places, known.cast)
        except _BUGS as error:
            step.visit.failures.append(_own_mistake(f"coding article {step.article.n}", error))
            return None

    def _store(self, step: _Step, coded: CodedArticle) -> bool:
        visit = step.visit
        try:
            stored = self._ledger.add_article(coded, page=None if visit.page_stored else visit.page)
        except InputError as error:
            visit.failures.append(str(error))
            return False
        if stored:
            visit.page_stored = True
        else:  # another process was faster
            self._note_copy(step)
        return stored

    def _note_copy(self, step: _Step) -> None:
        """An article that was not read is there already: from this very place, before a stop, or from another."""
        there = self._ledger.article(step.article.id)
        if there is None:  # its like, on the way when this one came, could not be stored
            step.visit.failures.append(f"article {step.article.n} is the same as another that could not be stored")
        elif (there.page, there.n) != (step.visit.page.id, step.article.n):
            page = self._ledger.page(there.page)
            step.visit.copies.append(page.origin if page else there.page)

    def _twin(self, page: str) -> Outcome | None:
        return next((o for o in self._ledger.outcomes(page=page) if o.status != "rejected"), None)

    def _outcome_of_copy(self, copy: _Copy) -> Outcome:
        twin = self._twin(copy.page)
        if twin is None:
            return _rejected(copy.origin, copy.page, "the same page as another that could not be stored")
        reason = f"the same page as {twin.origin}"
        return Outcome(origin=copy.origin, status="duplicate", reason=reason, page=copy.page, articles=twin.articles)

    def _record(self, outcome: Outcome) -> Outcome:
        reason = None if outcome.reason is None else _storable(outcome.reason)
        outcome = msgspec.structs.replace(outcome, origin=_storable(outcome.origin), reason=reason)
        self._ledger.record_outcome(outcome)
        return outcome


class Annotated(NamedTuple):
    """A line of ``annotate``'s answer, without line end; ``error`` says why it holds no annotation, or is None."""

    line: bytes
    error: str | None


def annotate(
    lines: Iterable[bytes], *, reader: ReadsTexts, limits: Limits = DEFAULT_LIMITS, gazetteer: Gazetteer | None = None
) -> Iterator[Annotated]:
    """For each line of JSON a line of JSON, by the contract of docs/annotate.md, in the same order.

    A line that cannot be read gives ``{"id", "error"}`` in its place; blank lines are passed over. Lines are taken only as they
    are needed.
    """
    from dragoman.exchange.annotations import Failure, failure_line, parse_request
    from dragoman.reader.model import Text

    lookup = _Lookup(gazetteer)
    waiting: deque[Request | Failure] = deque()

    def texts() -> Iterator[Text]:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            request = parse_request(line, number=number, most=limits.article_characters)
            waiting.append(request)
            yield Text("") if isinstance(request, Failure) else _text_of(request)

    for reading in reader.read(texts()):
        request = waiting.popleft()
        if not isinstance(request, Failure):
            try:
                yield Annotated(_annotated(request, reading, lookup), None)
                continue
            except _BUGS as error:
                request = Failure(id=request.id, error=_own_mistake("coding", error))
        yield Annotated(failure_line(request), request.error)


def _article_of(request: Request) -> Article:
    from dragoman.articles.language import language_of

    return Article(
        id=content_id("text", request.text), page=ANNOTATED, n=0, title=request.title, outlet=request.outlet,
        date=request.date, language=request.language or language_of(request.text), text=request.text,
    )  # fmt: skip


def _text_of(request: Request) -> Text:
    from dragoman.reader.model import Text

    nobody = (0, 0)
    pairs = tuple((pair.source or nobody, pair.target or nobody) for pair in request.pairs)
    return Text(request.text, request.language, pairs)


def _with_states(article: Article, reading: Reading) -> Reading:
    """The reading with the plain names of states that the reader passed over among its mentions."""
    from dragoman.actors import with_plain_states

    return msgspec.structs.replace(reading, mentions=with_plain_states(article.text, reading.mentions, article.language))


def _annotated(request: Request, reading: Reading, lookup: _Lookup) -> bytes:
    """The line of a request: what the reader saw, with what coding adds to it."""
    from dragoman.coding import account_for, code_events, code_relations, complete, find_times
    from dragoman.exchange.annotations import Attributed, Timed, annotation_line

    article = _article_of(request)
    reading = complete(article, _with_states(article, reading))
    known = lookup.known(article, reading)
    times = find_times(article.text, date=article.date, language=article.language)
    accounts = account_for(article, reading, known.actors)
    attributions = [
        Attributed(
            source=account.attribution.source, cue=account.attribution.cue, content=account.attribution.content,
            source_actor=account.source_actor, chain=account.chain, certainty=account.certainty,
            polarity=account.polarity, direct=account.direct, score=round(account.attribution.score, 4),
        )
        for account in accounts
    ]  # fmt: skip
    events = code_events(article, reading, accounts, known.actors, known.places, times)
    return annotation_line(
        request, article.language, reading,
        actors=known.actors,
        attributions=attributions,
        events=events,
        relations=code_relations(article, reading, accounts, known.actors, known.cast, events)[0],
        times=[Timed(b=t.b, e=t.e, start=t.start, end=t.end, type=t.type) for t in times],
        places=known.places,
    )  # fmt: skip


def coded_articles(ledger: Ledger) -> Iterator[CodedArticle]:
    """The articles of the ledger in the order in which they were stored, each with everything coded from it."""
    for article in ledger.articles():
        coded = ledger.coded_article(article.id)
        if coded is not None:
            yield coded


class Gathered(Record, frozen=True, kw_only=True):
    """An article that has been through the evidence stage, and what came of it; ``failure`` says why in vain, or is None."""

    article: str
    reuse: tuple[Reuse, ...] = ()
    incidents: int = 0
    disputes: int = 0
    predictions: int = 0
    failure: str | None = None

    def counts(self) -> dict[str, int]:
        """How much was found of each kind."""
        translations = sum(found.kind == "translation" for found in self.reuse)
        return {
            "reused passages": len(self.reuse) - translations,
            "translations": translations,
            "incidents": self.incidents,
            "disputes": self.disputes,
            "predictions": self.predictions,
        }


def gather_evidence(ledger: Ledger, *, gazetteer: Gazetteer | None = None) -> Iterator[Gathered]:
    """Bring every stored article that has not been there through the evidence stage, and report each once it is done.

    Each is compared with all that came before, at a cost that hardly grows with the ledger, and what is found is stored in one
    transaction with the note that it is done: stopping at any point loses nothing, and the next call goes on from there. A
    mistake of ours costs the one article, with a reason. Raises LedgerError if the ledger cannot be used.
    """
    lookup = _Lookup(gazetteer)
    while (done := _gather_next(ledger, lookup)) is not None:
        yield done


def _gather_next(ledger: Ledger, lookup: _Lookup) -> Gathered | None:
    shelf = ledger.reuse_shelf
    if shelf.next_article() is None:  # to look costs no lock
        return None
    with ledger.batch():
        found = shelf.next_article()
        if found is None:  # another process was faster
            return None
        number, article = found
        try:
            with ledger.batch():
                gathered = _gather(ledger, lookup, number, article)
        except _BUGS as error:
            gathered = Gathered(article=article, failure=_own_mistake(f"gathering evidence on {article}", error))
        shelf.finish(number, failure=gathered.failure)
    return gathered


def _gather(ledger: Ledger, lookup: _Lookup, number: int, article: str) -> Gathered:
    """All that the evidence stage does with one article."""
    from dragoman.evidence import find_reuse, find_translations

    coded = ledger.coded_article(article)
    if coded is None:
        raise LookupError(f"article {article} is not in the ledger")
    shelf = ledger.reuse_shelf
    known = lookup.known(coded.article, coded.reading)
    reuse = (
        *find_reuse(coded, shelf, number=number),
        *find_translations(coded, shelf, known.actors, known.places, number=number),
    )
    shelf.add_reuse(reuse)
    incidents, disputes, predictions = _told(ledger, coded, number)
    return Gathered(article=article, reuse=reuse, incidents=incidents, disputes=disputes, predictions=predictions)


def _told(ledger: Ledger, coded: CodedArticle, number: int) -> tuple[int, int, int]:
    """Set an article's events and statements against those of earlier ones; gives how many incidents are new or grew, and how
    many disputes and predictions were found.
    """
    from dragoman.coding import find_times
    from dragoman.evidence import (
        find_disputes,
        find_incidents,
        find_predictions,
        keys_of,
        keys_of_trace,
        statements_of,
        traces_of,
    )

    article, events, said = coded.article, ledger.incident_shelf, ledger.statement_shelf
    times = find_times(article.text, date=article.date, language=article.language)
    traces, statements = traces_of(coded), statements_of(coded, times)
    joined = find_incidents(traces, events)
    events.add_traces(number, traces, [keys_of_trace(trace) for trace in traces])
    events.add_incidents(joined.joins, joined.incidents, joined.replaced)
    disputes = find_disputes(coded, statements, said)
    said.add_statements(number, statements, [keys_of(statement) for statement in statements])
    said.add_disputes(disputes)
    predictions = find_predictions(coded, times)
    said.add_predictions(number, predictions)
    return len(joined.incidents), len(disputes), len(predictions)


def evidence_lines(ledger: Ledger) -> dict[str, Iterable[msgspec.Struct]]:
    """The files of ``export`` that tell what several articles hold together, each with its lines, made as they are taken."""
    from dragoman.exchange.reuse import REUSE, reuse_line

    return {REUSE: (reuse_line(*both) for both in with_both(ledger, ledger.reuse()))}


def with_both(ledger: Ledger, records: Iterable[Reuse]) -> Iterator[tuple[Reuse, Article, Article]]:
    """Reused passages of the ledger, each with the articles of its two sides."""
    for reuse in records:
        a, b = ledger.article(reuse.a.article), ledger.article(reuse.b.article)
        if a is None or b is None:
            raise DragomanError(f"{ledger.path}: {reuse.id}: one of its articles is not there; check the ledger")
        yield reuse, a, b


def with_articles(ledger: Ledger, records: Iterable[_Record]) -> Iterator[tuple[Article, _Record]]:
    """Records of the ledger (claims, events, relations), each with its article."""
    article: Article | None = None
    for record in records:
        if article is None or article.id != record.article:
            article = ledger.article(record.article)
        if article is None:
            raise DragomanError(f"{ledger.path}: {record.id}: its article {record.article} is not there; check the ledger")
        yield article, record


def _rejected(origin: str, page: str, reason: str) -> Outcome:
    return Outcome(origin=origin, status="rejected", reason=reason, page=page)


def _storable(text: str) -> str:
    """A text that may hold pieces of bad input, with what no file can hold shown as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def _without_origin(error: InputError, origin: str) -> str:
    return str(error).removeprefix(f"{origin}: ")


def _own_mistake(doing: str, error: Exception) -> str:
    return f"a mistake of dragoman's own while {doing}: {type(error).__name__}: {error}; please report it"
