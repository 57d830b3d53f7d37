"""What onrecord wrote itself is no article: left out of folders, refused where it is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import failing
from reports import HARBOUR, empty

from onrecord.corrections.reading import COLUMNS
from onrecord.readers import find_files, read_bytes
from onrecord.readers.own_files import own_file
from onrecord.readers.source import Source
from onrecord.render.formats import FORMATS, write
from onrecord.render.selection import Section, Selection
from onrecord.schema import Notice, Report

WRITTEN: list[tuple[str, str, tuple[Section, ...]]] = [
    ("out.json", "json", ()),
    ("out.jsonl", "jsonl", ()),
    ("out.html", "html", ()),
    ("quotes.csv", "csv", ()),
    ("people.csv", "csv", ("people",)),
    ("claims.csv", "csv", ("claims",)),
    ("story.factcheck.md", "factcheck", ()),
]


def written(folder: Path, name: str, form: str, only: tuple[Section, ...], *reports: Report) -> Path:
    file = folder / name
    with file.open("w", encoding=FORMATS[form].encoding) as out:
        write(reports or [HARBOUR], out, form=FORMATS[form], selection=Selection(frozenset(only)))
    return file


@pytest.mark.parametrize(("name", "form", "only"), WRITTEN, ids=[name for name, _, _ in WRITTEN])
def test_own_files(tmp_path: Path, name: str, form: str, only: tuple[Section, ...]) -> None:
    file = written(tmp_path, name, form, only)
    (tmp_path / "story.txt").write_text("Rain fell.")
    skipped: list[Notice] = []
    assert [p.name for p in find_files([tmp_path], on_skip=skipped.append)] == ["story.txt"]
    assert len(skipped) == 1 and name in skipped[0].message and "onrecord" in skipped[0].message
    assert failing(str(file), file.read_bytes()).problem.endswith("not an article")


def test_saved_reports_name_what_to_type(tmp_path: Path) -> None:
    file = written(tmp_path, "two.json", "json", (), HARBOUR, empty())
    assert failing("two.json", file.read_bytes()).remedy == "type: onrecord explain two.json ID"
    # Only files with these suffixes can be explained.
    assert "explain" not in failing("-", file.read_bytes()).remedy


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_that_a_spreadsheet_saved_again(tmp_path: Path, delimiter: str) -> None:
    file = written(tmp_path, "quotes.csv", "csv", ())
    head, _, rest = file.read_text("utf-8-sig").partition("\n")
    assert own_file("quotes.csv", f"{head.replace(',', delimiter)}\r\n{rest}".encode()) is not None


@pytest.mark.parametrize("header", [",".join(COLUMNS), "action,name,to", '"name";"action"'])
def test_corrections(header: str) -> None:
    error = failing("desk.csv", f"{header}\nignore,Read More\n".encode())
    assert error.remedy.endswith("--corrections desk.csv")


@pytest.mark.parametrize("header", ["article,title", "title,paragraph,article", "action,name,text"])
def test_other_tables_are_read(header: str) -> None:
    (article,) = read_bytes(Source("export.csv", f"{header}\nRain fell.,Wet,Rain\n".encode()))
    assert "Rain" in article.text
