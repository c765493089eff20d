"""Which events are one, which are not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tellings import actor, article_id, coded, event

from dragoman.evidence import find_incidents, keys_of_trace, traces_of
from dragoman.evidence.incidents import Gathered
from dragoman.types import CodedArticle, Incident, Trace

REBELS, ARMY, NAVY = actor("Sylvanian rebels", "SYL REB"), actor("Freedonian army", "FRE MIL"), actor("Utopian navy", "UTO MIL")


class Shelf:
    """Traces and incidents of earlier articles, in memory."""

    def __init__(self) -> None:
        self.traces: list[Trace] = []
        self.incidents: dict[str, Incident] = {}

    def traces_with(self, keys: Sequence[str], *, day: str | None, around: int, most: int) -> Iterable[Trace]:
        return [trace for trace in self.traces if set(keys) & set(keys_of_trace(trace))][-most:]

    def incidents_of(self, events: Sequence[str]) -> Iterable[Incident]:
        return [i for i in self.incidents.values() if set(events) & set(i.events)]

    def gather(self, article: CodedArticle) -> Gathered:
        traces = traces_of(article)
        found = find_incidents(traces, self)
        self.traces += traces
        for gone in found.replaced:
            del self.incidents[gone]
        self.incidents.update((incident.id, incident) for incident in found.incidents)
        return found


def attack(text: str, **changes: object) -> CodedArticle:
    about = {name: changes.pop(name) for name in ("date", "outlet") if name in changes}
    values = {"who": (REBELS,), "whom": (ARMY,), **changes}
    return coded(text, events=(event(text, article_id(text), "attack", **values),), **about)  # type: ignore[arg-type]


ONE = "Sylvanian rebels attacked the Freedonian army near Port Azure on Tuesday, killing nine soldiers."
TWO = "Nine soldiers died near Port Azure when Sylvanian rebels attacked a post of the Freedonian army."


def test_two_articles_tell_one_event_and_the_join_says_why() -> None:
    shelf = Shelf()
    assert shelf.gather(attack(ONE, day="2021-03-02")).incidents == ()
    found = shelf.gather(attack(TWO, day="2021-03-02"))
    (incident,), (join,) = found.incidents, found.joins
    assert len(incident.events) == len(incident.articles) == 2
    assert (incident.start, incident.end, incident.type) == ("2021-03-02", "2021-03-02", "ASSAULT")
    assert {"the same actor", "the same recipient", "both dated 2021-03-02", "both ASSAULT"} <= set(join.why)


def test_another_day_is_another_event_however_alike_the_words() -> None:
    shelf = Shelf()
    shelf.gather(attack(ONE, day="2021-03-02"))
    assert shelf.gather(attack(TWO, day="2021-03-09")).joins == ()


def test_roles_turned_round_are_another_event() -> None:
    shelf = Shelf()
    texts = "Freedonia accused Sylvania of piracy at sea.", "Sylvania accused Freedonia of piracy at sea."
    one, other = actor("Freedonia", "FRE"), actor("Sylvania", "SYL")
    first, second = (
        coded(text, events=(event(text, article_id(text), "accused", "ACCUSE", who=(who,), whom=(whom,)),))
        for text, who, whom in zip(texts, (one, other), (other, one), strict=True)
    )
    shelf.gather(first)
    assert shelf.gather(second).joins == ()


def test_other_sides_are_another_event() -> None:
    shelf = Shelf()
    shelf.gather(attack(ONE))
    assert shelf.gather(attack(TWO, who=(NAVY,), whom=(actor("Pirates"),))).joins == ()


def test_an_article_years_later_tells_another_event() -> None:
    shelf = Shelf()
    shelf.gather(attack(ONE, date="2018-03-04"))
    assert shelf.gather(attack(TWO, date="2021-03-04")).joins == ()


def test_incidents_grow_and_take_the_place_of_those_they_swallow() -> None:
    shelf = Shelf()
    third = "The Freedonian army said that Sylvanian rebels attacked its post near Port Azure, killing nine soldiers."
    for text in (ONE, TWO, third):
        shelf.gather(attack(text, day="2021-03-02"))
    (incident,) = shelf.incidents.values()
    assert len(incident.events) == 3
    assert incident.events == tuple(sorted(incident.events))


def test_the_order_of_reading_makes_no_difference() -> None:
    def read(*texts: str) -> set[Incident]:
        shelf = Shelf()
        for text in texts:
            shelf.gather(attack(text, day="2021-03-02"))
        return set(shelf.incidents.values())

    assert read(ONE, TWO) == read(TWO, ONE)


def test_what_is_told_is_compared_beyond_its_language() -> None:
    shelf = Shelf()
    shelf.gather(attack(ONE, day="2021-03-02", place="Port Azure"))
    text = "هاجم متمردو سيلفانيا الجيش قرب الميناء يوم الثلاثاء."
    told = event(text, article_id(text), "هاجم", who=(REBELS,), whom=(ARMY,), day="2021-03-02", place="Port Azure")
    (trace,) = traces_of(coded(text, events=(told,), language="ar"))
    assert set(keys_of_trace(trace)) & set(keys_of_trace(shelf.traces[0])), "it is looked up by type and actors"
