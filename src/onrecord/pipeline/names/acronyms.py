"""Names made of the initials of others: *NRWB*."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from onrecord.pipeline.names.words import Words, org_words

WIDEST = 3
"""Words of a spelt-out phrase to each letter at most: hyphens and small words stand between."""


def initials(words: Iterable[str]) -> str:
    """First letters of the words with a capital, upper case."""
    return "".join(w[0] for w in words if w[0].isupper()).upper()


def fits_initials(acronym: str, full: Sequence[str]) -> bool:
    """Whether the acronym is made of the initials of the words with a capital."""
    letters = initials(full)
    everything = "".join(w[0] for w in full if w[0].isalpha()).upper()
    return len(acronym) > 1 and _plain(acronym) in (_plain(letters), _plain(everything))


def _plain(text: str) -> str:
    """The letters without their accents: *École Nationale* is *EN*."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def common_acronyms(words: Words) -> frozenset[str]:
    """Folded acronyms that the text spells out in small letters: *ground filter rate (GFR)*.

    They name a thing of a kind, if the last word is none for a body: *the fire service (FS)* is one.

    Args:
        words: the document.
    """
    found = set()
    for i in range(2, len(words) - 1):
        short = words.text[i].removesuffix("s")
        bracketed = words.text[i - 1] == "(" and words.text[i + 1] == ")"
        acronym = bracketed and short.isupper() and len(short) > 1
        if acronym and _is_spelt_before(words, i - 1, short.casefold()):
            found |= {words.low[i], words.low[i].removesuffix("s")}
    return frozenset(found)


def _is_spelt_before(words: Words, end: int, letters: str) -> bool:
    """Whether the words before token `end` have these initials, the last word the last."""
    orgs = org_words()
    last = words.low[end - 1]
    bodies = orgs.suffixes | orgs.heads | orgs.nominals
    if words.line[end - 1] != words.line[end] or last in bodies or last.removesuffix("s") in bodies:
        return False
    left = list(letters)
    for i in range(end - 1, max(-1, end - 1 - WIDEST * len(letters)), -1):
        if not words.text[i].isalpha():
            if words.text[i] != "-":
                return False
            continue
        if not words.text[i].islower():
            return False
        if words.low[i][0] == left[-1]:
            left.pop()
            if not left:
                return True
        elif i == end - 1 or not words.doc[i].is_stop:
            return False
    return False
