"""Bodies by number: *School No. 5*, *Teamsters Local 88*, *Channel 9*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import DETERMINERS, Words, org_words

NUMBER = frozenset(("no", "nº", "n°"))
"""Words before a number, without their stop."""

PARTS = frozenset(("ORG", "PLACE", "NORP", "PRODUCT", ""))
"""What the words before a number may have been taken for."""

DIGITS = 4
"""Digits of a body's number at most; four that may be a year are none behind a bare word."""


@cache
def numbered_words() -> frozenset[str]:
    """Words for bodies that a number follows at once."""
    return frozenset(load_lexicon("organisations")["names"]["numbered"])


def with_numbers(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans with the numbers of bodies, and bodies that were found by nothing but their number.

    Args:
        words: the document.
        spans: in text order, none overlapping another.
    """
    out: list[NameSpan] = []
    for span in spans:
        if out and span.start < out[-1].end:
            continue
        end = _numbered_end(words, span) if span.label in ("ORG", "PLACE", "PRODUCT", "") else span.end
        if end == span.end:
            out.append(span)
            continue
        start = span.start
        if words.low[start] in numbered_words():
            # *United*, *Machinists*, *Local 417*: parts of one name that were found apart.
            while out and out[-1].end == start and out[-1].label in PARTS and _leads(words, start - 1):
                start = out.pop().start
            start = _start(words, start, out[-1].end if out else 0)
        out.append(replace(span, start=start, end=end, label="PLACE" if span.label == "PLACE" else "ORG"))
    taken = {i for s in out for i in range(s.start, s.end)}
    found = _alone(words, taken)
    return sorted([*out, *found], key=lambda s: s.start)


def _numbered_end(words: Words, span: NameSpan) -> int:
    """End of the name with its number; its own end if it has none."""
    head = span.end - 1
    if words.low[head] in NUMBER and len(span) > 1:
        return _behind_sign(words, head) or span.end
    return _end_of_number(words, head) or span.end


def _end_of_number(words: Words, head: int) -> int:
    """The token after the number that follows a word for a body; 0 where none does."""
    i, low = head + 1, words.low[head]
    if i + 1 >= len(words) or words.line[i] != words.line[head]:
        return 0
    orgs = org_words()
    if words.low[i] in NUMBER and words.capital[i] and low in orgs.suffixes | orgs.heads | numbered_words():
        return _behind_sign(words, i)
    if low not in numbered_words() or not words.text[i].isdigit() or len(words.text[i]) > DIGITS:
        return 0
    return 0 if words.text[i][:2] in ("19", "20") and len(words.text[i]) == DIGITS else i + 1


def _behind_sign(words: Words, sign: int) -> int:
    """The token after the number behind *No.*; 0 if there is none."""
    i = sign + 1 + (words.text[sign + 1 : sign + 2] == ["."])
    number = i < len(words) and words.text[i].isdigit() and words.line[i] == words.line[sign]
    return i + 1 if number else 0


def _alone(words: Words, taken: Set[int]) -> Iterator[NameSpan]:
    """Bodies by number that no span covers, with the capitals before them."""
    for i in range(len(words)):
        known = words.capital[i] and words.low[i] in numbered_words() and not words.shown[i]
        end = _end_of_number(words, i) if known else 0
        if not end or not taken.isdisjoint(range(i, end)):
            continue
        begin = max((k + 1 for k in taken if k < i), default=0)
        yield NameSpan(_start(words, i, begin), end, "ORG", "run")


def _start(words: Words, i: int, begin: int) -> int:
    """First token of a name with the capitals before it from `begin` on: **Teamsters** *Local 88*."""
    start = i
    while start > begin and _leads(words, start - 1):
        start -= 1
    return start


def _leads(words: Words, i: int) -> bool:
    """Whether a word with a capital belongs to the name behind it: **Teamsters** *Local 88*."""
    noun = words.doc[i].tag_ in ("NNP", "NNPS", "NNS")
    return (
        noun and words.capital[i] and words.line[i] == words.line[i + 1] and words.low[i] not in DETERMINERS
    )
