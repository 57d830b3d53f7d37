"""*I*, *we* and *you* inside quotations: the speaker's own words about the speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.pipeline.annotations import Attribution, LinkRecord
from onrecord.pipeline.name_words import Words

SINGULAR = frozenset(("i", "me", "my", "mine", "myself", "i'm", "i've"))
PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))

SURE = 0.95
OF_A_BODY = 0.7


def first_person_links(words: Words, attributions: Sequence[Attribution]) -> list[LinkRecord]:
    """Links of the first person in direct and mixed quotations to their speakers.

    The innermost quotation decides. *We* is linked where a body speaks, for a person it may hold
    anybody.
    """
    owner: dict[int, Attribution] = {}
    for a in sorted(attributions, key=lambda a: a.start - a.end):
        if a.type == "indirect":
            continue
        for start, end in a.contents:
            for i in range(start, end):
                owner[i] = a
    return list(_links(words, owner))


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
