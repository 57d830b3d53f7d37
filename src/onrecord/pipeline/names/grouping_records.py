"""People's mentions on their way to entities."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.names.person_names import PersonName
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words

WIDEST_PAIR = 6
"""Tokens between two names that *and* joins at most: *, and his wife, Mrs.*"""


@dataclass(slots=True)
class NamedMention:
    """A mention by name, with what it shows. An `alias` is a name beside the one that its bearer goes by."""

    span: NameSpan
    name: PersonName
    shown: bool
    roles: tuple[Range, ...] = ()
    gender: float = 0.0
    reason: str = ""
    confidence: float = 0.97
    alias: bool = False


@dataclass(slots=True)
class Group:
    """Mentions of one entity while it is built."""

    type: str
    mentions: list[NamedMention] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    rivals: list[Group] = field(default_factory=list)
    kin: bool = False

    @property
    def start(self) -> int:
        """First token of the first mention."""
        return min(m.span.start for m in self.mentions)

    @property
    def gender(self) -> float:
        """Sum of what the mentions show."""
        return sum(m.gender for m in self.mentions)


def coordinated(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether *and* joins two names, the second with or without its office."""
    first, second = sorted((one, other), key=lambda s: s.start)
    if second.start - first.end > WIDEST_PAIR:
        return False
    end = second.role[0] if second.role and first.end < second.role[0] < second.start else second.start
    between = [w for w in words.low[first.end : end] if w not in (",", "his", "her", "wife", "husband")]
    return between in (["and"], ["or"], ["&"], ["and", "mr"], ["and", "mrs"])
