"""Blocks: cases in tests/cases/structure, and what holds for any text."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.pipeline.annotations import char_blocks, get_blocks
from onrecord.pipeline.structure.component import (
    BLOCK_HINTS,
    Structure,
    byline_of,
    find_blocks,
    headline_of,
    published_of,
)
from onrecord.schema import Block

CASES = sorted((Path(__file__).parents[2] / "cases" / "structure").glob("*.txt"))
BLANK = spacy.blank("en")


def read_case(path: Path) -> tuple[str, list[str]]:
    text, _, expected = path.read_text("utf-8").partition("\n=====\n")
    return text, [line for line in expected.splitlines() if line.strip()]


def agrees(text: str, block: Block, expected: str) -> bool:
    kind, _, words = expected.partition(": ")
    beginning, _, end = words.partition(" ... ")
    found = text[block.start : block.end]
    return block.kind == kind and found.startswith(beginning) and found.endswith(end)


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case(path: Path) -> None:
    text, expected = read_case(path)
    blocks = find_blocks(text)
    shown = [f"{b.kind}: {text[b.start : b.end][:60]}" for b in blocks]
    assert len(blocks) == len(expected), shown
    for block, line in zip(blocks, expected, strict=True):
        assert agrees(text, block, line), (line, text[block.start : block.end])


def test_there_are_cases() -> None:
    assert len(CASES) >= 25


# Pieces of articles, so that Hypothesis reaches the rules and not only noise.
PIECES = st.sampled_from(
    [
        "By Jane Doe",
        "LAGOS, Nigeria (AP) —",
        "LAGOS — The mayor spoke.",
        "Q: Why?",
        "A: Because.",
        "SMITH: No.",
        "• one",
        "1. first",
        "2. second",
        "> quoted",
        "Photo: A. B.",
        "(c) 2020 X",
        "* * *",
        "Subscribe now",
        "A Short Heading",
        "What next?",
        "“We won’t,” he said.",
        "The list:",
        "x" * 70,
        "word " * 20,
        "\ufeff",
        "\u200b",
        "\x00",
        "\u2028",
        "\x1c",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", " ", "\n  ", "\r\n", "\t"])), max_size=25).map(
        lambda pairs: "".join(a + b for a, b in pairs)
    ),
)


def check_cover(text: str, blocks: list[Block]) -> None:
    position = 0
    for block in blocks:
        assert block.start >= position and block.start < block.end <= len(text)
        assert not text[position : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        position = block.end
    assert not text[position:].strip()


@given(TEXTS)
def test_blocks_cover_all_text_in_order(text: str) -> None:
    check_cover(text, find_blocks(text))


KINDS = st.sampled_from(["paragraph", "headline", "subhead", "list_item", "quote", "caption"])


@given(TEXTS, st.data())
def test_any_hints_are_survived(text: str, data: st.DataObject) -> None:
    offset = st.integers(0, len(text) + 5)
    hints = data.draw(st.lists(st.tuples(KINDS, offset, offset), max_size=8))
    check_cover(text, find_blocks(text, hints=hints))


@given(TEXTS)
@settings(max_examples=60)
def test_structure_on_any_doc(text: str) -> None:
    doc = Structure()(BLANK.make_doc(text))
    records = get_blocks(doc)
    for record in records:
        assert not doc[record.start].is_space and not doc[record.end - 1].is_space
    for record in records[1:]:
        assert doc[record.start].is_sent_start
    assert all(a.end <= b.start for a, b in pairwise(records))


def test_hinted_kinds_are_kept_and_paragraphs_refined() -> None:
    parts = [
        ("headline", "A house is sold"),
        ("paragraph", "By Nneka Eze in Aba"),
        ("paragraph", "ABA, Nigeria (NNA) — The house was sold on Monday."),
        ("subhead", "It was said to be empty."),
        ("paragraph", "Subscribe to our newsletter"),
    ]
    text, hints = "", []
    for kind, part in parts:
        hints.append((kind, len(text), len(text) + len(part)))
        text += part + "\n\n"
    found = [(b.kind, text[b.start : b.end]) for b in find_blocks(text, hints=hints)]
    assert found == [
        ("headline", "A house is sold"),
        ("byline", "By Nneka Eze in Aba"),
        ("dateline", "ABA, Nigeria (NNA) —"),
        ("paragraph", "The house was sold on Monday."),
        ("subhead", "It was said to be empty."),
        ("boilerplate", "Subscribe to our newsletter"),
    ]


def test_headline_and_byline() -> None:
    text = "Rain stops\nplay\n\nBy Asha Rao, Sam Obi and Staff Reporter\n\nIt rained on Monday in Pune."
    hints = [("headline", 0, 15)]
    blocks = find_blocks(text, hints=hints)
    assert headline_of(text, blocks) == "Rain stops play"
    assert byline_of(text, blocks) == ("Asha Rao", "Sam Obi")
    assert headline_of(text, [Block("paragraph", 0, 4)]) is None


def test_sentences_do_not_cross_blocks(nlp: Language) -> None:
    for path in CASES:
        text, _ = read_case(path)
        doc = nlp(text)
        assert [b.start for b in find_blocks(text)] == [b.start for b in char_blocks(doc)]
        edges = {record.start for record in get_blocks(doc)[1:]}
        for sentence in doc.sents:
            assert not edges & set(range(sentence.start + 1, sentence.end)), sentence.text
            assert sentence.start == 0 or not doc[sentence.start].is_space


def test_the_parser_honours_starts_that_it_would_not_set() -> None:
    doc = Doc(
        BLANK.vocab,
        words=["Cold", "Water", "\n", "Yet", "he", "came", "."],
        spaces=[True, False, False, *[True] * 4],
    )
    Structure()(doc)
    assert doc[3].is_sent_start and doc[2].is_sent_start is False


def test_hints_come_from_user_data() -> None:
    doc = BLANK.make_doc("One two three four.\nFive six.")
    doc.user_data[BLOCK_HINTS] = [("quote", 0, 19)]
    Structure()(doc)
    assert [b.kind for b in get_blocks(doc)] == ["quote", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "A" * 200_000,
        "A: " * 50_000,
        "\n" * 100_000,
        "By " + "Ann " * 20_000,
        "(" * 50_000,
        "Word, " * 40_000,
        "- " * 60_000,
    ],
    ids=["letters", "labels", "newlines", "names", "brackets", "commas", "dashes"],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.perf_counter()
    find_blocks(text)
    assert time.perf_counter() - began < 2


def test_time_grows_with_the_length_alone() -> None:
    doc = Doc(BLANK.vocab, words=["the", "port", "closed", "."] * 15_000)
    began = time.thread_time()
    Structure()(doc)
    assert time.thread_time() - began < 1.5
    assert all(doc[i].is_sent_start is False for i in (1, 2, 3, 59_999))
    assert doc[4].is_sent_start is None


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Storm shuts port\n\nFriday, July 21, 2017\n\nThe port of Ruvik closed.\n", "2017-07-21"),
        ("Storm shuts port\n\nRUVIK, 3 March 2021 — The port closed.\n", "2021-03-03"),
        ("Storm shuts port\n\nRUVIK, 3 March — The port closed.\n", None),
        ("Storm shuts port\n\nThe port closed on 3 March 2021.\n", None),
    ],
)
def test_day_of_publication_is_read_from_a_dateline(text: str, published: str | None) -> None:
    assert published_of(text, find_blocks(text)) == published


@pytest.mark.parametrize(
    ("known", "published"),
    [("2024-05-14T08:00:00Z", "2024-05-14"), ("May 14, 2024", "2024-05-14"), ("last spring", "2021-03-03")],
)
def test_what_the_reader_knows_comes_first_where_it_is_a_day(known: str, published: str) -> None:
    text = "Storm shuts port\n\nRUVIK, 3 March 2021 — The port closed.\n"
    assert published_of(text, find_blocks(text), known) == published


def test_a_date_of_a_part_is_not_the_day_of_publication() -> None:
    text = (
        "The long road\n\n"
        + "The work began in the spring, and it went on.\n\n" * 3
        + "March 3, 2010\n\nIt fell.\n"
    )
    assert published_of(text, find_blocks(text)) is None
