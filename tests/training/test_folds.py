"""Documents in folds: each in one of them, whatever order they come in."""

from __future__ import annotations

import numpy as np

from training.data import Labelled
from training.folds import folds_of


def document(name: str) -> Labelled:
    nothing = np.zeros(0, dtype=np.int32)
    return Labelled(name, None, *([nothing] * 7))  # type: ignore[arg-type]


def test_every_document_is_in_one_fold() -> None:
    documents = [document(name) for name in "gbfaecd"]
    folds = [[d.id for d in fold] for fold in folds_of(documents, 2)]
    assert folds == [list("aceg"), list("bdf")]
    assert folds == [[d.id for d in fold] for fold in folds_of(documents[::-1], 2)]
