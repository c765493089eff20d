"""Coding: an article and its reading become claims. Rules here judge the words that the reader found."""

from dragoman.coding.claims import Account, account_for, code_claims

__all__ = ["Account", "account_for", "code_claims"]
