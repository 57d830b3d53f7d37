"""Who speaks in turns without a clause: *“Fed?” she asked. / “No,” he said. / “Sit.” / “Why?”*."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.pipeline.annotations import Attribution, BlockRecord, MarkedSpan

MIN_TURNS = 2
"""Fewest turns without a clause in a row; one alone may be what the last speaker adds."""


def speaks_before_last(
    index: int,
    attributions: Sequence[Attribution],
    marks: Sequence[MarkedSpan],
    blocks: Sequence[BlockRecord],
) -> int | None:
    """The statement two turns before, whose speaker has the turn, in a dialogue that a question opens.

    A speaker who goes on leaves the marks open at the end of a paragraph. So where somebody asked, somebody
    else answered, and several paragraphs of closed marks alone follow, the two speak by turns.

    Args:
        index: which statement, a turn without a source.
        attributions: the document's statements in text order.
        marks: its quotation marks.
        blocks: its blocks.
    """
    whole = _turns(attributions, marks, blocks)
    if index not in whole or attributions[index].source is not None:
        return None
    place = next(i for i, b in enumerate(blocks) if b.start <= attributions[index].start < b.end)
    by_block = {_block_of(blocks, attributions[i].start): i for i in whole}
    first = place
    while by_block.get(first - 1) is not None and attributions[by_block[first - 1]].source is None:
        first -= 1
    last = place
    while by_block.get(last + 1) is not None and attributions[by_block[last + 1]].source is None:
        last += 1
    answer, question = by_block.get(first - 1), by_block.get(first - 2)
    if last - first + 1 < MIN_TURNS or answer is None or question is None:
        return None
    asked = attributions[question].source is not None and "question" in attributions[question].flags
    return by_block[place - 2] if asked else None


def _turns(
    attributions: Sequence[Attribution], marks: Sequence[MarkedSpan], blocks: Sequence[BlockRecord]
) -> frozenset[int]:
    """Outermost statements whose paragraph opens and closes their marks and holds no other statement."""
    held: dict[int, list[int]] = {}
    for i, a in enumerate(attributions):
        if a.parent is None:
            held.setdefault(_block_of(blocks, a.start), []).append(i)
    opened = {m.start: m for m in marks if m.depth == 0}
    out: set[int] = set()
    for place, inside in held.items():
        if len(inside) != 1 or place < 0:
            continue
        this = attributions[inside[0]]
        mark = opened.get(blocks[place].start)
        if mark is not None and mark.closed and mark.start == this.start and this.end <= blocks[place].end:
            out.add(inside[0])
    return frozenset(out)


def _block_of(blocks: Sequence[BlockRecord], token: int) -> int:
    return next((i for i, b in enumerate(blocks) if b.start <= token < b.end), -1)
