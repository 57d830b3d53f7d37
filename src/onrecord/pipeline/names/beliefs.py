"""What the encoder holds of the mentions of a name, where it gives chances."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.pipeline.name_labels import KINDS
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words

NAMED = 0.5
"""Chance of being in any name from which on the encoder's chances of a mention count."""
CONCEIVED = 0.1
"""Chance of a person from which on two capitals count for one, whatever else the encoder says."""
SHOWN = 0.5
"""Chance of a place or people from which on the last word alone shows nobody: *Upper Ashdale* … *Ashdale*."""


def is_seen(words: Words, group: Sequence[NameSpan], kind: str) -> bool:
    """Whether the encoder reads a mention of several words, or any of a person, as a name of the kind.

    *Northern Journalism*, *Sean Hannity*: the end of the word alone would speak against it.
    """
    if words.chances is None:
        return False
    column = KINDS.index(kind)
    return any(len(s) > 1 and words.chances[s.start : s.end, column].mean() >= NAMED for s in group)


def is_conceived(words: Words, group: Sequence[NameSpan]) -> bool:
    """Whether the encoder, if it gives chances, holds a person possible at one mention."""
    if words.chances is None:
        return True
    column = KINDS.index("PERSON")
    addressed = words.low[group[0].end - 1] in words.surnames()
    return addressed or any(words.chances[s.start : s.end, column].mean() >= CONCEIVED for s in group)


def is_elsewhere(words: Words, group: Sequence[NameSpan]) -> bool:
    """Whether the encoder reads every mention as a place's or a people's name."""
    if words.chances is None:
        return False
    chances = [words.chances[s.start : s.end].mean(axis=0) for s in group]
    return all(c[KINDS.index("PLACE")] + c[KINDS.index("NORP")] >= SHOWN for c in chances)


def likeliest(words: Words, group: Sequence[NameSpan]) -> str:
    """The type that the encoder's chances favour, over all mentions."""
    if words.chances is None:
        return "PERSON"
    chances = sum(words.chances[s.start : s.end].mean(axis=0) for s in group)
    return KINDS[int(np.argmax(chances))]
