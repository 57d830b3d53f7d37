"""Names compared and told anew, whatever their capitals, apostrophes and composed letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"'})

_QUOTED = r"“[^”]*”|(?<!\w)'.*?'(?!\w)"
"""The article's own words, which a reason repeats as they are."""


def straight(text: str) -> str:
    """The text with straight marks, one character for one."""
    return text.translate(_STRAIGHT)


def fold(name: str) -> str:
    """What two spellings of one name have in common."""
    return " ".join(straight(unicodedata.normalize("NFC", name)).casefold().split())


def forms(words: str) -> frozenset[str]:
    """The words with straight marks, their accents as typed, composed and decomposed."""
    return frozenset(straight(w) for w in (words, *(unicodedata.normalize(f, words) for f in ("NFC", "NFD"))))


def renaming(old: Collection[str], new: str, *, known: Collection[str]) -> Callable[[str], str]:
    """A function that puts a new name into a reason in place of old ones.

    Args:
        old: the names that give way.
        new: the name that takes their place.
        known: every name in the report, so that *Berg* inside *Karin Berg* stays.
    """
    # The longest first, so that a name is never taken for a part of itself.
    names = "|".join(re.escape(n) for n in sorted({*old, *known, new} - {""}, key=len, reverse=True))
    found = re.compile(rf"{_QUOTED}|(?<![\w-])(?:{names})(?![\w-])")

    def told(reason: str) -> str:
        return found.sub(lambda m: new if m[0] in old else m[0], reason)

    return told
