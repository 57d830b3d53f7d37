"""Who issued the document that speaks: *In a statement, NAME called it false. “…,” the statement said*."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.coreference.nominals import DEFINITE
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import source_range, subject_of
from onrecord.pipeline.names.nominal_words import nominal_words
from onrecord.pipeline.names.words import Words

REACH = 2
"""Lines, empty ones too, between *the statement* and its introduction: the paragraph before. Set by hand."""

_THROUGH = frozenset(("in", "on", "through", "via"))


def document_issuer(words: Words, head: int) -> Range | None:
    """The words for whoever spoke in a document, or issued it, where the text introduced it.

    Args:
        words: the document.
        head: the noun of *the statement*, *the letter*, *the reply*.

    Returns:
        The source of the sentence that introduced it, or None.
    """
    noun = words.doc[head]
    nouns = nominal_words()
    issued = words.word(head) in nouns.signed or words.low[head] in nouns.utterances
    if not issued or not any(c.lower_ in DEFINITE and c.i < head for c in noun.children):
        return None
    for i in range(head - 1, -1, -1):
        if words.line[head] - words.line[i] > REACH:
            return None
        if words.word(i) != words.word(head):
            continue
        other = words.doc[i]
        if any(c.lower_ in DEFINITE for c in other.children):
            continue  # *the statement*, taken up once more
        subject = _who_issues(other)
        if subject is None:
            return None
        return source_range(subject, low=subject.sent.start, high=subject.sent.end)
    return None


def _who_issues(noun: Token) -> Token | None:
    """The subject of *said in a statement*, *issued a statement*."""
    if noun.dep_ == "dobj" and lemma_of(noun.head) in cue_lexicon().words["statements"]["publishing"]:
        return subject_of(noun.head)
    above = noun.head
    if noun.dep_ != "pobj" or above.lower_ not in _THROUGH or not above.head.tag_.startswith("VB"):
        return None
    return subject_of(above.head)
