"""PDF files with text in them. Scanned pages need text recognition first."""

from __future__ import annotations

import io
import math
import re
import zlib
from collections.abc import Iterator
from typing import Any

from onrecord.errors import InputError
from onrecord.readers.assembly import TextBuilder
from onrecord.readers.page_layout import PageLine, rebuild, without_running_heads
from onrecord.readers.properties import authors_of_file
from onrecord.readers.quiet import quiet
from onrecord.readers.source import Source
from onrecord.schema import Article, Notice

__all__ = ["read"]

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_JUNK_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint) - .*|untitled.*|.*\.(?:docx?|indd|qxd|pdf|odt|tmp))", re.I
)
_PASSWORD = "save a copy without a password, or print it to a new PDF"
_OCR = "run text recognition (OCR) on it first, for example with ocrmypdf"

MIN_PAGE_CHARS = 20
"""Characters. A page with less is a picture, perhaps with a page number."""


def read(source: Source, *, encoding: str | None = None) -> Iterator[Article]:  # noqa: ARG001
    """Read the text of all pages; page numbers and running heads are left out.

    Raises:
        InputError: the file is damaged, encrypted, or a scan without text.
    """
    with quiet("pypdf"):
        lines, empty, pages, meta = _read_pages(source)
    builder = TextBuilder()
    for kind, text in rebuild(without_running_heads(lines)):
        builder.add(kind, text)
    if not builder.text:
        raise InputError(source.path, "no text in it: a scan or pictures only", _OCR)
    warnings: tuple[Notice, ...] = ()
    if empty:
        message = f"{empty} of {pages} pages have no text; if they are scans, run text recognition (OCR)"
        warnings = (Notice("pages_without_text", message),)
    title = meta.get("title", "")
    yield Article(
        id=source.stem,
        text=builder.text,
        path=source.path,
        format="pdf",
        sha256=source.sha256,
        title=builder.first("headline") or (None if _JUNK_TITLE.fullmatch(title) else title or None),
        byline=authors_of_file(meta.get("author", "")),
        published=meta.get("created"),
        blocks=builder.blocks,
        warnings=warnings,
    )


def _read_pages(source: Source) -> tuple[list[PageLine], int, int, dict[str, str]]:
    """Lines of all pages, the number of pages without text, of all pages, and the metadata."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(source.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(source.path, "password-protected", _PASSWORD)
        lines: list[PageLine] = []
        empty = 0
        for number, page in enumerate(reader.pages):
            found = _page_lines(page, number)
            empty += sum(len(line.text) for line in found) < MIN_PAGE_CHARS
            lines += found
        return lines, empty, len(reader.pages), _metadata(reader)
    except DependencyError as error:
        raise InputError(source.path, "encrypted", _PASSWORD) from error
    # pypdf meets damaged files with whatever Python raises on them.
    except (
        PyPdfError,
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        MemoryError,
        NotImplementedError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
        zlib.error,
    ) as error:
        raise InputError(source.path, f"damaged ({_reason(error)})", "download or export it again") from error


def _reason(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text[:80] or type(error).__name__


def _page_lines(page: Any, number: int) -> list[PageLine]:
    """The lines of one page in the order in which the file draws them."""
    lines: list[PageLine] = []
    pieces: list[str] = []
    places: list[tuple[float, float, float]] = []

    def end_line() -> None:
        text = " ".join("".join(pieces).translate(_LIGATURES).split())
        if text:
            x, y, size = places[0] if places else (0.0, 0.0, 0.0)
            lines.append(PageLine(number, x, y, size, text))
        pieces.clear()
        places.clear()

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        for i, piece in enumerate(text.split("\n")):
            if i:
                end_line()
            if piece.strip() and not places:
                places.append(_place(cm, tm, size))
            pieces.append(piece)

    page.extract_text(visitor_text=visit)
    end_line()
    return lines


def _place(cm: list[float], tm: list[float], size: float) -> tuple[float, float, float]:
    """Left edge, baseline and font size in points of a piece of text."""
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
    return float(x), float(y), float(abs(size) * scale) or 1.0


def _metadata(reader: Any) -> dict[str, str]:
    meta = reader.metadata
    if meta is None:
        return {}
    out = {"title": _string(meta.title), "author": _string(meta.author)}
    try:
        created = meta.creation_date
    except ValueError:
        created = None
    if created is not None:
        out["created"] = created.date().isoformat()
    return out


def _string(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
