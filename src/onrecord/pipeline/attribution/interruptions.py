"""What a reporting clause between commas interrupts: *The board, she said, | had met*.

The model often takes the words behind the clause, or those without their subject, for all that was said;
the commas and the verb that governs the rest say what the whole is.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import SUBJECTS
from onrecord.pipeline.language.function_words import COMPLEMENTISERS, FINITE
from onrecord.pipeline.ranges import within

_GOVERNED = COMPLEMENTISERS - {"if"}
_MATRIX = frozenset(("ROOT", "conj", "ccomp", "parataxis"))


def leaves_governor(doc: Doc, found: Attribution, rule: Attribution) -> bool:
    """Whether what it found hangs on words before the clause: *The board, she said, | had met*.

    Or on a verb there: *He hopes, an aide said, | that …*.

    Args:
        doc: the doc.
        found: what the model found.
        rule: the reading of its cue as a parenthesis.
    """
    if len(rule.contents) != 2 or _has_who_is_told(doc, rule):
        return False
    first, second = rule.contents
    if not all(any(within(c, span) for span in rule.contents) for c in found.contents):
        return False
    if [c[0] for c in found.contents] == [first[0], second[0]]:
        return False  # nothing is left out where both pieces begin alike
    opener = doc[second[0]]
    hangs = opener.lower_ in _GOVERNED and opener.tag_ == "IN" and governor(doc, rule) is not None
    if any(t.tag_ in FINITE for t in doc[first[0] : first[1]]):
        return hangs
    verb = next((t for t in doc[second[0] : second[1]] if t.pos_ != "ADV"), opener)
    return hangs or verb.tag_ in FINITE


def leaves_subject(doc: Doc, found: Attribution, rule: Attribution) -> bool:
    """Whether the model left out the subject of the verb with which it begins: *Gauges | show P, she said*.

    Args:
        doc: the doc.
        found: what the model found.
        rule: the reading of its cue as a parenthesis.
    """
    first, start = rule.contents[0], found.contents[0][0]
    if not within(found.contents[0], first) or start == first[0] or doc[start].tag_ not in FINITE:
        return False
    verb = doc[start]
    verb = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    return any(c.dep_ in SUBJECTS and first[0] <= c.i < start for c in verb.children)


def _has_who_is_told(doc: Doc, rule: Attribution) -> bool:
    """Whether the reading takes the hearers for the source, as if *told reporters* were inverted.

    *The comma, he told reporters, gives a pause*.
    """
    assert rule.cue is not None and rule.source is not None
    telling = cue_lexicon().words["hearers"]["needed"]
    return lemma_of(doc[rule.cue[0]]) in telling and rule.cue[0] < rule.source[0]


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
