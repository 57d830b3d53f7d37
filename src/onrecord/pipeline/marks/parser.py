"""Quotation marks paired into stretches, paragraph by paragraph, on plain text.

The parser never fails: a mark that is lost is put back where the paragraph suggests, and what it
did is told in a notice. Conventions followed: British and American nesting; open-only
continuation, where every paragraph of a long quotation opens and only the last one closes
(Chicago Manual of Style 13.32; Guardian style guide, "quotation marks").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.marks.scan import MarkSign, reverses_guillemets, scan_signs, uses_reversed_guillemets
from onrecord.schema import Notice

_STRAIGHT = frozenset(('"', "''"))
UNCLOSED = "unclosed_quotation_mark"
_STOP = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[^a-z\s])")


@dataclass(frozen=True, slots=True)
class MarkedStretch:
    """A stretch between quotation marks in characters, marks included; see `MarkedSpan`."""

    start: int
    end: int
    depth: int
    style: str
    closed: bool = True
    repaired: bool = False
    continues: bool = False


@dataclass(slots=True)
class _Frame:
    start: int
    family: str
    style: str
    closer: int | None = None
    continues: bool = False


def parse_marks(text: str, blocks: Sequence[tuple[int, int]]) -> tuple[list[MarkedStretch], list[Notice]]:
    """Pair the quotation marks of a text.

    Args:
        text: any text.
        blocks: character ranges of its paragraphs, in order, not overlapping.

    Returns:
        The stretches in text order (an outer one before those inside it), and a notice for each mark
        that had to be put back.
    """
    turned = uses_reversed_guillemets(text)
    signs = [
        scan_signs(text, s, e, reversed_guillemets=reverses_guillemets(text, s, e, by_default=turned))
        for s, e in blocks
    ]
    parser = _Parser(text, blocks, signs)
    for number in range(len(blocks)):
        parser.read_block(number)
    parser.stretches.sort(key=lambda m: (m.start, -m.end))
    return _with_depth(parser.stretches), parser.notices


class _Parser:
    """One pass over the blocks; `pending` holds what the block before left open."""

    def __init__(self, text: str, blocks: Sequence[tuple[int, int]], signs: Sequence[list[MarkSign]]) -> None:
        self.text = text
        self.blocks = blocks
        self.signs = signs
        self.stretches: list[MarkedStretch] = []
        self.notices: list[Notice] = []
        self.pending: _Frame | None = None
        self.stack: list[_Frame] = []

    def read_block(self, number: int) -> None:
        start = self.blocks[number][0]
        signs = self.signs[number]
        self.stack = []
        pending, self.pending = self.pending, None
        if pending is not None and not (signs and _stands_first(self.text, start, signs[0])):
            # Goes on without a mark of its own, as decided when the block before ended.
            self.stack.append(_Frame(start, pending.family, pending.style, continues=True))
            pending = None
        for i, sign in enumerate(signs):
            self._read_sign(number, i, sign, pending)
        for frame in self.stack:
            self._end_of_block(number, frame)

    def _read_sign(self, number: int, i: int, sign: MarkSign, pending: _Frame | None) -> None:
        if sign.family == "single":
            self._read_single(number, i, sign, pending)
            return
        signs, start = self.signs[number], self.blocks[number][0]
        frame = next((f for f in reversed(self.stack) if f.family == sign.family), None)
        if frame is not None and sign.closes != "none" and not (sign.opens and _must_open(self.text, sign)):
            if sign.faces == 0 and _is_inch(self.text, sign) and _closes_next(signs, i):
                return
            self._close(frame, sign.end)
        elif sign.opens:
            if frame is not None and not _returns(signs, i) and not self._stands_inside(number, frame, i):
                self._repair_close(frame, sign.start)
            first = i == 0 and _stands_first(self.text, start, sign)
            continues = first and pending is not None and pending.family == sign.family
            self.stack.append(_Frame(sign.start, sign.family, sign.text, continues=continues))
        elif sign.closes in ("sure", "likely") and not _is_inch(self.text, sign):
            self._repair_open(number, sign)

    def _stands_inside(self, number: int, frame: _Frame, i: int) -> bool:
        """Whether curly marks quote a term inside straight ones that the next paragraph goes on with.

        *"The | “Clean Rivers” | act is dead.*, and the next paragraph opens with a straight mark too.
        """
        signs, start = self.signs[number], self.blocks[number][0]
        straight = frame.style in _STRAIGHT and _stands_first(self.text, start, signs[0])
        if not straight or signs[i].faces <= 0 or frame.start != signs[0].start:
            return False
        following = next((s for s in signs[i + 1 :] if s.family == frame.family), None)
        if following is None or following.faces >= 0:
            return False
        # A straight mark later in the paragraph closes the quotation, and `_returns` has seen it.
        return self._closes_later(number + 1, frame.style)

    def _closes_later(self, number: int, style: str) -> bool:
        """Whether the next paragraphs open with the same mark each, up to one that also closes with it."""
        for start, signs in zip((b[0] for b in self.blocks[number:]), self.signs[number:], strict=True):
            own = [s for s in signs if s.text == style]
            if not own or own[0] is not signs[0] or not _stands_first(self.text, start, own[0]):
                return False
            if len(own) > 1:
                return own[1].closes != "none"
        return False

    def _read_single(self, number: int, i: int, sign: MarkSign, pending: _Frame | None) -> None:
        frame = self.stack[-1] if self.stack else None
        inner = next((f for f in reversed(self.stack) if f.family == "single"), None)
        if inner is not None and inner.closer in (i, None):
            if inner.closer == i or sign.closes == "sure":
                self._close(inner, sign.end)
            return
        if not sign.opens:
            return
        signs, start = self.signs[number], self.blocks[number][0]
        closer = _find_closer(signs, i, bounded=frame is not None and frame.family != "single")
        first = i == 0 and _stands_first(self.text, start, sign)
        continues = first and pending is not None and pending.family == "single"
        if closer is None:
            goes_on = first and self._next_opens(number, "single")
            if not (
                goes_on or continues or (sign.text == "‘" and _follows_cue(self.text, start, sign.start))
            ):
                return
        self.stack.append(_Frame(sign.start, "single", sign.text, closer=closer, continues=continues))

    def _close(self, frame: _Frame, end: int, *, repaired: bool = False) -> None:
        # Whatever was opened inside and is still open had no mark of its own.
        while self.stack and self.stack[-1] is not frame:
            self.stack.pop()
        if frame in self.stack:
            self.stack.remove(frame)
        self.stretches.append(
            MarkedStretch(frame.start, end, 0, frame.style, True, repaired, frame.continues)
        )

    def _repair_close(self, frame: _Frame, limit: int) -> None:
        end = _likely_end(self.text, frame.start + len(frame.style), limit)
        self._notice(
            "a quotation mark is opened and never closed", frame.start, frame.start + len(frame.style)
        )
        self._close(frame, max(end, frame.start + len(frame.style)), repaired=True)

    def _repair_open(self, number: int, sign: MarkSign) -> None:
        start = self.blocks[number][0]
        if self.stretches and self.stretches[-1].end > start:
            start = max(m.end for m in self.stretches if m.end > start)
        first = _likely_start(self.text, start, sign.start)
        if first >= sign.start:
            return
        self._notice("a quotation mark closes what none has opened", sign.start, sign.end)
        self.stretches.append(MarkedStretch(first, sign.end, 0, sign.text, repaired=True))

    def _end_of_block(self, number: int, frame: _Frame) -> None:
        start, end = self.blocks[number]
        if frame not in self.stack:
            return
        cue = _cue_after(self.text, frame.start + len(frame.style), end)
        if self.stack[0] is frame and cue is None and self._goes_on(number, frame):
            self.pending = frame
            trimmed = len(self.text[:end].rstrip())
            self.stack.remove(frame)
            # A block of nothing but separators holds no part of the quotation that goes on over it.
            if trimmed > frame.start:
                self.stretches.append(
                    MarkedStretch(frame.start, trimmed, 0, frame.style, False, False, frame.continues)
                )
            return
        self._notice(
            "a quotation mark is opened and never closed", frame.start, frame.start + len(frame.style)
        )
        opened = frame.start + len(frame.style)
        limit = end
        outer = self.stack[: self.stack.index(frame)]
        self.stack.remove(frame)
        before = self.text[start : frame.start].strip()
        whole = cue is None and (not before or before.endswith(":"))
        close = len(self.text[:limit].rstrip()) if whole or outer else _likely_end(self.text, opened, limit)
        if close > opened:
            self.stretches.append(
                MarkedStretch(frame.start, close, 0, frame.style, True, True, frame.continues)
            )

    def _goes_on(self, number: int, frame: _Frame) -> bool:
        """Whether the quotation that this block leaves open goes on in the next one."""
        if self._next_opens(number, frame.family):
            return True
        for later in range(number + 1, min(number + 4, len(self.blocks))):
            signs = [s for s in self.signs[later] if s.family == frame.family]
            if frame.family == "single" or (signs and signs[0].opens):
                return False
            if signs:
                return signs[0].closes == "sure"
        return False

    def _next_opens(self, number: int, family: str) -> bool:
        if number + 1 >= len(self.blocks):
            return False
        start, signs = self.blocks[number + 1][0], self.signs[number + 1]
        return bool(
            signs
            and signs[0].opens
            and signs[0].family == family
            and _stands_first(self.text, start, signs[0])
        )

    def _notice(self, what: str, start: int, end: int) -> None:
        self.notices.append(Notice(UNCLOSED, f"{what}; its place was inferred", start, end))


def _with_depth(stretches: list[MarkedStretch]) -> list[MarkedStretch]:
    """Set depths; of two that cross, the later one is left out."""
    out: list[MarkedStretch] = []
    open_ends: list[int] = []
    for stretch in stretches:
        while open_ends and open_ends[-1] <= stretch.start:
            open_ends.pop()
        if open_ends and stretch.end > open_ends[-1]:
            continue
        out.append(replace(stretch, depth=len(open_ends)))
        open_ends.append(stretch.end)
    return out


def _stands_first(text: str, start: int, sign: MarkSign) -> bool:
    return not text[start : sign.start].strip(" \t\u00a0\n\"'“”‘’`—–-•*>")


def _must_open(text: str, sign: MarkSign) -> bool:
    """A mark that could do both, with the space before it only."""
    before = text[sign.start - 1 : sign.start]
    after = text[sign.end : sign.end + 1]
    return (not before or before.isspace()) and bool(after) and not after.isspace()


def _is_inch(text: str, sign: MarkSign) -> bool:
    return text[sign.start - 1 : sign.start].isdigit() and sign.text in ('"', "″", "''", "”")


def _closes_next(signs: Sequence[MarkSign], i: int) -> bool:
    """Whether the double marks that follow still need this one to be open, as after `a 12" pizza`."""
    following = [s for s in signs[i + 1 :] if s.family == "double"]
    return bool(following) and (not following[0].opens or len(following) % 2 == 1)


def _returns(signs: Sequence[MarkSign], i: int) -> bool:
    """Whether marks opened inside marks of the same kind are all closed again in this block."""
    depth = 2
    for sign in signs[i + 1 :]:
        if sign.family != signs[i].family:
            continue
        depth += 1 if sign.opens and sign.closes == "none" else -1
        if depth == 0:
            return True
    return False


def _find_closer(signs: Sequence[MarkSign], i: int, *, bounded: bool) -> int | None:
    """Index of the mark that closes the single mark at `i`.

    Sure and likely marks win over weak ones (genitives, dropped g); a further opening single mark or,
    inside double marks, their end, bounds the search.
    """
    weak: int | None = None
    nested = 0
    double = 0
    for j in range(i + 1, len(signs)):
        sign = signs[j]
        if sign.family == "double":
            if sign.opens and sign.closes == "none":
                double += 1
            elif double:
                double -= 1
            elif bounded and not sign.opens:
                break
            continue
        if sign.family != "single" or double:
            continue
        if sign.opens and sign.closes == "none":
            if weak is not None:
                break
            nested += 1
        elif sign.closes in ("sure", "likely"):
            if not nested or sign.closes == "sure":
                return j
            nested -= 1
        elif sign.closes == "weak" and not nested:
            weak = j
    return weak


@cache
def _plain_cues() -> str:
    return "|".join(load_lexicon("cues")["speech"]["plain_forms"])


@cache
def _cue_pattern() -> re.Pattern[str]:
    verbs = _plain_cues()
    # , said Ann Lee / , she said / ? asked the judge
    return re.compile(
        rf"(?<=[,.?!…])\s+(?:(?:[A-Z][\w.'’-]*|he|she|they|it|the|a|an|his|her)\s+){{0,5}}(?:{verbs})\b"
    )


@cache
def _lead_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?:{_plain_cues()})\s?[,:]|:)\s+(?=\S)")


def _cue_after(text: str, start: int, end: int) -> int | None:
    """Where a reporting clause begins that should stand outside the marks."""
    match = _cue_pattern().search(text, start, end)
    return match.start() if match else None


def _follows_cue(text: str, start: int, mark: int) -> bool:
    before = text[max(start, mark - 30) : mark].rstrip()
    return not before or before[-1] in ",:" or re.search(rf"\b(?:{_plain_cues()})$", before) is not None


def _likely_end(text: str, start: int, limit: int) -> int:
    """Where a quotation opened before `start` probably ends, at the latest at `limit`."""
    cue = _cue_after(text, start, limit)
    if cue is not None:
        return cue
    stop = _STOP.search(text, start, limit)
    return stop.start() if stop else len(text[:limit].rstrip())


def _likely_start(text: str, start: int, mark: int) -> int:
    """Where a quotation that closes at `mark` probably begins, at the earliest at `start`."""
    leads = list(_lead_pattern().finditer(text, start, mark))
    if leads:
        return leads[-1].end()
    stops = [m.end() for m in _STOP.finditer(text, start, mark)]
    # A lost mark is oftenest the one at the paragraph's head, where a drop cap stood.
    first = stops[-1] if len(stops) > 1 else start
    return first + len(text[first:mark]) - len(text[first:mark].lstrip(" \t\n\u00a0,;:—–-"))
