"""From the lines of printed pages back to paragraphs: running heads, hyphens, headings.

Pure functions on lines with places; they know nothing of PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from onrecord.schema import BlockKind

__all__ = ["PageLine", "join_lines", "rebuild", "without_running_heads"]

EDGE_LINES = 3
"""Lines at the top and at the bottom of a page among which running heads are looked for."""

MIN_REPEAT_SHARE = 0.4
"""Share of the pages on which a line at an edge recurs that is a running head; heads that differ
between left and right pages recur on half of them."""

PARAGRAPH_GAP = 1.25
"""Distance between lines, in usual distances, from which on a new paragraph begins. Word's and
LibreOffice's paragraph spacing gives 1.5 and more; uneven lines in justified text stay below 1.1."""

HEADING_SIZE = 1.15
"""Font size, in sizes of the running text, from which on a line is a heading."""

INDENT = 0.7
"""First-line indent in font sizes. Typographers use 1 to 2; kerning never moves a line by .7."""

FULL_LINE = 0.75
"""Characters, in usual lines, below which a line that ends a sentence ends its paragraph too."""

_PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\.|pg\.?)\s*)?[-–—|\[(]?\s*\d{1,4}\s*[-–—|\])]?(?:\s*(?:of|/)\s*\d{1,4})?"
    r"|https?://\S+(?:\s+\d+/\d+)?|\d{1,2}/\d{1,2}/\d{2,4},\s+\d{1,2}:\d\d.*",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_FINAL = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_BULLET = re.compile(r"[•●◦▪■□►➤‣⁃\uf0b7\uf0a7\uf076\uf0d8](?:\s+|(?=\w))")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_COMPOUND = re.compile(
    "all|anti|co|cross|ex|far|full|half|high|long|low|mid|multi|non|once|part|post|pre|pro|quasi|self|semi|short|so"
    "|still|vice|well"
)
"""First halves after which a hyphen at a line's end belongs to the word."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a printed page.

    Attributes:
        page: number of the page, from 0.
        x: left edge in points from the page's left.
        y: baseline in points from the page's bottom.
        size: font size in points.
        text: the line without blanks around it.
    """

    page: int
    x: float
    y: float
    size: float
    text: str


def without_running_heads(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines without page numbers and without what recurs at the edges of the pages."""
    pages: dict[int, list[PageLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = [edge for page in pages.values() for edge in _edges(page)]
    counts = Counter(key for edge in edges for key in {_edge_key(line) for line in edge})
    needed = max(2.0, MIN_REPEAT_SHARE * len(pages))
    dropped: set[PageLine] = set()
    for edge in edges:
        for line in edge:
            if counts[_edge_key(line)] < needed and not _PAGE_NUMBER.fullmatch(line.text):
                break
            dropped.add(line)
    return [line for line in lines if line not in dropped]


def _edges(page: Sequence[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """The lines at the top and at the bottom of a page, from the edge inwards."""
    by_height = sorted(page, key=lambda line: -line.y)
    return by_height[:EDGE_LINES], by_height[EDGE_LINES:][: -EDGE_LINES - 1 : -1]


def _edge_key(line: PageLine) -> tuple[str, int]:
    """Same words, digits apart, at about the same height."""
    return _DIGITS.sub("#", line.text.casefold()), round(line.y / 6)


def rebuild(lines: Sequence[PageLine]) -> Iterator[tuple[BlockKind, str]]:
    """The parts of the text in order, with hyphenated words rejoined.

    Args:
        lines: in reading order, without running heads.
    """
    if not lines:
        return
    body = _body_size(lines)
    usual_gap = _usual_gap(lines, body)
    width = _usual_length(lines, body)
    words = _whole_words(lines)
    paragraphs: list[list[PageLine]] = [[lines[0]]]
    for previous, line in pairwise(lines):
        if _begins(previous, line, paragraphs[-1], usual_gap * max(1.0, line.size / body), width):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    headline = False
    for paragraph in paragraphs:
        text = join_lines([line.text for line in paragraph], words=words)
        kind = _kind(paragraph, text, body)
        if kind == "headline":
            kind = "subhead" if headline else "headline"
            headline = True
        yield kind, _BULLET.sub("", text, count=1) if kind == "list_item" else text


def _whole_words(lines: Sequence[PageLine]) -> Counter[str]:
    """How often each word occurs, casefolded; halves of words divided at a line's end left out."""
    words: Counter[str] = Counter()
    divided = False
    for line in lines:
        text = _FIRST_WORD.sub("", line.text, count=1) if divided else line.text
        divided = _HYPHEN.search(text) is not None
        words.update(w.casefold() for w in _WORDS.findall(_HYPHEN.sub("", text) if divided else text))
    return words


def _body_size(lines: Sequence[PageLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def _usual_gap(lines: Sequence[PageLine], body: float) -> float:
    gaps = [
        a.y - b.y
        for a, b in pairwise(lines)
        if a.page == b.page and 0.5 * body < a.y - b.y < 3 * body and abs(a.size - b.size) < 0.5
    ]
    # The distance within paragraphs is the most frequent; rounding keeps uneven baselines together.
    return Counter(round(g, 0) for g in gaps).most_common(1)[0][0] if gaps else 1.2 * body


def _usual_length(lines: Sequence[PageLine], body: float) -> float:
    lengths = sorted(len(line.text) for line in lines if abs(line.size - body) < 0.5)
    return median(lengths[len(lengths) // 2 :]) if lengths else 60.0


def _begins(
    previous: PageLine, line: PageLine, paragraph: Sequence[PageLine], usual_gap: float, width: float
) -> bool:
    """Whether `line` begins a paragraph after `previous`."""
    if abs(line.size - previous.size) > 0.08 * previous.size or _BULLET.match(line.text):
        return True
    if _HYPHEN.search(previous.text) and line.text[:1].islower():
        return False
    ended = _FINAL.search(previous.text) is not None
    gap = previous.y - line.y
    if line.page != previous.page or gap < 0:
        return ended or (len(previous.text) < FULL_LINE * width and line.text[:1].isupper())
    if gap > PARAGRAPH_GAP * usual_gap:
        return True
    left = min(p.x for p in paragraph[-3:])
    if line.x - left > INDENT * line.size and ended:
        return True
    return ended and len(previous.text) < FULL_LINE * width


def _kind(paragraph: Sequence[PageLine], text: str, body: float) -> BlockKind:
    if _BULLET.match(text):
        return "list_item"
    if min(line.size for line in paragraph) >= HEADING_SIZE * body and len(text) <= 250:
        first_page = paragraph[0].page == 0
        return "headline" if first_page and min(line.size for line in paragraph) >= 1.3 * body else "subhead"
    return "paragraph"


def join_lines(lines: Sequence[str], *, words: Counter[str]) -> str:
    """Lines as one text, words divided at a line's end rejoined.

    A hyphen stays where it belongs to the word: before a capital or digit, after a prefix such as
    *self*, or where the document has the word with its hyphen, or both halves as words, elsewhere.

    Args:
        lines: at least one.
        words: how often each word, casefolded, occurs in the document.
    """
    text = lines[0]
    for line in lines[1:]:
        match = _HYPHEN.search(text)
        following = _FIRST_WORD.match(line)
        if match is None or following is None:
            # A dash or a digit's hyphen joins without a blank; anything else is a word's end.
            text += line if re.search(r"\w[-\u2010]$", text) else " " + line
            continue
        first, second = match.group(1), following.group()
        if text[-1] == "\u00ad" or not _keeps_hyphen(first, second, words):
            text = text[:-1] + line
        else:
            text += line
    return text.replace("\u00ad", "")


def _keeps_hyphen(first: str, second: str, words: Counter[str]) -> bool:
    if second[0].isupper():
        return True
    a, b = first.casefold(), second.casefold()
    joined, hyphened = words[a + b], words[f"{a}-{b}"] + words[f"{a}\u2010{b}"]
    if joined or hyphened:
        return hyphened > joined
    return _COMPOUND.fullmatch(a) is not None or (words[a] > 0 and words[b] > 0 and min(len(a), len(b)) >= 3)
