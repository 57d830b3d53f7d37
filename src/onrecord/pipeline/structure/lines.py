"""From lines to paragraphs: which line breaks an author meant and which an editor's width made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Line", "Paragraph", "join_lines", "split_lines"]

MAX_WRAP_WIDTH = 132
"""Characters. Widest line taken for hard-wrapped; terminals and editors wrap at 65 to 132."""

MIN_WRAP_WIDTH = 45
"""Characters. Narrower groups of lines are verse, addresses or lists rather than wrapped prose."""

RAGGED = 12
"""Characters that a wrapped line may fall short of the width beyond its next word: justified and
hand-wrapped text. Chosen so that wrapping at 72 with a hyphenation zone of ten still joins."""

MIN_RUN_ON = 35
"""Characters. A shorter line without a stop before one in lower case may be a list's."""

MIN_RUNNING = 0.25
"""Share of the breaks at the width after which the sentence goes on in lower case. In English news
prose wrapped at 60 to 100 characters it is 0.7 to 0.9; in lists and headlines near 0."""

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FINAL = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_LEADING_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text in it, without the blanks around it.

    Attributes:
        start: character offset of the first character that is no blank.
        end: offset after the last one.
        indent: blanks before the text, in characters.
        gap: empty lines before it.
        text: the characters from start to end.
    """

    start: int
    end: int
    indent: int
    gap: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more lines that belong together.

    Attributes:
        group: number of the blank-line separated group that it is part of.
        gap: empty lines before it; 0 where only a line break divides it from its predecessor.
    """

    lines: tuple[Line, ...]
    group: int
    gap: int

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.lines[-1].end

    @property
    def text(self) -> str:
        """The lines joined by blanks: for looking at, not for offsets."""
        return self.lines[0].text if len(self.lines) == 1 else " ".join(line.text for line in self.lines)


def split_lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]` that hold more than blanks; offsets are into `text`."""
    end = len(text) if end is None else end
    gap = 0
    position = start
    while position <= end:
        match = _LINE_END.search(text, position, end)
        stop = match.start() if match else end
        raw = text[position:stop]
        body = raw.strip()
        if body:
            indent = len(raw) - len(raw.lstrip())
            first = position + indent
            yield Line(first, first + len(body), indent, gap, body)
            gap = 0
        else:
            gap += 1
        if match is None:
            return
        position = match.end()


def _wraps(line: Line, following: Line, width: int) -> bool:
    """Whether the break after `line` came about because the next word did not fit."""
    word = _LEADING_WORD.match(following.text)
    length = line.indent + len(line.text) + 1 + (len(word.group()) if word else 0)
    return length > width - RAGGED


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """Width in characters that `lines` were wrapped to; None if they were not."""
    prose = [line.indent + len(line.text) for line in lines if " " in line.text]
    width = max(prose, default=0)
    if not MIN_WRAP_WIDTH <= width <= MAX_WRAP_WIDTH:
        return None
    wrapped = [
        (line, following)
        for line, following in pairwise(lines)
        if following.gap == 0 and _wraps(line, following, width)
    ]
    running = sum(_runs_on(line, following) for line, following in wrapped)
    return width if wrapped and running >= MIN_RUNNING * len(wrapped) else None


def _runs_on(line: Line, following: Line) -> bool:
    """Whether the words alone show that the sentence goes on in the next line."""
    return following.text[0].islower() and len(line.text) >= MIN_RUN_ON and not _FINAL.search(line.text)


def _indented(line: Line, following: Line) -> bool:
    return following.indent >= line.indent + 2 and following.indent <= 12


def join_lines(
    lines: Sequence[Line], *, begins: Callable[[str], bool], complete: Callable[[str], bool]
) -> list[Paragraph]:
    """Join hard-wrapped lines into paragraphs.

    Lines are joined where the break is explained by the width of the text, or where a sentence
    plainly runs on. A text of one line a paragraph keeps each line.

    Args:
        lines: the lines in order.
        begins: says of a line's text that it opens something of its own, such as a list item.
        complete: says of a line's text that nothing can follow it, such as a byline.
    """
    width = _wrap_width(lines)
    paragraphs: list[Paragraph] = []
    group = 0
    index = 0
    while index < len(lines):
        stop = index + 1
        while stop < len(lines) and lines[stop].gap == 0:
            stop += 1
        paragraphs += _join_group(lines[index:stop], group, width, begins, complete)
        group += 1
        index = stop
    return paragraphs


def _join_group(
    lines: Sequence[Line],
    group: int,
    width: int | None,
    begins: Callable[[str], bool],
    complete: Callable[[str], bool],
) -> Iterator[Paragraph]:
    own = width if width is not None else (_wrap_width(lines) if len(lines) >= 3 else None)
    current = [lines[0]]
    for line, following in pairwise(lines):
        quoted = line.text.startswith(">") and following.text.startswith(">")
        hanging = _indented(line, following) and begins(current[0].text)
        wrapped = own is not None and _wraps(line, following, own)
        together = hanging or (wrapped and not _indented(line, following)) or _runs_on(line, following)
        if quoted or (together and not begins(following.text) and not complete(line.text)):
            current.append(following)
        else:
            yield Paragraph(tuple(current), group, current[0].gap)
            current = [following]
    yield Paragraph(tuple(current), group, current[0].gap)
