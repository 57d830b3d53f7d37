"""Plain text: the decoded file as it is. The pipeline finds its blocks."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.readers.decoding import decode
from onrecord.readers.source import Source
from onrecord.schema import Article

__all__ = ["read"]


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:
    """Read one article.

    Raises:
        InputError: the bytes are no text, or not in `encoding`.
    """
    decoded = decode(source.data, thing=source.path, encoding=encoding, placed=True)
    yield Article(
        id=source.stem,
        text=decoded.text,
        path=source.path,
        format="text",
        sha256=source.sha256,
        encoding=decoded.encoding,
        warnings=decoded.warnings,
    )
