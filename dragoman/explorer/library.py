"""Open ledgers for many requests: a few readers that are lent out one at a time, and answers that are kept until a write."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from dragoman.errors import LedgerError
from dragoman.ledger.browse import SECONDS, Browser

READERS = 4
MOST_KEPT = 256
"""Answers that are kept; the one that was asked for longest ago goes first."""

T = TypeVar("T")


class Library:
    """Lends Browsers of one ledger to threads. Answers that cost much are kept as long as nothing is written."""

    def __init__(self, path: Path, *, seconds: float = SECONDS, readers: int = READERS) -> None:
        """Opens the ledger once, so that a missing or damaged one is told at once; raises what ``Ledger.open`` raises."""
        self.path = path
        self._seconds = seconds
        self._free: queue.LifoQueue[Browser | None] = queue.LifoQueue()
        for _ in range(readers - 1):
            self._free.put(None)  # opened when it is needed
        self._free.put(Browser.open(path, seconds=seconds))
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def borrow(self) -> Iterator[Browser]:
        """A Browser for this thread alone. Raises LedgerError where all stay lent out for too long."""
        try:
            browser = self._free.get(timeout=self._seconds)
        except queue.Empty:
            raise LedgerError(f"{self.path}: too many looks at once; try again") from None
        try:
            browser = browser or Browser.open(self.path, seconds=self._seconds)
            yield browser
        finally:
            self._free.put(browser)

    def kept(self, browser: Browser, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What ``make`` gives, kept under ``key`` until something is written to the ledger. For use inside a look."""
        whole = (browser.writes(), *key)
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return self._kept[whole]  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            self._kept[whole] = made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def close(self) -> None:
        """Close what is not lent out."""
        with contextlib.suppress(queue.Empty):
            while True:
                browser = self._free.get_nowait()
                if browser is not None:
                    browser.close()
