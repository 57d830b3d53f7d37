"""What pronouns that go on with somebody's statements show of the gender, before any is resolved.

*NAME said …. He also charged …*: where nobody else is named between, the pronoun is the speaker's. One
that is read wrongly earlier on would turn the gender around for the whole article.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from onrecord.pipeline.coreference.antecedent_features import sex_of_pronoun
from onrecord.pipeline.coreference.discourse_state import Discourse
from onrecord.pipeline.coreference.pronouns import is_pronoun
from onrecord.pipeline.coreference.referents import Place, Referent

__all__ = ["observe_running"]

SHOWN = 2.0
"""Evidence of such a pronoun: as much as rules out the other gender; set by hand."""


def observe_running(state: Discourse) -> None:
    """Note the gender of named people by the pronouns that are the sources of their next statements."""
    mentions = ((p, r) for places in state.ahead.values() for p, r in places if r.kind == "person")
    named = sorted(mentions, key=lambda m: m[0].start)
    for before, this in pairwise(state.grounds.sayings):
        token = this.source[0]
        sex = sex_of_pronoun(state.words.low[token]) if this.source[1] - token == 1 else ""
        if not sex or not is_pronoun(state.words, token, state.grounds.named):
            continue
        if state.words.line[token] != state.words.line[before.source[0]]:
            continue
        said = _only_one(_within(named, *before.source))
        between = _within(named, before.source[1], this.begin)
        others = (r is not said for p, r in between if not before.holds(p.start))
        if said is not None and not any(others):
            said.seen[token] = SHOWN if sex == "m" else -SHOWN


def _within(
    named: Sequence[tuple[Place, Referent]], start: int, end: int
) -> Sequence[tuple[Place, Referent]]:
    """Those of the mentions, which are in text order, that begin in a range of tokens."""
    first, last = (bisect_left(named, token, key=lambda m: m[0].start) for token in (start, end))
    return named[first:last]


def _only_one(named: Sequence[tuple[Place, Referent]]) -> Referent | None:
    """The person whom a source names, if it names one only and speaks of none besides."""
    found = {id(r): r for _, r in named}
    if len(found) != 1 or any(p.possessive for p, _ in named):
        return None
    return next(iter(found.values()))
