"""Names that end in *'s* of their own: *Moody's said*, *Lloyd's has paid*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.pipeline.language.function_words import FINITE
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words

GENITIVES = frozenset(("'s", "s'"))


def with_genitives(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans with the *'s* of names that have a verb behind it somewhere, at all their mentions.

    Args:
        words: the document.
        spans: in text order, none overlapping another.
    """
    own = {words.key(s.start, s.end) for s in spans if _has_verb_behind(words, s)}
    # *America's got talent*, where *America* stands without it too, is short for a verb.
    own -= {words.key(s.start, s.end) for s in spans if words.low[s.end : s.end + 1] != ["'s"]}
    return [
        replace(s, end=s.end + 1, label="ORG")
        if words.low[s.end : s.end + 1] == ["'s"] and words.key(s.start, s.end) in own
        else s
        for s in spans
    ]


def has_genitive(words: Words, span: NameSpan) -> bool:
    """Whether a name ends in an *'s* of its own."""
    return len(span) > 1 and words.low[span.end - 1] in GENITIVES


def _has_verb_behind(words: Words, span: NameSpan) -> bool:
    """Whether a finite verb follows *'s*, of which the name is the subject; *Lund's left* is no such verb."""
    verb = span.end + 1
    if words.low[span.end : verb] != ["'s"] or verb >= len(words) or words.shown[span.start]:
        return False
    if span.honorific or (span.label == "PERSON" and len(span) > 1) or words.doc[span.end].tag_ != "POS":
        return False
    root, follows = words.root(span.start, span.end), words.doc[verb]
    governs = follows == root.head or (follows.head == root.head and follows.dep_ in ("aux", "auxpass"))
    return root.dep_ in ("nsubj", "nsubjpass") and governs and follows.tag_ in FINITE
