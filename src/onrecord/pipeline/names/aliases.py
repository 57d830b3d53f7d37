"""Names that the text itself says are another name of somebody or something: *NAME, also known as ALIAS*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.pipeline.names.grouping_records import Group, NamedMention
from onrecord.pipeline.names.nominal_words import nominal_words
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words, person_words

QUOTES = frozenset(("“", "”", '"', "``", "''", "‘", "’", "'"))

MAX_AMONG = 4
"""Words at most that say where a name is known: *in the industry*."""

CLIPPED = 3
"""Letters that a body's clipped name has of the full one at least: *Interpol*, *Caltrans*."""


def join_aliases(words: Words, groups: list[Group], *, complete: bool) -> None:
    """Join the groups of names that the text shows to be one bearer's; the groups are changed in place.

    Args:
        words: the document.
        groups: of the names.
        complete: whether all mentions are in them. Of people it is asked before bare surnames are given out
            too, so that one person's two names do not look like two bearers; whose pseudonym a name is
            cannot be told then.
    """
    mentions = sorted((m for g in groups for m in g.mentions), key=lambda m: m.span.start)
    owners = {id(m): g for g in groups for m in g.mentions}
    assumed = _assumed(words, mentions, owners) if complete else ()
    for named, alias in [*_paired(words, mentions), *assumed]:
        one, other = owners[id(named)], owners[id(alias)]
        if one is other or one.type != other.type or one.rivals or other.rivals:
            continue
        shown = words.surface((alias.span.start, alias.span.end))
        for m in other.mentions:
            owners[id(m)] = one
            m.reason = f"“{shown}” is said to be another name"
            m.alias = one.type != "PERSON" or named.name.is_full
        one.mentions = sorted([*one.mentions, *other.mentions], key=lambda m: m.span.start)
        one.reasons += [f"also known as “{shown}”", *other.reasons]
        one.kin |= other.kin
        groups[:] = [g for g in groups if g is not other]
        for g in groups:
            g.rivals = list({id(r): r for r in (one if r is other else r for r in g.rivals)}.values())


def _paired(words: Words, mentions: Sequence[NamedMention]) -> Iterator[tuple[NamedMention, NamedMention]]:
    """Names with others that follow directly: *NAME, also known as ALIAS or ALIAS*, *NAME (“Alias”)*."""
    named: NamedMention | None = None
    known_as = person_words().known_as
    for first, second in pairwise(mentions):
        between = words.low[first.span.end : second.span.start]
        plain = tuple(w for w in between if w not in QUOTES and w not in (",", "(") and not w.isdigit())
        same_line = words.line[first.span.start] == words.line[second.span.start]
        bracketed = _is_in_brackets(words, first.span, second.span) or _is_clipped(
            words, first.span, second.span
        )
        if same_line and (plain in known_as or _is_known_among(plain) or bracketed):
            named = first
        elif not (same_line and plain in (("or",), ("and",)) and named is not None):
            named = None
        if named is not None:
            yield named, second


def _is_known_among(between: tuple[str, ...]) -> bool:
    """Whether words say among whom or where somebody goes by another name: *known in the trade as*."""
    start = between.index("known") if "known" in between[:2] else len(between)
    inside = between[start + 1 : -1]
    among = inside[:1] in (("in",), ("to",), ("among",), ("on",), ("around",), ("across",))
    return between[-1:] == ("as",) and among and len(inside) <= MAX_AMONG


def _is_in_brackets(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether a nickname stands in brackets and marks behind a name: *Marek Rubin (“Little Marek”)*."""
    opened = words.text[one.end : other.start]
    closed = [t for t in words.text[other.end : other.end + 3] if t != ","][:2]
    return (
        len(opened) == 2
        and opened[0] == "("
        and opened[1] in QUOTES
        and len(closed) == 2
        and closed[0] in QUOTES
        and closed[1] == ")"
    )


def _is_clipped(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether a name in brackets begins like the one before: *California Highways Board (Calhigh)*."""
    return (
        words.text[one.end : other.start] == ["("]
        and words.text[other.end : other.end + 1] == [")"]
        and len(other) == 1 < len(one)
        and words.low[other.start][:CLIPPED] == words.low[one.start][:CLIPPED]
    )


def _assumed(
    words: Words, mentions: Sequence[NamedMention], owners: dict[int, Group]
) -> Iterator[tuple[NamedMention, NamedMention]]:
    """People with the name that they go by: *he wrote under the pseudonym ALIAS*, *she was born ALIAS*.

    *Born Ada Dunne in 1936, she was …* is the only Ada before. Else, whose it is, the only other person named
    before it in its sentence tells, else in its paragraph.
    """
    people = [m for m in mentions if owners[id(m)].type == "PERSON"]
    for i, alias in enumerate(people):
        before = alias.span.start - 1
        while before > 0 and words.text[before] in QUOTES:
            before -= 1
        born = words.low[before - 1 : before + 1] == ["was", "born"] and alias.name.is_full
        if fronted := words.low[before] == "born" and words.first[before] and alias.name.is_full:
            namesakes = [m for m in people[:i] if m.name.given[:1] == alias.name.given[:1]]
            if len({id(owners[id(m)]) for m in namesakes} - {id(owners[id(alias)])}) == 1:
                yield namesakes[-1], alias
        if before < 1 or fronted or not (born or words.low[before] in nominal_words().assumed):
            continue
        start = words.doc[before].sent.start
        line = words.line[alias.span.start]
        for near in (
            [m for m in people[:i] if m.span.start >= start],
            [m for m in people[:i] if words.line[m.span.start] == line],
        ):
            if len({id(owners[id(m)]) for m in near} - {id(owners[id(alias)])}) == 1:
                yield near[-1], alias
                break
