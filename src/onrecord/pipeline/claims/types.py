"""What kind of claim it is, by what would have to be looked up to check it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from spacy.tokens import Doc

from onrecord.lexicons import load_lexicon
from onrecord.pipeline.claims.candidates import Candidate
from onrecord.pipeline.claims.senses import is_cause, is_rule, worth_words
from onrecord.pipeline.language.quantities import Figure
from onrecord.schema import ClaimType, Modality

__all__ = ["claim_types"]

FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})


def claim_types(
    doc: Doc, candidate: Candidate, *, modality: Modality, figures: tuple[Figure, ...], attributed: bool
) -> tuple[ClaimType, ...]:
    """All types that apply, in the order of the contract; at least one."""
    found = set(_types(doc, candidate, modality=modality, attributed=attributed))
    if figures:
        found.add("quantity")
    if not found & {"rule", "interpretation", "position", "prediction", "quantity"}:
        found.add("event")
    return tuple(t for t in get_args(ClaimType) if t in found)


def _types(doc: Doc, candidate: Candidate, *, modality: Modality, attributed: bool) -> Iterator[ClaimType]:
    words = load_lexicon("worthiness")
    tokens = list(doc[candidate.start : candidate.end])
    lemmas = {t.lemma_.lower() for t in tokens}
    text = f" {' '.join(t.lower_ for t in tokens)} "
    head = doc[candidate.head]
    if any(t.tag_ in ("JJS", "RBS", "JJR", "RBR") for t in tokens) or lemmas & worth_words("comparison"):
        yield "comparison"
    if any(is_cause(t) for t in tokens) or any(f" {p} " in text for p in words["causal"]["phrases"]):
        yield "causal"
    if any(is_rule(t) for t in tokens):
        yield "rule"
    if modality == "prediction":
        yield "prediction"
    if modality == "opinion":
        yield "position" if head.tag_ in ("VB", "VBG") or head.pos_ != "VERB" else "interpretation"
    if head.lemma_.lower() in words["speech"]["words"]:
        yield "quote"
    if attributed and any(t.lower_ in FIRST_PERSON for t in tokens):
        yield "personal"
