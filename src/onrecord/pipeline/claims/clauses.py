"""Sentences, clauses and minimal spans in token ranges."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Range, get_blocks
from onrecord.pipeline.base.tokenization import DOUBLE_MARKS
from onrecord.pipeline.language.function_words import FINITE
from onrecord.pipeline.language.negation import negates

__all__ = [
    "CONTRASTS",
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
]

MARKS = frozenset(DOUBLE_MARKS)
OPENING = frozenset({"'", "‘"})
CLOSING = frozenset({"'", "’"})
"""Single marks around a term inside what is said."""
LOOSE = frozenset({"with", "by", "including"})
"""Prepositions that a claim loses where another claim has what they go with."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
CONTRASTS = frozenset({"while", "whereas", "although", "though"})
"""Subordinators whose clause asserts something of its own against the main clause (concession and
contrast: Quirk et al. 1985, 15.39-15.43)."""
SHED = CONTRASTS | {"as", "because"}
"""Subordinators that a clause which stands alone can lose and still says the same."""
OPENERS = frozenset({"CCONJ", "PUNCT", "SPACE"})
PREDICATES = frozenset({"VERB", "AUX"})
ASKING = frozenset({"whether", "if", "how", "why", "what", "who", "when", "where", "which", "about"})


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
    start, end = span
    # By place: a span made for it takes as long as all the rest.
    words = map(doc.__getitem__, range(start, end))
    tops = [t for t in words if (head := t.head.i) == t.i or not start <= head < end]
    tops = [t for t in tops if not (t.is_punct or t.is_space)] or tops
    if len(tops) == 1:
        return tops[0].i
    return max(tops, key=lambda t: (t.pos_ in PREDICATES, t.right_edge.i - t.left_edge.i, -t.i)).i


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


def _opened(doc: Doc, start: int, end: int) -> bool:
    """Whether a single mark stands open in the range; apostrophes of possessives are none."""
    single = [t for t in doc[start:end] if t.text in CLOSING | OPENING and t.tag_ != "POS"]
    return len(single) % 2 == 1


def _strip_left(doc: Doc, start: int, end: int) -> bool:
    t = doc[start]
    if t.text in MARKS:
        return count_marks(doc, start, end) % 2 == 1
    if t.lower_ == "that":
        return t.dep_ == "mark" or t.tag_ == "IN" or _goes_on(t, end)
    if t.text in OPENING and any(u.text in CLOSING and u.tag_ != "POS" for u in doc[start + 1 : end - 1]):
        return False
    if negates(t) or t.lower_ == "nor":
        return False  # *Nor did she sign*: without the first word it says the opposite
    if t.dep_ == "mark":
        # Not where the main clause follows: *while the mill closed, the town grew*.
        return t.lower_ in SHED and t.head.i == head_of(doc, (start, end))
    if t.pos_ == "ADV" and not start <= t.head.i < end:
        return True
    return t.pos_ in OPENERS and t.text not in "([#$"


def _goes_on(that: Token, end: int) -> bool:
    """*(Said trains were late) and that waits were long*: a second clause, read as *that* and a noun.

    The clause has a subject of its own behind the word. Where the parser makes the word part of that subject,
    the noun is plural, or the clause before opens with *that* too.
    """
    doc = that.doc
    if that.i == 0 or that.i + 1 >= end or doc[that.i - 1].pos_ != "CCONJ":
        return False
    if that.dep_ in SUBJECTS:
        behind = (c for c in that.head.children if c.dep_ in SUBJECTS and c.i > that.i)
        return any(c.pos_ != "PRON" or c.tag_ == "PRP" for c in behind)
    if that.dep_ != "det" or that.head.i < that.i:
        return False
    i = that.head.i
    while i + 1 < end and doc[i + 1].pos_ in ("NOUN", "PROPN"):
        i += 1
    if doc[i].tag_ in ("NNS", "NNPS"):
        return True
    clause = next((a for a in that.head.ancestors if a.pos_ in PREDICATES), that.head)
    opens = (c for c in clause.head.children if c.dep_ == "mark")
    return clause.dep_ == "conj" and any(c.lower_ == "that" for c in opens)


def _strip_right(doc: Doc, start: int, end: int) -> bool:
    t = doc[end - 1]
    if t.text in MARKS:
        return count_marks(doc, start, end) % 2 == 1
    if t.text in ")]%?" or (t.text in CLOSING and _opened(doc, start, end - 1)):
        return False
    if t.tag_ in ("WDT", "WP", "WRB") and t.head.i >= end:
        return True
    if t.dep_ == "prep" and t.lower_ in LOOSE and t.right_edge.i >= end:
        return t.lower_ == "with" or t.head.i != head_of(doc, (start, end))
    if t.pos_ == "PRON" and t.dep_ in SUBJECTS and t.head.i >= end:
        return True
    if t.dep_ == "mark" and t.head.i >= end:
        return True
    return t.is_space or t.is_punct or t.pos_ == "CCONJ"
