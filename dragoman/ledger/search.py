"""The search index of claims: which words of which claim are in it, and under which number.

FTS5 numbers its documents by one integer, and a claim is known by two, so the two are packed: the article's ``seq`` in the high
bits, the claim's ``n`` in the low ones. SQL takes them apart by ``rowid >> CLAIM_BITS`` and ``rowid & CLAIM_MASK``.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from dragoman.ledger.folding import fold
from dragoman.ledger.rows import Coded
from dragoman.ledger.schema import CLAIM_BITS, CLAIM_COLUMNS

CLAIM_MASK = (1 << CLAIM_BITS) - 1
INSERT = "INSERT INTO {} (rowid, source, content) VALUES (?, ?, ?)"

_SOURCE_B, _SOURCE_E, _ACTOR = (CLAIM_COLUMNS.index(name) for name in ("source_b", "source_e", "source_actor"))

Document = tuple[int, str, str]
"""(rowid, folded words of the source, folded words of the content)."""


def claim_documents(seq: int, text: str, coded: Coded) -> Iterator[Document]:
    """What the index holds of the claims of the article with this ``seq`` and ``text``."""
    contents: dict[object, list[str]] = defaultdict(list)
    for claim, _, b, e in coded["claim_spans"]:
        contents[claim].append(_words(text, b, e))
    for row in coded["claims"]:
        source = _words(text, row[_SOURCE_B], row[_SOURCE_E])
        rowid = (seq << CLAIM_BITS) | int(str(row[0]))
        yield rowid, fold(f"{row[_ACTOR] or ''} {source}"), fold(" ".join(contents[row[0]]))


def _words(text: str, b: object, e: object) -> str:
    return text[b:e] if isinstance(b, int) and isinstance(e, int) else ""


def index_claims(db: sqlite3.Connection, seq: int, text: str, coded: Coded) -> None:
    """Add the claims of an article to the index."""
    db.executemany(INSERT.format("claims_fts"), claim_documents(seq, text, coded))
