"""CSV for a spreadsheet: one row a quote, or one an entity or a claim where only those are wanted."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from onrecord.errors import UsageError
from onrecord.render.neutral import neutral
from onrecord.render.selection import Selection
from onrecord.render.tables import (
    CLAIM_COLUMNS,
    ENTITY_COLUMNS,
    QUOTE_COLUMNS,
    Cell,
    Row,
    claim_rows,
    entity_rows,
    quote_rows,
)
from onrecord.schema import Report

_FORMULA = ("=", "+", "-", "@")
"""First characters that spreadsheets take for a formula (OWASP, *CSV Injection*)."""


def write(reports: Iterable[Report], out: TextIO, *, selection: Selection | None = None) -> None:
    """Write one table.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it. Line breaks in
    a quotation become spaces; `start` and `end` give its exact place.

    Raises:
        UsageError: several tables are asked for at once.
    """
    selection = selection or Selection()
    columns, rows = _table(selection)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for report in reports:
        writer.writerows([guard(cell) for cell in row] for row in rows(report, selection))
        out.flush()


def guard(cell: Cell) -> Cell:
    """The cell, harmless to a spreadsheet and to a terminal; numbers stay numbers."""
    if not isinstance(cell, str):
        return cell
    text = neutral(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _table(selection: Selection) -> tuple[tuple[str, ...], Callable[[Report, Selection], Iterator[Row]]]:
    wanted = {"entities" if s == "people" else s for s in selection.only} or {"quotes"}
    if len(wanted) > 1:
        problem = f"CSV holds one table, not {' and '.join(sorted(wanted))}"
        raise UsageError("--only", problem, "choose one, or type: -o report.xlsx")
    if wanted == {"entities"}:
        return ENTITY_COLUMNS, entity_rows
    return (CLAIM_COLUMNS, claim_rows) if wanted == {"claims"} else (QUOTE_COLUMNS, quote_rows)
