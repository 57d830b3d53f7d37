"""What the words around a word of saying leave unsaid: *without saying P*, *stopped short of saying P*."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Range, root_of
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.negation import is_negated

_IDIOMS = frozenset(("go",))
"""*It goes without saying that P* says P."""


def is_left_undone(doc: Doc, cue: Range) -> bool:
    """Whether a cue names something said that was not said, without a word that negates its clause.

    Three ways of English: a phrase of lack (*without*, *instead of*, *short of*, *close to*), a verb that
    implies that its complement is not so (*failed to mention*, *avoided saying*; Karttunen 1971), and an
    adverb that comes near and no nearer (*almost admitted*).

    Args:
        doc: the doc.
        cue: the cue's token range.
    """
    root = root_of(doc, cue)
    words = [t for t in doc[cue[0] : cue[1]] if t.tag_.startswith("VB") or t.pos_ == "NOUN"]
    if cue_lexicon().reports(root) == "speech":
        # *said without further comment*: what follows the verb is how it was said.
        words = [root]
    return any(_lacks(doc, t) or is_avoided(t) or _is_neared(t) for t in words)


def governor_of(verb: Token) -> Token:
    """The verb that says whether what `verb` names is done: *failed to mention*, *refrained from calling*."""
    if verb.dep_ == "xcomp":
        return verb.head
    return verb.head.head if verb.dep_ == "pcomp" else verb


def _lacks(doc: Doc, word: Token) -> bool:
    """Whether a phrase of lack stands directly before the verb or the noun phrase."""
    first = word.left_edge.i if word.pos_ == "NOUN" else _first_of_group(word)
    before = doc[first - 1].lower_ if first else ""
    for phrase in _phrases():
        start = first - len(phrase)
        if phrase[-1] != before or start < 0 or tuple(t.lower_ for t in doc[start:first]) != phrase:
            continue
        by = governor_of(word) if word.dep_ == "pcomp" else doc[start].head
        if by.lemma_ not in _IDIOMS and not is_negated(by):
            return True
    return False


def _first_of_group(verb: Token) -> int:
    """Where the verb with its auxiliaries and adverbs begins."""
    before = [c.i for c in verb.children if c.i < verb.i and c.dep_ in ("aux", "auxpass", "advmod")]
    return min((*before, verb.i))


def is_avoided(verb: Token) -> bool:
    """Whether the verb above implies that what this one names was not done: *forgot to* **mention**."""
    by = governor_of(verb)
    return by != verb and by.lemma_.lower() in _withholding() and not is_negated(by)


def _is_neared(verb: Token) -> bool:
    near = (c for c in verb.children if c.i < verb.i and c.dep_ == "advmod")
    return verb.tag_.startswith("VB") and any(c.lower_ in _near() for c in near)


@cache
def _phrases() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(p.split()) for p in load_lexicon("hedges")["negation"]["lacking"])


@cache
def _withholding() -> frozenset[str]:
    return frozenset(load_lexicon("hedges")["withholding"]["verbs"])


@cache
def _near() -> frozenset[str]:
    return frozenset(load_lexicon("hedges")["negation"]["approximators"])
