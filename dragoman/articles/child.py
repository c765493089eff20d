"""The parent's side of the child process that reads HTML and large texts: started at first use, kept, killed when too slow."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from dragoman.articles.protocol import HTML, OUT_OF_MEMORY, TEXT, Answer, WebPage, read_frame, write_frame
from dragoman.config import Limits
from dragoman.errors import DragomanError, InputError, LimitError

SECONDS_TO_START = 60.0
"""Wall-clock seconds that the child may take to load its libraries."""
MIB = 1 << 20


class Child:
    """One child process at a time, with ``megabytes`` MiB for each page."""

    def __init__(self, *, megabytes: int) -> None:
        self.megabytes = megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._lock = threading.Lock()
        atexit.register(self.close)

    def read(self, source: str, *, html: bool, seconds: float) -> WebPage:
        """The articles of a page, of HTML or of text. Raises LimitError if time or memory ran out, InputError if unreadable."""
        with self._lock:
            process = self._started()
            expired = threading.Event()
            data = self._exchange(
                process, (HTML if html else TEXT) + source.encode("utf-8", "surrogatepass"), seconds=seconds, expired=expired
            )
            if data is None:
                self._stop()
                if expired.is_set():
                    raise LimitError(f"the page was expected to be read in {seconds:g} s and was not: stopped")
                raise LimitError(f"the process that read the page ended; most likely it needed more than {self.megabytes} MiB")
            answer = msgspec.msgpack.decode(data, type=Answer)
            if answer.error == OUT_OF_MEMORY:
                self._stop()
                raise LimitError(f"the page was expected to be read in {self.megabytes} MiB of memory and needed more: stopped")
            if answer.page is None:
                raise InputError(f"the page cannot be read: {answer.error}")
            return answer.page

    def close(self) -> None:
        """End the child; a forked copy of the parent leaves it alone."""
        if self._owner == os.getpid():
            self._stop()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # we are a fork: the child is our parent's
            self._process, self._owner = None, os.getpid()
        if self._process is not None and self._process.poll() is None:
            return self._process
        root = str(Path(__file__).resolve().parents[2])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = process = subprocess.Popen(
            [sys.executable, "-P", "-m", "dragoman.articles.worker", str(self.megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=True,  # Ctrl-C is the parent's: the page in hand is finished
        )
        with _killing(process, SECONDS_TO_START, threading.Event()):
            ready = read_frame(cast("BinaryIO", process.stdout))
        if ready is None:
            self._stop()
            raise DragomanError("the process that reads HTML did not start; try `python -c 'import trafilatura'` to see why")
        return process

    def _exchange(
        self, process: subprocess.Popen[bytes], data: bytes, *, seconds: float, expired: threading.Event
    ) -> bytes | None:
        with _killing(process, seconds, expired):
            try:
                write_frame(cast("BinaryIO", process.stdin), data)
                return read_frame(cast("BinaryIO", process.stdout))
            except OSError:  # the pipe broke: the child has ended
                return None
            except BaseException:  # interrupted between question and answer: the next page needs a fresh child
                self._stop()
                raise

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:  # unsent bytes of a page that was given up
                continue


class _killing:  # noqa: N801 - used as a with statement's verb
    """Kills a process if the block takes longer than ``seconds``, and sets ``expired``."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, expired: threading.Event) -> None:
        def kill() -> None:
            expired.set()
            process.kill()

        self._timer = threading.Timer(seconds, kill)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


@lru_cache(maxsize=1)
def _child(megabytes: int) -> Child:
    return Child(megabytes=megabytes)


def read_apart(source: str, *, html: bool, limits: Limits) -> WebPage:
    """The articles of a page, read in the child process under ``limits``."""
    return _child(limits.megabytes).read(source, html=html, seconds=limits.seconds)
