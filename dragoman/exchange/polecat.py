"""``export --format polecat``: events as rows of the columns that POLECAT's weekly files have, one for each pair of sides.

What the columns hold is described in docs/polecat.md. State numbers are those of the Correlates of War project
(``data/cow.tsv``); what is not known is an empty cell, as it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from dragoman import __version__
from dragoman.config import QUADS
from dragoman.errors import DragomanError, UsageError
from dragoman.exchange.files import replacing
from dragoman.exchange.tables import Cell, safe
from dragoman.resources import read_text
from dragoman.types import Actor, Article, CastMember, CodedArticle, Event, Participant

FILE = "polecat.tsv"
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
"""The header of POLECAT's files."""
TOLD = frozenset(("happened", "ongoing"))
"""POLECAT holds what took place: of all else there is no row unless it is asked for."""
JOINT = "; "
NO_STATE = frozenset(("IGO", "IMG", "NGO", "MNC", "ISM", "UNO", "EUR"))
"""Codes of three letters that are no state’s; in POLECAT they stand among the sectors."""


def export_polecat(records: Iterable[CodedArticle], folder: Path, *, every_status: bool = False) -> int:
    """Write the events of the articles to ``polecat.tsv`` in ``folder``, which is made if it is not there; gives how many rows.

    Without ``every_status`` only what happened or goes on is written. Raises UsageError if something else is in the way,
    DragomanError if the disk does not take the file.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: expected a folder, found a file; move it away or name another folder with -o")
    rows = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(folder / FILE) as part, part.open("x", encoding="utf-8", newline="") as stream:
            stream.write("\t".join(COLUMNS) + "\n")
            for row in (row for coded in records for row in polecat_rows(coded, every_status=every_status)):
                stream.write("\t".join(row) + "\n")
                rows += 1
    except OSError as error:
        raise DragomanError(f"{folder}: cannot be written: {error.strerror or error}; choose another folder with -o") from error
    return rows


def polecat_rows(coded: CodedArticle, *, every_status: bool = False) -> Iterator[list[str]]:
    """The rows of an article, each of ``COLUMNS``: one for each actor and recipient of each event."""
    story = _story(coded)
    titles = {member.actor.id: member for member in coded.cast}
    for event in coded.events:
        if not every_status and event.status not in TOLD:
            continue
        pairs = [(actor, recipient) for actor in event.actors or (None,) for recipient in event.recipients or (None,)]
        for number, (actor, recipient) in enumerate(pairs):
            cells: list[Cell] = [
                f"{event.id}-{number}" if len(pairs) > 1 else event.id,
                *_what(coded.article, event),
                *_side(actor, coded.article, titles),
                *_side(recipient, coded.article, titles),
                *_where(coded.article, event),
                *story,
            ]
            yield [_cell(cell) for cell in cells]


def _what(article: Article, event: Event) -> list[Cell]:
    quad = QUADS.get(event.type, "").upper()
    contexts = JOINT.join(event.contexts)
    return [_day(article, event), event.type, event.mode, event.goldstein, quad, contexts]


def _day(article: Article, event: Event) -> str | None:
    """The first day of the event; where its words do not tell, that of the article."""
    when = event.date.start if event.date else None
    return when or article.date


def _side(side: Participant | None, article: Article, titles: dict[str, CastMember]) -> list[Cell]:
    if side is None:
        return [None] * 8
    country, sectors = _split(side.actor)
    title = _title(titles.get(side.actor.id), (article.date or "")[:10])
    raw = article.text[slice(*side.span)]
    return [
        side.actor.name,
        country,
        _cow().get(country or ""),
        sectors[0] if sectors else None,
        JOINT.join(sectors),
        title,
        raw,
        None,
    ]


def _split(actor: Actor) -> tuple[str | None, list[str]]:
    """(ISO3 or None, sectors) of a code; a state that is named as such acts by its government."""
    first, *rest = (actor.code or "").split() or [""]
    if not first:
        return None, []
    if len(first) != 3 or first in NO_STATE or (first not in _cow() and not rest):
        return None, [first, *rest]
    return first, rest or ["GOV"]


def _title(member: CastMember | None, date: str) -> str | None:
    """The office that an actor held on the article's date, the last to be taken up."""
    if member is None or not date:
        return None
    held = [role for role in member.roles if (role.start or "")[: len(date)] <= date and (not role.end or date <= role.end)]
    return max(held, key=lambda role: role.start or "").title if held else None


def _where(article: Article, event: Event) -> list[Cell]:
    place = event.place
    if place is None:
        return [None] * 10
    raw = article.text[slice(*place.span)]
    return [place.name, None, None, None, place.country, place.lat, place.lon, None, raw, None]


def _story(coded: CodedArticle) -> list[Cell]:
    """Outlet, date, whom and which places the article names, language, version."""
    article = coded.article
    people = [member.actor.name for member in coded.cast if member.kind == "person"]
    states = [member.actor.name for member in coded.cast if member.kind == "state"]
    others = [member.actor.name for member in coded.cast if member.kind not in ("person", "state")]
    places = dict.fromkeys([*states, *(event.place.name for event in coded.events if event.place)])
    told: list[Cell] = [JOINT.join(names) for names in (people, others, places)]
    return [article.outlet, article.date, *told, article.language, f"dragoman {__version__}"]


def _cell(cell: Cell) -> str:
    """A cell on one line, without tabs, and harmless in a spreadsheet."""
    return "" if cell is None else str(safe(" ".join(cell.split())) if isinstance(cell, str) else cell)


@cache
def _cow() -> dict[str, str]:
    lines = read_text(__package__, "data/cow.tsv").splitlines()[1:]
    return dict(line.split("\t") for line in lines)
