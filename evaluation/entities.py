"""Entity measures: pure clusters that cover half or all of a gold entity's name mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.spans import Characters, characters, percent, prf

TYPES = ("PERSON", "ORG", "PLACE")


def count_entities(n: Counter[str], gold: Sequence[Mapping[str, Any]], report: Mapping[str, Any]) -> None:
    """Add one article's counts: `gold`, `half`, `whole`, `pred`, `right`."""
    predicted = [e for e in report.get("entities", ()) if e["type"] in TYPES]
    mine = [names_of(e) for e in predicted]
    theirs = [[characters([(s[0], s[1])]) for s in g["names"]] for g in gold]
    touched = [[touching(m, theirs) for m in mentions] for mentions in mine]
    right: set[int] = set()
    for k, g in enumerate(gold):
        if not theirs[k]:
            continue
        cover, best = 0.0, -1
        for j, e in enumerate(predicted):
            if e["type"] != g["type"] or not _is_pure(touched[j], k, gold):
                continue
            share = sum(any(m & name for m in mine[j]) for name in theirs[k]) / len(theirs[k])
            if share > cover:
                cover, best = share, j
        if cover >= 0.5:
            right.add(best)
        if not g.get("optional"):
            n["gold"] += 1
            n["half"] += cover >= 0.5
            n["whole"] += cover == 1.0
    for j, mentions in enumerate(mine):
        hit = set().union(*touched[j])
        if mentions and not (hit and all(gold[k].get("optional") for k in hit)):
            n["pred"] += 1
            n["right"] += j in right


def score_entities(documents: Sequence[Mapping[str, Any]], reports: Mapping[str, Any]) -> dict[str, Any]:
    """Entities half F1 and whole recall over documents with `entities`; reports by document id."""
    n: Counter[str] = Counter()
    for document in documents:
        count_entities(n, document.get("entities") or [], reports.get(document["id"], {}))
    return entity_scores(n)


def entity_scores(n: Counter[str]) -> dict[str, Any]:
    """The measures of some articles' counts."""
    return {
        "entities half": prf(n["right"], n["pred"], n["half"], n["gold"]),
        "entities whole recall": percent(n["whole"], n["gold"]),
    }


def names_of(entity: Mapping[str, Any]) -> list[Characters]:
    """The characters of each name mention of a predicted entity."""
    mentions = (m for m in entity["mentions"] if m.get("kind", "name") == "name")
    return [characters([(m["start"], m["end"])]) for m in mentions]


def touching(mention: Characters, gold: Sequence[Sequence[Characters]]) -> set[int]:
    """Which gold entities have a name that a mention overlaps."""
    return {k for k, names in enumerate(gold) if any(mention & name for name in names)}


def _is_pure(touched: Sequence[set[int]], k: int, gold: Sequence[Mapping[str, Any]]) -> bool:
    if not any(k in t for t in touched):
        return False
    strangers = set().union(*(t for t in touched if k not in t))
    return all(gold[s].get("optional") for s in strangers)
