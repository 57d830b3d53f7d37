"""The title of a work before a statement is no part of it: *in the book | “Dust,” | she suggested | it*."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.function_words import PAUSES
from onrecord.pipeline.places import marks_in


def without_title(doc: Doc, found: Attribution) -> Attribution:
    """The content without pieces that only give the title of what stands before them.

    In *“The Third Man,” Reed said, is still the best film* the title is the subject of what Reed said, so it
    stays; and a title that is all of the content is another question.
    """
    kept = tuple(span for span in found.contents if not _is_apposed_title(doc, span, found))
    return replace(found, contents=kept) if kept else found


def _is_apposed_title(doc: Doc, span: Range, found: Attribution) -> bool:
    """Whether the piece is a title behind a noun outside the content; the parser may hang it elsewhere."""
    start, end = span
    title = next(
        (m for m in marks_in(doc, span) if m.role == "title" and m.start <= start and end <= m.end), None
    )
    if title is None:
        return False
    sentence = doc[title.start].sent.start
    before = next((t for t in reversed(doc[sentence : title.start]) if t.text not in PAUSES), None)
    inside = before is not None and any(s <= before.i < e for s, e in found.contents)
    return before is not None and before.pos_ in ("NOUN", "PROPN") and not inside
