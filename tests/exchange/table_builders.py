"""Rows of other people's event tables, made by hand about invented matters."""

from __future__ import annotations

from dragoman.exchange.event_tables.named import ICEWS, POLECAT

Row = dict[str, str]


def gdelt_row(width: int = 61, **cells: str) -> str:
    """A row of GDELT 1.0 (57 or 58 columns) or 2.0 (61): an accusation between two governments, told of in Tripoli."""
    values = {
        "id": "410411701", "day": "20150217", "code": "112", "goldstein": "-2.0", "articles": "6",
        "actor": "TUR", "actor_name": "ANKARA", "actor_type": "GOV", "recipient": "SYR", "recipient_name": "DAMASCUS",
        "recipient_type": "MIL", "place": "Tripoli, Tripoli, Libya", "fips": "LY", "lat": "32.8925", "lon": "13.18",
        "added": "20150218" if width < 61 else "20150218224500", "url": "https://news.example/a",
    } | cells  # fmt: skip
    sides = [
        cell
        for side in ("actor", "recipient")
        for cell in (
            values[side] + values[f"{side}_type"], values[f"{side}_name"], values[side], "", "", "", "",
            values[f"{side}_type"], "", "",
        )
    ]  # fmt: skip
    second = [""] if width == 61 else []
    nowhere = ["0", "", "", "", *second, "", "", ""]
    place = ["4", values["place"], values["fips"], "LY61", *second, values["lat"], values["lon"], "-1"]
    row = [
        values["id"], values["day"], values["day"][:6], values["day"][:4], "2015.1", *sides, "1", values["code"],
        values["code"][:3], values["code"][:2], "3", values["goldstein"], "6", "2", values["articles"], "-3.5",
        *nowhere, *nowhere, *place, values["added"],
    ]  # fmt: skip
    row += [values["url"]] if width > 57 else []
    assert len(row) == width
    return "\t".join(row) + "\n"


def icews_row(**cells: str) -> Row:
    """A row of ICEWS by its columns: a ministry criticises an army."""
    return dict(zip(ICEWS, (
        "32889836", "2018-06-01", "Foreign Affairs (Freedonia)", "Executive,Foreign Ministry,Government", "Russian Federation",
        "Criticize or denounce", "111", "-2", "Military (Ruritania)", "Military,Government", "Moldova, Republic of", "47", "2",
        "The Daily Example", "Chisinau", "NA", "Chisinau", "Moldova, Republic of", "47.0056", "28.8575",
    ), strict=True)) | cells  # fmt: skip


def polecat_row(**cells: str) -> Row:
    """A row of POLECAT by the columns that are read: a government promises aid."""
    return dict(zip(POLECAT, (
        "20230104-1-1", "2023-01-04", "AGREE", "", "5.0", "economic;diplomatic", "Government of Qatar", "QAT", "GOV",
        "Sudan", "SDN", "", "Doha", "Doha", "", "QAT", "25.28", "51.53", "Wadi Post", "2023-01-05",
    ), strict=True)) | cells  # fmt: skip


def table(*rows: Row, delimiter: str = "\t") -> str:
    """Rows under the line of their names."""
    return "".join(delimiter.join(line) + "\n" for line in (list(rows[0]), *(row.values() for row in rows)))
