"""The learned part of relations: how likely two claims contradict one another.

Boosted trees over `claim_pairs.FEATURES` (Friedman 2001), fitted by `training/claim_relations.py` on pairs
that readers judged with the article before them. Used where the claim weights hold them; those that ship
do not.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.lexicons import load_lexicon
from onrecord.pipeline.annotations import get_attributions
from onrecord.pipeline.claim_gist import Gist
from onrecord.pipeline.claim_pairs import FEATURES, Article, likely_pairs, measure_pair, read_article

__all__ = ["PairScorer", "article_of"]

FILE = "relations.npz"
CUT = 0.7
"""Chance from which a contradiction is said. By five folds over all labelled pairs 14 of 20 are right there,
23 of 29 from .6, 10 of 13 from .8: too few for weights to ship, see evaluation/README.md."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PairScorer:
    """Boosted trees, each the same number of nodes; a leaf points to itself.

    Attributes:
        feature: (trees, nodes), the value that a node looks at.
        threshold: (trees, nodes); at most this goes left.
        left: (trees, nodes), the next node.
        right: (trees, nodes).
        value: (trees, nodes), log-odds of a leaf.
        bias: log-odds before any tree.
        depth: steps from the root to any leaf.
    """

    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    bias: float
    depth: int

    @classmethod
    def load(cls, folder: Path) -> PairScorer | None:
        """Read the scorer from the claim weights' folder; None where it holds none.

        Raises:
            ModelError: the file is no such scorer, or made for other features.
        """
        path = folder / FILE
        if not path.is_file():
            return None
        try:
            with np.load(path, allow_pickle=False) as data:
                if tuple(data["features"].tolist()) != FEATURES:
                    raise ModelError(str(folder), "relations made for other features", "reinstall onrecord")
                feature, left, right = data["feature"], data["left"], data["right"]
                threshold, value = data["threshold"], data["value"]
                bias, depth = float(data["bias"]), int(data["depth"])
                return cls(feature, threshold, left, right, value, bias, depth)
        except (EOFError, KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
            message = f"relation weights cannot be read ({error})"
            raise ModelError(str(folder), message, "reinstall onrecord") from error

    def chance(self, row: Sequence[float]) -> float:
        """How likely a pair with these values of `FEATURES` contradicts itself, in [0, 1]."""
        values = np.asarray(row, dtype=np.float32)
        trees = np.arange(len(self.feature))
        node = np.zeros(len(trees), dtype=np.int32)
        for _ in range(self.depth):
            low = values[self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(low, self.left[trees, node], self.right[trees, node])
        return 1 / (1 + math.exp(-float(self.value[trees, node].sum()) - self.bias))

    def contradictions(self, article: Article) -> Iterator[tuple[int, int]]:
        """Places of the claims that contradict one another, each pair once."""
        for i, j in likely_pairs(article):
            if self.chance(measure_pair(article, i, j)) >= CUT:
                yield i, j


def article_of(doc: Doc, gists: Sequence[Gist]) -> Article:
    """The claims of a doc with the cues behind them."""
    attributions = get_attributions(doc)
    cues: dict[str, frozenset[str]] = {}
    turns = set()
    for gist in gists:
        claim = gist.claim
        cue = attributions[int(claim.quote[1:]) - 1].cue if claim.quote else None
        if cue is not None:
            cues[claim.id] = frozenset(t.lemma_.lower() for t in doc[cue[0] : cue[1]])
        sentence = doc.char_span(claim.sentence.start, claim.sentence.end, alignment_mode="expand")
        if sentence is not None and any(t.lower_ in _turns() for t in sentence[:8]):
            turns.add(claim.id)
    return read_article(gists, cues=cues, turns=frozenset(turns))


@cache
def _turns() -> frozenset[str]:
    return frozenset(load_lexicon("opposites")["cues"]["turns"])
