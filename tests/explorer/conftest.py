"""One honest and one hostile ledger for all tests of the explorer: they only read."""

from __future__ import annotations

from pathlib import Path

import pytest
from explorer_builders import honest, hostile


@pytest.fixture(scope="session")
def honest_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return honest(tmp_path_factory.mktemp("honest") / "honest.db")


@pytest.fixture(scope="session")
def hostile_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile(tmp_path_factory.mktemp("hostile") / "hostile.db")
