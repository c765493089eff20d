"""The data files of this room."""

from __future__ import annotations

from typing import Any


def load(name: str) -> dict[str, Any]:
    """The TOML file ``name`` beside this module."""
    import tomllib  # both are loaded at first use: importing the package stays quick
    from importlib.resources import files

    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
