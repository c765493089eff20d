"""What every request must pass and every answer carries.

The explorer shows text that strangers wrote and answers on a port that any page in the same browser can call. So: only the
names it was started under are served (a foreign name that points here is DNS rebinding), no other site's page may read from it,
nothing but reading is possible, and the browser is told to run and load nothing that did not come from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_ADDRESS = 12_288
"""Characters of path and query that are read."""
METHODS = ("GET", "HEAD")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Lets through what is asked of ``hosts`` (``127.0.0.1:8642`` …) from here, and adds ``HEADERS`` to all that goes out."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = self._refusal(scope)
        await (refused or self._app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return _refuse(403, f"This explorer answers only to {', '.join(sorted(self._hosts))}.")
        origin = headers.get("origin")
        if origin is not None and not self._is_here(origin):
            return _refuse(403, "Other sites may not read from this explorer.")
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate":
            return _refuse(403, "Other sites may not read from this explorer.")
        if scope["method"] not in METHODS:
            answer = _refuse(405, "The explorer only reads: GET and HEAD.")
            answer.headers["allow"] = ", ".join(METHODS)
            return answer
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MOST_ADDRESS:
            return _refuse(414, f"The address is longer than {MOST_ADDRESS:,} characters.")
        return None

    def _is_here(self, origin: str) -> bool:
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme == "http" and parts.netloc.lower() in self._hosts and not parts.path.strip("/")


def _refuse(status: int, why: str) -> PlainTextResponse:
    return PlainTextResponse(why + "\n", status)
