"""What onrecord wrote itself is no article: left out of folders, refused where it is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import failing
from reports import HARBOUR, empty, hostile

from onrecord.corrections import starting_file
from onrecord.corrections.reading import COLUMNS
from onrecord.readers import find_files, read_bytes
from onrecord.readers.own_files import own_file
from onrecord.readers.source import Source
from onrecord.render.explanation import explanation
from onrecord.render.formats import FORMATS, write
from onrecord.render.layout import paint
from onrecord.render.page import PageOptions, page
from onrecord.render.selection import Section, Selection
from onrecord.schema import Notice, Report

WRITTEN: list[tuple[str, str, tuple[Section, ...]]] = [
    ("page.txt", "page", ()),
    ("quotes.txt", "page", ("quotes",)),
    ("people.txt", "page", ("people",)),
    ("out.json", "json", ()),
    ("out.jsonl", "jsonl", ()),
    ("out.ndjson", "jsonl", ()),
    ("out.html", "html", ()),
    ("out.htm", "html", ("claims",)),
    ("quotes.csv", "csv", ()),
    ("people.csv", "csv", ("people",)),
    ("claims.csv", "csv", ("claims",)),
    ("claims.txt", "csv", ("claims",)),
    ("report.md", "md", ()),
    ("people.markdown", "md", ("people",)),
    ("quotes.md", "md", ("quotes",)),
    ("claims.md", "md", ("claims",)),
    ("story.factcheck.md", "factcheck", ()),
    ("sheet.md", "factcheck", ()),
    ("claims.jsonld", "jsonld", ()),
    ("jsonld.json", "jsonld", ()),
    ("out.xlsx", "xlsx", ()),
    ("out.db", "db", ()),
]
REPORTS = {"one": (HARBOUR,), "none found": (empty(),), "several": (HARBOUR, hostile(), empty())}


def written(folder: Path, name: str, form: str, only: tuple[Section, ...], *reports: Report) -> Path:
    file, selection = folder / name, Selection(frozenset(only))
    if FORMATS[form].target == "file":
        write(reports or [HARBOUR], file, form=FORMATS[form], selection=selection)
        return file
    with file.open("w", encoding=FORMATS[form].encoding) as out:
        write(reports or [HARBOUR], out, form=FORMATS[form], selection=selection)
    return file


def assert_left_out(folder: Path, file: Path) -> None:
    (folder / "story.txt").write_text("Rain fell.")
    skipped: list[Notice] = []
    assert [p.name for p in find_files([folder], on_skip=skipped.append)] == ["story.txt"]
    (notice,) = skipped
    # Some suffixes are never looked for in folders.
    assert notice.message.startswith(f"{file}: left out (")
    assert "onrecord" in notice.message or f"{file.suffix} is not supported" in notice.message
    assert failing(str(file), file.read_bytes()).problem.endswith("not an article")


@pytest.mark.parametrize("reports", REPORTS.values(), ids=REPORTS)
@pytest.mark.parametrize(("name", "form", "only"), WRITTEN, ids=[name for name, _, _ in WRITTEN])
def test_own_files(
    tmp_path: Path, name: str, form: str, only: tuple[Section, ...], reports: tuple[Report, ...]
) -> None:
    assert_left_out(tmp_path, written(tmp_path, name, form, only, *reports))


def test_every_format_is_tried() -> None:
    assert {form for _, form, _ in WRITTEN} == set(FORMATS)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])
@pytest.mark.parametrize(
    ("name", "form"),
    [("r.json", "json"), ("p.txt", "page"), ("m.md", "md"), ("s.md", "factcheck"), ("h.html", "html"),
     ("q.csv", "csv"), ("c.json", "jsonld")],
)  # fmt: skip
def test_own_files_as_a_console_writes_them(tmp_path: Path, name: str, form: str, encoding: str) -> None:
    file = written(tmp_path, name, form, ())
    text = file.read_text(FORMATS[form].encoding)
    file.write_bytes(text.replace("\n", "\r\n").encode(encoding, "replace"))
    assert_left_out(tmp_path, file)


@pytest.mark.parametrize("width", [20, 40, 140])
def test_pages_of_any_width(tmp_path: Path, width: int) -> None:
    file = tmp_path / "page.txt"
    file.write_text(page(HARBOUR, options=PageOptions(width=width)), "utf-8")
    assert_left_out(tmp_path, file)


@pytest.mark.parametrize("thing", ["q4", "q11", "e2", "c1"])
def test_explanations(tmp_path: Path, thing: str) -> None:
    file = tmp_path / "why.txt"
    file.write_text(paint(explanation(HARBOUR, thing, width=80), color=False), "utf-8")
    assert_left_out(tmp_path, file)


def test_corrections_to_start_from(tmp_path: Path) -> None:
    file = tmp_path / "fix.txt"
    file.write_text(starting_file([HARBOUR]), "utf-8")
    assert failing(str(file), file.read_bytes()).remedy.endswith(f"--corrections {file}")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# Rain\n\n*by Ann Lee · 12 words*\n\nRain fell.\n"),
        ("b.md", "# To check: the roof\n\n*in 12 words*\n\nRain fell.\n"),
        ("c.md", "# Who says what\n\nRain fell.\n\n## People\n\nAnn Lee.\n"),
        ("d.txt", f"Rain fell on the desk. This came out:\n\n{page(HARBOUR)}\nThe desk was wet.\n"),
        ("e.txt", "e2 · person\n\nRain fell.\n"),
        ("f.txt", "Article, title, paragraph: so it went.\n"),
    ],
)
def test_articles_that_look_alike_are_read(name: str, text: str) -> None:
    (article,) = read_bytes(Source(name, text.encode()))
    assert "ain fell" in article.text or "so it went" in article.text


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
