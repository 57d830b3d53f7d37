"""The component that finds claims: it predicts, then stores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.dates import Dated, find_dates
from onrecord.pipeline.annotations import (
    Attribution,
    Range,
    char_blocks,
    get_attributions,
    get_entities,
    text_span,
)
from onrecord.pipeline.claims.candidates import Candidate, find_candidates
from onrecord.pipeline.claims.claimant import Commitment, find_claimant
from onrecord.pipeline.claims.firmness import Firmness, weighed
from onrecord.pipeline.claims.head import ClaimHead, Floats, encoder_scores
from onrecord.pipeline.claims.modality import decide_modality
from onrecord.pipeline.claims.readings import Readings, stance_rows, stances_of
from onrecord.pipeline.claims.records import set_claims
from onrecord.pipeline.claims.relations import relate
from onrecord.pipeline.claims.types import claim_types
from onrecord.pipeline.claims.worthiness import assess, traits
from onrecord.pipeline.language.quantities import Figure, figures_in
from onrecord.pipeline.language.ranks import find_ranks
from onrecord.pipeline.structure.component import PUBLISHED, published_of
from onrecord.pipeline.weights import find_weights
from onrecord.schema import DATE, RANK, Claim, ClaimType, Modality, Quantity, Span


@dataclass(frozen=True, slots=True)
class Read:
    """What other components found in a doc.

    Attributes:
        scores: from `encoder_scores`.
        stances: from `stance_rows`.
    """

    attributions: Sequence[Attribution]
    scores: Floats | None
    stances: Floats | None


@dataclass(frozen=True, slots=True)
class Observed:
    """A candidate with all that decides about it.

    Attributes:
        traits: what speaks for or against checking it.
        learned: log-odds of the learned claim head; None without it.
        checkable: chance that it can be checked, by the encoder; None without it.
    """

    candidate: Candidate
    commitment: Commitment
    firmness: Firmness
    types: tuple[ClaimType, ...]
    figures: tuple[Figure, ...]
    traits: tuple[str, ...]
    learned: float | None
    checkable: float | None


class Claims:
    """Claims with claimant, modality, types and scores, from attributions and entities.

    Args:
        head: the learned claim head; None leaves the ranking to the rules.
        readings: what the encoder says of a statement; None leaves modality to the rules.
    """

    def __init__(self, head: ClaimHead | None = None, readings: Readings | None = None) -> None:
        self.head = head
        self.readings = readings

    @classmethod
    def installed(cls) -> Claims:
        """The component with the newest installed weights, without any if there are none."""
        folder = find_weights("claims")
        return cls(ClaimHead.load(folder), Readings.load(folder)) if folder else cls()

    def __call__(self, doc: Doc) -> Doc:
        """Find the claims of `doc` and store them."""
        set_claims(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[Claim]:
        """The claims of `doc` in text order; the doc is only read."""
        mentions = [((m.start, m.end), e.id) for e in get_entities(doc) for m in e.mentions]
        published = published_of(doc.text, char_blocks(doc), doc.user_data.get(PUBLISHED))
        observed = enumerate(self.observe(doc), start=1)
        return relate(doc, [_claim(doc, o, mentions, published, name=f"c{i}") for i, o in observed])

    def observe(self, doc: Doc) -> list[Observed]:
        """What is seen of each candidate before claims are compared; the doc is only read."""
        stances = stance_rows(doc) if self.readings else None
        read = Read(get_attributions(doc), encoder_scores(doc), stances)
        return [self._observe(doc, candidate, read) for candidate in find_candidates(doc)]

    def _observe(self, doc: Doc, candidate: Candidate, read: Read) -> Observed:
        attribution = None if candidate.attribution is None else read.attributions[candidate.attribution]
        attributed = attribution is not None
        commitment = find_claimant(doc, candidate, read.attributions)
        ruled = _held(decide_modality(doc, candidate, attribution), commitment, counted=candidate.counted)
        firmness, checkable = ruled, None
        stances = stances_of(read.stances, candidate.start, candidate.end)
        if self.readings is not None and stances is not None:
            decided = self.readings.decide(stances, ruled.modality)
            firmness = weighed(doc, candidate, ruled, decided, attributed=attributed)
            checkable = self.readings.checkable(stances, ruled.modality)
        firmness = _held(firmness, commitment, counted=candidate.counted)
        figures = tuple(figures_in(doc, candidate.start, candidate.end))
        types = claim_types(
            doc, candidate, modality=firmness.modality, figures=figures, attributed=attributed
        )
        # By the rules' modality: with the encoder's the order of gold-news' sentences was worse.
        present = traits(
            doc,
            candidate,
            commitment=commitment,
            firmness=ruled,
            types=types,
            figures=figures,
        )
        learned = self.head(doc[candidate.start : candidate.end], read.scores) if self.head else None
        return Observed(candidate, commitment, firmness, types, figures, tuple(present), learned, checkable)


def _claim(
    doc: Doc, seen: Observed, mentions: Sequence[tuple[Range, str]], published: str | None, *, name: str
) -> Claim:
    candidate = seen.candidate
    span = text_span(doc, (candidate.start, candidate.end))
    ahead = seen.firmness.modality == "prediction"
    dates = find_dates(span.text, published, ahead=ahead)
    ranks = tuple(find_ranks(doc, candidate.start, candidate.end))
    worth = assess(seen.traits, seen.learned, seen.checkable)
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
        quantities=_quantities(span, seen.figures, ranks, dates),
        entities=_entities_in(mentions, (candidate.start, candidate.end)),
        verifiable=round(worth.verifiable, 3),
        check_worthy=round(worth.check_worthy, 3),
        reasons=tuple(r for r in (*worth.reasons, seen.firmness.reason) if r),
    )


def _held(firmness: Firmness, commitment: Commitment, *, counted: bool) -> Firmness:
    """What the author leaves to others, named by no cue, is hedged: *reportedly*, *critics might say*."""
    if counted:
        said: Modality = "asserted" if commitment.claimant.kind == "author" else "attributed"
        return Firmness(said, firmness.hedges, "counts those who say so")
    if firmness.modality != "asserted" or commitment.claimant.kind == "author":
        return firmness
    reason = "the author imagines it said" if commitment.hypothetical else "the author does not vouch for it"
    return Firmness("hedged", firmness.hedges, reason)


def _entities_in(mentions: Sequence[tuple[Range, str]], span: Range) -> tuple[str, ...]:
    """Entities in the order in which the span names them."""
    inside = sorted((start, name) for (start, end), name in mentions if span[0] <= start and end <= span[1])
    return tuple(dict.fromkeys(name for _, name in inside))


def _quantities(
    span: Span, figures: Sequence[Figure], ranks: Sequence[Figure], dates: Sequence[Dated]
) -> tuple[Quantity, ...]:
    """Figures, dates and ranks in text order; of two that overlap the first in this order."""
    told: list[Quantity] = []
    for start, end, value, unit in (
        *((f.start, f.end, f.value, f"{f.unit}s" if f.unit in (DATE, RANK) else f.unit) for f in figures),
        *((d.start + span.start, d.end + span.start, d.value, DATE) for d in dates),
        *((r.start, r.end, r.value, r.unit) for r in ranks),
    ):
        if not any(q.start < end and start < q.end for q in told):
            told.append(Quantity(start, end, _slice(span, start, end), value, unit))
    return tuple(sorted(told, key=lambda q: q.start))


def _slice(span: Span, start: int, end: int) -> str:
    return span.text[start - span.start : end - span.start]
