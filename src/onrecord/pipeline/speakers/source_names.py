"""The person whom a source gives by name beside a title or a description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.coreference.nominals import kind_of
from onrecord.pipeline.language.function_words import WH_TAGS
from onrecord.pipeline.names.context import MODIFIERS
from onrecord.pipeline.names.people import People
from onrecord.pipeline.names.roles import head_of, is_title, past_letters, role_before
from onrecord.pipeline.names.words import DETERMINERS, POSSESSIVES, Words, person_words

SET_OFF = frozenset((",", "—", "–", ":"))
COORDINATING = frozenset(("and", "or", "&"))
PLURAL = frozenset(("NNS", "NNPS"))
ORIGIN = frozenset(("of", "from", "in", "at"))
LEAST_ROW = 3
LONGEST_JOINT = 4
"""Tokens between two names of a row, their titles aside: *, R-Ohio, and*."""

LONGEST_NOTE = 4
"""Tokens in brackets between a title and its name: *Wing Commander (retd) NAME*."""


def named_people(people: People, source: Range) -> list[int]:
    """A token of each name that a source gives, however the parser takes it.

    *Parish priest Fr. NAME*, *a clerk named NAME*, *its president, NAME*, *Sgt. NAME, who leads the unit*,
    *NAME of the Fair Morn and NAME of the Silver Harvester*. None where a name belongs to somebody else's
    description (*a friend of NAME*, *NAME's lawyer*, *NAME supporters*), and where others speak too who are
    not named (*NAME and the chief*).
    """
    core = _core(people.words, source)
    listed = _introduced(people, core)
    if len(listed) > 1:
        return listed
    listed = _in_a_row(people, core)
    if listed:
        return listed
    spans = [s for s in _persons(people, core) if _is_given(people, s, core)]
    if len(spans) != 1:
        return []
    found = [spans[0], *_joined(people, spans[0], source)]
    if any(_coordinated(people, core, i, found) for i in range(*core)):
        return []
    return [span[0] for span in found]


def _introduced(people: People, core: Range) -> list[int]:
    """The people whom a plural right before them introduces: *The ministers NAME, NAME and Mayor NAME*."""
    words = people.words
    found: list[Range] = []
    for span in _persons(people, core):
        if not found:
            before = span[0] - 1
            leads = before >= core[0] and words.left_edge(before) <= core[0]
            if leads and before not in people.names and words.doc[before].tag_ in PLURAL:
                found.append(span)
            continue
        begin = _whole_title(words, span[0], found[-1][1])
        if words.text[begin - 1] == "," or words.low[begin - 1] in COORDINATING:
            found.append(span)
    return [span[0] for span in found]


def _whole_title(words: Words, start: int, least: int) -> int:
    """First token of the titles before a name with what goes before them: *and | Liberal Gov. NAME*."""
    doc, begin = words.doc, _titled_start(words, start, least)
    while begin > least and doc[begin - 1].dep_ in MODIFIERS and doc[begin - 1].head.i >= begin:
        begin -= 1
    return begin


def _in_a_row(people: People, core: Range) -> list[int]:
    """Three people and more in a row, with or without titles: *NAME, NAME and Gov. NAME of Ohio*."""
    words = people.words
    spans = list(_persons(people, core))
    if len(spans) < LEAST_ROW or _whole_title(words, spans[0][0], core[0]) > core[0]:
        return []
    for before, span in pairwise(spans):
        begin = _whole_title(words, span[0], before[1])
        joined = words.text[begin - 1] == "," or words.low[begin - 1] in COORDINATING
        if not joined or begin - before[1] > LONGEST_JOINT or words.text[before[1]] in POSSESSIVES:
            return []
    last = _whole_title(words, spans[-1][0], spans[-2][1])
    return [span[0] for span in spans] if words.low[last - 1] in COORDINATING else []


def _joined(people: People, first: Range, source: Range) -> Iterator[Range]:
    """The names that *and* joins to a given one, whatever stands between."""
    words, given = people.words, first
    for span in _persons(people, (first[1], source[1])):
        begin = _titled_start(words, span[0], given[1])
        if words.low[begin - 1] in COORDINATING and _is_next(people, given, span):
            given = span
            yield span


def _is_next(people: People, given: Range, span: Range) -> bool:
    """Whether no other person is named between: *NAME, a friend of NAME and NAME* is one who speaks."""
    return not any(given[1] <= s[0] and s[1] <= span[0] for s in _persons(people, (given[1], span[0])))


def _core(words: Words, source: Range) -> Range:
    """The source up to its first clause."""
    start, end = source
    cut = next((i for i in range(start + 1, end) if words.doc[i].tag_ in WH_TAGS), end)
    return start, cut


def _persons(people: People, core: Range) -> Iterator[Range]:
    seen = {people.names[i][1]: people.names[i][0] for i in range(*core) if i in people.names}
    for span, entity in seen.items():
        if people.entities[entity].type == "PERSON" and core[0] <= span[0] < core[1]:
            yield span


def _is_given(people: People, name: Range, core: Range) -> bool:
    words = people.words
    start, end = core
    after = min(past_letters(words, name[1]), end)
    if after < end and not _may_follow(words, after):
        return False
    begin = _titled_start(words, name[0], start)
    if all(words.low[i] in DETERMINERS for i in range(start, begin)):
        return True
    before = begin - 1
    if words.low[before] in person_words().called:
        return True
    if words.text[before] in SET_OFF:
        return any(words.doc[i].pos_ in ("NOUN", "PROPN", "PRON", "NUM") for i in range(start, before))
    other = people.names.get(before)
    described = begin < name[0] or _begins_with_person(words, core)
    close = described and not (other and people.entities[other[0]].type == "PERSON")
    return close and words.doc[before].pos_ in ("NOUN", "PROPN", "ADJ")


def _begins_with_person(words: Words, core: Range) -> bool:
    """Whether a noun for a person leads the source: *Executive director of the Council on Relations NAME*."""
    head = head_of(words, core)
    return kind_of(words, head) == "person"


def _may_follow(words: Words, i: int) -> bool:
    return words.text[i] in SET_OFF | {"(", "["} or words.low[i] in ORIGIN | COORDINATING


def _titled_start(words: Words, start: int, least: int) -> int:
    """First token of the titles before a name, notes in brackets between them too."""
    role, _ = role_before(words, start)
    begin = max(least, role[0]) if role else start
    people = person_words()
    while begin > least:
        i = begin - 1
        if is_title(words, i) or words.word(i) in people.heads | people.modifiers:
            begin = i
            continue
        if words.text[i] == ")":
            opened = next(
                (j for j in range(i, max(least, i - LONGEST_NOTE), -1) if words.text[j] == "("), None
            )
            if opened is not None and opened > least:
                begin = opened
                continue
        break
    if least < begin < start and words.low[begin - 1] in DETERMINERS:
        begin -= 1  # *one of its members, the economist NAME*
    if least + 1 < begin < start and words.text[begin - 1] in POSSESSIVES and words.capital[begin - 2]:
        begin -= 2  # *its chair, Ghana's foreign minister NAME*
    return begin


def _coordinated(people: People, core: Range, i: int, found: Sequence[Range]) -> bool:
    """Whether a token joins others who speak too: *NAME and the chief*, *the chief and the mayor, NAME*."""
    words = people.words
    if words.low[i] not in COORDINATING or any(start <= i < end for start, end in found):
        return False
    if found[0][1] <= i < found[-1][0]:
        return False
    if i - 1 in people.names and people.names[i - 1][1] not in found:
        return False  # *NAME, a friend of NAME | and | NAME*
    if i >= found[-1][1] or i + 1 >= core[1]:
        return True
    return words.low[i + 1] in DETERMINERS or words.capital[i + 1]
