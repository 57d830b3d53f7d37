"""How much a rule is to be trusted, alone and with the cue it found: measured, not guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, root_of
from onrecord.pipeline.language.cues import lemma_of

WEIGHT = 5.0
"""How many sightings of a cue the rule's own rate weighs as much as (additive smoothing; 2 to 20 differ
by less than 0.2 F1 on PolNeAR dev)."""

UNSEEN = 0.5
"""Rate of a rule that was never seen where the rates were counted."""


@dataclass(frozen=True, slots=True)
class CueRates:
    """Right and seen, by rule and by rule and cue."""

    rules: Mapping[str, tuple[int, int]]
    cues: Mapping[str, Mapping[str, tuple[int, int]]]

    def rate(self, rule: str, cue: str) -> float:
        """The share of right attributions, in [0, 1], smoothed towards the rule's own."""
        right, seen = self.rules.get(rule, (0, 0))
        prior = (right + UNSEEN) / (seen + 1)
        right, seen = self.cues.get(rule, {}).get(cue, (0, 0))
        return (right + WEIGHT * prior) / (seen + WEIGHT)


@cache
def cue_rates() -> CueRates:
    """The rates that ship with the package."""
    table = load_lexicon("cue_rates")
    rules = {rule: (int(a), int(b)) for rule, (a, b) in table["rules"].items()}
    cues = {
        rule: {cue: (int(a), int(b)) for cue, (a, b) in cells.items()}
        for rule, cells in table.get("cues", {}).items()
    }
    return CueRates(rules, cues)


def cue_key(doc: Doc, attribution: Attribution) -> str:
    """The lemma of an attribution's cue as `cue_rates` knows it; empty without a cue."""
    if attribution.cue is None:
        return ""
    return lemma_of(root_of(doc, attribution.cue))
