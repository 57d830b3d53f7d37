"""Names of people and bodies that were cut off, with the words that belong to them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.names.span import ORDINAL, NameSpan, is_second_part
from onrecord.pipeline.names.words import Words, org_words, person_words, place_words

TEKNONYMS = frozenset(("abu", "umm"))
"""*Father* and *mother of*, which begin a name or stand inside it: *Abu Bakr Haddad*, *Mahmoud Abu Rahma*."""

INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")

NAMED = 0.1
"""Chance of being in a name below which the capital of a sentence's first word is due to its place: of given
names that are words (*Hope*, *Charity*, *Rich*) the encoder says .5 and more."""

SHORTEST_PARTICIPLE = 5
"""Letters: *King* and *Ming* are names."""


def extended(words: Words, span: NameSpan, taken: list[bool]) -> NameSpan:
    """A person's name with the given name or surname that was cut off."""
    start, end = span.start, span.end
    if words.shown[start]:
        return span
    n = len(words)
    if end + 1 < n and is_second_part(words, start, end + 1) and not any(taken[end : end + 2]):
        end += 2
    suffix = words.low[end] in org_words().suffixes if end < n else False
    if (
        suffix
        and not taken[end]
        and words.capital[end]
        and not words.first[end]
        and words.line[end] == words.line[start]
    ):
        return replace(span, start=start, end=end + 1, label="ORG")
    if span.label != "PERSON":
        if span.label == "ORG" and end - start == 1 and _is_numbered(words, start) and not taken[start - 1]:
            start -= 1
        return replace(span, start=start, end=end + 2 * _has_office(words, span, taken))
    while end < n and not taken[end] and _joins(words, end, end - 1):
        end += 1
    while (
        start > 0
        and not taken[start - 1]
        and (is_particle(words, start - 1) or _is_teknonym(words, start - 1))
        and _same_line(words, start - 1, start)
    ):
        start -= 1
    if not words.capital[start] or _is_one_word(words, start, end) or _is_teknonym(words, start):
        while start > 0 and not taken[start - 1] and _joins(words, start - 1, start):
            start -= 1
    while start > 0 and not taken[start - 1] and _are_initials(words, start - 1):
        start -= 1
    start -= words.text[start - 1] == "(" and ")" in words.text[start:end]  # *Lord (Ada) Lund*
    suffixes = person_words().suffixes
    if end < n and words.low[end] in suffixes and not taken[end]:
        end += 1
    elif (
        end + 1 < n
        and words.text[end] == ","
        and words.low[end + 1] in ("jr", "sr")
        and not any(taken[end : end + 2])
    ):
        end += 2
    return replace(span, start=start, end=end)


def _are_initials(words: Words, i: int) -> bool:
    """Whether initials stand right before a person's name: *Justice* **V.R.** *Lund*; not *U.S.*, *D.C.*"""
    places, low = place_words(), words.low[i]
    if not INITIALS.fullmatch(words.text[i]) or words.line[i] != words.line[i + 1] or words.first[i + 1]:
        return False
    known = places.known | places.abbreviations | places.org_aliases.keys() | org_words().known
    return low not in known and words.low[max(0, i - 1)] != "the"


def _is_numbered(words: Words, start: int) -> bool:
    """Whether an ordinal in figures stands before a body of one word: *the* **5th Circuit**."""
    return start > 0 and ORDINAL.fullmatch(words.low[start - 1]) is not None


def _has_office(words: Words, span: NameSpan, taken: list[bool]) -> bool:
    """Whether what whoever holds an office runs goes on with a body's name: *Kent Sheriff's office*."""
    people, end = person_words(), span.end
    held = span.label == "ORG" and len(span) > 1 and words.low[end - 1] in people.offices
    owned = words.low[end : end + 1] == ["'s"] and words.low[end + 1 : end + 2] in (
        ["office"],
        ["department"],
    )
    return held and owned and words.line[end + 1] == words.line[span.start] and not any(taken[end : end + 2])


def _is_one_word(words: Words, start: int, end: int) -> bool:
    """Whether no space stands inside: *Park*, *Geun-hye*."""
    return not any(words.doc[i].whitespace_ for i in range(start, end - 1))


def labels_caption(words: Words, i: int) -> bool:
    """Whether a word only says that a credit follows: *Ana Lie* **Image:** *Alan Poe*."""
    return words.text[i + 1 : i + 2] == [":"] and words.low[i] in _caption_labels()


@cache
def _caption_labels() -> frozenset[str]:
    return frozenset(load_lexicon("structure")["captions"]["labels"])


def is_participle(words: Words, start: int, end: int) -> bool:
    """Whether a sentence begins with what somebody does to whom the text has by another given name too.

    *Chasing Quist, he ran*, where *Nora Quist* stands elsewhere.
    """
    low = words.low[start]
    if end - start != 2 or len(low) < SHORTEST_PARTICIPLE or not low.endswith("ing"):
        return False
    others = (j for j in range(1, len(words)) if words.low[j] == words.low[start + 1] and j != start + 1)
    return any(
        words.capital[j]
        and words.capital[j - 1]
        and words.low[j - 1] != low
        and words.doc[j - 1].ent_type_ == "PERSON"
        for j in others
    )


def _same_line(words: Words, i: int, j: int) -> bool:
    return words.line[i] == words.line[j]


def _is_teknonym(words: Words, i: int) -> bool:
    return words.low[i] in TEKNONYMS and words.capital[i]


def is_particle(words: Words, i: int) -> bool:
    """Whether a token links the parts of people's names: *van*, *bin*; not what is a word of its own too."""
    text = words.text[i]
    return (
        words.low[i] in person_words().particles
        and "." not in text
        and text.lower() not in ("e", "y", "el", "la", "al")
    )


def _joins(words: Words, i: int, beside: int) -> bool:
    """Whether token `i` can be part of the person's name beside it."""
    if not words.capital[i] or words.line[i] != words.line[beside] or labels_caption(words, i):
        return False
    if len(words.text[i]) == 2 and words.text[i][1] == ".":
        return True
    if not words.text[i][-1].isalpha() or words.text[i].isupper():
        return False
    if i < beside and words.first[i] and is_participle(words, i, beside + 1):
        return False
    if i < beside and _only_begins_sentence(words, i):
        return False
    low = words.low[i]
    people, places, orgs = person_words(), place_words(), org_words()
    if i > beside and low in words.surnames() and words.doc[i].tag_ == "NNP":
        return True
    if low in people.offices | people.honorifics | people.modifiers | orgs.suffixes or low in orgs.calendar:
        return False
    if low in places.demonyms or low in places.known or low in orgs.known or low in words.plain:
        return False
    return words.doc[i].tag_ in ("NNP", "NNPS")


def _only_begins_sentence(words: Words, i: int) -> bool:
    """Whether a sentence, more than a name alone, gives the word a capital: *Absent | Lund, it fails*."""
    if not words.first[i] or words.chances is None or words.chances[i].sum() >= NAMED:
        return False
    return any(t.is_alpha and t.is_lower for t in words.doc[i].sent)
