"""Word lists as data: TOML files, one a subject, each with where its entries come from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.errors import LexiconError

__all__ = ["load_lexicon", "parse_lexicon"]

_REMEDY = "reinstall onrecord, or mend the file"


@cache
def load_lexicon(name: str, *, language: str = "en") -> Mapping[str, Any]:
    """Load a lexicon that ships with the package.

    The same object is returned every time: treat it as read-only.

    Args:
        name: the file's name without `.toml`.
        language: the folder, an ISO 639-1 code.

    Returns:
        The parsed file; its table `provenance` says what the entries were built from.

    Raises:
        LexiconError: there is no such lexicon, or it is malformed.
    """
    thing = f"lexicons/{language}/{name}.toml"
    try:
        text = files("onrecord.lexicons").joinpath(language, f"{name}.toml").read_text("utf-8")
    except OSError as error:
        raise LexiconError(thing, "no such lexicon", _REMEDY) from error
    except UnicodeDecodeError as error:
        raise LexiconError(thing, f"not UTF-8 ({error})", _REMEDY) from error
    return parse_lexicon(text, thing=thing)


def parse_lexicon(text: str, *, thing: str) -> Mapping[str, Any]:
    """Parse a lexicon's text and check that it says where it comes from.

    Args:
        text: TOML.
        thing: what to call it in an error.

    Raises:
        LexiconError: no valid TOML, or the table `provenance` with the key `built_from` is missing.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(thing, f"no valid TOML ({error})", _REMEDY) from error
    provenance = table.get("provenance")
    if not isinstance(provenance, dict) or not provenance.get("built_from"):
        raise LexiconError(thing, "no [provenance] with built_from", "say there what it was built from")
    return table
