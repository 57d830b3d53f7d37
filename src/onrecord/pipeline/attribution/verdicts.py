"""What is heard and found where judges sit: *the inquest heard that …*, *a tribunal found that …*."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.function_words import FINITE


def is_heard(doc: Doc, found: Attribution) -> bool:
    """Whether something was told to a body that hears: who says it stays open.

    *Leeds Crown Court heard that P* reports what was said there; *the neighbours heard that P* does not.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    if _verb(doc, found) != "hear" or found.source is None:
        return False
    return _is_body(doc, found, "hearing") and _has_clause(doc, found)


def is_verdict(doc: Doc, found: Attribution) -> bool:
    """Whether a court or somebody like it finds: *a tribunal found that he had been paid*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    verdicts = cue_lexicon().words["bodies"]["finding"]
    return _verb(doc, found) in verdicts and is_by_judges(doc, found) and _has_clause(doc, found)


def is_by_judges(doc: Doc, found: Attribution) -> bool:
    """Whether the source judges by its office, so that its refusal is a ruling: *a judge refused to stay it*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    return _is_body(doc, found, "judging")


def is_of_measure(doc: Doc, found: Attribution) -> bool:
    """Whether the source is a document that measures: *figures*, *a survey of voters*, *police records*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    if found.source is None:
        return False
    head = doc[found.source[0] : found.source[1]].root
    return head.pos_ in ("NOUN", "PROPN") and _noun(head) in cue_lexicon().words["documents"]["measuring"]


def _verb(doc: Doc, found: Attribution) -> str:
    if found.cue is None:
        return ""
    root = doc[found.cue[0] : found.cue[1]].root
    return lemma_of(root) if root.tag_.startswith("VB") else ""


def _noun(head: Token) -> str:
    return head.lemma_.lower() if head.pos_ == "NOUN" else head.lower_


def _is_body(doc: Doc, found: Attribution, kind: str) -> bool:
    if found.source is None:
        return False
    nouns = cue_lexicon().words["bodies"][kind]
    head = doc[found.source[0] : found.source[1]].root
    # *the Tribunal for Sport*, *Ann Reed, the coroner*: the word for it may stand in an apposition.
    return _noun(head) in nouns or any(c.dep_ == "appos" and _noun(c) in nouns for c in head.children)


def _has_clause(doc: Doc, found: Attribution) -> bool:
    return any(t.tag_ in FINITE for s, e in found.contents for t in doc[s:e])
