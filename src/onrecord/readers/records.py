"""An article out of one record of an export: which field is the text, which the title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.readers.decoding import normalize_newlines
from onrecord.readers.source import Source
from onrecord.schema import Article

__all__ = ["article_from_record", "text_field"]

FIELDS = {
    "text": (
        "text",
        "body",
        "content",
        "article",
        "article_text",
        "fulltext",
        "full_text",
        "story",
        "maintext",
    ),
    "id": ("id", "article_id", "uid", "uuid", "docid", "doc_id", "guid"),
    "title": ("title", "headline", "hed"),
    "byline": ("byline", "author", "authors", "creator", "by"),
    "published": (
        "published",
        "date",
        "published_at",
        "publication_date",
        "pub_date",
        "publish_date",
        "date_publish",
    ),
    "outlet": (
        "outlet",
        "publication",
        "publisher",
        "newspaper",
        "site",
        "sitename",
        "source_name",
        "source",
    ),
    "url": ("url", "link", "canonical_url", "web_url"),
    "language": ("language", "lang"),
}
"""Names of fields in exports of news databases and archives, by preference; compared in lower case
with blanks and hyphens as underscores."""


def _plain(name: object) -> str:
    return str(name).strip().lower().replace(" ", "_").replace("-", "_")


def text_field(names: Sequence[object]) -> object | None:
    """The name among `names` whose field holds the article's text; None if none does."""
    by_name = {_plain(name): name for name in reversed(names)}
    return next((by_name[name] for name in FIELDS["text"] if name in by_name), None)


def article_from_record(
    record: Mapping[Any, Any], source: Source, number: int, *, format: str, sha256: str, encoding: str
) -> Article | None:
    """One record as an article; None if it has no text.

    Args:
        record: field name to value.
        source: the file that holds it.
        number: which record of the file it is, from 1; the id where the record has none.
        format: of the file.
        sha256: of the file's bytes.
        encoding: of the file.
    """
    fields = {_plain(k): v for k, v in reversed(record.items())} if isinstance(record, dict) else {}
    text = _first(fields, "text")
    if not text or not text.strip():
        return None
    own_id = _first(fields, "id")
    return Article(
        id=f"{source.stem}#{own_id or number}",
        text=normalize_newlines(text).removeprefix("\ufeff"),
        path=source.path,
        format=format,
        sha256=sha256,
        encoding=encoding,
        title=_first(fields, "title"),
        byline=_names(fields),
        published=_first(fields, "published"),
        outlet=_first(fields, "outlet"),
        url=_first(fields, "url"),
        language=_first(fields, "language") or "en",
    )


def _first(fields: Mapping[str, Any], role: str) -> str | None:
    for name in FIELDS[role]:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value if role == "text" else value.strip()
        if role == "id" and isinstance(value, int):
            return str(value)
        if role == "text" and isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            return "\n\n".join(value)
    return None


def _names(fields: Mapping[str, Any]) -> tuple[str, ...]:
    for name in FIELDS["byline"]:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return tuple(n.strip() for n in value.split(";") if n.strip())
        if isinstance(value, list):
            return tuple(n.strip() for n in value if isinstance(n, str) and n.strip())
    return ()
