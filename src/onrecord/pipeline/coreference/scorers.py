"""Which scorers decide whom pronouns stand for, as they are installed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from onrecord.pipeline.coreference.antecedent_features import FEATURES
from onrecord.pipeline.coreference.antecedents import RULES
from onrecord.pipeline.coreference.pairing import read_pairings
from onrecord.pipeline.coreference.scorer import Scorer, read_scorer
from onrecord.pipeline.coreference.they_and_it import THING_FEATURES, rule_scorer
from onrecord.pipeline.weights import find_weights

NAME = "antecedent"
"""Name of the weights' folder."""

PEOPLE, IT = "people", "it"
FILES = {PEOPLE: "scorer.npz", IT: "it.npz"}
"""*They* goes by rules alone."""


@dataclass(frozen=True, slots=True)
class Scorers:
    """A scorer for each sort of pronoun.

    Attributes:
        people: of *he* and *she*.
        they: of *they*.
        it: of *it*.
    """

    people: Scorer = RULES
    they: Scorer = field(default_factory=partial(rule_scorer, "they"))
    it: Scorer = field(default_factory=partial(rule_scorer, "it"))

    def without_states(self) -> Scorers:
        """The same where the encoder's states are missing."""
        return Scorers(*(replace(s, pairing=None) for s in (self.people, self.they, self.it)))


def load_scorers(folder: Path | None = None) -> Scorers:
    """The trained scorers with their forms over the encoder's states, or the rules where weights are missing.

    Args:
        folder: of the weights; the newest installed ones if None.

    Raises:
        ModelError: the weights do not fit this version's features.
    """
    folder = folder or find_weights(NAME)
    if folder is None:
        return Scorers()
    forms = read_pairings(folder)

    def read(sort: str) -> Scorer:
        features = FEATURES if sort == PEOPLE else THING_FEATURES
        return replace(read_scorer(folder / FILES[sort], features), pairing=forms.get(sort))

    return Scorers(**{sort: read(sort) for sort in FILES if (folder / FILES[sort]).is_file()})
