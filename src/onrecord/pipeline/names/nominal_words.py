"""Nouns for people, offices, bodies and documents, and the classes that they belong to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.language.plurals import singular
from onrecord.pipeline.names.words import person_words


@dataclass(frozen=True, slots=True)
class NominalWords:
    """The lexicon `nominals` as sets and maps."""

    documents: frozenset[str]
    signed: frozenset[str]
    kept: frozenset[str]
    speaking: frozenset[str]
    utterances: frozenset[str]
    anonymous: frozenset[str]
    plurals: frozenset[str]
    paired: frozenset[str]
    masculine: frozenset[str]
    feminine: frozenset[str]
    classes: dict[str, frozenset[str]]
    bodies: dict[str, frozenset[str]]
    titles: dict[str, str]
    states: dict[str, str]
    assumed: frozenset[str]
    quantities: frozenset[str]
    expletive: frozenset[str]
    parties: dict[str, str]
    borne: frozenset[str]
    named_as: dict[str, str]


@cache
def nominal_words() -> NominalWords:
    """Nouns for people, groups and documents."""
    lexicon = load_lexicon("nominals")
    people, documents = lexicon["people"], lexicon["documents"]
    return NominalWords(
        documents=frozenset(documents["nouns"]),
        signed=frozenset(documents["signed"]),
        kept=frozenset(documents["kept"]),
        speaking=frozenset(documents["speaking"]),
        utterances=frozenset(documents["utterances"]),
        anonymous=frozenset(people["anonymous"]),
        plurals=frozenset(people["plurals"]),
        paired=frozenset(people["paired"]),
        masculine=frozenset(people["masculine"]),
        feminine=frozenset(people["feminine"]),
        classes={k: frozenset(v) for k, v in lexicon["roles"].items()},
        bodies={k: frozenset(v) for k, v in lexicon["bodies"].items()},
        titles=dict(lexicon["titles"]),
        states=dict(lexicon["states"]),
        assumed=frozenset(lexicon["names"]["assumed"]),
        quantities=frozenset(lexicon["quantities"]["heads"]),
        expletive=frozenset(lexicon["expletive"]["verbs"]),
        parties=dict(lexicon["parties"]),
        borne=frozenset(lexicon["names"]["borne"]),
        named_as=dict(lexicon["named_as"]),
    )


@lru_cache(maxsize=16_384)
def head_form(word: str) -> str:
    """A title or role in its full singular form."""
    people, single = person_words(), singular(word)
    if single in people.offices and word not in people.heads:
        word = single
    return nominal_words().titles.get(word, word)


def role_class(word: str) -> str:
    """The group of offices that a head belongs to; empty if none."""
    return next((name for name, members in nominal_words().classes.items() if word in members), "")


def body_class(word: str) -> set[str]:
    """The kinds of organisation that a head belongs to."""
    return {name for name, members in nominal_words().bodies.items() if word in members}


def is_borne(head: str) -> bool:
    """Whether bodies bear this noun in their names, so that what is called a court is one by name."""
    return head in nominal_words().borne


def named_kinds(name: Collection[str]) -> set[str]:
    """The nouns in a body's name that tell its kind, with the English noun for one that is not."""
    lexicon = nominal_words()
    kinds = {w for w in name if body_class(w)}
    if kinds & lexicon.borne:
        return kinds
    return kinds | {lexicon.named_as[w] for w in kinds if w in lexicon.named_as}
