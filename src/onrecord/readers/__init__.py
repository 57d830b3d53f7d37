"""Readers: one format a file, each giving articles. None of them sees the pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from onrecord.errors import FaultError, InputError, OnrecordError
from onrecord.readers.detection import detect_format
from onrecord.readers.files import find_files
from onrecord.readers.source import Source, load_source
from onrecord.schema import Article, Notice

__all__ = ["find_files", "read_all", "read_articles", "read_bytes"]

_MODULES = {
    "text": "text",
    "markdown": "markdown",
    "html": "html",
    "docx": "docx",
    "odt": "odt",
    "rtf": "rtf",
    "pdf": "pdf",
    "json": "jsonfmt",
    "jsonl": "jsonl",
    "csv": "tables",
}


def read_articles(path: Path | str, *, encoding: str | None = None) -> Iterator[Article]:
    """Read the articles in one file.

    Args:
        path: a file; `-` for standard input.
        encoding: the text's encoding where the user knows it; found out if None.

    Raises:
        InputError: the file cannot be read as an article; the message names the remedy. It is a
            `FaultError` where the reader failed at it as nobody foresaw.
    """
    yield from read_bytes(load_source(path), encoding=encoding)


def read_bytes(source: Source, *, encoding: str | None = None) -> Iterator[Article]:
    """Read the articles in bytes already loaded; like `read_articles`."""
    try:
        yield from _read_bytes(source, encoding)
    except OnrecordError:
        raise
    except Exception as error:
        # Among thousands of files there is one that no reader has seen the like of.
        raise FaultError(source.path, "could not be read", error) from error


def _read_bytes(source: Source, encoding: str | None) -> Iterator[Article]:
    found = detect_format(source)
    reader = import_module(f"onrecord.readers.{_MODULES[found]}")
    empty = True
    for article in reader.read(source, encoding=encoding):
        if article.text.strip():
            empty = False
            yield article
    if empty:
        raise InputError(source.path, "no text in it", "check that it was saved")


def read_all(
    paths: Iterable[Path | str],
    *,
    encoding: str | None = None,
    on_error: Callable[[InputError], None],
    on_skip: Callable[[Notice], None],
) -> Iterator[Article]:
    """Read the articles in many files and folders; one that cannot be read does not stop the others.

    Ids are unique: the second `story` becomes `story~2`.

    Args:
        paths: files, folders, globs, `-`.
        encoding: as for `read_articles`.
        on_error: called with the error of a file or folder that cannot be read.
        on_skip: called with a notice for a file in a folder that is left out for its format, or as
            onrecord's own.
    """
    used: dict[str, int] = {}
    for path in find_files(paths, on_skip=on_skip, on_error=on_error):
        try:
            for article in read_articles(path, encoding=encoding):
                yield _with_unique_id(article, used)
        except InputError as error:
            on_error(error)


def _with_unique_id(article: Article, used: dict[str, int]) -> Article:
    name = article.id
    while name in used:
        used[article.id] += 1
        name = f"{article.id}~{used[article.id]}"
    used[name] = 1
    return article if name == article.id else replace(article, id=name)
