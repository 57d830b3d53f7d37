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

__all__ = ["MONTHS", "UNITS", "Dated", "day_of", "find_dates", "iso"]

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

Unit = Literal["date", "month", "year"]
UNITS: dict[str, str] = {"date": "%Y%m%d", "month": "%Y%m", "year": "%Y"}
"""How much of a day each unit tells."""

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
        value: in the format of its unit; None where the day of publication is needed and not known.
        unit: how much of a day is told.
    """

    start: int
    end: int
    value: int | None
    unit: Unit


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
        unit: Unit = "date" if m["day"] else "month" if m["month"] else "year"
        complete = re.search(rf"{_YEAR}$", m[0]) is not None
        day = _read(m[0], base, ahead) if complete or base else None
        yield Dated(m.start(), m.end(), int(day.strftime(UNITS[unit])) if day else None, unit)


def day_of(dated: Dated) -> date | None:
    """The day, where the date is one and known."""
    if dated.unit != "date" or dated.value is None:
        return None
    return datetime.strptime(str(dated.value), UNITS["date"]).date()


def iso(value: float) -> str:
    """A value of one of `UNITS` with dashes: `2024-05-14`."""
    digits = f"{value:.0f}"
    return "-".join(p for p in (digits[:4], digits[4:6], digits[6:8]) if p)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


@lru_cache(maxsize=512)
def _read(words: str, base: date | None, ahead: bool) -> date | None:
    # Imported here: it takes longer to load than everything else that renders.
    from dateparser import parse

    bare = _BEFORE.sub("", words)
    weekday = re.fullmatch(_WEEKDAY, bare)
    future = ahead or bare.startswith("next")
    if base and weekday and not future:
        # News of a Tuesday says "on Tuesday" of its own day.
        base += timedelta(days=1)
    bare = re.sub(r"^last\s+(?=\w+day$)", "", bare)
    settings: dict[str, object] = {
        "PREFER_DATES_FROM": "future" if future else "past",
        "PREFER_DAY_OF_MONTH": "first",
    }
    if base:
        settings["RELATIVE_BASE"] = datetime.combine(base, time(23, 59))
    read: datetime | None = parse(_named(bare), languages=["en"], settings=settings)
    return read.date() if read else None


def _named(words: str) -> str:
    """*Last March*, *next Friday*: dateparser reads the name alone, in the direction it is told."""
    return re.sub(rf"^(?:last|next)\s+(?={_MONTH}|{_WEEKDAY})", "", words)
