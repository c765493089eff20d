"""What acts weigh: by kind, status, certainty and corroboration, from a file that users may replace in part."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.errors import InputError
from dragoman.resources import read_toml
from dragoman.types import CERTAINTIES, STATUSES, Record


class Corroboration(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An incident of n independent origins counts ``1 + doubling * log2(n)`` times, up to ``most``."""

    doubling: float
    most: float

    def of(self, origins: NDArray[np.int64]) -> NDArray[np.float64]:
        """The factor of each number of origins; none known counts as one."""
        return np.minimum(1.0 + self.doubling * np.log2(np.maximum(origins, 1)), self.most)


class Weights(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weights by kind of act (-10 to 10), and the shares that count by status, certainty and corroboration."""

    kinds: dict[str, float]
    statuses: dict[str, float]
    certainties: dict[str, float]
    corroboration: Corroboration

    @classmethod
    def shipped(cls) -> Self:
        """The weights that come with the package."""
        return msgspec.convert(read_toml(__package__, "data/weights.toml"), cls)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The shipped weights with what the TOML file ``path`` says instead or beside. Raises InputError."""
        try:
            given = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InputError(f"{path}: expected a TOML file of weights, found: {error}") from error
        tables = msgspec.to_builtins(cls.shipped())
        for name, values in given.items():
            if name not in tables or not isinstance(values, dict):
                raise InputError(f"{path}: expected the tables {', '.join(tables)}, found {name!r}")
            tables[name] |= values
        try:
            weights = msgspec.convert(tables, cls)
        except msgspec.ValidationError as error:
            raise InputError(f"{path}: {error}") from error
        weights.check(str(path))
        return weights

    def check(self, where: str) -> None:
        """Raise InputError, naming ``where``, for a share without meaning: an unknown status, one outside 0 to 1."""
        for table, shares, known in (
            ("statuses", self.statuses, STATUSES),
            ("certainties", self.certainties, CERTAINTIES),
        ):
            for name, share in shares.items():
                if name not in known:
                    raise InputError(f"{where}: expected in {table} one of {', '.join(known)}, found {name!r}")
                if not 0.0 <= share <= 1.0:
                    raise InputError(f"{where}: expected in {table} shares from 0 to 1, found {name} = {share}")
        for kind, weight in self.kinds.items():
            if not -10.0 <= weight <= 10.0:
                raise InputError(f"{where}: expected weights from -10 to 10, found {kind} = {weight}")
        if self.corroboration.doubling < 0.0 or self.corroboration.most < 1.0:
            raise InputError(f"{where}: expected doubling of 0 or more and most of 1 or more, found {self.corroboration}")
