"""Findings in a doc, by their words."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.schema import Mode


def span_of(doc: Doc, text: str) -> tuple[int, int]:
    start = doc.text.index(text)
    span = doc.char_span(start, start + len(text))
    assert span is not None, text
    return span.start, span.end


def finding(doc: Doc, content: str, cue: str, source: str | None, mode: Mode) -> Attribution:
    return Attribution(
        (span_of(doc, content),),
        cue=span_of(doc, cue),
        source=span_of(doc, source) if source else None,
        mode=mode,
    )
