"""Bare nouns for whom a story is about: *the novelist* in a portrait that calls nobody else so."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pipeline.coreference.nominals import Nominal, sex_of_noun
from onrecord.pipeline.coreference.referents import Referent, may_be_called
from onrecord.pipeline.names.nominal_words import head_form, role_class
from onrecord.pipeline.names.words import Words

PROFESSIONS = frozenset(("artist", "athlete", "business"))
"""Classes of what people are portrayed for; judges, officers and experts come along with any event."""

TIMES = 3
"""How many times as often as anybody else the story must have spoken of its first person; set by hand."""

FEW = 5
"""Mentions from which a story is about somebody; set by hand."""

CONFIDENCE = 0.65


def resolve_professed(
    words: Words, nominal: Nominal, referents: Sequence[Referent]
) -> tuple[Referent | None, float, str]:
    """The person whom the story is about, for *the* and the noun of a profession that nobody else has.

    Args:
        words: the document.
        nominal: the description.
        referents: those mentioned so far.

    Returns:
        The referent or None, a confidence in [0, 1] and the reason.
    """
    head = head_form(words.word(nominal.head))
    bare = words.low[nominal.start] == "the" and words.parts(nominal.head) == (nominal.start + 1, nominal.end)
    if nominal.kind != "person" or nominal.plural or not bare or role_class(head) not in PROFESSIONS:
        return None, 0.0, ""
    people = [r for r in referents if r.kind == "person" and r.entity and not r.plural]
    counted = sorted(people, key=_told, reverse=True)
    others = counted[1:]
    if not counted or _told(counted[0]) < max(FEW, TIMES * max(map(_told, others), default=0)):
        return None, 0.0, ""
    if any(head in r.heads or head in r.called for r in others):
        return None, 0.0, ""
    best, sex = counted[0], sex_of_noun(head)
    if not may_be_called(best, head) or (sex and best.sex and sex != best.sex):
        return None, 0.0, ""
    text = words.surface((nominal.start, nominal.end))
    return best, CONFIDENCE, f"“{text}” is the person whom the story is about"


def _told(referent: Referent) -> int:
    """How often the author has spoken of somebody."""
    return sum(not p.quoted for p in referent.places)
