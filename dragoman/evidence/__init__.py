"""Evidence: many articles -> what is copied, translated, told by several, denied or foretold; the stage reads no pages.

Each function takes one article and a shelf: what the ledger can look up about those before it.
"""

from dragoman.evidence.disputes import find_disputes, keys_of
from dragoman.evidence.incidents import find_incidents, keys_of_trace, traces_of
from dragoman.evidence.origins import count_known, origins_of
from dragoman.evidence.predictions import find_predictions
from dragoman.evidence.reuse import find_reuse
from dragoman.evidence.statements import statements_of
from dragoman.evidence.translations import find_translations
from dragoman.evidence.verdicts import is_negated, weigh

__all__ = [
    "count_known",
    "find_disputes",
    "find_incidents",
    "find_predictions",
    "find_reuse",
    "find_translations",
    "is_negated",
    "keys_of",
    "keys_of_trace",
    "origins_of",
    "statements_of",
    "traces_of",
    "weigh",
]
