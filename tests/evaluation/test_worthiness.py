"""The fit of check-worthiness on rows made up here."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.worthiness import AGAINST, UNCHECKABLE, Rows, fit, left_out, prior
from onrecord.pipeline.claims.worthiness import WEIGHTS

FIGURE = list(WEIGHTS).index("figure")


def article(figures: list[bool], worthy: list[bool]) -> Rows:
    traits = np.zeros((len(figures), len(WEIGHTS) + 1))
    traits[:, FIGURE] = figures
    return Rows(traits, np.array(worthy, float), [[j] for j in range(len(figures))], worthy)


def test_nothing_read_leaves_the_prior() -> None:
    bare = article([False], [True])
    assert fit([bare])[:-1] == pytest.approx(prior()[:-1], abs=1e-6)


def test_a_trait_that_tells_gains_weight() -> None:
    rows = article([True, False] * 20, [True, False] * 20)
    assert fit([rows])[FIGURE] > prior()[FIGURE]
    assert rows.precision(fit([rows])) == 100


def test_each_article_is_ranked_by_the_others() -> None:
    one = article([True, False, False], [True, False, False])
    other = article([False, True, False], [False, True, False])
    assert left_out([one, other], 5.0) == 100


def test_a_sentence_without_claims_ranks_last() -> None:
    rows = Rows(article([True], [True]).traits, np.array([1.0]), [[], [0]], [False, True])
    assert rows.precision(prior()) == 100


def test_what_the_prior_names_is_a_trait_that_ships() -> None:
    assert set(WEIGHTS) >= AGAINST | UNCHECKABLE.keys()
