"""How likely a proposed attribution is right where rules and model have both spoken.

A logistic model over `arbiter_features`, one for what the model found and one for what the rules
propose; `training/fit_join.py` fits them on articles that the model's training never saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp

from spacy.tokens import Doc

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.attribution import rule_names
from onrecord.pipeline.attribution.arbiter_features import Evidence, Features
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.subjects import is_somebody
from onrecord.pipeline.ranges import touch, within

LEAST_LEARNED = 0.33
"""Findings of the model that are right less often are dropped. Of 0.33, 0.38 and 0.43 PolNeAR dev has 72.1,
71.7 and 71.1 of the indirect ones at 73.8, 73.9 and 74.0 attribution + source; gold-news gains .5 quotes F1
from the last alone."""

LEAST_RULE = 0.8
"""The same for reported statements that rules alone propose where the model has run; 0.5 … 0.85 differ by
0.2 on PolNeAR dev, the higher ones are more precise on gold-news (89.8, 91.8 and 92.9 at 0.5, 0.65, 0.85)."""

LEAST_CLAUSE = 0.75
"""The same for whole clauses with the words that frame them. Of 0.5, 0.65 and 0.75 PolNeAR dev has 79.5, 79.7
and 79.8 precision at 72.1, 72.1 and 72.2 of the indirect ones; gold-news and the examples are the same for
the first two, corpus/dev gains .1."""

LEAST_MARKED = 0.35
"""The same for reporting clauses beside marks; 0.4 differs by no measure and loses one case of the tests."""

_TAKING_UP = frozenset(("to", "about", "over", "against"))


@dataclass(frozen=True, slots=True)
class Arbiter:
    """What was fitted.

    Attributes:
        learned: weights by feature, for the model's findings.
        rules: the same for the rules' proposals.
        knots: from the chance by weights to the share that is right: rising x, and y.
    """

    learned: Mapping[str, float]
    rules: Mapping[str, float]
    knots: tuple[Sequence[float], Sequence[float]] = ((0.0, 1.0), (0.0, 1.0))

    def chance(self, found: Attribution, features: Features) -> float:
        """The probability that the content is right, in [0, 1]."""
        return probability(self.learned if rule_names.is_learned(found) else self.rules, features)


def probability(weights: Mapping[str, float], features: Features) -> float:
    """What a logistic model makes of the features, in [0, 1]."""
    z = weights["constant"] + sum(weights.get(name, 0.0) * x for name, x in features.items())
    return 1 / (1 + exp(-z))


@cache
def arbiter() -> Arbiter:
    """The arbiter that ships with the package."""
    table = load_lexicon("confidence")
    return Arbiter(table["learned"], table["rules"], (table["knots"]["score"], table["knots"]["right"]))


def weighed(
    doc: Doc, candidates: Sequence[Attribution], judge: Arbiter
) -> tuple[list[Attribution], list[Attribution]]:
    """The likely ones of all candidates, with the chance that they are right.

    A rule's proposal takes source and cue from the model's likely finding with the same cue: the model knows
    better who speaks.

    Args:
        doc: the doc.
        candidates: in contract form, with the score or the rate of their finder as confidence.
        judge: says how likely each is right.

    Returns:
        The likely ones; and what rules propose inside the content of a likely finding of the model, with
        its rule's measured rate, for the corpora mark outermost statements only.
    """
    learned = [a for a in candidates if rule_names.is_learned(a)]
    rules = [a for a in candidates if not rule_names.is_learned(a)]
    evidence = Evidence(doc, rules, learned)
    chances = {id(a): judge.chance(a, evidence(a)) for a in candidates}
    holders = Evidence(doc, (), [a for a in learned if chances[id(a)] >= LEAST_LEARNED])
    likely: list[Attribution] = []
    inside: list[Attribution] = []
    for found in candidates:
        chance = chances[id(found)]
        if found.rule in rule_names.LAYOUT or found.rule in rule_names.SPOKEN:
            likely.append(found)
        elif not rule_names.is_learned(found) and holders.is_inside(found):
            inside.append(found)
        elif chance >= least(found.rule):
            partner = evidence.partner(found)
            sure = partner is not None and chances[id(partner)] >= LEAST_LEARNED
            likely.append(replace(_with_speaker(doc, found, partner if sure else None), confidence=chance))
    return likely, inside


def least(rule: str) -> float:
    """The lowest chance at which an attribution of this rule is kept."""
    if rule == rule_names.LEARNED:
        return LEAST_LEARNED
    if rule in rule_names.MARKED:
        return LEAST_MARKED
    return LEAST_CLAUSE if rule in rule_names.STATING else LEAST_RULE


def _with_speaker(doc: Doc, found: Attribution, partner: Attribution | None) -> Attribution:
    if rule_names.is_learned(found) or partner is None:
        return found
    # *Who is widely said to control the trade* has not said so.
    unsaid = found.rule in rule_names.RAISING and found.source is None
    if unsaid or _is_taken_up(doc, found):
        return found
    source, cue = partner.source, partner.cue
    if (
        source is None
        or any(touch(source, c) for c in found.contents)
        or _modifies(doc, source, found.source)
        or _acts_elsewhere(doc, source, found)
    ):
        source = found.source
    if cue is None or any(touch(cue, c) for c in found.contents):
        cue = found.cue
    return replace(found, source=source, cue=cue)


def _is_taken_up(doc: Doc, found: Attribution) -> bool:
    """Whether the cue is a noun that somebody only answers: *responded to | accusations | that he lied*."""
    if found.rule != rule_names.NOUN or found.cue is None:
        return False
    noun = root_of(doc, found.cue)
    # *pointed to reports that Q*: who points to them says Q.
    answers = noun.dep_ == "pobj" and noun.head.lower_ in _TAKING_UP
    return answers and cue_lexicon().mode(noun.head.head, "object") is None


def _modifies(doc: Doc, part: Range, phrase: Range | None) -> bool:
    """Whether a part of a noun phrase hangs on a preposition in it, or stands in a clause about it.

    *His aside to | Macron | reveals*, *the clinic that tested | her | admitted*, *Ann, known to | friends |,
    announced*.
    """
    if phrase is None or part[0] <= phrase[0]:
        return False
    if not within(part, phrase):
        return _is_in_clause_about(doc, part, phrase)
    if doc[part[0] - 1].pos_ == "ADP":
        return True
    head, word = doc[phrase[0] : phrase[1]].root, doc[part[0] : part[1]].root
    above = (t for t in (word, *word.ancestors) if phrase[0] <= t.i < phrase[1])
    return head.is_ancestor(word) and any(t.dep_ == "relcl" for t in above)


def _is_in_clause_about(doc: Doc, part: Range, phrase: Range) -> bool:
    """Whether a part is governed by a preposition in a participle clause about a noun phrase before it.

    Not by *by*: *Ann, told by Lee that …*.
    """
    head, word = doc[phrase[0] : phrase[1]].root, doc[part[0] : part[1]].root
    if word.dep_ not in ("pobj", "prep") or not head.is_ancestor(word):
        return False
    between = [t for t in word.ancestors if t.i > head.i]
    by_agent = any(t.dep_ == "agent" for t in between)
    return not by_agent and any(t.dep_ == "acl" and t.head == head for t in between)


def _acts_elsewhere(doc: Doc, source: Range, found: Attribution) -> bool:
    """Whether the cue has a subject of its own: *| X | said P and | his aide | called it “…”*."""
    if found.cue is None or found.source is None:
        return False
    subject = root_of(doc, found.source)
    other = root_of(doc, source)
    verb = subject.head
    if subject.dep_ == "nsubjpass" and verb.lemma_ == "quote":
        return True  # *| Lee | was quoted as saying by a rival paper*
    cue = root_of(doc, found.cue)
    own = subject.dep_ == "nsubj" and is_somebody(subject) and subject.i < verb.i
    if own and other.dep_ == "pobj" and other.head.dep_ == "prep" and other.head.head == cue:
        # *Lund worries aloud, and in | a paper | reminds readers that …*
        return verb == cue or (cue.dep_ == "conj" and cue.head == verb)
    return own and found.cue[0] <= verb.i < found.cue[1] and other.dep_ == "nsubj" and other.head != verb
