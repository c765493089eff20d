"""Event tables of others: every row becomes an event in one vocabulary, or is rejected with its line and reason."""

from __future__ import annotations

import gzip
import zipfile
from collections import Counter, deque
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import TableError, UsageError
from dragoman.exchange.event_tables import Codes, Rejected, TableEvent, read_events
from dragoman.exchange.event_tables.lines import MOST_BYTES
from tests.exchange.table_builders import gdelt_row, icews_row, polecat_row, table

SHARED = Path(__file__).parents[3] / "shared" / "tables"


def write(folder: Path, text: str | bytes, name: str = "events.tsv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def read(path: Path) -> tuple[list[TableEvent], list[Rejected]]:
    found = list(read_events([path]))
    return [item for item in found if isinstance(item, TableEvent)], [item for item in found if isinstance(item, Rejected)]


def one(folder: Path, text: str | bytes) -> TableEvent:
    events, rejected = read(write(folder, text))
    assert rejected == []
    assert len(events) == 1
    return events[0]


@pytest.mark.parametrize("width", [57, 58, 61])
def test_gdelt(tmp_path: Path, width: int) -> None:
    event = one(tmp_path, gdelt_row(width))
    assert event == TableEvent(
        table=str(tmp_path / "events.tsv"), line=1, id="410411701", date="2015-02-17", type="ACCUSE", mode="disapprove",
        cameo="112", intensity=-2.0, actor="ANKARA", actor_code="TUR GOV", actor_country="TUR", recipient="DAMASCUS",
        recipient_code="SYR MIL", recipient_country="SYR", place="Tripoli, Tripoli, Libya", lat=32.8925, lon=13.18,
        country="LBY", source=None if width == 57 else "https://news.example/a", told="2015-02-18", reports=6,
    )  # fmt: skip


def test_gdelt_without_a_first_actor_is_an_event_still(tmp_path: Path) -> None:
    event = one(tmp_path, gdelt_row(actor="", actor_name="", actor_type=""))
    assert (event.actor, event.actor_code, event.actor_country) == (None, None, None)
    assert event.recipient_country == "SYR"


def test_gdelt_1_files_may_be_joined_with_those_of_later_years(tmp_path: Path) -> None:
    events, rejected = read(write(tmp_path, gdelt_row(57) + gdelt_row(58) + gdelt_row(61)))
    assert [event.line for event in events] == [1, 2]
    assert [(row.line, row.reason) for row in rejected] == [(3, "expected 57 or 58 cells, found 61")]


def test_icews(tmp_path: Path) -> None:
    event = one(tmp_path, table(icews_row()))
    assert (event.line, event.id, event.date) == (2, "32889836", "2018-06-01")
    assert (event.type, event.mode, event.cameo, event.intensity) == ("ACCUSE", "disapprove", "111", -2.0)
    assert (event.actor, event.actor_code, event.actor_country) == ("Foreign Affairs (Freedonia)", "RUS GOV", "RUS")
    assert (event.recipient_code, event.recipient_country) == ("MDA MIL", "MDA")
    assert (event.place, event.lat, event.lon, event.country) == ("Chisinau", 47.0056, 28.8575, "MDA")
    assert event.source == "The Daily Example"


def test_icews_codes_that_lost_their_zero_are_read(tmp_path: Path) -> None:
    assert one(tmp_path, table(icews_row(**{"CAMEO Code": "42"}))).type == "CONSULT"


def test_polecat(tmp_path: Path) -> None:
    event = one(tmp_path, table(polecat_row()))
    assert (event.id, event.date, event.type, event.contexts) == ("20230104-1-1", "2023-01-04", "AGREE", "economic;diplomatic")
    assert (event.actor_code, event.recipient, event.recipient_code) == ("QAT GOV", "Sudan", "SDN")
    assert (event.place, event.country, event.told, event.intensity) == ("Doha", "QAT", "2023-01-05", 5.0)
    assert event.cameo is None


def test_columns_are_found_by_name_wherever_they_stand(tmp_path: Path) -> None:
    row = polecat_row()
    turned = dict(reversed([("Language", "en"), *row.items()]))
    assert one(tmp_path, table(turned)).actor_code == "QAT GOV"


def test_polecat_of_another_type_is_rejected(tmp_path: Path) -> None:
    _, rejected = read(write(tmp_path, table(polecat_row(**{"Event Type": "DANCE"}), polecat_row())))
    reason = "Event Type: expected one of the sixteen types of PLOVER, found 'DANCE'"
    assert [(row.line, row.reason) for row in rejected] == [(2, reason)]


@pytest.mark.parametrize(
    ("cameo", "type_"),
    [
        ("010", None),
        ("0231", None),
        ("042", "CONSULT"),
        ("0871", "RETREAT"),
        ("163", "COERCE"),
        ("191", "COERCE"),
        ("1952", "ASSAULT"),
    ],
)
def test_cameo_becomes_plover_by_the_official_table(cameo: str, type_: str | None) -> None:
    assert Codes.shipped().event(cameo).type == type_


@pytest.mark.parametrize(
    ("code", "iso3"),
    [("ROM", "ROU"), ("ZAR", "COD"), ("WSB", "PSE"), ("TMP", "TLS"), ("DEU", "DEU"), ("EUR", None), ("AFR", None)],
)
def test_country_codes_of_cameo(code: str, iso3: str | None) -> None:
    assert Codes.shipped().iso3.get(code) == iso3


@pytest.mark.parametrize(
    ("code", "iso3"), [("GM", "DEU"), ("RS", "RUS"), ("IZ", "IRQ"), ("CH", "CHN"), ("SZ", "CHE"), ("AU", "AUT")]
)
def test_country_codes_of_fips_are_not_taken_for_iso(code: str, iso3: str) -> None:
    assert Codes.shipped().fips[code] == iso3


@pytest.mark.parametrize(
    ("name", "iso3"),
    [("Cote d'Ivoire", "CIV"), ("Côte d’Ivoire", "CIV"), ("the former Yugoslav Republic of Macedonia", "MKD"), ("TUR", "TUR"),
     ("Democratic Republic of Congo", "COD"), ("Congo", "COG"), ("Occupied Palestinian Territory", "PSE"), ("Atlantis", None)],
)  # fmt: skip
def test_countries_by_name(name: str, iso3: str | None) -> None:
    assert Codes.shipped().country(name) == iso3


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"day": "20150230"}, "SQLDATE: expected a day such as 20150218 or 2015-02-18, found '20150230'"),
        ({"day": ""}, "SQLDATE: expected a day such as 20150218 or 2015-02-18, found ''"),
        ({"code": "9Z"}, "expected a CAMEO code such as 0211 or 190, found '9Z'"),
        ({"code": ""}, "expected a CAMEO code such as 0211 or 190, found ''"),
        ({"id": "x1"}, "GLOBALEVENTID: expected a number, found 'x1'"),
        ({"place": "a\0b"}, "found a NUL character at 148"),
        ({"place": "a\tb"}, "expected 61 cells, found 62"),
    ],
)
def test_a_bad_row_costs_itself(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    events, rejected = read(write(tmp_path, gdelt_row() + gdelt_row(**cells) + gdelt_row(id="7")))
    assert [(event.line, event.id) for event in events] == [(1, "410411701"), (3, "7")]
    assert [(row.line, row.reason) for row in rejected] == [(2, reason)]
    assert rejected[0].text.startswith(cells.get("id", "410411701"))


@pytest.mark.parametrize(
    ("cells", "flaw", "field"),
    [
        ({"lat": "4#.5"}, "ActionGeo_Lat '4#.5'", "lat"),
        ({"lat": "91"}, "ActionGeo_Lat '91'", "lat"),
        ({"lon": "nan"}, "ActionGeo_Long 'nan'", "lon"),
        ({"lon": "1_0"}, "ActionGeo_Long '1_0'", "lon"),
        ({"goldstein": "-11"}, "GoldsteinScale '-11'", "intensity"),
        ({"articles": "many"}, "NumArticles 'many'", "reports"),
        ({"articles": "³"}, "NumArticles '³'", "reports"),
        ({"fips": "OS"}, "ActionGeo_CountryCode 'OS'", "country"),
        ({"added": "soon"}, "DATEADDED 'soon'", "told"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_the_event_kept(
    tmp_path: Path, cells: dict[str, str], flaw: str, field: str
) -> None:
    event = one(tmp_path, gdelt_row(**cells))
    assert event.flaw == flaw
    assert getattr(event, field) is None


def test_bytes_that_are_no_utf_8_are_read_and_told(tmp_path: Path) -> None:
    event = one(tmp_path, gdelt_row(place="Sao Paulo").encode().replace(b"Sao", b"S\xe3o"))
    assert event.place == "São Paulo"
    assert event.flaw == "no UTF-8 (byte 0xe3): read as Windows-1252"


def test_a_line_without_end_is_rejected_without_being_held(tmp_path: Path) -> None:
    long = gdelt_row(url="x" * (2 * MOST_BYTES + 5))
    events, rejected = read(write(tmp_path, gdelt_row() + long + gdelt_row(id="3")))
    assert [event.line for event in events] == [1, 3]
    assert rejected[0].line == 2
    assert "longer than" in rejected[0].reason
    assert len(rejected[0].text) == 200


def test_marks_line_ends_blank_lines_and_repeated_names_are_no_events(tmp_path: Path) -> None:
    names, row = table(icews_row()).splitlines()
    text = "\ufeff" + "\r\n".join([names, row, "", names, row])
    events, rejected = read(write(tmp_path, text))
    assert [event.line for event in events] == [2, 5]
    assert rejected == []


def test_compressed_tables(tmp_path: Path) -> None:
    plain = gdelt_row() + gdelt_row(id="2")
    packed = tmp_path / "20150218224500.export.CSV.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("20150218224500.export.CSV", plain)
    zipped = write(tmp_path, gzip.compress(plain.encode()), "events.tsv.gz")
    for path in (packed, zipped):
        assert [event.id for event in read(path)[0]] == ["410411701", "2"]


def test_a_cut_archive_gives_what_came_before_and_then_an_error(tmp_path: Path) -> None:
    text = "".join(gdelt_row(id=str(n), url=f"https://news.example/{n * 7919}") for n in range(5000))
    path = write(tmp_path, gzip.compress(text.encode())[:-2000], "events.tsv.gz")
    found: list[TableEvent | Rejected] = []
    with pytest.raises(TableError, match="damaged or cut off"):
        deque(map(found.append, read_events([path])), maxlen=0)
    assert len(found) > 100


def test_tables_parted_by_commas_with_cells_of_several_lines(tmp_path: Path) -> None:
    names = ",".join(icews_row())
    cells = [f'"{cell}"' for cell in icews_row(**{"Source Name": 'The ""Committee""\nof Public Safety'}).values()]
    path = write(tmp_path, f"{names}\n{','.join(cells)}\n{','.join(cells)}\n", "events.csv")
    events, rejected = read(path)
    assert [(event.line, event.actor) for event in events] == [
        (2, 'The "Committee"\nof Public Safety'),
        (4, 'The "Committee"\nof Public Safety'),
    ]
    assert rejected == []


def test_a_quotation_that_does_not_end_is_told_with_the_lines_it_takes(tmp_path: Path) -> None:
    good = ",".join(f'"{cell}"' for cell in icews_row().values())
    path = write(tmp_path, f'{",".join(icews_row())}\n{good}\n"32889837,{good}\n{good}\n', "events.csv")
    events, rejected = read(path)
    assert len(events) + sum(1 for _ in rejected) >= 2
    assert events[0].line == 2
    assert rejected[0].reason.startswith("lines 3 to ") or rejected[0].line == 3


def test_quotation_marks_are_letters_where_tabs_part(tmp_path: Path) -> None:
    assert one(tmp_path, table(icews_row(**{"Source Name": 'The "Committee'}))).actor == 'The "Committee'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "the file is empty"),
        (b"a\tb\tc\n1\t2\t3\n", "found 3 columns: a, b, c"),
        (("\t".join(["410411701", *["0"] * 15]) + "\n").encode(), "table of mentions"),
        ("id\tdate\n".encode("utf-16"), "found UTF-16"),
        (b"\x7fELF\0\0\0\0", "NUL"),
        (b"PK\x03\x04 no archive", "expected a .zip"),
    ],
)
def test_what_is_no_event_table_is_refused(tmp_path: Path, text: bytes, message: str) -> None:
    with pytest.raises(TableError, match=message):
        list(read_events([write(tmp_path, text)]))


@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_gdelt_with_names_from_a_database(tmp_path: Path, delimiter: str) -> None:
    names = delimiter.join(["GLOBALEVENTID", *(f"Column{n}" for n in range(60))])
    row = gdelt_row(place="Tripoli").replace("\t", delimiter)
    events, rejected = read(write(tmp_path, f"{names}\n{row}"))
    assert ([event.line for event in events], rejected) == ([2], [])


def test_a_broken_first_row_costs_itself(tmp_path: Path) -> None:
    events, rejected = read(write(tmp_path, gdelt_row()[:90] + "\n" + gdelt_row()))
    assert [event.line for event in events] == [2]
    assert [row.line for row in rejected] == [1]


def test_an_archive_of_several_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", gdelt_row())
        archive.writestr("b.csv", gdelt_row())
    with pytest.raises(TableError, match="found 2 files"):
        list(read_events([path]))


def test_a_format_that_is_told_must_fit(tmp_path: Path) -> None:
    path = write(tmp_path, gdelt_row())
    with pytest.raises(TableError, match="expected 57 or 58 columns as in gdelt1, found 61"):
        list(read_events([path], format_="gdelt1"))
    with pytest.raises(TableError, match="expected a line of names as icews has it"):
        list(read_events([path], format_="icews"))
    with pytest.raises(UsageError, match="one of polecat, icews"):
        list(read_events([path], format_="acled"))  # type: ignore[arg-type]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"gone\.tsv: expected an event table, found no such file"):
        list(read_events([tmp_path / "gone.tsv"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=60).filter(lambda line: b"\n" not in line and b"\r" not in line), max_size=8))
def test_every_line_is_an_event_or_rejected(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    """Whatever stands between two sound rows: each line that is not blank is accounted for, and both rows are events."""
    first, last = gdelt_row().encode(), gdelt_row(id="9").encode()
    path = write(tmp_path_factory.mktemp("t"), first + b"".join(line + b"\n" for line in lines) + last)
    events, rejected = read(path)
    blank = sum(1 for line in lines if not line.strip(b"\r\n"))
    assert len(events) + len(rejected) == len(lines) - blank + 2
    assert {event.line for event in events} >= {1, len(lines) + 2}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("icews/events.2018.sample.tab", 3705),
        ("gdelt2/20191024143000.export.CSV", 2111),
        ("gdelt2/20150218230000.export.100rows.tsv", 100),
        ("gdelt2/20150218224500.translation.export.100rows.tsv", 100),
        ("gdelt1/1979.100rows.tsv", 100),
        ("polecat/header_only.tsv", 0),
    ],
)
def test_real_tables_lose_no_row(name: str, rows: int) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not there: real tables lie beside the project")
    events, rejected = read(path)
    assert (len(events), len(rejected)) == (rows, 0)
    intensities = Counter(
        event.intensity == Codes.shipped().event(event.cameo).goldstein for event in events if event.cameo is not None
    )
    assert intensities[True] >= 0.99 * rows, "the table's Goldstein scores are those of cameo.tsv"
