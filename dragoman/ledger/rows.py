"""Records to rows and back. What comes out of the ledger equals what went in."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from dragoman.errors import InputError
from dragoman.ledger import society
from dragoman.ledger.schema import ARTICLE_TABLES, EVENT_COLUMNS
from dragoman.types import (
    Actor,
    Article,
    Attribution,
    Claim,
    CodedArticle,
    Event,
    EventDate,
    EventPlace,
    Mention,
    Outcome,
    Page,
    PageFields,
    Participant,
    Reading,
    Record,
    Relation,
    Span,
    Zone,
)

_R = TypeVar("_R", bound=Record)
_LATER = frozenset(table.name for table in ARTICLE_TABLES if table.since > 1)

Value = str | int | float | None
Row = tuple[Value, ...]
Coded = Mapping[str, Sequence[Row]]
"""The rows of one article by table name (see schema.ARTICLE_TABLES), each without the article's ``seq``."""


def page_row(page: Page) -> Row:
    """The row of ``schema.PAGE_COLUMNS``."""
    given = page.fields
    return (
        page.id, page.origin, page.kind, page.encoding, page.truncated,
        given.title, given.author, given.outlet, given.date, given.language, page.text,
    )  # fmt: skip


def page_of(row: Sequence[object]) -> Page:
    """The page of a row of ``schema.PAGE_COLUMNS``."""
    names = ("id", "origin", "kind", "encoding", "truncated")
    given = dict(zip(("title", "author", "outlet", "date", "language"), row[5:10], strict=True))
    return _make(Page, {**dict(zip(names, row, strict=False)), "fields": _make(PageFields, given), "text": row[10]})


def article_row(article: Article) -> Row:
    """The row of ``schema.ARTICLE_COLUMNS``."""
    return (
        article.id, article.page, article.n, article.title, article.author, article.outlet, article.republisher,
        article.translator, article.date, article.date_basis, article.language, article.translation_of, article.text,
    )  # fmt: skip


def outcome_row(outcome: Outcome) -> Row:
    """The row of ``schema.OUTCOME_COLUMNS``."""
    return (outcome.origin, outcome.status, outcome.reason, outcome.page, outcome.articles)


def coded_rows(coded: CodedArticle) -> dict[str, list[Row]]:
    """The rows of everything that hangs on an article, by table."""
    rows: dict[str, list[Row]] = {table.name: [] for table in ARTICLE_TABLES}
    rows["article_spans"] = _span_rows(coded.article.page_spans)
    rows["zones"] = [(n, zone.label, zone.b, zone.e, zone.text) for n, zone in enumerate(coded.article.zones)]
    rows["sentences"] = _span_rows(coded.reading.sentences)
    rows["mentions"] = [(n, m.b, m.e, m.type, _real(m.score)) for n, m in enumerate(coded.reading.mentions)]
    for n, attribution in enumerate(coded.reading.attributions):
        rows["attributions"].append((n, _real(attribution.score)))
        # in the order of the primary key, so that rows read back compare equal to these
        for role, spans in (("content", attribution.content), ("cue", attribution.cue), ("source", attribution.source)):
            rows["attribution_spans"].extend((n, role, *row) for row in _span_rows(spans))
    for n, claim in enumerate(coded.claims):
        rows["claims"].append(_claim_row(n, claim))
        rows["claim_spans"].extend((n, *row) for row in _span_rows(claim.content))
        rows["claim_chain"].extend((n, i, name) for i, name in enumerate(claim.chain))
    for n, event in enumerate(coded.events):
        rows["events"].append(_event_row(n, event))
        for role, sides in (("actor", event.actors), ("recipient", event.recipients)):
            rows["event_sides"].extend((n, role, i, *side.span, *_actor_cells(side.actor)) for i, side in enumerate(sides))
        rows["event_chain"].extend((n, i, name) for i, name in enumerate(event.chain))
        if event.cameo is not None and event.goldstein is not None:
            rows["event_codes"].append((n, event.cameo, _real(event.goldstein)))
        rows["event_contexts"].extend((n, i, context) for i, context in enumerate(event.contexts))
        rows["event_mentions"].extend((n, *row) for row in _span_rows(event.mentions))
    for n, relation in enumerate(coded.relations):
        rows["relations"].append(
            (
                n, relation.id, *relation.span, *_actor_cells(relation.source), *_actor_cells(relation.target),
                relation.kind, relation.sign, _real(relation.score),
            )
        )  # fmt: skip
        rows["relation_chain"].extend((n, i, name) for i, name in enumerate(relation.chain))
    society.add_rows(rows, coded)
    return rows


def article_of(row: Sequence[object], spans: Iterable[Row], zones: Iterable[Row]) -> Article:
    """The article of a row of ``schema.ARTICLE_COLUMNS`` with its ``article_spans`` and ``zones``."""
    names = ("id", "page", "n", "title", "author", "outlet", "republisher", "translator")
    more = ("date", "date_basis", "language", "translation_of", "text")
    values = dict(zip((*names, *more), row, strict=True))
    page_spans = tuple((b, e) for _, b, e in spans)
    return _make(Article, {**values, "page_spans": page_spans, "zones": tuple(map(_zone_of, zones))})


def reading_of(coded: Coded) -> Reading:
    """The reading of one article, from its rows."""
    roles: dict[tuple[Value, Value], list[Span]] = defaultdict(list)
    for n, role, _, b, e in coded["attribution_spans"]:
        roles[n, role].append((_int(b), _int(e)))
    attributions = tuple(
        Attribution(
            source=tuple(roles[n, "source"]),
            cue=tuple(roles[n, "cue"]),
            content=tuple(roles[n, "content"]),
            score=_float(score),
        )
        for n, score in coded["attributions"]
    )
    mentions = tuple(
        Mention(b=_int(b), e=_int(e), type=str(kind), score=_float(score)) for _, b, e, kind, score in coded["mentions"]
    )
    return Reading(
        sentences=tuple((_int(b), _int(e)) for _, b, e in coded["sentences"]), mentions=mentions, attributions=attributions
    )


def claim_of(article: str, row: Row, spans: Iterable[Row], chain: Iterable[Row]) -> Claim:
    """The claim of a row of ``schema.CLAIM_COLUMNS``, its (b, e) rows and its rows of one name."""
    (_, id_, source_b, source_e, actor_id, actor, code, kind, cue_b, cue_e, certainty, polarity, direct, score) = row
    values = {
        "id": id_,
        "article": article,
        "source": _span_of(source_b, source_e),
        "source_actor": None if actor_id is None else _make(Actor, {"id": actor_id, "name": actor, "code": code}),
        "source_kind": kind,
        "cue": _span_of(cue_b, cue_e),
        "content": tuple((b, e) for b, e in spans),
        "chain": tuple(name for (name,) in chain),
        "certainty": certainty,
        "polarity": polarity,
        "direct": bool(direct),
        "score": score,
    }
    return _make(Claim, values)


def claims_of(article: str, coded: Coded) -> tuple[Claim, ...]:
    """The claims of one article, from its rows."""
    spans, chains = _grouped(coded["claim_spans"], (2, 3)), _grouped(coded["claim_chain"], (2,))
    return tuple(claim_of(article, row, spans[row[0]], chains[row[0]]) for row in coded["claims"])


def event_of(
    article: str,
    row: Row,
    sides: Iterable[Row],
    chain: Iterable[Row],
    codes: Iterable[Row] = (),
    contexts: Iterable[Row] = (),
    mentions: Iterable[Row] = (),
) -> Event:
    """The event of a row of ``schema.EVENT_COLUMNS``.

    ``sides`` are rows of (role, b, e, id, name, code), ``codes`` of (CAMEO code, Goldstein score), ``mentions`` of (b, e);
    those of ``chain`` and ``contexts`` are of one name.
    """
    values = dict(zip(EVENT_COLUMNS, row, strict=True))
    by_role: dict[Value, list[Participant]] = defaultdict(list)
    for role, b, e, *who in sides:
        by_role[role].append(Participant(span=(_int(b), _int(e)), actor=_actor_of(who)))
    date = place = None
    if values["date_basis"] is not None:
        span = _span_of(values["date_b"], values["date_e"])
        date = _make(
            EventDate,
            {"start": values["date_start"], "end": values["date_end"], "basis": values["date_basis"], "span": span},
        )
    if values["place"] is not None:
        span = _span_of(values["place_b"], values["place_e"])
        place = _make(
            EventPlace, {"span": span, "name": values["place"], **{name: values[name] for name in ("lat", "lon", "country")}}
        )
    return _make(
        Event,
        {
            **{name: values[name] for name in ("id", "type", "mode", "status", "score")},
            **dict(zip(("cameo", "goldstein"), next(iter(codes), (None, None)), strict=True)),
            "contexts": tuple(context for (context,) in contexts),
            "mentions": tuple((b, e) for b, e in mentions),
            "article": article,
            "sentence": _span_of(values["sentence_b"], values["sentence_e"]),
            "trigger": _span_of(values["trigger_b"], values["trigger_e"]),
            "actors": tuple(by_role["actor"]),
            "recipients": tuple(by_role["recipient"]),
            "date": date,
            "place": place,
            "chain": tuple(name for (name,) in chain),
        },
    )


def relation_of(article: str, row: Row, chain: Iterable[Row], manner: Iterable[Row] = ()) -> Relation:
    """The relation of a row of ``schema.RELATION_COLUMNS``, its rows of one name, and its (status, basis) if it is told."""
    _, id_, b, e, *rest = row
    kind, sign, score = rest[6:]
    relation = _make(
        Relation,
        {
            "id": id_,
            "article": article,
            "span": (b, e),
            "source": _actor_of(rest[:3]),
            "target": _actor_of(rest[3:6]),
            "kind": kind,
            "sign": sign,
            "chain": tuple(name for (name,) in chain),
            "score": score,
        },
    )
    return society.with_manner(relation, manner)


def events_of(article: str, coded: Coded) -> tuple[Event, ...]:
    """The events of one article, from its rows."""
    sides, chains = _grouped(coded["event_sides"], (1, 3, 4, 5, 6, 7)), _grouped(coded["event_chain"], (2,))
    codes, contexts = _grouped(coded["event_codes"], (1, 2)), _grouped(coded["event_contexts"], (2,))
    told = _grouped(coded["event_mentions"], (2, 3))
    return tuple(
        event_of(article, row, sides[row[0]], chains[row[0]], codes[row[0]], contexts[row[0]], told[row[0]])
        for row in coded["events"]
    )


def relations_of(article: str, coded: Coded) -> tuple[Relation, ...]:
    """The relations of one article, from its rows."""
    chains, manners = _grouped(coded["relation_chain"], (2,)), _grouped(coded["relation_manner"], (1, 2))
    return tuple(relation_of(article, row, chains[row[0]], manners[row[0]]) for row in coded["relations"])


def _grouped(rows: Iterable[Row], columns: Sequence[int]) -> Mapping[Value, list[Row]]:
    """The given columns of rows, by their first column."""
    groups: dict[Value, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[0]].append(tuple(row[k] for k in columns))
    return groups


def _event_row(n: int, event: Event) -> Row:
    date, place = event.date, event.place
    when: Row = (None,) * 5 if date is None else (date.start, date.end, date.basis, *(date.span or (None, None)))
    where: Row = (None,) * 6
    if place is not None:
        where = (*place.span, place.name, _real_or_none(place.lat), _real_or_none(place.lon), place.country)
    return (
        n, event.id, *event.sentence, *event.trigger, event.type, event.mode, event.status, *when, *where, _real(event.score),
    )  # fmt: skip


def _actor_cells(actor: Actor) -> Row:
    return (actor.id, actor.name, actor.code)


def _actor_of(cells: Sequence[Value]) -> Actor:
    return _make(Actor, dict(zip(("id", "name", "code"), cells, strict=True)))


def _real_or_none(value: float | None) -> float | None:
    return None if value is None else _real(value)


def outcome_of(row: Sequence[object]) -> Outcome:
    """The outcome of a row of ``schema.OUTCOME_COLUMNS``."""
    return _make(Outcome, dict(zip(("origin", "status", "reason", "page", "articles"), row, strict=True)))


def checksum(row: Row, coded: Coded | None = None) -> str:
    """A sum over a row and all that hangs on it: tells damaged content from sound."""
    digest = hashlib.sha256(repr(row).encode("utf-8", "surrogatepass"))
    for name in sorted(coded or ()):
        if name in _LATER and not (coded or {})[name]:
            continue  # an article that was stored before there was such a table keeps its sum
        digest.update(repr((name, list((coded or {})[name]))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def require_storable(what: str, rows: Iterable[Row]) -> None:
    """Raise InputError for what SQLite text and numbers cannot hold: NUL, lone surrogates, NaN."""
    for row in rows:
        for value in row:
            if isinstance(value, str):
                _require_text(what, value)
            elif isinstance(value, float) and not math.isfinite(value):
                raise InputError(f"{what}: expected a finite score, found {value}: it cannot be stored")


def _require_text(what: str, text: str) -> None:
    if "\0" in text:
        raise InputError(f"{what}: found a NUL character at {text.index(chr(0))}: clean the text before it is stored")
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"{what}: found a lone surrogate at {error.start}, expected valid Unicode: clean the text before it is stored"
        raise InputError(message) from error


def _claim_row(n: int, claim: Claim) -> Row:
    actor = claim.source_actor
    source_b, source_e = claim.source or (None, None)
    cue_b, cue_e = claim.cue or (None, None)
    who = (None, None, None) if actor is None else (actor.id, actor.name, actor.code)
    return (
        n, claim.id, source_b, source_e, *who, claim.source_kind, cue_b, cue_e,
        claim.certainty, claim.polarity, int(claim.direct), _real(claim.score),
    )  # fmt: skip


def _span_rows(spans: Iterable[Span]) -> list[Row]:
    return [(n, b, e) for n, (b, e) in enumerate(spans)]


def _span_of(b: Value, e: Value) -> Span | None:
    return None if b is None or e is None else (_int(b), _int(e))


def _zone_of(row: Row) -> Zone:
    _, label, b, e, text = row
    return Zone(label=str(label), b=_int(b), e=_int(e), text=str(text))


def _real(score: float) -> float:
    return float(score) + 0.0  # SQLite has no negative zero


def _int(value: Value) -> int:
    if not isinstance(value, int):
        raise TypeError(f"expected an integer column, found {value!r}")
    return value


def _float(value: Value) -> float:
    if not isinstance(value, float):
        raise TypeError(f"expected a real column, found {value!r}")
    return value


def _make(kind: type[_R], values: Mapping[str, object]) -> _R:
    return kind(**values)
