"""JSON Lines: one article a line, as databases and archives export them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onrecord.readers.decoding import decode
from onrecord.readers.records import articles_from_records
from onrecord.readers.source import Source
from onrecord.schema import Article

__all__ = ["read"]


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:
    """Read the articles, one a line; lines that are no record with a text are told in a warning.

    Raises:
        InputError: no line holds an article.
    """
    decoded = decode(source.data, thing=source.path, encoding=encoding)
    # `splitlines` would also break at the line separators that JSON allows inside strings.
    lines = enumerate(decoded.text.split("\n"), start=1)
    records = ((number, _parsed(line)) for number, line in lines if line.strip())
    yield from articles_from_records(records, source, decoded, format="jsonl", place="line")


def _parsed(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
