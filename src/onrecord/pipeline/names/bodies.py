"""What the words around a name say against a person: that it has a president, that it is a group."""

from __future__ import annotations

import re
from functools import cache

from onrecord.pipeline.name_labels import KINDS
from onrecord.pipeline.names.roles import head_of
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import POSSESSIVES, Words, org_words, person_words

OPENING = frozenset(("a", "an", "the", "his", "her", "its", "their", "my", "our"))
"""Words that open a description behind a name: *X, the largest website for …*, *X, his label*."""

SURE = 0.9
"""Chance of a person's name beside which a noun that may be a body's says nothing."""

DESIGNATION = re.compile(r"[a-z]\d{0,3} ?-? ?\d{1,3}[a-z]?")
"""Of forms, visas, roads and machines: *H-1B*."""


def is_body(words: Words, span: NameSpan) -> bool:
    """Whether one mention shows that a name is a body's: *the president of X*, *X, a group that …*."""
    start, end = span.start, span.end
    if span.honorific or words.shown[start]:
        return False
    led = start - 2 - (words.low[start - 1] == "the")
    if (
        led >= 0
        and words.low[led + 1] == "of"
        and words.low[led] in person_words().led
        and words.text[led].islower()
    ):
        return True
    named = end + 1 < len(words) and words.capital[end + 1] and words.line[end + 1] == words.line[start]
    if end < len(words) and words.low[end] in person_words().owned and named:
        return True
    return _is_called_body(words, span)


def _is_called_body(words: Words, span: NameSpan) -> bool:
    """Whether a noun for a body stands in apposition to the name."""
    nominals = org_words().nominals
    nouns = nominals | _bodies_alone()
    start, end = span.start, span.end
    root = words.root(start, end)
    noun = root.head
    if root.dep_ == "appos" and noun.i < start and noun.text.islower() and words.low[noun.i] in nouns:
        alone = not any(c.dep_ == "conj" for c in root.children)
        return alone and words.text[start - 1] in (",", "-", "–", "—")
    if end + 2 < len(words) and words.text[end] == "," and words.low[end + 1] in OPENING:
        stop = next(
            (i for i in range(end + 2, min(end + 9, len(words))) if not _is_inside(words, i)), end + 2
        )
        head = head_of(words, (end + 1, stop))
        fits = (
            nominals if words.low[end + 1] in ("a", "an") and not _is_seen(words, span) else _bodies_alone()
        )
        return words.low[head] in fits and words.doc[head].dep_ == "appos"
    return False


def _is_seen(words: Words, span: NameSpan) -> bool:
    """Whether the encoder is sure of a person, who may be *a letter carrier* or *a film maker*."""
    column = KINDS.index("PERSON")
    return words.chances is not None and bool(words.chances[span.start : span.end, column].mean() >= SURE)


@cache
def _bodies_alone() -> frozenset[str]:
    """Nouns for bodies that no person is: *label*, not *publisher*, *pollster*, *giant*."""
    orgs = org_words()
    named = (
        n for n in orgs.nominals | orgs.kinds if n in orgs.papers or not n.endswith(("er", "or", "giant"))
    )
    return frozenset(named) - person_words().heads


def _is_inside(words: Words, i: int) -> bool:
    inside = ("ADJ", "NOUN", "PROPN", "ADV")
    return words.doc[i].pos_ in inside or words.text[i] == "-" or words.text[i] in POSSESSIVES
