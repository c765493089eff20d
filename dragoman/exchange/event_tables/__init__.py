"""Event tables of others (POLECAT, ICEWS, GDELT 1.0 and 2.0) and signed edge lists, a row at a time, none lost in silence.

for found in read_events(["20191024143000.export.CSV.zip"]):
    found is a TableEvent, in one vocabulary whatever the table, or a Rejected row with its line and reason
"""

from dragoman.exchange.event_tables.codes import Codes
from dragoman.exchange.event_tables.columns import LEVELS, EventColumns, Level, read_columns
from dragoman.exchange.event_tables.edges import ListedTie, is_edge_list, read_edges
from dragoman.exchange.event_tables.reading import FORMATS, Format, read_events
from dragoman.exchange.event_tables.records import Rejected, TableEvent

__all__ = [
    "FORMATS",
    "LEVELS",
    "Codes",
    "EventColumns",
    "Format",
    "Level",
    "ListedTie",
    "Rejected",
    "TableEvent",
    "is_edge_list",
    "read_columns",
    "read_edges",
    "read_events",
]
