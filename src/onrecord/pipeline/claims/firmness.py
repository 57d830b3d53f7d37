"""A claim's modality with its hedges and its reason, and how the encoder's word on it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.pipeline.annotations import Range
from onrecord.pipeline.claims.candidates import Candidate
from onrecord.schema import Modality

__all__ = ["Firmness", "plain", "weighed"]

WORDED: dict[str, str] = {
    "question": "asks rather than says",
    "prediction": "worded as what is to come",
    "opinion": "worded as a view",
    "hedged": "worded as uncertain",
}
"""Reasons where the encoder decides on a modality that the rules have not given."""


@dataclass(frozen=True, slots=True)
class Firmness:
    """The modality of a claim, the words that weaken it (token ranges) and why.

    Attributes:
        granted: a cue takes the claim for granted (*praised her for paying*), whatever its wording.
    """

    modality: Modality
    hedges: tuple[Range, ...]
    reason: str
    granted: bool = False


def plain(
    doc: Doc, candidate: Candidate, *, attributed: bool, hedges: tuple[Range, ...] = (), reason: str = ""
) -> Firmness:
    """How firm a claim is that is neither asked, denied, foreseen, judged nor weakened.

    Args:
        doc: parsed.
        candidate: the claim.
        attributed: it is the content of an attribution.
        hedges: words in it that weaken something less than the whole.
        reason: why a cue takes the claim for granted; empty where none does.
    """
    if candidate.by is not None:
        by = doc[candidate.by]
        if by.dep_ == "amod":
            return Firmness("hedged", hedges, f"hedge '{by.text}'")
        return Firmness("attributed", hedges, f"'{by.text}' claims it")
    if not attributed:
        return Firmness("asserted", hedges, "the author states it")
    return Firmness("attributed", hedges, reason, granted=bool(reason))


def weighed(
    doc: Doc, candidate: Candidate, ruled: Firmness, decided: Modality | Literal["plain"], *, attributed: bool
) -> Firmness:
    """The rules' modality with the encoder's word on it.

    Args:
        doc: parsed.
        candidate: the claim.
        ruled: from `decide_modality`.
        decided: from `claim_readings.Readings.decide`; *plain* is attributed or asserted.
        attributed: it is the content of an attribution.
    """
    if ruled.granted or decided == ruled.modality:
        return ruled
    if decided == "prediction" and _is_past(doc[candidate.head]):
        return ruled
    if decided == "plain" and ruled.modality in ("attributed", "asserted"):
        return ruled
    if decided == "plain":
        return plain(doc, candidate, attributed=attributed, hedges=ruled.hedges)
    return Firmness(decided, ruled.hedges, WORDED[decided])


def _is_past(verb: Token) -> bool:
    """Whether the claim's verb tells of what was: a past tense without an infinitive or a modal."""
    tense = [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))]
    infinitive = any(c.dep_ == "xcomp" for c in verb.children)
    return any(t.tag_ == "VBD" for t in tense) and not infinitive and all(t.tag_ != "MD" for t in tense)
