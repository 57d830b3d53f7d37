"""JSON Lines, CSV and TSV."""

from __future__ import annotations

import json

import pytest
from reading import failing

from onrecord.errors import InputError
from onrecord.readers import read_bytes
from onrecord.readers.source import Source


def test_json_lines() -> None:
    lines = [
        {
            "id": 7,
            "headline": "Rain",
            "body": "Rain fell.\r\nIt stopped.",
            "byline": "A. Obi; B. Eze",
            "date": "2024-01-02",
        },
        {"text": ["Snow fell.", "It melted."], "url": "https://x.example"},
        {"title": "No text"},
    ]
    data = "\n".join([json.dumps(lines[0]), "not json", json.dumps(lines[1]), json.dumps(lines[2])]).encode()
    first, second = read_bytes(Source("out/export.jsonl", data))
    assert (first.id, first.text, first.title) == ("export#7", "Rain fell.\nIt stopped.", "Rain")
    assert first.byline == ("A. Obi", "B. Eze") and first.published == "2024-01-02"
    assert (second.id, second.text, second.url) == (
        "export#3",
        "Snow fell.\n\nIt melted.",
        "https://x.example",
    )
    assert [w.message for w in first.warnings] == ["no article in line 2"]
    assert [w.message for w in second.warnings] == ["no article in line 4"]
    assert "text" in failing("export.jsonl", b'{"a": 1}\n').remedy


def test_lines_before_the_first_article_are_told_with_it() -> None:
    data = b'{"a": 1}\n\n{"text": "Rain."}\nnot json\n{"text": "Snow."}\n{"text": ""}\n[]\n'
    first, second = read_bytes(Source("export.jsonl", data))
    assert [w.message for w in first.warnings] == ["no article in line 1, 4"]
    assert [w.message for w in second.warnings] == ["no article in line 6, 7"]


@pytest.mark.parametrize("name", ["export.json", "-", "export.txt"])
def test_json_list(name: str) -> None:
    records = [{"id": "r1", "title": "Wet", "text": "Rain fell."}, {"title": "No text"}, 7, {"body": "Sun."}]
    for indent in (None, 2):
        first, second = read_bytes(Source(name, json.dumps(records, indent=indent).encode("utf-8-sig")))
        assert (first.id.partition("#")[2], first.text, first.title) == ("r1", "Rain fell.", "Wet")
        assert (second.id.partition("#")[2], second.text, second.format) == ("4", "Sun.", "json")
        assert [w.message for w in first.warnings] == ["no article in record 2, 3"]


@pytest.mark.parametrize("name", ["story.json", "-"])
def test_json_object(name: str) -> None:
    record = {"id": 7, "headline": "Wet", "content": "Rain fell on “Łódź”.", "date": "2024-01-02"}
    for indent in (None, 2):
        (article,) = read_bytes(Source(name, json.dumps(record, indent=indent, ensure_ascii=False).encode()))
        assert article.id == ("stdin" if name == "-" else "story")
        assert (article.text, article.title) == ("Rain fell on “Łódź”.", "Wet")
        assert article.published == "2024-01-02"


@pytest.mark.parametrize("name", ["export.json", "-"])
def test_json_lines_without_their_suffix(name: str) -> None:
    first, second = read_bytes(Source(name, b'{"text": "Rain."}\n{"text": "Snow."}\n'))
    assert [first.text, second.text, first.format] == ["Rain.", "Snow.", "jsonl"]


@pytest.mark.parametrize("text", ["[Applause] Rain fell.", "{Rain} fell.", "[1, 2]", "{}", "[" * 100_000])
def test_prose_that_begins_like_json(text: str) -> None:
    (article,) = read_bytes(Source("a.txt", text.encode()))
    assert (article.text, article.format) == (text, "text")


@pytest.mark.parametrize("data", [b'{"text": "Rain', b"Rain fell.", b"[" * 100_000])
def test_damaged_json(data: bytes) -> None:
    assert failing("a.json", data).problem.startswith("damaged, or no JSON")


@pytest.mark.parametrize("data", [b'{"a": 1}', b"[]", b"7", b'[{"title": "Wet"}]'])
def test_json_without_an_article(data: bytes) -> None:
    assert "text" in failing("a.json", data).remedy


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables(delimiter: str) -> None:
    rows = [
        ["Article Text", "Title", "ID"],
        ['"Rain, rain; rain.\nIt fell."', "Wet", "r1"],
        ["", "Empty", "r2"],
        ["Sun.", "", ""],
        [" ", "Blank", ""],
    ]
    data = "\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")
    first, second = read_bytes(Source("export.csv", data))
    assert (first.id, first.text, first.title) == ("export#r1", "Rain, rain; rain.\nIt fell.", "Wet")
    assert (second.id, second.text, second.title) == ("export#3", "Sun.", None)
    assert [w.message for w in first.warnings] == ["no article in row 2"]
    assert [w.message for w in second.warnings] == ["no article in row 4"]
    assert "column" in failing("export.csv", b"a,b\n1,2\n").problem
    assert failing("export.csv", b"id,text\n1,\n").problem == "no row with an article"


def test_the_rows_before_a_broken_one_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.readers.tables.MAX_FIELD_CHARS", 10)
    data = b"id,text\n1,\n2,Rain.\n3,Snow.\n4,\n5,Hail and thunder.\n"
    found = []
    with pytest.raises(InputError, match="line 5"):
        for article in read_bytes(Source("export.csv", data)):
            found.append((article.text, [w.message for w in article.warnings]))
    assert found == [("Rain.", ["no article in row 1"]), ("Snow.", ["no article in row 4"])]
