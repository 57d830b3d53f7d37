"""What both passes of coreference read of a document: computed once."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from onrecord.pipeline.annotations import (
    Attribution,
    BlockRecord,
    EntityRecord,
    MarkedSpan,
    Range,
    get_blocks,
)
from onrecord.pipeline.coreference.layout import clause_verbs, quoted, reporters, sentence_numbers
from onrecord.pipeline.coreference.mention_places import place_of
from onrecord.pipeline.coreference.nominals import Nominal, find_nominals
from onrecord.pipeline.coreference.referents import Place
from onrecord.pipeline.coreference.sayings import Saying, lines_of, read_sayings, speaking_since
from onrecord.pipeline.names.words import Words

MEASURED = frozenset(("DATE", "TIME", "QUANTITY"))
"""Types of entities that name nobody and nothing."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What both passes read of a document.

    Attributes:
        sentences: number of each token's sentence.
        clauses: the verb that governs each token, -1 if none.
        quoted: whether each token stands inside marked quotation.
        reporters: the source of what each token is part of.
        named: tokens of names.
        nominals: the descriptions.
        said_before: for a pronoun that is the source of marked words before it, their first token.
        sayings: the statements that stand inside no other, in order of their sources.
        speaking: for each token of one of their sources the first token of the first such source.
        asides: lines of captions.
        heading: lines of headlines and subheads.
        opening: the first two paragraphs.
        places: of the mentions seen so far, by first token, token after the last, and kind.
    """

    words: Words
    sentences: list[int]
    clauses: list[int]
    quoted: list[bool]
    reporters: list[Range]
    named: Set[int]
    nominals: list[Nominal]
    said_before: dict[int, int]
    sayings: list[Saying]
    speaking: dict[int, int]
    asides: frozenset[int]
    heading: frozenset[int]
    opening: list[BlockRecord]
    places: dict[tuple[int, int, str], Place] = field(default_factory=dict)

    def place(self, start: int, end: int, kind: str) -> Place:
        """How a mention stands in its sentence."""
        known = self.places.get((start, end, kind))
        if known is None:
            known = place_of(self.words, (start, end), self.sentences[start], self.quoted[start], kind)
            self.places[start, end, kind] = known
        return known


def read_grounds(
    words: Words,
    entities: Sequence[EntityRecord],
    attributions: Sequence[Attribution],
    marks: Sequence[MarkedSpan],
) -> Grounds:
    """What the passes over a document share.

    Args:
        words: the document.
        entities: named entities with their name mentions.
        attributions: quotations with sources.
        marks: spans between quotation marks.
    """
    # *the 61-year-old* is somebody
    mentions = [m for e in entities if e.type not in MEASURED for m in e.mentions]
    named = {i for m in mentions for i in range(m.start, m.end)}
    sayings = read_sayings(words, attributions)
    return Grounds(
        words,
        sentence_numbers(words),
        clause_verbs(words),
        quoted(words, marks),
        reporters(words, attributions),
        named,
        list(find_nominals(words, named, _speaking(words, attributions), _heard(words, attributions))),
        _said_before(words, attributions),
        sayings,
        speaking_since(sayings),
        lines_of(words, ("caption",)),
        lines_of(words, ("headline", "subhead")),
        [b for b in get_blocks(words.doc) if b.kind == "paragraph"][:2],
    )


def _said_before(words: Words, attributions: Sequence[Attribution]) -> dict[int, int]:
    """The pronouns that are sources of marked words before them, with the first token of those words."""
    return {
        a.source[0]: a.start
        for a in attributions
        if a.type == "direct"
        and a.source is not None
        and a.start < a.source[0] == a.source[1] - 1
        and words.low[a.source[0]] in ("he", "she")
    }


def _speaking(words: Words, attributions: Sequence[Attribution]) -> frozenset[int]:
    """Head tokens of the sources of what was uttered, in the first paragraph of all that was said."""
    lead = next((b for b in get_blocks(words.doc) if b.kind == "paragraph"), None)
    end = lead.end if lead is not None else 0
    spoken = [a.source for a in attributions if a.source and (a.type != "indirect" or a.source[0] < end)]
    return frozenset(words.root(start, end).i for start, end in spoken)


def _heard(words: Words, attributions: Sequence[Attribution]) -> frozenset[int]:
    """Head tokens of the sources of all that was uttered."""
    spoken = [a.source for a in attributions if a.source and a.mode == "speech"]
    return frozenset(words.root(start, end).i for start, end in spoken)
