"""The data files that come with the package: word lists, codes, weights. They lie in the room that uses them."""

from __future__ import annotations

from typing import IO, Any


def open_bytes(package: str, path: str) -> IO[bytes]:
    """A data file to be read as bytes, for the caller to close; ``path`` starts at the folder of ``package``."""
    from importlib.resources import files  # at first use: importing the package stays quick

    return files(package).joinpath(path).open("rb")


def read_text(package: str, path: str) -> str:
    """The text (UTF-8) of a data file."""
    with open_bytes(package, path) as file:
        return file.read().decode("utf-8")


def read_rows(package: str, path: str) -> list[dict[str, str]]:
    """The rows of a CSV data file by column."""
    import csv  # at first use, as above

    return list(csv.DictReader(read_text(package, path).splitlines()))


def read_toml(package: str, path: str) -> dict[str, Any]:
    """The tables of a TOML data file, read anew at each call: who needs them often keeps what is made of them."""
    import tomllib  # at first use, as above

    return tomllib.loads(read_text(package, path))
