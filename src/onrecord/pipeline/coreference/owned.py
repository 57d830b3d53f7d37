"""Descriptions with a possessor: *his lawyer*, *her husband*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.pipeline.coreference.nominals import Nominal, sex_of_noun
from onrecord.pipeline.coreference.referents import Referent
from onrecord.pipeline.names.nominal_words import head_form, role_class
from onrecord.pipeline.names.words import Words

INVERSE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("wife", "widow"), ("husband",)),
    **dict.fromkeys(("husband", "widower"), ("wife",)),
    **dict.fromkeys(("mother", "father"), ("son", "daughter")),
    **dict.fromkeys(("son", "daughter"), ("mother", "father")),
    **dict.fromkeys(("brother", "sister"), ("brother", "sister")),
}
"""What a person is to somebody who is this to that person."""


def resolve_owned(
    words: Words, nominal: Nominal, referents: Sequence[Referent], owner: str
) -> tuple[Referent | None, float, str]:
    """The person whom *his lawyer*, *X's wife* means, where a role says so: *Y, a lawyer for X*.

    Args:
        words: the document.
        nominal: a description with a possessor.
        referents: those mentioned in the document.
        owner: id of the possessor's entity.
    """
    head = head_form(words.word(nominal.head))
    kind = role_class(head)
    fits = [
        r
        for r in referents
        if any(o == owner and (h == head or (kind and role_class(h) == kind)) for h, o in r.owners)
    ]
    if len(fits) != 1:
        return None, 0.0, ""
    return (
        fits[0],
        0.8,
        f"“{words.surface((nominal.start, nominal.end))}” is what the article calls that person",
    )


def resolve_inverse(
    words: Words, nominal: Nominal, named: Mapping[str, Referent], owner: str
) -> tuple[Referent | None, float, str]:
    """The relative whom *her husband* means, where a role says what she is to him: *Ann Ro, Al Ro's widow*.

    Args:
        words: the document.
        nominal: a description with a possessor.
        named: the named people and bodies, by entity.
        owner: id of the possessor's entity.
    """
    head = words.word(nominal.head)
    sex = sex_of_noun(head)
    fits = {
        o
        for h, o in named[owner].owners
        if head in INVERSE.get(h, ()) and o in named and not (sex and named[o].sex not in ("", sex))
    }
    if len(fits) != 1:
        return None, 0.0, ""
    who = words.surface((nominal.start, nominal.end))
    return named[fits.pop()], 0.75, f"“{who}” is whose relative the article calls the other"
