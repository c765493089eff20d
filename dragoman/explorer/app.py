"""The application: addresses to answers. A request borrows a reader of the ledger, looks, and gives it back."""

from __future__ import annotations

import contextlib
import io
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from dragoman.errors import DragomanError, LimitError, UsageError
from dragoman.exchange.tables import write_csv
from dragoman.explorer import api, params, views
from dragoman.explorer.library import Library
from dragoman.explorer.pages import PAGES, Page
from dragoman.explorer.render import assets, environment, render
from dragoman.explorer.security import Guard
from dragoman.ledger.browse import SECONDS
from dragoman.types import Record

Handler = Callable[[Request], Any]
_A_YEAR = "public, max-age=31536000, immutable"


def create_app(path: Path, *, hosts: Iterable[str], seconds: float = SECONDS) -> Guard:
    """The explorer of the ledger at ``path``; ``hosts`` are the names and ports that it answers to, ``127.0.0.1:8642``.

    A look at the ledger that takes longer than ``seconds`` is stopped. Raises what ``Ledger.open`` raises.
    """
    library = Library(path, seconds=seconds)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        library.close()

    routes = [
        Route("/static/{name}", _static, methods=["GET"]),
        Route("/api/openapi.json", _described(), methods=["GET"]),
        *(Route(end.operation.path, _api(library, end), methods=["GET"]) for end in api.endpoints()),
        *(Route(f"/download/{name}.{form}", _download(library, name, form), methods=["GET"])
          for name in views.LISTS for form in ("csv", "jsonl")),
        *(Route(address, _page(library, make), methods=["GET"]) for address, make in PAGES.items()),
    ]  # fmt: skip
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: _missing(path.name)})
    app.router.redirect_slashes = False  # a redirect could be led astray; nothing here needs one
    return Guard(app, hosts=hosts)


def problem(error: Exception) -> tuple[int, str]:
    """The status of an answer and what it says, for an error."""
    if isinstance(error, api.NotFoundError):
        return 404, str(error)
    if isinstance(error, UsageError):
        return 400, str(error)
    if isinstance(error, LimitError):
        return 503, str(error)
    return 503, f"{error}"


def _page(library: Library, make: Callable[..., Page]) -> Handler:
    def answer(request: Request) -> Response:
        try:
            with library.borrow() as browser, browser.look():
                page = make(library, browser, request.query_params.multi_items(), request.path_params.get("id", ""))
            return HTMLResponse(render(page, ledger=library.path.name))
        except DragomanError as error:
            return _problem_page(library.path.name, *problem(error))

    return _threaded(answer)


def _api(library: Library, end: api.Endpoint) -> Handler:
    def answer(request: Request) -> Response:
        try:
            with library.borrow() as browser, browser.look():
                given = end.answer(library, browser, request.query_params.multi_items(), request.path_params.get("id", ""))
            return _json(given)
        except DragomanError as error:
            status, message = problem(error)
            return _json({"error": message}, status)

    return _threaded(answer)


def _download(library: Library, name: str, form: str) -> Handler:
    view = views.LISTS[name]
    types = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}

    def rows(wanted: Record) -> Iterator[Record]:
        with library.borrow() as browser:
            yield from views.rows(browser, view, wanted)

    def chunks(wanted: Record) -> Iterator[bytes]:
        if form == "jsonl":
            yield from (msgspec.json.encode(row) + b"\n" for row in rows(wanted))
            return
        yield _csv(views.columns(view), ())
        for row in rows(wanted):
            yield _csv(None, (views.cells(row),))

    def answer(request: Request) -> Response:
        try:
            wanted, _ = params.read_form(request.query_params.multi_items(), view.wanted, params.Pages)
        except DragomanError as error:
            return _problem_page(library.path.name, *problem(error))
        headers = {"content-disposition": f'attachment; filename="{name}.{form}"'}
        return StreamingResponse(chunks(wanted), media_type=types[form], headers=headers)

    return _threaded(answer)


def _csv(columns: tuple[str, ...] | None, rows: Iterable[list[str | int | float | None]]) -> bytes:
    text = io.StringIO(newline="")
    write_csv(text, columns, rows)
    return text.getvalue().encode("utf-8")


def _described() -> Handler:
    body = msgspec.json.encode(api.description())

    async def answer(_: Request) -> Response:
        return Response(body, media_type="application/json")

    return answer


async def _static(request: Request) -> Response:
    asset = assets().get(request.path_params["name"])
    if asset is None:
        return PlainTextResponse("there is no such file\n", 404)
    return Response(asset.body, media_type=asset.type, headers={"cache-control": _A_YEAR})


def _threaded(answer: Callable[[Request], Response]) -> Handler:
    async def run(request: Request) -> Response:
        return await run_in_threadpool(answer, request)

    return run


def _missing(ledger: str) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, _: Exception) -> Response:
        message = "there is no page of this address"
        if request.url.path.startswith("/api/"):
            return _json({"error": message}, 404)
        return _problem_page(ledger, 404, message)

    return answer


def _problem_page(ledger: str, status: int, message: str) -> Response:
    page = Page(template="problem.html", title="Nothing to show", section="", twin=None, context={})
    template = environment().get_template(page.template)
    return HTMLResponse(template.render(page=page, ledger=ledger, status=status, message=message), status)


def _json(content: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(content), status, media_type="application/json")
