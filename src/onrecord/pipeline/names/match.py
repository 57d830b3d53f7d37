"""Later mentions of known names that neither the base pipeline nor their capitals gave away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.pipeline.annotations import get_blocks
from onrecord.pipeline.names.roles import role_before
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import (
    DETERMINERS,
    POSSESSIVES,
    Words,
    org_words,
    person_words,
    place_words,
)

Key = tuple[str, ...]


def known_names(words: Words, spans: Iterable[NameSpan]) -> dict[Key, str]:
    """Names that the document establishes outside its headlines, with the type seen for them.

    Whole names, and the last word of people's names of two words and more.
    """
    known: dict[Key, str] = {}
    for span in spans:
        if words.shown[span.start] or not span.label:
            continue
        key = tuple(words.low[span.start : span.end])
        if len(key) > 1 or _distinct(words, span.start):
            known.setdefault(key, span.label)
        if span.label == "PERSON" and len(key) > 1:
            last = span.end - 1
            while last > span.start and words.low[last] in person_words().suffixes | {",", ""}:
                last -= 1
            if last > span.start and words.capital[last] and not _is_office(words, last):
                known.setdefault((words.low[last],), "PERSON")
    return known


def headline_first(words: Words, spans: Sequence[NameSpan], known: dict[Key, str]) -> list[NameSpan]:
    """The spans without those in headlines that run beyond a known name: *Rip Anna Berg*."""
    found = match_names(words, [s for s in spans if not words.shown[s.start]], known)
    whole = {
        i
        for s in spans
        if words.shown[s.start] and _introduces(words, s, known)
        for i in range(s.start, s.end)
    }
    shown = [m for m in found if words.shown[m.start] and m.start not in whole]
    hidden = {i for m in shown for i in range(m.start, m.end)}
    return [s for s in spans if not words.shown[s.start] or not hidden.intersection(range(s.start, s.end))]


def _introduces(words: Words, span: NameSpan, known: dict[Key, str]) -> bool:
    """Whether a headline gives in full somebody whom the body calls by the surname alone from the start.

    A body that gives the full name, or a title, shows that the word before the surname is another.
    """
    key = tuple(words.low[span.start : span.end])
    if span.label != "PERSON" or len(key) != 2 or known.get(key[1:]) != "PERSON":
        return False
    if any(len(k) > 1 and k[-1] == key[-1] for k in known):
        return False
    body = (i for i in range(span.end, len(words)) if words.low[i] == key[-1] and not words.shown[i])
    first = next(body, None)
    return first is not None and role_before(words, first) == (None, "")


def _distinct(words: Words, i: int) -> bool:
    """Whether a name of one word can be looked for by its letters alone."""
    low = words.low[i]
    return len(low) > 2 and low not in words.plain and low not in org_words().calendar


def match_names(words: Words, spans: Sequence[NameSpan], known: dict[Key, str]) -> list[NameSpan]:
    """Occurrences of known names outside the given spans; in lines of capitals in any case."""
    taken = [False] * len(words)
    for span in spans:
        taken[span.start : span.end] = [True] * len(span)
    by_first: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(known, key=len, reverse=True):
        by_first[key[0]].append(key)
    found = []
    for i in range(len(words)):
        if taken[i] or not words.capital[i] or words.low[i] not in by_first:
            continue
        for key in by_first[words.low[i]]:
            end = i + len(key)
            if end > len(words) or any(taken[i:end]) or tuple(words.low[i:end]) != key:
                continue
            if not _fits(words, i, end, known[key]):
                continue
            role, honorific = role_before(words, i)
            found.append(NameSpan(i, end, "", "match", role, honorific))
            taken[i:end] = [True] * len(key)
            break
    return found


def _fits(words: Words, start: int, end: int, kind: str) -> bool:
    """Whether a match is the name and not the word that it looks like (*May*, *Key*, *Will*, *King*)."""
    if end - start > 1 or start in words.addressed:
        return True
    low = words.low[start]
    people = person_words()
    if low in people.offices:
        return kind == "PERSON" and _is_bare_surname(words, start)
    if low in org_words().suffixes or low in place_words().demonyms:
        return False
    if low in org_words().calendar:
        return role_before(words, start) != (None, "")
    if words.shown[start]:
        return low not in words.plain
    if words.first[start]:
        token = words.doc[start]
        return low not in words.plain or (token.tag_ == "NNP" and token.dep_ in ("nsubj", "nsubjpass"))
    return words.doc[start].tag_ in ("NNP", "NNPS") or low not in words.plain


def _is_office(words: Words, i: int) -> bool:
    """Whether the last word of what is called somebody's name is an office after all: *Ohio Governor*."""
    people, orgs, places = person_words(), org_words(), place_words()
    if words.low[i] not in people.offices or i in words.addressed:
        return False
    offices = people.offices | people.honorifics | people.modifiers
    before = words.low[i - 1]
    return before in offices | orgs.suffixes | orgs.heads | orgs.known | places.known | places.demonyms


def _is_bare_surname(words: Words, i: int) -> bool:
    """Whether a word for an office stands alone as a surname does: *King said*, not *King Olav*."""
    if words.shown[i] or words.low[i] in words.plain or words.doc[i].tag_ != "NNP":
        return False
    if not words.first[i] and (words.low[i - 1] in DETERMINERS | POSSESSIVES or words.capital[i - 1]):
        return False
    follows = i + 1 < len(words) and words.line[i + 1] == words.line[i]
    return not (follows and (words.capital[i + 1] or words.low[i + 1] == "of"))


def supported(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans without those that only a headline's capitals suggest.

    In a line in title case a name counts if the document has it elsewhere too, or if it reads as
    a name in full: several words none of which the document writes in lower case.
    """
    elsewhere = {words.key(s.start, s.end) for s in spans if not words.shown[s.start]}
    parts = {w for key in elsewhere for w in key.split()}
    lexicon = place_words()
    kept = []
    for span in spans:
        if words.shown[span.start] and span.origin != "dateline":
            key = words.key(span.start, span.end)
            inside = words.low[span.start : span.end]
            tagged = all(words.doc[i].tag_ in ("NNP", "NNPS") for i in range(span.start, span.end))
            strange = not any(w in words.plain for w in inside)
            person = span.label == "PERSON" and tagged and strange and len(span) > 1
            place = span.label == "PLACE" and strange and (key in lexicon.known or tagged)
            acronym = span.label == "ORG" and len(span) == 1 and words.text[span.start].isupper() and strange
            org = span.label == "ORG" and strange and inside[-1] in org_words().suffixes
            group = key in lexicon.demonyms
            if not (key in elsewhere or set(inside) <= parts or person or place or acronym or org or group):
                continue
        kept.append(span)
    return kept


def without_subheads(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans without those that only a subhead's capitals suggest: *A Letter in the* **Sock**.

    Nobody and nothing is named above a part of the text that has no more of it, but for where it was written.

    Args:
        words: the document.
        spans: all names.
    """
    blocks = get_blocks(words.doc)
    body = next((b.end for b in blocks if b.kind == "paragraph"), len(words))
    subheads = {i for b in blocks if b.kind == "subhead" and b.start >= body for i in range(b.start, b.end)}
    elsewhere = {words.key(s.start, s.end) for s in spans if s.start not in subheads}
    parts = {w for key in elsewhere for w in key.split()}

    def is_told(span: NameSpan) -> bool:  # *Old Halden*, where the text has *Halden*
        return words.key(span.start, span.end) in elsewhere or words.low[span.end - 1] in parts

    return [s for s in spans if s.start not in subheads or is_told(s) or _is_known(words, s)]


def _is_known(words: Words, span: NameSpan) -> bool:
    """Whether a name in a subhead is somebody's in full, or one that a list has, or a place of writing."""
    places, orgs = place_words(), org_words()
    listed = places.known | places.demonyms | places.abbreviations | orgs.known | orgs.noted
    located = words.text[span.end : span.end + 1] == [","]  # *Salem Falls, Ore.*, *Halden, 14 May*
    full = span.label == "PERSON" and len(span) > 1
    return full or located or words.key(span.start, span.end) in listed
