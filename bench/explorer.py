"""How fast the explorer answers on a big ledger: ``python -m bench.explorer [--articles N] [--events N] [--rounds N]``

Makes a ledger of made-up articles (bench/ledgers.py), serves it in this process without a socket, asks for every page and every
list of the API with several filters, and prints the server's time of each: the first look, the median and the 95th percentile.
Answers that cost much are kept until the ledger changes, as in use. Times are of the processor, so that what else the
machine does is left out; the clock's stand beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bench.ledgers import make_ledger
from dragoman.explorer import create_app, write_report
from dragoman.explorer.pages import PAGES
from dragoman.ledger.browse import Browser
from dragoman.ledger.browse_actors import actors
from dragoman.ledger.browse_articles import articles

HOST = "127.0.0.1:1"
BAR = 300.0
"""Milliseconds that a page may take at the 95th percentile."""
FILTERED = (
    "/claims?q=minister",
    "/claims?q=grain&sort=best",
    "/claims?certainty=hedged",
    "/claims?polarity=neg&since=2016&until=2017-06",
    "/claims?outlet=Outlet+7",
    "/claims?links=3",
    "/claims?page=400",
    "/events?type=ASSAULT",
    "/events?status=denied&country=LBY",
    "/events?since=2017-03&until=2017-05",
    "/events?language=ar",
    "/events?page=1500",
    "/articles?q=treaty&sort=best",
    "/map?quad=material+conflict",
    "/actors?q=lby",
    "/network?by=year",
    "/api/claims",
    "/api/events/history",
    "/api/network",
)


async def ask(app: object, address: str) -> tuple[int, float, float, int]:
    """(status, milliseconds of the processor, of the clock, bytes) of one request."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "headers": [(b"host", HOST.encode())],
        "server": ("127.0.0.1", 1), "client": ("127.0.0.1", 2),
    }  # fmt: skip
    status = size = 0

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        nonlocal status, size
        if message["type"] == "http.response.start":
            status = int(str(message["status"]))
        size += len(message.get("body", b""))  # type: ignore[arg-type]

    began, busy = time.perf_counter(), time.process_time()
    await app(scope, receive, send)  # type: ignore[operator]
    return status, (time.process_time() - busy) * 1000, (time.perf_counter() - began) * 1000, size


def addresses(ledger: Path) -> list[str]:
    """Every page, with the most frequent actors and the latest article where one is asked for, and filtered lists."""
    with Browser.open(ledger) as browser:
        first, second = (row.id for row in actors(browser).rows[:2])
        article = articles(browser).rows[0].id
    keys = {"/articles/{id}": f"/articles/{article}", "/actors/{id}": f"/actors/{first}", "/tie": f"/tie?a={first}&b={second}"}
    return [*(keys.get(path, path) for path in PAGES), *FILTERED, f"/events?actor={first}", f"/claims?source={first}"]


async def measure(ledger: Path, rounds: int) -> float:
    """Prints the table; gives the worst 95th percentile of a page."""
    app = create_app(ledger, hosts=(HOST,), seconds=120.0)
    worst = 0.0
    every: list[float] = []
    print(f"{'address':44}{'kB':>7}{'first':>9}{'median':>9}{'p95':>9}{'p95 clock':>11}   ms")
    for address in addresses(ledger):
        found = [await ask(app, address) for _ in range(rounds + 1)]
        if any(status != 200 for status, *_ in found):
            raise SystemExit(f"{address}: expected 200, found {found[0][0]}")
        times = [processor for _, processor, _, _ in found[1:]]
        p95, clock = (statistics.quantiles(values, n=20)[-1] for values in (times, [took for _, _, took, _ in found[1:]]))
        every += times
        worst = max(worst, p95)
        print(
            f"{address[:43]:44}{found[0][3] / 1000:7.0f}{found[0][1]:9.0f}{statistics.median(times):9.0f}"
            f"{p95:9.0f}{clock:11.0f}"
        )
    print(
        f"all requests but the first: p95 {statistics.quantiles(every, n=20)[-1]:.0f} ms; slowest p95 of a page {worst:.0f} ms"
    )
    return worst


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=5, help="of each article")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--ledger", type=Path, help="one that is there, instead of making one")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = wanted.ledger or Path(folder, "big.db")
        if not ledger.exists():
            make_ledger(ledger, articles=wanted.articles, events=wanted.events, claims=wanted.events)
        worst = asyncio.run(measure(ledger, wanted.rounds))
        began = time.perf_counter()
        report = write_report(ledger, Path(folder, "report.html"))
        print(f"report: {report.size / 1e6:.1f} MB, {report.articles} articles in full, {time.perf_counter() - began:.1f} s")
    if worst > BAR:
        raise SystemExit(f"expected every page under {BAR:.0f} ms at the 95th percentile, found {worst:.0f}")


if __name__ == "__main__":
    main()
