"""Names that the text itself says are another name of somebody or something: *NAME, also known as ALIAS*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.pipeline.names.grouping_records import Group, NamedMention
from onrecord.pipeline.names.nominal_words import nominal_words
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import POSSESSIVES, Words, person_words, place_words

QUOTES = frozenset(("“", "”", '"', "``", "''", "‘", "’", "'"))

MAX_AMONG = 4
"""Words at most that say where a name is known: *in the industry*."""

MAX_DESCRIBED = 8
"""Words of what somebody is before what they are called: *Ada Lund, a retired pilot known as Rust*."""

DESCRIBES = frozenset(("ADJ", "NOUN", "PROPN", "ADV", "NUM", "VERB"))
"""Parts of speech of a description that holds no other noun phrase: *former ship's engineer*."""

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
        if one is other or one.rivals or other.rivals:
            continue
        if one.type != other.type and not _is_by_name(words, one, alias, other):
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
        plain = _between(words, _past_description(words, first.span.end, second.span.start), second.span)
        same_line = words.line[first.span.start] == words.line[second.span.start]
        bracketed = any(
            shown(words, first.span, second.span) for shown in (_is_in_brackets, _is_clipped, _is_other_form)
        )
        if same_line and (plain in known_as or _is_known_among(plain) or bracketed):
            named = first
        elif not (same_line and plain in (("or",), ("and",)) and named is not None):
            named = None
        if named is not None:
            yield named, second


def _between(words: Words, start: int, alias: NameSpan) -> tuple[str, ...]:
    """The words before an alias that say what it is, without marks, years, an article and *locally*."""
    inside = [i for i in range(start, alias.start) if words.text[i] not in QUOTES]
    if len(inside) > 1 and words.low[inside[-1]] == "the" and alias.label != "PLACE":
        inside.pop()
    low = [words.low[i] for i in inside if words.text[i] not in (",", "(") and not words.text[i].isdigit()]
    if low == ["formerly"] and words.text[alias.end : alias.end + 1] in ([p] for p in POSSESSIVES):
        return ()  # *NAME, formerly Halden's supplier*
    if low[-3:-2] == ["known"] and low[-1] == "as" and words.doc[inside[-2]].tag_ == "RB":
        del low[-2]
    return tuple(low)


def _past_description(words: Words, start: int, end: int) -> int:
    """The token behind what somebody is, right before what they are called: *, a pilot | known as*."""
    begin = start + 2
    if words.text[start : start + 1] != [","] or words.low[start + 1] not in ("a", "an", "the"):
        return start
    for i in range(begin, min(end, begin + MAX_DESCRIBED)):
        token = words.doc[i]
        called = token.lower_ in ("known", "nicknamed") and token.dep_ == "acl" and token.head.i < i
        if called or (token.lower_ in ("better", "also") and words.low[i + 1] == "known"):
            return i if i > begin and words.doc[i - 1].pos_ in ("NOUN", "PROPN") else start
        if token.pos_ not in DESCRIBES:
            break
    return start


def _is_by_name(words: Words, one: Group, alias: NamedMention, other: Group) -> bool:
    """Whether a name of another type, first told there, is what somebody goes by: *known as Rust*."""
    i = alias.span.start - 1
    while words.text[i] in QUOTES or words.low[i] == "the":
        i -= 1
    called = words.low[i] in ("as", "nicknamed", "alias", "aka")
    key = words.key(alias.span.start, alias.span.end)
    named = key in place_words().known or any(m.name.is_full for m in other.mentions)
    first = min(other.mentions, key=lambda m: m.span.start)
    return called and one.type in ("PERSON", "ORG") and first is alias and not named


def _is_other_form(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether a body's short name stands between commas: *the Highways Board of Lund, or Highbo, said*.

    One that stands behind a comma itself may be the last of a list.
    """
    begin = one.start - (words.low[one.start - 1 : one.start] == ["the"])
    listed = begin > 0 and words.text[begin - 1] in (",", "and") and not words.first[begin]
    short = len(other) == 1 < len(one) and words.text[other.end : other.end + 1] in ([","], [")"])
    bodies = one.label in ("ORG", "") and other.label != "PERSON"
    return bodies and short and not listed and words.low[one.end : other.start] == [",", "or"]


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
