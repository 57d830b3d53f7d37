"""Places in an order: *third-largest bank*, *the longest bridge*, *for the first time*.

An ordinal counts where it stands before a noun or a superlative; in names, dates and labels (*33rd floor*)
and as an adverb (*first reported*) it tells no place. A superlative alone is the first place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.language.quantities import Figure
from onrecord.schema import RANK

__all__ = ["find_ranks", "is_superlative"]

REACH = 3
"""Tokens between an ordinal or superlative and the noun it goes with (*largest private bank*)."""
_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)", re.IGNORECASE)


def find_ranks(doc: Doc, start: int, end: int) -> Iterator[Figure]:
    """The places told by the tokens `start` to `end`, in order, not overlapping; the doc is only read."""
    i = start
    while i < end:
        value, last = _place(doc[i]), i
        best = _superlative(doc, i, end, behind=value is not None)
        if best is not None:
            value, last = value or 1.0, best
        elif value is None or not _counts(doc[i]):
            i += 1
            continue
        noun = _noun(doc[last], end)
        if noun is None:
            i = last + 1
            continue
        yield Figure(doc[i].idx, doc[noun.i].idx + len(doc[noun.i]), value, value, RANK)
        i = noun.i + 1


def is_superlative(t: Token) -> bool:
    """*The largest*, *the most given*, *for the first time*; not *at least*, *most of*."""
    if t.tag_ == "JJS":
        return t.lower_ not in ("most", "least", "latest", "best") and t.dep_ in (
            "amod",
            "attr",
            "acomp",
            "pobj",
            "appos",
            "dobj",
        )
    if t.tag_ == "RBS":
        return t.dep_ == "advmod" and t.head.pos_ in ("ADJ", "VERB", "ADV")
    return t.lower_ == "first" and t.i + 1 < len(t.doc) and t.nbor().lower_ in ("time", "ever")


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = load_lexicon("quantities")["ranks"]
    return words


def _place(t: Token) -> float | None:
    """The number of an ordinal; None for other words."""
    digits = _DIGITS.fullmatch(t.text) if t.text[:1].isdigit() else None
    number = digits[1] if digits else _words()["ordinals"].get(t.lower_)
    return None if number is None else float(number)


def _superlative(doc: Doc, i: int, end: int, *, behind: bool) -> int | None:
    """The token of a superlative: this one or, of an ordinal, the one behind (*second-largest*)."""
    if is_superlative(doc[i]):
        return None if i + 1 < end and doc[i + 1].text == "-" else i  # *Worst-case*
    at = i + 2 if i + 2 < end and doc[i + 1].text == "-" else i + 1
    return at if behind and at < end and doc[at].tag_ in ("JJS", "RBS") else None


def _counts(t: Token) -> bool:
    """Whether an ordinal tells a place of the noun behind it."""
    noun = t.head
    hyphened = t.i + 1 < len(t.doc) and t.nbor().text == "-"  # *First-degree murder*
    near = t.i < noun.i <= t.i + REACH and noun.pos_ == "NOUN"
    if hyphened or not near or t.dep_ != "amod" or t.tag_ == "RB":
        return False
    named = any(x.ent_type_ not in ("", "ORDINAL") for x in (t, noun))
    return not named and (noun.lemma_ or noun.text).lower() not in _words()["labels"]


def _noun(t: Token, end: int) -> Token | None:
    """The noun that an ordinal or superlative goes with, where it stands close behind."""
    if t.lower_ in _words()["degrees"]:
        return None
    head = t.head
    if t.dep_ == "advmod":
        # *The most expensive house*, *is the most expensive*; not *most recently elected*, *most likely*.
        if head.pos_ != "ADJ" or head.i != t.i + 1 or head.lower_ == "likely":
            return None
        head = head.head if head.dep_ == "amod" else head
    near = t.i < head.i <= t.i + REACH + 1 and head.i < end
    return head if near and head.pos_ in ("NOUN", "PROPN", "ADJ") else None
