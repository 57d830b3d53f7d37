"""Questions that the reporting clause parts behind their first word: *Where, she asked, would it go?*."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.edges import trim
from onrecord.pipeline.language.function_words import FINITE, WH_TAGS
from onrecord.pipeline.places import block_at, is_amid_marks

MAX_OPENING = 5
"""Tokens before the comma: *How many of them, he asked, …*."""


def with_asking_word(doc: Doc, found: Attribution) -> Attribution:
    """The question with the word that asks: *| Where |, she wanted to know, | would it go |*.

    The cue has its infinitive.

    Args:
        doc: the doc.
        found: an attribution in the form of the contract.
    """
    if found.cue is None or found.source is None:
        return found
    start, end = found.contents[-1]
    block = block_at(doc, found.cue[0])
    opening = _opening(doc, found)
    if opening is None or block is None or is_amid_marks(doc, found.cue[0]) or start < found.cue[1]:
        return found
    infinitive = (
        doc[start].tag_ == "TO" and start == found.cue[1] and start + 2 < end and doc[start + 2].text == ","
    )
    cue = (found.cue[0], start + 2) if infinitive else found.cue
    rest = trim(doc, (start + 3 if infinitive else start, end), keep_stop=True)
    if rest is None or doc[rest[0] - 1].text != "," or not any(t.text == "?" for t in doc[end - 1 : end + 1]):
        return found
    return replace(found, cue=cue, contents=(opening, rest))


def _opening(doc: Doc, found: Attribution) -> Range | None:
    """The words that ask, from the beginning of the sentence to the comma before the clause."""
    assert found.cue is not None
    assert found.source is not None
    first = min(found.cue[0], found.source[0])
    start = doc[first].sent.start
    words = doc[start : first - 1]
    if not 1 <= len(words) <= MAX_OPENING or doc[first - 1].text != "," or words[0].tag_ not in WH_TAGS:
        return None
    return None if any(t.tag_ in FINITE or t.is_punct for t in words) else (start, first - 1)
