"""The parts of people's names and whether two names can be one person's."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.pipeline.language.hyphens import HYPHENS
from onrecord.pipeline.names.words import MARKS, fold_word, person_words


@lru_cache(maxsize=4096)
def without_accents(word: str) -> str:
    """A word without the marks that papers leave out: *Supré* and *Supre* are one name."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


INITIALS = re.compile(r"[A-Z]\.")

NUMERAL = re.compile(r"I|V|[IVX]{2,6}")
"""Of kings and popes; *Malcolm X* has none."""

KOREAN = re.compile(r"[A-Z][a-z]+-[a-z]+")
"""The given name of *Park Ji-woo*."""

SEAT = "of"
"""Before the place of a title or of origin, which is no part of the surname."""

GENERATIONS = {"junior": "jr", "jnr": "jr", "senior": "sr", "snr": "sr"}
"""Forms of *Jr.* and *Sr.*"""

CLIPPED = 4
"""Letters of a clipped given name at least, fewer than of its end: *Al*, *Jo* are names of their own."""

GIVEN_TOO = frozenset(("Al", "Ben"))
"""Particles that with a capital and no hyphen behind are given names: *Al Sharpton*, but *al-Assad*."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts, folded.

    Attributes:
        given: all words before the surname, initials without point.
        surname: last word, with its particles: `van buren`.
        suffix: generation, or the place that tells a bearer of one name: `of leith`; empty if none.
        family: first word of a name whose second has a hyphen before a small letter, as Korean names have,
            where the surname stands first: *park* of *Park Ji-woo*.
    """

    given: tuple[str, ...]
    surname: str
    suffix: str = ""
    family: str = field(default="", compare=False)

    @property
    def is_full(self) -> bool:
        """Whether the name has more than one part."""
        return bool(self.given)


def parse_person(words: list[str]) -> PersonName:
    """Split a person's name; `words` as written, without title."""
    lexicon = person_words()
    kept = [w for w in _spelt(_hyphened(words)) if fold_word(w) and w not in MARKS and not w.isspace()]
    parts = [fold_word(w) for w in kept]
    # *E.* is an initial, *e* a particle.
    linking = [p in lexicon.particles and "." not in w for p, w in zip(parts, kept, strict=True)]
    suffix = ""
    behind = lexicon.suffixes | lexicon.postnominals
    while len(parts) > 1 and (parts[-1] in behind or _is_numeral(kept, parts)):
        if parts[-1] not in lexicon.postnominals:
            suffix = GENERATIONS.get(parts[-1], parts[-1])
        parts.pop()
    if not parts:
        return PersonName((), "", suffix)
    if SEAT in parts[1:-1]:
        seat = parts.index(SEAT)
        suffix = suffix if seat > 1 else " ".join(parts[seat:])  # *Sand of Leith*; *Ada Sand of Leith*
        kept, parts, linking = kept[:seat], parts[:seat], linking[:seat]
    given = kept[0] in GIVEN_TOO and not HYPHENS.intersection(words[1:2])
    if linking[0] and len(parts) > 1 and not given:
        return PersonName((), " ".join(parts), suffix)  # *bin Laden*, *van Gogh*
    cut = len(parts) - 1
    while cut > 1 and linking[cut - 1]:
        cut -= 1
    first = len(parts) == 2 and KOREAN.fullmatch(kept[1]) is not None
    return PersonName(tuple(parts[:cut]), " ".join(parts[cut:]), suffix, parts[0] if first else "")


def _is_numeral(words: list[str], parts: list[str]) -> bool:
    """Whether the last of the parts is a numeral behind one name: *Anselm XIV*; not *Deng Xi*."""
    return len(parts) == 2 and NUMERAL.fullmatch(words[len(parts) - 1]) is not None


def _spelt(words: list[str]) -> list[str]:
    """The words with initials that are written together apart: *George* *H.W.*; a first name stays whole."""
    return [p for i, w in enumerate(words) for p in (INITIALS.findall(w) if i and _is_initials(w) else [w])]


def _is_initials(word: str) -> bool:
    return len(word) > 2 and INITIALS.sub("", word) == ""


def _hyphened(words: list[str]) -> list[str]:
    """The words with double names in one: *Pham-Boudreaux*; a particle stays apart: *al-Assad*."""
    out: list[str] = []
    for word in words:
        if len(out) > 1 and out[-1] in HYPHENS and fold_word(out[-2]) not in person_words().particles:
            out[-2:] = [f"{out[-2]}-{word}"]
        else:
            out.append(word)
    return out


def same_person(one: PersonName, other: PersonName) -> bool:
    """Whether two full names can be one person's: surnames agree, given names do not conflict."""
    if not one.is_full or not other.is_full or not _is_same(one.surname, other.surname):
        return one == other
    if one.suffix != other.suffix:
        # *Donald Trump* beside *Donald Trump Jr.* are two people in one article.
        return False
    short, long = sorted((one.given, other.given), key=len)
    if not _agree(short[0], long[0]):
        return short[0] in long and len(short) == 1
    if all(len(part) == 1 for part in (*short[1:], *long[1:])):
        return len(short) == 1 or short[1:] == long[1:]  # *George W.* is not *George W. H.*
    return _in_order(short[1:], long[1:])


def begins(short: PersonName, long: PersonName) -> bool:
    """Whether a full name lacks only the other's last words: *Gabriel García* of *Gabriel García Márquez*."""
    if not short.is_full or short.suffix not in ("", long.suffix):
        return False
    words = (*short.given, *short.surname.split(" "))
    whole = (*long.given, *long.surname.split(" "))
    return len(words) < len(whole) and whole[: len(words)] == words


def ends(short: PersonName, long: PersonName) -> bool:
    """Whether a name of several words is a surname of as many: *Mac Giolla Rua* of *Ada Mac Giolla Rua*."""
    if not short.is_full or short.suffix not in ("", long.suffix):
        return False
    words = (*short.given, *short.surname.split(" "))
    whole = (*long.given, *long.surname.split(" "))
    return len(words) < len(whole) and whole[-len(words) :] == words


def inside(short: PersonName, long: PersonName) -> bool:
    """Whether a name of several words stands inside a longer one: *Big Len* of *Leonard “Big Len” Lund*."""
    if not short.is_full or short.suffix:
        return False
    words = (*short.given, *short.surname.split(" "))
    between = long.given[1:]
    return any(between[i : i + len(words)] == words for i in range(len(between) - len(words) + 1))


SHORTER = (begins, ends, inside)
"""What tells a shorter form of several words, the likeliest first."""


def is_clipped(single: str, full: PersonName) -> bool:
    """Whether a single name is the begin of a given name or its end: *Chidi*, *Ebuka* of *Chidiebuka*."""
    if not full.given or len(single) < CLIPPED or single == full.given[0]:
        return False
    given = without_accents(full.given[0])
    plain = without_accents(single)
    return given.startswith(plain) or (len(single) > CLIPPED and given.endswith(plain))


def _is_same(one: str, other: str) -> bool:
    return one == other or without_accents(one) == without_accents(other)


def _agree(one: str, other: str) -> bool:
    if _is_same(one, other):
        return True
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _in_order(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    i = 0
    for part in short:
        while i < len(long) and not _agree(part, long[i]):
            i += 1
        if i == len(long):
            return False
        i += 1
    return True


def part_of(single: str, full: PersonName) -> str:
    """Which part of a full name the single word is: `surname`, a part of a double one, `given`, `middle`, or
    nothing.
    """
    plain = without_accents(single)
    surname = without_accents(full.surname)
    if plain in (surname, surname.rpartition(" ")[2]) or single == full.family:
        return "surname"
    if full.given and plain == without_accents(full.given[0]):
        return "given"
    if single in full.given[1:]:
        return "middle"
    if single in full.surname.split("-"):
        return "part of the surname"
    return ""
