"""Word files. Text inserted under tracked changes is kept, deleted text is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from onrecord.errors import InputError
from onrecord.readers.assembly import TextBuilder
from onrecord.readers.packages import MAX_CELL_CHARS, Package, attribute, local_name
from onrecord.readers.properties import authors_of_file, day_of_file
from onrecord.readers.source import Source
from onrecord.schema import Article, BlockKind, Notice

__all__ = ["read"]

_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_DROPPED = re.compile(
    "del|moveFrom|delText|instrText|delInstrText|[rp]Pr|sectPr|sdtPr|(?:foot|end)note(?:Reference|Ref)|annotationRef"
    "|commentReference|rt|Fallback|softHyphen"
)
_JUNK_TITLES = ("word document", "microsoft word", "document", "untitled", "normal.dot")


@dataclass(slots=True)
class _State:
    """What is carried from paragraph to paragraph while walking the body.

    `begun` says that text stands before what the builder holds.
    """

    builder: TextBuilder
    kinds: Mapping[str, BlockKind]
    begun: bool = False
    pending: str = ""
    boxes: list[Any] = field(default_factory=list)
    tracked: int = 0


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:  # noqa: ARG001
    """Read the document's text: paragraphs, tables, text boxes, then footnotes.

    Headers, footers and comments are left out. `encoding` does not apply.

    Raises:
        InputError: the file is damaged, password-protected or holds no document.
    """
    package = Package(source)
    root = package.xml(_main_part(package))
    body = None if root is None else next((e for e in root if local_name(e) == "body"), None)
    if body is None:
        raise InputError(source.path, "no document in it", "open it in a word processor and save it again")
    state = _State(TextBuilder(), _style_kinds(package))
    _add_blocks(state, body)
    _flush(state)
    for notes in ("footnotes", "endnotes"):
        _add_notes(state, package.xml(f"word/{notes}.xml"))
    yield _article(source, package, state)


def _article(source: Source, package: Package, state: _State) -> Article:
    core = _core_properties(package)
    warnings: tuple[Notice, ...] = ()
    if state.tracked:
        message = f"{state.tracked} tracked changes: read as if all were accepted"
        warnings += (Notice("tracked_changes", message),)
    if "word/comments.xml" in package.names:
        warnings += (Notice("comments_left_out", "comments are left out"),)
    title = core.get("title", "")
    if title.lower().startswith(_JUNK_TITLES):
        title = ""
    return Article(
        id=source.stem,
        text=state.builder.text,
        path=source.path,
        format="docx",
        sha256=source.sha256,
        title=state.builder.first("headline") or title or None,
        byline=authors_of_file(core.get("creator", "")),
        published=day_of_file(core.get("created", "")),
        blocks=state.builder.blocks,
        warnings=warnings,
    )


def _main_part(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    for relation in () if relations is None else relations:
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _core_properties(package: Package) -> dict[str, str]:
    root = package.xml("docProps/core.xml")
    return {} if root is None else {local_name(e): (e.text or "").strip() for e in root}


def _value(element: Any) -> str:
    return attribute(element, "val")


def _child(element: Any, name: str) -> Any | None:
    return next((e for e in element if local_name(e) == name), None)


def _style_kinds(package: Package) -> dict[str, BlockKind]:
    """Block kind by style id, also through the styles that a style is based on."""
    root = package.xml("word/styles.xml")
    if root is None:
        return {}
    names, parents, outlined = {}, {}, {}
    for style in (e for e in root if local_name(e) == "style"):
        key = attribute(style, "styleId")
        for part in style:
            if local_name(part) == "name":
                names[key] = _value(part).lower()
            elif local_name(part) == "basedOn":
                parents[key] = _value(part)
            elif local_name(part) == "pPr" and _child(part, "outlineLvl") is not None:
                outlined[key] = True
    kinds: dict[str, BlockKind] = {}
    for key in names:
        style_id, seen = key, set()
        while style_id in names and style_id not in seen:
            seen.add(style_id)
            kind = _kind_of_style(names[style_id]) or ("subhead" if style_id in outlined else None)
            if kind is not None:
                kinds[key] = kind
                break
            style_id = parents.get(style_id, "")
    return kinds


def _kind_of_style(name: str) -> BlockKind | None:
    if name in ("title", "headline"):
        return "headline"
    if name.startswith("heading"):
        return "subhead"
    if name.startswith("list"):
        return "list_item"
    if "quote" in name or name == "quotations":
        return "quote"
    if name == "byline":
        return "byline"
    return "caption" if "caption" in name else None


def _add_blocks(state: _State, parent: Any) -> None:
    for element in parent:
        name = local_name(element)
        if name == "p":
            _add_paragraph(state, element)
        elif name == "tbl":
            _flush(state)
            _add_table(state, element)
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"):
            _add_blocks(state, element)


def _add_paragraph(state: _State, paragraph: Any) -> None:
    properties = _child(paragraph, "pPr")
    text = state.pending + "".join(_text_of(state, paragraph))
    if properties is not None and _mark_is_deleted(properties):
        state.pending = text
        return
    state.pending = ""
    kind = _kind(state, properties)
    for part in text.split("\n\n"):
        state.builder.add(kind, part)
    boxes, state.boxes = state.boxes, []
    for box in boxes:
        _add_blocks(state, box)
        _flush(state)


def _flush(state: _State) -> None:
    """End a paragraph whose mark was deleted, where nothing follows that it could join."""
    text, state.pending = state.pending, ""
    state.builder.add("paragraph", text)


def _mark_is_deleted(properties: Any) -> bool:
    run = _child(properties, "rPr")
    return run is not None and _child(run, "del") is not None


def _kind(state: _State, properties: Any | None) -> BlockKind:
    if properties is None:
        return "paragraph"
    style = _child(properties, "pStyle")
    kind = state.kinds.get(_value(style)) if style is not None else None
    outline = _child(properties, "outlineLvl")
    if kind is None and outline is not None and _value(outline) != "9":
        kind = "subhead"
    if kind == "subhead" and not _has_begun(state):
        return "headline"
    if kind in (None, "list_item"):
        # Numbering is what makes a list; "List Paragraph" alone is often only an indent.
        numbering = _child(properties, "numPr")
        number = None if numbering is None else _child(numbering, "numId")
        if number is not None and _value(number) != "0":
            return "list_item"
    return kind or "paragraph"


def _text_of(state: _State, element: Any) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in ("br", "cr") and attribute(child, "type") in ("page", "column"):
            yield "\n\n"
        elif name in _TEXT:
            yield _TEXT[name]
        elif name == "sym":
            yield _symbol(attribute(child, "char"))
        elif name == "txbxContent":
            state.boxes.append(child)
        elif name == "r" and _is_hidden(child):
            continue
        elif _DROPPED.fullmatch(name):
            state.tracked += name in ("del", "moveFrom")
        else:
            state.tracked += name in ("ins", "moveTo")
            yield from _text_of(state, child)


def _is_hidden(run: Any) -> bool:
    properties = _child(run, "rPr")
    vanish = None if properties is None else _child(properties, "vanish")
    return vanish is not None and _value(vanish) not in ("0", "false", "off")


def _symbol(code: str) -> str:
    """A character from a symbol font; those in the private area mean something in that font only."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if not 0x20 <= value <= 0x10FFFF or 0xD800 <= value <= 0xF8FF:
        return ""
    return chr(value)


def _has_begun(state: _State) -> bool:
    return state.begun or bool(state.builder.blocks)


def _add_table(state: _State, table: Any) -> None:
    for row in (e for e in table.iter() if local_name(e) == "tr" and _owner(e) is table):
        # Walked once, whichever way the row is added: twice for each of nested tables takes for ever.
        cells: list[list[tuple[BlockKind, str]]] = []
        for cell in (e for e in row.iter() if local_name(e) == "tc" and _owner(e) is table):
            cells.append(_parts(state, cell, begun=_has_begun(state) or any(cells)))
        if all(len(c) <= 1 and sum(len(t) for _, t in c) <= MAX_CELL_CHARS for c in cells) and len(cells) > 1:
            state.builder.add("paragraph", "\t".join(text for cell in cells for _, text in cell))
            continue
        for kind, text in (part for cell in cells for part in cell):
            state.builder.add(kind, text)


def _owner(element: Any) -> Any:
    return next(element.iterancestors("{*}tbl"), None)


def _parts(state: _State, cell: Any, *, begun: bool) -> list[tuple[BlockKind, str]]:
    """The cell's paragraphs, not added yet."""
    scratch = _State(TextBuilder(), state.kinds, begun)
    _add_blocks(scratch, cell)
    _flush(scratch)
    state.tracked += scratch.tracked
    text = scratch.builder.text
    return [(b.kind, text[b.start : b.end]) for b in scratch.builder.blocks]


def _add_notes(state: _State, root: Any | None) -> None:
    """Footnotes stand at the end, after the text that they belong to."""
    for note in () if root is None else root:
        if attribute(note, "type") in ("", "normal"):
            _add_blocks(state, note)
            _flush(state)
