"""What a name of more than one part, or in odd letters, shows of its type: *East Penwick*, *KoboNest*."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words, org_words, person_words, place_words

Votes = defaultdict[str, float]

# Set by hand on corpus/gold/train and PolNeAR train, among the votes of `types`, where what the recognizer
# says is capped at 5.
PEOPLE = 6.0
NO_PERSON = 3.0
NOTED = 3.0
"""For a body of the list: of one word somebody may be called so."""
NOTED_LONG = 6.0
FORM = 1.5

INNER_CAPITAL = re.compile(r"[a-z]{2,}[A-Z][a-z]")
"""*KoboNest*; the two letters of *McRae*, *LeVell* and *DeMarco* are prefixes of surnames."""


def shape_votes(words: Words, key: str, group: Sequence[NameSpan], *, alone: bool, personal: bool) -> Votes:
    """The votes that a name's parts give, once a name.

    Args:
        words: the document.
        key: the folded name.
        group: all its mentions.
        alone: whether the name is no word of a person's full name.
        personal: whether a title, form of address or *he* or *she* goes with one of them.
    """
    votes: Votes = defaultdict(float)
    parts = key.split()
    demonyms, orgs, places = place_words().demonyms, org_words(), place_words()
    if key in orgs.noted and (len(parts) > 1 or (alone and not personal)):
        votes["ORG"] += NOTED if len(parts) == 1 else NOTED_LONG
        votes["PERSON"] -= NO_PERSON
    if len(parts) == 1:
        if alone and not personal and all(_is_brand(words, s) for s in group):
            votes["PERSON"] -= NO_PERSON
            votes["ORG"] += FORM
        return votes
    if personal:
        return votes
    if all(p in demonyms for p in parts):
        votes["NORP"] += PEOPLE  # *a Korean American*
    elif (
        parts[-1] in demonyms
        and parts[-1].endswith("s")
        and _is_plural(words, group)
        and not any(s.label == "ORG" for s in group)
    ):
        votes["NORP"] += PEOPLE  # *Roman Catholics*
    elif parts[0] in demonyms and (parts[-1] in orgs.suffixes | orgs.parties or _is_plural(words, group)):
        votes["PERSON"] -= NO_PERSON
    elif parts[-1] in orgs.parties and " ".join(parts[:-1]) in places.known:
        votes["PERSON"] -= NO_PERSON + NO_PERSON
    elif parts[0] in orgs.openings and parts[-1] not in orgs.events:
        votes["PERSON"] -= NO_PERSON
        votes["ORG"] += FORM
    elif parts[0] in orgs.storms and not _is_plural(words, group):
        votes["PERSON"] -= NO_PERSON
        votes["EVENT"] += NO_PERSON
    elif (parts[0] in places.quarters and parts[-1] not in demonyms) or parts[0] in places.openings:
        votes["PERSON"] -= NO_PERSON
        votes["PLACE"] += FORM if len(parts) == 2 and not parts[0].endswith("ern") else 0.0
    return votes


def _is_brand(words: Words, span: NameSpan) -> bool:
    """Whether a capital inside one word is no surname's: *KoboNest*, not *MacRae* or *#StayHome*."""
    text = words.text[span.start]
    inner = INNER_CAPITAL.search(text)
    if inner is None or len(span) > 1 or not span.label or words.text[span.start - 1] == "#":
        return False
    return text[: inner.end() - 2].lower() not in person_words().prefixes


def _is_plural(words: Words, group: Sequence[NameSpan]) -> bool:
    return all(words.doc[s.end - 1].tag_ == "NNPS" for s in group)
