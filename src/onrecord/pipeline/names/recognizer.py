"""The component that writes the encoder's names into `doc.ents`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.pipeline.name_labels import KINDS


class Recognizer:
    """Stands in for the base pipeline's named-entity recognizer; needs `onrecord_encoder` before it."""

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents`; a doc without name scores is left as it is."""
        names = predict_names(doc)
        if names is not None:
            doc.ents = names
        return doc


def predict_names(doc: Doc) -> list[Span] | None:
    """The encoder's names as labelled spans in text order; None where it has given none."""
    outputs = doc.user_data.get(OUTPUTS, {})
    if "names" not in outputs:
        return None
    rows = outputs["rows"]
    return [
        Span(doc, int(rows[start]), int(rows[end - 1]) + 1, label=label)
        for start, end, label, _ in outputs["names"]
    ]


def predict_chances(doc: Doc) -> NDArray[np.float32] | None:
    """How likely each token is in a name of each of `KINDS`; None where the encoder gives no chances."""
    outputs = doc.user_data.get(OUTPUTS, {})
    if "kinds" not in outputs:
        return None
    chances = np.zeros((len(doc), len(KINDS)), dtype=np.float32)
    chances[outputs["rows"]] = outputs["kinds"]
    return chances
