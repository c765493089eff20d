"""The API keeps to its description: requests drawn from it, good and bad, by schemathesis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from explorer_builders import served

schemathesis = pytest.importorskip("schemathesis", reason="needs schemathesis")
hypothesis = pytest.importorskip("hypothesis", reason="needs hypothesis")

from dragoman.explorer.api import description, endpoints  # noqa: E402


@pytest.fixture(scope="module")
def address(honest_ledger: Path) -> Iterator[str]:
    with served(honest_ledger) as address:
        yield address


SCHEMA = schemathesis.openapi.from_dict(description())
SETTINGS = hypothesis.settings(
    max_examples=8, deadline=None, suppress_health_check=list(hypothesis.HealthCheck), derandomize=True
)


def test_every_endpoint_is_described() -> None:
    assert set(description()["paths"]) == {endpoint.operation.path for endpoint in endpoints()}


@pytest.mark.filterwarnings("ignore")
@SCHEMA.parametrize()
@SETTINGS
def test_answers_are_as_described(case: object, address: str) -> None:
    case.call_and_validate(base_url=address)  # type: ignore[attr-defined]
