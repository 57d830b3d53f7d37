"""Where a source that the model found begins and ends: *| Hansen | this week said*."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.function_words import FINITE, OBJECT_PRONOUNS, RELATIVES
from onrecord.pipeline.language.labels import TIMES
from onrecord.pipeline.places import block_at

_JOINT = ("as", "well", "as")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:[ap]\.?m\.?)?", re.IGNORECASE)
_OF_CLOCKS = frozenset(("am", "pm", "gmt", "utc", "bst", "cet", "est", "edt", "pst", "pdt", "et"))
"""What follows the time of an entry: halves of the day, and the zones of clocks."""


def with_source_edges(doc: Doc, found: Attribution) -> Attribution:
    """The source without what joins it to others, its relative pronoun and the time of the cue.

    Args:
        doc: with tags and parse.
        found: what the model found; never left without a source that it has.
    """
    if found.source is None:
        return found
    span = _of_clause(doc, _without_relative(doc, found.source, found.cue), found.cue)
    for step in _STEPS:
        stepped = step(doc, span)
        span = stepped if stepped[0] < stepped[1] else span
    return found if span == found.source else replace(found, source=span)


def without_clock(doc: Doc, found: Attribution) -> Attribution:
    """The source without the time that its paragraph begins with: *17:30 | The railway | says*."""
    if found.source is None:
        return found
    start, end = found.source
    block = block_at(doc, start)
    if block is None or block.start != start or not _CLOCK.fullmatch(doc[start].text):
        return found
    first = next((t.i for t in doc[start + 1 : end] if t.is_alpha and t.lower_ not in _OF_CLOCKS), None)
    return replace(found, source=(first, end)) if first is not None else found


def _without_joint(doc: Doc, span: Range) -> Range:
    """*farmers, as well as | many councillors |*, *and | the unions |*."""
    start, end = span
    words = tuple(t.lower_ for t in doc[start : min(end, start + len(_JOINT))])
    if words == _JOINT:
        return start + len(_JOINT), end
    return (start + 1, end) if doc[start].dep_ == "cc" else span


def _without_relative(doc: Doc, span: Range, cue: Range | None) -> Range:
    """*| many councillors | who have dreamed of …*, *men, including | two brewers | that warn …*.

    A pronoun that is all of the source is another question.
    """
    start, end = span
    last = doc[end - 1]
    if end - start < 2 or last.lower_ not in RELATIVES or last.dep_ != "nsubj":
        return span
    own = cue is not None and cue[0] <= last.head.i < cue[1]
    noun = last.head.head if own and last.head.dep_ == "relcl" else None
    inside = noun is not None and start <= noun.i < last.i and noun != doc[start : last.i].root
    return (noun.left_edge.i if inside and noun is not None else start, last.i)


def _of_clause(doc: Doc, span: Range, cue: Range | None) -> Range:
    """Who speaks in a clause: *a banker who | prosecutors | say*, *a union, | whose head, Ann, | fears*."""
    start, end = span
    if cue is None or cue[0] < end:
        return span
    at = next((t.i for t in doc[start + 1 : end] if t.lower_ in RELATIVES), None)
    if at is None or any(t.tag_ in FINITE for t in doc[at:end]):
        return span
    if not all(t.is_punct or t.pos_ == "ADV" for t in doc[end : cue[0]]):
        return span
    if doc[at].lower_ == "whose":
        owned = at < doc[at].head.i < end and not any(t.tag_ in ("VBN", "VBG") for t in doc[at:end])
        return (at, end) if owned else span
    who = next((t for t in doc[at + 1 : end] if t.pos_ in ("NOUN", "PROPN", "PRON", "ADP")), None)
    named = who is not None and who.pos_ != "ADP" and who.ent_type_ not in TIMES
    return (at + 1, end) if named and cue[0] == end else span


def _without_time(doc: Doc, span: Range) -> Range:
    """*| Hansen | this week said*: when something was said hangs on the verb, and who said it does not."""
    start, end = span
    time = doc[end - 1]
    if time.dep_ == "pobj" and time.ent_type_ in TIMES and start < time.head.i:
        # *| The minister | on Friday rejected it*
        time = time.head
    elif time.dep_ != "npadvmod":
        return span
    return span if start <= time.head.i < end else (start, time.left_edge.i)


def _with_first_names(doc: Doc, span: Range) -> Range:
    """*Ines | Varga and Tomas Lund | call*: a name is no name without its beginning."""
    start, end = span
    while start and doc[start - 1].pos_ == "PROPN" and doc[start - 1].dep_ == "compound":
        if not start <= doc[start - 1].head.i < end:
            break
        start -= 1
    return start, end


def _with_whole_word(doc: Doc, span: Range) -> Range:
    """*African | -Americans | are*: a source does not begin within a word."""
    start, end = span
    while start and doc[start].text == "-" and not doc[start - 1].whitespace_ and not doc[start].whitespace_:
        start -= 1
    return start, end


def _with_bracket(doc: Doc, span: Range) -> Range:
    """*| Senator Lund (Left | ) said*: the bracket that closes what the source opens."""
    start, end = span
    words = [t.text for t in doc[start:end]]
    opened = words.count("(") > words.count(")") and end < len(doc) and doc[end].text == ")"
    return (start, end + 1) if opened else span


def _without_object(doc: Doc, span: Range) -> Range:
    """*opposite him | Ann Lee | said*: what a preposition before the source governs is not of it."""
    start, end = span
    first, follows = doc[start], doc[min(start + 1, end - 1)]
    governed = start > 0 and first.tag_ == "PRP" and first.lower_ in OBJECT_PRONOUNS
    begins = follows.pos_ in ("PROPN", "DET") and follows.i > start
    return (start + 1, end) if governed and begins else span


_STEPS: tuple[Callable[[Doc, Range], Range], ...] = (
    _without_joint,
    _without_object,
    _without_time,
    _with_whole_word,
    _with_first_names,
    _with_bracket,
)
