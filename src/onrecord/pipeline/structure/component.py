"""The parts of an article: headline, subheads, byline, dateline, paragraphs, captions, furniture.

`find_blocks` decides on plain text; `Structure` writes its decision into a Doc before the parser
runs, so that no sentence crosses a block.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.tokens import Doc, Token

from onrecord.dates import first_day, publication_day
from onrecord.pipeline.annotations import BlockRecord, set_blocks
from onrecord.pipeline.structure import block_patterns as patterns
from onrecord.pipeline.structure.bylines import (
    authors_of,
    has_byline_lead,
    is_byline,
)
from onrecord.pipeline.structure.datelines import dateline_end, is_date
from onrecord.pipeline.structure.headings import (
    TOP,
    Part,
    mark_below_headline,
    mark_headline,
    mark_subheads,
    unmark_lone_headings,
)
from onrecord.pipeline.structure.lines import Paragraph, join_lines, split_lines
from onrecord.schema import Block, BlockKind

__all__ = ["BLOCK_HINTS", "PUBLISHED", "Structure", "byline_of", "find_blocks", "headline_of", "published_of"]

BLOCK_HINTS = "onrecord_block_hints"
"""Key in `doc.user_data`: the reader's blocks as (kind, start, end), character offsets."""

PUBLISHED = "onrecord_published"
"""Key in `doc.user_data`: the day of publication that the reader knows, ISO 8601, or None."""

OPENING = 1
"""Paragraphs before a dateline that can still tell the day of publication; further down it is of a part."""

BOTTOM = 4
"""Paragraphs at the end among which a byline or an agency's sign-off is looked for."""

CLOSING = frozenset(('"', "”", "’", "'", "''"))
"""Marks that close a quotation behind `STOPS`, where no blank stands before them."""

STOPS = frozenset((".", ",", "?", "!"))

START, NO_START = np.array((1, -1)).astype(np.uint64)
"""What spaCy's arrays of attributes hold for a token that begins a sentence, and for one that cannot."""

HASH = "#"
"""Before the headline of a note in Markdown that was saved as plain text."""

MIN_TURNS = 3
"""Labelled paragraphs that make a transcript, one of the labels being repeated."""

Hint = tuple[BlockKind, int, int]


def find_blocks(text: str, *, hints: Sequence[Hint] = ()) -> list[Block]:
    """Divide an article into its parts.

    Args:
        text: the article.
        hints: blocks that a reader knows from the format, in order. Kinds other than `paragraph`
            are kept; a `paragraph` may turn out to be a byline, a caption and so on. Text that no
            hint covers is divided as plain text.

    Returns:
        Blocks in order, not overlapping; every character that is no blank is in one. A block
        neither begins nor ends with a blank.
    """
    parts = list(_parts(text, hints))
    for decide in (
        _mark_furniture,
        _mark_turns,
        _mark_lists,
        mark_headline,
        mark_below_headline,
        mark_subheads,
        unmark_lone_headings,
    ):
        parts = decide(parts)
    return list(_blocks(text, parts))


def headline_of(text: str, blocks: Sequence[Block]) -> str | None:
    """The article's headline on one line, from the first headline block."""
    for block in blocks:
        if block.kind == "headline":
            return " ".join(text[block.start : block.end].split()).rstrip(";")
    return None


def byline_of(text: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The authors named in the article's bylines, each once, in order."""
    names = (
        name
        for block in blocks
        if block.kind == "byline"
        for name in authors_of(" ".join(text[block.start : block.end].split()))
    )
    return tuple(dict.fromkeys(names))


def published_of(text: str, blocks: Sequence[Block], known: str | None = None) -> str | None:
    """The day of publication, ISO 8601.

    Args:
        text: of the article.
        blocks: its parts.
        known: what the reader of the file knows, in any form; without a day in it, the first dateline or
            byline at the top that gives one with its year.
    """
    day = publication_day(known) or first_day(known or "", None)
    paragraphs = 0
    for block in blocks:
        if day is not None or paragraphs > OPENING:
            break
        paragraphs += block.kind == "paragraph"
        if block.kind in ("dateline", "byline"):
            day = first_day(text[block.start : block.end], None)
    return day.isoformat() if day else None


def _parts(text: str, hints: Sequence[Hint]) -> Iterator[Part]:
    position = 0
    group = 0
    for kind, start, end in sorted(hints, key=lambda h: (h[1], h[2])):
        start, end = max(start, position), min(end, len(text))
        slice_ = text[start:end]
        if not slice_.strip():
            continue
        start += len(slice_) - len(slice_.lstrip())
        end -= len(slice_) - len(slice_.rstrip())
        for part in _plain_parts(text, position, start, group):
            yield part
            group = part.group
        group += 1
        known = None if kind == "paragraph" else kind
        yield Part(start, end, " ".join(text[start:end].split()), group, 1, known, hinted=True)
        group += 1
        position = end
    yield from _plain_parts(text, position, len(text), group)


def _plain_parts(text: str, start: int, end: int, group: int) -> Iterator[Part]:
    lines = list(split_lines(text, start, end))
    paragraphs: list[Paragraph] = join_lines(
        lines, begins=patterns.begins_block, complete=patterns.is_complete
    )
    for p in paragraphs:
        mark = patterns.hash_mark(p.text)
        if not mark:
            yield Part(p.start, p.end, p.text, group + p.group, p.gap)
            continue
        kind: BlockKind = "headline" if mark == HASH and not text[: p.start].strip() else "subhead"
        at = p.start + len(mark)
        yield Part(p.start, at, mark, group + p.group, p.gap, "boilerplate")
        at += len(text[at : p.end]) - len(text[at : p.end].lstrip())
        yield Part(at, p.end, p.text[len(mark) :].lstrip(), group + p.group, 0, kind)


def _mark_furniture(parts: list[Part]) -> list[Part]:
    """Bylines, dates, captions and furniture: what a paragraph is by its own words."""
    out = []
    for i, part in enumerate(parts):
        if part.kind is None:
            part = replace(part, kind=_own_kind(part, i, len(parts)))
        out.append(part)
    return out


def _own_kind(part: Part, index: int, count: int) -> BlockKind | None:
    line = part.text
    if line[0] == ">":
        return "quote"
    if patterns.is_separator(line):
        return "boilerplate"
    if is_date(line):
        return "dateline"
    at_edge = index < TOP or index >= count - BOTTOM
    # A name without *By* looks like a heading: it counts below the headline and at the end.
    if at_edge and is_byline(line) and (has_byline_lead(line) or _signs(index, count)):
        return "byline"
    if patterns.is_boilerplate(line):
        return "boilerplate"
    if patterns.is_caption(line):
        return "caption"
    return None


def _signs(index: int, count: int) -> bool:
    return 0 < index <= 3 or index == count - 1


def _mark_turns(parts: list[Part]) -> list[Part]:
    """Turns of a transcript or interview, if their labels come again and again."""
    labels = {
        i: label for i, p in enumerate(parts) if p.kind is None and (label := patterns.speaker_label(p.text))
    }
    if "Q" not in labels.values():
        labels = {i: label for i, label in labels.items() if label not in ("Q", "A")}
    counts = Counter(labels.values())
    if 0 in labels and counts[labels[0]] == 1:
        # *Minister: taxes will rise* as a headline above a transcript.
        del labels[0]
    sentences = sum(parts[i].text[-1] in ".?!…\"”’')]" for i in labels)
    if len(labels) < MIN_TURNS or counts.most_common(1)[0][1] < 2 or 2 * sentences < len(labels):
        return parts
    return [replace(p, kind="speaker_turn") if i in labels else p for i, p in enumerate(parts)]


def _mark_lists(parts: list[Part]) -> list[Part]:
    """List items: by their bullets or numbers, or as short lines in a row after a colon."""
    items = set()
    styles = [patterns.list_style(p.text) if p.kind is None else None for p in parts]
    for i, style in enumerate(styles):
        if style is None:
            continue
        near = [j for j in (i - 1, i + 1) if 0 <= j < len(parts)]
        if style in "—–-" or style in ("--", "o"):
            if any(styles[j] not in (None, "1") for j in near):
                items.add(i)
        elif style != "1" or _has_neighbour_number(parts, i):
            items.add(i)
    items |= _lines_after_colon(parts)
    return [replace(p, kind="list_item") if i in items else p for i, p in enumerate(parts)]


def _has_neighbour_number(parts: Sequence[Part], index: int) -> bool:
    number = patterns.list_number(parts[index].text)
    if number is None or not (number.isdigit() or len(number) == 1):
        return False
    wanted = (
        {str(int(number) - 1), str(int(number) + 1)}
        if number.isdigit()
        else {chr(ord(number) - 1), chr(ord(number) + 1)}
    )
    window = parts[max(0, index - 8) : index + 9]
    return any(patterns.list_number(p.text) in wanted for p in window)


def _lines_after_colon(parts: Sequence[Part]) -> set[int]:
    out: set[int] = set()
    for i, part in enumerate(parts):
        if part.kind is not None or not part.text.endswith(":"):
            continue
        row: list[int] = []
        for j in range(i + 1, len(parts)):
            following = parts[j]
            if following.kind is not None or len(following.text.split()) > 20:
                break
            if row and (following.group != parts[row[0]].group or following.gap):
                break
            row.append(j)
        if len(row) >= 2 and not any(parts[j].text[-1] in '.?!"”' for j in row[:-1]):
            out.update(row)
    return out


def _blocks(text: str, parts: Sequence[Part]) -> Iterator[Block]:
    body = 0
    turns = any(p.kind == "speaker_turn" for p in parts)
    for part in parts:
        if part.kind is not None:
            yield Block(part.kind, part.start, part.end)
            continue
        raw = text[part.start : part.end]
        cut = dateline_end(raw, opening=body < 2, colon=body == 0 and not turns)
        body += 1
        if cut is None:
            yield Block("paragraph", part.start, part.end)
        else:
            rest = cut + len(raw[cut:]) - len(raw[cut:].lstrip())
            yield Block("dateline", part.start, part.start + cut)
            yield Block("paragraph", part.start + rest, part.end)


class Structure:
    """Component: stores the blocks and starts a sentence at each; stands before the parser."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the blocks of `doc`, store them, and set `is_sent_start` at each block's first token."""
        hints: Sequence[Hint] = doc.user_data.get(BLOCK_HINTS, ())
        records = to_records(doc, find_blocks(doc.text, hints=hints))
        set_blocks(doc, records)
        start_sentences(doc, records)
        return doc


def to_records(doc: Doc, blocks: Sequence[Block]) -> list[BlockRecord]:
    """The blocks in tokens; a token at the edge of two belongs to the first."""
    starts = [token.idx for token in doc]
    ends = [token.idx + len(token) for token in doc]
    records = []
    previous = 0
    for block in blocks:
        first = max(bisect_right(ends, block.start), previous)
        last = bisect_left(starts, block.end)
        if first < last:
            records.append(BlockRecord(first, last, block.kind))
            previous = last
    return records


def _closes(token: Token, before: Token) -> bool:
    """Whether a mark stands right behind a stop or comma, with nothing but a blank after it."""
    if token.text not in CLOSING or before.text not in STOPS or before.whitespace_:
        return False
    last = token.i + 1 == len(token.doc)
    return last or bool(token.whitespace_) or token.nbor().is_space


def _runs_on(before: str) -> bool:
    """Whether a word is in lower case: *the 13th | Amendment*, *remarks | Reed had made*."""
    return before.islower() and before[-1].isalnum()


def start_sentences(doc: Doc, records: Sequence[BlockRecord]) -> None:
    """Start a sentence at each block but the first, none at blanks, a closing mark or behind a bare word.

    Of 9 sentences in 60 articles of PolNeAR dev and the corpus's dev part that the parser starts on the line
    of a word in lower case without a stop none begins there.

    The parser starts one at every tenth straight mark that ends a paragraph (PolNeAR dev: 88 of 904 behind a
    stop), and a quotation cut off from its last mark is none for what reads sentences.
    """
    if not len(doc):
        return
    # In one array: spaCy looks through the whole doc for labels each time that one token's value is set.
    starts: Any = doc.to_array(SENT_START)
    for before, token in pairwise(doc):
        if token.is_space or _closes(token, before) or _runs_on(before.text):
            starts[token.i] = NO_START
    starts[[record.start for record in records[1:]]] = START
    doc.from_array([SENT_START], starts)
