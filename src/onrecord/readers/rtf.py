"""Rich Text Format, as TextEdit, WordPad and old newsroom systems write it.

Follows the Rich Text Format Specification 1.9.1 as far as text, styles and tracked changes go.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from onrecord.errors import InputError
from onrecord.readers.assembly import TextBuilder
from onrecord.readers.properties import authors_of_file
from onrecord.readers.source import Source
from onrecord.schema import Article, BlockKind, Notice

__all__ = ["read"]

MAX_DEPTH = 5_000
"""Groups within groups; word processors write fewer than 50."""

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[\s\S])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
_CHARACTERS = {
    "tab": "\t",
    "cell": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_SIGNS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
_PARAGRAPH_ENDS = ("par", "row", "sect", "page", "column", "nestrow")
_LEFT_OUT = re.compile(
    "colortbl|pict|object|header[lrf]?|footer[lrf]?|listtext|pntext|fldinst|annotation|atnid|atnauthor"
    "|xe|tc|filetbl|revtbl|themedata|datastore|nonshppict|bkmkstart|bkmkend"
)
_KINDS: tuple[tuple[str, BlockKind], ...] = (
    ("title", "headline"),
    ("headline", "headline"),
    ("subtitle", "subhead"),
    ("heading", "subhead"),
    ("caption", "caption"),
    ("quot", "quote"),
    ("intense quot", "quote"),
)

_FAMILIES = {"ansi": "cp1252", "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
"""Words at the beginning of a file, and the encoding that each means without a code page."""

_ANSI = 0
_CHARSETS = {
    77: 10000,
    128: 932,
    129: 949,
    130: 1361,
    134: 936,
    136: 950,
    161: 1253,
    162: 1254,
    163: 1258,
    177: 1255,
    178: 1256,
    186: 1257,
    204: 1251,
    222: 874,
    238: 1250,
    254: 437,
    255: 850,
}
"""Code page by the character set of a font; the others leave it to the document."""

_MAC_PAGES = {
    10000: "mac-roman",
    10006: "mac-greek",
    10007: "mac-cyrillic",
    10029: "mac-latin2",
    10081: "mac-turkish",
}


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside one pair of braces."""

    destination: str = ""
    skip: int = 1
    hidden: bool = False
    font: int | None = None


@dataclass(slots=True)
class _State:
    """The document read so far."""

    encoding: str = "cp1252"
    fonts: dict[int | None, str] = field(default_factory=dict)
    font: int | None = None
    default_font: int | None = None
    builder: TextBuilder = field(default_factory=TextBuilder)
    pieces: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    info: dict[str, str] = field(default_factory=dict)
    styles: dict[int, BlockKind] = field(default_factory=dict)
    style: int = 0
    style_name: str = ""
    listed: bool = False
    outlined: bool = False
    deleted: bool = False


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:  # noqa: ARG001
    """Read the document's text; footnotes stand at its end. Deleted and hidden text is left out.

    `encoding` does not apply: the file itself declares it, for each of its fonts.

    Raises:
        InputError: the file is damaged.
    """
    state = _State()
    _run(state, source)
    _end_paragraph(state)
    _end_note(state)
    for note in state.notes:
        state.builder.add("paragraph", note)
    title, text = _joined(state.info.get("title", "")), state.builder.text
    warnings: tuple[Notice, ...] = ()
    if state.deleted:
        warnings = (Notice("tracked_changes", "tracked changes: read as if all were accepted"),)
    if unread := text.count("\ufffd"):
        message = f"{unread} characters cannot be read and are shown as \ufffd; save it again as .docx"
        warnings += (Notice("undecodable_bytes", message),)
    yield Article(
        id=source.stem,
        text=text,
        path=source.path,
        format="rtf",
        sha256=source.sha256,
        encoding=state.encoding,
        title=state.builder.first("headline") or title or None,
        byline=authors_of_file(_joined(state.info.get("author", ""))),
        blocks=state.builder.blocks,
        warnings=warnings,
    )


def _run(state: _State, source: Source) -> None:
    groups = [_Group()]
    pending = 0
    for match in _TOKEN.finditer(source.data):
        kind = match.lastgroup
        if kind == "number":
            kind = "word"
        if kind == "brace":
            _flush(state, groups[-1])
            if match.group("brace") == b"{":
                if len(groups) > MAX_DEPTH:
                    raise InputError(
                        source.path, "damaged", "open it in a word processor and save it as .docx"
                    )
                groups.append(groups[-1])
            elif len(groups) > 1:
                _end_group(state, groups.pop(), groups[-1])
            pending = 0
        elif kind == "hex":
            if pending:
                pending -= 1
            elif not _silent(groups[-1]):
                state.raw += bytes.fromhex(match.group("hex").decode("ascii"))
        elif kind == "text":
            data = match.group("text")
            dropped = min(pending, len(data))
            pending -= dropped
            if not _silent(groups[-1]):
                state.raw += data[dropped:]
        elif kind == "sign":
            _flush(state, groups[-1])
            groups[-1] = _on_sign(state, groups[-1], match.group("sign").decode("latin-1"))
        elif kind == "word":
            _flush(state, groups[-1])
            word = match.group("word").decode("ascii")
            number = int(match.group("number")) if match.group("number") else None
            if word == "u" and number is not None:
                _put(state, groups[-1], _character(number))
                pending = groups[-1].skip
            else:
                groups[-1] = _on_word(state, groups[-1], word, number)
    _flush(state, groups[-1])


def _codepage(number: int) -> str:
    try:
        return codecs.lookup(_MAC_PAGES.get(number, f"cp{number}")).name
    except LookupError:
        return "cp1252"


def _charset(state: _State, number: int) -> str | None:
    """The encoding of a font by its character set; None if the document's holds."""
    if number == _ANSI:
        # As Word writes it, Western whatever Windows code page the document has.
        return "cp1252" if state.encoding.startswith("cp125") else None
    return _codepage(_CHARSETS[number]) if number in _CHARSETS else None


def _character(number: int) -> str:
    """A character, or half of a pair, by its number."""
    value = number + 0x10000 if number < 0 else number
    return chr(value) if 0 < value < 0x110000 else ""


def _silent(group: _Group) -> bool:
    return group.hidden or group.destination in ("-", "fonttbl")


def _put(state: _State, group: _Group, text: str) -> None:
    if not text or _silent(group):
        return
    if group.destination in ("title", "author"):
        state.info[group.destination] = state.info.get(group.destination, "") + text
    elif group.destination == "stylesheet":
        state.style_name += text
    elif group.destination == "footnote":
        state.note.append(text)
    elif group.destination == "":
        state.pieces.append(text)


def _flush(state: _State, group: _Group) -> None:
    if state.raw:
        text = bytes(state.raw).decode(_encoding(state, group), errors="replace")
        state.raw.clear()
        _put(state, group, text)


def _encoding(state: _State, group: _Group) -> str:
    """What bytes mean: in the text by their font, elsewhere by the document."""
    if group.destination not in ("", "footnote"):
        return state.encoding
    font = state.default_font if group.font is None else group.font
    return state.fonts.get(font, state.encoding)


def _on_sign(state: _State, group: _Group, sign: str) -> _Group:
    if sign == "*":
        return replace(group, destination="*") if group.destination == "" else group
    if sign in "\r\n":
        return _on_word(state, group, "par", None)
    _put(state, group, _SIGNS.get(sign, ""))
    return group


def _on_word(state: _State, group: _Group, word: str, number: int | None) -> _Group:
    if group.destination == "*":
        # An optional destination: only a reader that knows it shows it.
        return replace(group, destination="" if word in ("shptxt", "hyperlink") else "-")
    if group.destination == "fonttbl":
        _on_font_word(state, word, number)
        return group
    if word == "fonttbl":
        return replace(group, destination="fonttbl" if group.destination == "" else "-")
    if _LEFT_OUT.fullmatch(word):
        return replace(group, destination="-")
    if word == "info":
        return replace(group, destination="info")
    if word in ("title", "author") and group.destination == "info":
        return replace(group, destination=word)
    if word == "stylesheet":
        return replace(group, destination="stylesheet")
    if word == "footnote" and group.destination == "":
        return replace(group, destination="footnote")
    if word == "uc" and number is not None:
        return replace(group, skip=max(0, number))
    if word in ("v", "deleted"):
        on = number != 0
        state.deleted |= on and word == "deleted"
        return replace(group, hidden=on)
    if word == "plain":
        return replace(group, hidden=False, font=None)
    if word == "f" and number is not None:
        return replace(group, font=number)
    if word == "s" and number is not None and group.destination in ("", "stylesheet"):
        state.style = number
    elif group.destination == "":
        _on_document_word(state, word, number)
        _on_paragraph_word(state, group, word, number)
    elif word in _PARAGRAPH_ENDS and group.destination == "footnote":
        if not group.hidden:
            _end_note(state)
    elif word in _CHARACTERS:
        _put(state, group, _CHARACTERS[word])
    return group


def _on_font_word(state: _State, word: str, number: int | None) -> None:
    if word == "f":
        state.font = number
    elif word == "fcharset" and number is not None:
        found = _charset(state, number)
        if found is not None:
            state.fonts[state.font] = found
    elif word == "cpg" and number:
        state.fonts[state.font] = _codepage(number)


def _on_document_word(state: _State, word: str, number: int | None) -> None:
    if word in _FAMILIES:
        state.encoding = _FAMILIES[word]
    elif word == "ansicpg" and number is not None:
        state.encoding = _codepage(number)
    elif word == "deff":
        state.default_font = number


def _on_paragraph_word(state: _State, group: _Group, word: str, number: int | None) -> None:
    if word in _PARAGRAPH_ENDS:
        if not group.hidden:
            _end_paragraph(state)
    elif word == "pard":
        state.style, state.listed, state.outlined = 0, False, False
    elif word == "ls":
        state.listed = bool(number)
    elif word == "outlinelevel":
        state.outlined = number is not None and number < 9
    elif word in _CHARACTERS:
        _put(state, group, _CHARACTERS[word])


def _end_group(state: _State, group: _Group, outer: _Group) -> None:
    """End of a group: of a note, or in the style sheet one that names a style."""
    if group.destination == "footnote" != outer.destination:
        _end_note(state)
    if group.destination == outer.destination == "stylesheet" and state.style_name.strip():
        name = state.style_name.strip().rstrip(";").strip().lower()
        for beginning, kind in _KINDS:
            if state.style and name.startswith(beginning):
                state.styles[state.style] = kind
        state.style_name, state.style = "", 0


def _end_paragraph(state: _State) -> None:
    text = _joined("".join(state.pieces))
    state.pieces.clear()
    kind: BlockKind = state.styles.get(state.style, "paragraph")
    if kind == "paragraph" and state.outlined:
        kind = "subhead"
    if kind == "paragraph" and state.listed:
        kind = "list_item"
    if kind == "subhead" and not state.builder.text:
        kind = "headline"
    state.builder.add(kind, text)


def _end_note(state: _State) -> None:
    state.notes.append(_joined("".join(state.note)))
    state.note.clear()


def _joined(text: str) -> str:
    """The text with the two halves of a character put together; a half alone cannot be read."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
