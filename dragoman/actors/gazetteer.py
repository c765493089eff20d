"""The gazetteer: actors with their names, codes, adjectives, seats and dated offices, from the shipped files and the user's."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

import msgspec

from dragoman.actors.folding import key_of, loose, words_of
from dragoman.actors.words import Words
from dragoman.errors import InputError
from dragoman.resources import read_rows
from dragoman.types import Actor, content_id

SEPARATOR = ";"
SHIPPED = (
    ("states.csv", "state"),
    ("territories.csv", "state"),
    ("officials.csv", "person"),
    ("groups.csv", "organisation"),
    ("members.csv", "organisation"),
)
KINDS = (
    "state",
    "person",
    "organisation",
    "party",
    "armed group",
    "military",
    "agency",
    "media",
    "international",
    "alliance",
    "bloc",
    "people",
    "company",
)
LEAST_LOOSE = 6
"""Names shorter than this are not compared loosely."""
COLUMNS = ("name", "code", "kind", "names", "adjectives", "seats", "sex", "offices", "members", "source")
_DAY = r"\d{4}(?:-\d\d){0,2}"
_OFFICE = re.compile(rf"\s*(?P<title>chief of staff|.+?) of (?P<of>.+?)(?:\s+(?P<start>{_DAY})?\.\.(?P<end>{_DAY})?)?\s*")
_MEMBER = re.compile(rf"(?P<of>.+?)(?:\s+(?P<start>{_DAY})?\.\.(?P<end>{_DAY})?)?")
_CODE = re.compile(r"[A-Z]{3}(?: [A-Z]{3})*")
_INVARIABLE = ("sh", "ch", "se", "ss", "s", "ic")

Case = Literal["any", "capital", "acronym", "article"]
Form = Literal["name", "adjective", "seat", "surname", "noun", "title"]


class Office(NamedTuple):
    """A title held, of which state (its code) or group (its name), from and until when (ISO; empty where open)."""

    title: str
    of: str
    start: str = ""
    end: str = ""

    def held(self, date: str) -> bool:
        """Whether the office was held on ``date``, an ISO date or the beginning of one."""
        return self.start[: len(date)] <= date and (not self.end or date <= self.end)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of the gazetteer. ``key`` is stable: a state's ISO3 code, else the folded name."""

    key: str
    name: str
    code: str | None = None
    kind: str = "organisation"
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    sex: str = ""
    offices: tuple[Office, ...] = ()
    members: tuple[Office, ...] = ()
    """The members of an organisation, each as the office ``member`` of its key."""
    source: str = "user"

    @property
    def country(self) -> str | None:
        """The first part of the code: an ISO3 code, or IGO, NGO, UNO …"""
        return self.code.split()[0] if self.code else None

    @property
    def adjective(self) -> str:
        """What belongs to it is called so: *Turkish*; its name where there is no other word."""
        return self.adjectives[0] if self.adjectives else self.name

    def actor(self, date: str | None = None) -> Actor:
        """The actor as of ``date``: who held office once and no longer does is coded ELI (elite), not GOV."""
        code = self.code
        if code and date and code.endswith(" GOV") and self._has_left(date):
            code = code.removesuffix("GOV") + "ELI"
        return Actor(id=content_id("actor", self.key), name=self.name, code=code)

    def _has_left(self, date: str) -> bool:
        begun = [office for office in self.offices if office.start <= date]
        return bool(begun) and not any(office.held(date) for office in begun)


class Sense(NamedTuple):
    """What a folded name may mean: an entry (by ``entry``, its place), or a common noun or title (by ``word``).

    ``case`` tells how a text must write it: with a capital, as an acronym in capitals, with its article, or as it likes.
    """

    form: Form
    entry: int = -1
    word: str = ""
    case: Case = "capital"


class Gazetteer:
    """Actors by their folded names. Made once by ``shipped`` or ``load``, and then only read."""

    def __init__(self, entries: Iterable[Entry], words: Words) -> None:
        self.entries = tuple(entries)
        self.words = words
        self.keys = {entry.key: number for number, entry in enumerate(self.entries)}
        self.index: dict[str, tuple[Sense, ...]] = {}
        self.longest: dict[str, int] = {}
        for number, entry in enumerate(self.entries):
            for form, name in _forms(entry):
                self._add(name, Sense(form, number, case=_case(name, form)))
        for noun in words.nouns:
            self._add(noun, Sense("noun", word=noun, case="any"))
        for title in words.titles:
            self._add(title, Sense("title", word=words.titles[title], case="any"))

    @classmethod
    def shipped(cls) -> Self:
        """The gazetteer that comes with the package."""
        return cls.load(())

    @classmethod
    def load(cls, paths: Iterable[Path | str]) -> Self:
        """The shipped gazetteer with the actors of the TOML and CSV files at ``paths``; these come last and win.

        An actor that is known by name (a state: by code) gets the names added and the other fields replaced. Raises
        InputError that names file and row for anything that is not as expected.
        """
        entries: dict[str, Entry] = {}
        for name, kind in SHIPPED:
            for number, row in enumerate(read_rows(__package__, f"data/{name}"), 2):
                _merge(entries, _entry(row, kind, f"{name}, row {number}"))
        for path in map(Path, paths):
            for where, user in _user_rows(path):
                _merge(entries, _entry(user, "", where))
        return cls(entries.values(), Words.shipped())

    def entry_of(self, key: str) -> Entry | None:
        """The entry with this key, or None."""
        number = self.keys.get(key)
        return None if number is None else self.entries[number]

    def entry_with(self, actor: str) -> Entry | None:
        """The entry of the actor with this id, or None."""
        return self._by_id.get(actor)

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {content_id("actor", entry.key): entry for entry in self.entries}

    def members(self, of: Entry, date: str | None) -> tuple[Actor, ...]:
        """The members of an organisation on ``date`` (ISO; None: those that have not left), as far as the files tell."""
        held = (member for member in of.members if (member.held(date) if date else not member.end))
        entries = (self.entry_of(member.of) or self.named(member.of) for member in held)
        return tuple(entry.actor(date) for entry in entries if entry)

    def named(self, name: str) -> Entry | None:
        """The entry that has ``name`` as a name, if there is just one."""
        found = {sense.entry for sense in self.index.get(key_of(name), ()) if sense.form == "name"}
        return self.entries[found.pop()] if len(found) == 1 else None

    def holders(self, title: str, of: str, date: str | None) -> list[Entry]:
        """Who held the office: on ``date`` if given, else ever. ``of`` is a key; a king, emir or sultan answers to each."""
        titles = {"king", "emir", "sultan"} if title in ("king", "emir", "sultan") else {title}
        if title in ("leader", "commander"):
            titles = {"leader", "commander", "secretary general"}
        found = []
        for wanted in titles:
            for number, office in self._offices.get((wanted, of), ()):
                if date is None or office.held(date):
                    found.append(self.entries[number])
        return list(dict.fromkeys(found))

    @cached_property
    def _offices(self) -> dict[tuple[str, str], list[tuple[int, Office]]]:
        offices: dict[tuple[str, str], list[tuple[int, Office]]] = {}
        for number, entry in enumerate(self.entries):
            for office in entry.offices:
                of = office.of if office.of in self.keys else key_of(office.of)
                offices.setdefault((office.title, of), []).append((number, office))
        return offices

    @cached_property
    def loose_index(self) -> dict[str, int]:
        """Entries by the loose form of their names, for names that nothing else matches; ambiguous ones left out."""
        found: dict[str, set[int]] = {}
        for key, senses in self.index.items():
            if key.isascii() and len(key) >= LEAST_LOOSE:
                found.setdefault(loose(key), set()).update(s.entry for s in senses if s.form in ("name", "surname"))
        return {key: min(entries) for key, entries in found.items() if len(entries) == 1}

    def _add(self, name: str, sense: Sense) -> None:
        key = key_of(name)
        if not key or sense in self.index.get(key, ()) or (sense.form == "surname" and key in self.words.cuts):
            return  # “على” is written like the name علي, and is mostly the preposition
        others = self.index.get(key, ())
        if sense.entry >= 0 and any(other.entry == sense.entry or sense.form == "surname" != other.form for other in others):
            return
        self.index[key] = (*others, sense)
        words = key.split(" ")
        self.longest[words[0]] = max(len(words), self.longest.get(words[0], 0))


def _forms(entry: Entry) -> Iterator[tuple[Form, str]]:
    """Each name of an entry with its form, the surest first."""
    yield "name", entry.name
    for name in entry.names:
        yield "name", name
    for adjective in entry.adjectives:
        yield "adjective", adjective
        if "\u0600" <= adjective[0] <= "\u06ff":
            yield from (("adjective", adjective + ending) for ending in ("ة", "ون", "ين", "ات"))
        elif adjective.isascii() and not adjective.endswith(_INVARIABLE):
            yield "adjective", adjective + "s"
    for seat in entry.seats:
        yield "seat", seat
    if entry.kind == "person":
        for name in (entry.name, *entry.names):
            words = words_of(name)
            if len(words) > 1 and len(words[-1].form) > 2 and " of " not in name:
                yield "surname", words[-1].raw
                double = name.split()[-1]
                if "-" in double and len(words_of(double)) == 2 < len(words):
                    yield "surname", double


def _case(name: str, form: Form) -> Case:
    """How a text must write a name: as the gazetteer does."""
    if name.lower() == name:
        return "any"
    if name.startswith("The "):
        return "article"
    return "acronym" if len(name) <= 6 and name.upper() == name and form != "surname" else "capital"


def _merge(entries: dict[str, Entry], new: Entry) -> None:
    old = entries.get(new.key)
    if old is None:
        if not new.name:
            return
        entries[new.key] = new
        return
    entries[new.key] = msgspec.structs.replace(
        old,
        name=new.name or old.name,
        code=new.code or old.code,
        kind=new.kind if new.source == "user" and new.kind != "organisation" else old.kind,
        names=(*old.names, *new.names),
        adjectives=(*old.adjectives, *new.adjectives),
        seats=(*old.seats, *new.seats),
        sex=new.sex or old.sex,
        offices=(*old.offices, *new.offices),
        members=(*old.members, *new.members),
    )


def _entry(row: Mapping[str, Any], kind: str, where: str) -> Entry:
    """The entry of one row of a file; ``kind`` is that of the file, or empty where the row tells it."""
    code = _text(row, "code", where) or None
    name = _text(row, "name", where)
    kind = _text(row, "kind", where) or kind or ("state" if code and len(code) == 3 and not name else "organisation")
    if not name and not (code and kind == "state"):
        raise InputError(f"{where}: expected a name (column `name`), found none; give the actor's main name")
    if code and not _CODE.fullmatch(code):
        raise InputError(f"{where}: expected a code such as `LBY REB` or `IGO`, found `{code}`")
    if kind not in KINDS:
        raise InputError(f"{where}: expected one of {', '.join(KINDS)} as kind, found `{kind}`")
    return Entry(
        key=code if code and kind == "state" else key_of(name),
        name=name,
        code=code,
        kind=kind,
        names=_texts(row, "names", where),
        adjectives=_texts(row, "adjectives", where),
        seats=_texts(row, "seats", where),
        sex=_text(row, "sex", where),
        offices=tuple(_office(item, where) for item in _items(row, "offices", where)),
        members=tuple(_membership(item, where) for item in _items(row, "members", where)),
        source=_text(row, "source", where) or "user",
    )


def _text(row: Mapping[str, Any], column: str, where: str) -> str:
    value = row.get(column)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{where}: expected text in `{column}`, found {type(value).__name__}")
    return value.strip()


def _items(row: Mapping[str, Any], column: str, where: str) -> list[Any]:
    value = row.get(column)
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [item for item in map(str.strip, value.split(SEPARATOR)) if item]
    if isinstance(value, list):
        return value
    raise InputError(f"{where}: expected a list, or text parted by `{SEPARATOR}`, in `{column}`, found {type(value).__name__}")


def _texts(row: Mapping[str, Any], column: str, where: str) -> tuple[str, ...]:
    items = _items(row, column, where)
    for item in items:
        if not isinstance(item, str) or not item.strip():
            raise InputError(f"{where}: expected text in `{column}`, found {item!r}")
    return tuple(items)


def _office(item: object, where: str) -> Office:
    """An office from `title of KEY start..end`, or from a table with title, of, start and end."""
    if isinstance(item, dict):
        parts = {name: _text(item, name, where) for name in ("title", "of", "start", "end")}
        if parts["title"] and parts["of"]:
            return Office(parts["title"], parts["of"], parts["start"], parts["end"])
    elif isinstance(item, str) and (found := _OFFICE.fullmatch(item)):
        return Office(found["title"], found["of"], found["start"] or "", found["end"] or "")
    raise InputError(f"{where}: expected an office such as `president of EGY 2014-06-08..`, found {item!r}")


def _membership(item: object, where: str) -> Office:
    """A membership from `KEY` or `KEY start..end`."""
    if isinstance(item, str) and (found := _MEMBER.fullmatch(item)):
        return Office("member", found["of"], found["start"] or "", found["end"] or "")
    raise InputError(f"{where}: expected a member such as `FIN` or `FIN 2023-04-04..`, found {item!r}")


def _user_rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(where, row) of each actor of a user's file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: expected a UTF-8 file of actors, found: {error}") from error
    if path.suffix.lower() == ".toml":
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{path}: expected TOML, found: {error}") from error
        rows = data.get("actor")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise InputError(f"{path}: expected tables [[actor]], found {', '.join(data) or 'nothing'}")
        numbered = [(f"{path}, actor {number}", row) for number, row in enumerate(rows, 1)]
    elif path.suffix.lower() == ".csv":
        reader = csv.DictReader(text.splitlines())
        numbered = [(f"{path}, row {number}", row) for number, row in enumerate(reader, 2)]
        for where, row in numbered:
            if None in row:
                raise InputError(f"{where}: expected {len(reader.fieldnames or ())} columns, found more; quote commas")
    else:
        raise InputError(f"{path}: expected a file that ends in .toml or .csv")
    for where, row in numbered:
        unknown = [column for column in row if column not in COLUMNS]
        if unknown:
            raise InputError(f"{where}: expected only {', '.join(COLUMNS)}, found `{unknown[0]}`")
        yield where, row
