"""The visible text of an HTML page, block by block, with what the markup says of each block.

Blocks are lines of the rendition, with a blank line between two. Hidden elements are left out, whatever hides them by attribute
or inline style. Everything walks the tree without recursion, so that depth costs nothing.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from lxml import etree, html

DEEPEST = 250
"""Depth of elements from which trafilatura drops text without a word."""
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "head",
        "iframe",
        "object",
        "embed",
        "select",
        "button",
        "input",
        "textarea",
        "canvas",
        "audio",
        "video",
        "map",
        "datalist",
        "dialog",
    ]
)
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
        "nobr",
    ]
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_BY_CLASS = (
    (
        "share",
        re.compile(
            r"(?:^|[\s_-])(?:share|sharing|sharedaddy|social|addtoany|jp-relatedposts-share)(?:$|[\s_-])", re.IGNORECASE
        ),
    ),
    (
        "related",
        re.compile(
            r"(?:^|[\s_-])(?:related|relatedposts|recommended|more-stories|see-also|post-navigation|nav-links|pagination|breadcrumbs?|sidebar|widget)"
            r"(?:$|[\s_-])",
            re.IGNORECASE,
        ),
    ),
    (
        "comments",
        re.compile(r"(?:^|[\s_-])(?:comments?|comment-list|commentlist|respond|disqus\w*)(?:$|[\s_-])", re.IGNORECASE),
    ),
    (
        "caption",
        re.compile(r"(?:^|[\s_-])(?:wp-caption-text|caption|figcaption|photo-credit|image-credit)(?:$|[\s_-])", re.IGNORECASE),
    ),
    (
        "footer",
        re.compile(
            r"(?:^|[\s_-])(?:footer|copyright|tags|tag-links|cat-links|cookie\w*|newsletter|subscribe)(?:$|[\s_-])",
            re.IGNORECASE,
        ),
    ),
    ("ads", re.compile(r"(?:^|[\s_-])(?:ad|ads|advert\w*|sponsored|wpcnt)(?:$|[\s_-])", re.IGNORECASE)),
)
_BY_TAG = {"figcaption": "caption", "nav": "related", "aside": "related", "footer": "footer"}
_POST = re.compile(
    r"(?:^|\s)(?:hentry|post|blog-?post|entry|article|story|news-?item|post-\d+|type-post|h-entry)(?=\s|$)", re.IGNORECASE
)
_CREDIT = re.compile(r"(?:^|\s)(?:author|byline|fn|p-author|author-name|date|entry-date|published)(?:\s|$)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Block(msgspec.Struct, kw_only=True):
    """A line of the rendition: ``tag`` of its block element, ``label`` where the markup gives one, ``linked`` characters."""

    b: int
    e: int
    tag: str
    label: str | None
    linked: int


class Container(msgspec.Struct, kw_only=True):
    """An element that may hold one post: blocks[start:end], and what its markup says of author and date."""

    start: int
    end: int
    depth: int
    author: str | None = None
    date: str | None = None


class Rendition(msgspec.Struct, kw_only=True):
    """Text, blocks and containers of a page, with counts that tell how costly it is."""

    text: str
    blocks: list[Block]
    containers: list[Container]
    elements: int
    links: int
    depth: int


def parse(source: str) -> Any:
    """The tree of an HTML page, hidden elements taken out; None if the page is empty."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = _CONTROLS.sub(" ", source).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(data, parser=parser) if data.strip() else None
    except etree.ParserError:  # nothing but a doctype or comments
        return None
    if root is not None:
        for element in [x for x in root.iter(etree.Element) if _hidden(x)]:
            if element.getparent() is not None:
                element.drop_tree()
    return root


def _hidden(element: Any) -> bool:
    if element.tag in ("html", "body"):
        return False
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING.search(style))


def render(root: Any) -> Rendition:
    """The rendition of a tree."""
    return _Renderer().run(root)


class _Renderer:
    """The state of one walk over a tree."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.buffer: list[str] = []
        self.linked = 0
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self.tags: list[str] = ["body"]
        self.labels: list[str | None] = [None]
        self.pre = 0
        self.in_link = 0

    def run(self, root: Any) -> Rendition:
        """Walk the tree once."""
        open_posts: list[Container] = []
        depth = deepest = elements = links = skipping = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag
            if not isinstance(tag, str):
                if event == "end" and not skipping:
                    self._add(element.tail)
                continue
            if event == "start":
                depth += 1
                deepest = max(deepest, depth)
                elements += 1
                links += tag == "a"
                if skipping or tag in SKIPPED:
                    skipping += 1
                    continue
                self._open(element, tag, depth, open_posts)
            else:
                depth -= 1
                if skipping:
                    skipping -= 1
                else:
                    self._close(element, tag, depth + 1, open_posts)
                if not skipping:
                    self._add(element.tail)
        self._flush()
        return Rendition(
            text="".join(self.parts),
            blocks=self.blocks,
            containers=self.containers,
            elements=elements,
            links=links,
            depth=deepest,
        )

    def _open(self, element: Any, tag: str, depth: int, open_posts: list[Container]) -> None:
        if tag == "br":
            self.buffer.append("\n")
        elif tag in ("td", "th"):
            self.buffer.append(" ")
        elif _is_block(element, tag):
            self._flush()
            self.tags.append(tag)
            self.labels.append(self.labels[-1] or _label(element, tag))
            self.pre += tag == "pre"
            if (tag == "article" or _POST.search(element.get("class") or "")) and self.labels[-1] is None:
                open_posts.append(Container(start=len(self.blocks), end=-1, depth=depth))
        self.in_link += tag == "a"
        if open_posts:
            _credits(element, tag, open_posts[-1])
        self._add(element.text)

    def _close(self, element: Any, tag: str, depth: int, open_posts: list[Container]) -> None:
        self.in_link -= tag == "a"
        if tag in ("td", "th"):
            self.buffer.append(" ")
        elif tag != "br" and _is_block(element, tag):
            self._flush()
            self.tags.pop()
            self.labels.pop()
            self.pre -= tag == "pre"
            if open_posts and open_posts[-1].depth == depth:
                post = open_posts.pop()
                post.end = len(self.blocks)
                self.containers.append(post)

    def _add(self, text: str | None) -> None:
        if text:
            self.buffer.append(text if self.pre else re.sub(r"[ \t\r\n\f]+", " ", text))
            if self.in_link:
                self.linked += len(text)

    def _flush(self) -> None:
        if not self.buffer:
            return
        text, linked = "".join(self.buffer), self.linked
        self.buffer, self.linked = [], 0
        for piece in text.split("\n") if self.pre else re.split(r"(?: *\n){2,}", text):
            line = piece.strip() if self.pre else re.sub(r"[ \n]+", " ", piece).strip(" \u00a0\u200b")
            if not line:
                continue
            if self.parts:
                self.parts.append("\n\n")
                self.length += 2
            self.parts.append(line)
            self.blocks.append(
                Block(
                    b=self.length,
                    e=self.length + len(line),
                    tag=self.tags[-1],
                    label=self.labels[-1],
                    linked=min(linked, len(line)),
                )
            )
            self.length += len(line)


def _is_block(element: Any, tag: str) -> bool:
    """Whether an element stands by itself: all but inline ones, and credits whatever their tag."""
    return tag not in INLINE or (tag != "a" and bool(_CREDIT.search(element.get("class") or "")))


def _label(element: Any, tag: str) -> str | None:
    """The zone label that an element's tag or class gives; None for the body and for large wrappers."""
    if tag in ("body", "main", "article"):
        return None
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    named = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if not named:
        return None
    return next((label for label, pattern in _BY_CLASS if pattern.search(named)), None)


def _credits(element: Any, tag: str, post: Container) -> None:
    if tag == "time" and post.date is None and element.get("datetime"):
        post.date = element.get("datetime")
    if post.author is None and ((element.get("rel") or "") == "author" or _CREDIT.search(element.get("class") or "")):
        name = " ".join("".join(element.itertext()).split())
        post.author = name if 2 < len(name) <= 80 else None
