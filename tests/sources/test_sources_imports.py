"""Starting up must be quick: what is slow to import is imported when it is needed."""

from __future__ import annotations

import subprocess
import sys


def test_nothing_slow_is_imported_with_the_package() -> None:
    code = "import sys, dragoman.sources, dragoman.ledger; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"ftfy", "charset_normalizer", "pyarrow", "numpy"} & set(loaded)
