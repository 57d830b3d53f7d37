"""Which blocks and marks stand at a place of a doc, found by bisection: rules ask it for every statement."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter

from spacy.tokens import Doc, SpanGroup

from onrecord.pipeline.annotations import (
    GROUPS_REMEMBERED,
    MARKS,
    BlockRecord,
    MarkedSpan,
    Range,
    get_blocks,
    get_marks,
)

_START = attrgetter("start")


def block_at(doc: Doc, token: int) -> BlockRecord | None:
    """The block that holds a token; blanks between blocks are in none."""
    found = blocks_in(doc, (token, token + 1))
    return found[0] if found else None


def blocks_in(doc: Doc, span: Range) -> Sequence[BlockRecord]:
    """The blocks that share a token with a range, in text order."""
    blocks = get_blocks(doc)
    first = max(bisect_right(blocks, span[0], key=_START) - 1, 0)
    found = blocks[first : bisect_left(blocks, span[1], key=_START)]
    return found if not found or span[0] < found[0].end else found[1:]


def marks_in(doc: Doc, span: Range) -> Sequence[MarkedSpan]:
    """The quotation marks' spans that share a token with a range, in text order."""
    marks = get_marks(doc)
    if not marks:
        return ()
    last = bisect_left(marks, span[1], key=_START)
    first = bisect_right(_reach(doc.spans[MARKS]), span[0], hi=last)
    return [m for m in marks[first:last] if span[0] < m.end]


@lru_cache(maxsize=GROUPS_REMEMBERED)
def _reach(group: SpanGroup) -> tuple[int, ...]:
    """How far each span or one before it reaches: an inner one ends before the outer one around it."""
    return tuple(accumulate((span.end for span in group), max))


def quotations_in(doc: Doc, span: Range) -> list[MarkedSpan]:
    """Those of the marks that share a token with a range that quote: no titles and nicknames."""
    return [m for m in marks_in(doc, span) if m.role == "quote"]


def is_quoted(doc: Doc, span: Range) -> bool:
    """Whether a part of a range stands in marks that quote."""
    return bool(quotations_in(doc, span))


def is_amid_marks(doc: Doc, token: int) -> bool:
    """Whether marks stand around a token and do not begin with it."""
    return any(m.start < token for m in marks_in(doc, (token, token + 1)))
