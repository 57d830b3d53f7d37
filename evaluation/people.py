"""People merged or split: entries that hold two people, people spread over two entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.entities import names_of, touching
from evaluation.spans import characters, percent


def count_people(n: Counter[str], gold: Sequence[Mapping[str, Any]], report: Mapping[str, Any]) -> None:
    """Add one article's counts.

    `entries`: predicted people that hold a name of a gold person; `merged`: those that hold names of
    two or more. `people`: gold people of whom a name was found as a person's; `split`: those whose
    names lie in two or more entries. Optional people count as entries' strangers but not as split.
    """
    people = [g for g in gold if g["type"] == "PERSON"]
    theirs = [[characters([(s[0], s[1])]) for s in g["names"]] for g in people]
    holders: dict[int, set[int]] = {}
    for j, entity in enumerate(e for e in report.get("entities", ()) if e["type"] == "PERSON"):
        held = set[int]().union(*(touching(m, theirs) for m in names_of(entity)))
        n["entries"] += bool(held)
        n["merged"] += len(held) > 1
        for k in held:
            holders.setdefault(k, set()).add(j)
    for k, entries in holders.items():
        if not people[k].get("optional"):
            n["people"] += 1
            n["split"] += len(entries) > 1


def score_people(documents: Sequence[Mapping[str, Any]], reports: Mapping[str, Any]) -> dict[str, float]:
    """Percentage of entries that merge people, and of people that are split."""
    n: Counter[str] = Counter()
    for document in documents:
        count_people(n, document.get("entities") or [], reports.get(document["id"], {}))
    return {
        "wrong merges of people": percent(n["merged"], n["entries"]),
        "split people": percent(n["split"], n["people"]),
    }
