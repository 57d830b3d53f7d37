"""Dialogue whose turns open with dashes: *—Bored? Never, says Ann Lee, laughing. ¶ —And the lamps?*"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, BlockRecord, Range, get_blocks
from onrecord.pipeline.attribution.reporting_clause import quotes
from onrecord.pipeline.attribution.rule_names import DIALOGUE
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.edges import cue_range, source_range, trim
from onrecord.pipeline.language.function_words import BREAKS, FINITE_VERBS, IN_CONVERSATION, STOPS

_DASHES = frozenset(("—", "–", "―"))
_KINDS = frozenset(("paragraph", "list_item", "quote"))
_GOING_ON = frozenset(("VBG", "VBN", "IN", "WRB", "RB"))
_PAUSED = (STOPS - {"."}) | {","}
"""What stands before a reporting clause in a turn."""

MIN_TURNS = 3
"""Paragraphs with dashes that make a dialogue; one or two are signatures or credits."""

LEAST_IN_CONVERSATION = 0.5
"""Share of the turns that ask or speak of *I* and *you*; items of a list do neither."""


def find_dialogue(doc: Doc) -> list[Attribution]:
    """The turns of a dialogue set with dashes, none where dashes set a list.

    Who speaks is said by a reporting clause within a turn; while the turns follow one another without a
    paragraph between, every other one is the same person's.
    """
    blocks = get_blocks(doc)
    turns = [i for i, b in enumerate(blocks) if _opens_with_dash(doc, b)]
    talking = [i for i in turns if _is_conversation(doc, blocks[i])]
    asked = any(doc[blocks[i].start : blocks[i].end].text.rstrip().endswith("?") for i in turns)
    if len(turns) < MIN_TURNS or not asked or len(talking) < LEAST_IN_CONVERSATION * len(turns):
        return []
    return [found for run in _runs(turns) for found in _run(doc, [blocks[i] for i in run])]


def _opens_with_dash(doc: Doc, block: BlockRecord) -> bool:
    if block.kind not in _KINDS or block.end - block.start < 3:
        return False
    return doc[block.start].text in _DASHES and doc[block.start + 1].text[:1].isalnum()


def _is_conversation(doc: Doc, block: BlockRecord) -> bool:
    return any(t.lower_ in IN_CONVERSATION or t.text == "?" for t in doc[block.start : block.end])


def _runs(turns: Sequence[int]) -> Iterator[list[int]]:
    run = list(turns[:1])
    for last, turn in pairwise(turns):
        if turn > last + 1:
            yield run
            run = []
        run.append(turn)
    yield run


def _run(doc: Doc, blocks: Sequence[BlockRecord]) -> Iterator[Attribution]:
    clauses = [_clause(doc, block) for block in blocks]
    for n, block in enumerate(blocks):
        verb = clauses[n]
        own = _speaker(verb, block) if verb is not None else None
        others = (_speaker(v, b) for v, b in zip(clauses[n % 2 :: 2], blocks[n % 2 :: 2], strict=True))
        source = own or next((s for s in others if s is not None and doc[s[1] - 1].pos_ != "PRON"), None)
        contents = _contents(doc, block, verb, own)
        if contents:
            yield Attribution(
                contents=tuple(contents),
                cue=cue_range(verb) if verb is not None and own is not None else None,
                source=source,
                reasons=("a dash opens the turn",),
                type="direct",
                rule=DIALOGUE,
            )


def _clause(doc: Doc, block: BlockRecord) -> Token | None:
    """The verb of the reporting clause in a turn: *never, | says | Ann Lee*."""
    lexicon = cue_lexicon()
    for verb in doc[block.start + 2 : block.end]:
        if verb.tag_ not in FINITE_VERBS or not quotes(verb, lexicon):
            continue
        subject = _subject(verb)
        if subject is None:
            continue
        first = min(subject.left_edge.i, verb.i)
        if any(t.lower_ in IN_CONVERSATION for t in subject.subtree) and not _asks_alone(doc, first, verb):
            continue
        paused = first > block.start + 1 and doc[first - 1].text in _PAUSED
        if paused and not any(c.dep_ in ("ccomp", "dobj") and c.i > verb.i for c in verb.children):
            return verb
    return None


def _asks_alone(doc: Doc, first: int, verb: Token) -> bool:
    """*—And then? I ask.*: who writes speaks there; *My father says that …* goes on with what is said."""
    return doc[first - 1].text in ("?", "!") and verb.i + 1 < len(doc) and doc[verb.i + 1].text in BREAKS


def _subject(verb: Token) -> Token | None:
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    # *Bored, never, says | Ann |*: parsers take the first word for one too.
    return min(subjects, key=lambda c: abs(c.i - verb.i), default=None)


def _speaker(verb: Token | None, block: BlockRecord) -> Range | None:
    subject = _subject(verb) if verb is not None else None
    return source_range(subject, low=block.start + 1, high=block.end) if subject is not None else None


def _contents(doc: Doc, block: BlockRecord, verb: Token | None, source: Range | None) -> list[Range]:
    """What is said in a turn with its dash, before its reporting clause and behind it."""
    start = block.start
    if verb is None or source is None:
        return _with_dash(doc, block, [trim(doc, (start, block.end), keep_stop=True)])
    low, high = min(source[0], verb.i), max(source[1], verb.i + 1)
    if high < block.end and not (doc[high].text == "," and doc[high + 1].tag_ not in _GOING_ON):
        # *says Ann Lee, laughing.*, *she asks when I read it out.*
        high = next((i for i in range(high, block.end) if doc[i].text in BREAKS), block.end)
    high += 1
    while high < block.end and doc[high].text in _DASHES:
        high += 1
    ends = (start, low), (high, block.end)
    return _with_dash(doc, block, [trim(doc, span, keep_stop=True) for span in ends if span[0] < span[1]])


def _with_dash(doc: Doc, block: BlockRecord, pieces: Sequence[Range | None]) -> list[Range]:
    """The pieces that hold words, the first with the dash, which is its mark of quotation."""
    said = [s for s in pieces if s is not None and any(t.is_alpha for t in doc[slice(*s)])]
    return [(block.start if n == 0 else start, end) for n, (start, end) in enumerate(said)]
