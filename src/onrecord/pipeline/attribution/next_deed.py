"""What a source does next is no part of what it said."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.language.function_words import FINITE, FINITE_VERBS
from onrecord.pipeline.places import marks_in


def without_next_deed(doc: Doc, found: Attribution) -> Attribution:
    """The content without a second verb of the reporter's: *contends that | “mud is home” | and has a hall*.

    Where no verb of the content stands outside the marks, what follows them in the tense of the cue can only
    go on from the cue; *said it | “fell” and claimed two lives |* has one.
    """
    if found.cue is None or found.cue[1] > found.contents[0][0]:
        return found
    tag = root_of(doc, found.cue).tag_
    if tag not in FINITE_VERBS:
        return found
    contents = tuple(_cut(doc, span, found.cue[1], tag) for span in found.contents[:1]) + found.contents[1:]
    return replace(found, contents=contents) if contents != found.contents else found


def _cut(doc: Doc, span: Range, low: int, tag: str) -> Range:
    start, end = span
    for mark in marks_in(doc, span):
        if mark.role != "quote" or mark.start < start or mark.end + 1 >= end:
            continue
        if any(t.tag_ in FINITE for t in doc[low : mark.start]):
            return span
        if doc[mark.end].tag_ == "CC" and doc[mark.end + 1].tag_ == tag:
            return start, mark.end
        return span
    return span
