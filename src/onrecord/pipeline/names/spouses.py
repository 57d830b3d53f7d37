"""Names that people share by kinship: *the couple, Anna and Karl Berg*, *his wife, Olga* … *Mrs. Berg*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.gender import address_score, noun_score
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words, person_words

OWNERS = frozenset(("his", "her"))


def is_plural_kin(words: Words, start: int) -> bool:
    """Whether a noun for relatives leads two names: *the couple, | Anna*, *husband and wife | Anna*."""
    kinship = person_words().kinship
    i = start - 1
    if i >= 0 and words.text[i] == ",":
        i -= 1
    if i < 0 or words.line[i] != words.line[start]:
        return False
    low = words.low[i]
    pair = i > 1 and words.low[i - 1] == "and" and words.low[i - 2] in kinship and low in kinship
    return pair or low in person_words().couples or (low in kinship and singular(low) != low)


def with_married_names(
    words: Words, spans: Sequence[NameSpan], roles: Mapping[int, Sequence[Range]]
) -> list[NameSpan]:
    """The names, those of *his wife, Olga* with the surname of the one named before.

    Only where the text calls somebody of that gender by this surname with a form of address, as *Mrs.
    Petrov*, and gives no surname of her own.

    Args:
        words: the document.
        spans: all mentions of people, in text order.
        roles: what each mention is called, by its first token.
    """
    addressed = {
        (words.low[s.end - 1], address_score(s.honorific) > 0)
        for s in spans
        if len(s) == 1 and address_score(s.honorific)
    }
    if not addressed:
        return list(spans)
    out: list[NameSpan] = []
    before: NameSpan | None = None
    for span in sorted(spans, key=lambda s: s.start):
        role = _as_spouse(words, span, roles.get(span.start, ()))
        named = any(len(s) > 1 and words.low[s.start] == words.low[span.start] for s in spans)
        if role is not None and before is not None and not named:
            surname = before.end - 1
            near = words.line[before.start] == words.line[span.start]
            called = (words.low[surname], noun_score(words, role) > 0) in addressed
            if near and called and not noun_score(words, _last(roles, before)):
                span = replace(span, surname=surname)
        out.append(span)
        before = span
    return out


def _as_spouse(words: Words, span: NameSpan, roles: Sequence[Range]) -> Range | None:
    """The description of a bare given name as *his wife*, *her husband*."""
    if len(span) > 1 or span.honorific or span.surname is not None:
        return None
    spouses = person_words().spouses
    return next(
        (r for r in roles if words.low[r[0]] in OWNERS and spouses.intersection(words.low[slice(*r)])), None
    )


def _last(roles: Mapping[int, Sequence[Range]], span: NameSpan) -> Range | None:
    found = roles.get(span.start, ())
    return found[-1] if found else None
