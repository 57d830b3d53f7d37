"""Where sources, cues and contents begin and end, by the rules of the data contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of, particles
from onrecord.pipeline.language.function_words import PAUSES, REFLEXIVES

VERB_GROUP = frozenset(("aux", "auxpass", "neg"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_MARKS = frozenset(('"', "“", "”", "''", "``", "‘", "’", "'", "„", "«", "»"))
_TRIM_RIGHT = PAUSES | {";", ":", "…"}
_PLAIN_STOPS = frozenset((".",))
_LOOSE = PAUSES | {";", ":", ".", "”", '"', "’", "''"}
_NOT_OF_NAMES = frozenset(("in", "on", "at", "during", "after", "before", "to"))
_GOVERNED = frozenset(("about", "for", "to", "of", "against", "on", "with", "at"))


def trim(doc: Doc, span: Range, *, keep_stop: bool = False) -> Range | None:
    """Cut spaces, commas and dashes off both ends, and a full stop off the end."""
    start, end = span
    while start < end and (doc[start].is_space or doc[start].text in _TRIM_RIGHT or doc[start].text == "."):
        start += 1
    while end > start:
        last = doc[end - 1]
        lone = last.text in (")", "]") and not any(t.text in ("(", "[") for t in doc[start : end - 1])
        stop = last.text in _PLAIN_STOPS and not keep_stop
        if last.is_space or last.text in _TRIM_RIGHT or stop or lone:
            end -= 1
        else:
            break
    return (start, end) if end > start else None


def subtree_range(
    word: Token, *, without: Iterable[Token] = (), low: int = 0, high: int | None = None
) -> Range:
    """First and last token of a subtree, some branches left out, within [low, high)."""
    high = len(word.doc) if high is None else high
    left = right = word.i
    stack = [word]
    barred = {t.i for t in without}
    while stack:
        token = stack.pop()
        left, right = min(left, token.i), max(right, token.i)
        stack.extend(c for c in token.children if c.i not in barred and low <= c.i < high)
    return left, right + 1


def cue_range(verb: Token) -> Range:
    """The verb group: auxiliaries, negation and adverbs before the verb, its particle after it."""
    doc = verb.doc
    members = {verb.i}
    for child in verb.children:
        if (
            child.i < verb.i
            and (child.dep_ in VERB_GROUP or (child.dep_ == "advmod" and verb.i - child.i < 4))
        ) or (child.dep_ == "prt" and child.i <= verb.i + 2):
            members.add(child.i)
    if lemma_of(verb) in cue_lexicon().heads:
        following = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
        known = cue_lexicon().entries
        lemma = lemma_of(verb)
        if following is not None and any(f"{lemma} {following.lower_}" in t for t in known.values()):
            members.add(following.i)
    start = verb.i
    while start - 1 in members:
        start -= 1
    end = verb.i + 1
    while end in members:
        end += 1
    return start, end


def source_range(head: Token, *, low: int, high: int) -> Range | None:
    """The noun phrase of `head` with title, age and apposition, inside [low, high).

    A relative clause set off by a comma, a participle clause after a comma and a possessive ending
    are left out, whichever noun of the phrase they belong to.
    """
    doc = head.doc
    members: set[int] = set()
    stack = [head]
    begin, end = low, high
    while stack:
        token = stack.pop()
        members.add(token.i)
        for child in token.children:
            if _set_off(token, child):
                left, right = subtree_range(child)
                if child.i > head.i:
                    end = min(end, left)
                else:
                    begin = max(begin, right)
            elif low <= child.i < high:
                stack.append(child)
    members = {i for i in members if begin <= i < end} | {head.i}
    start, end = min(members), max(members) + 1
    while start < end and (doc[start].is_space or (doc[start].is_punct and doc[start].text not in "([#@$")):
        start += 1
    while end > start and _loose_end(doc[end - 1]):
        end -= 1
    return (start, end) if end > start else None


def _loose_end(token: Token) -> bool:
    return token.is_space or token.text in _LOOSE or token.tag_ == "POS"


def _set_off(head: Token, child: Token) -> bool:
    """Whether a modifier of a source stands outside it: a clause after a comma, a case ending."""
    doc = head.doc
    if (
        child.dep_ == "prep"
        and child.i > head.i
        and head.ent_type_ == "PERSON"
        and child.lower_ in _NOT_OF_NAMES
    ):
        return not any(c.ent_type_ in ("GPE", "LOC", "ORG", "FAC") for c in child.subtree)
    if child.i < head.i and child.tag_ in ("VBG", "VBN") and child.dep_ in ("advcl", "acl", "ccomp", "dep"):
        # *Writing in a blog post, | Ann Lee*
        return subtree_range(child)[1] < head.i and any(t.text == "," for t in doc[child.i : head.i])
    if child.dep_ in ("relcl", "acl", "advcl", "parataxis", "ccomp"):
        left = subtree_range(child)[0]
        return child.i > head.i and left > 0 and doc[left - 1].text in (",", "—", "–", "-", "(")
    return (
        child.dep_ in ("punct", "prep", "conj", "cc")
        and child.i > head.i
        and child.text in ("—", "–", "--", ";", ":")
    )


def subject_of(verb: Token) -> Token | None:
    """The verb's subject: its own, or the one it shares with the verb it depends on."""
    own = _own_subject(verb)
    if own is not None:
        return own
    seen = {verb.i}
    word = verb
    while (
        word.dep_ in ("conj", "xcomp", "advcl", "aux", "dep", "ccomp", "pcomp", "prep", "acl")
        and word.head.i not in seen
    ):
        previous, word = word, word.head
        seen.add(word.i)
        if previous.dep_ == "ccomp" and previous.tag_ != "VBG":
            return None
        if previous.dep_ == "acl" and word.pos_ in ("NOUN", "PROPN", "PRON"):
            return word
        found = _own_subject(word)
        if found is not None:
            return found
    if verb.dep_ == "relcl":
        return verb.head
    return None


def _own_subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
            return child
    return None


def agent_of(verb: Token) -> Token | None:
    """The noun after *by* of a passive verb."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return None


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive."""
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children) and not _is_perfect(verb)


def _is_perfect(verb: Token) -> bool:
    """Whether *'s*, as the parser has it *is*, is *has*: *who's called for a vote* has its object."""
    short = any(c.dep_ == "auxpass" and c.lower_ in ("'s", "’s") for c in verb.children)
    if not short or any(c.dep_ in ("xcomp", "agent") for c in verb.children):
        return False
    preposition = governed(verb)
    phrase = preposition is not None and f"{lemma_of(verb)} {preposition.lower_}"
    return phrase in cue_lexicon().entries["object"] or any(
        c.dep_ in ("dobj", "ccomp") for c in verb.children
    )


def is_reflexive(word: Token) -> bool:
    """Whether the word is a reflexive pronoun."""
    return word.lower_ in REFLEXIVES


def governed(verb: Token) -> Token | None:
    """The preposition that makes a phrase with the verb: *call for*, *refer to*."""
    names = particles(verb)
    for child in verb.children:
        if child.dep_ == "prep" and child.i > verb.i and child.lower_ in _GOVERNED and child.lower_ in names:
            return child
    return None


def is_mark(token: Token) -> bool:
    """Whether the token is a quotation mark."""
    return token.text in _MARKS


def covers(spans: Iterable[Range], test: Callable[[int], bool]) -> bool:
    """Whether any token of `spans` passes `test`."""
    return any(test(i) for start, end in spans for i in range(start, end))
