"""Verbs that report by the words beside them: *let it be known that*, *ruled it out*, *put the toll at 37*.

Alone they say nothing (*let*, *rule*, *put*), so that the lexicon's frames for verbs do not hold them.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import is_passive, subject_of
from onrecord.pipeline.language.function_words import FINITE, MODALS
from onrecord.pipeline.language.negation import is_negated, negates
from onrecord.pipeline.language.subjects import is_somebody

NEAR = 5
"""Words after a verb among which the other word of a phrase stands: *let it now be known*."""


def says_by_phrase(doc: Doc, found: Attribution) -> bool:
    """Whether a phrase says something: *took issue with the ban*, *attributed the fall to rain*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    if found.cue is None:
        return False
    phrases = cue_lexicon().words["phrases"]
    opening = {t.lower_ for t in doc[found.start : found.start + 2]}
    for verb in (t for t in doc[found.cue[0] : found.cue[1]] if t.tag_.startswith("VB")):
        lemma = lemma_of(verb)
        near = {w for t in doc[verb.i + 1 : verb.i + 1 + NEAR] for w in (t.lower_, t.lemma_.lower())}
        if not any(t.tag_ in FINITE for s, e in found.contents for t in doc[s:e]):
            near -= {"known", "that"}  # *made their wishes known to | the minister*, *allowed that bridge to*
        after = {c.lower_ for c in verb.children if c.i > verb.i}
        beside = ((near, "says"), (after, "ascribing"), (opening, "uttering"))
        said = any(f"{lemma} {w}" in phrases[key] for words, key in beside for w in words)
        if said and not is_passive(verb):
            return _speaks(doc, found, verb)
    return False


def wants_to_tell(doc: Doc, found: Attribution) -> bool:
    """Whether a wish is an act of speech: *wanted to know who paid*, *wishes to remind us that …*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    if found.cue is None or found.source is None:
        return False
    words = cue_lexicon().words
    somebody = is_somebody(doc[found.source[0] : found.source[1]].root)
    for verb in (t for t in doc[found.cue[0] : found.cue[1]] if t.tag_.startswith("VB")):
        if wants_no_name(verb):
            return somebody
        if lemma_of(verb) not in words["phrases"]["wishing"] or any(c.dep_ == "neg" for c in verb.children):
            continue
        if lemma_of(verb) == "wish" and any(c.dep_ == "dative" for c in verb.children):
            return somebody  # *wished the nation a good year*
        to = next((t for t in doc[verb.i + 1 : verb.i + 3] if t.tag_ == "TO"), None)
        if lemma_of(verb) == "want" and verb.tag_ != "VBD":
            continue  # *Inspectors want to know why*: what they wish, and perhaps have never asked
        if to is not None and lemma_of(to.head) in words["phrases"]["telling"] and to.head.i == to.i + 1:
            return somebody
    return False


def keeps_back(doc: Doc, found: Attribution) -> bool:
    """Whether a name or a particular is not given: *did not name the buyer*, *has never specified when*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    if found.cue is None or found.source is None:
        return False
    verb = doc[found.cue[0] : found.cue[1]].root
    if lemma_of(verb) not in cue_lexicon().comment["particular"] or is_passive(verb):
        return False
    source = doc[slice(*found.source)].root
    written = cue_lexicon().mode(source, "nouns") == "speech"
    return any(negates(c) for c in verb.children) and (written or may_have_said(source))


def is_not_drawn(verb: Token) -> bool:
    """Whether somebody gives no answer, whatever is asked: *would not be drawn on the cost*.

    Args:
        verb: the verb of a cue.
    """
    if lemma_of(verb) not in cue_lexicon().comment["drawn"] or not is_passive(verb):
        return False
    return is_negated(verb) and any(c.lower_ in MODALS for c in verb.children)


def wants_no_name(verb: Token) -> bool:
    """Whether somebody wants not to be named: *did not want to be identified*.

    Args:
        verb: the verb of a cue.
    """
    words = cue_lexicon()
    if lemma_of(verb) not in words.words["phrases"]["wishing"] or not any(negates(c) for c in verb.children):
        return False
    wished = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    return wished is not None and lemma_of(wished) in words.comment["named"] and is_passive(wished)


def estimates(doc: Doc, found: Attribution) -> bool:
    """Whether a figure is given for something: *put the number of dead at 37*.

    Args:
        doc: the doc.
        found: an attribution with its final edges.
    """
    if found.cue is None or found.source is None:
        return False
    if not any(lemma_of(t) == "put" for t in doc[found.cue[0] : found.cue[1]]):
        return False
    words = [t for s, e in found.contents for t in doc[s:e]]
    chances = cue_lexicon().words["statements"]["chances"]
    if any(t.lemma_.lower() in chances for t in words):
        return False
    return any(t.lower_ == "at" and _is_figure(doc, t.i + 1) for t in words)


def _is_figure(doc: Doc, start: int) -> bool:
    """Whether a number begins there: *at | about £14m*."""
    return any(t.like_num or t.is_currency for t in doc[start : start + NEAR])


def _speaks(doc: Doc, found: Attribution, verb: Token) -> bool:
    """Whether the source, or the subject where there is none, is not clearly a thing.

    *The weather ruled out a start*; *Park, 44, has let it be known that …*.
    """
    source = doc[found.source[0] : found.source[1]].root if found.source else subject_of(verb)
    return source is not None and may_have_said(source)


def may_have_said(source: Token) -> bool:
    """Whether a source is somebody, or a name, or a word that stands for people: *all four*, *both*."""
    return is_somebody(source) or source.pos_ == "PROPN" or source.lower_ in ("it", "both", "others", "all")
