"""Names that the base pipeline cut: parts joined, given names and surnames added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.name_labels import KINDS
from onrecord.pipeline.names.extensions import is_particle
from onrecord.pipeline.names.span import NameSpan
from onrecord.pipeline.names.words import Words, org_words, person_words, place_words

QUOTES = frozenset(("“", "”", '"', "``", "''", "‘", "’"))

NICKNAME = 2
"""Words of a nickname at most: *Remedios “Aling Meding” Caluag*."""


LINKER = 3
"""Letters of a word that links two parts of a name between hyphens at most (*e*, *ul*, *bin*)."""


SURE_OF_PERSON = 0.5
"""Mean chance of being in a person's name from which words stay in one, though alone they were taken for a
place (*Mae Sai* in *Mae Sai Anong*). Likelier than not; not swept."""


PERSON = KINDS.index("PERSON")


def joined(words: Words, spans: list[NameSpan]) -> list[NameSpan]:
    """Two names of one word side by side are one name of two: *Valeska* *Paris*."""
    out: list[NameSpan] = []
    lexicon = place_words()
    for span in spans:
        last = out[-1] if out else None
        if len(out) > 1 and _around_nickname(words, out[-2], out[-1], span):
            out[-2:] = [replace(out[-2], end=span.end, label="PERSON")]
            continue
        if last is not None and _opened_by_nickname(words, last, span):
            out[-1] = replace(span, start=last.start - 2, label="PERSON")
            continue
        if last is not None and (cut := _title_inside(words, last, span)):
            out[-1:] = [replace(last, end=cut), replace(span, start=cut + 1)]
            continue
        if last is not None and (_by_particles(words, last, span) or _by_nickname(words, last, span)):
            out[-1] = replace(last, end=span.end, label="PERSON")
            continue
        if last is not None and (opened := _by_brackets(words, last, span)):
            out[-1] = replace(last, start=opened[0], end=opened[1], label="PERSON")
            continue
        if last is not None and _by_ampersand(words, last, span):
            out[-1] = replace(last, end=span.end, label="ORG")
            continue
        if last is not None and _by_prefix(words, last, span):
            out[-1] = replace(span, start=last.start)
            continue
        if last is not None and _by_linker(words, last, span):
            out[-1] = replace(last, end=span.end, label=last.label if last.label == span.label else "")
            continue
        if (
            last is not None
            and last.end == span.start
            and len(last) == len(span) == 1
            and {last.label, span.label} <= {"PERSON", "PLACE", "ORG"}
            and words.line[last.start] == words.line[span.start]
            and not words.shown[span.start]
            and not any(
                words.text[i].isupper() or words.low[i] in lexicon.demonyms for i in (last.start, span.start)
            )
            and words.low[last.start] not in lexicon.known
            and words.doc[last.start].whitespace_
        ) or (last is not None and _completes_body(words, last, span)):
            label = (
                "ORG" if last.label == "NORP" else "PERSON" if "PERSON" in (last.label, span.label) else ""
            )
            out[-1] = replace(last, end=span.end, label=label)
            continue
        out.append(span)
    return out


def without_strangers(words: Words, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The spans cut where another name runs into a person's that the document has by itself as well.

    *the envoy to the* **United States Ana Lie** is two names if *Ana Lie* stands elsewhere.
    """
    people = {words.key(s.start, s.end) for s in spans if s.label == "PERSON" and len(s) > 1}
    labels = {words.key(s.start, s.end): s.label for s in spans}
    out = []
    for span in spans:
        if _is_behind_office(words, span, labels):
            out.append(replace(span, start=span.end - 2, label="PERSON"))
            continue
        cuts = (i for i in range(span.start + 1, span.end - 1) if words.key(i, span.end) in people)
        cut = next(cuts, None)
        before = words.key(span.start, cut) if cut is not None else ""
        kind = "PLACE" if before in place_words().known else labels.get(before, "")
        whole = cut is not None and before not in place_words().known and _is_person(words, span.start, cut)
        if cut is None or whole or kind in ("", "PERSON"):
            out.append(span)
        else:
            out += replace(span, end=cut, label=kind), replace(span, start=cut, label="PERSON")
    return out


def _is_behind_office(words: Words, span: NameSpan, labels: Mapping[str, str]) -> bool:
    """Whether what somebody heads runs into a name: *director of* **Public Affairs Ada Lie**, once *Lie*."""
    i = span.start - 2
    if span.label != "ORG" or len(span) < 4 or i < 0 or words.low[i + 1] not in ("of", "for"):
        return False
    surname = words.low[span.end - 1]
    office = words.low[i] in person_words().heads and surname not in org_words().suffixes
    return office and labels.get(surname) == "PERSON"


def _is_person(words: Words, start: int, end: int) -> bool:
    """Whether the encoder takes these words for a part of a person's name, whatever they are elsewhere."""
    return words.chances is not None and bool(words.chances[start:end, PERSON].mean() >= SURE_OF_PERSON)


def _title_inside(words: Words, body: NameSpan, person: NameSpan) -> int:
    """The title inside a body's name that runs into a person's: *Town Party Chair Anna* | *Lund*; or 0."""
    if body.label != "ORG" or person.label != "PERSON" or body.end != person.start:
        return 0
    people = person_words()
    titles = (i for i in range(body.end - 2, body.start, -1) if words.word(i) in people.titles)
    return next((i for i in titles if all(words.capital[i : body.end])), 0)


def _by_particles(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether only particles part two names: *Willem* van der *Zee*."""
    between = range(one.end, other.start)
    return (
        0 < len(between) <= 3
        and all(is_particle(words, i) and words.text[i].islower() for i in between)
        and "PERSON" in (one.label, other.label)
        and len(one) <= 2
        and words.line[one.start] == words.line[other.start]
    )


def _by_ampersand(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether an ampersand makes a firm of two surnames: *Moore* & *Van Allen*."""
    after = words.text[other.end : other.end + 2]
    cited = after[:1] == ["("] or any(t[0].isdigit() for t in after) or "al" in words.low[other.end :][:2]
    return (
        one.end + 1 == other.start
        and words.text[one.end] == "&"
        and not cited
        and words.line[one.start] == words.line[other.start]
        and (len(one) == 1 or one.label == "ORG")
    )


def _by_prefix(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether a hyphen ties a word that names nothing by itself to a name: *Trans* - *Sahara Accord*."""
    hyphen = one.end
    if hyphen + 1 != other.start or words.text[hyphen] != "-" or one.label or len(one) > 1:
        return False
    apart = any(words.doc[i].whitespace_ for i in (hyphen - 1, hyphen))
    places = place_words()
    named = words.low[one.start] in places.known or words.low[one.start] in places.demonyms
    return not apart and not named and other.label not in ("", "PERSON") and len(other) > 1


def _by_linker(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether a small word between hyphens links two names: *Lashkar-e* - *Taiba*, *Fazal-ur* - *Rehman*."""
    hyphen = one.end
    if hyphen + 1 != other.start or words.text[hyphen] != "-" or len(one) < 3:
        return False
    linker = words.text[hyphen - 1]
    apart = any(words.doc[i].whitespace_ for i in (hyphen - 1, hyphen))
    return linker.islower() and len(linker) <= LINKER and words.text[hyphen - 2] == "-" and not apart


def _by_nickname(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether marks around a nickname part two names: *Robert* “Bobby” *Scott*."""
    between = words.text[one.end : other.start]
    inside = [t for t in between if t not in QUOTES]
    marks = len(between) - len(inside) + sum(t in QUOTES for t in words.text[other.start : other.end])
    return (
        one.label == other.label == "PERSON"
        and words.line[one.start] == words.line[other.start]
        and 0 < len(between) <= NICKNAME + 2
        and between[0] in QUOTES
        and len(inside) <= NICKNAME
        and all(t[0].isupper() for t in inside)
        and marks == 2
    )


def _by_brackets(words: Words, one: NameSpan, other: NameSpan) -> Range | None:
    """The whole name of which the writer added a part to a quotation: *[Amara] Obi*, *Amara [Obi]*."""
    known = "PERSON" in (one.label, other.label) or not (one.label or other.label)
    if not known or words.line[one.start] != words.line[other.start]:
        return None
    start, end = one.start, other.end
    if words.text[one.end : other.start] == ["]"] and start and words.text[start - 1] == "[":
        return start - 1, end
    if words.text[one.end : other.start] == ["["] and words.text[end : end + 1] == ["]"]:
        return start, end + 1
    return None


def _around_nickname(words: Words, one: NameSpan, nickname: NameSpan, other: NameSpan) -> bool:
    """Whether a nickname that is a name of its own stands in marks between two parts of a person's."""
    return (
        (one.end + 1, nickname.end + 1) == (nickname.start, other.start)
        and words.text[one.end] in QUOTES
        and words.text[nickname.end] in QUOTES
        and words.line[one.start] == words.line[other.start]
        and len(nickname) <= NICKNAME
        and one.label == "PERSON"
        and {nickname.label, other.label} <= {"PERSON", "WORK", "ORG", "PLACE", ""}
    )


def _opened_by_nickname(words: Words, nickname: NameSpan, surname: NameSpan) -> bool:
    """Whether a given name that was not found stands before a nickname: *Flor* “*Aling Ning*” *Cruz*."""
    given = nickname.start - 2
    return (
        given >= 0
        and nickname.end + 1 == surname.start
        and words.text[nickname.end] in QUOTES
        and words.text[nickname.start - 1] in QUOTES
        and words.line[given] == words.line[surname.start]
        and words.capital[given]
        and words.doc[given].pos_ in ("NOUN", "PROPN")
        and len(nickname) <= NICKNAME
        and nickname.label == surname.label == "PERSON"
        and not {words.low[given]} & (person_words().titles | person_words().heads)
    )


def _completes_body(words: Words, one: NameSpan, other: NameSpan) -> bool:
    """Whether a word begins the name of a body: *Republican* *National Committee*, *Energy* *Ministry*."""
    if words.shown[other.start] or words.line[one.start] != words.line[other.start]:
        pass
    elif (
        one.label in ("", "ORG")
        and other.label == "ORG"
        and (one.end, len(one), len(other)) == (other.start, 1, 1)
    ):
        return words.low[other.start] in org_words().heads
    return (
        one.label == "NORP"
        and one.end == other.start
        and other.label in ("ORG", "")
        and len(other) > 1
        and words.line[one.start] == words.line[other.start]
        and words.low[other.end - 1] in org_words().suffixes
    )
