"""Numbers: values, units, ranges, and never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.language import quantities
from onrecord.pipeline.language.quantities import find_figures, number_value

READ = [
    ("a million people", ("a million people", 1e6, 1e6, "people")),
    ("two hundred and five", ("two hundred and five", 205, 205, None)),
    ("1.2bn", ("1.2bn", 1.2e9, 1.2e9, None)),
    ("about 500 miles", ("about 500 miles", 500, 500, "miles")),
    ("NZ $ 26 million", ("NZ $ 26 million", 26e6, 26e6, "NZD")),
    ("$1-2 million", ("$1-2 million", 1e6, 2e6, "USD")),
    ("5% to 10%", ("5% to 10%", 5, 10, "%")),
    ("between 40 and 60 people", ("between 40 and 60 people", 40, 60, "people")),
    ("80,000 to 90,000 jobs", ("80,000 to 90,000 jobs", 80000, 90000, "jobs")),
    ("18-fold", ("18-fold", 18, 18, "times")),
    ("one in three visits", ("one in three visits", 1 / 3, 1 / 3, "visits")),
    ("only a quarter of citizens", ("only a quarter of citizens", 0.25, 0.25, "citizens")),
    ("3 percentage points", ("3 percentage points", 3, 3, "percentage points")),
    ("forty per cent", ("forty per cent", 40, 40, "%")),
    ("thousands of people", ("thousands of people", None, None, "people")),
    ("a dozen eggs", ("a dozen eggs", 12, 12, "eggs")),
    ("two dozen ships", ("two dozen ships", 24, 24, "ships")),
    ("in 2015", None),
    ("the 2014 protests", None),
    ("May 5, 2019", None),
    ("12 Sept", None),
    ("12 Marines", ("12 Marines", 12, 12, "Marines")),
    ("30 novels", ("30 novels", 30, 30, "novels")),
    ("marking 20 years", ("20 years", 20, 20, "years")),
    ("maybe 500 people", ("500 people", 500, 500, "people")),
    ("at 15:11", None),
    ("at 3.30pm", None),
    ("Article 5", None),
    ("the 33rd floor", None),
    ("one of them", None),
    ("a 3-1 win", None),
]


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[text for text, _ in READ])
def test_figure(text: str, wanted: tuple[str, float | None, float | None, str | None] | None) -> None:
    found = [(text[f.start : f.end], f.low, f.high, f.unit) for f in find_figures(text)]
    assert found == ([wanted] if wanted else [])


def test_figure_keeps_approximator() -> None:
    (figure,) = find_figures("nearly 700 asylum seekers")
    assert figure.approximator == "nearly"
    assert figure.value == 700


def test_value_of_a_range_is_unknown() -> None:
    (figure,) = find_figures("between 40 and 60 people")
    assert figure.value is None


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_with_separators_are_read_back(number: int) -> None:
    assert number_value(f"{number:,}") == number


def _spell(number: int) -> str:
    words = load_lexicon("quantities")["quantities"]
    units = {v: k for k, v in words["units"].items()}
    tens = {v: k for k, v in words["tens"].items()}
    parts: list[str] = []
    for scale, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            parts += [_spell(number // scale), name]
            number %= scale
    if number or not parts:
        if number in units:
            parts.append(units[number])
        else:
            rest = f"-{units[number % 10]}" if number % 10 else ""
            parts.append(tens[number - number % 10] + rest)
    return " ".join(parts)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_spelled_numbers_are_read_back(number: int) -> None:
    assert number_value(_spell(number)) == number


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    end = 0
    for figure in find_figures(text):
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end


PIECES = ["1", "2,000", "nearly", "between", "and", "to", "-", "–", "$", "£", "bn", "%", " ", "a", "half", "in", "one", "hundred", "million", "of", "the", "2015", "May", ".", ",", "people", "per cent", "(", ")"]  # fmt: skip # noqa: E501


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_pieces_of_numbers(text: str) -> None:
    for figure in find_figures(text):
        assert text[figure.start : figure.end].strip()
        assert figure.low is None or figure.high is None or figure.low <= figure.high


@given(
    st.lists(st.sampled_from([*PIECES, "dozens", "tens of thousands", "third", "THREE"]), max_size=9).map(
        " ".join
    )
)
def test_the_quick_look_misses_no_number(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quantities, "_may_count", lambda _: True)
        wanted = find_figures(text)
    assert find_figures(text) == wanted
