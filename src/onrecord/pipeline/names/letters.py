"""Capitals that are no name by themselves: degrees and orders behind a person's, currencies."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.names.words import Words, org_words, person_words, place_words

LETTERS = range(2, 6)
"""Letters of a degree or an order behind a name."""

SUM = re.compile(r"[A-Z][A-Za-z]{0,2}\d[\d,.]*")
"""A number behind the letters of a currency: *P84*, *Sh400*."""

WHOLE_SUM = re.compile(r"[A-Z][A-Za-z]{0,2}\d[\d,.]*(?:bn|mn|tn|trn)")
"""The same with a short word for millions and more: *N1.2bn*."""

MARKED_SUM = re.compile(r"[A-Z]{0,3}[$€£¥₹₦₱]\d[\d,.]*")
"""A number behind the sign of a currency, with its country's letters or without: *NZ$600*."""


def is_sum(words: Words, i: int) -> bool:
    """Whether a sign shows a sum, or what follows letters and a number: *NZ$600*, *P84* **million**."""
    if MARKED_SUM.fullmatch(words.text[i]) or WHOLE_SUM.fullmatch(words.text[i]):
        return True
    return bool(SUM.fullmatch(words.text[i])) and words.low[i + 1 : i + 2] in (
        ["million"],
        ["billion"],
        ["trillion"],
        ["per"],
        ["m"],
        ["bn"],
        ["mn"],
        ["tn"],
    )


@cache
def degrees() -> frozenset[str]:
    """Words between *the* and a form of address of clergy or judges: *the Right Rev NAME*."""
    return frozenset(load_lexicon("persons")["honorifics"]["degrees"])


def is_degree(words: Words, start: int, end: int) -> bool:
    """Whether a span is nothing but a degree and a form of address: *the* **Right** *Rev Ada Lund*."""
    reverend = person_words().reverend
    low = [*words.low[start:end], *words.low[end : end + 1]]
    return low[0] in degrees() and all(w in reverend for w in low[1 : max(2, end - start)])


def are_letters(words: Words, i: int) -> bool:
    """Whether capitals between commas behind a name are a degree's or an order's: *Ana Lie, OSB, said*.

    What stands elsewhere too, or is a body's known by its initials, is none.
    """
    text, low = words.text[i], words.low[i]
    if i < 2 or i + 1 >= len(words) or words.text[i - 1] != "," or words.text[i + 1] not in (",", "."):
        return False
    if not (text.isalpha() and text.isupper() and len(text) in LETTERS) or words.shouted[i]:
        return False
    orgs, places = org_words(), place_words()
    known = orgs.known | orgs.noted | places.known | places.org_aliases.keys() | places.abbreviations
    if low in known or words.low.count(low) > 1:
        return False
    person = words.doc[i - 2].ent_type_ == "PERSON" and words.doc[i - 2].ent_iob_ == "I"
    return person or words.low[i - 2] in person_words().postnominals or are_letters(words, i - 2)


def person_start(words: Words, i: int) -> int:
    """First token of the person's name that the recognizer sees around a token; the token itself if none."""
    while words.doc[i].ent_type_ == "PERSON" and words.doc[i].ent_iob_ == "I":
        i -= 1
    return i


def ends_in_letters(words: Words, start: int, end: int) -> bool:
    """Whether a full name in small letters ends in two or three capitals: *Fr Billy Lund* **SJ**."""
    last = words.text[end - 1]
    if end - start < 3 or not (last.isalpha() and last.isupper() and len(last) in (2, 3)):
        return False
    numeral = set(last) <= set("IVX") or words.low[end - 1] in person_words().suffixes
    return not numeral and not any(words.text[i].isupper() for i in (start, end - 2))


def without_letters(words: Words, start: int, end: int) -> int:
    """The end of what may be a full name without the letters behind it; a state's stay: *Salem Bay MD*."""
    letters = person_words().postnominals - place_words().abbreviations
    while end - start > 2 and words.text[end - 1].isupper() and words.low[end - 1] in letters:
        end -= 1
    return end
