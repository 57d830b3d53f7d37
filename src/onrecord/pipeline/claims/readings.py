"""What the encoder's states say of a statement, and how that joins what the rules decided.

Small heads read the mean state of a statement's tokens: can it be checked, is it a view, does it look
ahead, is it left open, is it said not to be so (subjectivity and event factuality after Wiebe 2005 and
Saurí & Pustejovsky 2009). Two log-linear models join them with the modality that the rules gave: one
for the modality, one for how far the statement can be checked.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.pipeline.encoder.component import OUTPUTS
from onrecord.schema import Modality

__all__ = [
    "FILE",
    "GIVEN",
    "HEADS",
    "KEY",
    "MODALITIES",
    "PLAIN",
    "SETTLED",
    "Readings",
    "joined",
    "stance_rows",
    "stances_of",
]

Floats = NDArray[np.float32]

REMEDY = "reinstall onrecord"
FILE = "readings.npz"
KEY = "stances"
"""Key among the encoder's outputs: the heads' log-odds for each row."""

HEADS = ("verifiable", "subjective", "ahead", "open", "negative")
"""Heads in the order of their columns."""

PLAIN: Literal["plain"] = "plain"
MODALITIES: tuple[Modality | Literal["plain"], ...] = (
    "question",
    "denied",
    "prediction",
    "opinion",
    "hedged",
    PLAIN,
)
"""What the rules gave; attributed and asserted are told apart by who claims, not by wording."""

SETTLED = frozenset({"question", "denied", "prediction", "hedged"})
"""Modalities that the rules give by words that say so; the encoder changes none of them."""
GIVEN = tuple(m for m in MODALITIES if m != "denied")
"""What the encoder decides between for the others: a denial needs words that say what is denied."""

MARGIN = 1.0
"""Log-odds by which the encoder must be surer than the rules. On corpus/dev 90 modalities change at 0 (46
become right, 29 wrong), 34 at 1 (20, 7), 15 at 1.5 (9, 2). Real news reads less sure: of the 13 changes on
gold-news/dev at 0 three are right, at 1 two of four (a trial, script not kept)."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The heads and the two models over them.

    Attributes:
        heads: (hidden, heads), one column a head; linear, so that the mean over tokens may come last.
        bias: (heads,).
        modality: (heads + modalities + 1, `GIVEN`), the last row constant.
        verifiable: (heads + modalities + 1,), the last one constant.
    """

    heads: Floats
    bias: Floats
    modality: Floats
    verifiable: Floats

    @classmethod
    def load(cls, folder: Path) -> Readings | None:
        """Read them from the claims' weights folder; None where it has none.

        Raises:
            ModelError: the file is no such model.
        """
        path = folder / FILE
        if not path.is_file():
            return None
        names = ("heads", "bias", "modality", "verifiable")
        try:
            with np.load(path, allow_pickle=False) as data:
                made = cls(*(data[name].astype(np.float32) for name in names))
        except (EOFError, KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
            raise ModelError(str(path), f"claim weights cannot be read ({error})", REMEDY) from error
        size = len(HEADS) + len(MODALITIES) + 1
        k = len(HEADS)
        known = ((made.heads.shape[1:], (k,)), (made.bias.shape, (k,)), (made.verifiable.shape, (size,)))
        if any(a != b for a, b in known) or made.modality.shape != (size, len(GIVEN)):
            raise ModelError(str(path), "claim weights are of another version", REMEDY)
        return made

    def project(self, states: Floats) -> Floats:
        """States (rows, hidden) to log-odds (rows, heads)."""
        return np.asarray(states @ self.heads + self.bias, dtype=np.float32)

    def decide(self, stances: Floats, ruled: Modality) -> Modality | Literal["plain"]:
        """The likeliest of `GIVEN` where it beats the rules' word by `MARGIN`; what they settled stays.

        Args:
            stances: the heads' log-odds of the statement.
            ruled: the modality that the rules gave.
        """
        if ruled in SETTLED:
            return ruled
        scores = joined(stances, ruled) @ self.modality
        own, best = GIVEN.index(ruled if ruled in GIVEN else PLAIN), int(np.argmax(scores))
        return GIVEN[best if scores[best] - scores[own] >= MARGIN else own]

    def checkable(self, stances: Floats, ruled: Modality) -> float:
        """Chance that the statement can be checked, in [0, 1]; arguments as for `decide`."""
        return float(1 / (1 + np.exp(-(joined(stances, ruled) @ self.verifiable))))


def joined(stances: Floats, ruled: Modality) -> Floats:
    """The joint models' features: log-odds, one of the modalities, a constant."""
    kind = ruled if ruled in MODALITIES else PLAIN
    return np.array([*stances, *(float(kind == m) for m in MODALITIES), 1.0], dtype=np.float32)


def stance_rows(doc: Doc) -> Floats | None:
    """The heads' log-odds for each token, NaN where the encoder reads none; None where they have not run."""
    outputs: Mapping[str, Any] = doc.user_data.get(OUTPUTS, {})
    if KEY not in outputs:
        return None
    rows = np.full((len(doc), len(HEADS)), np.nan, dtype=np.float32)
    rows[outputs["rows"]] = outputs[KEY]
    return rows


def stances_of(rows: Floats | None, start: int, end: int) -> Floats | None:
    """The mean log-odds of the tokens `start` to `end`; None where none of them was read."""
    if rows is None:
        return None
    read = rows[start:end]
    read = read[~np.isnan(read[:, 0])]
    # The mean without what NumPy's own does around it.
    return np.add.reduce(read) / np.float32(len(read)) if len(read) else None
