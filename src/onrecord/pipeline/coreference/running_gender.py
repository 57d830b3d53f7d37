"""What pronouns that go on with somebody's statements show of the gender, before any is resolved.

*NAME said …. He also charged …*: where nobody else is named between, the pronoun is the speaker's. One
that is read wrongly earlier on would turn the gender around for the whole article.
"""

from __future__ import annotations

from itertools import pairwise

from onrecord.pipeline.coreference.antecedent_features import sex_of
from onrecord.pipeline.coreference.discourse_state import Discourse
from onrecord.pipeline.coreference.pronouns import is_pronoun
from onrecord.pipeline.coreference.referents import Place, Referent

__all__ = ["observe_running"]

SHOWN = 2.0
"""Evidence of such a pronoun: as much as rules out the other gender; set by hand."""


def observe_running(state: Discourse) -> None:
    """Note the gender of named people by the pronouns that are the sources of their next statements."""
    named = [(p, r) for places in state.ahead.values() for p, r in places if r.kind == "person"]
    for before, this in pairwise(state.grounds.sayings):
        token = this.source[0]
        sex = sex_of(state.words.low[token]) if this.source[1] - token == 1 else ""
        if not sex or not is_pronoun(state.words, token, state.grounds.named):
            continue
        if state.words.line[token] != state.words.line[before.source[0]]:
            continue
        said = _only_one(named, before.source[0], before.source[1])
        others = (
            r is not said
            for p, r in named
            if before.source[1] <= p.start < this.begin and not before.holds(p.start)
        )
        if said is not None and not any(others):
            said.seen[token] = SHOWN if sex == "m" else -SHOWN


def _only_one(named: list[tuple[Place, Referent]], start: int, end: int) -> Referent | None:
    """The person whom a source names, if it names one only and speaks of none besides."""
    found = {id(r): r for p, r in named if start <= p.start < end}
    return (
        next(iter(found.values()))
        if len(found) == 1 and not any(p.possessive for p, _ in named if start <= p.start < end)
        else None
    )
