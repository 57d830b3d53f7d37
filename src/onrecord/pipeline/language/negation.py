"""Whether a clause is negated: at its verb, by its subject, or by what the verb takes."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from onrecord.lexicons import load_lexicon

__all__ = ["follows_nor", "is_negated", "is_nobody", "negates", "negation_words", "opens_negative"]

LONGEST_FRONT = 5
"""Words of a negative phrase before its auxiliary (*under no circumstances whatsoever*)."""


def is_negated(verb: Token) -> bool:
    """Whether the clause of `verb` is negated at its predicate, by its subject or by its object."""
    taken = ("nsubj", "nsubjpass", "attr", "dobj")
    said = any(negates(c) or (c.dep_ in taken and is_nobody(c)) for c in verb.children)
    return said or follows_nor(verb) or opens_negative(verb)


def opens_negative(verb: Token) -> bool:
    """Whether a negative phrase before the clause turns it round: *not once has he said*, *at no time did*.

    The auxiliary stands before the subject then; *in no time he said so* denies nothing.
    """
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    auxiliary = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), None)
    if subject is None or auxiliary is None or not auxiliary.i < subject.i < verb.i:
        return False
    fronts = [c.left_edge.i for c in (*verb.children, *auxiliary.children) if c.i < auxiliary.i]
    start = min(fronts, default=auxiliary.i)
    front = {t.lower_ for t in verb.doc[max(start, auxiliary.i - LONGEST_FRONT) : auxiliary.i]}
    negative = front & (_words("adverbs") | _words("determiners"))
    return bool(negative) and not front & _words("restoring")


def follows_nor(verb: Token) -> bool:
    """Whether *nor* joins a verb to the one before: *neither confirmed nor* **denied**."""
    beside = verb.head.children if verb.dep_ == "conj" else ()
    return any(c.lower_ in _words("joining") and verb.head.i < c.i < verb.i for c in beside)


def negates(word: Token) -> bool:
    """Whether a child of a verb turns its clause round: *not*, *never*, *hardly*; not *not only*."""
    if word.dep_ == "neg":
        # *Not until May did he say so*, *did not just say so*: he said so.
        return word.i + 1 == len(word.doc) or word.nbor().lower_ not in _words("restoring")
    if word.lower_ in _words("adverbs"):
        return word.dep_ != "preconj"
    return word.lower_ in _words("joining") and word.i < word.head.i


def is_nobody(noun: Token) -> bool:
    """Whether a noun or pronoun stands for none: *nobody*, *none of them*, *neither company*, *no-one*."""
    # Of *no-one* the parser makes each part a subject; *No 10* and *No. 4* are numbers.
    alone = noun.lower_ in _words("pronouns") or noun.lower_ in _words("determiners")
    return alone or (
        not noun.like_num
        and any(c.dep_ == "det" and c.lower_ in _words("determiners") for c in noun.children)
    )


@cache
def negation_words() -> frozenset[str]:
    """All words that negate, for stretches of words that the parse may have wrong."""
    return _words("adverbs") | _words("joining") | _words("pronouns") | _words("determiners")


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load_lexicon("hedges")["negation"][key])
