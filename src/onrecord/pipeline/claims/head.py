"""The learned claim head: log-odds that a statement is one that checkers would take up.

Two readings of the same words: hashed features of grammar and wording, and the encoder's head for sentences,
which weigh together more than either alone. Zero is where the decision falls: the training puts the cuts into
the constants.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from onrecord.errors import ModelError
from onrecord.pipeline.claims.features import features, hashed
from onrecord.pipeline.encoder.component import OUTPUTS

__all__ = ["ClaimHead", "Joint", "encoder_scores"]

REMEDY = "reinstall onrecord"


Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Joint:
    """How the encoder's score of a statement joins the one of its hashed features.

    Attributes:
        share: of the encoder's score, in [0, 1].
        cut: taken from the weighed mean.
    """

    share: float
    cut: float


class ClaimHead:
    """A logistic regression over hashed features, and its mean with the encoder's score where there is one.

    Args:
        weights: float vector, its size a power of two.
        bias: added to the sum.
        joint: None to leave the encoder's score aside.
    """

    def __init__(self, weights: Floats, bias: float, joint: Joint | None = None) -> None:
        self.weights = weights
        self.bias = bias
        self.joint = joint

    @classmethod
    def load(cls, folder: Path) -> ClaimHead:
        """Read the head from a weights folder.

        Raises:
            ModelError: the file is missing or is no weights file.
        """
        try:
            with np.load(folder / "head.npz", allow_pickle=False) as data:
                joint = Joint(*data["joint"].tolist()) if "joint" in data else None
                return cls(data["weights"].astype(np.float32), float(data["bias"]), joint)
        except (EOFError, KeyError, OSError, TypeError, ValueError) as error:
            raise ModelError(str(folder), f"claim weights cannot be read ({error})", REMEDY) from error

    def __call__(self, span: Span, scores: Floats | None = None) -> float:
        """Log-odds for a stretch of tokens; the bias alone for white space.

        Args:
            span: the statement.
            scores: from `encoder_scores` of its doc.
        """
        row = features(span)
        if not row:
            return self.bias
        indices, values = hashed(row, len(self.weights))
        worded = float(self.weights[indices] @ values) + self.bias
        read = None if scores is None else _mean(scores[span.start : span.end])
        if self.joint is None or read is None:
            return worded
        return self.joint.share * read + (1 - self.joint.share) * worded - self.joint.cut


def _mean(scores: Floats) -> float | None:
    """The mean of those that are numbers, None where none is; as `np.nanmean`, which takes long over few."""
    known = ~np.isnan(scores)
    count = np.count_nonzero(known)
    return float(np.add.reduce(np.where(known, scores, np.float32(0))) / np.float32(count)) if count else None


def encoder_scores(doc: Doc) -> Floats | None:
    """The score that the encoder's head for sentences gives each token, NaN where it reads none.

    None where no such head has run.
    """
    outputs = doc.user_data.get(OUTPUTS, {})
    if "worth" not in outputs:
        return None
    scores = np.full(len(doc), np.nan, dtype=np.float32)
    scores[outputs["rows"]] = outputs["worth"]
    return scores
