"""The component that finds claims: it predicts, then stores."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.pipeline.claim_records import set_claims
from onrecord.schema import Claim


class Claims:
    """Claims with claimant, modality, types and scores, from attributions and entities."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the claims of `doc` and store them."""
        set_claims(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[Claim]:
        """The claims of `doc` in text order; the doc is only read."""
        return []
