"""Pages, API and downloads, asked without a browser; and who is refused."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from explorer_builders import ENGLISH, NORTH, SOUTH, XSS, served

from dragoman.errors import LedgerDamagedError, LimitError
from dragoman.explorer import create_app
from dragoman.explorer.pages import PAGES
from dragoman.explorer.security import MOST_ADDRESS
from dragoman.explorer.views import LISTS
from dragoman.ledger import Ledger
from dragoman.ledger.browse import Browser
from dragoman.types import content_id

ARTICLE = content_id("article", 1)
LIST_PAGES = [path for path in PAGES if "{" not in path and path != "/tie"]


@pytest.fixture(scope="module")
def site(honest_ledger: Path) -> Iterator[httpx.Client]:
    with served(honest_ledger) as address, httpx.Client(base_url=address, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("path", [*LIST_PAGES, f"/articles/{ARTICLE}", "/actors/north", "/tie?a=north&b=south"])
def test_pages_are_there_and_carry_the_policy(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200, answer.text[-500:]
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert " style=" not in answer.text
    assert "<script>" not in answer.text


def test_a_claim_stands_beside_what_denies_it(site: httpx.Client) -> None:
    text = site.get("/claims", params={"source": "north", "language": "en"}).text
    assert "it would sign the treaty" in text
    assert 'class="counter"' in text
    assert "Southland denied" in text


def test_filters_narrow_down_and_stand_in_the_address(site: httpx.Client) -> None:
    everything = site.get("/api/claims").json()
    denied = site.get("/api/claims", params={"polarity": "neg"}).json()
    assert (everything["total"], denied["total"]) == (4, 2)
    page = site.get("/claims", params={"polarity": "neg", "outlet": "Evening Sample"}).text
    assert "1–1 of 1 claim that match" in page
    assert (
        'href="/claims?outlet=Evening+Sample&amp;polarity=neg&amp;certainty=asserted"' in page or "certainty=asserted" in page
    )
    assert 'aria-label="Remove the filter polarity: neg"' in page


def test_search_finds_words_of_claims_alone(site: httpx.Client) -> None:
    assert site.get("/api/claims", params={"q": "treaty"}).json()["total"] == 2
    assert site.get("/api/claims", params={"q": '"sign the treaty"', "source": "north"}).json()["total"] == 1
    assert site.get("/api/claims", params={"q": "attack*"}).json()["total"] == 1
    assert site.get("/api/claims", params={"q": "المعاهدة"}).json()["total"] == 1
    assert site.get("/api/claims", params={"q": "!!!"}).json()["total"] == 0


@pytest.mark.parametrize(
    "words", ["' OR 1=1 --", '"; DROP TABLE claims; --', "NEAR(a b", "a AND", "*", "source:x", "\0", "﷽" * 60]
)
def test_no_words_reach_the_query_language(site: httpx.Client, words: str) -> None:
    for path in ("/claims", "/articles", "/actors", "/api/claims"):
        assert site.get(path, params={"q": words}).status_code == 200
    assert site.get("/api/claims").json()["total"] == 4


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("nonsense=1", "there is no such filter"),
        ("certainty=perhaps", "certainty"),
        ("polarity=neg&polarity=pos", "found two"),
        ("since=yesterday", "since"),
        ("page=0", "page"),
        ("size=201", "size"),
        ("page=5001", "page"),
        ("q=" + "x" * 201, "q"),
    ],
)
def test_what_cannot_be_is_told(site: httpx.Client, query: str, says: str) -> None:
    answer = site.get(f"/api/claims?{query}")
    assert answer.status_code == 400
    assert says in answer.json()["error"]
    page = site.get(f"/claims?{query}")
    assert page.status_code == 400
    assert "Nothing to show" in page.text


@pytest.mark.parametrize("path", ["/nowhere", "/articles/none", "/actors/none", "/api/actors/none", "/static/..%2fapp.py",
                                  "/static/../app.py", "/static/%2e%2e/app.py", ".//evil.example/",
                                  "/articles/%00", "/tie?a=x&b=y"])  # fmt: skip
def test_what_is_not_there_is_not_found(site: httpx.Client, path: str) -> None:
    answer = site.get(path, follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80", "0.0.0.0", "[::1]",
                                  "127.0.0.1:80@evil.example", ""])  # fmt: skip
def test_foreign_names_are_refused(site: httpx.Client, host: str) -> None:
    for path in ("/", "/api/overview", "/static/theme.js"):
        answer = site.get(path, headers={"host": host})
        assert answer.status_code in (400, 403)
        assert "Northland" not in answer.text


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", "http://[", "file://"]
)
def test_other_sites_may_not_read(site: httpx.Client, origin: str) -> None:
    assert site.get("/api/overview", headers={"origin": origin}).status_code == 403


def test_own_pages_may_read(site: httpx.Client) -> None:
    assert site.get("/api/overview", headers={"origin": str(site.base_url).rstrip("/")}).status_code == 200
    assert site.get("/api/overview", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}).status_code == 403
    assert site.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reading_is_possible(site: httpx.Client, method: str) -> None:
    assert site.request(method, "/api/claims").status_code == 405


def test_long_addresses_are_refused(site: httpx.Client) -> None:
    assert site.get("/claims?q=" + "x" * MOST_ADDRESS).status_code == 414


@pytest.mark.parametrize("name", LISTS)
def test_downloads_hold_what_matches(site: httpx.Client, name: str) -> None:
    total = site.get(f"/api/{name}").json()["total"]
    table = list(csv.DictReader(io.StringIO(site.get(f"/download/{name}.csv").text)))
    lines = [json.loads(line) for line in site.get(f"/download/{name}.jsonl").text.splitlines()]
    assert len(table) == len(lines)
    assert len(lines) == total or LISTS[name].lines


def test_a_download_is_filtered_and_safe_to_open(site: httpx.Client, hostile_ledger: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(site.get("/download/claims.csv", params={"polarity": "neg"}).text)))
    assert {row["polarity"] for row in rows} == {"neg"}
    assert {row["source_actor"] for row in rows} == {"The envoy", "Southland"}


def test_the_article_has_its_marks_and_direction(site: httpx.Client) -> None:
    text = site.get(f"/articles/{ARTICLE}").text
    assert f'id="e-{content_id("event", ARTICLE, 0)}"' in text
    assert 'class="m m-source' in text
    arabic = site.get(f"/articles/{content_id('article', 3)}").text
    assert 'class="text" dir="rtl" lang="ar"' in arabic
    assert f'href="/articles/{ARTICLE}"' in arabic  # what it translates


def test_the_network_has_its_windows(site: httpx.Client) -> None:
    view = site.get("/api/network", params={"by": "month"}).json()
    assert {node["id"] for node in view["nodes"]} == {NORTH.id, SOUTH.id}
    assert [frame["name"] for frame in view["frames"]] == ["2021-03"]
    # A denied assault weighs nothing: what is left is the plan to agree, and the stance against.
    assert [line["reports"] for line in view["whole"]["lines"]] == [2]


def test_names_stand_by_outlet_and_lead_to_their_places(site: httpx.Client) -> None:
    (north,) = site.get("/api/names").json()["rows"]
    assert (north["id"], north["code"], north["count"]) == ("north", "NTH GOV", 3)
    forms = {outlet["outlet"]: {form["words"]: form["links"] for form in outlet["forms"]} for outlet in north["outlets"]}
    assert forms["The Daily Example"] == {"Northland": [[ARTICLE, [0, 9]]], "The envoy": [[ARTICLE, [46, 55]]]}
    assert list(forms["Evening Sample"]) == ["anybody"]
    assert (
        site.get("/api/names", params={"outlet": "Evening Sample"}).json()["total"] == 0
    )  # one name alone: nothing to compare
    table = list(csv.DictReader(io.StringIO(site.get("/download/names.csv").text)))
    assert next((row["outlet"], row["form"], row["count"]) for row in table) == ("Evening Sample", "anybody", "1")
    assert f"/articles/{ARTICLE}#:~:text=The%20envoy" in site.get("/names").text


def test_the_dossier_counts(site: httpx.Client) -> None:
    dossier = site.get("/api/actors/north").json()
    assert (dossier["actor"]["acts"], dossier["actor"]["claims"], dossier["actor"]["stances"]) == (2, 2, 1)
    assert dossier["partners"][0]["value"] == "south"


def test_answers_follow_what_is_written(tmp_path: Path, honest_ledger: Path) -> None:
    from explorer_builders import READING, article, claim

    from dragoman.types import CodedArticle

    copy = tmp_path / "copy.db"
    copy.write_bytes(honest_ledger.read_bytes())
    with served(copy) as address, httpx.Client(base_url=address, trust_env=False) as client:
        before = client.get("/api/overview").json()["articles"]
        it, page = article(4, ENGLISH + " Again.")
        with Ledger.open(copy) as ledger:
            ledger.add_article(CodedArticle(article=it, reading=READING, claims=(claim(it, 0, NORTH, (20, 44)),)), page=page)
        assert client.get("/api/overview").json()["articles"] == before + 1
        assert client.get("/api/claims", params={"q": "treaty"}).json()["total"] == 3


def test_a_ledger_is_never_written(honest_ledger: Path) -> None:
    with Browser.open(honest_ledger) as browser, pytest.raises(sqlite3.OperationalError, match="readonly"):
        browser.ledger._db.execute("DELETE FROM claims")


def test_a_look_that_takes_too_long_is_stopped(honest_ledger: Path) -> None:
    with (
        Browser.open(honest_ledger, seconds=0.05) as browser,
        pytest.raises(LimitError, match="narrow it down"),
        browser.look(),
    ):
        browser.count("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")
    with Browser.open(honest_ledger) as browser, browser.look():
        assert browser.count("SELECT count(*) FROM claims") == 4


def test_something_else_than_a_ledger_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("no ledger")
    with pytest.raises(LedgerDamagedError):
        create_app(tmp_path / "a.db", hosts=("127.0.0.1:1",))


def test_an_empty_ledger_says_what_to_do(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "empty.db").close()
    with served(tmp_path / "empty.db") as address, httpx.Client(base_url=address, trust_env=False) as client:
        for path in LIST_PAGES:
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert path == "/about" or 'class="empty"' in answer.text, path


def test_no_attack_leaves_its_field(hostile_ledger: Path) -> None:
    with served(hostile_ledger) as address, httpx.Client(base_url=address, trust_env=False) as client:
        ids = [f"/articles/{content_id('article', n)}" for n in range(1, len(XSS) + 1)]
        for path in [*LIST_PAGES, *ids, "/actors/a0", "/tie?a=a0&b=b0", f"/claims?q={quote(XSS[1])}", "/network?who=all"]:
            text = client.get(path).text
            assert "<script>alert" not in text, path
            assert "<img src=x" not in text, path
            assert "<svg onload" not in text, path
            assert "href='http://evil" not in text, path


def test_the_api_is_described(site: httpx.Client) -> None:
    described = site.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for name in LISTS:
        assert f"/api/{name}" in described["paths"]
    parameters = described["paths"]["/api/claims"]["get"]["parameters"]
    notes = {parameter["name"]: parameter.get("description") for parameter in parameters}
    assert notes["q"] == "Words of the claim or of its source."
