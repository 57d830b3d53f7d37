"""Statements inside other statements, on the corpora that mark them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.news import span_set
from evaluation.spans import match, prf


def score_nested(documents: Sequence[Mapping[str, Any]], reports: Mapping[str, Any]) -> dict[str, float]:
    """Precision, recall and F1 of the spoken statements that stand inside another.

    Args:
        documents: gold with `quotes` in gold-news form: speech only, `nested` where it has a parent.
        reports: by document id; a missing one counts as a report without quotes.
    """
    right = found = wanted = 0
    for document in documents:
        text = document["text"]
        quotes = reports.get(document["id"], {"quotes": []})["quotes"]
        gold = [span_set(text, q["content_spans"]) for q in document["quotes"] if q["nested"]]
        mine = [span_set(text, q["content"]) for q in quotes if q.get("parent") and q["mode"] == "speech"]
        right += len(match(gold, mine))
        found += len(mine)
        wanted += len(gold)
    return prf(right, found, right, wanted)
