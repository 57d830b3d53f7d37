"""What a reporting clause between commas interrupts: *The board, she said, | had met*.

The model often takes the words behind the clause, or those without their subject, for all that was said;
the commas and the verb that governs the rest say what the whole is.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.cues import cue_lexicon, lemma_of
from onrecord.pipeline.edges import FINITE, SUBJECTS
from onrecord.pipeline.ranges import touch, within

_GOVERNED = frozenset(("that", "whether"))
_MATRIX = frozenset(("ROOT", "conj", "ccomp", "parataxis"))
_TELLING = frozenset(("tell", "assure", "remind", "inform"))
"""Verbs whose next noun is who is told: *The comma, he told reporters, gives a pause*."""
_TENSED = frozenset((*FINITE, "MD"))


def leaves_governor(doc: Doc, found: Attribution, rule: Attribution) -> bool:
    """Whether what it found hangs on words before the clause: *The board, she said, | had met*.

    Or on a verb there: *He hopes, an aide said, | that …*.

    Args:
        doc: the doc.
        found: what the model found.
        rule: the reading of its cue as a parenthesis.
    """
    if len(rule.contents) != 2:
        return False
    first, second = rule.contents
    if not all(any(within(c, span) for span in rule.contents) for c in found.contents):
        return False
    opener = doc[second[0]]
    hangs = opener.lower_ in _GOVERNED and opener.tag_ == "IN" and governor(doc, rule) is not None
    if any(t.tag_ in _TENSED for t in doc[first[0] : first[1]]):
        return hangs
    verb = next((t for t in doc[second[0] : second[1]] if t.pos_ != "ADV"), opener)
    return hangs or verb.tag_ in _TENSED


def leaves_subject(doc: Doc, found: Attribution, rule: Attribution) -> bool:
    """Whether the model left out the subject of the verb with which it begins: *Gauges | show P, she said*.

    Args:
        doc: the doc.
        found: what the model found.
        rule: the reading of its cue as a parenthesis.
    """
    first, start = rule.contents[0], found.contents[0][0]
    if not within(found.contents[0], first) or start == first[0] or doc[start].tag_ not in _TENSED:
        return False
    verb = doc[start]
    verb = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    return any(c.dep_ in SUBJECTS and first[0] <= c.i < start for c in verb.children)


def governor(doc: Doc, rule: Attribution) -> Token | None:
    """The verb before a parenthesis that governs the clause behind it.

    By the parse, or because a verb of such clauses ends there: *She fears, she told them, that …*.
    """
    first, second = rule.contents
    head, last = doc[second[0]].head.head, doc[first[1] - 1]
    if first[0] <= head.i < first[1] and head.pos_ in ("VERB", "AUX"):
        return head
    return last if last.tag_.startswith("VB") and cue_lexicon().mode(last, "clause") else None


def from_own_clause(doc: Doc, rule: Attribution) -> Attribution:
    """The reading from the clause of its governor on: *died after | he was told, she says, | that …*.

    Args:
        doc: the doc.
        rule: a reading as a parenthesis.
    """
    if len(rule.contents) != 2:
        return rule
    verb = governor(doc, rule)
    if verb is None or verb.dep_ in _MATRIX:
        return rule
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
    if subject is None or subject.left_edge.i <= rule.contents[0][0] or subject.tag_ in ("WP", "WDT"):
        return rule
    return replace(rule, contents=((subject.left_edge.i, rule.contents[0][1]), rule.contents[1]))


def speaker_beside(doc: Doc, found: Attribution, rule: Attribution) -> Range | None:
    """Who speaks in a parenthesis: the rule's source, or the model's where the rule has who is told.

    Args:
        doc: the doc.
        found: what the model found.
        rule: the reading of its cue as a parenthesis.
    """
    if rule.cue is None or rule.source is None or found.source is None:
        return rule.source
    verb = doc[rule.cue[0]]
    if lemma_of(verb) not in _TELLING or rule.source[0] < verb.i or found.source[0] > verb.i:
        return rule.source
    before = rule.contents[0]
    if not touch(found.source, before):
        return found.source
    start = before[1] + 1 if doc[before[1]].is_punct else before[1]
    return (start, found.source[1]) if start < found.source[1] else rule.source
