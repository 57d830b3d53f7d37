"""Names that somebody's office or occupation shows to be no person's: *a waiter at X*, *X captain Ada Lund*.

Counted on the corpus's training and dev parts, gold-news/dev, the examples and gum/fourth: none of 26 names
behind *at*, of 41 behind *in* and *from*, of 2 behind *with* and of 26 before an office and a name is a
person's; of 25 behind *for* two are, so that it says nothing.
"""

from __future__ import annotations

from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.roles import is_agent
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import DETERMINERS, Words, person_words

WORKED_AT = frozenset(("at", "with"))
"""Behind whoever works there."""

COMES_FROM = frozenset(("from", "in"))
"""Behind whoever works or lives there: *a reporter from X* may be of a paper or a town."""


def is_workplace(words: Words, span: NameSpan) -> bool:
    """Whether somebody has an office there: *executives at X*, *X captain Ada Lund*; not *anger at X*.

    Args:
        words: the document.
        span: one mention of the name.
    """
    return _is_behind_office(words, span, WORKED_AT) or has_officer(words, span)


def is_home(words: Words, span: NameSpan) -> bool:
    """Whether somebody with an office is from there, a body or a place: *a columnist in X*.

    Args:
        words: the document.
        span: one mention of the name.
    """
    return _is_behind_office(words, span, COMES_FROM)


def _is_behind_office(words: Words, span: NameSpan, prepositions: frozenset[str]) -> bool:
    joint = span.start - 1
    joint -= joint > 0 and words.low[joint] in DETERMINERS
    i = joint - 1
    if i < 0 or words.low[joint] not in prepositions or words.line[i] != words.line[span.start]:
        return False
    if words.shown[span.start] or words.low[span.end : span.end + 1] in (["'s"], ["'"]):
        return False
    tied = words.root(span.start, span.end).head.i == joint
    doer = singular(words.word(i)) in _offices() or (is_agent(words, i) and words.low[i] not in _kin())
    return tied and words.text[i].islower() and doer


def has_officer(words: Words, span: NameSpan) -> bool:
    """Whether somebody's office stands between the name and theirs: *X captain Ada Lund*.

    Args:
        words: the document.
        span: one mention of the name.
    """
    end = span.end
    if end + 2 >= len(words) or words.shown[span.start] or words.line[end + 2] != words.line[span.start]:
        return False
    full = words.doc[end + 1].ent_type_ == words.doc[end + 2].ent_type_ == "PERSON"
    full = full and words.doc[end + 2].ent_iob_ == "I"
    office = words.text[end].islower() and words.word(end) in _offices() - _of_people()
    seat = words.text[end].isupper() and words.low[end] in person_words().titles  # *X MEP Ada Lund*
    return (office or seat) and full


@cache
def _kin() -> frozenset[str]:
    return person_words().relational | person_words().vague


@cache
def _offices() -> frozenset[str]:
    return person_words().heads - _kin()


@cache
def _of_people() -> frozenset[str]:
    """Offices that a person has people in: *Lund adviser Ada Berg*."""
    return frozenset(load_lexicon("persons")["roles"]["of_people"])
