"""The scorer of antecedents, and how its weights are read."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.pipeline.coreference.pairing import Pairing

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores antecedents by their features: a linear map, or a small network of them.

    Attributes:
        layers: matrix and bias of each layer; the first takes the features, the last gives one value;
            negative values are cut between layers.
        nobody: score of the choice that none of the candidates is meant.
        threshold: least probability at which a candidate is accepted.
        version: of the trained weights; empty for the rules.
        pairing: what the encoder's states say, to be added; None to do without.
    """

    layers: tuple[tuple[Floats, Floats], ...]
    nobody: float
    threshold: float = 0.5
    version: str = ""
    pairing: Pairing | None = None

    def __call__(self, features: Floats) -> Floats:
        """One score a row of `features`, which has the shape (candidates, features)."""
        values = features
        for i, (matrix, bias) in enumerate(self.layers):
            values = values @ matrix + bias
            if i + 1 < len(self.layers):
                values = np.maximum(values, 0.0)
        return values[:, 0]


def read_scorer(path: Path, features: Sequence[str]) -> Scorer:
    """A trained scorer from its file.

    Raises:
        ModelError: the file is no scorer, or does not fit these features.
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            if data["features"].tolist() != list(features):
                raise ModelError(str(path), "made for other features", "reinstall onrecord")
            layers = tuple(
                (data[f"matrix{i}"].astype(np.float32), data[f"bias{i}"].astype(np.float32))
                for i in range(int(data["layers"]))
            )
            return Scorer(layers, float(data["nobody"]), float(data["threshold"]), str(data["version"]))
    except (EOFError, KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
        message = f"antecedent weights cannot be read ({error})"
        raise ModelError(str(path), message, "reinstall onrecord") from error
