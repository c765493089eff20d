"""The description of the JSON API (OpenAPI 3.1), made from the records that it takes and gives."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import msgspec

from dragoman import __version__
from dragoman.types import Record

_TEMPLATE = "#/components/schemas/{name}"


class Problem(Record, frozen=True, kw_only=True):
    """Why there is no answer."""

    error: str


class Operation(Record, frozen=True, kw_only=True):
    """One path of the API: ``takes`` are records of parameters, ``key`` the name of the part of the path that varies."""

    path: str
    name: str
    summary: str
    gives: Any
    takes: tuple[type[Record], ...] = ()
    key: str | None = None


def describe(operations: Iterable[Operation]) -> dict[str, Any]:
    """The description of these operations."""
    operations = list(operations)
    schemas, components = msgspec.json.schema_components([*(op.gives for op in operations), Problem], ref_template=_TEMPLATE)
    answers = dict(zip((op.name for op in operations), schemas, strict=False))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "dragoman",
            "version": __version__,
            "description": "What political reporting says, and who says it: everything that the pages show. Only GET.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {op.path: {"get": _operation(op, answers[op.name], schemas[-1])} for op in operations},
        "components": {"schemas": components},
    }


def _operation(op: Operation, answer: dict[str, Any], problem: dict[str, Any]) -> dict[str, Any]:
    reasons = {"400": "A parameter is not as described.", "503": "The ledger is busy, or the look at it took too long."}
    if op.key:
        reasons["404"] = "There is none of this id."
    return {
        "operationId": op.name,
        "summary": op.summary,
        "parameters": [*_path_parameters(op), *(parameter for kind in op.takes for parameter in _parameters(kind))],
        "responses": {
            "200": {"description": "What was asked for.", "content": {"application/json": {"schema": answer}}},
            **{
                code: {"description": why, "content": {"application/json": {"schema": problem}}}
                for code, why in sorted(reasons.items())
            },
        },
    }


def _path_parameters(op: Operation) -> Iterable[dict[str, Any]]:
    if op.key:
        schema = {"type": "string", "pattern": "^[0-9A-Za-z_.-]{1,64}$"}
        yield {"name": op.key, "in": "path", "required": True, "schema": schema}


def _parameters(kind: type[Record]) -> Iterable[dict[str, Any]]:
    notes = _notes(kind)
    for field in msgspec.structs.fields(kind):
        schema = msgspec.json.schema(field.type)
        # An address has no null: a parameter that is not wanted is left out.
        options = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
        schema = {**(options[0] if len(options) == 1 else {"anyOf": options})}
        if "enum" in schema:
            schema["enum"] = [value for value in schema["enum"] if value is not None]
        if field.default is not None and field.default is not msgspec.NODEFAULT:
            schema["default"] = field.default
        parameter = {"name": field.name, "in": "query", "required": False, "schema": schema}
        yield parameter | ({"description": notes[field.name]} if field.name in notes else {})


def _notes(kind: type[Record]) -> dict[str, str]:
    """What the strings under the fields of a record say."""
    notes: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("dragoman") and base is not Record:
            lines = inspect.getsource(base).splitlines()
            for field, note in pairwise(lines):
                name, _, rest = field.strip().partition(":")
                text = note.strip()
                if rest and name.isidentifier() and text.startswith('"""') and text.endswith('"""'):
                    notes[name] = text.strip('"')
    return notes
