"""Descriptions that an apposition identifies: *the winchman, NAME*, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onrecord.pipeline.annotations import EntityRecord, Range
from onrecord.pipeline.coreference.nominals import DEFINITE, Nominal
from onrecord.pipeline.names.nominal_words import head_form
from onrecord.pipeline.names.words import Words

NEW = frozenset(("a", "an", "one"))
"""What a description of somebody not yet known begins with."""

LONGEST = 10
"""Tokens of a description with its complement before the name beside it; set by hand."""


def called_beside(words: Words, entity: EntityRecord) -> dict[str, int]:
    """What appositions call a person, listed as an occupation or not, with the token where they first do."""
    found: dict[str, int] = {}
    for m in entity.mentions:
        for i in _nouns_beside(words, (m.start, m.end)):
            found.setdefault(head_form(words.word(i)), i)
    return found


def _nouns_beside(words: Words, name: Range) -> Iterator[int]:
    """Heads of *the NOUN, NAME* and *NAME, the NOUN,*."""
    start, end = name
    before = start - 2
    apposed = before > 0 and words.text[start - 1] == "," and words.line[before] == words.line[start]
    if apposed and _is_definite(words, before) and _is_closed(words, end):
        yield before
    root = words.root(start, end)
    for child in root.children:
        if (
            child.dep_ == "appos"
            and child.i > end
            and words.text[end] == ","
            and _is_definite(words, child.i)
        ):
            yield child.i


def _is_definite(words: Words, head: int) -> bool:
    """Whether a singular noun stands right behind *the* and its own modifiers."""
    return words.doc[head].tag_ == "NN" and words.low[words.left_edge(head)] == "the"


def _is_closed(words: Words, end: int) -> bool:
    """Whether a name that an apposition gives ends here: before a comma, a stop or a verb."""
    return end >= len(words) or words.text[end] in (",", ".") or words.doc[end].pos_ in ("VERB", "AUX")


def identified_later(
    words: Words, entities: Sequence[EntityRecord], nominals: Sequence[Nominal]
) -> dict[int, str]:
    """Who is meant by *a spokesman* where the article first gives the name as *the spokesman, NAME*.

    *The* tells that the noun was used before: of the last one whom *a* and this noun brought in, of whose
    *agent* or *lawyer* was heard before, or of *the coroner* who has been one from the start.

    Args:
        words: the document.
        entities: named entities with their name mentions.
        nominals: the descriptions in text order.

    Returns:
        The person's id by the first token of the description.
    """
    out: dict[int, str] = {}
    for e in entities:
        if e.type != "PERSON" or not e.mentions:
            continue
        first = min(e.mentions, key=lambda m: m.start)
        for i in _nouns_beside(words, (first.start, first.end)):
            head = words.word(i)
            if i > first.start:
                continue
            before = [n for n in nominals if n.kind == "person" and n.end < i and words.word(n.head) == head]
            last = before[-1] if before else None
            if last is not None and not last.plural and (words.low[last.start] in NEW or last.owned):
                out[last.start] = e.id
            elif before and all(_is_alone(words, n) for n in before):
                out.update({n.start: e.id for n in before})
    return out


def _is_alone(words: Words, nominal: Nominal) -> bool:
    """Whether a description is *the* and a noun in the singular."""
    two = nominal.end - nominal.start == 2 and not nominal.plural
    return two and words.low[nominal.start] == "the"


def person_beside(
    words: Words, nominal: Nominal, role_of: Mapping[int, str], owner_at: Mapping[int, str]
) -> str:
    """The person whose title and name are set off behind a relative: *her husband, the director NAME*.

    Args:
        words: the document.
        nominal: a description with a possessor.
        role_of: the entity of each token of a title.
        owner_at: the entity of each token of a name.
    """
    i, n = nominal.end, len(words)
    if nominal.kind != "person" or nominal.plural or words.text[i : i + 1] != [","]:
        return ""
    i += 1
    i += i < n and words.low[i] in DEFINITE | NEW
    who = role_of.get(i, "")
    while who and role_of.get(i) == who:
        i += 1
    beside = who and i < n and owner_at.get(i) == who and words.line[i] == words.line[nominal.head]
    return who if beside else ""


def body_beside(words: Words, nominal: Nominal, owner_at: Mapping[int, str]) -> str:
    """The body whose name is set off behind a description: *The company behind it, NAME, said*; else nothing.

    Args:
        words: the document.
        nominal: the description.
        owner_at: the entity of each token of a name.
    """
    if nominal.kind != "organisation" or nominal.plural or words.low[nominal.start] not in DEFINITE | NEW:
        return ""
    n, line = len(words), words.line[nominal.head]
    comma = next((i for i in range(nominal.end, min(nominal.end + LONGEST, n)) if words.text[i] == ","), n)
    start = comma + 1
    if start >= n or start not in owner_at or words.line[start] != line:
        return ""
    between = range(nominal.end, comma)
    if any(words.doc[i].pos_ in ("VERB", "AUX") and words.doc[i].tag_ != "VBN" for i in between):
        return ""
    owner = owner_at[start]
    end = next((i for i in range(start, n) if owner_at.get(i) != owner), n)
    return owner if end < n and words.text[end] == "," else ""
