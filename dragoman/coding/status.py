"""Whether something happened, where the words say so plainly: they overrule the reader's guess.

Each rule looks at what stands before the trigger in its clause (*did not sign*, *may sign*, *if they sign*), at the cue that
denies what it stands in, and at the time that is named. Where no rule speaks the reader's status stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from dragoman.coding.lexicon import WORD, Lexicon, language_of, load
from dragoman.types import Span, Status

FACTS = frozenset({"happened", "ongoing"})
NEGATIVE = frozenset({"REJECT"})
"""Types of which a negation is the way to tell them (*will not receive him*)."""
REACH = 5
"""Words before a trigger among which a negation or a modal may stand."""
PAST_REACH = 6
"""Words around a trigger in which it is said that it is long past."""
LABELS = ("negation", "modal", "future", "conditional", "if", "deny", "anniversary", "ago", "between")
_CLAUSE = frozenset(",;:()—–")


@lru_cache(maxsize=8)
def _lexicon(language: str) -> Lexicon:
    lists = load("status.toml")[language]
    return Lexicon({label: lists[label] for label in LABELS if lists.get(label)}, language)


class Words:
    """The words of one sentence with the lists that they are in."""

    def __init__(self, text: str, sentence: Span, language: str | None) -> None:
        self.text = text
        self.sentence = sentence
        self.language = language_of(language)
        found = list(WORD.finditer(text, *sentence))
        self.begins = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.labels: list[set[str]] = [set() for _ in found]
        for item in _lexicon(self.language).find(text, sentence):
            first, last = bisect_left(self.begins, item.b), bisect_left(self.ends, item.e)
            for n in range(first, last + 1):
                self.labels[n].update(item.labels)

    def before(self, trigger: Span) -> set[str]:
        """The lists of the words before the trigger, as far as nothing else stands between them and it."""
        found: set[str] = set()
        n = bisect_left(self.begins, trigger[0])
        inside = range(n, bisect_left(self.begins, trigger[1]) - 1)
        for k in inside:  # a trigger that holds its auxiliaries: *did not sign*
            found |= self.labels[k] & {"negation", "modal"}
        last = trigger[0]
        for k in range(n - 1, max(-1, n - 1 - REACH), -1):
            if not self.labels[k] or not _CLAUSE.isdisjoint(self.text[self.ends[k] : last]):
                break
            found |= self.labels[k]
            last = self.begins[k]
        return found

    def in_condition(self, trigger: Span) -> bool:
        """Whether the trigger stands in the clause that an *if* opens."""
        n = bisect_left(self.begins, trigger[0])
        for k in range(n - 1, -1, -1):
            if not {",", ";"}.isdisjoint(
                self.text[self.ends[k] : self.begins[k + 1] if k + 1 < len(self.begins) else trigger[0]]
            ):
                return False
            if "if" in self.labels[k] and (k == 0 or "conditional" not in self.labels[k]) and not self._is_plain_verb(k):
                return True
        return False

    def has_condition(self) -> bool:
        """Whether an *if* stands anywhere in the sentence."""
        return any("if" in labels and not self._is_plain_verb(k) for k, labels in enumerate(self.labels))

    def _is_plain_verb(self, k: int) -> bool:
        """*were*, *had*, *should* open a condition only where a sentence or clause begins with them."""
        word = self.text[self.begins[k] : self.ends[k]].casefold()
        return word in ("were", "had", "should", "whether") and (k > 0 or word == "whether")

    def has(self, label: str) -> bool:
        """Whether any word of the sentence is in a list."""
        return any(label in labels for labels in self.labels)

    def asks(self) -> bool:
        """Whether the sentence is a question."""
        return self.text[slice(*self.sentence)].rstrip(" \n\t”\"»’'").endswith(("?", "؟"))

    def is_past(self, trigger: Span) -> bool:
        """Whether words say that it is years ago: an anniversary of it, *ten years ago* near it."""
        n = bisect_left(self.begins, trigger[0])
        low, high = max(0, n - PAST_REACH), n + PAST_REACH + 1
        return any("anniversary" in labels for labels in self.labels[low:n]) or any(
            "ago" in labels for labels in self.labels[low:high]
        )


def denies(cue: str, language: str | None) -> bool:
    """Whether a cue says that what follows did not happen (*denied*, not *rejected*)."""
    lexicon = _lexicon(language_of(language))
    return any("deny" in found.labels for found in lexicon.find(cue, (0, len(cue))))


def status_of(
    words: Words,
    trigger: Span,
    kind: str,
    status: Status,
    *,
    denied: bool = False,
    year: int | None = None,
    years: Sequence[int] = (),
) -> Status:
    """The status of an event of type ``kind``, given the reader's.

    ``denied``: it is told in what somebody denies. ``year`` is the article's; ``years`` the last years of the times that are
    said of the event.
    """
    before = words.before(trigger)
    if status in (*FACTS, "planned", "possible") and words.in_condition(trigger):
        return "hypothetical"
    if "negation" in before and status in FACTS and kind not in NEGATIVE:
        return "denied"
    if denied and status in (*FACTS, "possible", "historical"):
        return "denied"
    if status == "denied" and words.language == "en" and not denied and not words.has("negation") and not words.has("deny"):
        status = "happened"  # without a word that denies, nothing is denied
    if status not in (*FACTS, "historical"):
        return status
    if "conditional" in before:
        return "hypothetical" if words.has_condition() or words.language != "en" else "planned"
    if "modal" in before:
        return "possible"
    if "future" in before:
        return "planned"
    if status in FACTS and words.asks():
        return "hypothetical"
    return "historical" if words.is_past(trigger) or (year and years and max(years) < year - 1) else status
