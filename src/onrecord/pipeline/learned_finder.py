"""The attributions that the learned model proposes, in tokens of the doc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, MarkedSpan, Range, get_marks
from onrecord.pipeline.encoder import OUTPUTS

RULE = "learned"

_TAIL = frozenset((".", ",", "!", "?", "…", "...", "--", "—", "–"))


def find_learned(doc: Doc) -> list[Attribution]:
    """Attributions from the encoder's findings; none where it has not run."""
    outputs: dict[str, Any] | None = doc.user_data.get(OUTPUTS)
    if outputs is None:
        return []
    tokens = [int(i) for i in outputs["rows"]]
    marks = [m for m in get_marks(doc) if m.role == "quote"]
    return [_attribution(doc, f, tokens, marks) for f in outputs["found"]]


def _attribution(doc: Doc, found: Sequence[Any], tokens: list[int], marks: list[MarkedSpan]) -> Attribution:
    def span(rows: Range | None) -> Range | None:
        return (tokens[rows[0]], tokens[rows[1] - 1] + 1) if rows else None

    ranges, cue_rows, source_rows, confidence = found
    contents = tuple(_with_marks(doc, s, marks) for s in map(span, ranges) if s)
    cue, source = span(cue_rows), span(source_rows)
    reasons = []
    if cue is not None:
        reasons.append(f"model: cue '{doc[cue[0] : cue[1]].text}'")
    if source is not None:
        reasons.append(f"model: source '{doc[source[0] : source[1]].text}'")
    return Attribution(
        contents=contents,
        cue=cue,
        source=source,
        confidence=float(confidence),
        reasons=tuple(reasons) or ("model: content alone",),
        rule=RULE,
    )


def _with_marks(doc: Doc, span: Range, marks: list[MarkedSpan]) -> Range:
    """Take in the quotation marks around a content, and the punctuation that stands inside them.

    The model is trained on spans without the marks at their ends, where annotators disagree.
    """
    start, end = span
    for m in marks:
        if m.end <= start or m.start >= end:
            continue
        if m.start < start and all(not doc[i].text.isalnum() for i in range(m.start, start)):
            start = m.start
        if m.end > end and all(doc[i].text in _TAIL or doc[i].is_punct for i in range(end, m.end)):
            end = m.end
    return start, end
