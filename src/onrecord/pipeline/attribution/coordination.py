"""What stands beside a verb of what was said: a second infinitive or passive goes with it."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range, root_of
from onrecord.pipeline.language.edges import subtree_range, trim
from onrecord.pipeline.language.function_words import FINITE, WH_TAGS
from onrecord.pipeline.language.patients import shares_passive
from onrecord.pipeline.places import block_at, is_amid_marks, marks_in


def with_second_infinitive(doc: Doc, found: Attribution) -> Attribution:
    """The content with the infinitive beside its own: *to “mend the pumps” | and consider further steps*.

    Both share the *to*, so whoever asked for the first asked for the second.
    """
    start, end = found.contents[-1]
    if doc[start].tag_ != "TO" or end + 1 >= len(doc) or doc[end].tag_ != "CC" or is_amid_marks(doc, end):
        return found
    second = next((t for t in doc[end + 1 : end + 3] if t.pos_ != "ADV"), None)
    if second is None or second.tag_ != "VB" or second.dep_ != "conj" or not start < second.head.i < end:
        return found
    if second.head.tag_ != "VB" or any(t.tag_ in FINITE for t in doc[start:end]):
        return found
    return _longer(doc, found, second)


def with_second_passive(doc: Doc, found: Attribution) -> Attribution:
    """The content with what else was done to its subject: *says they were searched | and told to leave*."""
    start, end = found.contents[-1]
    if found.cue is None or found.cue[1] > start or end + 1 >= len(doc) or doc[end].tag_ != "CC":
        return found
    second = next((t for t in doc[end + 1 : end + 3] if t.pos_ != "ADV"), None)
    if second is None or not start < second.head.i < end or is_amid_marks(doc, end):
        return found
    return _longer(doc, found, second) if shares_passive(second) else found


def without_shared_hearer(doc: Doc, found: Attribution) -> Attribution:
    """No source that is who was told: *| they | were given a form and told that “nothing is free”*."""
    if found.cue is None or found.source is None or found.source[0] > found.cue[0]:
        return found
    return replace(found, source=None) if shares_passive(root_of(doc, found.cue)) else found


def with_second_cue(doc: Doc, found: Attribution) -> Attribution:
    """The cue with the verb that shares its object: *neither confirmed | nor denied | the report*."""
    start, end = found.contents[0]
    if found.cue is None or found.cue[1] != start or start + 2 >= end or doc[start].tag_ != "CC":
        return found
    verb, second = root_of(doc, found.cue), doc[start + 1]
    if second.tag_ != verb.tag_ or second.tag_ not in FINITE or second.dep_ != "conj" or second.head != verb:
        return found
    if doc[start + 2].tag_ in ("IN", "TO", "CC") or doc[start + 2].is_punct:
        return found
    return replace(found, cue=(found.cue[0], start + 2), contents=((start + 2, end), *found.contents[1:]))


def _longer(doc: Doc, found: Attribution, second: Token) -> Attribution:
    start, end = found.contents[-1]
    block = block_at(doc, start)
    high = min(second.sent.end, block.end if block is not None else len(doc))
    longer = trim(doc, (start, subtree_range(second, low=end, high=high)[1]))
    return replace(found, contents=(*found.contents[:-1], longer)) if longer is not None else found


def without_finite_second(doc: Doc, found: Attribution) -> Attribution:
    """An infinitive without the clause behind it: *advised him to look again | and the goal stood*.

    An infinitive goes on with another or with a clause that it governs, never with a subject and its verb.
    """
    start, end = found.contents[-1]
    if found.cue is None or found.cue[1] > start or doc[start].tag_ != "TO":
        return found
    joint = next((t.i for t in doc[start + 2 : end] if t.tag_ == "CC" and _opens_clause(doc, t.i, end)), None)
    if joint is None or any(t.tag_ in FINITE or t.tag_ in WH_TAGS for t in doc[start:joint]):
        return found
    if any(m.start < joint < m.end for m in marks_in(doc, (start, end))):
        return found
    kept = trim(doc, (start, joint), keep_stop=True)
    return replace(found, contents=(*found.contents[:-1], kept)) if kept is not None else found


def _opens_clause(doc: Doc, joint: int, end: int) -> bool:
    """Whether a subject and its finite verb follow a conjunction."""
    verb = next((t for t in doc[joint + 2 : end] if t.tag_ in FINITE), None)
    if verb is None or any(t.is_punct or t.tag_ == "TO" for t in doc[joint + 1 : verb.i]):
        return False
    subject: Range | None = next(
        ((c.left_edge.i, c.right_edge.i) for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None
    )
    return subject is not None and subject[0] == joint + 1 and doc[joint + 1].tag_ not in WH_TAGS
