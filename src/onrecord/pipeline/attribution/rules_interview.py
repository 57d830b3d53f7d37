"""Answers in interviews whose questions have no labels: *How did it begin? ¶ My uncle left me two hives.*"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc

from onrecord.pipeline.annotations import (
    Attribution,
    BlockRecord,
    MentionRecord,
    Range,
    get_blocks,
    get_entities,
)
from onrecord.pipeline.attribution.rule_names import TURN
from onrecord.pipeline.attribution.rules_dialogue import find_dialogue
from onrecord.pipeline.language.edges import trim
from onrecord.pipeline.places import is_quoted, marks_in

MIN_QUESTIONS = 4
"""Questions that stand in paragraphs of their own before answers; as the block finder has it."""

LEAST_IN_FIRST_PERSON = 0.5
"""Share of the answers that speak of the speaker; of an author's questions to readers fewer do."""

MAX_QUESTION = 60
"""Most tokens of a question with what leads up to it."""


def find_answers(doc: Doc) -> list[Attribution]:
    """The paragraphs right behind questions in paragraphs of their own, where there are several."""
    blocks = get_blocks(doc)
    answers = [b for a, b in pairwise(blocks) if _asks(doc, a) and _is_answer(doc, b)]
    first_person = sum(_is_in_first_person(doc, block) for block in answers)
    if len(answers) < MIN_QUESTIONS or first_person < LEAST_IN_FIRST_PERSON * len(answers):
        return []
    if find_dialogue(doc):
        return []
    who = _interviewed(doc, answers[0])
    return [found for block in answers for found in _answer(doc, block, who)] if who is not None else []


def _interviewed(doc: Doc, answer: BlockRecord) -> Range | None:
    """Whom headline and introduction name most often, bylines left out; none of two named equally often."""
    blocks = get_blocks(doc)
    before = blocks[: blocks.index(answer) - 1]
    named: list[tuple[int, Range]] = []
    for entity in get_entities(doc):
        own = [m for m in entity.mentions if m.kind == "name" and _is_in(m, before)]
        if entity.type == "PERSON" and own:
            named.append((len(own), (own[0].start, own[0].end)))
    named.sort(reverse=True)
    tied = len(named) > 1 and named[0][0] == named[1][0]
    return named[0][1] if named and not tied else None


def _is_in(mention: MentionRecord, blocks: Sequence[BlockRecord]) -> bool:
    return any(b.kind != "byline" and b.start <= mention.start < b.end for b in blocks)


def _words(doc: Doc, block: BlockRecord) -> Sequence[int]:
    return [t.i for t in doc[block.start : block.end] if not t.is_space]


def _asks(doc: Doc, block: BlockRecord) -> bool:
    words = _words(doc, block)
    if block.kind not in ("paragraph", "subhead") or not words or len(words) > MAX_QUESTION:
        return False
    return doc[words[-1]].text == "?" and not _opens_marks(doc, words[0])


def _is_answer(doc: Doc, block: BlockRecord) -> bool:
    words = _words(doc, block)
    if block.kind != "paragraph" or not words or _asks(doc, block):
        return False
    return not _opens_marks(doc, words[0])


def _opens_marks(doc: Doc, token: int) -> bool:
    return any(m.start == token for m in marks_in(doc, (token, token + 1)))


def _is_in_first_person(doc: Doc, block: BlockRecord) -> bool:
    own = (i for i in _words(doc, block) if "1" in doc[i].morph.get("Person", []))
    return any(not is_quoted(doc, (i, i + 1)) for i in own)


def _answer(doc: Doc, block: BlockRecord, who: Range) -> list[Attribution]:
    content = trim(doc, (block.start, block.end), keep_stop=True)
    if content is None:
        return []
    reasons = ("the paragraph answers a question that stands alone",)
    return [Attribution(contents=(content,), source=who, reasons=reasons, rule=TURN)]
