"""Markdown: the article's text is what a reader of the rendered page sees.

Heading signs, emphasis, link targets, pictures and HTML tags are left out of the text; headings,
lists, quotations and paragraphs become blocks; a YAML front matter gives title, author and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from onrecord.readers.assembly import TextBuilder
from onrecord.readers.decoding import decode
from onrecord.readers.source import Source
from onrecord.schema import Article, BlockKind

__all__ = ["plain_inline", "read"]

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z_-]+):[ \t]*(.*)")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_QUOTED = re.compile(r" {0,3}> ?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S+(?:[ \t]+[\"'(].*[\"')])?[ \t]*")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]]+\]:[ \t]*")

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+[\"'][^\"']*[\"'])?\)|\[[^\]]*\])")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+[\"'][^\"']*[\"'])?\)|\[[^\]]*\])"
)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^\s<>]+)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.DOTALL)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_EMPHASIS = (
    re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])", re.DOTALL),
    re.compile(r"(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])", re.DOTALL),
)
_STRUCK = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~", re.DOTALL)
_HOLD = 0xE100
"""First of the private-use characters that stand in for escaped signs while markup is removed."""


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:
    """Read one article as a reader of the rendered page sees it.

    Raises:
        InputError: the bytes are no text, or not in `encoding`.
    """
    decoded = decode(source.data, thing=source.path, encoding=encoding)
    body, meta = _split_front_matter(decoded.text)
    builder = TextBuilder()
    for kind, text in _blocks(body.split("\n")):
        if kind == "headline" and builder.text:
            kind = "subhead"
        builder.add(kind, text)
    yield Article(
        id=source.stem,
        text=builder.text,
        path=source.path,
        format="markdown",
        sha256=source.sha256,
        encoding=decoded.encoding,
        title=meta.get("title") or builder.first("headline"),
        byline=_names(meta.get("author") or meta.get("authors") or meta.get("byline") or ""),
        published=meta.get("date") or meta.get("published") or None,
        outlet=meta.get("outlet") or meta.get("publication") or None,
        url=meta.get("url") or meta.get("canonical_url") or None,
        blocks=builder.blocks,
        warnings=decoded.warnings,
    )


def _split_front_matter(text: str) -> tuple[str, dict[str, str]]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return text, {}
    meta: dict[str, str] = {}
    last = ""
    for line in match.group(1).split("\n"):
        field = _FIELD.match(line)
        if field:
            last = field.group(1).lower()
            meta[last] = field.group(2).strip().strip("\"'")
        elif last and re.match(r"\s*-\s+\S", line):
            meta[last] = "; ".join(filter(None, (meta[last], line.strip(" -\t\"'"))))
    return text[match.end() :], meta


def _names(value: str) -> tuple[str, ...]:
    return tuple(n.strip(" \"'") for n in re.split(r";|,| and ", value.strip("[]")) if n.strip(" \"'"))


def _blocks(lines: list[str]) -> Iterator[tuple[BlockKind, str]]:
    """The blocks of the page: kind and readable text."""
    kind: BlockKind = "paragraph"
    held: list[str] = []
    fence = ""

    def flush() -> Iterator[tuple[BlockKind, str]]:
        if held:
            text = plain_inline("\n".join(held)) if not fence else "\n".join(held)
            yield kind, text
        held.clear()

    for line in lines:
        opening = _FENCE.match(line)
        if fence:
            if opening and opening.group(1).startswith(fence) and not line.strip(" `~"):
                yield from flush()
                fence = ""
            else:
                held.append(line)
            continue
        if opening:
            yield from flush()
            kind, fence = "paragraph", opening.group(1)
            continue
        quoted = _QUOTED.match(line)
        content = line[quoted.end() :] if quoted else line
        item = _ITEM.match(content)
        if not content.strip():
            yield from flush()
            kind = "paragraph"
        elif held and kind == "paragraph" and not quoted and _SETEXT.fullmatch(line):
            kind = "headline" if "=" in line else "subhead"
            yield from flush()
            kind = "paragraph"
        elif not quoted and (_RULE.fullmatch(line) or _DEFINITION.fullmatch(line)):
            yield from flush()
            kind = "paragraph"
        elif heading := _ATX.fullmatch(content):
            yield from flush()
            yield (
                ("headline" if len(heading.group(1)) == 1 else "subhead"),
                plain_inline(heading.group(2) or ""),
            )
            kind = "paragraph"
        elif item and not quoted:
            yield from flush()
            kind = "list_item"
            held.append(content[item.end() :])
        elif quoted:
            if kind != "quote":
                yield from flush()
            kind = "quote"
            held.append(content)
        else:
            note = _FOOTNOTE.match(line)
            held.append(line[note.end() :] if note else line)
    yield from flush()


def plain_inline(text: str) -> str:
    """Text without inline markup: emphasis, code signs, pictures, link targets, tags, references.

    Line breaks within a paragraph stay; two blanks or a backslash before one are dropped.
    """
    held: list[str] = []

    def hold(piece: str) -> str:
        held.append(piece)
        return chr(_HOLD + len(held) - 1) if len(held) <= 0x1700 else piece

    text = "\n".join(line.strip().removesuffix("\\") for line in text.split("\n"))
    text = _CODE.sub(lambda m: hold(m.group(2).strip()), text)
    text = _ESCAPED.sub(lambda m: hold(m.group(1)), text)
    text = _AUTOLINK.sub(lambda m: hold(m.group(1)), text)
    text = _IMAGE.sub("", text)
    text = _LINK.sub(lambda m: m.group(1), text)
    text = _NOTE_MARK.sub("", text)
    text = _TAG.sub("", text)
    text = _STRONG.sub(r"\2", text)
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    text = unescape(_STRUCK.sub("", text))
    return "".join(held[ord(c) - _HOLD] if _HOLD <= ord(c) < _HOLD + len(held) else c for c in text)
