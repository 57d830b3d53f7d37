"""OpenDocument text files, as LibreOffice writes them. Deleted text is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.errors import InputError
from onrecord.readers.assembly import TextBuilder
from onrecord.readers.packages import MAX_CELL_CHARS, Package, attribute, local_name
from onrecord.readers.properties import authors_of_file, day_of_file
from onrecord.readers.source import Source
from onrecord.schema import Article, BlockKind, Notice

__all__ = ["read"]

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DROPPED = frozenset(
    ["note-citation", "annotation", "tracked-changes", "ruby-text", "annotation-end", "title", "desc"]
)

MAX_BLANKS = 80
"""Blanks in a row, a line of them; more are a way to fill the memory."""


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:  # noqa: ARG001
    """Read the document's text; footnotes stand after the paragraph that they belong to.

    Raises:
        InputError: the file is damaged, password-protected or holds no document.
    """
    package = Package(source)
    if b"encryption-data" in (package.bytes("META-INF/manifest.xml") or b""):
        raise InputError(source.path, "password-protected", "save a copy without a password")
    root = package.xml("content.xml")
    # By its full name: the formats of dates and numbers have a `text` too.
    body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
    if root is None or body is None:
        raise InputError(source.path, "no document in it", "open it in a word processor and save it again")
    builder = TextBuilder()
    _add(builder, body, "paragraph", _style_kinds(root))
    meta = package.xml("meta.xml")
    fields = {} if meta is None else {local_name(e): (e.text or "").strip() for e in meta.iter() if e.text}
    warnings: tuple[Notice, ...] = ()
    if any(True for _ in body.iter("{*}changed-region")):
        warnings = (Notice("tracked_changes", "tracked changes: read as if all were accepted"),)
    author = fields.get("initial-creator") or fields.get("creator") or ""
    yield Article(
        id=source.stem,
        text=builder.text,
        path=source.path,
        format="odt",
        sha256=source.sha256,
        title=builder.first("headline") or fields.get("title") or None,
        byline=authors_of_file(author),
        published=day_of_file(fields.get("creation-date", "")),
        blocks=builder.blocks,
        warnings=warnings,
    )


def _style_kinds(root: Any) -> dict[str, str]:
    """Named style by automatic style."""
    return {
        attribute(e, "name"): attribute(e, "parent-style-name")
        for e in root.iter("{*}style")
        if attribute(e, "parent-style-name")
    }


def _kind(element: Any, inherited: BlockKind, styles: dict[str, str]) -> BlockKind:
    if inherited != "paragraph":
        return inherited
    style = attribute(element, "style-name")
    style = styles.get(style, style).replace("_20_", " ").lower()
    if style == "title":
        return "headline"
    if local_name(element) == "h" or style.startswith("heading") or style == "subtitle":
        return "subhead"
    if "quot" in style:
        return "quote"
    return "caption" if style in ("caption", "illustration", "figure") else "paragraph"


def _add(builder: TextBuilder, parent: Any, inherited: BlockKind, styles: dict[str, str]) -> None:
    for element in parent:
        name = local_name(element)
        if name in ("p", "h"):
            notes: list[Any] = []
            kind = _kind(element, inherited, styles)
            if kind == "subhead" and not builder.text:
                kind = "headline"
            builder.add(kind, "".join(_text(element, notes)))
            for note in notes:
                _add(builder, note, "paragraph", styles)
        elif name == "list":
            _add(builder, element, "list_item", styles)
        elif name == "table-row" and _is_data(element):
            cells = (e for e in element if local_name(e) == "table-cell")
            builder.add(
                "paragraph", "\t".join(t for cell in cells if (t := "".join(_text(cell, [])).strip()))
            )
        elif name not in _DROPPED:
            _add(builder, element, inherited, styles)


def _is_data(row: Any) -> bool:
    """Whether each cell of a table's row holds one short line: figures rather than laid-out text."""
    cells = [e for e in row if local_name(e) == "table-cell"]
    return len(cells) > 1 and all(len(c) <= 1 and len("".join(c.itertext())) <= MAX_CELL_CHARS for c in cells)


def _text(element: Any, notes: list[Any]) -> Iterator[str]:
    """The text of a paragraph; notes and text boxes in it are put aside."""
    yield element.text or ""
    for child in element:
        name = local_name(child)
        if name in ("note-body", "text-box"):
            notes.append(child)
        elif name == "s":
            yield _blanks(attribute(child, "c"))
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name not in _DROPPED:
            yield from _text(child, notes)
        yield child.tail or ""


def _blanks(count: str) -> str:
    """As many blanks as are counted, within reason; one where that is no count."""
    try:
        return " " * min(int(count), MAX_BLANKS)
    except ValueError:
        return " "
