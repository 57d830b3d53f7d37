"""What is quoted behind a sentence of the reporter's own or a plain statement is another quotation."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, MarkedSpan, root_of
from onrecord.pipeline.language.cues import cue_lexicon
from onrecord.pipeline.language.function_words import FINITE, STOPS
from onrecord.pipeline.places import block_at, marks_in


def without_far_pieces(doc: Doc, found: Attribution) -> Attribution:
    """The content up to where the reporter tells something between two pieces of it.

    *| “Only aloud,” | says Lund. Her favourite says the fog is too thick. | “The man is right.”*: of 3,092
    contents in pieces in PolNeAR train 18 go on behind so much as a long clause, of 764 in the corpus 3
    (counted by a pattern, script not kept).

    *He could not say. | Dr Fell: “You did not?”*: nor where another's name with a colon opens its paragraph.

    *insists that no one saw it. | “My aunt did.”*: nor is what stands in marks for itself part of the plain
    sentence before it, if the cue leads that one. In the corpus of 509 quotations so placed none is part of
    the statement before, of 35 behind a clause whose cue comes last, 1; in PolNeAR train 13 of 1,371 and 8 of
    157 (counted by a pattern, script not kept).

    *said the news was not planned; | they only learned of | the deal*: nor plain words behind a semicolon, a
    colon or a stop. Of six found so on PolNeAR dev, the articles held back and corpus/dev none was (script
    not kept).
    """
    parts = sorted((*found.contents, *(span for span in (found.cue, found.source) if span is not None)))
    far = next((b[0] for a, b in pairwise(parts) if b in found.contents and _parts(doc, a[1], b[0])), None)
    far = far or _after_plain_sentence(doc, found) or _plain_behind_stop(doc, found)
    if far is None:
        return found
    kept = tuple(span for span in found.contents if span[0] < far)
    return replace(found, contents=kept) if kept else found


def _parts(doc: Doc, low: int, high: int) -> bool:
    return _tells(doc, low, high) or _is_labelled(doc, low, high)


def _is_labelled(doc: Doc, low: int, high: int) -> bool:
    """Whether a paragraph begins there with words and a colon right before the second place."""
    block = block_at(doc, high)
    if block is None or not low <= block.start < high - 1 or doc[high - 1].text != ":":
        return False
    # Taggers take a surname for a verb: *Dr Fell*.
    return not any(t.tag_ in FINITE and t.text.islower() for t in doc[block.start : high])


def _tells(doc: Doc, low: int, high: int) -> bool:
    """Whether a whole sentence with a verb of its own stands between two places."""
    starts = [i for i in range(low, high + 1) if i < len(doc) and doc[i].is_sent_start]
    return any(
        any(t.tag_ in FINITE for t in doc[start:end]) and not any(t.is_quote for t in doc[start:end])
        for start, end in pairwise(starts)
    )


def _after_plain_sentence(doc: Doc, found: Attribution) -> int | None:
    """Where the first quotation begins that stands for itself behind plain words led by the cue."""
    first = found.contents[0]
    clause = doc[first[0] : first[1]].root.pos_ in ("VERB", "AUX")
    if found.cue is None or found.cue[0] > first[0] or not clause:
        return None
    if cue_lexicon().reports(root_of(doc, found.cue)) != "speech":
        # *She seems glad that it is over: | “At last.”*: the quotation alone is speech.
        return None
    for last, piece in pairwise(found.contents):
        if any(m.role == "quote" for m in marks_in(doc, (first[0], last[1]))):
            return None
        mark = next((m for m in marks_in(doc, piece) if m.role == "quote" and m.start == piece[0]), None)
        if mark is not None and _stands_for_itself(doc, last[1], mark):
            return piece[0]
    return None


def _plain_behind_stop(doc: Doc, found: Attribution) -> int | None:
    """Where plain words begin that a semicolon, a colon or a stop parts from the piece before."""
    for last, piece in pairwise(found.contents):
        behind = found.cue is not None and found.cue[0] < last[0]
        gap = doc[last[1] : piece[0]]
        stopped = any(t.text in STOPS or t.text in (";", ":") for t in gap)
        if behind and stopped and not any(t.is_quote for t in doc[last[1] : piece[1]]):
            return piece[0]
    return None


def _stands_for_itself(doc: Doc, low: int, mark: MarkedSpan) -> bool:
    """Whether a full stop, a colon or the end of the paragraph parts it from what stands before it."""
    gap = doc[low : mark.start]
    apart = bool(gap) and (gap[-1].text in STOPS or gap[-1].text == ":" or gap[-1].is_space)
    return apart or block_at(doc, mark.start) != block_at(doc, low - 1)
