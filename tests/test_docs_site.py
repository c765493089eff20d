"""The site of the documentation: the reference names what there is, and no link leads nowhere."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from docs import reference, site
from dragoman.explorer.views import LISTS


def test_the_reference_holds_commands_records_and_addresses() -> None:
    pages = reference.pages()
    assert "\n## dragoman show claims\n" in pages["commands.md"]
    assert "`--polarity`" in pages["commands.md"]
    assert "### LedgerBook.ties" in pages["python.md"]
    assert "| `certainty` |" in pages["records.md"]
    assert "ClaimLine" in pages["lines.md"]
    assert all(f"\n## /api/{name}\n" in pages["api.md"] for name in LISTS)


def test_the_site_gathers_every_page_that_its_menu_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "SITE", tmp_path / "docs")
    site.main()  # stops where a link leads nowhere
    menu = (site.ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("nav:")[2]
    named = {line.rpartition(": ")[2] for line in menu.splitlines() if line.endswith(".md")}
    assert named == {str(page.relative_to(tmp_path / "docs")) for page in (tmp_path / "docs").rglob("*.md")}


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "SITE", tmp_path)
    texts = {"a.md": "# One thing\n[x](b.md) [y](#one-thing) [z](#two) `[c](d.md)`"}
    (tmp_path / "a.md").write_text(texts["a.md"])
    assert site._broken("a.md", texts) == ["a.md: b.md", "a.md: #two, which has no such heading"]


def test_the_extra_brings_what_makes_it() -> None:
    project = tomllib.loads((site.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert any(one.startswith("zensical") for one in project["optional-dependencies"]["docs"])
