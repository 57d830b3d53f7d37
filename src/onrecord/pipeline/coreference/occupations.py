"""Descriptions that tell nothing but what somebody does: *the striker said*, no *the striker who left*."""

from __future__ import annotations

from onrecord.pipeline.coreference.nominals import Nominal
from onrecord.pipeline.names.nominal_words import head_form, nominal_words
from onrecord.pipeline.names.words import Words, person_words

__all__ = ["bare_occupation"]

_TELLING = frozenset(("relcl", "prep", "appos", "acl"))


def bare_occupation(words: Words, nominal: Nominal) -> str:
    """The noun for an occupation where *the* and it are all that the description has; empty otherwise.

    Args:
        words: the document.
        nominal: the description.
    """
    low = words.word(nominal.head)
    alone = words.low[nominal.start] == "the" and words.parts(nominal.head) == (
        nominal.start + 1,
        nominal.end,
    )
    if nominal.kind != "person" or nominal.plural or not alone:
        return ""
    if any(c.dep_ in _TELLING and c.i > nominal.head for c in words.doc[nominal.head].children):
        return ""
    known = low in person_words().heads and low not in nominal_words().anonymous
    return head_form(low) if known else ""
