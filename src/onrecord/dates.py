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

__all__ = ["MONTHS", "Dated", "day_of", "find_dates", "iso"]

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

_MONTH = "|".join(m if m == "May" else f"{m}|{m[:3]}\\.?" if len(m) > 4 else m for m in MONTHS) + r"|Sept\.?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATES = re.compile(
    rf"\b(?:(?P<day>{_WEEKDAY},?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})(?:,?\s+{_YEAR})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})(?:,?\s+{_YEAR})?"
    rf"|(?:{_WEEKDAY},?\s+)?(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?"
    rf"|(?:(?:last|next|this)\s+)?{_WEEKDAY}|yesterday|today|tomorrow)"
    rf"|(?P<month>(?:(?:in|since|by|until|during|of|from|early|late|last|next|this)\s+)?(?:{_MONTH})\s+{_YEAR}"
    rf"|(?:in|since|by|until|during|last|next|this)\s+(?:{_MONTH})|(?:last|next)\s+month)"
    rf"|(?P<year>(?:in|since|by|until|during|from|before|after)\s+{_YEAR}|(?:last|next)\s+year))(?![\w/-]|,\d|\.\d)"
)
"""Names of months and days as news writes them, with a capital: *may* and *march* are words."""

_BEFORE = re.compile(r"^(?:in|since|by|until|during|of|from|early|late|before|after|this)\s+")


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
    base = _day(published)
    return list(_find(text, base, ahead=ahead))


def _find(text: str, base: date | None, *, ahead: bool) -> Iterator[Dated]:
    for m in _DATES.finditer(text):
        grain: Grain = "day" if m["day"] else "month" if m["month"] else "year"
        complete = re.search(rf"{_YEAR}$", m[0]) is not None
        day = _read(m[0], base, ahead) if complete or base else None
        yield Dated(m.start(), m.end(), int(day.strftime(FORMATS[grain])) if day else None, grain)


def day_of(dated: Dated) -> date | None:
    """The day, where the date is one and known."""
    if dated.grain != "day" or dated.value is None:
        return None
    return datetime.strptime(str(dated.value), FORMATS["day"]).date()


def iso(value: float) -> str:
    """A date's value with dashes: `2024-05-14`."""
    digits = f"{value:.0f}"
    return "-".join(p for p in (digits[:4], digits[4:6], digits[6:8]) if p)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


@lru_cache(maxsize=512)
def _read(words: str, base: date | None, ahead: bool) -> date | None:
    bare = _BEFORE.sub("", words)
    ahead = ahead or bare.startswith("next")
    name = re.sub(rf"^(?:last|next)\s+(?={_MONTH}|{_WEEKDAY})", "", bare)
    if base is None or ahead:
        return _parsed(name, base, "future")
    if re.fullmatch(_WEEKDAY, bare):
        # News of a Tuesday says "on Tuesday" of its own day.
        return _parsed(name, base + timedelta(days=1), "past")
    past = _parsed(name, base, "past")
    if past is None or not re.search(r"\d", bare) or re.search(rf"{_YEAR}$", bare):
        return past
    # A day and a month without a year are those nearest to publication, whatever the tense: *set for May 16*.
    future = _parsed(name, base, "future")
    return min((day for day in (past, future) if day), key=lambda day: abs(day - base))


def _parsed(name: str, base: date | None, prefer: Literal["past", "future"]) -> date | None:
    # Imported here: it takes longer to load than everything else that renders.
    from dateparser import parse

    settings: dict[str, object] = {"PREFER_DATES_FROM": prefer, "PREFER_DAY_OF_MONTH": "first"}
    if base:
        settings["RELATIVE_BASE"] = datetime.combine(base, time(23, 59))
    read: datetime | None = parse(name, languages=["en"], settings=settings)
    return read.date() if read else None
