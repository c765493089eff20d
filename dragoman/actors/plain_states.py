"""States that a text names plainly and the reader passed over, as in the lists of allies that news is full of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from types import MappingProxyType

from dragoman.resources import read_rows
from dragoman.types import Mention, Span

SCORE = 0.5
"""Of a mention that a list found: there is no probability to give."""
_LATIN, _ARABIC, _CYRILLIC, _HEBREW = "A-Za-zÀ-ɏ", "\u0600-\u06ff", "\u0400-\u04ff", "\u0590-\u05ff"
SCRIPTS = {"en": _LATIN, "ar": _ARABIC, "ru": _CYRILLIC, "fr": _LATIN, "tr": _LATIN, "fa": _ARABIC, "he": _HEBREW}
"""The languages with names of their own, and the letters that these begin with."""
ALSO_OTHER = {
    "en": frozenset({"America", "Chad", "Georgia", "Guinea", "Ireland", "Jordan", "Macedonia", "Palestine"}),
    "ar": frozenset({"بنين", "جورجيا", "عمان", "مالي"}),
    "ru": frozenset({"Македония", "Перу", "Того"}),
    "fr": frozenset({"Dominique", "Géorgie", "Guinée", "Irlande", "Maurice"}),
    "tr": frozenset({"Gine", "Mali"}),
    "fa": frozenset({"بنین", "کامرون", "مالی"}),
    "he": frozenset({"בנין", "הודו", "קניה"}),
}
"""Names that are as often a word, a person's, a region's or another state's (*مالي* financial, *Того* of that)."""
ALSO_CALLED = {"fr": ("USA",), "tr": ("ABD", "Amerika")}
"""What languages in Latin letters call states besides; ``states.csv`` does not say which of its names are theirs."""
LEAST_LETTERS = 4
"""Letters of a name from ``territories.csv``: shorter ones are often words."""
GLUED = "وبل"
BESIDE = 40
LINE_BESIDE = 80
"""Characters on each side by which a name is judged, and those of its line by which a heading is told."""
_WORD = re.compile(r"(?<![\w'’.-])[^\W\d_a-z][\w.]*")
"""A word that does not begin with a small Latin letter, as names do not."""
_LOWER = re.compile(r"(?<![\w'’.-])[^\W\d_A-Z]\w*")
_CAPITAL = "A-ZÀ-ÖØ-ÞİŞĞŒŠŽČŁЁА-Я"
_NAME_BEFORE = re.compile(
    rf"(?<![\w.])(?P<word>[{_CAPITAL}](?:[\w.’'-]*[\w’'-])?|[{_CAPITAL}]\.|(?:Dr|Gen|Gov|Mrs?|Ms|Sen|St)\.) \Z"
)
"""A capitalised word before a name. It ends in no full stop, unless it is an initial or a form of address."""
_NAME_BEHIND = re.compile(rf"[-‑]\w| [{_CAPITAL}]")
_OPENS = re.compile(r"(?:\A|[.!?…:;\n])[\s\"“”„«»'‘’(\[–—-]*\Z")
_NAMING = re.compile(
    "air|bank|central|club|coast|east|eastern|great|greater|gulf|hotel|inner|lower|miss|mount|new|"
    "north|northern|old|outer|port|radio|royal|saint|south|southern|team|union|university|upper|west|"
    "western|nouveau|nouvelle|yeni|kuzey|güney|batı|doğu|новая|новый|северная|северный|южная|южный|"
    "западная|западный|восточная|восточный|центральная"
)
"""Words that begin names (*Air France*, *New Mexico*), also where the text has them in lower case."""
_OPENING = re.compile(
    "a|across|after|again|against|also|although|among|an|and|another|any|around|as|asked|at|"
    "because|before|behind|beside|besides|between|beyond|both|but|by|can|could|despite|did|does|"
    "during|earlier|either|even|every|except|following|for|from|has|have|however|if|in|inside|"
    "instead|into|is|it|its|last|later|like|many|may|meanwhile|most|much|near|neither|no|nor|not|"
    "now|of|on|once|only|or|over|perhaps|recently|should|since|so|some|still|than|that|the|then|"
    "there|these|this|those|though|through|throughout|thus|to|today|together|tomorrow|tonight|toward|"
    "towards|under|unless|unlike|until|upon|via|was|were|what|when|where|whereas|whether|which|"
    "while|who|why|will|with|within|without|would|yesterday|yet|"
    "а|без|благодаря|будет|в|ведь|во|возможно|вокруг|вместе|вместо|вчера|где|да|для|до|если|ещё|"
    "еще|за|завтра|затем|и|из|или|иначе|именно|их|к|как|когда|кроме|лишь|между|на|над|накануне|"
    "не|несмотря|ни|но|о|об|однако|он|она|они|от|очевидно|перед|по|под|позже|пока|после|"
    "поскольку|потом|поэтому|почему|при|причём|против|раньше|ранее|с|сегодня|сейчас|сначала|со|среди|"
    "так|также|теперь|то|только|тогда|тоже|у|уже|хотя|чем|через|что|чтобы|эта|эти|это|этот|"
    "à|afin|ainsi|alors|après|au|aujourd'hui|aussi|autour|aux|avant|avec|car|ce|cependant|certes|"
    "ces|cette|chez|comme|comment|contre|d'abord|dans|de|demain|depuis|derrière|des|dès|désormais|"
    "devant|donc|dont|du|elle|en|encore|enfin|ensuite|entre|est|et|hier|ici|il|ils|la|là|le|les|"
    "leur|lors|lorsque|lui|mais|malgré|même|ni|notamment|nous|où|ou|outre|par|parce|parmi|pendant|"
    "plus|pour|pourquoi|pourtant|puis|puisque|quand|que|quel|qui|sa|sans|sauf|se|selon|ses|seul|"
    "seule|si|sinon|son|sous|sur|tandis|toujours|tous|tout|toute|toutefois|un|une|vers|voici|voilà|"
    "ama|ancak|artık|aslında|ayrıca|bazı|belki|bile|bir|biz|böylece|bu|bugün|buna|bunun|burada|"
    "çünkü|da|daha|dün|eğer|fakat|gerçi|halen|hatta|hem|hep|hiç|için|ile|ise|işte|kadar|karşı|ki|"
    "lakin|mesela|nasıl|ne|neden|o|onlar|önce|oysa|peki|sadece|sonra|şimdi|şu|tabii|üstelik|üzere|"
    "ve|veya|ya|yalnızca|yani|yarın|yine|zaten"
)
"""Words that may stand before a name, capitalised, without being part of it."""


@lru_cache(maxsize=len(SCRIPTS))
def _names(language: str) -> Mapping[str, tuple[str, ...]]:
    """The names of the states in a language by their first word, the longest first."""
    other, own = ALSO_OTHER[language], re.compile(f"[{SCRIPTS[language]}]")
    states = read_rows(__package__, "data/states.csv")
    listed = set(ALSO_CALLED.get(language, ()))
    if language not in ALSO_CALLED:
        listed |= {name for row in states for name in (row["name"], *row["names"].split(";")) if own.match(name)}
    names = {name for name in listed if len(name) > 2 or name.isupper()}
    codes = {row["code"] for row in states}
    for row in read_rows(__package__, "data/territories.csv"):
        if row["code"] in codes:
            names.update(name for name in _in_language(row["names"].split(";"), language) if len(name) >= LEAST_LETTERS)
    found: dict[str, list[str]] = {}
    for name in sorted(names - other, key=lambda name: (-len(name), name)):
        if first := _WORD.match(name):
            found.setdefault(first.group(), []).append(name)
    return MappingProxyType({first: tuple(names) for first, names in found.items()})


def _in_language(names: Sequence[str], language: str) -> Sequence[str]:
    """Those of a state's ``names`` that are a language's, by their order in ``territories.csv``: en, ar, fr, ru, tr, fa, he.

    A name stands there once, for the first language that has it; the rows all have one of the first, second, fourth and last.
    """
    scripts = [next((other for other in ("ar", "ru", "he") if re.match(f"[{SCRIPTS[other]}]", name)), "en") for name in names]
    arabic, russian, hebrew = (scripts.index(script) if script in scripts else len(names) for script in ("ar", "ru", "he"))
    english, french, later = names[:arabic], names[arabic + 1 : russian], range(russian + 1, hebrew)
    match language:
        case "en":
            return english
        case "fr":
            return french or english
        case "tr":
            return [names[n] for n in later if scripts[n] == "en"] or [*english, *french]
        case "fa":
            return [names[n] for n in later if scripts[n] == "ar"] or names[arabic : arabic + 1]
    first = {"ar": arabic, "ru": russian, "he": hebrew}[language]
    return names[first : first + 1]


def with_plain_states(text: str, mentions: Sequence[Mention], language: str | None = None) -> tuple[Mention, ...]:
    """``mentions`` and those of ``plain_states``, in the order of the text."""
    return tuple(sorted((*mentions, *plain_states(text, mentions, language)), key=lambda mention: mention.b))


def plain_states(text: str, mentions: Sequence[Mention], language: str | None = None) -> Iterator[Mention]:
    """A mention for each plain name of a state that none of ``mentions`` (in the order of the text) touches.

    Names are those of ``language`` (ISO 639-1); English ones where the language has none of its own here.
    """
    known = language if language in SCRIPTS else "en"
    names, page = _names(known), _Text(text)
    end = reach = number = 0
    for match in _WORD.finditer(text):
        found = page.name_at(match, names, GLUED if known == "ar" else "") if match.start() >= end else None
        if found is None:
            continue
        b, end = found
        while number < len(mentions) and mentions[number].b < end:
            reach = max(reach, mentions[number].e)
            number += 1
        if reach <= b and not page.is_part(b, end):
            yield Mention(b=b, e=end, type="place", score=SCORE)


class _Text:
    """A text in which names are judged by what stands beside them; each by a bounded part of it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _lower(self) -> frozenset[str]:
        """The words that stand in lower case."""
        return frozenset(word for word in _LOWER.findall(self.text) if word.islower())

    def name_at(self, match: re.Match[str], names: Mapping[str, tuple[str, ...]], glued: str) -> Span | None:
        """Where a state's name that begins with a word stands; a glued Arabic *wa*, *bi* or *li* is no part of it."""
        word, b = match.group(), match.start()
        known = names.get(word) or names.get(word.rstrip("."))
        if known is None and word[0] in glued:
            known, b = names.get(word[1:]), b + 1
        for name in known or ():
            e = b + len(name)
            if self.text.startswith(name, b) and not self.text[e : e + 1].isalnum():
                return None if name.isupper() and self._is_heading(b, e) else (b, e)
        return None

    def is_part(self, b: int, e: int) -> bool:
        """Whether a name belongs to a longer one: *Air France*, *New Mexico*, *Iran-Contra*, *America First*."""
        before = _NAME_BEFORE.search(self.text, max(0, b - BESIDE), b)
        return bool(_NAME_BEHIND.match(self.text, e)) or (before is not None and not self._is_opening(before))

    def _is_opening(self, match: re.Match[str]) -> bool:
        """Whether a capitalised word is no name's: a common word, or one that opens a sentence and elsewhere is small."""
        word = match["word"].replace("’", "'").replace("İ", "i").lower()
        if _OPENING.fullmatch(word):
            return True
        b = match.start("word")
        opens = _OPENS.search(self.text, max(0, b - BESIDE), b)
        return opens is not None and word in self._lower and not _NAMING.fullmatch(word)

    def _is_heading(self, b: int, e: int) -> bool:
        """Whether a line is written in capitals, so that they say nothing of a word (*US* / *us*)."""
        first, last = max(0, b - LINE_BESIDE), e + LINE_BESIDE
        begin = self.text.rfind("\n", first, b) + 1 or first
        end = self.text.find("\n", e, last)
        return self.text[begin : last if end < 0 else end].isupper()
