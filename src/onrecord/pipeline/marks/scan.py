"""Which characters of a text are quotation marks, and which way each can face.

Apostrophes, elisions (’90s, rock ’n’ roll, ’em), feet and inches are told apart here; which mark
belongs to which is decided in `parser`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.lexicons import load_lexicon

Family = Literal["double", "guillemet", "single"]
Strength = Literal["sure", "likely", "weak", "none"]

_MARK = re.compile(r"'''|''|``|‘‘|’’|[\"“”„‟″＂«»‹›'‘’‚‛`]")
_DOUBLE = frozenset(('"', "“", "”", "„", "‟", "″", "＂", "''", "``", "‘‘", "’’"))
_GUILLEMET = frozenset("«»‹›")
_MARK_CHARS = frozenset("\"“”„‟″＂«»‹›'‘’‚‛`")
_OPENERS = frozenset("([{—–-/")
_CLOSERS = frozenset(")]}—–-/.,;:!?…")
_STOPS = frozenset(".,!?…")
_N = re.compile(r"(?<![^\W_])['‘’](?:n|N)['’](?![^\W_])")
_WORD = re.compile(r"[^\W\d_]+")
_DECADE = re.compile(r"\d0s\b|\d\d\b(?!\S*['’])")
_OUTWARD = re.compile(r"(?<!\S)«\s?[^\s«»][^«»]*»(?!\w)")
_INWARD = re.compile(r"(?<!\S)»[^\s«»](?:[^«»]*\S)?«(?!\w)")
_DROPPED_G = re.compile(r"(?:\w{2,}in|\b(?:o|an|ol|th|wi|mo))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarkSign:
    """One quotation mark, or a character that may be one.

    Attributes:
        start: character offset of its first character.
        text: as written; two characters for TeX marks.
        opens: it can open a quotation, by its shape and its neighbours.
        closes: how well it can close one; `weak` where a genitive or a dropped g is as likely.
        faces: the direction that the shape alone states; 0 for straight marks, 1 opening, -1 closing.
    """

    start: int
    text: str
    family: Family
    opens: bool
    closes: Strength
    faces: int

    @property
    def end(self) -> int:
        """Offset after the mark."""
        return self.start + len(self.text)


@cache
def _elisions() -> frozenset[str]:
    return frozenset(load_lexicon("elisions")["apostrophe"]["initial"])


def scan_signs(text: str, start: int, end: int, *, reversed_guillemets: bool = False) -> list[MarkSign]:
    """The quotation marks in `text[start:end]`, a block, in order.

    Args:
        text: the whole text.
        start: first character of the block.
        end: character after the block.
        reversed_guillemets: the text opens with » and closes with «.
    """
    elided = {i for m in _N.finditer(text, start, end) for i in (m.start(), m.end() - 1)}
    signs = []
    for match in _MARK.finditer(text, start, end):
        for first, mark in _cut_three(text, match, start):
            if first not in elided:
                sign = _classify(text, first, mark, start, end, reversed_guillemets=reversed_guillemets)
                if sign is not None:
                    signs.append(sign)
    return signs


def _cut_three(text: str, match: re.Match[str], start: int) -> list[tuple[int, str]]:
    """Three straight marks are a double and a single one: the double one stands outside."""
    first, mark = match.start(), match.group()
    if mark != "'''":
        return [(first, mark)]
    if _opens_here(text, first, start):
        return [(first, "''"), (first + 2, "'")]
    return [(first, "'"), (first + 1, "''")]


def uses_reversed_guillemets(text: str) -> bool:
    """Whether the text's first guillemet points inwards, as in »Wort«."""
    first = re.search(r"[«»]", text)
    return first is not None and first.group() == "»" and not text[first.end() : first.end() + 1].isspace()


def reverses_guillemets(text: str, start: int, end: int, *, by_default: bool) -> bool:
    """Whether guillemets point inwards in a block: one copy can quote French and German papers.

    Args:
        text: the whole text.
        start: first character of the block.
        end: character after the block.
        by_default: what holds for the text, and for a block that does not open with a whole pair.
    """
    block = text[start:end]
    first = re.search(r"[«»]", block)
    if first is None:
        return by_default
    pair = _OUTWARD if first.group() == "«" else _INWARD
    return first.group() == "»" if pair.match(block, first.start()) else by_default


def _outer(text: str, position: int, step: int, low: int, high: int) -> str:
    """The nearest character before or after that is no mark; a space beyond the block."""
    while low <= position < high and text[position] in _MARK_CHARS:
        position += step
    return text[position] if low <= position < high else " "


def _opens_here(text: str, position: int, start: int) -> bool:
    return position == start or text[position - 1].isspace() or text[position - 1] in _OPENERS


def _classify(
    text: str, first: int, mark: str, start: int, end: int, *, reversed_guillemets: bool
) -> MarkSign | None:
    last = first + len(mark)
    before = _outer(text, first - 1, -1, start, end)
    after = _outer(text, last, 1, start, end)
    loose_before = before.isspace() or before in _OPENERS
    loose_after = after.isspace() or after in _CLOSERS
    if mark in _GUILLEMET:
        faces = 1 if (mark in "«‹") != reversed_guillemets else -1
        return MarkSign(first, mark, "guillemet", faces > 0, "sure" if faces < 0 else "none", faces)
    if mark in _DOUBLE:
        return _double(text, first, mark, start, loose_before=loose_before, loose_after=loose_after)
    return _single(text, first, mark, start, end, before=before, after=after)


def _double(
    text: str, first: int, mark: str, start: int, *, loose_before: bool, loose_after: bool
) -> MarkSign:
    faces = 1 if mark in ("“", "„", "‟", "``", "‘‘") else -1 if mark in ("”", "’’") else 0
    before = text[first - 1] if first > start else " "
    tight_open = loose_before and not loose_after
    tight_close = loose_after and not loose_before
    if faces > 0:
        # A “ that stands where only a closing mark can is a slip of the keyboard or of OCR.
        opens, closes = True, "likely" if tight_close and mark != "``" else "none"
    elif faces < 0:
        opens, closes = tight_open, "sure"
    else:
        opens = not tight_close
        closes = "none" if tight_open else "sure" if tight_close else "likely"
        if before.isdigit() and (mark == "″" or _has_feet(text, first)):
            opens, closes = False, "weak"
        elif before.isdigit() and closes == "sure":
            closes = "likely"
    strength: Strength = closes  # type: ignore[assignment]
    return MarkSign(first, mark, "double", opens, strength, faces)


def _has_feet(text: str, first: int) -> bool:
    return re.search(r"\d\s?['’′]\s?\d{1,2}(?:\.\d|\s?[½¼¾])?$", text[max(0, first - 10) : first]) is not None


def _single(
    text: str, first: int, mark: str, start: int, end: int, *, before: str, after: str
) -> MarkSign | None:
    left = text[first - 1] if first > start else " "
    right = text[first + 1] if first + 1 < end else " "
    if (left.isalnum() and right.isalnum()) or (mark == "`" and not _opens_here(text, first, start)):
        return None
    if left.isdigit() and mark in "'’" and not _sentence_mark(right) and right not in _MARK_CHARS:
        return None
    loose_before = before.isspace() or before in _OPENERS
    loose_after = after.isspace() or after in _CLOSERS or (after in _OPENERS)
    opens = mark != "’" and loose_before and not loose_after and not _elided(text, first + 1)
    closes: Strength = "none"
    if mark in "'’‛" and not left.isspace() and loose_after:
        if before in _STOPS or not before.isalnum():
            closes = "sure"
        elif before in "sSzxX" or _DROPPED_G.search(text[max(0, first - 12) : first]):
            closes = "weak"
        else:
            closes = "likely"
    elif mark == "’" and loose_before and not loose_after and not _elided(text, first + 1):
        # ’Word: a closing mark used to open, as OCR and hasty typing have it.
        opens = text[first + 1 : first + 2].isupper()
    if not opens and closes == "none":
        return None
    return MarkSign(first, mark, "single", opens, closes, 1 if mark in "‘‚" else 0)


def _sentence_mark(char: str) -> bool:
    return char in ".,;:!?"


def _elided(text: str, position: int) -> bool:
    if _DECADE.match(text, position):
        return True
    word = _WORD.match(text, position)
    return word is not None and word.group().lower() in _elisions()
