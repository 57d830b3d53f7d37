"""A name in the text, as the decisions about names hand it on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.language.hyphens import HYPHENS
from onrecord.pipeline.names.words import Words, org_words

Origin = Literal["ner", "run", "match", "turn", "title", "dateline"]

ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in the text, without title, article and possessive.

    Attributes:
        label: type that the base pipeline gave, empty where it saw no name.
        role: title or description right before the name.
        honorific: form of address before the name, folded.
        surname: token of the surname that a coordinated name shares with the next.
    """

    start: int
    end: int
    label: str = ""
    origin: Origin = "ner"
    role: Range | None = None
    honorific: str = ""
    surname: int | None = None

    def __len__(self) -> int:
        return self.end - self.start


def is_second_part(words: Words, start: int, i: int) -> bool:
    """Whether token `i` is the lower-case part of a double given name: *Ban Ki-moon*."""
    doc = words.doc
    return (
        i - start > 1
        and words.text[i - 1] in HYPHENS
        and words.text[i].isalpha()
        and words.text[i].islower()
        and not doc[i - 1].whitespace_
        and not doc[i - 2].whitespace_
        and words.capital[i - 2]
        and words.low[i] not in org_words().after_hyphen
    )
