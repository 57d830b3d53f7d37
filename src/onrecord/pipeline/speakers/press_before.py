"""The newspaper that *the paper* goes on about: *Gina Ro edits El Faro. In May the paper said …*.

For this one noun: it is a document as well as a body, so that it is settled neither as *the newspaper* and
*the station* are, among the references to bodies, nor as *the study* is, by who issued it.
"""

from __future__ import annotations

from onrecord.pipeline.names.people import People

__all__ = ["press_before"]

REACH = 2
"""Sentences that *the paper* looks back, within its paragraph."""


def press_before(people: People, head: int) -> str | None:
    """The id of the only body or title named just before *the paper*, which may be a study as well.

    Args:
        people: who is mentioned where.
        head: token of the noun.

    Returns:
        None where two are named, or where a paper without a name was: *a paper in Nature*.
    """
    words, doc = people.words, people.words.doc
    if head == 0 or words.low[head] != "paper" or words.low[head - 1] != "the":
        return None
    end = head - 1
    for _ in range(REACH + 1):
        if end <= 0 or words.line[head] != words.line[end - 1]:
            return None
        begin = doc[end - 1].sent.start
        if any(words.low[i] in ("paper", "papers", "study") for i in range(begin, end)):
            return None
        named = {people.names[i][0] for i in range(begin, end) if i in people.names}
        found = [e for e in named if people.entities[e].type in ("ORG", "WORK")]
        if found:
            return found[0] if len(found) == 1 else None
        end = begin
    return None
