"""The reference, made from the code: commands, Python, records, lines of exports, the JSON API; for ``docs.site``."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import msgspec
import typer

from dragoman import api, cli, types
from dragoman.exchange import annotations, findings, jsonl, registers, reuse
from dragoman.explorer.api import description


def pages() -> dict[str, str]:
    """The pages of the reference: name of the file to its text."""
    return {
        "commands.md": "\n".join(_commands()),
        "python.md": "\n".join(_python()),
        "records.md": "\n".join(_records("Records", types)),
        "lines.md": "\n".join(_lines()),
        "api.md": "\n".join(_operations()),
    }


def _commands() -> Iterator[str]:
    yield "# Commands\n\nWhat `--help` says of each. [Commands](../cli.md) tells more."
    yield from _command(typer.main.get_command(cli.app), "dragoman")


def _command(command: Any, words: str) -> Iterator[str]:
    yield f"\n## {words}\n\n{_prose(command.help)}\n"
    inner = getattr(command, "commands", {})
    options = [one for one in command.params if one.param_type_name == "option" and not one.hidden]
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    if not inner:
        yield f"```\n{' '.join([words, *(one.metavar or one.name.upper() for one in arguments), '[OPTIONS]'])}\n```\n"
    if options or arguments:
        yield "| | |\n|---|---|"
        for one in [*arguments, *options]:
            name = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts)) if one in options else f"`{one.name}`"
            yield f"| {name} | {_cell(getattr(one, 'help', None))} |"
    for name, below in inner.items():
        yield from _command(below, f"{words} {name}")


def _python() -> Iterator[str]:
    yield "# Python\n\nWhat `import dragoman` offers a notebook. [In a notebook](../quickstart.md) shows it at work.\n"
    yield f"## dragoman.open\n\n```python\ndragoman.open{_signature(api.open_book)}\n```\n\n{_prose(api.open_book.__doc__)}"
    for kind in (api.LedgerBook, api.TablesBook, api.EdgesBook, api.GraphView, api.Table):
        yield f"\n## {kind.__name__}\n\n{_prose(kind.__doc__)}\n"
        for name, member in inspect.getmembers(kind):
            if not name.startswith("_") and inspect.isfunction(member):
                yield f"### {kind.__name__}.{name}\n\n```python\n{name}{_signature(member)}\n```\n\n{_prose(member.__doc__)}\n"


def _records(title: str, *modules: ModuleType) -> Iterator[str]:
    yield f"# {title}\n\nFrozen records; offsets count characters of an article's text, end exclusive.\n"
    for module in modules:
        yield from _structs(module, 2)


def _lines() -> Iterator[str]:
    yield "# Lines of exports\n\nFields of the JSON lines of [export](../export.md) and [annotate](../annotate.md).\n"
    for title, module in (("export", jsonl), ("export: incidents, disputes, predictions", findings),
                          ("export: actors and blocs", registers), ("export: reuse", reuse),
                          ("annotate", annotations)):  # fmt: skip
        yield f"\n## {title}\n"
        yield from _structs(module, 3)


def _structs(module: ModuleType, level: int) -> Iterator[str]:
    for name, kind in vars(module).items():
        own = inspect.isclass(kind) and issubclass(kind, msgspec.Struct) and kind.__module__ == module.__name__
        if own and not name.startswith("_") and kind.__struct_fields__:
            yield f"{'#' * level} {name}\n\n{_prose(kind.__doc__)}\n\n| field | type | default |\n|---|---|---|"
            for field in msgspec.structs.fields(kind):
                default = (
                    "" if field.required else f"`{field.default!r}`" if field.default is not msgspec.NODEFAULT else "empty"
                )
                yield f"| `{field.encode_name}` | {_cell(f'`{_type(field.type)}`')} | {_cell(default)} |"
            yield ""


def _operations() -> Iterator[str]:
    yield "# JSON API\n\nOf `dragoman explore`; `/api/openapi.json` says the same to programs. Only GET.\n"
    described = description()
    for path, operation in described["paths"].items():
        get = operation["get"]
        yield f"## {path}\n\n{_prose(get['summary'])}\n"
        if get["parameters"]:
            yield "| parameter | of | |\n|---|---|---|"
            for one in get["parameters"]:
                yield f"| `{one['name']}` | {_cell(_schema(one['schema']))} | {_cell(one.get('description'))} |"
        yield f"\nGives {_schema(get['responses']['200']['content']['application/json']['schema'])}.\n"
    yield "## What it gives\n"
    for name, schema in described["components"]["schemas"].items():
        yield f"### {name}\n\n{_prose(schema.get('description'))}\n\n| field | of |\n|---|---|"
        for field, inner in schema.get("properties", {}).items():
            yield f"| `{field}` | {_cell(_schema(inner))} |"
        yield ""


def _schema(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_schema(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        parts = schema.get("prefixItems") or [one for one in (schema.get("items"),) if one]
        return f"list of {', '.join(map(_schema, parts))}"
    said = " ".join(str(schema[key]) for key in ("type", "pattern") if key in schema)
    return f"`{said}`" if said else "anything"


def _signature(function: Any) -> str:
    return re.sub(r"\(self(, )?", "(", str(inspect.signature(function))).replace("'", "")


def _type(type_: Any) -> str:
    return re.sub(r"\b(?:typing|dragoman(?:\.\w+)*|builtins)\.", "", getattr(type_, "__name__", "") if inspect.isclass(type_)
                  and not getattr(type_, "__args__", None) else str(type_))  # fmt: skip


def _prose(text: str | None) -> str:
    return inspect.cleandoc(text or "").replace("``", "`")


def _cell(text: str | None) -> str:
    return " ".join(_prose(text).split()).replace("|", "\\|")
