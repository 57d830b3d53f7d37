"""The reporting word as it reads behind a name that stands for *I*, *his* or *she’s*."""

from __future__ import annotations

import re

from onrecord.schema import Quote

_SHORTENED = re.compile(r"^[’'](?:s|d|re|ve|m)\s+", re.IGNORECASE)
"""What is left of *has* or *is* behind a pronoun: *she* **’s** *arguing*."""

_OWNING = frozenset({"my", "our", "your", "his", "her", "its", "their"})
_CASE = re.compile(r"[’']s?\s", re.IGNORECASE)
_OF_ONE = {"have": "has", "am": "is", "are": "is"}
"""Forms of the verb behind *I*, *we* and *they*, as one person or body takes them."""


def read_cue(quote: Quote) -> str:
    """The cue without what a pronoun leaves behind, and in agreement with the one who speaks."""
    if quote.cue is None:
        return ""
    cue = _SHORTENED.sub("", quote.cue.text)
    first, blank, rest = cue.partition(" ")
    alone = len(quote.speakers) == 1 and quote.speakers[0].type in ("PERSON", "ORG")
    pronoun = quote.source is not None and quote.source.text.casefold() in ("i", "we", "they")
    if alone and pronoun and blank and first in _OF_ONE:
        return f"{_OF_ONE[first]} {rest}"
    return cue


def is_owned(quote: Quote, text: str) -> bool:
    """Whether the cue is what somebody has: *Lund’s promise*, *his promise*."""
    if quote.source is None or quote.cue is None or quote.cue.start < quote.source.end:
        return False
    between = text[quote.source.end : quote.cue.start]
    return quote.source.text.casefold() in _OWNING or bool(_CASE.match(between))
