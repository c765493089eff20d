"""Events to Parquet and CSV and back, into columns, and what was rejected beside them."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import DragomanError, TableError, UsageError
from dragoman.exchange.bulk import Imported, write_events
from dragoman.exchange.event_tables import LEVELS, EventColumns, Level, Rejected, TableEvent, read_columns, read_events
from dragoman.exchange.tables import safe
from tests.exchange.table_builders import gdelt_row, icews_row, table

ENDINGS = ("parquet", "csv")
PAYLOADS = (
    "=10+20+cmd|' /C calc'!A0", "@SUM(1+9)", "+1", "-1", "\u00a0=1+1", "＝1+1", "'=1+1", "'Ndrangheta", "|x", "%0", '"=1"',
)  # fmt: skip


def events(**changes: str) -> list[TableEvent]:
    base: dict[str, object] = {
        "table": "a.tsv", "line": 3, "id": "7", "date": "2015-02-17", "type": "ACCUSE", "cameo": "112", "intensity": -2.0,
        "actor": "Ankara", "actor_code": "TUR GOV", "actor_country": "TUR", "recipient": "Damascus", "recipient_code": "SYR",
        "recipient_country": "SYR", "lat": 33.5, "lon": -0.25, "told": "2015-02-18", "reports": 6,
    }  # fmt: skip
    whole = TableEvent(**{**base, **changes})  # type: ignore[arg-type]
    return [whole, TableEvent(table="b.tsv", line=1, id="8", date="1979-01-01")]


def write(found: list[TableEvent | Rejected], path: Path, *, raw: bool = False) -> Imported:
    pytest.importorskip("pyarrow")
    return write_events(found, path, raw=raw)


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_written_comes_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"events.{ending}"
    assert write([*events()], path) == Imported(
        rows=2, events=2, rejected=0, flawed=0, untyped=1, reasons={}, rejects=None
    )  # fmt: skip
    assert list(read_events([path])) == events()


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_event_at_all_is_a_table_still(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"events.{ending}"
    assert write([], path).rows == 0
    assert list(read_events([path])) == []


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("ending", ENDINGS)
def test_formulas_are_kept_and_do_not_run(tmp_path: Path, ending: str, payload: str) -> None:
    path = tmp_path / f"events.{ending}"
    hostile = events(actor=payload)
    write([*hostile], path)
    assert list(read_events([path])) == hostile
    if ending == "csv":
        cell = cells(path)[0]["actor"]
        assert cell in (payload, "'" + payload)
        assert safe(cell) == cell or cell.startswith("'"), "a spreadsheet takes no cell for a formula"
        write([*hostile], path, raw=True)
        assert cells(path)[0]["actor"] == payload


def test_rejected_rows_stand_beside_with_line_and_reason(tmp_path: Path) -> None:
    bad = [Rejected(table="a.tsv", line=n, reason=f"expected 61 cells, found {n}", text="=1+1") for n in (4, 9)]
    path = tmp_path / "events.csv"
    done = write([*events(), *bad], path)
    assert (done.rows, done.events, done.rejected) == (4, 2, 2)
    assert done.reasons == {"expected 61 cells": 2}
    beside = tmp_path / "events.csv.rejected.csv"
    assert done.rejects == str(beside)
    rows = cells(beside)
    assert [(row["line"], row["reason"], row["text"]) for row in rows] == [
        ("4", "expected 61 cells, found 4", "'=1+1"),
        ("9", "expected 61 cells, found 9", "'=1+1"),
    ]
    write([*events()], path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["events.csv"], "the older list of rejections goes"


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_error_on_the_way_leaves_the_folder_as_it_was(tmp_path: Path, ending: str) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / f"events.{ending}"
    path.write_text("before")

    def broken() -> object:
        yield events()[0]
        yield Rejected(table="a", line=1, reason="r", text="t")
        raise TableError("cut off")

    with pytest.raises(TableError, match="cut off"):
        write_events(broken(), path)  # type: ignore[arg-type]
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "before"


def test_another_ending_or_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ends in \.parquet or \.csv"):
        write_events([], tmp_path / "events.xlsx")
    with pytest.raises(DragomanError, match="cannot be written"):
        write_events([], tmp_path / "gone" / "events.csv")


def test_parquet_of_others_is_refused(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pa.table({"date": [1]}), tmp_path / "other.parquet")
    with pytest.raises(TableError, match="expected Parquet of dragoman, found no columns table"):
        list(read_events([tmp_path / "other.parquet"]))
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(TableError, match="cannot be read as Parquet"):
        list(read_events([tmp_path / "cut.parquet"]))


def pairs(read: EventColumns) -> list[tuple[str, str, str, int, str]]:
    columns = (read.source, read.target, read.type, read.day)
    return [
        (read.names[s], read.names[t], read.types[k], int(day), read.evidence[n])
        for n, (s, t, k, day) in enumerate(zip(*columns, strict=True))
    ]


MIXED = [
    gdelt_row(),
    gdelt_row(id="2", code="010"),
    gdelt_row(id="3", recipient=""),
    gdelt_row(id="4", recipient="TUR"),
    gdelt_row(id="5", day="20160101", actor_type="", actor_name="TURKEY"),
    gdelt_row(id="x"),
]


@pytest.mark.parametrize(
    ("by", "source", "target"),
    [("country", "TUR", "SYR"), ("code", "TUR GOV", "SYR MIL"), ("actor", "ANKARA (TUR GOV)", "DAMASCUS (SYR MIL)")],
)
def test_columns_name_who_did_what_to_whom(tmp_path: Path, by: Level, source: str, target: str) -> None:
    path = tmp_path / "e.tsv"
    path.write_text(gdelt_row(), encoding="utf-8")
    day = int(np.datetime64("2015-02-17").astype(int))
    assert pairs(read_columns([path], by=by)) == [(source, target, "ACCUSE", day, f"{path}#1")]


@pytest.mark.parametrize("by", LEVELS)
@pytest.mark.parametrize("since", [None, "2015", "2016", "2015-02-18"])
def test_columns_are_the_same_from_parquet_as_from_the_table(tmp_path: Path, by: Level, since: str | None) -> None:
    table_ = tmp_path / "e.tsv"
    table_.write_text("".join(MIXED), encoding="utf-8")
    path = tmp_path / "e.parquet"
    write(list(read_events([table_])), path)
    direct, packed = read_columns([table_], by=by, since=since), read_columns([path], by=by, since=since)
    assert pairs(direct) == pairs(packed)
    for name in ("outside", "untyped", "unpaired"):
        assert getattr(direct, name) == getattr(packed, name)
    assert (direct.rows, direct.rejected, packed.rows) == (6, 1, 5)


def test_rows_that_say_nothing_of_a_tie_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "e.tsv"
    path.write_text("".join(MIXED), encoding="utf-8")
    read = read_columns([path], until="2015")
    assert (read.rows, read.rejected, read.outside, read.untyped, read.unpaired) == (6, 1, 1, 1, 2)
    assert len(read.day) == 1
    assert [(row.line, row.reason[:14]) for row in read.reasons] == [(6, "GLOBALEVENTID:")]


def test_a_state_by_any_name_is_one_actor(tmp_path: Path) -> None:
    path = tmp_path / "e.tsv"
    rows = [icews_row(**{"Source Name": name, "Source Sectors": "NA"}) for name in ("Russia", "Russian Federation", "Moscow")]
    path.write_text(table(*rows), encoding="utf-8")
    assert set(read_columns([path], by="actor").names) == {"RUS", "Military (Ruritania) (MDA MIL)"}


@pytest.mark.parametrize("date", ["2015-13", "15", "2015-02-30", "soon", "201"])
def test_dates_that_are_none_are_refused(tmp_path: Path, date: str) -> None:
    for bound in ({"since": date}, {"until": date}):
        with pytest.raises(UsageError, match="expected a date as YYYY, YYYY-MM or YYYY-MM-DD"):
            read_columns([], **bound)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("until", "count"), [("2015-02", 1), ("2015-02-17", 1), ("2015-02-16", 0), ("2015-12", 1), ("2014", 0)]
)
def test_the_last_day_counts(tmp_path: Path, until: str, count: int) -> None:
    path = tmp_path / "e.tsv"
    path.write_text(gdelt_row(), encoding="utf-8")
    assert len(read_columns([path], until=until).day) == count
