"""Who is told, asked or accused: participles that stand without their auxiliary.

*One farmer | accused of theft*, *ministers | told to resign*, *fire door was locked, jury | told*.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import agent_of, is_passive
from onrecord.pipeline.places import block_at

_PAST = frozenset(("VBD", "VBN"))
_OBJECTS = frozenset(("dobj", "dative", "ccomp"))
_HEADINGS = frozenset(("headline", "subhead"))


def takes_others(verb: Token) -> bool:
    """Whether in the passive somebody other than the subject says or thinks it."""
    lemma = lemma_of(verb)
    return lemma in cue_lexicon().says or lemma in cue_lexicon().entries["passive_infinitive"]


def is_told(verb: Token, noun: Token) -> bool:
    """Whether a noun is whom the participle of a verb of telling concerns, and not who tells.

    The active has its hearer for an object. A participle behind its noun without a comma is passive then;
    and so is a past form in a heading, where actives are in the present (Quirk et al. 1985, on block
    language).

    Args:
        verb: the cue.
        noun: head of what was taken for its source.
    """
    if verb.tag_ not in _PAST or noun.i > verb.i or not has_hearer(verb):
        return False
    if shares_passive(verb):
        return True
    if any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        return False
    if any(c.dep_ in _OBJECTS and c.i > verb.i for c in verb.children):
        return False
    if verb.dep_ == "acl":
        return verb.head == noun and all(t.text != "," for t in verb.doc[noun.i : verb.i])
    return noun.head == verb and noun.dep_ == "nsubj" and _is_in_heading(verb)


def shares_passive(verb: Token) -> bool:
    """Whether a verb of telling shares the auxiliary of a passive: *were searched and | told | to leave*.

    The active would have its hearer between the verb and what was told. Before a clause only *tell* needs
    one: *was jailed and warned that …* may be either.
    """
    first = verb.head
    if verb.dep_ != "conj" or verb.tag_ not in _PAST or not has_hearer(verb):
        return False
    while first.dep_ == "conj" and not is_passive(first):
        first = first.head
    own = {c.dep_ for c in verb.children}
    if not is_passive(first) or own & {"nsubj", "nsubjpass", "aux", "auxpass", "dobj", "dative"}:
        return False
    ordered = any(c.dep_ == "xcomp" and any(t.tag_ == "TO" for t in c.children) for c in verb.children)
    return ordered or ("ccomp" in own and lemma_of(verb) == "tell")


def is_without_teller(doc: Doc, found: Attribution) -> bool:
    """Whether who said it is left open: *a nurse was told to*, *the inquest heard that …*."""
    if found.cue is None or found.source is not None:
        return False
    verb = doc[found.cue[0] : found.cue[1]].root
    return lemma_of(verb) == "hear" or (is_passive(verb) and agent_of(verb) is None)


def has_hearer(verb: Token) -> bool:
    """Whether a verb of telling has whom it is told for its object: *told him*, *accused him*."""
    lexicon, lemma = cue_lexicon(), lemma_of(verb)
    return lemma in lexicon.entries["addressee_infinitive"] or lemma in lexicon.words["hearers"]["accusing"]


def _is_in_heading(token: Token) -> bool:
    block = block_at(token.doc, token.i)
    return block is not None and block.kind in _HEADINGS
