"""CSV and TSV: one article a row, with a row of column names first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.readers.decoding import decode
from onrecord.readers.records import FIELDS, articles_from_records, text_field
from onrecord.readers.source import Source
from onrecord.schema import Article

__all__ = ["read"]

MAX_FIELD_CHARS = 10_000_000
"""Characters in one cell; the standard library's 131,072 is less than a long transcript."""


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:
    """Read the articles, one a row; rows without text are told in a warning, counted below the header.

    Raises:
        InputError: no column or no row holds a text, or the table cannot be read.
    """
    decoded = decode(source.data, thing=source.path, encoding=encoding)
    first = decoded.text.lstrip("\n").split("\n", 1)[0]
    delimiter = max("\t,;|", key=first.count)
    csv.field_size_limit(MAX_FIELD_CHARS)
    rows = csv.DictReader(io.StringIO(decoded.text, newline=""), delimiter=delimiter)
    yield from articles_from_records(_records(rows, source), source, decoded, format="csv", place="row")


def _records(rows: csv.DictReader[str], source: Source) -> Iterator[tuple[int, object]]:
    try:
        if text_field(rows.fieldnames or ()) is None:
            names = ", ".join(FIELDS["text"][:3])
            raise InputError(source.path, "no column with the articles' text", f"name one of them {names}")
        yield from enumerate(rows, start=1)
    except csv.Error as error:
        line = rows.line_num
        raise InputError(
            source.path, f"line {line}: {error}", "save it again as CSV from a spreadsheet"
        ) from error
