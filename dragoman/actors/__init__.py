"""Actors: spans of an article become states, persons, groups and organisations with stable ids and codes, and places."""

from dragoman.actors.capitals import with_capital
from dragoman.actors.gazetteer import Entry, Gazetteer, Office
from dragoman.actors.places import Place, Places
from dragoman.actors.plain_states import plain_states, with_plain_states
from dragoman.actors.resolver import Resolved, Resolver

__all__ = [
    "Entry",
    "Gazetteer",
    "Office",
    "Place",
    "Places",
    "Resolved",
    "Resolver",
    "plain_states",
    "with_capital",
    "with_plain_states",
]
