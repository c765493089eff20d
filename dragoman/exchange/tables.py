"""CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from dragoman.types import ActorSummary, Article, Bloc, Claim, Event, Outcome, Relation

Cell = str | int | float | bool | None

ARTICLE_COLUMNS = (
    "id", "date", "date_basis", "outlet", "republisher", "language", "title", "author", "translation_of", "characters",
    "page", "n",
)  # fmt: skip
CLAIM_COLUMNS = (
    "id", "article", "date", "outlet", "language", "title", "source", "source_actor", "source_kind", "cue", "content", "chain",
    "certainty", "polarity", "direct", "score",
)  # fmt: skip
EVENT_COLUMNS = (
    "id", "article", "told", "outlet", "language", "title", "type", "mode", "contexts", "cameo", "goldstein",
    "status", "actors", "actor_codes", "recipients",
    "recipient_codes", "date_start", "date_end", "place", "lat", "lon", "country", "trigger", "sentence", "chain", "score",
)  # fmt: skip
RELATION_COLUMNS = (
    "id", "article", "told", "outlet", "language", "title", "from", "from_code", "kind", "to", "to_code", "sign", "status",
    "basis", "words", "chain", "score",
)  # fmt: skip
ACTOR_COLUMNS = ("id", "name", "code", "kind", "articles", "count", "names", "roles")
BLOC_COLUMNS = (
    "id", "article", "told", "outlet", "language", "title", "bloc", "form", "member", "member_code", "status", "words",
    "opposed_to", "chain", "score",
)  # fmt: skip
OUTCOME_COLUMNS = ("origin", "status", "reason", "articles", "page")

CHAIN_LINK = " > "
_GAP = " … "
_JOINT = " + "
# What a spreadsheet takes for the start of a formula (or of a DDE call), also in full-width form, and also behind white space,
# control and invisible characters, which it drops before it looks. A quotation mark hides it in some as well.
_DROPPED = r"\s\x00-\x20\x7f-\xa0\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_FORMULA = re.compile(rf"[{_DROPPED}\"'|]*[=+\-@%|＝＋－＠−]|[\t\r\n]")
_DDE = re.compile(r"\s*\w+\s*(?:\(|\|)")


def safe(cell: Cell) -> Cell:
    """``cell``, with an apostrophe in front if a spreadsheet would take its text for a formula."""
    if isinstance(cell, str) and (_FORMULA.match(cell) or (cell.startswith("DDE") and _DDE.match(cell))):
        return "'" + cell
    return cell


def write_csv(stream: TextIO, columns: Sequence[str] | None, rows: Iterable[Sequence[Cell]], *, raw: bool = False) -> None:
    """Write rows under their names, which None leaves out. ``raw`` leaves text as it is; a cell of None is empty."""
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    if columns is not None:
        writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if cell is None else cell if raw else safe(cell) for cell in row])


def article_row(article: Article) -> list[Cell]:
    """The row of ``ARTICLE_COLUMNS``."""
    return [len(article.text) if name == "characters" else getattr(article, name) for name in ARTICLE_COLUMNS]


def event_row(article: Article, event: Event) -> list[Cell]:
    """The row of ``EVENT_COLUMNS``; several actors stand in one cell, with `` + `` between them."""
    text, date, place = article.text, event.date, event.place
    return [
        event.id, event.article, article.date, article.outlet, article.language, article.title,
        event.type, event.mode, _JOINT.join(event.contexts), event.cameo, event.goldstein, event.status,
        _JOINT.join(side.actor.name for side in event.actors), _JOINT.join(side.actor.code or "" for side in event.actors),
        _JOINT.join(side.actor.name for side in event.recipients),
        _JOINT.join(side.actor.code or "" for side in event.recipients),
        date.start if date else None, date.end if date else None,
        place.name if place else None, place.lat if place else None, place.lon if place else None,
        place.country if place else None,
        text[slice(*event.trigger)], text[slice(*event.sentence)], CHAIN_LINK.join(event.chain), round(event.score, 4),
    ]  # fmt: skip


def relation_row(article: Article, relation: Relation) -> list[Cell]:
    """The row of ``RELATION_COLUMNS``."""
    return [
        relation.id, relation.article, article.date, article.outlet, article.language, article.title,
        relation.source.name, relation.source.code, relation.kind, relation.target.name, relation.target.code, relation.sign,
        relation.status, relation.basis, article.text[slice(*relation.span)], CHAIN_LINK.join(relation.chain),
        round(relation.score, 4),
    ]  # fmt: skip


def actor_row(found: ActorSummary) -> list[Cell]:
    """The row of ``ACTOR_COLUMNS``; names and offices stand in one cell, with `` + `` between them."""
    roles = (f"{role.title} of {role.of} {role.start or ''}..{role.end or ''}" for role in found.roles)
    return [
        found.actor.id, found.actor.name, found.actor.code, found.kind, found.articles, found.count,
        _JOINT.join(" ".join(name.split()) for name, _ in found.names), _JOINT.join(roles),
    ]  # fmt: skip


def bloc_rows(article: Article, bloc: Bloc) -> Iterator[list[Cell]]:
    """The rows of ``BLOC_COLUMNS`` of a bloc: one for each member, one without a member if none is told."""
    for member in bloc.members or (None,):
        span = (member.span if member else None) or bloc.spans[0]
        yield [
            bloc.id, bloc.article, article.date, article.outlet, article.language, article.title, bloc.actor.name, bloc.form,
            member.actor.name if member else None, member.actor.code if member else None, member.status if member else None,
            article.text[slice(*span)], _JOINT.join(actor.name for actor in bloc.opposed_to), CHAIN_LINK.join(bloc.chain),
            round(bloc.score, 4),
        ]  # fmt: skip


def outcome_row(outcome: Outcome) -> list[Cell]:
    """The row of ``OUTCOME_COLUMNS``."""
    return [getattr(outcome, name) for name in OUTCOME_COLUMNS]


def claim_row(article: Article, claim: Claim) -> list[Cell]:
    """The row of ``CLAIM_COLUMNS``."""
    text = article.text
    words = {
        "source": text[slice(*claim.source)] if claim.source else None,
        "source_actor": claim.source_actor.name if claim.source_actor else None,
        "cue": text[slice(*claim.cue)] if claim.cue else None,
        "content": _GAP.join(text[b:e] for b, e in claim.content),
        "chain": CHAIN_LINK.join(claim.chain),
        "direct": int(claim.direct),
        "score": round(claim.score, 4),
    }
    about = {name: getattr(article, name) for name in ("date", "outlet", "language", "title")}
    return [words[name] if name in words else about[name] if name in about else getattr(claim, name) for name in CLAIM_COLUMNS]
