"""The gazetteer: what ships, and what users add."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.actors import Gazetteer, Office, Resolver
from dragoman.actors.gazetteer import SHIPPED
from dragoman.errors import InputError
from dragoman.resources import read_text


@pytest.fixture(scope="module")
def shipped() -> Gazetteer:
    return Gazetteer.shipped()


def test_every_shipped_row_names_its_source() -> None:
    for name, _ in SHIPPED:
        rows = list(csv.DictReader(read_text("dragoman.actors", f"data/{name}").splitlines()))
        assert rows
        assert all(row["source"] and None not in row for row in rows), name


def test_every_office_is_of_a_known_actor_and_ends_after_it_starts(shipped: Gazetteer) -> None:
    for entry in shipped.entries:
        for office in entry.offices:
            assert shipped.entry_of(office.of) or shipped.named(office.of), (entry.name, office)
            assert not (office.start and office.end) or office.start < office.end, (entry.name, office)


def test_every_code_begins_with_a_state_or_a_kind_of_international_actor(shipped: Gazetteer) -> None:
    states = {entry.key for entry in shipped.entries if entry.kind == "state"}
    beyond = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC", "REB", "REL"}
    assert {entry.country for entry in shipped.entries} <= states | beyond
    assert len(states) > 195


def test_keys_are_unique_and_ids_do_not_depend_on_names_in_other_languages(shipped: Gazetteer) -> None:
    assert len({entry.key for entry in shipped.entries}) == len(shipped.entries)
    turkey = shipped.entry_of("TUR")
    assert turkey is not None
    assert turkey.actor() == turkey.actor("2019-04-01")
    assert {"تركيا", "Turquie", "Турция", "Türkiye"} <= set(turkey.names)


def test_a_name_finds_its_entry_in_each_language(shipped: Gazetteer) -> None:
    for name in ("Hezbollah", "Hizbullah", "حزب الله", "Хезболла"):
        entry = shipped.named(name)
        assert entry is not None
        assert (entry.name, entry.code) == ("Hezbollah", "LBN PRM")


def test_offices_are_held_between_their_dates(shipped: Gazetteer) -> None:
    def president(state: str, date: str) -> list[str]:
        return [entry.name for entry in shipped.holders("president", state, date)]

    assert president("USA", "2016-05-01") == ["Barack Obama"]
    assert president("USA", "2019-05-01") == ["Donald Trump"]
    assert president("USA", "2022") == ["Joe Biden"]
    assert [entry.name for entry in shipped.holders("king", "OMN", "2019-05-01")] == ["Qaboos bin Said"]
    assert shipped.holders("president", "XYZ", "2019") == []


def test_an_office_takes_partial_dates() -> None:
    office = Office("president", "USA", "2017-01-20", "2021-01-20")
    assert office.held("2017")
    assert office.held("2021-01")
    assert not office.held("2016-12-31")
    assert not office.held("2021-02-01")


def test_who_has_left_office_is_coded_as_elite(shipped: Gazetteer) -> None:
    obama = shipped.named("Barack Obama")
    assert obama is not None
    assert obama.actor("2012-01-01").code == "USA GOV"
    assert obama.actor("2019-01-01").code == "USA ELI"
    assert obama.actor().code == "USA GOV"
    assert obama.actor().id == obama.actor("2019-01-01").id


def test_users_add_and_override_by_toml_and_csv(tmp_path: Path) -> None:
    toml = tmp_path / "mine.toml"
    toml.write_text(
        '[[actor]]\nname = "Blue River Front"\ncode = "TCD REB"\nkind = "armed group"\nnames = ["BRF", "Front du fleuve"]\n'
        '[[actor]]\nname = "Ada Marsh"\ncode = "TCD REB"\nkind = "person"\nsex = "f"\n'
        'offices = [{title = "leader", of = "Blue River Front", start = "2020-01-01"}]\n'
        '[[actor]]\nname = "Hezbollah"\ncode = "LBN PTY"\nnames = ["The Cedar Party"]\n',
        encoding="utf-8",
    )
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,code,kind,seats,offices\nOak Party,LBY PTY,party,Oak House,\n"
        "Omar Reed,LBY GOV,person,,interior minister of LBY 2019-01-01..2020-01-01\n",
        encoding="utf-8",
    )
    gazetteer = Gazetteer.load([toml, table])
    text = "Ada Marsh spoke. The BRF attacked. Oak House was silent. The Libyan interior minister met Hezbollah."
    spans = [(text.index(part), text.index(part) + len(part), "role") for part in ("Ada Marsh", "The BRF", "Oak House")]
    spans += [(text.index(p), text.index(p) + len(p), "role") for p in ("The Libyan interior minister", "Hezbollah")]
    found = Resolver(gazetteer, date="2019-06-01", language="en").resolve_all(text, spans)
    named = [one and (one.actor.name, one.actor.code) for one in found]
    assert named == [
        ("Ada Marsh", "TCD REB"),
        ("Blue River Front", "TCD REB"),
        ("Oak Party", "LBY PTY"),
        ("Omar Reed", "LBY GOV"),
        ("Hezbollah", "LBN PTY"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "code\nLBY REB\n", r"a\.csv, row 2: expected a name"),
        ("a.csv", "name,code\nX,libya\n", r"a\.csv, row 2: expected a code .* found `libya`"),
        ("a.csv", "name,kind\nX,\nY,club\n", r"a\.csv, row 3: expected one of state, .* found `club`"),
        ("a.csv", "name,colour\nX,red\n", r"a\.csv, row 2: expected only name, .* found `colour`"),
        ("a.csv", "name,code\nX,LBY,REB\n", r"a\.csv, row 2: expected 2 columns"),
        ("a.csv", "name,offices\nX,king since 1990\n", r"a\.csv, row 2: expected an office .* found 'king since 1990'"),
        ("a.toml", "[[actor]]\nname = 3\n", r"a\.toml, actor 1: expected text in `name`, found int"),
        ("a.toml", '[[actor]]\nname = "X"\nnames = 3\n', r"a\.toml, actor 1: expected a list"),
        ("a.toml", '[[actor]]\nname = "X"\nnames = [3]\n', r"a\.toml, actor 1: expected text in `names`, found 3"),
        ("a.toml", '[[actor]]\nname = "X"\noffices = [{title = "king"}]\n', r"a\.toml, actor 1: expected an office"),
        ("a.toml", "name = 'X'\n", r"a\.toml: expected tables \[\[actor\]\], found name"),
        ("a.toml", "[[actor\n", r"a\.toml: expected TOML"),
        ("a.txt", "X\n", r"a\.txt: expected a file that ends in \.toml or \.csv"),
    ],
)
def test_errors_name_file_row_and_what_was_expected(tmp_path: Path, name: str, content: str, expected: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=expected):
        Gazetteer.load([path])


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: expected a UTF-8 file"):
        Gazetteer.load([tmp_path / "none.csv"])
    (tmp_path / "bytes.csv").write_bytes(b"name\n\xff\xfe\n")
    with pytest.raises(InputError, match=r"bytes\.csv: expected a UTF-8 file"):
        Gazetteer.load([tmp_path / "bytes.csv"])


def test_importing_the_room_reads_no_data_and_loads_no_babel() -> None:
    code = (
        "import sys, builtins, dragoman.actors as a; from dragoman.actors import gazetteer\n"
        "assert 'babel' not in sys.modules\n"
        "g = a.Gazetteer.shipped()\n"
        "assert 'babel' not in sys.modules and 'loose_index' not in vars(g) and '_offices' not in vars(g)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_build_script_writes_what_is_shipped(shipped: Gazetteer) -> None:
    pytest.importorskip("babel")
    from dragoman.actors.build import territory_rows

    rows = territory_rows({"TUR", "XKX"})
    assert [row[0] for row in rows] == ["TUR", "XKX"]
    assert "تركيا" in rows[0][1]
