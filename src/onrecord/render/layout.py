"""Lines of styled text: measuring in terminal cells, wrapping, columns, and painting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from onrecord.render.neutral import neutral

Style = Literal["plain", "title", "head", "name", "quote", "dim", "warn", "alarm"]

_SGR: dict[Style, str] = {
    "plain": "",
    "title": "1",
    "head": "1;36",
    "name": "1",
    "quote": "",
    "dim": "2",
    "warn": "33",
    "alarm": "31",
}
"""ECMA-48 attributes from the sixteen colours, which follow the reader's own theme."""

_WORDS = re.compile("[^ \t\n\r\f\v]+")


HARD_SPACE = "\u00a0"
"""Keeps two words on one line; painted as a space."""


class Run(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style = "plain"


Line = list[Run]


def cells(text: str) -> int:
    """How many terminal cells the text takes: 2 for East Asian wide, 0 for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_cell(c) for c in text)


def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf") and character != "\u00ad":
        return 0 if neutral(character) == character else 1
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def measure(line: Iterable[Run]) -> int:
    """How many cells a line takes."""
    return sum(cells(run.text) for run in line)


def wrap(
    runs: Iterable[Run], *, width: int, indent: int = 0, hanging: int | None = None, lead: Run | None = None
) -> list[Line]:
    """Break styled text into lines of at most `width` cells; longer words are cut.

    Args:
        runs: the text; white space between words becomes one space.
        width: in cells, the indent included.
        indent: cells before the first line.
        hanging: cells before the others; as the first if None.
        lead: written as it is into the indent of the first line, against its right edge.
    """
    hanging = indent if hanging is None else hanging
    lines: list[Line] = []
    line: Line = []
    used, start, space = indent, indent, False
    for piece, style, spaced in _pieces(runs):
        room = max(width - hanging, 1)
        for part in _cut(piece, room):
            need = cells(part) + (1 if (spaced or space) and used > start else 0)
            if used > start and used + need > width:
                lines.append([Run(" " * start), *line])
                line, start = [], hanging
                used, need = start, cells(part)
            elif need > cells(part):
                line.append(Run(" ", style if line and line[-1].style == style else "plain"))
            line.append(Run(part, style))
            used += need
            spaced = space = False
    if line or lead:
        lines.append([Run(" " * start), *line])
    if lead:
        lines[0][:1] = [Run(" " * (indent - cells(lead.text))), lead]
    return lines


def _pieces(runs: Iterable[Run]) -> Iterable[tuple[str, Style, bool]]:
    """Words, with whether white space stands before each."""
    pending = False
    for text, style in runs:
        at = 0
        for match in _WORDS.finditer(text):
            yield match[0], style, pending or match.start() > at
            pending, at = False, match.end()
        pending = pending or at < len(text)


def _cut(word: str, room: int) -> list[str]:
    if cells(word) <= room:
        return [word]
    parts, part, used = [], "", 0
    for character in word:
        size = _cell(character)
        if part and used + size > room:
            parts.append(part)
            part, used = "", 0
        part += character
        used += size
    return [*parts, part]


def headed(left: list[Line], right: Line, *, width: int) -> list[Line]:
    """Wrapped text with a line flush right beside its last line, or below it where there is no room."""
    joined = spread(left[-1], right, width=width)
    if joined is not None:
        return [*left[:-1], joined]
    return [*left, [Run(" " * max(width - measure(right), 0)), *right]]


def spread(left: Line, right: Line, *, width: int) -> Line | None:
    """Both on one line, the second flush right; None where they do not fit."""
    gap = width - measure(left) - measure(right)
    return [*left, Run(" " * gap), *right] if gap >= 2 else None


def beside(left: Sequence[Line], right: Sequence[Line], *, width: int, gutter: int) -> list[Line]:
    """Two blocks next to each other, the left one `width` cells wide."""
    lines: list[Line] = []
    blank: Line = []
    for a, b in zip_longest(left, right, fillvalue=blank):
        lines.append([*a, Run(" " * (width + gutter - measure(a))), *b] if b else list(a))
    return lines


def paint(lines: Iterable[Line], *, color: bool) -> str:
    """The finished text. Everything passes through `neutral` here, whatever its origin."""
    return "".join(f"{_paint_line(line, color)}\n" for line in lines)


def _paint_line(line: Line, color: bool) -> str:
    if not color:
        return "".join(neutral(run.text) for run in line).replace(HARD_SPACE, " ").rstrip(" ")
    out: list[str] = []
    for text, style in line:
        code = _SGR[style]
        text = neutral(text).replace(HARD_SPACE, " ")
        out.append(f"\x1b[{code}m{text}\x1b[0m" if code and text.strip() else text)
    return "".join(out).rstrip(" ")
