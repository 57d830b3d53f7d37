"""Which words are pronouns, and how those of the third person stand in their sentence."""

from __future__ import annotations

from collections.abc import Container, Sequence

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.coreference.antecedent_features import Pronoun, sex_of_pronoun
from onrecord.pipeline.coreference.layout import SUBJECTS, role_of, verbs_above
from onrecord.pipeline.language.speech_verbs import speech_verbs
from onrecord.pipeline.names.words import Words

THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
IT = frozenset(("it", "its", "itself"))
REFLEXIVE = frozenset(("himself", "herself", "themselves", "itself"))

PARTS = frozenset(("compound", "amod", "nmod"))
"""How a word hangs on the noun behind it that is part of its name: *IT costs*, *mine workers*."""

MODIFIERS = frozenset(("det", "poss", "nummod")) | PARTS
MODIFYING = frozenset(("DET", "ADJ", "PROPN"))

NUMBERED = frozenset(("war", "title", "phase", "level", "type", "class", "part", "chapter", "volume", "tier"))
"""Nouns that, with a capital, *I* is the number of."""

BEFORE_NUMBERS = frozenset(("NOUN", "PROPN", "NUM", "PUNCT", "SPACE"))
"""What stands before an *I* that the tagger does not take for the pronoun, and that is none:
*Elizabeth I*, *(I-Vt.)*. Behind other words it has only stumbled over a point: *Neither do I.*"""


def is_pronoun(words: Words, i: int, named: Container[int]) -> bool:
    """Whether a word that is spelled like a pronoun is one: not *US*, *IT*, *the mine*, *World War I*.

    The tagger is asked only where something else is spelled so: it takes *hers*, and *HIM* in capitals, for
    nouns.

    Args:
        words: the document.
        i: token of the word.
        named: tokens of names: *He Jiankui*, *“She Said”*.
    """
    text, low, token = words.text[i], words.low[i], words.doc[i]
    if i in named or "." in text[:-1]:
        return False
    tagged = token.tag_ == "PRP" and token.dep_ not in PARTS
    if low == "us":
        return not text.isupper()
    if low == "it":
        return tagged or not text.isupper()
    if low == "i":
        return _is_somebody(words, i, tagged=tagged)
    return low != "mine" or _stands_alone(words, i)


def _is_somebody(words: Words, i: int, *, tagged: bool) -> bool:
    """Whether *I* is no number and no letter."""
    if i == 0:
        return True
    if words.doc[i].dep_ in PARTS or (words.capital[i - 1] and words.low[i - 1] in NUMBERED):
        return False
    return tagged or words.doc[i - 1].pos_ not in BEFORE_NUMBERS


def _stands_alone(words: Words, i: int) -> bool:
    """Whether nothing goes with *mine* as it does with a noun, which the tagger mostly takes it for."""
    token = words.doc[i]
    if token.pos_ == "VERB" or token.dep_ in PARTS or (i and words.doc[i - 1].pos_ in MODIFYING):
        return False
    return not any(c.dep_ in MODIFIERS and c.i < i for c in token.children)


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
        sex_of_pronoun(low),
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
