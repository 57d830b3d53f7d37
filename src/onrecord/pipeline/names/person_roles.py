"""All that a text says at one mention of who somebody is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.names.gender import noun_score
from onrecord.pipeline.names.letters import degrees
from onrecord.pipeline.names.roles import describes_person, role_before, role_by_copula
from onrecord.pipeline.names.roles_apposed import role_after, role_apposed
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import DETERMINERS, Words, person_words

BROKEN = frozenset(("DT", "CC", "PRP$", "VBD", "VBZ", "VBP", "MD", "WDT", "WP"))
"""Tags of words that end no noun phrase."""

COPULAS = frozenset(("is", "are", "was", "were"))
"""Verbs that a headline's capital makes part of a title: *Is President NAME …*"""


def roles_of(words: Words, span: NameSpan) -> list[Range]:
    """The titles and descriptions of a person at one mention: before the name, after it, by *is*."""
    first = _before_address(words, span)
    before = span.role
    if before is None and (len(span) > 1 or span.surname is not None):  # *operator Viaterra* is a firm
        before, _ = role_before(words, span.start, known=False)
    if before and span.role is None and _is_plural(words, before) and not _is_listed(words, span, before):
        before = None
    found = (
        before,
        role_apposed(words, first, span.end)
        or role_apposed(words, span.start, span.end)
        # *Berg's uncle, fire chief | NAME*
        or (before and _gendered(words, role_apposed(words, before[0], span.end))),
        role_after(words, span.end, known=False),
        role_by_copula(words, span.end) or _gendered(words, role_by_copula(words, span.end, marked=True)),
    )
    whole = [(r, whole_role(words, r)) for r in found if r]
    # What breaks off right before the name describes somebody else: *an adviser to the | Lund family*.
    kept = [w for r, w in whole if w and (w[1] == r[1] or r[0] >= span.end)]
    return [r for r in kept if not _introduces(words, r, span)]


def whole_role(words: Words, role: Range) -> Range | None:
    """A description without what it breaks off with: *the head of a bank and sent*, *an adviser to the*."""
    start, end = _from_the_first(words, role), role[1]
    start += end - start > 1 and words.low[start] in COPULAS
    last = words.doc[end - 1]
    clause = last.pos_ in ("VERB", "AUX") and any(c.tag_ == "PRP" and c.i >= start for c in last.lefts)
    while end > start and words.doc[end - 1].tag_ in BROKEN and not clause:
        end -= 1  # *a man who changes what he thinks* is whole
    cut = end < role[1]
    while cut and end > start and words.doc[end - 1].tag_ in BROKEN | {"IN", "TO"}:
        end -= 1
    opens = words.doc[start].tag_ in ("PRP", "EX") or (
        words.doc[start].tag_ == "VBG" and words.doc[start].dep_ not in ("amod", "compound", "nmod")
    )
    if end == start or opens:
        return None
    return (start, end) if not cut or describes_person(words, (start, end)) else None


def _from_the_first(words: Words, role: Range) -> int:
    """Start of the name or hyphened word that a description begins inside: *Friends of | Oslo's chair*."""
    start, end = role
    while end > start and words.doc[end - 1].ent_iob_ == "I":
        end -= 1
    named = end > start + 1 or words.doc[start].ent_iob_ != "I"  # a name that ends within
    while named and start and words.doc[start].ent_iob_ == "I" and words.line[start - 1] == words.line[start]:
        start -= 1
    while start > 1 and words.text[start - 1] == "-" and not words.doc[start - 1].whitespace_:
        if words.doc[start - 2].whitespace_:
            break
        start -= 2
    return start


def _introduces(words: Words, role: Range, span: NameSpan) -> bool:
    """Whether what follows a name is the title of the next in a list: *NAME, Chief of Staff NAME and …*."""
    if role[0] < span.end or words.low[role[0]] in DETERMINERS:
        return False
    people = person_words()
    for i in range(role[0] + 1, role[1]):
        if words.doc[i].tag_ == "IN" and words.low[i] != "of":
            return False
        named = words.doc[i].ent_type_ == "PERSON" and words.doc[i].ent_iob_ == "B"
        if named and "'s" in words.low[i : role[1]]:
            return False  # *NAME, President Lund's budget director*
        if (
            named
            and words.capital[i - 1]
            and words.word(i - 1) in people.heads | people.titles | {"staff", "state"}
        ):
            return True
    return False


def _gendered(words: Words, role: Range | None) -> Range | None:
    """A description that is worth having for the gender alone: what a quotation calls somebody."""
    return role if noun_score(words, role) else None


def shared_roles(
    words: Words, spans: Sequence[NameSpan], roles: Mapping[int, Sequence[Range]]
) -> dict[int, Range]:
    """The plural before a list of people for those behind the first: *Sens. NAME of Ohio and NAME of Iowa*.

    Args:
        words: the document.
        spans: all mentions of people.
        roles: what each mention has by itself, by its first token.

    Returns:
        What a mention shares, by its first token.
    """
    at = {i: s for s in spans for i in range(s.start, s.end)}
    shared: dict[int, Range] = {}
    for span in spans:
        if span.role is not None or span.honorific:
            continue
        leader = _leader(words, span, at)
        if leader is None:
            continue
        kin = person_words().kinship
        plural = [
            r
            for r in roles.get(leader.start, ())
            if r[1] <= leader.start and _is_plural(words, r) and words.low[r[1] - 1] not in kin
        ]
        if plural:
            shared[span.start] = plural[0]
    return shared


def _leader(words: Words, span: NameSpan, at: Mapping[int, NameSpan]) -> NameSpan | None:
    """The first of the list that a name is a later member of."""
    token = words.root(span.start, span.end)
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
        if token.dep_ == "pobj" and token.head.lower_ in ("of", "from") and token.i not in at:
            token = token.head.head  # the parser hangs the next name on the place of the last
    found = at.get(token.i)
    same = found is not None and found is not span and words.line[found.start] == words.line[span.start]
    return found if same else None


def _before_address(words: Words, span: NameSpan) -> int:
    """First token of the forms of address and short titles right before a name: *, the Rev* NAME."""
    people = person_words()
    i = span.start
    while (
        i > 0
        and words.capital[i - 1]
        and not words.first[i - 1]
        and words.low[i - 1] in people.honorifics | people.titles
    ):
        i -= 1
    if i == span.start or words.low[i] not in people.reverend or words.first[i]:
        return i
    while words.low[i - 1] in degrees() and words.capital[i - 1] and not words.first[i - 1]:
        i -= 1
    return i - (words.low[i - 1] == "the")


def _is_plural(words: Words, role: Range) -> bool:
    last = role[1] - 1
    return words.doc[last].tag_ in ("NNS", "NNPS") or words.low[last] in person_words().plural_titles


def _is_listed(words: Words, span: NameSpan, role: Range) -> bool:
    """Whether the noun goes with the name, which leads a list: not *told lawmakers NAME had left*."""
    root = words.root(span.start, span.end)
    noun = words.doc[role[1] - 1]
    tied = noun.head.i == root.i or root.head.i == noun.i
    return tied and any(c.dep_ == "conj" and c.pos_ == "PROPN" for c in root.children)
