"""Whom a description that speaks cannot mean: nobody calls oneself by name in what one says."""

from __future__ import annotations

from onrecord.pipeline.coreference.discourse_state import Discourse
from onrecord.pipeline.coreference.nominals import Nominal

__all__ = ["named_in_own_words"]


def named_in_own_words(state: Discourse, nominal: Nominal) -> frozenset[int]:
    """The `id` of the people named in the statement of a description, in marks also those spoken of as *he*.

    *“Reed never asked,” the former mayor said*: Reed is somebody else.

    Args:
        state: what has been read so far.
        nominal: a description that may be the source of a statement.
    """
    words = state.words
    said = [
        content
        for saying in state.grounds.sayings
        if saying.source[0] <= nominal.start < saying.source[1]
        and words.root(*saying.source).i == nominal.head
        for content in saying.contents
    ]
    if not said:
        return frozenset()
    out = {
        id(r)
        for start, end in said
        for sentence in range(state.sentences[start], state.sentences[end - 1] + 1)
        for p, r in state.ahead.get(sentence, ())
        if start <= p.start < end and r.kind == "person"
    }
    out |= {
        id(r)
        for start, end in said
        for p, r in state.mentioned(start, end)
        if p.quoted and p.kind == "pronoun" and r.kind == "person"
    }
    return frozenset(out)
