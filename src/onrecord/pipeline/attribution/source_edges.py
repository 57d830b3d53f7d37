"""Where a source that the model found begins and ends: *| Hansen | this week said*."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.function_words import OBJECT_PRONOUNS, RELATIVES

_JOINT = ("as", "well", "as")


def with_source_edges(doc: Doc, found: Attribution) -> Attribution:
    """The source without what joins it to others, its relative pronoun and the time of the cue.

    Args:
        doc: with tags and parse.
        found: what the model found; never left without a source that it has.
    """
    if found.source is None:
        return found
    span = _without_relative(doc, found.source, found.cue)
    for step in _STEPS:
        stepped = step(doc, span)
        span = stepped if stepped[0] < stepped[1] else span
    return found if span == found.source else replace(found, source=span)


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


def _without_time(doc: Doc, span: Range) -> Range:
    """*| Hansen | this week said*: when something was said hangs on the verb, and who said it does not."""
    start, end = span
    time = doc[end - 1]
    outside = not start <= time.head.i < end
    return (start, time.left_edge.i) if time.dep_ == "npadvmod" and outside else span


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
