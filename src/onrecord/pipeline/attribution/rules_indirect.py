"""Statements reported without quotation marks, by the construction that a cue governs.

One module a construction; each yields attributions that may overlap, `join` decides. Where a
content holds marked words it is a mixed quotation, found here in the same way.
"""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.attribution.rules_clause import by_clause, by_infinitive
from onrecord.pipeline.attribution.rules_noun import by_adjective, by_noun
from onrecord.pipeline.attribution.rules_object import by_object
from onrecord.pipeline.attribution.rules_parenthetical import (
    by_as_clause,
    by_parenthesis,
    by_source_preposition,
)
from onrecord.pipeline.attribution.rules_silence import by_silence
from onrecord.pipeline.language.clauses import is_infinitive, sentences
from onrecord.pipeline.language.cues import cue_lexicon


def find_indirect(doc: Doc) -> list[Attribution]:
    """All statements reported by a cue that governs them.

    Needs the dependency parse. Marks, if set, are not looked at.
    """
    lexicon = cue_lexicon()
    parenthetical: list[Attribution] = []
    nominal: list[Attribution] = []
    governed: list[Attribution] = []
    for place in sentences(doc):
        parenthetical.extend(by_source_preposition(place, lexicon))
        for word in doc[place.start : place.end]:
            if word.tag_.startswith("VB"):
                parenthetical.extend(by_as_clause(place, word, lexicon))
                parenthetical.extend(by_parenthesis(place, word, lexicon))
                for child in word.children:
                    if word.i < child.i < place.end:
                        if child.dep_ == "ccomp":
                            governed.extend(by_clause(place, word, child, lexicon))
                        elif child.dep_ == "xcomp" and is_infinitive(child):
                            governed.extend(by_infinitive(place, word, child, lexicon))
                silent = list(by_silence(place, word, lexicon))
                governed.extend(silent or by_object(place, word, lexicon))
            elif word.pos_ in ("NOUN", "PROPN"):
                nominal.extend(by_noun(place, word, lexicon))
            elif word.pos_ == "ADJ":
                governed.extend(by_adjective(place, word, lexicon))
    return parenthetical + governed + nominal
