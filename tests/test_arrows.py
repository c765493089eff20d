"""Imports run one way, and some things have one home or none. Read from the syntax tree: no line of the package is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dragoman

PACKAGE = Path(dragoman.__file__).parent
STAGES = ("sources", "articles", "reader", "actors", "coding", "evidence", "network", "ledger", "exchange")
ORDER = (
    ("types", "errors", "resources"),
    ("config",),
    STAGES,
    ("pipeline",),
    ("findings",),
    ("materials",),
    ("system",),
    ("api", "printing"),
    ("printing_evidence", "printing_network", "cli_shared"),
    ("explorer",),
    ("cli_evidence", "cli_explore", "cli_network"),
    ("cli",),
)
"""From the bottom to the top. A unit imports what stands below it and itself, never its neighbours."""
RANK = {unit: rank for rank, units in enumerate(ORDER) for unit in units}

OPEN = ("dragoman.api.", "dragoman.exchange.event_tables.Format")
"""What ``dragoman.open`` imports when it is called, and the types in its signature: all that the package itself may import."""

HOMES = {
    "sqlite3": "ledger",
    "onnxruntime": "reader",
    "tokenizers": "reader",
    "highspy": "network",
    "ruptures": "network",
}
NOWHERE = frozenset(
    ("torch", "train", "bench", "pickle", "_pickle", "cPickle", "shelve", "marshal", "dill", "cloudpickle", "joblib")
)
NETWORK = frozenset(("socket", "ssl", "http", "urllib.request", "requests", "httpx", "aiohttp", "urllib3"))
WITHOUT_NETWORK = frozenset(("articles",))

SQL = re.compile(
    r"\s*(?:select\b.+\bfrom\b|insert\s+(?:or\s+\w+\s+)?into\b|update\s+\w+\s+set\b|delete\s+from\b|pragma\s+\w"
    r"|(?:create|drop|alter)\s+(?:unique\s+|virtual\s+|temp\s+)?(?:table|index|trigger|view)\b|begin\s+immediate\b)",
    re.IGNORECASE | re.DOTALL,
)
RUNS_SQL = frozenset(("execute", "executemany", "executescript"))


def unit_of(module: str) -> str | None:
    """The unit of a module of the package: ``dragoman.ledger.rows`` is of ``ledger``; None for the package itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


def imported(tree: ast.Module, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """(line, full name) of all that a module imports, wherever the import stands, relative and dynamic ones too."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
            name = node.args[0] if node.args else None
            known = isinstance(name, ast.Constant) and isinstance(name.value, str)
            yield node.lineno, str(name.value) if known else "?"  # type: ignore[union-attr]


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, text) of all strings but those that stand alone (docstrings); what an f-string fills in reads ``x``."""
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)


def breaches(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """What a module of the package does that it may not, each as ``module:line: what``."""
    tree = ast.parse(source)
    unit = unit_of(module)
    found = [(line, what) for line, name in imported(tree, module, is_package=is_package) for what in _bad_import(unit, name)]
    if unit != "ledger":
        found += [(line, "SQL outside ledger/") for line, text in strings(tree) if SQL.match(text)]
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            found.append((node.lineno, "a bare except"))
        elif isinstance(node, ast.Call):
            found += [(node.lineno, what) for what in _bad_call(unit, node)]
    return [f"{module}:{line}: {what}" for line, what in sorted(set(found))]


def _bad_import(unit: str | None, name: str) -> Iterator[str]:
    top = name.split(".")[0]
    if name == "?":
        yield "imports what no reader of the source can name"
    if top == "dragoman":
        target = unit_of(name)
        if target is None or target.startswith("__"):  # the package itself, or its __version__
            return
        if target not in RANK:
            yield f"imports {name}, which has no place in the order"
        elif unit is None and name.startswith(OPEN):
            return
        elif unit is None or (unit != target and RANK[target] >= RANK.get(unit, -1)):
            yield f"{unit or 'the package'} imports {name}"
    elif top in NOWHERE:
        yield f"imports {top}"
    elif top in HOMES and unit != HOMES[top]:
        yield f"imports {top} outside {HOMES[top]}/"
    elif unit in WITHOUT_NETWORK and any(f"{name}.".startswith(f"{module}.") for module in NETWORK):
        yield f"{unit} imports {name}, which reaches the network"


def _bad_call(unit: str | None, node: ast.Call) -> Iterator[str]:
    if isinstance(node.func, ast.Name) and node.func.id == "print":
        yield "prints"
    if isinstance(node.func, ast.Attribute) and node.func.attr in RUNS_SQL and unit != "ledger":
        yield "runs SQL outside ledger/"
    for keyword in node.keywords:
        refused = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        if keyword.arg == "allow_pickle" and not refused:
            yield "allows pickle"


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_file_keeps_the_rules(path: Path) -> None:
    assert breaches(path.read_text("utf-8"), module_of(path), is_package=path.name == "__init__.py") == []


def test_every_unit_has_its_place() -> None:
    there = {unit for path in FILES if (unit := unit_of(module_of(path)))}
    assert there <= set(RANK), "a new unit: give it a place in ORDER"
    assert {*STAGES, "types", "errors", "config", "pipeline", "cli"} <= there, "a unit has gone: take it out of ORDER"


ARROWS = [
    ("dragoman.types", "from dragoman.config import Limits"),
    ("dragoman.errors", "import dragoman.types"),
    ("dragoman.config", "from dragoman.articles import split"),
    ("dragoman.articles.split", "from dragoman.reader.model import Text"),
    ("dragoman.articles.split", "import dragoman.ledger.rows as rows"),
    ("dragoman.articles.split", "from dragoman import ledger"),
    ("dragoman.articles.split", "from ..ledger import Ledger"),
    ("dragoman.articles.split", "from .. import ledger"),
    ("dragoman.articles.split", "def f():\n    from dragoman.coding import code_claims"),
    (
        "dragoman.articles.split",
        "if TYPE_CHECKING:\n    from dragoman.sources import read_pages",
    ),
    ("dragoman.articles.split", "import importlib\nimportlib.import_module('dragoman.exchange.jsonl')"),
    ("dragoman.articles.split", "__import__('dragoman.reader')"),
    ("dragoman.articles.split", "import importlib\nimportlib.import_module(name)"),
    ("dragoman.articles.split", "from dragoman.pipeline import read"),
    ("dragoman.articles.split", "from dragoman.novelty import thing"),
    ("dragoman.pipeline", "from dragoman.printing import note"),
    ("dragoman.pipeline", "from dragoman.cli import main"),
    ("dragoman.printing", "from dragoman.cli import main"),
    ("dragoman", "from dragoman.types import Page"),
]
HABITS = [
    ("dragoman.pipeline", "import sqlite3"),
    ("dragoman.cli", "from sqlite3 import connect"),
    ("dragoman.exchange.tables", "rows = db.execute(query)"),
    ("dragoman.exchange.tables", "query = 'SELECT a FROM b'"),
    ("dragoman.exchange.tables", "query = f'select {x}\\n from {y}'"),
    ("dragoman.pipeline", "setting = 'PRAGMA user_version'"),
    ("dragoman.pipeline", "import onnxruntime"),
    ("dragoman.coding.claims", "from tokenizers import Tokenizer"),
    ("dragoman.reader.model", "import torch.nn"),
    ("dragoman.reader.model", "from train.data import load"),
    ("dragoman.cli", "import bench"),
    ("dragoman.reader.files", "import pickle"),
    ("dragoman.reader.files", "vectors = np.load(path, allow_pickle=True)"),
    ("dragoman.articles.child", "from urllib.request import urlopen"),
    ("dragoman.articles.child", "import http.client"),
    ("dragoman.types", "try:\n    pass\nexcept:\n    pass"),
    ("dragoman.cli", "print('done')"),
]
LAWFUL = [
    ("dragoman.articles.split", "from dragoman.articles.finish import cut\nfrom dragoman.config import Limits\nimport re"),
    ("dragoman.articles.split", "from .finish import cut\nfrom ..types import Page"),
    ("dragoman.articles.names", "from urllib.parse import urlsplit"),
    ("dragoman.pipeline", "from dragoman.ledger import Ledger\nfrom dragoman.reader.model import Text"),
    ("dragoman.cli", "from dragoman import __version__, pipeline\nfrom dragoman.printing import note"),
    ("dragoman.ledger.rows", "import sqlite3\ndb.execute('SELECT a FROM b')"),
    ("dragoman.sources.tables", "import importlib\nimportlib.import_module('pyarrow')"),
    ("dragoman.reader.files", "'Select none of them from here: no pickle.'\nvectors = np.load(path, allow_pickle=False)"),
    ("dragoman.printing", "out.print('done')\nmessage = 'update the ledger and select it'"),
    ("dragoman.types", "try:\n    pass\nexcept ValueError:\n    pass"),
]


@pytest.mark.parametrize(("module", "source"), ARROWS + HABITS)
def test_checker_sees(module: str, source: str) -> None:
    assert len(breaches(source, module)) == 1


@pytest.mark.parametrize(("module", "source"), LAWFUL)
def test_checker_lets_pass(module: str, source: str) -> None:
    assert breaches(source, module) == []


def test_checker_resolves_relative_imports_of_a_package() -> None:
    source = "from .rows import Row\nfrom ..coding import code_claims"
    assert breaches(source, "dragoman.ledger", is_package=True) == [
        "dragoman.ledger:2: ledger imports dragoman.coding.code_claims"
    ]
