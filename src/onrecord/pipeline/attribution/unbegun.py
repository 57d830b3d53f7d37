"""Contents that begin in mid-clause, with the verb, brought back to the subject of that verb."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.language.cues import cue_lexicon, lemma_of
from onrecord.pipeline.language.edges import SUBJECTS, source_range, subject_of, trim
from onrecord.pipeline.language.function_words import (
    BREAKS,
    FINITE,
    OBJECT_PRONOUNS,
    PAUSES,
    RELATIVES,
    WH_TAGS,
)
from onrecord.pipeline.language.subjects import is_somebody
from onrecord.pipeline.places import block_at

_OBJECTS = frozenset(("dobj", "dative", "nsubj", "nsubjpass"))
_OPENING = frozenset(("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"))
_CLOSING = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADV", "VERB"))
"""Parts of speech with which a noun phrase before a clause between commas begins and ends."""
_PARTS = BREAKS | {";", ":"}


def begun(doc: Doc, found: Attribution) -> Attribution:
    """The contents from the subject of the verb with which they begin.

    *insisted | the interim dividend | was safe*: the parser takes the subject for an object of the cue, and
    the model begins with the verb. *The dagger, purists have complained, | is blunt*: the clause between the
    commas parts the two.

    Args:
        doc: the doc.
        found: an attribution in the form of the contract.
    """
    if found.cue is None or not root_of(doc, found.cue).tag_.startswith(("VB", "IN")):
        return found
    start, end = found.contents[0]
    first = doc[start]
    if first.tag_ not in FINITE or first.is_sent_start or start == 0 or "?" in doc[start:end].text:
        return found
    subject = _subject(first)
    if subject is not None and (subject.i > start or subject.tag_ in WH_TAGS or subject.lower_ in RELATIVES):
        return found
    if found.cue[1] > start:
        return _with_start(found, _before_apposition(doc, found, subject))
    behind = subject is not None and subject.i >= found.cue[1]
    if doc[start - 1].text in PAUSES and not behind:
        return _around_cue(doc, found, subject)
    return _with_start(_with_own_source(doc, found, subject), _behind_cue(doc, found, subject))


def _with_own_source(doc: Doc, found: Attribution, subject: Token | None) -> Attribution:
    """The subject of the cue for a source that is the content's own: *Reed said | the captain | had left*."""
    assert found.cue is not None
    own = _own_subject(doc, found.cue)
    if subject is None or own is None or found.source is None:
        return found
    if not found.cue[1] <= found.source[0] <= subject.i < found.source[1]:
        return found
    return replace(found, source=source_range(own, low=own.sent.start, high=found.cue[0]))


def _subject(verb: Token) -> Token | None:
    clause = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    return next((c for c in clause.children if c.dep_ in SUBJECTS and c.dep_ != "expl"), None)


def _with_start(found: Attribution, start: int | None) -> Attribution:
    if start is None:
        return found
    return replace(found, contents=((start, found.contents[0][1]), *found.contents[1:]))


def _before_apposition(doc: Doc, found: Attribution, subject: Token | None) -> int | None:
    """*Ruthie's, a diner on the bridge, | has been open since May, according to its owner*."""
    start = found.start
    if subject is None or doc[start - 1].text != "," or subject.sent != doc[start].sent:
        return None
    left = subject.left_edge.i
    spans = [span for span in (found.cue, found.source) if span is not None]
    return None if any(s < start and left < e for s, e in spans) or _is_told(doc, left, start) else left


def _is_told(doc: Doc, start: int, end: int) -> bool:
    """Whether a finite verb stands there that is in no clause about a noun."""
    return any(t.tag_ in FINITE and not _is_in_relative(t, start) for t in doc[start:end])


def _is_in_relative(verb: Token, low: int) -> bool:
    return any(t.dep_ == "relcl" and low <= t.i for t in (verb, *verb.ancestors))


def _around_cue(doc: Doc, found: Attribution, subject: Token | None) -> Attribution:
    """*The dagger |, purists have complained, | is blunt*."""
    assert found.cue is not None
    parted = _out_of_source(doc, found, subject)
    if parted is not None:
        return parted
    left = min(found.cue[0], found.source[0] if found.source is not None else found.cue[0])
    while left > 0 and doc[left - 1].pos_ == "ADV":
        left -= 1
    if left < 2 or doc[left - 1].text not in PAUSES or doc[left].sent.start == left:
        return found
    piece = _phrase_before(doc, left - 1, subject)
    own = subject_of(root_of(doc, found.cue))
    if piece is None or (own is not None and piece[0] <= own.i < piece[1]):
        return found
    return replace(found, contents=(piece, *found.contents))


def _out_of_source(doc: Doc, found: Attribution, subject: Token | None) -> Attribution | None:
    """The subject that was taken for a part of who speaks: *| Its members |, its president, said, had*.

    What is said begins with a verb behind a comma, and nothing else in the sentence can be its subject.
    """
    assert found.cue is not None
    if found.source is None or found.source[1] > found.cue[0] or not doc[found.source[0]].is_sent_start:
        return None
    start, end = found.source
    comma = next((i for i in range(start + 1, end) if doc[i].text == ","), None)
    if comma is None or (subject is not None and not start <= subject.i < end):
        return None
    who = trim(doc, (comma + 1, end))
    if who is None or not is_somebody(doc[who[0] : who[1]].root):
        return None
    return replace(found, contents=((start, comma), *found.contents), source=who)


def _phrase_before(doc: Doc, end: int, subject: Token | None) -> Range | None:
    """The noun phrase that ends there, from its clause's beginning or from where the parse begins it."""
    if subject is not None and subject.i < end and subject.right_edge.i < end + 1:
        own = trim(doc, (subject.left_edge.i, end))
        return own if own is not None and not _is_told(doc, *own) else None
    block = block_at(doc, end)
    low = block.start if block is not None else 0
    begin = end
    while begin > low and not doc[begin].is_sent_start and doc[begin - 1].text not in _PARTS:
        begin -= 1
    span = trim(doc, (begin, end))
    if span is None or _is_told(doc, *span):
        return None
    return span if doc[span[0]].pos_ in _OPENING and doc[span[1] - 1].pos_ in _CLOSING else None


def _own_subject(doc: Doc, cue: Range) -> Token | None:
    return next((c for c in root_of(doc, cue).children if c.dep_ == "nsubj" and c.i < cue[0]), None)


def _behind_cue(doc: Doc, found: Attribution, subject: Token | None) -> int | None:
    """Where the subject begins between the cue and its content: *insisted | the dividend | was safe*."""
    assert found.cue is not None
    low, start = found.cue[1], found.start
    inverted = found.source is not None and found.source[0] >= low
    if low >= start or (inverted and not (subject is not None and _own_subject(doc, found.cue) is not None)):
        return None
    that = [t.i for t in doc[low:start] if t.lower_ == "that" and t.tag_ == "IN"]
    if that and not _is_told(doc, that[0], start):
        return that[0]
    if subject is not None:
        return subject.left_edge.i if subject.left_edge.i >= low else None
    if any(t.tag_ in FINITE or t.is_punct for t in doc[low:start]):
        return None
    hearers = cue_lexicon().words["hearers"]
    verb = root_of(doc, found.cue)
    objects = [c for c in verb.children if c.dep_ in _OBJECTS and low <= c.i < start]
    if lemma_of(verb) in hearers["needed"]:
        if doc[low].lower_ in OBJECT_PRONOUNS and low + 1 < start:
            return low + 1
        return objects[-1].left_edge.i if len(objects) > 1 else None
    if len(objects) != 1 or (lemma_of(verb) in hearers["optional"] and is_somebody(objects[0])):
        return None
    return objects[0].left_edge.i
