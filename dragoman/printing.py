"""What a person sees: lists, claims and summaries as text. Page text is shown as words, never as terminal commands."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.types import OUTCOME_STATUSES, Article, Claim, CodedArticle, Event, Outcome, Relation, Reuse

if TYPE_CHECKING:
    from dragoman.exchange.registers import ActorLine, BlocLine

PIPED_WIDTH = 120
"""Columns of a line where there is no terminal to ask."""
MOST_NAMES = 50_000
"""Different names that are counted at once; beyond, the rarest half is forgotten, so that memory stays flat."""
TOP = 8
FEW = 3
"""Pieces of evidence that are shown of one bloc."""
CHAIN_LINK = " > "
GAP = " … "
# C0 and C1 controls and what turns the direction of the text around it: they could forge what a terminal shows.
_HIDDEN = dict.fromkeys([*range(32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)])
_HIDDEN[ord("\n")] = _HIDDEN[ord("\t")] = _HIDDEN[ord("\r")] = " "


def shown(text: str) -> str:
    """``text`` on one line, without characters that act on a terminal."""
    return " ".join(text.translate(_HIDDEN).split())


class _Console(Console):
    """A console that leaves a reader that goes away to the command."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(stream: TextIO) -> Console:
    """A console on ``stream``: with colours and its own width on a terminal, plain text of a fixed width elsewhere."""
    return _Console(file=stream, width=None if stream.isatty() else PIPED_WIDTH, highlight=False, emoji=False, soft_wrap=False)


class Counts:
    """Names with how often they came, in bounded memory."""

    def __init__(self, most: int = MOST_NAMES) -> None:
        self._counter: Counter[str] = Counter()
        self._most = most

    def add(self, name: str | None) -> None:
        """Count a name; None is none."""
        if name:
            self._counter[name] += 1
            if len(self._counter) > self._most:
                self._counter = Counter(dict(self._counter.most_common(self._most // 2)))

    def top(self, most: int = TOP) -> list[tuple[str, int]]:
        """The most frequent names, the alphabet deciding between equals."""
        return sorted(self._counter.items(), key=lambda item: (-item[1], item[0]))[:most]


class Named(msgspec.Struct, frozen=True):
    """A name and how often it came."""

    name: str
    count: int


class SummaryLine(msgspec.Struct, frozen=True, kw_only=True):
    """What ``read --json`` prints; described in docs/cli.md."""

    ledger: str
    inputs: dict[str, int]
    articles: int
    claims: int
    words: int
    seconds: float
    sources: list[Named]
    outlets: list[Named]
    languages: list[Named]
    evidence: dict[str, int]
    failed: list[dict[str, str]]
    interrupted: bool


class EvidenceLine(msgspec.Struct, frozen=True, kw_only=True):
    """What ``evidence --json`` prints; described in docs/cli.md."""

    ledger: str
    evidence: dict[str, int]
    failed: list[dict[str, str]]


class Summary:
    """What a run of ``read`` did, counted as it goes."""

    MOST_FAILED = 1000

    def __init__(self, ledger: str) -> None:
        self.ledger = ledger
        self.articles = self.claims = self.words = 0
        self.inputs: Counter[str] = Counter()
        self.sources, self.outlets, self.languages = Counts(), Counts(), Counts()
        self.evidence: Counter[str] = Counter()
        self.failed: list[dict[str, str]] = []

    def add_article(self, coded: CodedArticle) -> None:
        """An article was stored with what is coded from it."""
        self.articles += 1
        self.claims += len(coded.claims)
        self.words += len(coded.article.text.split())
        self.outlets.add(coded.article.outlet)
        self.languages.add(coded.article.language)
        for claim in coded.claims:
            if claim.source_kind != "author":
                self.sources.add(claim.source_actor.name if claim.source_actor else None)

    def add_outcome(self, outcome: Outcome) -> None:
        """What became of an input."""
        self.inputs[outcome.status] += 1
        if outcome.status in ("rejected", "truncated") and len(self.failed) < self.MOST_FAILED:
            self.failed.append({"origin": outcome.origin, "status": outcome.status, "reason": outcome.reason or ""})

    def add_evidence(self, found: dict[str, int], *, failure: tuple[str, str] | None = None) -> None:
        """What came of one article in the evidence stage, by kind; ``failure`` is the article and why it came to nothing."""
        self.evidence.update({"articles": 1, **found})
        if failure is not None:
            self.evidence["failed"] += 1
            if len(self.failed) < self.MOST_FAILED:
                self.failed.append({"origin": failure[0], "status": "evidence", "reason": failure[1]})

    def add_known(self) -> None:
        """An input was passed over, as an earlier run had recorded it."""
        self.inputs["known"] += 1

    def evidence_line(self) -> EvidenceLine:
        """What came of the evidence stage, as a record."""
        return EvidenceLine(ledger=self.ledger, evidence=dict(self.evidence), failed=self.failed)

    @property
    def complete(self) -> bool:
        """Whether every input went in whole."""
        return not (self.inputs["rejected"] or self.inputs["truncated"] or self.evidence["failed"])

    def line(self, *, seconds: float, interrupted: bool) -> SummaryLine:
        """The summary as a record."""

        def named(counts: Counts) -> list[Named]:
            return [Named(name, count) for name, count in counts.top()]

        return SummaryLine(
            ledger=self.ledger,
            inputs={status: self.inputs[status] for status in (*OUTCOME_STATUSES, "known")},
            articles=self.articles,
            claims=self.claims,
            words=self.words,
            seconds=round(seconds, 3),
            sources=named(self.sources),
            outlets=named(self.outlets),
            languages=named(self.languages),
            evidence=dict(self.evidence),
            failed=self.failed,
            interrupted=interrupted,
        )


def print_summary(out: Console, summary: Summary, *, seconds: float) -> None:
    """The summary for a person."""
    speed = f", {summary.words / seconds:,.0f} words a second" if summary.words and seconds else ""
    out.print(Text.assemble(
        (f"{_many(summary.articles, 'article')}, {_many(summary.claims, 'claim')}", "bold"),
        f" now in {shown(summary.ledger)}" if summary.articles else f" new; {shown(summary.ledger)} holds the rest",
        (f"  ({seconds:.1f} s{speed})", "dim"),
    ))  # fmt: skip
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    inputs = [(status, summary.inputs[status]) for status in (*OUTCOME_STATUSES, "known")]
    grid.add_row("inputs", Text(" · ".join(f"{n:,} {_INPUT_WORDS[status]}" for status, n in inputs if n) or "none"))
    for label, counts in (("sources", summary.sources), ("outlets", summary.outlets), ("languages", summary.languages)):
        if names := counts.top():
            grid.add_row(label, Text(" · ".join(f"{shown(name)} {n:,}" for name, n in names)))
    if found := _found(summary):
        grid.add_row("evidence", Text(found))
    for failure in summary.failed[:TOP]:
        grid.add_row(failure["status"], Text(f"{shown(failure['origin'])}: {shown(failure['reason'])}"))
    if len(summary.failed) > TOP:
        grid.add_row("", Text("… and more: dragoman show inputs --status rejected"))
    out.print(Padding(grid, (0, 0, 0, 2)))


def print_evidence(out: Console, summary: Summary) -> None:
    """What came of the evidence stage, on one line."""
    compared = summary.evidence["articles"]
    tail = f": {_found(summary) or 'nothing found'}" if compared else f"; those in {shown(summary.ledger)} have been"
    out.print(Text(f"{_many(compared, 'article')} compared{tail}"))


def _found(summary: Summary) -> str:
    kinds = ((kind, n) for kind, n in summary.evidence.items() if n and kind != "articles")
    return " · ".join(f"{n:,} {kind if n > 1 else kind.removesuffix('s')}" for kind, n in kinds)


_INPUT_WORDS = {
    "stored": "stored",
    "duplicate": "duplicate",
    "truncated": "truncated",
    "rejected": "rejected",
    "known": "read before",
}


def print_articles(out: Console, articles: Iterable[Article]) -> None:
    """One line an article: date, outlet, language, title, id."""
    grid = Table.grid(padding=(0, 2))
    for style in ("dim", "", "dim"):
        grid.add_column(style=style, no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    grid.add_column(style="dim", no_wrap=True)
    for article in articles:
        outlet = shown(article.outlet or "-")
        title = shown(article.title or article.text[:80])
        grid.add_row(article.date or "no date", Text(outlet[:28]), article.language or "-", Text(title), article.id)
    out.print(grid)


def print_claims(out: Console, claims: Iterable[tuple[Article, Claim]]) -> int:
    """Claims under their articles: who, by which words, what, through whom and how surely. Gives how many."""
    before: str | None = None
    count = 0
    for article, claim in claims:
        if article.id != before:
            _print_heading(out, article, first=before is None)
            before = article.id
        count += 1
        _print_claim(out, article.text, claim)
    return count


def _print_heading(out: Console, article: Article, *, first: bool) -> None:
    about = [article.date or "no date", shown(article.outlet or "outlet unknown"), article.language or "language unknown"]
    if not first:
        out.print()
    out.print(Text.assemble((shown(article.title or "Untitled"), "bold"), (f"  {' · '.join(about)}  [{article.id}]", "dim")))


def _print_claim(out: Console, text: str, claim: Claim) -> None:
    words = shown(text[slice(*claim.source)]) if claim.source else ""
    name = shown(claim.source_actor.name) if claim.source_actor else ""
    who = words or name or ("the article itself" if claim.source_kind == "author" else "source not named")
    also = f" = {name}" if name and words and name.casefold() not in words.casefold() else ""
    cue = shown(text[slice(*claim.cue)]) if claim.cue else ""
    head = Text.assemble(
        (who, "cyan"), (also, "dim"), (f" ({claim.source_kind})", "dim"), (f"  {cue}" if cue else "", "yellow")
    )
    content = Text(GAP.join(shown(text[b:e]) for b, e in claim.content))
    how = [claim.certainty, "denied or negated" if claim.polarity == "neg" else "", "own words" if claim.direct else "reported"]
    chain = CHAIN_LINK.join(shown(link) for link in claim.chain)
    foot = Text(f"via {chain}  [{', '.join(part for part in how if part)}]", style="dim")
    out.print(Padding(head, (0, 0, 0, 2)))
    out.print(Padding(content, (0, 0, 0, 6)))
    out.print(Padding(foot, (0, 0, 0, 6)))


def print_events(out: Console, events: Iterable[tuple[Article, Event]]) -> None:
    """Events under their articles: type and status, who does it to whom, when and where, by whose account, in what words."""
    before: str | None = None
    for article, event in events:
        if article.id != before:
            _print_heading(out, article, first=before is None)
            before = article.id
        actors, recipients = (
            " + ".join(shown(side.actor.name) for side in sides) or "somebody" for sides in (event.actors, event.recipients)
        )
        head = Text.assemble(
            (event.type, "yellow"), (f" ({event.status})", "dim"), "  ", (actors, "cyan"),
            (f" → {recipients}" if event.recipients else "", "cyan"),
        )  # fmt: skip
        words = Text(shown(article.text[slice(*event.sentence)]))
        date = event.date and (shown(article.text[slice(*event.date.span)]) if event.date.span else event.date.start)
        about = [f"via {CHAIN_LINK.join(shown(link) for link in event.chain)}", date, event.place and shown(event.place.name)]
        foot = Text(" · ".join(part for part in about if part), style="dim")
        out.print(Padding(head, (0, 0, 0, 2)))
        out.print(Padding(words, (0, 0, 0, 6)))
        out.print(Padding(foot, (0, 0, 0, 6)))


def print_relations(out: Console, relations: Iterable[tuple[Article, Relation]]) -> None:
    """Relations under their articles: who is for or against whom, by whose account, in what words."""
    before: str | None = None
    for article, relation in relations:
        if article.id != before:
            _print_heading(out, article, first=before is None)
            before = article.id
        ends = shown(relation.source.name), shown(relation.target.name)
        told = "" if relation.status == "stated" else f"({relation.status}) "
        head = Text.assemble((ends[0], "cyan"), (f" {relation.kind} ", "yellow"), (told, "dim"), (ends[1], "cyan"))
        chain = CHAIN_LINK.join(shown(link) for link in relation.chain)
        out.print(Padding(head, (0, 0, 0, 2)))
        out.print(Padding(Text(shown(article.text[slice(*relation.span)])), (0, 0, 0, 6)))
        out.print(Padding(Text(f"via {chain}", style="dim"), (0, 0, 0, 6)))


def print_actors(out: Console, actors: Iterable[ActorLine]) -> None:
    """One line an actor: how often it is named, name, code, kind, what else it is called, offices."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right", no_wrap=True)
    for style in ("cyan", "dim", ""):
        grid.add_column(style=style, overflow="fold")
    grid.add_column(style="dim", overflow="fold", ratio=1)
    for actor in actors:
        others = ", ".join(shown(name) for name in actor.names[1 : TOP + 1])
        offices = "; ".join(f"{role.title} of {role.of} {role.start or ''}–{role.end or ''}" for role in actor.roles)
        about = " · ".join(part for part in (others, shown(offices)) if part)
        grid.add_row(f"{actor.count:,}", Text(shown(actor.name)), actor.code or "", actor.kind or "", Text(about))
    out.print(grid)


def print_blocs(out: Console, blocs: Iterable[BlocLine]) -> None:
    """Blocs with their members as told, whom they stand against, and the words that say so with their chains."""
    for number, bloc in enumerate(blocs):
        if number:
            out.print()
        out.print(Text.assemble((shown(bloc.name), "bold"), ("" if bloc.form == "bloc" else f"  ({bloc.form})", "dim")))
        by_status: dict[str, list[str]] = {}
        for member in bloc.members:
            by_status.setdefault(member.status, []).append(shown(member.actor.name))
        for status, names in by_status.items():
            out.print(Padding(Text.assemble((f"{_MEMBERS[status]}: ", "dim"), (", ".join(names), "cyan")), (0, 0, 0, 2)))
        if bloc.opposed_to:
            against = ", ".join(shown(actor.name) for actor in bloc.opposed_to)
            out.print(Padding(Text.assemble(("against: ", "dim"), (against, "cyan")), (0, 0, 0, 2)))
        for said in bloc.evidence[:FEW]:
            where = f"{said.date or 'no date'}, via {CHAIN_LINK.join(shown(link) for link in said.chain)}  [{said.article}]"
            out.print(Padding(Text.assemble(shown(said.span.text), (f"  {where}", "dim")), (0, 0, 0, 4)))
        if len(bloc.evidence) > FEW:
            out.print(Padding(Text(f"… and {len(bloc.evidence) - FEW:,} more; --json shows all", style="dim"), (0, 0, 0, 4)))


_MEMBERS = {
    "stated": "members as stated",
    "proposed": "proposed members",
    "left": "left",
    "denied": "said not to be members",
    "background": "members as is known, not as stated",
}


def print_reuse(out: Console, found: Iterable[tuple[Reuse, Article, Article]]) -> None:
    """Reused passages side by side, the earlier on the left, and under them where they part in something to be checked."""
    first = True
    for reuse, a, b in found:
        if not first:
            out.print()
        first = False
        alike = f"  {_BASES[reuse.basis]} · {reuse.ratio:.0%} alike  [{reuse.id}]"
        out.print(Text.assemble((reuse.kind, "yellow"), (alike, "dim")))
        grid = Table.grid(padding=(0, 3), expand=True)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(_told_by(a), _told_by(b))
        grid.add_row(*(Text(shown(side.text[part.b : part.e])) for side, part in ((a, reuse.a), (b, reuse.b))))
        out.print(Padding(grid, (0, 0, 0, 2)))
        for part in reuse.differences:
            sides = (shown(side.text[slice(*span)]) if span else "-" for side, span in ((a, part.a), (b, part.b)))
            out.print(Padding(Text.assemble((f"{part.what}: ", "red"), " | ".join(sides)), (0, 0, 0, 2)))


_BASES = {
    "copy": "one from the other, or both from a third",
    "citation": "one quotes the other",
    "speech": "both quote the same words",
    "translation": "the right translates the left",
}


def _told_by(article: Article) -> Text:
    about = [article.date or "no date", shown(article.outlet or article.title or "outlet unknown"), article.language or "-"]
    return Text(f"{' · '.join(about)}  [{article.id}]", style="dim")


@contextmanager
def shown_progress(stream: TextIO, *, hidden: bool = False) -> Iterator[Callable[[str], None]]:
    """A line on ``stream`` that tells how far a run is, while it runs; nothing where nobody looks at a terminal."""
    if hidden or not stream.isatty():
        yield lambda message: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=stream), transient=True) as progress:
        task = progress.add_task("loading the reader")
        yield lambda message: progress.update(task, description=message, advance=1)


def print_outcomes(out: Console, outcomes: Sequence[Outcome]) -> None:
    """One line an input: what became of it, and why."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold", style="dim")
    for outcome in outcomes:
        why = outcome.reason or _many(outcome.articles, "article")
        grid.add_row(outcome.status, Text(shown(outcome.origin)), Text(shown(why)))
    out.print(grid)


def note(message: str) -> None:
    """A line on stderr."""
    sys.stderr.write(shown(message) + "\n")
    sys.stderr.flush()


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"
