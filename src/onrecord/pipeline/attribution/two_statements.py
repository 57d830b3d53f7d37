"""Two statements that the model took for one: *bemoaning “the rig,” Lund accused them of lying*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.function_words import CLAUSE_PAUSES


def parted(doc: Doc, found: Attribution) -> Iterator[Attribution]:
    """The statement, and before it the one whose cue is a participle right before a piece of it.

    What a participle governs before the clause of the cue is no content of the cue. It is a statement of its
    own where the participle reports, and else none.
    """
    if found.cue is None or len(found.contents) < 2:
        yield found
        return
    first, *rest = found.contents
    # *bemoaning “the rig”*, *pointing to “the rig”*
    words = doc[max(first[0] - 2, 0) : first[0]]
    participle = next((t for t in words if _leads_clause(t)), None)
    if participle is None or first[1] > found.cue[0]:
        yield found
        return
    if cue_lexicon().mode(participle, "object") or cue_lexicon().reports(participle):
        yield replace(found, contents=(first,), cue=(participle.i, first[0]))
    yield replace(found, contents=tuple(rest))


def _leads_clause(participle: Token) -> bool:
    """Whether a participle begins a clause set off from the rest of the sentence."""
    if participle.tag_ != "VBG" or participle.dep_ not in ("advcl", "acl"):
        return False
    return bool(participle.is_sent_start) or participle.nbor(-1).text in CLAUSE_PAUSES
