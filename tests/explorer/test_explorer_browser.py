"""The explorer and the report in real Chromium: what a person sees, clicks and is safe from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from explorer_builders import XSS, served

from dragoman.explorer import write_report
from dragoman.types import content_id

playwright_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    pytest.mark.filterwarnings("ignore"),  # of playwright's own
]

PAGES = ("/", "/claims", "/events", "/articles", "/actors", "/map", "/network", "/blocs", "/incidents", "/disputes", "/reuse",
         "/predictions", "/names", "/about", "/actors/north", "/tie?a=north&b=south", f"/articles/{content_id('article', 1)}",
         f"/articles/{content_id('article', 3)}")  # fmt: skip
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(honest_ledger: Path) -> Iterator[str]:
    with served(honest_ledger) as address:
        yield address


class Watched:
    """A page of which everything that must not be is written down: dialogs, errors, refusals, requests to elsewhere."""

    def __init__(self, browser: Any, home: str, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("dialog", lambda dialog: (self.wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error {error}"))
        self.page.on("console", lambda line: line.type in ("error", "warning") and self.wrong.append(f"console {line.text}"))
        self.page.on("request", lambda request: self._look(request.url, home))

    def _look(self, url: str, home: str) -> None:
        if not url.startswith((home, "data:")):
            self.wrong.append(f"request to {url}")

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_every_view_is_sound(chromium: Any, site: str, look: str) -> None:
    options = {"viewport": PHONE} if look == "phone" else {"color_scheme": look}
    with Watched(chromium, site, **options) as watched:
        for path in PAGES:
            watched.page.goto(site + path)
            wider = watched.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wider <= 0, f"{path} is wider than the screen by {wider}"
            assert watched.page.locator("h1").count() == 1, path
            assert watched.wrong == [], path


def test_axe_finds_no_serious_fault(chromium: Any, site: str) -> None:
    axe = pytest.importorskip("axe_core_python.sync_playwright", reason="needs axe-core-python").Axe()
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        for path in PAGES:
            page.goto(site + path)
            page.wait_for_timeout(250)  # fading in would count as too little contrast
            found = axe.run(page)["violations"]
            serious = [
                (fault["id"], fault["nodes"][0]["html"][:160]) for fault in found if fault["impact"] in ("serious", "critical")
            ]
            assert serious == [], f"{path} ({scheme})"
        context.close()


def test_filters_and_the_way_back(chromium: Any, site: str) -> None:
    with Watched(chromium, site) as watched:
        page = watched.page
        page.goto(site + "/claims")
        page.get_by_role("link", name="denied or negated").first.click()
        assert "polarity=neg" in page.url
        assert page.locator(".card.claim").count() == 2
        page.get_by_label("Words of the claim or its source").fill("treaty")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=treaty**")
        assert "polarity=neg" in page.url
        assert "since=" not in page.url
        assert page.locator(".card.claim").count() == 1
        page.go_back()
        page.go_back()
        assert page.url == site + "/claims"
        assert page.locator(".card.claim").count() == 4
        assert watched.wrong == []


def test_a_mark_leads_to_its_note_and_back(chromium: Any, site: str) -> None:
    with Watched(chromium, site) as watched:
        page = watched.page
        page.goto(site + "/claims?polarity=pos&language=en")
        page.locator(".claim .from a").first.click()
        mark = page.locator(".m-content").first
        assert mark.inner_text() == "it would sign the treaty"[: len(mark.inner_text())]
        mark.click()
        assert page.locator(".note-card.is-lit").count() >= 1
        page.keyboard.press("j")
        assert page.locator(".m.is-lit").count() >= 1
        page.locator("#show-contents").uncheck()
        assert mark.evaluate("element => getComputedStyle(element).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_arabic_runs_from_the_right(chromium: Any, site: str) -> None:
    with Watched(chromium, site, viewport=PHONE) as watched:
        watched.page.goto(f"{site}/articles/{content_id('article', 3)}")
        assert watched.page.locator(".reader .text").evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_dark_is_kept(chromium: Any, site: str) -> None:
    with Watched(chromium, site, color_scheme="light") as watched:
        page = watched.page
        page.goto(site)
        light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        page.get_by_role("button", name="Switch between light and dark").click()
        page.goto(site + "/claims")
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != light


def test_the_network_plays_and_a_tie_opens(chromium: Any, site: str) -> None:
    with Watched(chromium, site) as watched:
        page = watched.page
        page.goto(site + "/network?by=month")
        page.get_by_role("slider", name="Window of time").fill("1")
        page.wait_for_url("**window=2021-03**")
        assert page.locator(".graph .tie").count() == 1
        page.goto(page.url)
        page.wait_for_timeout(200)
        assert page.get_by_role("slider", name="Window of time").input_value() == "1"
        page.locator(".graph .tie .line").first.dispatch_event("click")
        page.wait_for_url("**/tie?**")
        assert page.locator(".card").count() >= 2
        assert watched.wrong == []


def test_a_table_is_downloaded(chromium: Any, site: str) -> None:
    with Watched(chromium, site) as watched:
        watched.page.goto(site + "/claims?polarity=neg")
        with watched.page.expect_download() as download:
            watched.page.get_by_role("link", name="CSV").first.click()
        assert download.value.suggested_filename == "claims.csv"
        assert len(Path(download.value.path()).read_text(encoding="utf-8").splitlines()) == 3


def test_the_first_stop_of_the_keyboard_skips_the_menu(chromium: Any, site: str) -> None:
    with Watched(chromium, site) as watched:
        watched.page.goto(site)
        watched.page.keyboard.press("Tab")
        watched.page.keyboard.press("Enter")
        assert watched.page.evaluate("document.activeElement.id") == "main"


def test_no_attack_runs_or_loads(chromium: Any, hostile_ledger: Path) -> None:
    with served(hostile_ledger) as address, Watched(chromium, address) as watched:
        articles = [f"/articles/{content_id('article', n)}" for n in range(1, len(XSS) + 1)]
        lists = [path for path in PAGES if path.count("/") == 1 and "?" not in path]
        for path in [*lists, *articles, "/actors/a0", "/tie?a=a0&b=b0", "/network?who=all&by=month"]:
            watched.page.goto(address + path)
            watched.page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
            watched.page.wait_for_timeout(30)
        slider = watched.page.get_by_role("slider", name="Window of time")
        slider.fill("1")
        watched.page.wait_for_timeout(200)
        assert watched.wrong == []


@pytest.mark.parametrize("ledger", ["honest_ledger", "hostile_ledger"])
def test_the_report_opens_from_disk_alone(chromium: Any, ledger: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    written = write_report(request.getfixturevalue(ledger), file)
    assert written.articles > 0
    assert written.size < 3_000_000
    with Watched(chromium, file.as_uri(), offline=True) as watched:
        page = watched.page
        page.goto(file.as_uri())
        assert page.locator("h1").count() == 1
        assert page.locator(".graph .node").count() == (2 if ledger == "honest_ledger" else 0)
        page.evaluate("location.hash = document.querySelector('.full .anchor').id")
        page.wait_for_timeout(100)
        assert page.locator("details.full[open]").count() == 1
        page.get_by_role("button", name="Switch between light and dark").click()
        assert watched.wrong == []
