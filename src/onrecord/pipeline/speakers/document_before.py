"""The document that *it* goes on about: *The report is short. It says …*."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.coreference.nominals import kind_of
from onrecord.pipeline.names.words import Words

TOPICS = ("nsubj", "nsubjpass", "attr", "dobj")
"""What a sentence may be about, the likeliest first."""


def document_before(words: Words, pronoun: int) -> Range | None:
    """The description of a document in the sentence before an *it* that speaks.

    Args:
        words: the document.
        pronoun: token of *it*, the subject of its verb.

    Returns:
        The tokens of the description, or None if the sentence has none in its main clause, nor has its matter
        from one: *according to a report*, *in the letter*.
    """
    token = words.doc[pronoun]
    if token.dep_ not in ("nsubj", "nsubjpass") or token.sent.start == 0:
        return None
    before = words.doc[token.sent.start - 1].sent
    if words.shown[before.start] or words.line[pronoun] - words.line[before.end - 1] > 1:
        return None
    verb = before.root
    found = [c for c in verb.children if c.dep_ in TOPICS and _is_document(words, c)]
    if not found:
        found = [c for c in _told_by(verb) if _is_document(words, c)]
        return (found[0].left_edge.i, found[0].i + 1) if len(found) == 1 else None
    head = min(found, key=lambda c: TOPICS.index(c.dep_))
    return head.left_edge.i, head.i + 1


def _told_by(verb: Token) -> Iterator[Token]:
    """What hangs on a verb by *according to* or, before it, by *in*."""
    for c in verb.children:
        through = [g for g in c.children if g.lower_ == "to"] if c.lower_ == "according" else [c]
        if c.lower_ == "according" or (c.lower_ == "in" and c.i < verb.i):
            yield from (t for p in through for t in p.children if t.dep_ == "pobj")


def _is_document(words: Words, token: Token) -> bool:
    return kind_of(words, token.i) == "document"
