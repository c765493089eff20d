"""For maintainers: writes anew what comes from packages, `python -m dragoman.actors.build` (needs Babel).

``territories.csv`` holds the names of states in the languages below, from CLDR (Unicode licence) as Babel ships it.
All other files of ``data/`` are kept by hand.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from dragoman.actors.gazetteer import SEPARATOR

LANGUAGES = ("en", "ar", "fr", "ru", "tr", "fa", "he", "de", "es")
TARGET = "territories.csv"


def territory_rows(codes: set[str]) -> list[list[str]]:
    """Rows (code, names, source) of the states with these ISO3 codes, sorted by code."""
    from babel import Locale
    from babel.core import get_global

    short = {alias: found[0] for alias, found in get_global("territory_aliases").items() if alias in codes} | {"XKX": "XK"}
    locales = [Locale.parse(language) for language in LANGUAGES]
    rows = []
    for code in sorted(short):
        names = dict.fromkeys(locale.territories.get(short[code]) for locale in locales)
        rows.append([code, SEPARATOR.join(name for name in names if name), "cldr"])
    return rows


def main() -> int:
    """Write ``territories.csv`` for the states of ``states.csv``; returns the exit code."""
    folder = Path(__file__).parent / "data"
    with (folder / "states.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    rows = territory_rows(codes)
    with (folder / TARGET).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "names", "source"])
        writer.writerows(rows)
    missing = codes - {row[0] for row in rows}
    without = ", ".join(sorted(missing)) or "none"
    sys.stdout.write(f"{len(rows)} states written to {folder / TARGET}; without names: {without}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
