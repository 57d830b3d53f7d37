"""Where a source that the model found begins and ends: *| Hansen | this week said*."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.function_words import RELATIVES

_JOINT = ("as", "well", "as")


def with_source_edges(doc: Doc, found: Attribution) -> Attribution:
    """The source without what joins it to others, its relative pronoun and the time of the cue.

    Args:
        doc: with tags and parse.
        found: what the model found; never left without a source that it has.
    """
    if found.source is None:
        return found
    span = found.source
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
    return (start + 1, end) if doc[start].tag_ == "CC" else span


def _without_relative(doc: Doc, span: Range) -> Range:
    """*| many councillors | who have dreamed of …*: the pronoun alone is another question."""
    last = doc[span[1] - 1]
    return (span[0], last.i) if last.lower_ in RELATIVES and last.dep_ == "nsubj" else span


def _without_time(doc: Doc, span: Range) -> Range:
    """*| Hansen | this week said*: when something was said hangs on the verb, and who said it does not."""
    start, end = span
    time = doc[end - 1]
    outside = not start <= time.head.i < end
    return (start, time.left_edge.i) if time.dep_ == "npadvmod" and outside else span


def _with_bracket(doc: Doc, span: Range) -> Range:
    """*| Senator Lund (Left | ) said*: the bracket that closes what the source opens."""
    start, end = span
    words = [t.text for t in doc[start:end]]
    opened = words.count("(") > words.count(")") and end < len(doc) and doc[end].text == ")"
    return (start, end + 1) if opened else span


_STEPS: tuple[Callable[[Doc, Range], Range], ...] = (
    _without_joint,
    _without_relative,
    _without_time,
    _with_bracket,
)
