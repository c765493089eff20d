"""Attributions become claims: who says it, through whom, how surely, and whether it is said to be so or not.

``account_for`` describes each attribution of a reading (one account each, in order); ``code_claims`` makes the claims: an
account whose content holds several sentences or several “that” clauses gives a claim for each, and the author's own marked
statements are added.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import msgspec

from dragoman.coding import cues
from dragoman.coding.author import marked_statements
from dragoman.coding.cast import Cast
from dragoman.coding.intervals import Intervals
from dragoman.coding.relays import Relays, paragraphs_of
from dragoman.coding.sources import Introductions, Source, actor_of, main_spans, trim, voice_of
from dragoman.coding.tone import certainty_of, is_direct, polarity_of, quoted_stretches
from dragoman.types import Actor, Article, Attribution, Certainty, Claim, Polarity, Reading, SourceKind, Span, content_id

AUTHOR_SCORE = 0.5
"""Score of a statement that rules found: there is no probability to give."""
RUN_ON_SCORE = 0.6
Actors = Mapping[Span, Actor]
NOBODY: Actors = MappingProxyType({})
NAMED_KINDS = ("person", "state", "organisation", "media")
_THAT = re.compile(r",\s+(?:that|что|أن|qu[e’'])\s*", re.IGNORECASE)
LONGEST_SOURCE = 12
"""Words of a noun phrase that names a source."""
_AND_THAT = re.compile(
    r"(?:,|;)?\s(?:and|but|as well as|и|et|y|و)\s+(?=(?:that|что|qu(?:e|['’])|أن|أنه|أنها)\b)", re.IGNORECASE
)


_INNER_SENTENCE = re.compile(r"(?<=[^\W\dA-Z_]{3}[.!?؟۔])[”\"»]?\s+(?=[“\"«]?[^\Wa-zà-ÿа-я\d_])")
"""A sentence bound inside a quotation, which the reader’s sentences do not cut."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What coding adds to an attribution. ``relays`` and ``source`` are in ``chain`` too, behind the article's voice."""

    attribution: Attribution
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    source_actor: Actor | None
    source_kind: SourceKind
    chain: tuple[str, ...]
    certainty: Certainty
    polarity: Polarity
    direct: bool


def account_for(article: Article, reading: Reading, actors: Actors = NOBODY) -> list[Account]:
    """An account of each attribution of the reading, in the same order. ``actors``: whom spans of the text name."""
    return _Coder(article, reading, actors).accounts()


def code_claims(article: Article, reading: Reading, actors: Actors = NOBODY) -> tuple[Claim, ...]:
    """The claims of an article, in the order of its text."""
    return accounts_and_claims(article, reading, actors)[1]


def accounts_and_claims(article: Article, reading: Reading, actors: Actors) -> tuple[list[Account], tuple[Claim, ...]]:
    """What ``account_for`` and ``code_claims`` give, for the price of one."""
    coder = _Coder(article, reading, actors)
    accounts = coder.accounts()
    return accounts, coder.claims(accounts)


class _Coder:
    """What the coding of one article needs at hand."""

    def __init__(self, article: Article, reading: Reading, actors: Actors) -> None:
        self.article = article
        self.cast = Cast(article.text, actors)
        self.text = article.text
        self.reading = reading
        self.quoted = Intervals(quoted_stretches(self.text))
        self.introductions = Introductions(article, reading.mentions)
        self.relays = Relays(self.text, self.introductions)
        self.voice = voice_of(article)
        self._sentence_begins = [b for b, _ in reading.sentences]

    def sentence_at(self, place: int) -> Span:
        number = bisect_right(self._sentence_begins, place) - 1
        return self.reading.sentences[number] if number >= 0 else (0, len(self.text))

    def accounts(self) -> list[Account]:
        accounts = [self._account(attribution) for attribution in self.reading.attributions]
        trailing = {self.sentence_at(a.cue[0]): a for a in accounts if a.cue and self._trails(a)}
        return [
            self._within(account, trailing.get(self.sentence_at(account.cue[0])) if account.cue else None)
            for account in accounts
        ]

    def _trails(self, account: Account) -> bool:
        """Whether source and cue close their sentence, behind all of the content: “…, diplomats said.”"""
        if not account.cue or not account.source:
            return False
        last, first = max(account.cue[1], account.source[1]), min(account.cue[0], account.source[0])
        end = self.sentence_at(account.cue[0])[1]
        return all(c[1] <= first for c in account.content) and not any(c.isalnum() for c in self.text[last:end])

    def _within(self, account: Account, outer: Account | None) -> Account:
        """“The two states said they could not agree, diplomats said”: what stands before a trailing source is relayed by it."""
        if outer is None or outer is account or outer.chain[-1] in account.chain:
            return account
        if (
            not account.cue
            or not outer.cue
            or account.cue[1] > outer.cue[0]
            or not outer.source
            or account.cue[1] > outer.source[0]
        ):
            return account
        return msgspec.structs.replace(account, chain=(*account.chain[:-1], outer.chain[-1], account.chain[-1]))

    def _account(self, attribution: Attribution) -> Account:
        span, cue = main_spans(attribution, self.text)
        content = tuple(c for c in (self._bare(span) for span in attribution.content) if c[0] < c[1])
        anchor = cue[0] if cue else content[0][0] if content else 0
        content = self._without_cited(content, anchor)
        if span and cue and content and cues.SEEMING.search(self.text, *cue) and cues.RAISED.match(self.text, *content[0]):
            content, span = ((span[0], content[-1][1]),), None  # “the axis seems to hold”: the author says so of the axis
        relays, source = self.relays.resolve(
            self._source(span, cue, anchor), span=span, cue=cue, content=content, sentence=self.sentence_at(anchor)
        )
        return self._described(attribution, span, cue, content, relays, source)

    def _without_cited(self, content: tuple[Span, ...], anchor: int) -> tuple[Span, ...]:
        """Without a piece that stands right behind “citing” or its like: it names a source, and says nothing."""
        begin, end = self.sentence_at(anchor)
        cited = {m.end() + 1 for m in cues.CITING.finditer(self.text, begin, end)}
        return tuple(said for c in content if (said := self._behind_source(c) if c[0] in cited else c))

    def _behind_source(self, content: Span) -> Span | None:
        """What follows the source in “an envoy, that the pact was off”; None if nothing but the source is there."""
        words = len(self.text[slice(*content)].split())
        that = _THAT.search(self.text, *content)
        if that and len(self.text[content[0] : that.start()].split()) <= LONGEST_SOURCE:
            return self._bare((that.end(), content[1]))
        return None if words <= LONGEST_SOURCE else content

    def _source(self, span: Span | None, cue: Span | None, anchor: int) -> Source:
        seeming = cue is not None and cues.SEEMING.search(self.text, *cue) is not None
        if seeming and (span is None or cues.EXPLETIVE.fullmatch(self.text, *span)):
            return self.introductions.author()  # “it seems that”: to whom but the author?
        impersonal = span is None and cue is not None and cues.IMPERSONAL.search(self.text, *cue) is not None
        return self.introductions.source(span, None if impersonal else anchor)

    def _described(
        self,
        attribution: Attribution,
        span: Span | None,
        cue: Span | None,
        content: tuple[Span, ...],
        relays: tuple[Source, ...],
        source: Source,
    ) -> Account:
        cue_text = self.text[slice(*cue)] if cue else ""
        said = " ".join(self.text[b:e] for b, e in content)
        links = [self.voice, *(r.name for r in relays)]
        if source.key and source.kind != "author":
            links.append(source.name)
        chain = tuple(name for k, name in enumerate(links) if k == 0 or name != links[k - 1])
        return Account(
            attribution=attribution,
            source=span,
            cue=cue,
            content=content,
            source_actor=self._actor(source, attribution) if source.key else None,
            source_kind=source.kind,
            chain=chain,
            certainty=certainty_of(cue_text, said),
            polarity=polarity_of(cue_text, said),
            direct=is_direct(self.text, content, self.quoted),
        )

    def _actor(self, source: Source, attribution: Attribution) -> Actor:
        """The known actor behind a source that has a name; of others the name is all there is."""
        known = self.cast.known(source.name, *attribution.source) if source.kind in NAMED_KINDS else None
        return known or actor_of(source)

    def _bare(self, span: Span) -> Span:
        """The span without quotation marks and without an opening “that”."""
        b, e = trim(self.text, span)
        match = cues.COMPLEMENTIZER.match(self.text, b, e)
        return trim(self.text, (match.end(), e)) if match else (b, e)

    def claims(self, accounts: Sequence[Account]) -> tuple[Claim, ...]:
        claims = [self._claim(a, part, score=a.attribution.score) for a in accounts for part in self._parts(a)]
        covered = [span for a in self.reading.attributions for span in (*a.source, *a.cue, *a.content)]
        run_on = list(self._run_on(accounts, Intervals(covered)))
        claims.extend(run_on)
        claims.extend(self._own_claims(Intervals([*covered, *(span for claim in run_on for span in claim.content)])))
        return tuple(sorted({c.id: c for c in claims}.values(), key=lambda c: (c.content[0], c.id)))

    def _claim(self, account: Account, content: tuple[Span, ...], *, score: float) -> Claim:
        """A claim of the account's source with a part of its content, which is judged for itself."""
        cue = self.text[slice(*account.cue)] if account.cue else ""
        said = " ".join(self.text[b:e] for b, e in content)
        return Claim(
            id=content_id("claim", self.article.id, account.source, account.cue, content),
            article=self.article.id,
            source=account.source,
            source_actor=account.source_actor,
            source_kind=account.source_kind,
            cue=account.cue,
            content=content,
            chain=account.chain,
            certainty=certainty_of(cue, said),
            polarity=polarity_of(cue, said),
            direct=is_direct(self.text, content, self.quoted),
            score=score,
        )

    def _parts(self, account: Account) -> list[tuple[Span, ...]]:
        """The content cut into single statements; pieces of the cue's own sentence stay together (a broken quotation)."""
        pieces = [part for span in account.content for part in self._statements(span)]
        home = self.sentence_at(account.cue[0]) if account.cue else None
        together = tuple(p for p in pieces if home and home[0] <= p[0] < home[1])
        broken = (
            len(together) > 1
            and any(account.cue is not None and p[0] >= account.cue[1] for p in together)
            and any(account.cue is not None and p[1] <= account.cue[0] for p in together)
        )
        if not broken:
            return [(p,) for p in pieces]
        parts = [(p,) for p in pieces if p not in together]
        return sorted([*parts, together])

    def _statements(self, span: Span) -> list[Span]:
        """The span cut at sentence bounds and before a repeated “and that”."""
        inner = {m.end() for m in _INNER_SENTENCE.finditer(self.text, *span)}
        inner.update(b for b in self._sentence_begins if span[0] < b < span[1])
        bounds = [span[0], *sorted(inner), span[1]]
        pieces: list[Span] = []
        for b, e in pairwise(bounds):
            joints = list(_AND_THAT.finditer(self.text, b, e))
            begins, ends = [b, *(m.end() for m in joints)], [*(m.start() for m in joints), e]
            pieces.extend(self._bare(cut) for cut in zip(begins, ends, strict=True))
        return [p for p in pieces if p[0] < p[1] and any(c.isalnum() for c in self.text[p[0] : p[1]])]

    def _run_on(self, accounts: Sequence[Account], covered: Intervals) -> Iterator[Claim]:
        """Paragraphs that are quotations from end to end, without a cue of their own, go on with the speaker before them."""
        cued = [a for a in accounts if a.cue]
        places = [a.cue[0] for a in cued if a.cue]
        before: Span | None = None
        for paragraph in paragraphs_of(self.text):
            quote = trim(self.text, paragraph)
            last = bisect_right(places, paragraph[0]) - 1
            follows = before is not None and last >= 0 and places[last] >= before[0]
            if (
                quote[0] > paragraph[0]
                and quote[0] < quote[1]
                and self.quoted.holds(quote)
                and not covered.touches(quote)
                and follows
            ):
                speaker = msgspec.structs.replace(cued[last], cue=None)
                for piece in self._statements(quote):
                    yield self._claim(speaker, (piece,), score=RUN_ON_SCORE)
                continue  # the next paragraph may go on as well
            before = paragraph

    def _own_claims(self, covered: Intervals) -> Iterator[Claim]:
        for cue, content in marked_statements(self.text, self.reading.sentences, covered):
            block = self.relays.block_at(cue[0])
            kind: SourceKind = "media" if block else "anonymous" if cues.HEARSAY.search(self.text, *cue) else "author"
            said = self.text[slice(*content)]
            certainty = certainty_of("", said)
            yield Claim(
                id=content_id("claim", self.article.id, None, cue, (content,)),
                article=self.article.id,
                source=None,
                source_actor=actor_of(block.outlet) if block else None,
                source_kind=kind,
                cue=cue,
                content=(content,),
                chain=(self.voice, block.outlet.name) if block else (self.voice,),
                certainty="hedged" if certainty == "asserted" else certainty,  # its cue marks it as less than plain fact
                polarity=polarity_of("", said),
                direct=False,
                score=AUTHOR_SCORE,
            )
