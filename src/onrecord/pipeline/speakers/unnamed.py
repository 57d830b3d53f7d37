"""Speakers who are never named, by the words used: *two officials*, *the audit report*."""

from __future__ import annotations

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.coreference.nominals import kind_of
from onrecord.pipeline.language.function_words import DASHES, DEMONSTRATIVES
from onrecord.pipeline.names.nominal_words import nominal_words
from onrecord.pipeline.names.people import People
from onrecord.pipeline.names.words import DETERMINERS, Words, org_words, person_words
from onrecord.pipeline.speakers.source_names import COORDINATING
from onrecord.schema import Speaker, SpeakerType

__all__ = ["NOBODY", "unnamed"]

NOBODY = frozenset(
    (
        *("one", "nobody", "everyone", "everybody", "anyone", "someone", "somebody", "none", "all"),
        *("many", "some", "few", "others", "most"),
    )
)
"""Pronouns for people whom nothing tells."""

SOMEBODY = frozenset(("one", "someone", "somebody", "another"))
"""Those of whom there is one."""

ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "those"))
"""What the name of somebody not named goes without; whose office or mother it is, *her mother* tells."""

_LEFT_OUT = ARTICLES | DASHES | {"“", '"', "("}

DANGLING = frozenset((",", "(", "—", "–", "-", "“"))
"""What a part of a source does not end on."""


def unnamed(people: People, head: int, source: Range) -> Speaker:
    """A speaker by the words used, without the article."""
    words = people.words
    start, end = source
    while start < end - 1 and _is_left_out(words, start) and not _is_paired(words, start, end):
        start += 1
    while end > start + 1 and (words.low[end - 1] in COORDINATING or words.text[end - 1] in DANGLING):
        end -= 1
    if end - 2 > start and _is_day_of_the_verb(words, start, end - 2):
        end -= 2
    if words.text[end - 1] == ")" and "(" not in words.text[start:end] and end > start + 1:
        end -= 1
    name = _without_outer_marks(words.surface((start, end)).strip(" ,:;"))
    return Speaker(name, _open_type(words, head), None)


def _is_left_out(words: Words, i: int) -> bool:
    """Whether a word at the head of a phrase is no part of its name: an article, a mark, *by* or *in*.

    *Those* who stand for themselves stay: *those who signed*.
    """
    token = words.doc[i]
    if words.low[i] in DEMONSTRATIVES:
        return words.low[i] in ARTICLES and token.dep_ == "det"
    return words.low[i] in _LEFT_OUT or (token.dep_ in ("prep", "agent") and token.tag_ == "IN")


def _is_day_of_the_verb(words: Words, start: int, i: int) -> bool:
    """Whether *on* and a day at the end tell when it was said: not *a study published on Monday*."""
    on, day = words.doc[i], words.doc[i + 1]
    told = on.head.tag_.startswith("VB") and start <= on.head.i < i
    return on.lower_ == "on" and day.ent_type_ == "DATE" and not told


def _is_paired(words: Words, start: int, end: int) -> bool:
    """Whether a mark at the start has its partner before the end: *the* **“Notes” page**."""
    return words.text[start] in ("“", '"') and any(t in ("”", '"') for t in words.text[start + 1 : end - 1])


def _without_outer_marks(name: str) -> str:
    """A phrase without the quotation marks at its edges, unless they belong to a part of it."""
    bare = name.strip('"“”')
    return bare if _pairs(bare) or not _pairs(name) else name


def _pairs(name: str) -> bool:
    """Whether every quotation mark has its partner."""
    depth = 0
    for letter in name:
        depth += (letter == "“") - (letter == "”")
        if depth < 0:
            return False
    return depth == 0 and name.count('"') % 2 == 0


def _open_type(words: Words, head: int) -> SpeakerType:
    low = words.word(head)
    tag = words.doc[head].tag_
    kind = kind_of(words, head)
    nominals = nominal_words()
    if kind == "document":
        return "DOCUMENT"
    if kind in ("organisation", "place") or low in org_words().nominals:
        near = range(max(0, head - 3), head + 1)
        named = any(words.capital[i] and not words.first[i] and words.low[i] not in DETERMINERS for i in near)
        return "ORG" if named else "UNNAMED"
    if low in nominals.anonymous or low in person_words().heads:
        return "UNNAMED"
    if low in SOMEBODY and (not head or words.low[head - 1] != "no"):
        return "UNNAMED"
    if tag in ("NNS", "NNPS") or kind == "group" or low in NOBODY:
        return "GROUP"
    return "UNNAMED"
