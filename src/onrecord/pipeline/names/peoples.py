"""Peoples and their adjectives that no list has, told by their country in the same article: *Manvera*'s navy
and *the Manveran navy*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words

ENDINGS = ("n", "an", "ian", "ese", "i", "ish")
"""What makes the adjective of a place from its name (Quirk et al. 1985, appendix I.38 and I.41)."""

NOMINAL = ("NOUN", "PROPN", "ADJ")
"""Tags of what an adjective stands before; *navy* behind a capital is read as a name too."""

SHORTEST = 4
"""Letters of a name that an adjective is looked for of."""


def origin_of(words: Words, key: str, by_key: Mapping[str, Sequence[NameSpan]]) -> str:
    """The name of the place that a folded name is the adjective or people of; empty if it is none.

    Each mention has to stand before a common noun, as *the Manveran navy* does, or be a plural.
    """
    if " " in key or not all(_is_adjective(words, s) for s in by_key[key]):
        return ""
    stems = (key.removesuffix("s"), key)
    origins = (s.removesuffix(e) for s in stems for e in ENDINGS if s.endswith(e))
    return next((o for o in origins if len(o) >= SHORTEST and o in by_key), "")


def is_of_many(words: Words, key: str, by_key: Mapping[str, Sequence[NameSpan]]) -> bool:
    """Whether a name has a plural among the names, or is one: *Baby Boomer*, *Baby Boomers*.

    A surname has one too (*the Clintons*), so that single words of people's names have to be left out.
    """
    plural = next((p for p in (f"{key}s", key) if p in by_key and p.removesuffix("s") in by_key), "")
    return plural.endswith("s") and any(
        words.doc[s.end - 1].tag_ in ("NNS", "NNPS") for s in by_key.get(plural, ())
    )


def _is_adjective(words: Words, span: NameSpan) -> bool:
    end = span.end
    if span.honorific or span.role is not None:
        return False
    plural = words.low[span.start].endswith("s") and words.doc[span.start].tag_ in ("NNS", "NNPS")
    follows = end < len(words) and words.line[end] == words.line[span.start]
    return plural or (follows and words.text[end].islower() and words.doc[end].pos_ in NOMINAL)
