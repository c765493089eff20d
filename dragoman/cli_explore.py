"""The commands that show a ledger to a person with a browser: ``explore`` and ``report``."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from dragoman.config import DEFAULT_LEDGER
from dragoman.errors import DragomanError, LedgerError, UsageError

HOST = "127.0.0.1"
PORT = 8642
"""Where the explorer answers unless told otherwise; if that is taken, the system chooses another."""

Command = Callable[[Callable[..., None]], Callable[..., None]]

LedgerOption = Annotated[Path, typer.Option("--ledger", "-l", help="The ledger: one database file.", metavar="FILE")]


def add_explore_commands(app: typer.Typer, command: Command) -> None:
    """Add ``explore`` and ``report`` to ``app``; ``command`` turns what they raise into messages and exit codes."""

    @app.command(epilog="Example: dragoman explore --ledger news.db")
    @command
    def explore(
        ledger: LedgerOption = Path(DEFAULT_LEDGER),
        port: Annotated[
            int | None,
            typer.Option("--port", min=1, max=65535, metavar="N", help=f"Where to answer; default: {PORT}, or any if taken."),
        ] = None,
        open_: Annotated[bool, typer.Option("--open", help="Open the browser, too.")] = False,
    ) -> None:
        """Look around in a ledger with your browser. Answers on this machine alone, reads only, needs no network."""
        from dragoman.explorer import create_app
        from dragoman.printing import note

        if not ledger.exists():
            raise LedgerError(f"{ledger}: no ledger here; `dragoman read` makes one")
        listening = _listen(port)
        number = listening.getsockname()[1]
        app = create_app(ledger, hosts=(f"{HOST}:{number}", f"localhost:{number}"))
        address = f"http://{HOST}:{number}/"
        note(f"{ledger} is shown at {address} until you press Ctrl+C")
        if open_:
            import webbrowser

            webbrowser.open(address)
        _serve(app, listening)

    @app.command(epilog="Example: dragoman report -o report.html --ledger news.db")
    @command
    def report(
        ledger: LedgerOption = Path(DEFAULT_LEDGER),
        output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE.html", help="Where to write.")] = None,
        title: Annotated[str | None, typer.Option("--title", metavar="WORDS", help="What stands at its head.")] = None,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not say what was written.")] = False,
    ) -> None:
        """Write the essential views as one HTML file that opens anywhere, without dragoman and without a network."""
        from dragoman.explorer import write_report
        from dragoman.printing import note

        if output is None:
            raise UsageError("report needs a file to write to; for example: dragoman report -o report.html")
        written = write_report(ledger, output, title=title)
        if not quiet:
            left = f"; {written.left_out:,} articles are left out to keep it small" if written.left_out else ""
            note(f"{output}: {written.size / 1e6:.1f} MB with {written.articles:,} articles in full{left}")


def _listen(port: int | None) -> socket.socket:
    """A socket on this machine alone. Raises DragomanError if the port that was asked for is taken."""
    for number in (port,) if port else (PORT, 0):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, number))
            listening.listen(128)  # at once: until a socket listens, others may take its port as well
        except OSError as error:
            listening.close()
            if port:
                raise DragomanError(f"port {port} cannot be used: {error.strerror}; take another with --port") from error
            continue
        return listening
    raise DragomanError(f"no port of {HOST} can be used; name one with --port")


def _serve(app: object, listening: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, date_header=False, proxy_headers=False,  # type: ignore[arg-type]
        ws="none", limit_concurrency=64, timeout_keep_alive=5, timeout_graceful_shutdown=2,
    )  # fmt: skip
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()
