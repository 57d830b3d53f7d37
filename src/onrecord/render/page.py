"""The page for a terminal: who is in the story, who says what, what is worth checking."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TextIO

from onrecord.render.facts import (
    Places,
    facts_line,
    headline,
    hidden_modes,
    in_the_story,
    notices,
)
from onrecord.render.layout import HARD_SPACE, Line, Run, beside, paint, wrap
from onrecord.render.page_claims import claim_lines
from onrecord.render.page_people import others_lines, people_lines
from onrecord.render.page_quotes import quote_lines
from onrecord.render.phrases import made_with
from onrecord.render.selection import Selection, select, spoken
from onrecord.schema import Article, Report

TWO_COLUMNS = 116
"""Cells from which quotes and claims stand side by side: each column then holds 56 cells, the lower
end of the 45 to 75 characters a line that are easy to read (Bringhurst, Elements of Typographic
Style, 2.1.2)."""

WIDEST = 164
"""Cells; on wider terminals lines would pass 80 cells a column."""

NARROWEST = 20
"""Cells below which no page is laid out; longer lines wrap in the terminal."""

GUTTER = 4
"""Cells between columns."""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How the page looks.

    Attributes:
        width: in terminal cells, at least 20.
        color: write ANSI styles.
        explain: the options by which `onrecord explain` finds the same ids as this run.
    """

    width: int = 80
    color: bool = False
    explain: tuple[str, ...] = ()


def write(
    reports: Iterable[Report],
    out: TextIO,
    *,
    selection: Selection | None = None,
    options: PageOptions | None = None,
) -> None:
    """Write a page for each report."""
    for i, report in enumerate(reports):
        if i:
            width = max(NARROWEST, min((options or PageOptions()).width, WIDEST))
            out.write(f"\n{'=' * width}\n\n")
        out.write(page(report, selection=selection, options=options))
        out.flush()


def page(report: Report, *, selection: Selection | None = None, options: PageOptions | None = None) -> str:
    """One report as text that ends with a line break."""
    selection = selection or Selection()
    options = options or PageOptions()
    width = max(NARROWEST, min(options.width, WIDEST))
    return paint(_lines(report, selection, width, options.explain), color=options.color)


def _lines(report: Report, selection: Selection, width: int, explain: tuple[str, ...]) -> list[Line]:
    shown = select(report, selection)
    counted = spoken(report, selection)
    cast = in_the_story(shown.entities, report.article)
    columns = width >= TWO_COLUMNS
    column = (width - GUTTER) // 2 if columns else width
    lines = list(_masthead(report.article, width))

    who: list[list[Line]] = []
    text = report.article.text
    if selection.shows("people"):
        who.append(people_lines(cast, counted, text=text, width=column))
        if selection.shows("entities"):
            who.append(others_lines(cast, counted, text=text, width=column, dates=bool(selection.only)))
    _place(lines, who, columns, column)

    body: list[list[Line]] = []
    places = Places(report.article)
    if selection.shows("quotes"):
        hidden = 0 if selection.all_modes else hidden_modes(report)
        body.append(quote_lines(shown.quotes, report, width=column, hidden=hidden))
    if selection.shows("claims"):
        body.append(claim_lines(shown.claims, report, width=column, everything=bool(selection.only)))
    _place(lines, body, columns, column)

    lines += _warnings(report, places, width)
    lines += _colophon(report, shown, width, explain)
    return lines


def _place(lines: list[Line], blocks: list[list[Line]], columns: bool, column: int) -> None:
    blocks = [b for b in blocks if b]
    if columns and len(blocks) == 2:
        blocks = [beside(*blocks, width=column, gutter=GUTTER)]
    for block in blocks:
        lines.append([])
        lines += block


def _masthead(article: Article, width: int) -> Iterator[Line]:
    yield from wrap([Run(headline(article), "title")], width=width)
    yield from wrap([Run(_unbroken(facts_line(article)), "dim")], width=width)


def _unbroken(text: str) -> str:
    """No line begins with a dot."""
    return text.replace(" · ", f"{HARD_SPACE}· ")


def _warnings(report: Report, places: Places, width: int) -> Iterator[Line]:
    found = notices(report)
    if not found:
        return
    yield []
    yield [Run("WARNINGS", "head")]
    for notice in found:
        place = places.label(notice.start) if notice.start is not None else ""
        text = f"{place}: {notice.message}" if place else notice.message
        yield from wrap([Run(text)], width=width, indent=4, lead=Run("! ", "warn"))


def _colophon(report: Report, shown: Report, width: int, explain: tuple[str, ...]) -> Iterator[Line]:
    yield []
    yield from wrap([Run(_unbroken(made_with(report.onrecord)), "dim")], width=width)
    legend = (
        "¶ paragraph · % how sure we are of the words, or of their link to the name if that is less "
        "· check: how worth checking, not how true"
    )
    yield from wrap([Run(_unbroken(legend), "dim")], width=width)
    examples = [thing.id for things in (shown.quotes, shown.claims, shown.entities) for thing in things[:1]]
    if report.article.path != "-" and examples:
        words = ["onrecord", "explain", report.article.path, examples[0], *_which(report.article), *explain]
        yield from wrap([Run(f"Why? {shlex.join(words)}", "dim")], width=width)


def _which(article: Article) -> list[str]:
    """What tells `explain` the article, where its id says that the file holds several."""
    return ["--article", article.id] if article.id.startswith(f"{PurePath(article.path).stem}#") else []
