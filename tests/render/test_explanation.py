from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_strategies import reports as any_reports
from reports import HARBOUR

from onrecord.evidence import Evidence
from onrecord.render.explanation import LEAST, UNDER, explanation
from onrecord.render.layout import cells, paint
from onrecord.schema import Report

THINGS = [t.id for t in (*HARBOUR.quotes, *HARBOUR.entities, *HARBOUR.claims)]


def told(report: Report, name: str, width: int) -> list[str]:
    links = {(m.start, m.end): "the only man named before" for e in report.entities for m in e.mentions}
    lines = explanation(report, name, width=width, evidence=Evidence(links=links))
    return paint(lines, color=False).rstrip("\n").split("\n")


@settings(max_examples=60, deadline=None)
@given(any_reports(), st.integers(20, 100))
def test_any_explanation_fits_its_width(report: Report, width: int) -> None:
    for thing in (*report.quotes, *report.entities, *report.claims):
        for line in told(report, thing.id, width):
            assert cells(line) <= width, line


@pytest.mark.parametrize("name", THINGS)
@pytest.mark.parametrize("width", [20, 30, 40, 60])
def test_no_line_is_left_with_a_few_letters_of_a_word(name: str, width: int) -> None:
    room = min(LEAST, width - UNDER - 2)
    whole = {word for line in told(HARBOUR, name, 1000) for word in line.split()}
    short = {word for word in whole if cells(word) <= room}
    assert short <= {word for line in told(HARBOUR, name, width) for word in line.split()}


def test_text_stands_under_its_label_where_lines_are_short() -> None:
    lines = told(HARBOUR, "e2", 20)
    at = lines.index("4 MENTIONS")
    assert lines[at + 1 : at + 4] == ["  ¶3 name 97%", "    Transport", "    Minister *Tomas"]
    assert lines[4:6] == ["  role", "    Transport"]


def test_text_stands_beside_its_label_where_there_is_room() -> None:
    assert any(line.startswith("  ¶3  name") and "*" in line for line in told(HARBOUR, "e2", 80))
