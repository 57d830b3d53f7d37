"""Whole-report measures on gold-news: quotes with speakers, and the pieces of the other modules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evaluation.claims import ClaimCounts
from evaluation.entities import count_entities, entity_scores
from evaluation.spans import Characters, characters, match, percent, prf, trim
from evaluation.speakers import OPEN, normal, same_name


def span_set(text: str, items: Iterable[Any]) -> Characters:
    """Characters of spans given as pairs or as objects with start and end."""
    pairs = ((x["start"], x["end"]) if isinstance(x, Mapping) else (x[0], x[1]) for x in items)
    return characters(trim(text, pair) for pair in pairs)


def speaker_right(gold: Mapping[str, Any], predicted: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the speakers are those of the gold quote or of one of its alternatives."""
    only_open = all(p["type"] in OPEN for p in predicted)
    got = [normal(p["name"]) for p in predicted]
    for want in (gold["speaker"], *(gold.get("speaker_alt") or ())):
        if want is None or want.startswith("anonymous"):
            if only_open and (predicted or want is None):
                return True
            continue
        names = [normal(name) for name in want.split(";")]
        if len(names) == len(got) and all(any(same_name(n, g) for g in got) for n in names):
            return True
        if gold.get("speaker_type") == "GROUP" and predicted and only_open:
            return True
    return False


def _count_quotes(n: Counter[str], text: str, gold: Sequence[Any], report: Mapping[str, Any]) -> None:
    predicted = [q for q in report.get("quotes", ()) if q.get("mode", "speech") == "speech"]
    gold_sets = [span_set(text, g["content_spans"]) for g in gold]
    predicted_sets = [span_set(text, q["content"]) for q in predicted]
    pairs = match(gold_sets, predicted_sets)
    soft = [bool(g["borderline"] or g["nested"]) for g in gold]
    soft_characters = frozenset[int]().union(
        *(s for s, is_soft in zip(gold_sets, soft, strict=True) if is_soft)
    )
    for i, g in enumerate(gold):
        if soft[i]:
            continue
        n["gold"] += 1
        if i in pairs:
            n["hit"] += 1
            n["speaker"] += speaker_right(g, predicted[pairs[i]].get("speakers") or ())
    spared = {j for i, j in pairs.items() if soft[i]}
    taken = set(pairs.values())
    for j, q in enumerate(predicted):
        mine = predicted_sets[j]
        mostly_soft = len(mine & soft_characters) >= 0.5 * max(1, len(mine))
        if j in spared or (j not in taken and (q.get("parent") or mostly_soft)):
            continue
        n["pred"] += 1


def score_news(documents: Sequence[Mapping[str, Any]], reports: Mapping[str, Any]) -> dict[str, Any]:
    """Score reports against gold-news documents.

    Args:
        documents: gold with `quotes`, `entities` and, for some, `sentences`, `claims`, `relations`.
        reports: by document id.
    """
    quotes, entities, claims = Counter[str](), Counter[str](), ClaimCounts()
    for document in documents:
        report = reports.get(document["id"], {})
        _count_quotes(quotes, document["text"], document.get("quotes") or [], report)
        count_entities(entities, document.get("entities") or [], report)
        if document.get("claims") is not None:
            claims.add(document, report)
    q = quotes
    out: dict[str, Any] = {
        "quotes": prf(q["hit"], q["pred"], q["hit"], q["gold"]),
        "quotes with speaker": prf(q["speaker"], q["pred"], q["speaker"], q["gold"]),
        "speaker on matched": percent(q["speaker"], q["hit"]),
    }
    return out | entity_scores(entities) | claims.scores()
