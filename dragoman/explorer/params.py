"""The part of an address behind the question mark: read into the records that queries take, and written again.

An address says what a view shows and nothing else does, so that a view can be shared, and left by the back button.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

import msgspec

from dragoman.errors import UsageError
from dragoman.ledger.browse import Paging
from dragoman.types import Record

MOST_ROWS = 200
MOST_PAGES = 5000
"""Pages behind which there is none: narrowing down is the better way there."""
T = TypeVar("T", bound=Record)


class Pages(Record, frozen=True, kw_only=True):
    """Which page of a list is shown."""

    page: Annotated[int, msgspec.Meta(ge=1, le=MOST_PAGES)] = 1
    size: Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)] = 50

    @property
    def paging(self) -> Paging:
        """The same for a query."""
        return Paging(size=self.size, start=(self.page - 1) * self.size)


def read(query: Iterable[tuple[str, str]], *kinds: type[Record]) -> list[Any]:
    """Records of ``kinds`` from the parameters of an address.

    Raises UsageError for a parameter of no kind, one that is given twice, and a value that is not allowed.
    """
    given: dict[str, str] = {}
    for name, value in query:
        if name in given:
            raise UsageError(f"{name}: expected one value, found two")
        given[name] = value
    known = {name: kind for kind in kinds for name in kind.__struct_fields__}
    if unknown := sorted(set(given) - set(known)):
        raise UsageError(f"{unknown[0]}: there is no such filter; there are {', '.join(sorted(known))}")
    parts: dict[type[Record], dict[str, str]] = {kind: {} for kind in kinds}
    for name, value in given.items():
        parts[known[name]][name] = value
    return [_record(kind, parts[kind]) for kind in kinds]


def read_form(query: Iterable[tuple[str, str]], *kinds: type[Record]) -> list[Any]:
    """The same for what a form sends: a box that was left empty counts as not given."""
    return read(((name, value) for name, value in query if value.strip()), *kinds)


def _record(kind: type[T], values: Mapping[str, str]) -> T:
    try:
        made = msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(f"{error}; take another value or leave it out") from error
    if void := [name for name in values if getattr(made, name) is None]:  # the word "null" would pass for no value
        raise UsageError(f"{void[0]}: expected a value, found {values[void[0]]!r}; take another or leave it out")
    return made


def given(record: Record) -> dict[str, Any]:
    """The fields of a record that are not as they are by default."""
    fields = msgspec.structs.fields(type(record))
    return {field.name: value for field in fields if (value := getattr(record, field.name)) != field.default}


def address(path: str, *records: Record, **changes: Any) -> str:
    """``path`` with the parameters of ``records``, except for ``changes``; None takes one out. In a fixed order."""
    values = {name: value for record in records for name, value in given(record).items()} | changes
    query = urlencode({name: value for name, value in values.items() if value not in (None, "")})
    return f"{path}?{query}" if query else path
