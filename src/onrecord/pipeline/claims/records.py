"""Claims in a Doc: the span group that holds them, its getter and its setter.

A claim is stored as a span with the claim's id as span id; everything else about it stands in the
group's `attrs` as plain JSON values, so that a Doc with claims survives `to_bytes` and DocBin.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc, SpanGroup
from spacy.tokens import Span as DocSpan

from onrecord.pipeline.annotations import plain
from onrecord.schema import Claim, Claimant, Quantity, Relation, Span, Speaker

CLAIMS = "onrecord_claims"


def set_claims(doc: Doc, claims: Sequence[Claim]) -> None:
    """Store the claims; what was there is replaced.

    Raises:
        ValueError: a claim's offsets lie outside of the doc's text.
    """
    spans = []
    for claim in claims:
        span = doc.char_span(claim.start, claim.end, alignment_mode="expand")
        if span is None:
            raise ValueError(f"claim {claim.id}: no text at {claim.start}:{claim.end}")
        spans.append(DocSpan(doc, span.start, span.end, label=claim.modality, span_id=claim.id))
    records = [plain(claim) for claim in claims]
    doc.spans[CLAIMS] = SpanGroup(doc, name=CLAIMS, attrs={"records": records}, spans=spans)


def get_claims(doc: Doc) -> list[Claim]:
    """The claims in the order they were stored."""
    if CLAIMS not in doc.spans:
        return []
    return [_claim(record) for record in doc.spans[CLAIMS].attrs.get("records", ())]


def _claim(record: dict[str, Any]) -> Claim:
    made = dict(record)
    claimant = made["claimant"]
    mention = claimant["mention"]
    made["claimant"] = Claimant(
        claimant["kind"],
        tuple(Speaker(**s) for s in claimant["speakers"]),
        Span(**mention) if mention else None,
    )
    made["sentence"] = Span(**made["sentence"])
    made["hedges"] = tuple(Span(**h) for h in made["hedges"])
    made["quantities"] = tuple(Quantity(**q) for q in made["quantities"])
    made["relations"] = tuple(Relation(r["claim"], r["kind"], tuple(r["reasons"])) for r in made["relations"])
    for key in ("via", "types", "entities", "reasons"):
        made[key] = tuple(made[key])
    return Claim(**made)
