"""How the weights of the antecedent scorers are written; `pipeline.coreference.scorers` reads them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.pipeline.coreference.pairing import Pairing
from onrecord.pipeline.coreference.scorer import Scorer


def save_scorer(path: Path, scorer: Scorer, features: Sequence[str], *, version: str) -> None:
    """Write a scorer of these features."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for i, (matrix, bias) in enumerate(scorer.layers):
        arrays |= {f"matrix{i}": matrix.astype(np.float16), f"bias{i}": bias.astype(np.float16)}
    np.savez_compressed(
        path,
        allow_pickle=False,
        features=np.array(features),
        layers=np.array(len(scorer.layers)),
        nobody=np.array(scorer.nobody),
        threshold=np.array(scorer.threshold),
        version=np.array(version),
        **arrays,
    )


def save_pairing(path: Path, pairing: Pairing) -> None:
    """Write a form over the encoder's states, its matrices in half precision."""
    half = {name: np.asarray(getattr(pairing, name), np.float16) for name in ("pronoun", "mention", "gender")}
    exact = {"pronoun_bias": pairing.pronoun_bias, "shift": pairing.shift}
    np.savez_compressed(path, allow_pickle=False, **half, **exact)


def save_meta(folder: Path, meta: Mapping[str, object]) -> None:
    """Write meta.json with the digests of all arrays in the folder."""
    digests = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.glob("*.npz"))}
    meta = {"name": meta["name"], "version": meta["version"]} | dict(meta) | {"files": digests}
    (folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", "utf-8")
