"""Files that onrecord wrote itself: they stand beside articles and are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError
from onrecord.readers.decoding import decode, normalize_newlines

__all__ = ["HEAD", "SAVED", "OwnFile", "is_saved_report", "own_file"]

HEAD = 4096
"""Bytes at the beginning and at the end of a file that tell whether it is onrecord's own; an even number,
so that no character of UTF-16 is cut."""

SAVED = (".json", ".jsonl", ".ndjson")
"""Suffixes of files in which reports are saved."""

_REPORT = re.compile(r'\s*\[?\s*\{\s*"schema_version"\s*:\s*"[\d.]+"\s*,\s*"onrecord"\s*:')
_CLAIMS = re.compile(
    r'\s*\[?\s*\{\s*"@context"\s*:\s*"https://schema\.org"\s*,\s*"@graph"\s*:\s*\[\s*'
    r'\{\s*"@type"\s*:\s*"NewsArticle"\s*,\s*"@id"\s*:\s*"[^"]*"\s*,\s*"headline"\s*:\s*"(?:[^"\\]|\\.)*"\s*,'
    r'\s*"inLanguage"\s*:'
)
_HTML = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_FACTS = r"# .+\n\n\*.*\b[\d,]+ words?\b.*\*\n"
_SHEET = re.compile(rf"\s*{_FACTS}\n\d+ worth checking, \d+ left out\. No claim here has been judged ")
_MARKDOWN = re.compile(
    rf"\s*{_FACTS}(?:\s*\Z|\n## (?:(?:People|Organisations|Not named)\n\n\| Name \| Role \| Mentions \||"
    r"(?:Places|Who says what|Worth checking|Warnings)\n))"
)
_COLOPHON = re.compile(
    r"onrecord\d[\w.+]*.{1,90}?\((?:not)?verified\).{0,3}?(?:learned:.{1,300}?|rulesonly).{0,3}?paragraph"
)
"""The last paragraph of a page, without its white space: lines are broken anywhere."""

_EXPLANATION = re.compile(r"(?:q\d+ · \w+, \w+ · \d+% sure|c\d+ · claim, \w+|e\d+ · [a-z]+)\n\n  \S")
_CORRECTIONS_HEAD = "# Corrections for onrecord."

_TABLES = (
    ("article", "title", "paragraph", "speaker", "speaker type"),
    ("article", "name", "type", "role", "also as"),
    ("article", "rank", "paragraph", "claimant", "via"),
)
"""First columns of the tables of quotes, of people and of claims."""

_CORRECTIONS = frozenset(("action", "name", "to", "mention", "type", "article"))
_ARTICLE = "name the article that it was made from"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What a file of onrecord's own is, and what to do with it instead."""

    kind: str
    remedy: str


def own_file(path: str, data: bytes) -> OwnFile | None:
    """What a file of onrecord's own is; None if it is none.

    Args:
        path: as the user named it; `-` for standard input.
        data: all its bytes, or its first and last `HEAD` ones.
    """
    ends = _decoded(path, data)
    if ends is None:
        return None
    head, tail = ends
    if _REPORT.match(head):
        explained = Path(path).suffix.lower() in SAVED
        return OwnFile(
            "a report that onrecord saved", f"type: onrecord explain {path} ID" if explained else _ARTICLE
        )
    if path.lower().endswith(".factcheck.md") or _SHEET.match(head):
        return OwnFile("a fact-check sheet that onrecord wrote", _ARTICLE)
    if _HTML in head:
        return OwnFile("a page that onrecord wrote", f"open it in a browser, or {_ARTICLE}")
    if _MARKDOWN.match(head) or _COLOPHON.match(_last_paragraph(tail)):
        return OwnFile("a page that onrecord wrote", _ARTICLE)
    if _CLAIMS.match(head):
        return OwnFile("a list of claims that onrecord wrote", _ARTICLE)
    if _EXPLANATION.match(head):
        return OwnFile("an explanation that onrecord wrote", _ARTICLE)
    if head.startswith(_CORRECTIONS_HEAD):
        return OwnFile("a file of corrections", f"name the articles and add: --corrections {path}")
    return _own_table(path, head)


def is_saved_report(path: str, data: bytes) -> bool:
    """Whether a file begins as a report that onrecord saved."""
    ends = _decoded(path, data)
    return ends is not None and _REPORT.match(ends[0]) is not None


def _decoded(path: str, data: bytes) -> tuple[str, str] | None:
    """How the file begins and ends; None where it is no text. A console may have written it in UTF-16."""
    try:
        head = decode(data[:HEAD], thing=path)
    except InputError:
        return None
    return head.text, normalize_newlines(data[-HEAD:].decode(head.encoding, "replace"))


def _last_paragraph(text: str) -> str:
    """Without white space."""
    return "".join(text.rstrip().rpartition("\n\n")[2].split())


def _own_table(path: str, head: str) -> OwnFile | None:
    # Spreadsheets save with the separator of the user's country.
    columns = tuple(c.strip(' "') for c in re.split(r"[,;\t|]", head.split("\n", 1)[0]))
    if any(columns[: len(table)] == table for table in _TABLES):
        return OwnFile("a table that onrecord wrote", "name the articles that it was made from")
    tabular = Path(path).suffix.lower() in (".csv", ".tsv")
    if tabular and {"action", "name"} <= set(columns) <= _CORRECTIONS:
        return OwnFile("a table of corrections", f"name the articles and add: --corrections {path}")
    return None
