"""Whom a text has just introduced where it first does with the surname alone."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pipeline.names.grouping_records import Group, NamedMention
from onrecord.pipeline.names.words import Words

REACH = 2
"""Lines, empty ones too, from a full name to the bare surname that goes on about its bearer."""


def is_held(mention: NamedMention, others: Sequence[Group]) -> bool:
    """Whether a name stands in what somebody else is: *Ada Lund, mother of Per Lund*."""
    roles = (r for g in others for m in g.mentions for r in m.roles)
    return any(start <= mention.span.start < end for start, end in roles)


def is_taken_up(words: Words, group: Group, rivals: Sequence[Group], bare: Sequence[NamedMention]) -> bool:
    """Whether the surname stands alone for the first time right behind a bearer's introduction.

    *Per Lund* was named before and never called *Lund*: *Ada Lund, mother of Per Lund, said no. Lund said*.

    Args:
        words: the document.
        group: a bearer, no relative of another.
        rivals: all bearers of the surname.
        bare: mentions by the surname alone, below the headlines.
    """
    first = min((m.span.start for m in bare), default=None)
    # A form of address points by itself: *Mrs. Lund* behind *an aide to President Karl Lund* is not he.
    if first is None or group.kin or any(m.span.honorific for m in bare):
        return False
    near = words.line[first] - REACH
    last: list[Group] = []
    for g in rivals:
        others = [o for o in rivals if o is not g]
        named = (m for m in g.mentions if m.name.is_full and not m.shown and not is_held(m, others))
        if any(near <= words.line[m.span.start] and m.span.start < first and _leads(words, m) for m in named):
            last.append(g)
    return last == [group] and any(g.start < group.start for g in rivals)


def _leads(words: Words, mention: NamedMention) -> bool:
    """Whether the name is more than part of somebody's description: *an aide to | Karl Lund*."""
    root = words.doc[mention.span.start : mention.span.end].root
    described = root.dep_ == "pobj" and root.head.head.pos_ in ("NOUN", "PROPN")
    return not described
