"""Names with the place of a title behind: *Lord* **Sand of Leith**, *the* **Earl of Sand**."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.language.hyphens import HYPHENS
from onrecord.pipeline.names.span import ORDINAL, NameSpan
from onrecord.pipeline.names.words import Words, org_words

MAX_SEAT = 5
"""Tokens of the place at most, hyphens among them: *Burton-upon-Trent*."""

MAX_NAME = 5
"""Tokens of a peer's name at most, hyphens and brackets among them: *Ogle-Sand*, *(Ada) Sand*."""

BESIDE = 3
"""Tokens before a rank in which a number or a noun beside it stands: *the ship, the*."""

NAMESAKES = frozenset(("PRODUCT", "EVENT", "WORK"))
"""What is called after somebody of the rank: *the ship, the Earl of Sand*."""


def with_seats(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans, those of peers with the place of their title as one name.

    Args:
        words: the document.
        spans: in text order, none overlapping another.
    """
    at = {i: s for s in spans for i in range(s.start, s.end)}
    whole = [name for i in range(len(words) - 2) if (name := _peer(words, at, i)) is not None]
    taken = {i for s in whole for i in range(s.start, s.end)}
    kept = [s for s in spans if not taken.intersection(range(s.start, s.end))]
    return sorted([*kept, *whole], key=lambda s: s.start)


def is_rank(key: str) -> bool:
    """Whether a folded name is a rank with its place: *earl of sand*."""
    rank, _, seat = key.partition(" of ")
    return bool(seat) and rank in _ranks()


def _peer(words: Words, at: dict[int, NameSpan], i: int) -> NameSpan | None:
    """The name of the peer whose title stands at a token, with the place of it."""
    low = words.low[i]
    if not words.capital[i] or words.shown[i]:
        return None
    if low in _ranks() and words.low[i + 1] == "of":
        end = _seat_end(words, at, i + 2)
        rank = at.get(i)
        if end is None or (rank is not None and (rank.start < i or rank.end > end)) or _is_other(words, i):
            return None
        label = rank.label if rank is not None and rank.label in NAMESAKES else "PERSON"
        return NameSpan(i, end, label, "run")
    name = at.get(i + 1)
    if low not in _titles() or name is None or name.start != i + 1 or len(name) > MAX_NAME:
        return None
    if words.line[i] != words.line[name.start] or words.low[name.end : name.end + 1] != ["of"]:
        return None
    end = _seat_end(words, at, name.end + 1)
    return None if end is None else replace(name, end=end, label="PERSON")


def _is_other(words: Words, i: int) -> bool:
    """Whether a rank is what somebody named is (*the 2nd Earl of Sand*), or a ship is called by it."""
    before = [w for w in words.low[max(0, i - BESIDE) : i] if w not in ("the", ",")]
    return bool(before) and (ORDINAL.fullmatch(before[-1]) is not None or before[-1] in org_words().vessels)


def _seat_end(words: Words, at: dict[int, NameSpan], start: int) -> int | None:
    """The end of the place of a title that begins at a token; None if no place does."""
    orgs = org_words()
    end = start
    while end < len(words) and end - start < MAX_SEAT and words.line[end] == words.line[start - 1]:
        hyphened = end > start and HYPHENS.intersection(words.text[end - 1 : end + 1])
        if not (words.capital[end] or hyphened) or words.low[end] in orgs.calendar:
            break
        end += 1
    if end == start or words.low[end - 1] in orgs.suffixes | orgs.heads:
        return None
    # *The Duke of Sand's School*, *the Lund of Sand pub*
    beyond = at.get(end - 1)
    if beyond is not None and (beyond.end > end or (beyond.label == "ORG" and beyond.start >= start)):
        return None
    after = words.doc[end] if end < len(words) else None
    named = after is not None and after.pos_ == "NOUN" and after.dep_ != "npadvmod"
    return None if named else end


@cache
def _titles() -> frozenset[str]:
    return frozenset(load_lexicon("persons")["honorifics"]["peers"])


@cache
def _ranks() -> frozenset[str]:
    return frozenset(load_lexicon("persons")["honorifics"]["territorial"])
