"""Who is who and who stands together: the rows of casts, blocs and the manner of relations, and what is asked of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import msgspec

from dragoman.types import (
    Actor,
    ActorRole,
    ActorSummary,
    Bloc,
    BlocMember,
    CastMember,
    CodedArticle,
    Naming,
    Record,
    Relation,
)

_R = TypeVar("_R", bound=Record)
Value = str | int | float | None
Row = tuple[Value, ...]
Coded = Mapping[str, Sequence[Row]]
BLOC_COLUMNS = ("n", "id", "actor_id", "actor", "actor_code", "form", "score")
TABLES = (
    ("relation_manner", ("relation", "status", "basis"), 1),
    ("blocs", BLOC_COLUMNS, 1),
    ("bloc_spans", ("bloc", "n", "b", "e"), 2),
    ("bloc_members", ("bloc", "n", "actor_id", "actor", "actor_code", "status", "b", "e"), 2),
    ("bloc_opposed", ("bloc", "n", "actor_id", "actor", "actor_code"), 2),
    ("bloc_chain", ("bloc", "n", "name"), 2),
    ("cast_members", ("n", "actor_id", "actor", "actor_code", "kind"), 1),
    ("cast_namings", ("member", "n", "b", "e", "form"), 2),
    ("cast_roles", ("member", "n", "title", "of_whom", "since", "until"), 2),
    ("cast_background", ("member", "n", "actor_id", "actor", "actor_code"), 2),
)
"""Tables of an article that the third version of the schema brought: (name, columns, how many of them are the key)."""
STATEMENTS = (
    """CREATE TABLE relation_manner (
        article INTEGER NOT NULL, relation INTEGER NOT NULL, status TEXT NOT NULL, basis TEXT NOT NULL,
        PRIMARY KEY (article, relation), FOREIGN KEY (article, relation) REFERENCES relations (article, n)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE blocs (
        article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        actor_id TEXT NOT NULL, actor TEXT NOT NULL, actor_code TEXT, form TEXT NOT NULL, score REAL NOT NULL,
        PRIMARY KEY (article, n)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX blocs_by_actor ON blocs (actor_id)",
    """CREATE TABLE bloc_spans (
        article INTEGER NOT NULL, bloc INTEGER NOT NULL, n INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,
        PRIMARY KEY (article, bloc, n), FOREIGN KEY (article, bloc) REFERENCES blocs (article, n)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE bloc_members (
        article INTEGER NOT NULL, bloc INTEGER NOT NULL, n INTEGER NOT NULL,
        actor_id TEXT NOT NULL, actor TEXT NOT NULL, actor_code TEXT, status TEXT NOT NULL, b INTEGER, e INTEGER,
        PRIMARY KEY (article, bloc, n), FOREIGN KEY (article, bloc) REFERENCES blocs (article, n)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX bloc_members_by_actor ON bloc_members (actor_id)",
    """CREATE TABLE bloc_opposed (
        article INTEGER NOT NULL, bloc INTEGER NOT NULL, n INTEGER NOT NULL,
        actor_id TEXT NOT NULL, actor TEXT NOT NULL, actor_code TEXT,
        PRIMARY KEY (article, bloc, n), FOREIGN KEY (article, bloc) REFERENCES blocs (article, n)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE bloc_chain (
        article INTEGER NOT NULL, bloc INTEGER NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL,
        PRIMARY KEY (article, bloc, n), FOREIGN KEY (article, bloc) REFERENCES blocs (article, n)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE cast_members (
        article INTEGER NOT NULL REFERENCES articles (seq), n INTEGER NOT NULL,
        actor_id TEXT NOT NULL, actor TEXT NOT NULL, actor_code TEXT, kind TEXT NOT NULL, PRIMARY KEY (article, n)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX cast_members_by_actor ON cast_members (actor_id)",
    """CREATE TABLE cast_namings (
        article INTEGER NOT NULL, member INTEGER NOT NULL, n INTEGER NOT NULL, b INTEGER NOT NULL, e INTEGER NOT NULL,
        form TEXT NOT NULL, PRIMARY KEY (article, member, n),
        FOREIGN KEY (article, member) REFERENCES cast_members (article, n)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE cast_roles (
        article INTEGER NOT NULL, member INTEGER NOT NULL, n INTEGER NOT NULL, title TEXT NOT NULL, of_whom TEXT NOT NULL,
        since TEXT, until TEXT, PRIMARY KEY (article, member, n),
        FOREIGN KEY (article, member) REFERENCES cast_members (article, n)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE cast_background (
        article INTEGER NOT NULL, member INTEGER NOT NULL, n INTEGER NOT NULL,
        actor_id TEXT NOT NULL, actor TEXT NOT NULL, actor_code TEXT, PRIMARY KEY (article, member, n),
        FOREIGN KEY (article, member) REFERENCES cast_members (article, n)
    ) STRICT, WITHOUT ROWID""",
    """CREATE VIEW actors_readable AS
        SELECT m.actor_id, m.actor, m.actor_code, m.kind, count(DISTINCT m.article) AS articles, count(s.b) AS namings
        FROM cast_members m LEFT JOIN cast_namings s ON s.article = m.article AND s.member = m.n
        GROUP BY m.actor_id ORDER BY namings DESC, m.actor""",
    """CREATE VIEW blocs_readable AS
        SELECT b.actor AS bloc, b.form, m.actor AS member, m.actor_code AS member_code, m.status, a.date AS told, a.outlet,
            substr(a.text, m.b + 1, m.e - m.b) AS words,
            (SELECT group_concat(name, ' > ') FROM (
                SELECT h.name FROM bloc_chain h WHERE h.article = b.article AND h.bloc = b.n ORDER BY h.n)) AS chain,
            a.id AS article
        FROM blocs b JOIN articles a ON a.seq = b.article
        LEFT JOIN bloc_members m ON m.article = b.article AND m.bloc = b.n""",
)
"""What the third migration does for them."""


def add_rows(rows: dict[str, list[Row]], coded: CodedArticle) -> None:
    """Add the rows of an article's casts, blocs and relations to those of its other tables."""
    for n, relation in enumerate(coded.relations):
        rows["relation_manner"].append((n, relation.status, relation.basis))
    for n, bloc in enumerate(coded.blocs):
        rows["blocs"].append((n, bloc.id, *_cells(bloc.actor), bloc.form, float(bloc.score)))
        rows["bloc_spans"].extend((n, i, *span) for i, span in enumerate(bloc.spans))
        for i, member in enumerate(bloc.members):
            rows["bloc_members"].append((n, i, *_cells(member.actor), member.status, *(member.span or (None, None))))
        rows["bloc_opposed"].extend((n, i, *_cells(actor)) for i, actor in enumerate(bloc.opposed_to))
        rows["bloc_chain"].extend((n, i, name) for i, name in enumerate(bloc.chain))
    for n, known in enumerate(coded.cast):
        rows["cast_members"].append((n, *_cells(known.actor), known.kind))
        rows["cast_namings"].extend((n, i, *naming.span, naming.form) for i, naming in enumerate(known.namings))
        rows["cast_roles"].extend((n, i, role.title, role.of, role.start, role.end) for i, role in enumerate(known.roles))
        rows["cast_background"].extend((n, i, *_cells(actor)) for i, actor in enumerate(known.members))


def with_manner(relation: Relation, manner: Iterable[Row]) -> Relation:
    """The relation with its (status, basis), which older ledgers do not tell."""
    return next((_changed(relation, status=status, basis=basis) for status, basis in manner), relation)


def blocs_of(article: str, coded: Coded) -> tuple[Bloc, ...]:
    """The blocs of one article, from its rows."""
    parts = {name: _grouped(coded[f"bloc_{name}"]) for name in ("spans", "members", "opposed", "chain")}
    return tuple(bloc_of(article, row, *(parts[name][row[0]] for name in parts)) for row in coded["blocs"])


def bloc_of(
    article: str, row: Row, spans: Sequence[Row], members: Sequence[Row], opposed: Sequence[Row], chain: Sequence[Row]
) -> Bloc:
    """The bloc of a row of ``BLOC_COLUMNS`` and the rows that hang on it, each in its order and without its place."""
    _, id_, *who, form, score = row
    return _made(
        Bloc,
        id=id_, article=article, actor=_actor(who), form=form, spans=tuple(spans),
        members=tuple(
            _made(BlocMember, actor=_actor(cells), status=status, span=None if b is None else (b, e))
            for *cells, status, b, e in members
        ),
        opposed_to=tuple(map(_actor, opposed)), chain=tuple(name for (name,) in chain), score=score,
    )  # fmt: skip


def cast_of(coded: Coded) -> tuple[CastMember, ...]:
    """The cast of one article, from its rows."""
    parts = {name: _grouped(coded[f"cast_{name}"]) for name in ("namings", "roles", "background")}
    return tuple(
        _cast_member(row, *(parts[name][row[0]] for name in ("namings", "roles", "background")))
        for row in coded["cast_members"]
    )


def _cast_member(row: Row, namings: Sequence[Row], roles: Sequence[Row], background: Sequence[Row]) -> CastMember:
    _, *who, kind = row
    actor = _actor(who)
    return _made(
        CastMember,
        actor=actor, kind=kind, roles=tuple(map(_role, roles)), members=tuple(map(_actor, background)),
        namings=tuple(_made(Naming, span=(b, e), actor=actor, form=form) for b, e, form in namings),
    )  # fmt: skip


def summaries(fetch: Fetches, where: str, values: Sequence[str | int], limit: int | None) -> Iterator[ActorSummary]:
    """The actors of the articles ``a`` and casts ``m`` that the condition lets through, the most named first."""
    found = fetch(
        f"""SELECT m.actor_id, m.actor, max(m.actor_code), m.kind, count(DISTINCT m.article), sum(
                (SELECT count(*) FROM cast_namings s WHERE s.article = m.article AND s.member = m.n)) AS namings
            FROM articles a JOIN cast_members m ON m.article = a.seq WHERE {where}
            GROUP BY m.actor_id ORDER BY namings DESC, m.actor, m.actor_id LIMIT {-1 if limit is None else limit}""",
        *values,
    )
    names = f"""SELECT substr(a.text, s.b + 1, s.e - s.b) AS name, count(*) AS times
        FROM articles a JOIN cast_members m ON m.article = a.seq
        JOIN cast_namings s ON s.article = m.article AND s.member = m.n
        WHERE {where} AND m.actor_id = ? AND s.form IN ('name', 'seat') GROUP BY name ORDER BY times DESC, name"""
    roles = """SELECT DISTINCT r.title, r.of_whom, r.since, r.until
        FROM cast_members m JOIN cast_roles r ON r.article = m.article AND r.member = m.n
        WHERE m.actor_id = ? ORDER BY r.since, r.title"""
    for *who, kind, articles, count in found:
        id_ = str(who[0])
        yield ActorSummary(
            actor=_actor(who),
            kind=kind,
            articles=articles,
            count=count,
            names=tuple((str(name), int(times)) for name, times in fetch(names, *values, id_)),
            roles=tuple(map(_role, fetch(roles, id_))),
        )


class Fetches(Protocol):
    """Gives the rows of a query."""

    def __call__(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        """The rows of ``sql`` with ``values`` for its marks."""


def _grouped(rows: Iterable[Row]) -> Mapping[Value, list[Row]]:
    """What follows the first two columns of rows, by the first."""
    groups: dict[Value, list[Row]] = defaultdict(list)
    for first, _, *rest in rows:
        groups[first].append(tuple(rest))
    return groups


def _cells(actor: Actor) -> Row:
    return actor.id, actor.name, actor.code


def _actor(cells: Sequence[Value]) -> Actor:
    return _made(Actor, **dict(zip(("id", "name", "code"), cells, strict=True)))


def _role(cells: Sequence[Value]) -> ActorRole:
    return _made(ActorRole, **dict(zip(("title", "of", "start", "end"), cells, strict=True)))


def _changed(relation: Relation, **values: object) -> Relation:
    changed: Relation = msgspec.structs.replace(relation, **values)
    return changed


def _made(kind: type[_R], /, **values: object) -> _R:
    return kind(**values)
