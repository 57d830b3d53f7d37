"""Speech laid out rather than reported: transcripts, block quotations, signatures, headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc

from onrecord.pipeline.annotations import (
    Attribution,
    BlockRecord,
    MarkedSpan,
    Range,
    get_blocks,
    get_entities,
)
from onrecord.pipeline.attribution.rule_names import TURN
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.edges import source_range, trim
from onrecord.pipeline.language.function_words import DASHES, FINITE, IN_CONVERSATION
from onrecord.pipeline.language.subjects import is_somebody
from onrecord.pipeline.places import marks_in

_DASHES = DASHES | {"―", "~"}
_CAPITALS = re.compile(r"[\"“]?[A-Z][A-Z.'’ -]{1,40}(?:\([^)]*\))?:\s")
_OPENING, _CLOSING = frozenset("[("), frozenset("])")
MIN_LABELS = 3
"""Paragraphs with labels in capitals that make a transcript; one or two may be *UPDATE:* or *WATCH:*."""

MAX_SIGNATURE = 20
"""Most words of a name with its role after a dash; what is longer goes on with the sentence."""

MAX_HEADLINE_SOURCE = 5
"""Most words before or after the colon of a headline that name a speaker: *Kenya's finance minister: …*."""


def find_turns(doc: Doc) -> list[Attribution]:
    """Attributions that the layout makes: labels with a colon, signatures after a dash."""
    blocks = get_blocks(doc)
    out: list[Attribution] = []
    labelled = _in_capitals(doc, blocks)
    for i, block in enumerate(blocks):
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        if block.kind == "speaker_turn" or block in labelled:
            out.extend(_turn(doc, block, _going_on(doc, blocks, i, labelled)))
        elif block.kind in ("headline", "subhead"):
            out.extend(_headline(doc, block))
        else:
            out.extend(_labelled(doc, block) or _signed(doc, block, following))
    return out


def _in_capitals(doc: Doc, blocks: Sequence[BlockRecord]) -> frozenset[BlockRecord]:
    """Paragraphs with a speaker's label in capitals, *SEN. ADEYEMI: …*, where there are several."""
    found = frozenset(b for b in blocks if _CAPITALS.match(doc[b.start : b.end].text))
    return found if len(found) >= MIN_LABELS else frozenset()


def _going_on(
    doc: Doc, blocks: Sequence[BlockRecord], turn: int, labelled: frozenset[BlockRecord]
) -> list[Range]:
    """Paragraphs without a label in which a turn goes on, until somebody else answers."""
    found: list[Range] = []
    for block in blocks[turn + 1 :]:
        if block.kind == "speaker_turn" or block in labelled:
            return found if _label(doc, block) != _label(doc, blocks[turn]) else []
        words = trim(doc, (block.start, block.end), keep_stop=True)
        if block.kind != "paragraph" or words is None or not _is_spoken(doc, words):
            return []
        found.append(words)
    return []


def _is_spoken(doc: Doc, span: Range) -> bool:
    """Whether a paragraph without marks speaks to somebody or of its speaker."""
    return not marks_in(doc, span) and any(t.lower_ in IN_CONVERSATION for t in doc[span[0] : span[1]])


def _label(doc: Doc, block: BlockRecord) -> str:
    return doc[block.start : block.end].text.partition(":")[0]


def _turn(doc: Doc, block: BlockRecord, going_on: Sequence[Range]) -> list[Attribution]:
    """*Ms Ito: We were not told.*"""
    colon = next(
        (i for i in range(block.start, min(block.end, block.start + 12)) if doc[i].text in (":", "|")), None
    )
    if colon is None:
        # Q. and A. with a full stop, which the tokenizer keeps with the letter.
        colon = block.start if doc[block.start].text in ("Q.", "A.") else None
        if colon is None:
            return []
        label: Range | None = (block.start, block.start + 1)
    else:
        label = trim(doc, (block.start, colon))
    first = colon + 1
    while first < block.end and doc[first].text in ("*", "**", "_"):
        first += 1
    if label is not None:
        label = _without_aside(doc, label)
    content = trim(doc, (first, block.end), keep_stop=True)
    if label is None or content is None:
        return []
    return [
        Attribution(
            contents=(content, *going_on),
            source=label,
            reasons=("the turn is labelled with its speaker",),
            rule=TURN,
        )
    ]


def _labelled(doc: Doc, block: BlockRecord) -> list[Attribution]:
    """*Dr Fell: “You cannot say, or you did not?”*: a paragraph of somebody's name and quotations alone.

    A heading may run into it, and where it was published may follow in brackets: *MILLS SPLIT - Ann Lee: “…”
    [The Argus]*. What stands behind *from* speaks whatever it is: *From the report: “…”*.
    """
    own = [m for m in _outer_marks(doc, (block.start, block.end)) if block.start <= m.start]
    if not own or own[0].role != "quote" or doc[own[0].start - 1].text != ":":
        return []
    colon = own[0].start - 1
    dash = next((i for i in range(colon, block.start, -1) if _parts(doc, i)), block.start - 1)
    label = trim(doc, (dash + 1, colon))
    quoted_from = label is not None and doc[label[0]].lower_ == "from"
    if label is not None and quoted_from:
        label = trim(doc, (label[0] + 1, label[1]))
    tail = (own[-1].end, block.end)
    left = [doc[a.end : b.start] for a, b in pairwise(own)]
    left += [] if _is_bracketed(doc, tail) else [doc[tail[0] : tail[1]]]
    if label is None or any(t.is_alpha or t.like_num for words in left for t in words):
        return []
    if label[1] - label[0] > MAX_HEADLINE_SOURCE or not (quoted_from or _is_label(doc, label)):
        return []
    return [
        Attribution(
            contents=tuple((m.start, m.end) for m in own),
            source=label,
            type="direct",
            reasons=("the turn is labelled with its speaker",),
            rule=TURN,
        )
    ]


def _parts(doc: Doc, i: int) -> bool:
    """Whether a token is a dash with a blank on either side."""
    return doc[i].text in DASHES and bool(doc[i].whitespace_) and bool(doc[i - 1].whitespace_)


def _is_bracketed(doc: Doc, span: Range) -> bool:
    words = doc[span[0] : span[1]].text.strip(" \n\xa0.")
    return words[:1] in _OPENING and words[-1:] in _CLOSING


def _is_label(doc: Doc, span: Range) -> bool:
    """Whether the words are somebody's name or role and no clause: *Mr Brierley*, *The coroner*."""
    start, end = span
    if any(t.text.islower() and t.pos_ not in ("NOUN", "ADJ", "DET") for t in doc[start:end]):
        return False
    named = any(
        e.type in ("PERSON", "ORG") and start <= m.start and m.end == end
        for e in get_entities(doc)
        for m in e.mentions
    )
    return named or is_somebody(doc[start:end].root)


def _without_aside(doc: Doc, label: Range) -> Range:
    """The label without marks, stars and brackets around or after the name."""
    start, end = label
    while start < end and not doc[start].text[:1].isalnum():
        start += 1
    stop = next((i for i in range(start + 1, end) if doc[i].text in ("(", "[")), end)
    while stop > start + 1 and not doc[stop - 1].text[-1:].isalnum() and doc[stop - 1].text[-1:] != ".":
        stop -= 1
    return start, stop


def _signed(doc: Doc, block: BlockRecord, following: BlockRecord | None) -> list[Attribution]:
    """*“It is over.” — Ann Lee, mayor*; a block quotation with or without a signature."""
    own = [m for m in _outer_marks(doc, (block.start, block.end)) if block.start <= m.start]
    source: Range | None = None
    contents: list[Range] = []
    if own and own[0].start == block.start:
        source = _signature(doc, own[-1].end, block.end)
        gap = all(not doc[a.end : b.start].text.strip() for a, b in pairwise(own))
        if source is None and own[-1].end >= block.end and following is not None:
            source = _signature(doc, following.start, following.end)
        if source is not None and gap and own[-1].end - own[0].start > 3:
            contents = [(m.start, m.end) for m in own]
    elif not own and block.kind == "quote":
        first = block.start + (doc[block.start].text == ">")
        span = trim(doc, (first, block.end), keep_stop=True)
        dash = next((i for i in range(block.end - 1, block.start, -1) if doc[i].text in _DASHES), None)
        if dash is not None:
            source = _signature(doc, dash, block.end)
        if source is None and following is not None:
            source = _signature(doc, following.start, following.end)
        if span is not None:
            inside = source is not None and dash is not None and source[0] < block.end
            cut = trim(doc, (span[0], dash), keep_stop=True) if inside and dash is not None else span
            contents = [cut] if cut else []
    if not contents:
        return []
    reason = "signed after a dash" if source else "set as a block quotation"
    return [
        Attribution(
            contents=tuple(contents), source=source, type="direct", reasons=(reason,), rule="signature"
        )
    ]


def _outer_marks(doc: Doc, span: Range) -> list[MarkedSpan]:
    return [m for m in marks_in(doc, span) if m.depth == 0]


def _signature(doc: Doc, start: int, end: int) -> Range | None:
    """A name with its role after a dash, up to the end of the block."""
    while start < end and doc[start].is_space:
        start += 1
    if start + 1 >= end or doc[start].text not in _DASHES:
        return None
    name = trim(doc, (start + 1, end))
    if name is None or name[1] - name[0] > MAX_SIGNATURE:
        return None
    words = doc[name[0] : name[1]]
    if any(t.tag_ in FINITE for t in words) or not words[0].text[:1].isupper():
        return None
    if not any(t.pos_ in ("PROPN", "NOUN") for t in words):
        return None
    return name


def _first_subject(doc: Doc, span: Range) -> Range | None:
    """The subject at the head of a clause: *: survivor | tells of night on the reef*."""
    for token in doc[span[0] : span[1]]:
        if token.dep_ in ("nsubj", "compound") or (token.pos_ in ("NOUN", "PROPN") and token.i == span[0]):
            head = token if token.dep_ != "compound" else token.head
            found = source_range(head, low=span[0], high=span[1])
            if found is not None and found[0] == span[0] and found[1] < span[1]:
                return _before_verb(doc, found)
        if token.tag_ in FINITE:
            break
    return None


def _before_verb(doc: Doc, span: Range) -> Range | None:
    end = next(
        (i for i in range(*span) if doc[i].tag_ in FINITE or doc[i].lower_ in ("tells", "says")), span[1]
    )
    return (span[0], end) if end > span[0] else None


def _headline(doc: Doc, block: BlockRecord) -> list[Attribution]:
    """*Mayor: City is broke* and *City is broke: mayor*."""
    colons = [i for i in range(block.start + 1, block.end - 1) if doc[i].text == ":"]
    if len(colons) != 1:
        return []
    colon = colons[0]
    left, right = trim(doc, (block.start, colon)), trim(doc, (colon + 1, block.end), keep_stop=True)
    if left is None or right is None:
        return []
    outer = _outer_marks(doc, left)
    quoted = next((m for m in outer if m.start == left[0] and m.end in (left[1], left[1] + 1)), None)
    subject = _first_subject(doc, right) if quoted is not None else None
    if quoted is not None and subject is not None:
        return [
            Attribution(
                contents=((quoted.start, quoted.end),),
                source=subject,
                type="direct",
                reasons=("a colon in a headline sets a speaker off",),
                rule="headline_colon",
            )
        ]
    for source, content in ((left, right), (right, left)):
        if (
            source[1] - source[0] <= MAX_HEADLINE_SOURCE
            and _names_somebody(doc, source)
            and _is_clause(doc, content)
        ):
            return [
                Attribution(
                    contents=(content,),
                    source=source,
                    reasons=("a colon in a headline sets a speaker off",),
                    rule="headline_colon",
                )
            ]
    return []


def _names_somebody(doc: Doc, span: Range) -> bool:
    words = doc[span[0] : span[1]]
    if any(t.tag_ in FINITE or t.tag_ in ("VB", "VBG") for t in words):
        return False
    last = words[-1]
    if last.like_num:
        return False  # *Ayr 2 Brechin 2: Late header stuns hosts*
    speaks = last.lemma_.lower() in cue_lexicon().words["speakers"]["headlines"]
    return speaks or words.root.ent_type_ in ("PERSON", "ORG")


def _is_clause(doc: Doc, span: Range) -> bool:
    words = doc[span[0] : span[1]]
    return len(words) > 2 and any(t.tag_ in FINITE or t.tag_ == "VB" or t.text in "\"“‘'" for t in words)
