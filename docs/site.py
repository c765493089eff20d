"""Gathers the sources of the site in build/docs: ``python -m docs.site``, then ``zensical build``; ``make docs`` does both.

The pages beside it, the root's that readers need too, and the reference. Stops where a link leads nowhere.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from docs.reference import pages

DOCS = Path(__file__).parent
ROOT = DOCS.parent
SITE = ROOT / "build/docs"
OF_ROOT = {"CONTRIBUTING.md": "contributing.md", "SECURITY.md": "security.md", "CHANGELOG.md": "changelog.md"}
_LINK = re.compile(r"(!?\[[^\]]*\])\(([^)\s]+)\)")
_ELSEWHERE = re.compile(r"[a-z]+:")


def main() -> None:
    """The command."""
    texts = {page.name: page.read_text(encoding="utf-8") for page in DOCS.glob("*.md")}
    texts |= {name: (ROOT / root).read_text(encoding="utf-8") for root, name in OF_ROOT.items()}
    texts = {name: _LINK.sub(_inside, text) for name, text in texts.items()}
    texts |= {f"reference/{name}": text for name, text in pages().items()}
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.copytree(DOCS / "img", SITE / "img")
    for name, text in texts.items():
        path = SITE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.rstrip() + "\n", encoding="utf-8")
    if broken := [problem for name in sorted(texts) for problem in _broken(name, texts)]:
        raise SystemExit("\n".join(["links that lead nowhere:", *broken]))


def _inside(match: re.Match[str]) -> str:
    """A link as the site has it: what lies at the root stands among the pages; of files that the site lacks the words stay."""
    words, target = match[1], match[2]
    path, hash_, place = target.partition("#")
    name = path.removeprefix("../").removeprefix("docs/")
    if _ELSEWHERE.match(target) or not path or (DOCS / name).exists():
        return f"{words}({name}{hash_}{place})" if path and not _ELSEWHERE.match(target) else match[0]
    return f"{words}({OF_ROOT[name]}{hash_}{place})" if name in OF_ROOT else words.strip("![]")


def _broken(name: str, texts: dict[str, str]) -> list[str]:
    """The links of a page that lead to no page, picture or heading."""
    problems = []
    bare = re.sub(r"^```.*?^```|`[^`\n]*`", "", texts[name], flags=re.M | re.S)
    for _, target in _LINK.findall(bare):
        path, _, place = target.partition("#")
        if _ELSEWHERE.match(target):
            continue
        there = (SITE / name).parent / path if path else SITE / name
        if not there.is_file():
            problems.append(f"{name}: {target}")
        elif place and place not in _places(there.read_text(encoding="utf-8")):
            problems.append(f"{name}: {target}, which has no such heading")
    return problems


def _places(text: str) -> set[str]:
    """What headings are linked by."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), re.M)
    return {re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in headings}


if __name__ == "__main__":
    main()
