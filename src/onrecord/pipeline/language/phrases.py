"""Lexicon phrases as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.lexicons import load_lexicon

__all__ = ["alternatives", "words"]


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern that matches any of the phrases, longest first, with either apostrophe and any blanks."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(p).replace("'", "['’]").replace(r"\ ", r"\s+") for p in ordered)


def words(table: str, key: str) -> Sequence[str]:
    """A list of the lexicon `structure`."""
    found: Sequence[str] = load_lexicon("structure")[table][key]
    return found
