"""The bench of the network: its measure, and that it says what is not there."""

from __future__ import annotations

import pytest

from bench import network


def test_auc_is_the_chance_to_be_greater() -> None:
    assert network.auc([2.0, 3.0], [1.0]) == 1.0
    assert network.auc([1.0], [1.0]) == 0.5
    assert network.auc([0.0, 2.0], [1.0, 2.0]) == (0 + 1 + 0.5) / 4


def test_without_the_data_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path) -> None:
    monkeypatch.setattr(network, "SIGNED", tmp_path / "none")
    assert network.main([]) == 0
    assert "skipped" in capsys.readouterr().err
