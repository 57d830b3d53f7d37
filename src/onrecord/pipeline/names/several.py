"""What shows that a name is of several: a plural, a number, the verb of several."""

from __future__ import annotations

import re

from onrecord.pipeline.name_labels import KINDS
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words

DOUBTED = 0.8
"""Chance of being a person's name below which a plural is none."""

SCORE = re.compile(r"\d{1,2}[-–]\d{1,2}")
"""*24-22*, as the tokenizer leaves it."""

SEVERAL = frozenset(("are", "have", "do", "were"))
"""Verbs that a single person has none of as a subject."""


def is_plural(words: Words, span: NameSpan) -> bool:
    """Whether the name is a plural that the encoder is in doubt of: *the Baby Boomers*, not *Sanders*."""
    if words.chances is None or words.doc[span.end - 1].tag_ != "NNPS":
        return False
    return bool(words.chances[span.start : span.end, KINDS.index("PERSON")].mean() < DOUBTED)


def is_counted(words: Words, span: NameSpan) -> bool:
    """Whether a plural goes with a number or the verb of several: *two Boomers*, *Boomers have a message*.

    So it goes for names that are coordinated, which are left out.
    """
    root = words.root(span.start, span.end)
    if (
        root.tag_ not in ("NNS", "NNPS")
        or root.dep_ == "conj"
        or any(c.dep_ == "conj" for c in root.children)
    ):
        return False
    if any(c.dep_ == "nummod" for c in root.children):
        return True
    if root.dep_ not in ("nsubj", "nsubjpass") or root.head.i < span.end:
        return False
    verbs = [root.head, *(c for c in root.head.children if c.dep_ in ("aux", "auxpass"))]
    first = min((v for v in verbs if v.i >= span.end), key=lambda v: v.i)
    return first.lower_ in SEVERAL and words.line[first.i] == words.line[span.start]


def is_collective(words: Words, span: NameSpan) -> bool:
    """Whether a single name has the verb of several, as teams and bodies have: *Novara lead the table*.

    *If Berg were* is another mood, and names that are coordinated are several.
    """
    root, end = words.root(span.start, span.end), span.end
    if span.label == "PERSON" and len(span) > 1:
        return False  # somebody in full, before a verb that is misread
    if not span.label or root.tag_ != "NNP" or root.dep_ != "nsubj":
        return False
    if any(c.dep_ in ("conj", "cc") for c in root.children):
        return False
    verbs = [root.head, *(c for c in root.head.children if c.dep_ in ("aux", "auxpass"))]
    first = min((v for v in verbs if v.i >= end), key=lambda v: v.i, default=None)
    near = first is not None and words.line[first.i] == words.line[end - 1]
    return near and first is not None and first.tag_ == "VBP" and first.i == end and not words.shown[end]


def has_score(words: Words, span: NameSpan) -> bool:
    """Whether a result stands right behind a single name, or behind whom it beat: *Novara beat Elm 3-1*.

    Who plays alone is named in full somewhere.
    """
    if len(span) > 1 or words.shown[span.start]:
        return False
    if _is_score(words, span.end):
        return True
    root = words.root(span.start, span.end)
    if root.dep_ != "nsubj" or root.head.i != span.end:
        return False
    beaten = (c for c in root.head.children if c.dep_ == "dobj" and c.i == root.head.i + 1)
    return any(_is_score(words, c.i + 1) for c in beaten)


def _is_score(words: Words, i: int) -> bool:
    figures = "".join(words.text[i : i + 3])
    return any(SCORE.fullmatch(text) for text in (*words.text[i : i + 1], figures))
