"""The component that finds what stands between quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import MarkedSpan, add_notice, char_range, get_blocks, set_marks
from onrecord.pipeline.marks.parser import MarkedStretch, parse_marks
from onrecord.pipeline.marks.roles import find_role, with_listed_titles
from onrecord.schema import Notice


class Marks:
    """Finds marked stretches in each block and stores them; a lost mark becomes a notice."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc`."""
        marks, notices = find_marks(doc)
        set_marks(doc, marks)
        for notice in notices:
            add_notice(doc, notice)
        return doc


def find_marks(doc: Doc) -> tuple[list[MarkedSpan], list[Notice]]:
    """The marked stretches of a doc with their roles, in text order, and what had to be repaired."""
    blocks = [char_range(doc, (b.start, b.end)) for b in get_blocks(doc)]
    stretches, notices = parse_marks(doc.text, blocks)
    marks = [m for m in (_to_tokens(doc, s) for s in stretches) if m is not None]
    roles = [replace(m, role=find_role(doc, m)) for m in _drop_repeats(marks)]
    return with_listed_titles(doc, roles), notices


def _to_tokens(doc: Doc, stretch: MarkedStretch) -> MarkedSpan | None:
    span = doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
    if span is None or span.start == span.end:
        return None
    return MarkedSpan(
        span.start,
        span.end,
        stretch.depth,
        stretch.style,
        stretch.closed,
        stretch.repaired,
        stretch.continues,
    )


def _drop_repeats(marks: Sequence[MarkedSpan]) -> list[MarkedSpan]:
    """One span for marks that fall on the same tokens, such as a mark glued to an abbreviation."""
    seen: set[tuple[int, int]] = set()
    out = []
    for mark in marks:
        if (mark.start, mark.end) not in seen:
            seen.add((mark.start, mark.end))
            out.append(mark)
    return out
