"""Bylines and datelines, line by line."""

from __future__ import annotations

import pytest

from onrecord.pipeline.structure.bylines import author_names, byline_names, is_author_line, is_byline
from onrecord.pipeline.structure.datelines import dateline_end, is_date, is_place_line


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Amara Obi", ("Amara Obi",)),
        ("By AMARA OBI", ("AMARA OBI",)),
        ("By Amara Obi and Jon de la Cruz, Staff Writers", ("Amara Obi", "Jon de la Cruz")),
        ("By Tariq al-Bazzaz and Ida d'Onofrio", ("Tariq al-Bazzaz", "Ida d'Onofrio")),
        ("By Khadija Bint Yusuf al-Rashid", ("Khadija Bint Yusuf al-Rashid",)),
        ("By Jana Novak in Brno", ("Jana Novak",)),
        ("Jana Novak in Brno", ("Jana Novak",)),
        ("Jana Novak, chief political correspondent", ("Jana Novak",)),
        ("By Jana Novak | The Gazette", ("Jana Novak",)),
        ("By Jana Novak, Associated Press", ("Jana Novak",)),
        ("Jana Novak jana.novak@paper.example", ("Jana Novak",)),
        ("By Jana Novak • March 3, 2024", ("Jana Novak",)),
        ("By J.K. Amoah", ("J.K. Amoah",)),
        ("Words by Seán Ó Briain", ("Seán Ó Briain",)),
        ("By Jana Novak, Health Editor", ("Jana Novak",)),
        ("By Our Correspondent", ()),
        ("By the Harbour Ledger fact-check desk", ()),
        ("By PRIYA NAIR, Special to the Courier", ("PRIYA NAIR",)),
        ("By Jana Novak and agencies", ("Jana Novak",)),
    ],
)
def test_bylines(line: str, names: tuple[str, ...]) -> None:
    assert is_byline(line)
    assert byline_names(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday the water had gone",
        "By law every boat must carry a beacon",
        "By 2030 the plant will be closed.",
        "By the time the Harbour Police arrived, the boat had sunk and nobody was left on the pier.",
        "The mayor spoke in Lagos",
        "Jana Novak spoke for an hour in Brno and then left.",
    ],
)
def test_no_bylines(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Bukola Adeniran, Lagos", ("Bukola Adeniran",)),
        ("Local democracy reporter Gareth Poole", ("Gareth Poole",)),
        ("Efua Badu-Mensah writes from Osikrom", ("Efua Badu-Mensah",)),
        ("Ailsa Drummond and Tunde Farrell", ("Ailsa Drummond", "Tunde Farrell")),
        ("Our Special Correspondent", ()),
    ],
)
def test_author_lines(line: str, names: tuple[str, ...]) -> None:
    assert is_author_line(line)
    assert author_names(line) == names


@pytest.mark.parametrize("line", ["Cold water on the pier", "ATLANTA", "Islanders fear for their bread"])
def test_no_author_lines(line: str) -> None:
    assert not is_author_line(line)


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("LAGOS, Nigeria (AP) — The port closed.", "LAGOS, Nigeria (AP) —"),
        ("ACCRA — The port closed.", "ACCRA —"),
        ("NAIROBI, 12 March - The port closed.", "NAIROBI, 12 March -"),
        ("WASHINGTON, Sept. 28 (UPI) -- The port closed.", "WASHINGTON, Sept. 28 (UPI) --"),
        ("Mexico City (AFP) – The port closed.", "Mexico City (AFP) –"),
        ("ST. JOHN’S, Antigua – The port closed.", "ST. JOHN’S, Antigua –"),
        ("(Reuters) - The port closed.", "(Reuters) -"),
        ("PARIS, Aug 31 (Reuters) - The port closed.", "PARIS, Aug 31 (Reuters) -"),
        ("BREAKING — The port closed.", None),
        ("Sen. Ana Paz (R-Texas) — a lawyer — left.", None),
        ("The port – the oldest in the state – closed.", None),
        ("Mr. Obi — who was late — spoke.", None),
        ("LAGOS —", None),
    ],
)
def test_datelines(text: str, dateline: str | None) -> None:
    end = dateline_end(text)
    assert (None if end is None else text[:end]) == dateline


@pytest.mark.parametrize(
    "line",
    [
        "Friday, July 21, 2017",
        "12 March 2024",
        "Updated: 12 March 2024, 10:15 GMT",
        "2024-03-12",
        "9.15am",
        "7 p.m.",
        "Published on May 3, 2024 at 6:00 PM",
    ],
)
def test_dates(line: str) -> None:
    assert is_date(line)


@pytest.mark.parametrize(
    "line", ["On 12 March 2024 the port closed", "1974", "Room 12", "May", "12 men", "2024"]
)
def test_no_dates(line: str) -> None:
    assert not is_date(line)


@pytest.mark.parametrize(
    ("line", "is_place"),
    [
        ("GILGIT, July 9", True),
        ("OTTAWA (Northern Wire)", True),
        ("PELHAM NECK, Conn.", True),
        ("SAN ISIDRO, Surigao del Este", True),
        ("BREAKING NEWS", False),
        ("Gilgit", False),
        ("A LONG LIST OF WORDS IN CAPITALS", False),
    ],
)
def test_place_lines(line: str, is_place: bool) -> None:
    assert is_place_line(line) == is_place
