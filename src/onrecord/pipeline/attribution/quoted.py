"""What of a statement stands in quotation marks."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, MarkedSpan
from onrecord.pipeline.places import is_quoted, quotations_in


def is_partly_quoted(doc: Doc, found: Attribution) -> bool:
    """Whether a part of the content stands in marks that quote.

    Args:
        doc: the doc.
        found: what a rule or the model proposes.
    """
    return any(is_quoted(doc, span) for span in found.contents)


def whole_quotations(doc: Doc, found: Attribution) -> list[MarkedSpan]:
    """The marks that quote and stand in the content with all that they hold.

    Args:
        doc: the doc.
        found: what a rule or the model proposes.
    """
    return [m for s, e in found.contents for m in quotations_in(doc, (s, e)) if s <= m.start and m.end <= e]
