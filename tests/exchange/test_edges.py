"""Plain signed edge lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import TableError
from dragoman.exchange.event_tables import ListedTie, Rejected, is_edge_list, read_edges


def write(folder: Path, text: str) -> Path:
    path = folder / "edges.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_ties_with_and_without_what_may_be_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, "window\ta\tb\tsign\tweight\tnote\n46-49\tIRN\tAFG\t1\t2.5\tx\n\tPAK\tAFG\t-1\t\t\n")
    assert list(read_edges(path)) == [
        ListedTie(table=str(path), line=2, a="IRN", b="AFG", sign=1, weight=2.5, window="46-49"),
        ListedTie(table=str(path), line=3, a="PAK", b="AFG", sign=-1, weight=1.0, window=None),
    ]


@pytest.mark.parametrize(("sign", "value"), [("1", 1), ("+1", 1), ("-1", -1), ("−1", -1), ("+", 1), ("-", -1), ("1.0", 1)])
def test_signs_as_people_write_them(tmp_path: Path, sign: str, value: int) -> None:
    (tie,) = read_edges(write(tmp_path, f"a,b,sign\nx,y,{sign}\n"))
    assert isinstance(tie, ListedTie)
    assert tie.sign == value


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x\ty\t0\t1", "sign: expected 1 or -1, found '0'"),
        ("x\ty\t2\t1", "sign: expected 1 or -1, found '2'"),
        ("x\t\t1\t1", "expected two names, found an empty one"),
        ("x\tx\t1\t1", "expected two different names, found 'x' twice"),
        ("x\ty\t1\t0", "weight: expected a number above 0, found '0'"),
        ("x\ty\t1\t-2", "weight: expected a number above 0, found '-2'"),
        ("x\ty\t1\tinf", "weight: expected a number above 0, found 'inf'"),
        ("x\ty\t1", "expected 4 cells, found 3"),
    ],
)
def test_a_row_that_is_no_tie_is_rejected_with_its_line(tmp_path: Path, row: str, reason: str) -> None:
    path = write(tmp_path, f"a\tb\tsign\tweight\nu\tv\t1\t1\n{row}\n")
    _, bad = read_edges(path)
    assert bad == Rejected(table=str(path), line=3, reason=reason, text=row)


def test_columns_that_are_missing_are_named(tmp_path: Path) -> None:
    path = write(tmp_path, "from\tto\tsign\nx\ty\t1\n")
    assert not is_edge_list(path)
    with pytest.raises(TableError, match="expected the columns a, b and sign, found from, to, sign"):
        list(read_edges(path))
