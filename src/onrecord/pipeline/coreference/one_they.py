"""Somebody named who goes on as *they*, where nobody else can be meant: *Bell said they were relieved*."""

from __future__ import annotations

from onrecord.pipeline.coreference.antecedent_features import Pronoun
from onrecord.pipeline.coreference.discourse_state import Discourse
from onrecord.pipeline.coreference.last_speaker import saying_of
from onrecord.pipeline.coreference.layout import SUBJECTS
from onrecord.pipeline.coreference.referents import Referent

__all__ = ["one_going_on"]

REACH = 2
"""Lines, empty ones too, that *they* looks back: the paragraph before. Set by hand."""

SEVERAL = frozenset(("NNS", "NNPS"))
ARGUMENTS = SUBJECTS | {"dobj", "attr", "conj", "agent"}
"""How those hang on a verb who may be taken up next."""


def one_going_on(state: Discourse, pronoun: Pronoun) -> Referent | None:
    """The only person who has just been spoken of, for a *they* that speaks and fits nothing else.

    Only of whose gender the article shows nothing at all, and not where the sentences between have several
    people, a body or any plural noun that acts.

    Args:
        state: what has been read so far.
        pronoun: *they*, that the scorer leaves open.
    """
    this = saying_of(state, pronoun)
    if this is None or pronoun.quoted:
        return None
    words = state.words
    first = this.begin
    while first and words.line[pronoun.token] - words.line[first - 1] <= REACH:
        first -= 1
    told = [(p, r) for p, r in state.mentioned(first, this.begin) if not p.quoted]
    people = [(p, r) for p, r in told if r.kind == "person" and r.entity]
    place, last = max(people, key=lambda o: o[0].start, default=(None, None))
    if place is None or last is None or last.gender or last.seen:
        return None
    leading = [p for p, r in people if r is last and p.subject]
    begin = words.doc[leading[-1].start].sent.start if leading else first
    since = [(p, r) for p, r in told if p.start >= begin and r is not last]
    if not leading or any(r.kind in ("person", "group") or r.members or p.subject for p, r in since):
        return None
    acting = (words.doc[i] for i in range(begin, this.begin))
    return None if any(t.tag_ in SEVERAL and t.dep_ in ARGUMENTS for t in acting) else last
