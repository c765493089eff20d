"""Import of a large event table, and the network of one year of it: ``python -m bench.tables [--rows N] [--resamples N]``.

The table is made here: rows in the shape of GDELT 2.0 (61 columns), five years in order of days, pairs of states drawn with a
long tail, four sides among the states of which three acts in twenty say otherwise, one row in 10,000 broken. Each step runs in
a process of its own; seconds (of the clock and of the processor) and MiB at the peak are printed, and beside them what a bare
``split`` of every line takes.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bench.gold import ROOT

ROWS = 5_000_000
FIRST, DAYS = date(2015, 1, 1), 5 * 365
BROKEN = 10_000
YEAR = "2017"
STATES = 195
SIDES, NOISE = 4, 0.15


def make(path: Path, rows: int) -> None:
    """Write the synthetic table."""
    from dragoman.exchange.event_tables import Codes

    rng = random.Random(7)
    codes = Codes.shipped()
    states = rng.sample(sorted(codes.names), STATES)
    tail = [1 / (rank + 1) for rank in range(STATES)]
    sides = {state: rng.randrange(SIDES) for state in states}
    acts = [
        sorted(code for code, act in codes.cameo.items() if len(code) >= 3 and (act.goldstein or 0) * sign >= 0)
        for sign in (1, -1)
    ]
    fips = sorted(codes.fips)
    with path.open("w", encoding="utf-8") as lines:
        for begin in range(0, rows, 10_000):
            count = min(10_000, rows - begin)
            actors = rng.choices(states, tail, k=count)
            recipients = rng.choices(states, tail, k=count)
            where = rng.choices(fips, k=count)
            for n in range(count):
                day = FIRST + timedelta(days=(begin + n) * DAYS // rows)
                apart = (sides[actors[n]] != sides[recipients[n]]) != (rng.random() < NOISE)
                lines.write(_row(begin + n, day, actors[n], recipients[n], rng.choice(acts[apart]), where[n]))


def _row(number: int, day: date, actor: str, recipient: str, code: str, fips: str) -> str:
    when = f"{day:%Y%m%d}" if number % BROKEN != 1 else "yesterday"
    sides = [cell for state in (actor, recipient) for cell in (f"{state}GOV", "SOMEBODY", state, "", "", "", "", "GOV", "", "")]
    place = ["4", f"Somewhere, Some Province, {fips}", fips, f"{fips}01", "", f"{number % 90}.5", f"{number % 180}.25", "-1"]
    cells = [
        str(number), when, when[:6], when[:4], f"{when[:4]}.5", *sides, "1", code, code[:3], code[:2], "1", "2.8",
        "10", "2", "10", "-1.25", *place, *place, *place, f"{day:%Y%m%d}120000",
        f"https://news.example/{day:%Y/%m/%d}/a-story-about-something-that-happened-{number}.html",
    ]  # fmt: skip
    return "\t".join(cells) + "\n"


def run_split(table: Path, output: Path, resamples: int) -> dict[str, object]:
    """The least that a reader in Python must do."""
    with table.open(encoding="utf-8") as lines:
        return {"rows": sum(1 for line in lines if line.split("\t"))}


def run_import(table: Path, output: Path, resamples: int) -> dict[str, object]:
    """Table to Parquet."""
    from dragoman.exchange.bulk import write_events
    from dragoman.exchange.event_tables import read_events

    done = write_events(read_events([table]), output)
    if done.rows != done.events + done.rejected:
        raise RuntimeError(f"rows are lost: {done}")
    return {"rows": done.rows, "events": done.events, "rejected": done.rejected}


def run_year(table: Path, output: Path, resamples: int) -> dict[str, object]:
    """The network of one year from the Parquet, with its frustration and blocs."""
    from dragoman.api import open_tables

    system = open_tables([output]).system(since=YEAR, until=YEAR, resamples=resamples)
    window = system.analysis.windows[0]
    found = {"nodes": window.nodes, "ties": window.ties, "frustration": window.frustration.value}
    return found | {"bound": window.frustration.bound, "proven": window.frustration.proven}


RUNS: dict[str, Callable[[Path, Path, int], dict[str, object]]] = {
    "split": run_split,
    "import": run_import,
    "year": run_year,
}


def measured(name: str, table: Path, output: Path, resamples: int) -> dict[str, object]:
    """Seconds and MiB of one run in a process of its own, start included."""
    command = [sys.executable, "-m", "bench.tables", "--run", name, "--table", str(table), "--output", str(output)]
    begin = time.perf_counter()
    command += ["--resamples", str(resamples)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    seconds = time.perf_counter() - begin
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr.strip()[-500:]}")
    return {"seconds": seconds, **json.loads(done.stdout.splitlines()[-1])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--resamples", type=int, default=100)
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    parser.add_argument("--table", type=Path, help="use this table instead of making one")
    parser.add_argument("--output", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="make table and Parquet here, and keep them")
    options = parser.parse_args()
    if options.run:
        found = RUNS[options.run](options.table, options.output, options.resamples)
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps(found | {"cpu": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        table = options.table or folder / "events.tsv"
        if options.table is None:
            make(table, options.rows)
        print(f"{table.stat().st_size / 2**20:,.0f} MiB")
        for name in RUNS:
            found = measured(name, table, folder / "events.parquet", options.resamples)
            times = f"{found.pop('seconds'):7.1f} s ({found.pop('cpu'):.1f} s of processor)"
            print(f"{name:7} {times}, {found.pop('megabytes'):6.0f} MiB, {found}")


if __name__ == "__main__":
    main()
