from __future__ import annotations

import pytest

from training.fit_join import LAST_TAUGHT, knots, later_articles


def test_articles_that_the_weights_were_taught_on_are_left_out() -> None:
    ids = ["0001-quarry", f"{LAST_TAUGHT}-toll", "0313-ferry", "0410-cup"]
    assert [d["id"] for d in later_articles([{"id": i} for i in ids])] == ids[2:]


def test_knots_rise_and_promise_less_than_was_right() -> None:
    scored = [(i / 200, i % 200 >= 120 or i % 3 == 0) for i in range(200)]
    chances, right = knots(scored, [1.0] * len(scored))
    assert chances == sorted(chances)
    assert right == sorted(right)
    assert right[-1] < 1.0


@pytest.mark.parametrize(("weight", "share"), [(1.0, 0.5), (9.0, 0.9)])
def test_what_weighs_more_decides_a_knot(weight: float, share: float) -> None:
    scored = [(0.5, i % 2 == 0) for i in range(2000)]
    _, right = knots(scored, [weight if good else 1.0 for _, good in scored])
    assert right[-1] == pytest.approx(share, abs=0.06)
