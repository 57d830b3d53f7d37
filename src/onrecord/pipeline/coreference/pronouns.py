"""The pronouns of the third person, with how they stand in their sentence."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.coreference.antecedent_features import Pronoun, sex_of
from onrecord.pipeline.coreference.layout import SUBJECTS, role_of, verbs_above
from onrecord.pipeline.language.speech_verbs import speech_verbs
from onrecord.pipeline.names.words import Words

THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
IT = frozenset(("it", "its", "itself"))
REFLEXIVE = frozenset(("himself", "herself", "themselves", "itself"))


def read_pronoun(
    words: Words, i: int, sentence: int, clauses: Sequence[int], quoted: bool, reporter: Range
) -> Pronoun:
    """What matters of a pronoun for whom it stands for.

    Args:
        words: the document.
        i: token of the pronoun.
        sentence: number of its sentence.
        clauses: for each token the verb that governs it, -1 if none.
        quoted: whether it stands inside marked quotation.
        reporter: tokens of the source that reports the words around it.
    """
    token = words.doc[i]
    low = words.low[i]
    subject = token.dep_ in SUBJECTS
    return Pronoun(
        i,
        low,
        sex_of(low),
        sentence,
        words.line[i],
        subject,
        token.dep_ == "poss",
        low in REFLEXIVE,
        clauses[i],
        verbs_above(clauses, clauses[i]),
        quoted,
        subject and token.head.lemma_.lower() in speech_verbs(),
        words.first[i],
        reporter,
        role_of(token.dep_),
    )
