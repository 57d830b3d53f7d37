"""Reporting clauses and source phrases beside or inside what they report."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.clauses import (
    Place,
    attribution,
)
from onrecord.pipeline.cues import CueLexicon, lemma_of
from onrecord.pipeline.edges import source_range, trim
from onrecord.schema import Mode

_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_WITH_ADDRESSEE = frozenset(("tell", "assure", "remind", "warn", "inform", "ask"))


def by_source_preposition(place: Place, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*According to X, P* and *P, according to X*."""
    doc = place.doc
    for i in range(place.start, place.end - 1):
        for phrase in lexicon.sources:
            length = len(phrase)
            if tuple(t.lower_ for t in doc[i : i + length]) != phrase:
                continue
            if phrase in (("citing",), ("quoting",), ("per",)) and (
                i == place.start or doc[i - 1].text != ","
            ):
                continue
            yield from _around_source(place, i, i + length, " ".join(phrase))


def _around_source(place: Place, start: int, end: int, phrase: str) -> Iterator[Attribution]:
    doc = place.doc
    head = next((t for t in doc[end : place.end] if t.dep_ == "pobj" and start <= t.head.i < end), None)
    if head is None:
        head = next(
            (t for t in doc[end : min(end + 12, place.end)] if t.pos_ in ("NOUN", "PROPN", "PRON")), None
        )
        if head is None:
            return
        chunk = (
            next((c.root for c in doc[end : place.end].noun_chunks), head)
            if doc.has_annotation("DEP")
            else head
        )
        head = chunk
    source = source_range(head, low=end, high=place.end)
    if source is None:
        return
    before = trim(doc, (place.start, start))
    after = trim(doc, (source[1], place.end))
    first = before is None or before[1] - before[0] < 3
    spans = [
        s for s in ((after,) if first else (before, after if _resumes(doc, source[1], place) else None)) if s
    ]
    if not spans:
        return
    mode: Mode = "speech"
    yield Attribution(
        contents=tuple(spans),
        cue=(start, end),
        source=source,
        mode=mode,
        reasons=(f"'{phrase}' names the source",),
        rule="according_to",
    )


def _resumes(doc: Doc, position: int, place: Place) -> bool:
    """Whether the clause goes on after a source set between commas."""
    return position + 3 < place.end and doc[position].text == ","


def by_parenthesis(place: Place, verb: Token, lexicon: CueLexicon) -> Iterator[Attribution]:
    """*The plan, she said, will fail.* and *The plan will fail, said Ann Lee, the mayor.*

    Read by the commas: parsers hang these clauses in too many ways.
    """
    mode = lexicon.mode(verb, "clause")
    if mode is None or verb.tag_ not in _FINITE or lexicon.mode(verb, "clause_needs_that"):
        return
    if any(c.i > verb.i and c.dep_ in ("ccomp", "xcomp") for c in verb.children):
        return
    clause = _parenthesis(place, verb)
    if clause is None:
        return
    doc = place.doc
    before = trim(doc, (place.start, clause[0]))
    after = (
        trim(doc, (clause[1], place.end)) if clause[1] < place.end and doc[clause[1]].text == "," else None
    )
    if before is None:
        return
    spans = [before, after] if after and after[1] - after[0] > 1 else [before]
    yield from attribution(
        place, verb, spans, mode, "parenthetical", f"'{verb.text}' stands in a parenthesis"
    )


def _parenthesis(place: Place, verb: Token) -> Range | None:
    """First and last token of a reporting clause set off by commas, if `verb` heads one."""
    doc = place.doc
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.tag_ in ("WDT", "WP") or subject.lower_ == "that":
        return None
    span = source_range(subject, low=place.start, high=place.end)
    if span is None:
        return None
    left = min(span[0], verb.i)
    while left > place.start and doc[left - 1].pos_ == "ADV" and doc[left - 1].head is verb:
        left -= 1
    if left <= place.start or doc[left - 1].text != ",":
        return None
    right = max(span[1], verb.i + 1)
    while right < place.end and doc[right].text not in (",", ".", "?", "!", ";", "—"):
        token = doc[right]
        if token.dep_ in ("cc", "conj", "ccomp", "nsubj") and token.head.i <= verb.i:
            return None
        if token.tag_ in _FINITE and not _relative(token):
            return None
        right += 1
    if any(
        c.dep_ == "dobj" and c.i > verb.i and lemma_of(verb) not in _WITH_ADDRESSEE for c in verb.children
    ):
        return None
    return left, right


def _relative(token: Token) -> bool:
    return token.dep_ in ("relcl", "advcl") or token.head.dep_ in ("relcl", "advcl")
