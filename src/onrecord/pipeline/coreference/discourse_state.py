"""What the pass over a document's references has seen and decided so far."""

from __future__ import annotations

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
        paired: what the encoder says of each token for the scorers' pairings; None without it.
        pairs: the pronouns *he* and *she* with their candidates.
        things: the pronouns *they* and *it* with theirs.
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
    links: list[LinkRecord] = field(default_factory=list)
    ahead: dict[int, list[tuple[Place, Referent]]] = field(default_factory=dict)
    pairs: list[tuple[Pronoun, list[Candidate]]] = field(default_factory=list)
    things: list[tuple[Pronoun, list[Candidate]]] = field(default_factory=list)
    history: History = field(default_factory=History)
    paired: NDArray[np.float32] | None = None

    def place(self, start: int, end: int, kind: str) -> Place:
        """How a mention stands in its sentence."""
        return self.grounds.place(start, end, kind)

    def mention(self, referent: Referent, start: int, end: int, kind: str) -> None:
        """Note that a referent is mentioned here; a new one joins the others."""
        if not referent.places:
            self.referents.append(referent)
        referent.add(self.place(start, end, kind))
