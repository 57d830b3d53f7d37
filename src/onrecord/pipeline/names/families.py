"""People whose surname is a word for a body: *Sheriff Wendell Church*, *Isaiah Church*."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import org_words

FAMILY = 2
"""Full names with one last word that show a surname."""


def in_families(by_key: Mapping[str, Sequence[NameSpan]]) -> frozenset[str]:
    """The folded full names whose last word is one for a body and that several people bear.

    The recognizer takes all of them for people's; *Grace Church* alone may be either.

    Args:
        by_key: all mentions of each folded name.
    """
    bodies = org_words().suffixes
    bearers: dict[str, set[str]] = defaultdict(set)
    for key, group in by_key.items():
        first, _, last = key.partition(" ")
        if last in bodies and first and all(s.label == "PERSON" for s in group):
            bearers[last].add(key)
    return frozenset(k for keys in bearers.values() if len(keys) >= FAMILY for k in keys)
