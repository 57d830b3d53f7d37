"""Sentences, clauses and minimal spans in token ranges: where a stretch of text can be cut."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Range, get_blocks
from onrecord.pipeline.edges import FINITE
from onrecord.pipeline.negation import negates

__all__ = [
    "MARKS",
    "PREDICATES",
    "SUBJECTS",
    "count_marks",
    "has_finite_clause",
    "head_of",
    "is_asked",
    "is_finite",
    "sentence_ranges",
    "trim",
    "units",
]

MARKS = frozenset({'"', "“", "”", "„", "‟", "«", "»", "''", "``", "″"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
CONTRASTS = frozenset({"while", "whereas", "although", "though"})
"""Subordinators whose clause asserts something of its own against the main clause (concession and
contrast: Quirk et al. 1985, 15.39-15.43)."""
OPENERS = frozenset({"CCONJ", "PUNCT", "SPACE"})
PREDICATES = frozenset({"VERB", "AUX"})
ASKING = frozenset({"whether", "if", "how", "why", "what", "who", "when", "where", "which", "about"})
LEAST = 3
"""Tokens of the shortest piece that a cut may leave."""


def has_finite_clause(doc: Doc, span: Range) -> bool:
    """Whether a verb with its own subject stands in the token range."""
    return any(
        t.dep_ in SUBJECTS and t.head.pos_ in PREDICATES and span[0] <= t.head.i < span[1]
        for t in doc[span[0] : span[1]]
    )


def is_finite(verb: Token) -> bool:
    """Whether the verb or one of its auxiliaries has a tense or a modal."""
    return verb.tag_ in FINITE or any(
        c.tag_ in FINITE and c.dep_ in ("aux", "auxpass") for c in verb.children
    )


def is_asked(t: Token) -> bool:
    """*Asked whether P, half said yes*: whether a sentence opens with this participle and its question."""
    after = t.doc[t.i + 1] if t.i + 1 < len(t.doc) else None
    return t.is_sent_start is True and t.lower_ == "asked" and after is not None and after.lower_ in ASKING


def sentence_ranges(doc: Doc) -> list[Range]:
    """The sentences in tokens, cut where a block begins, white space trimmed off."""
    starts = {b.start for b in get_blocks(doc)}
    starts |= {t.i for t in doc if t.i == 0 or (t.is_sent_start and not _runs_on(t))}
    out = []
    for start, end in pairwise([*sorted(starts), len(doc)]):
        while start < end and doc[start].is_space:
            start += 1
        while end > start and doc[end - 1].is_space:
            end -= 1
        if start < end:
            out.append((start, end))
    return out


def _runs_on(t: Token) -> bool:
    """Whether the parser starts a sentence within a run of words, or behind *…," she said, "*."""
    first, before = t, t.nbor(-1)
    if t.text in MARKS and t.i + 1 < len(t.doc):
        first = t.nbor()
    while before.text in MARKS and before.i > 0:
        before = before.nbor(-1)
    return first.is_lower and (before.is_alpha or before.text == ",")


def head_of(doc: Doc, span: Range) -> int:
    """The token of the range that governs the others: the highest, a verb before others."""
    tops = [t for t in doc[span[0] : span[1]] if _leads(t, span)]
    tops = [t for t in tops if not (t.is_punct or t.is_space)] or tops
    return max(tops, key=lambda t: (t.pos_ in PREDICATES, t.right_edge.i - t.left_edge.i, -t.i)).i


def _leads(t: Token, span: Range) -> bool:
    head = t.head.i
    return head == t.i or not span[0] <= head < span[1]


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
    return sorted(c for c in cuts if span[0] < c < span[1] and not _dangles(doc, c))


def _clause_cuts(doc: Doc, t: Token, span: Range) -> Iterator[int]:
    if t.dep_ == "conj":
        first = t.head
        while first.dep_ == "conj" and first.head.i >= span[0]:
            first = first.head
        if not _leads(first, span) or first.i >= t.left_edge.i:
            return
        own_subject = any(c.dep_ in SUBJECTS and c.i < t.i for c in t.children)
        # *Was "stubborn, and made the worst choices"*: a cut would open the marks.
        marked = count_marks(doc, span[0] + 1, t.left_edge.i) % 2 == 1
        adds = _after_comma(doc, t) and telling(doc, (t.left_edge.i, t.right_edge.i + 1))
        if own_subject or (adds and not marked):
            # *Nor* hangs on the clause before.
            yield t.left_edge.i - (doc[t.left_edge.i - 1].lower_ == "nor")
    elif t.dep_ == "advcl" and ((_leads(t.head, span) and _contrasts(t)) or _adds(doc, t)):
        yield t.left_edge.i
        yield t.right_edge.i + 1


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
    return has_finite_clause(doc, (span[0], i)) and has_finite_clause(doc, (i, span[1]))


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


def trim(doc: Doc, span: Range) -> Range:
    """Take marks around it, an introducing *that* or conjunction and closing punctuation off."""
    start, end = span
    while True:
        before = (start, end)
        while start < end and _strip_left(doc, start, end):
            start += 1
        while end > start and _strip_right(doc, start, end):
            end -= 1
        if end - start > 1 and _wrapped(doc, start, end):
            start, end = start + 1, end - 1
        if (start, end) == before:
            return start, end


def count_marks(doc: Doc, start: int, end: int) -> int:
    """How many double quotation marks stand in the token range."""
    return sum(t.text in MARKS for t in doc[start:end])


def _wrapped(doc: Doc, start: int, end: int) -> bool:
    return doc[start].text in MARKS and doc[end - 1].text in MARKS and count_marks(doc, start, end) == 2


def _strip_left(doc: Doc, start: int, end: int) -> bool:
    t = doc[start]
    if t.text in MARKS:
        return count_marks(doc, start, end) % 2 == 1
    if t.lower_ == "that":
        return t.dep_ == "mark" or t.tag_ == "IN"
    if negates(t) or t.lower_ == "nor":
        return False  # *Nor did she sign*: without the first word it says the opposite
    if t.dep_ == "mark":
        return t.lower_ in CONTRASTS or (t.lower_ == "as" and t.head.left_edge.i == start)
    if t.pos_ == "ADV" and not start <= t.head.i < end:
        return True
    return t.pos_ in OPENERS and t.text not in "([#$"


def _strip_right(doc: Doc, start: int, end: int) -> bool:
    t = doc[end - 1]
    if t.text in MARKS:
        return count_marks(doc, start, end) % 2 == 1
    if t.text in ")]%?":
        return False
    if t.tag_ in ("WDT", "WP", "WRB") and t.head.i >= end:
        return True
    if t.dep_ == "prep" and t.lower_ == "with" and t.right_edge.i >= end:
        return True
    if t.dep_ == "mark" and t.head.i >= end:
        return True
    return t.is_space or t.is_punct or t.pos_ == "CCONJ"
