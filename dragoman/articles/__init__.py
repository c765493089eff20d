"""Page -> articles: dumps and archive pages are split, credits read, captions and links set apart as zones.

No network and no model; HTML is read in a child process under limits of time and memory.
"""

from __future__ import annotations

from dragoman.articles.split import Split, split

__all__ = ["Split", "split"]
