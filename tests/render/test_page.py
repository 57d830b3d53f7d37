from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from golden_files import check
from hypothesis import given, settings
from hypothesis import strategies as st
from report_strategies import reports as any_reports
from reports import HARBOUR, empty, hostile

from onrecord.render.layout import cells
from onrecord.render.page import PageOptions, page, write
from onrecord.render.selection import Selection
from onrecord.schema import Entity, Mention, Report

ANSI = re.compile("\x1b\\[[0-9;]*m")


@pytest.mark.parametrize("width", [40, 80, 140])
def test_golden(width: int) -> None:
    check(f"page_{width}.txt", page(HARBOUR, options=PageOptions(width=width)))


def test_golden_in_color() -> None:
    check("page_color.txt", page(HARBOUR, options=PageOptions(width=80, color=True)))


def test_golden_all_modes() -> None:
    check("page_all_modes.txt", page(HARBOUR, selection=Selection(all_modes=True)))


def test_golden_hostile() -> None:
    check("page_hostile.txt", page(hostile()))


def test_golden_empty() -> None:
    check("page_empty.txt", page(empty()))


def test_color_changes_nothing_but_color() -> None:
    plain = page(HARBOUR, options=PageOptions(width=100))
    styled = page(HARBOUR, options=PageOptions(width=100, color=True))
    assert "\x1b[" in styled
    assert "\n".join(line.rstrip() for line in ANSI.sub("", styled).split("\n")) == plain


@pytest.mark.parametrize("color", [False, True])
def test_article_text_commands_nothing(color: bool) -> None:
    shown = ANSI.sub("", page(hostile(), options=PageOptions(color=color)))
    for character in ("\x1b", "\x9b", "\x07", "\u202e", "\u202c"):
        assert character not in shown
    for literal in ("[bold]Mayor[/bold]", ":smile:", "␛[31mRed", "[link=file:///etc]"):
        assert literal in shown


@settings(max_examples=60, deadline=None)
@given(any_reports(), st.integers(20, 200), st.booleans())
def test_any_report_fits_its_width_and_is_harmless(report: Report, width: int, color: bool) -> None:
    text = page(report, options=PageOptions(width=width, color=color))
    plain = ANSI.sub("", text)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", plain)
    assert text.endswith("\n")
    for line in plain.split("\n"):
        assert cells(line) <= width, line


def test_lines_of_real_text_fit_exactly() -> None:
    for width in (60, 80, 116, 140, 164):
        for line in page(HARBOUR, options=PageOptions(width=width)).split("\n"):
            assert cells(line) <= width
            assert line == line.rstrip()


def test_nested_quotes_stand_under_their_parent() -> None:
    lines = page(HARBOUR, selection=Selection(only=frozenset({"quotes"}))).split("\n")
    outer = next(i for i, line in enumerate(lines) if line.rstrip().endswith("q5"))
    inner = next(i for i, line in enumerate(lines) if line.rstrip().endswith("q6"))
    assert inner > outer
    assert len(lines[inner]) - len(lines[inner].lstrip()) > len(lines[outer]) - len(lines[outer].lstrip())


def test_views_expect_speech() -> None:
    assert "q9" not in page(HARBOUR)
    assert "--all-modes" in page(HARBOUR)
    assert "q9" in page(HARBOUR, selection=Selection(all_modes=True))


def test_only() -> None:
    people = page(HARBOUR, selection=Selection(only=frozenset({"people"})))
    assert "PEOPLE" in people
    assert "ORGANISATIONS" not in people
    assert "WHO SAYS WHAT" not in people
    assert "reported 1×" in people
    entities = page(HARBOUR, selection=Selection(only=frozenset({"entities"})))
    assert "412 million crowns" in entities


def test_min_confidence() -> None:
    shown = page(HARBOUR, selection=Selection(min_confidence=0.8))
    assert " q11" not in shown
    assert " q6" not in shown
    assert " q5" in shown


def test_most_check_worthy_first_and_not_all() -> None:
    many = replace(HARBOUR, claims=tuple(replace(HARBOUR.claims[0], id=f"c{i}") for i in range(1, 31)))
    assert "10 of 30" in page(many)
    assert "30 found" in page(many, selection=Selection(only=frozenset({"claims"})))


def test_lines_fit_from_the_hundredth_claim_on() -> None:
    many = replace(HARBOUR, claims=tuple(replace(HARBOUR.claims[0], id=f"c{i}") for i in range(1, 121)))
    for width in range(20, 60):
        shown = page(many, selection=Selection(only=frozenset({"claims"})), options=PageOptions(width=width))
        assert all(cells(line) <= width for line in shown.split("\n")), width


@pytest.mark.parametrize("width", [20, 24, 30, 80])
def test_nothing_found_is_told_at_any_width(width: int) -> None:
    assert page(empty(), options=PageOptions(width=width)).count("nothing found") == 2


def test_views_left_out_are_no_speech() -> None:
    views = replace(HARBOUR, quotes=tuple(replace(q, mode="belief") for q in HARBOUR.quotes), claims=())
    shown = page(views, options=PageOptions(width=100))
    assert re.search(r"WHO SAYS WHAT +no speech found", shown)
    assert f"Left out: {len(views.quotes)} statements" in shown


def test_several_pages() -> None:
    out = io.StringIO()
    write([HARBOUR, empty()], out)
    assert out.getvalue().count("onrecord 0.1.0") == 2


def test_who_wrote_the_story_is_not_in_it() -> None:
    at = HARBOUR.article.text.index("Ines Okafor")
    author = Entity("e11", "PERSON", "Ines Okafor", (), (), (Mention(at, at + 11, "Ines Okafor"),))
    report = replace(
        HARBOUR,
        article=replace(HARBOUR.article, byline=()),
        entities=(*HARBOUR.entities, author),
    )
    lines = page(report).split("\n")
    assert sum("Ines Okafor" in line for line in lines) == 1
    assert "By Ines Okafor" in lines[1]
