"""What the words around one mention of a name say of its type."""

from __future__ import annotations

from collections import defaultdict

from onrecord.pipeline.language.speech_verbs import speech_verbs
from onrecord.pipeline.names.roles_apposed import role_after
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import POSSESSIVES, Words, person_words

Votes = defaultdict[str, float]

MODIFIERS = frozenset(("compound", "nmod", "amod"))
OPENERS = frozenset(("“", '"', "``"))
CLOSERS = frozenset(("”", '"', "''"))
MIN_FULL = 2
"""Words of a name that can hold a given name and a surname."""
PLACE_PREPOSITIONS = frozenset(("in", "near", "across", "throughout", "outside", "inside"))


def context_votes(words: Words, span: NameSpan) -> Votes:
    """What the words around one mention say."""
    votes: Votes = defaultdict(float)
    people = person_words()
    start, end = span.start, span.end
    if span.honorific:
        votes["PERSON"] += 4.0
    elif (
        span.role is not None and span.role[1] == start and words.low[start - 1] not in ("official", "member")
    ):
        votes["PERSON"] += 2.5 if words.word(start - 1) in people.offices else 1.0
    before = words.low[start - 1] if start and words.line[start - 1] == words.line[start] else ""
    following = words.low[end] if end < len(words) and words.line[end] == words.line[start] else ""
    second = words.low[end + 1] if end + 1 < len(words) else ""
    if before == "the" and not words.shown[start]:
        votes["PERSON"] -= 1.5
        votes["ORG"] += 0.5
    if before == "the" and words.low[start - 2] in (*PLACE_PREPOSITIONS, "at", "to", "from"):
        votes["PLACE"] += 0.7
    if before in ("from", "to", "at"):
        votes["PLACE"] += 0.8 if before == "from" else 0.3
    if before in PLACE_PREPOSITIONS:
        votes["PLACE"] += 0.8
        votes["PERSON"] -= 0.3
    if before == "by":
        votes["PERSON"] += 0.7
    if before in OPENERS and following in CLOSERS:
        votes["WORK"] += 1.0
    if following == "who" or (following == "," and second == "who"):
        votes["PERSON"] += 2.0
    if following == "," and second.isdigit() and 2 <= len(second) <= 3:
        votes["PERSON"] += 2.0
    votes["PERSON"] += _grammar_votes(words, span, following)
    if role_after(words, end) is not None:
        votes["PERSON"] += 2.5
    if following in ("himself", "herself"):
        votes["PERSON"] += 3.0
    return votes


def _grammar_votes(words: Words, span: NameSpan, following: str) -> float:
    """How much a mention's place in the sentence speaks for a person."""
    root = words.root(span.start, span.end)
    if span.start and words.low[span.start - 1] == "the":
        return 0.0
    value = 0.0
    if root.dep_ == "nsubj":
        value += 1.2 if root.head.lemma_.lower() in speech_verbs() else 0.5
    elif root.dep_ in MODIFIERS:
        value -= 0.5
    if following in ("'s", "'"):
        value += 0.4
    if root.dep_ == "conj" and root.head.ent_type_ == "PERSON":
        value += 0.8
    return value


def is_told_for_a_body(words: Words, span: NameSpan) -> bool:
    """Whether a name of several words behind a genitive is told or asked: *he told Radio X's | Ann Lee |*.

    Bodies send people to ask; what else they own is not told.
    """
    start, end = span.start, span.end
    if end - start < MIN_FULL or start < MIN_FULL or words.text[start - 1] not in POSSESSIVES:
        return False
    root = words.root(start, end)
    told = root.dep_ in ("dobj", "dative") and root.head.lemma_.lower() in speech_verbs()
    return told and words.capital[start - 2] and all(words.capital[i] for i in range(start, end))
