"""Plain pieces of a content that no reporting clause parts: *judged it dead, | encouraging | raids*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.function_words import LONG_DASHES
from onrecord.pipeline.places import is_quoted
from onrecord.pipeline.ranges import touch


def without_loose_pieces(doc: Doc, found: Attribution) -> Attribution:
    """The content in one piece where only the reporter's own words would break it.

    Cue and source break a content, and nothing else does. Where a dash alone, a preposition with its noun or
    the verb of the first parts two pieces they are one; else the later one belongs to another verb. Of 24
    later pieces so placed on PolNeAR dev one is a part of its statement as it stands, and of 4 that a clause
    under the cue holds with what stands between, one (counted by hand, script not kept).

    Args:
        doc: the doc.
        found: a finding of the model.
    """
    if found.cue is None or len(found.contents) < 2:
        return found
    parts = [span for span in (found.cue, found.source) if span is not None]
    kept: list[Range] = [found.contents[0]]
    for span in found.contents[1:]:
        gap = kept[-1][1], span[0]
        words = [t for t in doc[gap[0] : gap[1]] if not t.is_space]
        if _is_judged_by_others(doc, span, words):
            continue
        if not words or any(touch(part, gap) for part in parts) or doc[span[0]].sent != doc[gap[0] - 1].sent:
            kept.append(span)
        elif (
            all(t.text in LONG_DASHES for t in words)
            or _is_phrase(words)
            or _is_predicate(doc, kept[-1], gap)
        ):
            kept[-1] = kept[-1][0], span[1]
        elif not any(t.is_alpha for t in words) or _is_marked(doc, (gap[0], span[1])):
            kept.append(span)
    return replace(found, contents=tuple(kept)) if tuple(kept) != found.contents else found


def _is_phrase(words: Sequence[Token]) -> bool:
    """Whether words go on with a noun and stop before another: *a “snake” | in a song about | a woman*."""
    return words[-1].tag_ == "IN" and not any(t.is_punct or t.pos_ in ("VERB", "AUX", "SCONJ") for t in words)


def _is_predicate(doc: Doc, piece: Range, gap: Range) -> bool:
    """Whether a piece is the subject of what follows it: *a vaccine | shows promise, | but only here*."""
    subject = doc[piece[0] : piece[1]].root
    return subject.dep_ in ("nsubj", "nsubjpass") and gap[0] <= subject.head.i < gap[1]


def _is_judged_by_others(doc: Doc, piece: Range, words: Sequence[Token]) -> bool:
    """Whether others speak of a noun behind a comma: *that it leaked, | a charge | the firm calls absurd*."""
    noun = doc[piece[0] : piece[1]].root
    if not words or words[-1].text != "," or noun.pos_ != "NOUN" or _is_marked(doc, piece):
        return False
    return any(
        c.dep_ == "relcl" and c.i >= piece[1] and cue_lexicon().reports(c) == "speech" for c in noun.children
    )


def _is_marked(doc: Doc, span: Range) -> bool:
    return is_quoted(doc, span) or any(t.is_quote for t in doc[span[0] : span[1]])
