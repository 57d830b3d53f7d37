"""What the pass over a document's references has seen and decided so far."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.annotations import LinkRecord, Range
from onrecord.pipeline.coreference.antecedent_features import Pronoun
from onrecord.pipeline.coreference.antecedents import Candidate, History
from onrecord.pipeline.coreference.grounds import Grounds
from onrecord.pipeline.coreference.referents import Place, Referent
from onrecord.pipeline.coreference.scorers import Scorers
from onrecord.pipeline.names.words import Words


@dataclass(slots=True)
class Discourse:
    """The state of the pass.

    Attributes:
        referents: everything mentioned so far, in order of first mention.
        numbers: the place of each in that order, by `id`.
        seen: their mentions so far by first token, with the referent's place in that order.
        paired: what the encoder says of each token for the scorers' pairings; None without it.
        pairs: the pronouns *he* and *she* with their candidates.
        things: the pronouns *they* and *it* with theirs.
        identified: whom descriptions mean that the text names only later, by first token.
        links: pronouns and descriptions with what they refer to.
    """

    words: Words
    scorers: Scorers
    grounds: Grounds
    sentences: list[int]
    clauses: list[int]
    quoted: list[bool]
    reporters: list[Range]
    named: dict[str, Referent]
    owner_at: dict[int, str]
    role_of: dict[int, str]
    first_lines: dict[str, int]
    referents: list[Referent] = field(default_factory=list)
    seen: list[tuple[int, int, Place]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    links: list[LinkRecord] = field(default_factory=list)
    ahead: dict[int, list[tuple[Place, Referent]]] = field(default_factory=dict)
    pairs: list[tuple[Pronoun, list[Candidate]]] = field(default_factory=list)
    things: list[tuple[Pronoun, list[Candidate]]] = field(default_factory=list)
    history: History = field(default_factory=History)
    paired: NDArray[np.float32] | None = None
    identified: dict[int, str] = field(default_factory=dict)

    def place(self, start: int, end: int, kind: str) -> Place:
        """How a mention stands in its sentence."""
        return self.grounds.place(start, end, kind)

    def mention(self, referent: Referent, start: int, end: int, kind: str) -> None:
        """Note that a referent is mentioned here; a new one joins the others."""
        if not referent.places:
            self.numbers[id(referent)] = len(self.referents)
            self.referents.append(referent)
        place = self.place(start, end, kind)
        referent.add(place)
        insort(self.seen, (start, self.numbers[id(referent)], place), key=lambda m: m[:2])

    def mentioned(self, start: int, end: int) -> Iterator[tuple[Place, Referent]]:
        """The mentions so far that begin in a range of tokens, in text order."""
        for i in range(self._first_seen(start), len(self.seen)):
            token, number, place = self.seen[i]
            if token >= end:
                return
            yield place, self.referents[number]

    def recent(self, pronoun: Pronoun, reach: int) -> list[Referent]:
        """The referents mentioned in the last sentences before a pronoun, in order of first mention.

        Args:
            pronoun: a pronoun.
            reach: how many sentences count beside its own.
        """
        start = bisect_left(self.sentences, pronoun.sentence - reach)
        numbers = {number for _, number, _ in self.seen[self._first_seen(start) :]}
        return [self.referents[number] for number in sorted(numbers)]

    def first_person(self) -> Referent | None:
        """The person whom the document mentions first."""
        return next((r for r in self.referents if r.kind == "person" and not r.plural), None)

    def _first_seen(self, token: int) -> int:
        return bisect_left(self.seen, token, key=lambda m: m[0])
