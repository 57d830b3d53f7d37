"""Where what is said ends in a heading, whose clauses have no articles and few verbs."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.language.edges import trim
from onrecord.pipeline.language.function_words import FINITE
from onrecord.pipeline.places import block_at, is_amid_marks

_HEADINGS = frozenset(("headline", "subhead"))
_PRESENT = frozenset(("VBZ", "VBP"))


def without_meanwhile(doc: Doc, found: Attribution) -> Attribution:
    """A heading's content without what happens beside it: *denies cover-up | as watchdog begins review*.

    Only behind a noun: *says the river rose as rain fell* may be said as a whole.
    """
    start, end = found.start, found.contents[-1][1]
    block = block_at(doc, start)
    if block is None or block.kind not in _HEADINGS or found.cue is None or found.cue[1] > start:
        return found
    joint = next((i for i in range(start + 1, end) if doc[i].lower_ == "as"), None)
    if joint is None or is_amid_marks(doc, joint) or any(t.tag_ in FINITE for t in doc[start:joint]):
        return found
    noun = next((t for t in doc[joint + 1 : block.end] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    if noun is None or not any(t.tag_ in _PRESENT for t in doc[noun.i + 1 : block.end]):
        return found
    before = ((s, min(e, joint)) for s, e in found.contents if s < joint)
    kept = tuple(span for s, e in before if (span := trim(doc, (s, e), keep_stop=True)) is not None)
    return replace(found, contents=kept) if kept else found
