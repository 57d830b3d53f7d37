from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicons import load_lexicon, parse_lexicon
from onrecord.pipeline.cues import MODES, CueLexicon
from onrecord.pipeline.name_words import OrgWords, PersonWords, PlaceWords
from onrecord.pipeline.referents import NominalWords

PACKAGE = Path(str(files("onrecord")))
ROOT = PACKAGE / "lexicons"
LEXICONS = sorted((p.parent.name, p.stem) for p in ROOT.glob("*/*.toml"))

READ_WHOLE = frozenset(
    (
        "confidence.learned",
        "confidence.rules",
        "cue_rates.cues",
        "cue_rates.rules",
        "nominals.bodies",
        "nominals.roles",
        "nominals.states",
        "nominals.titles",
        "places.aliases",
        "places.demonyms.of",
        "places.organisations",
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
            if isinstance(item, dict):
                yield from lists_in(item, f"{path}[{i}]")


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
