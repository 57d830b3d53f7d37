"""Nested statements are counted by their content, spoken ones only, outer ones never."""

from __future__ import annotations

from typing import Any

from evaluation.nested import score_nested

TEXT = "Ann Lee said Omar Reyes told her that the quarry would close."
OUTER, INNER = (13, 60), (33, 60)


def quote(span: tuple[int, int], *, parent: str | None, mode: str = "speech") -> dict[str, Any]:
    return {"content": [{"start": span[0], "end": span[1]}], "parent": parent, "mode": mode}


def score(*quotes: dict[str, Any]) -> dict[str, float]:
    gold = [
        {"content_spans": [OUTER], "nested": False},
        {"content_spans": [INNER], "nested": True},
    ]
    return score_nested([{"id": "a", "text": TEXT, "quotes": gold}], {"a": {"quotes": list(quotes)}})


def test_an_inner_statement_counts_once() -> None:
    assert score(quote(OUTER, parent=None), quote(INNER, parent="q1")) == {"p": 100.0, "r": 100.0, "f": 100.0}


def test_an_inner_statement_printed_without_its_parent_is_missed() -> None:
    assert score(quote(INNER, parent=None))["r"] == 0.0


def test_a_wrong_inner_statement_costs_precision() -> None:
    assert score(quote(INNER, parent="q1"), quote((0, 7), parent="q1"))["p"] == 50.0


def test_a_belief_is_not_counted() -> None:
    assert score(quote(INNER, parent="q1", mode="belief")) == {"p": 0.0, "r": 0.0, "f": 0.0}
