"""Quotations over the text that come again in it with their speaker: *“We are tired”: drivers to strike*."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.names.words import Words
from onrecord.pipeline.places import block_at
from onrecord.pipeline.speakers.sources import Resolved
from onrecord.pipeline.speakers.turns import Setting

__all__ = ["resolve_repeated"]

FEW = 3
"""Words from which a quotation is the same where its words come again; fewer are anybody's. Set by hand."""

CONFIDENCE = 0.85

HEADINGS = frozenset(("headline", "subhead", "quote"))


def resolve_repeated(setting: Setting, done: Mapping[int, Resolved]) -> dict[int, Resolved]:
    """The speakers of quotations over the text, from the quotations of the text that hold their words.

    Only where the heading itself names nobody: of a headline that does, that is who is meant.

    Args:
        setting: the document's quotations, marks and blocks.
        done: the speakers found so far, by index of the attribution.
    """
    words, attributions = setting.people.words, setting.attributions
    heads = [i for i, a in enumerate(attributions) if a.type != "indirect" and _stands_over(setting, a)]
    out: dict[int, Resolved] = {}
    for i in heads:
        own = done[i]
        if attributions[i].source is not None and any(s.entity for s in own.speakers):
            continue
        said = _marked_words(setting, attributions[i])
        if len(said) < FEW:
            continue
        for j, other in enumerate(attributions):
            known = done[j]
            named = known.certain and known.speakers and all(s.entity for s in known.speakers)
            if j in heads or not named or not _holds(_words(words, other.contents), said):
                continue
            note = "the text gives these words with their speaker"
            confidence = min(CONFIDENCE, known.confidence)
            out[i] = Resolved(known.speakers, (note, *known.reasons), True, confidence)
            break
    return out


def _stands_over(setting: Setting, attribution: Attribution) -> bool:
    """Whether a quotation stands in a heading, or is without a source all that its paragraph has."""
    block = block_at(setting.people.words.doc, attribution.start)
    if block is None:
        return False
    if block.kind in HEADINGS:
        return True
    words = setting.people.words
    inside = {i for start, end in attribution.contents for i in range(start, end)}
    alone = all(i in inside or not words.text[i].isalnum() for i in range(block.start, block.end))
    return alone and attribution.source is None


def _marked_words(setting: Setting, attribution: Attribution) -> list[str]:
    """The words of a quotation that stand in marks."""
    marked = [
        (max(m.start, start), min(m.end, end))
        for start, end in attribution.contents
        for m in setting.marks
        if m.depth == 0 and m.start < end and start < m.end
    ]
    return _words(setting.people.words, tuple(marked))


def _words(words: Words, ranges: tuple[Range, ...]) -> list[str]:
    return [
        words.low[i]
        for start, end in ranges
        for i in range(start, end)
        if any(map(str.isalnum, words.low[i]))
    ]


def _holds(whole: list[str], part: list[str]) -> bool:
    """Whether the words come in the others in their order, without a gap."""
    size = len(part)
    return any(whole[i : i + size] == part for i in range(len(whole) - size + 1))
