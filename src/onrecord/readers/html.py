"""Web pages saved to disk. Nothing is fetched: a page is only what is in the file."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

from onrecord.errors import InputError
from onrecord.readers.assembly import TextBuilder
from onrecord.readers.decoding import Decoded, decode
from onrecord.readers.quiet import quiet
from onrecord.readers.source import Source
from onrecord.schema import Article, BlockKind, Notice

__all__ = ["read"]

MIN_ARTICLE_CHARS = 200
"""Characters. Less than this from a page that holds more is a failed extraction, a teaser or a
cookie notice; trafilatura's own threshold for its fallback is 250."""

FALLBACK_GAIN = 1.5
"""How much longer a fallback's text must be to be taken. Where both find the article the lengths
differ by captions and headings, a tenth or less; where one misses it they differ manyfold."""

_CAPTION = "\ue000"
"""Private-use character that leads a caption through the extraction, which knows no captions."""

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]+)",
    re.I,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_UNSEEN = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "head",
    "iframe",
    "object",
    "select",
    "button",
    "form",
)
_FURNITURE = ("nav", "footer", "aside")
_BLOCK_TAGS = re.compile(
    "p|h[1-6]|li|[uod]l|dt|dd|blockquote|figure|figcaption|div|section|article|main|header|table|t[rdh]|pre"
    "|address|hr|body"
)


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:
    """Read the article in a saved page, without its navigation, comments and adverts.

    Raises:
        InputError: the page cannot be parsed or holds no text.
    """
    decoded = _decode(source, encoding)
    tree = _parse(decoded.text, source.path)
    _mark_captions(tree)
    with quiet("trafilatura", "htmldate", "justext", "readability"):
        document = _extract(tree)
    builder = TextBuilder()
    warnings = decoded.warnings
    if document is not None and document.body is not None:
        _add_children(builder, document.body)
    plain = _plain(tree)
    if len(builder.text) < MIN_ARTICLE_CHARS and _is_better(plain.text, builder.text):
        builder = plain
        warnings += (Notice("whole_page", "no article found on the page; all its text is taken"),)
    else:
        builder = _mended(builder, plain)
    builder = _headed(builder, document)
    if not builder.text:
        raise InputError(
            source.path, "a page without text", "save the page after it has loaded, or its print view"
        )
    yield Article(
        id=source.stem,
        text=builder.text,
        path=source.path,
        format="html",
        sha256=source.sha256,
        encoding=decoded.encoding,
        title=builder.first("headline") or _meta(document, "title"),
        byline=_authors(_meta(document, "author")),
        published=_meta(document, "date"),
        outlet=_meta(document, "sitename"),
        url=_meta(document, "url"),
        blocks=builder.blocks,
        warnings=warnings,
    )


def _is_better(page: str, extracted: str) -> bool:
    """Whether the page's whole text is better than a short extraction: a small page, or much more."""
    return bool(page) and (len(page) < MIN_ARTICLE_CHARS or len(page) > 2 * len(extracted))


def _decode(source: Source, encoding: str | None) -> Decoded:
    data = source.data
    if re.match(rb"[\w-]+:[^\n]*\n", data) and b"multipart/related" in data[:4096].lower():
        data = _mhtml_page(source)
    match = _DECLARED.search(data[:4096])
    declared = next(g for g in match.groups() if g).decode("ascii", "replace") if match else None
    return decode(data, thing=source.path, encoding=encoding, declared=declared)


def _mhtml_page(source: Source) -> bytes:
    """The page itself out of a saved bundle of page and pictures."""
    message = email.message_from_bytes(source.data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    raise InputError(source.path, "a web archive without a page", "save the page again as HTML")


def _parse(text: str, thing: str) -> Any:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # libxml2 stops at a zero character and lxml takes no control characters; browsers show none.
    text = _CONTROLS.sub("", _DECLARATION.sub("", text, count=1)).replace(_CAPTION, "")
    try:
        return document_fromstring(
            text, parser=HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
        )
    except (etree.LxmlError, ValueError) as error:
        raise InputError(thing, "a page without text", "save the page again") from error


def _mark_captions(tree: Any) -> None:
    for caption in list(tree.iter("figcaption")):
        text = " ".join(caption.text_content().split())
        tail = caption.tail
        caption.clear()
        caption.tail = tail
        caption.tag = "p"
        caption.text = _CAPTION + _CONTROLS.sub("", text) if text else ""
    for figure in tree.iter("figure"):
        figure.tag = "div"


def _extract(tree: Any) -> Any:
    """The page's article and metadata as trafilatura finds them; None where it finds nothing.

    Its own extraction keeps headings and lists; its fallbacks, which do not, are taken only where
    they find much more.
    """
    own = _bare_extraction(tree, fast=True)
    wide = _bare_extraction(tree, fast=False)
    if own is None or own.body is None:
        return wide
    if wide is None or wide.body is None:
        return own
    much_more = len(_flat(wide.body)) > FALLBACK_GAIN * len(_flat(own.body))
    return wide if much_more else own


def _bare_extraction(tree: Any, *, fast: bool) -> Any:
    from copy import deepcopy

    import trafilatura

    return trafilatura.bare_extraction(
        deepcopy(tree),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        fast=fast,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _meta(document: Any, name: str) -> str | None:
    value = getattr(document, name, None)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _authors(author: str | None) -> tuple[str, ...]:
    return tuple(a.strip() for a in (author or "").split(";") if a.strip())


def _add_children(builder: TextBuilder, body: Any) -> None:
    """The parts of trafilatura's tree: `head`, `p`, `quote`, `list`, `table`."""
    for element in body:
        tag = element.tag
        if tag == "head":
            kind: BlockKind = "headline" if element.get("rend") == "h1" and not builder.text else "subhead"
            builder.add(kind, _flat(element))
        elif tag == "list":
            for item in element.iter("item"):
                builder.add("list_item", _own_text(item, nested=("list",)))
        elif tag == "quote":
            for part in _paragraphs(element):
                builder.add("quote", part)
        elif tag == "table":
            for row in element.iter("row"):
                builder.add("paragraph", "\t".join(t for cell in row if (t := _flat(cell))))
        elif tag in ("div", "body"):
            _add_children(builder, element)
        elif tag not in ("graphic", "lb"):
            for part in _paragraphs(element):
                if part.startswith(_CAPTION):
                    builder.add("caption", part.removeprefix(_CAPTION))
                else:
                    builder.add("paragraph", part)
        tail = (element.tail or "").strip()
        if tail:
            builder.add("paragraph", " ".join(tail.split()))


def _flat(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()).replace(_CAPTION, "")


def _own_text(element: Any, *, nested: tuple[str, ...]) -> str:
    """Text of an element without that of the `nested` ones in it."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in nested:
            pieces.append(_own_text(child, nested=nested))
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def _paragraphs(element: Any) -> Iterator[str]:
    """The text, divided where two line breaks follow one another or a paragraph begins."""
    pieces: list[str] = []

    def walk(node: Any) -> None:
        if node.tag == "lb":
            pieces.append("\n")
        elif node.tag == "p":
            pieces.append("\n\n")
        pieces.append(re.sub(r"\s+", " ", node.text or ""))
        for child in node:
            walk(child)
            pieces.append(re.sub(r"\s+", " ", child.tail or ""))
        if node.tag == "p":
            pieces.append("\n\n")

    walk(element)
    joined = re.sub(r"[^\S\n]+", " ", "".join(pieces))
    # The extraction reduces two line breaks to one; after a full stop either divides paragraphs.
    for part in re.split(r"\n\s*\n|(?<=[.!?…\"”’])\s*\n", joined):
        lines = [line.strip() for line in part.split("\n")]
        text = "\n".join(line for line in lines if line)
        if text:
            yield text


Part = tuple[BlockKind, str]


def _parts(builder: TextBuilder) -> list[Part]:
    text = builder.text
    return [(block.kind, text[block.start : block.end]) for block in builder.blocks]


def _key(text: str) -> str:
    return " ".join(text.split())


def _mended(builder: TextBuilder, plain: TextBuilder) -> TextBuilder:
    """The extracted article with what the extraction lost of it.

    On pages of unusual make it keeps paragraphs only. A heading that stands right before a kept
    paragraph, and list items between two kept ones, are put back; kinds come from the page.
    """
    extracted = _parts(builder)
    page = [(kind, text, _key(text)) for kind, text in _parts(plain)]
    place = {_key(text): i for i, (_, text) in enumerate(extracted)}
    kinds = {key: kind for kind, _, key in page}
    lost = _lost_parts(page, place)
    mended = TextBuilder()
    for i, (kind, text) in enumerate(extracted):
        for part in lost.get(i, ()):
            _add_part(mended, part)
        page_kind = kinds.get(_key(text), kind)
        _add_part(mended, (page_kind if kind == "paragraph" else kind, text))
    return mended


def _add_part(builder: TextBuilder, part: Part) -> None:
    kind, text = part
    builder.add("subhead" if kind == "headline" and builder.text else kind, text)


def _lost_parts(page: list[tuple[BlockKind, str, str]], place: dict[str, int]) -> dict[int, list[Part]]:
    """Headings and list items that the extraction lost, by the extracted part that they precede."""
    lost: dict[int, list[Part]] = {}
    # From the end, so that what precedes a part put back is seen as preceding a kept one.
    before: int | None = None
    run: list[Part] = []
    for kind, text, key in reversed(page):
        if key in place:
            if run and run[-1][0] == "list_item" and before is not None:
                lost.setdefault(before, [])[:0] = reversed(run)
            before, run = place[key], []
        elif before is None:
            continue
        elif kind in ("subhead", "headline") and not run:
            lost.setdefault(before, []).insert(0, (kind, text))
        elif kind == "list_item":
            run.append((kind, text))
        else:
            before, run = None, []
    return lost


def _headed(builder: TextBuilder, document: Any) -> TextBuilder:
    """With the page's title as headline, where the article's text lacks one."""
    title = _meta(document, "title")
    if (
        title is None
        or builder.first("headline")
        or title.lower() in builder.text[: len(title) + 400].lower()
    ):
        return builder
    if not builder.text:
        return builder
    headed = TextBuilder()
    headed.add("headline", title)
    for kind, text in _parts(builder):
        headed.add(kind, text)
    return headed


_KINDS: dict[str, BlockKind] = {
    "h1": "headline",
    "h2": "subhead",
    "h3": "subhead",
    "h4": "subhead",
    "h5": "subhead",
    "h6": "subhead",
    "blockquote": "quote",
}


def _is_link(item: Any) -> bool:
    """Whether a list item is only a link to another page."""
    text = item.text_content().strip()
    return len("".join("".join(a.itertext()) for a in item.iter("a")).strip()) >= 0.8 * len(text) > 0


def _plain(tree: Any) -> TextBuilder:
    """All text that a browser would show, outside navigation and footer."""
    builder = TextBuilder()
    pieces: list[str] = []
    headline = [False]

    def flush(kind: BlockKind) -> None:
        text = " ".join("".join(pieces).split())
        pieces.clear()
        if text.startswith(_CAPTION):
            kind, text = "caption", text.replace(_CAPTION, "")
        if kind == "headline":
            kind = "subhead" if headline[0] or builder.text else "headline"
            headline[0] = True
        builder.add(kind, text)

    def walk(node: Any, kind: BlockKind, depth: int) -> None:
        tag = node.tag
        if not isinstance(tag, str) or tag in _UNSEEN or tag in _FURNITURE or depth > 200:
            return
        own = _KINDS.get(tag, kind)
        if tag == "li":
            own = "boilerplate" if _is_link(node) else "list_item"
        block = _BLOCK_TAGS.fullmatch(tag) is not None
        if block:
            flush(kind)
        pieces.append(node.text or "")
        for child in node:
            if child.tag == "br":
                pieces.append(" ")
            else:
                walk(child, own, depth + 1)
            pieces.append(child.tail or "")
        if block:
            flush(own)

    walk(tree, "paragraph", 0)
    flush("paragraph")
    return builder
