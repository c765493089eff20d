"""The promises about the file: damage is reported, a full disk keeps what was stored, readers go on, versions are told."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_builders import a_coded, a_page, numbered

from dragoman.errors import (
    DragomanError,
    LedgerDamagedError,
    LedgerError,
    LedgerFullError,
    LedgerVersionError,
)
from dragoman.ledger import Ledger
from dragoman.ledger.schema import VERSION

SPAWN = multiprocessing.get_context("spawn")


def fill(path: Path, begin: int, end: int) -> None:
    with Ledger.open(path) as ledger:
        for number in range(begin, end):
            coded, page, outcome = numbered(number)
            ledger.add_article(coded, page=page)
            ledger.record_outcome(outcome)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A ledger of twelve articles and its digest; not to be changed."""
    path = tmp_path_factory.mktemp("sound") / "a.db"
    fill(path, 0, 12)
    with Ledger.open(path, read_only=True) as ledger:
        return path, ledger.digest()


def is_reported_or_whole(path: Path, digest: str) -> bool:
    """Open, check and read the ledger: True if damage was reported, False if nothing is lost; anything else fails."""
    try:
        with Ledger.open(path) as ledger:
            ledger.check()
            assert ledger.digest() == digest
            assert all(ledger.has_article(numbered(number)[0].article.id) for number in range(12))
            assert len(list(ledger.claims())) == 12
    except LedgerError:
        return True
    return False


def test_bit_flips_are_reported(sound: tuple[Path, str], tmp_path: Path) -> None:
    source, digest = sound
    data = source.read_bytes()
    chance = random.Random(7)
    reported = 0
    for number in range(60):
        damaged = bytearray(data)
        place = chance.randrange(len(data)) if number > 10 else chance.randrange(100)
        damaged[place] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.db"
        path.write_bytes(damaged)
        reported += is_reported_or_whole(path, digest)
    assert reported > 10  # most other bits are free space


def test_a_changed_letter_is_reported(sound: tuple[Path, str], tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(sound[0].read_bytes().replace(b"5: The ministry", b"5: The monastry", 1))
    with Ledger.open(path) as ledger, pytest.raises(LedgerDamagedError, match="not as it was stored"):
        ledger.check()


def test_a_row_taken_out_is_reported(sound: tuple[Path, str], tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    shutil.copy(sound[0], path)
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM outcomes WHERE seq = 3")
    db.close()
    with Ledger.open(path) as ledger, pytest.raises(LedgerDamagedError, match="expected 12 outcomes, found 11"):
        ledger.check()


def test_cuts_of_the_file_are_reported_at_once(sound: tuple[Path, str], tmp_path: Path) -> None:
    source, _ = sound
    data = source.read_bytes()
    for size in (0, 50, 100, 4096, 8192, len(data) // 2, len(data) // 4096 * 4096 - 4096, len(data) - 1):
        path = tmp_path / f"{size}.db"
        path.write_bytes(data[:size])
        with pytest.raises(LedgerDamagedError):
            Ledger.open(path)
        assert path.stat().st_size == size  # nothing was patched over the damage


def _write_and_die(path: Path, reader: bool) -> None:
    with Ledger.open(path) as ledger:
        db = sqlite3.connect(path, isolation_level=None)
        for number in range(12):
            coded, page, outcome = numbered(number)
            ledger.add_article(coded, page=page)
            ledger.record_outcome(outcome)
            if reader and number == 8:  # from here on, the log cannot start anew
                db.execute("BEGIN")
                db.execute("SELECT * FROM totals").fetchall()
                db.execute("SELECT count(*) FROM articles").fetchall()
        os.kill(os.getpid(), signal.SIGKILL)


def killed(path: Path, *, reader: bool) -> Path:
    """A ledger whose writer was killed behind the twelfth article; its log is still there."""
    process = SPAWN.Process(target=_write_and_die, args=(path, reader))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    return path.with_name(path.name + "-wal")


def test_a_kill_loses_nothing(sound: tuple[Path, str], tmp_path: Path) -> None:
    killed(tmp_path / "a.db", reader=False)
    assert not is_reported_or_whole(tmp_path / "a.db", sound[1])


def test_cuts_and_flips_of_the_log_lose_nothing(sound: tuple[Path, str], tmp_path: Path) -> None:
    wal = killed(tmp_path / "a.db", reader=False)
    data = wal.read_bytes()
    assert len(data) > 4096
    chance = random.Random(3)
    for number in range(25):
        path = tmp_path / f"{number}.db"
        shutil.copy(tmp_path / "a.db", path)
        damaged = bytearray(data)
        if number % 2:
            del damaged[chance.randrange(len(data)) :]
        else:
            damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.with_name(path.name + "-wal").write_bytes(damaged)
        assert not is_reported_or_whole(path, sound[1])


def test_a_log_that_hides_writes_is_reported(sound: tuple[Path, str], tmp_path: Path) -> None:
    """A reader kept the log from starting anew, so that a cut one would lay an older state over the file."""
    with Ledger.open(tmp_path / "a.db") as ledger:
        for number in range(10):
            coded, page, _ = numbered(number)
            if number == 5:
                reader = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM articles").fetchall()
            ledger.add_article(coded, page=page)
        reader.close()
        ledger.record_outcome(numbered(0)[2])  # now all of the log goes into the file
        data = (tmp_path / "a.db-wal").read_bytes()
        file = (tmp_path / "a.db").read_bytes()
    reported = 0
    for part in range(1, 10):
        path = tmp_path / f"{part}.db"
        path.write_bytes(file)
        path.with_name(path.name + "-wal").write_bytes(data[: len(data) * part // 10])
        try:
            with Ledger.open(path) as copy:
                assert copy.counts()["articles"] == 10
                assert copy.counts()["outcomes"] == 1
                copy.check()
        except LedgerDamagedError:
            reported += 1
    assert reported


@pytest.mark.parametrize("data", [b"not a ledger at all", b"", b"PK\x03\x04" + bytes(200)])
def test_a_file_that_is_no_ledger(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(data)
    with pytest.raises(LedgerDamagedError):
        Ledger.open(path)
    assert path.read_bytes() == data


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE mine (x)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(LedgerDamagedError, match="not a dragoman ledger"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_users_own_tables_are_welcome(tmp_path: Path) -> None:
    fill(tmp_path / "a.db", 0, 1)
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute("CREATE TABLE notes (claim TEXT, note TEXT)")
    db.close()
    with Ledger.open(tmp_path / "a.db") as ledger:
        ledger.check()


def test_a_newer_version_is_told(tmp_path: Path) -> None:
    fill(tmp_path / "a.db", 0, 1)
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    for read_only in (True, False):
        with pytest.raises(LedgerVersionError, match="newer dragoman"):
            Ledger.open(tmp_path / "a.db", read_only=read_only)


def test_places_where_no_ledger_can_be(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no folder"):
        Ledger.open(tmp_path / "none" / "a.db")
    with pytest.raises(LedgerError, match="found a folder"):
        Ledger.open(tmp_path)
    for options in ({"read_only": True}, {"create": False}):
        with pytest.raises(LedgerError, match="no ledger here"):
            Ledger.open(tmp_path / "a.db", **options)
    assert list(tmp_path.iterdir()) == []


def test_read_only_reads_and_refuses_to_write(sound: tuple[Path, str]) -> None:
    with Ledger.open(sound[0], read_only=True) as ledger:
        assert ledger.digest() == sound[1]
        ledger.check()
        with pytest.raises(LedgerFullError, match="read-only"):
            ledger.add_article(a_coded(), page=a_page())
        assert ledger.counts()["articles"] == 12


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that holds an empty ledger, the log from which it is made, and a few hundred kilobytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    Ledger.open(tmp_path / "empty.db").close()
    kilobytes = 2 * (tmp_path / "empty.db").stat().st_size // 1024 + 400
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("filler", [0, 70_000, 130_000, 200_000, 240_000])
def test_a_full_disk_keeps_what_was_stored(small_disk: Path, filler: int) -> None:
    (small_disk / "filler").write_bytes(bytes(filler))
    stored: list[str] = []

    def write_on(ledger: Ledger) -> None:
        for number in range(500):
            ledger.add_article(numbered(number)[0], page=numbered(number)[1])
            stored.append(numbered(number)[0].article.id)

    with Ledger.open(small_disk / "a.db") as ledger, pytest.raises(LedgerFullError, match="disk is full"):
        write_on(ledger)
    (small_disk / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    with Ledger.open(small_disk / "a.db") as again:
        assert all(map(again.has_article, stored))
        again.check()
        assert again.add_article(a_coded(), page=a_page())


def test_a_full_disk_at_the_start(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 10_000))
    with pytest.raises(LedgerFullError):
        Ledger.open(small_disk / "a.db")
    assert not (small_disk / "a.db").exists()


def test_a_read_only_disk(small_disk: Path) -> None:
    fill(small_disk / "a.db", 0, 2)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(LedgerFullError, match="read-only"):
        Ledger.open(small_disk / "a.db")
    with pytest.raises(LedgerFullError, match="cannot be made"):
        Ledger.open(small_disk / "b.db")
    with Ledger.open(small_disk / "a.db", read_only=True) as ledger:
        assert ledger.counts()["articles"] == 2


def _read_on(path: Path, looks: int, found: multiprocessing.Queue[object]) -> None:
    last = 0
    try:
        with Ledger.open(path, read_only=True) as ledger:
            for _ in range(looks):
                count = ledger.counts()["articles"]
                assert count >= last
                *_, article = ledger.articles()
                coded = ledger.coded_article(article.id)
                assert coded is not None
                assert len(coded.claims) == 1
                last = count
        found.put(last)
    except (DragomanError, AssertionError) as error:
        found.put(repr(error))


def test_readers_go_on_beside_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    fill(path, 0, 3)
    found: multiprocessing.Queue[object] = SPAWN.Queue()
    readers = [SPAWN.Process(target=_read_on, args=(path, 20, found)) for _ in range(2)]
    for reader in readers:
        reader.start()
    number = 3
    with Ledger.open(path) as ledger:
        while any(reader.is_alive() for reader in readers) and number < 2000:
            ledger.add_article(numbered(number)[0], page=numbered(number)[1])
            number += 1
            time.sleep(0.002)
    for reader in readers:
        last = found.get(timeout=60)
        assert isinstance(last, int), last  # a string is the reader's complaint
        assert last >= 3
        reader.join(30)
    with Ledger.open(path) as ledger:
        ledger.check()
        assert ledger.counts()["articles"] == number


def test_a_second_writer_waits_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Ledger.open(path) as first, Ledger.open(path, timeout=0.2) as second:
        with first.batch():
            first.add_article(a_coded(), page=a_page())
            began = time.monotonic()
            with pytest.raises(LedgerError, match="another process is writing"):
                second.add_article(numbered(1)[0], page=numbered(1)[1])
            assert time.monotonic() - began > 0.15
        assert second.add_article(numbered(1)[0], page=numbered(1)[1])
        assert first.counts()["articles"] == 2


def _make(path: Path) -> None:
    fill(path, 0, 3)


def test_two_processes_may_make_the_same_ledger(tmp_path: Path) -> None:
    processes = [SPAWN.Process(target=_make, args=(tmp_path / "a.db",)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    with Ledger.open(tmp_path / "a.db") as ledger:
        ledger.check()
        assert ledger.counts()["articles"] == 3
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.parametrize("reader", [False, True])
def test_an_acknowledged_write_was_synced(tmp_path: Path, reader: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the file itself if no reader is in the way; else the log is synced."""
    synced = []
    monkeypatch.setattr(os, "fsync", synced.append)
    path = tmp_path / "a.db"
    fill(path, 0, 1)
    with Ledger.open(path) as ledger:
        ledger.record_outcome(numbered(8)[2])
        db = sqlite3.connect(path, isolation_level=None)
        if reader:
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM articles").fetchall()
        ledger.add_article(numbered(1)[0], page=numbered(1)[1])
        ledger.add_article(numbered(2)[0], page=numbered(2)[1])
        alone = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
        there = alone.execute("SELECT articles FROM totals").fetchone()[0]
        alone.close()
        db.close()
    assert bool(synced) == reader
    assert (there == 3) == (not reader)
