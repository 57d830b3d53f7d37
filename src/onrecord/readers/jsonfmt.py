"""JSON: one article as an object, or many as a list of objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from onrecord.errors import InputError
from onrecord.readers.decoding import decode
from onrecord.readers.records import articles_from_records
from onrecord.readers.source import Source
from onrecord.schema import Article

__all__ = ["read"]


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:
    """Read the articles; objects without a text are told in a warning.

    Raises:
        InputError: it is no JSON, or no object in it holds an article.
    """
    decoded = decode(source.data, thing=source.path, encoding=encoding)
    try:
        value = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ValueError) else "too deep"
        raise InputError(
            source.path, f"damaged, or no JSON ({reason})", "export it again, or save prose as .txt"
        ) from error
    values = value if isinstance(value, list) else [value]
    records = enumerate(values, start=1)
    for article in articles_from_records(records, source, decoded, format="json", place="record"):
        yield article if isinstance(value, list) else replace(article, id=source.stem)
