"""The two whom *both* or *neither of them* takes up: *Ann Ro met Al Fry. Both denied it*."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.coreference.layout import role_of
from onrecord.pipeline.coreference.nominals import kind_of
from onrecord.pipeline.coreference.pronouns import THEY
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.nominal_words import nominal_words
from onrecord.pipeline.names.people import People
from onrecord.pipeline.names.words import POSSESSIVES

__all__ = ["both_before"]

REACH = 3
"""Sentences that *both* looks back, its own as well."""

LINES = 2
"""Lines, empty ones too, that it looks back: the paragraph before."""

ALONE = frozenset(("both", "neither", "each", "either"))
SIDES = frozenset(("side", "party"))
"""What two bodies are called that deal with each other."""

AFTER = frozenset(("of", "them", "the", "men", "women", "two"))


def both_before(people: People, head: int, source: Range) -> tuple[str, ...]:
    """The ids of the only two people, or else the only two bodies, spoken of just before.

    Args:
        people: who is mentioned where.
        head: the head of the source.
        source: the words of the source: *both*, *neither of them*, *both men*, *each side*.

    Returns:
        Two ids in the order of the text; none where the source says nothing of two, where others are named
        too, or where *they* or somebody without a name may be meant.
    """
    words = people.words
    low = words.low[slice(*source)]
    if singular(words.word(head)) in SIDES and source[1] - 1 == head:
        return _two_sides(people, source) if low[:-1] in (["both"], ["each"], ["the", "two"]) else ()
    if low[0] not in ALONE:
        return ()
    alone = all(w in AFTER for w in low[1:])
    if not alone and (source[1] - 1 != head or singular(words.word(head)) not in nominal_words().paired):
        return ()
    return _last_two(people, source[0], "PERSON") or (_last_two(people, source[0], "ORG") if alone else ())


def _two_sides(people: People, source: Range) -> tuple[str, ...]:
    """The only two bodies spoken of just before, where the text joins them: *the Guild and Orbex met*."""
    two = _last_two(people, source[0], "ORG")
    if not two:
        return ()
    for i, (entity, span) in people.names.items():
        if entity in two and i == span[0] and i < source[0]:
            joined = people.words.root(*span).conjuncts
            if any(t.i in people.names and people.names[t.i][0] in set(two) - {entity} for t in joined):
                return two
    return ()


def _last_two(people: People, start: int, kind: str) -> tuple[str, ...]:
    words, doc = people.words, people.words.doc
    found: dict[str, int] = {}
    end = start
    for _ in range(REACH):
        if end <= 0 or words.line[start] - words.line[end - 1] > LINES:
            break
        begin = doc[end - 1].sent.start
        for i, entity in _mentioned(people, (begin, end)):
            if people.entities[entity].type == kind:
                found.setdefault(entity, i)
        if any(_is_open(people, i) for i in range(begin, end)):
            return ()
        if len(found) >= 2:
            break
        end = begin
    return tuple(sorted(found, key=lambda e: found[e])) if len(found) == 2 else ()


def _is_open(people: People, i: int) -> bool:
    """Whether *they* or a subject not named, *a resident*, stands at a token: one of the two may be meant."""
    words, link = people.words, people.links.get(i)
    if i in people.names or i in people.roles or (link is not None and link.entities):
        return False
    subject = role_of(words.doc[i].dep_) == "subject"
    return words.low[i] in THEY or (subject and kind_of(words, i) == "person")


def _mentioned(people: People, span: Range) -> Iterator[tuple[int, str]]:
    """The entities named or taken up, but for owners named: *Obama's plan*."""
    words = people.words
    for i in range(*span):
        if i in people.names:
            entity, name = people.names[i]
            if name[1] >= len(words) or words.text[name[1]] not in POSSESSIVES:
                yield i, entity
        elif i in people.links:
            for entity in people.links[i].entities:
                if entity in people.entities:
                    yield i, entity
