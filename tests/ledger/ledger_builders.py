"""Small records built by hand for the tests of the ledger."""

from __future__ import annotations

from dragoman.types import (
    Actor,
    Article,
    Attribution,
    Claim,
    CodedArticle,
    Mention,
    Outcome,
    Page,
    Reading,
    Zone,
    content_id,
)

WORDS = "The ministry of Freedonia said on Monday that it would sign. “We never agreed,” the rebels replied."


def a_page(text: str = WORDS, *, origin: str = "a.txt") -> Page:
    return Page(id=content_id("page", text), origin=origin, kind="text", text=text)


def a_claim(article: str, number: int = 0, **changes: object) -> Claim:
    values: dict[str, object] = {
        "id": content_id("claim", article, number),
        "article": article,
        "source": (0, 25),
        "source_actor": Actor(id="f0", name="The ministry of Freedonia", code="FRE GOV"),
        "source_kind": "state",
        "cue": (26, 30),
        "content": ((41, 59),),
        "chain": ("The Daily Example", "The ministry of Freedonia"),
        "certainty": "asserted",
        "polarity": "pos",
        "direct": False,
        "score": 0.875,
    }
    return Claim(**{**values, **changes})  # type: ignore[arg-type]


def a_coded(text: str = WORDS, *, claims: tuple[Claim, ...] | None = None, **changes: object) -> CodedArticle:
    page = a_page(text)
    id_ = content_id("article", text)
    values: dict[str, object] = {
        "id": id_,
        "page": page.id,
        "n": 0,
        "title": "A treaty",
        "author": "A. Writer",
        "outlet": "The Daily Example",
        "date": "2021-03-04",
        "date_basis": "byline",
        "language": "en",
        "text": text,
        "page_spans": ((0, len(text)),),
        "zones": (Zone(label="title", b=0, e=3, text=text[:3]),),
    }
    reading = Reading(
        sentences=((0, 60), (61, len(text))),
        mentions=(Mention(b=0, e=25, type="ORG", score=0.5),),
        attributions=(
            Attribution(source=((0, 25),), cue=((26, 30),), content=((41, 59),), score=0.75),
            Attribution(source=(), cue=(), content=((61, 70), (75, 80)), score=0.25),
        ),
    )
    made = (a_claim(id_),) if claims is None else claims
    return CodedArticle(article=Article(**{**values, **changes}), reading=reading, claims=made)  # type: ignore[arg-type]


def numbered(number: int) -> tuple[CodedArticle, Page, Outcome]:
    """The article of this number, its page and its outcome."""
    text = f"{number}: {WORDS} " + "More was said, in many words. " * 20
    page = a_page(text, origin=f"{number}.txt")
    return a_coded(text), page, Outcome(origin=page.origin, status="stored", page=page.id, articles=1)
