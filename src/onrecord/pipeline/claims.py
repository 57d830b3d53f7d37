"""The component that finds claims: it predicts, then stores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.pipeline.annotations import Attribution, Range, get_attributions, get_entities, text_span
from onrecord.pipeline.claim_candidates import Candidate, find_candidates
from onrecord.pipeline.claim_head import ClaimHead, Floats, encoder_scores
from onrecord.pipeline.claim_records import set_claims
from onrecord.pipeline.claim_relations import relate
from onrecord.pipeline.claim_types import claim_types
from onrecord.pipeline.claimant import Commitment, find_claimant
from onrecord.pipeline.modality import Firmness, decide_modality
from onrecord.pipeline.quantities import Figure, figures_in
from onrecord.pipeline.weights import find_weights
from onrecord.pipeline.worthiness import assess, traits
from onrecord.schema import Claim, ClaimType, Quantity, Span


@dataclass(frozen=True, slots=True)
class Observed:
    """A candidate with all that decides about it.

    Attributes:
        traits: what speaks for or against checking it.
        learned: log-odds of the learned claim head; None without it.
    """

    candidate: Candidate
    commitment: Commitment
    firmness: Firmness
    types: tuple[ClaimType, ...]
    figures: tuple[Figure, ...]
    traits: tuple[str, ...]
    learned: float | None


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
        mentions = [((m.start, m.end), e.id) for e in get_entities(doc) for m in e.mentions]
        observed = self.observe(doc)
        return relate(doc, [_claim(doc, o, mentions, name=f"c{i + 1}") for i, o in enumerate(observed)])

    def observe(self, doc: Doc) -> list[Observed]:
        """What is seen of each candidate before claims are compared; the doc is only read."""
        attributions, scores = get_attributions(doc), encoder_scores(doc)
        return [self._observe(doc, candidate, attributions, scores) for candidate in find_candidates(doc)]

    def _observe(
        self, doc: Doc, candidate: Candidate, attributions: Sequence[Attribution], scores: Floats | None
    ) -> Observed:
        attribution = None if candidate.attribution is None else attributions[candidate.attribution]
        commitment = find_claimant(doc, candidate, attributions)
        firmness = _held(decide_modality(doc, candidate, attribution), commitment)
        figures = tuple(figures_in(doc, candidate.start, candidate.end))
        types = claim_types(
            doc, candidate, modality=firmness.modality, figures=figures, attributed=attribution is not None
        )
        present = traits(
            doc, candidate, commitment=commitment, firmness=firmness, types=types, figures=figures
        )
        learned = self.head(doc[candidate.start : candidate.end], scores) if self.head else None
        return Observed(candidate, commitment, firmness, types, figures, tuple(present), learned)


def _claim(doc: Doc, seen: Observed, mentions: Sequence[tuple[Range, str]], *, name: str) -> Claim:
    candidate = seen.candidate
    span = text_span(doc, (candidate.start, candidate.end))
    worth = assess(seen.traits, seen.learned)
    return Claim(
        id=name,
        start=span.start,
        end=span.end,
        text=span.text,
        sentence=text_span(doc, candidate.sentence),
        claimant=seen.commitment.claimant,
        via=seen.commitment.via,
        quote=None if candidate.attribution is None else f"q{candidate.attribution + 1}",
        attribution=seen.commitment.attribution,
        modality=seen.firmness.modality,
        hedges=tuple(text_span(doc, h) for h in seen.firmness.hedges),
        types=seen.types,
        quantities=tuple(_quantity(span, f) for f in seen.figures),
        entities=_entities_in(mentions, (candidate.start, candidate.end)),
        verifiable=round(worth.verifiable, 3),
        check_worthy=round(worth.check_worthy, 3),
        reasons=tuple(r for r in (*worth.reasons, seen.firmness.reason) if r),
    )


def _held(firmness: Firmness, commitment: Commitment) -> Firmness:
    """What the author leaves to others, named by no cue, is hedged: *reportedly*, *critics might say*."""
    if firmness.modality != "asserted" or commitment.claimant.kind == "author":
        return firmness
    reason = "the author imagines it said" if commitment.hypothetical else "the author does not vouch for it"
    return Firmness("hedged", firmness.hedges, reason)


def _entities_in(mentions: Sequence[tuple[Range, str]], span: Range) -> tuple[str, ...]:
    """Entities in the order in which the span names them."""
    inside = sorted((start, name) for (start, end), name in mentions if span[0] <= start and end <= span[1])
    return tuple(dict.fromkeys(name for _, name in inside))


def _quantity(span: Span, figure: Figure) -> Quantity:
    text = span.text[figure.start - span.start : figure.end - span.start]
    return Quantity(figure.start, figure.end, text, figure.value, figure.unit)
