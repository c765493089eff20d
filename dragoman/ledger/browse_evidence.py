"""What is told of several actors or articles together: blocs, reuse, incidents, disputes, predictions and names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec

from dragoman.ledger.browse import FIRST, ArticlesWanted, Browser, Day, Id, Listing, Paging, Words, folded, names, where
from dragoman.ledger.browse_events import PloverType
from dragoman.types import Actor, Certainty, DisputeKind, Record


class ReuseWanted(Record, frozen=True, kw_only=True):
    """Filters on reuse."""

    kind: Literal["verbatim", "near_copy", "quoted", "translation"] | None = None
    article: Id | None = None
    """One of the two articles."""
    outlet: Words | None = None
    """Outlet of one of the two."""


class PassageRow(Record, frozen=True, kw_only=True):
    """A passage of an article: its offsets there, and its words."""

    article: str
    title: str | None
    outlet: str | None
    date: str | None
    language: str | None
    b: int
    e: int
    text: str


class DifferenceRow(Record, frozen=True, kw_only=True):
    """Something that can be checked and is not the same on both sides; None where one side has nothing."""

    what: str
    a: str | None
    b: str | None


class ReuseRow(Record, frozen=True, kw_only=True):
    """A passage that stands, copied or nearly, in two articles; ``ratio`` is how alike they are."""

    id: str
    kind: str
    basis: str
    ratio: float
    a: PassageRow
    b: PassageRow
    differences: tuple[DifferenceRow, ...]


class BlocsWanted(ArticlesWanted, frozen=True, kw_only=True):
    """Filters on blocs that texts name."""

    q: Words | None = None
    """Part of the bloc's name."""
    member: Id | None = None
    """Id of an actor who is told to be in it."""


class MemberRow(Record, frozen=True, kw_only=True):
    """An actor of a bloc, and whether the text states, denies or proposes it."""

    actor: Actor
    status: str


class BlocRow(Record, frozen=True, kw_only=True):
    """A bloc as one article tells of it: who is in it, against whom, in what words and by whose account."""

    id: str
    article: str
    title: str | None
    outlet: str | None
    told: str | None
    language: str | None
    bloc: Actor
    form: str
    words: str | None
    members: tuple[MemberRow, ...]
    opposed_to: tuple[Actor, ...]
    chain: tuple[str, ...]
    score: float
    at: int | None


class IncidentsWanted(Record, frozen=True, kw_only=True):
    """Filters on incidents."""

    type: PloverType | None = None
    articles: Annotated[int, msgspec.Meta(ge=1, le=1000)] | None = None
    """Told by at least so many articles."""
    since: Day | None = None
    until: Day | None = None
    place: Words | None = None
    article: Id | None = None
    """An article that tells it."""


class IncidentRow(Record, frozen=True, kw_only=True):
    """One event as several articles tell it: ``events`` are the ids of its tellings, ``articles`` how many tell it."""

    id: str
    type: str
    start: str | None
    end: str | None
    place: str | None
    articles: int
    events: tuple[str, ...]


class DisputesWanted(Record, frozen=True, kw_only=True):
    """Filters on disputes."""

    kind: DisputeKind | None = None
    q: Words | None = None
    """Part of the words that both sides share."""
    article: Id | None = None
    """An article that one of the two stands in."""


class DisputedSide(PassageRow, frozen=True, kw_only=True):
    """One side of a dispute: its words, and by whose account."""

    claim: str | None
    chain: tuple[str, ...]


class DisputeRow(Record, frozen=True, kw_only=True):
    """Two statements that cannot both hold as they stand, or one and its denial; neither is right by standing first."""

    id: str
    kind: DisputeKind
    topic: str
    score: float
    why: str
    a: DisputedSide
    b: DisputedSide


class PredictionsWanted(ArticlesWanted, frozen=True, kw_only=True):
    """Filters on predictions."""

    predictor: Id | None = None
    """Id of the actor who predicts."""
    certainty: Certainty | None = None
    due_before: Day | None = None
    """Predictions whose time is over by this day."""


class PredictionRow(Record, frozen=True, kw_only=True):
    """What somebody says will be: in what words, by when, on what condition. Without a predictor the article itself says so."""

    id: str
    article: str
    title: str | None
    outlet: str | None
    told: str | None
    language: str | None
    predictor: Actor | None
    words: str
    start: str | None
    end: str | None
    condition: str | None
    certainty: Certainty
    claim: str | None
    at: int


class NamesWanted(ArticlesWanted, frozen=True, kw_only=True):
    """Filters on what actors or incidents are called."""

    of: Literal["actors", "incidents"] = "actors"
    """Whose names: those of actors, or the words for the event of one incident."""
    q: Words | None = None
    """Part of the actor's name; of an incident its type."""


class NamedRow(Record, frozen=True, kw_only=True):
    """An actor or incident that is called by different names."""

    id: str
    name: str
    code: str | None


Place = tuple[str, str, str | None, str, str, tuple[int, int]]
"""Where an article names something: its id, its name, the outlet, the words, the article, the span."""
NO_NAME_FILTER = NamesWanted()
NO_INCIDENT_FILTER, NO_DISPUTE_FILTER, NO_PREDICTION_FILTER = IncidentsWanted(), DisputesWanted(), PredictionsWanted()
NO_REUSE_FILTER, NO_BLOC_FILTER = ReuseWanted(), BlocsWanted()
_PASSAGE = """{0}.id, {0}.title, coalesce({0}.outlet, {0}.republisher), {0}.date, {0}.language, r.{0}_b, r.{0}_e,
    substr({0}.text, r.{0}_b + 1, r.{0}_e - r.{0}_b)"""


def reuse(browser: Browser, wanted: ReuseWanted = NO_REUSE_FILTER, *, paging: Paging = FIRST) -> Listing[ReuseRow]:
    """The passages that match, those found last first."""
    condition = where(_reuse_parts(wanted))
    tables = "reuse r JOIN articles a ON a.seq = r.a JOIN articles b ON b.seq = r.b"
    total = browser.count(f"SELECT count(*) FROM {tables} WHERE {condition.sql}", condition.values)
    sql = f"""SELECT r.id, r.kind, r.basis, r.ratio, {_PASSAGE.format("a")}, {_PASSAGE.format("b")},
            (SELECT json_group_array(json_array(what, of_a, of_b)) FROM (
                SELECT d.what, substr(a.text, d.a_b + 1, d.a_e - d.a_b) AS of_a,
                    substr(b.text, d.b_b + 1, d.b_e - d.b_b) AS of_b
                FROM reuse_differences d WHERE d.reuse = r.seq ORDER BY d.n))
        FROM {tables} WHERE {condition.sql} ORDER BY r.seq DESC {paging.sql}"""
    return Listing(total=total, rows=tuple(map(_reuse, browser.rows(sql, condition.values))))


def blocs(browser: Browser, wanted: BlocsWanted = NO_BLOC_FILTER, *, paging: Paging = FIRST) -> Listing[BlocRow]:
    """The blocs that match, by name, the newest account first."""
    condition = where(_bloc_parts(wanted))
    tables = "blocs k JOIN articles a ON a.seq = k.article"
    total = browser.count(f"SELECT count(*) FROM {tables} WHERE {condition.sql}", condition.values)
    hung = "WHERE m.article = k.article AND m.bloc = k.n ORDER BY m.n"
    sql = f"""SELECT k.id, a.id, a.title, coalesce(a.outlet, a.republisher), a.date, a.language,
            k.actor_id, k.actor, k.actor_code, k.form,
            (SELECT substr(a.text, m.b + 1, m.e - m.b) FROM bloc_spans m {hung} LIMIT 1),
            (SELECT json_group_array(json_array(actor_id, actor, actor_code, status)) FROM (
                SELECT m.actor_id, m.actor, m.actor_code, m.status FROM bloc_members m {hung})),
            (SELECT json_group_array(json_array(actor_id, actor, actor_code)) FROM (
                SELECT m.actor_id, m.actor, m.actor_code FROM bloc_opposed m {hung})),
            (SELECT json_group_array(name) FROM (SELECT m.name FROM bloc_chain m {hung})),
            k.score, (SELECT min(m.b) FROM bloc_spans m WHERE m.article = k.article AND m.bloc = k.n)
        FROM {tables} WHERE {condition.sql} ORDER BY k.actor, a.date DESC, k.article, k.n {paging.sql}"""
    return Listing(total=total, rows=tuple(map(_bloc, browser.rows(sql, condition.values))))


def incidents(
    browser: Browser, wanted: IncidentsWanted = NO_INCIDENT_FILTER, *, paging: Paging = FIRST
) -> Listing[IncidentRow]:
    """The incidents that match, those told most often first."""
    condition = where(_incident_parts(wanted))
    told = """SELECT i.seq, i.id, i.type, i.start_day, i.end_day, i.place,
            (SELECT count(DISTINCT e.article) FROM incident_events m JOIN events e ON e.id = m.event
                WHERE m.incident = i.id) AS articles,
            (SELECT json_group_array(m.event) FROM incident_events m WHERE m.incident = i.id) AS events
        FROM incidents i"""
    total = browser.count(f"SELECT count(*) FROM ({told}) WHERE {condition.sql}", condition.values)
    sql = f"""SELECT id, type, start_day, end_day, place, articles, events FROM ({told}) WHERE {condition.sql}
        ORDER BY articles DESC, start_day DESC, seq {paging.sql}"""
    rows = tuple(
        IncidentRow(id=row[0], type=row[1], start=row[2], end=row[3], place=row[4], articles=row[5], events=names(row[6]))
        for row in browser.rows(sql, condition.values)
    )
    return Listing(total=total, rows=rows)


def disputes(browser: Browser, wanted: DisputesWanted = NO_DISPUTE_FILTER, *, paging: Paging = FIRST) -> Listing[DisputeRow]:
    """The disputes that match, the surest first."""
    condition = where(_dispute_parts(wanted))
    tables = "disputes r JOIN articles a ON a.seq = r.a JOIN articles b ON b.seq = r.b"
    total = browser.count(f"SELECT count(*) FROM {tables} WHERE {condition.sql}", condition.values)
    sql = f"""SELECT r.id, r.kind, r.topic, r.score, r.why, {_PASSAGE.format("a")}, r.a_claim, r.a_chain,
            {_PASSAGE.format("b")}, r.b_claim, r.b_chain
        FROM {tables} WHERE {condition.sql} ORDER BY r.score DESC, r.seq {paging.sql}"""
    return Listing(total=total, rows=tuple(map(_dispute, browser.rows(sql, condition.values))))


def disputes_of_claims(browser: Browser, claims: tuple[str, ...]) -> dict[str, tuple[DisputeRow, ...]]:
    """The disputes in which each of these claims is a side, by the claim's id."""
    marks = ", ".join("?" * len(claims))
    sql = f"""SELECT r.id, r.kind, r.topic, r.score, r.why, {_PASSAGE.format("a")}, r.a_claim, r.a_chain,
            {_PASSAGE.format("b")}, r.b_claim, r.b_chain
        FROM disputes r JOIN articles a ON a.seq = r.a JOIN articles b ON b.seq = r.b
        WHERE r.a_claim IN ({marks}) OR r.b_claim IN ({marks}) ORDER BY r.score DESC, r.seq"""
    found: dict[str, list[DisputeRow]] = defaultdict(list)
    for row in map(_dispute, browser.rows(sql, (*claims, *claims))):
        for claim in {row.a.claim, row.b.claim} & set(claims):
            found[str(claim)].append(row)
    return {claim: tuple(rows) for claim, rows in found.items()}


def predictions(
    browser: Browser, wanted: PredictionsWanted = NO_PREDICTION_FILTER, *, paging: Paging = FIRST
) -> Listing[PredictionRow]:
    """The predictions that match, those due first in front; those without a time behind them."""
    condition = where(_prediction_parts(wanted))
    tables = "predictions p JOIN articles a ON a.seq = p.article"
    total = browser.count(f"SELECT count(*) FROM {tables} WHERE {condition.sql}", condition.values)
    sql = f"""SELECT p.id, a.id, a.title, coalesce(a.outlet, a.republisher), a.date, a.language,
            p.predictor_id, p.predictor, p.predictor_code, substr(a.text, p.b + 1, p.e - p.b), p.start_day, p.end_day,
            substr(a.text, p.condition_b + 1, p.condition_e - p.condition_b), p.certainty, p.claim, p.b
        FROM {tables} WHERE {condition.sql} ORDER BY p.end_day IS NULL, p.end_day, a.date, p.seq {paging.sql}"""
    return Listing(total=total, rows=tuple(map(_prediction, browser.rows(sql, condition.values))))


_NAMED = """articles a JOIN cast_members m ON m.article = a.seq
    JOIN cast_namings s ON s.article = m.article AND s.member = m.n"""
_TOLD = """articles a JOIN events e ON e.article = a.seq JOIN incident_events m ON m.event = e.id
    JOIN incidents i ON i.id = m.incident"""


def named(browser: Browser, wanted: NamesWanted = NO_NAME_FILTER, *, paging: Paging = FIRST) -> Listing[NamedRow]:
    """What is called by different names in the articles that match: that which is named most comes first.

    Names that are all of one length count as one name here: to compare them, every text would have to be opened.
    """
    condition = where(_name_parts(wanted))
    if wanted.of == "actors":
        sql = f"""SELECT m.actor_id, m.actor, m.actor_code, count(*) AS times FROM {_NAMED}
            WHERE (s.form IN ('name', 'seat') OR s.form = 'reference' AND s.e - s.b > 6) AND {condition.sql}
            GROUP BY m.actor_id HAVING count(DISTINCT s.e - s.b) > 1"""
    else:
        sql = f"""SELECT i.id, i.type, NULL, count(*) AS times FROM {_TOLD} WHERE {condition.sql}
            GROUP BY i.id HAVING count(DISTINCT e.trigger_e - e.trigger_b) > 1"""
    total = browser.count(f"SELECT count(*) FROM ({sql})", condition.values)
    rows = browser.rows(f"{sql} ORDER BY times DESC, 1 {paging.sql}", condition.values)
    return Listing(total=total, rows=tuple(NamedRow(id=row[0], name=row[1], code=row[2]) for row in rows))


def places_of_names(browser: Browser, wanted: NamesWanted, ids: tuple[str, ...]) -> Iterator[Place]:
    """Where the articles that match name the actors or incidents of these ids; pronouns are left out."""
    condition = where(_name_parts(wanted))
    marks = ", ".join("?" * len(ids))
    if wanted.of == "actors":
        words = "substr(a.text, s.b + 1, s.e - s.b)"
        sql = f"""SELECT m.actor_id, m.actor, coalesce(a.outlet, a.author), {words}, a.id, s.b, s.e FROM {_NAMED}
            WHERE (s.form IN ('name', 'seat') OR s.form = 'reference' AND instr({words}, ' ')) AND {condition.sql}
                AND m.actor_id IN ({marks}) ORDER BY a.seq, s.b"""
    else:
        sql = f"""SELECT i.id, i.type, coalesce(a.outlet, a.author), substr(a.text, e.trigger_b + 1, e.trigger_e - e.trigger_b),
                a.id, e.trigger_b, e.trigger_e FROM {_TOLD}
            WHERE {condition.sql} AND i.id IN ({marks}) ORDER BY a.seq, e.n"""
    for of, name, outlet, words, article, b, e in browser.rows(sql, (*condition.values, *ids)):
        yield of, name, outlet, words, article, (b, e)


def _name_parts(wanted: NamesWanted) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    yield from wanted.article_parts()
    if wanted.q:
        yield f"instr(fold({'m.actor' if wanted.of == 'actors' else 'i.type'}), ?)", (folded(wanted.q),)


def _incident_parts(wanted: IncidentsWanted) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    if wanted.type:
        yield "type = ?", (wanted.type,)
    if wanted.articles:
        yield "articles >= ?", (wanted.articles,)
    if wanted.since:
        yield "coalesce(end_day, start_day) >= ?", (wanted.since,)
    if wanted.until:
        yield "start_day <= ?", (wanted.until + "~",)
    if wanted.place:
        yield "place = ?", (wanted.place,)
    if wanted.article:
        inside = "SELECT m.incident FROM incident_events m JOIN events e ON e.id = m.event JOIN articles a ON a.seq = e.article"
        yield f"id IN ({inside} WHERE a.id = ?)", (wanted.article,)


def _dispute_parts(wanted: DisputesWanted) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    if wanted.kind:
        yield "r.kind = ?", (wanted.kind,)
    if wanted.q:
        yield "instr(fold(r.topic), ?)", (folded(wanted.q),)
    if wanted.article:
        one = "(SELECT seq FROM articles WHERE id = ?)"
        yield f"r.a = {one} OR r.b = {one}", (wanted.article, wanted.article)


def _prediction_parts(wanted: PredictionsWanted) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    yield from wanted.article_parts()
    if wanted.predictor:
        yield "p.predictor_id = ?", (wanted.predictor,)
    if wanted.certainty:
        yield "p.certainty = ?", (wanted.certainty,)
    if wanted.due_before:
        yield "p.end_day <= ?", (wanted.due_before,)


def _reuse_parts(wanted: ReuseWanted) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    if wanted.kind:
        yield "r.kind = ?", (wanted.kind,)
    if wanted.article:
        one = "(SELECT seq FROM articles WHERE id = ?)"
        yield f"r.a = {one} OR r.b = {one}", (wanted.article, wanted.article)
    if wanted.outlet:
        yield "? IN (a.outlet, a.republisher, b.outlet, b.republisher)", (wanted.outlet,)


def _bloc_parts(wanted: BlocsWanted) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    yield from wanted.article_parts()
    if wanted.q:
        yield "instr(fold(k.actor), ?)", (folded(wanted.q),)
    if wanted.member:
        inside = "SELECT m.article, m.bloc FROM bloc_members m WHERE m.actor_id = ?"
        yield f"(k.article, k.n) IN ({inside})", (wanted.member,)


def _reuse(row: tuple[Any, ...]) -> ReuseRow:
    differences = tuple(DifferenceRow(what=what, a=a, b=b) for what, a, b in msgspec.json.decode(row[20]))
    a, b = (PassageRow(**dict(zip(PassageRow.__struct_fields__, row[start : start + 8], strict=True))) for start in (4, 12))
    return ReuseRow(id=row[0], kind=row[1], basis=row[2], ratio=round(row[3], 3), a=a, b=b, differences=differences)


def _bloc(row: tuple[Any, ...]) -> BlocRow:
    members = tuple(
        MemberRow(actor=Actor(id=id_, name=name, code=code), status=status)
        for id_, name, code, status in msgspec.json.decode(row[11])
    )
    opposed = tuple(Actor(id=id_, name=name, code=code) for id_, name, code in msgspec.json.decode(row[12]))
    return BlocRow(
        id=row[0], article=row[1], title=row[2], outlet=row[3], told=row[4], language=row[5],
        bloc=Actor(id=row[6], name=row[7], code=row[8]), form=row[9], words=row[10], members=members, opposed_to=opposed,
        chain=names(row[13]), score=round(row[14], 3), at=row[15],
    )  # fmt: skip


def _dispute(row: tuple[Any, ...]) -> DisputeRow:
    a, b = (
        DisputedSide(
            **dict(zip(PassageRow.__struct_fields__, row[start : start + 8], strict=True)), claim=row[start + 8],
            chain=names(row[start + 9]),
        )
        for start in (5, 15)
    )  # fmt: skip
    return DisputeRow(id=row[0], kind=row[1], topic=row[2], score=round(row[3], 3), why=row[4], a=a, b=b)


def _prediction(row: tuple[Any, ...]) -> PredictionRow:
    return PredictionRow(
        id=row[0], article=row[1], title=row[2], outlet=row[3], told=row[4], language=row[5],
        predictor=None if row[6] is None else Actor(id=row[6], name=row[7], code=row[8]),
        words=row[9], start=row[10], end=row[11], condition=row[12], certainty=row[13], claim=row[14], at=row[15],
    )  # fmt: skip
