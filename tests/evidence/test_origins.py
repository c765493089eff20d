"""How many independent origins there are, and who they are."""

from __future__ import annotations

import pytest
from tellings import actor

from dragoman.evidence import count_known, origins_of
from dragoman.types import Actor, Passage, Reuse, SourceKind, Telling


def telling(
    number: int, source: Actor | None = None, *, kind: SourceKind = "person", outlet: str | None = "The Wadi Post"
) -> Telling:
    return Telling(
        record=f"e{number}", article=f"a{number}", span=(10, 60), actor=source,
        source_kind="author" if source is None else kind, outlet=outlet, chain=(),
    )  # fmt: skip


def copied(a: str, b: str, *, basis: str = "copy") -> Reuse:
    return Reuse(
        id=f"{a}{b}",
        kind="verbatim",
        basis=basis,
        a=Passage(article=a, b=0, e=100),
        b=Passage(article=b, b=0, e=100),
        ratio=1.0,
    )  # type: ignore[arg-type]


def test_reprints_are_one_origin() -> None:
    tellings = [telling(n, outlet=f"Outlet {n}") for n in range(3)]
    assert count_known(origins_of(tellings)) == 3
    (origin,) = origins_of(tellings, [copied("a0", "a1"), copied("a1", "a2")])
    assert (origin.known, origin.articles, origin.why) == (True, ("a0", "a1", "a2"), ("copies of one text",))


def test_a_shared_quotation_makes_no_copy_of_two_articles() -> None:
    tellings = [telling(n, outlet=f"Outlet {n}") for n in range(2)]
    assert count_known(origins_of(tellings, [copied("a0", "a1", basis="speech")])) == 2


def test_a_copied_passage_elsewhere_in_the_article_does_not_count() -> None:
    tellings = [telling(n, outlet=f"Outlet {n}") for n in range(2)]
    sides = (Passage(article=article, b=200, e=300) for article in ("a0", "a1"))
    far = Reuse(id="r", kind="verbatim", basis="copy", a=next(sides), b=next(sides), ratio=1.0)
    assert count_known(origins_of(tellings, [far])) == 2


def test_two_officials_of_one_state_are_one_origin() -> None:
    minister, spokesman = actor("Hana Aziz", "FRE GOV"), actor("Omar Said", "FRE MIL")
    (origin,) = origins_of([telling(1, minister), telling(2, spokesman)])
    assert origin.name == "Hana Aziz, Omar Said"
    assert origin.why == ("officials of one state",)
    assert count_known(origins_of([telling(1, minister), telling(2, actor("Ada Roe", "SYL GOV"))])) == 2


def test_the_same_person_in_two_outlets_is_one_origin_and_journalists_are_not_one() -> None:
    analyst = actor("Ada Roe")
    assert count_known(origins_of([telling(1, analyst), telling(2, analyst, outlet="Other")])) == 1
    assert count_known(origins_of([telling(1, actor("A", "FRE JRN")), telling(2, actor("B", "FRE JRN"))])) == 2


@pytest.mark.parametrize(
    "unknown",
    [telling(2, actor("two officials"), kind="anonymous"), telling(2, outlet=None), telling(2, outlet="[unnamed author]")],
)
def test_whoever_has_no_name_is_unknown_and_not_counted(unknown: Telling) -> None:
    origins = origins_of([telling(1), unknown])
    assert [origin.known for origin in origins] == [True, False]
    assert count_known(origins) == 1
    assert origins[1].why == ("nobody is named",)


def test_six_articles_two_origins() -> None:
    minister, spokesman = actor("Hana Aziz", "FRE GOV"), actor("Omar Said", "FRE GOV")
    tellings = [telling(1), telling(2, outlet="B"), telling(3, outlet="C"), telling(4, minister), telling(5, spokesman),
                telling(6, actor("an aide"), kind="anonymous")]  # fmt: skip
    origins = origins_of(tellings, [copied("a1", "a2"), copied("a1", "a3")])
    assert count_known(origins) == 2
    assert sum(len(origin.articles) for origin in origins) == 6
