"""Paragraphs out of printed lines."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.readers.page_layout import PageLine, join_lines, rebuild, without_running_heads

WORDS = Counter({"long-term": 2, "government": 3, "storage": 2, "cold": 2})


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["the govern-", "ment said"], "the government said"),
        (["a long-", "term plan"], "a long-term plan"),
        (["cold-", "storage"], "cold-storage"),
        (["self-", "rule"], "self-rule"),
        (["Anglo-", "Irish"], "Anglo-Irish"),
        (["refu\u00ad", "sed"], "refused"),
        (["from 2023-", "24 on"], "from 2023-24 on"),
        (["he said —", "and left"], "he said — and left"),
        (["one", "two"], "one two"),
    ],
)
def test_hyphens(lines: list[str], joined: str) -> None:
    assert join_lines(lines, words=WORDS) == joined


def page(number: int, *texts: str) -> list[PageLine]:
    return [PageLine(number, 72, 800 - 14 * i, 11, text) for i, text in enumerate(texts)]


def test_running_heads_and_numbers_go() -> None:
    lines = [
        *page(
            0,
            "The Courier 1",
            "Rain fell.",
            "More came.",
            "Then sun.",
            "And wind.",
            "The end of it.",
            "Page 1 of 3",
        ),
        *page(
            1,
            "The Courier 2",
            "Snow fell.",
            "It stayed.",
            "For weeks.",
            "People dug.",
            "Nobody slept.",
            "Page 2 of 3",
        ),
        *page(
            2,
            "The Courier 3",
            "Spring came.",
            "It was wet.",
            "Birds sang.",
            "Bells rang.",
            "Nobody heard.",
            "Page 3 of 3",
        ),
    ]
    texts = [line.text for line in without_running_heads(lines)]
    assert len(texts) == 15 and not any("Courier" in t or "Page" in t for t in texts)


def test_year_in_the_text_is_no_page_number() -> None:
    lines = page(
        0,
        "The bank was founded in",
        "1974",
        "by two brothers",
        "from Oran",
        "and a cousin",
        "from Fez.",
        "They sold it",
        "in",
        "2003.",
    )
    assert without_running_heads(lines) == lines


def test_paragraph_runs_over_pages() -> None:
    lines = [
        PageLine(0, 72, 100, 11, "The minister said on Monday that the road to the north would be"),
        PageLine(1, 72, 760, 11, "closed until the spring."),
        PageLine(1, 72, 730, 11, "Nobody in the north was asked, the mayor of the last town said."),
    ]
    assert list(rebuild(lines)) == [
        (
            "paragraph",
            "The minister said on Monday that the road to the north would be closed until the spring.",
        ),
        ("paragraph", "Nobody in the north was asked, the mayor of the last town said."),
    ]


LINES = st.lists(
    st.builds(
        PageLine,
        st.integers(0, 3),
        st.floats(0, 500),
        st.floats(-100, 900),
        st.floats(0.1, 80),
        st.text(min_size=1).filter(str.strip),
    )
)


@given(LINES)
def test_any_lines(lines: list[PageLine]) -> None:
    kept = without_running_heads(lines)
    text = "".join(t for _, t in rebuild(kept))
    letters = Counter(c for line in kept for c in line.text if c.isalpha())
    assert not letters - Counter(c for c in text if c.isalpha()) or any(c in text for c in "•●")
