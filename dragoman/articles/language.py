"""The language of a text: the script first, then py3langid; None where neither is sure."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

from dragoman.articles.lines import SCRIPTS, main_script

ENOUGH_LETTERS = 20
"""Fewer letters than this say nothing but their script."""
SAMPLE = 2_000
"""Characters that are looked at: more adds nothing but time."""
SURE = 0.6
"""Least probability of a language that is believed; short texts need SURE_WHEN_SHORT."""
SURE_WHEN_SHORT = 0.8
SHORT = 60

OF_SCRIPT = {
    "hebrew": frozenset(("he",)),
    "arabic": frozenset(("ar", "fa", "ur", "ps", "ku", "ug")),
    "cyrillic": frozenset(("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn")),
}
"""Languages that a script allows; py3langid at times calls a short text by one that is never written so."""
ONLY_OF_SCRIPT = frozenset(code for codes in OF_SCRIPT.values() for code in codes) - {"sr", "ku"}


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    # heavy: loaded at first use
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast("_Identifier", LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language in which most of ``text`` is written, None if unsure."""
    sample = text[:SAMPLE]
    letters = sum(c.isalpha() for c in sample)
    script = main_script(sample)
    if script == "hebrew" and letters >= 3:
        return "he"
    if letters < ENOUGH_LETTERS or script is None:
        return None
    allowed = OF_SCRIPT.get(script)
    ranked = [
        (code, p)
        for code, p in _identifier().rank(sample)
        if (code in allowed if allowed else not (script in SCRIPTS.values() and code in ONLY_OF_SCRIPT))
    ]
    total = sum(p for _, p in ranked)
    if not ranked or total <= 0:
        return None
    code, p = max(ranked, key=lambda r: r[1])
    return str(code) if p / total >= (SURE if letters >= SHORT else SURE_WHEN_SHORT) else None
