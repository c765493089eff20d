"""Who does it to whom, by the build of the sentence."""

import re

import pytest

from dragoman.coding.phrases import Sentence
from dragoman.coding.sides import sides_of
from dragoman.types import Mention

MARK = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
TYPES = {"per": "person", "org": "organisation", "place": "place", "people": "people", "armed": "armed_group"}


def found(marked, kind="ASSAULT", language="en"):
    """Words of actors and recipients of ``[words|T]``, where ``[words|per]`` and so on are mentions."""
    text, at, mentions, trigger = "", 0, [], (0, 0)
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        words, tag = match.groups()
        span = (len(text), len(text) + len(words))
        if tag == "T":
            trigger = span
        else:
            mentions.append(Mention(b=span[0], e=span[1], type=TYPES[tag], score=0.9))
        text += words
    text += marked[at:]
    sides = sides_of(Sentence(text, (0, len(text)), mentions, language), trigger, kind)
    return [text[slice(*s)] for s in sides.actors], [text[slice(*s)] for s in sides.recipients]


@pytest.mark.parametrize(
    ("marked", "kind", "actors", "recipients"),
    [
        ("[Norholm|place] [bombed|T] [Sandvik|place].", "ASSAULT", ["Norholm"], ["Sandvik"]),
        ("[Sandvik|place] was [bombed|T] by [Norholm|place].", "ASSAULT", ["Norholm"], ["Sandvik"]),
        ("[Sandvik|place] [was bombed|T].", "ASSAULT", [], ["Sandvik"]),
        ("An [Australian|people] [request|T] for help came.", "REQUEST", ["An Australian"], []),
        ("[Norholm|place] [begged|T] it to wait.", "REQUEST", ["Norholm"], ["it"]),
        (
            "[The Guild|org], [backed|T] by [Norholm|place] and [Kalby|place], won.",
            "SUPPORT",
            ["Norholm", "Kalby"],
            ["The Guild"],
        ),
        (
            "[Norholm|place], [Kalby|place] and [Orvik|place] [praised|T] the ruling.",
            "SUPPORT",
            ["Norholm", "Kalby", "Orvik"],
            [],
        ),
        ("[Norholm|place]'s [raid|T] on [Sandvik|place] failed.", "ASSAULT", ["Norholm"], ["Sandvik"]),
        ("The [attack|T] on [Sandvik|place] by [the Guild|org] failed.", "ASSAULT", ["the Guild"], ["Sandvik"]),
        ("[Norholm|place] launched an [attack|T] on [Sandvik|place].", "ASSAULT", ["Norholm"], ["Sandvik"]),
        ("[Talks|T] between [Norholm|place] and [Sandvik|place] ended.", "CONSULT", ["Norholm", "Sandvik"], []),
        ("[Orvik|place] [mediates|T] between [Norholm|place] and [Kalby|place].", "CONSULT", ["Orvik"], ["Norholm", "Kalby"]),
        ("The [visit|T] of [Ada Lund|per] to [Kalby|place] was short.", "CONSULT", ["Ada Lund"], ["Kalby"]),
        ("[Norholm|place] [met|T] with [Sandvik|place].", "CONSULT", ["Norholm", "Sandvik"], []),
        ("[Norholm|place] [condemned|T] her attack.", "ACCUSE", ["Norholm"], ["her"]),
        ("[Norholm|place] [stood|T] by [Kalby|place].", "SUPPORT", ["Norholm"], ["Kalby"]),
        ("[Norholm|place] held [drills|T] in spring, with [Kalby|place].", "COOPERATE", ["Norholm"], ["Kalby"]),
        ("[Norholm|place] [protested|T] against raids by [Kalby|place].", "ACCUSE", ["Norholm"], []),
        ("[Orvik|place] was [shelled|T] after the bridge was taken by [Kalby|place].", "ASSAULT", [], ["Orvik"]),
        ("They fear a group [listed|T] as hostile by [Kalby|place].", "SANCTION", ["Kalby"], ["a group"]),
        ("[Norholm|place] [praised|T] its ally [Kalby|place].", "SUPPORT", ["Norholm"], ["its ally Kalby"]),
        ("It also [shelled|T] [Kalby|place].", "ASSAULT", ["It"], ["Kalby"]),
        ("It is expected to [shell|T] [Kalby|place].", "ASSAULT", ["It"], ["Kalby"]),
        ("It is likely that [Kalby|place] [shelled|T] them.", "ASSAULT", ["Kalby"], ["them"]),
        ("Coalition jets [bombed|T] [Kalby|place].", "ASSAULT", ["Coalition"], ["Kalby"]),
        ("[Norholm|place] [sold|T] fighter jets to [Kalby|place].", "COOPERATE", ["Norholm"], ["Kalby"]),
        ("New [European Union|org] [sanctions|T] on [Kalby|place] hurt.", "SANCTION", ["New European Union"], ["Kalby"]),
        ("[Norholm|place] came to the [aid|T] of [Kalby|place].", "AID", [], ["Kalby"]),
        ("[Hamdan|per] praised [the Guild|org] and [closed|T] the port.", "COERCE", ["Hamdan"], []),
        ("[Ada Lund|per], who [left|T] [the Guild|org], spoke.", "RETREAT", ["Ada Lund"], ["the Guild"]),
        ("[Norholm|place] plans to [expel|T] [the envoy of Kalby|org].", "SANCTION", ["Norholm"], ["the envoy of Kalby"]),
        ("[Norholm|place] [sent|T] tents to [Sandvik|place].", "AID", ["Norholm"], ["Sandvik"]),
        ("[Police|T] and rain.", "ASSAULT", [], []),
        ("Rebels [shelled|T] the town.", "ASSAULT", ["Rebels"], []),
        ("In [Kalby|place], protesters were [beaten|T] by police.", "ASSAULT", ["police"], ["protesters"]),
        ("[Ada Lund|per] has open [support|T] from [Norholm|place].", "SUPPORT", ["Norholm"], ["Ada Lund"]),
    ],
)
def test_english(marked, kind, actors, recipients):
    assert found(marked, kind) == (actors, recipients)


@pytest.mark.parametrize(
    ("language", "marked", "actors", "recipients"),
    [
        ("fr", "[Sandvik|place] a été [bombardée|T] par [Norholm|place].", ["Norholm"], ["Sandvik"]),
        ("tr", "[Norholm|place] [Sandvik'i|place] [bombaladı|T].", ["Norholm"], ["Sandvik"]),
        ("ar", "[قصفت|T] [نورهولم|place] [ساندفيك|place].", ["نورهولم"], ["ساندفيك"]),
        ("ru", "[Норхольм|place] [обстрелял|T] [Сандвик|place].", ["Норхольм"], ["Сандвик"]),
        ("he", "[נורהולם|place] [הפציצה|T] את [סנדוויק|place].", ["נורהולם"], ["סנדוויק"]),
        ("fa", "[نورهولم|place] [ساندویک|place] را [بمباران کرد|T].", ["نورهولم"], ["ساندویک"]),
    ],
)
def test_other_languages(language, marked, actors, recipients):
    ours, theirs = found(marked, language=language)
    assert ours == actors
    assert [name.removesuffix("'i") for name in theirs] == recipients


def test_an_adjective_takes_its_noun_along():
    assert found("A [Kalby|people] tanker was [seized|T] by [the Guild|org].", "COERCE") == (["the Guild"], ["A Kalby tanker"])


def test_a_title_takes_an_unmarked_name_along():
    assert found("President Lund [resigned|T].", "RETREAT")[0] == ["President Lund"]


def test_of_other_clauses_nobody_is_taken():
    assert found("[Norholm|place] slept while [Kalby|place] [attacked|T] [Orvik|place], as [Sandvik|place] feared.") == (
        ["Kalby"],
        ["Orvik"],
    )


@pytest.mark.parametrize("text", ["", "…", "«»", "the of and", "a" * 5000, "و" * 50, "\u200f\u0301 x"])
def test_nothing_breaks_it(text):
    for language in ("en", "ar", "tr", None):
        sides_of(Sentence(text, (0, len(text)), [], language), (0, min(3, len(text))), "ASSAULT")
