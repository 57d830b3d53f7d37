from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from golden_files import check
from hypothesis import given, settings
from report_strategies import reports as any_reports
from reports import HARBOUR, TEXT, empty, hostile

from onrecord.errors import UsageError
from onrecord.render.csvfmt import guard
from onrecord.render.formats import FORMATS, format_for, write
from onrecord.render.markdown import escape
from onrecord.render.selection import Selection
from onrecord.schema import Report
from onrecord.serialize import load_schema, report_from_dict

ALL = [HARBOUR, hostile(), empty()]
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def text(name: str, *reports: Report, selection: Selection | None = None) -> str:
    out = io.StringIO()
    write(reports, out, form=FORMATS[name], selection=selection or Selection())
    return out.getvalue()


def only(section: str) -> Selection:
    return Selection(only=frozenset({section}))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["csv", "md", "html"])
def test_golden(name: str) -> None:
    check(f"harbour{FORMATS[name].suffix}", text(name, HARBOUR))
    check(f"hostile{FORMATS[name].suffix}", text(name, hostile()))


@settings(max_examples=40, deadline=None)
@given(any_reports())
def test_any_report_can_be_written_and_is_harmless(report: Report) -> None:
    for name in ("md", "html", "csv", "json", "jsonl"):
        # Offsets need the text as it is, so JSON keeps C0 controls, as escapes.
        assert not UNSAFE.search(text(name, report)), name


@pytest.mark.parametrize("report", ALL, ids=lambda r: r.article.id)
def test_json_holds_everything(report: Report) -> None:
    value = json.loads(text("json", report))
    jsonschema.validate(value, load_schema())
    assert report_from_dict(value) == report


def test_json_of_none_one_and_several() -> None:
    assert json.loads(text("json")) == []
    assert json.loads(text("json", HARBOUR))["article"]["id"] == "harbour"
    assert [r["article"]["id"] for r in json.loads(text("json", *ALL))] == ["harbour", "hostile", "empty"]


def test_json_lines() -> None:
    lines = text("jsonl", *ALL).splitlines()
    assert [json.loads(line)["article"]["id"] for line in lines] == ["harbour", "hostile", "empty"]


def test_json_keeps_ids_when_filtered() -> None:
    value = json.loads(text("json", HARBOUR, selection=Selection(frozenset({"quotes"}), 0.8)))
    assert [q["id"] for q in value["quotes"]] == ["q1", "q2", "q3", "q4", "q5", "q7", "q8", "q9", "q10"]
    assert value["entities"] == value["claims"] == []
    jsonschema.validate(value, load_schema())


def test_csv_rows() -> None:
    rows = list(csv.DictReader(io.StringIO(text("csv", HARBOUR))))
    assert len(rows) == 10
    row = rows[1]
    assert row["speaker"] == "Maren Lindqvist"
    assert row["paragraph"] == "2"
    assert TEXT[int(row["start"]) : int(row["end"])].startswith("“We were told")
    assert next(r for r in rows if r["id"] == "q11")["uncertain"] == "yes"


def test_csv_holds_one_table() -> None:
    assert text("csv", HARBOUR, selection=only("claims")).startswith("article,rank,")
    people = list(csv.DictReader(io.StringIO(text("csv", HARBOUR, selection=only("people")))))
    assert [(p["name"], p["quoted"], p["reported"]) for p in people] == [
        ("Maren Lindqvist", "1", "0"),
        ("Tomas Rey", "2", "1"),
        ("José Núñez-Adeyemi", "1", "0"),
    ]
    with pytest.raises(UsageError, match="xlsx"):
        text("csv", HARBOUR, selection=Selection(only=frozenset({"quotes", "claims"})))


@pytest.mark.parametrize("cell", ["=1+1", "+49 30", "-2", "@cmd", " =1", "\t=1".replace("\t", " ")])
def test_csv_guards_formulas(cell: str) -> None:
    assert guard(cell) == f"'{cell}"


def test_csv_guards_nothing_else() -> None:
    assert guard(-0.5) == -0.5
    assert guard("“-”") == "“-”"


def test_workbook(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write(ALL, path, form=FORMATS["xlsx"], selection=Selection())
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Quotes", "People & organisations", "Claims", "Warnings"]
    quotes = book["Quotes"]
    assert quotes.freeze_panes == "A2"
    assert quotes.auto_filter.ref == f"A1:Q{quotes.max_row}"
    assert quotes.max_row == 12
    assert quotes["I3"].value.startswith("“We were told")
    assert quotes.column_dimensions["I"].width > quotes.column_dimensions["C"].width
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_workbook_formulas_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    report = replace(HARBOUR, article=replace(HARBOUR.article, title='=HYPERLINK("http://x")'))
    write([report], path, form=FORMATS["xlsx"], selection=Selection())
    cell = openpyxl.load_workbook(path)["Quotes"]["B2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")


def test_database(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    write(ALL, path, form=FORMATS["db"], selection=Selection(all_modes=True))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (3,)
        assert db.execute("SELECT count(*) FROM quotes").fetchone() == (12,)
        # Datasette finds a search table by its content option in double quotes.
        tables = dict(db.execute("SELECT name, sql FROM sqlite_master"))
        assert 'content="quotes"' in tables["quotes_fts"]
        found = db.execute(
            "SELECT q.code, q.speakers FROM quotes_fts JOIN quotes q ON q.id = quotes_fts.rowid"
            " WHERE quotes_fts MATCH 'inspection'"
        ).fetchall()
        assert found == [("q10", "José Núñez-Adeyemi")]
        inner, outer = db.execute(
            "SELECT a.code, b.code FROM quotes a JOIN quotes b ON a.parent = b.id"
        ).fetchone()
        assert (inner, outer) == ("q6", "q5")
        slices = db.execute(
            "SELECT m.text, substr(a.text, m.start + 1, m.end - m.start) FROM mentions m"
            " JOIN entities e ON m.entity = e.id JOIN articles a ON e.article = a.id"
        ).fetchall()
        assert slices and all(given == cut for given, cut in slices)


class _Checker(HTMLParser):
    """Keeps tags and attributes, and demands that tags close in order."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open and self.open[-1] != "a":
            self.words.append(data)


@settings(max_examples=60, deadline=None)
@given(any_reports())
def test_html_is_well_formed_and_fetches_nothing(report: Report) -> None:
    checker = _Checker()
    checker.feed(text("html", report))
    checker.close()
    assert checker.open == []
    for tag, attributes in checker.tags:
        assert tag not in ("script", "img", "link", "iframe", "object", "form", "base")
        assert not any(name.startswith("on") or name == "src" for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")


def assert_links_lead_somewhere(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_html_links_lead_somewhere() -> None:
    assert_links_lead_somewhere(text("html", HARBOUR, hostile()))


@settings(max_examples=60, deadline=None)
@given(any_reports())
def test_html_links_of_any_report_lead_somewhere(report: Report) -> None:
    assert_links_lead_somewhere(text("html", report, selection=Selection(all_modes=True)))


def test_html_leads_to_each_of_two_claims_that_begin_alike() -> None:
    whole = HARBOUR.claims[0]
    part = replace(whole, id="c9", end=whole.start + 10, text=whole.text[:10])
    page = text("html", replace(HARBOUR, claims=(*HARBOUR.claims, part)))
    assert page.count('id="a1-c1"') == page.count('id="a1-c9"') == 1


def test_html_leads_to_what_stands_in_the_headline_that_heads_the_page() -> None:
    end = TEXT.index(",")
    claim = replace(HARBOUR.claims[0], id="c9", start=0, end=end, text=TEXT[:end])
    assert_links_lead_somewhere(text("html", replace(HARBOUR, claims=(*HARBOUR.claims, claim))))


def test_html_shows_the_whole_text() -> None:
    checker = _Checker()
    checker.feed(text("html", HARBOUR))
    shown = "".join(checker.words)
    for line in TEXT.split("\n\n")[1:]:
        assert line.strip() in shown


def test_html_forbids_what_it_does_not_need() -> None:
    page = text("html", hostile())
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "http" not in re.sub(r"http-equiv", "", page)


@pytest.mark.parametrize(
    ("raw", "escaped"),
    [
        ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
        ("[x](y)", "\\[x\\](y)"),
        ("<b>", "\\<b\\>"),
        (":smile: at 14:30", "\\:smile: at 14:30"),
        ("1. no list", "1\\. no list"),
        ("- no list", "\\- no list"),
        ("# no heading", "\\# no heading"),
        ("a\nb", "a b"),
    ],
)
def test_markdown_escapes(raw: str, escaped: str) -> None:
    assert escape(raw) == escaped


@pytest.mark.parametrize(
    "name", ["a.json", "b.JSONL", "c.csv", "d.xlsx", "e.md", "f.html", "g.db", "h.txt", "i.htm"]
)
def test_suffixes(name: str) -> None:
    assert format_for(Path(name)).name in FORMATS


def test_unknown_suffixes_are_refused_with_a_suggestion() -> None:
    with pytest.raises(UsageError, match=r"r\.xlsx"):
        format_for(Path("r.xls"))
    with pytest.raises(UsageError, match=r"\.json"):
        format_for(Path("r.zzz"))
    with pytest.raises(UsageError, match="no suffix"):
        format_for(Path("r"))
