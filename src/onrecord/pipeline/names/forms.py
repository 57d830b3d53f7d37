"""What the form of a name says of its type, once a name: a list that has it, its last word, its letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.names.beliefs import is_conceived, is_seen, likeliest
from onrecord.pipeline.names.context import Votes
from onrecord.pipeline.names.numbered import NUMBER, numbered_words
from onrecord.pipeline.names.peers import is_rank
from onrecord.pipeline.names.repair import is_abbreviated
from onrecord.pipeline.names.roads import road_words
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words, fold_word, org_words, person_words, place_words

CAPITAL = 3.0
"""For the seat of a government, which is somebody's surname now and then."""

SUFFIX = 3.0
"""For a word for a body at the end of a name."""

DISTRICT = "district"


def form_votes(words: Words, key: str, group: Sequence[NameSpan]) -> Votes:
    """What the name's own form says, once a name."""
    span = group[0]
    votes: Votes = defaultdict(float)
    places, orgs = place_words(), org_words()
    parts = key.split()
    last = parts[-1] if parts else ""
    if key in places.org_aliases:
        votes["ORG"] += 6.0
    elif key in places.known:
        votes["PLACE"] += 6.0
    elif key in places.capitals:
        votes["PLACE"] += CAPITAL
    elif key in places.demonyms or last in places.behind_origins:
        votes["NORP"] += 6.0
    elif is_rank(key) and span.label == "PERSON":
        votes["PERSON"] += 6.0
    elif key in orgs.known:
        votes["ORG"] += 4.0
    elif key in orgs.institutions:
        votes["ORG"] += 1.5
    elif key in orgs.seats:
        votes["PLACE"] += 4.0
    elif len(parts) == 1 and key in places.abbreviations and is_abbreviated(words, span.start):
        votes["PLACE"] += 6.0
    elif len(parts) == 1 and key in orgs.suffixes | orgs.heads:
        votes["ORG"] += 3.0
    elif last in orgs.events and len(parts) == 1:
        votes["EVENT"] += 2.5
    elif len(parts) > 1:
        if (last in orgs.suffixes and last not in places.heads) or (
            last == DISTRICT and parts[-2] in _districts()
        ):
            votes["ORG"] += SUFFIX
        elif last in places.heads or last in ("west", "east", "north", "south"):
            owned = any(p in orgs.heads for p in parts[:-1]) and not _is_in_seat(key)
            votes["PLACE"] += 0.5 if owned else 2.0
        elif last in orgs.events:
            votes["EVENT"] += 2.5
        elif last in orgs.laws and any(_is_titled_law(words, s) for s in group):
            votes["LAW"] += 3.0
        elif last in orgs.works:
            votes["WORK"] += 2.5
        if any(
            p in orgs.heads and i + 1 < len(parts) and parts[i + 1] in ("of", "for")
            for i, p in enumerate(parts)
        ):
            votes["ORG"] += 3.0
        if "&" in parts or "and" in parts:
            votes["PERSON"] -= 2.0
    text = words.text[span.start]
    if len(span) == 1 and text.isupper() and 2 <= len(fold_word(text)) <= 6 and not words.shouted[span.start]:
        votes["ORG"] += 1.0
        votes["PERSON"] -= 1.5
    origin, _, people = last.rpartition("-")
    if people in places.demonyms and (origin in places.demonyms or origin in places.combining):
        votes["NORP"] += 6.0
    if last.isdigit() and len(parts) > 2 and parts[-2] in orgs.laws:
        votes["LAW"] += 3.0  # *the Electricity Act 2023*
    elif last.isdigit() and len(parts) > 1 and parts[-2] in road_words():
        votes["PLACE"] += 3.0
    elif last.isdigit() and len(parts) > 1 and parts[-2] in NUMBER | numbered_words():
        votes["PLACE" if span.label == "PLACE" else "ORG"] += 3.0
    elif last[-1:].isdigit() and key not in places.org_aliases:
        votes["PRODUCT"] += 1.5
    if last.endswith(("phobia", "pathy", "ism", "ship", "ness")) and not is_seen(words, group, "ORG"):
        votes["ORG"] -= 1.0
    if last.endswith(("ology", "ism", "phobia", "pathy")) or (
        last.endswith(("ity", "ness")) and not is_seen(words, group, "PERSON")
    ):
        votes["PLACE"] -= 3.0
        votes["PERSON"] -= 3.0
    if any(c.isdigit() for c in key):
        votes["PERSON"] -= 3.0
    if reads_as_person(words, span):
        kind = "PERSON" if is_conceived(words, group) else likeliest(words, group)
        votes[kind] += 0.6 if kind != "PERSON" or is_conceived(words, group) else 0.0
    elif (
        len(group) > 1
        and len(span) == 1
        and text[0].isupper()
        and not text.isupper()
        and not words.first[span.start]
    ):
        # Nothing else known: most names of one word that are no person's are bodies'.
        votes["ORG"] += 0.1
    return votes


def _is_titled_law(words: Words, span: NameSpan) -> bool:
    """Whether an article or a third word shows a law: *the Quist Act*; *Nathan Law* alone is somebody."""
    return len(span) > 2 or words.low[span.start - 1 : span.start] == ["the"]


def _is_in_seat(key: str) -> bool:
    """*White House East Room*: a part of a building, whoever is called by its name."""
    return any(key.startswith(f"{seat} ") for seat in org_words().seats)


def reads_as_person(words: Words, span: NameSpan) -> bool:
    """Whether two to four words look like a person's name: *Ada Lund*."""
    if not 2 <= len(span) <= 4:
        return False
    particles = person_words().particles
    for i in range(span.start, span.end):
        text = words.text[i]
        if words.low[i] in particles:
            continue
        if not words.capital[i] or (text.isupper() and len(text) > 2) or words.low[i] in words.plain:
            return False
        if not text.replace("-", "").replace("'", "").replace("’", "").replace(".", "").isalpha():
            return False
    return words.low[span.end - 1] not in org_words().suffixes | place_words().heads | place_words().known


@cache
def _districts() -> frozenset[str]:
    """Words that say what a district is for that is a body: *the Fire Protection District*."""
    return frozenset(load_lexicon("organisations")["names"]["districts"])
