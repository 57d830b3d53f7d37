from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.pipeline.marks.parser import MarkedStretch, parse_marks


def blocks_of(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]


def parsed(text: str) -> list[MarkedStretch]:
    return parse_marks(text, blocks_of(text))[0]


def outer(text: str) -> list[str]:
    return [text[m.start : m.end] for m in parsed(text) if m.depth == 0]


def inner(text: str) -> list[str]:
    return [text[m.start : m.end] for m in parsed(text) if m.depth > 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we won" and left.', ['"we won"']),
        ("“We won,” he said. “Twice.”", ["“We won,”", "“Twice.”"]),
        ("''We won,'' she said, ''and it's the boys' day.''", ["''We won,''", "''and it's the boys' day.''"]),
        ("``We won,'' she said.", ["``We won,''"]),
        ("‘‘We won,’’ she said.", ["‘‘We won,’’"]),
        ("»We won«, she said.", ["»We won«"]),
        ("«We won», she said, « twice ».", ["«We won»", "« twice »"]),
        ("„We won“, she said. „Twice.”", ["„We won“", "„Twice.”"]),
        ("”We won,” she said.", ["”We won,”"]),
        ('" We won , " she said .', ['" We won , "']),
        ("(“We won,” she said.)", ["“We won,”"]),
        ("She paused—“We won”—and left.", ["“We won”"]),
    ],
)
def test_styles_of_marks(text: str, expected: list[str]) -> None:
    assert outer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "'The boys' team won,' he said. 'It was rock 'n' roll.'",
            ["'The boys' team won,'", "'It was rock 'n' roll.'"],
        ),
        ("‘The ’90s were ours,’ she said. ‘Give ’em hell.’", ["‘The ’90s were ours,’", "‘Give ’em hell.’"]),
        ("The boys' team and the girls' team met in '95.", []),
        ("The fans' “day of shame” was the board's.", ["“day of shame”"]),
        ("He called it a 'disgrace' and the fans' 'day of shame'.", ["'disgrace'", "'day of shame'"]),
        ("It's the workers' fault and O'Brien's.", []),
        ("'Tis the season, 'twas said.", []),
        ("'I'm goin' home,' he said.", ["'I'm goin' home,'"]),
        ("Ravi said: 'No.'", ["'No.'"]),
    ],
)
def test_single_marks_and_apostrophes(text: str, expected: list[str]) -> None:
    assert outer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He is 5\'10" and the pipe is 6" wide, he said. "Yes," he said.', ['"Yes,"']),
        ('"He is 6\'2"," she said. "He plays 40" a week."', ['"He is 6\'2","', '"He plays 40" a week."']),
        ('"A 12" pipe is "fine" here," he said.', ['"A 12" pipe is "fine" here,"']),
        ('"Sales fell in 1999," he said.', ['"Sales fell in 1999,"']),
        ('"Sales fell in 1999" and then rose.', ['"Sales fell in 1999"']),
    ],
)
def test_inches_are_no_marks(text: str, expected: list[str]) -> None:
    assert outer(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“She told me ‘no,’ and left,” he said.", ["‘no,’"]),
        ("\"She told me 'no'.\"", ["'no'"]),
        ("'She said \"no\" to me,' he said.", ['"no"']),
        ("''He said 'no'''", ["'no'"]),
        ('"I said "no" to him," she said.', ['"no"']),
        ("“He cried ‘she shouted “stop” at me’ twice,” Jo said.", ["‘she shouted “stop” at me’", "“stop”"]),
    ],
)
def test_nesting(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_open_only_paragraphs_go_on_until_one_closes() -> None:
    marks = parsed("“One.\n\n“Two.\n\n“Three,” he said.\n\n“Four.”")
    assert [(m.closed, m.continues) for m in marks] == [
        (False, False),
        (False, True),
        (True, True),
        (True, False),
    ]


def test_curly_marks_inside_straight_ones_that_the_next_paragraph_goes_on_with() -> None:
    text = '"The “Clean Rivers” act is dead. It is.\n\n"So is the “Old Quay,” they say.\n\n"Good night."'
    marks, notices = parse_marks(text, blocks_of(text))
    assert not notices
    assert [text[m.start : m.end] for m in marks if m.depth == 1] == ["“Clean Rivers”", "“Old Quay,”"]
    assert [(m.closed, m.continues) for m in marks if m.depth == 0] == [
        (False, False),
        (False, True),
        (True, True),
    ]


def test_curly_marks_after_a_lost_straight_one_open_another_quotation() -> None:
    text = '"We won, said Jones. “We never lost,” he added.\n\nHe left.'
    assert outer(text) == ['"We won,', "“We never lost,”"]


def test_a_paragraph_without_marks_of_its_own_is_closed_by_its_last_mark() -> None:
    text = "“The first part.\n\nThe second part.” He left."
    assert outer(text) == ["“The first part.", "The second part.”"]
    assert [m.continues for m in parsed(text)] == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won, said Jones. “We never lost,” he added.", ["“We won,", "“We never lost,”"]),
        ("We never lost,” he said.", ["We never lost,”"]),
        ("He said: “We never lost. Not once.", ["“We never lost. Not once."]),
        ("He left. Then he said: We never lost.”", ["We never lost.”"]),
    ],
)
def test_a_lost_mark_is_put_back_where_the_sentence_suggests(text: str, expected: list[str]) -> None:
    marks, notices = parse_marks(text, blocks_of(text))
    assert [text[m.start : m.end] for m in marks] == expected
    assert any(m.repaired for m in marks)
    assert [n.code for n in notices] == ["unclosed_quotation_mark"]
    assert all(n.start is not None and n.end is not None and text[n.start : n.end].strip() for n in notices)


def test_a_lost_mark_does_not_turn_the_next_paragraph_inside_out() -> None:
    text = '"We won, said Jo.\n\nShe left. "Bye," she said. "See you."'
    assert outer(text)[1:] == ['"Bye,"', '"See you."']


def test_markup_attributes_are_found_but_well_formed_text_needs_no_repair() -> None:
    assert parse_marks("No marks at all.", [(0, 16)]) == ([], [])


MARKS = st.text(alphabet="\"'“”‘’„«»`ab c.,:!?5(\n—", max_size=80)


@settings(max_examples=400, deadline=None)
@given(st.one_of(MARKS, st.text(max_size=60)))
@example("«\n\x1c\n»")
def test_any_text_gives_nested_stretches_inside_it(text: str) -> None:
    marks, notices = parse_marks(text, blocks_of(text))
    open_marks: list[MarkedStretch] = []
    for mark in marks:
        assert 0 <= mark.start < mark.end <= len(text)
        assert "\n" not in text[mark.start : mark.end]
        while open_marks and open_marks[-1].end <= mark.start:
            open_marks.pop()
        assert mark.depth == len(open_marks)
        assert all(mark.end <= o.end for o in open_marks)
        open_marks.append(mark)
    assert all(
        0 <= n.start < n.end <= len(text) for n in notices if n.start is not None and n.end is not None
    )


@settings(max_examples=150, deadline=None)
@given(MARKS)
def test_blocks_are_read_the_same_whatever_stands_before(text: str) -> None:
    block = text.replace("\n", " ")
    lead = "A plain line.\n"
    alone = parse_marks(block, [(0, len(block))])[0] if block else []
    after = parse_marks(lead + block, [(0, 13), (14, 14 + len(block))])[0] if block else []
    if not ({"»", "«"} & set(block)):
        assert [(m.start, m.end) for m in alone] == [(m.start - 14, m.end - 14) for m in after]
