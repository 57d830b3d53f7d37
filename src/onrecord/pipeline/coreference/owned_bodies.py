"""Bodies by whom they belong to: *Mei Ro, a statistician at NAME … Her institute said …*."""

from __future__ import annotations

from onrecord.pipeline.coreference.discourse_state import Discourse
from onrecord.pipeline.coreference.nominals import NAMELESS, Nominal
from onrecord.pipeline.coreference.referents import Referent
from onrecord.pipeline.names.nominal_words import body_class, head_form

__all__ = ["resolve_owned_body"]

OPEN = NAMELESS | {"party"}
"""Kinds of body whose names often do not tell the kind."""

BELONGING = frozenset(("of", "at", "from", "with", "for"))

CONFIDENCE = 0.7
"""Set by hand."""


def resolve_owned_body(state: Discourse, nominal: Nominal, owner: str) -> tuple[Referent | None, float, str]:
    """The body that *her institute*, *his party* means: the one of that kind by which the owner is told.

    Args:
        state: what has been read so far.
        nominal: a description of a body with a possessor.
        owner: id of the possessor's entity.
    """
    person = state.named.get(owner)
    if person is None or person.kind != "person" or nominal.plural:
        return None, 0.0, ""
    head = head_form(state.words.word(nominal.head))
    bodies = {id(r): r for r in _bodies_of(state, owner, nominal.start)}.values()
    fits = [r for r in bodies if _fits(r, head, alone=len(bodies) == 1)]
    if len(fits) != 1:
        return None, 0.0, ""
    text = state.words.surface((nominal.start, nominal.end))
    return fits[0], CONFIDENCE, f"“{text}” is the body that the article says the person is of"


def _bodies_of(state: Discourse, owner: str, end: int) -> list[Referent]:
    """The bodies named, up to a token, in or before the titles of a person and right behind the name."""
    found = [i for i, e in state.role_of.items() if e == owner and i < end]
    found += [i - 1 for i in found if i - 1 not in state.role_of]
    person = state.named[owner]
    for p in person.places:
        if p.kind == "name" and p.end < end and state.words.low[p.end] in BELONGING:
            found += [t.i for t in state.words.doc[p.end].children if t.dep_ == "pobj"]
    named = (state.named.get(state.owner_at.get(i, "")) for i in found)
    return [r for r in named if r is not None and r.kind == "organisation"]


def _fits(body: Referent, head: str, *, alone: bool) -> bool:
    kinds = {k for h in body.heads for k in body_class(h)}
    if head in body.heads or kinds & body_class(head):
        return True
    return alone and not kinds and bool(OPEN & body_class(head))
