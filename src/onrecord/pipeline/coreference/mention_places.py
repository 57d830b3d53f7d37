"""How a mention stands in its sentence: subject, object, possessor, joined to others, in a place."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.pipeline.coreference.layout import LOCATIVE, role_of
from onrecord.pipeline.coreference.referents import Place
from onrecord.pipeline.names.roles import is_agent
from onrecord.pipeline.names.words import POSSESSIVES, Words, person_words

OPENING = frozenset(("“", "``", '"', "‘", "«"))


def heads_item(words: Words, start: int, end: int) -> bool:
    """Whether a name alone opens a paragraph that is about its bearer: *1. Anna Berg. The mayor of …*."""
    n, line = len(words), words.line[start]
    if end + 1 >= n or words.text[end] != "." or words.line[end + 1] != line:
        return False
    before = start - 1
    while before >= 0 and words.line[before] == line and not words.text[before][0].isalpha():
        before -= 1
    return before < 0 or words.line[before] != line


def _described(words: Words, name: Token, start: int) -> Token:
    """What a name set off by a comma stands beside: the person, not the place in *A picker in Elm, NAME*."""
    beside = name.head
    above = beside.head.head
    if beside.dep_ != "pobj" or beside.pos_ != "PROPN" or words.text[start - 1] != ",":
        return beside
    person = words.word(above.i) in person_words().heads or is_agent(words, above.i)
    return above if above.pos_ == "NOUN" and person else beside


def place_of(words: Words, span: tuple[int, int], sentence: int, quoted: bool, kind: str) -> Place:
    """The place of one mention.

    An apposition and the later parts of a coordination have the role of what they hang on.

    Args:
        words: the document.
        span: tokens of the mention.
        sentence: number of its sentence.
        quoted: whether it stands inside marked quotation.
        kind: `name`, `nominal` or `pronoun`.
    """
    start, end = span
    root = words.root(start, end)
    possessive = end < len(words) and words.text[end] in POSSESSIVES
    conjoined = any(c.dep_ == "conj" and c.i >= end for c in root.children)
    beside = root.head
    people = person_words()
    thing = root.dep_ == "appos" and beside.pos_ == "NOUN" and words.word(beside.i) not in people.heads
    while root.dep_ in ("appos", "conj") and root.head.i != root.i and root.head.i < root.i:
        conjoined |= root.dep_ == "conj"
        root = _described(words, root, start) if root.dep_ == "appos" else root.head
    role = "possessive" if possessive else role_of(root.dep_)
    if kind == "name" and heads_item(words, start, end):
        role = "subject"
    return Place(
        start,
        end,
        sentence,
        words.line[start],
        role == "subject",
        role == "possessive",
        quoted,
        kind,
        role,
        conjoined,
        role == "oblique" and root.head.lower_ in LOCATIVE,
        end - start if kind == "name" else 0,
        thing,
        start > 0 and words.text[start - 1] in OPENING,
        words.doc[start].ent_type_ == "PERSON",
        kind == "name" and start > 0 and words.low[start - 1] in ("the", "a", "an"),
    )
