"""The component that finds claims: it predicts, then stores."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Range, char_range, get_attributions, get_entities
from onrecord.pipeline.claim_candidates import find_candidates
from onrecord.pipeline.claim_head import ClaimHead
from onrecord.pipeline.claim_records import set_claims
from onrecord.pipeline.claim_relations import relate
from onrecord.pipeline.claim_types import claim_types
from onrecord.pipeline.claimant import find_claimant
from onrecord.pipeline.modality import decide_modality
from onrecord.pipeline.quantities import Figure, figures_in
from onrecord.pipeline.weights import find_weights
from onrecord.pipeline.worthiness import assess
from onrecord.schema import Claim, Quantity, Span


class Claims:
    """Claims with claimant, modality, types and scores, from attributions and entities.

    Args:
        head: the learned claim head; None leaves the ranking to the rules.
    """

    def __init__(self, head: ClaimHead | None = None) -> None:
        self.head = head

    @classmethod
    def installed(cls) -> Claims:
        """The component with the newest installed weights, without any if there are none."""
        folder = find_weights("claims")
        return cls(ClaimHead.load(folder) if folder else None)

    def __call__(self, doc: Doc) -> Doc:
        """Find the claims of `doc` and store them."""
        set_claims(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[Claim]:
        """The claims of `doc` in text order; the doc is only read."""
        attributions = get_attributions(doc)
        mentions = [((m.start, m.end), e.id) for e in get_entities(doc) for m in e.mentions]
        claims: list[Claim] = []
        for candidate in find_candidates(doc):
            attribution = None if candidate.attribution is None else attributions[candidate.attribution]
            span = _span(doc, (candidate.start, candidate.end))
            commitment = find_claimant(doc, candidate, attributions)
            firmness = decide_modality(doc, candidate, attribution)
            modality = firmness.modality
            if modality == "asserted" and commitment.claimant.kind == "source":
                modality = "hedged"
            figures = tuple(figures_in(doc, candidate.start, candidate.end))
            types = claim_types(
                doc, candidate, modality=modality, figures=figures, attributed=attribution is not None
            )
            worth = assess(
                doc,
                candidate,
                commitment=commitment,
                firmness=firmness,
                types=types,
                figures=figures,
                learned=self.head(doc[candidate.start : candidate.end]) if self.head else None,
            )
            claims.append(
                Claim(
                    id=f"c{len(claims) + 1}",
                    start=span.start,
                    end=span.end,
                    text=span.text,
                    sentence=_span(doc, candidate.sentence),
                    claimant=commitment.claimant,
                    via=commitment.via,
                    quote=None if candidate.attribution is None else f"q{candidate.attribution + 1}",
                    attribution=commitment.attribution,
                    modality=modality,
                    hedges=tuple(_span(doc, h) for h in firmness.hedges),
                    types=types,
                    quantities=tuple(_quantity(doc, f) for f in figures),
                    entities=_entities_in(mentions, (candidate.start, candidate.end)),
                    verifiable=round(worth.verifiable, 3),
                    check_worthy=round(worth.check_worthy, 3),
                    reasons=(*worth.reasons, firmness.reason),
                )
            )
        return relate(doc, claims)


def _span(doc: Doc, tokens: Range) -> Span:
    start, end = char_range(doc, tokens)
    return Span(start, end, doc.text[start:end])


def _entities_in(mentions: list[tuple[Range, str]], span: Range) -> tuple[str, ...]:
    inside = [name for (start, end), name in mentions if span[0] <= start and end <= span[1]]
    return tuple(dict.fromkeys(inside))


def _quantity(doc: Doc, figure: Figure) -> Quantity:
    text = doc.text[figure.start : figure.end]
    return Quantity(figure.start, figure.end, text, figure.value, figure.unit)
