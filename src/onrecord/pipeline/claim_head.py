"""The learned claim head: log-odds that a statement is one that checkers would take up.

Zero is where the decision falls: the training puts the cut into the bias.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span

from onrecord.errors import ModelError
from onrecord.pipeline.claim_features import features, hashed

__all__ = ["ClaimHead"]

REMEDY = "reinstall onrecord"


class ClaimHead:
    """A logistic regression over hashed features.

    Args:
        weights: float vector, its size a power of two.
        bias: added to the sum.
    """

    def __init__(self, weights: NDArray[np.float32], bias: float) -> None:
        self.weights = weights
        self.bias = bias

    @classmethod
    def load(cls, folder: Path) -> ClaimHead:
        """Read the head from a weights folder.

        Raises:
            ModelError: the file is missing or is no weights file.
        """
        try:
            with np.load(folder / "head.npz", allow_pickle=False) as data:
                return cls(data["weights"].astype(np.float32), float(data["bias"]))
        except (EOFError, KeyError, OSError, ValueError) as error:
            raise ModelError(str(folder), f"claim weights cannot be read ({error})", REMEDY) from error

    def __call__(self, span: Span) -> float:
        """Log-odds for a stretch of tokens; the bias alone for white space."""
        row = features(span)
        if not row:
            return self.bias
        indices, values = hashed(row, len(self.weights))
        return float(self.weights[indices] @ values) + self.bias
