"""Where names stand: repaired spans of the base pipeline, and names that it overlooked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import Range, get_marks
from onrecord.pipeline.names.acronyms import initials
from onrecord.pipeline.names.datelines import dateline_names
from onrecord.pipeline.names.extensions import labels_caption
from onrecord.pipeline.names.genitives import with_genitives
from onrecord.pipeline.names.joins import joined, without_strangers
from onrecord.pipeline.names.letters import without_letters
from onrecord.pipeline.names.numbered import with_numbers
from onrecord.pipeline.names.peers import with_seats
from onrecord.pipeline.names.repair import repaired_spans, trim, worth
from onrecord.pipeline.names.roads import numbered_roads
from onrecord.pipeline.names.roles import role_before, title_length
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.spouses import is_plural_kin
from onrecord.pipeline.names.told_titles import without_titles
from onrecord.pipeline.names.wholes import cut_wholes, whole_bodies
from onrecord.pipeline.names.words import (
    DETERMINERS,
    MARKS,
    Words,
    org_words,
    person_words,
    place_words,
)

VALUE_LABELS = {
    "DATE": "DATE",
    "TIME": "TIME",
    "MONEY": "MONEY",
    "PERCENT": "PERCENT",
    "QUANTITY": "QUANTITY",
}

MAX_NOTED = 6
"""Tokens of a name in the list of bodies that are looked for, hyphens among them."""

INITIAL = re.compile(r"[A-Z]\.")

MAX_ACRONYM = 7
"""Letters of an acronym that is spelt out beside it."""

MAX_TURN_LABEL = 4
"""Tokens of a speaker's label at the start of a turn."""


def find_name_spans(words: Words) -> list[NameSpan]:
    """All names in text order, none overlapping another.

    Repairs what the base pipeline found, then adds labels of speaking turns and capitalised runs that
    it did not see. Which of them are worth an entry is decided later, by document-level evidence.
    """
    told = [*_turns(words), *dateline_names(words), *numbered_roads(words)]
    taken = [False] * len(words)
    spans: list[NameSpan] = []
    for span in [*told, *_expansions(words), *_noted(words), *repaired_spans(words)]:
        if not any(taken[span.start : span.end]):
            spans.append(span)
            taken[span.start : span.end] = [True] * len(span)
    for start, end in _runs(words, taken):
        for span in _from_run(words, start, end):
            if not any(taken[span.start : span.end]):
                spans.append(span)
                taken[span.start : span.end] = [True] * len(span)
    spans = whole_bodies(words, joined(words, sorted(spans, key=lambda s: s.start)))
    spans = _with_titles(words, cut_wholes(words, with_numbers(words, spans)))
    spans = with_seats(words, without_strangers(words, spans))
    spans = without_titles(words, [_with_role(words, s) for s in spans])
    return with_genitives(words, spans)


def _with_titles(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans with titles in marks as one name each: *“Meet the Neighbours,”* not what it is made of."""
    titles = []
    for mark in get_marks(words.doc):
        if mark.role != "title" or not mark.closed:
            continue
        title = trim(words, NameSpan(mark.start + 1, mark.end - 1, "WORK", "title"))
        whole = next((s.label for s in spans if (s.start, s.end) == (title.start, title.end)), "")
        if len(title) > 1 and whole in ("", "PERSON", "PLACE", "WORK"):
            titles.append(title)
    covered = {i for t in titles for i in range(t.start, t.end)}
    kept = [s for s in spans if not covered.intersection(range(s.start, s.end))]
    return sorted([*kept, *titles], key=lambda s: s.start)


def _expansions(words: Words) -> Iterator[NameSpan]:
    """Names in brackets after their own initials: *NRWB* (*National River and Water Board*)."""
    for i in range(1, len(words)):
        short = words.text[i - 1]
        if words.text[i] != "(" or not (short.isupper() and 2 <= len(short) <= MAX_ACRONYM):
            continue
        last = min(i + 3 * len(short), len(words))
        end = next((j for j in range(i + 1, last) if words.text[j] == ")"), i)
        start = i + 1 + (words.low[i + 1 : i + 2] == ["the"])
        if end - start > 1 and initials(words.text[start:end]) == short:
            yield NameSpan(start, end, "ORG", "run")


def _noted(words: Words) -> Iterator[NameSpan]:
    """Bodies of the list that were found in parts: *Boko* and *Haram*; not inside a longer name."""
    noted = org_words().noted
    ends = {i: ent.end for ent in words.doc.ents for i in range(ent.start, ent.end)}
    for i in range(len(words)):
        if not words.capital[i] or words.low[i] not in _noted_firsts():
            continue
        last = min(i + MAX_NOTED, len(words))
        for end in range(last, i + 1, -1):
            found = any(k in ends for k in range(i, end)) and words.line[i] == words.line[end - 1]
            whole = found and ends.get(i, 0) < end and ends.get(end - 1, end) == end
            if whole and words.text[end - 1][-1].isalnum() and words.key(i, end) in noted:
                yield NameSpan(i, end, "ORG", "run")
                break


@cache
def _noted_firsts() -> frozenset[str]:
    return frozenset(name.replace("-", " ").partition(" ")[0] for name in org_words().noted)


def _turns(words: Words) -> Iterator[NameSpan]:
    """Labels in capitals before a colon, at the start of two lines or more: *WALLACE:*."""
    found: list[Range] = []
    no_labels = _no_labels()
    for i in range(len(words)):
        if i and words.line[i] == words.line[i - 1]:
            continue
        start = i
        while start < len(words) and (words.breaks[start] or words.text[start] in MARKS):
            start += 1
        end = start
        while end < len(words) and end - start <= MAX_TURN_LABEL and words.line[end] == words.line[start]:
            if words.text[end] == ":":
                break
            end += 1
        if start < end < len(words) and words.text[end] == ":" and end - start <= MAX_TURN_LABEL:
            label = words.doc[start:end].text
            if label.isupper() and not no_labels.intersection(words.low[start:end]):
                found.append((start, end))
    counts = Counter(words.key(*r) for r in found)
    for start, end in found:
        if counts[words.key(start, end)] > 1:
            begin = start + title_length(words, start, end)
            if begin < end:
                yield NameSpan(begin, end, "PERSON", "turn")


def _runs(words: Words, taken: list[bool]) -> Iterator[Range]:
    """Stretches of capitalised words outside headlines that no span covers."""
    i, n = 0, len(words)
    while i < n:
        if taken[i] or words.shown[i] or not _begins(words, i):
            i += 1
            continue
        j = i + 1
        while j < n and not taken[j] and words.line[j] == words.line[i]:
            if words.low[j] in DETERMINERS:
                break
            if words.capital[j] and (words.text[j][-1].isalnum() or words.text[j][-1] == "."):
                j += 1
                continue
            step = _bridge(words, i, j, taken)
            if not step:
                break
            j = step
        yield i, j
        i = j


def _begins(words: Words, i: int) -> bool:
    if not words.capital[i] or words.low[i] in org_words().calendar or words.low[i] in ("i", "i'm"):
        return False
    proper = words.doc[i].tag_ in ("NNP", "NNPS")
    if words.first[i]:
        return proper and words.low[i] not in words.plain and words.low[i] not in DETERMINERS
    return proper or (words.doc[i].pos_ in ("ADJ", "NOUN") and words.low[i] not in words.plain)


def _bridge(words: Words, start: int, i: int, taken: list[bool]) -> int:
    """The token after a linking word that the name goes on with; 0 if the name ends before `i`."""
    after = i + 1
    if words.low[i] in ("of", "for") and words.low[i - 1] in org_words().heads:
        while after < len(words) and words.low[after] in ("the", "and"):
            after += 1
    elif words.low[i] not in ("&", "-") and words.low[i] not in person_words().particles:
        return 0
    goes_on = after < len(words) and words.capital[after] and not taken[after]
    return after + 1 if goes_on and words.line[after] == words.line[start] else 0


def _ends_no_name(words: Words, last: int) -> bool:
    """Whether a word at the end of a run is an office or of the calendar, and nobody's surname."""
    people, low = person_words(), words.word(last)
    known = low in people.heads or low in people.titles or words.low[last] in org_words().calendar
    return known and low not in words.surnames()


def _from_run(words: Words, start: int, end: int) -> Iterator[NameSpan]:
    people, places = person_words(), place_words()
    if end - start > 1 and words.key(start, end) in org_words().known:
        yield NameSpan(start, end, "ORG", "run")
        return
    body = words.low[end - 1] in org_words().suffixes
    # *Foreign Trainer NAME*, but *Foreign Ministry*
    before = DETERMINERS | (people.states if body else people.modifiers - {"general"})
    while start < end and words.word(start) in before:
        start += 1
    if not body:
        start += title_length(words, start, end)
    end = without_letters(words, start, end)
    while end > start and (_ends_no_name(words, end - 1) or labels_caption(words, end - 1)):
        end -= 1
    if start >= end:
        return
    if start in words.addressed:
        yield NameSpan(start, end, "", "run")
        return
    of_origin = [i for i in range(start, end) if words.low[i] in places.demonyms]
    if of_origin and all(i in of_origin or words.text[i] == "-" for i in range(start, end)):
        yield NameSpan(start, end, "NORP", "run")
        return
    follows = words.low[start + 1] if end - start > 1 else ""
    if words.low[start] in places.demonyms and follows in people.offices:
        yield NameSpan(start, start + 1, "NORP", "run")
        return
    if words.low[start] in people.postnominals and start and words.text[start - 1] == ",":
        return
    yield from worth(words, trim(words, NameSpan(start, end, "", "run")))


def _with_role(words: Words, span: NameSpan) -> NameSpan:
    role, honorific = role_before(words, span.start)
    shared = None
    kin = is_plural_kin(words, span.start)
    short = len(span) == 1 or (len(span) == 2 and INITIAL.fullmatch(words.text[span.end - 1]) is not None)
    if span.label in ("PERSON", "") and short and (role is None or kin) and not honorific:
        shared = _shared_surname(words, span, kin=kin)
    return replace(span, role=role, honorific=honorific, surname=shared)


def _shared_surname(words: Words, span: NameSpan, *, kin: bool) -> int | None:
    """The surname in *Anna and Karl Berg*, seen from *Anna*; behind *the couple* it is hers beyond doubt."""
    i = span.end + 1
    if i + 1 >= len(words) or words.low[span.end] not in ("and", "&", "or") or not words.capital[i + 1]:
        return None
    if words.line[i] != words.line[span.start] or not words.capital[i]:
        return None
    titled = span.start > 0 and words.low[span.start - 1] in person_words().titles and not kin
    loud = words.text[span.start].isupper() and not words.shouted[span.start]
    if titled or loud or _follows_single_name(words, span.start):
        return None  # *Presidents Lund and Anna Berg*, *JFK and Anna Berg* have each a name
    if not all(words.doc[k].tag_ == "NNP" and words.doc[k].ent_type_ == "PERSON" for k in (i, i + 1)):
        return None
    j = i + 1
    while j + 1 < len(words) and words.doc[j + 1].ent_type_ == "PERSON" and words.capital[j + 1]:
        j += 1
    if kin:
        return j
    others = (k for k in range(len(words)) if words.low[k] == words.low[span.start] and k != span.start)
    if words.text[j + 1 : j + 2] == ["-"]:
        return None  # the surname has two parts
    alone = list(others)
    if all(_begins_name(words, k) for k in alone) or _go_by_given_names(words, alone, i, j):
        return j
    return None


def _go_by_given_names(words: Words, first: Sequence[int], second: int, surname: int) -> bool:
    """Whether a text calls two people by their given names: *Len and Val Lund … Len says … Val says*.

    Args:
        words: the document.
        first: tokens of the first one's name elsewhere.
        second: the second one's given name.
        surname: what the two share; where it stands alone it is one person's.
    """
    n = len(words)
    again = [k for k in range(n) if words.low[k] == words.low[second] and k != second and words.capital[k]]
    others = (k for k in range(n) if words.low[k] == words.low[surname] and k != surname)
    if not again or not all(words.capital[k - 1] and not words.first[k] for k in others):
        return False
    return not any(
        _begins_name(words, k) or (k and words.capital[k - 1] and words.line[k - 1] == words.line[k])
        for k in [*first, *again]
        if words.capital[k]
    )


def _follows_single_name(words: Words, start: int) -> bool:
    """Whether a list has somebody by one name before: of *Tansy, Monique and Laura Hill* one is a Hill."""
    i = start - 2
    return (
        i >= 0
        and words.text[i + 1] == ","
        and words.line[i] == words.line[start]
        and words.doc[i].ent_type_ == "PERSON"
        and words.doc[i].ent_iob_ == "B"
    )


def _begins_name(words: Words, i: int) -> bool:
    """Whether a word begins a longer name, as given names do: *Peter | Lund*."""
    after = i + 1
    return after < len(words) and words.capital[after] and words.doc[after].tag_ == "NNP"


@cache
def _no_labels() -> frozenset[str]:
    """Words by which a label before a colon names nobody: *QUESTION*, *PHOTO*."""
    return frozenset(load_lexicon("structure")["speakers"]["in_no_label"])
