"""Clauses and their parts as the rules for reported statements see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, get_blocks, get_marks
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.edges import cue_range, is_mark, subtree_range, trim
from onrecord.pipeline.language.function_words import CLAUSE_PAUSES, FINITE, SUBORDINATORS, WH_TAGS
from onrecord.pipeline.language.subjects import mode_by_subject, source_of
from onrecord.pipeline.places import marks_in
from onrecord.schema import BlockKind, Mode


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence clipped to its block.

    Attributes:
        marked: tokens between outermost quotation marks, to the number of their mark.
    """

    doc: Doc
    start: int
    end: int
    marked: Mapping[int, int]
    kind: BlockKind


def sentences(doc: Doc) -> Iterator[Place]:
    """The sentences of a doc, cut at block ends."""
    outer = [m for m in get_marks(doc) if m.depth == 0 and m.role == "quote"]
    marked = {i: n for n, m in enumerate(outer) for i in range(m.start, m.end)}
    for block in get_blocks(doc):
        start = block.start
        for i in range(block.start + 1, block.end):
            if doc[i].is_sent_start:
                yield Place(doc, start, i, marked, block.kind)
                start = i
        yield Place(doc, start, block.end, marked, block.kind)


def attribution(
    place: Place,
    cue: Token,
    spans: list[Range],
    mode: Mode,
    rule: str,
    reason: str,
    source: Range | None = None,
) -> Iterator[Attribution]:
    """An attribution by `cue` with tidy edges; nothing where no content is left.

    The source is the cue's subject, or its agent in the passive, unless it is given.
    """
    doc = place.doc
    contents = tuple(
        s for s in (trim(doc, _with_marks(doc, _without_tail(doc, span))) for span in spans) if s
    )
    if not contents:
        return
    reasons = [reason]
    if source is None and rule != "noun_clause":
        source, why = source_of(cue, low=place.start, high=place.end, marked=place.marked)
        if why:
            reasons.append(why)
    if source is not None and any(s < source[1] and source[0] < e for s, e in contents):
        source = None
    yield Attribution(
        contents=contents,
        cue=cue_range(cue),
        source=source,
        mode=mode_by_subject(cue, mode) if cue.tag_.startswith("VB") else mode,
        reasons=tuple(reasons),
        rule=rule,
    )


def _without_tail(doc: Doc, span: Range) -> Range:
    """The span without a conjunction that leads on to what follows it."""
    start, end = span
    while end - 1 > start and (doc[end - 1].tag_ == "CC" or doc[end - 1].is_space):
        end -= 1
    return start, end


def _with_marks(doc: Doc, span: Range) -> Range:
    """The span with the opening or closing mark that stands right beside it and belongs to it."""
    start, end = span
    for mark in marks_in(doc, (start - 1, end)):
        if mark.start == start - 1 and mark.end <= end + 2:
            start = mark.start
        rest = doc[end : mark.end] if start <= mark.start < end < mark.end else None
        if rest is not None and all(t.is_punct for t in rest):
            end = mark.end
    return start, end


def complement_range(place: Place, verb: Token, comp: Token) -> Range:
    """The complement with what follows it in the verb's phrase, up to the next reporting clause."""
    doc = place.doc
    start, end = subtree_range(comp, low=verb.i + 1, high=place.end)
    for child in verb.children:
        if child.i > comp.i and child.i < place.end and child.dep_ in ("advcl", "prep", "npadvmod", "advmod"):
            if child.i >= end:
                end = max(end, subtree_range(child, low=verb.i + 1, high=place.end)[1])
        elif child.i >= end and child.dep_ in ("conj", "cc", "parataxis"):
            break
    end = cut_at_next_report(doc, comp.i + 1, end)
    return start, _repaired_end(place, comp, end)


def _repaired_end(place: Place, comp: Token, end: int) -> int:
    """The end of a complement that the parser broke off in mid-clause.

    Two signs: the next word is no punctuation, or an insertion between commas separates an auxiliary from
    its participle (*had, for the first time, accepted*).
    """
    doc = place.doc
    if end >= place.end:
        return end
    following = doc[end]
    joined = following.tag_ == "CC" and has_that(comp) and _pronoun_clause(doc, end + 1, place.end)
    broken = joined or (not following.is_punct and following.dep_ not in ("cc", "conj", "mark", "advmod"))
    if not broken and following.text == "," and comp.pos_ == "AUX" and comp.i >= end - 1:
        inserted = next((i for i in range(end + 1, min(end + 12, place.end)) if doc[i].text == ","), None)
        broken = (
            inserted is not None and inserted + 1 < place.end and doc[inserted + 1].tag_ in ("VBN", "VBG")
        )
        end = inserted + 1 if broken and inserted is not None else end
    if not broken:
        return end
    while end < place.end and not (
        doc[end].text in (",", ";", "—", "–") and _new_clause(doc, end + 1, place.end)
    ):
        end += 1
    return cut_at_next_report(doc, comp.i + 1, end)


def _pronoun_clause(doc: Doc, start: int, high: int) -> bool:
    """*that her passport was taken | and she was forced to work*: the pronoun goes on with the content."""
    following = doc[start] if start < high else None
    if following is None or following.tag_ != "PRP" or following.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return cue_lexicon().reports(following.head) is None


def _new_clause(doc: Doc, i: int, high: int) -> bool:
    if i >= high or doc[i].tag_ == "VBG":
        return True
    return doc[i].tag_ == "CC" and any(t.dep_ in ("nsubj", "nsubjpass") for t in doc[i : min(i + 6, high)])


def cut_at_next_report(doc: Doc, start: int, end: int) -> int:
    """Where a content ends: before *, adding that*, *, according to*, and before any *…,” calling*."""
    lexicon = cue_lexicon()
    for i in range(start, end - 1):
        if doc[i].text not in CLAUSE_PAUSES:
            continue
        after = i + 1
        closed = is_mark(doc[after])
        while after < end - 1 and is_mark(doc[after]):
            after += 1
        following = doc[after]
        speaks = "speech" in (lexicon.mode(following, "clause"), lexicon.mode(following, "naming"))
        if following.tag_ == "VBG" and (closed or (speaks and following.dep_ == "advcl")):
            return after if closed else i
        if following.lower_ == "according" and after + 1 < end and doc[after + 1].lower_ == "to":
            return after if closed else i
    return end


def cut_at_clauses(place: Place, verb: Token, span: Range) -> Range:
    """The span up to where another report, or what is coordinated with `verb`, begins."""
    start, end = span
    end = cut_at_next_report(place.doc, start, end)
    return start, cut_at_coordination(place.doc, start, end, verb)


def cut_at_coordination(doc: Doc, start: int, end: int, verb: Token) -> int:
    """Where a content ends before the reporter's own next verb: *denied the charge | and left*."""
    for i in range(start + 1, end - 1):
        if doc[i].tag_ != "CC":
            continue
        following = next((t for t in doc[i + 1 : end] if t.pos_ != "ADV"), None)
        if following is None or following.tag_ not in (verb.tag_, "VB" if verb.tag_ == "VBP" else verb.tag_):
            continue
        if any(t.tag_ in FINITE for t in doc[start:i]):
            continue
        return i
    return end


def is_question_clause(comp: Token) -> bool:
    """Whether a complement begins with *whether*, *if* or a question word."""
    near = [c for c in comp.subtree if c.i < comp.i and comp in (c.head, c.head.head)]
    return any(
        (c.lower_ in ("whether", "if") and c.dep_ == "mark") or (c.tag_ in WH_TAGS and c.lower_ != "that")
        for c in near
    )


def is_complement(comp: Token) -> bool:
    """Whether what the parser calls a complement is one: no adverbial clause, none set off by a comma."""
    doc = comp.doc
    left = subtree_range(comp, low=comp.head.i + 1)[0]
    while left < comp.i and doc[left].is_punct and not doc[left].is_quote:
        left += 1
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in SUBORDINATORS and c.i == left for c in comp.children):
        return False
    return (
        left - 1 <= comp.head.i or doc[left - 1].text != "," or _is_insertion_end(doc, comp.head.i + 1, left)
    )


def _is_insertion_end(doc: Doc, start: int, comma: int) -> bool:
    """*said, on Monday, that*: a second comma between the verb and its complement."""
    return sum(t.text == "," for t in doc[start:comma]) > 1 or doc[comma].lower_ in ("that", "whether", "if")


def is_infinitive_clause(comp: Token) -> bool:
    """Whether a complement is *somebody to do*: a subject and an infinitive."""
    return is_infinitive(comp) and not any(c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in comp.children)


def is_infinitive(comp: Token) -> bool:
    """Whether a complement is an infinitive with *to*."""
    return any(c.tag_ == "TO" and c.dep_ == "aux" for c in comp.children)


def has_that(comp: Token) -> bool:
    """Whether a complement begins with *that*."""
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in comp.children)


def is_finite_clause(comp: Token) -> bool:
    """Whether a complement has a finite verb and a subject."""
    finite = comp.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
        c.tag_ in ("VBD", "VBZ", "VBP", "MD") and c.dep_ in ("aux", "auxpass") for c in comp.children
    )
    return finite and any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in comp.children)
