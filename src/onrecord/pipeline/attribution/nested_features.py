"""What speaks for and against a statement inside another one, beside the evidence for any statement."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.function_words import CONDITIONS, THIRD_PERSONS
from onrecord.pipeline.language.negation import is_negated
from onrecord.pipeline.ranges import within

_ANYBODY = frozenset(("you", "one", "anyone", "anybody", "someone", "somebody"))
_THINGS = frozenset(("it", "this", "that"))
_CONDITIONS = CONDITIONS | {"whether"}
_TENSES: Mapping[str, frozenset[str]] = {
    "past": frozenset(("VBD", "VBN")),
    "present": frozenset(("VBZ", "VBP")),
    "bare": frozenset(("VB",)),
}


def measures(doc: Doc, inner: Attribution, outer: Attribution) -> dict[str, float]:
    """The numbers for `inner`, whose cue stands in a content of `outer`, by name; what is left out is 0."""
    if inner.cue is None:
        return {}
    verb = doc[inner.cue[0] : inner.cue[1]].root
    content = next((c for c in outer.contents if within(inner.cue, c)), outer.contents[0])
    out = {
        "at_root": verb == doc[content[0] : content[1]].root,
        "outer_marked": outer.type == "direct",
        "outer_mixed": outer.type == "mixed",
        "outer_speech": outer.mode == "speech",
        "negated": is_negated(verb),
        "conditional": _is_conditional(verb, content),
        "relcl": verb.dep_ in ("relcl", "acl"),
        "advcl": verb.dep_ == "advcl",
        "question": any(t.text == "?" for t in verb.sent),
        "mark_inside": any(t.is_quote for s, e in inner.contents for t in doc[s:e]),
        "whole": inner.contents[-1][1] >= content[1] - 1,
        "speech": inner.mode == "speech",
        **{name: verb.tag_ in tags for name, tags in _TENSES.items()},
        **_source(doc, inner, outer),
    }
    return {name: 1.0 for name, holds in out.items() if holds}


def _source(doc: Doc, inner: Attribution, outer: Attribution) -> dict[str, bool]:
    if inner.source is None:
        return {}
    words = doc[inner.source[0] : inner.source[1]]
    first = words[0].lower_
    alone = len(words) == 1
    return {
        "src_you": first in _ANYBODY,
        "src_it": alone and first in _THINGS,
        "src_third": alone and first in THIRD_PERSONS,
        "src_name": any(t.pos_ == "PROPN" for t in words),
        "src_outside": not any(within(inner.source, c) for c in outer.contents),
    }


def _is_conditional(verb: Token, content: Range) -> bool:
    """Whether the cue or a clause above it in the content is one of *if*: *if I said that, I would lie*."""
    above = (t for t in (verb, *verb.ancestors) if content[0] <= t.i < content[1])
    return any(
        c.dep_ == "mark" and c.lower_ in _CONDITIONS and c.i < verb.i for t in above for c in t.children
    )
