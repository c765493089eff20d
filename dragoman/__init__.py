"""dragoman reads political reporting: who says what, by whose account, and how surely.

The stages of the pipeline are the folders of this package; ``dragoman.pipeline`` joins them, ``dragoman.cli`` is the command,
``dragoman.open`` is for notebooks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.api import EdgesBook, LedgerBook, TablesBook
    from dragoman.exchange.event_tables import Format

__version__ = "0.1.0"


def open(path: str | Path, *more: str | Path, format_: Format | None = None) -> LedgerBook | TablesBook | EdgesBook:
    """What is at ``path``, for pandas, polars and NetworkX: a ledger, event tables, or a signed edge list.

    See ``dragoman.api.open_book``; what it needs is imported when it is called.
    """
    from dragoman.api import open_book

    return open_book(path, *more, format_=format_)
