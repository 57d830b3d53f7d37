"""Plural nouns for people, groups and bodies, and their singulars."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from onrecord.lexicons import load_lexicon

__all__ = ["singular"]

_HISSING = ("sses", "shes", "ches", "xes", "zes")
"""Endings whose *e* belongs to the plural: *witnesses*, *coaches*; *judges* and *horses* keep theirs."""
_NO_PLURAL = ("ss", "ous")
"""Endings in *s* of words that are no plurals: *boss*, *Swiss*, *religious*; *Iraqis* and *Zulus* are."""


@lru_cache(maxsize=16_384)
def singular(noun: str) -> str:
    """The singular of a plural noun, both in lower case; a word that does not end as plurals do as it is.

    >>> singular("agencies"), singular("spokeswomen"), singular("witnesses"), singular("boss")
    ('agency', 'spokeswoman', 'witness', 'boss')
    """
    for plural, single in _irregular().items():
        if noun.endswith(plural):
            return noun.removesuffix(plural) + single
    if noun.endswith("ies") and len(noun) > len("ties"):
        return noun.removesuffix("ies") + "y"
    if noun.endswith(_HISSING):
        return noun.removesuffix("es")
    return noun if noun.endswith(_NO_PLURAL) else noun.removesuffix("s")


@cache
def _irregular() -> Mapping[str, str]:
    endings: Mapping[str, str] = load_lexicon("nominals")["singulars"]
    return endings
