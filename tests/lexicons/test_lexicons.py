from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.errors import LexiconError
from onrecord.lexicons import load_lexicon, parse_lexicon
from onrecord.pipeline.base.tokenization import adapt_tokenizer
from onrecord.pipeline.language.cues import MODES, CueLexicon
from onrecord.pipeline.language.hyphens import hyphened_words
from onrecord.pipeline.names.nominal_words import NominalWords
from onrecord.pipeline.names.words import OrgWords, PersonWords, PlaceWords, read_words

PACKAGE = Path(str(files("onrecord")))
ROOT = PACKAGE / "lexicons"
LEXICONS = sorted((p.parent.name, p.stem) for p in ROOT.glob("*/*.toml"))

READ_WHOLE = frozenset(
    (
        "confidence.learned",
        "confidence.rules",
        "cue_rates.cues",
        "cue_rates.rules",
        "given_names.short_forms",
        "nested.weights",
        "nominals.bodies",
        "nominals.named_as",
        "nominals.parties",
        "nominals.roles",
        "nominals.singulars",
        "nominals.states",
        "nominals.titles",
        "places.aliases",
        "places.demonyms.of",
        "places.organisations",
        "places.short_states",
        "polities.seats",
        "quantities.quantities.currencies",
        "quantities.quantities.fractions",
        "quantities.quantities.money",
        "quantities.quantities.scales",
        "quantities.quantities.short_scales",
        "quantities.quantities.tens",
        "quantities.quantities.units",
        "quantities.ranks.ordinals",
    )
)
"""Tables whose keys are data: a word and what it stands for."""


@dataclass(frozen=True)
class Module:
    """What a module of the package says: its strings, attributes, imports and the lexicons it loads."""

    strings: frozenset[str]
    attributes: frozenset[str]
    imports: frozenset[str]
    loads: frozenset[str]


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        name = ".".join(("onrecord", *path.relative_to(PACKAGE).with_suffix("").parts))
        found[name] = Module(
            frozenset(n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)),
            frozenset(n.attr for n in nodes if isinstance(n, ast.Attribute)),
            frozenset(n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module),
            frozenset(loaded(nodes)),
        )
    return found


def loaded(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for n in nodes:
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "load_lexicon":
            yield from (a.value for a in n.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def keys_in(table: Any, path: str) -> Iterator[tuple[str, str]]:
    """Each key that code has to name, with its path."""
    if path in READ_WHOLE:
        return
    for key, value in table.items():
        yield key, f"{path}.{key}"
        if isinstance(value, dict):
            yield from keys_in(value, f"{path}.{key}")


def lists_in(table: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    if isinstance(table, dict):
        for key, value in table.items():
            if path or key != "provenance":
                yield from lists_in(value, f"{path}.{key}")
    elif isinstance(table, list):
        yield path, [item for item in table if isinstance(item, str)]
        for i, item in enumerate(table):
            if isinstance(item, (dict, list)):
                yield from lists_in(item, f"{path}[{i}]")


def entries_in(table: Any, path: str) -> Iterator[tuple[str, str]]:
    """Each word that text is compared with, with the path of its list or table of data."""
    for listed, entries in lists_in({k: v for k, v in table.items() if k != "provenance"}):
        yield from ((path + listed.partition("[")[0], e) for e in entries)
    if path in READ_WHOLE:
        yield from ((path, key) for key in table)
    for key, value in table.items():
        if isinstance(value, dict) and key != "provenance":
            yield from ((p, k) for p, k in entries_in(value, f"{path}.{key}") if p in READ_WHOLE)


@cache
def tokenizer() -> Language:
    nlp = spacy.blank("en")
    adapt_tokenizer(nlp)
    return nlp


def spellings(entry: str) -> Iterator[Doc]:
    """The entry as tokens, in the cases in which a text may have it."""
    return (tokenizer()(text) for text in (entry, entry.capitalize(), entry.title(), entry.upper()))


def is_token(entry: str) -> bool:
    return any(len(doc) == 1 and doc[0].lower_ == entry.lower() for doc in spellings(entry))


def is_phrase(entry: str) -> bool:
    return any([t.lower_ for t in doc] == entry.split() for doc in spellings(entry))


def is_hyphened(entry: str) -> bool:
    return is_token(entry) or entry in hyphened_words(doc := tokenizer()(entry), 0, len(doc))


def is_word(entry: str) -> bool:
    """Whether `Words.word` or `Words.low` can be equal to it."""
    return any(
        words.parts(0)[1] == len(words) and words.word(0) == entry
        for words in map(read_words, spellings(entry))
    )


def is_key(entry: str) -> bool:
    """Whether `Words.key` can be equal to it."""
    return any(words.key(0, len(words)) == entry for words in map(read_words, spellings(entry)))


def is_anything(entry: str) -> bool:
    return True


ASKED: Mapping[str, Callable[[str], bool]] = {
    # By patterns or whole fields, in running text.
    "confidence": is_anything,
    "nested": is_anything,
    "cue_rates": is_anything,
    "elisions": is_anything,
    "nominals.singulars": is_anything,
    "persons.roles.endings": is_anything,
    "persons.titles.abbreviated": is_anything,
    "polities.seats": is_anything,
    "quantities.quantities": is_anything,
    "structure": is_anything,
    "worthiness.duration": is_anything,
    # Token by token along a phrase.
    "cues": is_phrase,
    "hedges.demand.cues": is_phrase,
    "hedges.hedges.phrases": is_phrase,
    "hedges.negation.lacking": is_phrase,
    "opposites.opposites.same": is_phrase,
    "persons.names.known_as": is_phrase,
    "persons.names.nicknamed": is_phrase,
    "persons.roles.behind": is_phrase,
    "persons.roles.consorts": is_phrase,
    "worthiness.causal.phrases": is_phrase,
    # By tokens and by the stretches that hyphens join.
    "marked_terms.terms": is_hyphened,
    "outlets": is_hyphened,
    "worthiness": is_hyphened,
    "worthiness.comparison": is_token,
    "worthiness.causal": is_token,
    "worthiness.public": is_token,
    "worthiness.rule": is_token,
    "worthiness.scene": is_token,
    "worthiness.speech": is_token,
    # By the folded words of `Words`.
    "nominals": is_word,
    "nominals.documents.utterances": is_token,
    "nominals.names": is_token,
    "organisations": is_token,
    "organisations.nominals.nouns": is_word,
    "persons": is_token,
    "persons.roles": is_word,
    "places.names.heads": is_word,
    # By the key of a name.
    "bodies": is_key,
    "organisations.common": is_key,
    "organisations.known": is_key,
    "organisations.metonyms": is_key,
    "places": is_key,
    "places.demonyms.combining": is_token,
}
"""How code asks for the entries of a table or list, the longest path first; `is_token` for all others."""


def asked(path: str) -> Callable[[str], bool]:
    while path and path not in ASKED:
        path = path.rpartition(".")[0]
    return ASKED.get(path, is_token)


@pytest.mark.parametrize(("language", "name"), LEXICONS)
def test_every_lexicon_says_where_it_comes_from(language: str, name: str) -> None:
    assert load_lexicon(name, language=language)["provenance"]["built_from"]


@pytest.mark.parametrize(("language", "name"), LEXICONS)
def test_no_list_repeats_an_entry_or_holds_a_blank_one(language: str, name: str) -> None:
    for path, entries in lists_in(load_lexicon(name, language=language)):
        repeated = sorted({e for e in entries if entries.count(e) > 1})
        assert not repeated, f"{name}{path} repeats {repeated}"
        assert all(e.strip() == e and e for e in entries), f"{name}{path} has a blank or padded entry"


@pytest.mark.parametrize(("language", "name"), LEXICONS)
def test_every_key_is_named_where_its_lexicon_is_read(language: str, name: str) -> None:
    """By a module that loads the lexicon, or by one that asks such a module."""
    loading = {m for m, module in modules().items() if name in module.loads}
    asking = {m for m, module in modules().items() if module.imports & loading}
    said = {s for m in loading | asking for s in modules()[m].strings}
    table = {k: v for k, v in load_lexicon(name, language=language).items() if k != "provenance"}
    unread = [path for key, path in keys_in(table, name) if key not in said]
    assert not unread, f"nobody reads {unread}: delete them, or list a table of data in READ_WHOLE"


@pytest.mark.parametrize(("language", "name"), LEXICONS)
def test_every_entry_can_be_equal_to_what_is_compared_with_it(language: str, name: str) -> None:
    """The tokenizer parts *think-tank* in three: a list that is asked for tokens never finds it."""
    entries = list(entries_in(load_lexicon(name, language=language), name))
    dead = [f"{path}: {entry}" for path, entry in entries if not asked(path)(entry)]
    assert entries
    assert not dead, "store it as the tokenizer parts it, or ask for it through `hyphens` or `Words.word`"


@pytest.mark.parametrize(
    ("reaches", "entry"),
    [
        (is_token, "think-tank"),
        (is_token, "press release"),
        (is_word, "d.c."),
        (is_phrase, "editor's"),
        (is_phrase, "so-called"),
        (is_word, "un-listed"),
        (is_key, "port - vila"),
    ],
)
def test_an_entry_that_is_never_equal_is_told(reaches: Callable[[str], bool], entry: str) -> None:
    assert not reaches(entry)


def test_every_way_of_asking_belongs_to_a_table_that_there_is() -> None:
    found = {name: load_lexicon(name, language=language) for language, name in LEXICONS}
    for path in ASKED:
        table: Any = found
        for key in path.split("."):
            assert key in table, f"no lexicon has {path}"
            table = table[key]


@pytest.mark.parametrize("words", [CueLexicon, NominalWords, OrgWords, PersonWords, PlaceWords])
def test_every_field_of_loaded_words_is_asked_for(words: type) -> None:
    asked = {a for module in modules().values() for a in module.attributes}
    assert not [f.name for f in fields(words) if f.name not in asked]


def test_a_cue_has_a_particle_at_most() -> None:
    """`CueLexicon.mode` asks for a lemma with one word more; a longer entry would never be found."""
    table = load_lexicon("cues")
    entries = [e for mode in MODES for words in table[mode].values() for e in words]
    assert not [e for e in entries if len(e.split()) > 2]


def test_a_lexicon_is_read_once() -> None:
    language, name = LEXICONS[0]
    assert load_lexicon(name, language=language) is load_lexicon(name, language=language)


def test_an_unknown_lexicon_is_named() -> None:
    with pytest.raises(LexiconError, match=r"lexicons/en/no-such-list\.toml: no such lexicon"):
        load_lexicon("no-such-list")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("verbs = [", "no valid TOML"), ('verbs = ["say"]', "provenance"), ("[provenance]", "built_from")],
)
def test_a_malformed_lexicon_names_file_and_remedy(text: str, problem: str) -> None:
    with pytest.raises(LexiconError, match=problem) as error:
        parse_lexicon(text, thing="lexicons/en/x.toml")
    assert error.value.thing == "lexicons/en/x.toml"
    assert error.value.remedy
