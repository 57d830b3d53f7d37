"""JSON: one report as one object; several as a list of them. It holds every mode of reporting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TextIO

from onrecord.render.neutral import escape_json
from onrecord.render.selection import EVERYTHING, Selection, select
from onrecord.schema import Report
from onrecord.serialize import to_json


def write(reports: Iterable[Report], out: TextIO, *, selection: Selection = EVERYTHING) -> None:
    """Write an object for one report, a list for none or several."""
    selection = replace(selection, all_modes=True)
    write_values((to_json(select(report, selection)) for report in reports), out)


def write_values(values: Iterable[str], out: TextIO) -> None:
    """Write one JSON value as it is, none or several as a list, so that the file is always one document."""
    texts = (escape_json(value) for value in values)
    first = next(texts, None)
    if first is None:
        out.write("[]\n")
        return
    second = next(texts, None)
    if second is None:
        out.write(first + "\n")
        return
    out.write(f"[\n{first},\n{second}")
    for text in texts:
        out.write(f",\n{text}")
    out.write("\n]\n")
