"""Sources: paths, folders, patterns, tables and standard input become pages. Knows nothing of what a page means."""

from dragoman.sources.reading import read_pages

__all__ = ["read_pages"]
