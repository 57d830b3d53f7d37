from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import LexiconError
from onrecord.lexicons import load_lexicon, parse_lexicon

ROOT = Path(str(files("onrecord"))) / "lexicons"
LEXICONS = sorted((p.parent.name, p.stem) for p in ROOT.glob("*/*.toml"))


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
