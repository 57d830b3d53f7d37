"""Names of bodies that hold a list, a place, a saint or a field, and that were found in parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from onrecord.pipeline.language.hyphens import HYPHENS
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import POSSESSIVES, Words, org_words, person_words, place_words

FOREIGN_AND = frozenset(("und", "et", "y", "e", "og", "och"))
"""*And* in other languages: English text has it inside names alone."""

WHOLE = frozenset(("PERSON", "PLACE"))
"""Whose names, beside bodies', are made whole where only parts of them were found."""


def whole_bodies(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans in text order, those of one body's name as one.

    Args:
        words: the document.
        spans: in text order, none overlapping another.
    """
    out: list[NameSpan] = []
    for span in spans:
        begin = span.start
        for opens in _OPENINGS:
            begin = min(begin, opens(words, span))
        last = out[-1] if out else None
        if last is not None and last.end <= begin and _goes_on(words, last, span):
            begin = last.start
        if begin == span.start:
            out.append(span)
            continue
        while out and out[-1].end > begin:
            begin = min(begin, out.pop().start)
        out.append(replace(span, start=begin, label="ORG"))
    return out


def cut_wholes(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans, those inside a name that stands whole elsewhere as that: *Green* | *Rivers Now*.

    Args:
        words: the document.
        spans: in text order, none overlapping another.
    """
    whole = {tuple(words.low[s.start : s.end]): s.label for s in spans if s.label in WHOLE and len(s) > 1}
    unseen = Counter(tuple(words.low[s.start : s.end]) for s in spans if not s.label and len(s) > 1)
    whole |= {key: "" for key, times in unseen.items() if times > 1 and key not in whole}
    whole |= {tuple(words.low[s.start : s.end]): s.label for s in spans if s.label == "ORG" and len(s) > 1}
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    # Of names that begin alike the longest; by its letters too, since a set has no order of its own.
    for key in sorted(whole, key=lambda k: (-len(k), k)):
        by_first[key[0]].append(key)
    at = {i: s for s in spans for i in range(s.start, s.end)}
    cut: list[NameSpan] = []
    for i in range(len(words)):
        if not words.capital[i] or words.low[i] not in by_first or (cut and i < cut[-1].end):
            continue
        found = next((k for k in by_first[words.low[i]] if _is_cut(words, at, i, k, whole[k])), None)
        if found is not None:
            cut.append(NameSpan(i, i + len(found), whole[found], "match"))
    taken = {j for s in cut for j in range(s.start, s.end)}
    kept = [s for s in spans if s.start not in taken]
    return sorted([*kept, *cut], key=lambda s: s.start)


def _is_cut(words: Words, at: Mapping[int, NameSpan], start: int, key: Sequence[str], label: str) -> bool:
    """Whether a name stands there of which only parts were found; a body's, or the whole as another's."""
    end = start + len(key)
    if words.low[start:end] != [*key] or words.line[start] != words.line[end - 1]:
        return False
    inside = [at[j] for j in range(start, end) if j in at]
    if (
        at.get(start) in inside
        and len(at[start]) == len(key)
        and (label != "ORG" or at[start].label == "ORG")
    ):
        return False
    capital = all(
        words.capital[j] or words.doc[j].is_stop or HYPHENS.intersection(words.text[j - 1 : j + 1])
        for j in range(start, end)
    )
    return bool(inside) and capital and all(start <= s.start and s.end <= end for s in inside)


def _listed(words: Words, span: NameSpan) -> int:
    """Start of a list whose last members were found alone: *the Bakers, | Food and Packing Workers' Union*.

    What else stands alone in the document is a name of its own.
    """
    start = span.start
    if (
        span.label != "ORG"
        or not _is_list(words, span)
        or words.low[span.end - 1] not in org_words().suffixes
    ):
        return start
    begin = start
    while (
        begin > 1 and words.text[begin - 1] == "," and words.capital[begin - 2] and not words.first[begin - 1]
    ):
        begin -= 2
    if begin == start or begin == 0 or words.low[begin - 1] != "the" or _is_apart(words, begin, start):
        return start
    return begin


def _is_list(words: Words, span: NameSpan) -> bool:
    return any(words.low[i] in ("and", "&") for i in range(span.start + 1, span.end - 1))


def _is_apart(words: Words, begin: int, start: int) -> bool:
    """Whether a member of the list stands elsewhere without a comma behind it."""
    members = {words.low[i] for i in range(begin, start, 2)}
    known = org_words().known | place_words().known
    others = (i for i in range(len(words) - 1) if words.low[i] in members and words.capital[i])
    return bool(members & known) or any(words.text[i + 1] != "," for i in others)


def _of_district(words: Words, span: NameSpan) -> int:
    """Start of the place before *and District*, which begins no name: *Ellerport and | District Trust*."""
    i = span.start
    joined = i > 1 and words.low[i] == "district" and words.low[i - 1] in ("and", "&") and len(span) > 1
    return i - 2 if joined and words.capital[i - 2] and words.line[i - 2] == words.line[i] else i


def _of_knight(words: Words, span: NameSpan) -> int:
    """Start of the title of whom a school or the like is called after: *Sir | Wilfrid Grant School*."""
    i, people = span.start, person_words()
    forms = (people.masculine | people.feminine) & people.honorifics - people.bare
    body = span.label == "ORG" and len(span) > 1 and words.low[span.end - 1] in org_words().suffixes
    titled = body and i > 0 and words.low[i - 1] in forms and words.capital[i - 1]
    return i - 1 if titled and words.line[i - 1] == words.line[i] else i


def _of_kind(words: Words, span: NameSpan) -> int:
    """Start of the kind of body before a name that was found without it: *Team | Osterzee*."""
    i, short = span.start, len(span) == 1
    if not i or not words.capital[i - 1] or words.low[i - 1] not in org_words().openings:
        return i
    fits = words.line[i - 1] == words.line[i] and not words.shown[i] and bool(words.doc[i - 1].whitespace_)
    return i - 1 if fits and (short or span.label in ("ORG", "PLACE")) else i


_OPENINGS: tuple[Callable[[Words, NameSpan], int], ...] = (_listed, _of_district, _of_knight, _of_kind)


def _goes_on(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether a span goes on with the name before it."""
    if words.line[one.start] != words.line[other.start] or words.shown[other.start]:
        return False
    between = words.low[one.end : other.start]
    if between == ["on"]:
        if other.label in ("PERSON", "PLACE", "NORP"):
            return False
        named = words.key(other.start, other.end) in org_words().known | place_words().known
        return words.low[one.end - 1] in org_words().of_fields and not named and one.label in ("ORG", "")
    if len(between) == 1 and between[0] in FOREIGN_AND:
        return one.label == "ORG" and other.label != "PERSON" and words.text[one.end].islower()
    if between == [","]:
        of = one.end - one.start > 2 and words.low[one.start + 1] in ("of", "for")
        return of and words.low[one.start] in org_words().heads and _is_list(words, other)
    saint = words.low[one.start] in ("st", "saint") and len(one) > 1
    owned = len(between) == 1 and words.text[one.end] in POSSESSIVES
    return saint and owned and words.low[other.end - 1] in org_words().suffixes
