"""An article out of one record of an export: which field is the text, which the title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.errors import InputError
from onrecord.readers.decoding import Decoded, normalize_newlines
from onrecord.readers.source import Source
from onrecord.schema import Article, Notice

__all__ = ["article_from_record", "articles_from_records", "text_field"]

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


def articles_from_records(
    records: Iterable[tuple[int, object]], source: Source, decoded: Decoded, *, format: str, place: str
) -> Iterator[Article]:
    """The articles in the records of a file.

    Records without a text are told in a warning of the article before them, or else of the first.

    Args:
        records: each with its number in the file, from 1.
        source: the file that holds them.
        decoded: the text of the file.
        format: of the file.
        place: what a record is called: `line`.

    Raises:
        InputError: no record holds an article. One that the records raise comes after the articles before.
    """
    sha256 = source.sha256
    held: Article | None = None
    missing: list[int] = []
    try:
        for number, record in records:
            article = (
                article_from_record(
                    record, source, number, format=format, sha256=sha256, encoding=decoded.encoding
                )
                if isinstance(record, dict)
                else None
            )
            if article is None:
                missing.append(number)
            elif held is None:
                held = replace(article, warnings=decoded.warnings)
            else:
                yield _told(held, missing, place)
                held, missing = article, []
    except InputError:
        if held is not None:
            yield _told(held, missing, place)
        raise
    if held is None:
        names = ", ".join(FIELDS["text"][:3])
        raise InputError(source.path, f"no {place} with an article", f"name the text's field one of {names}")
    yield _told(held, missing, place)


def _told(article: Article, missing: Sequence[int], place: str) -> Article:
    if not missing:
        return article
    shown = ", ".join(str(n) for n in missing[:5])
    more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
    notice = Notice("skipped_records", f"no article in {place} {shown}{more}")
    return replace(article, warnings=(*article.warnings, notice))


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
