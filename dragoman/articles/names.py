"""Whether a short text looks like the name of a person or of an outlet: shapes and the lists of outlets.toml, no gazetteer."""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.articles.lines import main_script
from dragoman.resources import read_toml

MOST_WORDS = 6
PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "abu",
        "van",
        "von",
        "der",
        "den",
        "de",
        "la",
        "le",
        "du",
        "di",
        "da",
        "dos",
        "del",
        "and",
        "und",
        "et",
        "y",
        "ve",
        "of",
        "the",
        "e",
        "i",
        "ter",
        "zu",
        "s",
    ]
)
_DOMAIN = re.compile(r"(?:www\.)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,12})", re.IGNORECASE)
_PAIR = re.compile(r"\s+[–—|-]\s+|,\s*(?=[«“\"])")
_NAME = re.compile(r"[^\d?!:;…|/\\<>@#%&*=+\[\]{}()؟؛]+")


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = read_toml(__package__, "outlets.toml")
    return frozenset(data["agencies"]), frozenset(data["names"]), frozenset(data["words"])


def plain(name: str) -> str:
    """A name without case and quotes."""
    return " ".join(re.sub(r"[\"“”«»]", "", name).casefold().split()).strip(" .,")


def is_agency(name: str) -> bool:
    """Whether ``name`` is a news or picture agency."""
    return plain(name) in _lists()[0]


def is_known_outlet(name: str) -> bool:
    """Whether ``name`` is in the lists of outlets or agencies, as a whole."""
    return plain(name) in _lists()[0] | _lists()[1]


def is_outlet(name: str) -> bool:
    """Whether ``name`` is that of an outlet rather than of a person."""
    agencies, names, words = _lists()
    known = plain(name)
    if known in agencies or known in names or known.removeprefix("the ") in names or _DOMAIN.fullmatch(known):
        return True
    parts = known.split()
    if not parts or len(parts) > MOST_WORDS:
        return False
    joined = (
        len(parts) == 1 and re.search(r"[a-z][A-Z]", name) is not None and not re.match(r"(?:Mc|Mac|Di|De|La|Le|O)[A-Z]", name)
    )
    return joined or parts[-1] in words or parts[0] in words


def is_name(text: str) -> bool:
    """Whether a text has the shape of a person's or an outlet's name: few words, capitals where the script has them."""
    text = text.strip(" ,،.\u200e\u200f")
    if not 2 <= len(text) <= 60 or not _NAME.fullmatch(text):
        return False
    words = re.split(r"[\s\u00a0,،]+", text)
    if not words or len(words) > MOST_WORDS:
        return False
    if main_script(text) in ("arabic", "hebrew"):
        return 2 <= len(words) <= 4
    if re.search(r"\w{3,}\.", text):
        return False
    strong = [w for w in words if w.casefold().strip("'’.") not in PARTICLES]
    return bool(strong) and all(w[:1].isupper() or re.match(r"(?:al|el|ad|as|d|l|o)[-'’]\w", w) for w in strong)


def is_person(text: str) -> bool:
    """Whether a line by itself looks like a person's name: at least two words, and no outlet's."""
    return is_name(text) and len(text.split()) >= 2 and not is_outlet(text)


def person_and_outlet(text: str) -> tuple[str, str] | None:
    """(author, outlet) of a line such as `Some Name – Some Paper` or `Some Name, «Paper»`; None if it is not of that form."""
    parts = _PAIR.split(text, maxsplit=1)
    if len(parts) != 2 or not (is_person(parts[0]) and main_script(parts[0]) == main_script(parts[1])):
        return None
    author, outlet = tidy(parts[0]), tidy(parts[1])
    telling = parts[1].strip()[:1] in '«“"' or _short(text)
    return (author, outlet) if is_outlet(outlet) or (is_name(outlet) and telling) else None


def _short(text: str) -> bool:
    """Whether a line is short enough to be a name and a name: a headline in two parts is longer."""
    return len(text) <= 40 and main_script(text) in ("arabic", "hebrew")


def tidy(name: str) -> str:
    """A name as it is kept: spaces and quotes trimmed, capitals lowered where the whole name is in capitals."""
    name = " ".join(name.split()).strip(' ,،;:|-–—"“”«»\u200e\u200f')
    name = name.rstrip(".") if not re.search(r"\b\w\.$", name) else name
    letters = [c for c in name if c.isalpha()]
    if letters and all(c.isupper() for c in letters) and " " in name:
        return " ".join(_lower(word) for word in name.split())
    return name


def _lower(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if len(m[0]) == 1 else m[0].capitalize(), word)


def domain_of(url: str) -> str | None:
    """The site that a URL names, without www and language: example.org of http://en.example.org/x; None if it names none."""
    from urllib.parse import urlsplit  # loaded at first use: importing the package stays quick

    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    if not host or not _DOMAIN.fullmatch(host):
        return None
    parts = host.split(".")
    while len(parts) > 2 and (parts[0] in ("www", "m", "amp") or len(parts[0]) == 2):
        parts.pop(0)
    return ".".join(parts)
