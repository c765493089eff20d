"""The room's word lists: nouns with their sectors, titles, pronouns, and words at which a phrase's head ends."""

from __future__ import annotations

from typing import NamedTuple, Self

from dragoman.actors.folding import key_of
from dragoman.resources import read_toml


class Noun(NamedTuple):
    """What a common noun tells: a PLOVER sector (or STATE, GROUP, MEMBERS), and a label for an actor that it makes."""

    sector: str
    label: str


class Words(NamedTuple):
    """The lists of ``words.toml``; nouns, titles, pronouns and cuts by their folded form.

    ``only`` has the language of the pronouns that are such in one language alone.
    """

    nouns: dict[str, Noun]
    titles: dict[str, str]
    pronouns: dict[str, str]
    only: dict[str, str]
    cuts: frozenset[str]
    possessives: frozenset[str]
    honorifics: frozenset[str]
    leaning: tuple[frozenset[str], frozenset[str]]
    premiers: frozenset[str]
    homonyms: dict[str, tuple[str, ...]]
    deeds: frozenset[str]
    quantities: frozenset[str]
    of: frozenset[str]

    @classmethod
    def shipped(cls) -> Self:
        """The lists that come with the package."""
        data = read_toml(__package__, "data/words.toml")
        return cls(
            nouns={key_of(word): Noun(row["sector"], row["label"]) for row in data["noun"] for word in row["words"]},
            titles={key_of(word): row["title"] for row in data["title"] for word in row["words"]},
            pronouns={key_of(word): kind for kind, words in data["pronouns"].items() for word in words},
            only={key_of(word): language for language, words in data["only"].items() for word in words},
            cuts=frozenset(map(key_of, data["cut"]["words"])),
            possessives=frozenset(map(key_of, data["possessive"]["words"])),
            honorifics=frozenset(map(key_of, data["honorific"]["words"])),
            leaning=(frozenset(map(key_of, data["allegiance"]["before"])), frozenset(map(key_of, data["allegiance"]["after"]))),
            premiers=frozenset(data["premier"]["states"]),
            homonyms={key_of(row["name"]): tuple(map(key_of, row["cues"])) for row in data["homonym"]},
            deeds=frozenset(map(key_of, data["deed"]["words"])),
            quantities=frozenset(map(key_of, data["quantity"]["words"])),
            of=frozenset(map(key_of, data["quantity"]["of"])),
        )
