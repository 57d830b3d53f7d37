"""Whose words a document or utterance is: *a statement from NAME*, *his own account*, *NAME's remarks*."""

from __future__ import annotations

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.names.nominal_words import nominal_words
from onrecord.pipeline.names.people import People

FROM = frozenset(("of", "from", "by"))


def is_utterance(low: str) -> bool:
    """Whether a noun stands for something that was said: *remarks*, *speech*."""
    return low in nominal_words().utterances


def document_owner(people: People, head: int, source: Range) -> int | None:
    """The token that says whose document or utterance it is: a name, or a possessive that was resolved.

    Args:
        people: who is mentioned where.
        head: the noun for the document.
        source: the words of the source.
    """
    words = people.words
    children = [c for i in range(*words.parts(head)) for c in words.doc[i].children]
    nouns = nominal_words()
    if (nouns.kept | nouns.speaking) & {words.word(head), words.doc[head].lemma_.lower()}:
        return None
    for child in children:
        if child.dep_ == "poss" and _is_known(people, child.i):
            return child.i
    signed = words.word(head) in nouns.signed
    if not signed and not is_utterance(words.low[head]):
        return None
    for child in children:
        if child.dep_ == "prep" and child.lower_ in FROM:
            for grandchild in child.children:
                inside = grandchild.i in people.names and source[0] <= grandchild.i < source[1]
                if inside and (signed or people.names_person(grandchild.i)):
                    return grandchild.i
    return None


def _is_known(people: People, i: int) -> bool:
    link = people.links.get(i)
    return i in people.names or (link is not None and bool(link.entities))
