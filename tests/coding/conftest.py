import re

import pytest

from dragoman.reader.sentences import sentences_of
from dragoman.types import Article, Attribution, Mention, Reading

MARKED = re.compile(r"\[([SQC])(\d+) ([^\[\]]*)\]|\{(\w+) ([^{}]*)\}")
ROLES = {"S": "source", "Q": "cue", "C": "content"}


def unmark(marked):
    """Text, attributions and mentions of a text in which [S1 …], [Q1 …], [C1 …] mark roles and {person …} mentions."""
    text, at, found, mentions = "", 0, {}, []

    def take(part):
        nonlocal text
        inner_at = 0
        for match in re.finditer(r"\{(\w+) ([^{}]*)\}", part):
            text += part[inner_at : match.start()]
            mentions.append(Mention(b=len(text), e=len(text) + len(match[2]), type=match[1], score=0.9))
            text += match[2]
            inner_at = match.end()
        text += part[inner_at:]

    for match in re.finditer(r"\[([SQC])(\d+) ([^\[\]]*)\]", marked):
        take(marked[at : match.start()])
        begin = len(text)
        take(match[3])
        roles = found.setdefault(match[2], {"source": (), "cue": (), "content": ()})
        roles[ROLES[match[1]]] += ((begin, len(text)),)
        at = match.end()
    take(marked[at:])
    attributions = tuple(
        sorted((Attribution(**roles, score=0.8) for roles in found.values()), key=lambda a: min(a.source + a.cue + a.content))
    )
    return text, attributions, tuple(mentions)


@pytest.fixture
def coded():
    """A function from marked text to (article, reading)."""

    def build(marked, *, language="en", **fields):
        text, attributions, mentions = unmark(marked)
        article = Article(id="a", page="p", n=0, text=text, language=language, **{"outlet": "Levant Ledger", **fields})
        return article, Reading(sentences=sentences_of(text, language), mentions=mentions, attributions=attributions)

    return build
