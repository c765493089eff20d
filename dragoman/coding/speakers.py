"""Who speaks where an outlet passes it on: in “…,” Adwan said on Monday, according to the Wadi Post, the reader may take the
outlet for the source. The speaker is; the outlet is a link of the chain (``relays``).
"""

from __future__ import annotations

import msgspec

from dragoman.coding import cues
from dragoman.coding.sources import Introductions
from dragoman.types import Article, Attribution, Reading


def with_speakers(article: Article, reading: Reading) -> Reading:
    """The reading with the speakers that stand between what is said and an outlet's *according to*."""
    found = tuple(_with_speaker(article, reading, attribution) for attribution in reading.attributions)
    return reading if found == reading.attributions else msgspec.structs.replace(reading, attributions=found)


def _with_speaker(article: Article, reading: Reading, attribution: Attribution) -> Attribution:
    """The attribution with the one person named there beside a verb of speech, unless the reader has seen that itself."""
    text = article.text
    if not attribution.content or not attribution.source:
        return attribution
    if not any(cues.CITING.match(text, b, e) for b, e in attribution.cue):
        return attribution
    begin, end = max(e for _, e in attribution.content), min(b for b, _ in attribution.cue)
    said = cues.SAID.search(text, begin, end) if begin < end else None
    seen = any(begin <= b < end for other in reading.attributions for b, _ in other.cue)
    people = [(m.b, m.e) for m in reading.mentions if m.type == "person" and begin <= m.b and m.e <= end]
    if not said or seen or len(people) != 1 or "\n" in text[begin:end]:
        return attribution
    if Introductions(article, reading.mentions).source(attribution.source[0]).kind != "media":
        return attribution
    return msgspec.structs.replace(attribution, source=(people[0],), cue=(said.span(),))
