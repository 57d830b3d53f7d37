from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.render.layout import Run, beside, cells, headed, measure, paint, spread, wrap
from onrecord.render.neutral import escape_json, neutral


def plain(lines: list[list[Run]]) -> str:
    return paint(lines, color=False)


def test_cells() -> None:
    assert cells("abc") == 3
    assert cells("漢字") == 4
    assert cells("e\u0301") == 1
    assert cells("\x1b") == 1


@given(st.text(), st.integers(1, 60), st.integers(0, 10))
def test_wrapping_keeps_every_word_and_the_width(text: str, width: int, indent: int) -> None:
    lines = wrap([Run(text)], width=width + indent, indent=indent)
    assert "".join("".join(r.text for r in line) for line in lines).replace(" ", "") == "".join(
        text.split(" ")
    ).translate({ord(c): None for c in "\t\n\r\f\v"})
    for line in lines:
        assert measure(line) <= max(width, 2) + indent


@given(st.text(), st.integers(1, 60), st.integers(0, 8), st.integers(0, 8), st.text("ab ", max_size=12))
def test_wrapping_keeps_the_width_whatever_the_lead(
    text: str, width: int, indent: int, hanging: int, lead: str
) -> None:
    most = max(indent, hanging, len(lead)) + max(width, 2)
    for line in wrap([Run(text)], width=most, indent=indent, hanging=hanging, lead=Run(lead)):
        assert measure(line) <= most


def test_a_lead_wider_than_its_indent_moves_the_line_in() -> None:
    lines = wrap([Run("one two three")], width=9, indent=4, hanging=2, lead=Run("100  "))
    assert plain(lines) == "100  one\n  two\n  three\n"


def test_words_split_over_styles_stay_together() -> None:
    lines = wrap([Run("aaa bbb"), Run("ccc", "name"), Run(" ddd")], width=8)
    assert plain(lines) == "aaa\nbbbccc\nddd\n"


def test_hanging_and_lead() -> None:
    lines = wrap([Run("one two three")], width=9, indent=4, hanging=2, lead=Run("7 "))
    assert plain(lines) == "  7 one\n  two\n  three\n"


def test_spread_needs_room() -> None:
    assert spread([Run("left")], [Run("right")], width=10) is None
    assert plain([spread([Run("left")], [Run("right")], width=12) or []]) == "left   right\n"
    assert plain(headed([[Run("left")]], [Run("right")], width=10)) == "left\n     right\n"


def test_columns() -> None:
    block = beside([[Run("a")], [Run("b")]], [[Run("c")]], width=3, gutter=2)
    assert plain(block) == "a    c\nb\n"


@given(st.text())
def test_neutral_keeps_the_length_and_settles(text: str) -> None:
    assert len(neutral(text)) == len(text)
    assert neutral(neutral(text)) == neutral(text)


def test_neutral_shows_what_it_took_away() -> None:
    assert neutral("\x1b[31m\x9b\u202e\ta\nb\x7f\ud800") == "␛[31m\ufffd\ufffd a b␡\ufffd"


@given(st.text(st.characters()))
def test_json_escapes_are_the_same_to_a_parser(text: str) -> None:
    import json

    written = escape_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    written.encode("utf-8")


def test_a_word_that_fits_the_first_line_is_not_cut() -> None:
    assert plain(wrap([Run("Fazal-ur-Rehman", "name")], width=15, hanging=1)) == "Fazal-ur-Rehman\n"
