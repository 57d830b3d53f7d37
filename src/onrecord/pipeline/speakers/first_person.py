"""*I*, *we* and *you* inside quotations: the speaker, and the one spoken to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, LinkRecord
from onrecord.pipeline.coreference.pronouns import is_pronoun
from onrecord.pipeline.names.people import People
from onrecord.pipeline.names.words import Words

SINGULAR = frozenset(("i", "me", "my", "mine", "myself", "i'm", "i've"))
PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))

SECOND = frozenset(("you", "your", "yours", "yourself"))

SURE = 0.95
OF_A_BODY = 0.7
TO_ADDRESSEE = 0.8


def first_person_links(people: People, attributions: Sequence[Attribution]) -> list[LinkRecord]:
    """Links of *I* and *we* in direct and mixed quotations to their speakers, of *you* to the addressee.

    The innermost quotation decides. *We* is linked where a body speaks, for a person it may hold
    anybody; *you* where the reporting verb has one person as its object (*told NAME*).

    Args:
        people: who is mentioned where.
        attributions: quotations with speakers.
    """
    owner: dict[int, Attribution] = {}
    for a in sorted(attributions, key=lambda a: a.start - a.end):
        if a.type == "indirect":
            continue
        for start, end in a.contents:
            for i in range(start, end):
                owner[i] = a
    words, spelled = people.words, SINGULAR | PLURAL | SECOND
    said = {
        i: owner[i] for i in sorted(owner) if words.low[i] in spelled and is_pronoun(words, i, people.names)
    }
    return [*_links(words, said), *_addressed(words, said, _people_at(people))]


def _people_at(people: People) -> dict[int, str]:
    """For each token of a person's name, or pronoun for one, the id of the entity."""
    persons = {key for key, e in people.entities.items() if e.type == "PERSON"}
    at = {i: e for i, (e, _) in people.names.items() if e in persons}
    linked = {i: k.entities[0] for i, k in people.links.items() if len(k.entities) == 1}
    return {i: e for i, e in linked.items() if e in persons} | at


def _addressed(
    words: Words, said: Mapping[int, Attribution], named: Mapping[int, str]
) -> Iterator[LinkRecord]:
    reason = "second person in words said to that person"
    for i, attribution in said.items():
        if words.low[i] not in SECOND:
            continue
        entity = addressee(words, attribution, named)
        if entity and all(s.entity != entity for s in attribution.speakers):
            yield LinkRecord(i, i + 1, "pronoun", (entity,), None, TO_ADDRESSEE, reason)


def addressee(words: Words, attribution: Attribution, named: Mapping[int, str]) -> str:
    """The person to whom the words of a quotation are said, if the reporting clause names one."""
    if attribution.cue is None:
        return ""
    found: set[str] = set()
    for i in range(*attribution.cue):
        verb = words.doc[i]
        for child in verb.children:
            objects = [child] if child.dep_ in ("dobj", "dative") and verb.lemma_ in _addressing() else []
            if child.dep_ in ("prep", "dative") and child.lower_ == "to":
                objects = list(child.children)
            found |= {named[t.i] for t in objects if t.i in named}
            if any(c.dep_ == "conj" for t in objects for c in t.children):
                return ""  # several are spoken to
    return found.pop() if len(found) == 1 else ""


def _links(words: Words, said: Mapping[int, Attribution]) -> Iterator[LinkRecord]:
    for i, attribution in said.items():
        speakers = attribution.speakers
        if len(speakers) != 1 or speakers[0].entity is None:
            continue
        ids, kind = (speakers[0].entity,), speakers[0].type
        if words.low[i] in SINGULAR and kind == "PERSON":
            reason = "first person in the speaker's own words"
            yield LinkRecord(i, i + 1, "pronoun", ids, None, SURE, reason)
        elif words.low[i] in PLURAL and kind == "ORG":
            reason = "first person of a body that speaks"
            yield LinkRecord(i, i + 1, "pronoun", ids, None, OF_A_BODY, reason)


@cache
def _addressing() -> frozenset[str]:
    """Verbs of speech whose object is the one spoken to: *told the mayor that P*."""
    return frozenset(load_lexicon("hedges")["addressing"]["verbs"])
