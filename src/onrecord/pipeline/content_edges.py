"""Words at the edge of a content that are the reporter's: what leads on from the sentence before."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, get_marks
from onrecord.pipeline.edges import trim

_JOINING = frozenset(("however", "still", "meanwhile", "nevertheless"))


def without_joint(doc: Doc, found: Attribution) -> Attribution:
    """A plain statement without the word that joins its sentence to the one before.

    *But | the bridge is safe |, she said*: of such statements in PolNeAR train whose cue follows, 76 leave
    the word out and 25 take it in. What stands in marks was said with it.
    """
    start, end = found.contents[0]
    first = doc[start]
    if found.cue is None or found.cue[0] < end or not first.is_sent_start or not _joins(first):
        return found
    if any(m.start <= start < m.end for m in get_marks(doc)):
        return found
    rest = trim(doc, (start + 1, end), keep_stop=True)
    return replace(found, contents=(rest, *found.contents[1:])) if rest is not None else found


def _joins(word: Token) -> bool:
    return word.tag_ == "CC" or word.lower_ in _JOINING
