"""What of a sentence is left to its author beside what attributions say, where it still says something."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.claims.clauses import PREDICATES, has_finite_clause, head_of, is_finite

__all__ = ["asserts", "breaks_off", "coverage", "free_run", "hangs", "run_around", "without_preposition"]

WANTING = frozenset({"dobj", "ccomp", "xcomp", "pcomp", "pobj", "attr", "acomp", "oprd"})
"""What a verb or preposition takes and cannot be read without."""


def coverage(doc: Doc, attributions: Sequence[Attribution]) -> list[bool]:
    """Which tokens attributions speak for. A source stays the author's where it is the subject of
    another verb than the cue: *the ministry sacked two officials, saying …*."""
    covered = [False] * len(doc)
    for a in attributions:
        ranges = list(a.contents)
        if a.cue:
            ranges.append(a.cue)
        if a.source:
            verb = doc[head_of(doc, a.source)].head
            elsewhere = verb.pos_ in ("VERB", "AUX") and not _holds(a.cue, verb.i)
            if not elsewhere or any(_holds(c, verb.i) for c in a.contents):
                ranges.append(a.source)
        for start, end in ranges:
            covered[start:end] = [True] * (end - start)
    return covered


def _holds(span: Range | None, i: int) -> bool:
    return span is not None and span[0] <= i < span[1]


def asserts(doc: Doc, span: Range) -> bool:
    """Whether a finite verb leads the range, with its subject in it or before it."""
    head = doc[head_of(doc, span)]
    if head.lemma_ == "be" and head.i + 1 == span[1] < len(doc) and doc[span[1]].text == ":":
        return False  # *The evidence is:*, before a list.
    return is_finite(head) or has_finite_clause(doc, span)


def breaks_off(doc: Doc, span: Range, covered: Sequence[bool]) -> bool:
    """*This raises*, *opened her remarks by*: what the verb or its preposition takes is another's content."""
    head = doc[head_of(doc, span)]
    last = doc[span[1] - 1]
    if last.pos_ in PREDICATES or last.head.i == head.i:
        return _wants(last, span, covered)
    return head.pos_ in PREDICATES and not _complete(head, span) and _wants(head, span, covered)


def without_preposition(doc: Doc, span: Range, covered: Sequence[bool]) -> Range:
    """*Left in protest* of *left in protest at what they called …*."""
    last = doc[span[1] - 1]
    loose = last.dep_ == "prep" and last.head.pos_ not in PREDICATES and _wants(last, span, covered)
    return (span[0], span[1] - 1) if loose else span


def hangs(doc: Doc, span: Range) -> bool:
    """*That she described as indecent*: a relative clause without what it is about."""
    first = doc[span[0]]
    if first.tag_ == "IN" and span[0] + 1 < span[1]:
        first = doc[span[0] + 1]
    return first.tag_ in ("WDT", "WP$") and doc[head_of(doc, span)].dep_ == "relcl"


def _wants(t: Token, span: Range, covered: Sequence[bool]) -> bool:
    outside = (c for c in t.children if c.dep_ in WANTING and not span[0] <= c.i < span[1])
    return any(covered[c.i] for c in outside)


def _complete(verb: Token, span: Range) -> bool:
    """Whether the verb has something that it takes within the range."""
    taken = (c for c in verb.children if c.dep_ in WANTING or c.dep_ == "prep")
    return any(c.i > verb.i and span[0] <= c.i < span[1] for c in taken)


def run_around(unit: Range, head: int, covered: Sequence[bool]) -> Range:
    """The stretch of the unit around `head` that no attribution covers."""
    start = end = head
    while start > unit[0] and not covered[start - 1]:
        start -= 1
    while end + 1 < unit[1] and not covered[end + 1]:
        end += 1
    return start, end + 1


def free_run(unit: Range, covered: Sequence[bool]) -> Range | None:
    """The longest run of the unit that no attribution covers, if it is most of the unit."""
    best = (unit[0], unit[0])
    start = unit[0]
    for i in range(unit[0], unit[1] + 1):
        if i == unit[1] or covered[i]:
            best = max(best, (start, i), key=lambda r: r[1] - r[0])
            start = i + 1
    return best if 2 * (best[1] - best[0]) > unit[1] - unit[0] else None
