"""JSON Lines: one report a line, in input order. It holds every mode of reporting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TextIO

from onrecord.render.neutral import escape_json
from onrecord.render.selection import EVERYTHING, Selection, select
from onrecord.schema import Report
from onrecord.serialize import to_json


def write(reports: Iterable[Report], out: TextIO, *, selection: Selection = EVERYTHING) -> None:
    """Write each report as one line."""
    selection = replace(selection, all_modes=True)
    for report in reports:
        out.write(escape_json(to_json(select(report, selection), indent=None)) + "\n")
        out.flush()
