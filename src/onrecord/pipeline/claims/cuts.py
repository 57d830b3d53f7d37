"""Where a sentence is cut into its unlike claims, and where not: what a part could not say alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Range
from onrecord.pipeline.claims.clauses import (
    CONTRASTS,
    MARKS,
    PREDICATES,
    SUBJECTS,
    count_marks,
    has_finite_clause,
    head_of,
    is_asked,
    is_finite,
    trim,
)
from onrecord.pipeline.names.nominal_words import nominal_words

__all__ = ["units"]

LEAST = 3
"""Tokens of the shortest piece that a cut may leave."""
DASHES = frozenset({"—", "–", "―", "-", "--"})
ANAPHORIC = frozenset({"those", "these", "such"})


def units(doc: Doc, span: Range) -> list[Range]:
    """Cut a token range, all in one sentence, into its unlike claims, each trimmed.

    It is cut before a coordinated clause with a subject of its own, around a clause of contrast, at
    a semicolon between clauses, and, where they bring a figure or a superlative, before *with* and a
    clause and before a coordinated predicate after a comma. A piece of fewer than three tokens undoes
    the cuts. What people answered is not cut from what they were asked.
    """
    if is_asked(doc[span[0]]):
        return [trim(doc, span)]
    pieces = [trim(doc, r) for r in pairwise([span[0], *_cuts(doc, span), span[1]])]
    pieces = [r for r in pieces if r[0] < r[1]]
    if any(end - start < LEAST for start, end in pieces):
        pieces = [trim(doc, span)]
    return [r for r in pieces if r[0] < r[1]]


def _cuts(doc: Doc, span: Range) -> list[int]:
    cuts: set[int] = set()
    for t in doc[span[0] : span[1]]:
        if t.text == ";" and _both_sides(doc, span, t.i):
            cuts.add(t.i)
        elif t.dep_ == "prep" and t.lower_ == "with" and _absolute(doc, t, span):
            cuts |= {t.i + 1, t.right_edge.i + 1}
        elif t.pos_ in PREDICATES:
            cuts.update(_clause_cuts(doc, t, span))
    inside = (c for c in cuts if span[0] < c < span[1])
    return sorted(c for c in inside if not _dangles(doc, c) and not _breaks_marks(doc, span, c))


def _clause_cuts(doc: Doc, t: Token, span: Range) -> Iterator[int]:
    start, end = t.left_edge.i, t.right_edge.i + 1
    if t.dep_ == "conj":
        first = t.head
        while first.dep_ == "conj" and first.head.i >= span[0]:
            first = first.head
        if not _leads(first, span) or first.i >= start or not _is_second(first, t, span):
            return
        own_subject = any(c.dep_ in SUBJECTS and c.i < t.i for c in t.children) and not _leans(t)
        if own_subject or (_after_comma(doc, t) and telling(doc, (start, end))):
            # *Nor* hangs on the clause before.
            yield start - (doc[start - 1].lower_ == "nor")
    elif t.dep_ == "advcl" and ((_leads(t.head, span) and _contrasts(t)) or _adds(doc, t)):
        later = t if t.i > t.head.i else t.head
        if not _leans(later) and not _takes_another(t):
            yield start
            yield end


def _is_second(first: Token, second: Token, span: Range) -> bool:
    """Whether a second clause is set beside the first one, and says something in its own right.

    Two nouns are none (*Obi and Lang, shouting*), nor what nothing joins (*among 19 the office chose*),
    what is only one of two choices (*either stays or goes*) and what stands in an aside.
    """
    doc, before = second.doc, second.left_edge.i - 1
    if first.pos_ not in PREDICATES or (second.tag_ == "VBG" and not is_finite(second)):
        return False
    # *Increases in wages have helped*: a plural noun is taken for a verb.
    if first.tag_ == "VBZ" and not any(c.dep_ in SUBJECTS for c in first.children):
        return False
    if any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in second.children):
        return False
    while before > first.i and doc[before].pos_ == "ADV":
        before -= 1
    joint = doc[before]
    if joint.lower_ == "or" or not (joint.pos_ in ("CCONJ", "PUNCT") or joint.dep_ == "punct"):
        return False
    while before > first.i and doc[before].pos_ == "CCONJ":
        before -= 1
    closed = range(second.i, span[1])
    return not (
        (doc[before].text in DASHES and any(doc[i].text in DASHES for i in closed))
        or (doc[before].text == "(" and any(doc[i].text == ")" for i in closed))
    )


def _leans(verb: Token) -> bool:
    """Whether its subject says only how many, or points back: *only 14 percent were*, *most of those*."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None:
        return False
    counts = (
        subject.lower_ in nominal_words().quantities
        or subject.lower_ in ("percent", "%")
        or subject.pos_ == "NUM"
    )
    named = any(c.dep_ in ("prep", "acl", "relcl") for c in subject.children)
    return counts and (not named or any(t.lower_ in ANAPHORIC for t in subject.subtree))


def _takes_another(clause: Token) -> bool:
    """*Left while they slept and threw it away*: the last verb may be that of the main clause."""
    last = clause
    while True:
        after = [c for c in last.children if c.dep_ == "conj" and c.pos_ in PREDICATES]
        if not after:
            break
        last = after[-1]
    subjects = any(c.dep_ in SUBJECTS for c in last.children)
    return last.i != clause.i and not subjects and clause.i > clause.head.i


def _breaks_marks(doc: Doc, span: Range, cut: int) -> bool:
    """Whether a cut inside a quotation leaves marks open that trimming does not take off."""
    start, end = trim(doc, span)
    while (
        start < end and (doc[start].is_punct or doc[start].lower_ == "that") and doc[start].text not in MARKS
    ):
        start += 1
    if count_marks(doc, start, cut) % 2 == 0:
        return False
    while end > cut and doc[end - 1].is_punct and doc[end - 1].text not in MARKS:
        end -= 1
    before, after = count_marks(doc, start + 1, cut), count_marks(doc, cut, end - 1)
    return bool(before or after)


def _dangles(doc: Doc, cut: int) -> bool:
    """Whether a preposition or subordinator before the cut goes on behind it (*less than*, *little to*)."""
    last = doc[cut - 1]
    if last.lower_ == "than" or (last.dep_ == "mark" and last.head.i > last.i):
        return True
    before = last.dep_ == "prep" or last.pos_ in ("ADP", "SCONJ")
    return before and last.lower_ != "with" and not doc[cut].is_punct and doc[cut].pos_ != "CCONJ"


def _contrasts(t: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in CONTRASTS for c in t.children)


def _adds(doc: Doc, t: Token) -> bool:
    """*…, as he reportedly called the minister*: a clause after a comma with news of its own."""
    start, end = t.left_edge.i, t.right_edge.i + 1
    mark = any(c.dep_ == "mark" and c.lower_ == "as" for c in t.children)
    if not mark or start == 0 or doc[start - 1].text != ",":
        return False
    hearsay = load_lexicon("hedges")["hearsay"]["adverbs"]
    return telling(doc, (start, end)) or any(c.lower_ in hearsay for c in t.children)


def _both_sides(doc: Doc, span: Range, i: int) -> bool:
    if not has_finite_clause(doc, (span[0], i)) or not has_finite_clause(doc, (i, span[1])):
        return False
    return not _leans(doc[head_of(doc, (i + 1, span[1]))])


def _absolute(doc: Doc, t: Token, span: Range) -> bool:
    """*…, with X defeating Y by five votes*."""
    if not span[0] < t.i or doc[t.i - 1].text != ",":
        return False
    verb = next((c for c in t.children if c.dep_ == "pcomp" and c.tag_ in ("VBG", "VBN")), None)
    if verb is None or not telling(doc, (t.i + 1, t.right_edge.i + 1)):
        return False
    return any(c.dep_ in SUBJECTS for c in verb.children)


def _after_comma(doc: Doc, t: Token) -> bool:
    i = t.left_edge.i - 1
    while i > t.head.i and doc[i].pos_ in ("CCONJ", "ADV"):
        i -= 1
    return doc[i].text == ","


def telling(doc: Doc, span: Range) -> bool:
    """Whether a figure or a superlative stands in the token range."""
    return any(
        t.tag_ in ("JJS", "RBS") or (t.like_num and t.ent_type_ not in ("DATE", "TIME", "ORDINAL"))
        for t in doc[span[0] : span[1]]
    )


def _leads(t: Token, span: Range) -> bool:
    """Whether the range holds nothing above the token."""
    head = t.head.i
    return head == t.i or not span[0] <= head < span[1]
