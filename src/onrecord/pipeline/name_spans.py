"""Where names stand: the base pipeline's spans repaired, and capitalised runs that it overlooked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.name_words import (
    CALENDAR,
    DETERMINERS,
    MARKS,
    POSSESSIVES,
    Words,
    org_words,
    person_words,
    place_words,
)
from onrecord.pipeline.roles import role_before, title_length

NAME_LABELS = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "NORP": "NORP",
    "EVENT": "EVENT",
    "WORK_OF_ART": "WORK",
    "LAW": "LAW",
    "PRODUCT": "PRODUCT",
}
"""OntoNotes labels of the base pipeline, as the data contract calls them."""

VALUE_LABELS = {
    "DATE": "DATE",
    "TIME": "TIME",
    "MONEY": "MONEY",
    "PERCENT": "PERCENT",
    "QUANTITY": "QUANTITY",
}

Origin = Literal["ner", "run", "match"]


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in the text, without title, article and possessive.

    Attributes:
        label: type that the base pipeline gave, empty where it saw no name.
        role: title or description right before the name.
        honorific: form of address before the name, folded.
        surname: token of the surname that a coordinated name shares with the next.
    """

    start: int
    end: int
    label: str = ""
    origin: Origin = "ner"
    role: Range | None = None
    honorific: str = ""
    surname: int | None = None

    def __len__(self) -> int:
        return self.end - self.start


def find_name_spans(words: Words) -> list[NameSpan]:
    """All names in text order, none overlapping another.

    Repairs what the base pipeline found, then adds capitalised runs that it did not see. Which of
    them are worth an entry is decided later, by document-level evidence.
    """
    taken = [False] * len(words)
    spans: list[NameSpan] = []

    def take(span: NameSpan) -> None:
        if span.start < span.end and not any(taken[span.start : span.end]):
            spans.append(span)
            taken[span.start : span.end] = [True] * len(span)

    found = [
        p for e in words.doc.ents if e.label_ in NAME_LABELS for p in _pieces(words, e.start, e.end, e.label_)
    ]
    for piece in found:
        for span in _repaired(words, piece):
            take(span)
    spans = [_extended(words, span, taken) for span in spans]
    for span in spans:
        taken[span.start : span.end] = [True] * len(span)
    for start, end in _runs(words, taken):
        for span in _from_run(words, start, end):
            take(span)
    return sorted((_with_role(words, s) for s in spans), key=lambda s: s.start)


def _pieces(words: Words, start: int, end: int, label: str) -> Iterator[NameSpan]:
    """A span cut where a line ends inside it."""
    begin = start
    for i in range(start, end + 1):
        if i == end or words.breaks[i] or (i > begin and words.line[i] != words.line[begin]):
            if begin < i:
                yield NameSpan(begin, i, NAME_LABELS[label])
            begin = i + 1 if i < end and words.breaks[i] else i


def _repaired(words: Words, span: NameSpan) -> Iterator[NameSpan]:
    span = trim(words, span)
    if span.start >= span.end:
        return
    cuts = _cuts(words, span)
    if cuts:
        begin = span.start
        for cut in [*cuts, span.end]:
            yield from _repaired(words, replace(span, start=begin, end=cut))
            begin = cut + 1
        return
    start = span.start
    if span.label in ("PERSON", "ORG", "NORP", "PRODUCT", "PLACE"):
        start += title_length(words, span.start, span.end)
        if start >= span.end:
            return
    end = _without_tail(words, start, span.end, span.label)
    if start < end:
        yield from _worth(words, trim(words, replace(span, start=start, end=end)))


def _worth(words: Words, span: NameSpan) -> Iterator[NameSpan]:
    """The span if it can be a name at all."""
    inside = range(span.start, span.end)
    if not any(words.capital[i] or words.text[i][0].isdigit() for i in inside):
        return
    if not any(c.isalpha() for i in inside for c in words.text[i]):
        return
    if len(span) == 1:
        word = words.text[span.start]
        low = words.low[span.start]
        if not words.shown[span.start] and word.isupper() and len(word) > 3 and low in words.plain:
            return  # a word in capitals for emphasis
        if low in CALENDAR or low in DETERMINERS or len(low) < 2:
            return
    yield span


def trim(words: Words, span: NameSpan) -> NameSpan:
    """The span without articles, marks, possessives and lower-case words at its edges."""
    start, end = span.start, span.end
    particles = person_words().particles
    while start < end and (
        _is_mark(words, start)
        or words.low[start] in DETERMINERS
        or (
            words.text[start].islower() and words.low[start] not in particles and not _has_digit(words, start)
        )
    ):
        start += 1
    while start < end and (
        _is_mark(words, end - 1)
        or words.text[end - 1] in POSSESSIVES
        or (words.text[end - 1].islower() and not _has_digit(words, end - 1))
    ):
        end -= 1
    return replace(span, start=start, end=end)


def _is_mark(words: Words, i: int) -> bool:
    return words.text[i] in MARKS or words.text[i].isspace() or words.text[i] == "."


def _has_digit(words: Words, i: int) -> bool:
    return any(c.isdigit() for c in words.text[i])


def _cuts(words: Words, span: NameSpan) -> list[int]:
    """Tokens inside a span at which it falls apart."""
    inside = range(span.start + 1, span.end - 1)
    if span.label == "PERSON":
        cuts = [
            i
            for i in inside
            if words.low[i] in ("and", "or", "vs", "versus") or words.text[i] in (",", "/", ";", ":")
        ]
        suffixes = person_words().suffixes
        return [i for i in cuts if words.low[i + 1] not in suffixes]
    # A possessor is no part of what it owns, save in names of shops and papers.
    cuts = [
        i
        for i in inside
        if words.text[i] in ("’s", "'s") and span.label == "ORG" and not words.capital[i + 1]
    ]
    return cuts + [i for i in inside if words.text[i] in ("/", ";", "|", "(", "“", '"')]


def _without_tail(words: Words, start: int, end: int, label: str) -> int:
    """The end without a title of the next name, or a word that opens another clause."""
    people = person_words()
    if label == "PERSON":
        while end - start > 1 and words.low[end - 1] in people.postnominals:
            end -= 1
        return end
    if label == "ORG" and end - start > 1:
        cut = end
        while cut - start > 1 and words.low[cut - 1] in people.heads | people.titles | people.modifiers:
            cut -= 1
        follows = end < len(words) and words.capital[end] and words.line[end] == words.line[end - 1]
        if cut < end and words.low[end - 1] in (
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "secretary",
            "ceo",
        ):
            return cut
        if cut < end and follows and not words.first[end]:
            return cut
    return end


def _extended(words: Words, span: NameSpan, taken: list[bool]) -> NameSpan:
    """A person's name with the given name or surname that was cut off."""
    if span.label != "PERSON" or words.shown[span.start]:
        return span
    start, end = span.start, span.end
    while end < len(words) and not taken[end] and _joins(words, end, end - 1):
        end += 1
    if end - start == 1:
        while (
            start > 0
            and not taken[start - 1]
            and _joins(words, start - 1, start)
            and not words.first[start - 1]
        ):
            start -= 1
    if end < len(words) and words.low[end] in person_words().suffixes and not taken[end]:
        end += 1
    elif (
        end + 1 < len(words)
        and words.text[end] == ","
        and words.low[end + 1] in ("jr", "sr")
        and not any(taken[end : end + 2])
    ):
        end += 2
    return replace(span, start=start, end=end)


def _joins(words: Words, i: int, beside: int) -> bool:
    """Whether token `i` can be part of the person's name beside it."""
    if not words.capital[i] or words.line[i] != words.line[beside] or not words.text[i][-1].isalpha():
        return bool(len(words.text[i]) == 2 and words.text[i][1] == "." and words.capital[i])
    low = words.low[i]
    people, places, orgs = person_words(), place_words(), org_words()
    if low in people.titles | people.heads | people.honorifics | people.modifiers or low in CALENDAR:
        return False
    if low in places.demonyms or low in places.known or low in orgs.suffixes or low in words.plain:
        return False
    return words.doc[i].tag_ in ("NNP", "NNPS") and not words.text[i].isupper()


def _runs(words: Words, taken: list[bool]) -> Iterator[Range]:
    """Stretches of capitalised words outside headlines that no span covers."""
    i, n = 0, len(words)
    while i < n:
        if taken[i] or words.shown[i] or not _begins(words, i):
            i += 1
            continue
        j = i + 1
        while j < n and not taken[j] and words.line[j] == words.line[i]:
            if words.capital[j] and words.text[j][-1].isalnum() | (words.text[j][-1] == "."):
                j += 1
                continue
            step = _bridge(words, i, j, taken)
            if not step:
                break
            j = step
        yield i, j
        i = j


def _begins(words: Words, i: int) -> bool:
    if not words.capital[i] or words.low[i] in CALENDAR or words.low[i] in ("i", "i'm"):
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
    if (
        after < len(words)
        and words.capital[after]
        and not taken[after]
        and words.line[after] == words.line[start]
    ):
        return after + 1
    return 0


def _from_run(words: Words, start: int, end: int) -> Iterator[NameSpan]:
    people, places = person_words(), place_words()
    while start < end and (
        words.low[start] in DETERMINERS or words.low[start] in people.modifiers - {"general"}
    ):
        start += 1
    start += title_length(words, start, end)
    while end > start and (
        words.low[end - 1] in people.heads | people.titles or words.low[end - 1] in CALENDAR
    ):
        end -= 1
    if start >= end:
        return
    if all(words.low[i] in places.demonyms or words.text[i] == "-" for i in range(start, end)):
        yield NameSpan(start, end, "NORP", "run")
        return
    if (
        words.low[start] in places.demonyms
        and end - start > 1
        and words.low[start + 1] in people.heads | people.titles
    ):
        yield NameSpan(start, start + 1, "NORP", "run")
        return
    yield from _worth(words, trim(words, NameSpan(start, end, "", "run")))


def _with_role(words: Words, span: NameSpan) -> NameSpan:
    role, honorific = role_before(words, span.start)
    shared = None
    if span.label in ("PERSON", "") and len(span) == 1 and span.end + 1 < len(words):
        shared = _shared_surname(words, span)
    return replace(span, role=role, honorific=honorific, surname=shared)


def _shared_surname(words: Words, span: NameSpan) -> int | None:
    """The surname in *Anna and Karl Berg*, seen from *Anna*."""
    if words.low[span.end] not in ("and", "&", "or"):
        return None
    i = span.end + 1
    if (
        i + 1 < len(words)
        and words.capital[i]
        and words.capital[i + 1]
        and words.line[i] == words.line[span.start]
    ):
        given = words.doc[i].tag_ == "NNP" and words.doc[i + 1].tag_ == "NNP"
        known = words.doc[i].ent_type_ == "PERSON" and words.doc[i + 1].ent_type_ == "PERSON"
        j = i + 1
        while j + 1 < len(words) and words.doc[j + 1].ent_type_ == "PERSON" and words.capital[j + 1]:
            j += 1
        return j if given and known else None
    return None
