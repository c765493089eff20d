"""Times: what a text says of when, as intervals of days, seen from the article's date.

The patterns and words are of seven languages; of others only dates in numbers are known.
"""

from dragoman.coding.times.finding import Time, find_times

__all__ = ["Time", "find_times"]
