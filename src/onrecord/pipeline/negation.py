"""Whether a clause is negated: at its verb, by its subject, or by what the verb takes."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from onrecord.lexicons import load_lexicon

__all__ = ["follows_nor", "is_negated", "is_nobody", "negates", "negation_words"]


def is_negated(verb: Token) -> bool:
    """Whether the clause of `verb` is negated at its predicate, by its subject or by its object."""
    taken = ("nsubj", "nsubjpass", "attr", "dobj")
    said = any(negates(c) or (c.dep_ in taken and is_nobody(c)) for c in verb.children)
    return said or follows_nor(verb)


def follows_nor(verb: Token) -> bool:
    """Whether *nor* joins a verb to the one before: *neither confirmed nor* **denied**."""
    beside = verb.head.children if verb.dep_ == "conj" else ()
    return any(c.lower_ in _words("joining") and verb.head.i < c.i < verb.i for c in beside)


def negates(word: Token) -> bool:
    """Whether a child of a verb turns its clause round: *not*, *never*, *hardly*; not *not only*."""
    if word.dep_ == "neg":
        return True
    if word.lower_ in _words("adverbs"):
        return word.dep_ != "preconj"
    return word.lower_ in _words("joining") and word.i < word.head.i


def is_nobody(noun: Token) -> bool:
    """Whether a noun or pronoun stands for none: *nobody*, *none of them*, *neither company*, *no-one*."""
    # Of *no-one* the parser makes each part a subject.
    alone = noun.lower_ in _words("pronouns") or noun.lower_ in _words("determiners")
    return alone or any(c.dep_ == "det" and c.lower_ in _words("determiners") for c in noun.children)


@cache
def negation_words() -> frozenset[str]:
    """All words that negate, for stretches of words that the parse may have wrong."""
    return _words("adverbs") | _words("joining") | _words("pronouns") | _words("determiners")


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load_lexicon("hedges")["negation"][key])
