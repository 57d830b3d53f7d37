"""Who is only told, where nobody is said to tell it: *a nurse was told to*, *jury told*."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.edges import agent_of, is_passive


def is_without_teller(doc: Doc, found: Attribution) -> bool:
    """Whether the cue is a passive without agent, so that who said it is left open.

    Args:
        doc: the doc.
        found: an attribution without a source.
    """
    if found.cue is None or found.source is not None:
        return False
    verb = doc[found.cue[0] : found.cue[1]].root
    return _ends_told(doc, found) or (is_passive(verb) and agent_of(verb) is None)


def without_audience(doc: Doc, found: Attribution) -> Attribution:
    """The statement without the source that is its audience: *Exit was locked, | jury | told*.

    *Tell* takes the person told for its object; behind the statement and without one it is a participle, as
    headlines leave out *was*.
    """
    if found.source is None or found.cue is None or found.source[1] != found.cue[0]:
        return found
    return replace(found, source=None) if _ends_told(doc, found) else found


def _ends_told(doc: Doc, found: Attribution) -> bool:
    assert found.cue is not None
    start, end = found.cue
    if end - start > 1 or doc[start].lower_ != "told":
        return False
    ends = end >= len(doc) or doc[end].is_space or doc[end].text in ".?!" or doc[end].is_sent_start is True
    return ends and found.contents[-1][1] <= start
