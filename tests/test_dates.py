"""Dates: anchored to the day of publication, never an exception."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import dates
from onrecord.dates import FORMATS, day_of_value, find_dates, iso

THURSDAY = "2024-05-16"

READ = [
    ("He said on Tuesday that", "Tuesday", 20240514, "day"),
    ("It fell on Thursday", "Thursday", 20240516, "day"),
    ("It fell last Thursday", "last Thursday", 20240509, "day"),
    ("It fell yesterday", "yesterday", 20240515, "day"),
    ("It opened on March 3.", "March 3", 20240303, "day"),
    ("It opened on 3 March 2019.", "3 March 2019", 20190303, "day"),
    ("It opened on Saturday, November 15, 2008", "Saturday, November 15, 2008", 20081115, "day"),
    ("on the 4th of July", "4th of July", 20240704, "day"),
    ("on Sept. 9", "Sept. 9", 20240909, "day"),
    ("on December 9", "December 9", 20231209, "day"),
    ("set for May 25", "May 25", 20240525, "day"),
    ("in March 2019", "in March 2019", 201903, "month"),
    ("in March of 2019", "in March of 2019", 201903, "month"),
    ("in April last year", "in April last year", 202304, "month"),
    ("last May", "last May", 202305, "month"),
    ("this December", "this December", 202412, "month"),
    ("by June", "by June", 202406, "month"),
    ("by December", "by December", 202412, "month"),
    ("In May it fell", "In May", 202405, "month"),
    ("In 2015, the plant closed", "In 2015", 2015, "year"),
    ("Last year it fell", "Last year", 2023, "year"),
    ("next month", "next month", 202406, "month"),
    ("Yesterday it fell", "Yesterday", 20240515, "day"),
    ("Last Thursday it fell", "Last Thursday", 20240509, "day"),
    ("this Friday", "this Friday", 20240517, "day"),
    ("next Friday, May 17", "next Friday, May 17", 20240517, "day"),
    ("It rose in October", "in October", 202310, "month"),
    ("It rose last month", "last month", 202404, "month"),
    ("since 2015, it has", "since 2015", 2015, "year"),
    ("It rose last year", "last year", 2023, "year"),
]


@pytest.mark.parametrize(("text", "words", "value", "grain"), READ, ids=[row[0] for row in READ])
def test_date_counts_from_publication(text: str, words: str, value: int, grain: str) -> None:
    (found,) = find_dates(text, THURSDAY)
    assert (text[found.start : found.end], found.value, found.grain) == (words, value, grain)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("will meet on Thursday", 20240516),
        ("will meet on May 16", 20240516),
        ("will appeal the ruling of May 6", 20240506),
        ("which lost jobs last December", 202312),
        ("sits in May", 202405),
        ("will meet on Tuesday", 20240521),
        ("will meet tomorrow", 20240517),
        ("next Friday", 20240517),
        ("by June", 202406),
    ],
)
def test_what_lies_ahead_is_the_next_one(text: str, value: int) -> None:
    (found,) = find_dates(text, THURSDAY, ahead=True)
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "It may rain",
        "They march on",
        "a march 3 miles long",
        "room 2015",
        "of 2015 people",
        "in 2,015 homes",
        "in 2015-16",
        "every Tuesday",
        "on Sunday mornings",
        "Black Friday",
        "45 May",
        "32 March",
        "rose by 3.5 March",
    ],
)
def test_words_and_numbers_are_no_dates(text: str) -> None:
    assert find_dates(text, THURSDAY) == []


@pytest.mark.parametrize("published", [None, "last spring", "2024-13-45"])
def test_without_publication_only_whole_dates_are_known(published: str | None) -> None:
    found = find_dates("on Tuesday, on 3 March 2019 and on March 3", published)
    assert [d.value for d in found] == [None, 20190303, None]


def test_a_month_is_no_day() -> None:
    assert [day_of_value(v) for v in (2024, 202403, 20240303.0)] == [None, None, date(2024, 3, 3)]


def test_values_are_written_with_dashes() -> None:
    assert [iso(v) for v in (20240514, 202405, 2024.0)] == [
        "2024-05-14",
        "2024-05",
        "2024",
    ]


DATED_WORDS = st.lists(
    st.sampled_from(
        [
            "on",
            "last",
            "next",
            "Tuesday",
            "May",
            "Sept.",
            "31",
            "32",
            "2024",
            "0",
            "in",
            "year",
            "month",
            ",",
            "the",
            "of",
            "yesterday",
            "TOMORROW",
            "Sunday",
            "September",
        ]
    )
)


@given(
    st.one_of(st.text(), DATED_WORDS.map(" ".join)),
    st.one_of(st.none(), st.text(), st.dates().map(str)),
    st.booleans(),
)
def test_any_text_gives_dates_inside_it(text: str, published: str | None, ahead: bool) -> None:
    end = 0
    for found in find_dates(text, published, ahead=ahead):
        assert end <= found.start < found.end <= len(text)
        assert found.grain in FORMATS
        end = found.end


@given(DATED_WORDS.map(" ".join))
def test_the_quick_look_misses_no_date(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "_may_date", lambda _: True)
        wanted = find_dates(text, THURSDAY)
    assert find_dates(text, THURSDAY) == wanted
