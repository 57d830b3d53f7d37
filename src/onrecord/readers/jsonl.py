"""JSON Lines: one article a line, as databases and archives export them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from onrecord.errors import InputError
from onrecord.readers.decoding import decode
from onrecord.readers.records import FIELDS, article_from_record
from onrecord.readers.source import Source
from onrecord.schema import Article, Notice

__all__ = ["read"]


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:
    """Read the articles, one a line; lines that are no record with a text are told in a warning.

    Raises:
        InputError: no line holds an article.
    """
    decoded = decode(source.data, thing=source.path, encoding=encoding)
    sha256 = source.sha256
    bad: list[int] = []
    found = False
    warnings = decoded.warnings
    # `splitlines` would also break at the line separators that JSON allows inside strings.
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        article = (
            article_from_record(
                record, source, number, format="jsonl", sha256=sha256, encoding=decoded.encoding
            )
            if isinstance(record, dict)
            else None
        )
        if article is None:
            bad.append(number)
            continue
        if bad:
            warnings += (Notice("skipped_records", f"no article in line {_listed(bad)}"),)
            bad = []
        yield replace(article, warnings=warnings)
        found, warnings = True, ()
    if not found:
        names = ", ".join(FIELDS["text"][:3])
        raise InputError(source.path, "no line with an article", f"name the text's field one of {names}")


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(str(n) for n in numbers[:5])
    return f"{shown} and {len(numbers) - 5} more" if len(numbers) > 5 else shown
