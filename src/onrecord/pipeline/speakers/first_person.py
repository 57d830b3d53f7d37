"""*I*, *we* and *you* inside quotations: the speaker, and the one spoken to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, LinkRecord
from onrecord.pipeline.names.words import Words

SINGULAR = frozenset(("i", "me", "my", "mine", "myself", "i'm", "i've"))
PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))

SECOND = frozenset(("you", "your", "yours", "yourself"))

SURE = 0.95
OF_A_BODY = 0.7
TO_ADDRESSEE = 0.8


def first_person_links(
    words: Words, attributions: Sequence[Attribution], named: Mapping[int, str] | None = None
) -> list[LinkRecord]:
    """Links of *I* and *we* in direct and mixed quotations to their speakers, of *you* to the addressee.

    The innermost quotation decides. *We* is linked where a body speaks, for a person it may hold
    anybody; *you* where the reporting verb has one person as its object (*told NAME*).

    Args:
        words: the document.
        attributions: quotations with speakers.
        named: for each token of a person's name or of a pronoun for a person the id of the entity.
    """
    owner: dict[int, Attribution] = {}
    for a in sorted(attributions, key=lambda a: a.start - a.end):
        if a.type == "indirect":
            continue
        for start, end in a.contents:
            for i in range(start, end):
                owner[i] = a
    found = list(_links(words, owner))
    return found + list(_addressed(words, owner, named or {}))


def _addressed(
    words: Words, owner: Mapping[int, Attribution], named: Mapping[int, str]
) -> Iterator[LinkRecord]:
    reason = "second person in words said to that person"
    for i in sorted(owner):
        if words.low[i] not in SECOND:
            continue
        entity = addressee(words, owner[i], named)
        if entity and all(s.entity != entity for s in owner[i].speakers):
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


def _links(words: Words, owner: dict[int, Attribution]) -> Iterator[LinkRecord]:
    for i in sorted(owner):
        low = words.low[i]
        if (low not in SINGULAR and low not in PLURAL) or (
            words.text[i] == "us" and low == "us" and words.capital[i]
        ):
            continue
        if words.text[i].isupper() and low == "us":
            continue
        speakers = owner[i].speakers
        if len(speakers) != 1 or speakers[0].entity is None:
            continue
        kind = speakers[0].type
        if low in SINGULAR and kind == "PERSON":
            yield LinkRecord(
                i,
                i + 1,
                "pronoun",
                (speakers[0].entity,),
                None,
                SURE,
                "first person in the speaker's own words",
            )
        elif low in PLURAL and kind == "ORG":
            yield LinkRecord(
                i,
                i + 1,
                "pronoun",
                (speakers[0].entity,),
                None,
                OF_A_BODY,
                "first person of a body that speaks",
            )


@cache
def _addressing() -> frozenset[str]:
    """Verbs of speech whose object is the one spoken to: *told the mayor that P*."""
    return frozenset(load_lexicon("hedges")["addressing"]["verbs"])
