"""The attributions that the learned model proposes, in tokens of the doc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Attribution, Range
from onrecord.pipeline.attribution.rule_names import LEARNED
from onrecord.pipeline.base.tokenization import DOUBLE_MARKS
from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.pipeline.language.cues import Frame, cue_lexicon, lemma_of
from onrecord.pipeline.language.function_words import BREAKS, CLAUSAL, FINITE, LONG_DASHES, STOPS
from onrecord.pipeline.language.subjects import mode_by_subject
from onrecord.pipeline.language.undone import is_avoided
from onrecord.pipeline.places import quotations_in
from onrecord.schema import Mode

SURE_OF_OBJECT = 0.6
INFINITIVE_FRAMES: tuple[Frame, ...] = ("infinitive", "addressee_infinitive", "passive_infinitive", "object")

_TAIL = STOPS | LONG_DASHES | {","}


def find_learned(doc: Doc) -> list[Attribution]:
    """Attributions from the encoder's findings; none where it has not run."""
    outputs: dict[str, Any] | None = doc.user_data.get(OUTPUTS)
    if outputs is None:
        return []
    tokens = np.asarray(outputs["rows"]).tolist()
    return [_attribution(doc, f, tokens) for f in outputs["found"]]


def _attribution(doc: Doc, found: Sequence[Any], tokens: list[int]) -> Attribution:
    def span(rows: Range | None) -> Range | None:
        return (tokens[rows[0]], tokens[rows[1] - 1] + 1) if rows else None

    ranges, cue_rows, source_rows, confidence = found
    contents = tuple(_with_marks(doc, s) for s in map(span, ranges) if s)
    cue, source = span(cue_rows), span(source_rows)
    mode = _mode(doc, cue, contents, float(confidence))
    if cue is not None and (mode != "speech" or _turns_down(doc, cue)):
        contents = _without_another(doc, cue, contents)
    reasons = []
    if cue is not None:
        reasons.append(f"model: cue '{doc[cue[0] : cue[1]].text}'")
    if source is not None:
        reasons.append(f"model: source '{doc[source[0] : source[1]].text}'")
    return Attribution(
        contents=contents,
        cue=cue,
        source=source,
        mode=mode,
        confidence=float(confidence),
        reasons=tuple(reasons) or ("model: content alone",),
        rule=LEARNED,
    )


def _mode(doc: Doc, cue: Range | None, contents: Sequence[Range], confidence: float) -> Mode:
    """Speech, belief or evidence, by the lexicon's word in the cue.

    A cue that the lexicon does not know reports speech where its content is in quotation marks, and
    otherwise somebody's stance, for the corpus that the model learned from marks both. The same holds for
    words that report quotations or clauses only (*continued “…”*, but *continued to work*). So does a bare
    object (*criticised his plans*) that the model is not sure of: on the dev articles of two other
    corpora a third of those is speech, and nine in ten of the others; `statement_mode` has the last word.
    """
    words = [token for s, e in contents for token in doc[s:e]]
    marked = any(token.text in DOUBLE_MARKS for token in words)
    clause = marked or any(token.tag_ in CLAUSAL for token in words)
    finite = any(token.tag_ in FINITE for token in words)
    purpose = not marked and not finite and doc[contents[0][0]].tag_ == "TO"
    if confidence < SURE_OF_OBJECT and not clause and doc.has_annotation("TAG"):
        return "belief"
    if cue is None:
        return "speech"
    lexicon = cue_lexicon()
    cue_words = doc[cue[0] : cue[1]]
    spelled = tuple(t.lower_ for t in cue_words)
    if spelled in lexicon.sources.get(spelled[0], ()):
        return "speech"
    for token in cue_words:
        verb = token.tag_.startswith("VB")
        if verb and any(t in cue_words and t.dep_ == "xcomp" and is_avoided(t) for t in token.children):
            # *forgot to mention*: the word of saying decides.
            continue
        if token.dep_ == "amod" and token.head in cue_words:
            # *his whispered belief in P*: the noun decides.
            continue
        mode = lexicon.reports(token) if verb else lexicon.mode(token, "nouns")
        if mode is None and len(cue_words) == 1 and not verb and token.is_lower:
            # *One in five | say | that won’t be true*, where the tagger takes the verb for a noun.
            mode = lexicon.mode(token, "clause")
        if mode is None and verb and (marked or finite):
            mode = lexicon.mode(token, "quote")
        if mode == "speech" and verb and purpose and not _takes_infinitive(token):
            continue
        if mode is not None:
            return mode_by_subject(token, mode) if verb else mode
    return "speech" if marked else "belief"


def _without_another(doc: Doc, cue: Range, contents: tuple[Range, ...]) -> tuple[Range, ...]:
    """Without a quotation that is a sentence of its own: *Sousa backs the ban. | “I have seen the river.”*.

    What somebody thinks ends with its sentence; the quotation after it is a statement without a cue. So is
    one after what somebody denies: *denied that it leaked. | “I have seen the pipe.”*.
    """
    kept = [c for c in contents if c[0] < cue[1] or doc[c[0] - 1].text not in BREAKS or not _is_whole(doc, c)]
    return tuple(kept) or contents


def _is_whole(doc: Doc, span: Range) -> bool:
    """Whether a content is one quotation from mark to mark."""
    return any((m.start, m.end) == span for m in quotations_in(doc, span))


def _turns_down(doc: Doc, cue: Range) -> bool:
    """Whether a cue says that something is not so or will not be done: *denied*, *refused*."""
    lemma = lemma_of(doc[cue[0] : cue[1]].root)
    return lemma in cue_lexicon().contradicting or lemma in cue_lexicon().refusing


def _takes_infinitive(verb: Token) -> bool:
    return any(cue_lexicon().mode(verb, frame) for frame in INFINITIVE_FRAMES)


def _with_marks(doc: Doc, span: Range) -> Range:
    """Take in the quotation marks around a content, and the punctuation that stands inside them.

    The model is trained on spans without the marks at their ends, where annotators disagree.
    """
    start, end = span
    for m in quotations_in(doc, span):
        if m.start < start and all(not doc[i].text.isalnum() for i in range(m.start, start)):
            start = m.start
        if m.end > end and all(doc[i].text in _TAIL or doc[i].is_punct for i in range(end, m.end)):
            end = m.end
    return start, end
