"""Dates, times and datelines: when and where an article was written."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.language.phrases import alternatives, words

__all__ = ["dateline_end", "is_date"]

_DASH = r"(?:—|–|―|--+|-(?=\s))"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?"
DATE = (
    rf"(?:(?:{_DAY},?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)|\d{{4}}-\d\d-\d\d(?:T[\d:.+Z-]+)?|"
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
TIME = (
    r"(?:\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?\s?m\.?)?|\d{1,2}\s*[ap]\.?\s?m\.?)"
    r"(?:\s*\(?(?:GMT|UTC|BST|IST|WAT|CAT|EAT|SAST|AEST|AEDT|CE?S?T|E[SD]?T|C[SD]T|M[SD]?T|P[SD]?T)(?:[+-]\d+)?\)?)?"
)

_DATE_LINE = re.compile(
    rf"(?:{_DAY}[,.]?\s*)?(?:(?:{DATE}|{TIME})(?:[\s,|·•@–—-]|at\b|on\b)*)+(?:{_DAY})?\.?", re.IGNORECASE
)
_WITHIN = "de|del|du|da|dos|el|la|al|of|the|and"
_UPPER = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*"
_UPPER_PLACE = rf"{_UPPER}(?:[ -](?:{_WITHIN}|{_UPPER}))*(?:/[A-Z][A-Z ]+)?"
PLACE = rf"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:[ -](?:{_WITHIN}|[A-ZÀ-ÖØ-Þ][\w.'’-]*)){{0,3}}"
REGION = rf"(?:,\s*{PLACE})"
_AGENCY = r"\(\s*(?![RDI]-)[A-Z][\w./ &’'-]{1,30}\s*\)"
_SIGN = rf"(?:,?\s+{DATE}(?:\s*{_AGENCY})?|\s*{_AGENCY})[,.:]?\s*{_DASH}\s*"
_SIGNED_DATELINES = (
    re.compile(rf"(?P<place>{_UPPER_PLACE}){REGION}{{0,2}}{_SIGN}"),
    re.compile(rf"(?P<place>{PLACE}){REGION}{{0,2}}{_SIGN}"),
    re.compile(rf"(?P<place>){_AGENCY}\s*{_DASH}\s*"),
)
_PLACE_DATELINE = re.compile(rf"(?P<place>{_UPPER_PLACE}){REGION}{{0,2}}[,.:]?\s*{_DASH}\s*")
_POSSESSIVE = re.compile(r"['’]S\s")
_COLON_DATELINE = re.compile(rf"(?P<place>{_UPPER_PLACE}){REGION}{{0,1}}(?:,?\s+{DATE})?:\s+(?=\S)")

MAX_PLACE_WORDS = 4
"""Words. *PORT OF SPAIN*, *SAN PEDRO DE MACORIS*; more capitals are a heading."""

MAX_DATELINE_WORDS = 9
"""Words, dash included: place, region, day, month, year, agency."""


def is_date(line: str) -> bool:
    """Whether the line holds a date or a time and nothing else, with or without *Updated* before."""
    if len(line) > 120 or not any(c.isdigit() for c in line):
        return False
    return _DATE_LINE.fullmatch(_date_lead().sub("", line)) is not None


@cache
def _date_lead() -> re.Pattern[str]:
    return re.compile(rf"(?i:{alternatives(load_lexicon('structure')['datelines']['leads'])})\s*:?\s+")


@cache
def _not_places() -> frozenset[str]:
    return frozenset(words("datelines", "not_places"))


def dateline_end(text: str, *, opening: bool = True, colon: bool = False) -> int | None:
    """Where a paragraph's dateline ends: *ACCRA, Ghana (Agency) —* with the dash.

    Args:
        text: a paragraph.
        opening: the paragraph is among the first; only there is a bare place a dateline, since
            capitals and a dash also head the items of a newsletter.
        colon: take a place before a colon too, as papers in South Asia write it.

    Returns:
        Characters from the start of `text` to the end of the dash; None if there is no dateline.
    """
    candidates = (
        *_SIGNED_DATELINES,
        *((_PLACE_DATELINE,) if opening else ()),
        *((_COLON_DATELINE,) if colon else ()),
    )
    for pattern in candidates:
        match = pattern.match(text)
        if match is None or match.end() >= len(text):
            continue
        place = match.group("place")
        if place.lower() in _not_places() or (place and len(place) < 3) or _POSSESSIVE.search(place):
            continue
        if len(place.split()) > MAX_PLACE_WORDS or len(match.group().split()) > MAX_DATELINE_WORDS:
            continue
        return len(match.group().rstrip())
    return None


_PLACE_LINE = re.compile(
    rf"(?P<place>{_UPPER_PLACE})(?:{REGION}{{0,2}}(?:,?\s+{DATE})?(?:\s*{_AGENCY})?)\.?"
    r"(?:\s+(?i:for immediate release))?\.?"
)


def is_place_line(line: str) -> bool:
    """Whether a line above the first paragraph is a dateline of its own: *GILGIT, July 9*, *ATLANTA*.

    The place is in capitals; further down such a line is a heading.
    """
    match = _PLACE_LINE.fullmatch(line)
    if match is None:
        return False
    place = match.group("place")
    return len(place) >= 3 and len(place.split()) <= MAX_PLACE_WORDS and place.lower() not in _not_places()
