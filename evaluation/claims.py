"""Claim measures: spans, claimants, modality, ranking of sentences, relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.spans import characters, match, percent, prf, trim
from evaluation.speakers import OPEN, normal, same_name

WORTHY = 0.5
"""Claims of the author count from this check-worthiness on."""


def average_precision(scored: Sequence[tuple[float, bool]]) -> float | None:
    """Average precision of items ranked by score, ties in the order given; None without positives."""
    hits, total = 0, 0.0
    for rank, (_, positive) in enumerate(sorted(scored, key=lambda item: -item[0]), 1):
        if positive:
            hits += 1
            total += hits / rank
    return total / hits if hits else None


def _claimant_right(gold: str, claimant: Mapping[str, Any]) -> bool:
    if gold == "author" or claimant["kind"] != "source":
        return gold == claimant["kind"]
    speakers = claimant.get("speakers") or ()
    if gold.startswith("anonymous"):
        return bool(speakers) and all(s["type"] in OPEN for s in speakers)
    names = [normal(name) for name in gold.split(";")]
    got = [normal(s["name"]) for s in speakers]
    return len(names) == len(got) and all(any(same_name(n, g) for g in got) for n in names)


class ClaimCounts:
    """Counts over articles; `scores` turns them into measures in percent."""

    def __init__(self) -> None:
        self._n: Counter[str] = Counter()
        self._modality: dict[str, Counter[str]] = {}
        self._precisions: list[float] = []

    def add(self, document: Mapping[str, Any], report: Mapping[str, Any]) -> None:
        """Count one article."""
        text, gold, predicted = document["text"], document["claims"], report.get("claims", [])
        pairs = match([_chars(text, g) for g in gold], [_chars(text, p) for p in predicted])
        taken = set(pairs.values())
        kept = [p for p in predicted if p["attribution"] != "none" or p["check_worthy"] >= WORTHY]
        n = self._n
        n["gold"] += len(gold)
        n["pred"] += sum(j in taken or p in kept for j, p in enumerate(predicted))
        covered = frozenset[int]().union(*(_chars(text, g) for g in gold))
        mine = frozenset[int]().union(*(_chars(text, p) for p in kept))
        n["chars_gold"] += len(covered)
        n["chars_pred"] += len(mine)
        n["chars_right"] += len(covered & mine)
        for i, j in pairs.items():
            n["hit"] += 1
            n["claimant"] += _claimant_right(gold[i]["claimant"], predicted[j]["claimant"])
            self._count_modality(gold[i]["modality"], predicted[j]["modality"])
        self._rank(document["sentences"], predicted)
        self._count_relations(document.get("relations") or (), predicted, pairs)

    def _count_modality(self, gold: str, predicted: str) -> None:
        for label in {gold, predicted}:
            counts = self._modality.setdefault(label, Counter())
            counts["both"] += gold == predicted
            counts["gold"] += label == gold
            counts["pred"] += label == predicted

    def _rank(self, sentences: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]]) -> None:
        scored = []
        for s in sentences:
            inside = (p["check_worthy"] for p in predicted if p["start"] < s["end"] and s["start"] < p["end"])
            scored.append((max(inside, default=0.0), bool(s["check_worthy"])))
        precision = average_precision(scored)
        if precision is not None:
            self._precisions.append(precision)

    def _count_relations(
        self, gold: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]], pairs: dict[int, int]
    ) -> None:
        number = {p["id"]: j for j, p in enumerate(predicted)}
        back = {j: i for i, j in pairs.items()}
        wanted = {frozenset((r["a"], r["b"])) for r in gold}
        found = {
            frozenset((j, number.get(r["claim"], -1)))
            for j, p in enumerate(predicted)
            for r in p.get("relations") or ()
            if r["kind"] in ("contradicts", "contrasts")
        }
        self._n["rel_gold"] += len(wanted)
        self._n["rel_pred"] += len(found)
        self._n["rel_hit"] += sum(frozenset(back.get(j, -2 - j) for j in pair) in wanted for pair in found)

    def scores(self) -> dict[str, Any]:
        """The measures; empty without gold claims."""
        n = self._n
        if not n["gold"]:
            return {}
        f1 = [2 * c["both"] / (c["gold"] + c["pred"]) for c in self._modality.values() if c["gold"]]
        return {
            "claims": prf(n["hit"], n["pred"], n["hit"], n["gold"]),
            "claim characters": prf(n["chars_right"], n["chars_pred"], n["chars_right"], n["chars_gold"]),
            "claims with claimant": prf(n["claimant"], n["pred"], n["claimant"], n["gold"]),
            "claimant on matched": percent(n["claimant"], n["hit"]),
            "modality macro F1": percent(sum(f1), len(f1)),
            "check-worthy AP": percent(sum(self._precisions), len(self._precisions)),
            "relations": prf(n["rel_hit"], n["rel_pred"], n["rel_hit"], n["rel_gold"]),
        }


def _chars(text: str, item: Mapping[str, Any]) -> frozenset[int]:
    return characters([trim(text, (item["start"], item["end"]))])
