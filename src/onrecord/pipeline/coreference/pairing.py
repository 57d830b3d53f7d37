"""What the encoder's states of a pronoun and of a mention say of their standing for one person.

A bilinear form of low rank, plus how much a mention looks like one of a man. The encoder's component
keeps of each token only what this needs, so that long documents stay small.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.pipeline.encoder.component import OUTPUTS

Floats = NDArray[np.float32]

FILES = {"people": "pairing.npz", "it": "pairing-it.npz"}
"""One form for each sort of pronoun that has one."""
KEY = "paired"
"""Key among the encoder's outputs: what `project` makes of each row."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The bilinear form.

    Attributes:
        pronoun: (hidden, rank), of the pronoun's state.
        pronoun_bias: (rank,), added to it.
        mention: (hidden, rank), of the mean state of a mention's tokens.
        gender: (hidden,), of the same; positive for *he*.
        shift: (2 * rank + 1,), what the training's mean states give, taken away from each row.
        first: column of its first value among those of other forms.
    """

    pronoun: Floats
    pronoun_bias: Floats
    mention: Floats
    gender: Floats
    shift: Floats
    first: int = 0

    def project(self, states: Floats) -> Floats:
        """States (rows, hidden) to the form's own values (rows, 2 * rank + 1)."""
        columns = np.concatenate([self.pronoun, self.mention, self.gender[:, None]], axis=1)
        return np.asarray(states @ columns - self.shift, dtype=np.float32)

    def affinity(self, rows: Floats, token: int, mention: tuple[int, int], *, masculine: bool) -> float:
        """How well one mention fits a pronoun; arguments as for `affinities`."""
        return self.affinities(rows, token, (mention,), masculine=masculine)[0]

    def affinities(
        self, rows: Floats, token: int, mentions: Iterable[tuple[int, int]], *, masculine: bool
    ) -> list[float]:
        """How well mentions fit a pronoun, in log-odds.

        Args:
            rows: what `project` gave for each token of the document, with the values of other forms.
            token: the pronoun.
            mentions: first token of each mention and the one after it.
            masculine: of the pronoun.
        """
        rank, first = len(self.pronoun_bias), self.first
        asked = rows[token, first : first + rank] + self.pronoun_bias
        theirs = rows[:, first + rank : first + 2 * rank + 1]
        sign = 1.0 if masculine else -1.0
        fits = []
        for start, end in mentions:
            # The mean without what NumPy's own does around it: mentions are of a token or two.
            mean = theirs[start] if end == start + 1 else np.add.reduce(theirs[start:end]) / (end - start)
            fits.append(float(asked @ mean[:rank]) + float(mean[rank]) * sign)
        return fits


def project(forms: Iterable[Pairing], states: Floats) -> Floats:
    """States (rows, hidden) to the values of all forms, side by side in their order."""
    return np.concatenate([form.project(states) for form in forms], axis=1)


def paired_rows(doc: Doc) -> Floats | None:
    """What `project` gives for each token, zeros between the encoder's rows; None without it."""
    outputs = doc.user_data.get(OUTPUTS, {})
    if KEY not in outputs:
        return None
    rows = np.zeros((len(doc), outputs[KEY].shape[1]), dtype=np.float32)
    rows[outputs["rows"]] = outputs[KEY]
    return rows


@lru_cache(maxsize=2)
def read_pairings(folder: Path) -> Mapping[str, Pairing]:
    """The forms in the antecedent weights' folder, by sort of pronoun, in the order of `FILES`.

    Raises:
        ModelError: a file is no such form.
    """
    forms: dict[str, Pairing] = {}
    column = 0
    for sort, name in FILES.items():
        if (folder / name).is_file():
            forms[sort] = replace(_read(folder / name), first=column)
            column += len(forms[sort].shift)
    return forms


def _read(path: Path) -> Pairing:
    try:
        with np.load(path, allow_pickle=False) as data:
            names = ("pronoun", "pronoun_bias", "mention", "gender", "shift")
            return Pairing(*(data[name].astype(np.float32) for name in names))
    except (EOFError, KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
        message = f"antecedent weights cannot be read ({error})"
        raise ModelError(str(path), message, "reinstall onrecord") from error
