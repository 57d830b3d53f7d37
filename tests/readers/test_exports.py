"""JSON Lines, CSV and TSV."""

from __future__ import annotations

import json

import pytest
from reading import failing

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
    assert [w.code for w in second.warnings] == ["skipped_records"]
    assert "text" in failing("export.jsonl", b'{"a": 1}\n').remedy


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables(delimiter: str) -> None:
    rows = [
        ["Article Text", "Title", "ID"],
        ['"Rain, rain; rain.\nIt fell."', "Wet", "r1"],
        ["", "Empty", "r2"],
        ["Sun.", "", ""],
    ]
    data = "\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")
    first, second = read_bytes(Source("export.csv", data))
    assert (first.id, first.text, first.title) == ("export#r1", "Rain, rain; rain.\nIt fell.", "Wet")
    assert (second.id, second.text, second.title) == ("export#3", "Sun.", None)
    assert "column" in failing("export.csv", b"a,b\n1,2\n").problem
