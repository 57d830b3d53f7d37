"""An Excel workbook: quotes, people and organisations, claims, warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.render.neutral import neutral
from onrecord.render.selection import Selection
from onrecord.render.tables import (
    CLAIM_COLUMNS,
    ENTITY_COLUMNS,
    QUOTE_COLUMNS,
    WARNING_COLUMNS,
    Cell,
    Row,
    claim_rows,
    entity_rows,
    quote_rows,
    warning_rows,
)
from onrecord.schema import Report

WIDE = frozenset({"quote", "claim", "warning", "why"})
MIDDLE = frozenset(
    {"title", "speaker", "source", "name", "role", "claimant", "also as", "numbers", "relations"}
)
WIDTHS = (70, 26, 12)
"""Characters: for sentences, for names, for numbers and codes."""

LONGEST_CELL = 32_767
"""Characters that a cell of an Excel workbook can hold (Microsoft, *Excel specifications and limits*)."""


class _Table(NamedTuple):
    title: str
    columns: tuple[str, ...]
    rows: Callable[[Report, Selection], Iterator[Row]]


def write(reports: Iterable[Report], out: Path, *, selection: Selection | None = None) -> None:
    """Write a workbook with a sheet for each kind of thing that is wanted."""
    from openpyxl import Workbook

    selection = selection or Selection()
    book = Workbook(write_only=True)
    sheets = [(table, _new_sheet(book, table)) for table in _tables(selection)]
    counts = [1] * len(sheets)
    for report in reports:
        for i, (table, sheet) in enumerate(sheets):
            for row in table.rows(report, selection):
                sheet.append([_cell(sheet, value) for value in row])
                counts[i] += 1
    for (table, sheet), count in zip(sheets, counts, strict=True):
        sheet.auto_filter.ref = f"A1:{_letter(len(table.columns))}{count}"
    book.save(out)


def _tables(selection: Selection) -> list[_Table]:
    tables = []
    if selection.shows("quotes"):
        tables.append(_Table("Quotes", QUOTE_COLUMNS, quote_rows))
    if selection.shows("people"):
        tables.append(_Table("People & organisations", ENTITY_COLUMNS, entity_rows))
    if selection.shows("claims"):
        tables.append(_Table("Claims", CLAIM_COLUMNS, claim_rows))
    return [*tables, _Table("Warnings", WARNING_COLUMNS, _warnings)]


def _warnings(report: Report, _: Selection) -> Iterator[Row]:
    return warning_rows(report)


def _new_sheet(book: Any, table: _Table) -> Any:
    from openpyxl.styles import Font

    sheet = book.create_sheet(table.title)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, start=1):
        wide, middle, narrow = WIDTHS
        width = wide if column in WIDE else middle if column in MIDDLE else max(narrow, len(column) + 4)
        sheet.column_dimensions[_letter(number)].width = width
    heads = [_cell(sheet, column.capitalize()) for column in table.columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    return sheet


def _cell(sheet: Any, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=neutral(value)[:LONGEST_CELL])
        # Text that begins with "=" stays text, also when somebody edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell = WriteOnlyCell(sheet, value=value)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))
