"""Names made of the initials of others: *NRWB*."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def initials(words: Iterable[str]) -> str:
    """First letters of the words with a capital, upper case."""
    return "".join(w[0] for w in words if w[0].isupper()).upper()


def fits_initials(acronym: str, full: Sequence[str]) -> bool:
    """Whether the acronym is made of the initials of the words with a capital."""
    letters = initials(full)
    everything = "".join(w[0] for w in full if w[0].isalpha()).upper()
    return len(acronym) > 1 and acronym in (letters, everything)
