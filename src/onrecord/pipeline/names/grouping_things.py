"""Which mentions name the same organisation, place or other thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import get_blocks
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.acronyms import fits_initials
from onrecord.pipeline.names.grouping_records import Group, NamedMention
from onrecord.pipeline.names.heads import is_definite
from onrecord.pipeline.names.person_names import PersonName
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.storms import storm_in
from onrecord.pipeline.names.words import Words, org_words, place_words

ABOVE = frozenset(("headline", "subhead", "caption"))
"""Blocks beside the text itself, where names are cut short that it gives in full."""

OFFICES = frozenset(("department", "ministry"))
"""Bodies whose field stands before or behind: *the Health Ministry*, *the Ministry of Health*."""

SHORT_COUNTRIES = frozenset(("us", "uk"))

LINKS = frozenset(("of", "for", "the", "and", "&", "in", "on", "at"))


def group_things(words: Words, spans: Sequence[tuple[NameSpan, str]]) -> list[Group]:
    """Group mentions of everything but people; `spans` come with their types."""
    by_key: dict[tuple[str, str], list[NameSpan]] = defaultdict(list)
    for span, kind in spans:
        by_key[kind, canonical(words, span, kind)].append(span)
    groups: dict[tuple[str, str], Group] = {}
    for (kind, key), group in sorted(by_key.items(), key=lambda kv: kv[1][0].start):
        groups[kind, key] = Group(kind, [_mention(words, s) for s in group])
    _join_organisations(words, groups, by_key)
    return sorted(groups.values(), key=lambda g: g.start)


def _mention(words: Words, span: NameSpan) -> NamedMention:
    return NamedMention(
        span, PersonName((), ""), words.shown[span.start], reason="same name", confidence=0.95
    )


LONGEST_INITIALS = 3
"""Letters: a shorter name for a place that is no longer is made of initials, written in capitals."""


def canonical(words: Words, span: NameSpan, kind: str) -> str:
    """The key under which equal names meet: short forms of countries and bodies unfolded."""
    key = words.key(span.start, span.end)
    if kind == "PLACE":
        if (state := _short_states().get(key)) and _has_stops(words.surface((span.start, span.end))):
            return state.casefold()
        # *La.* is Louisiana, *LA* and *L.A.* are not.
        initials = len(key) > LONGEST_INITIALS or words.surface((span.start, span.end)).isupper()
        return (place_words().aliases.get(key, key) if initials else key).casefold()
    if kind == "ORG":
        return place_words().org_aliases.get(key, _in_one_order(key)).casefold()
    if kind == "NORP":
        return singular(key)
    if kind == "EVENT":
        return storm_in(key) or key
    return key


@cache
def _short_states() -> Mapping[str, str]:
    """States of the US by the short forms that papers write with stops."""
    table: Mapping[str, str] = load_lexicon("places")["short_states"]
    return table


def _has_stops(text: str) -> bool:
    """Whether a short form has all its stops: *Ga.*, *N.M.*; *L.A.* is a city."""
    return text.endswith(".") and (text.count(".") > 1 or not text.isupper())


def _in_one_order(key: str) -> str:
    """A body's name with its field before what it is, a country in full: *justice department*."""
    parts = key.split()
    if len(parts) > 1 and parts[0] in SHORT_COUNTRIES:
        parts[0] = place_words().aliases[parts[0]].casefold()
    k = next((i for i, p in enumerate(parts[:-2]) if p in OFFICES and parts[i + 1] == "of"), None)
    return " ".join(parts if k is None else [*parts[:k], *parts[k + 2 :], parts[k]])


def _join_organisations(
    words: Words, groups: dict[tuple[str, str], Group], spans: dict[tuple[str, str], list[NameSpan]]
) -> None:
    names = {key: group for (kind, key), group in groups.items() if kind == "ORG"}
    for short in sorted(names, key=len):
        targets = [
            k
            for k in names
            if k != short
            and len(k) > len(short)
            and short_for(words, short, k, spans["ORG", short], spans["ORG", k])
        ]
        # Longer forms of one another are one target.
        tops = [t for t in targets if not any(t != u and t in u for u in targets)]
        if len(tops) != 1:
            continue
        target = names[tops[0]]
        group = names.pop(short)
        span = group.mentions[0].span
        reason = f"“{words.surface((span.start, span.end))}” is short for the longer name"
        for m in group.mentions:
            m.reason = reason
            m.confidence = 0.9
        target.mentions += group.mentions
        target.mentions.sort(key=lambda m: m.span.start)
        target.reasons += [reason, *group.reasons]
        del groups["ORG", short]


def short_for(
    words: Words, short: str, long: str, shorts: Sequence[NameSpan], longs: Sequence[NameSpan]
) -> bool:
    """Whether one organisation's name can stand for the other's."""
    a, b = short.split(), long.split()
    orgs, places = org_words(), place_words()
    if len(a) == 1 and len(a[0]) > 1 and sum(c.isupper() for c in words.text[shorts[0].start]) > 1:
        if _introduced(words, shorts, longs):
            return True
        full = [words.text[i] for i in range(longs[0].start, longs[0].end)]
        return len(full) > 1 and fits_initials(a[0].upper(), full)
    if len(a) >= len(b):
        return False
    if b[: len(a)] == a:
        rest = b[len(a) :]
        if rest[0] in LINKS and len(a) == 1 and a[0] in orgs.heads:
            return True
        if len(a) == 1 and a[0] in orgs.chambers:
            return False
        if rest[0] not in LINKS and all(w in orgs.suffixes or w in LINKS for w in rest):
            return True
        if len(a) > 1 and short in orgs.known | orgs.institutions:
            return False  # *the White House* … *a White House Transition Council*
        return _shortened(words, short, shorts, longs)
    if b[-len(a) :] == a:
        if short in orgs.chambers and long in orgs.known | orgs.institutions:
            return False  # *the House and the Senate* … *the White House*
        if len(a) > 1 and a[-1].isdigit():
            return True  # *Teamsters Local 88*, *Local 88*
        if _shortened(words, short, shorts, longs) and all(is_definite(words, s) for s in shorts):
            return True
        rest = b[: -len(a)]
        if " ".join(rest) in places.states and not _shortened(words, short, shorts, longs):
            return False  # *the Liberal Party* … *the Ohio Liberal Party*: a branch of what was named before
        if (
            all(w in places.known or w in places.demonyms or w == "national" for w in rest)
            or " ".join(rest) in places.known
        ):
            return len(a) > 1 or a[0] in orgs.heads | orgs.suffixes
        if len(a) == 1 and a[0] in orgs.heads | orgs.suffixes:
            return True
        return len(rest) == 2 and rest[0] in orgs.heads and rest[1] == "of" and len(b) == 3
    return False


def _shortened(words: Words, short: str, shorts: Sequence[NameSpan], longs: Sequence[NameSpan]) -> bool:
    """Whether the text gives a body in full first and then by part of its name: *Netherby Town*, *Netherby*.

    Names that stand by themselves, and whatever the text calls by the short form before the long one,
    may be another body: *Google* and *Google DeepMind*.
    """
    places, orgs = place_words(), org_words()
    if short in orgs.known | places.known | places.demonyms | places.org_aliases.keys():
        return False
    above = [range(b.start, b.end) for b in get_blocks(words.doc) if b.kind in ABOVE]
    body, full = (
        [s.start for s in spans if not words.shown[s.start] and not any(s.start in b for b in above)]
        for spans in (shorts, longs)
    )
    return bool(full) and min(full) < min(body, default=len(words))


def _introduced(words: Words, shorts: Sequence[NameSpan], longs: Sequence[NameSpan]) -> bool:
    """Whether the short form first stands in brackets after the long one, or the other way round."""
    for s in shorts:
        for o in longs:
            first, second = (o, s) if o.start < s.start else (s, o)
            if second.start - first.end in (1, 2) and words.text[second.start - 1] == "(":
                return True
    return False
