"""The child process that reads HTML and large pages of text: ``python -m dragoman.articles.worker MEGABYTES``.

Requests come on standard input, answers go to standard output (see ``protocol``). Its address space is limited to what it needs
for itself and MEGABYTES more; it ends with its input.
"""

from __future__ import annotations

import logging
import os
import sys

import msgspec

from dragoman.articles.assemble import draft_articles
from dragoman.articles.protocol import HTML, OUT_OF_MEMORY, Answer, WebPage, read_frame, write_frame
from dragoman.articles.webpage import read_webpage
from dragoman.errors import InputError

UNKNOWN_BASE = 1024
"""MiB that the process is taken to need for itself where the system cannot say."""


def limit_memory(megabytes: int) -> None:
    """Let the address space grow by ``megabytes`` MiB, where the system has such limits."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the parent's clock is the only limit
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            base = int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        base = UNKNOWN_BASE << 20
    limit = base + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(data: bytes) -> Answer:
    """Read one page."""
    try:
        source = data[1:].decode("utf-8", "surrogatepass")
        return Answer(page=read_webpage(source) if data[:1] == HTML else WebPage(text="", drafts=draft_articles(source)))
    except InputError as error:
        return Answer(error=str(error))
    except MemoryError:
        return Answer(error=OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - whatever a library raises on a strange page is that page's reason
        if "unknown error" in str(error):  # so libxml2 says that it got no memory
            return Answer(error=OUT_OF_MEMORY)
        return Answer(error=f"{type(error).__name__}: {error}"[:300])


def main() -> None:
    """Serve until the input ends."""
    import trafilatura  # noqa: F401 - loaded before the limit is set, so that it does not count

    logging.disable(logging.CRITICAL)  # the libraries' remarks on strange pages are nobody's news
    source, target = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not break the protocol
    limit_memory(int(sys.argv[1]))
    write_frame(target, b"")
    encoder = msgspec.msgpack.Encoder()
    while (data := read_frame(source)) is not None:
        reply = answer(data)
        del data
        write_frame(target, encoder.encode(reply))
        if reply.error == OUT_OF_MEMORY:
            return  # a fresh process has its memory back


if __name__ == "__main__":
    main()
