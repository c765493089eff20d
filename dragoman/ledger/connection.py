"""Opening the ledger file: made whole or not at all, looked over before it is trusted, SQLite's errors in our words."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import struct
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dragoman.errors import LedgerDamagedError, LedgerError, LedgerFullError, LedgerVersionError
from dragoman.ledger.folding import fold_value
from dragoman.ledger.schema import APPLICATION_ID, VERSION, expected_objects, migrate, objects

_BATCH = 256
"""Rows that ``paged`` fetches at once: memory stays flat, and writing between two batches is safe."""
_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_RESTORE = "restore it from a copy, or move it away and read the pages again"


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into LedgerErrors that name ``path`` and say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translation(path, error) from error
    except UnicodeDecodeError as error:  # damaged text, or a message of SQLite that quotes some
        raise LedgerDamagedError(f"{path}: damaged: text in it is no UTF-8; {_RESTORE}") from error


def paged(
    fetch: Callable[..., list[tuple[Any, ...]]],
    select: str,
    values: Sequence[str | int],
    *,
    keys: int = 1,
    limit: int | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Rows of ``select`` a batch at a time, ``limit`` at most. ``fetch`` takes a statement and its values.

    The first ``keys`` columns, whole numbers from 0 on, order the rows; those of the last row seen fill the statement's last
    parameters.
    """
    last: tuple[int, ...] = (-1,) * keys
    left = limit
    while left is None or left > 0:
        size = _BATCH if left is None else min(_BATCH, left)
        batch = fetch(f"{select} LIMIT {size}", *values, *last)
        yield from batch
        if len(batch) < size:
            return
        last = tuple(int(key) for key in batch[-1][:keys])
        left = None if left is None else left - size


def connect(path: Path, *, read_only: bool, create: bool, timeout: float) -> sqlite3.Connection:
    """An open connection to the ledger at ``path``, checked and of the present schema. Errors as in ``Ledger.open``."""
    _require_place(path)
    if not path.exists():
        if read_only or not create:
            raise LedgerError(f"{path}: no ledger here; `dragoman read` makes one")
        with translated(path):
            _create(path)
    _require_header(path)
    with translated(path):
        _inspect(path)
        db = _connect_reader(path, timeout) if read_only else _connect_writer(path, timeout)
    try:
        with translated(path):
            _bring_up_to_date(path, db, read_only=read_only)
            _require_schema(path, db)
    except BaseException:
        db.close()
        raise
    return db


def copy_log(path: Path, db: sqlite3.Connection) -> None:
    """Bring what was committed to the disk: from the write-ahead log into the file, as far as readers of older states allow.

    The copying syncs the log first, then the file. A log that is cut or damaged later then hides nothing.
    """
    busy, logged, copied = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if busy or copied < logged:
        with path.with_name(path.name + "-wal").open("rb") as log:
            os.fsync(log.fileno())


def _require_place(path: Path) -> None:
    if path.is_dir():
        raise LedgerError(f"{path}: expected a ledger file, found a folder; name a file in it")
    if not path.parent.is_dir():
        raise LedgerError(f"{path}: there is no folder {path.parent}; make it first")


def _create(path: Path) -> None:
    """Make an empty ledger beside ``path`` and move it there in one step, so that a kill leaves no half-made file."""
    try:
        folder = tempfile.mkdtemp(prefix=".dragoman-", dir=path.parent)
    except OSError as error:
        raise LedgerFullError(f"{path}: cannot be made: {error.strerror}; free the disk or choose another place") from error
    try:
        fresh = Path(folder, "ledger")
        db = sqlite3.connect(fresh, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrate(db)
        finally:
            db.close()
        _move_unless_there(fresh, path)
    finally:
        for leftover in Path(folder).iterdir():
            leftover.unlink()
        Path(folder).rmdir()


def _move_unless_there(fresh: Path, path: Path) -> None:
    """Another process may have made the ledger meanwhile: then that one stays."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            fresh.rename(path)


def _require_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read: {error.strerror}") from error
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        found = "an empty file" if not header else "something else"
        raise LedgerDamagedError(f"{path}: expected a ledger (an SQLite file), found {found}; {_RESTORE}, or name another file")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise LedgerDamagedError(f"{path}: an SQLite file, but not a dragoman ledger; name another file")
    if header[18:20] != b"\2\2":  # file format: write-ahead log
        raise LedgerDamagedError(f"{path}: its header is damaged (journal mode {header[18]}/{header[19]}); {_RESTORE}")


def _inspect(path: Path) -> None:
    """Look for cut files before anything may write: SQLite itself would fill a cut file up with zeros in silence."""
    on_disk = _writes_on_disk(path)
    db = _connect_reader(path, 5.0)
    try:
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise LedgerVersionError(
                f"{path}: written by a newer dragoman (schema {version}; this one knows up to {VERSION}); upgrade dragoman"
            )
        _require_pages(path, db)
        if on_disk is not None and on_disk > _writes(db):
            raise LedgerDamagedError(
                f"{path}: its write-ahead log {path.name}-wal is damaged: it hides writes that the ledger holds; "
                f"move the log away and open the ledger again"
            )
    finally:
        db.close()


def _require_pages(path: Path, db: sqlite3.Connection) -> None:
    pages = int(db.execute("PRAGMA page_count").fetchone()[0])
    size = int(db.execute("PRAGMA page_size").fetchone()[0])
    for _ in range(2):  # twice: a writer may move pages from the log to the file between the two looks
        there = path.stat().st_size // size
        if there >= pages:
            return
        logged = _logged_pages(path.with_name(path.name + "-wal"))
        if all(number in logged for number in range(there + 1, pages + 1)):
            return
    raise LedgerDamagedError(f"{path}: cut short: expected {pages} pages of {size} bytes, found {there}; {_RESTORE}")


def _logged_pages(wal: Path) -> set[int]:
    """Numbers of the pages in a write-ahead log (format: https://www.sqlite.org/fileformat2.html#walformat)."""
    numbers: set[int] = set()
    with contextlib.suppress(FileNotFoundError), wal.open("rb") as file:
        header = file.read(32)
        if len(header) < 32:
            return numbers
        size = struct.unpack(">I", header[8:12])[0]
        while len(frame := file.read(24)) == 24 and frame[8:16] == header[16:24]:
            numbers.add(struct.unpack(">I", frame[:4])[0])
            file.seek(size, os.SEEK_CUR)
    return numbers


def _writes(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT writes FROM totals").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("the table of totals is empty")
    return int(row[0])


def _writes_on_disk(path: Path) -> int | None:
    """How many writes the file itself holds, whatever its log says; None where that cannot be read while it changes."""
    db = sqlite3.connect(_uri(path, "immutable=1"), uri=True, isolation_level=None)
    try:
        return _writes(db)
    except (sqlite3.Error, UnicodeDecodeError):  # lawful half-way through a checkpoint; real damage shows in later checks
        return None
    finally:
        db.close()


def _connect_reader(path: Path, timeout: float) -> sqlite3.Connection:
    # Readers may go from thread to thread, one at a time: see browse.py.
    db = sqlite3.connect(_uri(path, "mode=ro"), uri=True, isolation_level=None, timeout=timeout, check_same_thread=False)
    try:
        db.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        db.close()
        wal = path.with_name(path.name + "-wal")
        if _primary(error) not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY} or (wal.exists() and wal.stat().st_size):
            raise
        # A read-only medium has no room for the shared index of the log; without a log none is needed.
        db = sqlite3.connect(_uri(path, "immutable=1"), uri=True, isolation_level=None, check_same_thread=False)
    except BaseException:
        db.close()
        raise
    _prepare(db)
    return db


def _connect_writer(path: Path, timeout: float) -> sqlite3.Connection:
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise LedgerFullError(
            f"{path}: cannot be written: it or its folder is read-only; choose another place or open it to read"
        )
    db = sqlite3.connect(_uri(path, "mode=rw"), uri=True, isolation_level=None, timeout=timeout)
    try:
        # The ledger itself copies its log into the file after each commit, see copy_log; SQLite's automatic copying swallows
        # errors. With that, NORMAL keeps commits as well as FULL does, for half the waiting.
        for pragma in ("synchronous = NORMAL", "wal_autocheckpoint = 0", "foreign_keys = ON", "journal_size_limit = 67108864"):
            db.execute(f"PRAGMA {pragma}")
        _prepare(db)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection) -> None:
    db.create_function("fold", 1, fold_value, deterministic=True)


def _bring_up_to_date(path: Path, db: sqlite3.Connection, *, read_only: bool) -> None:
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version == VERSION:
        return
    if read_only:
        message = f"{path}: of an older schema ({version}, this is {VERSION}): open it once for writing to bring it up to date"
        raise LedgerError(message)
    migrate(db)


def _require_schema(path: Path, db: sqlite3.Connection) -> None:
    found = objects(db)
    for (kind, name), sql in expected_objects().items():
        if found.get((kind, name)) != sql:
            state = "missing" if (kind, name) not in found else "not as expected"
            raise LedgerDamagedError(f"{path}: damaged: its {kind} {name} is {state}; {_RESTORE}")


def _uri(path: Path, option: str) -> str:
    return f"file:{quote(str(path.absolute()))}?{option}"


def _primary(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


_WRITING = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
}


def _translation(path: Path, error: sqlite3.Error) -> LedgerError:
    code = _primary(error)
    if code == sqlite3.SQLITE_FULL or getattr(error, "sqlite_errorcode", 0) in _WRITING:
        return LedgerFullError(f"{path}: the disk is full; what was stored is kept: free some space and run again")
    if code == sqlite3.SQLITE_READONLY:
        return LedgerFullError(
            f"{path}: cannot be written: the file, its folder or its disk is read-only; choose another place"
        )
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return LedgerError(f"{path}: another process is writing to this ledger; wait until it is done and run again")
    if code == sqlite3.SQLITE_CANTOPEN:
        return LedgerError(f"{path}: cannot be opened ({error}); see that its folder exists and may be written")
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, 0} and not isinstance(
        error, sqlite3.ProgrammingError
    ):
        return LedgerDamagedError(f"{path}: damaged ({error}); {_RESTORE}")
    return LedgerError(f"{path}: {error}")
