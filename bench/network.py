"""The system of actors against what is known: ``python -m bench.network [--seconds S]``.

Frustration of the highland tribes and of 51 networks of states, with proof; their blocs; and the ties of ICEWS dyad-years
against alliances (ATOP) and militarised disputes (Correlates of War): the chance that an allied pair leans more than one in
dispute. Prints figures, and fails where one is below its floor. The data lie beside the project; without them it says so.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import time
from collections.abc import Iterator, Sequence

import numpy as np

from bench.gold import SHARED
from dragoman.network import Act, Baseline, Edge, Network, Weights, networks_of_edges, ties_of
from dragoman.network.clustering import clusters_of
from dragoman.network.cover import Cover
from dragoman.network.frustration import frustration_of
from dragoman.network.graph import graph_of

SIGNED = SHARED / "graph" / "signed"
TRIBES = 7.0
FLOOR = 0.80
"""Of the chance that an allied pair leans more than one in dispute; the promise is .75."""
SECONDS = 60.0
"""In which the networks of states must be proven, on one core."""

QUADS = {
    "verbCoop": "verbal cooperation",
    "matlCoop": "material cooperation",
    "verbConf": "verbal conflict",
    "matlConf": "material conflict",
}
ALLIED = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")
CODES = {
    "BIH": "346", "BOL": "145", "CIV": "437", "COD": "490", "COG": "484", "IRN": "630", "KOR": "732", "LAO": "812",
    "LBY": "620", "MDA": "359", "MKD": "343", "PRK": "731", "RUS": "365", "SYR": "652", "TTO": "52", "TZA": "510", "USA": "2",
}  # fmt: skip
"""Correlates of War numbers of the states that ICEWS names in another way."""


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table beside the project."""
    packed = name.endswith(".gz")
    with (gzip.open if packed else open)(SIGNED / name, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")


def edges(name: str) -> list[Edge]:
    """A signed edge list."""
    return [
        Edge(a=row["a"], b=row["b"], sign=1 if int(row["sign"]) > 0 else -1, window=row.get("window")) for row in rows(name)
    ]


def frustrations(networks: Sequence[Network], seconds: float) -> dict[str, Cover]:
    """By window."""
    return {network.window.name: frustration_of(graph_of(network, "sign")[0], seconds=seconds)[0] for network in networks}


def balance(seconds: float) -> list[str]:
    """Frustration and blocs of the known networks; what fails."""
    failures = []
    (tribes,) = frustrations(networks_of_edges(edges("tribes.tsv")), seconds).values()
    print(f"tribes: frustration {tribes.cost:g}, bound {tribes.bound:g} (known: {TRIBES:g})")
    if (tribes.cost, tribes.proven) != (TRIBES, True):
        failures.append(f"tribes: expected frustration {TRIBES:g}, proven, found {tribes}")

    known = {row["window"]: float(row["frustration"]) for row in rows("cow_exact_frustration.tsv")}
    networks = networks_of_edges(edges("cow_1946_1999.tsv"))
    begun = time.process_time()
    found = frustrations(networks, seconds)
    took = time.process_time() - begun
    right = [name for name, least in known.items() if found[name].proven and found[name].cost == least]
    print(f"states: frustration of {len(right)} of {len(known)} windows as known and proven, {took:.1f} s of one core")
    if len(right) < len(known) or took > SECONDS:
        failures.append(f"states: expected {len(known)} windows as known, in {SECONDS:g} s, found {len(right)}, {took:.1f} s")

    begun = time.process_time()
    splits = {network.window.name: clusters_of(graph_of(network, "sign")[0], seconds=seconds)[0] for network in networks}
    took = time.process_time() - begun
    best = {row["window"]: float(row["best_found_here"]) for row in rows("cow_clusterability_best.tsv")}
    proven = sum(split.proven for split in splits.values())
    same = sum(splits[name].cost == least for name, least in best.items())
    print(
        f"states: blocs of {proven} of {len(splits)} windows proven cheapest, {took:.1f} s; "
        f"{same} as cheap as the best that 30,000 starts of a search had found"
    )
    if proven < len(splits):
        failures.append(f"states: expected blocs of {len(splits)} windows proven, found {proven}")
    return failures


def acts() -> Iterator[Act]:
    """ICEWS events between states by year and quad category; the weight of each row is that of all its events."""
    kinds = Weights.shipped().kinds
    for number, row in enumerate(rows("icews_dyadyear_quadcounts_2002_2014.tsv.gz")):
        for column, quad in QUADS.items():
            count = float(row[column])
            if count > 0:
                yield Act(
                    source=row["i_iso3c"], target=row["j_iso3c"], kind=quad, weight=kinds[quad] * count, start=row["year"],
                    evidence=f"{number}:{column}",
                )  # fmt: skip


def history() -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """(code, code, year) of allied pairs, and of pairs on two sides of a dispute."""
    numbers = {row["statenme"]: row["ccode"] for row in rows("cow_states.tsv") if row["endyear"] == "2016"}
    named = {row["i_iso3c"]: row["i"] for row in rows("icews_dyadyear_quadcounts_2002_2014.tsv.gz")}
    codes = {CODES.get(code) or numbers[name]: code for code, name in named.items()}

    def key(row: dict[str, str]) -> tuple[str, ...] | None:
        a, b = codes.get(row["ccode1"]), codes.get(row["ccode2"])
        return (*sorted((a, b)), row["year"]) if a and b else None

    allied = {key(row) for row in rows("atop_alliance_dyadyear.tsv.gz") if any(row[kind] == "1" for kind in ALLIED)}
    disputes = {key(row) for row in rows("cow_mid_dirdisp_v5_dyadyear.tsv.gz") if row["sidea1"] != row["sidea2"]}
    return {pair for pair in allied if pair}, {pair for pair in disputes if pair}


def auc(above: Sequence[float], below: Sequence[float]) -> float:
    """The chance that one of ``above`` is greater than one of ``below``, equal ones counted half."""
    ranked = np.sort(np.array(below))
    values = np.array(above)
    wins = np.searchsorted(ranked, values, "left") + np.searchsorted(ranked, values, "right")
    return float(wins.sum() / (2 * len(values) * len(ranked)))


def against_history() -> list[str]:
    """Ties of years against alliances and disputes; what fails."""
    failures = []
    told = list(acts())
    allied, disputes = history()
    baselines: tuple[Baseline, ...] = ("zero", "usual")
    for baseline in baselines:
        friends, foes = list[float](), list[float]()
        for network in ties_of(told, by="year", baseline=baseline, resamples=0):
            for tie in network.ties:
                pair = (tie.source, tie.target, network.window.name)
                if (pair in allied) != (pair in disputes):
                    (friends if pair in allied else foes).append(tie.weight / tie.volume)
        value = auc(friends, foes)
        rightly = [sum(leaning > 0 for leaning in friends) / len(friends), sum(leaning < 0 for leaning in foes) / len(foes)]
        print(
            f"ICEWS, baseline {baseline}: {len(friends)} allied pairs in a year lean more than {len(foes)} in dispute: "
            f"AUC {value:.3f} (floor {FLOOR}); {rightly[0]:.2f} of the former are for, {rightly[1]:.2f} of the latter against"
        )
        if value < FLOOR:
            failures.append(f"ICEWS, baseline {baseline}: expected an AUC of at least {FLOOR}, found {value:.3f}")
    return failures


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=20.0, help="for each proof")
    seconds = parser.parse_args(arguments).seconds
    if not SIGNED.is_dir():
        print("skipped: the signed networks are not here", file=sys.stderr)
        return 0
    failures = [*balance(seconds), *against_history()]
    for failure in failures:
        print(f"failed: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
