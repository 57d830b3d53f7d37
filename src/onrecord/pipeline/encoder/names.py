"""Decoding of the encoder's name scores into spans; pure NumPy.

The labels are those of OntoNotes, as the base pipeline writes them, so that whatever reads `doc.ents`
reads either recognizer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.encoder.tagging import best_tags, spans_of
from onrecord.pipeline.name_labels import KIND_OF_LABEL, KINDS

Floats = NDArray[np.float32]

NAME_LABELS = (
    *("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"),
    *("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE"),
)
PLACES = "BIES"
NAME_TAGS = ("O", *(f"{place}-{label}" for label in NAME_LABELS for place in PLACES))
"""Outside, and begin, inside, end or single token of each label."""

NEVER = np.float32(-1e4)


def name_moves() -> Floats:
    """Which tag may follow which: 0, or `NEVER`; shape (tags, tags)."""
    tags = np.arange(len(NAME_TAGS))
    label, place = (tags - 1) // 4, (tags - 1) % 4
    open_ = (tags > 0) & (place <= 1)
    goes_on = (tags > 0) & ((place == 1) | (place == 2))
    fits = np.where(open_[:, None], goes_on[None, :] & (label[:, None] == label[None, :]), ~goes_on[None, :])
    return np.where(fits, np.float32(0), NEVER).astype(np.float32)


def kind_chances(scores: Floats) -> Floats:
    """How likely each row is in a name of each kind: (rows, tags) scores to (rows, `KINDS`)."""
    if not len(scores):
        return np.zeros((0, len(KINDS)), dtype=np.float32)
    exp = np.exp(scores - scores.max(1, keepdims=True))
    out: Floats = (exp / exp.sum(1, keepdims=True)) @ _KIND_OF_TAG
    return out


def decode_names(scores: Floats, cuts: NDArray[np.int32]) -> list[tuple[int, int, str, float]]:
    """The best names of a document that do not overlap.

    Args:
        scores: (rows, tags) scores of `NAME_TAGS`.
        cuts: (rows,) sentence and paragraph starts, see `wordpieces.Encoded`; no name crosses a
            paragraph's.

    Returns:
        First row, end row, label and mean probability of the chosen tags, in text order.
    """
    if not len(scores):
        return []
    top = scores.max(1, keepdims=True)
    logp = scores - top - np.log(np.exp(scores - top).sum(1, keepdims=True))
    stretches = _stretches(logp[:, 0] < np.log(0.99), cuts)
    tags = best_tags(logp, _MOVES, stretches[:, 0], stretches[:, 1])
    found: list[tuple[int, int, str, float]] = []
    for label, start, end in spans_of(tags):
        chosen = logp[np.arange(start, end), tags[start:end]]
        found.append((start, end, NAME_LABELS[label], float(np.exp(chosen.mean()))))
    return found


def _stretches(named: NDArray[np.bool_], cuts: NDArray[np.int32]) -> NDArray[np.int64]:
    """(first row, end row) of rows that may be in a name; a paragraph's start ends one."""
    out: list[tuple[int, int]] = []
    for i in np.flatnonzero(named).tolist():
        if out and out[-1][1] == i and cuts[i] < 2:
            out[-1] = out[-1][0], i + 1
        else:
            out.append((i, i + 1))
    return np.asarray(out, dtype=np.int64).reshape(-1, 2)


_MOVES = name_moves()

_KIND_OF_TAG = np.array(
    [[KIND_OF_LABEL.get(tag[2:]) == kind for kind in KINDS] for tag in NAME_TAGS], dtype=np.float32
)
