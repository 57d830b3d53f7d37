"""The parts of an article: headline, subheads, byline, dateline, paragraphs, captions, furniture.

`find_blocks` decides on plain text; `Structure` writes its decision into a Doc before the parser
runs, so that no sentence crosses a block.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from onrecord.pipeline import block_patterns as patterns
from onrecord.pipeline.annotations import BlockRecord, set_blocks
from onrecord.pipeline.bylines import (
    author_names,
    byline_names,
    has_byline_lead,
    is_author_line,
    is_byline,
)
from onrecord.pipeline.datelines import dateline_end, is_date, is_place_line
from onrecord.pipeline.lines import Paragraph, join_lines, split_lines
from onrecord.schema import Block, BlockKind

__all__ = ["BLOCK_HINTS", "Structure", "byline_of", "find_blocks", "headline_of"]

BLOCK_HINTS = "onrecord_block_hints"
"""Key in `doc.user_data`: the reader's blocks as (kind, start, end), character offsets."""

MAX_HEADLINE_CHARS = 200
MAX_HEADLINE_WORDS = 30
"""Headlines in PolNeAR and Wikinews have at most 24 words; list headlines of tabloids go higher."""

TOP = 8
"""Paragraphs at the beginning among which a bare byline or date is looked for."""

BOTTOM = 4
"""Paragraphs at the end among which a byline or an agency's sign-off is looked for."""

BELOW = 4
"""Paragraphs below the headline that may be deck, byline and dateline."""

MAX_SIGNATURE_WORDS = 12
"""Words of a byline without *By* or a dateline of its own; longer ones are prose."""

MAX_DECK_WORDS = 40
"""Words of a standfirst between headline and byline; in newspapers 10 to 35."""

MIN_TURNS = 3
"""Labelled paragraphs that make a transcript, one of the labels being repeated."""

Hint = tuple[BlockKind, int, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph on its way to a block. `kind` is None until something is decided."""

    start: int
    end: int
    text: str
    group: int
    gap: int
    kind: BlockKind | None = None
    hinted: bool = False


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
        _mark_headline,
        _mark_below_headline,
        _mark_subheads,
        _unmark_lone_headings,
    ):
        parts = decide(parts)
    return list(_blocks(text, parts))


def headline_of(text: str, blocks: Sequence[Block]) -> str | None:
    """The article's headline on one line, from the first headline block."""
    for block in blocks:
        if block.kind == "headline":
            return " ".join(text[block.start : block.end].split())
    return None


def byline_of(text: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The authors named in the article's bylines, each once, in order."""
    names = (
        name
        for block in blocks
        if block.kind == "byline"
        for name in _authors(" ".join(text[block.start : block.end].split()))
    )
    return tuple(dict.fromkeys(names))


def _authors(line: str) -> tuple[str, ...]:
    return byline_names(line) or author_names(line)


def _parts(text: str, hints: Sequence[Hint]) -> Iterator[_Part]:
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
        yield _Part(start, end, " ".join(text[start:end].split()), group, 1, known, hinted=True)
        group += 1
        position = end
    yield from _plain_parts(text, position, len(text), group)


def _plain_parts(text: str, start: int, end: int, group: int) -> Iterator[_Part]:
    lines = list(split_lines(text, start, end))
    paragraphs: list[Paragraph] = join_lines(
        lines, begins=patterns.begins_block, complete=patterns.is_complete
    )
    for p in paragraphs:
        yield _Part(p.start, p.end, p.text, group + p.group, p.gap)


def _mark_furniture(parts: list[_Part]) -> list[_Part]:
    """Bylines, dates, captions and furniture: what a paragraph is by its own words."""
    out = []
    for i, part in enumerate(parts):
        if part.kind is None:
            part = replace(part, kind=_own_kind(part, i, len(parts)))
        out.append(part)
    return out


def _own_kind(part: _Part, index: int, count: int) -> BlockKind | None:
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


def _mark_turns(parts: list[_Part]) -> list[_Part]:
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


def _mark_lists(parts: list[_Part]) -> list[_Part]:
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


def _has_neighbour_number(parts: Sequence[_Part], index: int) -> bool:
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


def _lines_after_colon(parts: Sequence[_Part]) -> set[int]:
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


_META = ("byline", "dateline", "caption", "boilerplate")


def _mark_headline(parts: list[_Part]) -> list[_Part]:
    """The headline: the first thing that is no furniture, if it looks like one."""
    if any(p.kind == "headline" for p in parts):
        return parts
    order = [i for i, p in enumerate(parts) if p.kind not in _META][:2]
    if not order or order[0] >= TOP:
        return parts
    first = order[0]
    out = list(parts)
    kicker = len(order) > 1 and parts[first].kind is None and patterns.is_kicker(parts[first].text)
    if kicker:
        out[first] = replace(parts[first], kind="subhead")
        first = order[1]
    if parts[first].kind is None and _is_headline(parts, first):
        out[first] = replace(parts[first], kind="headline")
    return out


def _mark_below_headline(parts: list[_Part]) -> list[_Part]:
    """Between headline and first paragraph: the deck, who wrote, where."""
    top = next((i for i, p in enumerate(parts[:TOP]) if p.kind == "headline"), None)
    if top is None:
        return parts
    out = list(parts)
    capitals = sum(p.kind is None and is_place_line(p.text) for p in parts)
    deck: int | None = None
    signed = False
    for i in range(top + 1, min(top + 1 + BELOW, len(parts) - 1)):
        kind = parts[i].kind or _signature(parts[i].text, place=capitals == 1, author=not signed)
        if kind is None:
            if i > top + 1 or len(parts[i].text.split()) > MAX_DECK_WORDS or dateline_end(parts[i].text):
                break
            deck = i
        elif kind in ("byline", "dateline"):
            signed = True
            out[i] = replace(parts[i], kind=kind)
    if deck is not None and signed:
        out[deck] = replace(parts[deck], kind="subhead")
    return out


def _signature(line: str, *, place: bool, author: bool) -> BlockKind | None:
    """What a line below the headline says about the article itself; None for a line of the article.

    Args:
        line: the line.
        place: a place in capitals is a dateline; where there are several such lines they are subheads.
        author: a name may be a byline; one byline is enough.
    """
    if place and is_place_line(line):
        return "dateline"
    words = len(line.split())
    if author and words <= MAX_SIGNATURE_WORDS and line[-1] not in ".?!:" and is_author_line(line):
        return "byline"
    return None


def _is_headline(parts: Sequence[_Part], index: int) -> bool:
    line = parts[index].text
    words = line.split()
    rest = parts[index + 1 :]
    if not rest or len(words) > MAX_HEADLINE_WORDS or len(line) > MAX_HEADLINE_CHARS:
        return False
    following = rest[0]
    # News databases write the headline with a semicolon and the line below it directly after.
    decked = line[-1] == ";" and following.gap == 0 and following.group == parts[index].group
    if not any(c.isalpha() for c in line) or (line[-1] in ":,;" and not decked):
        return False
    share, content = patterns.title_share(line)
    signed = following.kind in ("byline", "dateline") or dateline_end(following.text) is not None
    stop = line.rstrip("\"'”’»)]")[-1:]
    if stop in ".?!…":
        asks = stop == "?" and index == 0 and len(words) <= 15
        return signed or asks or (share >= 0.6 and content >= 4 and stop != "…" and len(words) <= 20)
    return True


def _mark_subheads(parts: list[_Part]) -> list[_Part]:
    """Subheads: heading-like lines between paragraphs."""
    out = list(parts)
    interview = _is_interview(parts)
    for i, part in enumerate(parts):
        if part.kind is None and _is_subhead(parts, i, questions=not interview):
            out[i] = replace(part, kind="subhead")
    return out


def _is_interview(parts: Sequence[_Part]) -> bool:
    """Whether questions stand on lines of their own and people answer them in the first person.

    In an explainer the author asks and answers, and its questions are subheads.
    """
    asked = [i for i, p in enumerate(parts[:-1]) if p.kind is None and p.text.endswith("?")]
    answered = sum(_FIRST_PERSON.search(parts[i + 1].text) is not None for i in asked)
    return len(asked) >= 4 and len(asked) > 0.15 * len(parts) and 2 * answered >= len(asked)


_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur)\b")


def _is_subhead(parts: Sequence[_Part], index: int, *, questions: bool) -> bool:
    part = parts[index]
    following = next((p for p in parts[index + 1 :] if p.kind not in ("caption", "boilerplate")), None)
    if following is None or following.kind == "byline":
        return False
    own_group = part.gap > 0 and following.gap > 0
    if not patterns.is_heading_like(part.text, stops=own_group, questions=questions):
        return False
    if following.kind is None:
        return len(following.text) > len(part.text) or patterns.is_heading_like(following.text)
    return following.kind in ("headline", "list_item", "speaker_turn", "quote", "dateline", "subhead")


def _unmark_lone_headings(parts: list[_Part]) -> list[_Part]:
    """Lines that all look like headings in a row are a list or verse, not headings."""
    out = list(parts)
    i = 0
    while i < len(parts):
        j = i
        while j < len(parts) and parts[j].kind == "subhead" and not parts[j].hinted:
            j += 1
        if j - i >= 3:
            for k in range(i, j):
                out[k] = replace(parts[k], kind=None)
        i = max(j, i + 1)
    return out


def _blocks(text: str, parts: Sequence[_Part]) -> Iterator[Block]:
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


def start_sentences(doc: Doc, records: Sequence[BlockRecord]) -> None:
    """Start a sentence at each block but the first, and none at blanks between or within blocks."""
    for token in doc:
        if token.is_space and token.i:
            token.is_sent_start = False
    for record in records[1:]:
        doc[record.start].is_sent_start = True
