"""Lines of styled text: measuring in terminal cells, wrapping, columns, and painting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
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

_SPACES = re.compile("[ \t\n\r\f\v]+")


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
        lead: written as it is into the indent of the first line, against its right edge; what it takes
            beyond the indent moves that line in.
    """
    hanging = indent if hanging is None else hanging
    indent = max(indent, cells(lead.text)) if lead else indent
    lines: list[Line] = []
    line: Line = [Run(" " * indent)]
    used, empty = indent, True
    for word in _words(runs):
        fits = empty and used + measure(word) <= width
        room = width - (max(used, hanging) if empty else hanging)
        for part in [word] if fits else _cut(word, max(room, 1)):
            size = measure(part)
            if not empty and used + 1 + size > width:
                lines.append(line)
                line, used, empty = [Run(" " * hanging)], hanging, True
            if not empty:
                line.append(Run(" ", part[0].style if part[0].style == line[-1].style else "plain"))
                used += 1
            line += part
            used, empty = used + size, False
    if not empty or lead:
        lines.append(line)
    if lead:
        lines[0][:1] = [Run(" " * (indent - cells(lead.text))), lead]
    return lines


def _words(runs: Iterable[Run]) -> Iterator[Line]:
    """Words, each in one or more styles."""
    word: Line = []
    for text, style in runs:
        for i, piece in enumerate(_SPACES.split(text)):
            if i and word:
                yield word
                word = []
            if piece:
                word.append(Run(piece, style))
    if word:
        yield word


def _cut(word: Line, room: int) -> Iterator[Line]:
    """The word, in parts of at most `room` cells if it is longer."""
    if measure(word) <= room:
        yield word
        return
    part: Line = []
    used = 0
    for text, style in word:
        for character in text:
            size = _cell(character)
            if part and used + size > room:
                yield part
                part, used = [], 0
            if part and part[-1].style == style:
                part[-1] = Run(part[-1].text + character, style)
            else:
                part.append(Run(character, style))
            used += size
    if part:
        yield part


def headed(left: list[Line], right: Line, *, width: int) -> list[Line]:
    """Wrapped text with a line flush right beside its last line, or below it where there is no room."""
    left = left or [[]]
    joined = spread(left[-1], right, width=width)
    if joined is not None:
        return [*left[:-1], joined]
    if measure(right) > width:
        return [*left, *wrap(right, width=width)]
    return [*left, [Run(" " * (width - measure(right))), *right]]


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
    out: list[str] = []
    for style, runs in groupby(line, key=lambda run: run.style):
        text = neutral("".join(run.text for run in runs)).replace(HARD_SPACE, " ")
        code = _SGR[style] if color else ""
        out.append(f"\x1b[{code}m{text}\x1b[0m" if code and text.strip() else text)
    return "".join(out).rstrip(" ")
