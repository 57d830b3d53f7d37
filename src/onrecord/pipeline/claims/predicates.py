"""Where a claim begins whose content alone says nothing that can be so: at the verb that reports it.

*The minister of hiding a review*, *to rebuild four bridges*, *the start of the works* are what a verb takes
(*accused*, *vowed*, *announced*); with it they are a predicate whose subject is the claimant.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.claims.clauses import MARKS, SUBJECTS, head_of
from onrecord.pipeline.claims.contents import says_clause, turns_down
from onrecord.pipeline.language.cues import lemma_of

__all__ = ["predicate_start"]


def predicate_start(doc: Doc, attribution: Attribution, sentence: Range) -> int | None:
    """The token at which the predicate of an attribution begins; None where its content stands alone.

    Args:
        doc: parsed.
        attribution: one that makes a claim of its source.
        sentence: the sentence with the start of the content.
    """
    if attribution.cue is None or attribution.type == "direct":
        return None
    if says_clause(doc, attribution) and not _accuses(doc, attribution):
        return None
    verb = doc[head_of(doc, attribution.cue)]
    start = attribution.contents[0][0]
    denying = {*load_lexicon("hedges")["denial"]["verbs"], "say"}
    cue = {lemma_of(t) for t in doc[slice(*attribution.cue)]}
    if cue & denying and not turns_down(doc, attribution):
        return None  # Denied is *any link to the fire*, not that it was denied; *say* takes clauses alone.
    if verb.pos_ != "VERB" or not sentence[0] <= verb.i < start or not _reaches(doc, verb.i, start):
        return None
    if any(c.dep_ == "auxpass" for c in verb.children):
        # *The minister was accused of hiding it*: the accuser is not the subject.
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
        return None if subject is None else max(sentence[0], subject.left_edge.i)
    return verb.i


def _accuses(doc: Doc, attribution: Attribution) -> bool:
    """*accused | the firm of implying the quay was safe*: the clause is what the firm is to have done."""
    assert attribution.cue is not None
    judging = set(load_lexicon("hedges")["judging"]["verbs"])
    if not any(lemma_of(t) in judging for t in doc[slice(*attribution.cue)]):
        return False
    start, end = attribution.contents[0]
    of = next((t for t in doc[start + 1 : end] if t.pos_ in ("ADP", "VERB", "AUX", "SCONJ")), None)
    return of is not None and of.dep_ == "prep" and of.i + 1 < end and of.nbor().tag_ == "VBG"


def _reaches(doc: Doc, verb: int, start: int) -> bool:
    """Whether nothing but the verb's own words stand between it and the content."""
    return all(_belongs(t, verb) and t.text not in MARKS for t in doc[verb + 1 : start])


def _belongs(t: Token, verb: int) -> bool:
    while t.head.i != t.i and t.i != verb:
        if t.dep_ in ("advcl", "conj", "parataxis", "relcl"):
            return False
        t = t.head
    return t.i == verb
