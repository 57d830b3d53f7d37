"""The formats that reports can be written in, found by name or by a file's suffix; loaded on use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.render.selection import Selection
    from onrecord.schema import Report


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        module: in this package; it has `write(reports, out, *, selection)`.
        target: `text` if `out` is a text stream, `file` if it is the path of a new file.
        encoding: of the file.
    """

    name: str
    suffix: str
    module: str
    target: Literal["text", "file"] = "text"
    encoding: str = "utf-8"


FORMATS = {
    f.name: f
    for f in (
        Format("page", ".txt", "page"),
        Format("json", ".json", "jsonfmt"),
        Format("jsonl", ".jsonl", "jsonl"),
        # Excel takes a CSV file without a byte-order mark for Windows-1252.
        Format("csv", ".csv", "csvfmt", encoding="utf-8-sig"),
        Format("md", ".md", "markdown"),
        Format("factcheck", ".factcheck.md", "factcheck"),
        Format("jsonld", ".jsonld", "jsonld"),
        Format("html", ".html", "html"),
        Format("xlsx", ".xlsx", "xlsx", target="file"),
        Format("db", ".db", "database", target="file"),
    )
}

ALSO = {".htm": "html", ".markdown": "md", ".sqlite": "db", ".sqlite3": "db", ".ndjson": "jsonl"}
"""Other suffixes of the same formats."""


def format_for(path: Path) -> Format:
    """The format that a file's suffix asks for.

    Raises:
        UsageError: no format has that suffix.
    """
    name, suffix = path.name.lower(), path.suffix.lower()
    # The longest first: `.factcheck.md` ends in `.md` too.
    for f in sorted(FORMATS.values(), key=lambda f: -len(f.suffix)):
        if name.endswith(f.suffix) or ALSO.get(suffix) == f.name:
            return f
    import difflib

    known = [f.suffix for f in FORMATS.values()]
    close = difflib.get_close_matches(suffix, known, n=1)
    remedy = f"did you mean {path.with_suffix(close[0])}?" if close else f"use one of {' '.join(known)}"
    problem = f"no format has the suffix {suffix}" if suffix else "the file has no suffix to tell the format"
    raise UsageError(str(path), problem, remedy)


def write(reports: Iterable[Report], out: TextIO | Path, *, form: Format, selection: Selection) -> None:
    """Write reports in a format.

    Args:
        reports: read lazily.
        out: a text stream or a new file's path, as `form.target` says.
        form: the format.
        selection: what of each report to write.
    """
    import_module(f"onrecord.render.{form.module}").write(reports, out, selection=selection)
