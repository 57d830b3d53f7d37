"""Titles that no list has and that the text shows: *Canon Ada Lund … Canon Lund*, *Barr. Lund*."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.pipeline.names.roles import is_title, role_before
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import POSSESSIVES, Words, org_words, person_words, place_words

SHORTEST = 3
"""Letters of a title in capitals, or with a stop behind: two are initials as well (*JD Lund*, *Wm. Lund*)."""

VOWELS = frozenset("aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœ")

AGAIN = 2
"""Times that a word with a stop stands before a name where nothing else says that it is a title."""


def without_titles(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans without titles at the start of people's, and without those of titles alone.

    Args:
        words: the document.
        spans: in text order, none overlapping another.
    """
    titles = _told(words, spans)
    out: list[NameSpan] = []
    for span in spans:
        start = span.start
        if span.label in ("PERSON", "") and len(span) > 1 and _is_told(words, titles, start):
            start += 1 + (words.text[start + 1] == ".")
        at = start if start > span.start else _title_before(words, titles, start)
        if at is None or start >= span.end:
            out.append(span)
            continue
        first = at if start == span.start else span.start
        while out and out[-1].end > first:
            last = out.pop()
            if last.start < first:
                out.append(replace(last, end=first - (words.text[first - 1] in (".", ","))))
        before, honorific = role_before(words, first)
        inside = words.doc[first].ent_iob_ == "I"  # of a name that ran into the title
        role = before or (None if inside else (first, start))
        out.append(replace(span, start=start, label="PERSON", role=role, honorific=honorific))
    return [s for s in out if s.start < s.end]


def _is_told(words: Words, titles: frozenset[str], i: int) -> bool:
    return words.low[i] in titles and words.capital[i]


def _title_before(words: Words, titles: frozenset[str], start: int) -> int | None:
    """The token of the title right before a name; None if there is none."""
    i = start - 1 - (start > 1 and words.text[start - 1] == ".")
    told = i >= 0 and words.line[i] == words.line[start] and _is_told(words, titles, i)
    return i if told else None


def _told(words: Words, spans: Sequence[NameSpan]) -> frozenset[str]:
    """The folded words that the text shows to be titles."""
    full = [s for s in spans if s.label == "PERSON" and len(s) > 1]
    apart: dict[str, set[str]] = defaultdict(set)
    for s in full:
        i = s.start - 1
        if i >= 0 and words.line[i] == words.line[s.start] and _may_be_title(words, i):
            apart[words.low[i]] |= {words.low[s.start], words.low[s.end - 1]}
    beside = (_before_surname(words, s, apart) for s in spans)
    told = {words.low[i] for i in beside if i is not None}
    told |= {words.low[s.start] for s in full if _is_short(words, s)}
    told |= _abbreviated(words, full)
    alone = {
        words.low[s.start] for s in spans if len(s) == 1 and s.label == "PERSON" and not _leads(words, s)
    }
    return frozenset(told) - alone


def _may_be_title(words: Words, i: int) -> bool:
    """Whether a capital word before a name may be a title that no list has."""
    orgs, places, low = org_words(), place_words(), words.low[i]
    known = low in places.known or low in places.demonyms or low in orgs.known or low in orgs.suffixes
    return (
        words.capital[i] and words.text[i].isalpha() and not (known or is_title(words, i) or words.shown[i])
    )


def _before_surname(words: Words, span: NameSpan, apart: dict[str, set[str]]) -> int | None:
    """The token of a title that goes with one name too: *Canon Ada Lund … Canon Lund*, *Canon Ada*."""
    if len(span) == 2 and span.label in ("PERSON", "ORG", "") and words.low[span.start] in apart:
        i = span.start
    elif len(span) == 1 and span.start and words.line[span.start - 1] == words.line[span.start]:
        i = span.start - 1
    else:
        return None
    return i if words.low[span.end - 1] in apart.get(words.low[i], ()) and words.capital[i] else None


def _is_short(words: Words, span: NameSpan) -> bool:
    """Whether a full name begins with letters that spell no given name: *HRH Ada Lund*, *Smt Ada Lund*."""
    text = words.text[span.start]
    if len(span) < SHORTEST or not text.isalpha() or words.shown[span.start]:
        return False
    end = span.end - (words.low[span.end - 1] in person_words().suffixes)
    if any(words.text[i].isupper() and len(words.text[i]) > 1 for i in range(span.start + 1, end)):
        return False
    return len(text) >= SHORTEST and (text.isupper() or not VOWELS.intersection(text.casefold()))


def _abbreviated(words: Words, full: Sequence[NameSpan]) -> set[str]:
    """Words that stand nowhere but with a stop before a name, and behind a role or several times."""
    found = set()
    for s in full:
        i = s.start - 2
        if i < 0 or words.text[i + 1] != "." or words.doc[i].whitespace_ or not _may_be_title(words, i):
            continue
        low = words.low[i]
        if i and words.capital[i - 1] and not is_title(words, i - 1):
            continue  # *He met Minister Ada Lund. Karl Berg left*
        if len(low) < SHORTEST or low in words.plain or words.line[i] != words.line[s.start]:
            continue
        places = [j for j in range(len(words)) if words.low[j] == low]
        if all(_is_stopped(words, j) for j in places) and (
            len(places) >= AGAIN or role_before(words, i)[0] is not None or words.text[i - 1] == ","
        ):
            found.add(low)
    return found


def _is_stopped(words: Words, i: int) -> bool:
    """Whether a stop and a capital follow a word."""
    return words.text[i + 1 : i + 2] == ["."] and i + 2 < len(words) and words.capital[i + 2]


def _leads(words: Words, span: NameSpan) -> bool:
    """Whether a name of one word stands before another name, as a title does."""
    i = span.end + (words.text[span.end : span.end + 1] == ["."])
    return i < len(words) and words.capital[i] and words.text[span.end] not in POSSESSIVES
