"""Parquet that dragoman wrote, a piece at a time. Needs pyarrow, the extra ``parquet``."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import DragomanError, TableError
from dragoman.exchange.event_tables.records import TableEvent

COLUMNS = TableEvent.__struct_fields__
DAYS = frozenset(("date", "told"))
EPOCH = date(1970, 1, 1).toordinal()
_PIECE = 1 << 16


def arrow() -> Any:
    """pyarrow, with its Parquet. Raises DragomanError if it is not installed."""
    try:
        importlib.import_module("pyarrow.parquet")
        return importlib.import_module("pyarrow")
    except ImportError as error:
        raise DragomanError("Parquet needs one more package: pip install 'dragoman[parquet]'; or write .csv") from error


def is_parquet(path: Path) -> bool:
    """Whether a file is Parquet, by how it begins."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError:
        return False


def read_parquet(path: Path) -> Iterator[TableEvent]:
    """The events of a Parquet file that ``bulk.write_events`` wrote. Raises TableError if it is another."""
    for batch in batches(path, COLUMNS):
        for row in batch.to_pylist():
            for name in DAYS:
                row[name] = row[name] and row[name].isoformat()
            yield TableEvent(**row)


def read_arrow(paths: Sequence[Path]) -> Any:
    """The events of Parquet files as one ``pyarrow.Table``. Raises TableError if one is another."""
    pieces = [batch for path in paths for batch in batches(path, COLUMNS)]
    return arrow().Table.from_batches(pieces) if pieces else arrow().table({name: [] for name in COLUMNS})


def rows_of(path: Path) -> int:
    """How many events a file holds."""
    with _parquet(path) as file:
        return int(file.metadata.num_rows)


def batches(path: Path, columns: Sequence[str], first: int | None = None, last: int | None = None) -> Iterator[Any]:
    """Pieces of the given columns, without row groups that lie wholly outside of the days ``first`` to ``last``."""
    with _parquet(path) as file:
        place = file.schema_arrow.names.index("date")

        def may_hold(group: int) -> bool:
            known = file.metadata.row_group(group).column(place).statistics
            if first is None or last is None or known is None or not known.has_min_max:
                return True
            return bool(known.max.toordinal() - EPOCH >= first and known.min.toordinal() - EPOCH <= last)

        groups = [group for group in range(file.num_row_groups) if may_hold(group)]
        yield from file.iter_batches(batch_size=_PIECE, row_groups=groups, columns=list(columns))


@contextmanager
def _parquet(path: Path) -> Iterator[Any]:
    pa = arrow()
    try:
        with pa.parquet.ParquetFile(path, pre_buffer=False) as file:
            missing = [name for name in COLUMNS if name not in file.schema_arrow.names]
            if missing:
                raise TableError(f"{path}: expected Parquet of dragoman, found no columns {', '.join(missing)}")
            yield file
    except (pa.ArrowException, OSError) as error:
        raise TableError(f"{path}: cannot be read as Parquet: {str(error).splitlines()[0][:200]}") from error


def numbers_of(column: Any, known: dict[str, int]) -> NDArray[np.int32]:
    """A column of text as numbers of ``known`` names, which grows; -1 for nothing."""
    encoded = column if hasattr(column, "dictionary") else column.dictionary_encode()
    places = [known.setdefault(name, len(known)) for name in encoded.dictionary.to_pylist()]
    table = np.array([*places, -1], dtype=np.int32)
    indices: NDArray[np.int32] = encoded.indices.fill_null(len(places)).to_numpy(zero_copy_only=False)
    return table[indices]
