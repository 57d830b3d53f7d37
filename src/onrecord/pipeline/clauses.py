"""Clauses and their parts as the rules for reported statements see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, get_blocks
from onrecord.pipeline.cues import cue_lexicon
from onrecord.pipeline.edges import (
    agent_of,
    cue_range,
    is_passive,
    source_range,
    subject_of,
    subtree_range,
    trim,
)
from onrecord.schema import Mode

_WH_TAGS = frozenset(("WP", "WRB", "WDT", "WP$"))


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence clipped to its block."""

    doc: Doc
    start: int
    end: int


def sentences(doc: Doc) -> Iterator[Place]:
    """The sentences of a doc, cut at block ends."""
    for block in get_blocks(doc):
        start = block.start
        for i in range(block.start + 1, block.end):
            if doc[i].is_sent_start:
                yield Place(doc, start, i)
                start = i
        yield Place(doc, start, block.end)


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
    contents = tuple(s for s in (trim(doc, span) for span in spans) if s)
    if not contents:
        return
    reasons = [reason]
    if source is None and rule != "noun_clause":
        source, why = source_of(place, cue)
        if why:
            reasons.append(why)
    if source is not None and any(s < source[1] and source[0] < e for s, e in contents):
        source = None
    yield Attribution(
        contents=contents,
        cue=cue_range(cue),
        source=source,
        mode=mode,
        reasons=tuple(reasons),
        rule=rule,
    )


def source_of(place: Place, cue: Token) -> tuple[Range | None, str]:
    """Who the grammar says is speaking, and the reason in words."""
    verb = cue if cue.pos_ in ("VERB", "AUX") or cue.tag_.startswith("VB") else cue.head
    if is_passive(verb):
        agent = agent_of(verb)
        if agent is None:
            return None, "passive without agent"
        return source_range(agent, low=place.start, high=place.end), f"agent of cue is {agent.text}"
    subject = subject_of(verb)
    if subject is None:
        return None, ""
    if subject.tag_ in ("WP", "WDT") or (subject.lower_ == "that" and verb.dep_ == "relcl"):
        if verb.dep_ == "relcl":
            subject = verb.head
    elif subject.dep_ == "expl" or subject.lower_ == "there":
        return None, ""
    found = source_range(subject, low=place.start, high=place.end)
    return found, f"subject of cue is {subject.text}"


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
    return start, cut_at_next_report(doc, comp.i + 1, end)


def cut_at_next_report(doc: Doc, start: int, end: int) -> int:
    """Where a content ends: before *, adding that*, *, according to*, *, she said*."""
    lexicon = cue_lexicon()
    for i in range(start, end - 1):
        if doc[i].text not in (",", "—", "–", "--", ";"):
            continue
        following = doc[i + 1]
        if (
            following.tag_ == "VBG"
            and lexicon.mode(following, "clause") == "speech"
            and following.dep_ == "advcl"
        ):
            return i
        if following.lower_ == "according" and i + 2 < end and doc[i + 2].lower_ == "to":
            return i
    return end


def is_question_clause(comp: Token) -> bool:
    """Whether a complement begins with *whether*, *if* or a question word."""
    near = [c for c in comp.subtree if c.i < comp.i and (c.head is comp or c.head.head is comp)]
    return any(
        (c.lower_ in ("whether", "if") and c.dep_ == "mark") or (c.tag_ in _WH_TAGS and c.lower_ != "that")
        for c in near
    )


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
