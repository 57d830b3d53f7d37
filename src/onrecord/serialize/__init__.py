"""Reports as JSON and back, in exactly the shape of the shipped JSON Schema (draft 2020-12)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import cast

from onrecord.errors import ReportError
from onrecord.schema import Report
from onrecord.serialize.reading import report_from_dict
from onrecord.serialize.writing import JsonObject, report_to_dict

__all__ = ["from_json", "load_schema", "report_from_dict", "report_to_dict", "to_json"]


def load_schema() -> JsonObject:
    """The JSON Schema that every report validates against."""
    text = (files("onrecord") / "report.schema.json").read_text("utf-8")
    return cast(JsonObject, json.loads(text))


def to_json(report: Report, *, indent: int | None = 2) -> str:
    """A report as JSON text without a final line break; one line if `indent` is None.

    Text is written as it is, not as `\\u` escapes. Lone surrogates stay in the string: encode with
    `errors="backslashreplace"`, which makes valid JSON of them.
    """
    separators = (",", ":") if indent is None else None
    return json.dumps(
        report_to_dict(report), ensure_ascii=False, allow_nan=False, indent=indent, separators=separators
    )


def from_json(text: str) -> Report:
    """The report that `to_json` wrote.

    Raises:
        ReportError: it is no JSON or does not follow the data contract.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "too deep"
        raise ReportError("report", f"is not JSON ({reason})") from error
    return report_from_dict(value)
