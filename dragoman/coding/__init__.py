"""Coding: an article and its reading become claims, events and relations. Rules here judge the words that the reader found."""

from dragoman.coding.article import code_article
from dragoman.coding.claims import Account, account_for, code_claims
from dragoman.coding.completion import complete
from dragoman.coding.events import code_events
from dragoman.coding.relations import code_relations
from dragoman.coding.times import Time, find_times

__all__ = [
    "Account",
    "Time",
    "account_for",
    "code_article",
    "code_claims",
    "code_events",
    "code_relations",
    "complete",
    "find_times",
]
