"""The ledger: the one database file that holds what was read. The only home of SQL."""

from dragoman.ledger.filters import Filters
from dragoman.ledger.ledger import Ledger

__all__ = ["Filters", "Ledger"]
