"""Where each token stands: its sentence, its clause, its quotation and who reports it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from onrecord.pipeline.annotations import Attribution, MarkedSpan, Range
from onrecord.pipeline.names.nominal_words import nominal_words
from onrecord.pipeline.names.words import Words

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
LOCATIVE = frozenset(("in", "at", "near", "from", "through", "outside", "inside", "across"))
"""Prepositions before places."""

ROLES = {"dobj": "object", "dative": "object", "pobj": "oblique", "agent": "oblique", "poss": "possessive"}


def role_of(dependency: str) -> str:
    """The grammatical role that a dependency label stands for."""
    return "subject" if dependency in SUBJECTS else ROLES.get(dependency, "other")


def sentence_numbers(words: Words) -> list[int]:
    """Number of each token's sentence; a line's end closes a sentence too."""
    out, number = [], 0
    for i, token in enumerate(words.doc):
        if i and (token.is_sent_start or words.line[i] != words.line[i - 1]):
            number += 1
        out.append(number)
    return out


def clause_verbs(words: Words) -> list[int]:
    """For each token the verb of its clause, -1 where there is none."""
    away = words.doc.to_array(["HEAD"]).astype(np.int64).ravel()
    heads = (np.arange(len(away)) + away).tolist()
    verbal = [t.pos_ in ("VERB", "AUX") for t in words.doc]
    out = []
    for i in range(len(heads)):
        head = i
        for _ in range(8):
            if heads[head] == head or verbal[heads[head]]:
                break
            head = heads[head]
        verb = heads[head]
        out.append(verb if verbal[verb] and verb != i else -1)
    return out


def quoted(words: Words, marks: Iterable[MarkedSpan]) -> list[bool]:
    """For each token whether it stands inside marked quotation."""
    inside = [False] * len(words)
    for m in marks:
        if m.role == "quote":
            inside[m.start : m.end] = [True] * (m.end - m.start)
    return inside


def reporters(words: Words, attributions: Iterable[Attribution]) -> list[Range]:
    """For each token the source of the innermost attribution whose content it stands in."""
    out: list[Range] = [(0, 0)] * len(words)
    for a in sorted(attributions, key=lambda a: a.start - a.end):
        for start, end in a.contents:
            out[start:end] = [a.source or (0, 0)] * (end - start)
    return out


def verbs_above(clauses: Sequence[int], verb: int) -> frozenset[int]:
    """The verbs that a clause hangs on."""
    above: set[int] = set()
    while verb >= 0 and clauses[verb] not in above and len(above) < 8:
        verb = clauses[verb]
        above.add(verb)
    return frozenset(above - {-1})


def is_expletive(words: Words, i: int) -> bool:
    """Whether *it* refers to nothing: *it is clear that*, *it seems*, *it rained*."""
    token = words.doc[i]
    if token.dep_ == "expl":
        return True
    head = token.head
    if token.dep_ not in SUBJECTS:
        return token.dep_ == "dobj"
    if head.lemma_ in nominal_words().expletive:
        return True
    return head.lemma_ == "be"


def is_extraposed(words: Words, i: int) -> bool:
    """Whether *it* only stands in for a clause to come: *it is hard to imagine that*, *it emerged that*."""
    token = words.doc[i]
    if token.lower_ != "it" or token.dep_ not in SUBJECTS:
        return token.dep_ == "expl"
    verb = token.head
    holders = [verb, *(c for c in verb.children if c.dep_ in ("acomp", "attr", "oprd"))]
    linking = len(holders) > 1 or verb.dep_ == "auxpass" or any(c.dep_ == "auxpass" for c in verb.children)
    clauses = (c for h in holders for c in h.children if c.dep_ in ("xcomp", "ccomp", "csubj") and c.i > i)
    return linking and any(c.pos_ in ("VERB", "AUX") for c in clauses)


def modified_noun(words: Words, i: int) -> int:
    """The noun that *its* takes up inside the noun's own clause, *a war nearing its end*; -1 if none.

    The clause has no subject of its own, or a relative pronoun for it.
    """
    token = words.doc[i]
    if token.dep_ != "poss":
        return -1
    verb = token.head
    while verb.head.i != verb.i and verb.dep_ in ("dobj", "pobj", "prep", "attr", "conj", "compound", "nmod"):
        verb = verb.head
    if verb.dep_ not in ("acl", "relcl") or not verb.head.i < verb.i < i:
        return -1
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    return verb.head.i if all(c.lower_ in ("that", "which", "who") for c in subjects) else -1
