"""Names in datelines: where an article was written, and the agency: *ACCRA, Ghana (Halden Wire) —*."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import get_blocks
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import MARKS, Words, org_words


def dateline_names(words: Words) -> Iterator[NameSpan]:
    """The places of the datelines, and the agencies in brackets behind them; days and times are no names.

    Args:
        words: the document.
    """
    for block in get_blocks(words.doc):
        if block.kind != "dateline":
            continue
        start = block.start
        bracketed = False
        for i in range(block.start, block.end + 1):
            if i < block.end and words.text[i] not in MARKS and not words.breaks[i]:
                continue
            if i < block.end and _is_inside(words, i):
                continue
            if _is_name(words, start, i):
                end = i - (words.text[i - 1] == "." and i - start > 1)
                yield NameSpan(start, end, "ORG" if bracketed else "PLACE", "dateline")
            bracketed = i < block.end and words.text[i] == "("
            start = i + 1


@cache
def _leads() -> frozenset[str]:
    return frozenset(load_lexicon("structure")["datelines"]["leads"])


def _is_inside(words: Words, i: int) -> bool:
    """Whether a hyphen ties two words of one place: *BAIE-COMEAU*, *WILKES-BARRE*; *OSLO - Ada* is none."""
    tied = words.text[i] == "-" and 0 < i < len(words) - 1 and not words.doc[i].whitespace_
    return tied and not words.doc[i - 1].whitespace_ and words.capital[i + 1]


def _is_name(words: Words, start: int, end: int) -> bool:
    if start >= end or not words.capital[start]:
        return False
    if words.low[start] in org_words().calendar and words.text[start + 1 : start + 2] != ["-"]:
        return False
    if " ".join(words.low[start:end]) in _leads():
        return False  # *Published: 18 February*
    return not any(c.isdigit() for i in range(start, end) for c in words.text[i])
