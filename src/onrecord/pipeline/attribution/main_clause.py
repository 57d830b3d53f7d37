"""A quotation inside a relative clause ends before the verb that the sentence is about."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution
from onrecord.pipeline.language.edges import SUBJECTS, trim
from onrecord.pipeline.language.function_words import FINITE, PAUSES, RELATIVES
from onrecord.pipeline.places import is_amid_marks

_PRONOUNS = frozenset(("WP", "WDT", "WP$"))


def before_main_verb(doc: Doc, found: Attribution) -> Attribution:
    """The content up to where the sentence goes on around a relative clause with a cue in it.

    *Ivo Strand, who has slept, he claims, “on a shelf” since May, | runs the shelter*: his running it is told
    by the reporter. Not where what was said begins with the subject of that verb.

    Args:
        doc: the doc.
        found: an attribution in the form of the contract.
    """
    if found.cue is None or found.source is None:
        return found
    start, end = found.contents[-1]
    first = min(found.cue[0], found.source[0])
    if start < max(found.cue[1], found.source[1]):
        return found
    for i in range(start + 1, end):
        if doc[i - 1].text not in PAUSES or is_amid_marks(doc, i - 1):
            continue
        subject = _subject(doc, i, end)
        if subject is None or not _holds_relative(doc, subject, first):
            continue
        if any(s <= subject.i < e for s, e in found.contents):
            return found
        kept = trim(doc, (start, i - 1), keep_stop=True)
        return replace(found, contents=(*found.contents[:-1], kept)) if kept is not None else found
    return found


def _subject(doc: Doc, start: int, end: int) -> Token | None:
    """The subject, before it, of the finite verb that stands right there, adverbs left out."""
    verb = next((t for t in doc[start:end] if t.pos_ not in ("ADV", "PART")), None)
    if verb is None or verb.tag_ not in FINITE:
        return None
    clause = verb.head if verb.dep_ in ("aux", "auxpass") else verb
    subject = next((c for c in clause.children if c.dep_ in SUBJECTS), None)
    return subject if subject is not None and subject.i < start else None


def _holds_relative(doc: Doc, subject: Token, cue: int) -> bool:
    """Whether a clause about the subject, set off by a comma, stands open before the cue."""
    behind = (t for t in doc[subject.i + 2 : cue] if doc[t.i - 1].text in PAUSES and subject.is_ancestor(t))
    return any(t.lower_ in RELATIVES and t.tag_ in _PRONOUNS for t in behind)
