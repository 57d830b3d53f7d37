"""What tells people of one surname apart, or one person's two names together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.names.grouping_records import Group
from onrecord.pipeline.names.person_names import PersonName
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


def without_particles(
    words: Words, bearers: dict[int, str], known: Sequence[Group], name: PersonName
) -> dict[int, str]:
    """The bearers without those whom the text calls by a particle: *Dos Santos* is not *Santos*."""
    plain: dict[int, str] = {}
    linked: dict[int, str] = {}
    for i, part in bearers.items():
        surnames = {m.name.surname for m in known[i].mentions}
        (plain if name.surname in surnames or not any(" " in s for s in surnames) else linked)[i] = part
    called = {words.key(i - 1, i + 1) for i in range(1, len(words)) if words.low[i] == name.surname}
    alone = any(
        words.low[i] == name.surname and words.text[i - 1].istitle() and words.key(i - 1, i + 1) in called
        for i in range(1, len(words))
        if words.low[i - 1] in person_words().particles
    )
    return plain if plain and linked and alone else bearers
