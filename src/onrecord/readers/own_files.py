"""Files that onrecord wrote itself: they stand beside articles and are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

__all__ = ["HEAD", "OwnFile", "own_file"]

HEAD = 4096
"""Bytes at the beginning of a file that tell whether it is onrecord's own."""

_REPORT = re.compile(rb'\s*\[?\s*\{\s*"schema_version"\s*:\s*"[\d.]+"\s*,\s*"onrecord"\s*:')
_PAGE = b"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_TABLES = (
    ("article", "title", "paragraph", "speaker", "speaker type"),
    ("article", "name", "type", "role", "also as"),
    ("article", "rank", "paragraph", "claimant", "via"),
)
"""First columns of the tables of quotes, of people and of claims."""

_CORRECTIONS = frozenset(("action", "name", "to", "mention", "type", "article"))
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What a file of onrecord's own is, and what to do with it instead."""

    kind: str
    remedy: str


def own_file(path: str, head: bytes) -> OwnFile | None:
    """What a file of onrecord's own is; None if it is none.

    Args:
        path: as the user named it; `-` for standard input.
        head: its first `HEAD` bytes or more.
    """
    head = head[:HEAD].removeprefix(_MARK)
    article = "name the article that it was made from"
    if _REPORT.match(head):
        explained = Path(path).suffix.lower() in (".json", ".jsonl")
        remedy = f"type: onrecord explain {path} ID" if explained else article
        return OwnFile("a report that onrecord saved", remedy)
    if path.lower().endswith(".factcheck.md"):
        return OwnFile("a fact-check sheet that onrecord wrote", article)
    if _PAGE in head:
        return OwnFile("a page that onrecord wrote", f"open it in a browser, or {article}")
    if Path(path).suffix.lower() in (".csv", ".tsv"):
        return _own_table(path, head)
    return None


def _own_table(path: str, head: bytes) -> OwnFile | None:
    first = head.split(b"\n", 1)[0].decode("latin-1")
    # Spreadsheets save with the separator of the user's country.
    columns = tuple(c.strip(' "\r') for c in re.split(r"[,;\t|]", first))
    if any(columns[: len(table)] == table for table in _TABLES):
        return OwnFile("a table that onrecord wrote", "name the articles that it was made from")
    if {"action", "name"} <= set(columns) <= _CORRECTIONS:
        return OwnFile("a table of corrections", f"name the articles and add: --corrections {path}")
    return None
