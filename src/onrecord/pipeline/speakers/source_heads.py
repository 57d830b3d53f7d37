"""Which words of a source say who speaks: one head, or one for each of several speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.pipeline.annotations import Range, root_of
from onrecord.pipeline.coreference.nominals import kind_of
from onrecord.pipeline.language.function_words import RELATIVES
from onrecord.pipeline.names.people import People
from onrecord.pipeline.names.roles import head_of
from onrecord.pipeline.names.words import POSSESSIVES, Words, person_words

LINKING = frozenset((",", "and", "&", "or", "the"))
LONGEST_TITLE = 6
"""Tokens between the name of a body and the person who holds an office there."""


def source_heads(people: People, source: Range) -> Iterator[int]:
    """Head tokens of a source: one, or one for each part of a coordination."""
    words = people.words
    doc = words.doc
    one = _one_of_both(people, source)
    if one is not None:
        yield one
        return
    listed = _only_names(people, source) or _apposed_names(people, source)
    if listed:
        yield from listed
        return
    if words.low[source[0]] in RELATIVES - {"whose"} or source[1] - source[0] == 1:
        yield source[0]
        return
    root = root_of(doc, source)
    head = root.i
    # A parser that is led astray makes a verb or preposition the root: fall back to the first name or noun.
    if (
        root.pos_ in ("VERB", "AUX", "ADP", "PUNCT", "SPACE", "ADV", "DET", "CCONJ", "PART")
        and head not in people.names
    ):
        nouns = [i for i in range(*source) if i in people.names or doc[i].pos_ in ("NOUN", "PROPN", "PRON")]
        people_named = [i for i in nouns if i in people.names and people.names_person(i)]
        nouns = people_named or nouns
        head = nouns[0] if nouns else head
        if nouns and not people_named and head not in people.names:
            head = head_of(words, source)
        if nouns and head in people.names:
            head = people.names[head][1][1] - 1
    # *Member of House | panel*: a headline leaves out the article that would show which noun leads.
    leading = (c.i for c in doc[head].children if c.dep_ == "nmod" and c.i >= source[0])
    head = next((i for i in leading if words.low[i + 1] == "of"), head)
    # The parser makes any part of a word with hyphens its head.
    whole = words.parts(head)
    head = whole[1] - 1
    heads = [head]
    queue = list(doc[slice(*whole)])
    while queue:
        token = queue.pop()
        for child in token.children:
            if (
                child.dep_ == "conj"
                and source[0] <= child.i < source[1]
                and child.pos_ in ("NOUN", "PROPN", "PRON", "NUM")
            ):
                # *the mayor and former teacher NAME* is one person: no second part without *and* before it
                heads.append(words.parts(child.i)[1] - 1)
                queue.append(child)
    if len(heads) > 1 and _is_one_person(people, heads, source):
        heads = [min(heads)]
    if len(heads) > 1:
        # *Current and former officials* are one
        heads = [i for i in heads if i in people.names or doc[i].pos_ != "ADJ"] or heads
    group = kind_of(words, head) == "group"
    if group or doc[head].tag_ == "NNS":
        examples = [i for i in _examples(people, source) if group or people.names_person(i)]
        heads += [i for i in examples if i not in heads]
    seen: set[Range] = set()
    for i in sorted(heads):
        span = people.names[i][1] if i in people.names else (i, i + 1)
        if span not in seen:
            seen.add(span)
            yield i


def _one_of_both(people: People, source: Range) -> int | None:
    """The person whose title holds a body and an office: *Radio X and former anchor NAME has*."""
    words = people.words
    spans = {people.names[i][1]: people.names_person(i) for i in range(*source) if i in people.names}
    if list(spans.values()) != [False, True]:
        return None
    (_, end), (start, _) = spans
    joined = "and" in words.low[end:start] and "," not in words.text[end:start]
    return start if joined and _acts_alone(words, source) else None


def _is_one_person(people: People, heads: Sequence[int], source: Range) -> bool:
    """Whether nouns joined under one article tell of one: *The trustee and historian, who backs it*."""
    words = people.words
    nouns = [words.doc[i] for i in sorted(heads)]
    clauses = [c for t in nouns for c in t.children if c.dep_ == "relcl"]
    before = range(source[0], min((c.left_edge.i for c in clauses), default=source[1]))
    if any(t.tag_ != "NN" for t in nouns) or any(
        i in people.names and people.names_person(i) for i in before
    ):
        return False
    if any(c.dep_ in ("det", "poss") for t in nouns[1:] for c in t.children):
        return False
    parts = [t for c in clauses for t in (c, *c.children)]
    return any(t.tag_ == "VBZ" for t in parts) or _acts_alone(words, source)


def _acts_alone(words: Words, source: Range) -> bool:
    """Whether the verb behind a source shows that one subject is meant: *has*, *was*, *says*."""
    verb = words.doc[source[0] : source[1]].root.head
    finite = [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))]
    after = [t for t in finite if t.i >= source[1]]
    return any(t.tag_ == "VBZ" or t.lower_ == "was" for t in after)


def _examples(people: People, source: Range) -> list[int]:
    """Names given as examples: *critics, including NAME and NAME*."""
    words = people.words
    at = next((i for i in range(source[0] + 1, source[1]) if words.low[i] in ("including", "like")), None)
    if at is None:
        return []
    first = next((i for i in range(at + 1, min(at + 6, source[1])) if i in people.names), None)
    if first is None:
        return []
    first = _titled(people, first, source[1])
    found = [first]
    for i in range(people.names[first][1][1], source[1] - 1):
        following = next((j for j in range(i + 1, min(i + 4, source[1])) if j in people.names), None)
        if words.low[i] == "and" and following is not None and following > people.names[found[-1]][1][1]:
            found.append(following)
    wanted = ("PERSON", "ORG")
    return [i for i in found if people.entities[people.names[i][0]].type in wanted]


def _titled(people: People, name: int, end: int) -> int:
    """The person whose title a name belongs to: *University of Wexley professor NAME*; else the name."""
    words = people.words
    for i in range(people.names[name][1][1], min(people.names[name][1][1] + LONGEST_TITLE, end)):
        if words.text[i] == "," or words.low[i] in LINKING:
            return name
        if i in people.names and people.names_person(i):
            return i
    return name


def _apposed_names(people: People, source: Range) -> list[int]:
    """The people whom a plural introduces: *Two voters, NAME and NAME*."""
    words = people.words
    comma = next((i for i in range(source[0] + 1, source[1] - 1) if words.text[i] == ","), None)
    if comma is None or words.doc[comma - 1].tag_ != "NNS" or comma - 1 in people.names:
        return []
    return _only_names(people, (comma + 1, source[1]))


def _only_names(people: People, source: Range) -> list[int]:
    """One token of each name where a source is nothing but names joined by *and* and commas."""
    words = people.words
    lexicon = person_words()
    found: list[int] = []
    for i in range(*source):
        if i in people.names:
            if people.names[i][1][0] == i or not found:
                found.append(i)
        elif words.text[i] in POSSESSIVES:
            if i + 1 < source[1] and words.low[i + 1] not in ("and", ",", "or"):
                return []
        elif words.low[i] not in LINKING and words.low[i] not in lexicon.titles | lexicon.honorifics:
            return []
    found = [i for i in found if not _is_seat(people, people.names[i][1], found)]
    return found if len(found) > 1 else []


def _is_seat(people: People, name: Range, found: Sequence[int]) -> bool:
    """Whether a name only tells of the next: place or body of its office, *Ohio Gov. NAME*, or its part."""
    if people.names_person(name[0]) or name[1] not in range(len(people.words)):
        return False
    if name[1] in people.names and people.names[name[1]][1][0] == name[1]:
        return True  # *Oversight Committee | Republicans*
    following = next((i for i in found if i > name[0]), None)
    return following is not None and people.words.low[name[1]] in person_words().titles
