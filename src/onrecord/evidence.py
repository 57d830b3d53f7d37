"""What an analysis knows beyond the report: it answers *why*, and is not a part of the data contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Evidence"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why the things in one report are what they are.

    Attributes:
        rules: the rule or model that found a quote, by the quote's id.
        merges: one line a merge of names, by the entity's id.
        links: why a mention belongs to its entity, by the mention's character offsets.
    """

    rules: Mapping[str, str] = field(default_factory=dict)
    merges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
