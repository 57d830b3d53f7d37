"""Days, months and years that a text names, anchored to the day it was published.

*On Tuesday* is a day once it is known when the article came out. A value is a number of ISO 8601's basic
format, so that dates sort as numbers: 20240514 for a day, 202405 for a month, 2024 for a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

__all__ = ["MONTHS", "Dated", "day_of_value", "find_dates", "first_day", "iso", "publication_day"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

Grain = Literal["day", "month", "year"]
FORMATS: dict[Grain, str] = {"day": "%Y%m%d", "month": "%Y%m", "year": "%Y"}
"""ISO 8601's basic format of each."""

MONTH_NAMES = (
    "|".join(m if m == "May" else f"{m}|{m[:3]}\\.?" if len(m) > 4 else m for m in MONTHS) + r"|Sept\.?"
)
"""Alternatives of a pattern, with a capital: *may* and *march* are words."""

_MONTH = MONTH_NAMES
_YEAR = r"(?:1[5-9]|20)\d\d"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_SIDE = r"(?i:last|next|this)"
_PLACED = r"(?i:in|since|by|until|till|during|from|before|after|early|late|mid|of)"
_DATES = re.compile(
    rf"(?<![\w.,$£€/-])(?:(?P<day>(?:(?:{_SIDE}\s+)?{_WEEKDAY},?\s+(?:the\s+)?)?{_NUMBER}\s+(?:of\s+)?(?:{_MONTH})"
    rf"(?:,?\s+{_YEAR})?"
    rf"|(?:(?:{_SIDE}\s+)?{_WEEKDAY},?\s+)?(?:{_MONTH})\s+{_NUMBER}(?:,?\s+{_YEAR})?"
    rf"|(?:{_SIDE}\s+)?{_WEEKDAY}|(?i:yesterday|today|tomorrow))"
    rf"|(?P<month>(?:(?:{_PLACED}|{_SIDE})\s+)?(?:{_MONTH})(?:\s+of|,)?\s+{_YEAR}"
    rf"|(?:{_PLACED}|{_SIDE})\s+(?:{_MONTH})(?!\s+\d)(?:\s+{_SIDE}\s+year)?|(?i:last|next)\s+month)"
    rf"|(?P<year>(?i:in|since|by|until|till|during|from|before|after)\s+{_YEAR}|(?i:last|next)\s+year))"
    r"(?![\w/-]|,\d|\.\d|\s+(?:mornings|afternoons|evenings|nights|weekends)\b)"
)
"""Names of months and days as news writes them, with a capital: *may* and *march* are words."""

_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = frozenset(
    (
        *(m.casefold() for m in MONTHS),
        *(m[:3].casefold() for m in (*MONTHS, "Sept")),
        "sept",
        *(f"{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun", "yester", "to")),
        *("tomorrow", "month", "year"),
    )
)
"""A word of these, in lower case, or a digit stands in every date."""

_RECURRING = re.compile(r"\b(?:every|each|most|any|alternate|black|good|ash|palm)\s+$", re.IGNORECASE)
"""Before a weekday these make it a habit or a feast."""

LOOK_BACK = 12
"""Characters before a date in which they are looked for: the longest and a few blanks."""

YEARS = range(1500, 2101)
"""Years of publication that are believed."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as written.

    Attributes:
        start, end: character offsets into the text that was read.
        value: in the format of its grain; None where the day of publication is needed and not known.
        grain: how much of a day is told.
    """

    start: int
    end: int
    value: int | None
    grain: Grain


def find_dates(text: str, published: str | None, *, ahead: bool = False) -> list[Dated]:
    """The dates named in `text`, in order.

    Args:
        text: a claim or a sentence.
        published: ISO 8601, of the article; None or something else leaves relative dates without a value.
        ahead: what is told lies ahead, so that *on Tuesday* is the next one.
    """
    base = publication_day(published)
    return list(_find(text, base, ahead=ahead))


def _find(text: str, base: date | None, *, ahead: bool) -> Iterator[Dated]:
    if not _may_date(text):
        return
    for m in _DATES.finditer(text):
        if _RECURRING.search(text, max(0, m.start() - LOOK_BACK), m.start()):
            continue
        grain: Grain = "day" if m["day"] else "month" if m["month"] else "year"
        words = " ".join(m[0].split())
        complete = re.search(rf"{_YEAR}$", words) is not None
        day = _read(words, base, ahead) if complete or base else None
        yield Dated(m.start(), m.end(), int(day.strftime(FORMATS[grain])) if day else None, grain)


def _may_date(text: str) -> bool:
    """Whether a digit or a word that a date has stands in a text; the whole pattern says no much slower."""
    return bool(_DIGIT.search(text)) or not _WORDS.isdisjoint(_LETTERS.findall(text.casefold()))


def day_of_value(value: float) -> date | None:
    """The day that a date's value tells; None of a month or a year."""
    digits = f"{value:.0f}"
    return datetime.strptime(digits, FORMATS["day"]).date() if len(digits) == len("20240514") else None


def first_day(text: str, published: str | None) -> date | None:
    """The first day named in `text`; None if there is none or it is not known which.

    Args:
        text: a sentence; *on Tuesday* counts back from the day of publication.
        published: as for `find_dates`.
    """
    values = (dated.value for dated in find_dates(text, published) if dated.value is not None)
    return next((day for value in values if (day := day_of_value(value))), None)


def iso(value: float) -> str:
    """A date's value with dashes: `2024-05-14`."""
    digits = f"{value:.0f}"
    return "-".join(p for p in (digits[:4], digits[4:6], digits[6:8]) if p)


def publication_day(published: str | None) -> date | None:
    """The day of an ISO 8601 time; None for anything else and for years that no article is of."""
    try:
        day = date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


@lru_cache(maxsize=512)
def _read(words: str, base: date | None, ahead: bool) -> date | None:
    """The day that a match of `_DATES` means; of a month or a year the first one."""
    side = _first(words, _SIDE)
    placed = _first(words, _PLACED)
    name = re.sub(rf"^(?:{_SIDE}|{_PLACED})\s+", "", words)
    if re.search(rf"{_YEAR}$", name):
        dated = re.search(rf"(?:{_NUMBER}\s+(?:of\s+)?)?(?:{_MONTH}).*$", name)
        year = date(int(name[-4:]), 1, 1)
        return _parsed(dated[0].replace(" of ", " "), base, "past") if dated else year
    if base is None:
        return None
    if name.lower() in ("yesterday", "today", "tomorrow"):
        return base + timedelta(days=("yesterday", "today", "tomorrow").index(name.lower()) - 1)
    if name.lower() == "year":
        return date(base.year + (1 if side == "next" else -1), 1, 1)
    if name.lower() == "month":
        first = base.replace(day=1)
        return (first - timedelta(days=1)).replace(day=1) if side == "last" else _after_month(first)
    of_year = re.fullmatch(rf"({_MONTH}) ({_SIDE}) year", name)
    if of_year:
        turn = {"last": -1, "next": 1}.get(of_year[2].lower(), 0)
        return _parsed(f"{of_year[1]} {base.year + turn}", base, "past")
    if re.fullmatch(_WEEKDAY, name):
        return _weekday(name, base, side, ahead=ahead)
    if re.search(r"\d", name):
        return _nearest(re.sub(rf"^{_WEEKDAY},?\s+", "", name), base)
    return _month(name, base, side, ahead=ahead or placed in ("by", "until", "till"))


def _first(words: str, pattern: str) -> str:
    found = re.match(rf"{pattern}(?=\s)", words)
    return found[0].lower() if found else ""


def _weekday(name: str, base: date, side: str, *, ahead: bool) -> date | None:
    if side == "this":
        monday = base - timedelta(days=base.weekday())
        return _parsed(name, monday - timedelta(days=1), "future")
    if side == "last" or (not ahead and side != "next"):
        # News of a Tuesday says "on Tuesday" of its own day.
        return _parsed(name, base + timedelta(days=side != "last"), "past")
    return _parsed(name, base - timedelta(days=side != "next"), "future")


def _nearest(name: str, base: date) -> date | None:
    """A day and a month without a year are those nearest to publication, whatever the tense."""
    both = (_parsed(name, base, "past"), _parsed(name, base, "future"))
    return min((day for day in both if day), key=lambda day: abs(day - base), default=None)


def _month(name: str, base: date, side: str, *, ahead: bool) -> date | None:
    first = base.replace(day=1)
    if side == "this":
        return _parsed(f"{name} {base.year}", base, "past")
    if side == "last":
        return _parsed(name, first - timedelta(days=1), "past")
    if side == "next":
        return _parsed(name, _after_month(first) - timedelta(days=1), "future")
    return _parsed(name, first - timedelta(days=1), "future") if ahead else _parsed(name, base, "past")


def _after_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _parsed(name: str, base: date | None, prefer: Literal["past", "future"]) -> date | None:
    # Imported here: it takes longer to load than everything else that renders.
    from dateparser import parse

    settings: dict[str, object] = {"PREFER_DATES_FROM": prefer, "PREFER_DAY_OF_MONTH": "first"}
    if base:
        settings["RELATIVE_BASE"] = datetime.combine(base, time(23, 59))
    read: datetime | None = parse(name, languages=["en"], settings=settings)
    return read.date() if read else None
