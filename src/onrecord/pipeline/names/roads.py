"""Roads by number: *Highway 31*, *State Route 9*."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words

BEFORE = frozenset(("state", "county", "provincial", "national", "federal"))
"""Whose road it is: *State Highway 61*."""


@cache
def road_words() -> frozenset[str]:
    """Words before the number of a road."""
    return frozenset(load_lexicon("places")["names"]["roads"])


def numbered_roads(words: Words) -> Iterator[NameSpan]:
    """The roads that the text names by a number, with what capitals stand before on the same line.

    Args:
        words: the document.
    """
    roads = road_words()
    for i in range(len(words) - 1):
        if words.low[i] not in roads or not words.capital[i] or not words.text[i + 1].isdigit():
            continue
        if words.line[i] != words.line[i + 1]:
            continue
        start = i
        if (
            start
            and words.low[start - 1] in BEFORE
            and words.capital[start - 1]
            and not words.breaks[start - 1]
        ):
            start -= 1
        yield NameSpan(start, i + 2, "PLACE", "run")
