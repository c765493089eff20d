"""Takes the pictures of README.md and docs/explorer.md anew: ``python -m docs.screenshots --ledger FILE``.

The ledger is that of ``examples/pages``: no text of others may stand in a picture. Needs Playwright and Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from dragoman.ledger.browse import Browser
from dragoman.ledger.browse_articles import articles

FOLDER = Path(__file__).parent / "img"
PORT = 8653


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", type=Path, required=True)
    ledger = parser.parse_args().ledger
    with Browser.open(ledger) as browser:
        shown = max((row for row in articles(browser).rows if row.language == "en"), key=lambda row: row.claims)
    pages = {"overview": "/", "network": "/network", "article": f"/articles/{shown.id}", "claims": "/claims?polarity=neg",
             "disputes": "/disputes", "incidents": "/incidents?articles=2", "names": "/names"}  # fmt: skip
    FOLDER.mkdir(exist_ok=True)
    serving = subprocess.Popen([sys.executable, "-c", _SERVE, str(ledger), str(PORT)])
    try:
        _wait(f"http://127.0.0.1:{PORT}/about")
        with sync_playwright() as playwright:
            browser_ = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser_.new_page(viewport={"width": 1280, "height": 860})
            for name, path in pages.items():
                page.goto(f"http://127.0.0.1:{PORT}{path}")
                page.wait_for_timeout(300)
                page.screenshot(path=FOLDER / f"explorer-{name}.png")
            browser_.close()
    finally:
        serving.terminate()
        serving.wait()


_SERVE = (
    "import sys; from dragoman.cli import app;"
    "app(['explore', '--ledger', sys.argv[1], '--port', sys.argv[2]], prog_name='dragoman')"
)


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address).close()
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise SystemExit(f"{address}: expected an answer within 20 s, found none")


if __name__ == "__main__":
    main()
