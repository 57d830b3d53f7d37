"""CSV and TSV: one article a row, with a row of column names first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from onrecord.errors import InputError
from onrecord.readers.decoding import decode
from onrecord.readers.records import FIELDS, article_from_record, text_field
from onrecord.readers.source import Source
from onrecord.schema import Article

__all__ = ["read"]

MAX_FIELD_CHARS = 10_000_000
"""Characters in one cell; the standard library's 131,072 is less than a long transcript."""


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:
    """Read the articles, one a row; rows without text are left out.

    Raises:
        InputError: no column holds the text, or the table cannot be read.
    """
    decoded = decode(source.data, thing=source.path, encoding=encoding)
    sha256 = source.sha256
    first = decoded.text.lstrip("\n").split("\n", 1)[0]
    delimiter = max("\t,;|", key=first.count)
    csv.field_size_limit(MAX_FIELD_CHARS)
    rows = csv.DictReader(io.StringIO(decoded.text, newline=""), delimiter=delimiter)
    warnings = decoded.warnings
    try:
        if text_field(rows.fieldnames or ()) is None:
            names = ", ".join(FIELDS["text"][:3])
            raise InputError(source.path, "no column with the articles' text", f"name one of them {names}")
        for number, row in enumerate(rows, start=1):
            article = article_from_record(
                row, source, number, format="csv", sha256=sha256, encoding=decoded.encoding
            )
            if article is not None:
                yield replace(article, warnings=warnings)
                warnings = ()
    except csv.Error as error:
        line = rows.line_num
        raise InputError(
            source.path, f"line {line}: {error}", "save it again as CSV from a spreadsheet"
        ) from error
