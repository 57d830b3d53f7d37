"""What tells people of one surname apart, or one person's two names together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words, person_words


def find_nicknames(words: Words, spans: Sequence[NameSpan]) -> Iterator[tuple[NameSpan, NameSpan]]:
    """Names with what their bearer is known as: *Mr. Marsh, known as Jack*."""
    ordered = sorted(spans, key=lambda s: s.start)
    nicknamed = person_words().nicknamed
    for named, nickname in pairwise(ordered):
        between = [w for w in words.low[named.end : nickname.start] if w not in (",", "“", '"', "''", "``")]
        if len(nickname) == 1 and tuple(between) in nicknamed:
            yield named, nickname


def are_relatives(words: Words, one: Iterable[Range], other: Iterable[Range]) -> bool:
    """Whether two forms of a name come with different kinship: *his father*, *his brother*."""
    first, second = _kinship(words, one), _kinship(words, other)
    return bool(first) and bool(second) and not first & second


def _kinship(words: Words, roles: Iterable[Range]) -> set[str]:
    return {words.low[i] for r in roles for i in range(*r)} & person_words().kinship
