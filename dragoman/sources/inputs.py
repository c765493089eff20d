"""What a person names — files, folders, patterns, ``-`` — becomes single inputs, each of which can be opened."""

from __future__ import annotations

import glob
import io
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from dragoman.errors import InputError
from dragoman.sources.sniffing import HEAD_BYTES, is_ledger
from dragoman.types import Outcome

STDIN = "-"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PATTERN = re.compile(r"[*?\[]")
_COMPANIONS = ("-wal", "-shm", "-journal")


class Input(NamedTuple):
    """One thing to read. ``path`` is None for standard input; ``open`` gives its bytes and may raise OSError."""

    origin: str
    path: Path | None
    open: Callable[[], BinaryIO]

    @property
    def suffix(self) -> str:
        """The ending of its name, in lower case, with the dot."""
        return self.path.suffix.lower() if self.path else ""


def rejected(origin: str, reason: str) -> Outcome:
    """The outcome of an input that cannot be used."""
    return Outcome(origin=origin, status="rejected", reason=reason)


def printable(name: str) -> str:
    """A file's name as valid Unicode: bytes that are none are shown as ``\\xNN``."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\0", "\\x00")


def expand(names: Iterator[str], stdin: BinaryIO | None) -> Iterator[Input | Outcome]:
    """The single inputs behind ``names``, each once, folders and patterns in sorted order; outcomes for what is none."""
    seen: set[str] = set()
    for name in names:
        for found in _expand_one(name, stdin):
            if found.origin not in seen:
                seen.add(found.origin)
                yield found


def _expand_one(name: str, stdin: BinaryIO | None) -> Iterator[Input | Outcome]:
    origin = printable(name)
    if name == STDIN:
        yield _stdin(stdin)
    elif _URL.match(name):
        yield rejected(origin, "addresses cannot be read yet: save the page and name the file")
    elif not name or "\0" in name:
        yield rejected(origin, "expected the name of a file or folder, found " + ("nothing" if not name else "a NUL in it"))
    elif os.path.lexists(name):
        yield from _expand_path(Path(name))
    elif _PATTERN.search(name):
        matches = sorted(glob.glob(name, recursive=True))
        if not matches:
            yield rejected(origin, "no file or folder matches this pattern")
        for match in matches:
            yield from _expand_path(Path(match))
    else:
        yield rejected(origin, "there is no such file or folder")


def _expand_path(path: Path) -> Iterator[Input | Outcome]:
    if path.is_dir():
        found = False
        for inner in _walk(path):
            found = True
            yield inner
        if not found:
            yield rejected(printable(str(path)), "the folder holds no files (hidden files and ledgers are passed over)")
    else:
        yield _file(path)


def _walk(folder: Path) -> Iterator[Input | Outcome]:
    """Everything in ``folder`` and its folders; without recursion, as folders nest deeper than Python's stack."""
    waiting = [iter(_listing(folder))]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, Outcome):
            yield entry
        elif entry.name.startswith(".") or _is_ledger_file(entry):
            continue
        elif entry.is_dir() and not entry.is_symlink():
            waiting.append(iter(_listing(entry)))
        else:
            yield _in_folder(entry)


def _listing(folder: Path) -> list[Path | Outcome]:
    try:
        return [*sorted(folder.iterdir())]
    except OSError as error:
        return [rejected(printable(str(folder)), f"the folder cannot be listed: {error.strerror}")]


def _in_folder(path: Path) -> Input | Outcome:
    if path.is_dir():
        return rejected(printable(str(path)), "a link to a folder: links are not followed; name the folder itself")
    if path.exists() and not path.is_file():
        return rejected(printable(str(path)), "neither a file nor a folder (a pipe, socket or device): name it itself")
    return _file(path)


def _is_ledger_file(path: Path) -> bool:
    """A ledger in the folder that is read is not a page, nor are the files that SQLite keeps beside it."""
    name = path.name
    for ending in _COMPANIONS:
        if name.endswith(ending):
            return _is_ledger_file(path.with_name(name.removesuffix(ending)))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            return is_ledger(file.read(100))
    except OSError:  # told when it is read
        return False


def _file(path: Path) -> Input:
    return Input(printable(str(path)), path, lambda: cast(BinaryIO, path.open("rb")))


def _stdin(stdin: BinaryIO | None) -> Input:
    def give() -> BinaryIO:
        if stdin is None:
            raise InputError("there is no standard input to read")
        return stdin

    return Input(STDIN, None, give)


class Peeked(io.RawIOBase):
    """A stream whose beginning was read ahead and is given again. Works for pipes, which cannot be wound back."""

    def __init__(self, stream: BinaryIO) -> None:
        """Read ahead up to ``HEAD_BYTES``."""
        self._stream = stream
        self.head = _read_up_to(stream, HEAD_BYTES)
        self._place = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill ``buffer`` from the head, then from the stream."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if self._place < len(self.head):
            piece = self.head[self._place : self._place + len(view)]
            self._place += len(piece)
        else:
            piece = self._stream.read(len(view)) or b""
        view[: len(piece)] = piece
        return len(piece)


def _read_up_to(stream: BinaryIO, size: int) -> bytes:
    pieces: list[bytes] = []
    left = size
    while left and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def read_limited(stream: BinaryIO, limit: int) -> tuple[bytes, bool]:
    """Up to ``limit`` bytes of ``stream``, and whether there would have been more."""
    data = _read_up_to(stream, limit + 1)
    return data[:limit], len(data) > limit
